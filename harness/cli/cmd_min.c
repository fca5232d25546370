/*
 * synproof min: an input made small, with what it shows.
 *
 * The shrinking itself is in harness/campaign. The invariant: what is written shows the signature
 * of the input, also after an interrupt, and no file is replaced by it.
 */
#include "cli/files.h"
#include "cli/finding.h"
#include "cli/search.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Writes to --out, or into runs/. The name of the file, or "" and a complaint is written. */
static const char *save(const char *out, const struct sp_shrink *shrink, size_t before, char *room)
{
    char more[80];
    char comment[SP_FINDING_COMMENT_MAX];
    char stem[32];
    const enum sp_property property = shrink->sighting.property;
    snprintf(more, sizeof more, "made small by: synproof min, from %zu event%s", before,
             before == 1 ? "" : "s");
    sp_finding_comment(property, more, comment);
    if (out == NULL) {
        snprintf(stem, sizeof stem, "%s-min", sp_property_info(property)->id);
        sp_run_save(shrink->script, stem, comment, room);
        return room;
    }
    char *text = sp_script_text(shrink->script, comment);
    enum sp_exit code = SP_EXIT_ERROR;
    if (text == NULL) {
        sp_say("out of memory");
    } else {
        code = sp_file_deliver(out, (const uint8_t *)text, strlen(text));
    }
    free(text);
    return code == SP_EXIT_PASS ? out : "";
}

static enum sp_exit report(const struct sp_shrink *shrink, size_t before, const char *file,
                           enum sp_exit code)
{
    const struct sp_property_info *info = sp_property_info(shrink->sighting.property);
    const size_t after = shrink->script->count;
    char value[1024];
    printf("%zu event%s -> %zu\n%s %s  [RFC %s]  signature %s\n\n", before, before == 1 ? "" : "s",
           after, info->id, info->name, info->section, shrink->sighting.signature);
    sp_run_commands(file, SP_COMMAND_REPLAY | SP_COMMAND_KEEP, NULL);
    return sp_finish(stdout, code, "events=%zu before=%zu runs=%" PRIu64 " signature=%s file=%s",
                     after, before, shrink->runs, shrink->sighting.signature,
                     sp_record_value(file, value, sizeof value));
}

static enum sp_exit shrink_finding(const char *out, struct sp_finding *finding,
                                   const volatile int *interrupted)
{
    const size_t before = finding->input.script.count;
    struct sp_shrink shrink = {.script = &finding->input.script,
                               .interrupted = interrupted,
                               .progress = sp_shrink_progress};
    const enum sp_shrunk shrunk = sp_shrink(&shrink);
    sp_shrink_clear();
    if (shrunk == SP_SHRUNK_MEMORY || shrunk == SP_SHRUNK_NOTHING) {
        sp_say("out of memory");
        return sp_finish(stdout, SP_EXIT_ERROR, "verb=min");
    }
    char room[SP_RUN_FILE_MAX];
    const char *file = save(out, &shrink, before, room);
    if (file[0] == '\0') {
        return sp_finish(stdout, SP_EXIT_USAGE, "verb=min");
    }
    if (shrunk == SP_SHRUNK_INTERRUPTED) {
        sp_say("interrupted: what was reached is in %s", file);
    }
    return report(&shrink, before, file, shrunk == SP_SHRUNK ? SP_EXIT_PASS : SP_EXIT_INCOMPLETE);
}

/* Hours of work should not end at a wrong path: a file that is there already cannot be it. */
static bool is_free(const char *out)
{
    struct stat status;
    if (out == NULL || (lstat(out, &status) != 0 && errno == ENOENT)) {
        return true;
    }
    sp_say("--out %s: exists; it is left as it is", out);
    return false;
}

enum sp_exit sp_cmd_min(const struct sp_args *args)
{
    const volatile int *interrupted = sp_interruptible();
    const char *out = sp_args_value(args, "--out");
    struct sp_finding *finding = calloc(1, sizeof *finding);
    if (finding == NULL) {
        sp_say("out of memory");
        return sp_finish(stdout, SP_EXIT_ERROR, "verb=min");
    }
    enum sp_exit code = is_free(out) ? sp_finding_read(args, finding) : SP_EXIT_USAGE;
    if (code == SP_EXIT_PASS) {
        code = shrink_finding(out, finding, interrupted);
    } else {
        char value[1024];
        sp_finish(stdout, code, "verb=min file=%s",
                  sp_record_value(args->operand[0], value, sizeof value));
    }
    sp_finding_free(finding);
    free(finding);
    return code;
}
