/*
 * What inputs and searches exercised of the machine: the kinds of steps they took, each once, and
 * what follows from these alone: rules, cells (state x event), changes of state.
 *
 * `coverage` and `diagram` share it. Which kinds there are depends neither on the order of the
 * sources nor on threads.
 */
#ifndef SP_CLI_COVERAGE_H
#define SP_CLI_COVERAGE_H

#include "cli/cli.h"
#include "cli/reasons.h"
#include "cli/requirements.h"
#include "net/reaction.h"
#include "world/intern.h"

/* Room for the names of all sources. */
#define SP_COVERAGE_SOURCES_MAX 2048

struct sp_reach {
    uint32_t kinds; /* different kinds of steps that show it; 0: not reached */
    uint64_t times; /* steps of inputs that do */
};

struct sp_coverage {
    struct sp_intern kinds; /* struct sp_reaction; the record is the number of steps of inputs */
    char sources[SP_COVERAGE_SOURCES_MAX]; /* as named, with ", " between */
    size_t files;
    size_t broken;    /* of them, not understood: a complaint is written */
    uint64_t events;  /* of the files */
    uint64_t states;  /* of the searches */
    bool unfinished;  /* a search was stopped before its end */
    bool interrupted; /* no other source is worth beginning */
    bool failed;      /* this tool failed: a complaint is written */

    /* From the kinds, by sp_coverage_count: */
    struct sp_reach rule[SP_RULE_COUNT];
    struct sp_reach cell[SP_STATE_COUNT][SP_EVENT_COUNT];
    struct sp_reach edge[SP_STATE_COUNT][SP_STATE_COUNT]; /* from, to; different */
};

/* Flags of a verb that takes sources. */
#define SP_COVERAGE_FLAGS SP_SETUP_FLAGS, SP_SEARCH_FLAGS, SP_PROGRESS_FLAG

/* Takes all sources that are named: bounds (a name, or a path that ends in .bounds), files,
 * directories. False: a complaint is written, and nothing is to be said: a source is not there, or
 * no file was understood. Free it in either case. */
bool sp_coverage_gather(const struct sp_args *args, struct sp_coverage *coverage);
void sp_coverage_free(struct sp_coverage *coverage);

/* Bounds and nothing else are named. */
bool sp_coverage_searches_alone(const struct sp_args *args);

/* What the sources left: PASS, or what hindered. */
enum sp_exit sp_coverage_verdict(const struct sp_coverage *coverage);

/* Kind number `index`, below coverage->kinds.count; returns how many steps of inputs were of it. */
uint64_t sp_coverage_kind(const struct sp_coverage *coverage, uint32_t index,
                          struct sp_reaction *kind);

/* "OPEN_PASSIVE": an event as the tables call it. */
const char *sp_event_word(enum sp_event_kind kind);

/* What one run of `synproof coverage` has to say. */
struct sp_coverage_report {
    const struct sp_coverage *coverage;
    const struct sp_reasons *reasons;
    const struct sp_requirements *requirements;
    enum sp_exit verdict;
    unsigned rules; /* reached */
    unsigned cells;
    unsigned edges;
    unsigned traced;  /* requirements with rules */
    unsigned reached; /* of them, with one that is reached */
};

/* A requirement that rules stand for, and one of them is reached. */
bool sp_coverage_meets(const struct sp_coverage *coverage, const struct sp_requirement *row);

/* Reached though the table says it is not; or, where there are files, not reached though the table
 * has no reason. Complains of each, and returns how many. */
unsigned sp_coverage_complete(const struct sp_coverage_report *report);

void sp_coverage_text(const struct sp_coverage_report *report);
bool sp_coverage_json(const struct sp_coverage_report *report, const char *path);
bool sp_coverage_html(const struct sp_coverage_report *report, const char *path);

#endif
