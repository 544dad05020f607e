// A disk whose failures are ordered: an SQLite VFS over the ordinary one that watches the database and the write-ahead log of
// one folder, keeps in memory what would be left of them after a power loss, and fails at a chosen event.
#pragma once
#include <stdint.h>

typedef struct simulated_disk simulated_disk;

enum simulated_fault {
    simulated_fault_none = 0,
    // A statement is interrupted after so many ticks of its virtual machine.
    simulated_fault_interrupt = 1,
    // The disk is full at so many-th write, for that write alone.
    simulated_fault_full = 2,
    // So many-th write, cut or sync fails, for that event alone.
    simulated_fault_error = 3,
    // The process ends before so many-th write, cut or sync: nothing reaches the disk from then on.
    simulated_fault_death = 4,
    // The process ends before so many-th sync: all is written, nothing is safe.
    simulated_fault_unsynced = 5,
};

// Watches files whose path begins with this prefix. Call before they are opened.
simulated_disk *simulated_disk_create(const char *prefix);
// Call when they are closed.
void simulated_disk_destroy(simulated_disk *disk);

// Orders one failure; `countdown` counts from 1.
void simulated_disk_arm(simulated_disk *disk, enum simulated_fault fault, int64_t countdown);
// Takes the order back. Answers whether it was carried out.
int simulated_disk_disarm(simulated_disk *disk);
// From now on nothing reaches the disk, or all does again.
void simulated_disk_freeze(simulated_disk *disk, int frozen);
// Writes, cuts and syncs so far.
int64_t simulated_disk_events(const simulated_disk *disk);

// Leaves on the real disk what a power loss would leave: everything synced, and of what came after it some pieces, chosen by
// the seed. The files must be closed. Answers 0, or -1 where a file could not be written.
int simulated_disk_lose_power(simulated_disk *disk, uint64_t seed);

// Carries a setting out on the connection that writes, outside of any transaction. Answers an SQLite result code.
int simulated_disk_set(simulated_disk *disk, const char *sql);
// Carries SQL out on a connection of its own. Answers an SQLite result code.
int simulated_disk_execute(simulated_disk *disk, const char *sql);
