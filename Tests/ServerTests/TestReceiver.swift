import Dispatch
import HTTP
import Synchronization

/// Notes its calls; waits at a gate before it takes bytes, where it has one.
final class TestReceiver: BodyReceiver {
    let recorder: Recorder
    private let refusal: Response?
    private let gate: DispatchSemaphore?
    private let earlyAnswerAt: Int
    private let byteCount = Mutex(0)
    private let largest = Mutex(0)

    init(_ recorder: Recorder, refusal: Response? = nil, gate: DispatchSemaphore? = nil, earlyAnswerAt: Int = .max) {
        self.recorder = recorder
        self.refusal = refusal
        self.gate = gate
        self.earlyAnswerAt = earlyAnswerAt
    }

    func begin() -> Response? {
        recorder.note("begin")
        return refusal
    }

    func receive(_ bytes: [UInt8]) -> Response? {
        recorder.note("receive")
        gate?.wait()
        let count = byteCount.withLock { count in
            count += bytes.count
            return count
        }
        largest.withLock { $0 = max($0, bytes.count) }
        return count >= earlyAnswerAt ? Response(status: 422, body: .bytes(Array("early".utf8))) : nil
    }

    func finish() -> Response {
        recorder.note("finish")
        return Response(status: 201, body: .bytes(Array("\(byteCount.withLock { $0 })".utf8)))
    }

    func cancel() { recorder.note("cancel") }
}
