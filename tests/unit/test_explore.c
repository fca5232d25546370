/*
 * The explorer on models whose counts and distances are known (tests/support/classic_models.h).
 *
 * Expected numbers come from the literature or a closed form, never from the explorer. Every path
 * that it returns is replayed here by a few lines of their own.
 */
#define _DEFAULT_SOURCE /* mkdtemp */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "classic_models.h"

static struct sp_explore_result result;
static char error[256];
static struct classic_model explored; /* what `result` is about */

static const struct sp_explore_limits no_limits;

/* The explorer's answer; an error is for the caller. */
static bool try_to_explore(const struct classic_model *model,
                           const struct sp_explore_limits *limits)
{
    struct coded coded;
    struct sp_explore_model numbered = coded_open(&coded, model);
    error[0] = '\0';
    explored = *model;
    bool good = sp_explore(&numbered, limits, &result, error, sizeof error);
    coded_close(&coded);
    return good;
}

static void explore(struct classic_model model, struct sp_explore_limits limits)
{
    if (!try_to_explore(&model, &limits)) {
        fail_msg("%s", error);
    }
}

static void assert_counts(uint64_t states, uint64_t transitions, uint32_t depth)
{
    assert_string_equal(sp_explore_end_name(result.end), "complete");
    assert_int_equal(result.states, states);
    assert_int_equal(result.transitions, transitions);
    assert_int_equal(result.depth, depth);
}

/* The state that a state's code decodes to: it stands for all of that code. */
static void represent(const struct classic_model *model, void *state)
{
    uint8_t code[CODED_CODE_MAX];
    size_t size = model->encode(model->self, state, code);
    model->decode(model->self, code, size, state);
}

/* Takes the path from the initial state, by action numbers of the states on the way; what its last
 * action showed. Writes the actions, if they are wanted. */
static struct sp_explore_found
replay(struct classic_model model, const struct sp_explore_path *path, void *state, uint32_t *taken)
{
    struct sp_explore_found found = {0};
    model.initial(model.self, path->initial, state);
    for (size_t i = 0; i < path->count; i++) {
        uint32_t actions[CODED_ACTIONS_MAX];
        represent(&model, state);
        uint32_t count = model.enumerate(model.self, state, actions);
        assert_true(path->action[i] < count);
        assert_int_equal(found.violated, 0);
        found = model.apply(model.self, state, actions[path->action[i]]);
        if (taken != NULL) {
            taken[i] = actions[path->action[i]];
        }
    }
    assert_int_equal(path->loop, path->count);
    return found;
}

static void assert_violation(struct classic_model model, unsigned bit, size_t count)
{
    uint64_t state[16];
    assert_true(result.violation[bit].found);
    assert_int_equal(result.violation[bit].count, count);
    assert_true(replay(model, &result.violation[bit], state, NULL).violated >> bit & 1);
}

static void assert_witness(struct classic_model model, unsigned bit, size_t count)
{
    uint64_t state[16];
    assert_true(result.witness[bit].found);
    assert_int_equal(result.witness[bit].count, count);
    assert_true(replay(model, &result.witness[bit], state, NULL).witnessed >> bit & 1);
}

static void assert_actions(const struct sp_explore_path *path, const uint32_t *actions)
{
    uint64_t state[16];
    uint32_t taken[64];
    (void)replay(explored, path, state, taken);
    assert_memory_equal(taken, actions, path->count * sizeof *actions);
}

/* ---- counts ---- */

static uint64_t power(uint64_t base, uint32_t exponent)
{
    return exponent == 0 ? 1 : base * power(base, exponent - 1);
}

static void grid_has_the_counts_of_its_closed_form(void **unused)
{
    (void)unused;
    for (uint32_t axes = 1; axes <= 5; axes++) {
        for (uint32_t side = 2; side <= 7; side++) {
            struct classic_grid grid = {.axes = axes, .side = side, .code = 2 * axes + 1};
            explore(classic_grid(&grid), no_limits);
            assert_counts(power(side, axes), axes * (side - 1) * power(side, axes - 1),
                          axes * (side - 1));
            assert_witness(classic_grid(&grid), 0, axes);
            sp_explore_free(&result);
        }
    }
}

static void a_million_states_are_counted_exactly(void **unused)
{
    (void)unused;
    struct classic_grid grid = {.axes = 4, .side = 32, .code = 8};
    explore(classic_grid(&grid), no_limits);
    assert_counts(1048576, 4 * 31 * 32768, 4 * 31);
    sp_explore_free(&result);
}

static void a_line_is_as_deep_as_it_is_long(void **unused)
{
    (void)unused;
    struct classic_grid grid = {.axes = 1, .side = 60000, .code = 2};
    uint64_t state[16];
    explore(classic_grid(&grid), no_limits);
    assert_counts(60000, 59999, 59999);
    assert_int_equal(result.violated, 1); /* the end is stuck */
    assert_int_equal(result.violation[0].count, 59999);
    (void)replay(classic_grid(&grid), &result.violation[0], state, NULL);
    sp_explore_free(&result);
}

static void peterson_has_its_ten_states_and_excludes(void **unused)
{
    (void)unused;
    struct classic_peterson peterson = {0};
    explore(classic_peterson(&peterson), no_limits);
    assert_counts(10, 16, 3);
    assert_int_equal(result.violated, 0);
    assert_false(result.violation[0].found);
    assert_witness(classic_peterson(&peterson), 0, 3);
    sp_explore_free(&result);
}

static void peterson_up_to_symmetry_has_five_states(void **unused)
{
    (void)unused;
    struct classic_peterson peterson = {.symmetric = true};
    explore(classic_peterson(&peterson), no_limits);
    assert_counts(5, 8, 3);
    assert_int_equal(result.violated, 0);
    assert_witness(classic_peterson(&peterson), 0, 3);
    sp_explore_free(&result);
}

static void philosophers_count_as_pell_lucas_numbers(void **unused)
{
    (void)unused;
    /* A002203; the diagonal of M^n for n = 2..6, multiplied out by hand: Pell numbers. */
    static const uint64_t states[] = {6, 14, 34, 82, 198};
    static const uint64_t ee[] = {1, 2, 5, 12, 29};
    static const uint64_t ll[] = {2, 5, 12, 29, 70};
    for (uint32_t n = 2; n <= 6; n++) {
        struct classic_philosophers philosophers = {.count = n};
        explore(classic_philosophers(&philosophers), no_limits);
        assert_int_equal(result.states, states[n - 2]);
        assert_int_equal(result.transitions, n * (2 * ee[n - 2] + ll[n - 2]));
        assert_int_equal(result.end, SP_EXPLORE_COMPLETE);
        sp_explore_free(&result);
    }
}

static void philosophers_starve_when_each_takes_the_left_fork(void **unused)
{
    (void)unused;
    struct classic_philosophers philosophers = {.count = 5};
    struct classic_model model = classic_philosophers(&philosophers);
    uint8_t state[16];
    explore(model, no_limits);
    assert_int_equal(result.violated, 1);
    assert_int_equal(result.violation[0].count, 5);
    assert_actions(&result.violation[0], (uint32_t[]){0, 1, 2, 3, 4});
    (void)replay(model, &result.violation[0], state, NULL);
    assert_memory_equal(state, ((uint8_t[]){1, 1, 1, 1, 1}), 5);
    sp_explore_free(&result);
}

static void puzzles_have_half_their_permutations(void **unused)
{
    (void)unused;
    struct classic_puzzle square = {.columns = 2, .rows = 2};
    explore(classic_puzzle(&square), no_limits);
    assert_counts(12, 24, 6); /* a ring of twelve */
    sp_explore_free(&result);

    struct classic_puzzle five = {.columns = 3, .rows = 2};
    explore(classic_puzzle(&five), no_limits);
    assert_counts(360, 60 * (4 * 2 + 2 * 3), 21);
    sp_explore_free(&result);

    struct classic_puzzle eight = {.columns = 3, .rows = 3};
    explore(classic_puzzle(&eight), no_limits);
    assert_counts(181440, 20160 * (4 * 2 + 4 * 3 + 4), 31);
    sp_explore_free(&result);
}

static void farmer_needs_seven_crossings(void **unused)
{
    (void)unused;
    struct classic_farmer farmer = {.reckless = false};
    explore(classic_farmer(&farmer), no_limits);
    assert_counts(10, 20, 7); /* ten safe states, ten crossings between them, both ways */
    assert_witness(classic_farmer(&farmer), 0, 7);
    /* Of Alcuin's two solutions the one that takes the wolf before the cabbage. */
    assert_actions(&result.witness[0], (uint32_t[]){2, 0, 1, 2, 3, 0, 2});
    sp_explore_free(&result);
}

static void missionaries_need_eleven_crossings(void **unused)
{
    (void)unused;
    explore(classic_missionaries(), no_limits);
    assert_int_equal(result.states, 16);
    assert_int_equal(result.end, SP_EXPLORE_COMPLETE);
    assert_witness(classic_missionaries(), 0, 11);
    sp_explore_free(&result);
}

/* ---- violations ---- */

static void a_violating_successor_is_counted_and_not_explored(void **unused)
{
    (void)unused;
    struct classic_farmer farmer = {.reckless = true};
    explore(classic_farmer(&farmer), no_limits);
    /* The farmer may cross alone or with any on his bank: 30 from the ten safe states. */
    assert_counts(10, 30, 7);
    assert_violation(classic_farmer(&farmer), 0, 1);
    assert_actions(&result.violation[0], (uint32_t[]){0});
    assert_witness(classic_farmer(&farmer), 0, 7);
    sp_explore_free(&result);
}

/* The first violating path in order of initial state and actions, among those of `count` actions.
 * Tries them all; none of its prefixes may violate. */
static bool first_by_force(struct classic_model model, const uint64_t *from, size_t count,
                           uint32_t *path)
{
    uint32_t actions[64];
    uint32_t n = model.enumerate(model.self, from, actions);
    for (uint32_t i = 0; i < n && count > 0; i++) {
        uint64_t next[16];
        memcpy(next, from, model.state_size);
        *path = actions[i];
        bool violated = model.apply(model.self, next, actions[i]).violated != 0;
        if (violated ? count == 1 : first_by_force(model, next, count - 1, path + 1)) {
            return true;
        }
    }
    return false;
}

static void a_counterexample_is_the_first_of_the_shortest(void **unused)
{
    (void)unused;
    struct classic_peterson peterson = {.broken = true};
    struct classic_model model = classic_peterson(&peterson);
    uint64_t state[16] = {0};
    uint32_t path[8];
    model.initial(model.self, 0, state);
    for (size_t shorter = 1; shorter < 4; shorter++) {
        assert_false(first_by_force(model, state, shorter, path));
    }
    assert_true(first_by_force(model, state, 4, path));
    explore(model, no_limits);
    assert_violation(model, 0, 4); /* request and enter, twice */
    assert_int_equal(result.violation[0].initial, 0);
    assert_actions(&result.violation[0], path);
    assert_actions(&result.violation[0], (uint32_t[]){0, 1, 2, 3});
    sp_explore_free(&result);
}

static void a_counterexample_up_to_symmetry_is_as_short(void **unused)
{
    (void)unused;
    struct classic_peterson peterson = {.broken = true, .symmetric = true};
    explore(classic_peterson(&peterson), no_limits);
    assert_violation(classic_peterson(&peterson), 0, 4);
    sp_explore_free(&result);
}

/* A graph: node 0 is initial; action i is edge i. */
struct edge {
    uint8_t from;
    uint8_t to;
    uint8_t violated;
};

struct graph {
    const struct edge *edges;
    uint32_t count;
    uint32_t initials; /* nodes 0 .. initials - 1 */
};

static uint32_t graph_initials(const void *self)
{
    return ((const struct graph *)self)->initials;
}

static void graph_initial(const void *self, uint32_t index, void *state)
{
    (void)self;
    *(uint8_t *)state = (uint8_t)index;
}

static uint32_t graph_enumerate(const void *self, const void *state, uint32_t *actions)
{
    const struct graph *graph = self;
    uint32_t count = 0;
    for (uint32_t i = 0; i < graph->count; i++) {
        if (graph->edges[i].from == *(const uint8_t *)state) {
            actions[count++] = i;
        }
    }
    return count;
}

static struct sp_explore_found graph_apply(const void *self, void *state, uint32_t action)
{
    const struct graph *graph = self;
    *(uint8_t *)state = graph->edges[action].to;
    return (struct sp_explore_found){.violated = graph->edges[action].violated};
}

static uint64_t graph_stuck(const void *self, const void *state)
{
    (void)self;
    (void)state;
    return 1;
}

static size_t graph_encode(const void *self, const void *state, uint8_t *code)
{
    (void)self;
    code[0] = *(const uint8_t *)state;
    return 1;
}

static void graph_decode(const void *self, const uint8_t *code, size_t size, void *state)
{
    (void)self;
    (void)size;
    *(uint8_t *)state = code[0];
}

static struct classic_model graph_model(const struct graph *graph)
{
    return (struct classic_model){.self = graph,
                                  .state_size = 1,
                                  .code_max = 1,
                                  .actions_max = 16,
                                  .initials = graph_initials,
                                  .initial = graph_initial,
                                  .enumerate = graph_enumerate,
                                  .apply = graph_apply,
                                  .stuck = graph_stuck,
                                  .encode = graph_encode,
                                  .decode = graph_decode};
}

static void a_stuck_state_is_nearer_than_a_violation_from_its_level(void **unused)
{
    (void)unused;
    /* 0 -> 1, 0 -> 2; 1 violates on its way to 3, which takes two actions; 2 is stuck after one. */
    static const struct edge edges[] = {{0, 1, 0}, {0, 2, 0}, {1, 3, 1}};
    struct graph graph = {edges, 3, 1};
    explore(graph_model(&graph), no_limits);
    assert_counts(3, 3, 1);
    assert_int_equal(result.violation[0].count, 1);
    assert_actions(&result.violation[0], (uint32_t[]){1});
    sp_explore_free(&result);
}

static void a_stuck_initial_state_is_a_path_without_actions(void **unused)
{
    (void)unused;
    static const struct edge edges[] = {{0, 0, 0}};
    struct graph graph = {edges, 1, 3}; /* 1 and 2 have no edge */
    explore(graph_model(&graph), no_limits);
    assert_counts(3, 1, 0);
    assert_true(result.violation[0].found);
    assert_int_equal(result.violation[0].count, 0);
    assert_int_equal(result.violation[0].initial, 1);
    sp_explore_free(&result);
}

static void an_earlier_predecessor_beats_an_earlier_action(void **unused)
{
    (void)unused;
    /* 2 is found before 1, so its violating edge 3 is first although edge 2 has the lower name. */
    static const struct edge edges[] = {{0, 2, 0}, {0, 1, 0}, {1, 3, 2}, {2, 3, 2}, {2, 3, 4}};
    struct graph graph = {edges, 5, 1};
    explore(graph_model(&graph), no_limits);
    assert_counts(3, 5, 1);
    assert_int_equal(result.violated, 6);
    assert_actions(&result.violation[1], (uint32_t[]){0, 3});
    assert_actions(&result.violation[2], (uint32_t[]){0, 4});
    assert_false(result.violation[0].found);
    sp_explore_free(&result);
}

static void a_path_avoids_violations_on_its_way(void **unused)
{
    (void)unused;
    /* Two edges lead to 1: the first violates, so only the second may be part of the path. */
    static const struct edge edges[] = {{0, 1, 2}, {0, 1, 0}, {1, 2, 4}};
    struct graph graph = {edges, 3, 1};
    explore(graph_model(&graph), no_limits);
    assert_counts(2, 3, 1);
    assert_actions(&result.violation[1], (uint32_t[]){0});
    assert_actions(&result.violation[2], (uint32_t[]){1, 2});
    sp_explore_free(&result);
}

static void stop_on_ends_after_the_level(void **unused)
{
    (void)unused;
    /* Counters to 2 are admitted; the step to 3 is taken first from (2, 0), on level 2. With that
     * level done the pairs of sum at most 3 are known, and those of sum at most 2 expanded. */
    struct classic_grid grid = {.axes = 2, .side = 10, .code = 4, .forbidden = 3};
    explore(classic_grid(&grid), (struct sp_explore_limits){.stop_on = 2});
    assert_counts(1 + 2 + 3 + 2, 2 * (1 + 2 + 3), 3);
    assert_violation(classic_grid(&grid), 1, 3);
    assert_actions(&result.violation[1], (uint32_t[]){0, 0, 0});
    sp_explore_free(&result);
}

static void stop_on_witness_ends_after_the_level(void **unused)
{
    (void)unused;
    /* Both counters are above 0 first in (1, 1), two steps away: with level 1 expanded the pairs of
     * sum at most 2 are known. */
    struct classic_grid grid = {.axes = 2, .side = 10, .code = 4};
    explore(classic_grid(&grid), (struct sp_explore_limits){.stop_on_witness = 1});
    assert_counts(1 + 2 + 3, 2 * (1 + 2), 2);
    assert_int_equal(result.end, SP_EXPLORE_COMPLETE);
    assert_witness(classic_grid(&grid), 0, 2);
    sp_explore_free(&result);
    explore(classic_grid(&grid), (struct sp_explore_limits){.stop_on_witness = ~UINT64_C(1)});
    assert_counts(100, 180, 18);
    sp_explore_free(&result);
}

static void stop_on_another_property_does_not_end(void **unused)
{
    (void)unused;
    struct classic_grid grid = {.axes = 2, .side = 10, .code = 4, .forbidden = 3};
    explore(classic_grid(&grid), (struct sp_explore_limits){.stop_on = ~UINT64_C(2)});
    assert_counts(9, 18, 4);
    assert_violation(classic_grid(&grid), 1, 3);
    sp_explore_free(&result);
}

/* ---- limits ---- */

static void assert_end(const char *name)
{
    assert_string_equal(sp_explore_end_name(result.end), name);
}

static void out_of_depth_has_the_states_of_the_levels_before(void **unused)
{
    (void)unused;
    /* States of the eight puzzle by distance from a position with the blank in a corner: A089473.
     * https://oeis.org/A089473 */
    static const uint64_t levels[32] = {1,     2,     4,     8,     16,    20,    39,    62,
                                        116,   152,   286,   396,   748,   1024,  1893,  2512,
                                        4485,  5638,  9529,  10878, 16993, 17110, 23952, 20224,
                                        24047, 15578, 14560, 6274,  3910,  760,   221,   2};
    struct classic_puzzle eight = {.columns = 3, .rows = 3};
    uint64_t sum = 1;
    for (uint32_t depth = 1; depth < 32; depth++) {
        sum += levels[depth];
        explore(classic_puzzle(&eight), (struct sp_explore_limits){.depth = depth});
        assert_end("out of depth");
        assert_int_equal(result.states, sum);
        assert_int_equal(result.depth, depth);
        sp_explore_free(&result);
    }
    assert_int_equal(sum, 181440);
    explore(classic_puzzle(&eight), (struct sp_explore_limits){.depth = 32});
    assert_end("complete"); /* the last level leads nowhere new */
    sp_explore_free(&result);
}

static void out_of_states_has_exactly_as_many(void **unused)
{
    (void)unused;
    struct classic_grid grid = {.axes = 2, .side = 100, .code = 4};
    for (uint64_t states = 1; states < 10000; states += 1111) {
        explore(classic_grid(&grid), (struct sp_explore_limits){.states = states});
        assert_end("out of states");
        assert_int_equal(result.states, states);
        sp_explore_free(&result);
    }
    explore(classic_grid(&grid), (struct sp_explore_limits){.states = 10000});
    assert_counts(10000, 2 * 99 * 100, 198);
    sp_explore_free(&result);
}

static void out_of_memory_holds_no_more_than_it_may(void **unused)
{
    (void)unused;
    uint64_t memory = 8 << 20;
    explore(classic_endless(), (struct sp_explore_limits){.memory = memory});
    assert_end("out of memory");
    assert_in_range(result.memory, memory / 2, memory);
    /* A slot, an octet and two bits, and 8 octets for the levels; a table half as large is the
     * worst. */
    assert_true(result.states > memory / 2 / 24);
    sp_explore_free(&result);
}

static void too_little_memory_to_start_is_an_error(void **unused)
{
    (void)unused;
    struct classic_model model = classic_endless();
    struct sp_explore_limits limits = {.memory = 100000};
    assert_false(try_to_explore(&model, &limits));
    assert_string_equal(error, "no memory to start with");
    sp_explore_free(&result);
}

static void out_of_time_is_noticed_at_once(void **unused)
{
    (void)unused;
    explore(classic_endless(), (struct sp_explore_limits){.seconds = 0.05, .states = 100000000});
    assert_end("out of time");
    assert_true(result.seconds >= 0.05 && result.seconds < 0.5);
    assert_true(result.states > 1000);
    sp_explore_free(&result);
}

static volatile int interrupted;

static void interrupt_at_ten_thousand(void *to, const struct sp_explore_progress *progress)
{
    struct sp_explore_progress *last = to;
    assert_true(progress->states >= last->states && progress->level >= last->level);
    assert_true(progress->transitions >= last->transitions);
    assert_true(progress->expanded <= progress->frontier && progress->seconds >= last->seconds);
    assert_true(progress->memory >= 1 << 18);
    *last = *progress;
    interrupted = progress->states >= 10000;
}

static void interrupted_ends_soon_with_what_is_known(void **unused)
{
    (void)unused;
    struct sp_explore_progress last = {0};
    struct classic_grid grid = {.axes = 4, .side = 32, .code = 8};
    interrupted = 0;
    explore(classic_grid(&grid), (struct sp_explore_limits){.progress_every = 1e-9,
                                                            .progress = interrupt_at_ten_thousand,
                                                            .to = &last,
                                                            .interrupted = &interrupted});
    assert_end("interrupted");
    assert_int_equal(result.states, last.states);
    assert_in_range(result.states, 10000, 10000 + 64 * 4); /* a slice leads to so many */
    assert_int_equal(result.transitions, last.transitions);
    assert_int_equal(result.depth, last.level + 1);
    assert_witness(classic_grid(&grid), 0, 4);
    sp_explore_free(&result);
}

static void interrupted_before_the_start_knows_the_initial_state(void **unused)
{
    (void)unused;
    struct classic_farmer farmer = {.reckless = true};
    interrupted = 1;
    explore(classic_farmer(&farmer), (struct sp_explore_limits){.interrupted = &interrupted});
    assert_end("interrupted");
    assert_int_equal(result.states, 1);
    assert_int_equal(result.transitions, 0);
    sp_explore_free(&result);
}

static void limits_that_are_not_reached_change_nothing(void **unused)
{
    (void)unused;
    struct classic_puzzle five = {.columns = 3, .rows = 2};
    interrupted = 0;
    explore(classic_puzzle(&five), (struct sp_explore_limits){.seconds = 3600,
                                                              .memory = 1 << 30,
                                                              .states = 1000,
                                                              .depth = 100,
                                                              .stop_on = UINT64_MAX,
                                                              .progress_every = 3600,
                                                              .interrupted = &interrupted});
    assert_counts(360, 840, 21);
    sp_explore_free(&result);
}

static void assert_same_path(const struct sp_explore_path *one, const struct sp_explore_path *other)
{
    assert_int_equal(one->found, other->found);
    assert_int_equal(one->initial, other->initial);
    assert_int_equal(one->count, other->count);
    assert_int_equal(one->loop, other->loop);
    assert_memory_equal(one->action, other->action, one->count);
}

/* All of both results but the time they took. */
static void assert_same_result(const struct sp_explore_result *one,
                               const struct sp_explore_result *other)
{
    assert_memory_equal(one, other, offsetof(struct sp_explore_result, seconds));
    for (unsigned bit = 0; bit < 64; bit++) {
        assert_same_path(&one->violation[bit], &other->violation[bit]);
        assert_same_path(&one->witness[bit], &other->witness[bit]);
    }
}

/* One thread against two, four and as many as there may be, more than once. */
static void assert_threads_do_not_matter(struct classic_model model,
                                         struct sp_explore_limits limits)
{
    static const uint32_t threads[] = {1, 2, 4, 4, SP_EXPLORE_THREADS_MAX};
    limits.threads = 1;
    explore(model, limits);
    struct sp_explore_result first = result;
    for (unsigned i = 0; i < sizeof threads / sizeof *threads; i++) {
        limits.threads = threads[i];
        explore(model, limits);
        assert_same_result(&first, &result);
        sp_explore_free(&result);
    }
    sp_explore_free(&first);
}

static void any_number_of_threads_gives_the_same_result(void **unused)
{
    (void)unused;
    struct classic_grid grid = {.axes = 3, .side = 30, .code = 6, .forbidden = 20};
    struct classic_peterson peterson = {.broken = true, .symmetric = true};
    struct classic_philosophers philosophers = {.count = 9};
    struct classic_puzzle eight = {.columns = 3, .rows = 3};
    struct classic_farmer farmer = {.reckless = true};
    assert_threads_do_not_matter(classic_grid(&grid), no_limits);
    assert_threads_do_not_matter(classic_peterson(&peterson), no_limits);
    assert_threads_do_not_matter(classic_philosophers(&philosophers), no_limits);
    assert_threads_do_not_matter(classic_puzzle(&eight), no_limits);
    assert_threads_do_not_matter(classic_farmer(&farmer), no_limits);
    assert_threads_do_not_matter(classic_missionaries(), no_limits);
}

static void limits_end_any_number_of_threads_at_the_same_state(void **unused)
{
    (void)unused;
    struct classic_grid grid = {.axes = 4, .side = 32, .code = 8, .forbidden = 9};
    for (uint64_t states = 1; states < 6561; states += 937) {
        assert_threads_do_not_matter(classic_grid(&grid),
                                     (struct sp_explore_limits){.states = states});
    }
    assert_threads_do_not_matter(classic_grid(&grid), (struct sp_explore_limits){.stop_on = 2});
    assert_threads_do_not_matter(classic_endless(), (struct sp_explore_limits){.memory = 8 << 20});
    assert_threads_do_not_matter(classic_endless(), (struct sp_explore_limits){.depth = 12});
}

static void a_limit_of_states_counts_up_to_the_one_too_many(void **unused)
{
    (void)unused;
    /* 0 -> 1, 0 -> 2 (violates), 0 -> 3: the third transition finds a state too many; the fourth,
     * which would violate too, was not taken. */
    static const struct edge edges[] = {{0, 1, 0}, {0, 2, 2}, {0, 3, 0}, {0, 4, 4}};
    struct graph graph = {edges, 4, 1};
    explore(graph_model(&graph), (struct sp_explore_limits){.states = 2});
    assert_end("out of states");
    assert_int_equal(result.states, 2);
    assert_int_equal(result.transitions, 3);
    assert_int_equal(result.violated, 2);
    sp_explore_free(&result);
}

/* ---- models that break their contract ---- */

enum breach { TOO_MANY_ACTIONS, TOO_WIDE, AUDIT_FAILS, TOO_FEW_BITS, NO_INITIAL, MANY_INITIALS };

/* A counter to 5999. */
static bool counter_initial(void *self, void *scratch, uint32_t index, uint64_t *state)
{
    (void)self;
    (void)scratch;
    *state = index;
    return true;
}

static uint32_t counter_expand(void *self, void *scratch, uint64_t state,
                               struct sp_successor *successors)
{
    const enum breach *breach = self;
    (void)scratch;
    successors[0] = (struct sp_successor){.state = state + 1};
    if (*breach == TOO_WIDE && state == 3) {
        successors[0].state = UINT64_C(1) << 20;
    }
    return *breach == TOO_MANY_ACTIONS && state == 3 ? 2 : state < 5999;
}

static uint64_t counter_stuck(void *self, void *scratch, uint64_t state)
{
    (void)self;
    (void)scratch;
    return state != 5999;
}

static unsigned audits;

static bool counter_audit(void *self, void *scratch, uint64_t state,
                          const struct sp_successor *successors, uint32_t count, char *text,
                          size_t capacity)
{
    const enum breach *breach = self;
    (void)scratch;
    audits += count == (state < 5999) && (count == 0 || successors[0].state == state + 1);
    snprintf(text, capacity, "it does not add up");
    return *breach != AUDIT_FAILS || state != 3;
}

static struct sp_explore_model counter(enum breach *breach)
{
    return (struct sp_explore_model){
        .self = breach,
        .state_bits = *breach == TOO_FEW_BITS ? 7 : 20,
        .actions_max = 1,
        .initials = *breach == NO_INITIAL      ? 0
                    : *breach == MANY_INITIALS ? 257
                                               : 1,
        .initial = counter_initial,
        .expand = counter_expand,
        .stuck = counter_stuck,
        .audit = counter_audit,
    };
}

static void a_broken_contract_is_an_error_with_a_sentence(void **unused)
{
    (void)unused;
    static const char *const sentence[] = {
        [TOO_MANY_ACTIONS] = "expand gave 2 successors, more than 1",
        [TOO_WIDE] = "state 3: successor 0 has number 1048576, of more than 20 bits",
        [AUDIT_FAILS] = "state 3: it does not add up",
        [TOO_FEW_BITS] = "state_bits is 7: 8..60 is valid",
        [NO_INITIAL] = "the model has 0 initial states: 1..256 is valid",
        [MANY_INITIALS] = "the model has 257 initial states: 1..256 is valid",
    };
    for (enum breach breach = 0; breach <= MANY_INITIALS; breach++) {
        for (uint32_t threads = 1; threads <= 4; threads++) {
            struct sp_explore_model model = counter(&breach);
            struct sp_explore_limits limits = {.threads = threads};
            assert_false(sp_explore(&model, &limits, &result, error, sizeof error));
            assert_string_equal(error, sentence[breach]);
            sp_explore_free(&result);
        }
    }
}

static void the_first_states_are_audited_and_then_a_sample(void **unused)
{
    (void)unused;
    enum breach none = MANY_INITIALS + 1;
    struct sp_explore_model model = counter(&none);
    struct sp_explore_limits limits = {.threads = 1};
    audits = 0;
    assert_true(sp_explore(&model, &limits, &result, error, sizeof error));
    assert_counts(6000, 5999, 5999);
    assert_int_equal(audits, 4096 + 2); /* and the states with ordinals 4096 and 5120 */
    sp_explore_free(&result);
}

static uint32_t exhausted_expand(void *self, void *scratch, uint64_t state,
                                 struct sp_successor *successors)
{
    return state == 1000 ? SP_EXPLORE_NO_NUMBER : counter_expand(self, scratch, state, successors);
}

static void a_model_without_numbers_ends_the_search_incomplete(void **unused)
{
    (void)unused;
    enum breach none = MANY_INITIALS + 1;
    struct sp_explore_model model = counter(&none);
    model.expand = exhausted_expand;
    assert_true(sp_explore(&model, &no_limits, &result, error, sizeof error));
    assert_end("out of numbers");
    assert_int_equal(result.states, 1001);
    assert_int_equal(result.transitions, 1000);
    sp_explore_free(&result);
}

/* ---- states stored compactly ---- */

static void compact_states_may_be_missed_and_that_is_said(void **unused)
{
    (void)unused;
    struct classic_puzzle eight = {.columns = 3, .rows = 3};
    explore(classic_puzzle(&eight), no_limits);
    assert_true(result.missed == 0);
    sp_explore_free(&result);
    /* 18 bits for 181,440 states: most cells are taken, and many states for others. */
    explore(classic_puzzle(&eight), (struct sp_explore_limits){.compact_bits = 18});
    assert_in_range(result.states, 100, 181439);
    double n = (double)result.states;
    assert_true(result.missed == n * (n - 1) / 2 / 262144);
    sp_explore_free(&result);
}

/* ---- checkpoints ---- */

static char folder[64];

static int make_folder(void **unused)
{
    (void)unused;
    snprintf(folder, sizeof folder, "/tmp/synproof-explore-XXXXXX");
    return mkdtemp(folder) == NULL;
}

static const char *search_file(void)
{
    static char path[80];
    snprintf(path, sizeof path, "%s/search", folder);
    return path;
}

static int remove_folder(void **unused)
{
    (void)unused;
    (void)remove(search_file());
    (void)rmdir(folder);
    return 0;
}

/* Stops again and again, each time `more` states on, with other threads; as if it never had. */
static void assert_resuming_does_not_matter(struct classic_model model, uint64_t more)
{
    struct sp_explore_checkpoint checkpoint = {.folder = folder, .identity = "one"};
    struct sp_explore_limits limits = {.checkpoint = &checkpoint, .states = more};
    explore(model, no_limits);
    struct sp_explore_result whole = result;
    unsigned stops = 0;
    for (explore(model, limits); result.end != SP_EXPLORE_COMPLETE; stops++) {
        assert_end("out of states");
        assert_true(result.kept);
        assert_int_equal(result.states, limits.states);
        sp_explore_free(&result);
        checkpoint.resume = true;
        limits.states += more;
        limits.threads = stops % 3 + 1;
        explore(model, limits);
    }
    assert_true(stops > 2);
    assert_int_equal(access(search_file(), F_OK), -1); /* it is over: nothing is kept */
    assert_same_result(&whole, &result);
    sp_explore_free(&result);
    sp_explore_free(&whole);
}

static void a_search_that_was_kept_goes_on_as_if_never_stopped(void **unused)
{
    (void)unused;
    struct classic_grid grid = {.axes = 3, .side = 30, .code = 6, .forbidden = 20};
    struct classic_puzzle five = {.columns = 3, .rows = 2};
    struct classic_farmer farmer = {.reckless = true};
    assert_resuming_does_not_matter(classic_grid(&grid), 777);
    assert_resuming_does_not_matter(classic_puzzle(&five), 50);
    assert_resuming_does_not_matter(classic_farmer(&farmer), 2);
    assert_resuming_does_not_matter(classic_missionaries(), 3);
}

static void a_search_stopped_by_depth_goes_on(void **unused)
{
    (void)unused;
    struct classic_puzzle eight = {.columns = 3, .rows = 3};
    struct sp_explore_checkpoint checkpoint = {.folder = folder, .identity = "eight"};
    struct sp_explore_limits limits = {.checkpoint = &checkpoint, .depth = 17};
    explore(classic_puzzle(&eight), limits);
    assert_end("out of depth");
    sp_explore_free(&result);
    checkpoint.resume = true;
    limits.depth = 0;
    explore(classic_puzzle(&eight), limits);
    assert_counts(181440, 20160 * (4 * 2 + 4 * 3 + 4), 31);
    sp_explore_free(&result);
}

/* Keeps a copy of what a checkpoint while searching left: what is there when the program is killed.
 */
static bool copied;

static void copy_checkpoint(void *to, const struct sp_explore_progress *progress)
{
    char copy[96];
    (void)to;
    (void)progress;
    snprintf(copy, sizeof copy, "%s/copy", folder);
    copied |= access(search_file(), F_OK) == 0 && rename(search_file(), copy) == 0;
}

static void a_search_that_was_killed_goes_on_from_its_last_checkpoint(void **unused)
{
    (void)unused;
    struct classic_grid grid = {.axes = 4, .side = 20, .code = 8};
    struct sp_explore_checkpoint checkpoint = {
        .folder = folder, .identity = "killed", .every = 1e-3};
    struct sp_explore_limits limits = {
        .checkpoint = &checkpoint, .progress_every = 1e-9, .progress = copy_checkpoint};
    char copy[96];
    copied = false;
    explore(classic_grid(&grid), limits);
    assert_true(copied);
    sp_explore_free(&result);
    snprintf(copy, sizeof copy, "%s/copy", folder);
    assert_int_equal(rename(copy, search_file()), 0);
    checkpoint.resume = true;
    limits.progress = NULL;
    explore(classic_grid(&grid), limits);
    assert_counts(160000, 4 * 19 * 8000, 4 * 19);
    sp_explore_free(&result);
}

/* What resuming says of what stands in the folder now. */
static void assert_refused(const char *identity, const char *why)
{
    struct classic_farmer farmer = {.reckless = false};
    struct classic_model model = classic_farmer(&farmer);
    struct sp_explore_checkpoint checkpoint = {
        .folder = folder, .identity = identity, .resume = true};
    char sentence[192];
    snprintf(sentence, sizeof sentence, "checkpoint in %s: %s", folder, why);
    assert_false(try_to_explore(&model, &(struct sp_explore_limits){.checkpoint = &checkpoint}));
    assert_string_equal(error, sentence);
    sp_explore_free(&result);
}

static void a_checkpoint_that_does_not_fit_is_refused(void **unused)
{
    (void)unused;
    struct classic_farmer farmer = {.reckless = false};
    struct sp_explore_checkpoint checkpoint = {.folder = folder, .identity = "farmer"};
    assert_refused("farmer", "No such file or directory");
    explore(classic_farmer(&farmer),
            (struct sp_explore_limits){.checkpoint = &checkpoint, .states = 4});
    sp_explore_free(&result);
    assert_refused("wolf", "it is of another search");
    char *identity = sp_explore_identity(folder, error, sizeof error);
    assert_string_equal(identity, "farmer");
    free(identity);

    uint8_t octets[65536];
    FILE *file = fopen(search_file(), "rb");
    size_t size = fread(octets, 1, sizeof octets, file);
    fclose(file);
    assert_in_range(size, 1000, sizeof octets - 1);
    for (size_t cut = 0; cut < size; cut += 37) {
        file = fopen(search_file(), "wb");
        fwrite(octets, 1, cut, file);
        fclose(file);
        assert_refused("farmer",
                       cut < 22 ? "it is no checkpoint of this version" : "it is damaged");
    }
    for (size_t at = 0; at < size; at += 41) {
        octets[at] ^= 0x10;
        file = fopen(search_file(), "wb");
        fwrite(octets, 1, size, file);
        fclose(file);
        octets[at] ^= 0x10;
        assert_refused("farmer", at < 22 ? "it is no checkpoint of this version" : "it is damaged");
    }
}

static void a_checkpoint_that_cannot_be_written_is_said_not_to_be(void **unused)
{
    (void)unused;
    struct classic_farmer farmer = {.reckless = false};
    struct sp_explore_checkpoint checkpoint = {.folder = "/dev/null/folder", .identity = "farmer"};
    explore(classic_farmer(&farmer),
            (struct sp_explore_limits){.checkpoint = &checkpoint, .states = 4});
    assert_end("out of states");
    assert_false(result.kept);
    sp_explore_free(&result);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(grid_has_the_counts_of_its_closed_form),
        cmocka_unit_test(a_million_states_are_counted_exactly),
        cmocka_unit_test(a_line_is_as_deep_as_it_is_long),
        cmocka_unit_test(peterson_has_its_ten_states_and_excludes),
        cmocka_unit_test(peterson_up_to_symmetry_has_five_states),
        cmocka_unit_test(philosophers_count_as_pell_lucas_numbers),
        cmocka_unit_test(philosophers_starve_when_each_takes_the_left_fork),
        cmocka_unit_test(puzzles_have_half_their_permutations),
        cmocka_unit_test(farmer_needs_seven_crossings),
        cmocka_unit_test(missionaries_need_eleven_crossings),
        cmocka_unit_test(a_violating_successor_is_counted_and_not_explored),
        cmocka_unit_test(a_counterexample_is_the_first_of_the_shortest),
        cmocka_unit_test(a_counterexample_up_to_symmetry_is_as_short),
        cmocka_unit_test(a_stuck_state_is_nearer_than_a_violation_from_its_level),
        cmocka_unit_test(a_stuck_initial_state_is_a_path_without_actions),
        cmocka_unit_test(an_earlier_predecessor_beats_an_earlier_action),
        cmocka_unit_test(a_path_avoids_violations_on_its_way),
        cmocka_unit_test(stop_on_ends_after_the_level),
        cmocka_unit_test(stop_on_witness_ends_after_the_level),
        cmocka_unit_test(stop_on_another_property_does_not_end),
        cmocka_unit_test(out_of_depth_has_the_states_of_the_levels_before),
        cmocka_unit_test(out_of_states_has_exactly_as_many),
        cmocka_unit_test(out_of_memory_holds_no_more_than_it_may),
        cmocka_unit_test(too_little_memory_to_start_is_an_error),
        cmocka_unit_test(out_of_time_is_noticed_at_once),
        cmocka_unit_test(interrupted_ends_soon_with_what_is_known),
        cmocka_unit_test(interrupted_before_the_start_knows_the_initial_state),
        cmocka_unit_test(limits_that_are_not_reached_change_nothing),
        cmocka_unit_test(any_number_of_threads_gives_the_same_result),
        cmocka_unit_test(limits_end_any_number_of_threads_at_the_same_state),
        cmocka_unit_test(a_limit_of_states_counts_up_to_the_one_too_many),
        cmocka_unit_test(a_broken_contract_is_an_error_with_a_sentence),
        cmocka_unit_test(the_first_states_are_audited_and_then_a_sample),
        cmocka_unit_test(a_model_without_numbers_ends_the_search_incomplete),
        cmocka_unit_test(compact_states_may_be_missed_and_that_is_said),
        cmocka_unit_test_setup_teardown(a_search_that_was_kept_goes_on_as_if_never_stopped,
                                        make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(a_search_stopped_by_depth_goes_on, make_folder,
                                        remove_folder),
        cmocka_unit_test_setup_teardown(a_search_that_was_killed_goes_on_from_its_last_checkpoint,
                                        make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(a_checkpoint_that_does_not_fit_is_refused, make_folder,
                                        remove_folder),
        cmocka_unit_test(a_checkpoint_that_cannot_be_written_is_said_not_to_be),
    };
    return cmocka_run_group_tests_name("explore", tests, NULL, NULL);
}
