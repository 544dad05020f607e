/// Tunes SQLite for one process that writes much: what savepoints and statements may have to undo stays in memory instead of a
/// temporary file (a commit that many changes share has many savepoints), and allocations are not counted under a lock.
/// To be called before SQLite is used; answers SQLite's result code.
int csqlite_tune(void);

/// Adds the function fingerprint_with(bits, table, column, …) to a connection: 64 bits of a row (FNV-1a over table, types,
/// lengths and bytes), combined with those of other rows by exclusive or. Answers SQLite's result code.
struct sqlite3;
int csqlite_add_fingerprint(struct sqlite3 *db);
