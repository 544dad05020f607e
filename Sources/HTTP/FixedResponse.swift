/// An answer that never changes, with most of its bytes made beforehand: what is asked for most costs one copy.
public final class FixedResponse: @unchecked Sendable {  // Its bytes are written by init alone.
    /// The answer; its body is empty or bytes, its status allows a body.
    public let response: Response
    /// Status line, framing and fields, then the body. No array: all loops would count references to it at once.
    private let bytes: UnsafeMutableBufferPointer<UInt8>
    private let startCount: Int

    public init(_ response: Response) {
        self.response = response
        let body: [UInt8]
        switch response.body {
        case .empty: body = []
        case .bytes(let bytes): body = bytes
        default: preconditionFailure("What is made on demand is not fixed")
        }
        precondition(!Status.isBodiless(response.status), "No body, so no length: \(response.status)")
        var start = Status.line(response.status)
        start.append("\r\nContent-Length: ")
        start.append(decimal: Int64(body.count))
        start.append("\r\n")
        response.fields.append(to: &start, isServers: ResponseHead.isServers)
        startCount = start.count
        bytes = .allocate(capacity: start.count + body.count)
        _ = bytes.initialize(fromContentsOf: start + body)
    }

    deinit { bytes.deallocate() }

    /// Whether this answer is for the request as it is: not a part of it, not without its body, not "you have it already".
    package func isWhole(for request: Request) -> Bool {
        request.method == .get && !request.fields.holdsName(beginningWith: "if-")
            && !request.fields.holdsName(beginningWith: "range")
    }

    /// Appends the whole answer; says how many bytes of it are its body.
    ///
    /// - Parameter closes: whether the connection ends behind it.
    package func append(to message: inout [UInt8], date: String, requestID: String, closes: Bool) -> Int {
        message.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[..<startCount]))
        message.append("Date: ")
        message.append(contentsOf: date.utf8)
        message.append("\r\nX-Request-Id: ")
        message.append(contentsOf: requestID.utf8)
        message.append(closes ? "\r\nConnection: close\r\n\r\n" : "\r\n\r\n")
        message.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[startCount...]))
        return bytes.count - startCount
    }
}
