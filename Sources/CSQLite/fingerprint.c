#include "csqlite.h"
#include <sqlite3.h>
#include <stdint.h>
#include <string.h>

// FNV-1a. Each step is a bijection, so that inputs of one length that differ in one byte never share a value.
static uint64_t add(uint64_t hash, const void *data, size_t count) {
    const uint8_t *bytes = data;
    for (size_t i = 0; i < count; i++) hash = (hash ^ bytes[i]) * 0x100000001b3u;
    return hash;
}

static uint64_t add_number(uint64_t hash, uint8_t type, uint64_t number) {
    return add(add(hash, &type, 1), &number, sizeof number);
}

static uint64_t add_value(uint64_t hash, sqlite3_value *value) {
    uint8_t type = sqlite3_value_type(value);
    switch (type) {
    case SQLITE_INTEGER: return add_number(hash, type, sqlite3_value_int64(value));
    case SQLITE_FLOAT: {
        double number = sqlite3_value_double(value);
        uint64_t bits;
        memcpy(&bits, &number, sizeof bits);
        return add_number(hash, type, bits);
    }
    case SQLITE_TEXT:
    case SQLITE_BLOB: {
        const void *bytes = type == SQLITE_TEXT ? sqlite3_value_text(value) : sqlite3_value_blob(value);
        size_t count = sqlite3_value_bytes(value);
        return add(add_number(hash, type, count), bytes, bytes ? count : 0);
    }
    default: return add(hash, &type, 1);
    }
}

// fingerprint_with(bits, table, column, …): the bits, by exclusive or with those of the row.
static void fingerprint_with(sqlite3_context *context, int count, sqlite3_value **values) {
    if (count < 2) return sqlite3_result_error(context, "fingerprint_with needs bits and a table", -1);
    uint64_t bits = sqlite3_value_int64(values[0]), hash = 0xcbf29ce484222325u;
    for (int i = 1; i < count; i++) hash = add_value(hash, values[i]);
    sqlite3_result_int64(context, bits ^ hash);
}

int csqlite_add_fingerprint(sqlite3 *db) {
    int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
    return sqlite3_create_function(db, "fingerprint_with", -1, flags, NULL, fingerprint_with, NULL, NULL);
}
