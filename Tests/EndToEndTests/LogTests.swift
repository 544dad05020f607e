import Foundation
import JSON
import TestSupport
import Testing

/// The transparency log against the real program: receipts hold off-line, and whoever kept a head catches a log that forked
/// or was rewritten. The public verifier checks the same things without the program's code.
@Suite struct LogTests {
    static let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "scripts/verify-receipt.py").path
    static let python = "python3"

    /// Whether the public verifier can run here.
    static let hasVerifier =
        (try? Child.run(python, ["-c", "import cryptography, sqlite3"]))?.code == 0

    /// A market in which a contributor was paid and a buyer paid in, with the heads that a client kept.
    private struct Scene {
        let program: Program
        let admin: Client
        let anyone: Client
        let contributor: Client
        let vkey: String
        let buyer: String

        init() async throws {
            program = try Program()
            let key = try Program.run("admin", "create", "--data", program.folder).output
            admin = Client(base: program.base, key: key.trimmingCharacters(in: .newlines))
            anyone = Client(base: program.base)
            let (client, quote) = try await Client.contributor(program.base)
            contributor = client
            _ = try await client.decided(client.upload(Speech.wav(seed: 1), quote: quote))
            buyer = try await anyone.post("/v1/buyers", ["name": "Acme"]).text("buyer.id") ?? ""
            vkey = try await anyone.get("/v1/log/head").text("vkey") ?? ""
        }

        func deposit(_ amount: String, at base: String? = nil) async throws {
            let admin = Client(base: base ?? program.base, key: admin.key)
            let answer = try await admin.post(
                "/v1/admin/deposits", ["buyer": .string(buyer), "amount": .string(amount), "reference": "x"])
            guard answer.status == 201 else { throw ProgramError("deposit: \(answer.status) \(answer.json)") }
        }

        /// Keeps the head of now in a file.
        func keepHead(_ name: String) async throws -> String {
            let path = "\(program.folder)/\(name)"
            try await anyone.get("/v1/log/head", fields: ["Accept": "text/plain"]).body.write(to: URL(fileURLWithPath: path))
            return path
        }

        /// The public verifier's word on a server's log, against a head that was kept.
        func watch(_ head: String, _ base: String) throws -> (output: String, error: String, code: Int32) {
            try Child.run(python, [script, "--key", vkey, "--head", head, "--url", base])
        }
    }

    @Test func aReceiptHoldsOffLine() async throws {
        let scene = try await Scene()
        let statement = try await scene.contributor.get("/v1/me/statement")
        let transaction = try #require(statement.text("data.0.transaction"))
        let head = try await scene.keepHead("old.note")
        try await scene.deposit("10")
        let answer = try await scene.contributor.get("/v1/me/receipts/\(transaction)")
        #expect(answer.status == 200 && answer.body.count <= 2048)
        let path = "\(scene.program.folder)/receipt.json"
        try answer.body.write(to: URL(fileURLWithPath: path))

        // By the program, with either kind of key, and against the head that was kept.
        let jwks = "\(scene.program.folder)/jwks.json"
        try await scene.anyone.get("/.well-known/jwks.json").body.write(to: URL(fileURLWithPath: jwks))
        for key in [["--key", scene.vkey], ["--jwks", jwks]] {
            let verdict = try Child.run(Program.binary, ["receipt", "verify", path] + key)
            #expect(verdict.code == 0 && verdict.output.contains(transaction), "\(verdict)")
        }
        let old = try Self.size(String(contentsOfFile: head, encoding: .utf8))
        let new = Self.size(answer.text("checkpoint") ?? "")
        let proof = "\(scene.program.folder)/proof.json"
        try await scene.anyone.get("/v1/log/proof?first=\(old)&second=\(new)").body.write(to: URL(fileURLWithPath: proof))
        let compared = ["receipt", "verify", path, "--key", scene.vkey, "--head", head]
        #expect(try Child.run(Program.binary, compared + ["--proof", proof]).code == 0)
        #expect(try Child.run(Program.binary, compared).code == 1)

        // A changed amount, a wrong key and a text that is no receipt are refused.
        let forged = String(decoding: answer.body, as: UTF8.self).replacing("\"amounts\":[\"-", with: "\"amounts\":[\"-9")
        for arguments in [
            [forged, "--key", scene.vkey], [path, "--key", "fairvoice/0+00000000+AQ=="], ["{}", "--key", scene.vkey],
            [path, "--key", scene.vkey, "--jwks", jwks], [path],
        ] { #expect(try Child.run(Program.binary, ["receipt", "verify"] + arguments).code == 2) }

        guard Self.hasVerifier else { return print("python3 with cryptography is not here: its verifier is not tried") }
        let watched = try Child.run(
            Self.python, [Self.script, "--key", scene.vkey, "--head", head, "--url", scene.program.base, path])
        #expect(watched.code == 0 && watched.output.contains("nothing was rewritten"), "\(watched)")
        try forged.write(toFile: path, atomically: true, encoding: .utf8)
        #expect(try Child.run(Self.python, [Self.script, "--key", scene.vkey, path]).code == 2)
    }

    /// Nobody but those whom it concerns gets a receipt.
    @Test func aReceiptOfOthersIsNotFound() async throws {
        let scene = try await Scene()
        let transaction = try await scene.contributor.get("/v1/me/statement").text("data.0.transaction") ?? ""
        let (stranger, _) = try await Client.contributor(scene.program.base)
        #expect(try await stranger.get("/v1/me/receipts/\(transaction)").status == 404)
        #expect(try await scene.anyone.get("/v1/me/receipts/\(transaction)").status == 401)
        let whole = try await scene.admin.get("/v1/admin/ledger/receipts/\(transaction)")
        #expect(whole.json["parts"]?.asArray?.count ?? 0 > 1)
    }

    /// The operator shows one client one history and another client another: both are signed, but not both go on from the
    /// head that a client has kept.
    @Test(.enabled(if: hasVerifier)) func aForkedLogIsCaught() async throws {
        let scene = try await Scene()
        try await scene.deposit("1")
        #expect(scene.program.stop() == 0)
        let fork = try Program(copying: scene.program.folder)
        try scene.program.start()
        let original = scene.program.base
        let before = try await Client(base: original).get("/v1/log/head?format=note").body
        try await scene.deposit("20", at: original)
        try await scene.deposit("22", at: fork.base)
        try await scene.deposit("30", at: fork.base)
        let kept = "\(scene.program.folder)/kept.note"
        let head = try await Client(base: original).get("/v1/log/head?format=note").body
        try head.write(to: URL(fileURLWithPath: kept))
        #expect(try scene.watch(kept, original).code == 0)
        let caught = try scene.watch(kept, fork.base)
        #expect(caught.code == 2 && caught.output.contains("was rewritten"), "\(caught)")
        // What was before the fork is in both.
        try before.write(to: URL(fileURLWithPath: kept))
        #expect(try scene.watch(kept, original).code == 0 && scene.watch(kept, fork.base).code == 0)
    }

    /// The operator changes a sum in the file with every trigger dropped, throws the old log away and lets the program build
    /// and sign a new one: everything in the file is in order then, but not for those who kept a head.
    @Test(.enabled(if: hasVerifier)) func aRewrittenLogIsCaught() async throws {
        let scene = try await Scene()
        try await scene.deposit("1")
        let kept = try await scene.keepHead("kept.note")
        try await scene.deposit("2")
        #expect(scene.program.stop() == 0)
        let rewriting = """
            import sqlite3, sys
            db = sqlite3.connect(sys.argv[1])
            triggers = db.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
            for name, _ in triggers: db.execute(f"DROP TRIGGER {name}")
            deposit, entry = db.execute("SELECT id, entry FROM deposit ORDER BY id LIMIT 1").fetchone()
            txn, = db.execute("SELECT sequence FROM txn WHERE id = ?", (entry,)).fetchone()
            db.execute("UPDATE deposit SET amount = 3000000 WHERE id = ?", (deposit,))
            for account, amount in db.execute("SELECT account, amount FROM posting WHERE txn = ?", (txn,)).fetchall():
                db.execute("UPDATE posting SET amount = ? WHERE txn = ? AND account = ?", (3 * amount, txn, account))
                db.execute("UPDATE account SET balance = balance + ? WHERE id = ?", (2 * amount, account))
            for table in ("log_leaf", "log_head"): db.execute(f"DELETE FROM {table}")
            for _, sql in triggers: db.execute(sql)
            db.commit()
            """
        let edited = try Child.run(
            Self.python, ["-c", rewriting, "\(scene.program.folder)/fairvoice.sqlite3"])
        #expect(edited.code == 0, "\(edited)")
        // The file's own checks see what was changed, too: seals of transactions and sums of rows.
        let verdict = try Program.run("ledger", "verify", "--data", scene.program.folder)
        #expect(verdict.code == 1 && verdict.output.contains("not what was sealed"), "\(verdict)")
        try scene.program.start()
        let caught = try scene.watch(kept, scene.program.base)
        #expect(caught.code == 2 && caught.output.contains("was rewritten"), "\(caught)")
    }

    private static func size(_ note: String) -> Int { Int(note.split(separator: "\n").dropFirst().first ?? "") ?? -1 }
}
