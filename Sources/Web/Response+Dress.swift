import HTTP

extension Response {
    /// Adds the fields that every answer carries: how it may be kept and read, and that browsers stay with TLS.
    func dressed(for request: Request?, route: Route?) -> Response {
        var response = self
        response.fields["X-Content-Type-Options"] = "nosniff"
        if response.fields["Cache-Control"] == nil {
            let isOpen = route?.authorisation == .anyone
            let isTagged = response.fields["ETag"] != nil
            response.fields["Cache-Control"] = isTagged ? (isOpen ? "no-cache" : "private, no-cache") : "no-store"
        }
        if route?.traits.contains(.resumable) == true { response.fields["Tus-Resumable"] = MarketRoutes.tusVersion }
        if request?.isSecure == true {
            response.fields["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
        }
        return response
    }
}
