import HTTP

/// Plain HTTP that leads to https.
extension Connection {
    /// Nil where the application answers itself.
    func redirection(of request: Request) -> Plan? {
        guard service == .redirect else { return nil }
        let certificates = context.certificates.withLock { $0 }
        do {
            return .answer(try Redirect.response(to: request, port: loop.httpsPort, certificates: certificates))
        } catch {
            return .answer(context.application.response(to: error, of: request))
        }
    }
}
