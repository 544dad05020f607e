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
        for (index, one) in files.enumerated() { contexts.append(try TLSContext(one, index: index)) }
        self.contexts = contexts
        guard contexts.count > 1 else { return }
        // The pointer is as good as a session is: each holds these certificates.
        SSL_CTX_set_client_hello_cb(first.pointer, Self.select, Unmanaged.passUnretained(self).toOpaque())
    }

    /// What a session begins with.
    var first: TLSContext { contexts[0] }

    /// Whether a client that connects to this host gets a certificate for it. Names and numeric addresses, without a port.
    func covers(_ host: String) -> Bool { contexts.contains { $0.covers(host) } }

    /// Runs before OpenSSL looks for a session to resume, so that a session of one certificate is not resumed under another.
    private static let select: SSL_client_hello_cb_fn = { session, _, certificates in
        var bytes: UnsafePointer<UInt8>?
        var count = 0
        guard let session, let certificates,
            SSL_client_hello_get0_ext(session, UInt32(TLSEXT_TYPE_server_name), &bytes, &count) == 1,
            let name = hostName(in: UnsafeRawBufferPointer(start: bytes, count: count)),
            let found = Unmanaged<TLSCertificates>.fromOpaque(certificates).takeUnretainedValue().context(for: name)
        else { return SSL_CLIENT_HELLO_SUCCESS }
        SSL_set_SSL_CTX(session, found.pointer)
        return SSL_CLIENT_HELLO_SUCCESS
    }

    /// The only name in a list of names: its length, the type `host_name`, the name's length. Nil for what is none, which OpenSSL
    /// refuses afterwards.
    private static func hostName(in bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
        let headCount = 5
        guard bytes.count > headCount, bytes[2] == UInt8(TLSEXT_NAMETYPE_host_name),
            Int(bytes[3]) << 8 | Int(bytes[4]) == bytes.count - headCount
        else { return nil }
        return UnsafeRawBufferPointer(rebasing: bytes[headCount...])
    }

    /// A certificate with the very name goes before one with a wildcard.
    private func context(for name: UnsafeRawBufferPointer) -> TLSContext? {
        contexts.first { $0.hasName(name, mayBeWildcard: false) } ?? contexts.first { $0.hasName(name, mayBeWildcard: true) }
    }
}
