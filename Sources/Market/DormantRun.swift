import Domain

/// What one run over dormant balances did.
public struct DormantRun: Sendable {
    /// Who was given notice.
    public var noticed: [DormantBalance] = []
    /// Whose balance was set aside.
    public var setAside: [DormantBalance] = []
    /// Who came back in time.
    public var lapsed: [DormantBalance] = []
    /// Whether there is more to do in a further run.
    public var hasMore = false
}
