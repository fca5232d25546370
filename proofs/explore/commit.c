/*
 * Putting slices into the set: the part of a search that has one order, and so one thread.
 *
 * The lines of the set that the next successors need are fetched ahead, so that their cache misses
 * overlap. What it does not do: expand, or know of threads.
 * Invariant: states are numbered in the order of (level, predecessor, action) of their first
 * discovery, and what is counted and noted is exactly what comes before the point where the search
 * stopped.
 */
#define _DEFAULT_SOURCE /* clock_gettime */

#include "explore/search.h"

#include <time.h>

/* Successors whose lines are fetched ahead: as many misses as memory can serve at once. */
#define AHEAD 24

double sp_explore_now(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

void sp_commit_stop(struct sp_search *search, enum sp_explore_end end)
{
    if (!search->stopped) {
        search->result->end = end;
        search->stopped = true;
    }
}

static void report(struct sp_search *search, double now)
{
    struct sp_explore_progress progress = {.level = search->level,
                                           .states = search->numbers.count,
                                           .transitions = search->result->transitions,
                                           .frontier = sp_level_count(&search->now),
                                           .before = search->before,
                                           .expanded = search->expanded,
                                           .memory = search->budget.held,
                                           .seconds = search->spent + now - search->began};
    search->reported = now;
    search->limits->progress(search->limits->to, &progress);
}

/* It was asked for, or it is time. */
static bool reports(const struct sp_search *search, double now)
{
    const struct sp_explore_limits *limits = search->limits;
    if (limits->progress == NULL) {
        return false;
    }
    if (limits->asked != NULL && *limits->asked != 0) {
        *limits->asked = 0;
        return true;
    }
    return limits->progress_every > 0 && now - search->reported >= limits->progress_every;
}

void sp_commit_tick(struct sp_search *search)
{
    const struct sp_explore_limits *limits = search->limits;
    double now = sp_explore_now();
    if (reports(search, now)) {
        report(search, now);
    }
    if (limits->seconds > 0 && now - search->began >= limits->seconds) {
        sp_commit_stop(search, SP_EXPLORE_OUT_OF_TIME);
    }
    if (limits->interrupted != NULL && *limits->interrupted != 0) {
        sp_commit_stop(search, SP_EXPLORE_INTERRUPTED);
    }
    search->keeps = limits->checkpoint != NULL && limits->checkpoint->every > 0 &&
                    now - search->kept >= limits->checkpoint->every;
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

/* Room for so many new states everywhere but in the set itself, and for closing `closed` states, so
 * that each is put everywhere or nowhere. */
static bool has_room(struct sp_search *search, uint64_t states, uint64_t closed)
{
    bool has = sp_pieces_reserve(&search->next.states, states * sizeof(uint64_t)) &&
               sp_pieces_reserve(&search->trail.actions, states) &&
               sp_pieces_reserve(&search->trail.links, (states + closed) / 8 + 1);
    if (!has) {
        sp_commit_stop(search, SP_EXPLORE_OUT_OF_MEMORY);
    }
    return has;
}

/* Puts a state where it is new. False: no memory, or the limit of states: the search is stopped. */
static bool put(struct sp_search *search, uint64_t state, uint8_t action)
{
    uint64_t states_max = search->limits->states;
    if (states_max != 0 && search->numbers.count >= states_max) {
        if (sp_numbers_place(&search->numbers, state) != SP_NUMBERS_NO_PLACE) {
            return true;
        }
        sp_commit_stop(search, SP_EXPLORE_OUT_OF_STATES);
        return false;
    }
    enum sp_numbers_put put = sp_numbers_put(&search->numbers, state);
    if (put == SP_NUMBERS_FULL) {
        sp_commit_stop(search, SP_EXPLORE_OUT_OF_MEMORY);
        return false;
    }
    if (put == SP_NUMBERS_NEW) {
        (void)sp_trail_add(&search->trail, action);
        search->next.states.size += sizeof state;
        *sp_level_at(&search->next, sp_level_count(&search->next) - 1) = state;
    }
    return true;
}

bool sp_commit_initial(struct sp_search *search, uint64_t state, uint8_t index)
{
    return has_room(search, 1, 1) && put(search, state, index);
}

/* The states of the level before `place` are done: whatever they lead to is in the set. */
static void close_until(struct sp_search *search, uint64_t place)
{
    for (; search->expanded < place; search->expanded++) {
        (void)sp_trail_next(&search->trail);
        search->skip = 0;
    }
}

/* Puts the pending successors into the set. Returns how many of the slice's transitions were
 * counted when the search stopped, or all of them. */
static uint32_t put_all(struct sp_search *search, const struct sp_slice *slice)
{
    const struct sp_pending *pending = slice->pending;
    for (uint32_t i = 0; i < slice->count && i < AHEAD; i++) {
        sp_numbers_fetch(&search->numbers, pending[i].state);
    }
    for (uint32_t i = 0; i < slice->count; i++) {
        if (i + AHEAD < slice->count) {
            sp_numbers_fetch(&search->numbers, pending[i + AHEAD].state);
        }
        close_until(search, slice->first + pending[i].member);
        if (!put(search, pending[i].state, pending[i].action)) {
            search->skip = pending[i].action;
            search->surplus = 1;
            return pending[i].transition;
        }
    }
    return slice->transitions;
}

void sp_commit(struct sp_search *search, const struct sp_slice *slice)
{
    if (!has_room(search, slice->count, slice->states)) {
        return;
    }
    uint32_t settled = put_all(search, slice);
    search->result->transitions += settled;
    keep_findings(search, slice, settled);
    if (search->stopped) {
        return;
    }
    close_until(search, slice->first + slice->whole);
    if (slice->whole < slice->states && !slice->holder->broken) {
        sp_commit_stop(search, SP_EXPLORE_OUT_OF_NUMBERS);
    }
    sp_pieces_drop(&search->now.states, search->expanded * sizeof(uint64_t));
}
