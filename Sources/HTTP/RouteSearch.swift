/// One walk through the tree of routes.
struct RouteSearch {
    let method: Method
    let segments: [Substring]
    /// What the parameters on the way hold, decoded.
    var values: [String] = []
    var found: (value: Int, parameters: [String: String])?
    /// The methods of every route that the path fits.
    var methods: Set<Method> = []

    init(method: Method, segments: [Substring]) {
        self.method = method
        self.segments = segments
    }

    mutating func offer(_ routes: [Method: RouteNode.Route]) {
        guard let route = routes[method] ?? (method == .head ? routes[.get] : nil) else {
            methods.formUnion(routes.keys)
            return
        }
        let pairs = zip(route.names, values)
        found = (route.value, Dictionary(pairs) { first, _ in first })
    }

    func decoded(_ index: Int) -> String? {
        PercentEncoding.decode(segments[index])
    }

    /// The rest of the path, decoded, unless a segment of it could lead out of a folder or hides a slash.
    func rest(from index: Int) -> String? {
        var parts: [String] = []
        for position in index..<segments.count {
            guard let part = decoded(position), part != ".", part != "..", !part.utf8.contains(Octets.slash),
                !part.utf8.contains(Octets.backslash)
            else { return nil }
            parts.append(part)
        }
        return parts.joined(separator: "/")
    }
}
