/*
 * Putting slices into the set: the part of a search that has one order, and so one thread.
 *
 * A batch of successors is worked on in three passes, each of which overlaps the cache misses of
 * the next: fetch the slots, fetch the records they name, look up and insert.
 * What it does not do: expand, or know of threads.
 * Invariant: records lie in the order of (level, predecessor, action) of their first discovery, and
 * what is counted and noted is exactly what comes before the point where the search stopped.
 */
#define _DEFAULT_SOURCE /* clock_gettime */

#include "explore/search.h"

#include <time.h>

double sp_commit_now(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static void stop(struct sp_search *search, enum sp_explore_end end)
{
    if (!search->stopped) {
        search->result->end = end;
        search->stopped = true;
    }
}

static void report(struct sp_search *search, double now)
{
    struct sp_explore_progress progress = {.level = search->level,
                                           .states = search->visited.states,
                                           .transitions = search->result->transitions,
                                           .frontier = search->frontier,
                                           .expanded = search->expanded,
                                           .memory = search->visited.memory + search->held,
                                           .seconds = now - search->began};
    search->reported = now;
    search->limits->progress(search->limits->to, &progress);
}

void sp_commit_tick(struct sp_search *search)
{
    const struct sp_explore_limits *limits = search->limits;
    bool reports = limits->progress != NULL && limits->progress_every > 0;
    if (reports || limits->seconds > 0) {
        double now = sp_commit_now();
        if (reports && now - search->reported >= limits->progress_every) {
            report(search, now);
        }
        if (limits->seconds > 0 && now - search->began >= limits->seconds) {
            stop(search, SP_EXPLORE_OUT_OF_TIME);
        }
    }
    if (limits->interrupted != NULL && *limits->interrupted != 0) {
        stop(search, SP_EXPLORE_INTERRUPTED);
    }
}

/* Keeps, for each bit, the shortest way it showed; among equals the first. */
static void keep(struct sp_origin *origins, uint64_t bits, struct sp_origin origin)
{
    for (unsigned bit = 0; bits != 0; bit++, bits >>= 1) {
        struct sp_origin *known = &origins[bit];
        if ((bits & 1) != 0 && (!known->found || origin.count < known->count)) {
            *known = origin;
        }
    }
}

/* Notes what the slice's first so many transitions showed. */
static void keep_findings(struct sp_search *search, const struct sp_slice *slice,
                          uint32_t transitions)
{
    for (uint32_t i = 0; i < slice->findings; i++) {
        const struct sp_finding *finding = &slice->finding[i];
        if (finding->transition > transitions) {
            return;
        }
        struct sp_origin origin = {.found = true,
                                   .at_end = finding->at_end,
                                   .state = finding->state,
                                   .count = finding->at_end ? search->level : search->level + 1};
        keep(search->violation, finding->violated, origin);
        keep(search->witness, finding->witnessed, origin);
        search->result->violated |= finding->violated;
        search->result->witnessed |= finding->witnessed;
    }
}

static void fetch_slots(const struct sp_search *search, const struct sp_slice *slice, uint32_t from)
{
    for (uint32_t i = from; i < slice->count && i < from + SP_BATCH; i++) {
        sp_visited_fetch_slot(&search->visited, slice->pending[i].hash);
    }
}

/* Puts one batch into the set. Returns how many transitions that settled. */
static uint32_t put_batch(struct sp_search *search, const struct sp_slice *slice, uint32_t from)
{
    struct sp_visited *visited = &search->visited;
    uint32_t to = from + SP_BATCH < slice->count ? from + SP_BATCH : slice->count;
    for (uint32_t i = from; i < to; i++) {
        sp_visited_fetch_record(visited, slice->pending[i].hash);
    }
    fetch_slots(search, slice, to);
    for (uint32_t i = from; i < to; i++) {
        const struct sp_pending *pending = &slice->pending[i];
        if (sp_visited_put(visited, pending->hash, slice->octets + pending->at, pending->size,
                           pending->parent) == SP_VISITED_FULL) {
            stop(search, visited->states >= visited->states_max ? SP_EXPLORE_OUT_OF_STATES
                                                                : SP_EXPLORE_OUT_OF_MEMORY);
            return pending->transition;
        }
    }
    return to == slice->count ? slice->transitions : slice->pending[to - 1].transition;
}

void sp_commit(struct sp_search *search, const struct sp_slice *slice)
{
    uint64_t before = search->result->transitions;
    uint32_t settled = slice->count == 0 ? slice->transitions : 0;
    fetch_slots(search, slice, 0);
    for (uint32_t from = 0; from < slice->count && !search->stopped; from += SP_BATCH) {
        settled = put_batch(search, slice, from);
        search->result->transitions = before + settled;
        if (from + SP_BATCH < slice->count) {
            sp_commit_tick(search);
        }
    }
    search->result->transitions = before + settled;
    keep_findings(search, slice, settled);
}
