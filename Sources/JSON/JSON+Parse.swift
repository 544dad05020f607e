extension JSON {
    /// Reads one JSON text (RFC 8259): valid UTF-8 without byte order mark, no duplicate key, no lone surrogate, nothing
    /// behind the value. Integers that fit 64 bits are exact, other numbers the nearest double.
    public static func parse(_ bytes: [UInt8], limits: JSONLimits = .request) throws(JSONError) -> JSON {
        guard bytes.count <= limits.byteCountMax else {
            throw JSONError(.tooLong(byteCountMax: limits.byteCountMax), at: limits.byteCountMax)
        }
        var parser = JSONParser(bytes: bytes, depthMax: limits.depthMax)
        return try parser.document()
    }

    /// Reads one JSON text out of any bytes; see `parse(_:limits:)`.
    public static func parse(_ bytes: some Collection<UInt8>, limits: JSONLimits = .request) throws(JSONError) -> JSON {
        try parse(Array(bytes), limits: limits)
    }
}
