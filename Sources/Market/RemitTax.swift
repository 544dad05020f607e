import Domain
import Ledger
import Storage

extension Marketplace {
    /// Notes that tax withheld was paid to its authority: all of it for nil.
    ///
    /// - Parameter reference: the authority's or the bank's.
    public func remitTax(
        _ amount: Money?, jurisdiction: String, reference: String, by admin: String, at now: Timestamp, in db: Connection
    ) throws -> TaxRemittance {
        let currency = try currentRateCard(in: db).card.currency
        let path = AccountPath.taxWithheld(jurisdiction: jurisdiction)
        guard AccountPath(path.text) != nil else {
            throw MarketError.invalid("/jurisdiction", "must be an ISO 3166 code such as US or US-CA")
        }
        let withheld = try Books(db).funds(in: Account(path, currency))
        let remitted = amount ?? withheld
        guard remitted.currency == currency, remitted.micros > 0 || amount == nil else {
            throw MarketError.invalid("/amount", "must be positive and in \(currency)")
        }
        guard remitted.micros > 0 else { throw MarketError.wrongState("Nothing is withheld for \(jurisdiction).") }
        guard remitted.micros <= withheld.micros else {
            throw MarketError.insufficientFunds(available: withheld, needed: remitted)
        }
        let id: ID<TaxRemittance> = ids.make(at: now)
        let transaction = try Entries.taxRemitted(
            id.text, jurisdiction: jurisdiction, amount: remitted, on: occasion(at: now))
        try Books(db).post(transaction)
        let remittance = TaxRemittance(
            id: id, jurisdiction: jurisdiction, amount: remitted, reference: reference, admin: admin, entry: transaction.id,
            createdAt: now)
        try TaxRemittances.insert(remittance, in: db)
        try AuditLog.append(
            actor: admin, action: "tax.remitted", subject: id.text, detail: "\(jurisdiction) \(remitted)", at: now, in: db)
        return remittance
    }
}
