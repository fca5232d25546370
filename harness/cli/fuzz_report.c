/*
 * What `fuzz` says: the campaign before it runs, what came of it after, and the same for machines.
 *
 * The invariant: every finding is followed by the command that shows it again without any fuzzer.
 */
#include "cli/fuzz.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <jansson.h>
#include <string.h>
#include <unistd.h>

/* Findings that are listed with their commands; the rest is counted. */
#define LISTED_MAX 20

static const char *end_words(enum sp_campaign_end end)
{
    switch (end) {
    case SP_CAMPAIGN_TIME:
        return "out-of-time";
    case SP_CAMPAIGN_INTERRUPTED:
        return "interrupted";
    case SP_CAMPAIGN_BROKEN:
        break;
    }
    return "no-instance-runs";
}

void sp_fuzz_report_head(const struct sp_campaign *campaign)
{
    const struct sp_wish *wish = &campaign->wish;
    printf("fuzz %s with %s: %s\n", wish->target->name, sp_engine_name(wish->engine),
           wish->target->sentence);
    printf("  instances ");
    for (size_t i = 0; i < campaign->plan.count; i++) {
        printf(" %s", campaign->plan.command[i].name);
    }
    printf("\n  kept in    %s%s\n\n", campaign->name,
           campaign->folder.begun ? ", which goes on" : "");
    fflush(stdout);
}

/* How to see a finding again. `synproof replay` knows properties ("S14/..."), and not what a target
 * promises besides ("canary/..."). */
static void put_replay(const struct sp_campaign *campaign, const char *file)
{
    if (campaign->wish.target->events && file[0] == 'S') {
        printf("    synproof replay '%s/findings/%s'\n", campaign->name, file);
    } else {
        printf("    %s/run/%s '%s/findings/%s'\n", campaign->binaries, campaign->wish.target->name,
               campaign->name, file);
    }
}

static void put_findings(const struct sp_campaign *campaign)
{
    const struct sp_names *findings = &campaign->status.findings;
    for (size_t i = 0; i < findings->count && i < LISTED_MAX; i++) {
        char signature[256];
        printf("found %s\n", sp_finding_signature(findings->at[i], signature, sizeof signature));
        put_replay(campaign, findings->at[i]);
    }
    if (findings->count > LISTED_MAX) {
        printf("and %zu more in %s/findings\n", findings->count - LISTED_MAX, campaign->name);
    }
    const struct sp_status *status = &campaign->status;
    if (status->crashes + status->hangs + status->oom > 0) {
        printf("the engine saved %" PRIu64 " crashes, %" PRIu64 " hangs, %" PRIu64
               " out of memory in %s/%s\n",
               status->crashes, status->hangs, status->oom, campaign->name,
               campaign->wish.engine == SP_ENGINE_AFL ? "afl/*/{crashes,hangs}" : "crashes");
    }
}

enum sp_exit sp_fuzz_report_end(const struct sp_campaign *campaign, enum sp_exit code)
{
    const struct sp_wish *wish = &campaign->wish;
    const struct sp_status *status = &campaign->status;
    char out[SP_PATH_MAX];
    put_findings(campaign);
    printf("  go on      synproof fuzz %s --out %s --resume\n", wish->target->name, campaign->name);
    printf("  commands   %s/commands\n", campaign->name);
    return sp_finish(stdout, code,
                     "target=%s engine=%s seconds=%.1f execs=%" PRIu64 " edges=%" PRIu64
                     " combinations=%" PRIu32 " rules=%" PRIu32 " findings=%zu crashes=%" PRIu64
                     " hangs=%" PRIu64 " oom=%" PRIu64 " corpus=%" PRIu64 " end=%s out=%s",
                     wish->target->name, sp_engine_name(wish->engine),
                     sp_campaign_seconds(campaign), status->execs, status->edges,
                     status->combinations, status->rules, status->findings.count, status->crashes,
                     status->hangs, status->oom, status->corpus, end_words(campaign->end),
                     sp_record_value(campaign->name, out, sizeof out));
}

FILE *sp_fuzz_json_open(const char *path)
{
    int file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
    FILE *stream = file < 0 ? NULL : fdopen(file, "w");
    if (stream == NULL) {
        sp_say("--json %s: %s", path, strerror(errno));
    }
    return stream;
}

static json_t *list_findings(const struct sp_campaign *campaign)
{
    const struct sp_names *findings = &campaign->status.findings;
    json_t *list = json_array();
    for (size_t i = 0; i < findings->count; i++) {
        char signature[256];
        char path[SP_PATH_MAX];
        sp_path(path, "%s/findings/%s", campaign->folder.out, findings->at[i]);
        json_array_append_new(
            list, json_pack("{s:s, s:s}", "signature",
                            sp_finding_signature(findings->at[i], signature, sizeof signature),
                            "file", path));
    }
    return list;
}

static json_t *report(const struct sp_campaign *campaign, enum sp_exit code)
{
    const struct sp_status *status = &campaign->status;
    return json_pack(
        "{s:s, s:i, s:s, s:s, s:s, s:i, s:f, s:f, s:I, s:I, s:I, s:I, s:I, s:I, s:I, "
        "s:I, s:i, s:I, s:I, s:s, s:o}",
        "verdict", sp_exit_word(code), "exit", (int)code, "target", campaign->wish.target->name,
        "engine", sp_engine_name(campaign->wish.engine), "end", end_words(campaign->end), "jobs",
        (int)campaign->wish.jobs, "seconds", sp_campaign_seconds(campaign), "seconds_now",
        campaign->seconds, "execs", (json_int_t)status->execs, "edges", (json_int_t)status->edges,
        "combinations", (json_int_t)status->combinations, "rules", (json_int_t)status->rules,
        "newest", (json_int_t)status->newest, "crashes", (json_int_t)status->crashes, "hangs",
        (json_int_t)status->hangs, "oom", (json_int_t)status->oom, "restarts",
        (int)sp_children_restarts(&campaign->children), "corpus", (json_int_t)status->corpus,
        "shared", (json_int_t)(campaign->share.given + campaign->share.taken), "out",
        campaign->folder.out, "findings", list_findings(campaign));
}

/* What is not a regular file cannot be cut, and need not be. */
bool sp_fuzz_json(const struct sp_campaign *campaign, enum sp_exit code, FILE *file)
{
    json_t *object = report(campaign, code);
    bool cut = ftruncate(fileno(file), 0) == 0 || errno == EINVAL;
    bool good = object != NULL && cut && json_dumpf(object, file, JSON_INDENT(2)) == 0 &&
                fputc('\n', file) != EOF && fflush(file) == 0;
    json_decref(object);
    return good;
}
