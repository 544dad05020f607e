import Glibc

/// Why a server could not start.
public enum ServerError: Error, Sendable, Equatable, CustomStringConvertible {
    /// No address of this name.
    case hostUnknown(String)
    /// `bind` or `listen` refused; `place` is an address with its port, or a path; `code` is errno.
    case cannotListen(at: String, code: Int32)
    /// A file that is no socket stands where one is wanted.
    case notASocket(String)
    /// The path of a Unix socket is empty or longer than the system takes.
    case pathUnusable(String)
    /// A descriptor that was passed is no stream socket that listens.
    case cannotTake(descriptor: Int32)
    /// A listener that needs a certificate, and none is configured.
    case certificateMissing
    /// Certificate or key cannot be used; the text is OpenSSL's.
    case tls(String)
    /// A call of the system failed; `code` is errno.
    case system(call: String, code: Int32)
    case alreadyStarted

    public var description: String {
        switch self {
        case .hostUnknown(let host): "no address of this machine is called “\(host)”"
        case .cannotListen(let place, let code): "can't listen on \(place): \(Self.text(code))"
        case .notASocket(let path): "can't listen on \(path): a file that is no socket is there; remove it or choose another path"
        case .pathUnusable(let path):
            "can't listen on “\(path)”: a Unix socket's path has 1 to \(SocketAddress.pathByteCountMax) bytes"
        case .cannotTake(let descriptor): "the passed descriptor \(descriptor) is no stream socket that listens"
        case .certificateMissing: "a listener over TLS or one that leads there needs a certificate and its key"
        case .tls(let text): text
        case .system(let call, let code): "\(call): \(Self.text(code))"
        case .alreadyStarted: "the server was started before"
        }
    }

    private static func text(_ code: Int32) -> String { String(cString: strerror(code)) }
}
