import Domain
import HTTP
import JSON
import Market
import Storage

extension MarketRoutes {
    /// Everything about whoever asks.
    var ownExport: [Route] {
        [
            Route(
                .get, "/v1/me/export", "Everything about you as one document, enough to recompute all that you were paid",
                .contributors, .contributor,
                parameters: [
                    .query(
                        "weights", .boolean,
                        "Also every weight of every licence, under hashes that name nobody; long for large data sets",
                        default: false)
                ], answers: [.json("You, for scripts/recompute-statement.py", .ownExport)], problems: [.insufficientStorage],
                traits: [.conditional, .ranges]
            ) { call in
                let file = try blobs.spool()
                try look { db in
                    let contributor = try contributor(call, in: db)
                    try market.exportContributor(
                        contributor.id, profile: contributor.json, withWeights: call.query.bool("weights") ?? false,
                        at: market.now, in: db, to: file.write)
                }
                var response = try Response.spooled(file, mediaType: "application/json")
                response.fields["Content-Disposition"] = "attachment; filename=\"fairvoice-export.json\""
                return response
            }
        ]
    }
}

extension Schema {
    private static func list(_ name: String, _ note: String) -> Property {
        .required(name, array(of: object([], isOpen: true), 0...Int(Int32.max)), note)
    }

    static let ownExport = named(
        "OwnExport",
        object([
            .required("format", .choice(["fairvoice-export-1"]), "This form"), .required("made_at", .timestamp, "When"),
            .required("currency", .currency, "Of every amount, which are decimals in text"),
            .required("contributor", .contributor, "You"), list("consents", "Your grants"),
            list("rate_cards", "Cards that your quotes and licences were made under"), list("quotes", "Your quotes, signed"),
            list("recordings", "Your recordings, decided and paid"),
            list("reviews", "Your reviews and their pay"),
            list("licences", "Licences that paid you, with your shares and what their rounding needs"),
            list("payouts", "Your payouts"), list("statement", "Every movement of your money, oldest first"),
            .required(
                "balances",
                object([.required("available", .decimal, "Can be paid out"), .required("reserved", .decimal, "In payouts")]),
                "What you have"),
            .required("log_size", .integer(), "Transactions in the log when this was made"),
        ]))
}
