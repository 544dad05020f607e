// What libsqlite3 alone can do with the books of Migrations/0001_books.sql: transfers of three postings and their seal,
// FULL, a given number to a commit, prepared statements, one thread, no network. The figure that the server is held against.
//
//     transfers SCHEMA.sql FOLDER SECONDS PER_COMMIT
#include <openssl/sha.h>
#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ACCOUNTS = 1000 };

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

int main(int argc, char **argv) {
    if (argc != 5) { fprintf(stderr, "transfers SCHEMA.sql FOLDER SECONDS PER_COMMIT\n"); return 2; }
    double seconds = atof(argv[3]);
    int perCommit = atoi(argv[4]);
    char path[4096];
    snprintf(path, sizeof path, "%s/transfers.sqlite3", argv[2]);
    check(sqlite3_open(path, &db));
    run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA wal_autocheckpoint = 16384;"
        "PRAGMA cache_size = -65536");
    run(contents(argv[1]));
    // One account pays, the others are paid, one takes a fee.
    run("BEGIN");
    run("INSERT INTO account (id, path, currency) VALUES (1, 'assets:bank', 'USD'), (2, 'revenue:operations', 'USD')");
    for (int n = 0; n < ACCOUNTS; n++) {
        char sql[200];
        snprintf(sql, sizeof sql, "INSERT INTO account (id, path, currency) VALUES (%d, 'liabilities:contributor:con_%026d:available', 'USD')", n + 3, n);
        run(sql);
    }
    run("COMMIT");
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
            post(posting, sequence, 0, 3 + sequence * 7919 % ACCOUNTS, -900000, at);
            post(posting, sequence, 1, 2, -100000, at);
            post(posting, sequence, 2, 1, 1000000, at);
            char id[40], key[60], metadata[60];
            unsigned char leaf[32];
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
        }
        run("COMMIT");
    }
    printf("%.0f\n", sequence / (now() - begin));
    return 0;
}
