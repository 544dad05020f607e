import JSON

/// When a balance that nobody asks for is set aside.
public struct Dormancy: Hashable, Sendable {
    /// Years of 365 days without any activity of the contributor before notice is given.
    public var years: Int64
    /// Days from the notice until the balance is set aside.
    public var noticeDays: Int64

    public init(years: Int64, noticeDays: Int64) {
        self.years = years
        self.noticeDays = noticeDays
    }

    public var json: JSON { ["years": .integer(years), "notice_days": .integer(noticeDays)] }

    init(reader: inout ObjectReader) {
        years = reader.integer("years", in: 1...30)
        noticeDays = reader.integer("notice_days", in: 30...730)
    }
}
