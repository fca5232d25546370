/*
 * Liveness on graphs whose answers are known: drawn by hand, from the literature on mutual
 * exclusion, or by a definition applied to all subsets of a small random graph.
 *
 * Every path that shows a violation is walked again by tests/support/graph.c, which knows nothing
 * of components.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "graph.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static const struct sp_liveness stuck = {0, SP_LIVENESS_STUCK_IN};
static const struct sp_liveness no_way_out = {0, SP_LIVENESS_NO_WAY_OUT};
static const struct sp_liveness storm = {0, SP_LIVENESS_STORM};

/* Names of what is owed. */
enum { NOBODY, X, Y, Z, STRONG = GRAPH_STRONG };

static struct sp_explore_result result;

/* Judges, and checks every path; the number of rows violated is returned. */
static unsigned judge(const struct sp_explore_model *model)
{
    unsigned violated = 0;
    graph_free(&result);
    graph_judge(model, &result);
    for (uint32_t i = 0; i < model->livenesses; i++) {
        const unsigned bit = model->liveness[i].bit;
        if ((result.violated >> bit & 1) != 0) {
            graph_check_path(model, &model->liveness[i], &result.violation[bit]);
            violated++;
        }
    }
    return violated;
}

/* One row on a graph drawn by hand; `pending`: bit i says that it is pending in node i. */
static bool violates(const struct sp_liveness *row, uint64_t pending, const struct graph_edge *edge,
                     uint32_t edges)
{
    uint64_t by_node[64];
    for (unsigned i = 0; i < 64; i++) {
        by_node[i] = pending >> i & 1;
    }
    const struct graph graph = {
        .nodes = 64, .edge = edge, .edges = edges, .pending = by_node, .row = row, .rows = 1};
    const struct sp_explore_model model = graph_model(&graph);
    return judge(&model) != 0;
}

static void assert_path(size_t loop, size_t count)
{
    assert_int_equal(result.violation[0].loop, loop);
    assert_int_equal(result.violation[0].count, count);
}

#define ALL UINT64_MAX

static void quiet_ping_pong_is_a_storm(void **state)
{
    static const struct graph_edge edge[] = {{0, 1, 0, false}, {1, 2, 0, true}, {2, 1, 0, true}};
    (void)state;
    assert_true(violates(&storm, ALL, edge, COUNT(edge)));
    assert_path(1, 3);
}

static void ping_pong_with_a_timer_is_no_storm(void **state)
{
    static const struct graph_edge edge[] = {
        {0, 1, 0, true}, {1, 2, 0, true}, {2, 1, 0, false}, {2, 3, 0, true}};
    (void)state;
    assert_false(violates(&storm, ALL, edge, COUNT(edge)));
}

static void quiet_cycle_inside_another_cycle_is_a_storm(void **state)
{
    static const struct graph_edge edge[] = {{0, 1, 0, false}, {1, 2, 0, true}, {2, 3, 0, true},
                                             {3, 2, 0, true},  {3, 0, 0, true}, {2, 0, 0, true}};
    (void)state;
    assert_true(violates(&storm, ALL, edge, COUNT(edge)));
    assert_path(2, 4);
}

static void quiet_cycle_outside_pending_states_is_no_storm(void **state)
{
    static const struct graph_edge edge[] = {{0, 1, 0, false}, {1, 2, 0, true}, {2, 1, 0, true}};
    (void)state;
    assert_false(violates(&storm, 1U << 1, edge, COUNT(edge)));
}

static void quiet_step_to_itself_is_a_storm(void **state)
{
    static const struct graph_edge edge[] = {{0, 0, 0, true}};
    (void)state;
    assert_true(violates(&storm, ALL, edge, COUNT(edge)));
    assert_path(0, 1);
}

static void cycle_that_nobody_must_leave_is_stuck(void **state)
{
    static const struct graph_edge edge[] = {{0, 1, 0, false}, {1, 0, 0, false}, {1, 2, 0, false}};
    (void)state;
    assert_true(violates(&stuck, 1U << 0 | 1U << 1, edge, COUNT(edge)));
    assert_path(0, 2);
}

static void action_owed_all_the_time_and_never_taken_is_unfair(void **state)
{
    static const struct graph_edge edge[] = {
        {0, 1, 0, false}, {1, 0, 0, false}, {0, 2, X, false}, {1, 2, X, false}};
    (void)state;
    assert_false(violates(&stuck, 1U << 0 | 1U << 1, edge, COUNT(edge)));
}

static void action_owed_now_and_then_may_never_be_taken(void **state)
{
    static const struct graph_edge edge[] = {{0, 1, 0, false}, {1, 0, 0, false}, {1, 2, X, false}};
    (void)state;
    assert_true(violates(&stuck, 1U << 0 | 1U << 1, edge, COUNT(edge)));
    assert_path(0, 2);
}

static void action_owed_strongly_is_taken_if_possible_now_and_then(void **state)
{
    static const struct graph_edge edge[] = {
        {0, 1, Y, false}, {1, 0, 0, false}, {1, 2, STRONG, false}};
    (void)state;
    assert_false(violates(&stuck, 1U << 0 | 1U << 1, edge, COUNT(edge)));
}

/* The run may keep away from state 1, where the action is possible. */
static void what_is_owed_strongly_is_owed_only_where_it_is_possible(void **state)
{
    static const struct graph_edge edge[] = {{0, 1, 0, false},
                                             {1, 0, 0, false},
                                             {1, 2, STRONG, false},
                                             {0, 3, 0, false},
                                             {3, 0, 0, false}};
    (void)state;
    assert_true(violates(&stuck, 1U << 0 | 1U << 1 | 1U << 3, edge, COUNT(edge)));
    assert_path(0, 2);
    assert_int_equal(result.violation[0].state[1], 3);
}

/* Without state 1 the others fall apart into {0} and {2, 3}, of which {2, 3} still owes X. */
static void what_falls_apart_is_judged_again(void **state)
{
    static const struct graph_edge edge[] = {
        {0, 1, 0, false}, {1, 2, 0, false}, {1, 9, STRONG, false},
        {2, 3, 0, false}, {3, 2, 0, false}, {2, 9, X, false},
        {3, 9, X, false}, {3, 0, 0, false}, {0, 0, Y, false}};
    static const struct graph_edge without_x[] = {
        {0, 1, 0, false}, {1, 2, 0, false}, {1, 9, STRONG, false}, {2, 3, 0, false},
        {3, 2, 0, false}, {3, 0, 0, false}, {0, 9, Y, false}};
    (void)state;
    assert_true(violates(&stuck, 0xf, edge, COUNT(edge)));
    assert_path(0, 1);
    assert_true(violates(&stuck, 0xf, without_x, COUNT(without_x)));
    assert_path(2, 4);
}

static void two_names_do_not_serve_each_other(void **state)
{
    static const struct graph_edge edge[] = {
        {0, 1, X, false}, {1, 0, X, false}, {0, 2, Y, false}, {1, 2, Y, false}};
    (void)state;
    assert_false(violates(&stuck, 1U << 0 | 1U << 1, edge, COUNT(edge)));
}

static void same_name_taken_within_serves_the_one_that_leads_out(void **state)
{
    static const struct graph_edge edge[] = {{0, 0, X, false}, {0, 1, X, false}};
    (void)state;
    assert_true(violates(&stuck, 1U << 0, edge, COUNT(edge)));
    assert_path(0, 1);
}

/* X is taken on the edge from 1 to 2 alone, Y is missing in 3 alone: the cycle goes by both. */
static void cycle_shown_serves_every_name(void **state)
{
    static const struct graph_edge edge[] = {
        {0, 0, 0, false}, {0, 9, X, false}, {0, 9, Y, false}, {0, 1, 0, false},
        {0, 3, 0, false}, {1, 2, X, false}, {1, 9, Y, false}, {2, 0, 0, false},
        {2, 9, X, false}, {2, 9, Y, false}, {3, 0, 0, false}, {3, 9, X, false},
    };
    (void)state;
    assert_true(violates(&stuck, 0x1ff, edge, COUNT(edge)));
    assert_path(0, 5);
}

static void pending_state_without_actions_is_stuck(void **state)
{
    static const struct graph_edge edge[] = {{0, 1, X, false}, {0, 2, 0, false}, {2, 3, X, false}};
    (void)state;
    assert_true(violates(&stuck, 1U << 0 | 1U << 3, edge, COUNT(edge)));
    assert_path(2, 2);
    assert_false(violates(&stuck, 1U << 0 | 1U << 2, edge, COUNT(edge)));
}

/* Nobody must take the action: the run may stop before it. */
static void pending_state_that_owes_nothing_is_stuck(void **state)
{
    static const struct graph_edge edge[] = {{0, 1, X, false}, {1, 2, 0, false}};
    (void)state;
    assert_true(violates(&stuck, 1U << 0 | 1U << 1, edge, COUNT(edge)));
    assert_path(1, 1);
}

/* The same in the midst of a cycle that is not pending all along. */
static void run_may_stop_on_a_cycle_that_leaves_the_pending_states(void **state)
{
    static const struct graph_edge edge[] = {{0, 1, X, false}, {1, 2, 0, false}, {2, 0, X, false}};
    (void)state;
    assert_true(violates(&stuck, 1U << 0 | 1U << 1, edge, COUNT(edge)));
    assert_path(1, 1);
    assert_false(violates(&stuck, 1U << 0 | 1U << 2, edge, COUNT(edge)));
}

/* One component, but its pending states make two: {1, 2}, which leaves X out, and {3, 4}. */
static void components_are_those_of_the_pending_states(void **state)
{
    static const struct graph_edge edge[] = {
        {0, 1, X, false}, {1, 2, 0, false}, {2, 1, 0, false}, {1, 0, X, false}, {2, 5, X, false},
        {5, 3, X, false}, {3, 4, X, false}, {4, 3, 0, false}, {4, 5, X, false}, {5, 0, X, false},
    };
    (void)state;
    assert_true(violates(&stuck, 0x1e, edge, COUNT(edge)));
    assert_path(4, 6);
    assert_false(violates(&stuck, 0x06, edge, COUNT(edge)));
}

static void state_from_which_all_is_pending_has_no_way_out(void **state)
{
    static const struct graph_edge edge[] = {{0, 1, X, false}, {1, 2, X, false}, {1, 3, X, false},
                                             {2, 1, X, false}, {3, 4, X, false}, {4, 3, X, false},
                                             {2, 5, X, false}};
    (void)state;
    assert_true(violates(&no_way_out, 0x1f, edge, COUNT(edge)));
    assert_path(2, 2);
    assert_int_equal(result.violation[0].state[2], 3);
}

static void way_out_may_be_long_and_unlikely(void **state)
{
    static const struct graph_edge edge[] = {{0, 1, X, false}, {1, 0, X, false}, {1, 2, 0, false},
                                             {2, 0, X, false}, {2, 3, 0, false}, {3, 3, X, false},
                                             {3, 4, 0, false}};
    (void)state;
    assert_false(violates(&no_way_out, 0x0f, edge, COUNT(edge)));
    assert_true(violates(&no_way_out, 0x1f, edge, COUNT(edge)));
    assert_path(0, 0);
}

/* In order of actions, whatever the numbers: two ways of equal length to two stuck states. */
static void path_does_not_depend_on_numbers(void **state)
{
    static const struct graph_edge edge[] = {{0, 2, X, false}, {0, 6, X, false}, {2, 3, X, false},
                                             {6, 5, X, false}, {3, 3, X, false}, {5, 4, X, false},
                                             {5, 7, X, false}, {4, 5, X, false}, {7, 5, X, false},
                                             {4, 7, X, false}, {3, 9, Y, false}};
    uint64_t pending[16] = {0};
    pending[3] = pending[4] = pending[5] = pending[7] = 1;
    (void)state;
    for (uint64_t twist = 0; twist < 4096; twist = 2 * twist + 1) {
        const struct graph graph = {.nodes = 16,
                                    .edge = edge,
                                    .edges = COUNT(edge),
                                    .pending = pending,
                                    .row = &stuck,
                                    .rows = 1,
                                    .twist = twist};
        const struct sp_explore_model model = graph_model(&graph);
        assert_int_equal(judge(&model), 1);
        assert_path(2, 4);
        assert_memory_equal(result.violation[0].action, ((const uint8_t[]){1, 0, 0, 0}), 4);
        assert_int_equal(result.violation[0].state[3] ^ twist, 4);
    }
}

/*
 * Two processes that share a lock, each idle, waiting or critical; a state is 3 a + b, and 9 t more
 * when it is the second one's turn; who begins to wait gives the turn to the other. Each must go on
 * once it is not idle, and need not begin.
 */
enum lock { PETERSON, PETERSON_UNFAIR, TEST_AND_SET, FLAGS_ALONE };

enum { IDLE, WAITING, CRITICAL };

static uint32_t lock_steps(enum lock lock, uint64_t state, struct sp_successor *successors,
                           struct sp_obligation *obligations)
{
    const uint64_t at[2] = {state / 3 % 3, state % 3};
    const uint64_t turn = state / 9;
    const uint64_t weight[2] = {3, 1};
    uint32_t count = 0;
    for (unsigned p = 0; p < 2; p++) {
        bool enters = at[!p] != CRITICAL;
        if (lock == PETERSON || lock == PETERSON_UNFAIR) {
            enters = at[!p] == IDLE || turn == p;
        } else if (lock == FLAGS_ALONE) {
            enters = at[!p] == IDLE;
        }
        if (at[p] == WAITING && !enters) {
            continue;
        }
        uint64_t to = at[p] == CRITICAL ? state - 2 * weight[p] : state + weight[p];
        if (at[p] == IDLE && lock <= PETERSON_UNFAIR) {
            to = to % 9 + (p == 0 ? 9 : 0);
        }
        if (successors != NULL) {
            successors[count] = (struct sp_successor){.state = to};
        }
        if (obligations != NULL) {
            const bool must = at[p] != IDLE && lock != PETERSON_UNFAIR;
            obligations[count] = (struct sp_obligation){must ? 1 + p : 0, 0};
        }
        count++;
    }
    return count;
}

static bool lock_initial(void *self, void *scratch, uint32_t index, uint64_t *state)
{
    (void)self;
    (void)scratch;
    *state = 9 * (uint64_t)index;
    return true;
}

static uint32_t lock_expand(void *self, void *scratch, uint64_t state,
                            struct sp_successor *successors)
{
    (void)scratch;
    return lock_steps(*(enum lock *)self, state, successors, NULL);
}

static void lock_owed(void *self, void *scratch, uint64_t state, struct sp_obligation *obligations)
{
    (void)scratch;
    lock_steps(*(enum lock *)self, state, NULL, obligations);
}

/* Bit 0: the first process waits, 1: the second, 2: one of them waits, or is critical. */
static uint64_t lock_pending(void *self, void *scratch, uint64_t state)
{
    const uint64_t at[2] = {state / 3 % 3, state % 3};
    (void)self;
    (void)scratch;
    return (uint64_t)(at[0] == WAITING) | (uint64_t)(at[1] == WAITING) << 1 |
           (uint64_t)(at[0] + at[1] != 0) << 2;
}

static uint64_t judge_lock(enum lock lock)
{
    static const struct sp_liveness rows[] = {
        {0, SP_LIVENESS_STUCK_IN}, {1, SP_LIVENESS_STUCK_IN}, {2, SP_LIVENESS_NO_WAY_OUT}};
    const struct sp_explore_model model = {
        .self = &lock,
        .state_bits = 8,
        .actions_max = 2,
        .initials = 2,
        .initial = lock_initial,
        .expand = lock_expand,
        .liveness = rows,
        .livenesses = COUNT(rows),
        .pending = lock_pending,
        .owed = lock_owed,
    };
    judge(&model);
    return result.violated;
}

/* G. L. Peterson, Myths about the mutual exclusion problem, 1981: no process waits for ever. */
static void peterson_starves_nobody(void **state)
{
    (void)state;
    assert_int_equal(judge_lock(PETERSON), 0);
}

static void peterson_without_fairness_starves(void **state)
{
    (void)state;
    assert_int_equal(judge_lock(PETERSON_UNFAIR), 0x3);
    assert_path(1, 1); /* it waits, and nobody moves */
}

/* The entry is enabled again and again, but not all the time. */
static void test_and_set_lock_starves(void **state)
{
    (void)state;
    assert_int_equal(judge_lock(TEST_AND_SET), 0x3);
    assert_path(1, 4);
}

/* Both flags up: neither enters, for ever. */
static void flags_alone_deadlock(void **state)
{
    (void)state;
    assert_int_equal(judge_lock(FLAGS_ALONE), 0x7);
    assert_int_equal(result.violation[2].count, 2);
    assert_int_equal(result.violation[2].state[2] % 9, 4);
}

/* E. W. Dijkstra, EWD310: philosopher i needs the forks i and i + 1; a digit of base 3 says how
 * many it holds, the left one first. With `polite` the last one takes the right one first. */
struct philosophers {
    uint32_t count;
    bool polite;
};

static unsigned digit(uint64_t state, uint32_t i)
{
    for (; i > 0; i--) {
        state /= 3;
    }
    return (unsigned)(state % 3);
}

/* The fork that philosopher i takes as number `taken`. */
static uint32_t fork_of(const struct philosophers *self, uint32_t i, unsigned taken)
{
    const bool swapped = self->polite && i + 1 == self->count;
    return (i + ((taken == 0) == swapped)) % self->count;
}

static bool is_free(const struct philosophers *self, uint64_t state, uint32_t fork)
{
    bool held = false;
    for (uint32_t i = 0; i < self->count; i++) {
        for (unsigned taken = 0; taken < digit(state, i); taken++) {
            held |= fork_of(self, i, taken) == fork;
        }
    }
    return !held;
}

static bool dinner_initial(void *self, void *scratch, uint32_t index, uint64_t *state)
{
    (void)self;
    (void)scratch;
    *state = index;
    return true;
}

static uint32_t dinner_expand(void *self, void *scratch, uint64_t state,
                              struct sp_successor *successors)
{
    const struct philosophers *dinner = self;
    uint64_t weight = 1;
    uint32_t count = 0;
    (void)scratch;
    for (uint32_t i = 0; i < dinner->count; i++, weight *= 3) {
        const unsigned holds = digit(state, i);
        if (holds == 2) {
            successors[count++] = (struct sp_successor){.state = state - 2 * weight};
        } else if (is_free(dinner, state, fork_of(dinner, i, holds))) {
            successors[count++] = (struct sp_successor){.state = state + weight};
        }
    }
    return count;
}

static uint64_t nobody_eats(void *self, void *scratch, uint64_t state)
{
    const struct philosophers *dinner = self;
    (void)scratch;
    for (uint32_t i = 0; i < dinner->count; i++) {
        if (digit(state, i) == 2) {
            return 0;
        }
    }
    return 1;
}

static void philosophers_deadlock_unless_one_is_polite(void **state)
{
    struct philosophers dinner;
    const struct sp_explore_model model = {
        .self = &dinner,
        .state_bits = 16,
        .actions_max = 8,
        .initials = 1,
        .initial = dinner_initial,
        .expand = dinner_expand,
        .liveness = &no_way_out,
        .livenesses = 1,
        .pending = nobody_eats,
    };
    (void)state;
    for (uint32_t count = 2; count <= 6; count++) {
        dinner = (struct philosophers){.count = count};
        assert_int_equal(judge(&model), 1);
        assert_path(count, count); /* each takes the left fork */
        dinner.polite = true;
        assert_int_equal(judge(&model), 0);
    }
}

/* Random graphs, small enough to apply each definition to all sets of states. */
enum { NODES = 7, EDGES_MAX = 16, FAR = 99 };

struct random_graph {
    struct graph_edge edge[EDGES_MAX];
    uint64_t pending[NODES];
    struct graph graph;
    unsigned distance[NODES]; /* from node 0, in actions */
};

static uint64_t seed = 88172645463325252u;

/* G. Marsaglia, Xorshift RNGs, 2003. */
static uint32_t random_below(uint32_t bound)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (uint32_t)((seed >> 11) % bound);
}

static const struct sp_liveness all_kinds[] = {
    {5, SP_LIVENESS_STUCK_IN}, {0, SP_LIVENESS_NO_WAY_OUT}, {63, SP_LIVENESS_STORM}};

static void draw(struct random_graph *g)
{
    const uint32_t names = 1 + random_below(4);
    const uint32_t edges = 4 + random_below(EDGES_MAX - 3);
    for (uint32_t i = 0; i < edges; i++) {
        g->edge[i] = (struct graph_edge){random_below(NODES), random_below(NODES),
                                         random_below(names + 1), random_below(2) != 0};
    }
    for (uint32_t i = 0; i < NODES; i++) {
        g->pending[i] = (uint64_t)(random_below(4) != 0) << 5 | (uint64_t)(random_below(4) != 0) |
                        (uint64_t)(random_below(4) != 0) << 63;
        g->distance[i] = i == 0 ? 0 : FAR;
    }
    for (unsigned round = 0; round < NODES; round++) {
        for (uint32_t i = 0; i < edges; i++) {
            const struct graph_edge *e = &g->edge[i];
            if (g->distance[e->from] + 1 < g->distance[e->to]) {
                g->distance[e->to] = g->distance[e->from] + 1;
            }
        }
    }
    g->graph = (struct graph){.nodes = NODES,
                              .edge = g->edge,
                              .edges = edges,
                              .pending = g->pending,
                              .row = all_kinds,
                              .rows = COUNT(all_kinds),
                              .twist = random_below(1U << 20)};
}

/* The set of nodes that `from` leads to by at least one action, all within a set of nodes. */
static unsigned reached(const struct random_graph *g, unsigned within, unsigned from, bool quiet)
{
    unsigned set = 0;
    for (unsigned round = 0; round < NODES; round++) {
        for (uint32_t i = 0; i < g->graph.edges; i++) {
            const struct graph_edge *e = &g->edge[i];
            const bool begins = e->from == from || (set >> e->from & 1) != 0;
            if (begins && (within >> e->from & 1) != 0 && (within >> e->to & 1) != 0 &&
                (e->quiet || !quiet)) {
                set |= 1U << e->to;
            }
        }
    }
    return set;
}

/* A run can meet exactly the nodes of this set for ever and be fair. */
static bool set_is_fair(const struct random_graph *g, unsigned set)
{
    for (unsigned i = 0; i < NODES; i++) {
        if ((set >> i & 1) != 0 && (set & ~(1U << i) & ~reached(g, set, i, false)) != 0) {
            return false;
        }
    }
    for (uint64_t name = X; name <= STRONG; name++) {
        unsigned offer = 0;
        bool taken = false;
        for (uint32_t i = 0; i < g->graph.edges; i++) {
            const struct graph_edge *e = &g->edge[i];
            if (e->name == name && (set >> e->from & 1) != 0) {
                offer |= 1U << e->from;
                taken |= (set >> e->to & 1) != 0;
            }
        }
        if (!taken && (name == STRONG ? offer != 0 : offer == set)) {
            return false;
        }
    }
    return true;
}

/* How far the nearest node is that shows a violation; FAR: there is none. */
static unsigned nearest(const struct random_graph *g, const struct sp_liveness *row)
{
    unsigned pending = 0, violating = 0, distance = FAR;
    for (unsigned i = 0; i < NODES; i++) {
        const bool is_pending = (g->pending[i] >> row->bit & 1) != 0;
        pending |= (unsigned)(is_pending && g->distance[i] < FAR) << i;
    }
    for (unsigned set = 1; set < 1U << NODES; set++) {
        if (row->kind == SP_LIVENESS_STUCK_IN && (set & ~pending) == 0 && set_is_fair(g, set)) {
            violating |= set;
        }
    }
    for (unsigned i = 0; i < NODES; i++) {
        const bool all = (reached(g, 0x7f, i, false) & ~pending) == 0;
        const bool cycle = (reached(g, pending, i, true) >> i & 1) != 0;
        if (row->kind == SP_LIVENESS_STORM ? cycle : row->kind == SP_LIVENESS_NO_WAY_OUT && all) {
            violating |= 1U << i & pending;
        }
        if ((violating >> i & 1) != 0 && g->distance[i] < distance) {
            distance = g->distance[i];
        }
    }
    return distance;
}

static void random_graphs_are_judged_as_by_the_definition(void **state)
{
    unsigned found[COUNT(all_kinds)] = {0};
    (void)state;
    for (unsigned i = 0; i < 20000; i++) {
        struct random_graph g;
        draw(&g);
        const struct sp_explore_model model = graph_model(&g.graph);
        judge(&model);
        for (unsigned row = 0; row < COUNT(all_kinds); row++) {
            const unsigned bit = all_kinds[row].bit;
            const unsigned distance = nearest(&g, &all_kinds[row]);
            assert_int_equal(result.violated >> bit & 1, distance < FAR);
            assert_true(distance == FAR || result.violation[bit].loop == distance);
            found[row] += distance < FAR;
        }
    }
    for (unsigned row = 0; row < COUNT(all_kinds); row++) {
        assert_in_range(found[row], 1000, 19000); /* both answers were common */
    }
}

/* A ring of so many states that no recursion would get round. */
enum { RING = 1000000 };

static uint32_t ring_expand(void *self, void *scratch, uint64_t state,
                            struct sp_successor *successors)
{
    (void)self;
    (void)scratch;
    successors[0] = (struct sp_successor){.state = (state + 1) % RING};
    return 1;
}

static uint64_t ring_pending(void *self, void *scratch, uint64_t state)
{
    (void)scratch;
    return state < *(uint64_t *)self;
}

static void ring_owed(void *self, void *scratch, uint64_t state, struct sp_obligation *obligations)
{
    (void)self;
    (void)scratch;
    obligations[0] = (struct sp_obligation){1 + state % 7, 0};
}

static void ring_of_a_million_states(void **state)
{
    uint64_t pending = RING;
    const struct sp_explore_model model = {
        .self = &pending,
        .state_bits = 20,
        .actions_max = 1,
        .initials = 1,
        .initial = dinner_initial,
        .expand = ring_expand,
        .liveness = &stuck,
        .livenesses = 1,
        .pending = ring_pending,
        .owed = ring_owed,
    };
    (void)state;
    graph_free(&result);
    graph_judge(&model, &result);
    assert_int_equal(result.violated, 1);
    assert_path(0, RING);
    graph_free(&result);
    pending = RING - 1;
    graph_judge(&model, &result);
    assert_int_equal(result.violated, 0);
}

/* What else may come of it than an answer. */
static const struct graph_edge ping_pong[] = {{0, 1, 0, true}, {1, 0, 0, true}};
static const uint64_t pending_both[] = {1, 1};
static const struct graph two = {
    .nodes = 2, .edge = ping_pong, .edges = 2, .pending = pending_both, .row = &storm, .rows = 1};

static bool judge_two(const struct sp_explore_limits *limits, uint64_t spare, double spent,
                      char *error, size_t capacity)
{
    const struct sp_explore_model model = graph_model(&two);
    struct sp_numbers set;
    struct sp_budget budget;
    graph_reach(&model, &set, &budget);
    const uint64_t held = budget.held;
    budget.max = held + spare;
    graph_free(&result);
    result = (struct sp_explore_result){.end = SP_EXPLORE_COMPLETE};
    const bool good =
        sp_liveness_judge(&model, NULL, &set, &budget, limits, spent, &result, error, capacity);
    assert_int_equal(budget.held, held);
    sp_numbers_free(&set);
    return good;
}

static void without_memory_nothing_is_decided(void **state)
{
    const struct sp_explore_model model = graph_model(&two);
    const struct sp_explore_limits limits = {0};
    struct sp_numbers set;
    struct sp_budget budget;
    char error[256];
    (void)state;
    graph_reach(&model, &set, &budget);
    const uint64_t octets = sp_liveness_octets(&model, sp_numbers_places(&set), 2);
    sp_numbers_free(&set);
    assert_true(judge_two(&limits, octets - 1, 0, error, sizeof error));
    assert_int_equal(result.end, SP_EXPLORE_OUT_OF_MEMORY);
    assert_int_equal(result.violated, 0);
    assert_true(judge_two(&limits, octets, 0, error, sizeof error));
    assert_int_equal(result.end, SP_EXPLORE_COMPLETE);
    assert_int_equal(result.violated, 1);
}

static void interrupt_and_time_leave_it_undecided(void **state)
{
    const volatile int interrupted = 1;
    struct sp_explore_limits limits = {.interrupted = &interrupted};
    char error[256];
    (void)state;
    assert_true(judge_two(&limits, UINT32_MAX, 0, error, sizeof error));
    assert_int_equal(result.end, SP_EXPLORE_INTERRUPTED);
    assert_int_equal(result.violated, 0);
    limits = (struct sp_explore_limits){.seconds = 1};
    assert_true(judge_two(&limits, UINT32_MAX, 1.5, error, sizeof error));
    assert_int_equal(result.end, SP_EXPLORE_OUT_OF_TIME);
    assert_true(judge_two(&limits, UINT32_MAX, 0, error, sizeof error));
    assert_int_equal(result.end, SP_EXPLORE_COMPLETE);
}

static void count_reports(void *to, const struct sp_explore_progress *progress)
{
    *(unsigned *)to += progress->states == 2;
}

static void progress_is_told_when_asked(void **state)
{
    volatile int asked = 1;
    unsigned reports = 0;
    const struct sp_explore_limits limits = {
        .asked = &asked, .progress = count_reports, .to = &reports};
    char error[256];
    (void)state;
    assert_true(judge_two(&limits, UINT32_MAX, 0, error, sizeof error));
    assert_int_equal(reports, 1);
    assert_int_equal(asked, 0);
}

static void state_that_the_search_did_not_find_breaks_the_contract(void **state)
{
    const struct sp_explore_model model = graph_model(&two);
    const struct sp_explore_limits limits = {0};
    struct sp_numbers set;
    struct sp_budget budget = {.max = UINT64_MAX};
    char error[256];
    (void)state;
    assert_true(sp_numbers_init(&set, &budget, 40, 40));
    assert_int_equal(sp_numbers_put(&set, 0), SP_NUMBERS_NEW);
    graph_free(&result);
    result = (struct sp_explore_result){.end = SP_EXPLORE_COMPLETE};
    assert_false(
        sp_liveness_judge(&model, NULL, &set, &budget, &limits, 0, &result, error, sizeof error));
    assert_non_null(strstr(error, "did not find"));
    sp_numbers_free(&set);
}

static int free_result(void **state)
{
    (void)state;
    graph_free(&result);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quiet_ping_pong_is_a_storm),
        cmocka_unit_test(ping_pong_with_a_timer_is_no_storm),
        cmocka_unit_test(quiet_cycle_inside_another_cycle_is_a_storm),
        cmocka_unit_test(quiet_cycle_outside_pending_states_is_no_storm),
        cmocka_unit_test(quiet_step_to_itself_is_a_storm),
        cmocka_unit_test(cycle_that_nobody_must_leave_is_stuck),
        cmocka_unit_test(action_owed_all_the_time_and_never_taken_is_unfair),
        cmocka_unit_test(action_owed_now_and_then_may_never_be_taken),
        cmocka_unit_test(action_owed_strongly_is_taken_if_possible_now_and_then),
        cmocka_unit_test(what_is_owed_strongly_is_owed_only_where_it_is_possible),
        cmocka_unit_test(what_falls_apart_is_judged_again),
        cmocka_unit_test(two_names_do_not_serve_each_other),
        cmocka_unit_test(same_name_taken_within_serves_the_one_that_leads_out),
        cmocka_unit_test(cycle_shown_serves_every_name),
        cmocka_unit_test(pending_state_without_actions_is_stuck),
        cmocka_unit_test(pending_state_that_owes_nothing_is_stuck),
        cmocka_unit_test(run_may_stop_on_a_cycle_that_leaves_the_pending_states),
        cmocka_unit_test(components_are_those_of_the_pending_states),
        cmocka_unit_test(state_from_which_all_is_pending_has_no_way_out),
        cmocka_unit_test(way_out_may_be_long_and_unlikely),
        cmocka_unit_test(path_does_not_depend_on_numbers),
        cmocka_unit_test(peterson_starves_nobody),
        cmocka_unit_test(peterson_without_fairness_starves),
        cmocka_unit_test(test_and_set_lock_starves),
        cmocka_unit_test(flags_alone_deadlock),
        cmocka_unit_test(philosophers_deadlock_unless_one_is_polite),
        cmocka_unit_test(random_graphs_are_judged_as_by_the_definition),
        cmocka_unit_test(ring_of_a_million_states),
        cmocka_unit_test(without_memory_nothing_is_decided),
        cmocka_unit_test(interrupt_and_time_leave_it_undecided),
        cmocka_unit_test(progress_is_told_when_asked),
        cmocka_unit_test(state_that_the_search_did_not_find_breaks_the_contract),
    };
    return cmocka_run_group_tests(tests, NULL, free_result);
}
