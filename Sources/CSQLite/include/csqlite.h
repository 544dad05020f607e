/// Tunes SQLite for one process that writes much: what savepoints and statements may have to undo stays in memory instead of a
/// temporary file (a commit that many changes share has many savepoints), and allocations are not counted under a lock.
/// To be called before SQLite is used; answers SQLite's result code.
int csqlite_tune(void);
