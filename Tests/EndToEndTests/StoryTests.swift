import Crypto
import Domain
import Foundation
import JSON
import TestSupport
import Testing

/// The whole story against the real program: a price before, a recording in, a licence out, royalties paid.
@Suite struct StoryTests {
    @Test func aVoiceIsPricedRecordedLicensedAndPaidAgain() async throws {
        let program = try Program()
        let admin = Client(
            base: program.base,
            key: try Program.run("admin", "create", "--data", program.folder).output.trimmingCharacters(in: .newlines))
        let anyone = Client(base: program.base)

        // An admin asks for anger in German: the estimate rises.
        let before = try await anyone.get("/v1/estimate?language=de&emotion=anger")
        #expect(try await admin.post("/v1/admin/targets", ["language": "de", "emotion": "anger", "hours": 10]).status == 201)
        let after = try await anyone.get("/v1/estimate?language=de&emotion=anger")
        let (low, high) = (try micros(before, "per_finished_hour"), try micros(after, "per_finished_hour"))
        #expect(high == low * 5 / 2)

        // A contributor locks the price; the signature holds without the server.
        let (ada, quote) = try await Client.contributor(program.base)
        let locked = try await ada.get("/v1/quotes/\(quote)")
        #expect(try micros(locked, "per_finished_hour") == high)
        let jwks = "\(program.folder)/jwks.json"
        try await anyone.get("/.well-known/jwks.json").body.write(to: URL(fileURLWithPath: jwks))
        let verified = try Program.run("quote", "verify", "--jwks", jwks, locked.text("jws") ?? "")
        #expect(verified.code == 0 && verified.output.contains(quote))
        let forged = try Program.run("quote", "verify", "--jwks", jwks, (locked.text("jws") ?? "").replacing("A", with: "B"))
        #expect(forged.code == 2)

        // A recording goes in; the same bytes again are the first recording.
        let audio = Speech.wav(seed: 1)
        let recording = try await ada.upload(audio, quote: quote)
        let receipt = try await ada.decided(recording)
        #expect(receipt.text("status") == "accepted")
        // The shipped model is in force from the start; it hears something, or says that it does not know.
        #expect(receipt.json["emotion_score"]?["label"]?.asString != nil)
        let picture = try await ada.get("/v1/recordings/\(recording)/picture")
        #expect(picture.status == 200 && String(decoding: picture.body, as: UTF8.self).contains(">happiness<"))
        let pay = try micros(receipt, "pay.total")
        #expect(pay == (try expectedPay(receipt, hourly: high)))
        let again = try await ada.send(
            "POST", "/v1/recordings?quote=\(quote)", body: audio, fields: ["Content-Type": "audio/wav"])
        #expect(again.status == 200 && again.text("id") == recording)
        #expect(try await micros(ada.get("/v1/me/balance"), "available") == pay)

        // A wrong digest stores nothing; a broken file is rejected with a reason, and the server goes on.
        let lying = try await ada.send(
            "POST", "/v1/recordings?quote=\(quote)", body: Speech.wav(seed: 2),
            fields: ["Content-Type": "audio/wav", "Content-Digest": "sha-256=:\(Base64.encode(SHA256.hash([1]))):"])
        #expect(lying.status == 400)
        let broken = try await ada.decided(ada.upload(Data("RIFF....WAVEjunk".utf8), quote: quote))
        #expect(broken.text("status") == "rejected" && broken.text("error.code") == "malformed-audio")

        // Somebody who grants another purpose stands outside the licence.
        let (ben, second) = try await Client.contributor(program.base, purposes: ["research-only"])
        #expect(try await ben.decided(ben.upload(Speech.wav(seed: 3), quote: second)).text("status") == "accepted")
        #expect(try await ben.get("/v1/recordings/\(recording)").status == 404)

        // A buyer pays; the fee is divided exactly.
        let signed = try await anyone.post("/v1/buyers", ["name": "Acme Speech"])
        let acme = Client(base: program.base, key: signed.text("key.key"))
        let deposit: JSON = ["buyer": .string(signed.text("buyer.id") ?? ""), "amount": "500", "reference": "invoice 1"]
        let funded = try await admin.post("/v1/admin/deposits", deposit, fields: ["Idempotency-Key": "deposit-1"])
        let repeated = try await admin.post("/v1/admin/deposits", deposit, fields: ["Idempotency-Key": "deposit-1"])
        #expect(funded.status == 201 && repeated.body == funded.body)
        #expect(try await micros(acme.get("/v1/me/balance"), "prepaid") == 500_000_000)
        let found = try await acme.get("/v1/catalogue?language=de&purpose=emotion-recognition&facets=emotion")
        #expect(found.json["data"]?.asArray?.count == 1)
        // One speaker is too few to be counted.
        #expect(found.json["totals"]?["recordings"] == .null)
        let set = try await acme.post(
            "/v1/datasets", ["name": "angry", "query": ["language": "de", "purpose": "emotion-recognition"]])
        let snapshot = try await acme.post("/v1/datasets/\(set.text("id") ?? "")/snapshots")
        func license(_ model: String, _ more: JSONObject = [:]) async throws -> Client.Answer {
            var request: JSONObject = [
                "snapshot": .string(snapshot.text("id") ?? ""), "model": .string(model), "purpose": "emotion-recognition",
                "term": "perpetual",
            ]
            for member in more { request[member.key] = member.value }
            return try await acme.post("/v1/licences", .object(request))
        }
        #expect(try await license("classifier", ["use_context": "workplace"]).status == 403)
        #expect(try await license("classifier", ["purpose": "advertising"]).status == 409)
        let licence = try await license("classifier")
        #expect(licence.status == 201)
        let parts = try ["royalties", "reviewers", "acquisition_fund", "operations"].map { try micros(licence, "division.\($0)") }
        #expect(try parts.reduce(0, +) == micros(licence, "fee"))
        #expect(try await license("classifier").status == 409)
        #expect(try await license("another model").status == 201)

        // Everyone in the snapshot was paid twice, and sees by whom.
        #expect(try await micros(ada.get("/v1/me/balance"), "available") == pay + 2 * parts[0])
        let uses = try await ada.get("/v1/me/usage").json["data"]?.asArray ?? []
        #expect(Set(uses.compactMap { $0["model"]?.asString }) == ["classifier", "another model"])
        let statement = try await ada.get("/v1/me/statement", fields: ["Accept": "text/csv"])
        #expect(String(decoding: statement.body, as: UTF8.self).split(whereSeparator: \.isNewline).count == 4)

        // The export is the same bytes each time, and in parts.
        let path = "/v1/licences/\(licence.text("id") ?? "")/export?format=webdataset"
        let whole = try await acme.get(path)
        let head = try await acme.get(path, fields: ["Range": "bytes=0-999"])
        let tail = try await acme.get(path, fields: ["Range": "bytes=1000-"])
        #expect(head.status == 206 && head.body + tail.body == whole.body)
        #expect(whole.fields["repr-digest"] == "sha-256=:\(Base64.encode(SHA256.hash(whole.body))):")
        #expect(whole.body.range(of: audio) != nil)

        // Withdrawn: out of the catalogue and of new licences at once, and in the signed feed.
        #expect(try await ada.send("DELETE", "/v1/recordings/\(recording)").text("status") == "withdrawn")
        #expect(try await acme.get("/v1/catalogue").json["data"]?.asArray?.count == 1)
        #expect(try await license("a third model").status == 409)
        let feed = try await anyone.get("/v1/revocations?since=0")
        #expect(feed.text("data.0.recording") == recording)

        // The books are right, also in the eyes of another program.
        let verdict = try Program.run("ledger", "verify", "--data", program.folder)
        #expect(verdict.code == 0, "\(verdict.output)")
        if FileManager.default.fileExists(atPath: "/usr/bin/hledger") {
            let journal = "\(program.folder)/books.journal"
            try Program.run("ledger", "export", "--format", "hledger", "--data", program.folder).output
                .write(toFile: journal, atomically: true, encoding: .utf8)
            let checked = try Child.run("/usr/bin/hledger", ["-f", journal, "check", "-s"])
            #expect(checked.code == 0, "\(checked.error)")
        }
        #expect(program.stop() == 0)
    }

    @Test func aPayoutIsReservedSentSettledAndComesBack() async throws {
        let program = try Program()
        let admin = Client(
            base: program.base,
            key: try Program.run("admin", "create", "--data", program.folder).output.trimmingCharacters(in: .newlines))
        let second = Client(
            base: program.base,
            key: try Program.run("admin", "create", "--data", program.folder).output.trimmingCharacters(in: .newlines))
        // A rich rate card, so that seconds earn whole dollars.
        guard var card = try await admin.get("/v1/rate-card").json["document"]?.asObject else {
            throw ProgramError("no rate card")
        }
        card["base_per_hour"] = "90000"
        #expect(try await admin.post("/v1/admin/rate-cards", .object(card)).status == 201)
        let (ada, quote) = try await Client.contributor(program.base, emotion: "neutral")
        #expect(try await ada.decided(ada.upload(Speech.wav(seed: 4), quote: quote)).text("status") == "accepted")
        let earned = try await micros(ada.get("/v1/me/balance"), "available")
        #expect(try await ada.post("/v1/me/payouts", ["amount": "0.001"]).status == 422)
        #expect(try await ada.post("/v1/me/payouts", ["amount": "100000.00"]).status == 402)
        let payout = try await ada.post("/v1/me/payouts", ["amount": "20.00"], fields: ["Idempotency-Key": "p1"])
        #expect(payout.status == 201)
        #expect(try await ada.post("/v1/me/payouts", ["amount": "20.00"], fields: ["Idempotency-Key": "p1"]).body == payout.body)
        #expect(try await micros(ada.get("/v1/me/balance"), "available") == earned - 20_000_000)
        let batch = try await admin.post("/v1/admin/payout-batches")
        let place = "/v1/admin/payout-batches/\(batch.text("id") ?? "")"
        #expect(batch.text("status") == "prepared")
        #expect(try await admin.post(place + "/approval").status == 409)
        #expect(try await second.post(place + "/approval").text("status") == "approved")
        #expect(try await admin.get(place + "/payouts").text("data.0.status") == "sent")
        let file = try await admin.get(place + "/file")
        #expect(String(decoding: file.body, as: UTF8.self).contains(",20.00,USD"))
        #expect(try await admin.post("/v1/admin/payout-batches").status == 409)
        let id = payout.text("id") ?? ""
        #expect(try await admin.post("/v1/admin/payouts/\(id)/settlement").text("status") == "settled")
        #expect(try await admin.post("/v1/admin/payouts/\(id)/return", ["reason": "AC04"]).text("status") == "returned")
        #expect(try await micros(ada.get("/v1/me/balance"), "available") == earned)
        #expect(try Program.run("ledger", "verify", "--data", program.folder).code == 0)
    }

    @Test func whatWasAcknowledgedSurvivesACrash() async throws {
        let program = try Program()
        let (ada, quote) = try await Client.contributor(program.base)
        var uploaded: [String: Data] = [:]
        for seed in 10..<14 {
            let audio = Speech.wav(seed: UInt64(seed))
            uploaded[try await ada.upload(audio, quote: quote)] = audio
        }
        program.kill()
        try program.start()
        let again = Client(base: program.base, key: ada.key)
        for (recording, audio) in uploaded {
            #expect(try await again.decided(recording).text("status") == "accepted")
            #expect(try await again.get("/v1/recordings/\(recording)/audio").body == audio)
        }
        let paid = try await again.get("/v1/me/statement").json["data"]?.asArray?.count
        #expect(paid == uploaded.count)
        #expect(try Program.run("ledger", "verify", "--data", program.folder).code == 0)
    }

    @Test(.enabled(if: TestData.has("speech/emodb/wav")))
    func fourContributorsAtOnceArePaidForRealSpeech() async throws {
        let program = try Program()
        let folder = TestData.url("speech/emodb/wav")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().prefix(100)
        let base = program.base
        let accepted = try await withThrowingTaskGroup(of: Int.self) { group in
            for person in 0..<4 {
                group.addTask {
                    let (client, quote) = try await Client.contributor(base)
                    var ids: [String] = []
                    for (index, file) in files.enumerated() where index % 4 == person {
                        ids.append(try await client.upload(Data(contentsOf: folder.appending(path: file)), quote: quote))
                    }
                    var count = 0
                    for id in ids where try await client.decided(id).text("pay.transaction") != nil { count += 1 }
                    return count
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(accepted == 100)
        #expect(try Program.run("ledger", "verify", "--data", program.folder).code == 0)
    }

    private func micros(_ answer: Client.Answer, _ path: String) throws -> Int64 {
        guard let text = answer.text("\(path).amount"), let money = Money(decimal: text, currency: .usd) else {
            throw ProgramError("no money at \(path) in \(answer.json)")
        }
        return money.micros
    }

    /// Pay by the public rule, from nothing but the receipt.
    private func expectedPay(_ receipt: Client.Answer, hourly: Int64) throws -> Int64 {
        let factor: Int128 = ["A": 1250, "B": 1000, "C": 600][receipt.text("grade") ?? ""] ?? 0
        guard let samples = receipt.json["measurements"]?["samples"]?.asInteger,
            let rate = receipt.json["measurements"]?["sample_rate_hz"]?.asInteger
        else { throw ProgramError("no measurements") }
        return Int64(Rounding.halfToEven(Int128(hourly) * factor * Int128(samples), over: Int128(rate) * 3_600_000))
    }
}
