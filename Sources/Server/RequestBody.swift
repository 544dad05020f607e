import HTTP

/// What of a request's body is still to come.
enum RequestBody {
    case complete
    case length(remaining: Int64)
    case chunked(ChunkedDecoder)

    init(_ framing: BodyFraming, limits: Limits) {
        switch framing {
        case .none: self = .complete
        case .length(let count): self = count > 0 ? .length(remaining: count) : .complete
        case .chunked: self = .chunked(ChunkedDecoder(limits: limits))
        }
    }

    var isComplete: Bool {
        if case .complete = self { true } else { false }
    }

    /// Whether so little is to come that reading it is cheaper than a new connection.
    var isShort: Bool {
        switch self {
        case .complete: true
        case .length(let remaining): remaining <= Buffering.droppedBodyMax
        case .chunked: false
        }
    }

    /// Counts content that came without framing, no more than is to come.
    mutating func take(_ count: Int) {
        guard case .length(let remaining) = self else { return }
        self = remaining > Int64(count) ? .length(remaining: remaining - Int64(count)) : .complete
    }

    /// The next content in `bytes`, or nil where more is needed or the body has become complete.
    mutating func next(_ bytes: Span<UInt8>, at position: inout Int) throws(RequestFailure) -> Range<Int>? {
        switch self {
        case .complete:
            return nil
        case .length(let remaining):
            let count = Int(min(Int64(bytes.count - position), remaining))
            guard count > 0 else { return nil }
            take(count)
            defer { position += count }
            return position..<position + count
        case .chunked(var decoder):
            // Nothing may hold the decoder twice, or each change would copy it.
            self = .complete
            let event = try decoder.next(bytes, at: &position)
            self = event == .end ? .complete : .chunked(decoder)
            if case .bytes(let range) = event { return range }
            return nil
        }
    }
}
