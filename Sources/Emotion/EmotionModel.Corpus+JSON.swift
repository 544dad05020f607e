import JSON

extension EmotionModel.Corpus {
    /// What is said of it to people; the model's file has `fileHashes` too.
    public var json: JSON { .object(members) }

    /// As the model's file keeps it: the hashes of files stand in one text, one after the other.
    var fileJSON: JSON {
        var object = members
        if !fileHashes.isEmpty { object["file_hashes"] = .string(fileHashes.joined()) }
        return .object(object)
    }

    private var members: JSONObject {
        var object: JSONObject = [
            "name": .string(name), "licence": .string(licence), "examples": .integer(Int64(exampleCount)),
            "speakers": .integer(Int64(speakerCount)), "sha256": .string(sha256),
        ]
        object["citation"] = citation.map(JSON.string)
        object["manifest_sha256"] = manifestSHA256.map(JSON.string)
        return object
    }

    init(_ content: ModelReader) throws(ModelFileError) {
        let hashes = try content.optionalText("file_hashes") ?? ""
        self.init(
            name: try content.text("name"), licence: try content.text("licence"),
            citation: try content.optionalText("citation"), exampleCount: try content.integer("examples"),
            speakerCount: try content.integer("speakers"), sha256: try content.text("sha256"),
            manifestSHA256: try content.optionalText("manifest_sha256"), fileHashes: try Self.parts(of: hashes))
    }

    private static func parts(of hashes: String) throws(ModelFileError) -> [String] {
        let digits = Array(hashes.utf8)
        guard digits.count % fileHashDigitCount == 0, digits.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "f") ~= $0 }) else {
            throw .malformed("file_hashes")
        }
        return stride(from: 0, to: digits.count, by: fileHashDigitCount).map {
            String(decoding: digits[$0..<$0 + fileHashDigitCount], as: UTF8.self)
        }
    }
}
