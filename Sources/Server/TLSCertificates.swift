import COpenSSL

/// The certificates of a server, and which of them a client gets: the one for the name that it asks for (RFC 6066 section 3), or else
/// the first.
final class TLSCertificates: @unchecked Sendable {  // Nothing changes after init.
    /// With a name the certificates are tried one after the other, which costs some microseconds each.
    static let countMax = 64

    private let contexts: [TLSContext]

    /// - Parameter files: at least one.
    init(_ files: [TLSFiles]) throws(ServerError) {
        guard !files.isEmpty else { throw .certificateMissing }
        guard files.count <= Self.countMax else {
            throw .tls("at most \(Self.countMax) certificates can be used, not \(files.count)")
        }
        var contexts: [TLSContext] = []
        for one in files { contexts.append(try TLSContext(one)) }
        self.contexts = contexts
        guard contexts.count > 1 else { return }
        // The pointer is as good as a session is: each holds these certificates.
        let certificates = Unmanaged.passUnretained(self).toOpaque()
        SSL_CTX_callback_ctrl(
            first.pointer, SSL_CTRL_SET_TLSEXT_SERVERNAME_CB, unsafeBitCast(Self.selectByName, to: Callback.self))
        SSL_CTX_ctrl(first.pointer, SSL_CTRL_SET_TLSEXT_SERVERNAME_ARG, 0, certificates)
    }

    /// What a session begins with.
    var first: TLSContext { contexts[0] }

    /// Whether a client that connects to this host gets a certificate for it. Names and numeric addresses, without a port.
    func covers(_ host: String) -> Bool { contexts.contains { $0.covers(host) } }

    private typealias Callback = @convention(c) () -> Void
    private typealias SelectByName =
        @convention(c) (OpaquePointer?, UnsafeMutablePointer<Int32>?, UnsafeMutableRawPointer?) -> Int32

    private static let selectByName: SelectByName = { session, _, certificates in
        guard let session, let certificates, let name = SSL_get_servername(session, TLSEXT_NAMETYPE_host_name) else {
            return SSL_TLSEXT_ERR_NOACK
        }
        let found = Unmanaged<TLSCertificates>.fromOpaque(certificates).takeUnretainedValue().context(for: name)
        guard let found, SSL_set_SSL_CTX(session, found.pointer) != nil else { return SSL_TLSEXT_ERR_NOACK }
        return SSL_TLSEXT_ERR_OK
    }

    /// A certificate with the very name goes before one with a wildcard.
    private func context(for name: UnsafePointer<CChar>) -> TLSContext? {
        contexts.first { $0.hasName(name, mayBeWildcard: false) } ?? contexts.first { $0.hasName(name, mayBeWildcard: true) }
    }
}
