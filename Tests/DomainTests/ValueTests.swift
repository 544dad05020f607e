import Domain
import TestSupport
import Testing

@Suite struct ValueTests {
    @Test(arguments: [
        ("0", 0 as Int64?), ("12.345678", 12_345_678), ("-0.5", -500_000), ("007", 7_000_000), ("1.2345678", nil), ("", nil),
        (".5", nil),
        ("1.", nil), ("1e3", nil), ("+1", nil), ("12345678901234", nil), ("١", nil),
    ])
    func `money reads decimals and nothing else`(text: String, micros: Int64?) {
        #expect(Money(decimal: text, currency: .usd)?.micros == micros)
    }

    @Test func `money survives its text`() {
        var random = SeededRandom(seed: 1)
        for _ in 0..<10_000 {
            let money = Money(
                micros: .random(in: -8_000_000_000_000_000_000...8_000_000_000_000_000_000, using: &random), currency: .usd)
            #expect(Money(decimal: money.decimal, currency: .usd) == money)
        }
    }

    @Test func `decimals of every length are written as arithmetic says`() {
        for (micros, text) in [
            (0, "0.000000"), (1, "0.000001"), (-1, "-0.000001"), (999_999, "0.999999"), (1_000_000, "1.000000"),
            (Int64.max, "9223372036854.775807"), (Int64.min, "-9223372036854.775808"),
        ] as [(Int64, String)] { #expect(Money(micros: micros, currency: .usd).decimal == text) }
        for (thousandths, text) in [
            (0, "0"), (1, "0.001"), (10, "0.01"), (1000, "1"), (1250, "1.25"), (100_000, "100"), (-1500, "-1.5"),
        ]
            as [(Int64, String)]
        { #expect(Factor(thousandths: thousandths).decimal == text) }
    }

    @Test func `figures stand in the order of their names, each once`() {
        var figures: PriceFigures = ["b": "2", "a": "1", "c": "3"]
        figures["b"] = "4"
        figures["aa"] = "5"
        figures["c"] = nil
        #expect(figures.all.map { $0.name + $0.value } == ["a1", "aa5", "b4"])
        #expect(figures["b"] == "4" && figures["c"] == nil)
    }

    @Test(arguments: [("USD", "12.34"), ("JPY", "12"), ("KWD", "12.345")])
    func `a payout has the digits of its currency`(code: String, text: String) {
        let money = Money(micros: 12_345_678, currency: Currency(code: code)!).wholeMinorUnits
        #expect(money.minorUnitDecimal == text)
    }

    @Test(arguments: [
        ("2026-03-01T09:30:00Z", "2026-03-01T09:30:00.000Z" as String?), ("2024-02-29", "2024-02-29T00:00:00.000Z"),
        ("2026-03-01T09:30:00.25+02:00", "2026-03-01T07:30:00.250Z"), ("1969-12-31T23:59:59Z", "1969-12-31T23:59:59.000Z"),
        ("2025-02-29", nil), ("2026-03-01T25:00:00Z", nil), ("2026-03-01T09:30:00", nil), ("yesterday", nil),
    ])
    func `times are read and written in UTC`(text: String, written: String?) {
        #expect(Timestamp(rfc3339: text)?.rfc3339 == written)
    }

    @Test func `every day has its date and back`() {
        for day in stride(from: Int64(-800_000), through: 800_000, by: 13) {
            let date = CalendarDate(daysSinceEpoch: day)
            #expect(date.daysSinceEpoch == day)
        }
    }

    @Test func `ids rise within a millisecond and can't be mixed up`() {
        let ids = IDSource(chance: { 42 })
        let now = Timestamp(milliseconds: 1_700_000_000_000)
        let made: [ID<Recording>] = (0..<1000).map { _ in ids.make(at: now) }
        #expect(made == made.sorted() && Set(made).count == 1000)
        #expect(ID<Recording>(made[0].text) == made[0] && ID<Quote>(made[0].text) == nil)
    }

    /// A process that starts again on a clock that was set back goes on where the earlier one has ended.
    @Test func idsRiseAcrossProcesses() {
        let late = Timestamp(milliseconds: 1_770_000_000_000)
        let early = Timestamp(milliseconds: 1_760_000_000_000)
        let last: ID<Quote> = IDSource(chance: { .max }).make(at: late)
        let ids = IDSource(chance: { 0 })
        ids.resume(after: "no id")
        ids.resume(after: last.text)
        ids.resume(after: (IDSource(chance: { 7 }).make(at: early) as ID<Quote>).text)
        #expect((ids.make(at: early) as ID<Quote>) > last)
        #expect((ids.make(at: late.adding(seconds: 1)) as ID<Quote>).text.hasPrefix("quo_01KG"))
    }

    @Test func `a spreadsheet can open the cells`() {
        #expect(CSV.row(["a,b", "say \"so\"", "=1+1", "-5", "plain"]) == "\"a,b\",\"say \"\"so\"\"\",'=1+1,-5,plain\r\n")
    }

    @Test func `inferring emotions at work is prohibited`() {
        #expect(UseContext.workplace.prohibition(of: .emotionRecognition) != nil)
        #expect(UseContext.general.prohibition(of: .emotionRecognition) == nil)
        #expect(UseContext.workplace.prohibition(of: .speechRecognition) == nil)
    }
}
