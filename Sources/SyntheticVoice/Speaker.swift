import Foundation

/// A person's voice: the same speaker sounds alike in every utterance.
public struct Speaker: Sendable, Equatable {
    public let sex: Sex
    public let ageYears: Int
    /// Tells speakers of the same sex and age apart.
    public let seed: UInt64

    /// The pitch of calm speech.
    public let f0Hz: Double
    /// Factor on every formant: above 1 is a shorter vocal tract than 17.5 cm.
    public let tractFactor: Double
    /// Syllables a second in calm speech.
    public let syllablesPerSecond: Double
    /// Aspiration noise, as a share of the excitation's amplitude.
    public let breathiness: Double
    /// Unsteadiness of the periods.
    public let jitterPercent: Double

    /// Ages below 4 and above 100 are taken as 4 and 100.
    public init(sex: Sex, ageYears: Int, seed: UInt64) {
        self.sex = sex
        self.ageYears = ageYears
        self.seed = seed
        var chance = Chance(seed: seed, purpose: 10)
        let age = Double(min(100, max(4, ageYears)))
        let childhood = max(0, (14 - age) / 10)
        let adultHz = sex == .female ? 205.0 : 115.0
        // Women's pitch falls with age, old men's rises (Linville 1996).
        let ageing = age > 50 ? (age - 50) / 50 * (sex == .female ? -0.12 : 0.15) : 0
        f0Hz = (adultHz + (300 - adultHz) * childhood) * (1 + ageing) * pow(2, chance.gaussian().clamped(to: 2) * 0.13)
        let adultFactor = sex == .female ? 1.16 : 1.0
        tractFactor = (adultFactor + 0.3 * childhood) * (1 + 0.035 * chance.gaussian().clamped(to: 2))
        syllablesPerSecond = (4.4 - max(0, age - 60) * 0.02) * (1 + 0.1 * chance.gaussian().clamped(to: 2))
        breathiness = chance.uniform(0.03...(sex == .female ? 0.12 : 0.07))
        jitterPercent = 0.4 + max(0, age - 60) * 0.02 + chance.uniform(0...0.5)
    }
}

extension Double {
    /// Within ± the limit.
    fileprivate func clamped(to limit: Double) -> Double { Swift.min(limit, Swift.max(-limit, self)) }
}
