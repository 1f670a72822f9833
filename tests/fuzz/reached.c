/*
 * See fuzz_forget_reached() in fuzz.h. A file of its own, compiled without counting: clang declares
 * the same symbols in each file in which it counts.
 */
#include "fuzz.h"

/* What clang counts; not there in other builds. */
extern guint8 __start___sancov_cntrs[] __attribute__((weak));
extern guint8 __stop___sancov_cntrs[] __attribute__((weak));

void fuzz_forget_reached(void)
{
    if (__start___sancov_cntrs != NULL)
        memset(__start___sancov_cntrs, 0, (gsize)(__stop___sancov_cntrs - __start___sancov_cntrs));
}
