/*
 * Strongly connected components of a part of the graph, without recursion and without the graph.
 *
 * R. Tarjan, 1972, in the form of D. J. Pearce, 2016: one number a state, `low`, which is the order
 * in which it was met and later the lowest that it is known to reach; a state that keeps its own is
 * the first of its component. The path and the states behind it that have no component yet share
 * one array, from both ends, because no state is in both. On coming back to a state its successors
 * are asked for again.
 * Invariant: a component comes after all that it leads to.
 */
#include "explore/live.h"

/* In a frame: the action to take next, and what is known of the state. */
enum {
    ACTION = 0x0fff,
    REACHES_LOWER = 0x4000, /* its component began before it */
    LOOPS = 0x8000,         /* an action leads from it to itself */
};

_Static_assert(SP_EXPLORE_ACTIONS_MAX < ACTION, "an action and one past the last fit");

/* In `low`: the component is known. */
#define KNOWN UINT32_MAX

void sp_walk_all(struct sp_walk *walk)
{
    walk->next = 0;
    walk->met = 0;
    walk->depth = 0;
    walk->waiting = 0;
}

/* What the model says of a state that is met for the first time. */
static void survey(struct sp_live *live, uint32_t place)
{
    const struct sp_explore_model *model = live->model;
    uint64_t state = 0;
    (void)sp_numbers_at(live->set, place, &state);
    const uint64_t pending = model->pending(model->self, live->scratch, state);
    uint32_t mark = 0;
    for (uint32_t i = 0; i < model->livenesses; i++) {
        const struct sp_liveness *row = &model->liveness[i];
        const bool is_pending = (pending >> row->bit & 1) != 0;
        mark |= (uint32_t)(is_pending != (row->kind == SP_LIVENESS_NO_WAY_OUT)) << i;
    }
    for (uint32_t i = 0; i < live->count; i++) {
        mark |= live->obligations[i].name != 0 ? SP_MARK_OWES : 0U;
    }
    live->node[place].mark = mark;
}

static bool meet(struct sp_live *live, struct sp_walk *walk, uint32_t place)
{
    live->node[place].low = ++walk->met;
    live->stack[walk->depth] = place;
    live->frame[walk->depth] = 0;
    walk->depth++;
    if (!walk->surveying) {
        return true;
    }
    if (!sp_live_look_owed(live, place)) {
        return false;
    }
    survey(live, place);
    return true;
}

bool sp_walk_from(struct sp_live *live, struct sp_walk *walk, uint32_t place)
{
    sp_walk_all(walk);
    walk->next = SP_NO_PLACE;
    return meet(live, walk, place);
}

/* What is known of a state, on the state that led to it. */
static void learn(struct sp_live *live, struct sp_walk *walk, uint32_t from, uint32_t to)
{
    live->node[from].mark |= live->node[to].mark & walk->gathers;
    if (live->node[to].low < live->node[from].low) {
        live->node[from].low = live->node[to].low;
        live->frame[walk->depth - 1] |= REACHES_LOWER;
    }
}

/* Takes the actions of the state at the end of the path until one leads to a state not yet met,
 * which becomes the end. *ended: there was none. */
static bool go_on(struct sp_live *live, struct sp_walk *walk, bool *ended)
{
    const uint32_t place = live->stack[walk->depth - 1];
    uint16_t *frame = &live->frame[walk->depth - 1];
    if (walk->quiet ? !sp_live_look_owed(live, place) : !sp_live_look(live, place)) {
        return false;
    }
    for (uint32_t i = *frame & ACTION; i < live->count; i++) {
        uint32_t to;
        (*frame)++;
        if (walk->quiet && (live->obligations[i].flags & SP_ACTION_QUIET) == 0) {
            continue;
        }
        if (!sp_live_place(live, live->successors[i].state, &to)) {
            return false;
        }
        if ((live->node[to].mark & walk->needed) != walk->needed) {
            continue;
        }
        if (live->node[to].low == 0) {
            return meet(live, walk, to);
        }
        *frame |= to == place ? LOOPS : 0;
        learn(live, walk, place, to);
    }
    *ended = true;
    return true;
}

/* The state at the end of the path is done with. True: it was the first of its component. */
static bool leave(struct sp_live *live, struct sp_walk *walk, struct sp_component *component)
{
    const uint32_t first = live->states - walk->waiting;
    const uint32_t place = live->stack[--walk->depth];
    const uint16_t frame = live->frame[walk->depth];
    uint32_t end = first;
    if ((frame & REACHES_LOWER) != 0) {
        live->stack[first - 1] = place;
        walk->waiting++;
        learn(live, walk, live->stack[walk->depth - 1], place);
        return false;
    }
    while (end < live->states && live->node[live->stack[end]].low >= live->node[place].low) {
        end++;
    }
    live->stack[first - 1] = place;
    walk->waiting = live->states - end;
    for (uint32_t i = first - 1; i < end; i++) {
        live->node[live->stack[i]].low = KNOWN;
        live->node[live->stack[i]].mark |= live->node[place].mark & walk->gathers;
    }
    *component = (struct sp_component){
        .member = &live->stack[first - 1],
        .count = end - first + 1,
        .cyclic = end > first || (frame & LOOPS) != 0,
    };
    if (walk->depth > 0) {
        learn(live, walk, live->stack[walk->depth - 1], place);
    }
    return true;
}

/* A path begins at the next place where a state of the part stands that was not met. */
static bool begin(struct sp_live *live, struct sp_walk *walk)
{
    for (; walk->next < live->places; walk->next++) {
        const uint32_t place = walk->next;
        uint64_t state;
        if (live->node[place].low == 0 && (live->node[place].mark & walk->needed) == walk->needed &&
            sp_numbers_at(live->set, place, &state)) {
            return meet(live, walk, place);
        }
    }
    walk->next = SP_NO_PLACE;
    return false;
}

bool sp_walk_next(struct sp_live *live, struct sp_walk *walk, struct sp_component *component)
{
    while (walk->depth > 0 || begin(live, walk)) {
        bool ended = false;
        if (!go_on(live, walk, &ended)) {
            return false;
        }
        if (ended && leave(live, walk, component)) {
            return true;
        }
    }
    return false;
}
