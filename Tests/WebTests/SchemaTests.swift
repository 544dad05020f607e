import Domain
import JSON
import Testing
import Web

@Suite struct SchemaTests {
    @Test(
        arguments: [
            (.boolean, true, 1), (.integer(1...5), 5, 6), (.integer(1...5), 5.0, 4.5), (.number(0...1), 0.5, 1.5),
            (.number(0...1), 1, "1"), (.string(1...2), "ab", "abc"),
            (.string(1...1), "e\u{301}".first.map { _ in "é" } ?? "", ""),
            (.choice(["a"]), "a", "b"), (.timestamp, "2026-03-01T09:30:00Z", "2026-03-01"), (.date, "2026-02-28", "2026-02-30"),
            (.decimal, "1.5", "1.1234567"), (.currency, "USD", "usd"), (.language, "pt-BR", "PT"),
            (.sha256, .string(String(repeating: "0f", count: 32)), "0f"),
            (.id(Recording.self), "rec_01HZZZZZZZZZZZZZZZZZZZZZZZ", "x"),
            (.array(of: .boolean, 1...1), [true], []), (.array(of: .boolean), [], [1]),
            (.map(of: .boolean), ["a": true], ["a": 1]),
            (.nullable(.boolean), .null, 1), (.anyOf([.boolean, .integer()]), 1, "a"), (.named("A", .boolean), false, .null),
            (.object([.optional("a", .boolean, "")]), [:], ["a": .null]), (.object([], isOpen: true), ["a": 1], 1),
            (.money, ["amount": "1.000000", "currency": "USD"], ["amount": "1.000000", "currency": "USD", "x": 1]),
        ] as [(Schema, JSON, JSON)])
    func `a schema accepts and refuses`(schema: Schema, good: JSON, bad: JSON) {
        #expect(schema.errors(in: good).isEmpty)
        #expect(!schema.errors(in: bad).isEmpty)
    }

    @Test func `length counts Unicode scalars`() {
        #expect(Schema.string(1...1).errors(in: "e\u{301}").count == 1)
        #expect(Schema.string(2...2).errors(in: "e\u{301}").isEmpty)
    }
}
