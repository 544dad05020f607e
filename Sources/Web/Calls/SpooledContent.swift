import Crypto
import HTTP
import Storage

/// A spooled file as the content of an answer.
struct SpooledContent: SeekableContent {
    let file: SpoolFile

    var byteCount: Int64 { file.byteCount }

    func read(at offset: Int64, count: Int) throws -> [UInt8] { try file.read(at: offset, count: count) }
}

extension Response {
    /// What was written to a file because it is too long for memory, under the tag and the digest of its bytes.
    static func spooled(_ file: SpoolFile, mediaType: String) throws -> Response {
        let digest = try file.finish()
        return Response(
            status: 200,
            fields: Fields([
                "Content-Type": mediaType, "ETag": EntityTag(Hex.encode(digest.prefix(16))).text,
                "Repr-Digest": ContentDigest.text(sha256: digest),
            ]), body: .content(SpooledContent(file: file), offset: 0, byteCount: file.byteCount))
    }
}
