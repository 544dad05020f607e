import HTTP
import JSON

/// What leaves for banks, and comes back.
extension Operation {
    static let payouts = [
        Operation(
            "payout", 25,
            draft: { sim in
                guard let person = sim.anyPerson() else { return nil }
                let available = sim.model.funds(Model.available(person)) / 10_000
                let wanted =
                    switch sim.chance.int(0...9) {
                    case 0...4: available * 10_000
                    case 5...7: sim.chance.int(0...max(1, available)) * 10_000
                    case 8: (available + sim.chance.int(1...100)) * 10_000
                    default: sim.chance.int(1...max(2, available * 10_000))
                    }
                let isAll = wanted == available * 10_000 && sim.chance.happens(500)
                let body: JSON = isAll ? [:] : ["amount": .string(Card.decimal(wanted))]
                return Draft(sim.ask(person, .post, "/v1/me/payouts", body)) { sim in
                    let available = sim.model.funds(Model.available(person))
                    let wanted = isAll ? available / 10_000 * 10_000 : wanted
                    if wanted % 10_000 != 0 { return .refused(422) }
                    if wanted > available { return .refused(402) }
                    if wanted < sim.model.card.payoutMinimum || wanted == 0 { return .refused(409) }
                    return .done(201, [("amount", Simulation.usd(wanted)), ("status", "requested")]) { model, answer in
                        let id = answer["id"]?.asString ?? ""
                        model.payouts[id] = Model.Payout(owner: person, amount: wanted)
                        model.move(id, to: "requested")
                    }
                }
            }),
        Operation(
            "payout batch", 8,
            draft: { sim in
                Draft(sim.ask("admin", .post, "/v1/admin/payout-batches")) { sim in
                    let waiting = sim.model.payouts.filter { $0.value.status == "requested" }.keys.sorted()
                    guard !waiting.isEmpty else { return .refused(409) }
                    return .done(201, [("payouts.count", .count(waiting.count))]) { model, _ in
                        for id in waiting { model.move(id, to: "sent") }
                    }
                }
            }),
        Operation(
            "settle payout", 14,
            draft: { sim in
                guard let id = sim.chance.key(of: sim.model.payouts) else { return nil }
                return Draft(sim.ask("admin", .post, "/v1/admin/payouts/\(id)/settlement")) { sim in
                    let status = sim.model.payouts[id]!.status
                    guard status == "sent" || status == "settled" else { return .refused(409) }
                    return .done(200, [("status", "settled")]) { model, _ in
                        if status == "sent" { model.move(id, to: "settled") }
                    }
                }
            }),
        Operation(
            "return payout", 7,
            draft: { sim in
                guard let id = sim.chance.key(of: sim.model.payouts) else { return nil }
                return Draft(sim.ask("admin", .post, "/v1/admin/payouts/\(id)/return", ["reason": "AC04"])) { sim in
                    let status = sim.model.payouts[id]!.status
                    let steps = ["sent": "failed", "settled": "returned", "failed": "failed", "returned": "returned"]
                    guard let next = steps[status] else { return .refused(409) }
                    return .done(200, [("status", .string(next))]) { model, _ in if status != next { model.move(id, to: next) } }
                }
            }),
    ]
}
