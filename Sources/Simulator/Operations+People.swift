import HTTP
import JSON

/// People come, say who they are, grant and withdraw.
extension Operation {
    static let purposes = ["emotion-recognition", "speech-recognition", "speech-synthesis", "research-only", "advertising"]

    static let people = [
        Operation("sign up contributor", 12) { sim in
            guard sim.model.people.count < 14 else { return }
            var accents = [sim.chance.word("de", "en-GB", "fi"): sim.chance.word("", "bavarian")]
            accents["de", default: ""] += ""
            let languages = accents.sorted { $0.key < $1.key }.map { language, accent -> JSON in
                ["language": .string(language), "accent": accent.isEmpty ? nil : .string(accent)]
            }
            let body: JSON = ["languages": .array(languages), "region": .string(sim.chance.word("DE", "US", "FR"))]
            let ask = sim.ask(nil, .post, "/v1/contributors", body, isKeyed: false)
            let answer = try sim.perform(
                "sign up contributor", ask,
                expecting: .done(201, []) { model, answer in
                    guard let id = answer["contributor"]?["id"]?.asString else { return }
                    model.people[id] = Model.Person(accents: accents)
                })
            sim.keys[answer["contributor"]?["id"]?.asString ?? ""] = answer["key"]?["key"]?.asString
        },
        Operation("sign up buyer", 4) { sim in
            guard sim.model.buyers.count < 5 else { return }
            let ask = sim.ask(nil, .post, "/v1/buyers", ["name": "Buyer \(sim.number)"], isKeyed: false)
            let answer = try sim.perform(
                "sign up buyer", ask,
                expecting: .done(201, []) { model, answer in
                    guard let id = answer["buyer"]?["id"]?.asString else { return }
                    model.buyers.insert(id)
                })
            sim.keys[answer["buyer"]?["id"]?.asString ?? ""] = answer["key"]?["key"]?.asString
        },
        Operation(
            "grant", 16,
            draft: { sim in
                guard let person = sim.anyPerson() else { return nil }
                let wanted = Set((0...sim.chance.int(0...4)).map { _ in sim.chance.pick(purposes)! })
                return Draft(sim.ask(person, .post, "/v1/me/consents", ["purposes": .strings(wanted.sorted())])) { _ in
                    .done(201, [("purposes", .strings(wanted.sorted()))]) { model, answer in
                        model.people[person]!.grants[answer["id"]?.asString ?? ""] = wanted
                    }
                }
            }),
        Operation("withdraw grant", 3) { sim in
            guard let person = sim.anyPerson(), let grant = sim.chance.pick(sim.model.people[person]!.grants.keys.sorted())
            else { return }
            // Somebody else's grant is not there.
            let asker = sim.chance.happens(100) ? sim.anyPerson()! : person
            let ask = sim.ask(asker, .post, "/v1/me/consents/\(grant)/withdrawal", isKeyed: false)
            try sim.perform(
                "withdraw grant", ask,
                expecting: asker != person
                    ? .refused(404)
                    : .done(200, [("id", .string(grant))]) { model, _ in model.people[person]!.grants[grant] = nil })
        },
        Operation("change details", 4) { sim in
            guard let person = sim.anyPerson() else { return }
            let details = sim.chance.happens(800) ? "DE\(sim.number)" : nil
            let ask = sim.ask(person, .patch, "/v1/me", ["payout_details": .orNull(details)])
            let now = sim.now
            try sim.perform(
                "change details", ask,
                expecting: .done(200, [("payout_details", .orNull(details))]) { model, _ in
                    model.people[person]!.change(details, at: now)
                })
        },
        Operation("balance", 20) { sim in
            if sim.chance.happens(300), let buyer = sim.anyBuyer() {
                let prepaid = sim.model.funds(Model.prepaid(buyer))
                try sim.perform(
                    "balance", sim.ask(buyer, .get, "/v1/me/balance"),
                    expecting: .done(200, [("prepaid", Simulation.usd(prepaid))]))
            } else if let person = sim.anyPerson() {
                let facts = [
                    ("available", Simulation.usd(sim.model.funds(Model.available(person)))),
                    ("reserved", Simulation.usd(sim.model.funds(Model.reserved(person)))),
                ]
                try sim.perform("balance", sim.ask(person, .get, "/v1/me/balance"), expecting: .done(200, facts))
            }
        },
    ]
}
