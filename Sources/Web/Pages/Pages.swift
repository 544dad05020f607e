import HTTP

/// The pages: every file under Public/, at the path of its name; `.html` is left out, and `index` is the folder.
public enum Pages {
    public static func routes() -> [Route] { routes(Asset.all(under: "Public")) }

    package static func routes(_ assets: [Asset]) -> [Route] { assets.map(route) }

    private static func route(_ asset: Asset) -> Route {
        let tag = EntityTag.strong(of: asset.bytes)
        let mediaType = mediaType(of: asset.path)
        var response = Response.bytes(200, asset.bytes, mediaType: mediaType)
        response.fields["ETag"] = tag.text
        response.fields["Cache-Control"] = "no-cache"
        response.fields.add(PageSecurity.fields)
        return Route(
            path(of: asset.path), "A page", .operation, answers: [.bytes("The file", mediaTypes: [mediaType])],
            traits: [.conditional, .undocumented], fixed: response)
    }

    /// "Public/index.html" is "/", "Public/docs.html" is "/docs", "Public/app/player.js" is "/app/player.js".
    package static func path(of file: String) -> String {
        var path = "/" + file.split(separator: "/").dropFirst().joined(separator: "/")
        guard path.hasSuffix(".html") else { return path }
        path.removeLast(5)
        guard path == "/index" || path.hasSuffix("/index") else { return path }
        return path == "/index" ? "/" : String(path.dropLast(6))
    }

    private static func mediaType(of file: String) -> String {
        let mediaTypes = [
            "html": "text/html; charset=utf-8", "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8",
            "json": "application/json", "svg": "image/svg+xml", "png": "image/png", "ico": "image/x-icon",
            "txt": "text/plain; charset=utf-8", "woff2": "font/woff2", "webmanifest": "application/manifest+json",
        ]
        let ending = file.split(separator: ".").last.map(String.init) ?? ""
        return mediaTypes[ending] ?? "application/octet-stream"
    }
}
