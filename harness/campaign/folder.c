/*
 * Making, locking and taking up the folder of a campaign.
 *
 * The invariant: a folder that holds anything else, or in which a campaign runs, is not touched;
 * and at whatever moment a campaign is killed, its folder can be taken up again.
 */
#include "campaign/folder.h"
#include "campaign/share.h"
#include "campaign/status.h"
#include "cli/setup.h"
#include "fuzz/board.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define HEAD "synproof campaign 1\n"

/* Folders of one target that runs/ may hold. */
#define FOLDERS_MAX 1000

/* Tenths of a second to wait for the lock. */
#define LOCK_TRIES 20

struct kept {
    char target[32];
    char engine[32];
    double seconds;
};

static bool fail(const char *named, const char *why)
{
    sp_say("--out %s: %s", named, why);
    return false;
}

/* False: there is none, or it is damaged. */
static bool read_kept(const char *out, struct kept *kept)
{
    char path[SP_PATH_MAX];
    char text[512];
    sp_path(path, "%s/campaign", out);
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        return false;
    }
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    if (strncmp(text, HEAD, strlen(HEAD)) != 0) {
        return false;
    }
    int read = sscanf(text + strlen(HEAD), "target = %31s engine = %31s seconds = %lf",
                      kept->target, kept->engine, &kept->seconds);
    return read == 3 && kept->seconds >= 0;
}

static bool is_any(const char *name)
{
    (void)name;
    return true;
}

static bool is_empty(const char *out)
{
    struct sp_names names = sp_names_of(out, is_any);
    bool empty = names.count == 0;
    sp_names_free(&names);
    return empty;
}

enum sp_engine sp_folder_engine(const char *named)
{
    struct kept kept;
    return read_kept(named, &kept) ? sp_engine_find(kept.engine) : SP_ENGINE_COUNT;
}

bool sp_folder_save(const struct sp_folder *folder, const struct sp_target *target,
                    enum sp_engine engine, double seconds)
{
    char path[SP_PATH_MAX];
    char fresh[SP_PATH_MAX];
    sp_path(path, "%s/campaign", folder->out);
    sp_path(fresh, "%s/.campaign", folder->out);
    FILE *file = fopen(fresh, "w");
    if (file == NULL) {
        return false;
    }
    fprintf(file, HEAD "target = %s\nengine = %s\nseconds = %.1f\n", target->name,
            sp_engine_name(engine), seconds);
    bool good = fflush(file) == 0 && fsync(fileno(file)) == 0;
    good &= fclose(file) == 0;
    return good && rename(fresh, path) == 0;
}

/* The folder is there and locked; its path is absolute. */
static bool lock(struct sp_folder *folder, const char *named)
{
    char *real = realpath(named, NULL);
    if (real == NULL || strlen(real) >= SP_PATH_MAX / 2) {
        free(real);
        return fail(named, real == NULL ? strerror(errno) : "the path is too long");
    }
    sp_path(folder->out, "%s", real);
    free(real);
    folder->lock = open(folder->out, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder->lock < 0) {
        return fail(named, strerror(errno));
    }
    /* What a killed campaign leaves behind is gone soon. */
    const struct timespec pause = {0, 100000000};
    bool locked = flock(folder->lock, LOCK_EX | LOCK_NB) == 0;
    for (unsigned i = 0; !locked && i < LOCK_TRIES; i++) {
        nanosleep(&pause, NULL);
        locked = flock(folder->lock, LOCK_EX | LOCK_NB) == 0;
    }
    if (!locked) {
        return fail(named, "a campaign is running in it; choose another folder, or end that one");
    }
    return true;
}

/* Takes up what is in the folder. An empty one is a campaign that was killed before it began. */
static bool take_up(struct sp_folder *folder, const char *named, bool resume,
                    const struct sp_target *target, enum sp_engine engine)
{
    struct kept kept;
    if (is_empty(folder->out)) {
        return true;
    }
    if (!resume) {
        return fail(named, "is not empty; --resume goes on with the campaign in it");
    }
    if (!read_kept(folder->out, &kept)) {
        return fail(named, "no campaign is in it: its file 'campaign' is absent or damaged");
    }
    if (strcmp(kept.target, target->name) != 0 ||
        strcmp(kept.engine, sp_engine_name(engine)) != 0) {
        sp_say("--out %s: it is a campaign of %s with %s, not of %s with %s", named, kept.target,
               kept.engine, target->name, sp_engine_name(engine));
        return false;
    }
    folder->seconds = kept.seconds;
    folder->begun = true;
    return true;
}

static bool make_inner(const struct sp_folder *folder, enum sp_engine engine)
{
    static const char *const always[] = {"findings", "logs", NULL};
    static const char *const libfuzzer[] = {"corpus", "crashes", "aside", NULL};
    static const char *const afl[] = {"seeds", "afl", "foreign", NULL};
    const char *const *lists[] = {always, engine == SP_ENGINE_AFL ? afl : libfuzzer};
    for (unsigned list = 0; list < 2; list++) {
        for (const char *const *name = lists[list]; *name != NULL; name++) {
            char path[SP_PATH_MAX];
            sp_path(path, "%s/%s", folder->out, *name);
            if (mkdir(path, 0777) != 0 && errno != EEXIST) {
                return fail(path, strerror(errno));
            }
        }
    }
    return true;
}

static bool make_board(const struct sp_folder *folder)
{
    char path[SP_PATH_MAX];
    sp_path(path, "%s/board", folder->out);
    struct sp_board *board = sp_board_map(path, true);
    if (board == NULL) {
        sp_say("%s: %s", path,
               errno == EINVAL ? "it is the board of another version; begin anew in another folder"
                               : strerror(errno));
        return false;
    }
    sp_board_unmap(board);
    return true;
}

/* The first folder of that name that is free. */
static bool make_free(const struct sp_target *target, char *name)
{
    if (mkdir("runs", 0777) != 0 && errno != EEXIST) {
        return fail("runs", strerror(errno));
    }
    for (unsigned n = 1; n <= FOLDERS_MAX; n++) {
        sp_path(name, "runs/fuzz-%s-%u", target->name, n);
        if (mkdir(name, 0777) == 0) {
            return true;
        }
        if (errno != EEXIST) {
            return fail(name, strerror(errno));
        }
    }
    return fail(name, "and every number before it is taken");
}

static bool make_named(const char *named)
{
    if (mkdir(named, 0777) != 0 && errno != EEXIST) {
        return fail(named, strerror(errno));
    }
    return true;
}

bool sp_folder_open(struct sp_folder *folder, const char *named, bool resume,
                    const struct sp_target *target, enum sp_engine engine, char *name)
{
    *folder = (struct sp_folder){.lock = -1};
    if (named[0] == '\0') {
        if (!make_free(target, name)) {
            return false;
        }
    } else {
        sp_path(name, "%s", named);
        if (!resume && !make_named(named)) {
            return false;
        }
    }
    folder->named = name;
    return lock(folder, name) && take_up(folder, name, resume, target, engine) &&
           (sp_folder_save(folder, target, engine, folder->seconds) ||
            fail(name, strerror(errno))) &&
           make_inner(folder, engine) && make_board(folder);
}

void sp_folder_close(struct sp_folder *folder)
{
    if (folder->lock >= 0) {
        close(folder->lock);
        folder->lock = -1;
    }
}

static bool is_bytes(const char *name)
{
    size_t size = strlen(name);
    return size > 4 && strcmp(name + size - 4, ".bin") == 0;
}

/* "max_len = 4096" below "[libfuzzer]" is the flag -max_len=4096. */
static void read_options(struct sp_folder *folder, const char *path)
{
    char line[256];
    bool ours = false;
    size_t count = 0;
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        return;
    }
    while (fgets(line, sizeof line, file) != NULL && count < SP_OPTIONS_MAX) {
        char key[24];
        char value[24];
        if (line[0] == '[') {
            ours = strncmp(line, "[libfuzzer]", strlen("[libfuzzer]")) == 0;
        } else if (ours && sscanf(line, " %23[a-z_0-9] = %23s", key, value) == 2 &&
                   strcmp(key, "dict") != 0) {
            snprintf(folder->option[count], sizeof folder->option[count], "-%s=%s", key, value);
            folder->options[count] = folder->option[count];
            count++;
        }
    }
    fclose(file);
}

/* Both engines want one input at least. */
static bool seed_at_least(const char *directory)
{
    static const uint8_t zero[1] = {0};
    return !is_empty(directory) || sp_input_put(directory, zero, sizeof zero);
}

bool sp_folder_seed(struct sp_folder *folder, const struct sp_target *target, enum sp_engine engine,
                    const char *binaries, const char *more)
{
    char from[SP_PATH_MAX];
    char to[SP_PATH_MAX];
    sp_path(to, "%s/%s", folder->out, engine == SP_ENGINE_AFL ? "seeds" : "corpus");
    sp_path(from, "%s/seeds/%s", binaries, target->name);
    sp_inputs_copy(from, to, is_any);
    sp_path(from, "%s/corpus/%s", sp_data_directory(), target->name);
    sp_inputs_copy(from, to, is_bytes);
    if (more != NULL && sp_inputs_copy(more, to, is_any) == 0) {
        sp_say("--seeds %s: no file is in it that can be read", more);
        return false;
    }
    if (!seed_at_least(to)) {
        return fail(to, strerror(errno));
    }
    sp_path(from, "%s/corpus/%s/%s.options", sp_data_directory(), target->name, target->name);
    read_options(folder, from);
    sp_path(folder->dict, "%s/corpus/%s/%s.dict", sp_data_directory(), target->name, target->name);
    if (access(folder->dict, R_OK) != 0) {
        folder->dict[0] = '\0';
    }
    return true;
}
