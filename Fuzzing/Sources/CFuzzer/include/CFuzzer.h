#pragma once
#include <stddef.h>
#include <stdint.h>

// libFuzzer's loop, as in llvm's compiler-rt/lib/fuzzer: takes the command line and the function to call with each input.
int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*target)(const uint8_t *bytes, size_t count));

// A file in memory; -1 with errno where there is none. Swift's Glibc does not declare memfd_create.
int memory_file(void);
