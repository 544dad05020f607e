import HTTP

/// One verb of the interface: everything that the contract says about it, and what carries it out.
///
/// A handler goes in five steps: who, parse, check, do, answer. It runs on the blocking pool, when the caller is known to
/// be allowed, the parameters and the JSON body fit their schemas, and nothing answers the idempotency key yet. What it
/// throws becomes a problem (`ProblemConvertible`) or 500.
public final class Route: Sendable {
    public typealias Handler = @Sendable (Call) throws -> Response
    /// Answers from memory where it can, else nil.
    public typealias Recall = @Sendable (Call) throws -> Response?
    public typealias Receiver = @Sendable (Call) throws -> any BodyConsumer

    public enum Action: Sendable {
        case handle(Handler)
        case receive(Receiver)
    }

    public enum Trait: Sendable, Hashable {
        /// The answer has an entity tag: 304 and 412 are possible.
        case conditional
        /// The answer can be had in parts: 206 and 416 are possible.
        case ranges
        /// `Idempotency-Key` is looked at.
        case idempotencyKey
        /// `Idempotency-Key` must be there.
        case idempotencyKeyRequired
        /// Part of tus: every answer says which version.
        case resumable
        /// Not part of the contract, such as a page.
        case undocumented
        /// Takes a secret in its body: a wrong one counts as a failed authentication.
        case showsSecret
        /// Answers from memory within microseconds, so that it may run on the connection's queue. Only for `.anyone`.
        case immediate
    }

    public let method: Method
    public let path: String
    public let summary: String
    public let tag: Tag
    public let authorisation: Authorisation
    /// Its own and those that its traits bring.
    let allParameters: [Parameter]
    let queryParameters: [Parameter]
    let headerParameters: [Parameter]
    let pathParameters: [Parameter]
    public let body: RequestBody
    public let answers: [Answer]
    /// Errors of its own, beside those that its shape implies.
    public let problems: [ProblemCode]
    public let traits: Set<Trait>
    public let action: Action
    /// Tried on the connection's queue before the handler is run on the blocking pool.
    let recall: Recall?
    /// What a request without query and body is answered with at once.
    let fixed: FixedAnswer?

    /// A route that always gives the same answer, from memory.
    public convenience init(
        _ path: String, _ summary: String, _ tag: Tag, answers: [Answer], traits: Set<Trait> = [], fixed: Response
    ) {
        self.init(
            .get, path, summary, tag, .anyone, [], .none, answers, [], traits.union([.immediate]), .handle { _ in fixed },
            nil, fixed)
    }

    /// A route whose handler answers once the body, if any, is there whole.
    ///
    /// - Parameter recall: gives the handler's answer within microseconds where all that it takes is in memory, so that a thread
    ///   and a connection of the database are spared.
    public convenience init(
        _ method: Method, _ path: String, _ summary: String, _ tag: Tag, _ authorisation: Authorisation,
        parameters: [Parameter] = [], body: RequestBody = .none, answers: [Answer], problems: [ProblemCode] = [],
        traits: Set<Trait> = [], recall: Recall? = nil, handler: @escaping Handler
    ) {
        if case .stream = body { preconditionFailure("A streamed body needs a receiver: \(method) \(path)") }
        self.init(
            method, path, summary, tag, authorisation, parameters, body, answers, problems, traits, .handle(handler), recall, nil)
    }

    /// A route whose receiver takes the body as it arrives.
    public convenience init(
        _ method: Method, _ path: String, _ summary: String, _ tag: Tag, _ authorisation: Authorisation,
        parameters: [Parameter] = [], stream body: RequestBody, answers: [Answer], problems: [ProblemCode] = [],
        traits: Set<Trait> = [], receiver: @escaping Receiver
    ) {
        guard case .stream = body else { preconditionFailure("Not a stream: \(method) \(path)") }
        self.init(
            method, path, summary, tag, authorisation, parameters, body, answers, problems, traits, .receive(receiver), nil, nil)
    }

    private init(
        _ method: Method, _ path: String, _ summary: String, _ tag: Tag, _ authorisation: Authorisation,
        _ parameters: [Parameter], _ body: RequestBody, _ answers: [Answer], _ problems: [ProblemCode],
        _ traits: Set<Trait>, _ action: Action, _ recall: Recall?, _ fixed: Response?
    ) {
        self.method = method
        self.path = path
        self.summary = summary
        self.tag = tag
        self.authorisation = authorisation
        allParameters = Self.allParameters(parameters, traits, of: method)
        queryParameters = allParameters.filter { $0.place == .query }
        headerParameters = allParameters.filter { $0.place == .header }
        pathParameters = allParameters.filter { $0.place == .path }
        self.body = body
        self.answers = answers
        self.problems = problems
        self.traits = traits
        self.action = action
        self.recall = recall
        self.fixed = fixed.map(FixedAnswer.init)
        let declared = Set(pathParameters.map(\.name))
        precondition(declared == Set(Self.names(in: path)), "Path and path parameters differ: \(method) \(path)")
        precondition(recall == nil || body.mediaTypes.isEmpty, "A body is not there yet: \(method) \(path)")
        precondition(!traits.contains(.immediate) || authorisation == .anyone, "Authentication blocks: \(method) \(path)")
    }

    /// Names of the template's parameters: "id" in "/v1/quotes/{id}", "path" in "/{path...}".
    private static func names(in path: String) -> [String] {
        path.split(separator: "/").filter { $0.hasPrefix("{") }.map { segment in
            let name = segment.dropFirst().dropLast()
            return String(name.hasSuffix("...") ? name.dropLast(3) : name)
        }
    }
}
