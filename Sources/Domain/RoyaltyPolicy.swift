/// How a licence's fee is divided, in thousandths that add up to 1000.
public struct RoyaltyPolicy: Hashable, Sendable {
    public let royaltiesThousandths: Int64
    public let reviewersThousandths: Int64
    public let acquisitionFundThousandths: Int64
    public let operationsThousandths: Int64

    /// Nil unless every part is at least 0 and they add up to 1000.
    public init?(royalties: Int64, reviewers: Int64, acquisitionFund: Int64, operations: Int64) {
        let parts = [royalties, reviewers, acquisitionFund, operations]
        guard parts.allSatisfy({ (0...1000).contains($0) }), parts.reduce(0, +) == 1000 else { return nil }
        royaltiesThousandths = royalties
        reviewersThousandths = reviewers
        acquisitionFundThousandths = acquisitionFund
        operationsThousandths = operations
    }
}
