import JSON
import TestSupport
import Testing

@Suite struct JSONWriterTests {
    @Test func `members keep their order and absent ones are left out`() {
        let note: String? = nil
        let json: JSON = ["z": 1, "a": .ifPresent(note), "m": .orNull(note), "b": nil, "c": [true, 1.5, "x"]]
        #expect(json.description == #"{"z":1,"m":null,"c":[true,1.5,"x"]}"#)
    }

    @Test func `only what must be escaped is escaped`() {
        let text = "\"\\/\u{8}\u{C}\n\r\t\u{1}\u{1F}é😀\u{7F}"
        #expect(JSON.string(text).description == #""\"\\/\b\f\n\r\t\u0001\u001fé😀"# + "\u{7F}\"")
    }

    /// Texts are looked at in pieces of eight bytes: what is escaped must be seen wherever it stands.
    @Test(arguments: 0...20) func `what is escaped is seen at every place of a text`(count: Int) throws {
        for special in [0x00, 0x1F, 0x20, 0x21, 0x22, 0x23, 0x5B, 0x5C, 0x5D, 0x7F, 0x80, 0xA2, 0xDC, 0xFF] as [UInt32] {
            for place in 0...count {
                var scalars = Array(repeating: Unicode.Scalar(UInt8(ascii: "x")), count: count)
                scalars.insert(try #require(Unicode.Scalar(special)), at: place)
                let text = String(String.UnicodeScalarView(scalars))
                let written = JSON.string(text).description
                #expect(try JSON.parse(Array(written.utf8)).asString == text)
                let isEscaped = special < 0x20 || special == 0x22 || special == 0x5C
                #expect(written.contains("\\") == isEscaped)
            }
        }
    }

    @Test func `a pretty text is indented by two spaces`() {
        let json: JSON = ["a": [1, ["b": []]], "c": [:]]
        let text = "{\n  \"a\": [\n    1,\n    {\n      \"b\": []\n    }\n  ],\n  \"c\": {}\n}\n"
        #expect(String(decoding: json.prettyBytes(), as: UTF8.self) == text)
    }

    @Test func `a number that is not finite is null`() {
        #expect(JSON.array([.number(.nan), .number(.infinity)]).description == "[null,null]")
    }

    /// RFC 8785 section 3.2.3: keys sorted by UTF-16 code units, so that U+1F600 comes before U+FB33.
    @Test func `canonical keys are sorted by UTF-16 code units`() {
        let json: JSON = [
            "\u{20ac}": "Euro Sign", "\r": "Carriage Return", "\u{fb33}": "Hebrew Letter Dalet With Dagesh", "1": "One",
            "\u{1F600}": "Emoji: Grinning Face", "\u{80}": "Control", "\u{f6}": "Latin Small Letter O With Diaeresis",
        ]
        let values = [
            "Carriage Return", "One", "Control", "Latin Small Letter O With Diaeresis", "Euro Sign", "Emoji: Grinning Face",
            "Hebrew Letter Dalet With Dagesh",
        ]
        let written = try? JSON.parse(json.canonicalBytes())
        #expect(written?.asObject?.map(\.value) == values.map(JSON.string))
    }

    /// RFC 8785 appendix B, which names doubles by their bits.
    @Test(
        arguments: [
            (0x0000_0000_0000_0000, "0"), (0x8000_0000_0000_0000, "0"), (0x0000_0000_0000_0001, "5e-324"),
            (0x8000_0000_0000_0001, "-5e-324"), (0x7fef_ffff_ffff_ffff, "1.7976931348623157e+308"),
            (0x4340_0000_0000_0000, "9007199254740992"), (0x4430_0000_0000_0000, "295147905179352830000"),
            (0x44b5_2d02_c7e1_4af5, "9.999999999999997e+22"), (0x44b5_2d02_c7e1_4af6, "1e+23"),
            (0x444b_1ae4_d6e2_ef4e, "999999999999999700000"), (0x444b_1ae4_d6e2_ef50, "1e+21"),
            (0x3eb0_c6f7_a0b5_ed8c, "9.999999999999997e-7"), (0x3eb0_c6f7_a0b5_ed8d, "0.000001"),
            (0x41b3_de43_5555_5554, "333333333.33333325"), (0xbecb_f647_612f_3696, "-0.0000033333333333333333"),
            (0x4314_3ff3_c1cb_0959, "1424953923781206.2"),
        ] as [(UInt64, String)])
    func `canonical numbers are ECMAScript's`(bits: UInt64, text: String) {
        #expect(String(decoding: JSON.number(Double(bitPattern: bits)).canonicalBytes(), as: UTF8.self) == text)
    }

    @Test func `whatever is written is read again`() throws {
        var random = SeededRandom(seed: 8785)
        for _ in 0..<500 {
            let value = random.json(depth: 4)
            for bytes in [value.bytes(), value.prettyBytes()] { #expect(try JSON.parse(bytes) == value) }
            let canonical = value.canonicalBytes()
            #expect(try JSON.parse(canonical).canonicalBytes() == canonical)
        }
    }
}

extension SeededRandom {
    fileprivate mutating func json(depth: Int) -> JSON {
        switch Int.random(in: 0..<(depth > 0 ? 7 : 5), using: &self) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &self))
        case 2: return .integer(Int64(bitPattern: next()))
        case 3: return .number(Double(Int32(truncatingIfNeeded: next())) / 7 * 1e30)
        case 4: return .string(text())
        case 5: return .array((0..<Int.random(in: 0...4, using: &self)).map { _ in json(depth: depth - 1) })
        default:
            var object = JSONObject()
            for _ in 0..<Int.random(in: 0...12, using: &self) { object[text()] = json(depth: depth - 1) }
            return .object(object)
        }
    }

    private mutating func text() -> String {
        var text = ""
        for _ in 0..<Int.random(in: 0...6, using: &self) {
            text.unicodeScalars.append(["a", "\"", "\\", "\n", "\u{0}", "é", "😀", "\u{FFFF}"].randomElement(using: &self)!)
        }
        return text
    }
}
