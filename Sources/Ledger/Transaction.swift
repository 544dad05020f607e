import Domain

/// A balanced set of postings in one currency. One that does not balance can't be held.
public struct Transaction: Sendable, Hashable {
    public enum Kind: String, CaseIterable, Sendable {
        case recordingAccepted = "recording-accepted"
        case deposit
        case licenceGranted = "licence-granted"
        case payoutReserved = "payout-reserved"
        case payoutVoided = "payout-voided"
        case payoutSent = "payout-sent"
        case payoutSettled = "payout-settled"
        case payoutFailed = "payout-failed"
        case payoutReturned = "payout-returned"
    }

    public let id: String
    public let kind: Kind
    public let currency: Currency
    public let occurredAt: Timestamp
    public let description: String
    /// What it is about: the id of a recording, licence, deposit or payout.
    public let subject: String
    /// Credits to floor accounts stand before debits, so that no balance dips on its way.
    public let postings: [Posting]
    public let corrects: String?

    /// The effect's own name: one effect a kind and subject, for ever.
    public var idempotencyKey: String { "\(kind.rawValue):\(subject)" }

    /// Legs of zero are left out; several legs on one account become one.
    public init(
        id: ID<Entry>, _ kind: Kind, currency: Currency, at occurredAt: Timestamp, description: String, subject: String,
        corrects: String? = nil, _ legs: [Posting]
    ) throws(LedgerError) {
        let postings = try Self.merged(legs)
        var sum: Int64 = 0
        for posting in postings {
            let (next, overflow) = sum.addingReportingOverflow(posting.micros)
            guard !overflow else { throw .overflow }
            sum = next
        }
        guard sum == 0 else { throw .unbalanced(byMicros: sum) }
        guard postings.count >= 2 else { throw .tooFewPostings }
        self.id = id.text
        self.kind = kind
        self.currency = currency
        self.occurredAt = occurredAt
        self.description = description
        self.subject = subject
        self.corrects = corrects
        self.postings = postings.filter { $0.micros < 0 } + postings.filter { $0.micros > 0 }
    }

    private static func merged(_ legs: [Posting]) throws(LedgerError) -> [Posting] {
        var order: [Account] = []
        var sums: [Account: Int64] = [:]
        for leg in legs {
            if sums[leg.account] == nil { order.append(leg.account) }
            let (sum, overflow) = sums[leg.account, default: 0].addingReportingOverflow(leg.micros)
            guard !overflow else { throw .overflow }
            sums[leg.account] = sum
        }
        return order.compactMap { account in
            let micros = sums[account] ?? 0
            return micros == 0 ? nil : Posting(account: account, micros: micros)
        }
    }
}
