/*
 * synproof triage: what a campaign found.
 *
 * Every input below a directory is run; those with the same signature are one finding, of which the
 * smallest is kept as a script. What the engines themselves call a crash, timeout or leak, and what
 * shows no property, is listed. The invariant: no input is changed, and what an earlier triage kept
 * gives way only to a smaller script with the same signature.
 */
#include "cli/files.h"
#include "cli/search.h"
#include "cli/triage.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char *const targets[] = {"pair",   "endpoint", "decode", "capture",
                                      "script", "canary",   NULL};

static bool read_target(const struct sp_args *args, struct sp_triage *triage)
{
    const char *word = sp_args_value(args, "--target");
    triage->target = word == NULL ? targets[0] : word;
    for (size_t i = 0; targets[i] != NULL; i++) {
        if (strcmp(triage->target, targets[i]) == 0) {
            triage->scripts = i < 2;
            return true;
        }
    }
    const char *nearest = sp_nearest_of(word, targets);
    sp_say("triage: --target %s: pair, endpoint, decode, capture, script or canary is valid%s%s",
           word, nearest == NULL ? "" : "; the nearest is ", nearest == NULL ? "" : nearest);
    return false;
}

/* Both name the same file. */
static bool same_file(const char *one, const char *other)
{
    struct stat a;
    struct stat b;
    return stat(one, &a) == 0 && stat(other, &b) == 0 && a.st_dev == b.st_dev &&
           a.st_ino == b.st_ino;
}

/* The file stands right in a folder where the smallest are kept: an earlier triage wrote it. */
static bool is_kept(const struct sp_triage *triage, const char *path)
{
    char folder[SP_TRIAGE_PATH_MAX];
    char usual[SP_TRIAGE_PATH_MAX];
    const char *slash = strrchr(path, '/');
    if (slash == NULL) {
        return false;
    }
    snprintf(folder, sizeof folder, "%.*s", (int)(slash - path), path);
    snprintf(usual, sizeof usual, "%s" SP_TRIAGE_FOLDER, triage->directory);
    return same_file(folder, triage->out) || same_file(folder, usual);
}

static bool collect(struct sp_triage *triage)
{
    struct stat status;
    if (stat(triage->directory, &status) != 0) {
        sp_say("%s: %s", triage->directory, strerror(errno));
        return false;
    }
    if (!S_ISDIR(status.st_mode)) {
        sp_say("%s: is not a directory; 'synproof replay' and 'synproof min' take a file",
               triage->directory);
        return false;
    }
    if (same_file(triage->directory, triage->out)) {
        sp_say("--out %s: that is where the inputs are", triage->out);
        return false;
    }
    if (!sp_paths_add(&triage->paths, triage->directory)) {
        return false;
    }
    for (size_t i = 0; i < triage->paths.count; i++) {
        if (triage->json != NULL && same_file(triage->json, triage->paths.at[i])) {
            sp_say("--json %s: is one of the inputs", triage->json);
            return false;
        }
    }
    triage->unexplained = calloc(triage->paths.count, sizeof *triage->unexplained);
    if (triage->unexplained == NULL) {
        sp_say("out of memory");
    }
    return triage->unexplained != NULL;
}

/* One input: into its group, or among those that show nothing. */
static void see(struct sp_triage *triage, size_t number)
{
    const char *path = triage->paths.at[number];
    const enum sp_origin origin = sp_origin_of(path);
    if (origin == SP_ORIGIN_NONE || is_kept(triage, path)) {
        return;
    }
    struct sp_sighting sighting = {.seen = false};
    triage->inputs++;
    if (triage->scripts) {
        struct sp_input input;
        if (sp_input_read(path, 0, &input)) {
            sighting = sp_sight_script(&input.script);
        } else {
            triage->broken++;
        }
        sp_input_free(&input);
    }
    if (sighting.seen) {
        if (!sp_groups_add(&triage->groups, &sighting, number)) {
            sp_say("out of memory");
            triage->errors++;
        }
    } else if (origin != SP_ORIGIN_INPUT) {
        triage->unexplained[triage->unexplained_count++] = number;
        triage->failing += sp_origin_fails(origin);
    }
}

/* What stands there is an earlier triage's: it gives way to what is smaller. */
static bool replace(const char *path, const struct sp_script *script,
                    const struct sp_sighting *sighting, const char *text)
{
    struct sp_input there;
    const bool read = sp_input_read(path, 0, &there);
    struct sp_sighting same = {.seen = false};
    if (read) {
        same = sp_sight_script(&there.script);
    }
    const size_t events = read ? there.script.count : 0;
    sp_input_free(&there);
    if (!same.seen || strcmp(same.signature, sighting->signature) != 0) {
        sp_say("%s: exists and shows something else; it is left as it is", path);
        return false;
    }
    return events <= script->count || sp_file_replace(path, (const uint8_t *)text, strlen(text));
}

static bool write_kept(const struct sp_triage *triage, const struct sp_script *script,
                       const struct sp_sighting *sighting)
{
    char path[SP_TRIAGE_KEPT_MAX];
    char comment[SP_FINDING_COMMENT_MAX];
    sp_triage_kept(triage, sighting, path);
    char *text = sp_script_text(script, sp_finding_comment(sighting->property, "", comment));
    if (text == NULL) {
        sp_say("out of memory");
        return false;
    }
    bool good = false;
    switch (sp_file_create(path, (const uint8_t *)text, strlen(text))) {
    case SP_WRITTEN:
        good = true;
        break;
    case SP_WRITTEN_EXISTS:
        good = replace(path, script, sighting, text);
        break;
    case SP_WRITTEN_FAILED:
        break;
    }
    free(text);
    if (good) {
        char name[SP_PLAIN_NAME_MAX];
        printf("kept %s: %zu event%s\n", sp_plain_name(path, name, sizeof name), script->count,
               script->count == 1 ? "" : "s");
    }
    return good;
}

/* The smallest input of a group, cut behind the violation, as a script. */
static bool keep(struct sp_triage *triage, struct sp_group *group)
{
    struct sp_input input;
    bool good = sp_input_read(triage->paths.at[group->smallest], 0, &input);
    if (good) {
        struct sp_shrink shrink = {.script = &input.script,
                                   .interrupted = triage->interrupted,
                                   .progress = sp_shrink_progress,
                                   .sighting = group->sighting};
        input.script.count = group->sighting.events;
        sp_drop_impossible(&input.script);
        sp_expect(&input.script, group->sighting.property);
        if (triage->min) {
            good = sp_shrink(&shrink) != SP_SHRUNK_MEMORY;
            sp_shrink_clear();
        }
        good = good && write_kept(triage, &input.script, &shrink.sighting);
    }
    sp_input_free(&input);
    return good;
}

static bool keep_all(struct sp_triage *triage)
{
    bool good = triage->groups.count == 0 || sp_directory_make(triage->out);
    for (size_t i = 0; good && i < triage->groups.count; i++) {
        good = keep(triage, &triage->groups.at[i]);
    }
    return good;
}

const char *sp_triage_kept(const struct sp_triage *triage, const struct sp_sighting *sighting,
                           char *path)
{
    char name[SP_SIGNATURE_MAX];
    snprintf(path, SP_TRIAGE_KEPT_MAX, "%s/%s.sps", triage->out,
             sp_signature_name(sighting->signature, name));
    return path;
}

static enum sp_exit verdict(const struct sp_triage *triage)
{
    if (triage->errors > 0) {
        return SP_EXIT_ERROR;
    }
    if (triage->groups.count > 0 || triage->failing > 0) {
        return SP_EXIT_FAIL;
    }
    if (*triage->interrupted != 0) {
        return SP_EXIT_INCOMPLETE;
    }
    return triage->broken > 0 ? SP_EXIT_USAGE : SP_EXIT_PASS;
}

static enum sp_exit run(struct sp_triage *triage)
{
    if (!collect(triage)) {
        return SP_EXIT_USAGE;
    }
    for (size_t i = 0; i < triage->paths.count && *triage->interrupted == 0; i++) {
        see(triage, i);
    }
    sp_triage_report(triage);
    const bool kept = keep_all(triage);
    if (*triage->interrupted != 0) {
        sp_say("interrupted: not every input was run, or not all was made small");
    }
    enum sp_exit code = kept ? verdict(triage) : SP_EXIT_USAGE;
    if (triage->json != NULL && !sp_triage_json(triage, code)) {
        code = SP_EXIT_USAGE;
    }
    return sp_triage_ci(triage, code) ? code : SP_EXIT_ERROR;
}

enum sp_exit sp_cmd_triage(const struct sp_args *args)
{
    struct sp_triage *triage = calloc(1, sizeof *triage);
    if (triage == NULL) {
        sp_say("out of memory");
        return sp_finish(stdout, SP_EXIT_ERROR, "verb=triage");
    }
    const char *out = sp_args_value(args, "--out");
    triage->directory = args->operand[0];
    triage->json = sp_args_value(args, "--json");
    triage->min = sp_args_value(args, "--min") != NULL;
    triage->interrupted = sp_interruptible();
    const int size = out != NULL ? snprintf(triage->out, sizeof triage->out, "%s", out)
                                 : snprintf(triage->out, sizeof triage->out, "%s" SP_TRIAGE_FOLDER,
                                            args->operand[0]);
    enum sp_exit code = SP_EXIT_USAGE;
    if (size < 0 || (size_t)size >= sizeof triage->out) {
        sp_say("%s: the path is too long", triage->out);
    } else if (read_target(args, triage) && sp_ci_open(&triage->ci, args)) {
        code = run(triage);
    }
    sp_finish(stdout, code, "inputs=%zu signatures=%zu no_property=%zu broken=%zu", triage->inputs,
              triage->groups.count, triage->unexplained_count, triage->broken);
    sp_ci_free(&triage->ci);
    sp_groups_free(&triage->groups);
    sp_paths_free(&triage->paths);
    free(triage->unexplained);
    free(triage);
    return code;
}
