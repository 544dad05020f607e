import Domain
import GRDB

/// A connection inside one transaction, lent by `Store`. Everything above Storage passes it on and never looks inside.
public typealias Connection = Database

/// Statements with a text that is part of the program, compiled once a connection: to compile one takes longer than to carry most
/// of them out. What is put together for a request is not kept.
extension Database {
    func carryOut(_ sql: String, _ arguments: StatementArguments = []) throws {
        try cachedStatement(sql: sql).execute(arguments: arguments)
    }

    /// All rows of a query.
    func rows(_ sql: String, _ arguments: StatementArguments = []) throws -> [Row] {
        try Row.fetchAll(cachedStatement(sql: sql), arguments: arguments)
    }

    /// The first row of a query.
    func row(_ sql: String, _ arguments: StatementArguments = []) throws -> Row? {
        try Row.fetchOne(cachedStatement(sql: sql), arguments: arguments)
    }
}

extension Row {
    func time(_ column: String) -> Timestamp { Timestamp(milliseconds: self[column]) }

    func optionalTime(_ column: String) -> Timestamp? {
        (self[column] as Int64?).map { Timestamp(milliseconds: $0) }
    }

    func id<Noun>(_ column: String) -> ID<Noun> { ID(stored: self[column]) }

    func money(_ column: String) -> Money {
        Money(micros: self[column], currency: Currency(code: self["currency"])!)
    }

    /// Reads a word of one of the domain's vocabularies; the schema and the writers keep others out.
    func word<Word: RawRepresentable>(_ column: String) -> Word where Word.RawValue == String {
        Word(rawValue: self[column])!
    }

    func optionalWord<Word: RawRepresentable>(_ column: String) -> Word? where Word.RawValue == String {
        (self[column] as String?).flatMap { $0.isEmpty ? nil : Word(rawValue: $0) }
    }

    /// The five columns of a cell; empty texts stand for any.
    var cell: Cell {
        Cell(
            language: Language(self["language"])!, accent: (self["accent"] as String?).flatMap { $0.isEmpty ? nil : $0 },
            register: optionalWord("register"), setting: optionalWord("setting"), emotion: optionalWord("emotion"))
    }
}

extension Cell {
    /// The five columns where an empty text stands for any.
    var columns: [String] {
        [language.tag, accent ?? "", register?.rawValue ?? "", setting?.rawValue ?? "", emotion?.rawValue ?? ""]
    }
}
