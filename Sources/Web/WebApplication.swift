import HTTP
import Logging

/// The interface as a server sees it: finds the route of a request and lets it run, counts and logs what has happened.
public final class WebApplication: Application {
    private let table: RouteTable
    private let authenticator: Authenticator
    private let answers: IdempotentAnswers
    private let traffic: TrafficMetrics
    /// The routes' paths, by their numbers.
    private let templates: [StaticBytes]
    private let logger: Logger
    private let accessLog: AccessLog?
    private let limits: ClientLimits?

    /// - Parameters:
    ///   - accessLog: nil where nobody wants a line for each exchange.
    ///   - limits: nil where every client may do as much as it can.
    public init(
        table: RouteTable, authenticator: Authenticator, answers: IdempotentAnswers, metrics: Metrics,
        logger: Logger = Logger(label: "fairvoice.web"), accessLog: AccessLog? = nil, limits: ClientLimits? = nil
    ) {
        self.accessLog = accessLog
        self.limits = limits
        self.table = table
        self.authenticator = authenticator
        self.answers = answers
        self.logger = logger
        templates = table.routes.map { StaticBytes($0.path) }
        traffic = TrafficMetrics(metrics, templates: table.routes.map(\.path))
    }

    public func plan(for received: Request) -> Plan {
        let request = MethodOverride.apply(to: received)
        switch table.match(request.method, request.path) {
        case .found(let index, let parameters):
            let route = table.routes[index]
            if let answer = route.fixed?.answer(to: request) { return Plan(.fixed(answer), label: index) }
            return Plan(action(for: request, route, parameters), label: index)
        case .methodNotAllowed(let allow):
            return .answer(refusal(of: request, allow: allow))
        case .notFound:
            return .answer(Problem.notFound.response(to: request).dressed(for: request, route: nil))
        }
    }

    public func response(to failure: RequestFailure, of request: Request?) -> Response {
        Problem(.general(for: failure.status), failure.detail).response(to: request).dressed(for: request, route: nil)
    }

    public func finished(_ exchange: ExchangeRecord) {
        traffic.record(exchange)
        accessLog?.append(exchange, template: exchange.label.map { templates[$0] })
    }

    private func action(for request: Request, _ route: Route, _ parameters: [String: String]) -> Plan.Action {
        // What is answered from memory costs less than to count it.
        let visit = route.traits.contains(.immediate) ? nil : limits?.visit(of: request)
        let isRepresented = !route.isSafe && request.fields["If-None-Match"] != nil && table.isReadable(request.path)
        let exchange = Exchange(
            request: request, route: route, parameters: parameters, isRepresented: isRepresented, authenticator: authenticator,
            answers: answers, logger: logger, visit: visit)
        if visit != nil, let refusal = exchange.refusalAtOnce() { return .answer(refusal) }
        switch (route.action, route.body) {
        case (.handle(let handler), .json(let schema, _)):
            let receiver = JSONBodyReceiver(exchange, schema: schema, handler: handler)
            return .receive(byteCountMax: RequestBody.jsonByteCountMax, receiver)
        case (.handle(let handler), _) where route.traits.contains(.immediate):
            return .answer(exchange.respond(handler))
        case (.handle(let handler), _):
            if let recall = route.recall, let answer = exchange.respondAtOnce(recall) { return .answer(answer) }
            return .run { exchange.respond(handler) }
        case (.receive(let receiver), .stream(_, _, let byteCountMax, _)):
            return .receive(byteCountMax: byteCountMax, StreamedBodyReceiver(exchange, makeConsumer: receiver))
        case (.receive, _):
            preconditionFailure("Route refuses to be made so")
        }
    }

    /// The answer to OPTIONS, or to a method that the path does not know (RFC 9110 sections 9.3.7 and 15.5.6).
    private func refusal(of request: Request, allow: [Method]) -> Response {
        let methods = allow.map(\.rawValue).joined(separator: ", ")
        guard request.method != .options else {
            return Response(status: 204, fields: Fields(["Allow": methods])).dressed(for: request, route: nil)
        }
        let problem = Problem(.methodNotAllowed, "Allowed are: \(methods).", fields: Fields(["Allow": methods]))
        return problem.response(to: request).dressed(for: request, route: nil)
    }
}
