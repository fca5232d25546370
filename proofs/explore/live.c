/*
 * Looking at single states for the judgement of liveness: what a state leads to, what it owes.
 *
 * Every look is counted here, and now and then the clock, the interrupt and the wish for progress
 * are looked at as well. What it does not do: walk.
 * Invariant: `at` names the state of which successors and obligations are those held.
 */
#define _DEFAULT_SOURCE /* clock_gettime */

#include "explore/live.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

/* Looks between two looks at the clock, some hundred microseconds. */
#define SP_LOOKS 1024

double sp_live_now(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

bool sp_live_stop(struct sp_live *live, enum sp_explore_end end)
{
    if (!live->stopped) {
        live->result->end = end;
        live->stopped = true;
    }
    return false;
}

bool sp_live_broken(struct sp_live *live, const char *sentence)
{
    if (!live->broken) {
        snprintf(live->error, live->error_capacity, "liveness: %s", sentence);
        live->broken = true;
        live->stopped = true;
    }
    return false;
}

static void report(struct sp_live *live, double now)
{
    const struct sp_explore_progress progress = {
        .level = live->result->depth,
        .states = live->states,
        .transitions = live->result->transitions,
        .frontier = live->states,
        .expanded = live->done,
        .memory = live->budget->held,
        .seconds = live->result->seconds + now - live->began,
    };
    live->reported = now;
    live->limits->progress(live->limits->to, &progress);
}

static bool tick(struct sp_live *live)
{
    const struct sp_explore_limits *limits = live->limits;
    const double now = sp_live_now();
    const bool asked = limits->asked != NULL && *limits->asked != 0;
    const bool due = limits->progress_every > 0 && now - live->reported >= limits->progress_every;
    if (asked) {
        *limits->asked = 0;
    }
    if (limits->progress != NULL && (asked || due)) {
        report(live, now);
    }
    if (limits->interrupted != NULL && *limits->interrupted != 0) {
        return sp_live_stop(live, SP_EXPLORE_INTERRUPTED);
    }
    if (limits->seconds > 0 && live->spent + now - live->began >= limits->seconds) {
        return sp_live_stop(live, SP_EXPLORE_OUT_OF_TIME);
    }
    return true;
}

bool sp_live_look(struct sp_live *live, uint32_t place)
{
    const struct sp_explore_model *model = live->model;
    uint64_t state;
    if (live->at == place) {
        return true;
    }
    if (live->looks++ % SP_LOOKS == 0 && !tick(live)) {
        return false;
    }
    live->at = SP_NO_PLACE;
    if (!sp_numbers_at(live->set, place, &state)) {
        return sp_live_broken(live, "a place of the set is empty that was not");
    }
    live->count = model->expand(model->self, live->scratch, state, live->successors);
    if (live->count == SP_EXPLORE_NO_NUMBER) {
        return sp_live_stop(live, SP_EXPLORE_OUT_OF_NUMBERS);
    }
    if (live->count > model->actions_max) {
        return sp_live_broken(live, "a state has more actions than actions_max");
    }
    for (uint32_t i = 0; i < live->count; i++) {
        sp_numbers_fetch(live->set, live->successors[i].state);
    }
    live->at = place;
    live->obliged = false;
    return true;
}

bool sp_live_look_owed(struct sp_live *live, uint32_t place)
{
    const struct sp_explore_model *model = live->model;
    uint64_t state;
    if (!sp_live_look(live, place)) {
        return false;
    }
    if (live->obliged) {
        return true;
    }
    memset(live->obligations, 0, live->count * sizeof *live->obligations);
    if (model->owed != NULL && sp_numbers_at(live->set, place, &state)) {
        model->owed(model->self, live->scratch, state, live->obligations);
    }
    live->obliged = true;
    return true;
}

bool sp_live_place(struct sp_live *live, uint64_t state, uint32_t *place)
{
    const uint64_t found = sp_numbers_place(live->set, state);
    if (found >= live->places) {
        return sp_live_broken(live, "an action leads to a state that the search did not find");
    }
    *place = (uint32_t)found;
    return true;
}

void sp_live_clear_low(struct sp_live *live)
{
    for (uint32_t i = 0; i < live->places; i++) {
        live->node[i].low = 0;
    }
}

/* The place of a name among names[begin..end), or end. */
static uint32_t find_name(const struct sp_names *names, uint32_t begin, uint32_t end, uint64_t name)
{
    while (begin < end && names->name[begin] != name) {
        begin++;
    }
    return begin;
}

static bool is_strong(const struct sp_obligation *obligation)
{
    return (obligation->flags & SP_ACTION_STRONG) != 0;
}

void sp_names_offered(const struct sp_live *live, struct sp_names *names)
{
    names->count = 0;
    names->strong = 0;
    for (uint32_t i = 0; i < live->count; i++) {
        const struct sp_obligation *obligation = &live->obligations[i];
        if (obligation->name != 0 && !is_strong(obligation) &&
            find_name(names, 0, names->count, obligation->name) == names->count) {
            names->name[names->count++] = obligation->name;
        }
    }
}

bool sp_names_add_strong(struct sp_live *live, struct sp_names *names)
{
    for (uint32_t i = 0; i < live->count; i++) {
        const struct sp_obligation *obligation = &live->obligations[i];
        if (obligation->name == 0 || !is_strong(obligation) ||
            find_name(names, 0, names->strong, obligation->name) < names->strong) {
            continue;
        }
        if (names->strong == SP_EXPLORE_ACTIONS_MAX) {
            return sp_live_broken(live, "the model has more strong names than there may be");
        }
        names->name[names->count++] = names->name[names->strong];
        names->name[names->strong++] = obligation->name;
    }
    return true;
}

bool sp_names_offers_strong(const struct sp_live *live, const struct sp_names *names)
{
    bool offers = false;
    for (uint32_t i = 0; i < live->count; i++) {
        const uint64_t name = live->obligations[i].name;
        offers |= find_name(names, 0, names->strong, name) < names->strong;
    }
    return offers;
}

bool sp_names_drop_missing(const struct sp_live *live, struct sp_names *names)
{
    struct sp_names offered;
    const uint32_t before = names->count;
    sp_names_offered(live, &offered);
    names->count = names->strong;
    for (uint32_t i = names->strong; i < before; i++) {
        if (find_name(&offered, 0, offered.count, names->name[i]) < offered.count) {
            names->name[names->count++] = names->name[i];
        }
    }
    return names->count < before;
}

bool sp_names_drop(struct sp_names *names, uint64_t name)
{
    uint32_t at = find_name(names, 0, names->count, name);
    if (at == names->count) {
        return false;
    }
    if (at < names->strong) {
        names->name[at] = names->name[--names->strong];
        at = names->strong;
    }
    names->name[at] = names->name[--names->count];
    return true;
}
