import Crypto
import Domain
import Ledger
import TestSupport
import Testing

@Suite struct SplitScaleTests {
    /// A million random splits, of 1 to 12 parts and totals from a micro to a million dollars: every one adds up exactly, and
    /// no share is a whole micro away from exact.
    @Test func aMillionRandomSplitsAddUp() throws {
        var random = SeededRandom(seed: 0x5EED_511D)
        var wrong = 0
        for number in 0..<1_000_000 {
            let total = Int64.random(in: 1...(Int64(1) << Int64.random(in: 1...40, using: &random)), using: &random)
            let parts = (0..<Int.random(in: 1...12, using: &random)).map { index in
                Split.Part(
                    "rec_\(index)", weight: Int64.random(in: 1...(1 << Int64.random(in: 1...50, using: &random)), using: &random))
            }
            let shares = try Split.shares(of: total, among: parts, licence: "lic_\(number)")
            let whole = parts.reduce(0) { $0 + Int128($1.weight) }
            let isExact = shares.reduce(0, +) == total
            let isClose = zip(shares, parts).allSatisfy { share, part in
                let distance = Int128(share) * whole - Int128(total) * Int128(part.weight)
                return distance.magnitude < whole.magnitude
            }
            if !isExact || !isClose { wrong += 1 }
        }
        #expect(wrong == 0)
    }

    /// 1,000 licences of one cent over seven equal contributors: nobody is ahead of anybody by more than 0.01 cent.
    @Test func aThousandOneCentLicencesSpreadNothing() throws {
        var sums = [Int64](repeating: 0, count: 7)
        let parts = (0..<7).map { Split.Part("rec_\($0)", weight: 1) }
        for licence in 0..<1000 {
            let shares = try Split.shares(of: 10_000, among: parts, licence: "lic_\(licence)")
            for index in sums.indices { sums[index] += shares[index] }
        }
        let spread = sums.max()! - sums.min()!
        print("spread after 1,000 one-cent licences over 7 equal contributors: \(spread) micros")
        #expect(sums.reduce(0, +) == 10_000_000)
        #expect(spread <= 100)
    }

    /// The split that is shown step by step, by sorting everything, is the split that is paid.
    @Test func theExplanationIsTheSplit() throws {
        var random = SeededRandom(seed: 0x5EED_E791)
        for number in 0..<3000 {
            let total = Int64.random(in: 0...(Int64(1) << Int64.random(in: 1...30, using: &random)), using: &random)
            // Few different weights, so that many remainders tie.
            let parts = (0..<Int.random(in: 1...40, using: &random)).map { index in
                Split.Part("rec_\(index)", weight: Int64.random(in: index == 0 ? 1...3 : 0...3, using: &random))
            }
            let licence = "lic_\(number)"
            let explained = try Split.explain(total, among: parts, licence: licence)
            #expect(explained.parts.map(\.share) == (try Split.shares(of: total, among: parts, licence: licence)))
            // Whoever knows the limits can tell their own share without the others.
            for part in explained.parts where explained.weight > 0 {
                let product = Int128(total) * Int128(part.weight)
                let (floor, remainder) = product.quotientAndRemainder(dividingBy: explained.weight)
                var share = Int64(floor)
                if let last = explained.lastRemainder, let digest = explained.lastDigest {
                    let own = Split.digest(of: part.id, licence: licence)
                    if remainder > last || (remainder == last && !digest.lexicographicallyPrecedes(own)) { share += 1 }
                }
                #expect(share == part.share)
            }
        }
    }
}
