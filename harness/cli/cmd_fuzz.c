/*
 * synproof fuzz: a campaign against one target.
 *
 * It understands the flags, hands over to harness/campaign, and says how it ended. The invariant:
 * PASS is said only when inputs were run, the time that was asked for was used up, or none was
 * asked for, and neither a property nor the engine has anything against the target.
 */
#include "campaign/start.h"
#include "cli/fuzz.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void sp_fuzz_help(FILE *to)
{
    fprintf(to, "\nTargets:\n");
    for (const struct sp_target *target = sp_targets; target->name != NULL; target++) {
        fprintf(to, "  %-18s  %s\n", target->name, target->sentence);
    }
}

static const struct sp_target *read_target(const char *word)
{
    const char *names[16] = {NULL};
    size_t count = 0;
    for (const struct sp_target *target = sp_targets; target->name != NULL; target++) {
        names[count++] = target->name;
    }
    const struct sp_target *target = sp_target_find(word);
    if (target == NULL) {
        const char *nearest = sp_nearest_of(word, names);
        sp_say("fuzz: '%s' is not a target%s%s; 'synproof help fuzz' lists them", word,
               nearest == NULL ? "" : ", the nearest is ", nearest == NULL ? "" : nearest);
    }
    return target;
}

/* What is resumed has its engine. */
static bool read_engine(const struct sp_args *args, struct sp_wish *wish)
{
    const char *engine = sp_args_value(args, "--engine");
    wish->engine = SP_ENGINE_LIBFUZZER;
    if (engine != NULL) {
        wish->engine = sp_engine_find(engine);
    } else if (wish->resume && sp_folder_engine(wish->out) != SP_ENGINE_COUNT) {
        wish->engine = sp_folder_engine(wish->out);
    }
    if (wish->engine == SP_ENGINE_COUNT) {
        sp_say("--engine %s: libfuzzer or afl is valid", engine);
    }
    return wish->engine != SP_ENGINE_COUNT;
}

static unsigned cores(void)
{
    long count = sysconf(_SC_NPROCESSORS_ONLN);
    return count < 1 ? 1 : count > SP_JOBS_MAX ? SP_JOBS_MAX : (unsigned)count;
}

static bool read_wish(const struct sp_args *args, struct sp_wish *wish)
{
    const char *out = sp_args_value(args, "--out");
    wish->target = read_target(args->operand[0]);
    wish->out = out == NULL ? "" : out;
    wish->seeds = sp_args_value(args, "--seeds");
    wish->sync = sp_args_value(args, "--sync");
    wish->asan = sp_args_value(args, "--asan") != NULL;
    wish->resume = sp_args_value(args, "--resume") != NULL;
    wish->jobs = cores();
    if (wish->target == NULL) {
        return false;
    }
    if (wish->out[0] == '\0' && (wish->resume || out != NULL)) {
        sp_say("fuzz: --resume needs the folder of the campaign: --out DIR");
        return false;
    }
    return read_engine(args, wish) && sp_args_seconds(args, "--time", 1, &wish->seconds) &&
           sp_args_number(args, "--jobs", SP_JOBS_MAX, &wish->jobs) &&
           sp_args_progress(args, &wish->progress_every);
}

enum sp_exit sp_fuzz_verdict(const struct sp_campaign *campaign)
{
    if (sp_campaign_found(campaign)) {
        return SP_EXIT_FAIL;
    }
    if (campaign->status.execs == campaign->execs_before) {
        sp_say("no input was run; see %s/logs", campaign->name);
        return campaign->end == SP_CAMPAIGN_INTERRUPTED ? SP_EXIT_INCOMPLETE : SP_EXIT_ERROR;
    }
    switch (campaign->end) {
    case SP_CAMPAIGN_TIME:
        return SP_EXIT_PASS;
    case SP_CAMPAIGN_INTERRUPTED:
        return campaign->wish.seconds > 0 ? SP_EXIT_INCOMPLETE : SP_EXIT_PASS;
    case SP_CAMPAIGN_BROKEN:
        break;
    }
    return SP_EXIT_ERROR;
}

static enum sp_exit run(struct sp_campaign *campaign, FILE *json, const char *path,
                        struct sp_ci *ci)
{
    sp_fuzz_report_head(campaign);
    sp_campaign_run(campaign);
    enum sp_exit code = sp_fuzz_verdict(campaign);
    if (json != NULL && !sp_fuzz_json(campaign, code, json)) {
        sp_say("--json %s: could not be written", path);
        code = SP_EXIT_ERROR;
    }
    code = sp_fuzz_ci(campaign, code, ci) ? code : SP_EXIT_ERROR;
    return sp_fuzz_report_end(campaign, code);
}

enum sp_exit sp_cmd_fuzz(const struct sp_args *args)
{
    struct sp_wish wish = {.target = NULL};
    const char *path = sp_args_value(args, "--json");
    struct sp_campaign *campaign = calloc(1, sizeof *campaign);
    if (campaign == NULL) {
        sp_say("out of memory");
        return sp_finish(stdout, SP_EXIT_ERROR, "verb=fuzz");
    }
    campaign->folder.lock = -1;
    enum sp_exit code = SP_EXIT_USAGE;
    FILE *json = NULL;
    struct sp_ci ci = {.verb = NULL};
    if (read_wish(args, &wish) && sp_ci_open(&ci, args) &&
        (path == NULL || (json = sp_fuzz_json_open(path)) != NULL) &&
        sp_campaign_open(campaign, &wish)) {
        code = run(campaign, json, path, &ci);
    } else {
        code = sp_finish(stdout, SP_EXIT_USAGE, "verb=fuzz");
    }
    if (json != NULL) {
        fclose(json);
    }
    sp_ci_free(&ci);
    sp_campaign_close(campaign);
    free(campaign);
    return code;
}
