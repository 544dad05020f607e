import TestSupport
import Testing

@testable import Web

@Suite struct TokenBucketsTests {
    @Test func `a burst goes through, and then as many as the rate`() {
        let buckets = TokenBuckets<String>(RateLimit("key", perSecond: 10, burst: 5), countMax: 10)
        for number in 1...5 {
            let (isTaken, standing) = buckets.take("a", at: 100)
            #expect(isTaken)
            #expect(standing.remaining == 5 - number)
        }
        #expect(!buckets.take("a", at: 100).isTaken)
        #expect(!buckets.take("a", at: 100.09).isTaken)
        #expect(buckets.take("a", at: 100.1).isTaken)
        #expect(!buckets.take("a", at: 100.1).isTaken)
        #expect(buckets.take("b", at: 100.1).isTaken)
        #expect(buckets.standing(of: "a", at: 1000).remaining == 5)
    }

    @Test func `an empty bucket says when there is one again, another when it is full`() {
        let buckets = TokenBuckets<String>(RateLimit("failure", perSecond: 0.1, burst: 2), countMax: 10)
        #expect(buckets.take("a", at: 0).standing.item == "\"failure\";r=1;t=10")
        #expect(buckets.take("a", at: 0).standing.item == "\"failure\";r=0;t=10")
        #expect(buckets.standing(of: "a", at: 4).item == "\"failure\";r=0;t=6")
        #expect(buckets.standing(of: "a", at: 30).item == "\"failure\";r=2;t=0")
        #expect(buckets.limit.policy == "\"failure\";q=2;w=20")
    }

    /// Beside a bucket as the textbook has it: a number of tokens that grows with time.
    @Test(arguments: [1, 2, 3] as [UInt64]) func `any sequence goes as through a plain bucket`(seed: UInt64) {
        var chance = SeededRandom(seed: seed)
        for _ in 0..<100 {
            let rate = Double(Int.random(in: 1...1000, using: &chance)) / 16
            let burst = Int.random(in: 1...50, using: &chance)
            let buckets = TokenBuckets<Int>(RateLimit("x", perSecond: rate, burst: burst), countMax: 100)
            var now = 0.0
            var tokens = Double(burst)
            for _ in 0..<200 {
                let elapsed = Double.random(in: 0...3, using: &chance) / rate
                now += elapsed
                tokens = min(Double(burst), tokens + elapsed * rate)
                // Where rounding decides, either is right.
                guard abs(tokens - 1) > 1e-5 else { continue }
                let expected = tokens >= 1
                #expect(buckets.take(7, at: now).isTaken == expected)
                if expected { tokens -= 1 }
            }
        }
    }

    @Test(arguments: [1, 2, 3] as [UInt64]) func `memory is bounded, and who is emptiest stays known`(seed: UInt64) {
        var chance = SeededRandom(seed: seed)
        let buckets = TokenBuckets<Int>(RateLimit("address", perSecond: 1, burst: 10), countMax: 100)
        for _ in 0..<10 { #expect(buckets.take(-1, at: 0).isTaken) }
        for number in 0..<2000 {
            let other = Int.random(in: 0..<1_000_000, using: &chance)
            _ = buckets.take(other, at: Double(number) * 0.001)
            #expect(buckets.count <= 100)
        }
        #expect(!buckets.take(-1, at: 0.5).isTaken)
        // Full ones are forgotten first.
        for _ in 0..<3 { _ = buckets.take(-2, at: 1000) }
        for other in 0..<100 { _ = buckets.take(other, at: 1000) }
        #expect(buckets.count <= 100)
        #expect(buckets.standing(of: -2, at: 1000).remaining == 7)
    }
}
