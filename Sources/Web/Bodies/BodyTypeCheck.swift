import HTTP

/// Compares the media type of a body with what its route takes.
enum BodyTypeCheck {
    /// Throws 415 where a body comes, or is needed, without one of the accepted media types.
    static func check(_ request: Request, _ body: RequestBody) throws(Problem) {
        guard !body.mediaTypes.isEmpty else { return }
        let isAbsent = request.contentLength == 0 && request.fields["Content-Type"] == nil
        if isAbsent, !body.isRequired { return }
        guard let essence = request.contentType?.essence, body.mediaTypes.contains(where: { covers($0, essence) }) else {
            let accepted = body.mediaTypes.joined(separator: ", ")
            throw Problem(.unsupportedMediaType, "Send one of: \(accepted).", fields: Fields(["Accept": accepted]))
        }
    }

    /// "audio/*" covers every subtype.
    private static func covers(_ accepted: String, _ essence: String) -> Bool {
        accepted == essence || accepted == "*/*" || accepted.hasSuffix("/*") && essence.hasPrefix(accepted.dropLast())
    }
}
