/*
 * Paths that show a violation of liveness: to the first state that shows it, and around its cycle.
 *
 * Everything here goes by breadth-first order from the initial states and by the order of actions,
 * so the path does not depend on the numbers of states. In a fair component the cycle goes, again
 * and again, to where a search first finds one more name served, until all are, and then home. All
 * strong names of the component are served, whether or not the cycle passes where they are offered.
 * What it does not do: decide anything. The marks say which states show a violation.
 * Invariant: between two searches `low` is all 0; within one, it holds predecessors.
 */
#include "explore/live.h"

#include <stdlib.h>

/* In `low`, of a state that a search met: where it came from, as place + 2, or that it began here.
 */
enum { BEGAN = 1, FROM = 2 };

#define NO_ACTION UINT32_MAX

/* What a search goes by, and what it looks for: an action to `home`; a state that does not offer
 * one of the names, or an action that has it. */
struct goal {
    uint32_t within;              /* only through states with these marks */
    bool quiet;                   /* only by quiet actions */
    uint32_t home;                /* SP_NO_PLACE: none */
    const struct sp_names *names; /* NULL: none */
};

/* Where a search ended: at a state, or after one more action from there. */
struct find {
    uint32_t place;
    uint32_t action; /* NO_ACTION: none */
    uint32_t to;
};

/* Room for so many more actions, and for the states behind them. */
static bool make_room(struct sp_live *live, struct sp_explore_path *path, size_t more)
{
    const size_t room = path->count + more + 1;
    uint8_t *action = realloc(path->action, room * sizeof *action);
    path->action = action != NULL ? action : path->action;
    uint64_t *state = realloc(path->state, room * sizeof *state);
    path->state = state != NULL ? state : path->state;
    return (action != NULL && state != NULL) || sp_live_stop(live, SP_EXPLORE_OUT_OF_MEMORY);
}

/* Appends an action of the state at a place, which is where the path ends. */
static bool append_action(struct sp_live *live, struct sp_explore_path *path, uint32_t place,
                          uint32_t action)
{
    if (!sp_live_look(live, place) || !make_room(live, path, 1)) {
        return false;
    }
    path->action[path->count] = (uint8_t)action;
    path->state[path->count + 1] = live->successors[action].state;
    path->count++;
    return true;
}

/* The first action of the state `from`, quiet if it must be, that leads to the state `to`. */
static bool find_action(struct sp_live *live, uint64_t from, uint64_t to, bool quiet,
                        uint32_t *action)
{
    uint32_t place;
    if (!sp_live_place(live, from, &place) || !sp_live_look_owed(live, place)) {
        return false;
    }
    for (*action = 0; *action < live->count; (*action)++) {
        const bool good = !quiet || (live->obligations[*action].flags & SP_ACTION_QUIET) != 0;
        if (live->successors[*action].state == to && good) {
            return true;
        }
    }
    return sp_live_broken(live, "a state does not lead where it led before");
}

/* Appends the way of a search from where it began, which is where the path ends, to a place. */
static bool append_way(struct sp_live *live, struct sp_explore_path *path, uint32_t place,
                       bool quiet)
{
    size_t steps = 0;
    for (uint32_t at = place; live->node[at].low != BEGAN; at = live->node[at].low - FROM) {
        steps++;
    }
    if (!make_room(live, path, steps)) {
        return false;
    }
    const size_t end = path->count + steps;
    uint32_t at = place;
    for (size_t i = end; i > path->count; i--) {
        (void)sp_numbers_at(live->set, at, &path->state[i]);
        at = live->node[at].low - FROM;
    }
    for (; path->count < end; path->count++) {
        const uint64_t *state = &path->state[path->count];
        uint32_t action;
        if (!find_action(live, state[0], state[1], quiet, &action)) {
            return false;
        }
        path->action[path->count] = (uint8_t)action;
    }
    return true;
}

/* The state at a place reaches the goal, by itself or by one of its actions. Actions that lead to
 * states not yet met put them behind the others in the queue stack[0..*met). */
static bool advance(struct sp_live *live, const struct goal *goal, uint32_t place, uint32_t *met,
                    struct find *find)
{
    struct sp_names left;
    left.count = 0;
    left.strong = 0;
    if (goal->names != NULL) {
        left = *goal->names;
    }
    if (!sp_live_look_owed(live, place)) {
        return false;
    }
    if (sp_names_drop_missing(live, &left)) {
        *find = (struct find){place, NO_ACTION, place};
        return true;
    }
    for (uint32_t i = 0; i < live->count; i++) {
        uint32_t to;
        if (goal->quiet && (live->obligations[i].flags & SP_ACTION_QUIET) == 0) {
            continue;
        }
        if (!sp_live_place(live, live->successors[i].state, &to)) {
            return false;
        }
        if ((live->node[to].mark & goal->within) != goal->within) {
            continue;
        }
        if (to == goal->home || sp_names_drop(&left, live->obligations[i].name)) {
            *find = (struct find){place, i, to};
            return true;
        }
        if (live->node[to].low == 0) {
            live->node[to].low = place + FROM;
            live->stack[(*met)++] = to;
        }
    }
    return true;
}

/* Appends the way from a place to the goal that a search finds first; *at: where it ends. */
static bool go(struct sp_live *live, const struct goal *goal, struct sp_explore_path *path,
               uint32_t *at)
{
    struct find find = {.place = SP_NO_PLACE};
    uint32_t met = 1;
    live->node[*at].low = BEGAN;
    live->stack[0] = *at;
    for (uint32_t i = 0; i < met && find.place == SP_NO_PLACE; i++) {
        if (!advance(live, goal, live->stack[i], &met, &find)) {
            return false;
        }
    }
    if (find.place == SP_NO_PLACE) {
        return sp_live_broken(live, "a cycle that was found is not found again");
    }
    if (!append_way(live, path, find.place, goal->quiet) ||
        (find.action != NO_ACTION && !append_action(live, path, find.place, find.action))) {
        return false;
    }
    for (uint32_t i = 0; i < met; i++) {
        live->node[live->stack[i]].low = 0;
    }
    *at = find.to;
    return true;
}

/* Marks the component of a state within the part where the row is violated; adds the strong names
 * that its states offer. *cyclic: it has a cycle; else a run stops in its one state. */
static bool mark_component(struct sp_live *live, uint32_t row, bool quiet, uint32_t entry,
                           struct sp_names *names, bool *cyclic)
{
    struct sp_walk walk = {.needed = SP_MARK_CYCLIC | 1U << row, .quiet = quiet};
    struct sp_component component = {0};
    if (!sp_walk_from(live, &walk, entry)) {
        return false;
    }
    while (sp_walk_next(live, &walk, &component)) {
    }
    for (uint32_t i = 0; i < component.count && !live->stopped; i++) {
        live->node[component.member[i]].mark |= SP_MARK_MEMBER;
        if (sp_live_look_owed(live, component.member[i])) {
            (void)sp_names_add_strong(live, names);
        }
    }
    sp_live_clear_low(live);
    *cyclic = component.cyclic;
    return !live->stopped;
}

/* The names that the last action of the path, and where it ends, leave to be served. */
static bool drop_served(struct sp_live *live, const struct sp_explore_path *path, uint32_t at,
                        size_t before, struct sp_names *names)
{
    uint32_t last;
    if (path->count > before) {
        if (!sp_live_place(live, path->state[path->count - 1], &last) ||
            !sp_live_look_owed(live, last)) {
            return false;
        }
        sp_names_drop(names, live->obligations[path->action[path->count - 1]].name);
    }
    if (!sp_live_look_owed(live, at)) {
        return false;
    }
    sp_names_drop_missing(live, names);
    return true;
}

/* A cycle from the entry and back, within its component, if that has any: a fair one, or the
 * shortest quiet one. */
static bool append_cycle(struct sp_live *live, uint32_t row, uint32_t entry,
                         struct sp_explore_path *path)
{
    const bool quiet = live->model->liveness[row].kind == SP_LIVENESS_STORM;
    struct sp_names names = {0};
    struct goal goal = {
        .within = SP_MARK_MEMBER, .quiet = quiet, .home = SP_NO_PLACE, .names = &names};
    uint32_t at = entry;
    bool cyclic = false;
    if (!sp_live_look_owed(live, entry)) {
        return false;
    }
    sp_names_offered(live, &names);
    if (!mark_component(live, row, quiet, entry, &names, &cyclic)) {
        return false;
    }
    if (quiet || !cyclic) {
        names = (struct sp_names){0};
    }
    while (names.count > 0) {
        const size_t before = path->count;
        if (!go(live, &goal, path, &at) || !drop_served(live, path, at, before, &names)) {
            return false;
        }
    }
    goal.home = entry;
    if (cyclic && (at != entry || path->count == path->loop) && !go(live, &goal, path, &at)) {
        return false;
    }
    for (uint32_t i = 0; i < live->places; i++) {
        live->node[i].mark &= ~(uint32_t)SP_MARK_MEMBER;
    }
    return true;
}

/* Puts the initial states into the queue. *met: how many. */
static bool start(struct sp_live *live, uint32_t *met)
{
    const struct sp_explore_model *model = live->model;
    *met = 0;
    for (uint32_t i = 0; i < model->initials; i++) {
        uint64_t state;
        uint32_t place;
        if (!model->initial(model->self, live->scratch, i, &state)) {
            return sp_live_stop(live, SP_EXPLORE_OUT_OF_NUMBERS);
        }
        if (!sp_live_place(live, state, &place)) {
            return false;
        }
        if (live->node[place].low == 0) {
            live->node[place].low = BEGAN;
            live->stack[(*met)++] = place;
        }
    }
    return true;
}

/* Finds the first state with the mark of each row of `rows`, and leaves in `low` how to get there.
 */
static bool find_entries(struct sp_live *live, uint32_t rows, uint32_t *entry)
{
    const struct goal anywhere = {.home = SP_NO_PLACE};
    struct find none;
    uint32_t met;
    if (!start(live, &met)) {
        return false;
    }
    for (uint32_t i = 0; i < met && rows != 0; i++) {
        const uint32_t place = live->stack[i];
        const uint32_t found = live->node[place].mark & rows;
        for (uint32_t row = 0; row < live->model->livenesses; row++) {
            entry[row] = (found >> row & 1) != 0 ? place : entry[row];
        }
        rows &= ~found;
        if (!advance(live, &anywhere, place, &met, &none)) {
            return false;
        }
    }
    return rows == 0 || sp_live_broken(live, "a state of the set cannot be reached again");
}

/* The path to an entry begins in an initial state, the first with that number. */
static bool begin_path(struct sp_live *live, uint32_t entry, struct sp_explore_path *path)
{
    const struct sp_explore_model *model = live->model;
    uint32_t at = entry;
    uint64_t first = 0;
    uint64_t state = 0;
    while (live->node[at].low != BEGAN) {
        at = live->node[at].low - FROM;
    }
    if (!make_room(live, path, 0)) {
        return false;
    }
    (void)sp_numbers_at(live->set, at, &first);
    path->state[0] = first;
    for (path->initial = 0; path->initial < model->initials; path->initial++) {
        if (model->initial(model->self, live->scratch, path->initial, &state) && state == first) {
            return true;
        }
    }
    return sp_live_broken(live, "an initial state is not where it was before");
}

bool sp_lasso_build(struct sp_live *live, uint32_t rows)
{
    const struct sp_explore_model *model = live->model;
    struct sp_explore_path path[SP_LIVENESS_ROWS_MAX] = {0};
    uint32_t entry[SP_LIVENESS_ROWS_MAX] = {0};
    sp_live_clear_low(live);
    bool good = find_entries(live, rows, entry);
    for (uint32_t row = 0; row < model->livenesses && good; row++) {
        if ((rows >> row & 1) != 0) {
            good = begin_path(live, entry[row], &path[row]) &&
                   append_way(live, &path[row], entry[row], false);
            path[row].loop = path[row].count;
        }
    }
    sp_live_clear_low(live);
    for (uint32_t row = 0; row < model->livenesses; row++) {
        const struct sp_liveness *what = &model->liveness[row];
        const bool ends = what->kind == SP_LIVENESS_NO_WAY_OUT ||
                          (live->node[entry[row]].mark & SP_MARK_CYCLIC) == 0;
        if ((rows >> row & 1) == 0) {
            continue;
        }
        good = good && (ends || append_cycle(live, row, entry[row], &path[row]));
        if (good) {
            path[row].found = true;
            live->result->violation[what->bit] = path[row];
            live->result->violated |= UINT64_C(1) << what->bit;
        } else {
            free(path[row].action);
            free(path[row].state);
        }
    }
    return good;
}
