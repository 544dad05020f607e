import Domain
import Foundation
import JSON
import TestSupport
import Testing

/// What a contributor takes home: an export that a script of no common code recomputes, and journals that other programs check.
@Suite struct StatementTests {
    /// A market with pay, two licences, and a payout that came back; the contributor, the admin and a licence.
    private func market() async throws -> (program: Program, ada: Client, acme: Client, admin: Client, licence: String) {
        let program = try Program()
        let admin = Client(
            base: program.base,
            key: try Program.run("admin", "create", "--data", program.folder).output.trimmingCharacters(in: .newlines))
        let anyone = Client(base: program.base)
        guard var card = try await admin.get("/v1/rate-card").json["document"]?.asObject else { throw ProgramError("no card") }
        card["base_per_hour"] = "90000"
        _ = try await admin.post("/v1/admin/rate-cards", .object(card))
        var people: [Client] = []
        for (index, count) in [3, 2, 1].enumerated() {
            let (client, quote) = try await Client.contributor(program.base, emotion: "neutral")
            for seed in 0..<count {
                _ = try await client.decided(client.upload(Speech.wav(seed: UInt64(40 + 10 * index + seed)), quote: quote))
            }
            people.append(client)
        }
        let signed = try await anyone.post("/v1/buyers", ["name": "Acme; \"Speech\""])
        let acme = Client(base: program.base, key: signed.text("key.key"))
        _ = try await admin.post(
            "/v1/admin/deposits", ["buyer": .string(signed.text("buyer.id") ?? ""), "amount": "500", "reference": "=cmd"])
        let set = try await acme.post("/v1/datasets", ["name": "all", "query": ["language": "de"]])
        let snapshot = try await acme.post("/v1/datasets/\(set.text("id") ?? "")/snapshots")
        var licence = ""
        for model in ["one", "two", "three"] {
            let answer = try await acme.post(
                "/v1/licences",
                [
                    "snapshot": .string(snapshot.text("id") ?? ""), "model": .string(model), "purpose": "emotion-recognition",
                    "term": "1-year",
                ])
            #expect(answer.status == 201, "\(answer.json)")
            licence = answer.text("id") ?? ""
        }
        return (program, people[0], acme, admin, licence)
    }

    private func recompute(_ export: Data, _ folder: String) throws -> (output: String, code: Int32) {
        let path = "\(folder)/export.json"
        try export.write(to: URL(fileURLWithPath: path))
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "scripts/recompute-statement.py").path
        let result = try Child.run("python3", [script, path])
        return (result.output + result.error, result.code)
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: "/usr/bin/python3"), "python3 is not installed"))
    func anExportIsRecomputedToTheLastMicroAndAnAlteredOneIsNot() async throws {
        let (program, ada, _, _, _) = try await market()
        _ = try await ada.post("/v1/me/payouts", ["amount": "20.00"])
        for path in ["/v1/me/export", "/v1/me/export?weights=true"] {
            let export = try await ada.get(path)
            #expect(export.status == 200)
            let (output, code) = try recompute(export.body, program.folder)
            #expect(code == 0, "\(output)")
            #expect(output.contains("3 recordings, 0 reviews, 3 licences, 1 payouts"))
        }
        // One micro anywhere shows.
        let text = String(decoding: try await ada.get("/v1/me/export?weights=true").body, as: UTF8.self)
        let document = try JSON.parse(Array(text.utf8), limits: .trusted)
        func amount(_ path: String) throws -> String {
            var value: JSON? = document
            for key in path.split(separator: ".") { value = Int(key).map { value?[$0] } ?? value?[String(key)] }
            return try #require(value?.asString, "\(path)")
        }
        for path in [
            "recordings.0.pay.total", "licences.0.shares.0.amount", "licences.2.fee", "statement.0.available",
            "balances.available", "licences.1.total_weight", "recordings.1.weight", "quotes.0.hourly", "payouts.0.amount",
        ] {
            let right = try amount(path)
            let wrong = String(right.dropLast()) + (right.hasSuffix("1") ? "2" : "1")
            // Only the text at the path changes: every other occurrence would hide the lie.
            let altered = try document.replacing(path.split(separator: ".").map(String.init), with: .string(wrong))
            let (output, code) = try recompute(Data(altered.bytes()), program.folder)
            #expect(code == 1, "\(path): \(output)")
        }
        #expect(try recompute(Data("{}".utf8), program.folder).code == 2)
    }

    @Test(arguments: ["hledger", "ledger", "bean-check"])
    func theJournalOfAStatementIsAcceptedByOtherPrograms(_ tool: String) async throws {
        guard FileManager.default.isExecutableFile(atPath: "/usr/bin/\(tool)") else {
            print("skipped: \(tool) is not installed")
            return
        }
        let (program, ada, acme, admin, licence) = try await market()
        let payout = try await ada.post("/v1/me/payouts", ["amount": "20.00"])
        #expect(payout.status == 201)
        #expect(try await admin.post("/v1/admin/licences/\(licence)/refund", ["reason": "model withdrawn"]).status == 201)
        let form = tool == "bean-check" ? "beancount" : "hledger"
        for (name, client) in [("ada", ada), ("acme", acme)] {
            let statement = try await client.get("/v1/me/statement", fields: ["Accept": "text/x-\(form)"])
            #expect(statement.status == 200 && statement.fields["content-type"] == "text/x-\(form); charset=utf-8")
            try check(statement.body, with: tool, "\(program.folder)/\(name).\(form)")
            // From a day in the future everything is in the opening balance.
            let later = try await client.get("/v1/me/statement?from=2100-01-01&format=\(form)")
            try check(later.body, with: tool, "\(program.folder)/\(name)-later.\(form)")
            // A lie of one micro is refused.
            let lie = String(decoding: statement.body, as: UTF8.self).replacing(
                form == "hledger" ? " 0.000000 USD = " : " ~ 0 USD", with: form == "hledger" ? " 0.000000 USD = 1" : ".1 ~ 0 USD")
            let refused = try run(tool, Data(lie.utf8), "\(program.folder)/lie.\(form)")
            #expect(refused.code != 0)
        }
        // The whole books, as the admin exports them.
        let books = try Program.run("ledger", "export", "--format", form, "--data", program.folder).output
        try check(Data(books.utf8), with: tool, "\(program.folder)/books.\(form)")
    }

    /// The demonstration's books, once all of its recordings are decided.
    @Test(arguments: ["hledger", "ledger", "bean-check"])
    func theDemonstrationsBooksAreAcceptedByOtherPrograms(_ tool: String) async throws {
        guard FileManager.default.isExecutableFile(atPath: "/usr/bin/\(tool)") else {
            print("skipped: \(tool) is not installed")
            return
        }
        let program = try Program("--demo")
        let admin = Client(
            base: program.base,
            key: try Program.run("admin", "create", "--data", program.folder).output.trimmingCharacters(in: .newlines))
        for state in ["waiting", "leased"] {
            while try await admin.get("/v1/admin/jobs?state=\(state)").json["data"]?.asArray?.isEmpty == false {}
        }
        let form = tool == "bean-check" ? "beancount" : "hledger"
        let books = try Program.run("ledger", "export", "--format", form, "--data", program.folder)
        #expect(books.code == 0 && books.output.utf8.count > 10_000, "\(books.error)")
        try check(Data(books.output.utf8), with: tool, "\(program.folder)/books.\(form)")
        let verified = try Program.run("ledger", "verify", "--data", program.folder)
        #expect(verified.code == 0, "\(verified.output) \(verified.error)")
    }

    private func check(_ journal: Data, with tool: String, _ path: String) throws {
        let result = try run(tool, journal, path)
        #expect(result.code == 0, "\(tool): \(result.output) \(result.error)")
        #expect(!result.error.contains("Warning"), "\(tool): \(result.error)")
    }

    private func run(_ tool: String, _ journal: Data, _ path: String) throws -> (output: String, error: String, code: Int32) {
        try journal.write(to: URL(fileURLWithPath: path))
        let arguments =
            switch tool {
            case "hledger": ["-f", path, "check", "-s"]
            case "ledger": ["-f", path, "--strict", "balance"]
            default: [path]
            }
        return try Child.run("/usr/bin/\(tool)", arguments)
    }

    @Test func aLicenceIsExplainedShareByShare() async throws {
        let (program, _, _, _, licence) = try await market()
        let text = try Program.run("royalties", "explain", licence, "--data", program.folder)
        #expect(text.code == 0 && text.output.contains("the books agree with the rules, to the last micro"), "\(text)")
        let json = try Program.run("royalties", "explain", licence, "--json", "--data", program.folder)
        let document = try JSON.parse(Array(json.output.utf8), limits: .trusted)
        let parts = try #require(document["royalties"]?["parts"]?.asArray)
        let sum = parts.compactMap { $0["share"]?["amount"]?.asString }.compactMap(Decimal6.parse).reduce(0, +)
        #expect(parts.count == 6 && sum == Decimal6.parse(document["royalties"]?["total"]?["amount"]?.asString ?? ""))
        #expect(try Program.run("royalties", "explain", "lic_nothing", "--data", program.folder).code == 2)
        // One micro moved from one recording to another, as somebody with the file could do.
        #expect(program.stop() == 0)
        let moved = try Child.run(
            "/usr/bin/env",
            [
                "python3", "-c",
                """
                import sqlite3, sys
                db = sqlite3.connect(sys.argv[1] + "/fairvoice.sqlite3")
                rows = db.execute("SELECT recording FROM royalty WHERE licence = ? ORDER BY recording", [sys.argv[2]]).fetchall()
                for (row, by) in ((rows[0], 1), (rows[1], -1)):
                    db.execute("UPDATE royalty SET amount = amount + ? WHERE licence = ? AND recording = ?", [by, sys.argv[2], row[0]])
                db.commit()
                """, program.folder, licence,
            ])
        #expect(moved.code == 0, "\(moved.error)")
        let caught = try Program.run("royalties", "explain", licence, "--data", program.folder)
        #expect(caught.code == 1 && caught.output.components(separatedBy: "DIFFERENT  share of").count == 3, "\(caught.output)")
    }
}

extension JSON {
    /// The same document with another value at the end of a path of keys and indexes.
    fileprivate func replacing(_ path: [String], with value: JSON) throws -> JSON {
        guard let key = path.first else { return value }
        let rest = Array(path.dropFirst())
        if var array = asArray, let index = Int(key) {
            array[index] = try array[index].replacing(rest, with: value)
            return .array(array)
        }
        guard var object = asObject, let inner = object[key] else { throw ProgramError("nothing at \(key)") }
        object[key] = try inner.replacing(rest, with: value)
        return .object(object)
    }
}
