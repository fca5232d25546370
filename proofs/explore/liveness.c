/*
 * The judgement of liveness: which rows of the model are violated, and by which states.
 *
 * One walk over the whole graph says what is pending where, from where there is a way out, and
 * which states lie on no cycle; a state that does can be stayed in only by stopping there. Of the
 * others each row then has its own part of the graph, in components. Why components decide weak
 * fairness exactly: the states that a fair run meets for ever lie in one component of the pending
 * part. For each name one of them does not offer it, or an action of that name is taken between
 * them; so it is in the whole component. And if it is so in a component, a run around all of it for
 * ever is fair. A strong name that no member serves must be offered by none: the states that do are
 * taken out, and what remains falls into components anew (R. S. Streett's condition; E. A. Emerson,
 * C.-L. Lei, 1987). Invariant: a component's states keep the row's mark exactly if they show a
 * violation.
 */
#include "explore/live.h"

#include <stdlib.h>

uint64_t sp_liveness_octets(const struct sp_explore_model *model, uint64_t places, uint64_t states)
{
    const uint64_t place = sizeof(struct sp_node);
    const uint64_t state = sizeof(uint32_t) + sizeof(uint16_t);
    const uint64_t action = sizeof(struct sp_successor) + sizeof(struct sp_obligation);
    return places * place + states * state + model->actions_max * action;
}

static void close_live(struct sp_live *live)
{
    free(live->node);
    free(live->stack);
    free(live->frame);
    free(live->successors);
    free(live->obligations);
    live->budget->held -= live->held;
}

/* False: there is no memory, and nothing to close. */
static bool open_live(struct sp_live *live)
{
    const uint64_t places = sp_numbers_places(live->set);
    const uint64_t states = live->set->count;
    const uint64_t octets = sp_liveness_octets(live->model, places, states);
    const struct sp_budget *budget = live->budget;
    if (places >= SP_NO_PLACE - 2 || budget->held > budget->max ||
        octets > budget->max - budget->held) {
        return sp_live_stop(live, SP_EXPLORE_OUT_OF_MEMORY);
    }
    live->held = octets;
    live->budget->held += octets;
    live->places = (uint32_t)places;
    live->states = (uint32_t)states;
    live->node = calloc(places + 1, sizeof *live->node);
    live->stack = malloc((states + 1) * sizeof *live->stack);
    live->frame = malloc((states + 1) * sizeof *live->frame);
    live->successors = calloc(live->model->actions_max + 1, sizeof *live->successors);
    live->obligations = calloc(live->model->actions_max + 1, sizeof *live->obligations);
    if (live->node == NULL || live->stack == NULL || live->frame == NULL ||
        live->successors == NULL || live->obligations == NULL) {
        close_live(live);
        return sp_live_stop(live, SP_EXPLORE_OUT_OF_MEMORY);
    }
    return true;
}

/* The marks of all rows of a kind. */
static uint32_t rows_of(const struct sp_explore_model *model, enum sp_liveness_kind kind)
{
    uint32_t rows = 0;
    for (uint32_t i = 0; i < model->livenesses; i++) {
        rows |= (uint32_t)(model->liveness[i].kind == kind) << i;
    }
    return rows;
}

/* The first walk. A component without a cycle is one state: a run may stop in it if it owes
 * nothing, and there is no storm. */
static bool judge_whole(struct sp_live *live)
{
    const uint32_t stuck = rows_of(live->model, SP_LIVENESS_STUCK_IN);
    const uint32_t storms = rows_of(live->model, SP_LIVENESS_STORM);
    struct sp_walk walk = {.surveying = true,
                           .gathers = rows_of(live->model, SP_LIVENESS_NO_WAY_OUT)};
    struct sp_component component;
    sp_walk_all(&walk);
    while (sp_walk_next(live, &walk, &component)) {
        live->done += component.count;
        for (uint32_t i = 0; i < component.count && component.cyclic; i++) {
            live->node[component.member[i]].mark |= SP_MARK_CYCLIC;
        }
        if (!component.cyclic) {
            uint32_t *mark = &live->node[component.member[0]].mark;
            *mark &= ~storms;
            *mark &= (*mark & SP_MARK_OWES) != 0 ? ~stuck : UINT32_MAX;
        }
    }
    return !live->stopped;
}

/* Drops the names that a member does not offer, or with which it leads to a member. */
static bool drop_served(struct sp_live *live, uint32_t member, struct sp_names *names)
{
    if (!sp_live_look_owed(live, member)) {
        return false;
    }
    sp_names_drop_missing(live, names);
    for (uint32_t i = 0; i < live->count && names->count > 0; i++) {
        uint32_t to;
        if (!sp_live_place(live, live->successors[i].state, &to)) {
            return false;
        }
        if ((live->node[to].mark & SP_MARK_MEMBER) != 0) {
            sp_names_drop(names, live->obligations[i].name);
        }
    }
    return true;
}

/* What a fair run leaves to be served that stays in the component, or stops in it: weak names that
 * all members offer and strong ones that some member offers, none of which leads from a member to a
 * member. */
static bool find_unserved(struct sp_live *live, const struct sp_component *component,
                          struct sp_names *names)
{
    bool good = sp_live_look_owed(live, component->member[0]);
    for (uint32_t i = 0; i < component->count; i++) {
        live->node[component->member[i]].mark |= SP_MARK_MEMBER;
    }
    sp_names_offered(live, names);
    for (uint32_t i = 0; i < component->count && good; i++) {
        good = sp_live_look_owed(live, component->member[i]) && sp_names_add_strong(live, names);
    }
    for (uint32_t i = 0; i < component->count && names->count > 0 && good; i++) {
        good = drop_served(live, component->member[i], names);
    }
    for (uint32_t i = 0; i < component->count; i++) {
        live->node[component->member[i]].mark &= ~(uint32_t)SP_MARK_MEMBER;
    }
    return good;
}

/* Takes the row's mark from the members of a component in which no run can stay and be fair. When
 * only strong names are unserved, that may still be so of a part that does not offer them: those
 * members keep the mark, and are to be looked at again. */
static bool judge_component(struct sp_live *live, const struct sp_component *component,
                            uint32_t row, bool *again)
{
    struct sp_names names = {0};
    if (!find_unserved(live, component, &names)) {
        return false;
    }
    if (names.count == 0) {
        return true;
    }
    const bool split = names.strong == names.count;
    for (uint32_t i = 0; i < component->count; i++) {
        const uint32_t member = component->member[i];
        if (split && !sp_live_look_owed(live, member)) {
            return false;
        }
        if (!split || sp_names_offers_strong(live, &names)) {
            live->node[member].mark &= ~(1U << row);
        }
    }
    *again |= split;
    return true;
}

/* The cyclic part of a row, in components. */
static bool judge_components(struct sp_live *live, uint32_t row, bool *again)
{
    const bool storm = live->model->liveness[row].kind == SP_LIVENESS_STORM;
    struct sp_walk walk = {.needed = SP_MARK_CYCLIC | 1U << row, .quiet = storm};
    struct sp_component component;
    *again = false;
    sp_live_clear_low(live);
    sp_walk_all(&walk);
    while (sp_walk_next(live, &walk, &component)) {
        if (!storm && !judge_component(live, &component, row, again)) {
            return false;
        }
        if (storm && !component.cyclic) {
            live->node[component.member[0]].mark &= ~(1U << row);
        }
    }
    return !live->stopped;
}

/* Each time around, a strong name is gone from each component that is looked at again. */
static bool judge_row(struct sp_live *live, uint32_t row)
{
    bool again = true;
    while (again) {
        if (!judge_components(live, row, &again)) {
            return false;
        }
    }
    return true;
}

static bool judge(struct sp_live *live)
{
    const struct sp_explore_model *model = live->model;
    const uint32_t ways = rows_of(model, SP_LIVENESS_NO_WAY_OUT);
    uint32_t cyclic = 0;
    uint32_t violated = 0;
    uint64_t state;
    if (!judge_whole(live)) {
        return false;
    }
    for (uint32_t i = 0; i < live->places; i++) {
        cyclic |= (live->node[i].mark & SP_MARK_CYCLIC) != 0 ? live->node[i].mark : 0;
    }
    for (uint32_t i = 0; i < model->livenesses; i++) {
        if (model->liveness[i].kind != SP_LIVENESS_NO_WAY_OUT && (cyclic >> i & 1) != 0 &&
            !judge_row(live, i)) {
            return false;
        }
    }
    for (uint32_t i = 0; i < live->places; i++) {
        if (sp_numbers_at(live->set, i, &state)) {
            live->node[i].mark ^= ways;
            violated |= live->node[i].mark;
        }
    }
    violated &= (1U << model->livenesses) - 1;
    return violated == 0 || sp_lasso_build(live, violated);
}

bool sp_liveness_judge(const struct sp_explore_model *model, void *scratch,
                       const struct sp_numbers *set, struct sp_budget *budget,
                       const struct sp_explore_limits *limits, double spent,
                       struct sp_explore_result *result, char *error, size_t error_capacity)
{
    struct sp_live live = {
        .model = model,
        .scratch = scratch,
        .set = set,
        .limits = limits,
        .result = result,
        .budget = budget,
        .at = SP_NO_PLACE,
        .began = sp_live_now(),
        .spent = spent,
        .error = error,
        .error_capacity = error_capacity,
    };
    live.reported = live.began;
    error[0] = '\0';
    if (model->livenesses == 0) {
        return true;
    }
    if (model->livenesses > SP_LIVENESS_ROWS_MAX) {
        return sp_live_broken(&live, "the model has more rows than there are marks");
    }
    if (open_live(&live)) {
        (void)judge(&live);
        close_live(&live);
    }
    return !live.broken;
}
