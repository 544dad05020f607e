import Domain
import HTTP
import JSON
import Market
import Storage

extension MarketRoutes {
    /// Tax withheld on its way to the authorities.
    var taxRemittances: [Route] {
        [
            Route(
                .post, "/v1/admin/tax-remittances", "Note that tax withheld was paid to its authority", .admins, .admin,
                body: .json(
                    .object([
                        .required("jurisdiction", .text(.jurisdiction), "Whose tax, such as US or US-CA"),
                        .optional("amount", .nullable(.text(.depositAmount)), "All that is withheld if left out"),
                        .required("reference", .string(1...200), "The authority's or the bank's reference"),
                    ])), answers: [.created("The remittance", .taxRemittance)], problems: [.insufficientFunds, .conflict],
                traits: [.idempotencyKey]
            ) { call in
                let owner = try call.principal.owner
                let (jurisdiction, amount, reference) = try call.read { reader throws(FieldErrors) in
                    let jurisdiction = reader.string("jurisdiction", min: 2, max: 6)
                    let amount = reader.optionalParsed("amount", TextFormat.depositAmount.demand, Decimal6.parse)
                    let reference = reader.string("reference", min: 1, max: 200)
                    try reader.finish()
                    return (jurisdiction, amount, reference)
                }
                return try change(call) { db, now in
                    let currency = try market.currentRateCard(in: db).card.currency
                    let remittance = try market.remitTax(
                        amount.map { Money(micros: $0, currency: currency) }, jurisdiction: jurisdiction, reference: reference,
                        by: owner, at: now, in: db)
                    return .created(remittance.json, at: "/v1/admin/tax-remittances")
                }
            },
            Route(
                .get, "/v1/admin/tax-remittances", "Remittances, newest first", .admins, .admin, parameters: Parameter.page,
                answers: [.page("Remittances", of: .taxRemittance)]
            ) { call in
                try look { db in
                    call.list(try TaxRemittances.list(call.storagePage(), in: db), cursor: { Cursor($0.id.text) }, json: \.json)
                }
            },
        ]
    }

}

extension TextFormat {
    fileprivate static let jurisdiction = TextFormat(
        pattern: "^[A-Z]{2}(-[A-Z0-9]{1,3})?$", demand: "must be an ISO 3166 code such as US or US-CA"
    ) { text in
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        let isPlain = text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || $0 == 0x2D }
        return isPlain && parts[0].utf8.count == 2 && parts[0].utf8.allSatisfy { $0 >= 0x41 } && parts.count <= 2
            && (parts.count == 1 || (1...3).contains(parts[1].utf8.count))
    }
}

extension Schema {
    static let taxRemittance = named(
        "TaxRemittance",
        object([
            .required("id", .id(TaxRemittance.self), "The remittance"), .required("jurisdiction", .string(), "Whose tax"),
            .required("amount", .money, "How much"), .required("reference", .string(), "The authority's or the bank's"),
            .required("admin", .string(), "Who entered it"), .required("transaction", .ledgerEntry, "In the books"),
            .required("created_at", .timestamp, "When"),
        ]))
}

extension TaxRemittance {
    var json: JSON {
        [
            "id": .string(id.text), "jurisdiction": .string(jurisdiction), "amount": amount.json,
            "reference": .string(reference), "admin": .string(admin), "transaction": .string(entry),
            "created_at": createdAt.json,
        ]
    }
}
