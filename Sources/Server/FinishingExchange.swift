import HTTP

/// An exchange whose answer is queued whole and not yet sent whole.
struct FinishingExchange {
    /// Stands in the record where the connection was lost before an answer began.
    static let lostStatus = 499

    let exchange: Exchange
    /// Position in the connection's output; no output reaches it where the connection was lost.
    let end: Int64

    /// What to report when the output has been sent up to `sentTotal`.
    func record(sentTotal: Int64, on loop: EventLoop) -> ExchangeRecord {
        let hasAnswer = exchange.status != 0
        return ExchangeRecord(
            request: exchange.request, label: exchange.label, loop: loop.index,
            status: hasAnswer ? exchange.status : Self.lostStatus, bodyBytesReceived: exchange.receivedByteCount,
            bodyBytesSent: hasAnswer ? max(0, min(sentTotal, end) - exchange.bodyStart) : 0,
            durationSeconds: loop.now - exchange.startedAt, isComplete: sentTotal >= end)
    }
}
