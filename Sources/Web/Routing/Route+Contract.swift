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
        if traits.contains(.conditional) { all += conditions(of: method) }
        if traits.contains(.ranges), method == .get {
            all.append(.header("Range", fieldText, "Which bytes to send; of several ranges the whole is sent (RFC 9110)"))
        }
        return all
    }

    /// Any value that the server's limits let through.
    private static let fieldText = Schema.string(0...65_536)

    private static func conditions(of method: Method) -> [Parameter] {
        guard method != .get else {
            return [.header("If-None-Match", fieldText, "Entity tags that the client has already", isList: true)]
        }
        return [
            .header("If-Match", fieldText, "Entity tags; 412 unless the present one is among them", isList: true),
            .header("If-None-Match", fieldText, "Entity tags; 412 where the present one is among them, or for *", isList: true),
        ]
    }

    /// Every status that can be a problem, in order.
    var problemStatuses: [Int] {
        var statuses: Set<Int> = [400, 414, 429, 431, 500, 503]
        if authorisation != .anyone { statuses.formUnion([401, 403]) }
        if allParameters.contains(where: { $0.place == .path || $0.name == "cursor" }) { statuses.insert(404) }
        if !body.mediaTypes.isEmpty { statuses.formUnion([408, 413, 415]) }
        if case .json = body { statuses.insert(422) }
        if takesIdempotencyKey { statuses.formUnion([409, 422]) }
        if traits.contains(.conditional) || !isSafe { statuses.insert(412) }
        if traits.contains(.ranges) { statuses.insert(416) }
        return statuses.union(problems.map(\.status)).sorted()
    }

    /// "get-v1-recordings-id-audio": the method and the words of the path.
    var operationID: String {
        let words = path.split { !$0.isLetter && !$0.isNumber }
        return ([Substring(method.rawValue.lowercased())] + words).joined(separator: "-")
    }
}
