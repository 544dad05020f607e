/// Hours wanted of a cell.
public struct Target: Identified, Hashable, Sendable {
    public static let idPrefix = "tgt"

    public var id: ID<Target>
    public var cell: Cell
    public var wantedSeconds: Int64
    public var updatedAt: Timestamp

    public init(id: ID<Target>, cell: Cell, wantedSeconds: Int64, updatedAt: Timestamp) {
        self.id = id
        self.cell = cell
        self.wantedSeconds = wantedSeconds
        self.updatedAt = updatedAt
    }
}
