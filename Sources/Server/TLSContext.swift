import COpenSSL
import Glibc

/// Certificate, key and the rules of TLS for new connections (Mozilla's intermediate profile).
final class TLSContext: @unchecked Sendable {  // OpenSSL counts its references atomically; nothing changes after init.
    let pointer: OpaquePointer

    /// - Parameter index: unlike that of every other certificate of the server: a session is resumed under its own only.
    init(_ files: TLSFiles, index: Int) throws(ServerError) {
        ERR_clear_error()
        guard let pointer = SSL_CTX_new(TLS_server_method()) else { throw .tls(Self.lastError) }
        self.pointer = pointer
        configure(index)
        guard SSL_CTX_use_certificate_chain_file(pointer, files.certificateChainPath) == 1 else {
            throw .tls("\(files.certificateChainPath): \(Self.lastError)")
        }
        guard SSL_CTX_use_PrivateKey_file(pointer, files.privateKeyPath, SSL_FILETYPE_PEM) == 1,
            SSL_CTX_check_private_key(pointer) == 1
        else { throw .tls("\(files.privateKeyPath): \(Self.lastError)") }
    }

    deinit { SSL_CTX_free(pointer) }

    /// Whether the certificate is for this name: only its subjectAltName counts, and a wildcard stands for one whole label (RFC 9525).
    func hasName(_ name: UnsafeRawBufferPointer, mayBeWildcard: Bool) -> Bool {
        let flags = Self.nameFlags | (mayBeWildcard ? 0 : UInt32(X509_CHECK_FLAG_NO_WILDCARDS))
        let characters = name.bindMemory(to: CChar.self)
        return X509_check_host(SSL_CTX_get0_certificate(pointer), characters.baseAddress, characters.count, flags, nil) == 1
    }

    /// Whether the certificate is for this host, a name or a numeric address.
    func covers(_ host: String) -> Bool {
        guard !host.isEmpty else { return false }
        return Array(host.utf8).withUnsafeBytes { hasName($0, mayBeWildcard: true) }
            || X509_check_ip_asc(SSL_CTX_get0_certificate(pointer), host, Self.nameFlags) == 1
    }

    private static let nameFlags = UInt32(X509_CHECK_FLAG_NEVER_CHECK_SUBJECT | X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS)

    private func configure(_ index: Int) {
        SSL_CTX_ctrl(pointer, SSL_CTRL_SET_MIN_PROTO_VERSION, Int(TLS1_2_VERSION), nil)
        SSL_CTX_ctrl(pointer, SSL_CTRL_MODE, Int(Self.mode), nil)
        SSL_CTX_set_options(pointer, Self.options)
        var groups = Array("X25519:P-256:P-384".utf8CString)
        SSL_CTX_ctrl(pointer, SSL_CTRL_SET_GROUPS_LIST, 0, &groups)
        SSL_CTX_set_cipher_list(pointer, Self.ciphers)
        SSL_CTX_set_alpn_select_cb(pointer, Self.selectProtocol, nil)
        // Tickets resume sessions; a cache would hold memory for clients that are gone.
        SSL_CTX_ctrl(pointer, SSL_CTRL_SET_SESS_CACHE_MODE, Int(SSL_SESS_CACHE_OFF), nil)
        var sessionContext = Array("fairvoice \(index)".utf8)
        SSL_CTX_set_session_id_context(pointer, &sessionContext, UInt32(sessionContext.count))
    }

    /// Partial writes, buffers that may move between two tries, and buffers given back when idle.
    private static let mode = 0x1 | 0x2 | 0x10
    /// SSL_OP_NO_COMPRESSION, SSL_OP_NO_RENEGOTIATION, SSL_OP_IGNORE_UNEXPECTED_EOF is left off: a cut is an error.
    private static let options: UInt64 = 1 << 17 | 1 << 30
    private static let ciphers =
        "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:"
        + "ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305"

    /// `http/1.1` or the alert of RFC 7301 section 3.2.
    private static let selectProtocol: SSL_CTX_alpn_select_cb_func = { _, selected, selectedCount, offered, count, _ in
        guard let offered, let selected, let selectedCount else { return SSL_TLSEXT_ERR_ALERT_FATAL }
        var position = 0
        while position < Int(count) {
            let length = Int(offered[position])
            guard position + 1 + length <= Int(count) else { break }
            let name = UnsafeBufferPointer(start: offered + position + 1, count: length)
            if name.elementsEqual("http/1.1".utf8) {
                selected.pointee = offered + position + 1
                selectedCount.pointee = UInt8(length)
                return SSL_TLSEXT_ERR_OK
            }
            position += 1 + length
        }
        return SSL_TLSEXT_ERR_ALERT_FATAL
    }

    static var lastError: String {
        var text = [CChar](repeating: 0, count: 256)
        ERR_error_string_n(ERR_get_error(), &text, text.count)
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
