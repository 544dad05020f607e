import HTTP

extension Response {
    /// Adds the fields that every answer carries: how it may be kept and read, that browsers stay with TLS, and how the
    /// client stands with its limits.
    consuming func dressed(for request: Request?, route: Route?, _ visit: Visit? = nil) -> Response {
        var response = dressed(isSecure: request?.isSecure == true, isOpen: route?.authorisation == .anyone)
        if route?.traits.contains(.resumable) == true { response.fields["Tus-Resumable"] = MarketRoutes.tusVersion }
        visit?.describe(in: &response.fields)
        guard let request else { return response }
        return response.coded(for: request).conditioned(by: request)
    }

    /// - Parameters:
    ///   - isSecure: whether it goes over TLS.
    ///   - isOpen: whether everybody may have it.
    consuming func dressed(isSecure: Bool, isOpen: Bool) -> Response {
        var response = self
        response.fields["X-Content-Type-Options"] = "nosniff"
        if response.fields["Cache-Control"] == nil {
            let isTagged = response.fields["ETag"] != nil
            response.fields["Cache-Control"] = isTagged ? (isOpen ? "no-cache" : "private, no-cache") : "no-store"
        }
        if isSecure { response.fields["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains" }
        return response
    }
}
