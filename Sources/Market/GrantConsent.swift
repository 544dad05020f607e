import Domain
import Storage

extension Marketplace {
    /// Grants purposes under a version of the consent text, the newest for nil.
    public func grantConsent(
        purposes: [Purpose], textVersion: String?, by contributor: ID<Contributor>, at now: Timestamp, in db: Connection
    ) throws -> Consent {
        guard let text = try Consents.text(version: textVersion, in: db) else {
            throw MarketError.invalid("/text_version", "is no published consent text; GET /v1/me/consents shows the current one")
        }
        let consent = Consent(
            id: ids.make(at: now), contributor: contributor, purposes: Array(Set(purposes)).sorted { $0.rawValue < $1.rawValue },
            textVersion: text.version, textSHA256: text.sha256, grantedAt: now)
        try Consents.insert(consent, in: db)
        return consent
    }

    /// Withdraws a grant, at once; withdrawing again changes nothing.
    public func withdrawConsent(
        _ id: ID<Consent>, by contributor: ID<Contributor>, at now: Timestamp, in db: Connection
    ) throws -> Consent {
        guard let consent = try Consents.find(id, in: db), consent.contributor == contributor else {
            throw MarketError.notFound("consent")
        }
        if consent.withdrawnAt != nil { return consent }
        try Consents.withdraw(id, at: now, in: db)
        return Consent(
            id: id, contributor: contributor, purposes: consent.purposes, textVersion: consent.textVersion,
            textSHA256: consent.textSHA256, grantedAt: consent.grantedAt, withdrawnAt: now)
    }
}
