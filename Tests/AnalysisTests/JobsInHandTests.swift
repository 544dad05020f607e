import Domain
import Testing

@testable import Analysis

struct JobsInHandTests {
    private func job(_ number: UInt8, crashes: Int64 = 0) -> Job {
        Job(
            id: ID(bits: UInt128(number)), kind: .analysis, subject: "\(number)", state: .waiting, attempts: 0, lease: nil,
            createdAt: Timestamp(milliseconds: 0), lastError: nil, crashes: crashes)
    }

    @Test func aSuspectFileIsMeasuredWhileNoOtherIs() {
        var hands = JobsInHand()
        #expect(hands.mayTake(job(1)) && hands.mayTake(nil))
        hands.take(job(1), as: "a", at: .now)
        #expect(hands.mayTake(job(2)) && !hands.mayTake(job(3, crashes: 1)))
        #expect(hands.letGo("a") && hands.mayTake(job(3, crashes: 1)))
        hands.take(job(3, crashes: 1), as: "b", at: .now)
        #expect(!hands.mayTake(job(4)) && !hands.mayTake(job(5, crashes: 2)) && !hands.mayTake(nil))
        #expect(hands.letGo("b") && hands.mayTake(job(4)) && !hands.letGo("b"))
    }

    @Test func oldLeasesAreRenewedOnceATime() {
        var hands = JobsInHand()
        let start = ContinuousClock.now
        hands.take(job(1), as: "a", at: start)
        hands.take(job(2), as: "b", at: start + .seconds(60))
        #expect(hands.toRenew(after: .seconds(100), at: start + .seconds(100)).isEmpty)
        #expect(hands.toRenew(after: .seconds(100), at: start + .seconds(101)).map(\.subject) == ["1"])
        #expect(hands.toRenew(after: .seconds(100), at: start + .seconds(161)).map(\.subject) == ["2"])
        #expect(hands.toRenew(after: .seconds(100), at: start + .seconds(202)).map(\.subject) == ["1"])
    }

    @Test func aFileWhoseBudgetIsUsedUpIsToldOnceAndItsLeaseNotRenewed() {
        var hands = JobsInHand()
        let start = ContinuousClock.now
        for (number, name) in [(1, "a"), (2, "b")] as [(UInt8, String)] { hands.take(job(number), as: name, at: start) }
        hands.begin("a", ThreadTimeBudget(seconds: -1))
        hands.begin("b", ThreadTimeBudget(seconds: 1000))
        #expect(hands.overdue().map(\.subject) == ["1"] && hands.overdue().isEmpty)
        #expect(hands.toRenew(after: .seconds(1), at: start + .seconds(9)).map(\.subject) == ["2"])
    }

    @Test func aCancelledJobIsNeitherAskedAboutNorRenewedAndTheWorkersNextIsNotCancelled() {
        var hands = JobsInHand()
        let start = ContinuousClock.now
        for (number, name) in [(1, "a"), (2, "b")] as [(UInt8, String)] { hands.take(job(number), as: name, at: start) }
        // Only just taken: nobody may see their leases yet.
        #expect(hands.measured.isEmpty)
        for name in ["a", "b"] { hands.begin(name, ThreadTimeBudget(seconds: 1000)) }
        #expect(hands.measured.count == 2)
        hands.cancel(job(1))
        #expect(hands.isCancelled("a") && !hands.isCancelled("b") && hands.measured.map(\.subject) == ["2"])
        #expect(hands.toRenew(after: .seconds(1), at: start + .seconds(9)).map(\.subject) == ["2"])
        _ = hands.letGo("a")
        var again = job(1)
        again.attempts += 1
        hands.take(again, as: "a", at: start)
        hands.cancel(job(1))
        #expect(!hands.isCancelled("a") && !hands.isCancelled("nobody"))
    }
}
