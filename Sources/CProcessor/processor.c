#include "cprocessor.h"
#include <unistd.h>

#ifdef AVX2
// Before anything else of the program, which would die of an illegal instruction.
__attribute__((constructor(101))) static void check_processor(void) {
    static const char line[] = "fairvoice: built for processors with AVX2, which this one has not; build it here, or with AVX2=0\n";
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx2")) return;
    ssize_t written = write(STDERR_FILENO, line, sizeof line - 1);
    (void)written;
    _exit(1);
}
#endif
