/// One segment of a template.
enum RoutePiece: Sendable, Equatable {
    case literal(String)
    case parameter(String)
    case tail(String)

    init(_ text: Substring) {
        guard text.hasPrefix("{"), text.hasSuffix("}") else {
            precondition(!text.contains { $0 == "{" || $0 == "}" }, "Braces hold a whole segment: \(text)")
            self = .literal(String(text))
            return
        }
        let name = text.dropFirst().dropLast()
        let isTail = name.hasSuffix("...")
        let bare = String(isTail ? name.dropLast(3) : name)
        precondition(!bare.isEmpty && bare.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }, "No name: \(text)")
        self = isTail ? .tail(bare) : .parameter(bare)
    }

    var isTail: Bool {
        if case .tail = self { true } else { false }
    }

    var name: String? {
        switch self {
        case .literal: nil
        case .parameter(let name), .tail(let name): name
        }
    }
}
