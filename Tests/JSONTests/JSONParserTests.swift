import JSON
import TestSupport
import Testing

@Suite struct JSONParserTests {
    @Test(
        arguments: [
            ("null", .null), ("true", true), ("false", false), ("0", 0), ("-0", 0), ("-12", -12), ("1.5", 1.5),
            ("1e2", .number(100)), ("1E+2", .number(100)), ("25e-1", 2.5), ("9223372036854775807", .integer(.max)),
            ("-9223372036854775808", .integer(.min)), ("9223372036854775808", .number(9_223_372_036_854_775_808)),
            (#""""#, ""), (#""a\"\\\/\b\f\n\r\t""#, "a\"\\/\u{8}\u{C}\n\r\t"), (#""\u00e9\uD83D\uDE00é😀""#, "é😀é😀"),
            ("[]", []), ("{}", [:]), (" [ 1 , [ ] ] ", [1, []]),
            (#"{"a":{"b":[1,2]},"c":null}"#, ["a": ["b": [1, 2]], "c": .null]),
        ] as [(String, JSON)])
    func `valid texts are read`(text: String, value: JSON) throws {
        #expect(try JSON.parse(Array(text.utf8)) == value)
    }

    @Test(
        arguments: [
            ("", JSONError(.unexpectedEnd, at: 0)), (" ", JSONError(.unexpectedEnd, at: 1)),
            ("nul", JSONError(.unexpectedEnd, at: 3)), ("nulL", JSONError(.unexpectedByte(0x4C), at: 3)),
            ("01", JSONError(.invalidNumber, at: 1)), ("-", JSONError(.unexpectedEnd, at: 1)),
            ("-a", JSONError(.invalidNumber, at: 1)), ("+1", JSONError(.unexpectedByte(0x2B), at: 0)),
            ("1.", JSONError(.unexpectedEnd, at: 2)), (".5", JSONError(.unexpectedByte(0x2E), at: 0)),
            ("1e", JSONError(.unexpectedEnd, at: 2)), ("1.e1", JSONError(.invalidNumber, at: 2)),
            ("1e400", JSONError(.numberOutOfRange, at: 0)), ("NaN", JSONError(.unexpectedByte(0x4E), at: 0)),
            ("1 2", JSONError(.trailingBytes, at: 2)), ("[1,]", JSONError(.unexpectedByte(0x5D), at: 3)),
            ("[1", JSONError(.unexpectedEnd, at: 2)), ("[1}", JSONError(.unexpectedByte(0x7D), at: 2)),
            (#"{"a":1,}"#, JSONError(.unexpectedByte(0x7D), at: 7)), ("{a:1}", JSONError(.unexpectedByte(0x61), at: 1)),
            (#"{"a":1,"a":2}"#, JSONError(.duplicateKey("a"), at: 7)),
            ("\"a\nb\"", JSONError(.controlCharacter, at: 2)), (#""\x""#, JSONError(.invalidEscape, at: 1)),
            (#""\u12g4""#, JSONError(.invalidEscape, at: 1)), (#""\uD800""#, JSONError(.loneSurrogate, at: 1)),
            (#""\uDC00\uD800""#, JSONError(.loneSurrogate, at: 1)), (#""\uD800\u0041""#, JSONError(.loneSurrogate, at: 1)),
            ("\u{FEFF}1", JSONError(.unexpectedByte(0xEF), at: 0)), ("'a'", JSONError(.unexpectedByte(0x27), at: 0)),
            ("\"abc", JSONError(.unexpectedEnd, at: 4)), ("\"\\", JSONError(.unexpectedEnd, at: 2)),
        ] as [(String, JSONError)])
    func `invalid texts are refused with their place`(text: String, error: JSONError) {
        #expect(throws: error) { try JSON.parse(Array(text.utf8)) }
    }

    @Test(arguments: [[0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xFF], [0xC3], [0xF5, 0x80, 0x80, 0x80]] as [[UInt8]])
    func `invalid UTF-8 is refused`(bytes: [UInt8]) {
        #expect(throws: JSONError(.invalidUTF8, at: 1)) { try JSON.parse([0x22] + bytes + [0x22]) }
    }

    @Test func `limits hold`() throws {
        let limits = JSONLimits(byteCountMax: 10, depthMax: 3)
        #expect(try JSON.parse(Array("[[[1]]]".utf8), limits: limits) == [[[1]]])
        #expect(throws: JSONError(.tooDeep(depthMax: 3), at: 3)) { try JSON.parse(Array("[[[[1]]]]".utf8), limits: limits) }
        #expect(throws: JSONError(.tooLong(byteCountMax: 10), at: 10)) {
            try JSON.parse(Array("12345678901".utf8), limits: limits)
        }
    }

    @Test func `any damage is refused or read, never fatal`() {
        var random = SeededRandom(seed: 8259)
        let text = Array(#"{"a":[1,-2.5e3,"x\u00e9\\",true,null],"b":{"c":"😀"}}"#.utf8)
        for _ in 0..<5000 {
            var damaged = text
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                damaged[Int.random(in: damaged.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            damaged = Array(damaged.prefix(Int.random(in: 0...damaged.count, using: &random)))
            guard let value = try? JSON.parse(damaged) else { continue }
            #expect((try? JSON.parse(value.bytes())) == value)
        }
    }
}
