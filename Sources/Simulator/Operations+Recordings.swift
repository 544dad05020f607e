import Crypto
import HTTP
import JSON

/// An upload on its way.
struct Upload {
    let person: String
    let ask: Machine.Ask
    let quote: String
    let scenario: String?
}

/// Uploads, whole or in two steps with others between, and withdrawals.
extension Operation {
    private static func draw(_ sim: Simulation) -> Upload? {
        guard let person = sim.anyPerson() else { return nil }
        let isAny = sim.chance.happens(20)
        let isUsable = sim.chance.happens(900)
        let found = sim.chance.key(of: sim.model.quotes) {
            isAny
                || $0.owner == person
                    && (!isUsable || $0.expiresAt > sim.now && $0.usedMilliseconds < $0.secondsMax * 1000)
        }
        guard let quote = found else { return nil }
        let scenario = sim.chance.happens(100) ? sim.chance.pick(sim.model.scenarios.keys.sorted()) : nil
        // Now and then bytes that this person or another one has sent before.
        let text = sim.chance.happens(60) ? "sound \(sim.chance.int(1...sim.number))" : "sound \(sim.number)"
        var ask = sim.ask(person, .post, "/v1/recordings?quote=\(quote)" + (scenario.map { "&scenario=\($0)" } ?? ""))
        ask.body = Array(text.utf8)
        ask.mediaType = "audio/wav"
        return Upload(person: person, ask: ask, quote: quote, scenario: scenario)
    }

    /// What the model expects when the bytes are there.
    private static func verdict(_ sim: Simulation, _ upload: Upload, begun: Int) -> Simulation.Verdict {
        let sha256 = Hex.encode(SHA256.hash(upload.ask.body))
        let refusal = sim.model.refusal(
            of: upload.quote, by: upload.person, scenario: upload.scenario, begun: begun, at: sim.now)
        // Without an idempotency key a quote that takes nothing refuses before any byte is sent.
        if let refusal, upload.ask.idempotencyKey == nil { return .refused(refusal.0, refusal.1) }
        let known = sim.model.recordings.first { $0.value.owner == upload.person && $0.value.sha256 == sha256 }
        if let known {
            return .done(200, [("id", .string(known.key)), ("status", .string(known.value.status))])
        }
        if let refusal { return .refused(refusal.0, refusal.1) }
        return .done(201, [("status", "queued"), ("sha256", .string(sha256))]) { model, answer in
            let id = answer["id"]?.asString ?? ""
            model.recordings[id] = Model.Recording(owner: upload.person, quote: upload.quote, sha256: sha256)
        }
    }

    static let recordings = [
        Operation("upload", 130) { sim in
            guard let upload = draw(sim) else { return }
            try sim.perform("upload", upload.ask, expecting: verdict(sim, upload, begun: sim.now))
            try sim.learnJobs()
        },
        Operation("begin upload", 12) { sim in
            guard sim.uploads.count < 8, let upload = draw(sim), upload.ask.idempotencyKey != nil else { return }
            switch sim.machine.open(upload.ask) {
            case .success(let opened):
                sim.note("begin upload")
                sim.uploads.append((opened, upload, sim.now))
            case .failure(let answered): throw sim.differ("an upload was refused at once: \(answered.response.status)")
            }
        },
        Operation("end upload", 14) { sim in
            guard !sim.uploads.isEmpty else { return }
            let (opened, upload, begun) = sim.uploads.remove(at: sim.chance.int(0...sim.uploads.count - 1))
            // The server that knew when it began is gone, or answered already: sent again, it begins now.
            let later = verdict(sim, upload, begun: sim.now)
            try sim.settle("end upload", upload.ask, verdict(sim, upload, begun: begun), ifSentAgain: later) {
                Machine.finish(opened, body: upload.ask.body)
            }
            try sim.learnJobs()
        },
        Operation("withdraw recording", 8) { sim in
            guard let id = sim.chance.key(of: sim.model.recordings), let person = sim.anyPerson() else { return }
            let owner = sim.model.recordings[id]!.owner
            let asker = sim.chance.happens(800) ? owner : person
            try sim.perform(
                "withdraw recording", sim.ask(asker, .delete, "/v1/recordings/\(id)"),
                expecting: asker != owner
                    ? .refused(404)
                    : .done(200, [("status", "withdrawn")]) { model, _ in
                        if model.recordings[id]!.status != "withdrawn" { model.withdraw(id) }
                    })
        },
        Operation("look at recording", 14) { sim in
            guard let id = sim.chance.key(of: sim.model.recordings) else { return }
            let recording = sim.model.recordings[id]!
            var facts: [(path: String, value: JSON)] = [("status", .string(recording.status))]
            if recording.pay > 0 { facts.append(("pay.total", Simulation.usd(recording.pay))) }
            try sim.perform(
                "look at recording", sim.ask(recording.owner, .get, "/v1/recordings/\(id)"), expecting: .done(200, facts))
        },
    ]
}
