/// Why a server could not start.
public enum ServerError: Error, Sendable, Equatable {
    /// No address of this name.
    case hostUnknown(String)
    /// `bind` or `listen` refused; `code` is errno.
    case cannotListen(host: String, port: UInt16, code: Int32)
    /// Certificate or key cannot be used; the text is OpenSSL's.
    case tls(String)
    /// A call of the system failed; `code` is errno.
    case system(call: String, code: Int32)
    case alreadyStarted
}
