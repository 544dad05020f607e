import HTTP
import JSON

/// What is wanted, and what it is worth.
extension Operation {
    private static let registers = ["doctor", "friend", "boss", "child"]
    private static let settings = ["quiet", "street", "crowd"]
    private static let emotions = ["anger", "neutral", "fear"]
    private static let elicitations = ["scripted", "acted", "spontaneous"]

    static func cell(_ sim: Simulation, isOpen: Bool) -> Cell {
        func part(_ words: [String]) -> String { isOpen && sim.chance.happens(500) ? "" : sim.chance.pick(words)! }
        return Cell(
            language: sim.chance.word("de", "en-GB", "fi"), accent: sim.chance.happens(200) ? "bavarian" : "",
            register: part(registers), setting: part(settings), emotion: part(emotions))
    }

    /// The members of a cell, without what stands for any.
    static func members(_ cell: Cell) -> JSONObject {
        let parts = [
            ("language", cell.language), ("accent", cell.accent), ("register", cell.register), ("setting", cell.setting),
            ("emotion", cell.emotion),
        ]
        return JSONObject(members: parts.map { ($0.0, $0.1.isEmpty ? nil : .string($0.1)) })
    }

    static let offers = [
        Operation(
            "scenario", 3,
            draft: { sim in
                let cell = cell(sim, isOpen: false)
                let elicitation = sim.chance.pick(elicitations)!
                var body = members(cell)
                body["title"] = "Scenario \(sim.number)"
                body["prompt"] = "Say something."
                body["elicitation"] = .string(elicitation)
                return Draft(sim.ask("admin", .post, "/v1/admin/scenarios", .object(body))) { _ in
                    .done(201, [("language", .string(cell.language))]) { model, answer in
                        model.scenarios[answer["id"]?.asString ?? ""] = (cell, elicitation)
                    }
                }
            }),
        Operation(
            "target", 4,
            draft: { sim in
                let cell = cell(sim, isOpen: true)
                let hours = sim.chance.int(0...20)
                var body = members(cell)
                body["hours"] = .integer(Int64(hours))
                return Draft(sim.ask("admin", .post, "/v1/admin/targets", .object(body))) { sim in
                    .done(201, []) { model, _ in
                        model.wanted[cell] = hours * 3600
                        model.renewPremiums(at: sim.now)
                    }
                }
            }),
        Operation(
            "rate card", 2,
            draft: { sim in
                let document = newCard(sim)
                return Draft(sim.ask("admin", .post, "/v1/admin/rate-cards", document)) { sim in
                    .done(201, [("number", .count(sim.model.cards.count + 1))]) { model, _ in
                        model.cards.append(Card(document: document))
                        model.renewPremiums(at: sim.now)
                    }
                }
            }),
        Operation(
            "quote", 60,
            draft: { sim in
                guard let person = sim.anyPerson() else { return nil }
                var body = JSONObject()
                var asked: (cell: Cell, elicitation: String)
                if sim.chance.happens(300), let id = sim.chance.pick(sim.model.scenarios.keys.sorted()) {
                    asked = sim.model.scenarios[id]!
                    body["scenario"] = .string(id)
                } else {
                    asked = (cell(sim, isOpen: false), sim.chance.pick(elicitations)!)
                    body = members(asked.cell)
                    body["elicitation"] = .string(asked.elicitation)
                }
                if asked.cell.accent.isEmpty { asked.cell.accent = sim.model.people[person]!.accents[asked.cell.language] ?? "" }
                let most = sim.model.card.quoteSecondsMax
                let seconds = sim.chance.happens(600) ? sim.chance.int(1...600) : sim.chance.happens(950) ? most : most + 1
                body["seconds"] = .count(seconds)
                let (cell, elicitation) = asked
                return Draft(sim.ask(person, .post, "/v1/quotes", .object(body))) { sim in
                    let card = sim.model.card
                    guard seconds <= card.quoteSecondsMax else { return .refused(422) }
                    var model = sim.model
                    model.renewPremiums(at: sim.now)
                    let premiums = model.premiums
                    let tier = model.people[person]!.tiers[cell.language] ?? "novice"
                    let price = model.price(cell, elicitation, tier: tier)
                    let offer = model.offer(cell, seconds: seconds, at: sim.now)
                    let expiresAt = sim.now + card.quoteDays * 86_400_000
                    let facts: [(path: String, value: JSON)] = [
                        ("per_finished_hour", Simulation.usd(price.hourly + (offer?.perHour ?? 0))),
                        ("rate_card.number", .count(sim.model.cards.count)), ("request.tier", .string(tier)),
                    ]
                    return .done(201, facts) { model, answer in
                        model.premiums = premiums
                        model.quotes[answer["id"]?.asString ?? ""] = Model.Quote(
                            owner: person, card: model.cards.count, cell: cell, elicitation: elicitation,
                            hourlyBeforeTier: price.beforeTier, hourly: price.hourly, tierFactor: card.factor("tiers", tier),
                            secondsMax: seconds, expiresAt: expiresAt, offer: offer)
                    }
                }
            }),
        Operation("look at quote", 6) { sim in
            guard let id = sim.chance.key(of: sim.model.quotes), let person = sim.anyPerson() else { return }
            let quote = sim.model.quotes[id]!
            let facts = [
                ("per_finished_hour", Simulation.usd(quote.hourly + (quote.offer?.perHour ?? 0))),
                ("seconds_used", JSON.number(Double(quote.usedMilliseconds) / 1000)),
            ]
            let ask = sim.ask(person, .get, "/v1/quotes/\(id)")
            let json = try sim.perform(
                "look at quote", ask, expecting: person == quote.owner ? .done(200, [facts[0]]) : .refused(404))
            guard person == quote.owner, json["seconds_used"]?.asNumber != facts[1].1.asNumber else { return }
            throw sim.differ("quote \(id) has used \(json["seconds_used"] ?? .null), not \(facts[1].1)")
        },
    ]

    /// The card in force with something changed in it.
    private static func newCard(_ sim: Simulation) -> JSON {
        var card = sim.model.card.document.asObject ?? [:]
        card["number"] = nil
        func factor(_ low: Int, _ high: Int) -> JSON {
            .string(String(Card.decimal(sim.chance.int(low...high) * 1000).dropLast(3)))
        }
        func change(_ table: String, _ key: String, _ value: JSON) {
            var members = card[table]?.asObject ?? [:]
            members[key] = value
            card[table] = .object(members)
        }
        for _ in 0...sim.chance.int(0...4) {
            switch sim.chance.int(0...8) {
            case 0: card["base_per_hour"] = .string(Card.decimal(sim.chance.int(5_000_000...90_000_000)))
            case 1: change("scarcity", "slope", factor(0, 4000))
            case 2: change("scarcity", "cap", factor(1000, 5000))
            case 3: change("emotions", sim.chance.pick(emotions)!, factor(500, 3000))
            case 4: change("tiers", "novice", factor(800, 1500))
            case 5: change("grades", sim.chance.word("A", "B", "C"), factor(100, 2500))
            case 6: card["payout_minimum"] = .string(Card.decimal(sim.chance.int(1...500) * 10_000))
            case 7: card["quote_valid_days"] = .integer(Int64(sim.chance.int(1...30)))
            default:
                let royalties = sim.chance.int(300...800)
                let fund = sim.chance.int(0...1000 - royalties)
                let policy = [royalties - 100, 100, fund, 1000 - royalties - fund].map { part in
                    JSON.string(String(Card.decimal(part * 1000).dropLast(3)))
                }
                card["royalty_policy"] = [
                    "royalties": policy[0], "reviewers": policy[1], "acquisition_fund": policy[2], "operations": policy[3],
                ]
            }
        }
        return .object(card)
    }
}
