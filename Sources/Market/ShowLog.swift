import Crypto
import Domain
import Ledger
import Storage

extension Marketplace {
    /// The newest signed head of the log, and when it was signed; of no leaves before anything happened.
    public func logHead(in db: Connection) throws -> (checkpoint: Checkpoint, note: String, signedAt: Timestamp?) {
        let origin = try Log(db).origin()
        guard let head = try LogHeads.newest(in: db) else {
            let empty = Checkpoint(origin: origin, size: 0, root: MerkleLog.emptyRoot)
            return (empty, signer.note(empty), nil)
        }
        return (Checkpoint(origin: origin, size: head.size, root: head.root), head.note, head.signedAt)
    }

    /// The keys that check heads, the one that signs now first; old ones stay published.
    public func verifierKeys(in db: Connection) throws -> [VerifierKey] {
        let origin = try Log(db).origin()
        return try SigningKeys.all(in: db).compactMap { key in
            Ed25519.PublicKey(bytes: key.publicKey).map { VerifierKey(name: origin, publicKey: $0) }
        }
    }

    /// The proof that a transaction of somebody's is in the log; what it says of others is left out.
    ///
    /// - Parameter owner: a contributor's or buyer's id; nil shows every account, for admins.
    /// - Throws: `MarketError.notFound` where the transaction touches no account of theirs.
    public func receipt(of transaction: ID<Entry>, for owner: String?, in db: Connection) throws -> Receipt {
        let theirs = owner.map { owner in
            [
                AccountPath.available(contributor: owner), .reserved(contributor: owner), .prepaid(buyer: owner),
                .receivable(buyer: owner),
            ].map(\.text)
        }
        let receipt = try Log(db).receipt(of: transaction.text) { theirs?.contains($0) ?? true }
        guard let receipt else { throw MarketError.notFound("transaction") }
        return receipt
    }
}
