/*
 * bench-explore: how fast is the explorer itself, on a model that costs next to nothing?
 *
 * Usage: bench-explore [AXES [SIDE [CODE [STATE [THREADS]]]]]: a grid of AXES counters from 0 to
 * SIDE - 1, codes of CODE octets, decoded states of STATE octets, THREADS threads (1). Its counts
 * have a closed form, which is checked: a fast wrong answer is no figure. It says nothing of the
 * cost of a real model.
 */
#define _DEFAULT_SOURCE /* getrusage */

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "explore/explore.h"

#define AXES_MAX 16

struct grid {
    uint32_t axes;
    uint32_t side;
    uint32_t code;
    uint32_t state;
};

static uint32_t grid_initials(const void *self)
{
    (void)self;
    return 1;
}

static void grid_initial(const void *self, uint32_t index, void *state)
{
    const struct grid *grid = self;
    (void)index;
    memset(state, 0, grid->state);
}

static uint32_t grid_enumerate(const void *self, const void *state, uint32_t *actions)
{
    const struct grid *grid = self;
    const uint8_t *at = state;
    uint32_t count = 0;
    for (uint32_t i = 0; i < grid->axes; i++) {
        actions[count] = i;
        count += at[i] + 1u < grid->side;
    }
    return count;
}

static struct sp_explore_found grid_apply(const void *self, void *state, uint32_t action)
{
    uint8_t *at = state;
    (void)self;
    at[action]++;
    return (struct sp_explore_found){0};
}

static uint64_t grid_stuck(const void *self, const void *state)
{
    (void)self;
    (void)state;
    return 0;
}

static size_t grid_encode(const void *self, const void *state, uint8_t *code)
{
    const struct grid *grid = self;
    memset(code, 0, grid->code);
    memcpy(code, state, grid->axes);
    return grid->code;
}

static void grid_decode(const void *self, const uint8_t *code, size_t size, void *state)
{
    const struct grid *grid = self;
    (void)size;
    memcpy(state, code, grid->axes);
}

static uint64_t power(uint64_t base, uint32_t exponent)
{
    return exponent == 0 ? 1 : base * power(base, exponent - 1);
}

static uint32_t argument(int argc, char **argv, int index, uint32_t otherwise, uint32_t max)
{
    if (index >= argc) {
        return otherwise;
    }
    unsigned long value = strtoul(argv[index], NULL, 10);
    if (value == 0 || value > max) {
        fprintf(stderr, "bench-explore: '%s': a number from 1 to %" PRIu32 "\n", argv[index], max);
        exit(2);
    }
    return (uint32_t)value;
}

static void print_figures(const struct sp_explore_result *result)
{
    struct rusage usage;
    (void)getrusage(RUSAGE_SELF, &usage);
    double states = (double)result->states;
    double cpu = (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
                 (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1e-6;
    printf("end=\"%s\" states=%" PRIu64 " transitions=%" PRIu64 " depth=%" PRIu32
           " seconds=%.2f cpu_seconds=%.2f states_per_s=%.2fM transitions_per_s=%.1fM "
           "octets_a_state=%.1f"
           " resident_octets_a_state=%.1f\n",
           sp_explore_end_name(result->end), result->states, result->transitions, result->depth,
           result->seconds, cpu, states / result->seconds / 1e6,
           (double)result->transitions / result->seconds / 1e6, (double)result->memory / states,
           (double)usage.ru_maxrss * 1024 / states);
}

int main(int argc, char **argv)
{
    struct grid grid = {.axes = argument(argc, argv, 1, 8, AXES_MAX)};
    grid.side = argument(argc, argv, 2, 6, 255);
    grid.code = argument(argc, argv, 3, 44, 65535);
    grid.state = argument(argc, argv, 4, 44, 65535);
    struct sp_explore_limits limits = {.threads =
                                           argument(argc, argv, 5, 1, SP_EXPLORE_THREADS_MAX)};
    grid.code = grid.code < grid.axes ? grid.axes : grid.code;
    grid.state = grid.state < grid.axes ? grid.axes : grid.state;
    struct sp_explore_model model = {.self = &grid,
                                     .state_size = grid.state,
                                     .code_max = grid.code,
                                     .actions_max = grid.axes,
                                     .initials = grid_initials,
                                     .initial = grid_initial,
                                     .enumerate = grid_enumerate,
                                     .apply = grid_apply,
                                     .stuck = grid_stuck,
                                     .encode = grid_encode,
                                     .decode = grid_decode};
    struct sp_explore_result result;
    char error[256];
    if (!sp_explore(&model, &limits, &result, error, sizeof error)) {
        fprintf(stderr, "bench-explore: %s\n", error);
        return 6;
    }
    print_figures(&result);
    bool right =
        result.end != SP_EXPLORE_COMPLETE ||
        (result.states == power(grid.side, grid.axes) &&
         result.transitions == grid.axes * (grid.side - 1) * power(grid.side, grid.axes - 1));
    sp_explore_free(&result);
    if (!right) {
        fprintf(stderr, "bench-explore: these are not the counts of the closed form\n");
    }
    return right ? 0 : 6;
}
