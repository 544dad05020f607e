import Domain
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
            let coolsUntil = sim.model.people[person]!.coolsUntil
            let notBefore = coolsUntil > sim.now ? coolsUntil : 0
            let moment = notBefore == 0 ? nil : Timestamp(milliseconds: Int64(notBefore)).rfc3339
            try sim.perform(
                "payout", ask,
                expecting: refusal
                    ?? .done(
                        201, [("amount", Simulation.usd(wanted)), ("status", "requested"), ("not_before", .orNull(moment))]
                    ) { model, answer in
                        let id = answer["id"]?.asString ?? ""
                        model.payouts[id] = Model.Payout(owner: person, amount: wanted, notBefore: notBefore)
                        model.move(id, to: "requested")
                    })
        },
        Operation("void payout", 2) { sim in
            guard let id = sim.chance.key(of: sim.model.payouts) else { return }
            let payout = sim.model.payouts[id]!
            let isOpen = payout.status == "requested" && payout.batch == nil
            try sim.perform(
                "void payout", sim.ask(payout.owner, .delete, "/v1/me/payouts/\(id)"),
                expecting: isOpen || payout.status == "voided"
                    ? .done(200, [("status", "voided")]) { model, _ in if isOpen { model.move(id, to: "voided") } }
                    : .refused(409))
        },
        Operation("payout batch", 8) { sim in
            let now = sim.now
            let waiting = sim.model.payouts.filter { _, payout in
                payout.status == "requested" && payout.batch == nil && payout.notBefore <= now
            }.keys.sorted()
            let ask = sim.ask("admin", .post, "/v1/admin/payout-batches")
            guard !waiting.isEmpty else {
                try sim.perform("payout batch", ask, expecting: .refused(409))
                return
            }
            let answer = try sim.perform(
                "payout batch", ask,
                expecting: .done(201, [("status", "prepared"), ("payout_count", .count(waiting.count))]) { model, answer in
                    let batch = answer["id"]?.asString ?? ""
                    model.batches[batch] = "prepared"
                    for id in waiting { model.payouts[id]!.batch = batch }
                })
            let place = answer["payouts"]?.asString ?? ""
            let listed = sim.machine.send(sim.ask("admin", .get, place + "?limit=200")).json["data"]?.asArray ?? []
            let members = listed.compactMap { $0["id"]?.asString }
            guard members == Array(waiting.prefix(200)) else { throw sim.differ("the batch holds \(members), not \(waiting)") }
        },
        decision("approval", 10, to: "approved", by: { $0.chance.happens(800) ? "second admin" : "admin" }) { model, batch in
            for id in model.payouts.keys.sorted() where model.payouts[id]!.batch == batch { model.move(id, to: "sent") }
        },
        decision("cancellation", 1, to: "cancelled", by: { _ in "admin" }) { model, batch in
            for id in model.payouts.keys where model.payouts[id]!.batch == batch { model.payouts[id]!.batch = nil }
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

    /// Approves or cancels any batch. The admin who prepares all of them may approve none.
    private static func decision(
        _ verb: String, _ weight: Int, to status: String, by admin: @escaping @Sendable (Simulation) -> String,
        effect: @escaping @Sendable (inout Model, String) -> Void
    ) -> Operation {
        Operation(verb, weight) { sim in
            guard let batch = sim.chance.key(of: sim.model.batches) else { return }
            let owner = admin(sim)
            let isAllowed = sim.model.batches[batch] == "prepared" && (status == "cancelled" || owner != "admin")
            try sim.perform(
                verb, sim.ask(owner, .post, "/v1/admin/payout-batches/\(batch)/\(verb)"),
                expecting: isAllowed
                    ? .done(200, [("status", .string(status))]) { model, _ in
                        model.batches[batch] = status
                        effect(&model, batch)
                    } : .refused(409))
        }
    }
}
