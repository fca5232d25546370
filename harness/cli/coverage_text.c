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

/* Reasons that have a letter. */
#define LETTERS 26

static const char *const heads[SP_EVENT_COUNT] = {
    [SP_EVENT_OPEN_PASSIVE] = "open", [SP_EVENT_OPEN_ACTIVE] = "OPEN",
    [SP_EVENT_SEND] = "send",         [SP_EVENT_RECEIVE] = "recv",
    [SP_EVENT_CLOSE] = "close",       [SP_EVENT_ABORT] = "abort",
    [SP_EVENT_STATUS] = "stat",       [SP_EVENT_SEGMENT] = "SEGM",
    [SP_EVENT_USER_TIMEOUT] = "user", [SP_EVENT_RETRANSMISSION] = "rexmt",
    [SP_EVENT_TIME_WAIT] = "2msl",    [SP_EVENT_PERSIST] = "probe",
    [SP_EVENT_DELAYED_ACK] = "dack",  [SP_EVENT_KEEP_ALIVE] = "keep",
};

/* The reasons, in the order in which a rule or cell first has them. Equal ones are one place in the
 * text of the table. In the matrix each is a letter. */
struct letters {
    const char *reason[LETTERS];
    unsigned count;
};

/* The letter of a reason, a new one if it has none yet; those beyond the alphabet share '?'. */
static char letter_of(struct letters *letters, const char *reason)
{
    unsigned i = 0;
    while (i < letters->count && letters->reason[i] != reason) {
        i++;
    }
    if (i == letters->count && i < LETTERS) {
        letters->reason[letters->count++] = reason;
    }
    return i < LETTERS ? (char)('a' + (int)i) : '?';
}

static void put_matrix(const struct sp_coverage_report *report, struct letters *letters)
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
            const char *reason = report->reasons->cell[state][event];
            if (kinds > 0) {
                printf("%6u", kinds);
            } else {
                printf("%6c", reason == NULL ? '-' : letter_of(letters, reason));
            }
        }
        printf("\n");
    }
    printf("  different kinds of steps; open is passive, OPEN active; - not reached here\n");
}

/* Names below a head, wrapped. */
struct list {
    struct sp_writer out;
    const char *head; /* not yet written; NULL: it is, or there is none */
    size_t column;
    bool begun;
};

static void put_name(struct list *list, const char *name)
{
    if (list->head != NULL) {
        sp_write(&list->out, "\n  ");
        sp_wrap(&list->out, 2, 4, list->head);
        list->head = NULL;
        list->column = COLUMNS;
    }
    if (list->column + strlen(name) + 1 > COLUMNS) {
        sp_write(&list->out, "%s   ", list->begun ? "\n" : "");
        list->column = 3;
    }
    sp_write(&list->out, " %s", name);
    list->begun = true;
    list->column += strlen(name) + 1;
}

static void end_list(struct list *list)
{
    if (list->begun) {
        sp_write(&list->out, "\n");
    }
}

/* Rules that are not reached and have this reason; NULL: none. */
static void put_rules(const struct sp_coverage_report *report, const char *reason, const char *head)
{
    struct list list = {.out = sp_file_writer(stdout), .head = head, .column = COLUMNS};
    for (unsigned i = 0; i < SP_RULE_COUNT; i++) {
        if (report->coverage->rule[i].kinds == 0 && report->reasons->rule[i] == reason) {
            put_name(&list, sp_rule_info((enum sp_rule)i)->name);
        }
    }
    end_list(&list);
}

/* A reason that stands in the matrix is told, with or without rules. */
static void put_reasons(const struct sp_coverage_report *report, struct letters *letters)
{
    struct sp_writer out = sp_file_writer(stdout);
    const unsigned in_matrix = letters->count;
    for (unsigned i = 0; i < SP_RULE_COUNT; i++) {
        if (report->coverage->rule[i].kinds == 0 && report->reasons->rule[i] != NULL) {
            letter_of(letters, report->reasons->rule[i]);
        }
    }
    for (unsigned i = 0; i < letters->count; i++) {
        char head[1024];
        snprintf(head, sizeof head, "%c %s", 'a' + (int)i, letters->reason[i]);
        sp_write(&out, "%s", i == 0 || i == in_matrix ? "\n" : "");
        sp_write(&out, "  ");
        sp_wrap(&out, 2, 4, head);
        put_rules(report, letters->reason[i], NULL);
    }
}

static void put_requirements(const struct sp_coverage_report *report)
{
    struct list list = {.out = sp_file_writer(stdout),
                        .head = "requirements of which no rule was reached:",
                        .column = COLUMNS};
    for (size_t i = 0; i < report->requirements->count; i++) {
        const struct sp_requirement *row = &report->requirements->row[i];
        if (row->rules > 0 && !sp_coverage_meets(report->coverage, row)) {
            put_name(&list, row->id);
        }
    }
    end_list(&list);
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
    printf("  %-13s%u of %u\n", "cells", report->cells, SP_CELLS);
    printf("  %-13s%u of the %u that rules stand for ('synproof requirements')\n", "requirements",
           report->reached, report->traced);
    printf("  %-13s%u changes of state\n", "edges", report->edges);
    struct letters letters = {.count = 0};
    put_matrix(report, &letters);
    put_reasons(report, &letters);
    put_rules(report, NULL, "rules not reached here, but elsewhere (the corpus reaches them):");
    put_requirements(report);
    if (report->coverage->unfinished) {
        printf(
            "\n  A search was not finished: what it reached is counted, what it would is not.\n");
    }
    printf("\n");
}
