import HTTP

/// `X-HTTP-Method-Override` of tus 1.0.0, whose core protocol demands it: for clients that can send nothing but POST.
enum MethodOverride {
    private static let methods: [Method] = [.patch, .delete, .head]
    private static let uploads = "/v1/uploads/"

    /// The request that is meant, which a route is looked for; only a POST to an upload can mean another one.
    static func apply(to request: Request) -> Request {
        guard request.method == .post, request.path.hasPrefix(uploads), let name = request.fields["X-HTTP-Method-Override"],
            let method = methods.first(where: { $0.rawValue == name })
        else { return request }
        return Request(
            method: method, target: request.target, path: request.path, query: request.query, fields: request.fields,
            id: request.id, peer: request.peer, client: request.client, isSecure: request.isSecure,
            contentLength: request.contentLength)
    }
}
