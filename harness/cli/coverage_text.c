/*
 * What `coverage` says on one screen: the figures, the matrix, and what is missing.
 *
 * The number in the matrix, and of a rule, is how many different kinds of steps show it, not how
 * often: one search takes millions of steps of a kind. The invariant: what is missing is named with
 * its reason, or as what other inputs reach.
 */
#include "cli/coverage.h"

#include <string.h>

#define COLUMNS 100

static const char *const heads[SP_EVENT_COUNT] = {
    [SP_EVENT_OPEN_PASSIVE] = "open", [SP_EVENT_OPEN_ACTIVE] = "OPEN",
    [SP_EVENT_SEND] = "send",         [SP_EVENT_RECEIVE] = "recv",
    [SP_EVENT_CLOSE] = "close",       [SP_EVENT_ABORT] = "abort",
    [SP_EVENT_STATUS] = "stat",       [SP_EVENT_SEGMENT] = "SEGM",
    [SP_EVENT_USER_TIMEOUT] = "user", [SP_EVENT_RETRANSMISSION] = "rexmt",
    [SP_EVENT_TIME_WAIT] = "2msl",    [SP_EVENT_PERSIST] = "probe",
    [SP_EVENT_DELAYED_ACK] = "dack",  [SP_EVENT_KEEP_ALIVE] = "keep",
};

static void put_matrix(const struct sp_coverage_report *report)
{
    printf("\n  %-12s", "state x event");
    for (unsigned event = 0; event < SP_EVENT_COUNT; event++) {
        printf("%6s", heads[event]);
    }
    printf("\n");
    for (unsigned state = 0; state < SP_STATE_COUNT; state++) {
        printf("  %-13s", sp_state_name((enum sp_state)state));
        for (unsigned event = 0; event < SP_EVENT_COUNT; event++) {
            const uint32_t kinds = report->coverage->cell[state][event].kinds;
            if (kinds > 0) {
                printf("%6u", kinds);
            } else {
                printf("%6s", report->reasons->cell[state][event] == NULL ? "-" : ".");
            }
        }
        printf("\n");
    }
    printf("  kinds of steps; open is passive, OPEN active; - not reached, . nor by the corpus and ci"
           "\n");
}

/* Everything that is missing for one reason: the reason once, then the names, wrapped. */
struct list {
    struct sp_writer out;
    const char *head;
    size_t column;
};

static void put_name(struct list *list, const char *name, const char *event)
{
    const size_t size = strlen(name) + strlen(event) + 1;
    if (list->head != NULL) {
        sp_write(&list->out, "\n  ");
        sp_wrap(&list->out, 2, 2, list->head);
        sp_write(&list->out, "   ");
        list->head = NULL;
        list->column = 3;
    }
    if (list->column + size > COLUMNS) {
        sp_write(&list->out, "\n   ");
        list->column = 3;
    }
    sp_write(&list->out, " %s%s", name, event);
    list->column += size;
}

/* What is not reached and has this reason; NULL: none. */
static void put_missing(const struct sp_coverage_report *report, const char *reason,
                        const char *head)
{
    struct list list = {.out = sp_file_writer(stdout), .head = head};
    for (unsigned i = 0; i < SP_RULE_COUNT; i++) {
        if (report->coverage->rule[i].kinds == 0 && report->reasons->rule[i] == reason) {
            put_name(&list, sp_rule_info((enum sp_rule)i)->name, "");
        }
    }
    for (unsigned state = 0; state < SP_STATE_COUNT; state++) {
        for (unsigned event = 0; event < SP_EVENT_COUNT; event++) {
            if (report->coverage->cell[state][event].kinds == 0 &&
                report->reasons->cell[state][event] == reason) {
                char word[64];
                snprintf(word, sizeof word, "x%s", sp_event_word((enum sp_event_kind)event));
                put_name(&list, sp_state_word((enum sp_state)state), word);
            }
        }
    }
    if (list.head == NULL) {
        sp_write(&list.out, "\n");
    }
}

/* The reasons in the order in which their first rule or cell comes; each is told once, because
 * equal reasons are one place in the text of the table. */
static void put_reasons(const struct sp_coverage_report *report)
{
    const char *told[SP_RULE_COUNT + SP_STATE_COUNT * SP_EVENT_COUNT];
    size_t count = 0;
    for (unsigned i = 0; i < SP_RULE_COUNT + SP_STATE_COUNT * SP_EVENT_COUNT; i++) {
        const unsigned cell = i - SP_RULE_COUNT;
        const char *reason = i < SP_RULE_COUNT
                                 ? report->reasons->rule[i]
                                 : report->reasons->cell[cell / SP_EVENT_COUNT][cell % SP_EVENT_COUNT];
        size_t at = 0;
        while (at < count && told[at] != reason) {
            at++;
        }
        if (reason != NULL && at == count) {
            told[count++] = reason;
            put_missing(report, reason, reason);
        }
    }
}

static void put_requirements(const struct sp_coverage_report *report)
{
    struct list list = {.out = sp_file_writer(stdout),
                        .head = "requirements of which no rule was reached:"};
    for (size_t i = 0; i < report->requirements->count; i++) {
        const struct sp_requirement *row = &report->requirements->row[i];
        if (row->rules > 0 && !sp_coverage_meets(report->coverage, row)) {
            put_name(&list, row->id, "");
        }
    }
    if (list.head == NULL) {
        sp_write(&list.out, "\n");
    }
}

static void put_sources(const struct sp_coverage *coverage)
{
    struct sp_writer out = sp_file_writer(stdout);
    char events[SP_GROUPED_TEXT];
    char states[SP_GROUPED_TEXT];
    sp_write(&out, "coverage of ");
    sp_wrap(&out, 12, 2, coverage->sources);
    sp_write(&out, "  %-13s%zu, %s events\n", "files", coverage->files,
             sp_grouped(coverage->events, events, sizeof events));
    sp_write(&out, "  %-13s%s\n", "states", sp_grouped(coverage->states, states, sizeof states));
}

void sp_coverage_text(const struct sp_coverage_report *report)
{
    put_sources(report->coverage);
    printf("  %-13s%u of %d\n", "rules", report->rules, SP_RULE_COUNT);
    printf("  %-13s%u of %d\n", "cells", report->cells, SP_STATE_COUNT * SP_EVENT_COUNT);
    printf("  %-13s%u of the %u that rules stand for ('synproof requirements')\n", "requirements",
           report->reached, report->traced);
    printf("  %-13s%u changes of state\n", "edges", report->edges);
    put_matrix(report);
    put_missing(report, NULL, "not reached here, but by the corpus and the checks of proofs/bounds:");
    put_reasons(report);
    put_requirements(report);
    if (report->coverage->unfinished) {
        printf("\n  A search was not finished: what it reached is counted, what it would is not.\n");
    }
    printf("\n");
}
