import Domain
import HTTP
import JSON
import Market
import Storage

extension MarketRoutes {
    /// Money that buyers set aside for a kind of speech.
    var bounties: [Route] {
        [
            Route(
                .post, "/v1/bounties", "Fund a kind of speech: pays the base of matching recordings and adds to their price",
                .buyers, .buyer,
                body: .json(
                    .object([
                        .required("language", .language, "Language"), .optional("accent", .nullable(.accent), "Any for null"),
                        .optional("register", .nullable(.choice(Register.self)), "Any for null"),
                        .optional("setting", .nullable(.choice(Setting.self)), "Any for null"),
                        .optional("emotion", .nullable(.choice(Emotion.self)), "Any for null"),
                        .required("amount", .decimal, "What goes in, from your prepaid funds"),
                        .optional("per_hour", .decimal, "What it adds to a finished hour; 0 if left out"),
                    ])), answers: [.created("The bounty", .bounty)], problems: [.insufficientFunds], traits: [.idempotencyKey]
            ) { call in
                let buyer = try call.owner(Buyer.self)
                let (cell, amount, perHour) = try call.read { reader throws(FieldErrors) in
                    let cell = Cell(reader: &reader)
                    let demand = "must be a decimal such as 250.00"
                    let amount = reader.parsed("amount", demand, Decimal6.parse)
                    let perHour = reader.optionalParsed("per_hour", demand, Decimal6.parse)
                    let known = try reader.finish(cell, amount)
                    return (known.0, known.1, perHour ?? 0)
                }
                return try change(call) { db, now in
                    let currency = try market.currentRateCard(in: db).card.currency
                    let bounty = try market.fundBounty(
                        cell, amount: Money(micros: amount, currency: currency),
                        perHour: Money(micros: perHour, currency: currency), by: buyer, at: now, in: db)
                    return .created(try json(bounty, at: now, in: db), at: "/v1/bounties/\(bounty.id)")
                }
            },
            Route(
                .get, "/v1/bounties", "Your bounties, newest first", .buyers, .buyer, parameters: Parameter.page,
                answers: [.page("Bounties", of: .bounty)]
            ) { call in
                let buyer = try call.owner(Buyer.self)
                return try look { db in
                    let page = try Bounties.list(of: buyer, call.storagePage(), in: db)
                    let texts = try page.rows.map { try json($0, at: market.now, in: db) }
                    let shown = Dictionary(uniqueKeysWithValues: zip(page.rows.map(\.id), texts))
                    return call.list(page, cursor: { Cursor($0.id.text) }, json: { shown[$0.id] ?? .null })
                }
            },
            Route(
                .get, "/v1/bounties/{id}", "A bounty of yours", .buyers, .buyer,
                parameters: [.path("id", .id(Bounty.self), "The bounty")], answers: [.json("The bounty", .bounty)],
                traits: [.conditional]
            ) { call in
                let buyer = try call.owner(Buyer.self)
                return try look { db in
                    guard let bounty = try Bounties.find(call.id(Bounty.self), in: db), bounty.buyer == buyer else {
                        throw Problem.notFound
                    }
                    return .taggedJSON(try json(bounty, at: market.now, in: db))
                }
            },
            Route(
                .post, "/v1/bounties/{id}/closure", "End a bounty: what no locked quote counts on comes back at once", .buyers,
                .buyer, parameters: [.path("id", .id(Bounty.self), "The bounty")], answers: [.json("The bounty", .bounty)],
                problems: [.notFound], traits: [.idempotencyKey]
            ) { call in
                let buyer = try call.owner(Buyer.self)
                let id = try call.id(Bounty.self)
                return try change(call) { db, now in
                    .json(200, try json(market.closeBounty(id, by: buyer, at: now, in: db), at: now, in: db))
                }
            },
        ]
    }

    private func json(_ bounty: Bounty, at now: Timestamp, in db: Connection) throws -> JSON {
        let funds = try market.bountyFunds(bounty, at: now, in: db)
        func money(_ micros: Int64) -> JSON { Money(micros: micros, currency: bounty.amount.currency).json }
        return [
            "id": .string(bounty.id.text), "status": .string(bounty.status.rawValue),
            "language": .string(bounty.cell.language.tag), "accent": .orNull(bounty.cell.accent),
            "register": .orNull(bounty.cell.register?.rawValue), "setting": .orNull(bounty.cell.setting?.rawValue),
            "emotion": .orNull(bounty.cell.emotion?.rawValue), "amount": bounty.amount.json, "per_hour": bounty.perHour.json,
            "held": money(funds.promised + funds.free), "promised": money(funds.promised),
            "transaction": .string(bounty.entry), "created_at": bounty.createdAt.json, "closed_at": bounty.closedAt.json,
        ]
    }
}

extension Cell {
    /// Reads language, accent, register, setting and emotion; what is left out is any.
    init?(reader: inout ObjectReader) {
        let language = reader.parsed("language", "must be a language tag such as de", Language.init)
        let accent = reader.optionalString("accent", min: 1, max: 40)
        let register = reader.optionalParsed("register", "is no register", Register.init(rawValue:))
        let setting = reader.optionalParsed("setting", "is no setting", Setting.init(rawValue:))
        let emotion = reader.optionalParsed("emotion", "is no emotion", Emotion.init(rawValue:))
        guard let language else { return nil }
        self.init(language: language, accent: accent, register: register, setting: setting, emotion: emotion)
    }
}

extension Schema {
    static let bounty = named(
        "Bounty",
        object([
            .required("id", .id(Bounty.self), "The bounty"),
            .required("status", .choice(Bounty.Status.self), "closing: still held for quotes that count on it"),
            .required("language", .language, "Language"), .required("accent", .nullable(.string()), "Any for null"),
            .required("register", .nullable(.choice(Register.self)), "Any for null"),
            .required("setting", .nullable(.choice(Setting.self)), "Any for null"),
            .required("emotion", .nullable(.choice(Emotion.self)), "Any for null"),
            .required("amount", .money, "What went in"), .required("per_hour", .money, "What it adds to a finished hour"),
            .required("held", .money, "What it holds"), .required("promised", .money, "What of it locked quotes count on"),
            .required("transaction", .ledgerEntry, "In the books"), .required("created_at", .timestamp, "When it was funded"),
            .required("closed_at", .nullable(.timestamp), "When it was closed"),
        ]))
}
