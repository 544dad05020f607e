import Foundation

/// CPU time that the thread which made it may spend from then on. Time in which others have the processor does not count. Any
/// thread may ask.
struct ThreadTimeBudget: Sendable {
    private let clock: clockid_t
    private let deadline: Double

    init(seconds: Double) {
        var clock = clockid_t()
        let code = pthread_getcpuclockid(pthread_self(), &clock)
        precondition(code == 0, "a thread without a clock")
        self.clock = clock
        deadline = Self.now(clock) + seconds
    }

    /// False once the thread is gone.
    var isUsedUp: Bool { Self.now(clock) > deadline }

    private static func now(_ clock: clockid_t) -> Double {
        var time = timespec()
        guard clock_gettime(clock, &time) == 0 else { return 0 }
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
