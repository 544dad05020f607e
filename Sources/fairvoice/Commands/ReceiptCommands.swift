import ArgumentParser
import Crypto
import Foundation
import JSON
import Ledger

struct ReceiptCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "receipt", abstract: "Check receipts of the ledger.", subcommands: [Verify.self])

    /// Needs no server and no database: the receipt, and a published key. Ends with 2 for a receipt that is not true, with 1
    /// where an old head can't be compared for want of a proof.
    struct Verify: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check a receipt off-line: signature, place in the log, and what it says of you.",
            discussion: "--key wants the line that GET /v1/log/head names vkey; take it once and keep it.")

        @Argument(help: "The receipt, a file that holds it, or - for standard input.")
        var receipt: String

        @Option(help: "The log's verifier key, or a file that holds it.")
        var key: String?

        @Option(help: "The JWK set, as GET /.well-known/jwks.json answers it.")
        var jwks: String?

        @Option(help: "A head that was kept, as a signed note or as JSON: the log of the receipt must go on from it.")
        var head: String?

        @Option(help: "What GET /v1/log/proof answers for the sizes of the kept head and of the receipt's.")
        var proof: String?

        func validate() throws {
            guard (key == nil) != (jwks == nil) else { throw ValidationError("give either --key or --jwks") }
        }

        func run() throws {
            let receipt = try read(receipt, "receipt") { json throws(ReceiptError) in try Receipt(json: json) }
            let checkpoint: Checkpoint
            do {
                checkpoint = try receipt.verify(keys: keys(for: receipt.checkpoint))
            } catch let error as ReceiptError {
                throw BadInput("the receipt is not true: \(error)")
            }
            say("signature: good, by \(checkpoint.origin)")
            say("log: transaction \(receipt.leaf["id"]?.asString ?? "?") is entry \(receipt.index) of \(checkpoint.size)")
            for part in receipt.parts { say("account: \(part.content.description)") }
            if let head { try compare(with: head, checkpoint) }
        }

        private func read<Value>(
            _ argument: String, _ name: String, _ parse: (JSON) throws(ReceiptError) -> Value
        ) throws -> Value {
            guard let json = try? JSON.parse(Array(try Input.text(argument).utf8)) else {
                throw BadInput("the \(name) is no JSON")
            }
            do { return try parse(json) } catch { throw BadInput("the \(name) can't be read: \(error)") }
        }

        private func keys(for note: String) throws -> [VerifierKey] {
            if let key {
                let text = try Input.text(key).trimmingCharacters(in: .whitespacesAndNewlines)
                guard let key = VerifierKey(text) else { throw BadInput("--key: this is no verifier key") }
                return [key]
            }
            // A JWK has no name: it checks whatever log its owner keeps.
            let origin = note.split(separator: "\n").first.map(String.init) ?? ""
            return try JWKSet.read(file: jwks ?? "").values.map { VerifierKey(name: origin, publicKey: $0) }
        }

        private func compare(with head: String, _ new: Checkpoint) throws {
            let text = try Input.text(head)
            let note = (try? JSON.parse(Array(text.utf8)))?["checkpoint"]?.asString ?? text
            let old: Checkpoint
            do {
                old = try Checkpoint(note: note, keys: keys(for: note))
            } catch let error as ReceiptError {
                throw BadInput("--head: \(error)")
            }
            guard old.origin == new.origin else { throw BadInput("--head: the kept head is of another log, \(old.origin)") }
            if old.size == new.size {
                guard old.root == new.root else { throw BadInput("the log was rewritten: two heads of size \(old.size) differ") }
                return say("history: the kept head is the receipt's")
            }
            let (small, large) = old.size < new.size ? (old, new) : (new, old)
            guard small.size > 0 else { return say("history: the kept head is of an empty log") }
            guard let proof else {
                say("history: not compared; give --proof, from /v1/log/proof?first=\(small.size)&second=\(large.size)")
                throw ExitCode(1)
            }
            let path = try read(proof, "proof") { json throws(ReceiptError) -> [[UInt8]] in
                let path = json["path"]?.asArray?.compactMap { $0.asString.flatMap { Base64.decode($0) } }
                guard let path, path.count == json["path"]?.asArray?.count else { throw .malformed("this is no proof") }
                return path
            }
            guard
                MerkleLog.isConsistent(
                    first: small.size, firstRoot: small.root, second: large.size, secondRoot: large.root, path: path)
            else {
                throw BadInput("the log was rewritten: its \(large.size) entries do not begin with the \(small.size) known ones")
            }
            say("history: the log of \(large.size) entries begins with the \(small.size) known ones")
        }
    }
}
