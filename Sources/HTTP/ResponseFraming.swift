/// How a client finds the end of an answer's body (RFC 9112 section 6).
public enum ResponseFraming: Sendable, Equatable {
    /// The status allows no body, so no field speaks of one.
    case bodiless
    case length(Int64)
    case chunked
    /// For HTTP/1.0, which knows no chunks.
    case untilClose

    /// The framing for this answer; `isVersion10` is the version of the request.
    public init(of response: Response, isVersion10: Bool) {
        guard !Status.isBodiless(response.status) else {
            self = .bodiless
            return
        }
        switch response.body {
        case .empty: self = .length(0)
        case .bytes(let bytes): self = .length(Int64(bytes.count))
        case .file(_, _, let byteCount), .content(_, _, let byteCount): self = .length(byteCount)
        case .sequence, .events: self = isVersion10 ? .untilClose : .chunked
        }
    }
}
