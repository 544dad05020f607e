import HTTP

/// One request and its answer, while either is under way. Touched on the loop's queue only.
final class Exchange {
    /// Unlike any other of the connection; what a worker brings back for another number is dropped.
    var number: UInt64
    /// Nil when the head could not be read.
    let request: Request?
    /// The identity of the request, also of one that could not be read.
    let id: String
    /// Whom it is from: the numeric address, or "unix".
    let peer: String
    let startedAt: Double
    let isVersion10: Bool

    /// Whether the connection goes on behind the answer.
    var keepsAlive: Bool
    var body: RequestBody
    /// Nobody takes the body and it is long: it is not read any more, and the connection ends behind the answer.
    var isBodyAbandoned = false
    /// Whether the client waits for `100 Continue`, and has sent nothing yet.
    var awaitsContinue: Bool
    /// Content of the body, without framing.
    var receivedByteCount: Int64 = 0
    /// Content the receiver takes at most.
    var byteCountMax: Int64 = 0
    /// Since when the client's next bytes of the body are waited for, or since that was last counted; nil while they are not.
    var bodyAwaitedSince: Double?
    /// Of the content, what has bought patience already.
    var countedByteCount: Int64 = 0
    /// For how long the client may send nothing; nil for the whole grace.
    var bodyPatienceSeconds: Double?
    /// Who takes the body; nil when it is dropped.
    var feed: BodyFeed?

    /// Of the application's plan.
    var label: Int?

    /// 0 until the head of the answer is queued.
    var status = 0
    /// Where in the connection's output the answer's body begins.
    var bodyStart: Int64 = 0
    /// What still makes the answer's body.
    var source: BodySource?
    var isSourceBusy = false
    var isChunked = false
    /// Whether the whole answer is queued.
    var isAnswered = false

    init(
        number: UInt64, request: Request?, id: String, peer: String, startedAt: Double, isVersion10: Bool, keepsAlive: Bool,
        body: RequestBody, awaitsContinue: Bool
    ) {
        self.number = number
        self.request = request
        self.id = id
        self.peer = peer
        self.startedAt = startedAt
        self.isVersion10 = isVersion10
        self.keepsAlive = keepsAlive
        self.body = body
        self.awaitsContinue = awaitsContinue
    }
}
