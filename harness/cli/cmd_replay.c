/*
 * synproof replay: the scripts, crash files and captures that are named, again, against what they
 * are recorded to show.
 *
 * One file is told as a story (the ladder), several by one line each. The invariant: a recorded
 * violation that no longer shows is STALE, never PASS.
 */
#include "ci/ci.h"
#include "cli/cli.h"
#include "cli/files.h"
#include "cli/input.h"
#include "cli/search.h"
#include "cli/setup.h"
#include "cli/violation.h"
#include "report/buffer.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

struct replay {
    const struct sp_args *args;
    struct sp_view_options view;
    bool story; /* one file: draw it */
    size_t as_recorded;
    size_t failed;
    size_t stale;
    size_t broken; /* could not be read */
    size_t errors; /* of this tool */
    struct sp_ci ci;
};

static const char *property_name(unsigned property)
{
    return sp_property_info((enum sp_property)property)->name;
}

static const char *property_id(unsigned property)
{
    return sp_property_info((enum sp_property)property)->id;
}

static bool has(uint64_t set, unsigned property)
{
    return property < 64 && (set >> property & 1) != 0;
}

/* What was expected against what was seen. A byte form names segments at random, so that naming one
 * that is not in flight is no fault of it; a text that says what it expects means what it names. */
static enum sp_exit judge(const struct sp_input *input, const struct sp_trace *trace)
{
    const struct sp_script *script = &input->script;
    bool astray = trace->impossible > 0 && input->form == SP_FORM_TEXT;
    if (script->expect == SP_EXPECT_VIOLATION) {
        unsigned expected = sp_property_find(script->expected);
        if (!has(trace->violated, expected)) {
            return trace->violated != 0 ? SP_EXIT_FAIL : SP_EXIT_STALE;
        }
        return astray ? SP_EXIT_FAIL : SP_EXIT_PASS;
    }
    if (trace->violated != 0) {
        return SP_EXIT_FAIL;
    }
    return astray && script->expect == SP_EXPECT_PASS ? SP_EXIT_FAIL : SP_EXIT_PASS;
}

static void write_expectation(const struct sp_writer *to, const struct sp_script *script)
{
    switch ((enum sp_expectation)script->expect) {
    case SP_EXPECT_NOTHING:
        sp_write(to, "nothing expected");
        break;
    case SP_EXPECT_PASS:
        sp_write(to, "expected PASS");
        break;
    case SP_EXPECT_VIOLATION:
        sp_write(to, "expected %s", script->expected);
        break;
    }
}

/* "violates S5 isn-agreement at 6", "no violation"; and what could not be done. */
static void write_seen(const struct sp_writer *to, const struct sp_trace *trace)
{
    const char *before = "violates ";
    for (unsigned i = 0; i < SP_PROPERTY_COUNT; i++) {
        if (has(trace->violated, i)) {
            size_t at = 0;
            while (at < trace->count && !has(trace->step[at].findings.violated, i)) {
                at++;
            }
            sp_write(to, "%s%s %s at %zu", before, property_id(i), property_name(i), at + 1);
            before = ", ";
        }
    }
    if (trace->violated == 0) {
        sp_write(to, "no violation");
    }
    if (trace->impossible > 0) {
        size_t at = 0;
        while (at < trace->count && trace->step[at].possible) {
            at++;
        }
        sp_write(to, "; %zu event%s not possible, the first is %zu: no such segment is in flight",
                 trace->impossible, trace->impossible == 1 ? " was" : "s were", at + 1);
    }
}

static void summarize(const struct sp_input *input, const struct sp_trace *trace, enum sp_exit code)
{
    struct sp_writer out = sp_file_writer(stdout);
    char name[SP_PLAIN_NAME_MAX];
    sp_write(&out, "%-5s %s: %zu event%s, ", sp_exit_word(code),
             sp_plain_name(input->path, name, sizeof name), trace->count,
             trace->count == 1 ? "" : "s");
    write_seen(&out, trace);
    sp_write(&out, " (");
    write_expectation(&out, &input->script);
    sp_write(&out, ")\n");
}

/* What the page is about: what the script expects, if that shows, or what shows first. */
static enum sp_property subject_of(const struct sp_input *input, const struct sp_trace *trace)
{
    const unsigned expected = sp_property_find(input->script.expected);
    if (input->script.expect == SP_EXPECT_VIOLATION && has(trace->violated, expected)) {
        return (enum sp_property)expected;
    }
    unsigned first = SP_PROPERTY_COUNT;
    for (size_t i = 0; first == SP_PROPERTY_COUNT && i < trace->count; i++) {
        for (unsigned p = SP_PROPERTY_COUNT; p > 0; p--) {
            first = has(trace->step[i].findings.violated, p - 1) ? p - 1 : first;
        }
    }
    return (enum sp_property)first;
}

static void tell_violation(const struct replay *r, const struct sp_input *input,
                           const struct sp_trace *trace, enum sp_exit code)
{
    const enum sp_property property = subject_of(input, trace);
    /* They refuse a script that expects something else. */
    const bool other = input->script.expect == SP_EXPECT_VIOLATION &&
                       property != (enum sp_property)sp_property_find(input->script.expected);
    char shortest[128];
    snprintf(shortest, sizeof shortest,
             "unknown: a run of %zu event%s as it was recorded; min makes it small", trace->count,
             trace->count == 1 ? "" : "s");
    const struct sp_violation page = {
        .word = code == SP_EXIT_PASS ? "seen" : "FAIL",
        .trace = trace,
        .step = sp_violation_step(trace, property),
        .property = property,
        .shortest = shortest,
        .view = &r->view,
        .args = r->args,
        .file = input->path,
        .commands = other ? 0 : SP_COMMAND_MIN | SP_COMMAND_KEEP,
    };
    sp_violation_write(&page);
}

/* "a,b" as "a, b": a long policy is wrapped between its switches. Returns text. */
static const char *spaced(const char *words, char *text, size_t capacity)
{
    struct sp_buffer buffer;
    struct sp_writer writer = sp_buffer_open(&buffer, text, capacity);
    for (; *words != '\0'; words++) {
        sp_write(&writer, *words == ',' ? "%c " : "%c", *words);
    }
    return text;
}

static void tell_story(const struct replay *r, const struct sp_input *input,
                       const struct sp_trace *trace, enum sp_exit code)
{
    struct sp_writer out = sp_file_writer(stdout);
    char policy[1024];
    char text[2048];
    sp_policy_name(&input->script.setup, policy, sizeof policy);
    char name[SP_PLAIN_NAME_MAX];
    sp_write(&out, "%s, policy ", sp_plain_name(input->path, name, sizeof name));
    sp_wrap(&out, strlen(input->path) + strlen(", policy "), 2, spaced(policy, text, sizeof text));
    sp_write(&out, "\n");
    if (trace->violated != 0) {
        tell_violation(r, input, trace, code);
        return;
    }
    sp_report_ladder(trace, &r->view.ladder, &out);
    if (r->view.full) {
        sp_violation_changes(trace, &r->view);
    }
    sp_write(&out, "\n");
}

static void count(struct replay *r, enum sp_exit code)
{
    switch (code) {
    case SP_EXIT_PASS:
        r->as_recorded++;
        break;
    case SP_EXIT_FAIL:
        r->failed++;
        break;
    case SP_EXIT_STALE:
        r->stale++;
        break;
    case SP_EXIT_USAGE:
        r->broken++;
        break;
    case SP_EXIT_INCOMPLETE:
    case SP_EXIT_VACUOUS:
    case SP_EXIT_ERROR:
        r->errors++;
        break;
    }
}

static void note_ci(struct replay *r, const struct sp_input *input, const struct sp_trace *trace,
                    enum sp_exit code)
{
    char text[1024];
    struct sp_buffer buffer;
    struct sp_writer writer = sp_buffer_open(&buffer, text, sizeof text);
    write_seen(&writer, trace);
    sp_write(&writer, " (");
    write_expectation(&writer, &input->script);
    sp_write(&writer, ")");
    sp_ci_case(&r->ci, code, input->path, "%s", text);
    sp_ci_found_all(&r->ci, trace, input->path);
    if (code == SP_EXIT_STALE || (code == SP_EXIT_FAIL && trace->violated == 0)) {
        sp_ci_note(&r->ci, code, input->path, "%s", text);
    }
}

static enum sp_exit run_input(struct replay *r, struct sp_input *input)
{
    if (!sp_setup_override(r->args, &input->script.setup)) {
        return SP_EXIT_USAGE;
    }
    if (input->script.expect == SP_EXPECT_VIOLATION &&
        sp_property_find(input->script.expected) == SP_PROPERTY_COUNT) {
        if (input->form != SP_FORM_TEXT) {
            input->script.expect = SP_EXPECT_NOTHING;
        } else {
            sp_say("%s: expect %s: no such property; 'synproof properties' lists them", input->path,
                   input->script.expected);
            return SP_EXIT_USAGE;
        }
    }
    struct sp_trace trace;
    if (!sp_input_run(&input->script, &trace)) {
        return SP_EXIT_ERROR;
    }
    enum sp_exit code = judge(input, &trace);
    if (r->story) {
        tell_story(r, input, &trace, code);
    }
    sp_input_remarks(input);
    summarize(input, &trace, code);
    note_ci(r, input, &trace, code);
    free(trace.step);
    return code;
}

/* Why, the complaint says. */
static void note_unread(struct replay *r, const char *path, enum sp_exit code)
{
    sp_ci_case(&r->ci, code, path, "could not be replayed; the log says why");
    sp_ci_note(&r->ci, code, path, "could not be replayed; the log says why");
}

static enum sp_exit run_file(struct replay *r, const char *path)
{
    struct sp_input *input = calloc(1, sizeof *input);
    if (input == NULL) {
        sp_say("out of memory");
        return SP_EXIT_ERROR;
    }
    enum sp_exit code = sp_input_read(path, 0, input) ? run_input(r, input) : SP_EXIT_USAGE;
    if (code == SP_EXIT_USAGE || code == SP_EXIT_ERROR) {
        note_unread(r, path, code);
    }
    sp_input_free(input);
    free(input);
    return code;
}

/* The worst of all files: what is wrong in the model before what is wrong in the input. */
static enum sp_exit worst(const struct replay *r)
{
    if (r->errors > 0) {
        return SP_EXIT_ERROR;
    }
    if (r->failed > 0) {
        return SP_EXIT_FAIL;
    }
    if (r->broken > 0) {
        return SP_EXIT_USAGE;
    }
    return r->stale > 0 ? SP_EXIT_STALE : SP_EXIT_PASS;
}

/* What was replayed is what was named: the same command has the same subject. */
static enum sp_exit write_ci(struct replay *r, size_t files)
{
    char named[256];
    struct sp_buffer buffer;
    struct sp_writer writer = sp_buffer_open(&buffer, named, sizeof named);
    for (size_t i = 0; i < r->args->operands; i++) {
        sp_write(&writer, "%s%s", i == 0 ? "" : " ", r->args->operand[i]);
    }
    sp_ci_subject(&r->ci, "%s", named);
    sp_ci_fact(&r->ci, "files", "%zu", files);
    sp_ci_fact(&r->ci, "as_recorded", "%zu", r->as_recorded);
    const bool written = sp_ci_write(&r->ci, worst(r));
    sp_ci_free(&r->ci);
    return written ? worst(r) : SP_EXIT_ERROR;
}

enum sp_exit sp_cmd_replay(const struct sp_args *args)
{
    struct replay r = {.args = args};
    if (!sp_view_read(args, &r.view) || !sp_ci_open(&r.ci, args)) {
        return sp_finish(stdout, SP_EXIT_USAGE, "verb=replay");
    }
    struct sp_paths paths = {NULL, 0, 0};
    for (size_t i = 0; i < args->operands; i++) {
        if (!sp_paths_add(&paths, args->operand[i])) {
            r.broken++;
            note_unread(&r, args->operand[i], SP_EXIT_USAGE);
        }
    }
    r.story = r.view.full || (args->operands == 1 && !sp_file_is_directory(args->operand[0]));
    for (size_t i = 0; i < paths.count; i++) {
        count(&r, run_file(&r, paths.at[i]));
    }
    size_t files = paths.count;
    sp_paths_free(&paths);
    enum sp_exit code = write_ci(&r, files);
    return sp_finish(stdout, code, "files=%zu as_recorded=%zu failed=%zu stale=%zu broken=%zu",
                     files, r.as_recorded, r.failed, r.stale, r.broken);
}
