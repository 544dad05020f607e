/// How worked time is metered for the pay floor, and how far it counts.
public struct WorkRules: Hashable, Sendable {
    /// A pause longer than this counts only up to it.
    public var idleCutOffSeconds: Int64
    /// Most hours of one day (UTC) that count.
    public var hoursPerDayMax: Int64
    /// Most worked hours that one accepted finished hour backs.
    public var workedPerFinishedMax: Factor
    /// Most worked minutes that one paid review backs.
    public var minutesPerReviewMax: Int64
    /// Worked minutes of a day that count without anything accepted: finding one's way, retakes, rejections.
    public var unbackedMinutesPerDay: Int64
    /// After so many days a period is closed although recordings of it are still undecided.
    public var closeAfterDays: Int64
    /// Finished sessions after which a quote uses their median instead of the assumed overhead.
    public var sessionsForMedian: Int64

    public init(
        idleCutOffSeconds: Int64 = 120, hoursPerDayMax: Int64 = 10, workedPerFinishedMax: Factor = Factor(thousandths: 10_000),
        minutesPerReviewMax: Int64 = 5, unbackedMinutesPerDay: Int64 = 30, closeAfterDays: Int64 = 7,
        sessionsForMedian: Int64 = 20
    ) {
        self.idleCutOffSeconds = idleCutOffSeconds
        self.hoursPerDayMax = hoursPerDayMax
        self.workedPerFinishedMax = workedPerFinishedMax
        self.minutesPerReviewMax = minutesPerReviewMax
        self.unbackedMinutesPerDay = unbackedMinutesPerDay
        self.closeAfterDays = closeAfterDays
        self.sessionsForMedian = sessionsForMedian
    }

    /// What holds for a card that does not say.
    public static let standard = WorkRules()

    /// How much of a day's metered time counts.
    public func counted(_ day: WorkedDay) -> Int64 {
        let backed =
            Int128(day.finishedMilliseconds) * Int128(workedPerFinishedMax.thousandths) / 1000
            + Int128(day.reviewCount) * Int128(minutesPerReviewMax) * 60_000 + Int128(unbackedMinutesPerDay) * 60_000
        return min(day.workedMilliseconds, hoursPerDayMax * 3_600_000, Int64(clamping: backed))
    }
}

/// One person's day (UTC) up to some moment of it.
public struct WorkedDay: Hashable, Sendable {
    /// Metered, no minute twice.
    public var workedMilliseconds: Int64
    /// Of recordings uploaded in it that were accepted.
    public var finishedMilliseconds: Int64
    public var reviewCount: Int64

    public init(workedMilliseconds: Int64, finishedMilliseconds: Int64, reviewCount: Int64) {
        self.workedMilliseconds = workedMilliseconds
        self.finishedMilliseconds = finishedMilliseconds
        self.reviewCount = reviewCount
    }
}
