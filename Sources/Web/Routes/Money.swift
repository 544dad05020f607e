import Domain
import HTTP
import JSON
import Ledger
import Market
import Storage

extension MarketRoutes {
    /// Balances and uses of whoever asks.
    var money: [Route] {
        [
            Route(
                .get, "/v1/me/balance", "What you have", .contributors, .roles([.contributor, .buyer]),
                answers: [.json("Balance", .anyOf([.contributorBalance, .buyerBalance]))]
            ) { call in
                try look { db in
                    func funds(_ path: AccountPath) throws -> Money {
                        try Books(db).funds(in: Account(path, market.currency(in: db)))
                    }
                    switch try call.principal.role {
                    case .contributor:
                        let id = try call.owner(Contributor.self)
                        return .json(
                            200,
                            ContributorBalance(
                                available: try funds(.available(contributor: id.text)),
                                reserved: try funds(.reserved(contributor: id.text)),
                                dormantFrom: try DormantBalances.notice(of: id, in: db)?.dueAt))
                    default:
                        return .json(200, BuyerBalance(prepaid: try funds(.prepaid(buyer: call.owner(Buyer.self).text))))
                    }
                }
            },
            Route(
                .get, "/v1/me/usage", "Where is my voice: every licence of every recording", .contributors, .contributor,
                parameters: Parameter.page, answers: [.page("Uses, newest licence first", of: .use)]
            ) { call in
                let contributor = try call.owner(Contributor.self)
                return try look { db in
                    let page = try Royalties.uses(of: contributor, call.storagePage(valueCount: 2), in: db)
                    return call.list(
                        page, cursor: { Cursor($0.licence.text, $0.recording.text) }, json: { $0.json(at: market.now) })
                }
            },
        ]
    }
}

private struct ContributorBalance: JSONDescribed {
    let available: Money
    let reserved: Money
    let dormantFrom: Timestamp?

    static func describe(_ members: inout some JSONMembers<ContributorBalance>) {
        members.required("available", .money, "Can be paid out") { $0.available }
        members.required("reserved", .money, "In payouts that are not sent yet") { $0.reserved }
        members.optional(
            "dormant_from", .timestamp, "When it is set aside, where notice was given; any activity stops it"
        ) { $0.dormantFrom }
    }
}

private struct BuyerBalance: JSONDescribed {
    let prepaid: Money

    static func describe(_ members: inout some JSONMembers<BuyerBalance>) {
        members.required("prepaid", .money, "Can be spent on licences") { $0.prepaid }
    }
}

extension Schema {
    static let contributorBalance = described("ContributorBalance", ContributorBalance.self)
    static let buyerBalance = described("BuyerBalance", BuyerBalance.self)

    static let use = named(
        "Use",
        object([
            .required("licence", .id(Licence.self), "The licence"), .required("licensee", .string(), "Who"),
            .required("model", .string(), "Which model"), .required("purpose", .choice(Purpose.self), "What for"),
            .required("use_context", .choice(UseContext.self), "Where it is used"),
            .required("term", .choice(Term.self), "How long"),
            .required("snapshot", .id(Snapshot.self), "In which snapshot"),
            .required("recording", .id(Recording.self), "Which recording"),
            .required("amount", .money, "What it paid you"), .required("starts_at", .timestamp, "From"),
            .required("ends_at", .nullable(.timestamp), "Until; null is for ever"),
            .required("ended", .boolean, "Whether it is over, by its term or because it was refunded"),
        ]))
}

extension Royalties.Use {
    func json(at now: Timestamp) -> JSON {
        [
            "licence": .string(licence.text), "licensee": .string(buyerName), "model": .string(modelName),
            "purpose": .string(purpose.rawValue), "use_context": .string(useContext.rawValue), "term": .string(term.rawValue),
            "snapshot": .string(snapshot.text), "recording": .string(recording.text), "amount": amount.json,
            "starts_at": startsAt.json, "ends_at": endsAt.json, "ended": .bool(endsAt.map { $0 <= now } ?? false),
        ]
    }
}
