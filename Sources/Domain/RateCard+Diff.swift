import JSON

extension RateCard {
    /// One value that two cards have differently.
    public struct Change: Equatable, Sendable {
        /// Where it stands (RFC 6901).
        public let pointer: JSONPointer
        /// Nil where the older card does not have it.
        public let before: JSON?
        /// Nil where the newer card does not have it.
        public let after: JSON?
    }

    /// Every value that differs from an older card, in the order of their places. Sections that a card leaves out are
    /// compared as what they stand for; the numbers are not compared.
    public func changes(since older: RateCard) -> [Change] {
        var changes: [Change] = []
        Self.compare(Self.keyed(older.json), Self.keyed(json), at: .root, into: &changes)
        return changes.filter { $0.pointer != JSONPointer.root.appending("number") }
            .sorted { $0.pointer.description < $1.pointer.description }
    }

    /// The card with its grade rules by measure, so that a moved rule is no change.
    private static func keyed(_ json: JSON) -> JSON {
        guard var object = json.asObject, let rules = object["grade_rules"]?.asArray else { return json }
        object["grade_rules"] = .object(
            JSONObject(members: rules.compactMap { rule in rule["measure"]?.asString.map { ($0, rule) } }))
        return .object(object)
    }

    private static func compare(_ before: JSON?, _ after: JSON?, at place: JSONPointer, into changes: inout [Change]) {
        guard before != after else { return }
        guard let older = before?.asObject, let newer = after?.asObject else {
            changes.append(Change(pointer: place, before: before, after: after))
            return
        }
        for key in Set(older.keys).union(newer.keys) {
            compare(older[key], newer[key], at: place.appending(key), into: &changes)
        }
    }
}
