import HTTP

/// An application made of one closure.
final class TestApplication: Application {
    let recorder: Recorder
    let plan: @Sendable (Request) -> Plan

    init(recorder: Recorder, plan: @escaping @Sendable (Request) -> Plan) {
        self.recorder = recorder
        self.plan = plan
    }

    func plan(for request: Request) -> Plan { plan(request) }

    func response(to failure: RequestFailure, of request: Request?) -> Response {
        Response(status: failure.status, body: .bytes(Array(failure.detail.utf8)))
    }

    func finished(_ exchange: ExchangeRecord) {
        if exchange.label != nil {
            recorder.note("id \(exchange.id)")
            recorder.note("peer \(exchange.peer)")
        }
        recorder.note("finished \(exchange.status)\(exchange.isComplete ? "" : " incomplete")")
    }
}

extension Response {
    /// 200 with this text.
    static func text(_ text: String) -> Response { Response(status: 200, body: .bytes(Array(text.utf8))) }
}
