/// The field `Upload-Metadata` of tus 1.0.0: keys with values in Base 64, separated by commas. It may be empty.
public struct UploadMetadata: Sendable, Equatable {
    /// Values that are UTF-8, by key.
    public var values: [String: String]

    /// Nil where a key is empty, stands twice or holds anything but visible ASCII, or a value is no Base 64 of UTF-8.
    public init?(parsing text: String) {
        values = [:]
        guard text.contains(where: { $0 != " " }) else { return }
        for pair in text.split(separator: ",", omittingEmptySubsequences: false) {
            let parts = pair.split(separator: " ")
            guard (1...2).contains(parts.count), parts[0].utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
                let bytes = parts.count == 2 ? Base64.decode(parts[1]) : [], let value = String(validating: bytes, as: UTF8.self),
                values.updateValue(value, forKey: String(parts[0])) == nil
            else { return nil }
        }
    }
}
