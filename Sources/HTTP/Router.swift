/// Finds what serves a method and a path. Templates are literal segments, `{name}` for one segment that is not empty, and
/// at the end `{name...}` for the rest of the path. Literal segments go before parameters, those before the rest.
/// What it finds is the number that the route was added with.
public struct Router: Sendable {
    public enum Match {
        /// The parameters are percent-decoded.
        case found(Int, parameters: [String: String])
        /// The path is there for other methods; `allow` is the value of `Allow` (RFC 9110 section 15.5.6).
        case methodNotAllowed(allow: [Method])
        case notFound
    }

    private var root = RouteNode()
    /// Routes without parameters, which the tree would find first too: most requests are for one of few paths.
    private var fixed: [String: FixedPath] = [:]

    public init() {}

    /// Adds a route. A malformed template, or one that is there already for the method, is a mistake of the program.
    public mutating func add(_ method: Method, _ template: String, _ value: Int) {
        precondition(template.first == "/", "A template begins with a slash: \(template)")
        let segments = template.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
        let pieces = segments.map { RoutePiece($0) }
        precondition(
            pieces.dropLast().allSatisfy { !$0.isTail }, "Only the last segment can hold the rest: \(template)")
        let names = pieces.compactMap(\.name)
        root.add(method, pieces[...], names: names, value)
        if names.isEmpty { fixed[template, default: FixedPath()].add(method, value) }
    }

    /// `path` is percent-encoded and begins with "/". HEAD is served by GET; `allow` holds HEAD and OPTIONS too.
    public func match(_ method: Method, _ path: String) -> Match {
        if let value = fixed[path]?.value(for: method) { return .found(value, parameters: [:]) }
        guard path.utf8.first == Octets.slash else { return .notFound }
        let segments = path.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
        var search = RouteSearch(method: method, segments: segments)
        root.find(&search, at: 0)
        if let found = search.found { return .found(found.value, parameters: found.parameters) }
        guard !search.methods.isEmpty else { return .notFound }
        if search.methods.contains(.get) { search.methods.insert(.head) }
        search.methods.insert(.options)
        return .methodNotAllowed(allow: search.methods.sorted { $0.rawValue < $1.rawValue })
    }
}
