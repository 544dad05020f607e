import Crypto
import Domain
import JSON
import Ledger
import TestSupport
import Testing

struct ReceiptTests {
    static let secret = [UInt8](repeating: 3, count: 32)
    static let key = CheckpointTests.key
    static let origin = "fairvoice/0123456789ab"
    static let verifier = VerifierKey(name: origin, publicKey: key.publicKey)

    /// A licence that pays so many contributors.
    static func licence(payingContributors count: Int) throws -> Transaction {
        let shares = (0..<count).map { Share(contributor: contributor($0), amount: usd(12_345_678_000 + Int64($0))) }
        let royalties = shares.reduce(0) { $0 + $1.amount.micros }
        return try Entries.licenceGranted(
            "lic_01JZ00000000000000000000ZZ", buyer: "buy_01JZ00000000000000000000ZZ", fee: usd(royalties + 30),
            royalties: shares, reviewers: [Share(contributor: contributor(0), amount: usd(1))], acquisitionFund: usd(10),
            operations: usd(19),
            on: Occasion(id: "txn_01JZ00000000000000000000ZZ", at: Timestamp(milliseconds: 1_770_000_000_123)))
    }

    static func contributor(_ number: Int) -> String { "ctr_01JZ0000000000000000\(String(100_000 + number))Z" }

    static func usd(_ micros: Int64) -> Money { Money(micros: micros, currency: .usd) }

    /// A receipt for the leaf at the end of a log of so many entries.
    static func receipt(_ leaf: TransactionLeaf, size: Int64, of isShown: (String) -> Bool) -> Receipt {
        let others = (0..<64).map { SHA256.hash([UInt8($0)]) }
        // Nodes of a log that is too large to build: any will do that lead to one root.
        let path = MerkleLog.inclusionPath(of: size - 1, size: size) { others[$0.level] }
        let root = MerkleLog.rootIncluding(leaf.hash, at: size - 1, size: size, path: path)!
        let note = Checkpoint(origin: origin, size: size, root: root).note(signedBy: key)
        return Receipt(leaf: leaf.header, index: size - 1, path: path, parts: leaf.parts(of: isShown), checkpoint: note)
    }

    /// The largest case that is promised: a thousand people in one licence, in a log of a million entries.
    @Test func aReceiptIsAtMostTwoKilobytes() throws {
        let leaf = TransactionLeaf(try Self.licence(payingContributors: 1000), secret: Self.secret)
        for number in [0, 1, 500, 999] {
            let receipt = Self.receipt(leaf, size: 1 << 20) { $0.contains(Self.contributor(number)) }
            let bytes = receipt.json.bytes()
            #expect(bytes.count <= 2048)
            #expect(receipt.parts.count == 1)
            let read = try Receipt(json: JSON.parse(bytes))
            #expect(try read.verify(keys: [Self.verifier]).size == 1 << 20)
            let amounts = read.parts[0].content["amounts"]?.asArray
            #expect(amounts?.count == (number == 0 ? 2 : 1))
        }
    }

    @Test func nothingOfOthersIsShown() throws {
        let leaf = TransactionLeaf(try Self.licence(payingContributors: 20), secret: Self.secret)
        let text = Self.receipt(leaf, size: 5) { $0.contains(Self.contributor(7)) }.json.description
        for number in 0..<20 { #expect(text.contains(Self.contributor(number)) == (number == 7)) }
        #expect(!text.contains("buy_") && !text.contains("operations"))
    }

    /// Without the salt the hash of a part can't be found by trying amounts; with another secret everything differs.
    @Test func partsAreSalted() throws {
        let transaction = try Self.licence(payingContributors: 3)
        let leaf = TransactionLeaf(transaction, secret: Self.secret)
        let other = TransactionLeaf(transaction, secret: [1])
        #expect(leaf.header["root"] != other.header["root"])
        let salts = leaf.parts { _ in true }.compactMap { $0.content["salt"]?.asString }
        #expect(Set(salts).count == 6 && salts.allSatisfy { Base64.decodeURL($0)?.count == 16 })
        #expect(TransactionLeaf(transaction, secret: Self.secret).hash == leaf.hash)
    }

    /// Whatever fact of a transaction changes, its leaf changes.
    @Test func everyFactIsInTheLeaf() throws {
        func leaf(
            id: String = "txn_1", kind: TransactionKind = .buyerDeposit, at: Int64 = 7, text: String = "Deposit",
            amount: Int64 = 5, path: AccountPath = .prepaid(buyer: "b"), key: String = "k", corrects: String? = nil,
            metadata: [String: String] = ["deposit": "d"], swapped: Bool = false
        ) throws -> [UInt8] {
            let postings: [Posting] = [.debit(.bank, Self.usd(amount)), .credit(path, Self.usd(amount))]
            let transaction = try Transaction(
                id: id, kind: kind, occurredAt: Timestamp(milliseconds: at), description: text,
                postings: swapped ? postings.reversed() : postings, idempotencyKey: key, corrects: corrects, metadata: metadata)
            return TransactionLeaf(transaction, secret: Self.secret).hash
        }
        let hashes = [
            try leaf(), try leaf(id: "txn_2"), try leaf(kind: .receivablePaid), try leaf(at: 8), try leaf(text: "deposit"),
            try leaf(amount: 6), try leaf(path: .prepaid(buyer: "c")), try leaf(key: "l"), try leaf(corrects: "txn_0"),
            try leaf(metadata: [:]), try leaf(swapped: true),
        ]
        #expect(Set(hashes).count == hashes.count)
    }

    /// Each part of a receipt is held: another value, path, place, leaf or head is refused.
    @Test func noChangedReceiptIsBelieved() throws {
        let leaf = TransactionLeaf(try Self.licence(payingContributors: 5), secret: Self.secret)
        let good = Self.receipt(leaf, size: 1000) { $0.contains(Self.contributor(2)) }
        #expect(try good.verify(keys: [Self.verifier]).origin == Self.origin)
        let part = good.parts[0]
        func changed(
            leaf: JSON? = nil, index: Int64? = nil, path: [[UInt8]]? = nil, parts: [Receipt.Part]? = nil, note: String? = nil
        ) -> Receipt {
            Receipt(
                leaf: leaf ?? good.leaf, index: index ?? good.index, path: path ?? good.path, parts: parts ?? good.parts,
                checkpoint: note ?? good.checkpoint)
        }
        func with(_ json: JSON, _ key: String, _ value: JSON) -> JSON {
            var object = json.asObject!
            object[key] = value
            return .object(object)
        }
        let bad = [
            changed(leaf: with(good.leaf, "kind", "buyer-deposit")), changed(leaf: with(good.leaf, "parts", 4)),
            changed(leaf: with(good.leaf, "type", "audit-entry")), changed(index: good.index - 1),
            changed(path: good.path.reversed()), changed(path: []), changed(parts: []),
            changed(parts: [.init(index: part.index + 1, content: part.content, path: part.path)]),
            changed(parts: [.init(index: part.index, content: with(part.content, "amounts", ["-99.000000"]), path: part.path)]),
            changed(parts: [part, .init(index: part.index, content: part.content, path: [])]),
            changed(note: Self.receipt(leaf, size: 1001) { _ in true }.checkpoint), changed(note: ""),
        ]
        for (number, receipt) in bad.enumerated() {
            #expect(throws: ReceiptError.self, "change \(number)") { try receipt.verify(keys: [Self.verifier]) }
        }
    }
}
