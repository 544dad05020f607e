import HTTP
import JSON

/// What leaves for banks, and comes back.
extension Operation {
    static let payouts = [
        Operation("payout", 25) { sim in
            guard let person = sim.anyPerson() else { return }
            let available = sim.model.funds(Model.available(person))
            let wanted =
                switch sim.chance.int(0...9) {
                case 0...4: available / 10_000 * 10_000
                case 5...7: sim.chance.int(0...max(1, available / 10_000)) * 10_000
                case 8: (available / 10_000 + sim.chance.int(1...100)) * 10_000
                default: sim.chance.int(1...max(2, available))
                }
            let isAll = wanted == available / 10_000 * 10_000 && sim.chance.happens(500)
            let body: JSON = isAll ? [:] : ["amount": .string(Card.decimal(wanted))]
            let ask = sim.ask(person, .post, "/v1/me/payouts", body)
            let refusal: Simulation.Verdict? =
                if wanted % 10_000 != 0 { .refused(422) } else if wanted > available {
                    .refused(402)
                } else if wanted
                    < sim.model.card.payoutMinimum || wanted == 0
                { .refused(409) } else { nil }
            try sim.perform(
                "payout", ask,
                expecting: refusal
                    ?? .done(201, [("amount", Simulation.usd(wanted)), ("status", "requested")]) { model, answer in
                        let id = answer["id"]?.asString ?? ""
                        model.payouts[id] = Model.Payout(owner: person, amount: wanted)
                        model.move(id, to: "requested")
                    })
        },
        Operation("payout batch", 8) { sim in
            let waiting = sim.model.payouts.filter { $0.value.status == "requested" }.keys.sorted()
            let ask = sim.ask("admin", .post, "/v1/admin/payout-batches")
            guard !waiting.isEmpty else {
                try sim.perform("payout batch", ask, expecting: .refused(409))
                return
            }
            let answer = try sim.perform(
                "payout batch", ask,
                expecting: .done(201, []) { model, _ in
                    for id in waiting { model.move(id, to: "sent") }
                })
            let members = answer["payouts"]?.asArray?.compactMap { $0["id"]?.asString } ?? []
            guard members.sorted() == waiting else { throw sim.differ("the batch holds \(members), not \(waiting)") }
        },
        Operation("settle payout", 14) { sim in
            guard let id = sim.chance.key(of: sim.model.payouts) else { return }
            let status = sim.model.payouts[id]!.status
            try sim.perform(
                "settle payout", sim.ask("admin", .post, "/v1/admin/payouts/\(id)/settlement"),
                expecting: status == "sent" || status == "settled"
                    ? .done(200, [("status", "settled")]) { model, _ in if status == "sent" { model.move(id, to: "settled") } }
                    : .refused(409))
        },
        Operation("return payout", 7) { sim in
            guard let id = sim.chance.key(of: sim.model.payouts) else { return }
            let status = sim.model.payouts[id]!.status
            let next = ["sent": "failed", "settled": "returned", "failed": "failed", "returned": "returned"][status]
            try sim.perform(
                "return payout", sim.ask("admin", .post, "/v1/admin/payouts/\(id)/return", ["reason": "AC04"]),
                expecting: next.map { next in
                    .done(200, [("status", .string(next))]) { model, _ in if status != next { model.move(id, to: next) } }
                } ?? .refused(409))
        },
    ]
}
