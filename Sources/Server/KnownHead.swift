import Glibc
import HTTP

/// A head that was met twice and got a fixed answer. Clients say the same again and again: the same bytes are the same request, so
/// they need not be read, routed and decided anew. Each loop keeps the last one.
final class KnownHead {
    /// Longer ones are not kept.
    static let byteCountMax = 2048

    let bytes: [UInt8]
    let service: Listener.Service
    let request: Request
    let answer: FixedResponse
    let label: Int?

    init(_ bytes: Span<UInt8>, _ service: Listener.Service, _ request: Request, _ answer: FixedResponse, label: Int?) {
        self.bytes = bytes.withUnsafeBufferPointer(Array.init)
        self.service = service
        self.request = request
        self.answer = answer
        self.label = label
    }

    /// Whether these bytes, from a position on, begin with the head.
    func stands(in input: UnsafeRawBufferPointer, at position: Int) -> Bool {
        guard input.count - position >= bytes.count, let start = input.baseAddress else { return false }
        return bytes.withUnsafeBytes { memcmp($0.baseAddress!, start + position, $0.count) == 0 }
    }
}

/// Requests whose bytes are those of a request before.
extension Connection {
    /// What the client is told at once where its next bytes are a head that is known; nil where they have to be read.
    func knownHead(in input: UnsafeRawBufferPointer, at position: Int) -> KnownHead? {
        // A proxy's clients are told apart by what stands in the head.
        guard !isFromProxy, parser.isEmpty, let known = loop.knownHead, known.service == service,
            known.stands(in: input, at: position)
        else { return nil }
        return known
    }

    /// Answers a known head as if it had been read.
    func answer(_ known: KnownHead) {
        let keepsAlive = !endsWithAnswer
        let id = loop.identities.next()
        if output.isEmpty { lastSentAt = loop.now }
        let bodyCount = output.write { bytes in
            known.answer.append(to: &bytes, date: loop.date, requestID: id, closes: !keepsAlive)
        }
        finishing.append(
            FinishingExchange(
                request: known.request, id: id, peer: peer.text, label: known.label, status: known.answer.response.status,
                startedAt: loop.now, bodyStart: output.appendedTotal - Int64(bodyCount), end: output.appendedTotal))
        headStartedAt = nil
        idleSince = loop.now
        hasProgressed = true
        if !keepsAlive { phase = .flushing }
    }

    /// Keeps the head of the exchange that was just answered, so that the same bytes need not be read again. Who says it for the first
    /// time may say something else the next time: a copy of the bytes is enough until they are met twice.
    func remember(_ head: Span<UInt8>, _ request: Request, _ answer: FixedResponse, label: Int?) {
        guard head.count <= KnownHead.byteCountMax, !isFromProxy else { return }
        head.withUnsafeBufferPointer { bytes in
            let isMetAgain =
                loop.lastFixedHead.count == bytes.count
                && loop.lastFixedHead.withUnsafeBytes { memcmp($0.baseAddress!, bytes.baseAddress!, bytes.count) == 0 }
            if isMetAgain {
                loop.knownHead = KnownHead(head, service, request, answer, label: label)
            } else {
                loop.lastFixedHead.removeAll(keepingCapacity: true)
                loop.lastFixedHead.append(contentsOf: bytes)
            }
        }
    }
}
