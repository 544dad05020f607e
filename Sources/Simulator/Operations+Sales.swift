import HTTP
import JSON
import Market
import Storage

/// Deposits, data sets, snapshots and licences.
extension Operation {
    static let sales = [
        Operation(
            "deposit", 12,
            draft: { sim in
                guard let buyer = sim.anyBuyer() else { return nil }
                let micros = sim.chance.happens(500) ? sim.chance.int(1...900) * 1_000_000 : sim.chance.int(1...90_000_000)
                let body: JSON = [
                    "buyer": .string(buyer), "amount": .string(Card.decimal(micros)), "reference": "bank \(sim.number)",
                ]
                return Draft(sim.ask("admin", .post, "/v1/admin/deposits", body)) { _ in
                    .done(201, [("amount", Simulation.usd(micros))]) { model, _ in
                        model.book([("assets:bank", micros), (Model.prepaid(buyer), -micros)])
                    }
                }
            }),
        Operation(
            "bounty", 6,
            draft: { sim in
                guard let buyer = sim.anyBuyer() else { return nil }
                let cell = cell(sim, isOpen: true)
                let amount = sim.chance.int(500...9000) * 10_000
                let perHour = sim.chance.happens(300) ? 0 : sim.chance.int(1...60_000_000)
                var body = members(cell)
                body["amount"] = .string(Card.decimal(amount))
                body["per_hour"] = .string(Card.decimal(perHour))
                return Draft(sim.ask(buyer, .post, "/v1/bounties", .object(body))) { sim in
                    if amount < 10_000_000 { return .refused(422) }
                    if sim.model.funds(Model.prepaid(buyer)) < amount { return .refused(402) }
                    return .done(201, [("held", Simulation.usd(amount))]) { model, answer in
                        let id = answer["id"]?.asString ?? ""
                        model.bounties[id] = Model.Bounty(buyer: buyer, cell: cell, perHour: perHour)
                        model.book([(Model.prepaid(buyer), amount), (Model.bounty(id), -amount)])
                    }
                }
            }),
        Operation(
            "close bounty", 3,
            draft: { sim in
                guard let id = sim.chance.key(of: sim.model.bounties), let anyone = sim.anyBuyer() else { return nil }
                let owner = sim.model.bounties[id]!.buyer
                let buyer = sim.chance.happens(900) ? owner : anyone
                return Draft(sim.ask(buyer, .post, "/v1/bounties/\(id)/closure")) { sim in
                    guard buyer == owner else { return .refused(404) }
                    var closed = sim.model
                    if closed.bounties[id]!.status == "open" { closed.close(id, at: sim.now) }
                    let facts = [
                        ("status", JSON.string(closed.bounties[id]!.status)),
                        ("held", Simulation.usd(closed.funds(Model.bounty(id)))),
                    ]
                    return .done(200, facts) { model, _ in
                        if model.bounties[id]!.status == "open" { model.close(id, at: sim.now) }
                    }
                }
            }),
        Operation("keep house", 6) { sim in
            let fault = sim.armPerhaps()
            do {
                try sim.machine.market.keepHouse(at: sim.machine.now)
                if let fault, sim.machine.disarm() { try sim.endIfBroken(fault) }
            } catch let error as StorageError {
                guard let fault, sim.machine.disarm() else { throw sim.differ("keep house failed: \(error)") }
                sim.note("keep house under \(fault) → \(error)")
                try sim.endIfBroken(fault)
                try sim.machine.market.keepHouse(at: sim.machine.now)
            }
            sim.note("keep house")
            sim.model.renewPremiums(at: sim.now)
            for id in sim.model.bounties.keys.sorted() where sim.model.bounties[id]!.status == "closing" {
                if min(sim.model.promised(id, at: sim.now), sim.model.funds(Model.bounty(id))) == 0 {
                    sim.model.close(id, at: sim.now)
                }
            }
            try sim.compareBalances()
            try sim.afterAnEnd()
        },
        Operation(
            "data set", 8,
            draft: { sim in
                guard let buyer = sim.anyBuyer() else { return nil }
                var cell = cell(sim, isOpen: true)
                if sim.chance.happens(700) { cell.accent = "" }
                var query = Query(cell: cell)
                if sim.chance.happens(600) { query.purpose = sim.chance.pick(purposes) }
                if sim.chance.happens(300) { query.grade = sim.chance.word("A", "B", "C") }
                if sim.chance.happens(200) { query.snrMin = Double(sim.chance.int(5...30)) }
                var members = members(cell)
                members["purpose"] = .ifPresent(query.purpose)
                members["grade"] = .ifPresent(query.grade)
                members["min_snr_db"] = .ifPresent(query.snrMin)
                let wanted = query
                return Draft(sim.ask(buyer, .post, "/v1/datasets", ["name": "Set", "query": .object(members)])) { _ in
                    .done(201, []) { model, answer in model.dataSets[answer["id"]?.asString ?? ""] = (buyer, wanted) }
                }
            }),
        Operation(
            "snapshot", 25,
            draft: { sim in
                guard let id = sim.chance.key(of: sim.model.dataSets) else { return nil }
                let (owner, query) = sim.model.dataSets[id]!
                let buyer = sim.chance.happens(950) ? owner : sim.anyBuyer()!
                return Draft(sim.ask(buyer, .post, "/v1/datasets/\(id)/snapshots")) { sim in
                    guard buyer == owner else { return .refused(404) }
                    let members = sim.model.search(query)
                    guard !members.isEmpty else { return .refused(409, "empty-snapshot") }
                    let recordings = members.map { sim.model.recordings[$0]! }
                    let facts: [(path: String, value: JSON)] = [
                        ("recordings", .count(members.count)), ("speakers", .count(Set(recordings.map(\.owner)).count)),
                    ]
                    let milliseconds = recordings.reduce(0) { $0 + $1.milliseconds }
                    return .done(201, facts) { model, answer in
                        model.snapshots[answer["id"]?.asString ?? ""] = Model.Snapshot(
                            buyer: owner, members: members, milliseconds: milliseconds)
                    }
                }
            }),
        Operation(
            "licence", 45,
            draft: { sim in
                guard let id = sim.chance.key(of: sim.model.snapshots) else { return nil }
                let snapshot = sim.model.snapshots[id]!
                let buyer = sim.chance.happens(970) ? snapshot.buyer : sim.anyBuyer()!
                let licence = Model.Licence(
                    snapshot: id, model: "model \(sim.chance.int(1...30))", purpose: sim.chance.pick(purposes)!, endsAt: nil)
                let context = sim.chance.happens(930) ? "general" : "workplace"
                let term = sim.chance.word("1-year", "3-years", "perpetual")
                let body: JSON = [
                    "snapshot": .string(id), "model": .string(licence.model), "purpose": .string(licence.purpose),
                    "term": .string(term), "use_context": .string(context),
                ]
                return Draft(sim.ask(buyer, .post, "/v1/licences", body)) { sim in
                    verdict(sim, licence, of: snapshot, by: buyer, context: context, term: term)
                }
            }),
        Operation("look at licence", 8) { sim in
            guard let id = sim.chance.key(of: sim.model.licences), let buyer = sim.anyBuyer() else { return }
            let owner = sim.model.snapshots[sim.model.licences[id]!.snapshot]!.buyer
            let facts = [("model", JSON.string(sim.model.licences[id]!.model))]
            try sim.perform(
                "look at licence", sim.ask(buyer, .get, "/v1/licences/\(id)"),
                expecting: buyer == owner ? .done(200, facts) : .refused(404))
        },
    ]

    private static func verdict(
        _ sim: Simulation, _ wanted: Model.Licence, of snapshot: Model.Snapshot, by buyer: String, context: String, term: String
    ) -> Simulation.Verdict {
        let model = sim.model
        guard snapshot.buyer == buyer else { return .refused(422) }
        if context == "workplace", wanted.purpose == "emotion-recognition" { return .refused(403, "prohibited-use") }
        let refused = snapshot.members.contains { member in
            let recording = model.recordings[member]!
            return recording.status != "accepted" || !model.grants(recording.owner, wanted.purpose)
        }
        if refused { return .refused(409, "not-licensable") }
        let isInForce = model.licences.values.contains {
            $0.snapshot == wanted.snapshot && $0.model == wanted.model && $0.purpose == wanted.purpose
                && ($0.endsAt == nil || $0.endsAt! > sim.now)
        }
        if isInForce { return .refused(409, "licence-in-force") }
        guard let fee = model.fee(wanted.snapshot, wanted.purpose, term), fee > 0 else { return .refused(422) }
        guard model.funds(Model.prepaid(buyer)) >= fee else { return .refused(402) }
        var licence = wanted
        licence.endsAt = ["1-year": 365, "3-years": 1095][term].map { sim.now + $0 * 86_400_000 }
        let people = Set(snapshot.members.map { model.recordings[$0]!.owner })
        let granted = licence
        return .done(201, [("fee", Simulation.usd(fee)), ("contributors", .count(people.count))]) { model, answer in
            model.sell(answer["id"]?.asString ?? "", granted, fee: fee)
        }
    }
}
