/// Everything that is wrong with a JSON text, in the order in which it was found; never empty.
public struct FieldErrors: Error, Sendable, Equatable {
    public let all: [FieldError]

    public init(_ first: FieldError, _ others: [FieldError] = []) { all = [first] + others }

    /// Nil when there is nothing wrong.
    public init?(_ errors: [FieldError]) {
        guard let first = errors.first else { return nil }
        self.init(first, Array(errors.dropFirst()))
    }
}

extension FieldErrors: CustomStringConvertible {
    public var description: String { all.map { "\($0.pointer): \($0.detail)" }.joined(separator: "; ") }
}
