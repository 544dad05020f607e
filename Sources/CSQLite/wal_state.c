#include "csqlite.h"
#include <stdatomic.h>

enum { words = CSQLITE_WAL_STATE_WORDS, initialised = 12 };

int csqlite_wal_state(const void *index, uint64_t state[words]) {
    // The writer fills the second copy before the first, so that a reader who finds both alike has one that is whole.
    const uint64_t *first = index;
    for (int at = 0; at < words; at++) state[at] = __atomic_load_n(first + at, __ATOMIC_RELAXED);
    atomic_thread_fence(memory_order_acquire);
    uint64_t difference = 0;
    for (int at = 0; at < words; at++) difference |= state[at] ^ __atomic_load_n(first + words + at, __ATOMIC_RELAXED);
    return difference == 0 && ((const unsigned char *)state)[initialised] != 0;
}
