extension HTTPDate {
    /// Reads an IMF-fixdate, as in `Sun, 06 Nov 1994 08:49:37 GMT`, or one of the two obsolete forms that RFC 9110 section 5.6.7 still
    /// asks for: `Sunday, 06-Nov-94 08:49:37 GMT` and `Sun Nov  6 08:49:37 1994`. Nil for anything else.
    public init?(parsing text: String) {
        let parts = text.split(separator: " ", omittingEmptySubsequences: false)
        guard let date = Self.fixed(text, parts) ?? Self.rfc850(parts) ?? Self.asctime(text, parts) else { return nil }
        self = date
    }

    private static func fixed(_ text: String, _ parts: [Substring]) -> HTTPDate? {
        guard text.utf8.count == 29, parts.count == 6, parts[5] == "GMT", parts[0].last == ",",
            days.contains(String(parts[0].dropLast()))
        else { return nil }
        return date(number(parts[3], 4), parts[2], number(parts[1], 2), parts[4])
    }

    /// Its two digits of a year are those of 1970 to 2069: in this century no year is read as one that is more than fifty years away.
    private static func rfc850(_ parts: [Substring]) -> HTTPDate? {
        guard parts.count == 4, parts[3] == "GMT", parts[0].last == ",", longDays.contains(String(parts[0].dropLast())) else {
            return nil
        }
        let day = parts[1].split(separator: "-", omittingEmptySubsequences: false)
        guard day.count == 3, let year = number(day[2], 2) else { return nil }
        return date(year < 70 ? 2000 + year : 1900 + year, day[1], number(day[0], 2), parts[2])
    }

    /// A day of one digit has a space before it.
    private static func asctime(_ text: String, _ parts: [Substring]) -> HTTPDate? {
        guard text.utf8.count == 24, days.contains(String(parts[0])) else { return nil }
        switch parts.count {
        case 5: return date(number(parts[4], 4), parts[1], number(parts[2], 2), parts[3])
        case 6 where parts[2].isEmpty: return date(number(parts[5], 4), parts[1], number(parts[3], 1), parts[4])
        default: return nil
        }
    }

    private static let longDays = ["Thursday", "Friday", "Saturday", "Sunday", "Monday", "Tuesday", "Wednesday"]

    private static func date(_ year: Int?, _ month: Substring, _ day: Int?, _ clock: Substring) -> HTTPDate? {
        let clock = clock.split(separator: ":", omittingEmptySubsequences: false)
        guard let year, let day, (1...31).contains(day), let month = months.firstIndex(of: String(month)), clock.count == 3,
            let hour = number(clock[0], 2), let minute = number(clock[1], 2), let second = number(clock[2], 2), hour < 24,
            minute < 60, second <= 60
        else { return nil }
        let dayNumber = dayNumber(year: year, month: month + 1, day: day)
        // A day that its month does not have is none.
        guard civil(day: dayNumber).day == day else { return nil }
        let date = HTTPDate(secondsSince1970: Int64(dayNumber * 86_400 + hour * 3600 + minute * 60 + second))
        // The leap second that would begin the year 10000 has no text.
        return date.secondsSince1970 <= secondsSince1970Max ? date : nil
    }

    private static func number(_ text: Substring, _ count: Int) -> Int? {
        text.utf8.count == count && text.utf8.allSatisfy { Octets.isDigit($0) } ? Int(text) : nil
    }
}
