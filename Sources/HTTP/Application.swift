/// What a server serves. Servers know nothing but this.
public protocol Application: AnyObject, Sendable {
    /// Decides what to do with a request whose head has arrived. Called on the connection's queue: it must not block.
    func plan(for request: Request) -> Plan

    /// The answer to bytes that are no acceptable request, or to a request that failed on its way (a body too large, a
    /// time-out). `request` is nil when the head could not be read. The server closes the connection behind it.
    func response(to failure: RequestFailure, of request: Request?) -> Response

    /// Called once for each answer, after its last byte was handed to the socket or the connection was lost. Called on the
    /// connection's queue: it must not block. The status is 499 where the client was gone before there was an answer.
    func finished(_ exchange: ExchangeRecord)
}

/// How a request goes on once its head is known.
public struct Plan: Sendable {
    public enum Action: Sendable {
        /// Answer at once. A body that is still coming is read and dropped, or the connection closed when it is long.
        case answer(Response)
        /// The same with an answer that was made beforehand: it must hold for every request with the same head. The server need not
        /// ask again for one whose head it has met.
        case fixed(FixedResponse)
        /// Make the answer on the blocking pool, without the body.
        case run(@Sendable () -> Response)
        /// Hand the body to a receiver on the blocking pool, at most `byteCountMax` bytes (413 beyond).
        case receive(byteCountMax: Int64, any BodyReceiver)
    }

    public var action: Action
    /// A number of the application's own that comes back in the `ExchangeRecord`; nil for none.
    public var label: Int?

    public init(_ action: Action, label: Int? = nil) {
        self.action = action
        self.label = label
    }

    public static func answer(_ response: Response) -> Plan { Plan(.answer(response)) }

    public static func run(_ work: @escaping @Sendable () -> Response) -> Plan { Plan(.run(work)) }

    public static func receive(byteCountMax: Int64, _ receiver: any BodyReceiver) -> Plan {
        Plan(.receive(byteCountMax: byteCountMax, receiver))
    }
}

/// Takes a body as it arrives. Calls come from the blocking pool, one at a time and in order; while one runs the server
/// stops reading from the client once its small buffer is full (back-pressure).
public protocol BodyReceiver: AnyObject, Sendable {
    /// Called first, before `100 Continue` is sent and before any byte. An answer refuses the body.
    func begin() -> Response?
    /// Some more bytes. An answer ends the exchange early.
    func receive(_ bytes: [UInt8]) -> Response?
    /// The body is complete.
    func finish() -> Response
    /// The body will never be complete: the connection broke, timed out, or the limit was passed. Nothing may be left behind.
    /// Called once at most, only after `begin`, and never after `finish` or after an answer of `begin` or `receive`.
    func cancel()
}

/// Why bytes were refused before or while the application had them.
public struct RequestFailure: Error, Sendable, Equatable {
    /// The status to answer with: 400, 408, 413, 414, 417, 421, 431, 500, 501, 503 or 505.
    public var status: Int
    /// One sentence: what was wrong, and the rule it broke.
    public var detail: String

    public init(status: Int, detail: String) {
        self.status = status
        self.detail = detail
    }
}

/// What is known of an exchange once it is over, for the log and the metrics.
public struct ExchangeRecord: Sendable {
    /// Nil where the head could not be read. Its identity and peer may be those of an earlier request with the same head.
    public var request: Request?
    /// The request's identity and the numeric address of its client, also where the head could not be read.
    public var id: String
    public var peer: String
    /// Of the request's plan; nil without one.
    public var label: Int?
    /// Which of the server's loops it ran on: records of one loop come one after the other.
    public var loop: Int
    public var status: Int
    public var bodyBytesReceived: Int64
    public var bodyBytesSent: Int64
    public var durationSeconds: Double
    /// Whether the answer was sent whole.
    public var isComplete: Bool

    public init(
        request: Request?, id: String, peer: String, label: Int? = nil, loop: Int = 0, status: Int, bodyBytesReceived: Int64,
        bodyBytesSent: Int64, durationSeconds: Double, isComplete: Bool
    ) {
        self.request = request
        self.id = id
        self.peer = peer
        self.label = label
        self.loop = loop
        self.status = status
        self.bodyBytesReceived = bodyBytesReceived
        self.bodyBytesSent = bodyBytesSent
        self.durationSeconds = durationSeconds
        self.isComplete = isComplete
    }
}
