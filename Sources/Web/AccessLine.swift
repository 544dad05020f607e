import HTTP
import Logging

/// One exchange in the log. Nothing personal and no secret: the template stands for the path, the query is left out.
struct AccessLine: CustomStringConvertible {
    let description: String

    init(_ exchange: ExchangeRecord, template: String?) {
        let method = exchange.request?.method.rawValue ?? "-"
        description = "\(method) \(template ?? "-") \(exchange.status)"
    }

    static func metadata(_ exchange: ExchangeRecord) -> Logger.Metadata {
        var metadata: Logger.Metadata = [
            "milliseconds": "\(Int64(exchange.durationSeconds * 1000))", "bytes_in": "\(exchange.bodyBytesReceived)",
            "bytes_out": "\(exchange.bodyBytesSent)",
        ]
        if !exchange.isComplete { metadata["incomplete"] = "true" }
        guard let request = exchange.request else { return metadata }
        metadata["request_id"] = "\(request.id)"
        metadata["peer"] = "\(request.peer)"
        if let trace = request.fields["traceparent"].flatMap({ TraceParent($0) }) { metadata["trace_id"] = "\(trace.traceID)" }
        return metadata
    }
}
