/*
 * Folders for tests: see scratch.h.
 *
 * The invariant: nothing outside of the folder is written or removed, and links are not followed.
 */
#include "scratch.h"

#include <dirent.h>
#include <errno.h>
#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#define TEMPLATE "/tmp/synproof-test-XXXXXX"

static char folder[sizeof TEMPLATE];

int scratch_begin(void **state)
{
    (void)state;
    strcpy(folder, TEMPLATE);
    return mkdtemp(folder) != NULL && chmod(folder, 0755) == 0 && chdir(folder) == 0 ? 0 : -1;
}

static int forget(const char *path, const struct stat *status, int kind, struct FTW *place)
{
    (void)status;
    (void)kind;
    (void)place;
    return remove(path);
}

int scratch_end(void **state)
{
    (void)state;
    return chdir("/") == 0 && nftw(folder, forget, 8, FTW_DEPTH | FTW_PHYS) == 0 ? 0 : -1;
}

void scratch_directory(const char *path)
{
    char made[4096];
    assert_true(strlen(path) < sizeof made);
    for (size_t i = 1; i <= strlen(path); i++) {
        if (path[i] == '/' || path[i] == '\0') {
            memcpy(made, path, i);
            made[i] = '\0';
            assert_true(mkdir(made, 0755) == 0 || errno == EEXIST);
        }
    }
}

void scratch_bytes(const char *path, const void *bytes, size_t size)
{
    const char *slash = strrchr(path, '/');
    if (slash != NULL) {
        char above[4096];
        snprintf(above, sizeof above, "%.*s", (int)(slash - path), path);
        scratch_directory(above);
    }
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

void scratch_text(const char *path, const char *text)
{
    scratch_bytes(path, text, strlen(text));
}

void scratch_program(const char *path, const char *text)
{
    scratch_text(path, text);
    assert_int_equal(chmod(path, 0755), 0);
}

bool scratch_holds(const char *path, const void *bytes, size_t size)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return false;
    }
    char *there = malloc(size + 1);
    assert_non_null(there);
    bool same = fread(there, 1, size + 1, file) == size && memcmp(there, bytes, size) == 0;
    free(there);
    fclose(file);
    return same;
}

size_t scratch_count(const char *directory)
{
    size_t count = 0;
    DIR *stream = opendir(directory);
    for (struct dirent *entry; stream != NULL && (entry = readdir(stream)) != NULL;) {
        count += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    }
    if (stream != NULL) {
        closedir(stream);
    }
    return count;
}
