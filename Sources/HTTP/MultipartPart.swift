/// The headers of one part of a form (RFC 7578 section 4.2).
public struct MultipartPart: Sendable, Equatable {
    public var name: String
    /// As sent: never use it as a path.
    public var filename: String?
    public var contentType: MediaType?
    public var fields: Fields

    /// Throws 400 where the part has no valid `Content-Disposition: form-data; name="…"`.
    init(_ fields: Fields) throws(RequestFailure) {
        let dispositions = fields.values("Content-Disposition")
        guard dispositions.count == 1 else {
            throw RequestFailure(status: 400, detail: "A part needs one Content-Disposition (RFC 7578 section 4.2)")
        }
        var scanner = TokenScanner(dispositions[0])
        guard scanner.token()?.lowercased() == "form-data", let parameters = scanner.parameters(), scanner.isAtEnd,
            let name = parameters.first(where: { $0.name == "name" })?.value,
            Set(parameters.map(\.name)).count == parameters.count
        else {
            throw RequestFailure(status: 400, detail: "A part needs form-data with a name (RFC 7578 section 4.2)")
        }
        self.fields = fields
        self.name = Self.unescaped(name)
        filename = parameters.first { $0.name == "filename" }.map { Self.unescaped($0.value) }
        let types = fields.values("Content-Type")
        contentType = types.first.flatMap { MediaType(parsing: $0) }
        guard types.count <= 1, types.isEmpty || contentType != nil else {
            throw RequestFailure(status: 400, detail: "Malformed Content-Type of a part (RFC 7578 section 4.4)")
        }
    }

    /// Browsers write a quote as `%22` (WHATWG HTML, multipart encoding); line ends have no place in a name.
    private static func unescaped(_ text: String) -> String {
        var bytes: [UInt8] = []
        var rest = text[...].utf8
        while let byte = rest.first {
            let isEscape = rest.starts(with: "%22".utf8)
            bytes.append(isEscape ? Octets.quote : byte)
            rest = rest.dropFirst(isEscape ? 3 : 1)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
