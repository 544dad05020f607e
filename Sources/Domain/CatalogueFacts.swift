/// What the catalogue's filters and facets look at of one accepted recording.
public struct CatalogueFacts: Sendable, Hashable {
    /// By facet, as stored; what is unknown is left out. Those of speakers stand in `CatalogueSpeaker`.
    public var values: [CatalogueFacet: String]
    /// Nil counts as no speech.
    public var durationMilliseconds: Int64?
    public var snrDecibels: Double?
    /// The share of reviewers who agree, in thousandths.
    public var agreement: Int64?

    public init(
        values: [CatalogueFacet: String], durationMilliseconds: Int64?, snrDecibels: Double?, agreement: Int64?
    ) {
        self.values = values
        self.durationMilliseconds = durationMilliseconds
        self.snrDecibels = snrDecibels
        self.agreement = agreement
    }
}
