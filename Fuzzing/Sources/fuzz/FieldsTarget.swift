import HTTP

/// The grammars of field values and queries; the first byte chooses one. What can be written is read as the same again.
enum FieldsTarget {
    private static let grammars: [@Sendable (String) -> Void] = [
        range, conditions, tag, date, mediaType, cookies, digest, query, metadata, percent, base64,
    ]

    static func run(_ bytes: [UInt8]) -> CInt {
        guard let first = bytes.first else { return Verdict.useless }
        grammars[Int(first) % grammars.count](text(bytes.dropFirst()))
        return Verdict.kept
    }

    /// As heads bring it: UTF-8, or each byte one character.
    private static func text(_ bytes: ArraySlice<UInt8>) -> String {
        String(validating: bytes, as: UTF8.self) ?? String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
    }

    private static func range(_ text: String) {
        for length: Int64 in [0, 1, 10, 1 << 40, .max] {
            if case .part(let offset, let count) = ByteRange(text, of: length) {
                property(offset >= 0 && count > 0 && count <= length && offset <= length - count, "Outside of \(length)")
            }
        }
    }

    private static func conditions(_ text: String) {
        let parts = text.split(separator: "\n", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
        var asked = Fields()
        let names = [
            "If-Match", "If-None-Match", "Range", "If-Range", "If-Modified-Since", "If-Unmodified-Since", "Accept-Encoding",
        ]
        for (index, part) in parts.enumerated() {
            // The first character says which field it is.
            let choice = Int(part.utf8.first ?? UInt8(index)) % names.count
            asked[names[choice]] = String(part.dropFirst())
        }
        let request = Request(method: .get, target: "/", path: "/", fields: asked)
        let fields = Fields(["ETag": "\"a\"", "Last-Modified": "Sun, 06 Nov 1994 08:49:37 GMT", "Content-Type": "text/plain"])
        _ = ContentCoding(for: request)
        for field in asked.all { property(asked[field.name] == field.value, "A field is not found again") }
        let content: [UInt8] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]
        let answer = Response(status: 200, fields: fields, body: .bytes(content)).applyingConditions(of: request)
        property([200, 206, 304, 412, 416].contains(answer.status), "Status \(answer.status)")
        if case .bytes(let part) = answer.body {
            property(
                answer.status == 206 ? !part.isEmpty : part == content, "Content of \(part.count) bytes with \(answer.status)")
        } else {
            property(answer.status > 206, "No content with \(answer.status)")
        }
    }

    private static func tag(_ text: String) {
        if let tag = EntityTag(parsing: text) {
            property(EntityTag(parsing: tag.text) == tag, "The tag \(tag.text) is read as another")
            property(
                EntityTagCondition("If-Match", of: Fields(["If-Match": tag.text]))?.matchesWeakly(tag) == true,
                "No match of itself")
        }
        _ = EntityTagCondition("If-None-Match", of: Fields(["If-None-Match": text]))
    }

    private static func date(_ text: String) {
        guard let date = HTTPDate(parsing: text) else { return }
        property(HTTPDate(parsing: date.text) == date, "The date \(date.text) is read as another")
    }

    private static func mediaType(_ text: String) {
        guard let type = MediaType(parsing: text) else { return }
        property(MediaType(parsing: type.essence)?.essence == type.essence, "The type \(type.essence) is read as another")
        _ = MultipartParser(contentType: type)
    }

    private static func cookies(_ text: String) {
        let cookies = Cookies(parsing: text)
        property(cookies.all.allSatisfy { !$0.name.isEmpty && !$0.value.utf8.contains(0x3B) }, "A cookie that is none")
    }

    private static func digest(_ text: String) {
        for (name, bytes) in ContentDigest(parsing: text)?.digests ?? [:] {
            let written = "\(name)=:\(Base64.encode(bytes)):"
            property(ContentDigest(parsing: written)?.digests == [name: bytes], "The digest \(written) is read as another")
        }
    }

    private static func query(_ text: String) {
        guard let items = try? QueryItems(parsing: text) else { return }
        let written = items.all.map { "\(encoded($0.name))=\(encoded($0.value))" }.joined(separator: "&")
        property((try? QueryItems(parsing: written)) == items, "The query \(written) is read as another")
    }

    private static func encoded(_ text: String) -> String {
        text.utf8.map { "%" + (($0 < 16 ? "0" : "") + String($0, radix: 16)) }.joined()
    }

    private static func metadata(_ text: String) {
        guard let metadata = UploadMetadata(parsing: text) else { return }
        let written = metadata.values.map { "\($0.key) \(Base64.encode(Array($0.value.utf8)))" }.joined(separator: ",")
        property(UploadMetadata(parsing: written) == metadata, "The metadata \(written) is read as another")
    }

    private static func percent(_ text: String) {
        guard let decoded = PercentEncoding.decode(text) else { return }
        property(PercentEncoding.decode(encoded(decoded)) == decoded, "\(decoded) is read as another")
        property(!decoded.utf8.contains(0), "A zero byte")
    }

    private static func base64(_ text: String) {
        guard let bytes = Base64.decode(text) else { return }
        property(Base64.encode(bytes) == text, "\(text) has two forms")
    }
}
