/// A dated grant of purposes under one version of the consent text. It is never changed; withdrawing is another event.
public struct Consent: Identified, Hashable, Sendable {
    public static let idPrefix = "cns"

    public var id: ID<Consent>
    public var contributor: ID<Contributor>
    public var purposes: [Purpose]
    public var textVersion: String
    /// SHA-256 of the text that was shown, in hexadecimal.
    public var textSHA256: String
    public var grantedAt: Timestamp
    public var withdrawnAt: Timestamp?

    public init(
        id: ID<Consent>, contributor: ID<Contributor>, purposes: [Purpose], textVersion: String, textSHA256: String,
        grantedAt: Timestamp, withdrawnAt: Timestamp? = nil
    ) {
        self.id = id
        self.contributor = contributor
        self.purposes = purposes
        self.textVersion = textVersion
        self.textSHA256 = textSHA256
        self.grantedAt = grantedAt
        self.withdrawnAt = withdrawnAt
    }
}

/// The words that contributors agree to.
public struct ConsentText: Hashable, Sendable {
    public var version: String
    public var body: String
    /// In hexadecimal.
    public var sha256: String
    public var publishedAt: Timestamp

    public init(version: String, body: String, sha256: String, publishedAt: Timestamp) {
        self.version = version
        self.body = body
        self.sha256 = sha256
        self.publishedAt = publishedAt
    }
}
