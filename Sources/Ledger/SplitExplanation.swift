import Crypto

extension Split {
    /// A split with every step shown, so that anyone can follow it.
    public struct Explanation: Hashable, Sendable {
        public let total: Int64
        /// The sum of the weights.
        public let weight: Int128
        /// Micros that were left after every share was rounded down.
        public let left: Int64
        public let parts: [PartExplanation]
        /// The smallest remainder that still got a micro; nil where none was left.
        public let lastRemainder: Int128?
        /// Of those with that remainder, the largest hash that still got one.
        public let lastDigest: [UInt8]?
    }

    /// How one part came to its share.
    public struct PartExplanation: Hashable, Sendable {
        public enum Extra: String, CaseIterable, Sendable {
            /// Rounded down.
            case none
            /// One micro more, for a large remainder.
            case remainder
            /// One micro more, for a small hash among equal remainders.
            case hash
        }

        public let id: String
        public let weight: Int64
        /// floor(total × weight ÷ sum of weights).
        public let floor: Int64
        /// What that division leaves.
        public let remainder: Int128
        public let extra: Extra
        /// SHA-256 of "licence:part".
        public let digest: [UInt8]

        public var share: Int64 { floor + (extra == .none ? 0 : 1) }
    }

    /// The name under which a part stands in ties, and in lists that name nobody: SHA-256 of "licence:part".
    public static func digest(of part: String, licence: String) -> [UInt8] { SHA256.hash("\(licence):\(part)".utf8) }

    /// Splits by the same rule as `shares`, by sorting everything, and keeps every step. Slower: every hash is made.
    ///
    /// - Throws: `LedgerError.noWeight`, as `shares`.
    public static func explain(
        _ total: Int64, among parts: [Part], licence: String
    ) throws(LedgerError) -> Explanation {
        guard total >= 0, parts.allSatisfy({ $0.weight >= 0 }) else { throw .noWeight }
        let weight = parts.reduce(0) { $0 + Int128($1.weight) }
        guard weight > 0 || total == 0 else { throw .noWeight }
        let divided = parts.map { part in
            let product = Int128(total) * Int128(part.weight)
            return weight > 0 ? product.quotientAndRemainder(dividingBy: weight) : (quotient: 0, remainder: 0)
        }
        let digests = parts.map { digest(of: $0.id, licence: licence) }
        let order = parts.indices.sorted { one, other in
            divided[one].remainder == divided[other].remainder
                ? (digests[one] == digests[other] ? one < other : digests[one].lexicographicallyPrecedes(digests[other]))
                : divided[one].remainder > divided[other].remainder
        }
        let left = total - divided.reduce(0) { $0 + Int64($1.quotient) }
        let winners = Set(order.prefix(Int(left)))
        let last = left > 0 ? order[Int(left) - 1] : nil
        let isTied = last.map { last in
            order.dropFirst(Int(left)).first.map { divided[$0].remainder == divided[last].remainder } ?? false
        }
        let explained = parts.indices.map { index in
            let isAtThreshold = last.map { divided[index].remainder == divided[$0].remainder } ?? false
            let won: PartExplanation.Extra = isAtThreshold && isTied == true ? .hash : .remainder
            return PartExplanation(
                id: parts[index].id, weight: parts[index].weight, floor: Int64(divided[index].quotient),
                remainder: divided[index].remainder, extra: winners.contains(index) ? won : .none, digest: digests[index])
        }
        return Explanation(
            total: total, weight: weight, left: left, parts: explained, lastRemainder: last.map { divided[$0].remainder },
            lastDigest: last.map { digests[$0] })
    }
}
