import Domain
import Ledger
import Storage

extension Marketplace {
    /// Enters funds that a buyer has paid in.
    ///
    /// - Parameter reference: the bank's reference or an invoice number.
    public func depositFunds(
        _ amount: Money, for buyer: ID<Buyer>, reference: String, by admin: String, at now: Timestamp, in db: Connection
    ) throws -> Deposit {
        guard try Buyers.has(buyer, in: db) else { throw MarketError.invalid("/buyer", "is no buyer") }
        let currency = try currency(in: db)
        guard amount.currency == currency, amount.micros > 0 else {
            throw MarketError.invalid("/amount", "must be positive and in \(currency)")
        }
        let id: ID<Deposit> = ids.make(at: now)
        let transaction = try Entries.buyerDeposit(id.text, buyer: buyer.text, amount: amount, on: occasion(at: now))
        try Books(db).post(transaction)
        let deposit = Deposit(
            id: id, buyer: buyer, amount: amount, reference: reference, admin: admin, entry: transaction.id, createdAt: now)
        try Deposits.insert(deposit, in: db)
        try AuditLog.append(
            actor: admin, action: "deposit.entered", subject: id.text, detail: amount.description, at: now, in: db)
        return deposit
    }
}
