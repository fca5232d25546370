/*
 * Graphs as models, and the checker of paths that show violations of liveness.
 *
 * The checker knows nothing of components: it takes the path and looks.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "graph.h"

static bool graph_initial(void *self, void *scratch, uint32_t index, uint64_t *state)
{
    const struct graph *graph = self;
    (void)scratch;
    (void)index;
    *state = graph->initial ^ graph->twist;
    return true;
}

static uint32_t graph_expand(void *self, void *scratch, uint64_t state,
                             struct sp_successor *successors)
{
    const struct graph *graph = self;
    uint32_t count = 0;
    (void)scratch;
    for (uint32_t i = 0; i < graph->edges; i++) {
        if (graph->edge[i].from == (state ^ graph->twist)) {
            successors[count++] = (struct sp_successor){.state = graph->edge[i].to ^ graph->twist};
        }
    }
    return count;
}

static uint64_t graph_pending(void *self, void *scratch, uint64_t state)
{
    const struct graph *graph = self;
    (void)scratch;
    return graph->pending[state ^ graph->twist];
}

static void graph_owed(void *self, void *scratch, uint64_t state, struct sp_obligation *obligations)
{
    const struct graph *graph = self;
    uint32_t count = 0;
    (void)scratch;
    for (uint32_t i = 0; i < graph->edges; i++) {
        if (graph->edge[i].from == (state ^ graph->twist)) {
            const struct graph_edge *edge = &graph->edge[i];
            obligations[count++] = (struct sp_obligation){
                edge->name, (edge->quiet ? SP_ACTION_QUIET : 0u) |
                                (edge->name == GRAPH_STRONG ? SP_ACTION_STRONG : 0u)};
        }
    }
}

struct sp_explore_model graph_model(const struct graph *graph)
{
    return (struct sp_explore_model){
        .self = (void *)(uintptr_t)graph,
        .state_bits = 40,
        .actions_max = 64,
        .initials = 1,
        .initial = graph_initial,
        .expand = graph_expand,
        .liveness = graph->row,
        .livenesses = graph->rows,
        .pending = graph_pending,
        .owed = graph_owed,
    };
}

void graph_reach(const struct sp_explore_model *model, struct sp_numbers *set,
                 struct sp_budget *budget)
{
    struct sp_successor successors[SP_EXPLORE_ACTIONS_MAX];
    size_t room = 64, met = 0;
    uint64_t *queue = malloc(room * sizeof *queue);
    *budget = (struct sp_budget){.max = UINT64_MAX};
    assert_true(sp_numbers_init(set, budget, model->state_bits, model->state_bits));
    for (uint32_t i = 0; i < model->initials; i++) {
        assert_true(model->initial(model->self, NULL, i, &queue[met]));
        met += sp_numbers_put(set, queue[met]) == SP_NUMBERS_NEW;
    }
    for (size_t at = 0; at < met; at++) {
        const uint32_t count = model->expand(model->self, NULL, queue[at], successors);
        while (met + count > room) {
            room *= 2;
            queue = realloc(queue, room * sizeof *queue);
            assert_non_null(queue);
        }
        for (uint32_t i = 0; i < count; i++) {
            queue[met] = successors[i].state;
            met += sp_numbers_put(set, queue[met]) == SP_NUMBERS_NEW;
        }
    }
    free(queue);
}

void graph_judge(const struct sp_explore_model *model, struct sp_explore_result *result)
{
    const struct sp_explore_limits limits = {0};
    struct sp_numbers set;
    struct sp_budget budget;
    char error[256];
    graph_reach(model, &set, &budget);
    const uint64_t held = budget.held;
    *result = (struct sp_explore_result){.end = SP_EXPLORE_COMPLETE};
    if (!sp_liveness_judge(model, NULL, &set, &budget, &limits, 0, result, error, sizeof error)) {
        fail_msg("%s", error);
    }
    assert_int_equal(result->end, SP_EXPLORE_COMPLETE);
    assert_int_equal(budget.held, held);
    sp_numbers_free(&set);
}

void graph_free(struct sp_explore_result *result)
{
    for (unsigned i = 0; i < 64; i++) {
        free(result->violation[i].action);
        free(result->violation[i].state);
    }
    *result = (struct sp_explore_result){0};
}

/* What the actions of a state are owed; their number. */
static uint32_t obligations_of(const struct sp_explore_model *model, uint64_t state,
                               struct sp_obligation *obligations)
{
    struct sp_successor successors[SP_EXPLORE_ACTIONS_MAX];
    memset(obligations, 0, SP_EXPLORE_ACTIONS_MAX * sizeof *obligations);
    if (model->owed != NULL) {
        model->owed(model->self, NULL, state, obligations);
    }
    return model->expand(model->self, NULL, state, successors);
}

static bool offers(const struct sp_explore_model *model, uint64_t state, uint64_t name)
{
    struct sp_obligation obligations[SP_EXPLORE_ACTIONS_MAX];
    const uint32_t count = obligations_of(model, state, obligations);
    bool found = false;
    for (uint32_t i = 0; i < count; i++) {
        found |= obligations[i].name == name;
    }
    return found;
}

/* The cycle takes an action of this name, or need not: it passes a state that does not offer it, or
 * of a strong one none that does. */
static bool served(const struct sp_explore_model *model, const struct sp_explore_path *path,
                   uint64_t name, bool strong)
{
    struct sp_obligation obligations[SP_EXPLORE_ACTIONS_MAX];
    bool taken = false, all = true, some = offers(model, path->state[path->loop], name);
    for (size_t i = path->loop; i < path->count; i++) {
        const bool here = offers(model, path->state[i], name);
        obligations_of(model, path->state[i], obligations);
        taken |= obligations[path->action[i]].name == name;
        all &= here;
        some |= here;
    }
    return taken || (strong ? !some : !all);
}

/* Everything that a state of the path is owed by strong fairness is served. */
static void check_strong(const struct sp_explore_model *model, const struct sp_explore_path *path)
{
    struct sp_obligation obligations[SP_EXPLORE_ACTIONS_MAX];
    for (size_t i = path->loop; i <= path->count; i++) {
        const uint32_t count = obligations_of(model, path->state[i], obligations);
        for (uint32_t j = 0; j < count; j++) {
            const bool strong = (obligations[j].flags & SP_ACTION_STRONG) != 0;
            assert_true(!strong || served(model, path, obligations[j].name, true));
        }
    }
}

static void check_end(const struct sp_explore_model *model, const struct sp_liveness *row,
                      const struct sp_explore_path *path)
{
    struct sp_obligation obligations[SP_EXPLORE_ACTIONS_MAX];
    const uint32_t count = obligations_of(model, path->state[path->loop], obligations);
    if (row->kind == SP_LIVENESS_NO_WAY_OUT) {
        assert_int_equal(path->loop, path->count);
        return;
    }
    if (row->kind == SP_LIVENESS_STORM) {
        assert_true(path->loop < path->count);
        for (size_t i = path->loop; i < path->count; i++) {
            obligations_of(model, path->state[i], obligations);
            assert_true(obligations[path->action[i]].flags & SP_ACTION_QUIET);
        }
        return;
    }
    for (uint32_t i = 0; i < count; i++) {
        const uint64_t name = obligations[i].name;
        assert_true(name == 0 || served(model, path, name, false));
    }
    check_strong(model, path);
}

void graph_check_path(const struct sp_explore_model *model, const struct sp_liveness *row,
                      const struct sp_explore_path *path)
{
    uint64_t state;
    assert_true(path->found);
    assert_true(path->loop <= path->count);
    assert_true(model->initial(model->self, NULL, path->initial, &state));
    assert_int_equal(path->state[0], state);
    for (size_t i = 0; i < path->count; i++) {
        struct sp_successor successors[SP_EXPLORE_ACTIONS_MAX];
        const uint32_t count = model->expand(model->self, NULL, state, successors);
        assert_true(path->action[i] < count);
        state = successors[path->action[i]].state;
        assert_int_equal(path->state[i + 1], state);
    }
    for (size_t i = path->loop; i <= path->count; i++) {
        assert_true(model->pending(model->self, NULL, path->state[i]) >> row->bit & 1);
    }
    assert_int_equal(path->state[path->count], path->state[path->loop]);
    check_end(model, row, path);
}
