import Domain
import GRDB

/// Invoices are read from licences, deposits, refunds and settlements: nothing is kept twice.
public enum Invoices {
    private static let documents = """
        SELECT 'invoice' AS kind, licence.entry, licence.buyer, licence.id AS licence, licence.currency, licence.fee AS amount,
            '' AS note FROM licence WHERE buyer = ?1
        UNION ALL
        SELECT 'deposit-receipt', entry, buyer, NULL, currency, amount, reference FROM deposit WHERE buyer = ?1
        UNION ALL
        SELECT 'credit-note', licence_refund.entry, licence.buyer, licence.id, licence_refund.currency, licence_refund.amount,
            licence_refund.reason
        FROM licence JOIN licence_refund ON licence_refund.licence = licence.id WHERE licence.buyer = ?1
        UNION ALL
        SELECT 'payment-receipt', receivable_settlement.entry, licence.buyer, licence.id, receivable_settlement.currency,
            receivable_settlement.amount, receivable_settlement.note
        FROM licence JOIN receivable_settlement ON receivable_settlement.licence = licence.id
        WHERE licence.buyer = ?1 AND receivable_settlement.kind = 'payment'
        """

    /// Newest first; `before` is a sequence.
    public static func list(of buyer: ID<Buyer>, before: Int64?, limit: Int, in db: Connection) throws -> Page<Invoice> {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT document.*, txn.sequence, txn.occurred_at, buyer.name AS buyer_name FROM (\(documents)) AS document
                JOIN txn ON txn.id = document.entry JOIN buyer ON buyer.id = document.buyer
                WHERE txn.sequence < ?2 ORDER BY txn.sequence DESC LIMIT ?3
                """, arguments: [buyer.text, before ?? .max, limit + 1])
        return Page(try rows.map { try read($0, in: db) }, limit: limit)
    }

    /// The document of a transaction of this buyer's.
    public static func find(_ transaction: String, of buyer: ID<Buyer>, in db: Connection) throws -> Invoice? {
        try Row.fetchOne(
            db,
            sql: """
                SELECT document.*, txn.sequence, txn.occurred_at, buyer.name AS buyer_name FROM (\(documents)) AS document
                JOIN txn ON txn.id = document.entry JOIN buyer ON buyer.id = document.buyer WHERE document.entry = ?2
                """, arguments: [buyer.text, transaction]
        ).map { try read($0, in: db) }
    }

    private static func read(_ row: Row, in db: Connection) throws -> Invoice {
        let kind: Invoice.Kind = row.word("kind")
        let licence = try (row["licence"] as String?).flatMap { try Licences.find(ID(stored: $0), in: db) }
        let amount = row.money("amount")
        let note: String = row["note"]
        let total = kind == .creditNote ? amount.reversed : amount
        return Invoice(
            sequence: row["sequence"], transaction: row["entry"], kind: kind, date: row.time("occurred_at"),
            buyerName: row["buyer_name"], lines: [.init(text(of: kind, licence, note), total)], total: total,
            division: kind == .invoice ? licence?.division : nil, licence: licence?.id,
            payment: kind == .invoice ? licence?.payment : nil)
    }

    private static func text(of kind: Invoice.Kind, _ licence: Licence?, _ note: String) -> String {
        let subject = licence.map { "\($0.id)" } ?? ""
        switch kind {
        case .invoice:
            return licence.map {
                "Licence \($0.id): model \($0.modelName), \($0.purpose.rawValue), \($0.term.rawValue), snapshot \($0.snapshot)"
            } ?? subject
        case .depositReceipt: return "Deposit, reference \(note)"
        case .creditNote: return "Refund of licence \(subject): \(note)"
        case .paymentReceipt: return "Payment of licence \(subject), reference \(note)"
        }
    }
}
