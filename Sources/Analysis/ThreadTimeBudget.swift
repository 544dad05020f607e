import Foundation

/// CPU time that the calling thread may spend from now on. Time in which others have the processor does not count.
struct ThreadTimeBudget {
    private let deadline: Double

    init(seconds: Double) { deadline = Self.now + seconds }

    var isUsedUp: Bool { Self.now > deadline }

    private static var now: Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
