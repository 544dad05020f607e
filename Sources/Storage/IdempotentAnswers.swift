import Domain
import Foundation
import GRDB

/// The first answer to each keyed request, kept in the transaction that had the effect.
public enum IdempotentAnswers {
    public struct Record: Sendable {
        /// Method and path.
        public var operation: String
        public var bodySHA256: [UInt8]
        public var status: Int
        /// Header fields of the answer as JSON.
        public var fields: String
        public var body: [UInt8]

        public init(operation: String, bodySHA256: [UInt8], status: Int, fields: String, body: [UInt8]) {
            self.operation = operation
            self.bodySHA256 = bodySHA256
            self.status = status
            self.fields = fields
            self.body = body
        }
    }

    public static func find(principal: String, key: String, in db: Connection) throws -> Record? {
        // Nearly always there is none: the short way answers that.
        guard try db.has("SELECT 1 FROM idempotent_answer WHERE principal = ? AND key = ?", Bound(principal), Bound(key)) else {
            return nil
        }
        return try db.row("SELECT * FROM idempotent_answer WHERE principal = ? AND key = ?", [principal, key]).map {
            Record(
                operation: $0["operation"], bodySHA256: [UInt8]($0["body_sha256"] as Data), status: $0["status"],
                fields: $0["fields"], body: [UInt8]($0["body"] as Data))
        }
    }

    public static func insert(
        _ answer: Record, principal: String, key: String, at now: Timestamp, in db: Connection
    ) throws {
        try db.run(
            """
            INSERT INTO idempotent_answer (principal, key, operation, body_sha256, status, fields, body, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            Bound(principal), Bound(key), Bound(answer.operation), Bound(answer.bodySHA256), Bound(answer.status),
            Bound(answer.fields), Bound(answer.body), Bound(now.milliseconds))
    }
}
