/// What a recording sounds like, as it is stored: a row of sub-prints that only `Acoustics` reads.
public struct RecordingPrint: Hashable, Sendable {
    /// Prints of different versions can't be compared.
    public var version: Int64
    /// Four bytes a sub-print.
    public var bytes: [UInt8]

    public init(version: Int64, bytes: [UInt8]) {
        self.version = version
        self.bytes = bytes
    }
}
