/// The sub-prints of a recording at one tuning.
struct PrintLine: Hashable, Sendable {
    /// One for every 12 ms from the first speech to the last; 0 within silence. Neither end is 0.
    let subprints: [UInt32]
    /// For every sub-print its least certain bits, the least certain first: those in which a copy differs most likely.
    let weakBits: [SIMD4<UInt8>]

    /// Sub-prints that are not silent.
    var spokenCount: Int { subprints.count(where: { $0 != Print.silent }) }
}
