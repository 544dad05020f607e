import Dispatch
import Glibc

/// The threads that may block: the application's calls, opening and reading files.
final class WorkerPool: Sendable {
    typealias Work = @Sendable () -> Void

    private struct State {
        var waiting: [Work] = []
        var first = 0
        var isStopping = false
        /// Threads that sleep and that nobody is waking.
        var sleepingCount = 0
        var busyCount = 0
        /// Whether a thread has been woken and has not looked yet. It wakes the next one itself when there is more to do,
        /// so that a burst costs few calls into the kernel.
        var isWaking = false

        var count: Int { waiting.count - first }

        mutating func take() -> Work? {
            guard first < waiting.count else { return nil }
            let work = waiting[first]
            first += 1
            if first > 64, first * 2 > waiting.count {
                waiting.removeFirst(first)
                first = 0
            }
            return work
        }

        /// Whether a thread must be woken for what waits; the caller then does.
        mutating func mustWake() -> Bool {
            guard count > 0, sleepingCount > 0, !isWaking else { return false }
            sleepingCount -= 1
            isWaking = true
            return true
        }
    }

    private let state = Guarded(State())
    private let signal = DispatchSemaphore(value: 0)
    private let running = DispatchGroup()
    private let waitingCountMax: Int
    private let threadCount: Int

    init(threadCount: Int, waitingCountMax: Int) {
        self.threadCount = threadCount
        self.waitingCountMax = waitingCountMax
    }

    func start() throws(ServerError) {
        for _ in 0..<threadCount {
            running.enter()
            var thread = pthread_t()
            let context = Unmanaged.passRetained(self).toOpaque()
            let code = pthread_create(
                &thread, nil,
                { context in
                    Unmanaged<WorkerPool>.fromOpaque(context!).takeRetainedValue().work()
                    return nil
                }, context)
            guard code == 0 else {
                Unmanaged<WorkerPool>.fromOpaque(context).release()
                running.leave()
                throw .system(call: "pthread_create", code: code)
            }
            pthread_detach(thread)
        }
    }

    /// Calls that wait for a thread.
    var waitingCount: Int { state.withLock { $0.count } }

    /// Threads that run a call.
    var busyCount: Int { state.withLock { $0.busyCount } }

    /// Begins something new; false when too much waits already.
    func submit(_ work: @escaping Work) -> Bool {
        let (isTaken, mustWake) = state.withLock { state in
            guard state.count < waitingCountMax else { return (false, false) }
            state.waiting.append(work)
            return (true, state.mustWake())
        }
        if mustWake { signal.signal() }
        return isTaken
    }

    /// Goes on with what has begun, which is never refused: there is at most one such call for each connection.
    func proceed(_ work: @escaping Work) {
        let mustWake = state.withLock { state in
            state.waiting.append(work)
            return state.mustWake()
        }
        if mustWake { signal.signal() }
    }

    /// Does what waits, then ends the threads; false when that takes longer.
    func stop(deadline: DispatchTime) -> Bool {
        let sleepingCount = state.withLock { state in
            state.isStopping = true
            defer { state.sleepingCount = 0 }
            return state.sleepingCount
        }
        for _ in 0..<sleepingCount { signal.signal() }
        return running.wait(timeout: deadline) == .success
    }

    /// What a thread does next.
    private enum Step {
        case run(Work, mustWake: Bool)
        case sleep
        case end
    }

    private func work() {
        defer { running.leave() }
        var wasWoken = false
        var hasRun = false
        while true {
            switch nextStep(wasWoken: wasWoken, hasRun: hasRun) {
            case .run(let work, let mustWake):
                if mustWake { signal.signal() }
                wasWoken = false
                work()
                hasRun = true
            case .sleep:
                signal.wait()
                wasWoken = true
                hasRun = false
            case .end:
                return
            }
        }
    }

    private func nextStep(wasWoken: Bool, hasRun: Bool) -> Step {
        state.withLock { state in
            if wasWoken { state.isWaking = false }
            if hasRun { state.busyCount -= 1 }
            if let work = state.take() {
                state.busyCount += 1
                return .run(work, mustWake: state.mustWake())
            }
            if state.isStopping { return .end }
            state.sleepingCount += 1
            return .sleep
        }
    }
}
