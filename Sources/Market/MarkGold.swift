import Domain
import Storage

extension Marketplace {
    /// Marks a recording whose answer is known, to measure reviewers by.
    ///
    /// - Parameter emotion: the right answer; nil where it is that the recording can't be used.
    public func markGold(
        _ recording: ID<Recording>, emotion: Emotion?, by admin: String, at now: Timestamp, in db: Connection
    ) throws -> GoldItem {
        guard let found = try Recordings.find(recording, in: db), found.decision?.durationMilliseconds != nil,
            found.status == .accepted || found.status == .rejected
        else { throw MarketError.invalid("/recording", "is no recording that was accepted or rejected by its measures") }
        if let known = try GoldItems.find(of: recording, in: db) {
            throw MarketError.wrongState("The recording is a gold item already: \(known.id).")
        }
        let item = GoldItem(
            id: ids.make(at: now), recording: recording, language: found.cell.language, emotion: emotion, admin: admin,
            createdAt: now)
        try GoldItems.insert(item, in: db)
        try AuditLog.append(
            actor: admin, action: "gold-item.marked", subject: item.id.text,
            detail: "\(recording) \(emotion?.rawValue ?? "unusable")", at: now, in: db)
        return item
    }

    /// Stops handing a gold item out, and its answers from counting. Doing so again changes nothing.
    public func retireGold(_ id: ID<GoldItem>, by admin: String, at now: Timestamp, in db: Connection) throws -> GoldItem {
        guard let item = try GoldItems.find(id, in: db) else { throw MarketError.notFound("gold item") }
        guard item.retiredAt == nil else { return item }
        try GoldItems.retire(id, at: now, in: db)
        try AuditLog.append(actor: admin, action: "gold-item.retired", subject: id.text, at: now, in: db)
        var retired = item
        retired.retiredAt = now
        return retired
    }
}
