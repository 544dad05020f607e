import Foundation

/// Work on many items by some threads whose results are taken in the items' order, each as soon as all before are there. Threads
/// that are too far ahead wait, so that memory does not grow with the number of items.
final class OrderedWork<Value: Sendable>: @unchecked Sendable {  // All that changes is under the condition's lock.
    /// Results that may wait for each thread.
    private static var waitingPerThread: Int { 4 }
    private static var stackByteCount: Int { 4 << 20 }

    private let count: Int
    private let threadCount: Int
    private let condition = NSCondition()
    private var started = 0
    private var taken = 0
    private var waiting: [Int: Value] = [:]

    init(count: Int, threads: Int) {
        self.count = count
        threadCount = min(threads, max(1, count))
    }

    /// Does everything; answers for how many items `finish` says true.
    ///
    /// - Parameters:
    ///   - perform: answers an item's result, on any of the threads.
    ///   - finish: takes the results in order, on the calling thread.
    func run(_ perform: @Sendable @escaping (Int) -> Value, finish: (Value) -> Bool) -> Int {
        for _ in 0..<threadCount {
            let thread = Thread { [self] in
                while let index = next() {
                    let value = perform(index)
                    condition.withLock {
                        waiting[index] = value
                        condition.broadcast()
                    }
                }
            }
            thread.stackSize = Self.stackByteCount
            thread.start()
        }
        var trueCount = 0
        for index in 0..<count {
            let value = condition.withLock {
                while waiting[index] == nil { condition.wait() }
                taken = index + 1
                condition.broadcast()
                return waiting.removeValue(forKey: index)!
            }
            trueCount += finish(value) ? 1 : 0
        }
        return trueCount
    }

    /// The next item, once it is not too far ahead; nil behind the last.
    private func next() -> Int? {
        condition.withLock {
            guard started < count else { return nil }
            let index = started
            started += 1
            while index - taken >= threadCount * Self.waitingPerThread { condition.wait() }
            return index
        }
    }
}
