// Logs what a process does to the files below FAULT_ROOT, in order and with the bytes, to FAULT_LOG (LD_PRELOAD).
//
// One lock is held over each call and its record, so that the log is the order in which things happened. A record is one
// append: kind, inode, offset, length of the data, lengths of two paths; then the paths below the root and the data.
// The driver appends marks of its own ('A') when a client has an answer. The files of shared memory are left out.
// Whoever opens the FIFO FAULT_LOG.kill for writing kills the process, between two calls and not between a call and its record.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#define REAL(name) static __typeof__(&name) real; if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)
#define DESCRIPTORS 65536

struct __attribute__((packed)) record { uint8_t kind; uint64_t inode, offset, length; uint16_t path, other; };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char root[4096];
static size_t root_length;
static int log_descriptor = -1;
static uint8_t watched[DESCRIPTORS];

static void *wait_for_the_end(void *fifo) {
    int end = open(fifo, O_RDONLY | O_CLOEXEC);
    if (end < 0) return NULL;
    pthread_mutex_lock(&lock);
    kill(getpid(), SIGKILL);
    return NULL;
}

__attribute__((constructor)) static void begin(void) {
    const char *wanted = getenv("FAULT_ROOT"), *log = getenv("FAULT_LOG");
    if (!wanted || !log || !realpath(wanted, root)) return;
    root_length = strlen(root);
    int low = open(log, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    log_descriptor = fcntl(low, F_DUPFD_CLOEXEC, 900);  // Out of the way of descriptors that the program counts on.
    if (low != log_descriptor) close(low);
    static char fifo[4096];
    strcat(strncpy(fifo, log, sizeof fifo - 6), ".kill");
    pthread_t thread;
    pthread_create(&thread, NULL, wait_for_the_end, fifo);
}

// The part of a path below the root, NULL for every other; also for shared memory, which no crash leaves behind.
static const char *below(const char *path, char *buffer) {
    if (log_descriptor < 0 || !path) return NULL;
    if (path[0] != '/') {
        if (!getcwd(buffer, 2048)) return NULL;
        strncat(strcat(buffer, "/"), path, 2000);
        path = buffer;
    }
    if (strncmp(path, root, root_length) || (path[root_length] != '/' && path[root_length])) return NULL;
    size_t length = strlen(path);
    if (length > 4 && !strcmp(path + length - 4, "-shm")) return NULL;
    return path[root_length] ? path + root_length + 1 : path + root_length;
}

static void note(char kind, uint64_t inode, uint64_t offset, const char *path, const char *other, const void *data, size_t length) {
    int saved = errno;
    struct record head = {kind, inode, offset, length, path ? strlen(path) : 0, other ? strlen(other) : 0};
    struct iovec parts[] = {{&head, sizeof head}, {(void *)path, head.path}, {(void *)other, head.other}, {(void *)data, length}};
    ssize_t whole = sizeof head + head.path + head.other + length;
    REAL(writev);
    if (real(log_descriptor, parts, 4) != whole) abort();
    errno = saved;
}

static uint64_t inode_of(int descriptor) {
    struct stat status;
    return fstat(descriptor, &status) == 0 ? status.st_ino : 0;
}

static int is_watched(int descriptor) {
    if (descriptor < 0 || descriptor >= DESCRIPTORS || !watched[descriptor]) return 0;
    struct stat status;  // A descriptor that was closed behind our back may be a socket by now.
    return fstat(descriptor, &status) == 0 && (S_ISREG(status.st_mode) || S_ISDIR(status.st_mode));
}

static int opened(int descriptor, const char *path, int flags, int was_there) {
    if (descriptor < 0 || descriptor >= DESCRIPTORS) return descriptor;
    watched[descriptor] = path != NULL;
    if (!path) return descriptor;
    if (!was_there) note('C', inode_of(descriptor), 0, path, NULL, NULL, 0);
    else if (flags & O_TRUNC) note('T', inode_of(descriptor), 0, NULL, NULL, NULL, 0);
    return descriptor;
}

#define OPEN(name) \
    int name(const char *path, int flags, ...) { \
        REAL(name); \
        va_list rest; va_start(rest, flags); mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0; va_end(rest); \
        char buffer[4200]; const char *part = below(path, buffer); \
        if (!part) return opened(real(path, flags, mode), NULL, flags, 1); \
        pthread_mutex_lock(&lock); \
        int was_there = access(path, F_OK) == 0; \
        int result = opened(real(path, flags, mode), part, flags, was_there); \
        pthread_mutex_unlock(&lock); \
        return result; \
    }
OPEN(open)
OPEN(open64)

#define OPENAT(name) \
    int name(int folder, const char *path, int flags, ...) { \
        REAL(name); \
        va_list rest; va_start(rest, flags); mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0; va_end(rest); \
        char buffer[4200]; const char *part = folder == AT_FDCWD || path[0] == '/' ? below(path, buffer) : NULL; \
        if (!part) return opened(real(folder, path, flags, mode), NULL, flags, 1); \
        pthread_mutex_lock(&lock); \
        int was_there = access(path, F_OK) == 0; \
        int result = opened(real(folder, path, flags, mode), part, flags, was_there); \
        pthread_mutex_unlock(&lock); \
        return result; \
    }
OPENAT(openat)
OPENAT(openat64)

#define TEMPORARY(name, PARAMETERS, ARGUMENTS) \
    int name PARAMETERS { \
        REAL(name); \
        pthread_mutex_lock(&lock); \
        int result = real ARGUMENTS; \
        char buffer[4200]; \
        opened(result, below(path, buffer), 0, 0); \
        pthread_mutex_unlock(&lock); \
        return result; \
    }
TEMPORARY(mkstemp, (char *path), (path))
TEMPORARY(mkstemp64, (char *path), (path))
TEMPORARY(mkostemp, (char *path, int flags), (path, flags))
TEMPORARY(creat, (const char *path, mode_t mode), (path, mode))

int close(int descriptor) {
    REAL(close);
    if (descriptor >= 0 && descriptor < DESCRIPTORS) watched[descriptor] = 0;
    return real(descriptor);
}

// A write, with the record of what was really written.
#define WRITE(CALL, OFFSET, DATA) \
    if (!is_watched(descriptor)) return CALL; \
    pthread_mutex_lock(&lock); \
    off_t at = OFFSET; \
    ssize_t written = CALL; \
    if (written > 0) note('W', inode_of(descriptor), at, NULL, NULL, DATA, written); \
    pthread_mutex_unlock(&lock); \
    return written

ssize_t write(int descriptor, const void *data, size_t count) {
    REAL(write);
    WRITE(real(descriptor, data, count), lseek(descriptor, 0, SEEK_CUR), data);
}
ssize_t pwrite(int descriptor, const void *data, size_t count, off_t offset) {
    REAL(pwrite);
    WRITE(real(descriptor, data, count, offset), offset, data);
}
ssize_t pwrite64(int descriptor, const void *data, size_t count, off64_t offset) {
    REAL(pwrite64);
    WRITE(real(descriptor, data, count, offset), offset, data);
}

// Nobody writes data this way today; the program must not start to do so unseen.
#define UNSEEN(TYPE, name, PARAMETERS, ARGUMENTS) \
    TYPE name PARAMETERS { REAL(name); if (is_watched(descriptor)) abort(); return real ARGUMENTS; }
UNSEEN(ssize_t, writev, (int descriptor, const struct iovec *parts, int count), (descriptor, parts, count))
UNSEEN(ssize_t, pwritev, (int descriptor, const struct iovec *parts, int count, off_t at), (descriptor, parts, count, at))
UNSEEN(ssize_t, sendfile, (int descriptor, int from, off_t *at, size_t count), (descriptor, from, at, count))
UNSEEN(ssize_t, copy_file_range, (int from, off64_t *at, int descriptor, off64_t *to, size_t count, unsigned flags),
       (from, at, descriptor, to, count, flags))
UNSEEN(int, fallocate, (int descriptor, int mode, off_t at, off_t count), (descriptor, mode, at, count))
UNSEEN(int, posix_fallocate, (int descriptor, off_t at, off_t count), (descriptor, at, count))

#define ON_DESCRIPTOR(KIND, name, PARAMETERS, ARGUMENTS, OFFSET) \
    int name PARAMETERS { \
        REAL(name); \
        if (!is_watched(descriptor)) return real ARGUMENTS; \
        pthread_mutex_lock(&lock); \
        int result = real ARGUMENTS; \
        if (result == 0) note(KIND, inode_of(descriptor), OFFSET, NULL, NULL, NULL, 0); \
        pthread_mutex_unlock(&lock); \
        return result; \
    }
ON_DESCRIPTOR('S', fsync, (int descriptor), (descriptor), 0)
ON_DESCRIPTOR('S', fdatasync, (int descriptor), (descriptor), 0)
ON_DESCRIPTOR('T', ftruncate, (int descriptor, off_t size), (descriptor, size), size)
ON_DESCRIPTOR('T', ftruncate64, (int descriptor, off64_t size), (descriptor, size), size)

#define ON_PATH(KIND, name, PARAMETERS, ARGUMENTS, FIRST, SECOND, INODE) \
    int name PARAMETERS { \
        REAL(name); \
        char one[4200], two[4200]; \
        const char *first = below(FIRST, one), *second = below(SECOND, two); \
        if (!first && !second) return real ARGUMENTS; \
        pthread_mutex_lock(&lock); \
        int result = real ARGUMENTS; \
        struct stat status = {0}; \
        if (result == 0) stat(INODE, &status); \
        if (result == 0) note(KIND, status.st_ino, 0, first, second, NULL, 0); \
        pthread_mutex_unlock(&lock); \
        return result; \
    }
ON_PATH('M', mkdir, (const char *path, mode_t mode), (path, mode), path, (char *)NULL, path)
ON_PATH('U', unlink, (const char *path), (path), path, (char *)NULL, root)
ON_PATH('D', rmdir, (const char *path), (path), path, (char *)NULL, root)
ON_PATH('R', rename, (const char *from, const char *to), (from, to), from, to, to)
ON_PATH('L', link, (const char *from, const char *to), (from, to), from, to, to)
