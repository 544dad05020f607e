import Crypto
import Domain
import HTTP
import JSON
import Market
import Storage
import Testing
import Web

/// Uploads by tus 1.0.0, checked against its words.
struct UploadRouteTests {
    private let bazaar: Bazaar
    private let speaker: NewKey
    private let quote: String
    private static let version = ("Tus-Resumable", "1.0.0")
    private static let chunk = ("Content-Type", "application/offset+octet-stream")
    private static let voice = (0..<100).map { UInt8($0) }

    init() throws {
        bazaar = try Bazaar()
        speaker = try bazaar.record(seconds: 10, purposes: [.emotionRecognition]).key
        let answer = bazaar.send(.post, "/v1/quotes", json: ["language": "de"], as: speaker)
        quote = try #require(answer.json["id"]?.asString)
    }

    private var metadata: (String, String) {
        ("Upload-Metadata", "quote \(HTTP.Base64.encode(Array(quote.utf8))),name  YQ==,empty")
    }

    private func send(
        _ method: HTTP.Method, _ target: String, _ body: [UInt8] = [], _ fields: (String, String)..., key: NewKey? = nil
    ) -> Response {
        bazaar.send(
            method, target, body: body, as: key ?? speaker,
            fields: [Self.version] + (body.isEmpty && method != .patch ? [] : [Self.chunk]) + fields)
    }

    private func begin(_ byteCount: Int = voice.count) throws -> String {
        let answer = send(.post, "/v1/uploads", [], ("Upload-Length", "\(byteCount)"), metadata)
        #expect(answer.status == 201 && answer.fields["Upload-Offset"] == "0", "\(answer.text)")
        return try #require(answer.fields["Location"])
    }

    private func offset(_ upload: String) -> String? { send(.head, upload).fields["Upload-Offset"] }

    @Test func `bytes come in pieces and become a recording`() throws {
        let upload = try begin()
        let head = send(.head, upload)
        #expect(head.status == 200 && head.fields["Upload-Length"] == "100" && head.fields["Cache-Control"] == "no-store")
        #expect(head.fields["Upload-Metadata"] == metadata.1 && head.fields["Tus-Resumable"] == "1.0.0")
        #expect(head.fields["Upload-Expires"] == "Mon, 09 Feb 2026 02:40:00 GMT" && head.fields["Link"] == nil)
        let first = send(.patch, upload, Array(Self.voice[..<40]), ("Upload-Offset", "0"))
        #expect(first.status == 204 && first.fields["Upload-Offset"] == "40")
        let wrong = send(.patch, upload, Array(Self.voice[39...]), ("Upload-Offset", "39"))
        #expect(wrong.status == 409 && wrong.fields["Upload-Offset"] == "40")
        let last = send(.patch, upload, Array(Self.voice[40...]), ("Upload-Offset", "40"))
        #expect(last.status == 204 && last.fields["Upload-Offset"] == "100")
        let link = try #require(last.fields["Link"])
        let recording = try #require(link.split { "<>".contains($0) }.first.map(String.init))
        let receipt = bazaar.send(.get, recording, as: speaker).json
        #expect(receipt["sha256"]?.asString == Hex.encode(SHA256.hash(Self.voice)) && receipt["status"] == "queued")
        #expect(send(.head, upload).fields["Link"] == link && offset(upload) == "100")
        #expect(send(.patch, upload, [1], ("Upload-Offset", "100")).status == 409)
    }

    @Test func `the first bytes may come with the creation, all of them too`() throws {
        let begun = send(.post, "/v1/uploads", Array(Self.voice[..<60]), ("Upload-Length", "100"), metadata)
        #expect(begun.status == 201 && begun.fields["Upload-Offset"] == "60")
        let whole = send(.post, "/v1/uploads", Self.voice, ("Upload-Length", "100"), metadata)
        #expect(whole.status == 201 && whole.fields["Upload-Offset"] == "100" && whole.fields["Link"] != nil)
    }

    @Test func `bytes of a cut connection are kept, but not under a checksum`() throws {
        let upload = try begin()
        var fields = [Self.version, Self.chunk, ("Upload-Offset", "0")]
        let cut = try bazaar.asking(speaker, fields).open(.patch, upload, byteCount: 100)
        #expect(cut.receive(Array(Self.voice[..<30])) == nil)
        #expect(send(.patch, upload, Self.voice, ("Upload-Offset", "0")).status == 423)
        #expect(send(.delete, upload).status == 423)
        cut.cancel()
        #expect(offset(upload) == "30")
        fields[2].1 = "30"
        fields.append(("Upload-Checksum", "sha1 \(HTTP.Base64.encode([UInt8](repeating: 0, count: 20)))"))
        let checked = try bazaar.asking(speaker, fields).open(.patch, upload, byteCount: 70)
        #expect(checked.receive(Array(Self.voice[30..<50])) == nil)
        checked.cancel()
        #expect(offset(upload) == "30")
    }

    @Test(arguments: Checksum.Algorithm.allCases)
    func `a checksum is held against the bytes`(_ algorithm: Checksum.Algorithm) throws {
        let upload = try begin()
        let piece = Array(Self.voice[..<50])
        let running = Checksum(algorithm)
        running.update(piece)
        let right = ("Upload-Checksum", "\(algorithm.rawValue) \(HTTP.Base64.encode(running.finish()))")
        let altered = send(.patch, upload, piece.reversed(), ("Upload-Offset", "0"), right)
        #expect(altered.status == 460 && offset(upload) == "0")
        #expect(send(.patch, upload, piece, ("Upload-Offset", "0"), right).status == 204)
        #expect(offset(upload) == "50")
        let unknown = send(.patch, upload, piece, ("Upload-Offset", "50"), ("Upload-Checksum", "md5 AAAA"))
        #expect(unknown.status == 400 && offset(upload) == "50")
    }

    @Test func `what can't be begun is refused with its reason`() throws {
        let length = ("Upload-Length", "100")
        let old = bazaar.send(.post, "/v1/uploads", as: speaker, fields: [length, metadata])
        #expect(old.status == 412 && old.fields["Tus-Version"] == "1.0.0" && old.fields["Tus-Resumable"] == "1.0.0")
        #expect(send(.post, "/v1/uploads", [], metadata).errors == ["header /Upload-Length is required"])
        #expect(send(.post, "/v1/uploads", [], ("Upload-Length", "0"), metadata).status == 400)
        #expect(
            send(.post, "/v1/uploads", [], ("Upload-Length", "\(MarketRoutes.uploadByteCountMax + 1)"), metadata).status == 413)
        for bad in ["quote", "quote !", "quote cXVv,quote cXVv", " ,", "quote /w=="] {
            #expect(send(.post, "/v1/uploads", [], length, ("Upload-Metadata", bad)).status == 400, "\(bad)")
        }
        let foreign = send(
            .post, "/v1/uploads", [], length,
            ("Upload-Metadata", "quote \(HTTP.Base64.encode(Array("quo_01J00000000000000000000000".utf8)))"))
        #expect(foreign.status == 422 && foreign.text.contains("none of your quotes"))
        let tooMany = send(.post, "/v1/uploads", Self.voice, ("Upload-Length", "99"), metadata)
        #expect(tooMany.status == 413)
        for _ in 0..<Upload.openCountMax { _ = try begin() }
        #expect(send(.post, "/v1/uploads", [], length, metadata).status == 409)
    }

    private func recording(_ answer: Response) throws -> JSON {
        let link = try #require(answer.fields["Link"], "\(answer.text)")
        return bazaar.send(.get, String(link.split { "<>".contains($0) }[0]), as: speaker).json
    }

    @Test(arguments: [[], [("Upload-Metadata", "")], [("Upload-Metadata", "filename YQ==")]])
    func `an upload without a quote takes the only one that is in force and unused`(_ metadata: [(String, String)]) throws {
        var fields = [Self.version, ("Upload-Length", "100")] + metadata
        let begun = bazaar.send(.post, "/v1/uploads", as: speaker, fields: fields)
        #expect(begun.status == 201, "\(begun.text)")
        let upload = try #require(begun.fields["Location"])
        // tus 1.0.0: a HEAD tells metadata where there is any; an empty field holds none.
        #expect(send(.head, upload).fields["Upload-Metadata"] == metadata.first.flatMap { $0.1.isEmpty ? nil : $0.1 })
        let last = send(.patch, upload, Self.voice, ("Upload-Offset", "0"))
        #expect(last.status == 204)
        #expect(try recording(last)["quote"]?.asString == quote)
        fields = [Self.version, Self.chunk, ("Upload-Length", "100")] + metadata
        // Used now, so that there is none left.
        let whole = bazaar.send(.post, "/v1/uploads", body: Self.voice.reversed(), as: speaker, fields: fields)
        #expect(whole.status == 422 && whole.fields["Location"] != nil && whole.fields["Upload-Offset"] == "100")
    }

    @Test func `the quote may stand in the URL`() throws {
        let begun = send(.post, "/v1/uploads?quote=\(quote)", Self.voice, ("Upload-Length", "100"))
        #expect(begun.status == 201)
        #expect(try recording(begun)["quote"]?.asString == quote)
        #expect(send(.post, "/v1/uploads?quote=x", [], ("Upload-Length", "100")).status == 400)
        let unknown = "/v1/uploads?quote=quo_01J00000000000000000000000"
        #expect(send(.post, unknown, [], ("Upload-Length", "100")).status == 422)
    }

    @Test func `all bytes wait for the quote where there is none to choose`() throws {
        let other = bazaar.send(.post, "/v1/quotes", json: ["language": "de"], as: speaker).json["id"]?.asString ?? ""
        let upload = try #require(send(.post, "/v1/uploads", [], ("Upload-Length", "100")).fields["Location"])
        let last = send(.patch, upload, Self.voice, ("Upload-Offset", "0"))
        #expect(last.status == 422 && last.text.contains("?quote=") && last.fields["Upload-Offset"] == "100")
        let head = send(.head, upload)
        #expect(head.fields["Upload-Offset"] == "100" && head.fields["Link"] == nil)
        #expect(send(.patch, upload, [], ("Upload-Offset", "100")).status == 422)
        let foreign = try bazaar.record(seconds: 10, text: "other").key
        let foreignQuote = bazaar.send(.post, "/v1/quotes", json: ["language": "de"], as: foreign).json["id"]?.asString ?? ""
        #expect(send(.patch, upload + "?quote=\(foreignQuote)", [], ("Upload-Offset", "100")).status == 422)
        #expect(offset(upload) == "100")
        let done = bazaar.send(
            .patch, upload + "?quote=\(other)", as: speaker, fields: [Self.version, ("Upload-Offset", "100")])
        #expect(done.status == 204)
        #expect(try recording(done)["quote"]?.asString == other)
        #expect(try recording(done)["sha256"]?.asString == Hex.encode(SHA256.hash(Self.voice)))
    }

    @Test func `all bytes are complete once there is one quote to choose`() throws {
        #expect(send(.post, "/v1/uploads?quote=\(quote)", Self.voice, ("Upload-Length", "100")).status == 201)
        let upload = try #require(send(.post, "/v1/uploads", [], ("Upload-Length", "50")).fields["Location"])
        #expect(send(.patch, upload, Array(Self.voice[..<50]), ("Upload-Offset", "0")).status == 422)
        _ = bazaar.send(.post, "/v1/quotes", json: ["language": "de"], as: speaker)
        #expect(send(.patch, upload, [], ("Upload-Offset", "50")).fields["Link"] != nil)
    }

    @Test func `what an upload was begun with is not changed by its last bytes`() throws {
        let other = bazaar.send(.post, "/v1/quotes", json: ["language": "de"], as: speaker).json["id"]?.asString ?? ""
        let upload = try begin()
        #expect(send(.patch, upload + "?quote=\(other)", Self.voice, ("Upload-Offset", "0")).status == 422)
        #expect(offset(upload) == "0")
        #expect(send(.patch, upload + "?quote=\(quote)", Self.voice, ("Upload-Offset", "0")).status == 204)
    }

    @Test func `a creation that fails leaves no upload behind`() throws {
        let wrong = ("Upload-Checksum", "sha1 \(HTTP.Base64.encode([UInt8](repeating: 0, count: 20)))")
        let length = ("Upload-Length", "100")
        for _ in 0...Upload.openCountMax {
            let answer = send(.post, "/v1/uploads", Self.voice, length, metadata, wrong)
            #expect(answer.status == 460 && answer.fields["Location"] == nil)
        }
        let cut = try bazaar.asking(speaker, [Self.version, Self.chunk, length, metadata]).open(
            .post, "/v1/uploads", byteCount: 100)
        #expect(cut.receive(Array(Self.voice[..<30])) == nil)
        cut.cancel()
        #expect(try bazaar.market.store.read { try Uploads.open(in: $0) } == [])
    }

    @Test func `a request that receives nothing loses its upload to the next one`() throws {
        let upload = try begin()
        let fields = [Self.version, Self.chunk, ("Upload-Offset", "0")]
        let silent = try bazaar.asking(speaker, fields).open(.patch, upload, byteCount: 100)
        #expect(silent.receive(Array(Self.voice[..<30])) == nil)
        bazaar.pause.pass(.seconds(4))
        #expect(send(.patch, upload, [1], ("Upload-Offset", "0")).status == 423)
        #expect(offset(upload) == "0")
        // Bytes came, so that it is at work.
        #expect(silent.receive(Array(Self.voice[30..<40])) == nil)
        bazaar.pause.pass(.seconds(4))
        #expect(send(.delete, upload).status == 423)
        bazaar.pause.pass(.seconds(2))
        #expect(offset(upload) == "40")
        #expect(send(.patch, upload, Array(Self.voice[40...]), ("Upload-Offset", "40")).status == 204)
        #expect(silent.receive([1])?.status == 409)
        #expect(offset(upload) == "100")
    }

    @Test func `a client that can only POST says which method it means`() throws {
        let upload = try begin()
        func post(_ method: String, _ body: [UInt8] = [], _ fields: (String, String)...) -> Response {
            let all = [Self.version, Self.chunk, ("X-HTTP-Method-Override", method)] + fields
            return all.reduce(bazaar.anyone.bearing(speaker.text)) { $0.with($1.0, $1.1) }.send(.post, upload, body: body)
        }
        #expect(post("HEAD").fields["Upload-Offset"] == "0")
        #expect(post("PATCH", Array(Self.voice[..<10]), ("Upload-Offset", "0")).fields["Upload-Offset"] == "10")
        #expect(post("PUT").status == 405 && post("GET").status == 405)
        #expect(post("DELETE").status == 204)
        #expect(send(.head, upload).status == 404)
        // Nowhere else.
        #expect(
            bazaar.anyone.bearing(speaker.text).with("X-HTTP-Method-Override", "DELETE").send(.post, "/v1/me").status == 405)
    }

    @Test func `an upload is its owner's, and gone when it is given up`() throws {
        let upload = try begin()
        let other = try bazaar.record(seconds: 10, text: "other").key
        for method in [HTTP.Method.head, .delete] { #expect(send(method, upload, key: other).status == 404) }
        #expect(send(.patch, upload, [1], ("Upload-Offset", "0"), key: other).status == 404)
        #expect(send(.patch, upload, Self.voice + [1], ("Upload-Offset", "0")).status == 413)
        #expect(offset(upload) == "0")
        #expect(send(.delete, upload).status == 204)
        #expect(send(.head, upload).status == 404 && send(.delete, upload).status == 404)
        let abilities = bazaar.send(.options, "/v1/uploads")
        #expect(abilities.fields["Allow"] == "OPTIONS, POST")
        #expect(abilities.status == 204 && abilities.fields["Tus-Extension"]?.contains("termination") == true)
    }

    /// Bytes behind what was said to be on disk are dropped: a crash may have left anything there.
    @Test func `only bytes that were synced count`() throws {
        let upload = try begin()
        #expect(send(.patch, upload, Array(Self.voice[..<40]), ("Upload-Offset", "0")).status == 204)
        let name = String(upload.split(separator: "/").last!)
        let file = try bazaar.blobs.openPartial(name, at: 40)
        try file.write([9, 9, 9])
        file.close()
        #expect(offset(upload) == "40")
        #expect(send(.patch, upload, Array(Self.voice[40...]), ("Upload-Offset", "40")).status == 204)
        let list = bazaar.send(.get, "/v1/recordings", as: speaker).json["data"]?.asArray ?? []
        #expect(list.contains { $0["sha256"]?.asString == Hex.encode(SHA256.hash(Self.voice)) })
    }

    @Test func `uploads expire with their bytes`() throws {
        let upload = try begin()
        let id = try #require(ID<Upload>(String(upload.split(separator: "/").last!)))
        let end = Bazaar.start.adding(days: Upload.validDays)
        #expect(try bazaar.market.expireUploads(at: Timestamp(milliseconds: end.milliseconds - 1)) == [])
        #expect(try bazaar.market.expireUploads(at: end) == [id])
        #expect(send(.head, upload).status == 404)
    }
}
