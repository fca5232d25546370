/*
 * Reading a finding, and the words that go with one.
 *
 * A text says what it expects and is held to it; in the byte form an expectation is a fuzzer's
 * octets, and what shows counts. The invariant: a finding that was read shows its violation in the
 * present model.
 */
#include "cli/finding.h"
#include "cli/setup.h"

#include <inttypes.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static enum sp_exit judge(const char *path, const struct sp_finding *finding)
{
    const struct sp_script *script = &finding->input.script;
    const struct sp_sighting *sighting = &finding->sighting;
    const bool named = finding->input.form == SP_FORM_TEXT && script->expect == SP_EXPECT_VIOLATION;
    const enum sp_property expected = sp_expected_property(script);
    if (named && expected == SP_PROPERTY_COUNT) {
        sp_say("%s: expect %s: no such property; 'synproof properties' lists them", path,
               script->expected);
        return SP_EXIT_USAGE;
    }
    if (!sighting->seen) {
        sp_say("%s: no violation shows in %zu event%s%s%s", path, script->count,
               script->count == 1 ? "" : "s", named ? ", expected was " : "",
               named ? script->expected : "");
        return SP_EXIT_STALE;
    }
    if (named && sighting->property != expected) {
        sp_say("%s: %s does not show, %s does: without its line \"expect %s\" it is one of %s",
               path, script->expected, sp_property_info(sighting->property)->id, script->expected,
               sighting->signature);
        return SP_EXIT_FAIL;
    }
    return SP_EXIT_PASS;
}

enum sp_exit sp_finding_read(const struct sp_args *args, struct sp_finding *finding)
{
    const char *path = args->operand[0];
    if (!sp_input_read(path, 0, &finding->input) ||
        !sp_setup_override(args, &finding->input.script.setup)) {
        return SP_EXIT_USAGE;
    }
    sp_input_remarks(&finding->input);
    finding->sighting = sp_sight_script(&finding->input.script);
    return judge(path, finding);
}

void sp_finding_free(struct sp_finding *finding)
{
    sp_input_free(&finding->input);
}

const char *sp_finding_comment(enum sp_property property, const char *more, char *text)
{
    const struct sp_property_info *info = sp_property_info(property);
    snprintf(text, SP_FINDING_COMMENT_MAX, "# %s %s [RFC %s]\n# %s\n%s%s%s", info->id, info->name,
             info->section, info->sentence, more[0] == '\0' ? "" : "# ", more,
             more[0] == '\0' ? "" : "\n");
    return text;
}

static struct timespec shown;

void sp_shrink_progress(const struct sp_shrink *shrink, size_t events)
{
    struct timespec now;
    if (shrink->runs % 64 != 0 || isatty(STDERR_FILENO) != 1) {
        return;
    }
    clock_gettime(CLOCK_MONOTONIC, &now);
    const long milliseconds =
        (long)(now.tv_sec - shown.tv_sec) * 1000 + (now.tv_nsec - shown.tv_nsec) / 1000000;
    if (milliseconds < 100) {
        return;
    }
    shown = now;
    fprintf(stderr, "\r\033[K%s: %zu events left, %" PRIu64 " runs", shrink->sighting.signature,
            events, shrink->runs);
    fflush(stderr);
}

void sp_shrink_clear(void)
{
    if (isatty(STDERR_FILENO) == 1) {
        fputs("\r\033[K", stderr);
    }
}
