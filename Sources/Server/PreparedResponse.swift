import HTTP

/// An answer with its conditions applied and its file open. Making one with a file may block.
struct PreparedResponse: Sendable {
    var response: Response
    var file: OpenFile?

    /// Whether making this answer must open a file.
    static func mustOpenFile(_ response: Response, of request: Request) -> Bool {
        if case .file(_, _, let byteCount) = response.body { byteCount > 0 && request.method != .head } else { false }
    }

    /// `response` is as the application made it.
    init(_ response: Response, of request: Request?, application: any Application) {
        guard let request else {
            self.init(applied: response, file: nil)
            return
        }
        let answer = response.applyingConditions(of: request)
        guard Self.mustOpenFile(answer, of: request), case .file(let path, let offset, let byteCount) = answer.body else {
            self.init(applied: answer, file: nil)
            return
        }
        if let file = OpenFile(path: path, end: offset + byteCount) {
            self.init(applied: answer, file: file)
        } else {
            let failure = RequestFailure(status: 500, detail: "The file of this answer cannot be read")
            self.init(applied: application.response(to: failure, of: request), file: nil)
        }
    }

    private init(applied response: Response, file: OpenFile?) {
        self.response = response
        self.file = file
    }
}
