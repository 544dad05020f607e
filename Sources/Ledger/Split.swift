import Crypto

/// Divides an amount by weights, exactly: each part is the exact share rounded down, and what is left goes, a micro each,
/// to the largest remainders (Hamilton's method). Ties are broken by SHA-256 of licence and member, so that nobody is
/// favoured by the order of a list.
public enum Split {
    /// One who shares.
    public struct Member: Hashable, Sendable {
        public let id: String
        public let weight: Int64

        public init(id: String, weight: Int64) {
            self.id = id
            self.weight = weight
        }
    }

    /// The parts, in the members' order; they add up to the amount.
    ///
    /// - Parameters:
    ///   - micros: what is divided, at least 0.
    ///   - members: at least one has a weight over 0; none is negative.
    ///   - licence: salts the tie-break.
    public static func parts(of micros: Int64, among members: [Member], licence: String) throws(LedgerError) -> [Int64] {
        let total = members.reduce(Int128(0)) { $0 + Int128($1.weight) }
        guard micros >= 0, total > 0, members.allSatisfy({ $0.weight >= 0 }) else { throw .indivisible }
        var parts: [Int64] = []
        var remainders: [Int128] = []
        parts.reserveCapacity(members.count)
        for member in members {
            let (quotient, remainder) = (Int128(micros) * Int128(member.weight)).quotientAndRemainder(dividingBy: total)
            parts.append(Int64(quotient))
            remainders.append(remainder)
        }
        let left = Int(micros - parts.reduce(0, +))
        guard left > 0 else { return parts }
        var order = members.indices.filter { remainders[$0] > 0 }
        let ties = Dictionary(uniqueKeysWithValues: order.map { ($0, tieBreak(licence, members[$0].id)) })
        order.sort { one, other in
            remainders[one] == remainders[other]
                ? ties[one]!.lexicographicallyPrecedes(ties[other]!) : remainders[one] > remainders[other]
        }
        for index in order.prefix(left) { parts[index] += 1 }
        return parts
    }

    private static func tieBreak(_ licence: String, _ member: String) -> [UInt8] {
        SHA256.hash(Array("\(licence)\n\(member)".utf8))
    }
}
