import Domain
import JSON

extension String: JSONWritable {
    func write(to writer: inout JSONWriter) { writer.write(quoted: self) }
}

extension Int64: JSONWritable {
    func write(to writer: inout JSONWriter) { writer.write(self) }
}

extension Double: JSONWritable {
    func write(to writer: inout JSONWriter) { writer.write(self) }
}

extension Bool: JSONWritable {
    func write(to writer: inout JSONWriter) { writer.write(self) }
}

extension JSON: JSONWritable {
    func write(to writer: inout JSONWriter) { writer.write(self) }
}

/// A text that is JSON already.
struct JSONText: JSONWritable {
    let text: String

    func write(to writer: inout JSONWriter) { writer.write(raw: text) }
}

/// The same as bytes.
struct JSONBytes: JSONWritable {
    let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    func write(to writer: inout JSONWriter) { bytes.withUnsafeBytes { writer.write(raw: $0) } }
}

/// `null` for nil.
extension Optional: JSONWritable where Wrapped: JSONWritable {
    func write(to writer: inout JSONWriter) {
        if let self { self.write(to: &writer) } else { writer.writeNull() }
    }
}

extension Array: JSONWritable where Element: JSONWritable {
    func write(to writer: inout JSONWriter) {
        writer.beginArray()
        withUnsafeBufferPointer { elements in
            for index in elements.indices {
                if index > 0 { writer.writeComma() }
                elements[index].write(to: &writer)
            }
        }
        writer.endArray()
    }
}

/// An object whose keys are data; no key stands twice.
struct JSONMap<Value: JSONWritable>: JSONWritable {
    let members: [(key: String, value: Value)]

    init(_ members: [(key: String, value: Value)]) { self.members = members }

    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        for (index, member) in members.enumerated() {
            if index > 0 { writer.writeComma() }
            writer.write(key: member.key)
            member.value.write(to: &writer)
        }
        writer.endObject()
    }
}

extension PriceFigures: JSONWritable {
    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        for index in all.indices {
            if index > 0 { writer.writeComma() }
            writer.write(key: all[index].name)
            writer.write(quoted: all[index].value)
        }
        writer.endObject()
    }
}

extension Timestamp: JSONWritable {
    func write(to writer: inout JSONWriter) { writer.write(quoted: rfc3339) }
}

extension Factor: JSONWritable {
    func write(to writer: inout JSONWriter) {
        writer.write(quotedPlainUpTo: Decimal6.characterCountMax) { writeDecimal(to: $0) }
    }
}

extension Language: JSONWritable {
    func write(to writer: inout JSONWriter) { writer.write(quoted: tag) }
}

extension ID: JSONWritable {
    func write(to writer: inout JSONWriter) { writer.write(quoted: text) }
}

extension Currency: JSONWritable {
    func write(to writer: inout JSONWriter) {
        writer.write(quotedPlainUpTo: Currency.letterCount) { writeCode(to: $0) }
    }
}

private struct Amount: JSONWritable {
    let money: Money

    func write(to writer: inout JSONWriter) {
        writer.write(quotedPlainUpTo: Decimal6.characterCountMax) { money.writeDecimal(to: $0) }
    }
}

/// An exact amount in its currency.
extension Money: JSONDescribed {
    static func describe(_ members: inout some JSONMembers<Money>) {
        members.required("amount", .decimal.example("12.345678"), "The amount in the currency's major unit") { Amount(money: $0) }
        members.required("currency", .currency.example("USD"), "ISO 4217") { $0.currency }
    }
}
