import HTTP

/// An exchange whose answer is queued whole and not yet sent whole.
struct FinishingExchange {
    var record: ExchangeRecord
    var startedAt: Double
    /// Positions in the connection's output.
    var bodyStart: Int64
    var end: Int64

    /// What to report when the output has been sent up to `sentTotal`.
    func record(sentTotal: Int64, now: Double) -> ExchangeRecord {
        var record = record
        record.bodyBytesSent = max(0, min(sentTotal, end) - bodyStart)
        record.durationSeconds = now - startedAt
        record.isComplete = sentTotal >= end
        return record
    }
}

extension FinishingExchange {
    /// Stands in the record where the connection was lost before an answer began.
    static let lostStatus = 499

    init(_ exchange: Exchange, end: Int64) {
        record = ExchangeRecord(
            request: exchange.request, status: exchange.status == 0 ? Self.lostStatus : exchange.status,
            bodyBytesReceived: exchange.receivedByteCount, bodyBytesSent: 0, durationSeconds: 0, isComplete: false)
        startedAt = exchange.startedAt
        bodyStart = exchange.status == 0 ? .max : exchange.bodyStart
        self.end = end
    }
}
