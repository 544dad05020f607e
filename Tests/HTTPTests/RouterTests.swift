import HTTP
import Testing

@Suite struct RouterTests {
    private static let names = ["root", "list", "create", "one", "latest", "remove", "events", "file"]
    private let router: Router = {
        var router = Router()
        router.add(.get, "/", 0)
        router.add(.get, "/v1/recordings", 1)
        router.add(.post, "/v1/recordings", 2)
        router.add(.get, "/v1/recordings/{id}", 3)
        router.add(.get, "/v1/recordings/latest", 4)
        router.add(.delete, "/v1/recordings/{id}", 5)
        router.add(.get, "/v1/recordings/{id}/events", 6)
        router.add(.get, "/files/{path...}", 7)
        return router
    }()

    private func text(_ method: HTTP.Method, _ path: String) -> String {
        switch router.match(method, path) {
        case .found(let value, let parameters):
            ([Self.names[value]] + parameters.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }).joined(separator: " ")
        case .methodNotAllowed(let allow): "405 " + allow.map(\.rawValue).joined(separator: ",")
        case .notFound: "404"
        }
    }

    @Test(arguments: [
        ("GET", "/", "root"), ("HEAD", "/", "root"), ("GET", "/v1/recordings", "list"), ("POST", "/v1/recordings", "create"),
        ("GET", "/v1/recordings/7", "one id=7"), ("GET", "/v1/recordings/latest", "latest"),
        ("DELETE", "/v1/recordings/latest", "remove id=latest"), ("GET", "/v1/recordings/latest/events", "events id=latest"),
        ("GET", "/v1/recordings/a%2Fb%C3%A9", "one id=a/bé"), ("GET", "/files/a/b%20c.txt", "file path=a/b c.txt"),
        ("GET", "/v1/recordings/", "404"), ("GET", "/v1/recordings/%zz", "404"), ("GET", "/v1/recordings/%00", "404"),
        ("GET", "/v1/recordings/%FF", "404"), ("GET", "/files/", "404"), ("GET", "/files/a/../b", "404"),
        ("GET", "/files/a/%2E%2E/b", "404"), ("GET", "/files/a%2Fb", "404"), ("GET", "/files/a%2F%CC%81b", "404"),
        ("GET", "/nothing", "404"),
        ("PUT", "/v1/recordings", "405 GET,HEAD,OPTIONS,POST"), ("OPTIONS", "/v1/recordings/7", "405 DELETE,GET,HEAD,OPTIONS"),
        ("PUT", "/v1/recordings/latest", "405 DELETE,GET,HEAD,OPTIONS"),
    ]) func `a path finds its route`(_ method: String, _ path: String, _ expected: String) {
        #expect(text(HTTP.Method(rawValue: method), path) == expected)
    }
}
