import Domain
import JSON
import Ledger

extension Log {
    /// The proof that a transaction is in the log, under the newest head, with the parts of the accounts that are to be shown.
    /// Nil for a transaction that is not in the books, has no such account, or that no head covers yet.
    public func receipt(of transaction: String, for isShown: (String) -> Bool) throws -> Receipt? {
        guard let logged = try Books(db).transaction(id: transaction),
            let index = try position(ofTransaction: logged.sequence), let head = try LogHeads.newest(in: db), index < head.size
        else { return nil }
        let leaf = TransactionLeaf(logged.transaction, secret: try secret())
        let parts = leaf.parts(of: isShown)
        guard !parts.isEmpty else { return nil }
        return Receipt(
            leaf: leaf.header, index: index, path: try inclusionPath(of: index, size: head.size), parts: parts,
            checkpoint: head.note)
    }

    /// What the log publishes at a place: the leaf's header. Nil beyond the end.
    public func header(at index: Int64) throws -> JSON? {
        switch try entry(at: index) {
        case .transaction(let sequence):
            guard let logged = try Books(db).transaction(sequence: sequence) else { return nil }
            return TransactionLeaf(logged.transaction, secret: try secret()).header
        case .auditEntry(let sequence):
            return try AuditLog.find(sequence, in: db).map { Self.leaf(of: $0, secret: try secret()).header }
        case nil: return nil
        }
    }
}
