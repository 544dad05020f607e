import Domain
import HTTP
import Logging

/// One request on its way through one route: what every step of it needs.
struct Exchange: Sendable {
    let request: Request
    let route: Route
    /// The path's parameters, decoded.
    let parameters: [String: String]
    /// Whether something can be read at the address; looked up only where `If-None-Match` asks.
    let isRepresented: Bool
    let authenticator: Authenticator
    let answers: IdempotentAnswers
    let logger: Logger
    /// Nil where no limit holds for the client.
    let visit: Visit?

    /// Lets the request in: who calls, may they, are the parameters and the media type right?
    func admit() throws -> Call {
        try call(by: authenticator.principal(of: request, for: route, visit))
    }

    /// The call of somebody who is let in.
    private func call(by caller: Principal?) throws -> Call {
        let arguments = try ArgumentReader.read(request, path: parameters, route: route)
        try BodyTypeCheck.check(request, route.body)
        var call = Call(
            request: request, caller: caller, path: arguments.path, query: arguments.query, header: arguments.header)
        call.isRepresented = isRepresented
        return call
    }

    /// The refusal of a client that asks too often, or that guesses keys: before a thread, the body or a look-up is spent on
    /// it. Does not block.
    func refusalAtOnce() -> Response? {
        attempt {
            try visit?.countAddress()
            if route.traits.contains(.showsSecret) {
                try visit?.checkFailures { () throws(Problem) in nil }
            } else if route.authorisation != .anyone {
                try visit?.checkFailures { () throws(Problem) in try Credential(request) }
            }
        }
    }

    /// What can be answered from memory, to anybody or to a caller who is known; else nil. Does not block.
    func respondAtOnce(_ recall: Route.Recall) -> Response? {
        var known: (credential: Credential, principal: Principal)?
        if route.authorisation != .anyone {
            known = authenticator.knownPrincipal(of: request, for: route)
            guard known != nil else { return nil }
        }
        let outcome = Result { try recall(call(by: known?.principal)) }
        if case .success(nil) = outcome { return nil }
        do {
            // A refusal counts too.
            if let known {
                visit?.noteSuccess(known.credential)
                try visit?.count(key: known.principal.key.text)
            }
            return try outcome.get()?.dressed(for: request, route: route, visit)
        } catch {
            return response(to: error)
        }
    }

    /// Carries out a route without a body.
    func respond(_ handler: Route.Handler) -> Response {
        answer {
            var call = try admit()
            call.claim = call.claim(bodySHA256: [])
            return try unlessRepeated(call) { try handler(call) }
        }
    }

    /// The first answer to the same request, or else what the work answers.
    func unlessRepeated(_ call: Call, work: () throws -> Response) throws -> Response {
        guard let claim = call.claim else { return try work() }
        return try answers.answer(claim, work: work)
    }

    /// The answer of the work, or of its error; dressed for the wire.
    func answer(_ work: () throws -> Response) -> Response {
        do {
            return try work().dressed(for: request, route: route, visit)
        } catch {
            return response(to: error)
        }
    }

    /// Nil, or the answer to the work's error.
    func attempt(_ work: () throws -> Void) -> Response? {
        do {
            try work()
            return nil
        } catch {
            return response(to: error)
        }
    }

    private func response(to error: any Error) -> Response {
        let problem = (error as? any ProblemConvertible)?.problem ?? Problem(.internalError)
        if isGuess(problem) { visit?.noteFailure() }
        // Whatever the client is not told, the operator must be.
        if problem.code == .internalError {
            logger.error(
                "\(route.method) \(route.path) failed: \(error)", metadata: ["request_id": "\(request.id)"])
        }
        return problem.response(to: request).dressed(for: request, route: route, visit)
    }

    /// Whether the request showed a key, a session or a token that is wrong.
    private func isGuess(_ problem: Problem) -> Bool {
        if route.traits.contains(.showsSecret) { return problem.code == .unauthenticated || problem.code == .notFound }
        return problem.code == .unauthenticated && problem.isKeyWrong
    }
}
