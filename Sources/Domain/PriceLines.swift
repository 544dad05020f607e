/// The lines of a price in their order.
///
/// Most lines are steps of the list that made the price; they are known by number, so that prices of all threads share the list
/// and nothing else.
public struct PriceLines: RandomAccessCollection, Hashable, Sendable {
    private struct Entry: Sendable {
        /// Of a step of the list; below 0 of one of the price's own, counted from -1 downwards.
        let number: Int
        let hourly: Money
    }

    let list: PriceList
    private var entries: [Entry] = []
    private var ownSteps: [PriceStep] = []

    private static let countExpected = 12

    init(of list: PriceList) {
        self.list = list
        entries.reserveCapacity(Self.countExpected)
    }

    public var startIndex: Int { 0 }
    public var endIndex: Int { entries.count }

    public subscript(position: Int) -> PriceLine {
        let entry = entries[position]
        return PriceLine(step: entry.number < 0 ? ownSteps[-1 - entry.number] : list.step(entry.number), hourly: entry.hourly)
    }

    mutating func append(_ number: Int, hourly: Money) { entries.append(Entry(number: number, hourly: hourly)) }

    mutating func append(_ step: PriceStep, hourly: Money) {
        ownSteps.append(step)
        append(-ownSteps.count, hourly: hourly)
    }

    /// A line for who writes many.
    public enum Text {
        /// A step of the list, `PriceStep.jsonMembers` as text without braces, and the running price. Lent for the call.
        case prepared(UnsafeRawBufferPointer, hourly: Money)
        case own(PriceLine)
    }

    /// Goes through the lines.
    public func forEachText(_ body: (Text) -> Void) {
        for position in entries.indices {
            let number = entries[position].number
            if number < 0 {
                body(.own(self[position]))
            } else {
                list.withText(of: number) { body(.prepared($0, hourly: entries[position].hourly)) }
            }
        }
    }

    public static func == (one: PriceLines, other: PriceLines) -> Bool { one.elementsEqual(other) }

    public func hash(into hasher: inout Hasher) {
        for line in self { hasher.combine(line) }
    }
}
