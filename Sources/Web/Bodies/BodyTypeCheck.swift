import HTTP

/// Compares the media type of a body with what its route takes.
enum BodyTypeCheck {
    /// Throws 415 where a body comes, or is needed, without one of the accepted media types.
    static func check(_ request: Request, _ body: RequestBody) throws(Problem) {
        guard !body.mediaTypes.isEmpty else { return }
        let isAbsent = request.contentLength == 0 && request.fields["Content-Type"] == nil
        if isAbsent, !body.isRequired { return }
        try checkCoding(request)
        guard let essence = request.contentType?.essence, body.mediaTypes.contains(where: { covers($0, essence) }) else {
            let accepted = body.mediaTypes.joined(separator: ", ")
            throw Problem(.unsupportedMediaType, "Send one of: \(accepted).", fields: Fields(["Accept": accepted]))
        }
    }

    /// No coding is undone here (RFC 9110 sections 8.4 and 15.5.16): coded bytes must not be taken for what they stand for.
    private static func checkCoding(_ request: Request) throws(Problem) {
        let codings = request.fields.values("Content-Encoding").filter { !$0.isEmpty && $0.lowercased() != "identity" }
        guard let coding = codings.first else { return }
        throw Problem(
            .unsupportedMediaType, "Content-Encoding is \(coding); send the body as it is, without this field.",
            fields: Fields(["Accept-Encoding": "identity"]))
    }

    /// "audio/*" covers every subtype.
    private static func covers(_ accepted: String, _ essence: String) -> Bool {
        accepted == essence || accepted == "*/*" || accepted.hasSuffix("/*") && essence.hasPrefix(accepted.dropLast())
    }
}
