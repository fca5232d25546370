/*
 * Reading, creating and walking files. The invariant: nothing that exists is ever overwritten here.
 */
#include "cli/files.h"
#include "cli/cli.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Levels of directories below the one that was named: deeper is a loop of links. */
#define DEPTH_MAX 16

bool sp_file_is_directory(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static bool read_stream(FILE *file, struct sp_bytes *bytes)
{
    size_t capacity = 4096;
    bytes->at = malloc(capacity + 1);
    while (bytes->at != NULL) {
        bytes->size += fread(bytes->at + bytes->size, 1, capacity - bytes->size, file);
        if (bytes->size < capacity || capacity > SP_FILE_MAX) {
            bytes->at[bytes->size] = 0;
            return true;
        }
        capacity *= 2;
        uint8_t *larger = realloc(bytes->at, capacity + 1);
        if (larger == NULL) {
            break;
        }
        bytes->at = larger;
    }
    free(bytes->at);
    *bytes = (struct sp_bytes){NULL, 0};
    return false;
}

static void forget(struct sp_bytes *bytes)
{
    free(bytes->at);
    *bytes = (struct sp_bytes){NULL, 0};
}

bool sp_file_read(const char *path, struct sp_bytes *bytes)
{
    *bytes = (struct sp_bytes){NULL, 0};
    if (sp_file_is_directory(path)) {
        sp_say("%s: is a directory", path);
        return false;
    }
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        sp_say("%s: %s", path, strerror(errno));
        return false;
    }
    bool whole = read_stream(file, bytes);
    bool failed = ferror(file) != 0;
    fclose(file);
    if (!whole) {
        sp_say("%s: out of memory", path);
        return false;
    }
    if (failed) {
        sp_say("%s: could not be read", path);
        forget(bytes);
        return false;
    }
    if (bytes->size > SP_FILE_MAX) {
        sp_say("%s: larger than %zu MiB", path, SP_FILE_MAX >> 20);
        forget(bytes);
        return false;
    }
    return true;
}

static bool holds_already(const char *path, const uint8_t *bytes, size_t size)
{
    struct stat status;
    if (stat(path, &status) != 0 || !S_ISREG(status.st_mode) || (size_t)status.st_size != size) {
        return false;
    }
    struct sp_bytes there;
    bool same = sp_file_read(path, &there) && there.size == size &&
                (size == 0 || memcmp(there.at, bytes, size) == 0);
    free(there.at);
    return same;
}

enum sp_written sp_file_create(const char *path, const uint8_t *bytes, size_t size)
{
    FILE *file = fopen(path, "wbx");
    if (file == NULL && errno == EEXIST) {
        return holds_already(path, bytes, size) ? SP_WRITTEN : SP_WRITTEN_EXISTS;
    }
    if (file == NULL) {
        sp_say("%s: %s", path, strerror(errno));
        return SP_WRITTEN_FAILED;
    }
    bool whole = fwrite(bytes, 1, size, file) == size;
    whole &= fclose(file) == 0;
    if (!whole) {
        sp_say("%s: could not be written", path);
        remove(path);
        return SP_WRITTEN_FAILED;
    }
    return SP_WRITTEN;
}

static bool push(struct sp_paths *paths, const char *path)
{
    if (paths->count == paths->capacity) {
        size_t capacity = paths->capacity == 0 ? 64 : 2 * paths->capacity;
        char **larger = realloc(paths->at, capacity * sizeof *larger);
        if (larger == NULL) {
            sp_say("out of memory");
            return false;
        }
        paths->at = larger;
        paths->capacity = capacity;
    }
    paths->at[paths->count] = strdup(path);
    if (paths->at[paths->count] == NULL) {
        sp_say("out of memory");
        return false;
    }
    paths->count++;
    return true;
}

static bool is_wanted(const char *name)
{
    static const char *const others[] = {".md", ".txt", ".json", ".dict", ".options", ".c", ".h"};
    size_t size = strlen(name);
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        size_t tail = strlen(others[i]);
        if (size > tail && strcmp(name + size - tail, others[i]) == 0) {
            return false;
        }
    }
    return name[0] != '.';
}

static bool is_program(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && (status.st_mode & 0111) != 0;
}

static bool walk(struct sp_paths *paths, const char *directory, unsigned depth)
{
    struct dirent **entries = NULL;
    int count = scandir(directory, &entries, NULL, alphasort);
    if (count < 0) {
        sp_say("%s: %s", directory, strerror(errno));
        return false;
    }
    bool good = true;
    for (int i = 0; i < count; i++) {
        const char *name = entries[i]->d_name;
        size_t room = strlen(directory) + strlen(name) + 2;
        char *path = malloc(room);
        if (path == NULL) {
            sp_say("out of memory");
            good = false;
        } else if (good && is_wanted(name)) {
            bool slash = directory[strlen(directory) - 1] == '/';
            snprintf(path, room, "%s%s%s", directory, slash ? "" : "/", name);
            if (!sp_file_is_directory(path)) {
                good = is_program(path) || push(paths, path);
            } else if (depth < DEPTH_MAX) {
                good = walk(paths, path, depth + 1);
            }
        }
        free(path);
        free(entries[i]);
    }
    free(entries);
    return good;
}

bool sp_paths_add(struct sp_paths *paths, const char *path)
{
    if (!sp_file_is_directory(path)) {
        return push(paths, path);
    }
    size_t before = paths->count;
    if (!walk(paths, path, 0)) {
        return false;
    }
    if (paths->count == before) {
        sp_say("%s: no script or capture is in this directory", path);
        return false;
    }
    return true;
}

void sp_paths_free(struct sp_paths *paths)
{
    for (size_t i = 0; i < paths->count; i++) {
        free(paths->at[i]);
    }
    free(paths->at);
    *paths = (struct sp_paths){NULL, 0, 0};
}
