import Domain
import JSON

/// A value that writes itself as JSON, straight into the bytes of an answer: to build a tree first takes longer than all the rest of
/// a small answer.
protocol JSONWritable {
    func write(to writer: inout JSONWriter)
}

extension JSONWritable {
    /// The text of the value.
    var jsonBytes: [UInt8] {
        var writer = JSONWriter()
        write(to: &writer)
        return writer.bytes
    }
}

/// A type whose values are objects. One description of the members makes both the bytes of answers and what the contract says.
///
/// The description is a function that is run with what to do for each member. Compiled for the writer it becomes plain calls:
/// no member is an object of its own that threads would have to share.
protocol JSONDescribed: JSONWritable {
    static func describe(_ members: inout some JSONMembers<Self>)
}

/// What is done for each member of an object, in their order. The first one must be there always.
protocol JSONMembers<Whole> {
    associatedtype Whole

    /// A member that is always there.
    mutating func required<Field: JSONWritable>(
        _ name: StaticString, _ schema: @autoclosure () -> Schema, _ note: @autoclosure () -> String, _ field: (Whole) -> Field)

    /// A member that is left out for nil.
    mutating func optional<Field: JSONWritable>(
        _ name: StaticString, _ schema: @autoclosure () -> Schema, _ note: @autoclosure () -> String, _ field: (Whole) -> Field?)

    /// The members of a part, as if they were the whole's own.
    mutating func include<Part: JSONDescribed>(_: Part.Type, _ part: (Whole) -> Part)

    /// The members of a part that were written beforehand, as if they were the whole's own: as text, without braces.
    mutating func prepared<Part: JSONDescribed>(_: Part.Type, _ text: (Whole) -> UnsafeRawBufferPointer)

    /// Members that are described elsewhere and found by their names. They are not the first ones.
    mutating func include<Field: JSONWritable>(
        _ properties: @autoclosure () -> [Schema.Property], _ field: (Whole, String) -> Field)
}

extension JSONDescribed {
    func write(to writer: inout JSONWriter) {
        // Lent, not copied: a copy would count references to each part.
        withUnsafePointer(to: self) { whole in
            withUnsafeMutablePointer(to: &writer) { writer in
                var members = WrittenMembers(whole: whole, writer: writer)
                Self.describe(&members)
                writer.pointee.endObject()
            }
        }
    }
}

/// Writes the members of one object.
private struct WrittenMembers<Whole>: JSONMembers {
    /// Lent for as long as the members are written, as is the writer.
    let whole: UnsafePointer<Whole>
    let writer: UnsafeMutablePointer<JSONWriter>
    var isFirst = true

    mutating func required<Field: JSONWritable>(
        _ name: StaticString, _: @autoclosure () -> Schema, _: @autoclosure () -> String, _ field: (Whole) -> Field
    ) {
        writer.pointee.write(member: name, isFirst: isFirst)
        isFirst = false
        field(whole.pointee).write(to: &writer.pointee)
    }

    mutating func optional<Field: JSONWritable>(
        _ name: StaticString, _: @autoclosure () -> Schema, _: @autoclosure () -> String, _ field: (Whole) -> Field?
    ) {
        guard let field = field(whole.pointee) else { return }
        writer.pointee.write(member: name, isFirst: false)
        field.write(to: &writer.pointee)
    }

    mutating func include<Part: JSONDescribed>(_: Part.Type, _ part: (Whole) -> Part) {
        withUnsafePointer(to: part(whole.pointee)) { part in
            var members = WrittenMembers<Part>(whole: part, writer: writer, isFirst: isFirst)
            Part.describe(&members)
            isFirst = members.isFirst
        }
    }

    mutating func prepared<Part: JSONDescribed>(_: Part.Type, _ text: (Whole) -> UnsafeRawBufferPointer) {
        if isFirst { writer.pointee.beginObject() } else { writer.pointee.writeComma() }
        isFirst = false
        writer.pointee.write(raw: text(whole.pointee))
    }

    mutating func include<Field: JSONWritable>(
        _ properties: @autoclosure () -> [Schema.Property], _ field: (Whole, String) -> Field
    ) {
        for property in properties() {
            writer.pointee.writeComma()
            writer.pointee.write(key: property.name)
            field(whole.pointee, property.name).write(to: &writer.pointee)
        }
    }
}

/// Gathers what the contract says of the members.
private struct DescribedMembers<Whole>: JSONMembers {
    var properties: [Schema.Property] = []

    mutating func required<Field: JSONWritable>(
        _ name: StaticString, _ schema: @autoclosure () -> Schema, _ note: @autoclosure () -> String, _: (Whole) -> Field
    ) {
        properties.append(.required("\(name)", schema(), note()))
    }

    mutating func optional<Field: JSONWritable>(
        _ name: StaticString, _ schema: @autoclosure () -> Schema, _ note: @autoclosure () -> String, _: (Whole) -> Field?
    ) {
        precondition(!properties.isEmpty, "The first member must be there always")
        properties.append(.optional("\(name)", schema(), note()))
    }

    mutating func include<Part: JSONDescribed>(_ part: Part.Type, _: (Whole) -> Part) {
        properties += Schema.properties(of: part)
    }

    mutating func prepared<Part: JSONDescribed>(_ part: Part.Type, _: (Whole) -> UnsafeRawBufferPointer) {
        properties += Schema.properties(of: part)
    }

    mutating func include<Field: JSONWritable>(
        _ more: @autoclosure () -> [Schema.Property], _: (Whole, String) -> Field
    ) {
        precondition(!properties.isEmpty, "The first member must be there always")
        properties += more()
    }
}

extension Schema {
    /// What the contract says of the members of a type.
    static func properties<Whole: JSONDescribed>(of _: Whole.Type) -> [Property] {
        var members = DescribedMembers<Whole>()
        Whole.describe(&members)
        return members.properties
    }

    /// The schema of a described type, under a name.
    static func described<Whole: JSONDescribed>(_ name: String, _ whole: Whole.Type) -> Schema {
        .named(name, .object(properties(of: whole)))
    }
}
