import Domain

extension RoyaltyPolicy {
    /// Who has a part in a fee, under the names by which ties are broken. Where nobody reviewed, the reviewers' part is added to
    /// the royalties.
    public func parts(hasReviewers: Bool) -> [Split.Part] {
        let first: [Split.Part] =
            hasReviewers
            ? [.init("royalties", weight: royaltiesThousandths), .init("reviewers", weight: reviewersThousandths)]
            : [.init("royalties", weight: royaltiesThousandths + reviewersThousandths)]
        return first + [
            .init("acquisition-fund", weight: acquisitionFundThousandths), .init("operations", weight: operationsThousandths),
        ]
    }
}

extension Licence.FeeDivision {
    /// A licence's fee in its parts.
    ///
    /// - Parameter hasReviewers: whether anybody had reviewed a recording of the snapshot when it was granted.
    /// - Throws: `LedgerError.noWeight` for a negative fee.
    public init(
        of fee: Money, by policy: RoyaltyPolicy, hasReviewers: Bool, licence: ID<Licence>
    ) throws(LedgerError) {
        let parts = policy.parts(hasReviewers: hasReviewers)
        let shares = try Split.shares(of: fee.micros, among: parts, licence: licence.text)
        let named = Dictionary(uniqueKeysWithValues: zip(parts.map(\.id), shares))
        self.init(
            royalties: named["royalties"] ?? 0, reviewers: named["reviewers"] ?? 0,
            acquisitionFund: named["acquisition-fund"] ?? 0, operations: named["operations"] ?? 0)
    }
}
