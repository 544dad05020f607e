/// Checks the extensions behind a chunk size, which are then ignored (RFC 9112 section 7.1.1):
/// `*( BWS ";" BWS name [ BWS "=" BWS ( token / quoted-string ) ] )`.
struct ChunkExtensionParser: Sendable {
    private enum State {
        case beforeSemicolon
        case beforeName
        case name
        case afterName
        case beforeValue
        case token
        case quoted
        case quotedPair
        case afterQuoted
    }

    private var state = State.beforeSemicolon

    /// Whether the line may end here.
    var mayEnd: Bool {
        switch state {
        case .name, .token, .afterQuoted: true
        default: false
        }
    }

    /// Takes the next byte; false where the grammar has no place for it.
    mutating func read(_ byte: UInt8) -> Bool {
        guard let next = following(byte) else { return false }
        state = next
        return true
    }

    private func following(_ byte: UInt8) -> State? {
        let isBlank = Octets.isBlank(byte)
        let isToken = Octets.isToken(byte)
        switch state {
        case .beforeSemicolon: return byte == Octets.semicolon ? .beforeName : isBlank ? state : nil
        case .beforeName: return isToken ? .name : isBlank ? state : nil
        case .name where isToken: return .name
        case .name, .afterName:
            if byte == Octets.equals { return .beforeValue }
            return byte == Octets.semicolon ? .beforeName : isBlank ? .afterName : nil
        case .beforeValue: return isToken ? .token : byte == Octets.quote ? .quoted : isBlank ? state : nil
        case .token where isToken: return .token
        case .token, .afterQuoted: return byte == Octets.semicolon ? .beforeName : isBlank ? .beforeSemicolon : nil
        case .quoted where byte == Octets.backslash: return .quotedPair
        case .quoted where byte == Octets.quote: return .afterQuoted
        case .quoted, .quotedPair: return Octets.isFieldValue(byte) ? .quoted : nil
        }
    }
}
