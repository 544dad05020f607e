/// What the catalogue looks at of a contributor.
public struct CatalogueSpeaker: Sendable, Hashable {
    public var gender: String?
    public var ageBand: String?
    /// Granted now; somebody who grants nothing is not in the catalogue.
    public var purposes: Set<Purpose>

    public init(gender: String?, ageBand: String?, purposes: Set<Purpose>) {
        self.gender = gender
        self.ageBand = ageBand
        self.purposes = purposes
    }
}
