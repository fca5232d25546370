/*
 * The reports of `fuzz` for CI systems: a case for every signature, and one for the campaign.
 *
 * The invariant: the campaign passes only when it ran as long as it was asked to, and its engine
 * has nothing against the target.
 */
#include "cli/fuzz.h"

#include <inttypes.h>

static void add_findings(const struct sp_campaign *campaign, struct sp_ci *ci)
{
    const struct sp_names *findings = &campaign->status.findings;
    for (size_t i = 0; i < findings->count; i++) {
        char signature[256];
        char file[SP_PATH_MAX];
        sp_finding_signature(findings->at[i], signature, sizeof signature);
        sp_path(file, "%s/findings/%s", campaign->name, findings->at[i]);
        sp_ci_case(ci, SP_EXIT_FAIL, signature, "found by %s",
                   sp_engine_name(campaign->wish.engine));
        if (campaign->wish.target->events) {
            sp_ci_found_file(ci, file, signature);
        } else {
            sp_ci_found_crash(ci, signature, file);
        }
    }
}

static void add_campaign(const struct sp_campaign *campaign, enum sp_exit code, struct sp_ci *ci)
{
    const struct sp_status *status = &campaign->status;
    char folder[SP_PATH_MAX];
    if (status->crashes + status->hangs + status->oom > 0) {
        sp_path(folder, "%s/%s", campaign->name,
                campaign->wish.engine == SP_ENGINE_AFL ? "afl" : "crashes");
        sp_ci_case(ci, SP_EXIT_FAIL, "campaign",
                   "the engine saved %" PRIu64 " crashes, %" PRIu64 " hangs, %" PRIu64
                   " out of memory",
                   status->crashes, status->hangs, status->oom);
        sp_ci_found_crash(ci, "engine/crashes", folder);
    } else if (code == SP_EXIT_INCOMPLETE || code == SP_EXIT_ERROR) {
        sp_ci_case(ci, code, "campaign", "ended before its time: see %s/logs", campaign->name);
        sp_ci_note(ci, code, "", "fuzz %s ended before its time: see %s/logs",
                   campaign->wish.target->name, campaign->name);
    } else {
        sp_ci_case(ci, SP_EXIT_PASS, "campaign", "%s", "");
    }
    sp_ci_took(ci, campaign->seconds);
}

bool sp_fuzz_ci(const struct sp_campaign *campaign, enum sp_exit code, struct sp_ci *ci)
{
    const struct sp_status *status = &campaign->status;
    if (!sp_ci_wanted(ci)) {
        return true;
    }
    sp_ci_subject(ci, "%s with %s", campaign->wish.target->name,
                  sp_engine_name(campaign->wish.engine));
    sp_ci_fact(ci, "target", "%s", campaign->wish.target->name);
    sp_ci_fact(ci, "engine", "%s", sp_engine_name(campaign->wish.engine));
    sp_ci_fact(ci, "seconds", "%.1f", sp_campaign_seconds(campaign));
    sp_ci_fact(ci, "inputs", "%" PRIu64, status->execs);
    sp_ci_fact(ci, "rules", "%" PRIu32, status->rules);
    add_findings(campaign, ci);
    add_campaign(campaign, code, ci);
    return sp_ci_write(ci, code);
}
