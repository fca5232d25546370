/*
 * Names of files as engines give them, and groups of inputs by signature.
 *
 * No file is opened here. The invariant: the groups, and the smallest of each, depend on the inputs
 * and their order alone.
 */
#include "campaign/triage.h"

#include <stdlib.h>
#include <string.h>

static bool begins(const char *text, const char *prefix)
{
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

static bool ends(const char *text, const char *tail)
{
    const size_t size = strlen(text);
    return size >= strlen(tail) && strcmp(text + size - strlen(tail), tail) == 0;
}

static bool is_own_file(const char *name)
{
    static const char *const names[] = {
        "board",       "campaign",     "cmdline",      "commands",  "fastresume.bin",
        "fuzz_bitmap", "fuzzer_setup", "fuzzer_stats", "plot_data", "is_main_node",
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strcmp(name, names[i]) == 0) {
            return true;
        }
    }
    return ends(name, ".log") || ends(name, ".txt");
}

/* The folder that the file stands in: text[0, size). */
static const char *folder_of(const char *path, const char *name, size_t *size)
{
    *size = 0;
    if (name == path) {
        return path;
    }
    const char *end = name - 1;
    const char *begin = end;
    while (begin > path && begin[-1] != '/') {
        begin--;
    }
    *size = (size_t)(end - begin);
    return begin;
}

/* AFL++ moves the crashes of an earlier run to crashes.DATE. */
static bool is_folder(const char *folder, size_t size, const char *word)
{
    const size_t length = strlen(word);
    return size >= length && strncmp(folder, word, length) == 0 &&
           (size == length || folder[length] == '.');
}

enum sp_origin sp_origin_of(const char *path)
{
    static const struct {
        const char *prefix;
        enum sp_origin origin;
    } prefixes[] = {
        {"crash-", SP_ORIGIN_CRASH}, {"timeout-", SP_ORIGIN_TIMEOUT}, {"oom-", SP_ORIGIN_OOM},
        {"leak-", SP_ORIGIN_LEAK},   {"slow-unit-", SP_ORIGIN_SLOW},
    };
    const char *slash = strrchr(path, '/');
    const char *name = slash == NULL ? path : slash + 1;
    size_t size;
    const char *folder = folder_of(path, name, &size);
    if (is_own_file(name)) {
        return SP_ORIGIN_NONE;
    }
    if (begins(name, "id:") || begins(name, "id_")) {
        if (is_folder(folder, size, "crashes")) {
            return SP_ORIGIN_CRASH;
        }
        if (is_folder(folder, size, "hangs")) {
            return SP_ORIGIN_TIMEOUT;
        }
        return is_folder(folder, size, "queue") ? SP_ORIGIN_NONE : SP_ORIGIN_INPUT;
    }
    for (size_t i = 0; i < sizeof prefixes / sizeof prefixes[0]; i++) {
        if (begins(name, prefixes[i].prefix)) {
            return prefixes[i].origin;
        }
    }
    return SP_ORIGIN_INPUT;
}

const char *sp_origin_name(enum sp_origin origin)
{
    switch (origin) {
    case SP_ORIGIN_INPUT:
        return "input";
    case SP_ORIGIN_CRASH:
        return "crash";
    case SP_ORIGIN_TIMEOUT:
        return "timeout";
    case SP_ORIGIN_OOM:
        return "oom";
    case SP_ORIGIN_LEAK:
        return "leak";
    case SP_ORIGIN_SLOW:
        return "slow";
    case SP_ORIGIN_NONE:
        break;
    }
    return "none";
}

bool sp_origin_fails(enum sp_origin origin)
{
    return origin == SP_ORIGIN_CRASH || origin == SP_ORIGIN_TIMEOUT || origin == SP_ORIGIN_OOM ||
           origin == SP_ORIGIN_LEAK;
}

static int compare(const struct sp_sighting *one, const struct sp_sighting *other)
{
    if (one->property != other->property) {
        return one->property < other->property ? -1 : 1;
    }
    return strcmp(one->signature, other->signature);
}

static bool make_room(struct sp_groups *groups)
{
    if (groups->count < groups->capacity) {
        return true;
    }
    const size_t capacity = groups->capacity == 0 ? 16 : 2 * groups->capacity;
    struct sp_group *larger = realloc(groups->at, capacity * sizeof *larger);
    if (larger == NULL) {
        return false;
    }
    groups->at = larger;
    groups->capacity = capacity;
    return true;
}

bool sp_groups_add(struct sp_groups *groups, const struct sp_sighting *sighting, size_t number)
{
    size_t place = 0;
    while (place < groups->count && compare(&groups->at[place].sighting, sighting) < 0) {
        place++;
    }
    if (place < groups->count && compare(&groups->at[place].sighting, sighting) == 0) {
        struct sp_group *group = &groups->at[place];
        group->inputs++;
        if (sighting->events < group->sighting.events) {
            group->sighting = *sighting;
            group->smallest = number;
        }
        return true;
    }
    if (!make_room(groups)) {
        return false;
    }
    memmove(&groups->at[place + 1], &groups->at[place],
            (groups->count - place) * sizeof *groups->at);
    groups->at[place] = (struct sp_group){*sighting, 1, number};
    groups->count++;
    return true;
}

void sp_groups_free(struct sp_groups *groups)
{
    free(groups->at);
    *groups = (struct sp_groups){NULL, 0, 0};
}
