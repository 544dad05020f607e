import Domain
import Testing

@Suite struct BankDayTests {
    /// Good Fridays and Easter Mondays of the ECB's calendar, and fixed days.
    @Test(arguments: [
        "2000-04-21", "2000-04-24", "2024-03-29", "2024-04-01", "2025-04-18", "2025-04-21", "2026-04-03", "2026-04-06",
        "2027-03-26",
        "2027-03-29", "2038-04-23", "2038-04-26", "2026-01-01", "2026-05-01", "2026-12-25", "2028-12-26", "2026-11-21",
        "2026-11-22",
    ]) func `banks are closed`(_ day: String) throws { #expect(!BankDay.isOpen(try #require(CalendarDate(day)))) }

    @Test(arguments: ["2026-04-02", "2026-04-07", "2026-05-04", "2026-12-24", "2026-12-28", "2026-11-23", "2026-10-02"])
    func `banks are open`(_ day: String) throws { #expect(BankDay.isOpen(try #require(CalendarDate(day)))) }

    @Test(arguments: [
        ("2026-04-02", "2026-04-07"), ("2026-12-24", "2026-12-28"), ("2026-11-20", "2026-11-23"), ("2026-11-23", "2026-11-24"),
        ("2027-12-31", "2028-01-03"),
    ]) func `a file is carried out on the next bank day`(_ today: String, _ then: String) throws {
        #expect(BankDay.after(try #require(CalendarDate(today))).description == then)
    }
}
