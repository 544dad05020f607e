/// What a parser accepts before it gives up.
public struct JSONLimits: Sendable, Equatable {
    /// Longest text in bytes.
    public var byteCountMax: Int
    /// Deepest nesting of arrays and objects.
    public var depthMax: Int

    public init(byteCountMax: Int, depthMax: Int) {
        self.byteCountMax = byteCountMax
        self.depthMax = depthMax
    }

    /// For request bodies: 1 MiB, 32 deep.
    public static let request = JSONLimits(byteCountMax: 1 << 20, depthMax: 32)

    /// For what the program wrote itself: 256 MiB, 64 deep.
    public static let trusted = JSONLimits(byteCountMax: 256 << 20, depthMax: 64)
}
