import Domain
import JSON
import Storage

extension Marketplace {
    /// Locks a price for a contributor: itemised, signed, binding until it expires or its seconds are used.
    ///
    /// - Parameter seconds: finished seconds to cover; the card's maximum for nil.
    public func lockQuote(
        _ request: PriceRequest, seconds: Int64?, by contributor: ID<Contributor>, at now: Timestamp, in db: Connection
    ) throws -> Quote {
        // Premiums are written first, so that the quote freezes one that stands in the history.
        try renewPremiums(at: now, in: db)
        let estimate = try estimate(request, seconds: seconds, at: now, in: db)
        let secondsMax = seconds ?? estimate.card.quoteSecondsMax
        guard secondsMax <= estimate.card.quoteSecondsMax else {
            throw MarketError.invalid("/seconds", "must be at most \(estimate.card.quoteSecondsMax)")
        }
        let id: ID<Quote> = ids.make(at: now)
        let expiresAt = now.adding(days: estimate.card.quoteValidDays)
        let consent = try Consents.current(of: contributor, in: db)
        let payload: JSON = [
            "quote": .string(id.text),
            "contributor": .string(contributor.text),
            "issued_at": .string(now.rfc3339),
            "not_before": .string(now.rfc3339),
            "expires_at": .string(expiresAt.rfc3339),
            "rate_card": ["number": .integer(estimate.rateCard.number), "sha256": .string(estimate.rateCard.sha256)],
            "request": request.json,
            "seconds_max": .integer(secondsMax),
            "lines": .array(estimate.price.lines.map(\.json)),
            "per_finished_hour": estimate.price.perFinishedHour.json,
            "per_worked_hour": estimate.price.perWorkedHour.json,
            "worked_hours_per_finished_hour": .string(estimate.price.overhead.decimal),
            "grade_factors": .object(
                JSONObject(members: Grade.allCases.map { ($0.rawValue, .string((estimate.card.grades[$0] ?? .one).decimal)) })),
            "royalty_policy": estimate.card.royaltyPolicy.json,
            "consent": .orNull(consent.map(Self.reference)),
        ]
        let quote = Quote(
            id: id, contributor: contributor, rateCard: estimate.rateCard.number, request: request,
            hourlyBeforeTier: estimate.price.hourlyBeforeTier, hourly: estimate.price.hourly, secondsMax: secondsMax,
            premium: estimate.premium?.id, bounty: estimate.price.bounty, issuedAt: now, expiresAt: expiresAt,
            payload: String(decoding: payload.canonicalBytes(), as: UTF8.self),
            jws: signer.sign(payload, as: .quote))
        try Quotes.insert(quote, in: db)
        return quote
    }

    private static func reference(_ consent: Consent) -> JSON {
        [
            "id": .string(consent.id.text), "text_version": .string(consent.textVersion),
            "text_sha256": .string(consent.textSHA256), "purposes": .strings(consent.purposes.map(\.rawValue)),
        ]
    }
}
