extension Response {
    /// The answer after the conditions and the range of the request (RFC 9110 sections 13.2.2 and 14.2). Only a 200 to GET
    /// or HEAD changes; conditions of a request that writes are for the application to check before it writes.
    public func applyingConditions(of request: Request) -> Response {
        guard status == 200, request.method == .get || request.method == .head else { return self }
        let isConditional = request.fields.holdsName(beginningWith: "if-")
        guard isConditional || body.sliceableByteCount != nil else { return self }
        let tag = fields["ETag"].flatMap { EntityTag(parsing: $0) }
        let modified = fields["Last-Modified"].flatMap { HTTPDate(parsing: $0) }
        if isConditional {
            if Self.fails(request, tag: tag, modified: modified) { return preconditionFailed }
            if Self.isFresh(request, tag: tag, modified: modified) { return notModified }
        }
        guard let byteCount = body.sliceableByteCount else { return self }
        var answer = self
        // Parts of bytes that nothing names can't be put together: the next request may get others (section 14.2).
        let isNamed = tag?.isWeak == false || modified != nil
        guard isNamed else { return self }
        if fields["Accept-Ranges"] == nil { answer.fields["Accept-Ranges"] = "bytes" }
        guard request.method == .get, let range = request.fields["Range"],
            Self.allowsRange(request, tag: tag, modified: modified)
        else { return answer }
        return answer.part(ByteRange(range, of: byteCount), of: byteCount)
    }

    /// `If-Match`, or in its absence `If-Unmodified-Since` (sections 13.1.1 and 13.1.4).
    private static func fails(_ request: Request, tag: EntityTag?, modified: HTTPDate?) -> Bool {
        if let condition = EntityTagCondition("If-Match", of: request.fields) { return !condition.matchesStrongly(tag) }
        guard let limit = request.fields["If-Unmodified-Since"].flatMap({ HTTPDate(parsing: $0) }), let modified else {
            return false
        }
        return modified > limit
    }

    /// `If-None-Match`, or in its absence `If-Modified-Since` (sections 13.1.2 and 13.1.3).
    private static func isFresh(_ request: Request, tag: EntityTag?, modified: HTTPDate?) -> Bool {
        if let condition = EntityTagCondition("If-None-Match", of: request.fields) { return condition.matchesWeakly(tag) }
        guard let limit = request.fields["If-Modified-Since"].flatMap({ HTTPDate(parsing: $0) }), let modified else {
            return false
        }
        return modified <= limit
    }

    /// `If-Range` (section 13.1.5): the same strong tag, or exactly the same date.
    private static func allowsRange(_ request: Request, tag: EntityTag?, modified: HTTPDate?) -> Bool {
        guard let value = request.fields["If-Range"] else { return true }
        if let wanted = EntityTag(parsing: value) { return tag.map { $0.matchesStrongly(wanted) } ?? false }
        guard let wanted = HTTPDate(parsing: value), let modified else { return false }
        return wanted == modified
    }

    private var preconditionFailed: Response { Response(status: 412, fields: withoutContent) }

    private var notModified: Response { Response(status: 304, fields: withoutContent) }

    /// The fields that speak of the resource and not of the content that is left out (section 15.4.5).
    private var withoutContent: Fields {
        var kept = fields
        for name in [
            "Content-Type", "Content-Encoding", "Content-Language", "Content-Range", "Content-Digest",
            "Content-Disposition", "Accept-Ranges",
        ] { kept[name] = nil }
        return kept
    }

    private func part(_ range: ByteRange, of byteCount: Int64) -> Response {
        var answer = self
        switch range {
        case .ignored:
            return self
        case .part(let offset, let count):
            answer.status = 206
            answer.body = body.slice(offset: offset, byteCount: count)
            answer.fields["Content-Range"] = "bytes \(offset)-\(offset + count - 1)/\(byteCount)"
            // Of the message's content, which is now another (RFC 9530 section 2).
            answer.fields["Content-Digest"] = nil
        case .unsatisfiable:
            answer = Response(status: 416, fields: withoutContent)
            answer.fields["Content-Range"] = "bytes */\(byteCount)"
        }
        return answer
    }
}
