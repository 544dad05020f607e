import Crypto

/// Sharing an amount exactly: the method of the largest remainder (Hamilton), in micros.
public enum Split {
    /// Who takes part, and with how much weight.
    public struct Part: Hashable, Sendable {
        /// The recording (or review) that earns.
        public let id: String
        public let weight: Int64

        public init(_ id: String, weight: Int64) {
            self.id = id
            self.weight = weight
        }
    }

    /// The micros of each part, in the parts' order.
    ///
    /// Each gets floor(total × weight ÷ sum of weights); the micros left over go one each to the largest remainders. Equal
    /// remainders go by the smaller SHA-256 of "licence:part", which favours nobody over many licences. The shares add up
    /// to the total, each is within one micro of exact, no weight gets nothing, and more weight never gets less.
    ///
    /// - Parameters:
    ///   - total: micros, not negative.
    ///   - licence: the id that names this split.
    /// - Throws: `LedgerError.noWeight` for a negative total or weight, and where an amount finds nobody to go to.
    public static func shares(of total: Int64, among parts: [Part], licence: String) throws(LedgerError) -> [Int64] {
        guard total >= 0, parts.allSatisfy({ $0.weight >= 0 }) else { throw .noWeight }
        guard total > 0 else { return parts.map { _ in 0 } }
        let whole = parts.reduce(0) { $0 + Int128($1.weight) }
        guard whole > 0 else { throw .noWeight }

        let exact = parts.map { (Int128(total) * Int128($0.weight)).quotientAndRemainder(dividingBy: whole) }
        var shares = exact.map { Int64($0.quotient) }
        let left = Int(total - shares.reduce(0, +))
        let remainders = exact.map(\.remainder)
        for index in largest(left, of: remainders, parts, licence) { shares[index] += 1 }
        return shares
    }

    /// The places of the so many largest remainders. Hashes are made only of those that tie for the last places.
    private static func largest(_ count: Int, of remainders: [Int128], _ parts: [Part], _ licence: String) -> [Int] {
        guard count > 0 else { return [] }
        let threshold = remainders.sorted(by: >)[count - 1]
        let above = remainders.indices.filter { remainders[$0] > threshold }
        let tied = remainders.indices.filter { remainders[$0] == threshold }
        guard above.count + tied.count > count else { return above + tied }
        let digests = tied.map { (digest: SHA256.hash("\(licence):\(parts[$0].id)".utf8), index: $0) }
        let ordered = digests.sorted { one, other in
            one.digest == other.digest ? one.index < other.index : one.digest.lexicographicallyPrecedes(other.digest)
        }
        return above + ordered.prefix(count - above.count).map(\.index)
    }
}
