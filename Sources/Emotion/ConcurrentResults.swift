import Synchronization

/// One result for each of several iterations that run side by side.
final class ConcurrentResults<Value: Sendable>: Sendable {
    private let values: Mutex<[Value?]>

    init(count: Int) { values = Mutex(Array(repeating: nil, count: count)) }

    func set(_ index: Int, _ value: Value) { values.withLock { $0[index] = value } }

    /// All, in order of the iterations.
    var all: [Value] { values.withLock { $0.compactMap { $0 } } }
}
