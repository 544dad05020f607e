import Domain
import GRDB
import Storage
import Testing

/// What was promised or paid stays as it was written, whatever a program does.
@Suite struct PayRulesSchemaTests {
    let temporary: TemporaryStore

    init() throws { temporary = try TemporaryStore() }

    private static let fill = """
        INSERT INTO contributor (id, region, created_at) VALUES ('con_1', 'DE', 1);
        INSERT INTO buyer (id, name, created_at) VALUES ('buy_1', 'Acme', 1);
        INSERT INTO rate_card (number, document, sha256, published_at) VALUES (1, '{}', '', 1);
        INSERT INTO target (id, language, wanted_seconds, updated_at) VALUES ('tgt_1', 'de', 1, 1);
        INSERT INTO scarcity_premium VALUES ('prm_1', 'tgt_1', 1, 'de', '', '', '', '', 1, 0, 2500, 1, 2);
        INSERT INTO bounty (id, buyer, language, accent, register, setting, emotion, currency, amount, per_hour, status, entry,
            created_at) VALUES ('bnt_1', 'buy_1', 'de', '', '', '', '', 'USD', 5, 1, 'open', 'txn_1', 1);
        INSERT INTO work_session (id, contributor, kind, started_at, last_activity_at) VALUES ('wrk_1', 'con_1', 'recording', 1, 1);
        INSERT INTO worked_span VALUES ('wrk_1', 'con_1', 1, 9);
        INSERT INTO floor_run (id, until, started_at) VALUES ('flr_1', 9, 9);
        INSERT INTO floor_period VALUES ('flp_1', 'flr_1', 'con_1', 1, 9, 'DE', 1, 'USD', 8, 0, 1, 1, 'txn_2', 9);
        INSERT INTO tier_change VALUES (1, 'con_1', 'de', 'novice', 'skilled', 1, 1, NULL, '', '{}');
        """

    @Test(arguments: [
        "UPDATE scarcity_premium SET factor = 1000", "DELETE FROM scarcity_premium",
        "UPDATE bounty SET amount = 4", "UPDATE bounty SET per_hour = 0", "UPDATE bounty SET buyer = 'buy_2'",
        "DELETE FROM bounty", "UPDATE worked_span SET until_at = 8", "UPDATE worked_span SET from_at = 2",
        "DELETE FROM worked_span", "UPDATE floor_period SET top_up = 0", "DELETE FROM floor_period",
        "INSERT INTO floor_period VALUES ('flp_2', 'flr_1', 'con_1', 8, 10, 'DE', 1, 'USD', 1, 0, 1, 0, NULL, 9)",
        "INSERT OR REPLACE INTO floor_period VALUES ('flp_1', 'flr_1', 'con_1', 1, 9, 'DE', 1, 'USD', 8, 0, 1, 2, 'txn_2', 9)",
        "UPDATE tier_change SET to_tier = 'expert'", "DELETE FROM tier_change",
        "INSERT INTO tier_change VALUES (2, 'con_1', 'de', 'skilled', 'skilled', 1, 1, NULL, '', '{}')",
        "INSERT INTO grade_record VALUES ('con_1', 'de', 'A', 1, -1)",
    ])
    func `history is refused to change`(_ statement: String) throws {
        try temporary.store.write { db in try db.execute(sql: Self.fill) }
        #expect(throws: StorageError.self) { try temporary.store.write { db in try db.execute(sql: statement) } }
    }

    @Test func `what may change does`() throws {
        try temporary.store.write { db in
            try db.execute(sql: Self.fill)
            try db.execute(
                sql: """
                    UPDATE bounty SET status = 'closed', closed_at = 3;
                    UPDATE worked_span SET until_at = 10;
                    INSERT INTO floor_period VALUES ('flp_2', 'flr_1', 'con_1', 9, 10, 'DE', 1, 'USD', 1, 0, 1, 0, NULL, 9);
                    """)
        }
    }
}
