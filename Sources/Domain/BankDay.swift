/// Days on which banks of the euro area settle: the calendar of TARGET (ECB, long-term calendar since 2002).
public enum BankDay {
    /// The first such day after a date: a file that is sent today is carried out from the next day on.
    public static func after(_ date: CalendarDate) -> CalendarDate {
        var day = date.daysSinceEpoch + 1
        while !isOpen(CalendarDate(daysSinceEpoch: day)) { day += 1 }
        return CalendarDate(daysSinceEpoch: day)
    }

    /// Closed on Saturdays, Sundays, 1 January, Good Friday, Easter Monday, 1 May, 25 and 26 December.
    public static func isOpen(_ date: CalendarDate) -> Bool {
        // 1970-01-01 was a Thursday; Monday is 0.
        let weekday = Timestamp.floorDivided(date.daysSinceEpoch + 3, by: 7).remainder
        let easter = easterSunday(of: date.year)
        let isFixed = [[1, 1], [5, 1], [12, 25], [12, 26]].contains([date.month, date.day])
        return weekday < 5 && !isFixed && date.daysSinceEpoch != easter - 2 && date.daysSinceEpoch != easter + 1
    }

    /// Days since the epoch of Easter Sunday, by the Gregorian computus (Meeus, Jones, Butcher).
    private static func easterSunday(of year: Int64) -> Int64 {
        let (century, yearOfCentury) = (year / 100, year % 100)
        let golden = year % 19
        let correction = (century - (century + 8) / 25 + 1) / 3
        let epact = (19 * golden + century - century / 4 - correction + 15) % 30
        let weekday = (32 + 2 * (century % 4) + 2 * (yearOfCentury / 4) - epact - yearOfCentury % 4) % 7
        let exception = (golden + 11 * epact + 22 * weekday) / 451
        let shifted = epact + weekday - 7 * exception + 114
        let text = "\(Timestamp.padded(year, 4))-\(Timestamp.padded(shifted / 31, 2))-\(Timestamp.padded(shifted % 31 + 1, 2))"
        return CalendarDate(text)!.daysSinceEpoch
    }
}
