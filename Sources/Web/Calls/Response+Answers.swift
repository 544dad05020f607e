import Crypto
import HTTP
import JSON

extension Response {
    /// Bytes of a media type.
    public static func bytes(_ status: Int, _ bytes: [UInt8], mediaType: String) -> Response {
        Response(status: status, fields: Fields(["Content-Type": mediaType]), body: .bytes(bytes))
    }

    /// A JSON text. With a tag, clients may ask whether it changed.
    public static func json(_ status: Int, _ json: JSON, tag: EntityTag? = nil) -> Response {
        var response = bytes(status, json.bytes(), mediaType: "application/json")
        response.fields["ETag"] = tag?.text
        return response
    }

    /// A JSON text, written at once.
    static func json(_ status: Int, _ value: some JSONWritable) -> Response {
        bytes(status, value.jsonBytes, mediaType: "application/json")
    }

    /// A JSON text whose tag is the digest of its bytes.
    public static func taggedJSON(_ json: JSON) -> Response { tagged(json.bytes()) }

    /// The same, written at once.
    static func taggedJSON(_ value: some JSONWritable) -> Response { tagged(value.jsonBytes) }

    /// Bytes whose tag is their digest.
    static func tagged(_ bytes: [UInt8], mediaType: String = "application/json") -> Response {
        var response = Response.bytes(200, bytes, mediaType: mediaType)
        response.fields["ETag"] = EntityTag.strong(of: bytes).text
        return response
    }

    /// 201 with the new thing and where it is.
    public static func created(_ json: JSON, at location: String, tag: EntityTag? = nil) -> Response {
        var response = Response.json(201, json, tag: tag)
        response.fields["Location"] = location
        return response
    }

    /// The same, written at once.
    static func created(_ value: some JSONWritable, at location: String) -> Response {
        var response = Response.json(201, value)
        response.fields["Location"] = location
        return response
    }

    public static let noContent = Response(status: 204)
}

extension EntityTag {
    /// A strong tag: the first half of the SHA-256 of the bytes.
    public static func strong(of bytes: some Sequence<UInt8>) -> EntityTag {
        EntityTag(Hex.encode(SHA256.hash(bytes).prefix(16)))
    }

    /// The tag that `Response.taggedJSON` gives this.
    static func strong(of json: JSON) -> EntityTag { strong(of: json.bytes()) }

    /// The same of what is written at once.
    static func strong(of value: some JSONWritable) -> EntityTag { strong(of: value.jsonBytes) }
}
