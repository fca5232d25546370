/*
 * The page of a violation: what must hold, what was seen instead, the shortest way there, and the
 * commands to go on with. Its counterexample becomes a script that replays.
 *
 * The invariant: what the page shows is the replay of the script that was written, not the memory
 * of the search.
 */
#include "cli/check.h"
#include "cli/input.h"
#include "cli/violation.h"

#include <stdlib.h>
#include <string.h>

/* How short the run is, and why; of one that goes on for ever, where its cycle is. Returns text. */
static const char *write_length(const struct sp_check *check, enum sp_property property,
                                size_t count, char *text, size_t capacity)
{
    const size_t loop = check->result.violation[property].loop;
    const char *plural = count == 1 ? "" : "s";
    if (loop < count) {
        snprintf(text, capacity, "yes, the way there; events %zu to %zu then go on for ever",
                 loop + 1, count);
    } else if (check->result.missed > 0) {
        snprintf(text, capacity,
                 "probably, %zu event%s: breadth-first, but a state may be missing from a compact "
                 "store",
                 count, plural);
    } else {
        snprintf(text, capacity, "yes, %zu event%s: breadth-first, complete to level %zu", count,
                 plural, count == 0 ? 0 : count - 1);
    }
    return text;
}

/* The counterexample as a script in runs/, which says what it shows and where it is from. */
static void save(const struct sp_check *check, const struct sp_script *script,
                 const struct sp_property_info *info, const struct sp_explore_path *path,
                 char *file)
{
    char comment[2048];
    snprintf(comment, sizeof comment,
             "# %s %s [RFC %s]\n# %s\n# found by: synproof check, bounds %s, policy %s\n", info->id,
             info->name, info->section, info->sentence, check->bounds, check->policy);
    if (path->loop < path->count) {
        size_t size = strlen(comment);
        snprintf(comment + size, sizeof comment - size, "# events %zu to %zu go on for ever\n",
                 path->loop + 1, path->count);
    }
    sp_run_save(script, info->id, comment, file);
}

/* What goes on for ever no replay can show: its script says so in words. */
static void expect(struct sp_script *script, enum sp_property property)
{
    bool shows = sp_oracle_promise(property) == SP_PROMISE_NONE;
    script->expect = shows ? SP_EXPECT_VIOLATION : SP_EXPECT_PASS;
    snprintf(script->expected, sizeof script->expected, "%s",
             shows ? sp_property_info(property)->id : "");
}

/* What goes on for ever is not shown again by a replay, so there is nothing to shrink or keep. */
static void write_page(const struct sp_check *check, const struct sp_trace *trace,
                       const struct sp_trace_step *step, enum sp_property property)
{
    const bool shows = sp_oracle_promise(property) == SP_PROMISE_NONE;
    char length[128];
    const struct sp_violation page = {
        .word = "FAIL",
        .trace = trace,
        .step = step,
        .property = property,
        .shortest = write_length(check, property, trace->count, length, sizeof length),
        .view = &check->view,
        .file = check->file[property],
        .commands = SP_COMMAND_REPLAY | (shows ? SP_COMMAND_MIN | SP_COMMAND_KEEP : 0),
    };
    sp_violation_write(&page);
}

static void note_ci(struct sp_check *check, const struct sp_property_info *info,
                    const struct sp_trace *trace, const struct sp_trace_step *step,
                    enum sp_property property)
{
    char name[128];
    struct sp_evidence evidence;
    snprintf(name, sizeof name, "%s %s", info->id, info->name);
    sp_oracle_explain(&trace->script->setup, &step->step, &step->after, property, &evidence);
    sp_ci_case(&check->ci, SP_EXIT_FAIL, name, "%s", evidence.claim);
    sp_ci_found(&check->ci, trace, (size_t)(step - trace->step), property, check->file[property]);
}

bool sp_check_report_violation(struct sp_check *check, enum sp_property property, bool in_full)
{
    const struct sp_property_info *info = sp_property_info(property);
    struct sp_script script;
    struct sp_trace trace = {.step = NULL};
    char error[256];
    bool good =
        sp_tcp_script(check->tcp, &check->result.violation[property], &script, error, sizeof error);
    if (!good) {
        sp_say("%s: %s", info->id, error);
    } else {
        expect(&script, property);
        good = sp_input_run(&script, &trace);
    }
    const struct sp_trace_step *step = good ? sp_violation_step(&trace, property) : NULL;
    if (good && step == NULL) {
        sp_say("%s: the counterexample does not show it again", info->id);
    }
    if (step != NULL) {
        save(check, &script, info, &check->result.violation[property], check->file[property]);
        note_ci(check, info, &trace, step, property);
        if (in_full) {
            write_page(check, &trace, step, property);
        } else {
            printf("FAIL  %s %s, after %zu events: %s\n\n", info->id, info->name, script.count,
                   check->file[property]);
        }
    }
    free(trace.step);
    free(script.action);
    return step != NULL;
}
