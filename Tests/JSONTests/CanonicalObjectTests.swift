import JSON
import TestSupport
import Testing

struct CanonicalObjectTests {
    /// Random texts, among them all that must be escaped and keys whose order differs by bytes and by UTF-16.
    @Test func itWritesWhatTheTreeWrites() throws {
        var chance = SeededRandom(seed: 0xCA)
        let characters: [Character] = ["a", "\"", "\\", "\n", "\u{1}", "é", "😀", "\u{FB33}", "\u{20AC}", "z", " "]
        func text() -> String {
            String((0..<Int.random(in: 0...6, using: &chance)).map { _ in characters.randomElement(using: &chance)! })
        }
        for _ in 0..<500 {
            let texts = (0..<3).map { _ in text() }
            let named = Dictionary((0..<4).map { _ in (text(), text()) }) { one, _ in one }
            let integer = Int64.random(in: .min ... .max, using: &chance)
            let one = text()
            var inner = CanonicalObject()
            inner.add("b", one)
            var outer = CanonicalObject()
            outer.add("a", texts)
            outer.add("b", named)
            outer.add("c", integer)
            outer.add("d", [inner.finish(), CanonicalObject().finish()])
            outer.add("e", one)
            let tree: JSON = [
                "e": .string(one), "d": [["b": .string(one)], [:]], "c": .integer(integer),
                "b": .object(JSONObject(members: named.map { ($0.key, .string($0.value)) })), "a": .strings(texts),
            ]
            #expect(outer.finish() == tree.canonicalBytes())
        }
    }
}
