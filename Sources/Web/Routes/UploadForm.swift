import HTTP
import JSON
import Storage

/// The parts of an upload form: one `file`, and short fields.
struct UploadForm {
    /// Longest text field in bytes.
    static let fieldByteCountMax = 1000

    private var parser: MultipartParser
    private var current: MultipartPart?
    private var text: [UInt8] = []
    private var hasFile = false
    private(set) var fields: [String: String] = [:]
    private(set) var mediaType: String?
    private(set) var filename: String?

    /// Nil where the body is no form.
    init?(_ request: Request) throws(Problem) {
        guard request.contentType?.essence == "multipart/form-data" else { return nil }
        guard let parser = MultipartParser(contentType: request.contentType) else {
            throw Problem(.unsupportedMediaType, "multipart/form-data needs a boundary.")
        }
        self.parser = parser
    }

    /// Takes a piece of the body; bytes of the file go on to the blob.
    mutating func receive(_ bytes: [UInt8], into blob: BlobWriter) throws {
        let parsed: [MultipartEvent]
        do throws(RequestFailure) { parsed = try parser.parse(bytes) } catch { throw Problem(.badRequest, error.detail) }
        for event in parsed {
            switch event {
            case .partBegan(let part): try begin(part)
            case .partBytes(let bytes): try append(bytes, to: blob)
            case .partEnded: try end()
            case .end: break
            }
        }
    }

    /// Throws where the form was cut off or had no file.
    func requireComplete() throws(Problem) {
        guard parser.isComplete else { throw Problem(.badRequest, "The form ends before its closing boundary.") }
        guard hasFile else { throw Self.wrong("file", "is required: the part that holds the audio") }
    }

    private mutating func begin(_ part: MultipartPart) throws(Problem) {
        current = part
        text = []
        guard part.name == "file" else {
            guard part.name == "quote" || part.name == "scenario" else { throw Self.wrong(part.name, "is not a known field") }
            guard fields[part.name] == nil else { throw Self.wrong(part.name, "stands more than once") }
            return
        }
        guard !hasFile else { throw Self.wrong("file", "stands more than once") }
        hasFile = true
        mediaType = part.contentType?.essence
        filename = part.filename.map { String($0.prefix(255)) }
    }

    private mutating func append(_ bytes: [UInt8], to blob: BlobWriter) throws {
        if current?.name == "file" { return try blob.write(bytes) }
        text += bytes
        if text.count > Self.fieldByteCountMax { throw Self.wrong(current?.name ?? "", "is too long") }
    }

    private mutating func end() throws(Problem) {
        defer { current = nil }
        guard let part = current, part.name != "file" else { return }
        guard let value = String(validating: text, as: UTF8.self) else { throw Self.wrong(part.name, "must be UTF-8") }
        fields[part.name] = value
    }

    private static func wrong(_ field: String, _ detail: String) -> Problem {
        Problem(FieldErrors(FieldError(JSONPointer(tokens: [field]), detail)))
    }
}
