import Ledger
import TestSupport
import Testing

struct SplitTests {
    static func parts(_ weights: [Int64]) -> [Split.Part] {
        weights.enumerated().map { Split.Part("rec_\($0.offset)", weight: $0.element) }
    }

    @Test(
        arguments: [
            (10, [2, 2, 1], [4, 4, 2]),
            (7, [1, 0, 0], [7, 0, 0]),
            (0, [1, 2], [0, 0]),
            (5, [1_000_000, 1], [5, 0]),
            (Int64.max, [Int64.max], [Int64.max]),
            (100, [5, 3, 2], [50, 30, 20]),
        ] as [(Int64, [Int64], [Int64])])
    func sharesAsByHand(_ total: Int64, _ weights: [Int64], _ shares: [Int64]) throws {
        #expect(try Split.shares(of: total, among: Self.parts(weights), licence: "lic_1") == shares)
    }

    @Test func whatCannotBeSharedIsRefused() throws {
        #expect(throws: LedgerError.noWeight) { try Split.shares(of: 1, among: [], licence: "l") }
        #expect(throws: LedgerError.noWeight) { try Split.shares(of: 1, among: Self.parts([0, 0]), licence: "l") }
        #expect(throws: LedgerError.noWeight) { try Split.shares(of: 1, among: Self.parts([-1, 2]), licence: "l") }
        #expect(throws: LedgerError.noWeight) { try Split.shares(of: -1, among: Self.parts([1]), licence: "l") }
        #expect(try Split.shares(of: 0, among: [], licence: "l").isEmpty)
    }

    /// 10,000 licences from a seed. Sums are exact, shares within one micro, no weight gets nothing, more never gets less,
    /// and the order of the parts changes nothing.
    @Test func tenThousandLicencesSplitExactly() throws {
        var random = SeededRandom(seed: 0x5EED_0001)
        for number in 0..<10_000 {
            let parts = Self.randomParts(&random)
            let total = Int64.random(in: 0...Self.ceilings.randomElement(using: &random)!, using: &random)
            let shares = try Split.shares(of: total, among: parts, licence: "lic_\(number)")
            if let broken = Self.brokenRule(total, parts, shares) { Issue.record("licence \(number): \(broken)") }

            let order = Array(parts.indices).shuffled(using: &random)
            let reordered = try Split.shares(of: total, among: order.map { parts[$0] }, licence: "lic_\(number)")
            if reordered != order.map({ shares[$0] }) { Issue.record("licence \(number): order matters") }
        }
    }

    static let ceilings: [Int64] = [3, 100, 1_000_000, 5_000_000_000, .max]

    static func randomParts(_ random: inout SeededRandom) -> [Split.Part] {
        let ceiling = ceilings.randomElement(using: &random)!
        var weights = (0..<Int.random(in: 1...60, using: &random)).map { _ in
            Bool.random(using: &random) ? Int64.random(in: 0...ceiling, using: &random) : Int64.random(in: 0...3, using: &random)
        }
        weights[0] = max(1, weights[0])
        return parts(weights)
    }

    static func brokenRule(_ total: Int64, _ parts: [Split.Part], _ shares: [Int64]) -> String? {
        let whole = parts.reduce(Int128(0)) { $0 + Int128($1.weight) }
        guard shares.reduce(Int128(0), { $0 + Int128($1) }) == Int128(total) else { return "the sum is not exact" }
        for (part, share) in zip(parts, shares) {
            let exact = Int128(total) * Int128(part.weight)
            let distance = Int128(share).multipliedReportingOverflow(by: whole)
            if distance.overflow || (distance.partialValue - exact).magnitude >= whole.magnitude { return "a micro off" }
            if part.weight == 0, share != 0 { return "no weight got something" }
        }
        let ranked = zip(parts, shares).sorted { $0.0.weight < $1.0.weight }
        for (less, more) in zip(ranked, ranked.dropFirst()) where less.0.weight < more.0.weight && less.1 > more.1 {
            return "more weight got less"
        }
        return nil
    }

    /// A thousand sales of one cent over seven equal people: in micros with the hash nobody is favoured.
    @Test func manySmallSalesFavourNobody() throws {
        var sums = [Int64](repeating: 0, count: 7)
        for sale in 0..<1_000 {
            let shares = try Split.shares(of: 10_000, among: Self.parts([1, 1, 1, 1, 1, 1, 1]), licence: "lic_\(sale)")
            for (index, share) in shares.enumerated() { sums[index] += share }
        }
        #expect(sums.reduce(0, +) == 10_000_000)
        #expect(sums.max()! - sums.min()! < 100)
    }
}
