/// Why a signed text is not to be believed.
public enum JWSError: Error, Sendable, Equatable {
    /// Not three parts of URL-safe base64, or a header beyond a flat object of plain strings.
    case malformed
    /// An algorithm other than Ed25519: `none` and HMAC among them.
    case algorithmRefused(String)
    /// No key of this id is known, or the header names none.
    case unknownKey(String?)
    /// The header's `typ` is not the expected one.
    case wrongType(String?)
    case badSignature
}
