extension Span<UInt8> {
    /// The bytes of the range as text: UTF-8, or where they are not that, each byte as one ISO 8859-1 character, so that
    /// nothing is lost (RFC 9110 section 5.5 calls them opaque).
    func text(_ range: Range<Int>) -> String {
        extracting(range).withUnsafeBufferPointer { bytes in
            // ASCII needs no validation, and is nearly everything.
            if bytes.allSatisfy({ $0 < 0x80 }) { return String(decoding: bytes, as: UTF8.self) }
            return String(validating: bytes, as: UTF8.self)
                ?? String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
        }
    }
}
