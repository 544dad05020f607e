#include "csqlite.h"
#include <sqlite3.h>
#include <stdint.h>
#include <string.h>

/// SipHash-2-4 with 128 bits of output (Aumasson and Bernstein), fed piece by piece.
typedef struct {
    uint64_t v0, v1, v2, v3, tail;
    uint64_t length;
} sip;

#define ROTATE(x, b) ((x) << (b) | (x) >> (64 - (b)))

static void sip_round(sip *s) {
    s->v0 += s->v1;
    s->v1 = ROTATE(s->v1, 13) ^ s->v0;
    s->v0 = ROTATE(s->v0, 32);
    s->v2 += s->v3;
    s->v3 = ROTATE(s->v3, 16) ^ s->v2;
    s->v0 += s->v3;
    s->v3 = ROTATE(s->v3, 21) ^ s->v0;
    s->v2 += s->v1;
    s->v1 = ROTATE(s->v1, 17) ^ s->v2;
    s->v2 = ROTATE(s->v2, 32);
}

static void sip_word(sip *s, uint64_t word) {
    s->v3 ^= word;
    sip_round(s);
    sip_round(s);
    s->v0 ^= word;
}

/// The key is fixed: what is looked for is damage, not malice, which the signed log is for.
static sip sip_begin(void) {
    const uint64_t k0 = 0x0706050403020100, k1 = 0x0f0e0d0c0b0a0908;
    return (sip){k0 ^ 0x736f6d6570736575, k1 ^ 0x646f72616e646f6d ^ 0xee, k0 ^ 0x6c7967656e657261, k1 ^ 0x7465646279746573, 0, 0};
}

static void sip_add(sip *s, const void *bytes, size_t count) {
    const unsigned char *next = bytes;
    for (size_t i = 0; i < count; i++) {
        s->tail |= (uint64_t)next[i] << 8 * (s->length++ % 8);
        if (s->length % 8 == 0) {
            sip_word(s, s->tail);
            s->tail = 0;
        }
    }
}

static void sip_end(sip *s, uint64_t out[2]) {
    sip_word(s, s->tail | s->length << 56);
    s->v2 ^= 0xee;
    for (int i = 0; i < 4; i++) sip_round(s);
    out[0] = s->v0 ^ s->v1 ^ s->v2 ^ s->v3;
    s->v1 ^= 0xdd;
    for (int i = 0; i < 4; i++) sip_round(s);
    out[1] = s->v0 ^ s->v1 ^ s->v2 ^ s->v3;
}

/// Each value with its type and length, so that no two rows read alike.
static void hash_row(int count, sqlite3_value **values, uint64_t out[2]) {
    sip s = sip_begin();
    for (int i = 0; i < count; i++) {
        int type = sqlite3_value_type(values[i]);
        sip_add(&s, &(unsigned char){(unsigned char)type}, 1);
        if (type == SQLITE_INTEGER) {
            sqlite3_int64 integer = sqlite3_value_int64(values[i]);
            sip_add(&s, &integer, sizeof integer);
        } else if (type == SQLITE_FLOAT) {
            double number = sqlite3_value_double(values[i]);
            sip_add(&s, &number, sizeof number);
        } else if (type != SQLITE_NULL) {
            const void *bytes = type == SQLITE_TEXT ? (const void *)sqlite3_value_text(values[i]) : sqlite3_value_blob(values[i]);
            uint64_t length = (uint64_t)sqlite3_value_bytes(values[i]);
            sip_add(&s, &length, sizeof length);
            if (length > 0) sip_add(&s, bytes, length);
        }
    }
    sip_end(&s, out);
}

static void row_sum_add(sqlite3_context *context, int count, sqlite3_value **values) {
    uint64_t sum[2] = {0, 0}, hash[2];
    if (count < 3 || sqlite3_value_bytes(values[0]) != sizeof sum) {
        sqlite3_result_error(context, "row_sum_add wants a sum of 16 bytes, a sign, a table and its columns", -1);
        return;
    }
    memcpy(sum, sqlite3_value_blob(values[0]), sizeof sum);
    uint64_t sign = (uint64_t)sqlite3_value_int64(values[1]);
    hash_row(count - 2, values + 2, hash);
    sum[0] += sign * hash[0];
    sum[1] += sign * hash[1];
    sqlite3_result_blob(context, sum, sizeof sum, SQLITE_TRANSIENT);
}

static void row_sum_step(sqlite3_context *context, int count, sqlite3_value **values) {
    uint64_t *sum = sqlite3_aggregate_context(context, 2 * sizeof(uint64_t)), hash[2];
    if (sum == NULL) {
        sqlite3_result_error_nomem(context);
        return;
    }
    hash_row(count, values, hash);
    sum[0] += hash[0];
    sum[1] += hash[1];
}

static void row_sum_end(sqlite3_context *context) {
    static const uint64_t none[2] = {0, 0};
    const uint64_t *sum = sqlite3_aggregate_context(context, 0);
    sqlite3_result_blob(context, sum == NULL ? none : sum, sizeof none, SQLITE_TRANSIENT);
}

int csqlite_add_row_sums(void *connection) {
    const int traits = SQLITE_UTF8 | SQLITE_DETERMINISTIC;
    int code = sqlite3_create_function_v2(connection, "row_sum_add", -1, traits, NULL, row_sum_add, NULL, NULL, NULL);
    if (code != SQLITE_OK) return code;
    return sqlite3_create_function_v2(connection, "row_sum", -1, traits, NULL, NULL, row_sum_step, row_sum_end, NULL);
}
