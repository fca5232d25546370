/*
 * synproof coverage: which rules, cells (state x event) and requirements these inputs and searches
 * exercise, and what they leave out, with the reason where there is one.
 *
 * The invariant: what was not reached is named, each of it.
 */
#include "cli/coverage.h"

#include <stdlib.h>
#include <sys/stat.h>

bool sp_coverage_meets(const struct sp_coverage *coverage, const struct sp_requirement *row)
{
    for (size_t i = 0; i < row->rules; i++) {
        if (coverage->rule[row->rule[i]].kinds > 0) {
            return true;
        }
    }
    return false;
}

static void count(struct sp_coverage_report *report)
{
    const struct sp_coverage *coverage = report->coverage;
    for (unsigned i = 0; i < SP_RULE_COUNT; i++) {
        report->rules += coverage->rule[i].kinds > 0;
    }
    for (unsigned from = 0; from < SP_STATE_COUNT; from++) {
        for (unsigned event = 0; event < SP_EVENT_COUNT; event++) {
            report->cells += coverage->cell[from][event].kinds > 0;
        }
        for (unsigned to = 0; to < SP_STATE_COUNT; to++) {
            report->edges += coverage->edge[from][to].kinds > 0;
        }
    }
    for (size_t i = 0; i < report->requirements->count; i++) {
        const struct sp_requirement *row = &report->requirements->row[i];
        report->traced += row->rules > 0;
        report->reached += sp_coverage_meets(coverage, row);
    }
}

/* Where a reason and what was seen do not agree. */
static bool agree(const struct sp_coverage *coverage, const struct sp_reach *reach,
                  const char *reason, const char *what, const char *event)
{
    if (reach->kinds > 0 && reason != NULL) {
        sp_say("proofs/coverage/unreached: %s%s is reached, though: %s", what, event, reason);
        return false;
    }
    if (reach->kinds == 0 && reason == NULL && coverage->files > 0) {
        sp_say("%s%s is not reached, and proofs/coverage/unreached has no reason", what, event);
        return false;
    }
    return true;
}

unsigned sp_coverage_complete(const struct sp_coverage_report *report)
{
    unsigned disagreements = 0;
    for (unsigned i = 0; i < SP_RULE_COUNT; i++) {
        disagreements += !agree(report->coverage, &report->coverage->rule[i],
                                report->reasons->rule[i], sp_rule_info((enum sp_rule)i)->name, "");
    }
    for (unsigned state = 0; state < SP_STATE_COUNT; state++) {
        for (unsigned event = 0; event < SP_EVENT_COUNT; event++) {
            char word[64];
            snprintf(word, sizeof word, " x %s", sp_event_word((enum sp_event_kind)event));
            disagreements += !agree(report->coverage, &report->coverage->cell[state][event],
                                    report->reasons->cell[state][event],
                                    sp_state_word((enum sp_state)state), word);
        }
    }
    return disagreements;
}

static enum sp_exit tell(const struct sp_args *args, struct sp_coverage_report *report)
{
    const char *json = sp_args_value(args, "--json");
    const char *html = sp_args_value(args, "--html");
    count(report);
    report->verdict = sp_coverage_verdict(report->coverage);
    if (sp_args_value(args, "--complete") != NULL && sp_coverage_complete(report) > 0 &&
        report->verdict == SP_EXIT_PASS) {
        report->verdict = SP_EXIT_FAIL;
    }
    if ((json != NULL && !sp_coverage_json(report, json)) ||
        (html != NULL && !sp_coverage_html(report, html))) {
        report->verdict = SP_EXIT_ERROR;
    }
    sp_coverage_text(report);
    return sp_finish(stdout, report->verdict,
                     "rules=%u/%d cells=%u/%u requirements=%u/%u edges=%u files=%zu broken=%zu "
                     "states=%llu",
                     report->rules, SP_RULE_COUNT, report->cells, SP_CELLS, report->reached,
                     report->traced, report->edges, report->coverage->files,
                     report->coverage->broken, (unsigned long long)report->coverage->states);
}

struct work {
    struct sp_coverage coverage;
    struct sp_reasons reasons;
    struct sp_requirements requirements;
};

/* A page is not written over what is there: said before the searches, not after them. */
static bool page_is_free(const struct sp_args *args)
{
    const char *html = sp_args_value(args, "--html");
    struct stat status;
    if (html == NULL || lstat(html, &status) != 0) {
        return true;
    }
    sp_say("--html %s: something is there; a file that does not exist yet is valid", html);
    return false;
}

static enum sp_exit run(const struct sp_args *args, struct work *work)
{
    if (!page_is_free(args) || !sp_reasons_read(&work->reasons, sp_coverage_searches_alone(args)) ||
        !sp_requirements_read(&work->requirements)) {
        return sp_finish(stdout, SP_EXIT_USAGE, "verb=coverage");
    }
    if (!sp_coverage_gather(args, &work->coverage)) {
        return sp_finish(stdout, work->coverage.failed ? SP_EXIT_ERROR : SP_EXIT_USAGE,
                         "verb=coverage");
    }
    struct sp_coverage_report report = {.coverage = &work->coverage,
                                        .reasons = &work->reasons,
                                        .requirements = &work->requirements};
    return tell(args, &report);
}

enum sp_exit sp_cmd_coverage(const struct sp_args *args)
{
    struct work *work = calloc(1, sizeof *work);
    if (work == NULL) {
        sp_say("out of memory");
        return sp_finish(stdout, SP_EXIT_ERROR, "verb=coverage");
    }
    enum sp_exit code = run(args, work);
    sp_coverage_free(&work->coverage);
    sp_requirements_free(&work->requirements);
    sp_reasons_free(&work->reasons);
    free(work);
    return code;
}
