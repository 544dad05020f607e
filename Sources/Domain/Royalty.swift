/// One recording's share of one licence.
public struct Royalty: Hashable, Sendable {
    public var licence: ID<Licence>
    public var recording: ID<Recording>
    public var contributor: ID<Contributor>
    public var weight: Int64
    public var amount: Money

    public init(
        licence: ID<Licence>, recording: ID<Recording>, contributor: ID<Contributor>, weight: Int64, amount: Money
    ) {
        self.licence = licence
        self.recording = recording
        self.contributor = contributor
        self.weight = weight
        self.amount = amount
    }
}
