/*
 * One round of sharing: our corpus goes out, what others put there comes in.
 *
 * libFuzzer reads new files of its corpus directory itself; AFL++'s main instance those of the
 * directory that -F names. The invariant: what came in is never given as ours again, and nothing is
 * ever removed or replaced in the shared directory.
 */
#include "campaign/share.h"
#include "campaign/machine.h"
#include "campaign/status.h"
#include "campaign/triage.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

/* Levels of directories that hold seeds: corpus/TARGET/regressions/NAME/file. */
#define LEVELS_MAX 4

void sp_input_name(const uint8_t *bytes, size_t size, char name[SP_INPUT_NAME])
{
    XXH128_hash_t hash = XXH3_128bits(bytes, size);
    snprintf(name, SP_INPUT_NAME, "%016" PRIx64 "%016" PRIx64, (uint64_t)hash.high64,
             (uint64_t)hash.low64);
}

bool sp_is_input_name(const char *name)
{
    return strlen(name) == SP_INPUT_NAME - 1 &&
           strspn(name, "0123456789abcdef") == SP_INPUT_NAME - 1;
}

static bool write_all(int file, const uint8_t *bytes, size_t size)
{
    while (size > 0) {
        ssize_t some = write(file, bytes, size);
        if (some < 0 && errno != EINTR) {
            return false;
        }
        bytes += some > 0 ? some : 0;
        size -= some > 0 ? (size_t)some : 0;
    }
    return true;
}

bool sp_input_put(const char *directory, const uint8_t *bytes, size_t size)
{
    char name[SP_INPUT_NAME];
    char path[SP_PATH_MAX];
    char fresh[SP_PATH_MAX];
    sp_input_name(bytes, size, name);
    sp_path(path, "%s/%s", directory, name);
    if (access(path, F_OK) == 0) {
        return true;
    }
    /* Two machines may have the same process number, so that the name alone does not do. */
    sp_path(fresh, "%s/.new-XXXXXX", directory);
    int file = mkstemp(fresh);
    if (file < 0) {
        return false;
    }
    bool good = write_all(file, bytes, size) && fchmod(file, 0644) == 0;
    good &= close(file) == 0;
    good = good && rename(fresh, path) == 0;
    if (!good) {
        unlink(fresh);
    }
    return good;
}

/* The whole input; free() it. NULL: it is not a file, too large, or cannot be read. */
static uint8_t *read_input(const char *path, size_t *size)
{
    struct stat status;
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file < 0) {
        return NULL;
    }
    uint8_t *bytes = NULL;
    if (fstat(file, &status) == 0 && S_ISREG(status.st_mode) &&
        (size_t)status.st_size <= SP_INPUT_MAX) {
        bytes = malloc((size_t)status.st_size + 1);
    }
    *size = 0;
    while (bytes != NULL && *size < (size_t)status.st_size) {
        ssize_t some = read(file, bytes + *size, (size_t)status.st_size - *size);
        if (some <= 0) {
            break;
        }
        *size += (size_t)some;
    }
    close(file);
    return bytes;
}

static bool is_any(const char *name)
{
    (void)name;
    return true;
}

static bool copy_one(const char *path, const char *to)
{
    size_t size;
    uint8_t *bytes = read_input(path, &size);
    bool good = bytes != NULL && sp_input_put(to, bytes, size);
    free(bytes);
    return good;
}

static size_t copy_below(const char *from, const char *to, bool (*wanted)(const char *name),
                         unsigned level)
{
    struct sp_names names = sp_names_of(from, is_any);
    size_t count = 0;
    for (size_t i = 0; i < names.count; i++) {
        char path[SP_PATH_MAX];
        struct stat status;
        sp_path(path, "%s/%s", from, names.at[i]);
        if (stat(path, &status) != 0) {
            continue;
        }
        if (S_ISDIR(status.st_mode) && level < LEVELS_MAX) {
            count += copy_below(path, to, wanted, level + 1);
        } else if (S_ISREG(status.st_mode) && wanted(names.at[i])) {
            count += copy_one(path, to);
        }
    }
    sp_names_free(&names);
    return count;
}

size_t sp_inputs_copy(const char *from, const char *to, bool (*wanted)(const char *name))
{
    return copy_below(from, to, wanted, 1);
}

static bool grow(struct sp_seen *seen);

/* What cannot be remembered, without memory, is looked at again: that does no harm. */
static void see(struct sp_seen *seen, uint64_t number)
{
    number += number == 0; /* 0 marks a free place */
    if (2 * seen->count >= seen->capacity && !grow(seen)) {
        return;
    }
    size_t at = (size_t)number & (seen->capacity - 1);
    while (seen->at[at] != 0 && seen->at[at] != number) {
        at = (at + 1) & (seen->capacity - 1);
    }
    seen->count += seen->at[at] == 0;
    seen->at[at] = number;
}

static bool grow(struct sp_seen *seen)
{
    struct sp_seen larger = {NULL, seen->capacity == 0 ? 1024 : 2 * seen->capacity, 0};
    larger.at = calloc(larger.capacity, sizeof *larger.at);
    if (larger.at == NULL) {
        return false;
    }
    for (size_t i = 0; i < seen->capacity; i++) {
        if (seen->at[i] != 0) {
            see(&larger, seen->at[i]);
        }
    }
    free(seen->at);
    *seen = larger;
    return true;
}

static uint64_t hash_text(const char *text)
{
    return XXH3_64bits(text, strlen(text));
}

static bool has(const struct sp_seen *seen, uint64_t number)
{
    number += number == 0;
    size_t at = (size_t)number & (seen->capacity - 1);
    while (seen->capacity > 0 && seen->at[at] != 0) {
        if (seen->at[at] == number) {
            return true;
        }
        at = (at + 1) & (seen->capacity - 1);
    }
    return false;
}

static bool exists(const char *directory, const char *name)
{
    char path[SP_PATH_MAX];
    sp_path(path, "%s/%s", directory, name);
    return access(path, F_OK) == 0;
}

/* What could not be given is tried again in the next round. */
static void give_file(struct sp_share *share, const char *path)
{
    size_t size;
    char name[SP_INPUT_NAME];
    uint8_t *bytes = has(&share->files, hash_text(path)) ? NULL : read_input(path, &size);
    if (bytes == NULL) {
        return;
    }
    sp_input_name(bytes, size, name);
    bool known = has(&share->inputs, hash_text(name)) || exists(share->directory, name);
    bool good = known || sp_input_put(share->directory, bytes, size);
    free(bytes);
    if (good) {
        see(&share->files, hash_text(path));
        see(&share->inputs, hash_text(name));
    }
    share->given += good && !known;
    share->failed += !good;
}

static void give_directory(struct sp_share *share, const char *directory)
{
    struct sp_names names = sp_names_of(directory, is_any);
    for (size_t i = 0; i < names.count; i++) {
        char path[SP_PATH_MAX];
        sp_path(path, "%s/%s", directory, names.at[i]);
        give_file(share, path);
    }
    sp_names_free(&names);
}

static void give(struct sp_share *share)
{
    char path[SP_PATH_MAX];
    if (share->engine == SP_ENGINE_LIBFUZZER) {
        sp_path(path, "%s/corpus", share->out);
        give_directory(share, path);
        return;
    }
    sp_path(path, "%s/afl", share->out);
    struct sp_names instances = sp_names_of(path, is_any);
    for (size_t i = 0; i < instances.count; i++) {
        sp_path(path, "%s/afl/%s/queue", share->out, instances.at[i]);
        give_directory(share, path);
    }
    sp_names_free(&instances);
}

static void take_file(struct sp_share *share, const char *name, const char *into)
{
    char path[SP_PATH_MAX];
    char true_name[SP_INPUT_NAME];
    size_t size;
    sp_path(path, "%s/%s", share->directory, name);
    uint8_t *bytes = read_input(path, &size);
    if (bytes == NULL) {
        return;
    }
    sp_input_name(bytes, size, true_name);
    if (strcmp(name, true_name) == 0) {
        bool good = sp_input_put(into, bytes, size);
        if (good) {
            see(&share->inputs, hash_text(name));
        }
        share->taken += good;
        share->failed += !good;
    }
    free(bytes);
}

/* What was put aside, because the target died of it, stays aside. */
static void take(struct sp_share *share)
{
    char into[SP_PATH_MAX];
    char aside[SP_PATH_MAX];
    sp_path(into, "%s/%s", share->out, share->engine == SP_ENGINE_AFL ? "foreign" : "corpus");
    sp_path(aside, "%s/aside", share->out);
    struct sp_names names = sp_names_of(share->directory, sp_is_input_name);
    for (size_t i = 0; i < names.count; i++) {
        if (!has(&share->inputs, hash_text(names.at[i])) && !exists(into, names.at[i]) &&
            !exists(aside, names.at[i])) {
            take_file(share, names.at[i], into);
        }
    }
    sp_names_free(&names);
}

/* The name of the content of a file in the directory. False: it cannot be read. */
static bool name_of(const char *directory, const char *file, char name[SP_INPUT_NAME])
{
    char path[SP_PATH_MAX];
    size_t size;
    sp_path(path, "%s/%s", directory, file);
    uint8_t *bytes = read_input(path, &size);
    if (bytes != NULL) {
        sp_input_name(bytes, size, name);
    }
    free(bytes);
    return bytes != NULL;
}

static bool is_fatal(const char *name)
{
    return sp_origin_fails(sp_origin_of(name));
}

size_t sp_inputs_put_aside(const char *found, const char *corpus, const char *aside)
{
    struct sp_seen bad = {NULL, 0, 0};
    char name[SP_INPUT_NAME];
    size_t count = 0;
    struct sp_names names = sp_names_of(found, is_fatal);
    for (size_t i = 0; i < names.count; i++) {
        if (name_of(found, names.at[i], name)) {
            see(&bad, hash_text(name));
        }
    }
    sp_names_free(&names);
    names = sp_names_of(corpus, is_any);
    for (size_t i = 0; bad.count > 0 && i < names.count; i++) {
        char from[SP_PATH_MAX];
        char to[SP_PATH_MAX];
        if (name_of(corpus, names.at[i], name) && has(&bad, hash_text(name))) {
            sp_path(from, "%s/%s", corpus, names.at[i]);
            sp_path(to, "%s/%s", aside, name);
            count += rename(from, to) == 0;
        }
    }
    sp_names_free(&names);
    free(bad.at);
    return count;
}

void sp_share_free(struct sp_share *share)
{
    free(share->files.at);
    free(share->inputs.at);
    share->files = (struct sp_seen){NULL, 0, 0};
    share->inputs = (struct sp_seen){NULL, 0, 0};
}

void sp_share_round(struct sp_share *share)
{
    if (share->directory == NULL) {
        return;
    }
    if (access(share->directory, F_OK) != 0) {
        sp_share_free(share);
        share->failed = 1;
        return;
    }
    share->failed = 0;
    give(share);
    take(share);
}
