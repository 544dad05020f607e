#include <stdint.h>

/// Tunes SQLite for one process that writes much: what savepoints and statements may have to undo stays in memory instead of a
/// temporary file (a commit that many changes share has many savepoints), and allocations are not counted under a lock.
/// To be called before SQLite is used; answers SQLite's result code.
int csqlite_tune(void);

/// Gives a connection (`sqlite3 *`) two functions over the hashes of rows, for finding rows that are not what was written:
/// `row_sum_add(sum, sign, table, column…)`, the sum with a row added (1) or taken off (-1), and the aggregate
/// `row_sum(table, column…)`, the sum of all rows. A sum is 16 bytes, the order of rows is without meaning, and a changed bit
/// goes unnoticed once in 2^64. Answers SQLite's result code.
int csqlite_add_row_sums(void *connection);

/// Words of 64 bits in the header of a write-ahead log's index.
#define CSQLITE_WAL_STATE_WORDS 6

/// The index of a connection's write-ahead log, in the memory that SQLite itself has mapped; null where there is none yet, such as
/// before the first transaction or on a disk that is simulated. Valid until the process's last connection to the database is closed.
/// The file must not be opened for this: to close any descriptor of a file ends all locks that the process has on it.
const void *csqlite_wal_index(void *connection);

/// Copies the header of a write-ahead log's index (https://www.sqlite.org/walformat.html section 2.2), which every commit of any process
/// changes, before it returns. Answers 0 where it was being written at the same moment.
int csqlite_wal_state(const void *index, uint64_t state[CSQLITE_WAL_STATE_WORDS]);
