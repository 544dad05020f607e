import Domain
import Testing

@Suite struct LanguageTests {
    /// The reader and the pattern that the contract shows accept the same texts.
    @Test func `a tag is what the pattern says`() throws {
        let pattern = try Regex(Language.pattern)
        let pieces = [
            "", "d", "de", "gsw", "abcd", "De", "d1", "-", "-DE", "-De", "-D", "-DEU", "-Latn", "-latn", "-LatN", "-Lat", "é",
        ]
        for one in pieces {
            for two in pieces {
                for three in pieces {
                    let text = one + two + three
                    #expect((Language(text) != nil) == (text.wholeMatch(of: pattern) != nil), "\(text)")
                }
            }
        }
    }
}
