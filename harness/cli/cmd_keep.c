/*
 * synproof keep: a finding becomes a regression test, in a directory of its own in the corpus:
 * script.sps says what the run shows, story.md tells it, input.bin is the same for the engines.
 *
 * The script is kept as it is given, but for events in which nothing happens. The invariants: the
 * directory appears whole or not at all, one that is there is left as it is, and what the script
 * expects is what it shows when it is kept.
 */
#include "campaign/bytes.h"
#include "cli/files.h"
#include "cli/finding.h"
#include "cli/search.h"
#include "cli/setup.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PATH_ROOM 4096
#define INPUT     "input.bin"
#define STORY     "story.md"

struct keep {
    const struct sp_args *args;
    struct sp_finding finding;
    enum sp_property property; /* what it is about: what it shows, or what it showed once */
    bool fixed;                /* --expect PASS */
    char folder[PATH_ROOM];    /* where it will be */
    char hidden[PATH_ROOM];    /* where it is until it is whole */
};

/* With --expect PASS: the script names the property that was violated, and none is any more. */
static enum sp_exit read_fixed(struct keep *keep)
{
    const char *path = keep->args->operand[0];
    struct sp_script *script = &keep->finding.input.script;
    if (!sp_input_read(path, 0, &keep->finding.input)) {
        return SP_EXIT_USAGE;
    }
    keep->property = sp_expected_property(script);
    if (keep->property == SP_PROPERTY_COUNT) {
        sp_say("%s: which property did it violate? its text must say so, as in \"expect S5\"",
               path);
        return SP_EXIT_USAGE;
    }
    const struct sp_sighting sighting = sp_sight(script, SP_PROPERTY_COUNT);
    if (sighting.seen) {
        sp_say("%s: expected PASS, but it violates %s after %zu event%s", path,
               sp_property_info(sighting.property)->id, sighting.events,
               sighting.events == 1 ? "" : "s");
        return SP_EXIT_FAIL;
    }
    script->expect = SP_EXPECT_PASS;
    memset(script->expected, 0, sizeof script->expected);
    return SP_EXIT_PASS;
}

static enum sp_exit read_violation(struct keep *keep)
{
    const enum sp_exit code = sp_finding_read(keep->args, &keep->finding);
    if (code == SP_EXIT_STALE) {
        sp_say("when the bug is gone, keep it with --expect PASS");
    }
    if (code == SP_EXIT_PASS) {
        keep->property = keep->finding.sighting.property;
        sp_expect(&keep->finding.input.script, keep->property);
    }
    return code;
}

static bool read_flags(struct keep *keep, const char **target)
{
    const char *expect = sp_args_value(keep->args, "--expect");
    *target = sp_args_value(keep->args, "--target");
    *target = *target == NULL ? "pair" : *target;
    keep->fixed = expect != NULL;
    if (expect != NULL && strcmp(expect, "PASS") != 0) {
        sp_say("keep: --expect %s: PASS is valid; a violation is found out by the run", expect);
        return false;
    }
    if (strcmp(*target, "pair") != 0 && strcmp(*target, "endpoint") != 0) {
        sp_say("keep: --target %s: pair or endpoint is valid: they take scripts", *target);
        return false;
    }
    return true;
}

/* Names the directory, and refuses one that is there. */
static bool choose_folder(struct keep *keep, const char *target)
{
    char hash[SP_HASH_TEXT];
    char above[PATH_ROOM];
    struct stat status;
    if (!sp_script_hash(&keep->finding.input.script, hash)) {
        sp_say("out of memory");
        return false;
    }
    const char *id = sp_property_info(keep->property)->id;
    const size_t size = (size_t)snprintf(above, sizeof above, "%s/corpus/%s/regressions",
                                         sp_data_directory(), target);
    if (size + 80 > sizeof above) {
        sp_say("%s: the path is too long", above);
        return false;
    }
    snprintf(keep->folder, sizeof keep->folder, "%.4000s/%s-%s", above, id, hash);
    snprintf(keep->hidden, sizeof keep->hidden, "%.4000s/.%s-%s.%ld", above, id, hash,
             (long)getpid());
    if (lstat(keep->folder, &status) == 0) {
        sp_say("%s: is kept already; it is left as it is", keep->folder);
        return false;
    }
    if (!sp_directory_make(above)) {
        return false;
    }
    if (mkdir(keep->hidden, 0777) != 0) {
        sp_say("%s: %s", keep->hidden, strerror(errno));
        return false;
    }
    return true;
}

static bool create(const struct keep *keep, const char *name, const void *bytes, size_t size)
{
    char path[PATH_ROOM + 32];
    snprintf(path, sizeof path, "%s/%s", keep->hidden, name);
    return sp_file_create(path, bytes, size) == SP_WRITTEN;
}

static bool create_script(const struct keep *keep)
{
    char comment[SP_FINDING_COMMENT_MAX];
    sp_finding_comment(keep->property, "", comment);
    char *text = sp_script_text(&keep->finding.input.script, comment);
    const bool good = text != NULL && create(keep, SP_KEPT_SCRIPT, text, strlen(text));
    free(text);
    return good;
}

static bool create_bytes(const struct keep *keep)
{
    size_t size;
    uint8_t *bytes = sp_script_bytes(&keep->finding.input.script, &size);
    const bool good = bytes != NULL && create(keep, INPUT, bytes, size);
    free(bytes);
    return good;
}

static void write_story(const struct keep *keep, const struct sp_trace *trace, FILE *file)
{
    const struct sp_property_info *info = sp_property_info(keep->property);
    const char *story = sp_args_value(keep->args, "--story");
    const char *who = sp_args_value(keep->args, "--found-by");
    const struct sp_ladder_options options = {.absolute = false, .rules = true};
    struct sp_writer out = sp_file_writer(file);
    char policy[1024];
    sp_policy_name(&trace->script->setup, policy, sizeof policy);
    sp_write(&out, "# %s %s\n\n", info->id, info->name);
    sp_wrap(&out, 0, 0, info->sentence);
    sp_write(&out, "(RFC %s)\n\n", info->section);
    if (keep->fixed) {
        sp_write(&out, "This run violated it once. It does not any more, and must not again.\n");
    } else {
        sp_write(&out, "Under policy %s this run violates it; signature `%s`.\n", policy,
                 keep->finding.sighting.signature);
    }
    if (story != NULL) {
        sp_write(&out, "\n");
        sp_wrap(&out, 0, 0, story);
    }
    if (who != NULL) {
        sp_write(&out, "\nFound by %s.\n", who);
    }
    sp_write(&out, "\n```\n");
    sp_report_ladder(trace, &options, &out);
    sp_write(&out, "```\n");
}

static bool create_story(const struct keep *keep)
{
    struct sp_trace trace;
    char *text = NULL;
    size_t size = 0;
    if (!sp_input_run(&keep->finding.input.script, &trace)) {
        return false;
    }
    FILE *file = open_memstream(&text, &size);
    if (file != NULL) {
        write_story(keep, &trace, file);
    }
    const bool good = file != NULL && fclose(file) == 0 && create(keep, STORY, text, size);
    free(text);
    free(trace.step);
    return good;
}

/* What is half there goes again. */
static void forget(const struct keep *keep)
{
    static const char *const names[] = {SP_KEPT_SCRIPT, STORY, INPUT};
    char path[PATH_ROOM + 32];
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        snprintf(path, sizeof path, "%s/%s", keep->hidden, names[i]);
        remove(path);
    }
    rmdir(keep->hidden);
}

static enum sp_exit keep_input(struct keep *keep)
{
    const char *target;
    if (!read_flags(keep, &target)) {
        return SP_EXIT_USAGE;
    }
    const enum sp_exit code =
        sp_args_value(keep->args, "--expect") != NULL ? read_fixed(keep) : read_violation(keep);
    if (code != SP_EXIT_PASS) {
        return code;
    }
    sp_drop_impossible(&keep->finding.input.script);
    if (!choose_folder(keep, target)) {
        return SP_EXIT_USAGE;
    }
    if (!create_script(keep) || !create_bytes(keep) || !create_story(keep) ||
        rename(keep->hidden, keep->folder) != 0) {
        sp_say("%s: could not be kept", keep->folder);
        forget(keep);
        return SP_EXIT_ERROR;
    }
    return SP_EXIT_PASS;
}

enum sp_exit sp_cmd_keep(const struct sp_args *args)
{
    struct keep *keep = calloc(1, sizeof *keep);
    if (keep == NULL) {
        sp_say("out of memory");
        return sp_finish(stdout, SP_EXIT_ERROR, "verb=keep");
    }
    keep->args = args;
    const enum sp_exit code = keep_input(keep);
    char value[PATH_ROOM];
    if (code == SP_EXIT_PASS) {
        printf("%s: %s\n", keep->folder,
               keep->fixed ? "must pass from now on" : keep->finding.sighting.signature);
        sp_finish(stdout, code, "property=%s kept=%s", sp_property_info(keep->property)->id,
                  sp_record_value(keep->folder, value, sizeof value));
    } else {
        sp_finish(stdout, code, "verb=keep file=%s",
                  sp_record_value(args->operand[0], value, sizeof value));
    }
    sp_finding_free(&keep->finding);
    free(keep);
    return code;
}
