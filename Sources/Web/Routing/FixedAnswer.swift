import HTTP

/// An answer that is the same for everybody, dressed and compressed once.
final class FixedAnswer: Sendable {
    private struct Codings {
        let identity: FixedResponse
        /// Nil where it gains nothing.
        let gzip: FixedResponse?

        init(_ response: Response) {
            let all = response.coded(for: Codings.anyRequest)
            identity = FixedResponse(all)
            gzip = all.fields["Vary"] == nil ? nil : FixedResponse(all.compressed())
        }

        private static let anyRequest = Request(method: .get, target: "/", path: "/")
    }

    private let plain: Codings
    private let secure: Codings

    init(_ response: Response) {
        plain = Codings(response.dressed(isSecure: false, isOpen: true))
        secure = Codings(response.dressed(isSecure: true, isOpen: true))
    }

    /// Nil for a request that has to be looked at: parameters and a body may be wrong.
    func answer(to request: Request) -> FixedResponse? {
        guard request.query == nil, request.contentLength == 0 else { return nil }
        let answer = coded(for: request)
        // What refuses says why, which is made for each request.
        let isPlain = answer.isWhole(for: request) || answer.response.applyingConditions(of: request).status < 400
        return isPlain ? answer : nil
    }

    private func coded(for request: Request) -> FixedResponse {
        let codings = request.isSecure ? secure : plain
        guard let gzip = codings.gzip, request.fields["Range"] == nil, ContentCoding(for: request) == .gzip else {
            return codings.identity
        }
        return gzip
    }
}
