import HTTP

/// An exchange whose answer is queued whole and not yet sent whole.
struct FinishingExchange {
    /// Stands in the record where the connection was lost before an answer began.
    static let lostStatus = 499

    let request: Request?
    let id: String
    let peer: String
    let label: Int?
    /// 0 where no answer had begun.
    let status: Int
    var receivedByteCount: Int64 = 0
    let startedAt: Double
    /// Positions in the connection's output; no output reaches the end where the connection was lost.
    let bodyStart: Int64
    let end: Int64

    /// What to report when the output has been sent up to `sentTotal`.
    func record(sentTotal: Int64, on loop: EventLoop) -> ExchangeRecord {
        let hasAnswer = status != 0
        return ExchangeRecord(
            request: request, id: id, peer: peer, label: label, loop: loop.index,
            status: hasAnswer ? status : Self.lostStatus, bodyBytesReceived: receivedByteCount,
            bodyBytesSent: hasAnswer ? max(0, min(sentTotal, end) - bodyStart) : 0,
            durationSeconds: loop.now - startedAt, isComplete: sentTotal >= end)
    }
}

extension FinishingExchange {
    init(_ exchange: Exchange, end: Int64) {
        self.init(
            request: exchange.request, id: exchange.id, peer: exchange.peer, label: exchange.label,
            status: exchange.status, receivedByteCount: exchange.receivedByteCount,
            startedAt: exchange.startedAt, bodyStart: exchange.bodyStart, end: end)
    }
}
