import JSON

extension Schema {
    /// Everything that is wrong with a value.
    public func errors(in json: JSON, at pointer: JSONPointer = .root) -> [FieldError] {
        switch shape {
        case .anything: []
        case .boolean: json.asBool == nil ? [FieldError(pointer, "must be true or false")] : []
        case .integer(let range): Self.integerErrors(json, range, pointer)
        case .number(let range): Self.numberErrors(json, range, pointer)
        case .text(let format, let length): Self.textErrors(json, format, length, pointer)
        case .choice(let values): Self.choiceErrors(json, values, pointer)
        case .array(let element, let count): Self.arrayErrors(json, element, count, pointer)
        case .object(let properties, let isOpen): Self.objectErrors(json, properties, isOpen, pointer)
        case .map(let value): Self.mapErrors(json, value, pointer)
        case .nullable(let schema): json.isNull ? [] : schema.errors(in: json, at: pointer)
        case .anyOf(let schemas): Self.anyOfErrors(json, schemas, pointer)
        case .named(_, let schema): schema.errors(in: json, at: pointer)
        }
    }

    private static func integerErrors(_ json: JSON, _ range: ClosedRange<Int64>, _ pointer: JSONPointer) -> [FieldError] {
        guard let value = json.asInteger else { return [FieldError(pointer, "must be an integer")] }
        return range.contains(value) ? [] : [FieldError(pointer, demand(range))]
    }

    private static func numberErrors(_ json: JSON, _ range: ClosedRange<Double>, _ pointer: JSONPointer) -> [FieldError] {
        guard let value = json.asNumber else { return [FieldError(pointer, "must be a number")] }
        return range.contains(value) ? [] : [FieldError(pointer, demand(range))]
    }

    private static func textErrors(
        _ json: JSON, _ format: TextFormat, _ length: ClosedRange<Int>, _ pointer: JSONPointer
    ) -> [FieldError] {
        guard let text = json.asString else { return [FieldError(pointer, "must be a string")] }
        guard length.contains(text.unicodeScalars.count) else {
            return [FieldError(pointer, "must have between \(length.lowerBound) and \(length.upperBound) characters")]
        }
        return format.accepts(text) ? [] : [FieldError(pointer, format.demand)]
    }

    private static func choiceErrors(_ json: JSON, _ values: [String], _ pointer: JSONPointer) -> [FieldError] {
        guard let text = json.asString, values.contains(text) else {
            return [FieldError(pointer, "must be one of " + values.joined(separator: ", "))]
        }
        return []
    }

    private static func arrayErrors(
        _ json: JSON, _ element: Schema, _ count: ClosedRange<Int>, _ pointer: JSONPointer
    ) -> [FieldError] {
        guard let elements = json.asArray else { return [FieldError(pointer, "must be an array")] }
        guard count.contains(elements.count) else {
            return [FieldError(pointer, "must have between \(count.lowerBound) and \(count.upperBound) elements")]
        }
        return elements.enumerated().flatMap { element.errors(in: $1, at: pointer.appending($0)) }
    }

    private static func objectErrors(
        _ json: JSON, _ properties: [Property], _ isOpen: Bool, _ pointer: JSONPointer
    ) -> [FieldError] {
        guard let object = json.asObject else { return [FieldError(pointer, "must be an object")] }
        var errors: [FieldError] = []
        for property in properties {
            let place = pointer.appending(property.name)
            if let value = object[property.name] {
                errors += property.schema.errors(in: value, at: place)
            } else if property.isRequired {
                errors.append(FieldError(place, "is required"))
            }
        }
        guard !isOpen else { return errors }
        let known = Set(properties.map(\.name))
        let unknown = object.keys.filter { !known.contains($0) }
        return errors + unknown.map { FieldError(pointer.appending($0), "is not a known field") }
    }

    private static func mapErrors(_ json: JSON, _ value: Schema, _ pointer: JSONPointer) -> [FieldError] {
        guard let object = json.asObject else { return [FieldError(pointer, "must be an object")] }
        return object.flatMap { value.errors(in: $0.value, at: pointer.appending($0.key)) }
    }

    /// The errors of the schema that came closest: one of the same kind of value goes first, then the fewest errors.
    private static func anyOfErrors(_ json: JSON, _ schemas: [Schema], _ pointer: JSONPointer) -> [FieldError] {
        func distance(_ errors: [FieldError]) -> (Int, Int) {
            (errors.contains { $0.pointer == pointer } ? 1 : 0, errors.count)
        }
        return schemas.map { $0.errors(in: json, at: pointer) }.min { distance($0) < distance($1) } ?? []
    }

    private static func demand<Bound: Comparable>(_ range: ClosedRange<Bound>) -> String {
        "must be between \(range.lowerBound) and \(range.upperBound)"
    }
}
