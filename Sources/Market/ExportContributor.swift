import Crypto
import Domain
import JSON
import Ledger
import Storage

extension Marketplace {
    /// Everything about one contributor as one document, from one unchanging state: what they said, granted, recorded, earned
    /// and were paid, with all that is needed to recompute every amount. It holds nothing of any other person: of the others
    /// in a licence only the sum of their weights, or, if asked for, weights under hashes that name nobody.
    ///
    /// In memory there is a page of rows at a time, and of one licence's snapshot the members with their weights.
    ///
    /// - Parameters:
    ///   - profile: the contributor as the interface shows them.
    ///   - withWeights: whether to list every weight of every licence.
    ///   - write: takes the document's bytes in order.
    public func exportContributor(
        _ contributor: ID<Contributor>, profile: JSON, withWeights: Bool, at now: Timestamp, in db: Connection,
        to write: @escaping ([UInt8]) throws -> Void
    ) throws {
        let currency = try currentRateCard(in: db).card.currency
        let document = DocumentWriter(write)
        try document.members([
            "format": "fairvoice-export-1", "made_at": .string(now.rfc3339), "currency": .string(currency.code),
            "contributor": profile,
        ])
        let cards = try exportWork(of: contributor, withWeights: withWeights, to: document, in: db)
        try document.array("rate_cards") { item in
            for number in cards.sorted() { if let card = try RateCards.find(number, in: db) { try item(Self.exported(card)) } }
        }
        try exportMoney(of: contributor, currency, to: document, in: db)
        try document.finish()
    }

    /// Grants, quotes, recordings, reviews and licences; the numbers of the rate cards that they were made under.
    private func exportWork(
        of contributor: ID<Contributor>, withWeights: Bool, to document: DocumentWriter, in db: Connection
    ) throws -> Set<Int64> {
        var cards: Set<Int64> = []
        try document.array("consents") { item in
            try Self.every(\.id.text, { try Consents.list(of: contributor, $0, in: db) }) { try item(Self.exported($0)) }
        }
        try document.array("quotes") { item in
            try Self.every(\.id.text, { try Quotes.list(of: contributor, $0, in: db) }) { quote in
                cards.insert(quote.rateCard)
                try item(Self.exported(quote))
            }
        }
        try document.array("recordings") { item in
            try Self.every(\.id.text, { try Recordings.list(of: contributor, status: nil, $0, in: db) }) { recording in
                try item(Self.exported(recording, in: db))
            }
        }
        try document.array("reviews") { item in
            try Self.every(\.review.id.text, { try Reviews.priced(by: contributor, $0, in: db) }) { priced in
                cards.insert(priced.rateCard)
                try item(Self.exported(priced))
            }
        }
        try document.objects("licences") { object in
            try Self.every(\.id.text, { try Licences.list(paying: contributor, $0, in: db) }) { licence in
                cards.insert(licence.rateCard)
                try object { try export(licence, for: contributor, withWeights: withWeights, to: $0, in: db) }
            }
        }
        return cards
    }

    private func exportMoney(
        of contributor: ID<Contributor>, _ currency: Currency, to document: DocumentWriter, in db: Connection
    ) throws {
        let books = Books(db)
        func funds(_ path: AccountPath) throws -> JSON { try books.funds(in: Account(path, currency)).exported }
        try document.array("payouts") { item in
            try Self.every(\.id.text, { try Payouts.list(of: contributor, $0, in: db) }) { try item(Self.exported($0)) }
        }
        try document.array("statement") { item in
            try everyMovement(of: contributor, currency, in: db) { try item(Self.exported($0, of: contributor)) }
        }
        try document.members([
            "balances": [
                "available": try funds(.available(contributor: contributor.text)),
                "reserved": try funds(.reserved(contributor: contributor.text)),
            ],
            "log_size": .integer(try books.transactionCount()),
        ])
    }

    /// Rows that are in memory at a time.
    private static let pageRowCount = 500

    private static func every<Row>(
        _ id: (Row) -> String, _ page: (Storage.PageRequest) throws -> Page<Row>, _ body: (Row) throws -> Void
    ) throws {
        var next = try page(.init(limit: pageRowCount))
        for row in next.rows { try body(row) }
        while next.hasMore, let last = next.rows.last {
            next = try page(.init(after: id(last), limit: pageRowCount))
            for row in next.rows { try body(row) }
        }
    }

    private func everyMovement(
        of contributor: ID<Contributor>, _ currency: Currency, in db: Connection, _ body: (OwnMovement) throws -> Void
    ) throws {
        let books = Books(db)
        let stretch = Books.Stretch(from: nil, to: nil, through: try books.transactionCount())
        var last: OwnMovement?
        var hasMore = true
        while hasMore {
            let page = try books.movements(
                of: .contributor(contributor.text), currency, in: stretch, after: last, limit: Self.pageRowCount)
            for movement in page.rows { try body(movement) }
            last = page.rows.last
            hasMore = page.hasMore
        }
    }

    /// A licence with the contributor's shares, and what the largest-remainder step needs: the sum of all weights, the
    /// smallest remainder that got a micro more, and of those the largest hash that got one.
    private func export(
        _ licence: Licence, for contributor: ID<Contributor>, withWeights: Bool, to document: DocumentWriter, in db: Connection
    ) throws {
        let members = try Snapshots.members(of: licence.snapshot, in: db)
        let split = try Split.explain(
            licence.division.royalties, among: members.map { .init($0.recording.text, weight: $0.weight) },
            licence: licence.id.text)
        let own = try Royalties.list(of: contributor, in: licence.id, in: db)
        try document.members([
            "id": .string(licence.id.text), "licensee": .ifPresent(try Buyers.find(licence.buyer, in: db)?.name),
            "model": .string(licence.modelName), "purpose": .string(licence.purpose.rawValue),
            "use_context": .string(licence.useContext.rawValue), "term": .string(licence.term.rawValue),
            "snapshot": .string(licence.snapshot.text), "rate_card": .integer(licence.rateCard),
            "starts_at": .string(licence.startsAt.rfc3339), "ends_at": .orNull(licence.endsAt?.rfc3339),
            "milliseconds": .integer(members.reduce(0) { $0 + $1.durationMilliseconds }), "fee": licence.fee.exported,
            "division": [
                "royalties": Self.exported(licence.division.royalties), "reviewers": Self.exported(licence.division.reviewers),
                "acquisition_fund": Self.exported(licence.division.acquisitionFund),
                "operations": Self.exported(licence.division.operations),
            ],
            "recordings_in_snapshot": .count(members.count), "total_weight": .string("\(split.weight)"),
            "last_remainder": .orNull(split.lastRemainder.map { "\($0)" }),
            "last_digest": .orNull(split.lastDigest.map { Hex.encode($0) }), "transaction": .string(licence.entry),
            "reviewers_share": try reviewersShare(of: licence, for: contributor, in: db),
            "shares": .array(
                own.map { royalty in
                    [
                        "recording": .string(royalty.recording.text), "weight": .string("\(royalty.weight)"),
                        "amount": royalty.amount.exported,
                    ]
                }),
        ])
        guard withWeights else { return }
        let order = split.parts.indices.sorted { split.parts[$0].digest.lexicographicallyPrecedes(split.parts[$1].digest) }
        try document.array("weights") { item in
            for index in order {
                try item([.string(Hex.encode(split.parts[index].digest)), .string("\(split.parts[index].weight)")])
            }
        }
    }

    /// What the contributor got for reviews, and what the largest-remainder step needs; null where they had no share.
    private func reviewersShare(of licence: Licence, for contributor: ID<Contributor>, in db: Connection) throws -> JSON {
        let shares = try ReviewRoyalties.list(in: licence.id, in: db)
        guard let own = shares.first(where: { $0.reviewer == contributor }) else { return .null }
        let split = try Split.explain(
            licence.division.reviewers, among: shares.map { .init($0.reviewer.text, weight: $0.reviewCount) },
            licence: licence.id.text)
        return [
            "reviews": .integer(own.reviewCount), "reviews_in_snapshot": .string("\(split.weight)"),
            "last_remainder": .orNull(split.lastRemainder.map { "\($0)" }),
            "last_digest": .orNull(split.lastDigest.map { Hex.encode($0) }), "amount": own.amount.exported,
        ]
    }

    private static func exported(_ card: RateCards.Record) throws -> JSON {
        [
            "number": .integer(card.number), "sha256": .string(card.sha256),
            "document": try JSON.parse(Array(card.document.utf8), limits: .trusted),
        ]
    }

    /// Not why the recording was handed out: reviews are blind.
    private static func exported(_ priced: Reviews.Priced) -> JSON {
        let review = priced.review
        return [
            "id": .string(review.id.text), "language": .string(review.language.tag), "rate_card": .integer(priced.rateCard),
            "milliseconds": .integer(priced.durationMilliseconds), "pay": review.pay.exported,
            "transaction": .string(review.entry), "created_at": .string(review.createdAt.rfc3339),
        ]
    }

    private static func exported(_ recording: Recording, in db: Connection) throws -> JSON {
        let earning = try Earnings.find(recording.id, in: db)
        let decision = recording.decision
        return [
            "id": .string(recording.id.text), "quote": .string(recording.quote.text),
            "scenario": .orNull(recording.scenario?.text), "sha256": .string(recording.sha256),
            "bytes": .integer(recording.byteCount), "media_type": .string(recording.mediaType),
            "filename": .orNull(recording.filename), "status": .string(recording.status.rawValue),
            "created_at": .string(recording.createdAt.rfc3339), "decided_at": .orNull(decision?.at.rfc3339),
            "withdrawn_at": .orNull(recording.withdrawnAt?.rfc3339), "grade": .orNull(decision?.grade.rawValue),
            "reasons": .strings(decision?.reasons ?? []), "samples": .orNull(decision?.sampleCount),
            "sample_rate_hz": .orNull(decision?.sampleRateHz), "milliseconds": .orNull(decision?.durationMilliseconds),
            "perceived_emotion": .orNull(decision?.perceivedEmotion),
            "weight": .orNull(decision?.weight.map { "\($0)" }), "transaction": .orNull(decision?.entry),
            "pay": .orNull(
                earning.map { earning in
                    [
                        "base": earning.base.exported, "tier_premium": earning.tierPremium.exported,
                        "quality_premium": earning.qualityPremium.exported, "bounty": earning.bounty.exported,
                        "total": earning.total.exported,
                    ]
                }),
        ]
    }

    private static func exported(_ quote: Quote) -> JSON {
        [
            "id": .string(quote.id.text), "rate_card": .integer(quote.rateCard),
            "tier": .string(quote.request.tier.rawValue), "hourly_before_tier": quote.hourlyBeforeTier.exported,
            "hourly": quote.hourly.exported, "bounty": .orNull(quote.bounty?.bounty.text),
            "bounty_per_hour": .orNull(quote.bounty?.perHour.decimal), "bounty_seconds": .orNull(quote.bounty?.seconds),
            "seconds_max": .integer(quote.secondsMax),
            "issued_at": .string(quote.issuedAt.rfc3339), "expires_at": .string(quote.expiresAt.rfc3339),
            "jws": .string(quote.jws),
        ]
    }

    private static func exported(_ consent: Consent) -> JSON {
        [
            "id": .string(consent.id.text), "purposes": .strings(consent.purposes.map(\.rawValue)),
            "text_version": .string(consent.textVersion), "text_sha256": .string(consent.textSHA256),
            "granted_at": .string(consent.grantedAt.rfc3339), "withdrawn_at": .orNull(consent.withdrawnAt?.rfc3339),
        ]
    }

    private static func exported(_ payout: Payout) -> JSON {
        [
            "id": .string(payout.id.text), "amount": payout.amount.exported, "tax": payout.tax.amount.exported,
            "tax_jurisdiction": .orNull(payout.tax.jurisdiction), "method": .string(payout.method.rawValue),
            "destination": .orNull(payout.details?.json), "status": .string(payout.status.rawValue),
            "reason": .orNull(payout.reason),
            "created_at": .string(payout.createdAt.rfc3339), "updated_at": .string(payout.updatedAt.rfc3339),
        ]
    }

    private static func exported(_ movement: OwnMovement, of contributor: ID<Contributor>) -> JSON {
        let subject = movement.metadata.sorted { $0.key < $1.key }.map { ($0.key, JSON.string($0.value) as JSON?) }
        return [
            "transaction": .string(movement.transaction), "sequence": .integer(movement.sequence),
            "kind": .string(movement.kind.rawValue), "occurred_at": .string(movement.occurredAt.rfc3339),
            "description": .string(movement.description), "subject": .object(JSONObject(members: subject)),
            "available": exported(movement.gain(of: .available(contributor: contributor.text))),
            "reserved": exported(movement.gain(of: .reserved(contributor: contributor.text))),
            "tax_withheld": exported(movement.taxWithheld),
        ]
    }

    private static func exported(_ micros: Int64) -> JSON { .string(Decimal6.format(micros)) }
}

extension Money {
    /// The decimal alone: an export names its currency once.
    fileprivate var exported: JSON { .string(decimal) }
}
