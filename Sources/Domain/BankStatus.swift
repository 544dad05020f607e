/// What the bank says of one payout that was sent.
public struct BankStatus: Hashable, Sendable {
    public enum Word: String, CaseIterable, Sendable {
        /// The bank will carry it out.
        case accepted
        /// It was carried out.
        case settled
        /// It was not carried out.
        case rejected
        /// It came back after it had been carried out.
        case returned
    }

    public var payout: ID<Payout>
    public var word: Word
    /// Why it was rejected or returned: a `ReasonCode`, or words.
    public var reason: String?
    /// What the bank took for settling it, in micros of the payout's currency; the house bears it.
    public var fee: Int64

    public init(payout: ID<Payout>, word: Word, reason: String? = nil, fee: Int64 = 0) {
        self.payout = payout
        self.word = word
        self.reason = reason
        self.fee = fee
    }
}
