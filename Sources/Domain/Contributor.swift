/// A person who records.
public struct Contributor: Identified, Hashable, Sendable {
    public static let idPrefix = "con"

    public var id: ID<Contributor>
    /// Region code, such as "DE", which chooses the pay floor; nil where not told.
    public var region: String?
    public var createdAt: Timestamp
    public var languages: [SpokenLanguage]
    public var profile: Profile

    /// A language that the contributor records in, and the tier earned in it.
    public struct SpokenLanguage: Hashable, Sendable {
        public var language: Language
        public var accent: String?
        public var tier: Tier

        public init(language: Language, accent: String? = nil, tier: Tier = .novice) {
            self.language = language
            self.accent = accent
            self.tier = tier
        }
    }

    /// Personal details, all optional, kept apart so that they can be erased alone.
    public struct Profile: Hashable, Sendable {
        public var displayName: String?
        public var ageBand: AgeBand?
        public var gender: Gender?
        public var payoutDetails: PayoutDetails?

        public init(
            displayName: String? = nil, ageBand: AgeBand? = nil, gender: Gender? = nil, payoutDetails: PayoutDetails? = nil
        ) {
            self.displayName = displayName
            self.ageBand = ageBand
            self.gender = gender
            self.payoutDetails = payoutDetails
        }
    }

    public enum AgeBand: String, CaseIterable, Sendable {
        case from18 = "18-24"
        case from25 = "25-34"
        case from35 = "35-44"
        case from45 = "45-54"
        case from55 = "55-64"
        case from65 = "65+"
    }

    public enum Gender: String, CaseIterable, Sendable {
        case female, male, diverse
    }

    public init(
        id: ID<Contributor>, region: String?, createdAt: Timestamp, languages: [SpokenLanguage], profile: Profile = Profile()
    ) {
        self.id = id
        self.region = region
        self.createdAt = createdAt
        self.languages = languages
        self.profile = profile
    }

    /// The tier in a language; novice in one that was never declared.
    public func tier(in language: Language) -> Tier {
        languages.first { $0.language == language }?.tier ?? .novice
    }
}
