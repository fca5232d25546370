/*
 * synproof diagram: the states and what leads from one to another (RFC 9293 3.3.2), as a graph in
 * DOT.
 *
 * What is drawn was seen to happen: every change of state in the steps of the sources. A change is
 * named by the rules that make it: those that fire in it, and in no step that leaves a state as it
 * is. Nothing else is drawn; which sources show all there is, is the caller's matter. The
 * invariant: the same kinds of steps give the same octets, in whatever order they came.
 */
#include "cli/diagram.h"
#include "cli/files.h"
#include "report/buffer.h"

#include <stdlib.h>
#include <string.h>

/* Room for the graph. */
#define TEXT_MAX (1u << 18)

static bool same_makers(const struct sp_change *one, const struct sp_change *other)
{
    return one->from == other->from && one->to == other->to && one->rules == other->rules &&
           memcmp(one->rule, other->rule, one->rules * sizeof one->rule[0]) == 0;
}

static int compare(const void *a, const void *b)
{
    const struct sp_change *one = a;
    const struct sp_change *other = b;
    if (one->from != other->from) {
        return one->from - other->from;
    }
    if (one->to != other->to) {
        return one->to - other->to;
    }
    for (unsigned i = 0; i < one->rules && i < other->rules; i++) {
        if (one->rule[i] != other->rule[i]) {
            return one->rule[i] - other->rule[i];
        }
    }
    return one->rules - other->rules;
}

/* One more step that shows a change: what all of them have in common, and what some have. */
static void take(struct sp_diagram *diagram, const struct sp_change *change)
{
    size_t i = 0;
    while (i < diagram->count && !same_makers(&diagram->change[i], change)) {
        i++;
    }
    if (i == SP_CHANGES_MAX) {
        return;
    }
    struct sp_change *known = &diagram->change[i];
    if (i == diagram->count) {
        diagram->count++;
        *known = *change;
        return;
    }
    const uint32_t segment = 1u << SP_EVENT_SEGMENT;
    if ((change->events & segment) != 0) {
        known->bits = (known->events & segment) != 0 ? known->bits & change->bits : change->bits;
    }
    known->events |= change->events;
    known->some |= change->some;
    known->always &= change->always;
    known->perhaps |= change->perhaps;
    known->silent |= change->silent;
}

/* Rules that fire in steps that leave their state as it is, by that state and in any. */
struct stays {
    bool in[SP_STATE_COUNT][SP_RULE_COUNT];
    bool anywhere[SP_RULE_COUNT];
};

static void find_stays(const struct sp_coverage *coverage, struct stays *stays)
{
    struct sp_reaction kind;
    for (uint32_t i = 0; i < coverage->kinds.count; i++) {
        sp_coverage_kind(coverage, i, &kind);
        for (unsigned r = 0; r < kind.rules && kind.before == kind.after; r++) {
            stays->in[kind.before][kind.rule[r]] = true;
            stays->anywhere[kind.rule[r]] = true;
        }
    }
}

/* The rules that make a change. Where none of its rules changes every state it fires in, those that
 * change this one: a CLOSE in CLOSE-WAIT may have to wait, and what enters LAST-ACK is the FIN. */
static void find_makers(const struct stays *stays, const struct sp_reaction *kind,
                        struct sp_change *change)
{
    for (unsigned r = 0; r < kind->rules; r++) {
        if (!stays->anywhere[kind->rule[r]]) {
            change->rule[change->rules++] = kind->rule[r];
        }
    }
    for (unsigned r = 0; change->rules == 0 && r < kind->rules; r++) {
        if (!stays->in[kind->before][kind->rule[r]]) {
            change->rule[change->rules++] = kind->rule[r];
        }
    }
}

static void find_changes(const struct sp_coverage *coverage, struct sp_diagram *diagram)
{
    struct stays stays = {.anywhere = {false}};
    find_stays(coverage, &stays);
    for (uint32_t i = 0; i < coverage->kinds.count; i++) {
        struct sp_reaction kind;
        sp_coverage_kind(coverage, i, &kind);
        struct sp_change change = {.from = kind.before,
                                   .to = kind.after,
                                   .events = 1u << kind.event,
                                   .bits = kind.bits,
                                   .some = kind.bits,
                                   .always = kind.sent,
                                   .perhaps = kind.sent,
                                   .silent = kind.sent == 0};
        find_makers(&stays, &kind, &change);
        if (kind.before != kind.after) {
            take(diagram, &change);
        }
    }
    qsort(diagram->change, diagram->count, sizeof diagram->change[0], compare);
}

static enum sp_exit draw(const struct sp_args *args, const struct sp_coverage *coverage)
{
    struct sp_diagram *diagram = calloc(1, sizeof *diagram);
    char *text = malloc(TEXT_MAX);
    enum sp_exit code = SP_EXIT_ERROR;
    if (diagram == NULL || text == NULL) {
        sp_say("out of memory");
    } else {
        struct sp_buffer buffer;
        struct sp_writer writer = sp_buffer_open(&buffer, text, TEXT_MAX);
        find_changes(coverage, diagram);
        sp_diagram_write(diagram, &writer);
        code = sp_file_deliver(sp_args_value(args, "--out"), (const uint8_t *)text, buffer.size);
    }
    const enum sp_exit sources = sp_coverage_verdict(coverage);
    code = code == SP_EXIT_PASS ? sources : code;
    sp_finish(stderr, code, "changes=%zu files=%zu broken=%zu states=%llu",
              diagram == NULL ? 0 : diagram->count, coverage->files, coverage->broken,
              (unsigned long long)coverage->states);
    free(diagram);
    free(text);
    return code;
}

enum sp_exit sp_cmd_diagram(const struct sp_args *args)
{
    struct sp_coverage *coverage = calloc(1, sizeof *coverage);
    if (coverage == NULL) {
        sp_say("out of memory");
        return sp_finish(stderr, SP_EXIT_ERROR, "verb=diagram");
    }
    enum sp_exit code;
    if (sp_coverage_gather(args, coverage)) {
        code = draw(args, coverage);
    } else {
        code = sp_finish(stderr, coverage->failed ? SP_EXIT_ERROR : SP_EXIT_USAGE, "verb=diagram");
    }
    sp_coverage_free(coverage);
    free(coverage);
    return code;
}
