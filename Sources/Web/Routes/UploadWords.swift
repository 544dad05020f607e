import Domain
import HTTP
import JSON
import Market

/// What a tus request says of the recording to be: in `Upload-Metadata`, or in its URL, which goes before.
struct UploadWords {
    private var errors: [InputError] = []
    private let metadata: UploadMetadata

    /// Reads what an upload is begun with; all of it may be absent.
    static func draft(_ call: Call) throws(Problem) -> UploadDraft {
        guard let metadata = UploadMetadata(parsing: call.header.string("Upload-Metadata") ?? "") else {
            throw Problem(
                .invalidParameters,
                errors: [wrong("must be keys with values in Base 64, separated by commas, each key once")])
        }
        var words = UploadWords(metadata: metadata)
        let quote: ID<Quote>? = words.id("quote")
        let scenario: ID<Scenario>? = words.id("scenario")
        let filename = words.filename()
        let type = metadata.values["filetype"].flatMap { MediaType(parsing: $0)?.essence }
        guard words.errors.isEmpty else { throw Problem(.invalidParameters, errors: words.errors) }
        let named = named(call)
        return UploadDraft(
            quote: named.quote ?? quote, scenario: named.scenario ?? scenario, mediaType: type ?? "application/octet-stream",
            filename: filename)
    }

    /// What the URL names.
    static func named(_ call: Call) -> (quote: ID<Quote>?, scenario: ID<Scenario>?) {
        (call.query.string("quote").flatMap { ID($0) }, call.query.string("scenario").flatMap { ID($0) })
    }

    private init(metadata: UploadMetadata) { self.metadata = metadata }

    private mutating func id<Noun: Identified>(_ key: String) -> ID<Noun>? {
        guard let text = metadata.values[key] else { return nil }
        guard let id = ID<Noun>(text) else {
            errors.append(Self.wrong("has a \(key) that is no id that begins with \(Noun.idPrefix)_"))
            return nil
        }
        return id
    }

    private mutating func filename() -> String? {
        let filename = metadata.values["filename"]
        if let filename, !(1...255).contains(filename.count) {
            errors.append(Self.wrong("has a filename that is empty or longer than 255 characters"))
        }
        return filename
    }

    private static func wrong(_ detail: String) -> InputError {
        InputError(.header, JSONPointer(tokens: ["Upload-Metadata"]), detail)
    }
}
