#include "csqlite.h"
#include <sqlite3.h>

int csqlite_tune(void) {
    int code = sqlite3_config(SQLITE_CONFIG_STMTJRNL_SPILL, -1);
    return code == SQLITE_OK ? sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0) : code;
}
