#include "SimulatedDisk.h"

#include <fcntl.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { tick_instructions = 1, sector = 512, disk_count_max = 64, connection_count_max = 64 };

// One write or cut that no sync has followed yet. `bytes` is NULL for a cut to `offset`.
typedef struct change {
    int64_t offset, count;
    unsigned char *bytes;
} change;

// What would survive of one file.
typedef struct watched_file {
    char path[1024];
    unsigned char *durable;
    int64_t count, capacity;
    change *pending;
    int64_t pending_count, pending_capacity;
} watched_file;

typedef struct watched_connection {
    sqlite3 *db;
    struct simulated_disk *disk;
} watched_connection;

struct simulated_disk {
    char prefix[1024];
    watched_file files[2]; // the database, its log
    int file_count;
    watched_connection connections[connection_count_max];
    int connection_count;
    enum simulated_fault fault;
    int64_t countdown, events;
    int fired, frozen;
};

typedef struct shim_file {
    sqlite3_file base;
    simulated_disk *disk; // NULL for a file that nobody watches
    watched_file *watched;
    sqlite3_file *real;
} shim_file;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static simulated_disk *disks[disk_count_max];
static sqlite3_vfs shim;
static sqlite3_vfs *real_vfs;

static simulated_disk *disk_of(const char *path) {
    simulated_disk *found = NULL;
    if (path == NULL) return NULL;
    pthread_mutex_lock(&lock);
    for (int i = 0; i < disk_count_max && found == NULL; i++)
        if (disks[i] != NULL && strncmp(path, disks[i]->prefix, strlen(disks[i]->prefix)) == 0) found = disks[i];
    pthread_mutex_unlock(&lock);
    return found;
}

// What would survive

static void reserve(watched_file *file, int64_t count) {
    if (count <= file->capacity) return;
    int64_t capacity = file->capacity > 0 ? file->capacity : 1 << 16;
    while (capacity < count) capacity *= 2;
    file->durable = realloc(file->durable, (size_t)capacity);
    file->capacity = capacity;
}

static void apply(watched_file *file, int64_t offset, const unsigned char *bytes, int64_t count) {
    reserve(file, offset + count);
    if (offset > file->count) memset(file->durable + file->count, 0, (size_t)(offset - file->count));
    memcpy(file->durable + offset, bytes, (size_t)count);
    if (offset + count > file->count) file->count = offset + count;
}

static void cut(watched_file *file, int64_t count) {
    reserve(file, count);
    if (count > file->count) memset(file->durable + file->count, 0, (size_t)(count - file->count));
    file->count = count;
}

static void remember(watched_file *file, int64_t offset, const void *bytes, int64_t count) {
    if (file->pending_count == file->pending_capacity) {
        file->pending_capacity = file->pending_capacity > 0 ? 2 * file->pending_capacity : 256;
        file->pending = realloc(file->pending, (size_t)file->pending_capacity * sizeof(change));
    }
    change *next = &file->pending[file->pending_count++];
    *next = (change){offset, count, NULL};
    if (bytes == NULL) return;
    next->bytes = malloc((size_t)count);
    memcpy(next->bytes, bytes, (size_t)count);
}

static void settle(watched_file *file) {
    for (int64_t i = 0; i < file->pending_count; i++) {
        change *c = &file->pending[i];
        if (c->bytes != NULL) apply(file, c->offset, c->bytes, c->count);
        else cut(file, c->offset);
        free(c->bytes);
    }
    file->pending_count = 0;
}

static void forget(watched_file *file) {
    for (int64_t i = 0; i < file->pending_count; i++) free(file->pending[i].bytes);
    free(file->pending);
    free(file->durable);
    memset(file, 0, sizeof *file);
}

static watched_file *watch(simulated_disk *disk, const char *path) {
    for (int i = 0; i < disk->file_count; i++)
        if (strcmp(disk->files[i].path, path) == 0) return &disk->files[i];
    if (disk->file_count == 2) return NULL;
    watched_file *file = &disk->files[disk->file_count++];
    strncpy(file->path, path, sizeof file->path - 1);
    return file;
}

// Whether this event is the one that fails; the code that it answers then.
static int strike(simulated_disk *disk, int is_write, int is_sync, int code) {
    if (disk->frozen) return code;
    disk->events++;
    if (disk->fault == simulated_fault_none || disk->fault == simulated_fault_interrupt) return SQLITE_OK;
    if (disk->fault == simulated_fault_full && !is_write) return SQLITE_OK;
    if (disk->fault == simulated_fault_unsynced && !is_sync) return SQLITE_OK;
    if (--disk->countdown > 0) return SQLITE_OK;
    enum simulated_fault fault = disk->fault;
    disk->fault = simulated_fault_none;
    disk->fired = 1;
    if (fault == simulated_fault_death || fault == simulated_fault_unsynced) disk->frozen = 1;
    return fault == simulated_fault_full ? SQLITE_FULL : code;
}

// The methods of a file

#define REAL(file) (((shim_file *)(file))->real)

static int file_close(sqlite3_file *file) {
    int code = REAL(file)->pMethods ? REAL(file)->pMethods->xClose(REAL(file)) : SQLITE_OK;
    return code;
}
static int file_read(sqlite3_file *file, void *to, int count, sqlite3_int64 offset) {
    return REAL(file)->pMethods->xRead(REAL(file), to, count, offset);
}
static int file_write(sqlite3_file *file, const void *from, int count, sqlite3_int64 offset) {
    shim_file *f = (shim_file *)file;
    if (f->watched != NULL) {
        int code = strike(f->disk, 1, 0, SQLITE_IOERR_WRITE);
        if (code != SQLITE_OK) return code;
        remember(f->watched, offset, from, count);
    }
    return f->real->pMethods->xWrite(f->real, from, count, offset);
}
static int file_truncate(sqlite3_file *file, sqlite3_int64 size) {
    shim_file *f = (shim_file *)file;
    if (f->watched != NULL) {
        int code = strike(f->disk, 0, 0, SQLITE_IOERR_TRUNCATE);
        if (code != SQLITE_OK) return code;
        remember(f->watched, size, NULL, 0);
    }
    return f->real->pMethods->xTruncate(f->real, size);
}
static int file_sync(sqlite3_file *file, int flags) {
    shim_file *f = (shim_file *)file;
    if (f->watched == NULL) return f->real->pMethods->xSync(f->real, flags);
    int code = strike(f->disk, 0, 1, SQLITE_IOERR_FSYNC);
    if (code != SQLITE_OK) return code;
    settle(f->watched);
    return SQLITE_OK;
}
static int file_size(sqlite3_file *file, sqlite3_int64 *size) { return REAL(file)->pMethods->xFileSize(REAL(file), size); }
static int file_lock(sqlite3_file *file, int level) { return REAL(file)->pMethods->xLock(REAL(file), level); }
static int file_unlock(sqlite3_file *file, int level) { return REAL(file)->pMethods->xUnlock(REAL(file), level); }
static int file_reserved(sqlite3_file *file, int *out) { return REAL(file)->pMethods->xCheckReservedLock(REAL(file), out); }
static int file_control(sqlite3_file *file, int op, void *arg) {
    return REAL(file)->pMethods->xFileControl(REAL(file), op, arg);
}
static int file_sector(sqlite3_file *file) { return REAL(file)->pMethods->xSectorSize(REAL(file)); }
static int file_device(sqlite3_file *file) { return REAL(file)->pMethods->xDeviceCharacteristics(REAL(file)); }
static int file_shm_map(sqlite3_file *file, int page, int size, int extend, void volatile **to) {
    return REAL(file)->pMethods->xShmMap(REAL(file), page, size, extend, to);
}
static int file_shm_lock(sqlite3_file *file, int offset, int n, int flags) {
    return REAL(file)->pMethods->xShmLock(REAL(file), offset, n, flags);
}
static void file_shm_barrier(sqlite3_file *file) { REAL(file)->pMethods->xShmBarrier(REAL(file)); }
static int file_shm_unmap(sqlite3_file *file, int remove) { return REAL(file)->pMethods->xShmUnmap(REAL(file), remove); }

// Version 2: shared memory, but no memory mapping, so that every write passes here.
static const sqlite3_io_methods methods = {
    2, file_close, file_read, file_write, file_truncate, file_sync, file_size, file_lock, file_unlock, file_reserved,
    file_control, file_sector, file_device, file_shm_map, file_shm_lock, file_shm_barrier, file_shm_unmap, 0, 0,
};

static int vfs_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out) {
    (void)vfs;
    shim_file *f = (shim_file *)file;
    memset(f, 0, sizeof *f);
    f->real = (sqlite3_file *)(f + 1);
    int code = real_vfs->xOpen(real_vfs, name, f->real, flags, out);
    if (code == SQLITE_OK && (flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL)) != 0 && (f->disk = disk_of(name)) != NULL)
        f->watched = watch(f->disk, name);
    f->base.pMethods = f->real->pMethods != NULL ? &methods : NULL;
    return code;
}
static int vfs_delete(sqlite3_vfs *vfs, const char *name, int sync) {
    (void)vfs;
    simulated_disk *disk = disk_of(name);
    if (disk != NULL) {
        if (disk->frozen) return SQLITE_IOERR_DELETE;
        // A deletion lasts at once here; what it deletes is a log that was copied back whole.
        for (int i = 0; i < disk->file_count; i++)
            if (strcmp(disk->files[i].path, name) == 0) {
                remember(&disk->files[i], 0, NULL, 0);
                settle(&disk->files[i]);
            }
    }
    return real_vfs->xDelete(real_vfs, name, sync);
}

// The ticks of a connection's virtual machine

// Whether a statement runs that is at work, rather than one that begins or ends a transaction: an interrupted ROLLBACK is
// nothing that happens to a program.
static int is_at_work(sqlite3 *db) {
    static const char *const brackets[] = {"BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "END", "PRAGMA"};
    int is_busy = 0;
    for (sqlite3_stmt *s = sqlite3_next_stmt(db, NULL); s != NULL; s = sqlite3_next_stmt(db, s)) {
        if (!sqlite3_stmt_busy(s)) continue;
        is_busy = 1;
        for (size_t i = 0; i < sizeof brackets / sizeof *brackets; i++)
            if (strncmp(sqlite3_sql(s), brackets[i], strlen(brackets[i])) == 0) return 0;
    }
    return is_busy;
}

static int tick(void *context) {
    watched_connection *connection = context;
    simulated_disk *disk = connection->disk;
    if (disk->fault != simulated_fault_interrupt || --disk->countdown > 0 || !is_at_work(connection->db)) return 0;
    disk->fault = simulated_fault_none;
    disk->fired = 1;
    return 1;
}

static int connection_opened(sqlite3 *db, char **message, const struct sqlite3_api_routines *api) {
    (void)message, (void)api;
    simulated_disk *disk = disk_of(sqlite3_db_filename(db, "main"));
    if (disk == NULL) return SQLITE_OK;
    if (disk->connection_count == connection_count_max) return SQLITE_OK;
    watched_connection *connection = &disk->connections[disk->connection_count++];
    *connection = (watched_connection){db, disk};
    sqlite3_progress_handler(db, tick_instructions, tick, connection);
    return SQLITE_OK;
}

static void install(void) {
    sqlite3_initialize();
    real_vfs = sqlite3_vfs_find(NULL);
    shim = *real_vfs;
    shim.szOsFile = (int)sizeof(shim_file) + real_vfs->szOsFile;
    shim.zName = "simulated-disk";
    shim.pNext = NULL;
    shim.xOpen = vfs_open;
    shim.xDelete = vfs_delete;
    sqlite3_vfs_register(&shim, 1);
    sqlite3_auto_extension((void (*)(void))connection_opened);
}

simulated_disk *simulated_disk_create(const char *prefix) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, install);
    simulated_disk *disk = calloc(1, sizeof *disk);
    strncpy(disk->prefix, prefix, sizeof disk->prefix - 1);
    pthread_mutex_lock(&lock);
    for (int i = 0; i < disk_count_max; i++)
        if (disks[i] == NULL) {
            disks[i] = disk;
            break;
        }
    pthread_mutex_unlock(&lock);
    return disk;
}

void simulated_disk_destroy(simulated_disk *disk) {
    pthread_mutex_lock(&lock);
    for (int i = 0; i < disk_count_max; i++)
        if (disks[i] == disk) disks[i] = NULL;
    pthread_mutex_unlock(&lock);
    for (int i = 0; i < disk->file_count; i++) forget(&disk->files[i]);
    free(disk);
}

void simulated_disk_arm(simulated_disk *disk, enum simulated_fault fault, int64_t countdown) {
    disk->fault = fault;
    disk->countdown = countdown;
    disk->fired = 0;
}

int simulated_disk_disarm(simulated_disk *disk) {
    disk->fault = simulated_fault_none;
    int fired = disk->fired;
    disk->fired = 0;
    return fired;
}

void simulated_disk_freeze(simulated_disk *disk, int frozen) {
    disk->frozen = frozen;
    // Whoever thaws it has closed every connection.
    if (!frozen) disk->connection_count = 0;
}

int64_t simulated_disk_events(const simulated_disk *disk) { return disk->events; }

// SplitMix64
static uint64_t chance(uint64_t *state) {
    uint64_t z = *state += 0x9E3779B97F4A7C15;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
    return z ^ (z >> 31);
}

static int replace(const watched_file *file) {
    int descriptor = open(file->path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (descriptor < 0) return -1;
    int64_t done = 0;
    while (done < file->count) {
        ssize_t written = write(descriptor, file->durable + done, (size_t)(file->count - done));
        if (written <= 0) break;
        done += written;
    }
    close(descriptor);
    return done == file->count ? 0 : -1;
}

int simulated_disk_lose_power(simulated_disk *disk, uint64_t seed) {
    for (int i = 0; i < disk->file_count; i++) {
        watched_file *file = &disk->files[i];
        // All of it was synced.
        if (file->pending_count == 0) continue;
        // Nothing of it, a beginning of it, or pieces of it in any order.
        uint64_t manner = chance(&seed) % 3;
        int64_t kept = (int64_t)(chance(&seed) % (uint64_t)(file->pending_count + 1));
        for (int64_t n = 0; n < file->pending_count; n++) {
            change *c = &file->pending[n];
            int is_kept = manner == 0 ? 0 : manner == 1 ? n < kept : (int)(chance(&seed) & 1);
            if (!is_kept) continue;
            if (c->bytes == NULL) {
                cut(file, c->offset);
                continue;
            }
            int64_t count = c->count;
            if (manner == 2 && chance(&seed) % 4 == 0) count = (int64_t)(chance(&seed) % (uint64_t)(count / sector + 1)) * sector;
            if (count > 0) apply(file, c->offset, c->bytes, count);
        }
        for (int64_t n = 0; n < file->pending_count; n++) free(file->pending[n].bytes);
        file->pending_count = 0;
        if (access(file->path, F_OK) == 0 || file->count > 0)
            if (replace(file) != 0) return -1;
    }
    return 0;
}

int simulated_disk_set(simulated_disk *disk, const char *sql) {
    for (int i = 0; i < disk->connection_count; i++)
        if (sqlite3_db_readonly(disk->connections[i].db, "main") == 0)
            return sqlite3_exec(disk->connections[i].db, sql, NULL, NULL, NULL);
    return SQLITE_NOTFOUND;
}

int simulated_disk_execute(simulated_disk *disk, const char *sql) {
    sqlite3 *db = NULL;
    int code = sqlite3_open_v2(disk->prefix, &db, SQLITE_OPEN_READWRITE, NULL);
    if (code == SQLITE_OK) code = sqlite3_exec(db, sql, NULL, NULL, NULL);
    sqlite3_close(db);
    // It was the last to be opened.
    if (disk->connection_count > 0 && disk->connections[disk->connection_count - 1].db == db) disk->connection_count--;
    return code;
}
