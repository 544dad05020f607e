/// One JSON value (RFC 8259).
///
/// Answers are written as literals: `["id": .string(id), "tags": ["a", "b"], "note": .ifPresent(note)]`; in an object
/// literal a member that is nil is left out, `.null` is written. Equality of objects ignores the order of their members;
/// `.integer(1)` and `.number(1)` differ.
public enum JSON: Sendable, Equatable {
    case null
    case bool(Bool)
    /// A number written without fraction and exponent that fits 64 bits.
    case integer(Int64)
    /// Any other number. One that is not finite is written as `null`.
    case number(Double)
    case string(String)
    case array([JSON])
    case object(JSONObject)
}
