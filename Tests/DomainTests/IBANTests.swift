import Domain
import TestSupport
import Testing

@Suite struct IBANTests {
    /// Examples of the IBAN Registry.
    static let examples = [
        "GB29 NWBK 6016 1331 9268 19", "DE89370400440532013000", "FR14 2004 1010 0505 0001 3M02 606",
        "MT84MALT011000012345MTLCAST001S", "NO93 8601 1117 947", "LC55HEMM000100010012001200023015",
        "gr16 0110 1250 0000 0001 2300 695", "SC18SSCB11010000000000001497USD", "BR1800360305000010009795493C1",
    ]

    @Test(arguments: examples) func `the registry's examples are read`(_ text: String) throws {
        let iban = try #require(IBAN(text))
        #expect(iban.text == text.filter { $0 != " " }.uppercased())
    }

    @Test(arguments: examples) func `one wrong digit or letter is found`(_ text: String) throws {
        let right = Array(try #require(IBAN(text)).text)
        for place in right.indices {
            for other in right[place].isNumber ? "0123456789" : "ABMXYZ" where other != right[place] {
                var wrong = right
                wrong[place] = other
                #expect(IBAN(String(wrong)) == nil, "\(String(wrong))")
            }
        }
    }

    @Test(arguments: [
        "", "DE", "DE8937040044053201300", "DE893704004405320130000", "XX89370400440532013000", "DE89370400440532o13000\n",
        "DE89-3704-0044-0532-0130-00", "ＤＥ89370400440532013000", "DEß9370400440532013000",
    ]) func `what is none is refused`(_ text: String) { #expect(IBAN(text) == nil) }

    @Test func `neighbours that change places are found`() throws {
        let right = Array("DE89370400440532013000")
        for place in 4..<21 where right[place] != right[place + 1] {
            var wrong = right
            wrong.swapAt(place, place + 1)
            #expect(IBAN(String(wrong)) == nil)
        }
    }

    @Test func `SEPA does not reach everyone`() {
        #expect(IBAN("DE89370400440532013000")?.isInSEPA == true)
        #expect(IBAN("BR1800360305000010009795493C1")?.isInSEPA == false)
        #expect(IBAN("DE89370400440532013000")?.masked == "DE…3000")
    }

    @Test(arguments: [("COBADEFFXXX", true), ("COBADEFF", true), ("COBADEF", false), ("cobadeff", false), ("COBA12FF", false)])
    func `a BIC has 8 or 11 characters and a country`(_ text: String, _ isOne: Bool) { #expect((BIC(text) != nil) == isOne) }

    @Test(arguments: [
        ("ada@example.org", true), ("a.b+c@mail.example.co.uk", true), ("=cmd@example.org", false), ("+a@example.org", false),
        ("a@b", false), ("a@@b.c", false), ("a b@example.org", false), ("a@-x.org", false), ("ä@example.org", false),
        ("@x.y", false),
        ("a\n@example.org", false),
    ]) func `an e-mail address is plain`(_ text: String, _ isOne: Bool) { #expect((EmailAddress(text) != nil) == isOne) }
}
