extension JSON {
    /// The value without white space, members in their order.
    public func bytes() -> [UInt8] { written(.compact) }

    /// The value indented by two spaces, with a line feed at its end.
    public func prettyBytes() -> [UInt8] { written(.pretty) + [0x0A] }

    /// The one spelling that is hashed and signed: keys sorted by UTF-16 code units, no white space, doubles as
    /// ECMAScript writes them (RFC 8785). Integers are exact up to 64 bits, which goes beyond that document.
    public func canonicalBytes() -> [UInt8] { written(.canonical) }

    private func written(_ style: JSONWriter.Style) -> [UInt8] {
        var writer = JSONWriter(style: style)
        writer.write(self)
        return writer.bytes
    }
}

extension JSON: CustomStringConvertible {
    /// The compact text.
    public var description: String { String(decoding: bytes(), as: UTF8.self) }
}
