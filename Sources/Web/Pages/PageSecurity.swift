import HTTP

/// What browsers may do with our pages: run our own files only, be framed by nobody, record with the microphone.
enum PageSecurity {
    static let fields = Fields([
        "Content-Security-Policy":
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
            + "media-src 'self' blob:; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
        "Referrer-Policy": "no-referrer", "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin", "Permissions-Policy": "microphone=(self), camera=(), geolocation=()",
    ])
}
