/// Why bytes are not an acceptable JSON text, and where.
public struct JSONError: Error, Sendable, Equatable {
    public enum Reason: Sendable, Equatable {
        case tooLong(byteCountMax: Int)
        case tooDeep(depthMax: Int)
        /// The text ends inside a value.
        case unexpectedEnd
        /// No token of the grammar begins with this byte here.
        case unexpectedByte(UInt8)
        /// Something other than white space follows the value.
        case trailingBytes
        case invalidNumber
        /// A number beyond the range of a double.
        case numberOutOfRange
        case invalidEscape
        /// `\uD800`–`\uDFFF` that is not one half of a pair.
        case loneSurrogate
        /// A byte below 0x20 inside a string.
        case controlCharacter
        case invalidUTF8
        case duplicateKey(String)
    }

    public var reason: Reason
    /// Offset in bytes from the beginning of the text.
    public var offset: Int

    public init(_ reason: Reason, at offset: Int) {
        self.reason = reason
        self.offset = offset
    }
}

extension JSONError: CustomStringConvertible {
    /// One sentence for people.
    public var description: String { "\(reason) at byte \(offset)" }
}

extension JSONError.Reason: CustomStringConvertible {
    public var description: String {
        switch self {
        case .tooLong(let byteCountMax): "longer than \(byteCountMax) bytes"
        case .tooDeep(let depthMax): "nested deeper than \(depthMax)"
        case .unexpectedEnd: "unexpected end"
        case .unexpectedByte(let byte): "unexpected byte 0x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
        case .trailingBytes: "more bytes after the value"
        case .invalidNumber: "invalid number"
        case .numberOutOfRange: "number out of range"
        case .invalidEscape: "invalid escape"
        case .loneSurrogate: "lone surrogate"
        case .controlCharacter: "unescaped control character"
        case .invalidUTF8: "invalid UTF-8"
        case .duplicateKey(let key): "duplicate key \"\(key)\""
        }
    }
}
