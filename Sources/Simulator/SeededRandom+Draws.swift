import TestSupport

/// What the simulation draws. One seed decides a whole run.
extension SeededRandom {
    mutating func int(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }

    /// True so many times in a thousand.
    mutating func happens(_ permille: Int) -> Bool { int(0...999) < permille }

    /// Any one of them; nil of none.
    mutating func pick<Items: RandomAccessCollection>(_ items: Items) -> Items.Element? {
        items.isEmpty ? nil : items[items.index(items.startIndex, offsetBy: int(0...items.count - 1))]
    }

    /// Any key of a dictionary, whatever order it has today.
    mutating func key<Value>(of items: [String: Value], where holds: (Value) -> Bool = { _ in true }) -> String? {
        pick(items.filter { holds($0.value) }.keys.sorted())
    }

    /// One of some words.
    mutating func word(_ words: String...) -> String { words[int(0...words.count - 1)] }

    /// Mostly small, sometimes up to the maximum.
    mutating func skewed(_ maximum: Int) -> Int { int(0...int(0...int(0...maximum))) }
}
