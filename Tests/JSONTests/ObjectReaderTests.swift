import JSON
import Testing

@Suite struct ObjectReaderTests {
    @Test func `a sound object is read`() throws {
        let json: JSON = [
            "language": "de", "seconds": 12, "gain": 1, "ok": true, "purposes": ["a", "b"], "note": .null, "letter": "x",
            "payout": ["iban": "DE00"], "lines": [["n": 1], ["n": 2]],
        ]
        var reader = ObjectReader(json)
        #expect(reader.string("language", max: 35) == "de")
        #expect(reader.integer("seconds", in: 1...36_000) == 12)
        #expect(reader.number("gain", in: 0...2) == 1)
        #expect(reader.bool("ok") == true)
        #expect(reader.strings("purposes") == ["a", "b"])
        #expect(reader.optionalString("note") == nil)
        #expect(reader.optionalInteger("absent") == nil)
        let letter = reader.parsed("letter", "is no letter") { $0.count == 1 ? Character($0) : nil }
        let iban = reader.object("payout") { $0.string("iban") }
        #expect(reader.objects("lines") { $0.integer("n") } == [1, 2])
        reader.rejectUnknown()
        let checked = try reader.finish(letter, iban)
        #expect(checked == ("x", "DE00"))
    }

    @Test func `every mistake is named at once`() {
        let json: JSON = [
            "language": 5, "seconds": 0, "purposes": ["a", 1], "letter": "xy", "ok": .null, "payout": ["iban": 1, "bic": ""],
            "lines": [["n": "1"], 3], "a/b": 1,
        ]
        var reader = ObjectReader(json)
        _ = reader.string("language")
        _ = reader.string("missing")
        _ = reader.integer("seconds", in: 1...10)
        _ = reader.strings("purposes")
        let letter = reader.parsed("letter", "is no letter") { $0.count == 1 ? Character($0) : nil }
        _ = reader.bool("ok")
        _ = reader.object("payout") { $0.string("iban") }
        _ = reader.objects("lines") { $0.integer("n") }
        reader.rejectUnknown()
        let errors = #expect(throws: FieldErrors.self) { try reader.finish(letter) }
        #expect(
            errors?.description
                == "/language: must be a string; /missing: is required; /seconds: must be between 1 and 10; "
                + "/purposes/1: must be a string; /letter: is no letter; /ok: must be true or false; "
                + "/payout/iban: must be a string; /payout/bic: is not a known field; /lines/0/n: must be an integer; "
                + "/lines/1: must be an object; /a~1b: is not a known field")
    }

    @Test func `what is no object is one mistake`() {
        var reader = ObjectReader([1])
        reader.rejectUnknown()
        #expect(throws: FieldErrors(FieldError(.root, "must be an object"))) { try reader.finish() }
    }
}
