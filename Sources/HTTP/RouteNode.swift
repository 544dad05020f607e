/// A segment in the tree of routes, with what may follow it.
struct RouteNode: Sendable {
    struct Route: Sendable {
        var names: [String]
        var value: Int
    }

    private var literals: [String: RouteNode] = [:]
    /// None or one; an array because a struct cannot hold itself.
    private var parameter: [RouteNode] = []
    private var routes: [Method: Route] = [:]
    private var tailRoutes: [Method: Route] = [:]

    mutating func add(_ method: Method, _ pieces: ArraySlice<RoutePiece>, names: [String], _ value: Int) {
        let rest = pieces.dropFirst()
        switch pieces.first {
        case nil:
            precondition(routes[method] == nil, "Two routes for \(method) on one path")
            routes[method] = Route(names: names, value: value)
        case .tail:
            precondition(tailRoutes[method] == nil, "Two routes for \(method) on one path")
            tailRoutes[method] = Route(names: names, value: value)
        case .literal(let text):
            literals[text, default: RouteNode()].add(method, rest, names: names, value)
        case .parameter:
            if parameter.isEmpty { parameter.append(RouteNode()) }
            parameter[0].add(method, rest, names: names, value)
        }
    }

    /// Looks from the segment at `index` on, until the search has found its route.
    func find(_ search: inout RouteSearch, at index: Int) {
        guard index < search.segments.count else {
            search.offer(routes)
            return
        }
        let segment = search.segments[index]
        if !literals.isEmpty, let text = search.decoded(index) { literals[text]?.find(&search, at: index + 1) }
        guard search.found == nil, !segment.isEmpty else { return }
        if let node = parameter.first, let text = search.decoded(index) {
            search.values.append(text)
            node.find(&search, at: index + 1)
            search.values.removeLast()
        }
        guard search.found == nil, !tailRoutes.isEmpty, let rest = search.rest(from: index) else { return }
        search.values.append(rest)
        search.offer(tailRoutes)
        search.values.removeLast()
    }
}
