import Domain
import Testing

/// Against the worked examples of K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011).
@Suite struct KrippendorffAlphaTests {
    /// One text a rater, one character a unit; a dot is a missing value.
    private func alpha(_ raters: String...) -> Double? {
        KrippendorffAlpha.nominal(
            raters[0].indices.map { index in
                let column = raters[0].distance(from: raters[0].startIndex, to: index)
                return raters.map { Array($0)[column] }.filter { $0 != "." }
            })
    }

    @Test func `section A: two observers, two values`() throws {
        #expect(abs(try #require(alpha("0100000010", "1110010000")) - 0.095) < 0.0005)
    }

    @Test func `section B: two observers, nominal data`() throws {
        #expect(abs(try #require(alpha("aabbdcccedda", "babbbccceddd")) - 0.692) < 0.0005)
    }

    @Test func `section C: four observers, missing values`() throws {
        let found = alpha("123321412...", "1233224125.3", ".3332342251.", "12332441251.")
        #expect(abs(try #require(found) - 0.743) < 0.0005)
    }

    @Test func `three observers with many missing values, as in the encyclopaedia's example`() throws {
        let found = alpha(".....34121133.3", "1.213343.......", "..21344.21133.4")
        #expect(abs(try #require(found) - 0.691) < 0.0005)
    }

    @Test func `full agreement is 1, and where chance can't be told from agreement there is none`() {
        #expect(alpha("abc", "abc") == 1)
        #expect(alpha("aaa", "aaa") == nil)
        #expect(alpha("a..", ".b.") == nil)
        #expect(KrippendorffAlpha.nominal([[Int]]()) == nil)
    }
}
