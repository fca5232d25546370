/*
 * Reading, creating and walking files.
 *
 * A file is written under another name and linked to its own when it is whole. The invariant:
 * nothing that exists is ever overwritten here, and nothing is ever half written.
 */
#include "cli/files.h"
#include "cli/cli.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

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

/* Room for a hidden name beside the path, free() it: where a file is until it is whole. */
static char *hidden_beside(const char *path)
{
    const char *slash = strrchr(path, '/');
    const int folder = slash == NULL ? 0 : (int)(slash + 1 - path);
    const size_t room = strlen(path) + 32;
    char *hidden = malloc(room);
    if (hidden != NULL) {
        snprintf(hidden, room, "%.*s.%s.%ld", folder, path, path + folder, (long)getpid());
    }
    return hidden;
}

static bool write_whole(const char *hidden, const uint8_t *bytes, size_t size)
{
    FILE *file = fopen(hidden, "wbx");
    if (file == NULL) {
        return false;
    }
    bool whole = fwrite(bytes, 1, size, file) == size;
    whole &= fclose(file) == 0;
    if (!whole) {
        const int why = errno;
        remove(hidden);
        errno = why;
    }
    return whole;
}

enum sp_written sp_file_create(const char *path, const uint8_t *bytes, size_t size)
{
    struct stat status;
    if (lstat(path, &status) == 0) {
        return holds_already(path, bytes, size) ? SP_WRITTEN : SP_WRITTEN_EXISTS;
    }
    char *hidden = hidden_beside(path);
    if (hidden == NULL || !write_whole(hidden, bytes, size)) {
        sp_say("%s: %s", path, hidden == NULL ? "out of memory" : strerror(errno));
        free(hidden);
        return SP_WRITTEN_FAILED;
    }
    const bool linked = link(hidden, path) == 0;
    const int why = errno;
    remove(hidden);
    free(hidden);
    if (!linked && why == EEXIST) {
        return holds_already(path, bytes, size) ? SP_WRITTEN : SP_WRITTEN_EXISTS;
    }
    if (!linked) {
        sp_say("%s: %s", path, strerror(why));
    }
    return linked ? SP_WRITTEN : SP_WRITTEN_FAILED;
}

enum sp_exit sp_file_deliver(const char *path, const uint8_t *bytes, size_t size)
{
    static const uint8_t nothing[1];
    if (path == NULL) {
        if ((size == 0 || fwrite(bytes, 1, size, stdout) == size) && fflush(stdout) == 0) {
            return SP_EXIT_PASS;
        }
        sp_say("standard output: %s", strerror(errno));
        return SP_EXIT_ERROR;
    }
    switch (sp_file_create(path, bytes == NULL ? nothing : bytes, size)) {
    case SP_WRITTEN:
        return SP_EXIT_PASS;
    case SP_WRITTEN_EXISTS:
        sp_say("%s: exists and is something else; it is left as it is", path);
        break;
    case SP_WRITTEN_FAILED:
        break;
    }
    return SP_EXIT_USAGE;
}

bool sp_file_replace(const char *path, const uint8_t *bytes, size_t size)
{
    char *hidden = hidden_beside(path);
    const bool written =
        hidden != NULL && write_whole(hidden, bytes, size) && rename(hidden, path) == 0;
    if (!written) {
        sp_say("%s: %s", path, hidden == NULL ? "out of memory" : strerror(errno));
    }
    free(hidden);
    return written;
}

/* An empty file beside the path can be made: so can the report, later. */
static bool can_replace(const char *flag, const char *path)
{
    char *hidden = hidden_beside(path);
    const bool made = hidden != NULL && write_whole(hidden, (const uint8_t *)"", 0);
    if (made) {
        remove(hidden);
    } else {
        sp_say("%s %s: %s", flag, path, hidden == NULL ? "out of memory" : strerror(errno));
    }
    free(hidden);
    return made;
}

static bool has_mark(const char *path, const char *mark)
{
    char head[1001];
    FILE *file = fopen(path, "rb");
    const size_t size = file == NULL ? 0 : fread(head, 1, sizeof head - 1, file);
    head[size] = '\0';
    const bool read = file != NULL && ferror(file) == 0;
    if (file != NULL) {
        fclose(file);
    }
    return read && (size == 0 || strstr(head, mark) != NULL);
}

bool sp_file_reportable(const char *flag, const char *path, const char *mark)
{
    struct stat status;
    if (stat(path, &status) != 0) {
        return can_replace(flag, path);
    }
    if (S_ISDIR(status.st_mode)) {
        sp_say("%s %s: is a directory", flag, path);
        return false;
    }
    if (!S_ISREG(status.st_mode)) {
        if (access(path, W_OK) != 0) {
            sp_say("%s %s: %s", flag, path, strerror(errno));
            return false;
        }
        return true;
    }
    if (!has_mark(path, mark)) {
        sp_say("%s %s: exists and is no such report; it is left as it is", flag, path);
        return false;
    }
    return can_replace(flag, path);
}

bool sp_file_report(const char *flag, const char *path, const char *text)
{
    struct stat status;
    if (lstat(path, &status) != 0 || S_ISREG(status.st_mode)) {
        return sp_file_replace(path, (const uint8_t *)text, strlen(text));
    }
    FILE *file = fopen(path, "wb");
    bool whole = file != NULL && fputs(text, file) >= 0;
    whole = (file == NULL || fclose(file) == 0) && whole;
    if (!whole) {
        sp_say("%s %s: %s", flag, path, strerror(errno));
    }
    return whole;
}

bool sp_directory_make(const char *path)
{
    char *made = strdup(path);
    bool good = made != NULL;
    for (size_t i = 1; good && i <= strlen(path); i++) {
        if (path[i] != '/' && path[i] != '\0') {
            continue;
        }
        made[i] = '\0';
        good = mkdir(made, 0777) == 0 || errno == EEXIST;
        made[i] = path[i];
    }
    if (good && !sp_file_is_directory(path)) {
        errno = ENOTDIR;
        good = false;
    }
    if (!good) {
        sp_say("%s: %s", path, made == NULL ? "out of memory" : strerror(errno));
    }
    free(made);
    return good;
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

static char *joined(const char *directory, const char *name)
{
    const size_t room = strlen(directory) + strlen(name) + 2;
    char *path = malloc(room);
    if (path == NULL) {
        sp_say("out of memory");
        return NULL;
    }
    const bool slash = directory[strlen(directory) - 1] == '/';
    snprintf(path, room, "%s%s%s", directory, slash ? "" : "/", name);
    return path;
}

static bool walk(struct sp_paths *paths, const char *directory, unsigned depth);

/* What one entry of a directory adds. */
static bool add_entry(struct sp_paths *paths, const char *path, unsigned depth)
{
    if (!sp_file_is_directory(path)) {
        return is_program(path) || push(paths, path);
    }
    return depth >= DEPTH_MAX || walk(paths, path, depth + 1);
}

/* A directory with script.sps is one input that was kept: what else is in it says the same again.
 */
static bool add_kept(struct sp_paths *paths, const char *directory, bool *kept)
{
    char *path = joined(directory, SP_KEPT_SCRIPT);
    struct stat status;
    *kept = path != NULL && stat(path, &status) == 0 && S_ISREG(status.st_mode);
    const bool good = path != NULL && (!*kept || push(paths, path));
    free(path);
    return good;
}

static bool walk(struct sp_paths *paths, const char *directory, unsigned depth)
{
    bool kept;
    bool good = add_kept(paths, directory, &kept);
    if (!good || kept) {
        return good;
    }
    struct dirent **entries = NULL;
    int count = scandir(directory, &entries, NULL, alphasort);
    if (count < 0) {
        sp_say("%s: %s", directory, strerror(errno));
        return false;
    }
    for (int i = 0; i < count; i++) {
        if (good && is_wanted(entries[i]->d_name)) {
            char *path = joined(directory, entries[i]->d_name);
            good = path != NULL && add_entry(paths, path, depth);
            free(path);
        }
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
