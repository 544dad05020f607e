/// Why a receipt or a head of the log is not to be believed.
public enum ReceiptError: Error, Hashable, Sendable {
    /// What can't be read.
    case malformed(String)
    /// No given key is named by the head's signatures.
    case unknownKey
    case badSignature
    /// The receipt shows no account's part.
    case empty
    /// An account's part does not belong to the transaction: its place.
    case strangePart(Int64)
    /// The transaction is not in the log that the head speaks of.
    case notIncluded
}

extension ReceiptError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .malformed(let what): what
        case .unknownKey: "the head is not signed by the given key"
        case .badSignature: "the signature of the head is wrong"
        case .empty: "the receipt shows no part of the transaction"
        case .strangePart(let index): "part \(index) is not of this transaction"
        case .notIncluded: "the transaction is not in the log that the head speaks of"
        }
    }
}
