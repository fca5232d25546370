/*
 * A folder of its own for each test that needs files.
 *
 * It is the current directory while the test runs, so that paths in tests are short; what is wrong
 * with it fails the test. Paths of directories that are not there yet are made.
 */
#ifndef SCRATCH_H
#define SCRATCH_H

#include <stdbool.h>
#include <stddef.h>

/* Set-up and teardown of cmocka. */
int scratch_begin(void **state);
int scratch_end(void **state);

/* Writes a file, also over another. */
void scratch_bytes(const char *path, const void *bytes, size_t size);
void scratch_text(const char *path, const char *text);
void scratch_program(const char *path, const char *text);
void scratch_directory(const char *path);

/* The file is there and holds these bytes and no others. */
bool scratch_holds(const char *path, const void *bytes, size_t size);

/* Entries of a directory, hidden ones as well; 0 when there is none. */
size_t scratch_count(const char *directory);

#endif
