import GRDB

extension Connection {
    /// Runs once this transaction is on disk; never when it is rolled back.
    public func afterCommit(_ act: @escaping @Sendable () -> Void) {
        afterNextTransaction(onCommit: { _ in act() })
    }
}
