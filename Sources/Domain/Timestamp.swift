/// A moment: milliseconds since 1970-01-01T00:00:00Z, leap seconds left out. Read from a clock only in the program.
public struct Timestamp: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let milliseconds: Int64

    public init(milliseconds: Int64) { self.milliseconds = milliseconds }

    public static func < (one: Timestamp, other: Timestamp) -> Bool { one.milliseconds < other.milliseconds }

    /// "2026-03-01T09:30:00.250Z" (RFC 3339 section 5.6), always in UTC with milliseconds.
    public var rfc3339: String {
        let (day, millisecondOfDay) = Self.floorDivided(milliseconds, by: 86_400_000)
        let date = CalendarDate(daysSinceEpoch: day)
        let second = millisecondOfDay / 1000
        guard (0...9999).contains(date.year) else {
            let time = [second / 3600, second / 60 % 60, second % 60].map { Self.padded($0, 2) }.joined(separator: ":")
            return "\(date)T\(time).\(Self.padded(millisecondOfDay % 1000, 3))Z"
        }
        // Every answer and every leaf of the log has several: written in place.
        return String(unsafeUninitializedCapacity: 24) { text in
            var position = 0
            func write(_ number: Int64, _ digitCount: Int, _ after: Character) {
                var rest = number
                for place in (position..<position + digitCount).reversed() {
                    text.initializeElement(at: place, to: 0x30 + UInt8(rest % 10))
                    rest /= 10
                }
                position += digitCount + 1
                text.initializeElement(at: position - 1, to: after.asciiValue!)
            }
            write(Int64(date.year), 4, "-")
            write(Int64(date.month), 2, "-")
            write(Int64(date.day), 2, "T")
            write(second / 3600, 2, ":")
            write(second / 60 % 60, 2, ":")
            write(second % 60, 2, ".")
            write(millisecondOfDay % 1000, 3, "Z")
            return position
        }
    }

    public var description: String { rfc3339 }

    /// The UTC date of the moment.
    public var date: CalendarDate {
        CalendarDate(daysSinceEpoch: Self.floorDivided(milliseconds, by: 86_400_000).quotient)
    }

    /// Reads RFC 3339 such as "2026-03-01T09:30:00Z", "…00.25+02:00", or a bare date (its midnight in UTC).
    public init?(rfc3339 text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 10, let date = CalendarDate(String(decoding: bytes[0..<10], as: UTF8.self)) else { return nil }
        var milliseconds = date.daysSinceEpoch * 86_400_000
        if bytes.count > 10 {
            guard let time = Self.millisecondsOfDay(bytes[10...]) else { return nil }
            milliseconds += time
        }
        self.init(milliseconds: milliseconds)
    }

    public func adding(seconds: Int64) -> Timestamp { Timestamp(milliseconds: milliseconds + seconds * 1000) }

    /// Midnight (UTC) of the day in which it lies.
    public var startOfDay: Timestamp {
        Timestamp(milliseconds: Self.floorDivided(milliseconds, by: 86_400_000).quotient * 86_400_000)
    }

    public func adding(days: Int64) -> Timestamp { adding(seconds: days * 86_400) }

    /// Reads "T09:30:00.25+02:00" behind a date; the offset is taken off, so that the result may be negative or over a day.
    private static func millisecondsOfDay(_ bytes: ArraySlice<UInt8>) -> Int64? {
        var rest = bytes
        func separator(_ accepted: String) -> Bool {
            guard let first = rest.first, accepted.utf8.contains(first) else { return false }
            rest = rest.dropFirst()
            return true
        }
        func number(_ limit: Int64) -> Int64? {
            guard rest.count >= 2, let value = digits(rest.prefix(2)), value <= limit else { return nil }
            rest = rest.dropFirst(2)
            return value
        }
        guard separator("Tt"), let hour = number(23), separator(":"), let minute = number(59), separator(":"),
            let second = number(60)
        else { return nil }
        var milliseconds = (hour * 3600 + minute * 60 + second) * 1000
        if separator(".") {
            let fraction = rest.prefix { $0 >= 0x30 && $0 <= 0x39 }
            guard (1...9).contains(fraction.count), let value = digits(fraction.prefix(3)) else { return nil }
            milliseconds += [100, 10, 1][min(fraction.count, 3) - 1] * value
            rest = rest.dropFirst(fraction.count)
        }
        if separator("Zz") { return rest.isEmpty ? milliseconds : nil }
        let isBehind = rest.first == UInt8(ascii: "-")
        guard separator("+-"), let hours = number(23), separator(":"), let minutes = number(59), rest.isEmpty else { return nil }
        let offset = (hours * 3600 + minutes * 60) * 1000
        return isBehind ? milliseconds + offset : milliseconds - offset
    }

    private static func digits(_ bytes: ArraySlice<UInt8>) -> Int64? {
        guard bytes.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
        return bytes.reduce(0) { $0 * 10 + Int64($1 - 0x30) }
    }

    static func padded(_ value: Int64, _ width: Int) -> String {
        let text = String(value)
        return String(repeating: "0", count: max(0, width - text.count)) + text
    }

    static func floorDivided(_ value: Int64, by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let quotient = value >= 0 ? value / divisor : (value - divisor + 1) / divisor
        return (quotient, value - quotient * divisor)
    }
}
