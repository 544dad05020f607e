import Domain
import TestSupport
import Testing

@Suite struct SEPATextTests {
    @Test(arguments: [
        ("Jürgen Groß-Müller", "Jurgen Gross-Muller"), ("Žofie Čapková", "Zofie Capkova"),
        ("Αλέξανδρος Ψαρρός", "Alexandros Psarros"),
        ("Димитър Щерев", "Dimitar Shterev"), ("Łukasz Þór Æsir Œuvre", "Lukasz Thor Aesir Oeuvre"),
        ("O’Brien & Söhne", "O'Brien + Sohne"),
        ("a\u{0}\n\t b  c ", "a b c"), ("//x//y/", "x/y"), ("=cmd|' /C calc'!A0", ".cmd/' /C calc'.A0"), ("e\u{301}", "e"),
        ("🎤 Ada", ". Ada"),
        ("Ada_Lovelace", "Ada-Lovelace"), ("王芳", ".."), ("İğdır ŞAHİN", "Igdir SAHIN"), ("1 < 2", "1 . 2"),
    ]) func `texts are written with the characters of SEPA`(_ text: String, _ expected: String) {
        #expect(SEPAText.transliterate(text, max: 70) == expected)
    }

    @Test func `nothing else ever comes out, however odd the text`() {
        var random = SeededRandom(seed: 7)
        let allowed = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/-?:().,'+ ")
        for _ in 0..<20_000 {
            var text = String.UnicodeScalarView()
            for _ in 0..<Int.random(in: 0...40, using: &random) {
                text.append(Unicode.Scalar(UInt32.random(in: 0...0x2FFFF, using: &random)) ?? "x")
            }
            let result = SEPAText.transliterate(String(text), max: 35)
            #expect(result.count <= 35 && result.allSatisfy(allowed.contains))
            #expect(!result.hasPrefix("/") && !result.hasSuffix("/") && !result.contains("//") && !result.contains("  "))
            #expect(result.first != " " && result.last != " ")
        }
    }

    @Test func `a name without a letter that SEPA knows is not legible`() {
        #expect(!SEPAText.isLegible("王芳") && !SEPAText.isLegible("🎤 12") && !SEPAText.isLegible(""))
        #expect(SEPAText.isLegible("Ψ") && SEPAText.isLegible("王 Fang"))
    }
}
