import Domain
import Storage

extension Marketplace {
    /// Makes a contributor with a first key. Tiers begin at novice.
    public func signUpContributor(
        languages: [Contributor.SpokenLanguage], region: String?, profile: Contributor.Profile, at now: Timestamp,
        in db: Connection
    ) throws -> (contributor: Contributor, key: NewKey) {
        let contributor = Contributor(
            id: ids.make(at: now), region: region, createdAt: now, languages: languages, profile: profile)
        try Contributors.insert(contributor, in: db)
        return (contributor, try makeKey(role: .contributor, owner: contributor.id.text, label: "first key", at: now, in: db))
    }

    /// Makes a buyer with a first key.
    public func signUpBuyer(name: String, at now: Timestamp, in db: Connection) throws -> (buyer: Buyer, key: NewKey) {
        let buyer = Buyer(id: ids.make(at: now), name: name, createdAt: now)
        try Buyers.insert(buyer, in: db)
        return (buyer, try makeKey(role: .buyer, owner: buyer.id.text, label: "first key", at: now, in: db))
    }
}
