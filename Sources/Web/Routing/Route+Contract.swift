import HTTP

/// What the shape of a route implies.
extension Route {
    /// Whether the method promises to change nothing (RFC 9110 section 9.2.1).
    var isSafe: Bool { method == .get || method == .head || method == .options }

    var takesIdempotencyKey: Bool { Self.takesIdempotencyKey(traits) }

    private static func takesIdempotencyKey(_ traits: Set<Trait>) -> Bool {
        traits.contains(.idempotencyKey) || traits.contains(.idempotencyKeyRequired)
    }

    /// A route's own parameters and those that its traits bring.
    static func allParameters(_ parameters: [Parameter], _ traits: Set<Trait>, of method: Method) -> [Parameter] {
        var all = parameters
        if takesIdempotencyKey(traits) {
            all.append(
                .header(
                    "Idempotency-Key", .text(.printable, 1...255),
                    "The same key with the same request gives the same answer and no second effect",
                    isRequired: traits.contains(.idempotencyKeyRequired)))
        }
        guard method == .get else { return all }
        if traits.contains(.conditional) {
            all.append(.header("If-None-Match", .string(0...1000), "Entity tags that the client has already"))
        }
        if traits.contains(.ranges) { all.append(.header("Range", .string(0...1000), "Which bytes to send (RFC 9110)")) }
        return all
    }

    /// Every status that can be a problem, in order.
    var problemStatuses: [Int] {
        var statuses: Set<Int> = [400, 414, 429, 431, 500, 503]
        if authorisation != .anyone { statuses.formUnion([401, 403]) }
        if allParameters.contains(where: { $0.place == .path || $0.name == "cursor" }) { statuses.insert(404) }
        if !body.mediaTypes.isEmpty { statuses.formUnion([408, 413, 415]) }
        if case .json = body { statuses.insert(422) }
        if takesIdempotencyKey { statuses.formUnion([409, 422]) }
        if traits.contains(.conditional) { statuses.insert(412) }
        if traits.contains(.ranges) { statuses.insert(416) }
        return statuses.union(problems.map(\.status)).sorted()
    }

    /// "get-v1-recordings-id-audio": the method and the words of the path.
    var operationID: String {
        let words = path.split { !$0.isLetter && !$0.isNumber }
        return ([Substring(method.rawValue.lowercased())] + words).joined(separator: "-")
    }
}
