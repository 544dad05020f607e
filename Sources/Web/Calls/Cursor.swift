import Crypto
import JSON

/// Where the next page of a list begins: the sort key of the last item that was sent, so that inserts don't shift pages.
/// Clients see it as opaque text.
public struct Cursor: Sendable, Hashable {
    /// The values that the list is sorted by, such as a time and an id.
    public let position: [String]

    public init(_ position: String...) { self.position = position }

    /// Nil unless the text is what `text` writes.
    public init?(text: String) {
        guard let bytes = Base64.decodeURL(text), let json = try? JSON.parse(bytes), let values = json.asArray,
            case let position = values.compactMap(\.asString), position.count == values.count, !position.isEmpty
        else { return nil }
        self.position = position
    }

    public var text: String { Base64.encodeURL(JSON.strings(position).bytes()) }
}
