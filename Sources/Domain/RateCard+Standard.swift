extension RateCard {
    /// The rate card that a new installation begins with. An ordinary recording lands between 15 and 50 USD a finished hour.
    public static let standard: RateCard = {
        func usd(_ decimal: String) -> Money { Money(decimal: decimal, currency: .usd)! }
        func factor(_ thousandths: Int64) -> Factor { Factor(thousandths: thousandths) }
        func rates(_ year: String, _ three: String, _ perpetual: String) -> [Term: Money] {
            [.oneYear: usd(year), .threeYears: usd(three), .perpetual: usd(perpetual)]
        }
        return RateCard(
            number: 1, currency: .usd, basePerHour: usd("24"),
            scarcity: ScarcityRule(slope: factor(1500), cap: factor(2500)),
            registers: [
                .friend: .one, .stranger: .one, .customer: factor(1050), .official: factor(1100), .boss: factor(1100),
                .doctor: factor(1150), .child: factor(1200),
            ],
            settings: [.quiet: .one, .phone: factor(1050), .car: factor(1200), .street: factor(1250), .crowd: factor(1300)],
            elicitations: [.scripted: .one, .acted: factor(1100), .elicited: factor(1300), .spontaneous: factor(1400)],
            emotions: [
                .neutral: .one, .happiness: factor(1050), .sadness: factor(1100), .anger: factor(1150), .boredom: factor(1200),
                .surprise: factor(1250), .fear: factor(1300), .disgust: factor(1300),
            ],
            tiers: [.novice: .one, .skilled: factor(1250), .expert: factor(1600)],
            grades: [.a: factor(1250), .b: .one, .c: factor(600), .rejected: factor(0)],
            gradeRules: [
                GradeRule(measure: .durationSeconds, a: 1.0, b: 0.8, c: 0.5)!,
                GradeRule(measure: .snrDecibels, a: 25, b: 15, c: 3)!,
                GradeRule(measure: .clippedShare, a: 0.0005, b: 0.002, c: 0.02)!,
                GradeRule(measure: .speechShare, a: 0.4, b: 0.25, c: 0.1)!,
                GradeRule(measure: .bandwidthHz, a: 5500, b: 3400, c: 800)!,
                GradeRule(measure: .noiseFloorDecibels, a: -50, b: -40, c: -25)!,
                GradeRule(measure: .loudnessLUFS, a: -38, b: -46, c: -60)!,
                GradeRule(measure: .humDecibels, a: 25, b: 35, c: 60)!,
                GradeRule(measure: .dropoutShare, a: 0.0005, b: 0.05, c: 0.2)!,
                GradeRule(measure: .truePeakDecibels, a: 2, b: 4, c: 20)!,
                GradeRule(measure: .dcOffset, a: 0.02, b: 0.05, c: 0.3)!,
                GradeRule(measure: .leadingSilenceSeconds, a: 3, b: 10, c: 60)!,
                GradeRule(measure: .longestPauseSeconds, a: 5, b: 15, c: 120)!,
                GradeRule(measure: .trailingSilenceSeconds, a: 3, b: 10, c: 60)!,
                GradeRule(measure: .channelCancellationDecibels, a: 3, b: 6, c: 20)!,
                GradeRule(measure: .isTruncated, a: 0, b: 1, c: 1)!,
            ],
            overheads: [.scripted: factor(2000), .acted: factor(2000), .elicited: factor(2200), .spontaneous: factor(1800)],
            royaltyPolicy: RoyaltyPolicy(royalties: 600, reviewers: 100, acquisitionFund: 200, operations: 100)!,
            licenceRates: [
                .emotionRecognition: rates("60", "120", "200"), .speechRecognition: rates("40", "80", "140"),
                .speechSynthesis: rates("120", "240", "400"), .voiceConversion: rates("140", "280", "460"),
                .speakerRecognition: rates("90", "180", "300"), .healthInference: rates("120", "240", "400"),
                .researchOnly: rates("15", "30", "50"), .advertising: rates("160", "320", "540"),
            ],
            payFloors: ["*": usd("12"), "DE": usd("15"), "US": usd("15"), "GB": usd("16")],
            quoteValidDays: 14, quoteSecondsMax: 36_000, recordingSecondsMax: 1800, payoutMinimum: usd("1"),
            dormancy: Dormancy(years: 5, noticeDays: 90))
    }()
}
