import HTTP

/// The cookie that keeps a person signed in to the pages.
public enum SessionCookie {
    /// Over TLS: a browser takes it only from this host, over TLS, for every path (RFC 6265bis section 4.1.3.2).
    static let secureName = "__Host-fairvoice"
    /// Without TLS, on a developer's machine or behind a proxy that ends TLS.
    static let plainName = "fairvoice"

    /// The token that a request carries.
    static func token(in request: Request) -> String? {
        let cookies = request.cookies
        return cookies[secureName] ?? (request.isSecure ? nil : cookies[plainName])
    }

    /// The value of `Set-Cookie` that opens a session for so many seconds.
    public static func opening(_ token: String, seconds: Int64, isSecure: Bool) -> String {
        let name = isSecure ? secureName + "=" : plainName + "="
        return name + token + "; Path=/; Max-Age=\(seconds); HttpOnly; SameSite=Strict" + (isSecure ? "; Secure" : "")
    }

    /// The value of `Set-Cookie` that ends a session.
    public static func closing(isSecure: Bool) -> String { opening("", seconds: 0, isSecure: isSecure) }
}
