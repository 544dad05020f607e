import GRDB
import GRDBSQLite

/// A value for a parameter of a statement.
enum Bound: ExpressibleByIntegerLiteral, ExpressibleByStringLiteral {
    case null
    case integer(Int64)
    case number(Double)
    case text(String)
    case blob([UInt8])

    init(integerLiteral value: Int64) { self = .integer(value) }
    init(stringLiteral value: String) { self = .text(value) }
    init(_ value: String) { self = .text(value) }
    init(_ value: String?) { self = value.map { .text($0) } ?? .null }
    init(_ value: Int64) { self = .integer(value) }
    init(_ value: Int64?) { self = value.map { .integer($0) } ?? .null }
    init(_ value: Double?) { self = value.map { .number($0) } ?? .null }
    init(_ value: Int) { self = .integer(Int64(value)) }
    init(_ value: [UInt8]) { self = .blob(value) }

    /// SQLITE_TRANSIENT: SQLite makes a copy.
    private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

    /// Answers SQLite's result code.
    fileprivate func bind(to statement: OpaquePointer, at position: Int32) -> Int32 {
        switch self {
        case .null: sqlite3_bind_null(statement, position)
        case .integer(let value): sqlite3_bind_int64(statement, position, value)
        case .number(let value): sqlite3_bind_double(statement, position, value)
        case .text(var value):
            value.withUTF8 { bytes in
                bytes.withMemoryRebound(to: CChar.self) { text in
                    // An empty text has no address; SQLite would take that for NULL.
                    text.baseAddress.map { sqlite3_bind_text(statement, position, $0, Int32(text.count), Self.copied) }
                        ?? sqlite3_bind_text(statement, position, "", 0, Self.copied)
                }
            }
        case .blob(let value):
            value.withUnsafeBytes { bytes in
                bytes.isEmpty
                    ? sqlite3_bind_zeroblob(statement, position, 0)
                    : sqlite3_bind_blob(statement, position, bytes.baseAddress, Int32(bytes.count), Self.copied)
            }
        }
    }
}

/// The short way to SQLite, for what every change of money does: a statement that GRDB compiled and keeps, bound and
/// stepped without GRDB's rows, arguments and observers. It halves the time of a deposit inside the one writer.
extension Database {
    /// Carries a statement out.
    func run(_ sql: String, _ values: Bound...) throws {
        _ = try step(sql, values) { _ in () }
    }

    /// Whether a query finds anything.
    func has(_ sql: String, _ values: Bound...) throws -> Bool {
        try step(sql, values) { _ in () } != nil
    }

    /// The integer in the first column of a query's first row; nil where there is no row.
    func integer(_ sql: String, _ values: Bound...) throws -> Int64? {
        try step(sql, values) { sqlite3_column_int64($0, 0) }
    }

    /// The text in the first column of a query's first row; nil where there is no row.
    func text(_ sql: String, _ values: Bound...) throws -> String? {
        try step(sql, values) { statement in sqlite3_column_text(statement, 0).map { String(cString: $0) } ?? "" }
    }

    /// The bytes in the first column of a query's first row; nil where there is no row.
    func bytes(_ sql: String, _ values: Bound...) throws -> [UInt8]? {
        try step(sql, values) { Self.bytes($0, 0) }
    }

    /// What is read of a query's first row; nil where there is no row.
    func first<Value>(_ sql: String, _ values: Bound..., read: (OpaquePointer) -> Value) throws -> Value? {
        try step(sql, values, read: read)
    }

    /// The bytes in a column of a statement's present row.
    static func bytes(_ statement: OpaquePointer, _ column: Int32) -> [UInt8] {
        let count = Int(sqlite3_column_bytes(statement, column))
        return sqlite3_column_blob(statement, column).map { [UInt8](UnsafeRawBufferPointer(start: $0, count: count)) } ?? []
    }

    /// Gives each row of a query to the body.
    func each(_ sql: String, _ values: [Bound], _ body: (Columns) throws -> Void) throws {
        let statement = try bound(sql, values)
        defer { sqlite3_reset(statement) }
        while try advance(statement, sql) { try body(Columns(statement: statement)) }
    }

    private func step<Value>(
        _ sql: String, _ values: [Bound], read: (OpaquePointer) -> Value
    ) throws -> Value? {
        let statement = try bound(sql, values)
        defer { sqlite3_reset(statement) }
        return try advance(statement, sql) ? read(statement) : nil
    }

    /// A statement that is compiled once a connection, with its values.
    private func bound(_ sql: String, _ values: [Bound]) throws -> OpaquePointer {
        let statement = try cachedStatement(sql: sql).sqliteStatement
        for (index, value) in values.enumerated() {
            let code = value.bind(to: statement, at: Int32(index + 1))
            guard code == SQLITE_OK else { throw DatabaseError(resultCode: ResultCode(rawValue: code), sql: sql) }
        }
        return statement
    }

    /// Whether there is another row.
    private func advance(_ statement: OpaquePointer, _ sql: String) throws -> Bool {
        switch sqlite3_step(statement) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default:
            let extended = sqlite3_extended_errcode(sqliteConnection)
            throw DatabaseError(
                resultCode: ResultCode(rawValue: extended), message: String(cString: sqlite3_errmsg(sqliteConnection)), sql: sql)
        }
    }
}

/// The columns of a statement's present row, by number.
struct Columns {
    fileprivate let statement: OpaquePointer

    func isNull(_ column: Int32) -> Bool { sqlite3_column_type(statement, column) == SQLITE_NULL }
    func integer(_ column: Int32) -> Int64? { isNull(column) ? nil : sqlite3_column_int64(statement, column) }
    func number(_ column: Int32) -> Double? { isNull(column) ? nil : sqlite3_column_double(statement, column) }

    func text(_ column: Int32) -> String? {
        guard let bytes = sqlite3_column_text(statement, column) else { return nil }
        let count = Int(sqlite3_column_bytes(statement, column))
        return String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
    }
}
