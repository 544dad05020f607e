import Domain

/// The postings of each event: the whole bookkeeping of the marketplace in one table.
public enum Entries {
    /// Pay for an accepted recording. The acquisition fund pays the base as far as it reaches; premiums are expenses of
    /// their own.
    ///
    /// - Parameter fund: what the acquisition fund holds now, in micros.
    public static func recordingAccepted(_ pay: Pay, contributor: ID<Contributor>, fund: Int64) -> [Posting] {
        let fromFund = min(pay.base.micros, max(0, fund))
        return [
            .credit(.available(contributor: contributor.text), pay.total.micros),
            .debit(.acquisitionFund, fromFund),
            .debit(.expense(.recordings), pay.base.micros - fromFund),
            .debit(.expense(.tierPremium), pay.tierPremium.micros),
            .debit(.expense(.qualityPremium), pay.qualityPremium.micros),
        ]
    }

    public static func deposit(_ amount: Money, buyer: ID<Buyer>) -> [Posting] {
        [.debit(.bank, amount.micros), .credit(.prepaid(buyer: buyer.text), amount.micros)]
    }

    /// A licence's fee: every contributor's royalties, every reviewer's share, the fund and operations.
    ///
    /// - Parameters:
    ///   - royalties: micros by contributor, adding up to the division's royalties.
    ///   - reviews: micros by reviewing contributor, adding up to the division's reviewers' part.
    public static func licenceGranted(
        fee: Money, division: Licence.FeeDivision, buyer: ID<Buyer>, royalties: [(contributor: ID<Contributor>, micros: Int64)],
        reviews: [(contributor: ID<Contributor>, micros: Int64)] = []
    ) -> [Posting] {
        let shares = (royalties + reviews).map { Posting.credit(.available(contributor: $0.contributor.text), $0.micros) }
        return [.debit(.prepaid(buyer: buyer.text), fee.micros)] + shares + [
            .credit(.acquisitionFund, division.acquisitionFund), .credit(.operations, division.operations),
        ]
    }

    public static func payoutReserved(_ amount: Money, contributor: ID<Contributor>) -> [Posting] {
        [
            .debit(.available(contributor: contributor.text), amount.micros),
            .credit(.reserved(contributor: contributor.text), amount.micros),
        ]
    }

    /// Taken back before it was sent.
    public static func payoutVoided(_ amount: Money, contributor: ID<Contributor>) -> [Posting] {
        [
            .debit(.reserved(contributor: contributor.text), amount.micros),
            .credit(.available(contributor: contributor.text), amount.micros),
        ]
    }

    /// Written into a batch file.
    public static func payoutSent(_ amount: Money, contributor: ID<Contributor>) -> [Posting] {
        [.debit(.reserved(contributor: contributor.text), amount.micros), .credit(.payoutsInTransit, amount.micros)]
    }

    public static func payoutSettled(_ amount: Money) -> [Posting] {
        [.debit(.payoutsInTransit, amount.micros), .credit(.bank, amount.micros)]
    }

    /// Failed before it was settled.
    public static func payoutFailed(_ amount: Money, contributor: ID<Contributor>) -> [Posting] {
        [.debit(.payoutsInTransit, amount.micros), .credit(.available(contributor: contributor.text), amount.micros)]
    }

    /// Came back after it was settled.
    public static func payoutReturned(_ amount: Money, contributor: ID<Contributor>) -> [Posting] {
        [.debit(.bank, amount.micros), .credit(.available(contributor: contributor.text), amount.micros)]
    }
}
