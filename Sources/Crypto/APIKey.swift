/// A secret that opens the interface: "fv_", 30 base-62 digits of chance (178 bits) and 6 of checksum, so that a mistyped
/// key is told from a wrong one, and scanners find a leaked one.
public struct APIKey: Sendable, Hashable {
    /// The key itself. It is shown once and never stored or logged.
    public let text: String

    /// Nil unless the text is well formed and its checksum right, which says nothing about whether the key is known.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == Self.byteCount, bytes.starts(with: Self.mark),
            bytes.dropFirst(Self.mark.count).allSatisfy(Self.alphabet.contains),
            ConstantTime.equal(Array(bytes.suffix(Self.checksumCount)), Self.checksum(bytes.dropLast(Self.checksumCount)))
        else { return nil }
        self.text = text
    }

    /// A new key. `random` is asked for bytes until there are enough without bias.
    public static func generate(random: (Int) -> [UInt8] = SecureRandom.bytes) -> APIKey {
        var body = mark
        while body.count < mark.count + chanceCount {
            let fair = random(chanceCount).filter { $0 < 248 }
            body += fair.prefix(mark.count + chanceCount - body.count).map { alphabet[Int($0 % 62)] }
        }
        return APIKey(String(decoding: body + checksum(body[...]), as: UTF8.self))!
    }

    /// The first 8 characters, which may be stored and shown so that a person can tell keys apart.
    public var prefix: String { String(text.prefix(8)) }

    /// SHA-256 of the text: what is stored.
    public var digest: [UInt8] { SHA256.hash(text.utf8) }

    private static let mark = Array("fv_".utf8)
    private static let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)
    private static let chanceCount = 30
    private static let checksumCount = 6
    private static let byteCount = mark.count + chanceCount + checksumCount

    /// CRC-32 of all that stands before it, as six digits, the largest first.
    private static func checksum(_ body: ArraySlice<UInt8>) -> [UInt8] {
        var rest = CRC32.checksum(body)
        var digits: [UInt8] = []
        for _ in 0..<checksumCount {
            digits.append(alphabet[Int(rest % 62)])
            rest /= 62
        }
        return digits.reversed()
    }
}

extension APIKey: CustomStringConvertible, CustomDebugStringConvertible {
    /// The prefix only.
    public var description: String { prefix + "…" }
    public var debugDescription: String { description }
}
