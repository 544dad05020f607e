import Domain
import JSON
import Storage

extension Marketplace {
    /// Asks for another look at a rejected recording: once, within the days of the card that it was quoted under. It goes to
    /// fresh reviewers like any other item, and stands in the admins' queue.
    public func appealRejection(
        of id: ID<Recording>, text: String?, by contributor: ID<Contributor>, at now: Timestamp, in db: Connection
    ) throws -> Appeal {
        guard let recording = try Recordings.find(id, in: db), recording.contributor == contributor else {
            throw MarketError.notFound("recording")
        }
        if let known = try Appeals.find(of: id, in: db) {
            throw MarketError.wrongState(
                "The rejection was appealed already (\(known.id)); the appeal is \(known.status.rawValue).")
        }
        guard recording.status == .rejected, let decision = recording.decision else {
            throw MarketError.wrongState("Only a rejected recording can be appealed; this one is \(recording.status.rawValue).")
        }
        guard let milliseconds = decision.durationMilliseconds, milliseconds > 0, decision.sampleCount != nil else {
            throw MarketError.wrongState(
                "The recording could not be decoded, so nobody can listen to it; upload it as WAV or FLAC.")
        }
        let rules = try quotedTerms(of: recording, in: db).card.appealRules
        let until = decision.at.adding(days: rules.days)
        guard now < until else {
            throw MarketError.wrongState("The rejection could be appealed until \(until.rfc3339).")
        }
        let appeal = Appeal(
            id: ids.make(at: now), recording: id, contributor: contributor, language: recording.cell.language, text: text,
            rejectedFor: decision.reasons, rules: rules, createdAt: now)
        try Appeals.insert(appeal, in: db)
        try announce("appealed", ["status": "rejected", "appeal": .string(appeal.id.text)], of: id, at: now, in: db)
        return appeal
    }

    /// The quote of a recording and the card that the quote was made by.
    func quotedTerms(of recording: Recording, in db: Connection) throws -> (quote: Quote, card: RateCard) {
        guard let quote = try Quotes.find(recording.quote, in: db), let record = try RateCards.find(quote.rateCard, in: db) else {
            throw MarketError.notFound("quote")
        }
        return (quote, try record.card())
    }
}
