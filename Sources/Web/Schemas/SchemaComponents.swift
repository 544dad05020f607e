import JSON

/// Collects the named schemas of a contract while it is written.
struct SchemaComponents {
    private(set) var schemas: JSONObject = [:]

    /// A schema in JSON Schema 2020-12; named ones become references.
    mutating func document(_ schema: Schema) -> JSON {
        var json = shape(schema.shape)
        if let example = schema.example { json["examples"] = [example] }
        return .object(json)
    }

    private mutating func shape(_ shape: Schema.Shape) -> JSONObject {
        switch shape {
        case .anything: [:]
        case .boolean: ["type": "boolean"]
        case .integer(let range): Self.integer(range)
        case .number(let range): Self.number(range)
        case .text(let format, let length): Self.text(format, length)
        case .choice(let values): ["type": "string", "enum": .strings(values)]
        case .array(let element, let count):
            [
                "type": "array", "items": document(element), "minItems": count.lowerBound == 0 ? nil : .count(count.lowerBound),
                "maxItems": .count(count.upperBound),
            ]
        case .object(let properties, let isOpen): object(properties, isOpen: isOpen)
        case .map(let value): ["type": "object", "additionalProperties": document(value)]
        case .nullable(let schema): ["anyOf": [document(schema), ["type": "null"]]]
        case .anyOf(let schemas): ["anyOf": .array(schemas.map { document($0) })]
        case .named(let name, let schema): reference(name, schema)
        }
    }

    private mutating func reference(_ name: String, _ schema: Schema) -> JSONObject {
        if schemas[name] == nil {
            schemas[name] = .null
            schemas[name] = document(schema)
        }
        return ["$ref": .string("#/components/schemas/\(name)")]
    }

    private mutating func object(_ properties: [Schema.Property], isOpen: Bool) -> JSONObject {
        var members: JSONObject = [:]
        for property in properties {
            var json = document(property.schema).asObject ?? [:]
            json["description"] = .string(property.note)
            members[property.name] = .object(json)
        }
        let required = properties.filter(\.isRequired).map(\.name)
        return [
            "type": "object", "properties": .object(members), "required": required.isEmpty ? nil : .strings(required),
            "additionalProperties": isOpen ? nil : false,
        ]
    }

    private static func integer(_ range: ClosedRange<Int64>) -> JSONObject {
        [
            "type": "integer", "format": "int64", "minimum": .integer(range.lowerBound), "maximum": .integer(range.upperBound),
        ]
    }

    private static func number(_ range: ClosedRange<Double>) -> JSONObject {
        let limit = Double.greatestFiniteMagnitude
        return [
            "type": "number", "minimum": range.lowerBound == -limit ? nil : .number(range.lowerBound),
            "maximum": range.upperBound == limit ? nil : .number(range.upperBound),
        ]
    }

    private static func text(_ format: TextFormat, _ length: ClosedRange<Int>) -> JSONObject {
        [
            "type": "string", "format": .ifPresent(format.name), "pattern": .ifPresent(format.pattern),
            "minLength": length.lowerBound == 0 ? nil : .count(length.lowerBound), "maxLength": .count(length.upperBound),
        ]
    }
}
