import HTTP

/// What a request that writes says of the state it means (RFC 9110 sections 13.1.1 and 13.1.2).
struct Preconditions: Sendable {
    private let match: EntityTagCondition?
    private let noneMatch: EntityTagCondition?
    /// Whether something can be read at the address.
    private let isRepresented: Bool

    /// Nil where the request says nothing. Who changes a thing may have seen it compressed.
    init?(_ request: Request, isRepresented: Bool) {
        match = EntityTagCondition("If-Match", of: request.fields)?.uncoded
        noneMatch = EntityTagCondition("If-None-Match", of: request.fields)?.uncoded
        guard match != nil || noneMatch != nil else { return nil }
        self.isRepresented = isRepresented
    }

    /// Throws 412 where the present state is not the one that is meant; nothing may be done then. Nobody's `If-Match` names a
    /// thing without a tag.
    func check(_ tag: EntityTag?) throws(Problem) {
        let present = tag.map { "the present one, \($0.text)" } ?? "what has no entity tag"
        if let match, !match.matchesStrongly(tag) {
            throw Problem(.preconditionFailed, "If-Match names another state than \(present).")
        }
        if let noneMatch, excludes(noneMatch, tag) {
            throw Problem(.preconditionFailed, "If-None-Match excludes \(present).")
        }
    }

    private func excludes(_ condition: EntityTagCondition, _ tag: EntityTag?) -> Bool {
        if case .any = condition { return tag != nil || isRepresented }
        return condition.matchesWeakly(tag)
    }
}
