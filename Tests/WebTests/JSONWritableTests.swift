import Domain
import JSON
import Testing

@testable import Web

@Suite struct JSONWritableTests {
    private struct Thing: JSONDescribed {
        var name: String
        var note: String?
        var parts: [Part] = []
        var scores: [(key: String, value: Double)] = []
        var limit: Int64?
        var isOpen = false

        static func describe(_ members: inout some JSONMembers<Thing>) {
            members.required("name", .string(), "Its name") { $0.name }
            members.optional("note", .string(), "A note") { $0.note }
            members.include(Extent.self) { Extent(thing: $0) }
            members.required("parts", .array(of: .object(Schema.properties(of: Part.self))), "Its parts") { $0.parts }
            members.required("scores", .map(of: .number()), "Scores by name") { JSONMap($0.scores) }
            members.required("is_open", .boolean, "Whether it is open") { $0.isOpen }
        }
    }

    private struct Extent: JSONDescribed {
        let thing: Thing

        static func describe(_ members: inout some JSONMembers<Extent>) {
            members.required("limit", .nullable(.integer()), "How far it goes") { $0.thing.limit }
        }
    }

    private struct Part: JSONDescribed {
        let amount: Money

        static func describe(_ members: inout some JSONMembers<Part>) {
            members.required("amount", .money, "What it costs") { $0.amount }
        }
    }

    private func text(_ value: some JSONWritable) -> String { String(decoding: value.jsonBytes, as: UTF8.self) }

    @Test func `members are written in their order, those that are nil left out or null`() throws {
        #expect(
            text(Thing(name: "a")) == #"{"name":"a","limit":null,"parts":[],"scores":{},"is_open":false}"#)
        let cost = Money(micros: 1_500_000, currency: try #require(Currency(code: "USD")))
        let whole = Thing(
            name: "\"\n", note: "ü", parts: [Part(amount: cost), Part(amount: cost)], scores: [("x", 0.5), ("y", 2)],
            limit: -7, isOpen: true)
        #expect(
            text(whole)
                == #"{"name":"\"\n","note":"ü","limit":-7,"parts":[{"amount":{"amount":"1.500000","currency":"USD"}},"#
                + #"{"amount":{"amount":"1.500000","currency":"USD"}}],"scores":{"x":0.5,"y":2.0},"is_open":true}"#)
    }

    @Test func `the contract says of the members what is written`() throws {
        let properties = Schema.properties(of: Thing.self)
        #expect(properties.map(\.name) == ["name", "note", "limit", "parts", "scores", "is_open"])
        #expect(properties.map(\.isRequired) == [true, false, true, true, true, true])
        let schema = Schema.described("Thing", Thing.self)
        for thing in [Thing(name: "a"), Thing(name: "b", note: "c", scores: [("x", 1)], limit: 3)] {
            #expect(schema.errors(in: try JSON.parse(thing.jsonBytes)).isEmpty)
        }
    }

    @Test(arguments: [Int64.min, -1, 0, 9, 10, .max])
    func `integers are written as they are`(_ value: Int64) throws {
        #expect(text(value) == String(value))
        #expect(try JSON.parse(value.jsonBytes) == .integer(value))
    }

    @Test func `what stands for itself is written as the tree would be`() {
        #expect(text([String?.none, "a"]) == #"[null,"a"]"#)
        #expect(text(Double.nan) == "null")
        #expect(text(JSONText(text: #"{"a":1}"#)) == #"{"a":1}"#)
        let tree: JSON = ["a": [1, true, .null]]
        #expect(text(tree) == tree.description)
    }
}
