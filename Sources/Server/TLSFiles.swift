/// Where the certificate and its key are, both PEM.
public struct TLSFiles: Sendable, Equatable {
    /// The certificate, then the chain up to its root.
    public var certificateChainPath: String
    public var privateKeyPath: String

    public init(certificateChainPath: String, privateKeyPath: String) {
        self.certificateChainPath = certificateChainPath
        self.privateKeyPath = privateKeyPath
    }
}
