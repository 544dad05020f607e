#include "csqlite.h"
#include <sqlite3.h>
#include <stdatomic.h>
#include <stddef.h>

enum { words = CSQLITE_WAL_STATE_WORDS, initialised = 12, region_size = 32768 };

const void *csqlite_wal_index(void *connection) {
    sqlite3_file *file = NULL;
    if (sqlite3_file_control(connection, "main", SQLITE_FCNTL_FILE_POINTER, &file) != SQLITE_OK || !file) return NULL;
    // Methods for shared memory came with the second version.
    if (!file->pMethods || file->pMethods->iVersion < 2 || !file->pMethods->xShmMap) return NULL;
    void volatile *index = NULL;
    if (file->pMethods->xShmMap(file, 0, region_size, 0, &index) != SQLITE_OK) return NULL;
    return (const void *)index;
}

int csqlite_wal_state(const void *index, uint64_t state[words]) {
    // The writer fills the second copy before the first, so that a reader who finds both alike has one that is whole.
    const uint64_t *first = index;
    for (int at = 0; at < words; at++) state[at] = __atomic_load_n(first + at, __ATOMIC_RELAXED);
    atomic_thread_fence(memory_order_acquire);
    uint64_t difference = 0;
    for (int at = 0; at < words; at++) difference |= state[at] ^ __atomic_load_n(first + words + at, __ATOMIC_RELAXED);
    return difference == 0 && ((const unsigned char *)state)[initialised] != 0;
}
