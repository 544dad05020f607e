import Compression
import HTTP

extension Response {
    /// Shorter bodies fit one packet as they are.
    static let compressedByteCountMin = 1024

    /// Whether what is answered may be compressed at all (decision 0019): content that was read, whole, of a kind that
    /// compresses. Answers to other methods may hold a new key.
    private func mayBeCompressed(for request: Request) -> Bool {
        guard status == 200, request.method == .get || request.method == .head, fields["Content-Encoding"] == nil,
            let mediaType = fields["Content-Type"],
            // Most answers, which need not be looked at further.
            mediaType == "application/json" || MediaType(parsing: mediaType)?.isCompressible == true
        else { return false }
        return switch body {
        case .bytes(let bytes): bytes.count >= Self.compressedByteCountMin
        case .sequence: true
        default: false
        }
    }

    /// The answer in the coding that the client likes best. A part can only be had of the bytes as they are.
    consuming func coded(for request: Request?) -> Response {
        guard let request, mayBeCompressed(for: request) else { return self }
        var response = self
        response.fields.addVary("Accept-Encoding")
        guard ContentCoding(for: request) == .gzip, request.fields["Range"] == nil else { return response }
        return response.compressed()
    }

    /// The same, compressed.
    func compressed() -> Response {
        var response = self
        switch body {
        case .bytes(let bytes): response.body = .bytes(Gzip.compress(bytes))
        case .sequence(let source): response.body = .sequence(GzipSequence(source))
        default: return self
        }
        response.fields["Content-Encoding"] = "gzip"
        response.fields["Accept-Ranges"] = "none"
        // Of bytes that are not sent now (RFC 9530 section 2).
        response.fields["Content-Digest"] = nil
        if let tag = fields["ETag"].flatMap({ EntityTag(parsing: $0) }) { response.fields["ETag"] = tag.coded(.gzip).text }
        return response
    }
}

extension Fields {
    /// Says that the answer depends on this field of the request.
    mutating func addVary(_ name: String) {
        guard let others = self["Vary"] else { return add("Vary", name) }
        self["Vary"] = others + ", " + name
    }
}

extension MediaType {
    /// Whether content of the type gets shorter; audio and archives do not, and events must not wait for each other.
    fileprivate var isCompressible: Bool {
        guard essence != "text/event-stream" else { return false }
        return essence.hasPrefix("text/") || essence.hasSuffix("+json") || essence.hasSuffix("+xml")
            || ["application/json", "application/x-ndjson", "application/xml", "application/javascript"].contains(essence)
    }
}

/// Compresses what another sequence makes.
final class GzipSequence: ContentSequence, @unchecked Sendable {  // The server calls one at a time.
    private let source: any ContentSequence
    private let gzip = Gzip()
    private var isFinished = false

    init(_ source: any ContentSequence) { self.source = source }

    func next() throws -> [UInt8]? {
        while !isFinished {
            let bytes: [UInt8]
            if let more = try source.next() {
                bytes = gzip.add(more)
            } else {
                isFinished = true
                bytes = gzip.finish()
            }
            if !bytes.isEmpty { return bytes }
        }
        return nil
    }
}
