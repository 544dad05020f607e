import Foundation
import GRDB

/// 64 bits of a row (FNV-1a over its table, types, lengths and bytes). Each step is a bijection, so that rows that differ in
/// one bit never share a fingerprint. It finds damage; who can write the file can write the fingerprint too.
struct Fingerprint {
    private(set) var bits: UInt64 = 0xcbf2_9ce4_8422_2325

    init(table: String, _ values: some Sequence<DatabaseValue>) {
        add(table)
        for value in values { add(value) }
    }

    /// As SQLite keeps it.
    var stored: Int64 { Int64(bitPattern: bits) }

    private mutating func add(_ value: DatabaseValue) {
        switch value.storage {
        case .null: add(0 as UInt8)
        case .int64(let number): add(1, UInt64(bitPattern: number))
        case .double(let number): add(2, number.bitPattern)
        case .string(let text):
            add(3 as UInt8)
            add(text)
        case .blob(let data):
            add(4, UInt64(data.count))
            for byte in data { add(byte) }
        }
    }

    private mutating func add(_ text: String) {
        var text = text
        text.withUTF8 { bytes in
            add(UInt64(bytes.count))
            for byte in bytes { add(byte) }
        }
    }

    private mutating func add(_ type: UInt8, _ number: UInt64) {
        add(type)
        add(number)
    }

    private mutating func add(_ number: UInt64) {
        var left = number
        for _ in 0..<8 {
            add(UInt8(truncatingIfNeeded: left))
            left >>= 8
        }
    }

    private mutating func add(_ byte: UInt8) { bits = (bits ^ UInt64(byte)) &* 0x100_0000_01b3 }
}
