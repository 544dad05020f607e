import COpenSSL

/// TLS of one connection between two buffers in memory: ciphertext in and out, plaintext out and in. No socket.
final class TLSSession {
    enum ReadResult {
        case bytes(Int)
        case needsMore
        /// The peer said that it ends (close_notify).
        case end
        case failed
    }

    /// Held because OpenSSL asks them for the certificate of a name.
    private let certificates: TLSCertificates
    private let session: OpaquePointer
    private let incoming: OpaquePointer
    private let outgoing: OpaquePointer

    init?(_ certificates: TLSCertificates) {
        guard let session = SSL_new(certificates.first.pointer) else { return nil }
        guard let incoming = BIO_new(BIO_s_mem()) else {
            SSL_free(session)
            return nil
        }
        guard let outgoing = BIO_new(BIO_s_mem()) else {
            BIO_free(incoming)
            SSL_free(session)
            return nil
        }
        // An empty buffer means "more will come", not the end.
        BIO_ctrl(incoming, BIO_C_SET_BUF_MEM_EOF_RETURN, -1, nil)
        SSL_set_bio(session, incoming, outgoing)
        SSL_set_accept_state(session)
        self.certificates = certificates
        self.session = session
        self.incoming = incoming
        self.outgoing = outgoing
    }

    deinit { SSL_free(session) }

    var isEstablished: Bool { SSL_is_init_finished(session) == 1 }

    /// Takes ciphertext from the socket.
    func put(_ bytes: UnsafeRawBufferPointer) -> Bool {
        bytes.isEmpty || BIO_write(incoming, bytes.baseAddress, Int32(bytes.count)) == Int32(bytes.count)
    }

    /// Decrypts what is there; also goes on with the handshake.
    func read(into buffer: UnsafeMutableRawBufferPointer) -> ReadResult {
        ERR_clear_error()
        let count = SSL_read(session, buffer.baseAddress, Int32(buffer.count))
        if count > 0 { return .bytes(Int(count)) }
        switch SSL_get_error(session, count) {
        case SSL_ERROR_WANT_READ, SSL_ERROR_WANT_WRITE: return .needsMore
        case SSL_ERROR_ZERO_RETURN: return .end
        default: return .failed
        }
    }

    /// Encrypts; the bytes taken, or nil where the session is broken.
    func write(_ bytes: UnsafeRawBufferPointer) -> Int? {
        ERR_clear_error()
        let count = SSL_write(session, bytes.baseAddress, Int32(bytes.count))
        return count > 0 ? Int(count) : nil
    }

    /// Moves ciphertext for the socket into the buffer; 0 when there is none.
    func take(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        max(0, Int(BIO_read(outgoing, buffer.baseAddress, Int32(buffer.count))))
    }

    /// Says that nothing more will be sent.
    func close() {
        ERR_clear_error()
        SSL_shutdown(session)
    }
}
