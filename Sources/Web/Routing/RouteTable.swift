import HTTP

/// Every route, findable by method and path, and the contract that describes them.
public struct RouteTable: Sendable {
    public let routes: [Route]
    private let router: Router

    /// Adds `/openapi.json` to the routes. Two routes for one method and path are a mistake of the program.
    public init(_ routes: [Route], version: String) {
        let described = routes + [Self.contract([])]
        let all = routes + [Self.contract(OpenAPIDocument.bytes(described, version: version))]
        var router = Router()
        for (index, route) in all.enumerated() { router.add(route.method, route.path, index) }
        self.routes = all
        self.router = router
    }

    enum Match {
        /// A route's number, which is its label too.
        case found(Int, parameters: [String: String])
        case methodNotAllowed(allow: [Method])
        case notFound
    }

    func match(_ method: Method, _ path: String) -> Match {
        switch router.match(method, path) {
        case .found(let index, let parameters): .found(index, parameters: parameters)
        case .methodNotAllowed(let allow): .methodNotAllowed(allow: allow)
        case .notFound: .notFound
        }
    }

    /// Whether GET is served at the path.
    func isReadable(_ path: String) -> Bool {
        if case .found = router.match(.get, path) { true } else { false }
    }

    private static func contract(_ bytes: [UInt8]) -> Route {
        let tag = EntityTag.strong(of: bytes)
        var response = Response.bytes(200, bytes, mediaType: "application/json")
        response.fields["ETag"] = tag.text
        response.fields["Cache-Control"] = "no-cache"
        return Route(
            "/openapi.json", "This contract", .operation, answers: [.json("OpenAPI 3.1", .object([], isOpen: true))],
            traits: [.conditional], fixed: response)
    }
}
