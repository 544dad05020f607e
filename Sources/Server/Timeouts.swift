/// How long the server waits for a client, in seconds.
public struct Timeouts: Sendable, Equatable {
    /// From the first byte of a head to its last; then 408.
    public var headSeconds = 10.0
    /// Without a byte of the next request; then the connection is closed without a word.
    public var idleSeconds = 75.0
    /// For how long a client may send nothing of a body that is waited for; then 408.
    public var bodyGraceSeconds = 10.0
    /// The rate at which what a client sends of a body buys it patience again, up to the grace: who sends less than that for longer
    /// is too slow.
    public var bodyBytesPerSecondMin = 1024.0
    /// Without a byte of the answer taken; then the connection is dropped.
    public var writeStallSeconds = 30.0
    /// From accepting to the end of the TLS handshake.
    public var handshakeSeconds = 10.0
    /// Reading on after an error answer, so that a reset does not destroy it on its way (RFC 9112 section 9.6).
    public var lingerSeconds = 1.0
    /// When the server ends: how long a connection must have been idle before it is closed. A client that was told nothing may
    /// have sent its next request already, a round trip ago.
    public var drainIdleSeconds = 0.3

    public init() {}

    /// How often connections are looked at: often enough for the shortest, at most once a second.
    var tickSeconds: Double {
        let all = [headSeconds, idleSeconds, bodyGraceSeconds, writeStallSeconds, handshakeSeconds, lingerSeconds]
        return max(0.01, min(1, all.min()! / 4))
    }
}
