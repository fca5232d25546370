/*
 * The page of a violation: what must hold, what was seen instead, the shortest way there, and the
 * commands to go on with. Its counterexample becomes a script that replays.
 *
 * The invariant: what the page shows is the replay of the script that was written, not the memory
 * of the search.
 */
#include "cli/check.h"
#include "cli/input.h"
#include "report/buffer.h"

#include <stdlib.h>
#include <string.h>

/* The first step of the trace that shows the property; of a promise the last one. */
static const struct sp_trace_step *find_step(const struct sp_trace *trace,
                                             enum sp_property property)
{
    if (sp_oracle_promise(property) != SP_PROMISE_NONE) {
        return trace->count == 0 ? NULL : &trace->step[trace->count - 1];
    }
    for (size_t i = 0; i < trace->count; i++) {
        if ((trace->step[i].findings.violated >> property & 1) != 0) {
            return &trace->step[i];
        }
    }
    return NULL;
}

/* How short the run is; of one that goes on for ever, where its cycle is. */
static void write_length(const struct sp_check *check, enum sp_property property, size_t count,
                         const struct sp_writer *out)
{
    size_t loop = check->result.violation[property].loop;
    if (loop < count) {
        sp_write(out, "      the way there is shortest; events %zu to %zu then go on for ever\n",
                 loop + 1, count);
        return;
    }
    sp_write(out, "      shortest: yes, %zu event%s (breadth-first, complete to level %zu)\n",
             count, count == 1 ? "" : "s", count == 0 ? 0 : count - 1);
}

static void write_head(const struct sp_check *check, const struct sp_property_info *info,
                       const struct sp_script *script, const struct sp_trace_step *step,
                       enum sp_property property)
{
    struct sp_writer out = sp_file_writer(stdout);
    char signature[128];
    struct sp_evidence evidence;
    sp_signature(&step->step, &step->after, property, signature, sizeof signature);
    sp_oracle_explain(&script->setup, &step->step, &step->after, property, &evidence);
    sp_write(&out, "FAIL  %s %s  [RFC %s]\n      ", info->id, info->name, info->section);
    sp_wrap(&out, 6, 6, info->sentence);
    sp_write(&out, "      ");
    sp_wrap(&out, 6, 6, evidence.claim);
    sp_write(&out, "      signature %s\n", signature);
    write_length(check, property, script->count, &out);
    if ((check->unassumed >> property & 1) != 0) {
        sp_write(&out, "      it rests on these, of which the bounds drop at least one:\n");
        for (const char *need = info->needs; *need != '\0'; need++) {
            const char *text = sp_assumption_text(*need);
            if (text != NULL) {
                sp_write(&out, "        %c  %s\n", *need, text);
            }
        }
    }
}

static void write_indented(void *to, const char *text, size_t size)
{
    bool *at_begin = to;
    for (size_t i = 0; i < size; i++) {
        if (*at_begin) {
            fputs("    ", stdout);
        }
        fputc(text[i], stdout);
        *at_begin = text[i] == '\n';
    }
}

static void write_story(const struct sp_trace *trace, const struct sp_trace_step *step,
                        enum sp_property property)
{
    struct sp_writer out = sp_file_writer(stdout);
    struct sp_ladder_options options = {.absolute = false, .rules = false};
    sp_write(&out, "\n");
    sp_report_ladder(trace, &options, &out);
    if (step->step.acted && sp_oracle_promise(property) == SP_PROMISE_NONE) {
        bool at_begin = true;
        struct sp_writer indented = {.write = write_indented, .to = &at_begin};
        unsigned host = step->step.host;
        sp_write(&out, "\n  changed at %td, host %c\n", step - trace->step + 1, "AB"[host]);
        sp_report_changes(&step->step.before.tcb, &step->after.host[host].tcb, &indented);
    }
    sp_write(&out, "\n");
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
    const struct sp_trace_step *step = good ? find_step(&trace, property) : NULL;
    if (good && step == NULL) {
        sp_say("%s: the counterexample does not show it again", info->id);
    }
    if (step != NULL) {
        save(check, &script, info, &check->result.violation[property], check->file[property]);
        note_ci(check, info, &trace, step, property);
        if (in_full) {
            write_head(check, info, &script, step, property);
            write_story(&trace, step, property);
            sp_run_commands(check->file[property]);
        } else {
            printf("FAIL  %s %s, after %zu events: %s\n\n", info->id, info->name, script.count,
                   check->file[property]);
        }
    }
    free(trace.step);
    free(script.action);
    return step != NULL;
}
