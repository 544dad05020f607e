/// Reads the fields of one JSON object and remembers everything that is wrong with them, so that a client hears of all
/// its mistakes at once.
///
///     var reader = ObjectReader(json)
///     let name = reader.string("name", max: 100)
///     let seconds = reader.integer("seconds", in: 1...36_000)
///     let language = reader.parsed("language", "is no BCP 47 language tag", Language.init(tag:))
///     reader.rejectUnknown()
///     let checked = try reader.finish(language)
///
/// A required field that is missing or wrong is answered with a placeholder (empty text, the lower bound, nil), which
/// nobody comes to use because `finish` throws. Optional readings treat `null` as absent.
public struct ObjectReader: Sendable {
    let object: JSONObject
    /// The place of the object in the text.
    public let pointer: JSONPointer
    private var errors: [FieldError] = []
    private var known: Set<String> = []

    /// A value that is no object is an error of its own and reads as an object without members.
    public init(_ json: JSON, at pointer: JSONPointer = .root) {
        self.pointer = pointer
        object = json.asObject ?? JSONObject()
        if json.asObject == nil { errors = [FieldError(pointer, "must be an object")] }
    }

    /// Whether nothing was wrong so far.
    public var isSound: Bool { errors.isEmpty }

    /// Whether the member is there and not `null`.
    public func has(_ key: String) -> Bool { !(object[key] ?? .null).isNull }

    /// Adds an error about one member.
    public mutating func refuse(_ key: String, _ detail: String) { refuse(pointer.appending(key), detail) }

    /// Adds an error about any place.
    public mutating func refuse(_ pointer: JSONPointer, _ detail: String) { errors.append(FieldError(pointer, detail)) }

    /// Makes every member that was not read an error.
    public mutating func rejectUnknown() {
        for key in object.keys where !known.contains(key) { refuse(key, "is not a known field") }
    }

    /// Throws everything that was wrong.
    public func finish() throws(FieldErrors) {
        if let errors = FieldErrors(errors) { throw errors }
    }

    /// Throws everything that was wrong, or answers the parsed values, which are all there then.
    public func finish<each Value>(_ values: repeat (each Value)?) throws(FieldErrors) -> (repeat each Value) {
        try finish()
        return (repeat (each values)!)
    }

    /// The member, remembered as known; an error when it is required and missing.
    mutating func member(_ key: String, isRequired: Bool) -> JSON? {
        known.insert(key)
        if isRequired, object[key] == nil { refuse(key, "is required") }
        return isRequired || has(key) ? object[key] : nil
    }

    /// Takes over what a reader of a part found.
    mutating func absorb(_ part: ObjectReader) { errors += part.errors }
}
