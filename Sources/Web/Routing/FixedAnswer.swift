import HTTP

/// An answer that is the same for everybody, dressed once.
final class FixedAnswer: Sendable {
    private let plain: FixedResponse
    private let secure: FixedResponse

    init(_ response: Response) {
        plain = FixedResponse(response.dressed(isSecure: false, isOpen: true))
        secure = FixedResponse(response.dressed(isSecure: true, isOpen: true))
    }

    /// Nil for a request that has to be looked at: parameters and a body may be wrong.
    func answer(to request: Request) -> FixedResponse? {
        guard request.query == nil, request.contentLength == 0 else { return nil }
        return request.isSecure ? secure : plain
    }
}
