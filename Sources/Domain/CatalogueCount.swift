/// How much there is.
public struct CatalogueCount: Sendable, Hashable {
    public var recordings: Int64
    public var milliseconds: Int64
    /// Different people.
    public var speakers: Int64

    public init(recordings: Int64 = 0, milliseconds: Int64 = 0, speakers: Int64 = 0) {
        self.recordings = recordings
        self.milliseconds = milliseconds
        self.speakers = speakers
    }
}
