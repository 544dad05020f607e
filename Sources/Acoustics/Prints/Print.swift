/// What a recording sounds like in a few hundred bytes: a row of sub-prints of 32 bits, one for every 12 ms. It stays nearly
/// the same under lossy codecs, gain, noise and small changes of tempo; two recordings of the same words differ in about
/// half of their bits, also by the same speaker.
///
/// The scheme is Haitsma and Kalker's ("A Highly Robust Audio Fingerprinting System", ISMIR 2002).
public struct Print: Hashable, Sendable {
    /// Rises whenever the same samples give other bits: prints of different versions can't be compared.
    public static let version = 1
    /// What a zero stands for: nothing was said there.
    static let silent: UInt32 = 0

    /// One for every `PrintGrid.hopSeconds` from the first speech to the last; 0 within silence. Neither end is 0.
    public let subprints: [UInt32]
    /// For every sub-print its least certain bits, the least certain first: those that a copy differs in most likely.
    let weakBits: [SIMD4<UInt8>]

    init(subprints: [UInt32], weakBits: [SIMD4<UInt8>]) {
        self.subprints = subprints
        self.weakBits = weakBits
    }

    /// The part that is stored, and that later prints are held against.
    public var kept: KeptPrint {
        KeptPrint(subprints: stride(from: 0, to: subprints.count, by: PrintGrid.keptStep).map { subprints[$0] })
    }
}
