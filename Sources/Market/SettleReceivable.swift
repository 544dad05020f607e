import Domain
import Ledger
import Storage

extension Marketplace {
    /// Sets how much a buyer may owe. Zero ends the credit; what is owed stays owed.
    public func setCredit(
        _ limit: Money, for buyer: ID<Buyer>, by admin: String, at now: Timestamp, in db: Connection
    ) throws -> BuyerCredit {
        guard try Buyers.find(buyer, in: db) != nil else { throw MarketError.notFound("buyer") }
        let currency = try currentRateCard(in: db).card.currency
        guard limit.currency == currency, limit.micros >= 0 else {
            throw MarketError.invalid("/limit", "must be at least 0 and in \(currency)")
        }
        let credit = BuyerCredit(buyer: buyer, limit: limit, admin: admin, createdAt: now)
        try BuyerCredits.insert(credit, in: db)
        try AuditLog.append(
            actor: admin, action: "buyer.credit-set", subject: buyer.text, detail: limit.description, at: now, in: db)
        return credit
    }

    /// How a licence of this fee is paid now: from prepaid funds where they suffice, else owed as far as the credit reaches.
    ///
    /// - Throws: `MarketError.insufficientFunds` where neither does.
    func payment(of fee: Money, by buyer: ID<Buyer>, in db: Connection) throws -> LicencePayment {
        let books = Books(db)
        let available = try books.funds(in: Account(.prepaid(buyer: buyer.text), fee.currency))
        if available.micros >= fee.micros { return .prepaid }
        let owed = try books.balance(of: Account(.receivable(buyer: buyer.text), fee.currency)).micros
        let limit = try BuyerCredits.current(of: buyer, in: db)?.limit.micros ?? 0
        guard limit - owed >= fee.micros else { throw MarketError.insufficientFunds(available: available, needed: fee) }
        return .receivable
    }

    /// Ends what is owed for a licence: the buyer paid it, or never will and the house bears it. All of it, once.
    public func settleReceivable(
        of id: ID<Licence>, as kind: ReceivableSettlement.Kind, note: String, by admin: String, at now: Timestamp,
        in db: Connection
    ) throws -> ReceivableSettlement {
        guard let licence = try Licences.find(id, in: db) else { throw MarketError.notFound("licence") }
        if let past = try ReceivableSettlements.find(id, in: db) {
            throw MarketError.wrongState("What was owed ended by \(past.kind.rawValue) at \(past.createdAt.rfc3339).")
        }
        let refunded = try LicenceRefunds.find(id, in: db)?.amount.micros ?? 0
        let open = Money(micros: licence.fee.micros - refunded, currency: licence.fee.currency)
        guard licence.payment == .receivable, open.micros > 0 else {
            throw MarketError.wrongState("Nothing is owed for the licence.")
        }
        let make = kind == .payment ? Entries.receivablePaid : Entries.receivableWrittenOff
        let transaction = try make(id.text, licence.buyer.text, open, occasion(at: now))
        try Books(db).post(transaction)
        let settlement = ReceivableSettlement(
            licence: id, kind: kind, amount: open, note: note, admin: admin, entry: transaction.id, createdAt: now)
        try ReceivableSettlements.insert(settlement, in: db)
        try AuditLog.append(
            actor: admin, action: "receivable.\(kind == .payment ? "paid" : "written-off")", subject: id.text,
            detail: "\(open): \(note)", at: now, in: db)
        return settlement
    }
}
