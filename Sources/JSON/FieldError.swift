/// One thing that is wrong with a JSON text that could be read.
public struct FieldError: Sendable, Equatable {
    public var pointer: JSONPointer
    /// One sentence for people, without the field's name.
    public var detail: String

    public init(_ pointer: JSONPointer, _ detail: String) {
        self.pointer = pointer
        self.detail = detail
    }
}
