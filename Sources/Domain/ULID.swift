import Synchronization

/// 48 bits of milliseconds and 80 bits of chance as 26 Crockford base32 digits that sort by time.
public struct ULID: Sendable {
    public let text: String

    private static let digits = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

    init(milliseconds: Int64, chance: UInt128) {
        var value = UInt128(UInt64(clamping: milliseconds) & 0xFFFF_FFFF_FFFF) << 80 | chance & Self.chanceMax
        var bytes = [UInt8](repeating: 0, count: 26)
        for index in bytes.indices.reversed() {
            bytes[index] = Self.digits[Int(value & 31)]
            value >>= 5
        }
        text = String(decoding: bytes, as: UTF8.self)
    }

    static let chanceMax = UInt128(1) << 80 - 1

    /// Reads what `text` writes; nil for anything else.
    static func read(_ bytes: some Collection<UInt8>) -> (milliseconds: Int64, chance: UInt128)? {
        guard isValid(bytes) else { return nil }
        let value = bytes.reduce(UInt128(0)) { $0 << 5 | UInt128(digits.firstIndex(of: $1)!) }
        return (Int64(value >> 80), value & chanceMax)
    }

    static func isValid(_ bytes: some Collection<UInt8>) -> Bool {
        bytes.count == 26 && bytes.first.map { $0 <= UInt8(ascii: "7") } == true && bytes.allSatisfy(digits.contains)
    }
}

/// Makes ids: strictly rising, unguessable between milliseconds. Time and chance come from outside.
public final class IDSource: Sendable {
    private struct State { var milliseconds: Int64 = 0, chance: UInt128 = 0 }

    private let state = Mutex(State())
    private let chance: @Sendable () -> UInt64

    /// - Parameter chance: a source of unpredictable bits (predictable in tests only).
    public init(chance: @escaping @Sendable () -> UInt64) { self.chance = chance }

    /// Makes every further id greater than this one, so that ids go on rising when the process starts again on a clock that
    /// was set back. What is no id with a ULID is passed over.
    public func resume(after id: String) {
        guard let mark = id.utf8.lastIndex(of: UInt8(ascii: "_")), let last = ULID.read(id.utf8[mark...].dropFirst()) else {
            return
        }
        state.withLock { state in
            guard (last.milliseconds, last.chance) > (state.milliseconds, state.chance) else { return }
            state = State(milliseconds: last.milliseconds, chance: last.chance)
        }
    }

    public func make<Noun>(at now: Timestamp, _: Noun.Type = Noun.self) -> ID<Noun> { ID(ulid(at: now)) }

    public func ulid(at now: Timestamp) -> ULID {
        state.withLock { state in
            if now.milliseconds > state.milliseconds {
                state.milliseconds = now.milliseconds
                // The topmost bit is left clear, so that counting on within one millisecond can't overflow.
                state.chance = (UInt128(chance()) << 64 | UInt128(chance())) & (ULID.chanceMax >> 1)
            } else {
                state.chance += 1 + UInt128(chance() & 0xFFFF)
            }
            return ULID(milliseconds: state.milliseconds, chance: state.chance)
        }
    }
}
