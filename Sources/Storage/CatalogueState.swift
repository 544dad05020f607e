import Foundation
import GRDB

/// Which state of the catalogue's tables a transaction sees: the sums of their rows, which every program of this project moves with
/// each change (`RowSums`). Equal states are equal tables.
struct CatalogueState: Hashable {
    private var sums: [Data] = []
    private var counts: [Int64] = []

    private static let tables = ["consent", "consent_purpose", "consent_withdrawal", "contributor_profile", "recording"]
    private static let selection =
        "SELECT row_count, sum FROM row_sum WHERE name IN (\(tables.map { "'\($0)'" }.joined(separator: ", "))) ORDER BY name"

    /// Nil in a database that keeps no sums.
    init?(in db: Connection) throws {
        let rows = try Row.fetchCursor(db.cachedStatement(sql: Self.selection))
        while let row = try rows.next() {
            counts.append(row[0])
            sums.append(row[1])
        }
        guard sums.count == Self.tables.count else { return nil }
    }
}
