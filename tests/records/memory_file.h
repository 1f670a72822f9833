/* memory_file: bytes as a file to read, in chunks of any size. */
#ifndef TESTS_RECORDS_MEMORY_FILE_H
#define TESTS_RECORDS_MEMORY_FILE_H

#include <tidemark/records.h>

#include <sys/mman.h>
#include <unistd.h>

static inline TmBytes *memory_file(const char *text, gsize length, gsize chunk)
{
    int descriptor = memfd_create("bytes", 0);
    g_assert_cmpint(descriptor, >=, 0);
    g_assert_cmpint(write(descriptor, text, length), ==, (gssize)length);
    g_assert_cmpint(lseek(descriptor, 0, SEEK_SET), ==, 0);
    return tm_bytes_new(descriptor, chunk);
}

#endif
