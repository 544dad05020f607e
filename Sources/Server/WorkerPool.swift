import Dispatch
import Glibc
import Synchronization

/// The threads that may block: the application's calls, opening and reading files.
final class WorkerPool: Sendable {
    typealias Work = @Sendable () -> Void

    private struct State {
        var waiting: [Work] = []
        var first = 0
        var isStopping = false

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
    }

    private let state = Mutex(State())
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

    /// Begins something new; false when too much waits already.
    func submit(_ work: @escaping Work) -> Bool {
        let isTaken = state.withLock { state in
            guard state.count < waitingCountMax else { return false }
            state.waiting.append(work)
            return true
        }
        if isTaken { signal.signal() }
        return isTaken
    }

    /// Goes on with what has begun, which is never refused: there is at most one such call for each connection.
    func proceed(_ work: @escaping Work) {
        state.withLock { $0.waiting.append(work) }
        signal.signal()
    }

    /// Does what waits, then ends the threads; false when that takes longer.
    func stop(deadline: DispatchTime) -> Bool {
        state.withLock { $0.isStopping = true }
        for _ in 0..<threadCount { signal.signal() }
        return running.wait(timeout: deadline) == .success
    }

    private func work() {
        defer { running.leave() }
        while true {
            signal.wait()
            let (work, isStopping) = state.withLock { state in (state.take(), state.isStopping) }
            if let work {
                work()
            } else if isStopping {
                return
            }
        }
    }
}
