import JSON

/// JSON: what was read and written is read as the same again, and written as the same bytes.
enum JSONTarget {
    static func run(_ bytes: [UInt8]) -> CInt {
        guard let value = try? JSON.parse(bytes) else {
            property(!isParsed(bytes[...]), "A slice is read where the whole is not")
            return Verdict.kept
        }
        let written = value.bytes()
        property(parsed(written) == value, "Written and read again is not the same")
        property(parsed(written)?.bytes() == written, "Written again is not the same")
        property(parsed(value.prettyBytes()) == value, "Pretty is not the same")
        let canonical = value.canonicalBytes()
        property(parsed(canonical)?.canonicalBytes() == canonical, "Canonical again is not the same")
        return Verdict.kept
    }

    /// Writing may need more bytes than were read: limits are not the property.
    private static func parsed(_ bytes: [UInt8]) -> JSON? { try? JSON.parse(bytes, limits: .trusted) }

    private static func isParsed(_ bytes: ArraySlice<UInt8>) -> Bool { (try? JSON.parse(bytes)) != nil }
}
