import Domain
import HTTP
import JSON
import Market
import Storage

/// The worker pool: leases, results, lateness.
extension Operation {
    static let analyses = [
        Operation("lease", 150) { sim in
            let worker = "worker-\(sim.number)"
            let seconds = Int64(sim.chance.happens(150) ? 1 : 300)
            let free = sim.model.jobs.filter {
                $0.value.state == "waiting" || $0.value.state == "leased" && $0.value.until < sim.now
            }
            let expected = free.keys.min()
            let job = try sim.work("lease") { market, db, now in
                try market.leaseJob(as: worker, seconds: seconds, at: now, in: db)
            }
            guard let job = job.value else { return try sim.adoptLease(of: expected) }
            guard job?.id.text == expected else {
                throw sim.differ("leased \(job?.id.text ?? "nothing"), not \(expected ?? "nothing")")
            }
            guard let job else { return }
            sim.held.append(job)
            sim.model.jobs[job.id.text]!.state = "leased"
            sim.model.jobs[job.id.text]!.lease = worker
            sim.model.jobs[job.id.text]!.until = sim.now + Int(seconds) * 1000
            sim.model.jobs[job.id.text]!.attempts += 1
            sim.seeStatus(of: job)
        },
        Operation("measured", 140) { sim in
            guard let job = sim.takeHeld() else { return }
            let rate = sim.chance.int(0...1) == 0 ? 16_000 : 44_100
            let samples = sim.chance.happens(100) ? sim.chance.int(1...rate) : sim.chance.int(1...300 * rate)
            let values = sim.values(seconds: Double(samples) / Double(rate))
            let measured = Measured(
                analyser: "simulated", mediaType: "audio/wav",
                values: Dictionary(uniqueKeysWithValues: values.map { (Measure(rawValue: $0.key)!, $0.value) }),
                measurements: [:], features: nil, emotion: nil, sampleCount: Int64(samples), sampleRateHz: Int64(rate))
            try sim.end(job, as: "measured") { market, db, now in
                try market.acceptRecording(measured, job: job, at: now, in: db)
            } effect: { model, recording in
                model.accept(recording, values, samples: samples, rate: rate, at: sim.now)
            }
        },
        Operation("unreadable", 10) { sim in
            guard let job = sim.takeHeld() else { return }
            try sim.end(job, as: "unreadable") { market, db, now in
                try market.rejectRecording(
                    code: "malformed-audio", sentence: "It is no audio.", analyser: "simulated", job: job, at: now, in: db)
            } effect: { model, recording in
                model.decide(recording, "rejected", 0)
            }
        },
        Operation("give up", 8) { sim in
            guard let job = sim.takeHeld() else { return }
            let state = job.attempts >= 5 ? "failed" : "waiting"
            try sim.end(job, as: "give up", endsIn: state) { market, db, now in
                try market.giveUp(job, error: "no luck", at: now, in: db)
            } effect: { _, _ in
            }
        },
        Operation("retry job", 3) { sim in
            guard
                let id = sim.chance.key(of: sim.model.jobs, where: { $0.state == "failed" }) ?? sim.chance.key(of: sim.model.jobs)
            else { return }
            let isFailed = sim.model.jobs[id]!.state == "failed"
            // Told twice it is refused, and it takes no key: so nothing breaks under it here.
            let response = sim.machine.send(sim.ask("admin", .post, "/v1/admin/jobs/\(id)/retry", isKeyed: false))
            guard response.status == (isFailed ? 204 : 409) else { throw sim.differ("retry job answered \(response.status)") }
            sim.note("retry job → \(response.status)")
            guard isFailed else { return }
            sim.model.jobs[id]!.state = "waiting"
            sim.model.jobs[id]!.attempts = 0
        },
    ]
}

extension Simulation {
    enum Outcome<Value> {
        case done(Value)
        case leaseLost
        /// The process ended before there was an answer.
        case unknown

        var value: Value? { if case .done(let value) = self { value } else { nil } }
    }

    /// A verb of the worker pool, perhaps under a fault. After one without effect it is tried again.
    func work<Value>(
        _ name: String, _ body: (Marketplace, Connection, Timestamp) throws -> Value
    ) throws -> Outcome<Value> {
        let fault = armPerhaps()
        for attempt in 1...2 {
            do {
                let value = try machine.market.store.write { db in try body(machine.market, db, machine.now) }
                if attempt == 1, let fault, machine.disarm() { try endIfBroken(fault) }
                note(name)
                count("\(name) done")
                return .done(value)
            } catch MarketError.leaseLost {
                if attempt == 1, fault != nil, machine.disarm() { throw differ("\(name): a fault looked like a lost lease") }
                note("\(name): lease lost")
                count("\(name) lease lost")
                return .leaseLost
            } catch let error as StorageError {
                guard attempt == 1, let fault, machine.disarm() else { throw differ("\(name) failed: \(error)") }
                note("\(name) under \(fault) → \(error)")
                if try endIfBroken(fault) { return .unknown }
                try compareBalances()
            }
        }
        throw differ("\(name) fails without a fault")
    }

    @discardableResult
    func endIfBroken(_ fault: Machine.Fault) throws -> Bool {
        guard fault.isDeath || machine.isBroken else { return false }
        try endNow()
        return true
    }

    /// Ends a held job and holds the outcome against the model: only who has the lease decides, and only what is undecided.
    func end(
        _ job: Job, as name: String, endsIn state: String = "done",
        _ body: (Marketplace, Connection, Timestamp) throws -> Void, effect: (inout Model, String) -> Void
    ) throws {
        let known = model.jobs[job.id.text]!
        let holds = known.state == "leased" && known.lease == job.lease
        let isOpen = ["queued", "analysing"].contains(model.recordings[job.subject]!.status)
        func apply() {
            model.jobs[job.id.text]!.state = state
            model.jobs[job.id.text]!.lease = ""
            if isOpen { effect(&model, job.subject) }
        }
        switch try work(name, body) {
        case .done:
            guard holds else { throw differ("\(name): \(job.id) was kept without its lease") }
            apply()
        case .leaseLost:
            guard !holds else { throw differ("\(name): \(job.id) lost its lease") }
        case .unknown:
            // The process ended: either all of it is there, or nothing, and the lease is free.
            let kept = try machine.market.store.read { db in try Jobs.list(state: nil, .init(limit: 1_000_000), in: db).rows }
            if holds, state == "done", kept.contains(where: { $0.id == job.id && $0.state.rawValue == "done" }) { apply() }
            if holds, state == "failed", kept.contains(where: { $0.id == job.id && $0.state.rawValue == "failed" }) { apply() }
        }
        try afterAnEnd()
    }

    func takeHeld() -> Job? {
        guard !held.isEmpty else { return nil }
        // Mostly the job that was leased last, sometimes one that is late.
        let index = chance.happens(800) ? held.count - 1 : chance.int(0...held.count - 1)
        // Now and then a worker sends its result twice.
        return chance.happens(50) ? held[index] : held.remove(at: index)
    }

    /// After a lease whose fate nobody knows: it is freed again, but it may have been counted.
    func adoptLease(of job: String?) throws {
        if let job {
            let rows = try machine.market.store.read { db in try Jobs.list(state: nil, .init(limit: 1_000_000), in: db).rows }
            guard let kept = rows.first(where: { $0.id.text == job }) else { throw differ("job \(job) is gone") }
            if Int(kept.attempts) == model.jobs[job]!.attempts + 1 {
                model.jobs[job]!.attempts += 1
                seeStatus(of: kept)
            }
        }
        try compare()
    }

    func seeStatus(of job: Job) {
        if model.recordings[job.subject]?.status == "queued" { model.recordings[job.subject]!.status = "analysing" }
    }

    /// Reads the ids of jobs that uploads have made; everything else about them is the model's.
    func learnJobs() throws {
        let news = try machine.market.store.read { db in
            try Jobs.list(state: .waiting, .init(limit: 1_000_000), in: db).rows.filter { model.jobs[$0.id.text] == nil }
        }
        for job in news {
            guard model.recordings[job.subject] != nil else { throw differ("a strange job: \(job)") }
            model.jobs[job.id.text] = Model.Job(recording: job.subject)
        }
        guard model.jobs.count == model.recordings.count else {
            throw differ("\(model.jobs.count) jobs for \(model.recordings.count) recordings")
        }
    }

    /// Measured values around the thresholds; now and then one is missing.
    func values(seconds: Double) -> [String: Double] {
        var values = [
            "duration_seconds": seconds, "snr_db": Double(chance.int(0...45)),
            "clipped_share": Double(chance.skewed(300)) / 10_000, "speech_share": Double(chance.int(20...100)) / 100,
            "bandwidth_hz": Double(chance.int(2_000...9_000)), "noise_floor_db": Double(chance.int(-80 ... -30)),
            "loudness_lufs": Double(chance.int(-50 ... -15)),
        ]
        if chance.happens(20) { values["snr_db"] = nil }
        return values
    }
}
