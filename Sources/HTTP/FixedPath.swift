/// The routes of one path without parameters. Few, so that to look through them is faster than to hash a method.
struct FixedPath: Sendable {
    private var routes: [(method: Method, value: Int)] = []

    mutating func add(_ method: Method, _ value: Int) { routes.append((method, value)) }

    func value(for method: Method) -> Int? {
        routes.first { $0.method == method }?.value ?? (method == .head ? routes.first { $0.method == .get }?.value : nil)
    }
}
