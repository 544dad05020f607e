// What libsqlite3 alone can do with the schema of Migrations/: FULL, a given number to a commit, prepared statements, one
// thread, no network, no keys, no JSON. The figure that the server is held against.
//
//     transfers bare|deposit MIGRATIONS FOLDER SECONDS PER_COMMIT
//
// "bare" writes transfers of three postings and their seal. "deposit" writes the rows that the server writes for a deposit: two
// postings, their seal, the deposit, the audit entry, both leaves of the log, the remembered answer and the sums of rows, looks up
// what the server looks up, and puts it between the same savepoints. Heads are not signed, leaves are not worked out.
#include "../../Sources/CSQLite/row_sum.c"
#include <dirent.h>
#include <openssl/sha.h>
#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ACCOUNTS = 1000, CLIENTS = 64 };

static sqlite3 *db;

static void check(int code) {
    if (code == SQLITE_OK || code == SQLITE_DONE || code == SQLITE_ROW) return;
    fprintf(stderr, "transfers: %s\n", sqlite3_errmsg(db));
    exit(1);
}

static void run(const char *sql) { check(sqlite3_exec(db, sql, NULL, NULL, NULL)); }

static sqlite3_stmt *prepare(const char *sql) {
    sqlite3_stmt *statement;
    check(sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL));
    return statement;
}

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}

static char *contents(const char *path) {
    FILE *file = fopen(path, "rb");
    if (!file) { perror(path); exit(2); }
    fseek(file, 0, SEEK_END);
    long size = ftell(file);
    rewind(file);
    char *text = calloc(1, size + 1);
    if (fread(text, 1, size, file) != (size_t)size) { perror(path); exit(2); }
    fclose(file);
    return text;
}

static void post(sqlite3_stmt *posting, int64_t txn, int n, int64_t account, int64_t amount, int64_t at) {
    sqlite3_bind_int64(posting, 1, txn);
    sqlite3_bind_int(posting, 2, n);
    sqlite3_bind_int64(posting, 3, account);
    sqlite3_bind_int64(posting, 4, amount);
    sqlite3_bind_int64(posting, 5, at);
    check(sqlite3_step(posting));
    check(sqlite3_reset(posting));
}

static void look(sqlite3_stmt *query, const char *first, const char *second, int amount) {
    sqlite3_bind_text(query, 1, first, -1, SQLITE_STATIC);
    if (second) sqlite3_bind_text(query, 2, second, -1, SQLITE_STATIC);
    if (amount) sqlite3_bind_int64(query, 2, -amount);
    check(sqlite3_step(query));
    check(sqlite3_reset(query));
}

static int isMigration(const struct dirent *entry) { return strstr(entry->d_name, ".sql") != NULL; }

// The trigger by which the server's connection keeps the sum of a table's rows.
static void keepSum(const char *table) {
    char sql[4000], columns[2000] = "";
    sqlite3_stmt *list = prepare("SELECT name FROM pragma_table_info(?)");
    sqlite3_bind_text(list, 1, table, -1, SQLITE_STATIC);
    while (sqlite3_step(list) == SQLITE_ROW) {
        strcat(strcat(strcat(columns, ", NEW.\""), (const char *)sqlite3_column_text(list, 0)), "\"");
    }
    check(sqlite3_finalize(list));
    snprintf(sql, sizeof sql, "INSERT INTO row_sum (name, row_count, sum) VALUES ('%s', 0, zeroblob(16))", table);
    run(sql);
    snprintf(
        sql, sizeof sql,
        "CREATE TEMP TRIGGER sum_%s AFTER INSERT ON main.%s BEGIN UPDATE row_sum SET sum = row_sum_add(sum, 1, '%s'%s),"
        " row_count = row_count + 1 WHERE name = '%s'; END", table, table, table, columns, table);
    run(sql);
}

// A leaf of the log, with the full subtrees that it completes; the last leaf is read to see where it belongs.
static void append(sqlite3_stmt *last, sqlite3_stmt *leaf, int64_t txn, int64_t audit) {
    unsigned char hashes[32 * 64] = {0};
    int64_t position = sqlite3_step(last) == SQLITE_ROW ? sqlite3_column_int64(last, 0) + 1 : 0;
    check(sqlite3_reset(last));
    int levels = __builtin_ctzll(~position);
    sqlite3_bind_int64(leaf, 1, position);
    if (txn) sqlite3_bind_int64(leaf, 2, txn); else sqlite3_bind_null(leaf, 2);
    if (audit) sqlite3_bind_int64(leaf, 3, audit); else sqlite3_bind_null(leaf, 3);
    sqlite3_bind_blob(leaf, 4, hashes, 32 * (levels + 1), SQLITE_STATIC);
    check(sqlite3_step(leaf));
    check(sqlite3_reset(leaf));
}

static void step(sqlite3_stmt *statement) {
    check(sqlite3_step(statement));
    check(sqlite3_reset(statement));
}

int main(int argc, char **argv) {
    if (argc != 6) { fprintf(stderr, "transfers bare|deposit MIGRATIONS FOLDER SECONDS PER_COMMIT\n"); return 2; }
    int isDeposit = strcmp(argv[1], "deposit") == 0;
    double seconds = atof(argv[4]);
    int perCommit = atoi(argv[5]);
    char path[4096];
    snprintf(path, sizeof path, "%s/transfers.sqlite3", argv[3]);
    check(sqlite3_open(path, &db));
    run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA wal_autocheckpoint = 16384;"
        "PRAGMA cache_size = -65536");
    struct dirent **names;
    int count = scandir(argv[2], &names, isMigration, alphasort);
    if (count < 1) { perror(argv[2]); return 2; }
    for (int n = 0; n < count; n++) {
        snprintf(path, sizeof path, "%s/%s", argv[2], names[n]->d_name);
        run(contents(path));
    }
    check(csqlite_add_row_sums(db));
    run("PRAGMA temp_store = MEMORY");
    keepSum("deposit");
    keepSum("idempotent_answer");
    // One account pays, the others are paid, one takes a fee.
    run("BEGIN");
    run("INSERT INTO account (id, path, currency) VALUES (1, 'assets:bank', 'USD'), (2, 'revenue:operations', 'USD')");
    for (int n = 0; n < ACCOUNTS; n++) {
        char sql[200];
        snprintf(sql, sizeof sql, "INSERT INTO account (id, path, currency) VALUES (%d, 'liabilities:contributor:con_%026d:available', 'USD')", n + 3, n);
        run(sql);
    }
    run("INSERT INTO buyer (id, name, created_at) VALUES ('buy_00000000000000000000000001', 'Bench', 0)");
    run("COMMIT");
    sqlite3_stmt *repeated = prepare("SELECT * FROM idempotent_answer WHERE principal = ? AND key = ?");
    sqlite3_stmt *buyer = prepare("SELECT * FROM buyer WHERE id = ?");
    sqlite3_stmt *booked = prepare("SELECT 1 FROM txn WHERE idempotency_key = ?");
    sqlite3_stmt *account = prepare(
        "SELECT id FROM account WHERE path = ? AND currency = 'USD' AND NOT (has_floor AND balance + ? > 0)");
    sqlite3_stmt *deposit = prepare(
        "INSERT INTO deposit (id, buyer, currency, amount, reference, admin, entry, created_at)"
        " VALUES (?1, 'buy_00000000000000000000000001', 'USD', 1000000, 'bench', ?2, ?3, ?4)");
    sqlite3_stmt *audit = prepare(
        "INSERT INTO audit_entry (at, actor, action, subject, detail, salt, detail_hash)"
        " VALUES (?4, ?2, 'deposit.entered', ?1, '1.000000 USD', zeroblob(16), zeroblob(32))");
    sqlite3_stmt *last = prepare("SELECT position, nodes FROM log_leaf ORDER BY position DESC LIMIT 1");
    sqlite3_stmt *leafRow = prepare("INSERT INTO log_leaf (position, txn, audit_entry, nodes) VALUES (?, ?, ?, ?)");
    sqlite3_stmt *saves[] = {prepare("SAVEPOINT change"), prepare("SAVEPOINT entry")};
    sqlite3_stmt *releases[] = {prepare("RELEASE change"), prepare("RELEASE entry")};
    sqlite3_stmt *answer = prepare(
        "INSERT INTO idempotent_answer (principal, key, operation, body_sha256, status, fields, body, created_at)"
        " VALUES (?2, ?5, 'POST /v1/admin/deposits', ?6, 201, '{\"Content-Type\":\"application/json\",\"Location\":\"/v1/admin/deposits\"}', ?7, ?4)");
    sqlite3_stmt *posting = prepare("INSERT INTO posting (txn, n, account, amount, occurred_at) VALUES (?, ?, ?, ?, ?)");
    sqlite3_stmt *seal = prepare(
        "INSERT INTO txn (sequence, id, kind, occurred_at, description, idempotency_key, metadata, leaf)"
        " VALUES (?1, ?2, 'buyer-deposit', ?3, 'Deposit', ?4, ?5, ?6)");
    double begin = now(), end = begin + seconds;
    int64_t sequence = 0;
    while (now() < end) {
        run("BEGIN IMMEDIATE");
        for (int n = 0; n < perCommit; n++) {
            sequence += 1;
            int64_t at = 1700000000000 + sequence;
            char id[40], key[60], metadata[60], depositID[40], requestKey[60], body[300];
            unsigned char leaf[32];
            const char *admin = "adm_00000000000000000000000001";
            snprintf(depositID, sizeof depositID, "dep_%026lld", (long long)sequence);
            snprintf(requestKey, sizeof requestKey, "bench-%d-%lld", (int)(sequence % CLIENTS), (long long)sequence / CLIENTS);
            if (isDeposit) {
                step(saves[0]);
                step(saves[1]);
                look(repeated, admin, requestKey, 0);
                look(buyer, "buy_00000000000000000000000001", NULL, 0);
                look(booked, depositID, NULL, 0);
                look(account, "liabilities:buyer:buy_00000000000000000000000001:prepaid", NULL, 1);
                look(account, "assets:bank", NULL, 1);
                post(posting, sequence, 0, 3, -1000000, at);
                post(posting, sequence, 1, 1, 1000000, at);
            } else {
                post(posting, sequence, 0, 3 + sequence * 7919 % ACCOUNTS, -900000, at);
                post(posting, sequence, 1, 2, -100000, at);
                post(posting, sequence, 2, 1, 1000000, at);
            }
            snprintf(id, sizeof id, "txn_%026lld", (long long)sequence);
            snprintf(key, sizeof key, "deposit:dep_%026lld", (long long)sequence);
            snprintf(metadata, sizeof metadata, "{\"deposit\":\"dep_%026lld\"}", (long long)sequence);
            SHA256((unsigned char *)key, strlen(key), leaf);
            sqlite3_bind_int64(seal, 1, sequence);
            sqlite3_bind_text(seal, 2, id, -1, SQLITE_STATIC);
            sqlite3_bind_int64(seal, 3, at);
            sqlite3_bind_text(seal, 4, key, -1, SQLITE_STATIC);
            sqlite3_bind_text(seal, 5, metadata, -1, SQLITE_STATIC);
            sqlite3_bind_blob(seal, 6, leaf, sizeof leaf, SQLITE_STATIC);
            check(sqlite3_step(seal));
            check(sqlite3_reset(seal));
            if (!isDeposit) continue;
            append(last, leafRow, sequence, 0);
            step(releases[1]);
            snprintf(
                body, sizeof body,
                "{\"id\":\"%s\",\"buyer\":\"buy_00000000000000000000000001\",\"amount\":{\"amount\":\"1.000000\",\"currency\":\"USD\"},"
                "\"reference\":\"bench\",\"entry\":\"%s\",\"created_at\":\"2026-01-01T00:00:00.000Z\"}",
                depositID, id);
            sqlite3_stmt *rows[] = {deposit, audit, answer};
            for (int n = 0; n < 3; n++) {
                int count = sqlite3_bind_parameter_count(rows[n]);
                if (sqlite3_bind_parameter_index(rows[n], "?1")) sqlite3_bind_text(rows[n], 1, depositID, -1, SQLITE_STATIC);
                sqlite3_bind_text(rows[n], 2, admin, -1, SQLITE_STATIC);
                if (sqlite3_bind_parameter_index(rows[n], "?3")) sqlite3_bind_text(rows[n], 3, id, -1, SQLITE_STATIC);
                sqlite3_bind_int64(rows[n], 4, at);
                if (count >= 5) sqlite3_bind_text(rows[n], 5, requestKey, -1, SQLITE_STATIC);
                if (count >= 6) sqlite3_bind_blob(rows[n], 6, leaf, sizeof leaf, SQLITE_STATIC);
                if (count >= 7) sqlite3_bind_blob(rows[n], 7, body, strlen(body), SQLITE_STATIC);
                step(rows[n]);
                if (rows[n] == audit) append(last, leafRow, 0, sqlite3_last_insert_rowid(db));
            }
            step(releases[0]);
        }
        run("COMMIT");
    }
    printf("%.0f\n", sequence / (now() - begin));
    return 0;
}
