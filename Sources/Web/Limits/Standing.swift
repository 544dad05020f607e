/// How a client stands with one limit.
struct Standing: Sendable, Hashable {
    let limit: RateLimit
    /// Requests that would be let through now.
    let remaining: Int
    /// Until there is one again where there is none, otherwise until the bucket is full.
    let resetSeconds: Int

    /// The standing as an item of `RateLimit` (draft-ietf-httpapi-ratelimit-headers-10 section 4).
    var item: String { "\"\(limit.name)\";r=\(remaining);t=\(resetSeconds)" }
}
