/*
 * The page of a violation. It is read from its end, where the terminal stands: the commands, what
 * the last step changed, the run, and above it what must hold (an RFC sentence).
 *
 * It judges nothing. The invariant: no line has more than 100 columns, and a run is folded so that
 * the page fits on a screen unless all is asked for.
 */
#include "cli/violation.h"
#include "cli/search.h"
#include "report/buffer.h"

#include <string.h>

/* Columns of the word at the head of a line. */
#define HEAD 13

/* Room for changed fields, a line each. */
#define CHANGES_MAX 4096

static bool has(uint64_t set, enum sp_property property)
{
    return (set >> property & 1) != 0;
}

const struct sp_trace_step *sp_violation_step(const struct sp_trace *trace,
                                              enum sp_property property)
{
    if (sp_oracle_promise(property) != SP_PROMISE_NONE) {
        return trace->count == 0 ? NULL : &trace->step[trace->count - 1];
    }
    for (size_t i = 0; i < trace->count; i++) {
        if (has(trace->step[i].findings.violated, property)) {
            return &trace->step[i];
        }
    }
    return NULL;
}

static void put(const char *head, const char *text)
{
    struct sp_writer out = sp_file_writer(stdout);
    sp_write(&out, "  %-*s", HEAD - 2, head);
    sp_wrap(&out, HEAD, HEAD, text);
}

/* The assumptions of the property, where the bounds drop one of them. */
static void put_assumptions(const struct sp_setup *setup, const struct sp_property_info *info)
{
    char dropped[SP_DROPPED_MAX];
    char all[64] = "";
    char missing[64] = "";
    sp_oracle_dropped(setup, dropped);
    for (const char *need = info->needs; *need != '\0'; need++) {
        const char letter[] = {' ', *need, '\0'};
        if (sp_assumption_text(*need) != NULL) {
            strncat(all, letter, sizeof all - strlen(all) - 1);
        }
        if (strchr(dropped, *need) != NULL) {
            strncat(missing, letter, sizeof missing - strlen(missing) - 1);
        }
    }
    if (missing[0] != '\0') {
        char text[512];
        snprintf(text, sizeof text, "assumptions%s; these bounds drop%s ('%s properties %s')", all,
                 missing, sp_program(), info->id);
        put("rests on", text);
    }
}

/* Other properties that the run violates, the first step of each with its claim. */
static void put_others(const struct sp_violation *page)
{
    for (unsigned i = 0; i < SP_PROPERTY_COUNT; i++) {
        const enum sp_property other = (enum sp_property)i;
        if (other == page->property || !has(page->trace->violated, other)) {
            continue;
        }
        const struct sp_trace_step *step = sp_violation_step(page->trace, other);
        const struct sp_property_info *info = sp_property_info(other);
        struct sp_evidence evidence;
        char text[512];
        sp_oracle_explain(&page->trace->script->setup, &step->step, &step->after, other, &evidence);
        snprintf(text, sizeof text, "%s %s at %td: %s", info->id, info->name,
                 step - page->trace->step + 1, evidence.claim);
        put("also", text);
    }
}

static void put_head(const struct sp_violation *page)
{
    const struct sp_property_info *info = sp_property_info(page->property);
    const struct sp_trace_step *step = page->step;
    const struct sp_setup *setup = &page->trace->script->setup;
    const struct sp_paint *paint = sp_paint_for(stdout);
    struct sp_evidence evidence;
    char signature[128];
    sp_oracle_explain(setup, &step->step, &step->after, page->property, &evidence);
    sp_signature(&step->step, &step->after, page->property, signature, sizeof signature);
    printf("%s%s  %s %s%s  [RFC %s]\n", paint->alarm, page->word, info->id, info->name, paint->end,
           info->section);
    put("must hold", info->sentence);
    put("fails", evidence.claim);
    put("shortest", page->shortest);
    put("signature", signature);
    put_assumptions(setup, info);
    put_others(page);
}

/* What the step changed in the TCB of its host. Returns text. */
static const char *changes_of(const struct sp_trace_step *step, uint64_t fields, char *text,
                              size_t capacity)
{
    const unsigned host = step->step.host;
    struct sp_buffer buffer;
    struct sp_writer writer = sp_buffer_open(&buffer, text, capacity);
    sp_report_changes_of(&step->step.before.tcb, &step->after.host[host].tcb, fields, &writer);
    return text;
}

static bool in_view(const struct sp_view_options *view, unsigned host)
{
    const enum sp_view end = view->ladder.view;
    return end == SP_VIEW_BOTH || (end == SP_VIEW_A) == (host == SP_A);
}

static void put_last_changes(const struct sp_violation *page)
{
    const struct sp_trace_step *step = page->step;
    if (!step->step.acted || sp_oracle_promise(page->property) != SP_PROMISE_NONE ||
        !in_view(page->view, step->step.host)) {
        return;
    }
    struct sp_writer out = sp_file_writer(stdout);
    char head[64];
    char text[CHANGES_MAX];
    snprintf(head, sizeof head, "  %-*sat %td, %c: ", HEAD - 2, "changed",
             step - page->trace->step + 1, "AB"[step->step.host]);
    sp_write(&out, "%s", head);
    sp_report_packed(changes_of(step, page->view->fields, text, sizeof text), strlen(head), HEAD,
                     &out);
    sp_write(&out, "\n");
}

void sp_violation_changes(const struct sp_trace *trace, const struct sp_view_options *view)
{
    struct sp_writer out = sp_file_writer(stdout);
    sp_write(&out, "\nwhat changed, by event\n");
    for (size_t i = 0; i < trace->count; i++) {
        const struct sp_trace_step *step = &trace->step[i];
        char text[CHANGES_MAX];
        if (step->possible && step->step.acted && in_view(view, step->step.host)) {
            sp_write(&out, "%3zu %c  ", i + 1, "AB"[step->step.host]);
            sp_report_packed(changes_of(step, view->fields, text, sizeof text), 7, 7, &out);
        }
    }
}

void sp_violation_write(const struct sp_violation *page)
{
    struct sp_writer out = sp_file_writer(stdout);
    struct sp_ladder_options ladder = page->view->ladder;
    ladder.focus = (size_t)(page->step - page->trace->step);
    ladder.paint = sp_paint_for(stdout);
    put_head(page);
    sp_write(&out, "\n");
    sp_report_ladder(page->trace, &ladder, &out);
    if (page->view->full) {
        sp_violation_changes(page->trace, page->view);
    }
    sp_write(&out, "\n");
    put_last_changes(page);
    sp_run_commands(page->file, page->commands, page->args);
}
