/// What a recording sounds like: a row of sub-prints of 32 bits, one for every 12 ms. It stays nearly the same under lossy
/// codecs, gain, noise and small changes of tempo; two recordings of the same words differ in about half of their bits,
/// also by the same speaker.
///
/// The scheme is Haitsma and Kalker's ("A Highly Robust Audio Fingerprinting System", ISMIR 2002).
public struct Print: Hashable, Sendable {
    /// Rises whenever the same samples give other bits: prints of different versions can't be compared.
    public static let version: Int64 = 1
    /// What a zero stands for: nothing was said there.
    static let silent: UInt32 = 0

    /// As it is, then as `PrintGrid.tunings` say, to meet copies that were played faster or slower.
    let lines: [PrintLine]

    /// The part that is stored, and that later prints are held against.
    public var kept: KeptPrint {
        let subprints = lines[0].subprints
        return KeptPrint(subprints: stride(from: 0, to: subprints.count, by: PrintGrid.keptStep).map { subprints[$0] })
    }

    /// From the first speech to the last.
    public var durationSeconds: Double { Double(lines[0].subprints.count) * PrintGrid.hopSeconds }

    /// The best match over all alignments and tunings, nil where there is none at all. Costs milliseconds: an index finds
    /// where to look first.
    public func match(_ kept: KeptPrint) -> PrintMatch? {
        lines.compactMap { $0.match(kept) }.min { $0.bitError < $1.bitError }
    }
}
