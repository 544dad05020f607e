/// Languages and accents that a rate card prices apart. What is not listed has the factor 1 and no line in a price.
public struct LanguageFactors: Hashable, Sendable {
    public var languages: [Language: Factor]
    /// By language and the accent's own name, such as "bavarian".
    public var accents: [Language: [String: Factor]]

    public init(languages: [Language: Factor] = [:], accents: [Language: [String: Factor]] = [:]) {
        self.languages = languages
        self.accents = accents
    }

    /// Nil where the card does not list it.
    public func factor(of language: Language) -> Factor? { languages[language] }

    /// Nil where the card does not list it.
    public func factor(of accent: String?, in language: Language) -> Factor? {
        accent.flatMap { accents[language]?[$0] }
    }
}
