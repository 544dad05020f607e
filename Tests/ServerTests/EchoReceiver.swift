import HTTP
import Synchronization

/// Answers with the body's own bytes.
final class EchoReceiver: BodyReceiver {
    private let taken = Mutex<[UInt8]>([])

    func begin() -> Response? { nil }

    func receive(_ bytes: [UInt8]) -> Response? {
        taken.withLock { $0 += bytes }
        return nil
    }

    func finish() -> Response { Response(status: 200, body: .bytes(taken.withLock { $0 })) }

    func cancel() {}
}
