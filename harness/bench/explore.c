/*
 * bench-explore: what one engine, or one part of it, costs. Prints one line; `table` makes a table
 * of several.
 *
 *   bench-explore check BOUNDS THREADS      the whole search: every property judged
 *   bench-explore step BOUNDS               the step function alone, on worlds of that search
 *   bench-explore set STATES TRANSITIONS    the set of numbers alone: as many puts, as many of them
 * new
 *
 * BOUNDS is the path of a bounds file. It is no test: a slow machine prints other numbers and fails
 * nothing. Memory is what was resident at most, of this process, which does nothing else.
 */
#define _DEFAULT_SOURCE /* getrusage */

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "explore/numbers.h"
#include "world/tcp.h"

/* More than any bounds file has octets. */
#define BOUNDS_SIZE_MAX 65536

/* Worlds from which steps are taken: the first of a search, far more than any cache holds. */
#define WORLDS 100000

/* Numbers fetched ahead of their put, as the search does. */
#define AHEAD 24

static double now(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

_Noreturn static void refuse(const char *what, const char *why)
{
    fprintf(stderr, "bench-explore: %s: %s\n", what, why);
    exit(2);
}

static uint64_t number(const char *text)
{
    char *end = NULL;
    uint64_t value = strtoull(text, &end, 10);
    if (*text < '1' || *text > '9' || *end != '\0') {
        refuse(text, "a number from 1 is valid");
    }
    return value;
}

static void print(uint64_t states, uint64_t transitions, double seconds)
{
    struct rusage usage;
    (void)getrusage(RUSAGE_SELF, &usage);
    printf("states=%" PRIu64 " transitions=%" PRIu64 " seconds=%.2f kb=%ld\n", states, transitions,
           seconds, usage.ru_maxrss);
}

static void read_setup(const char *path, struct sp_setup *setup)
{
    static char text[BOUNDS_SIZE_MAX];
    struct sp_complaint complaint;
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        refuse(path, "cannot be read");
    }
    size_t size = fread(text, 1, sizeof text, file);
    (void)fclose(file);
    if (!sp_setup_parse(setup, text, size, &complaint)) {
        refuse(path, complaint.text);
    }
}

static void bench_check(const char *path, uint32_t threads)
{
    static struct sp_explore_result result;
    struct sp_setup setup;
    sp_setup_init(&setup);
    read_setup(path, &setup);
    char error[256];
    struct sp_tcp *tcp = sp_tcp_open(&setup, 0);
    struct sp_explore_model model = sp_tcp_model(tcp);
    struct sp_explore_limits limits = {.threads = threads};
    if (!sp_explore(&model, &limits, &result, error, sizeof error)) {
        refuse(path, error);
    }
    print(result.states, result.transitions, result.seconds);
    sp_explore_free(&result);
    sp_tcp_close(tcp);
}

/* Worlds to take steps from, by a plain walk over the first states. */
static uint32_t gather(const struct sp_setup *setup, struct sp_world *worlds)
{
    uint32_t count = 1;
    sp_world_init(setup, 0, false, &worlds[0]);
    for (uint32_t from = 0; from < count && count < WORLDS; from++) {
        sp_move moves[SP_ACTIONS_MAX];
        uint32_t offered = sp_world_moves(setup, &worlds[from], moves);
        for (uint32_t i = 0; i < offered && count < WORLDS; i++) {
            struct sp_step step;
            worlds[count] = worlds[from];
            sp_world_move(setup, &worlds[count], moves[i], &step);
            count++;
        }
    }
    return count;
}

static void bench_step(const char *path)
{
    struct sp_setup setup;
    struct sp_world *worlds = malloc(WORLDS * sizeof *worlds);
    if (worlds == NULL) {
        refuse(path, "out of memory");
    }
    sp_setup_init(&setup);
    read_setup(path, &setup);
    uint32_t count = gather(&setup, worlds);
    uint64_t steps = 0;
    uint64_t sum = 0;
    double seconds = 0;
    for (uint32_t i = 0; i < count; i++) {
        sp_move moves[SP_ACTIONS_MAX];
        uint32_t offered = sp_world_moves(&setup, &worlds[i], moves);
        double began = now();
        for (uint32_t j = 0; j < offered; j++) {
            struct sp_step step;
            struct sp_world next = worlds[i];
            sp_world_move(&setup, &next, moves[j], &step);
            sum += next.host[0].tcb.state;
        }
        seconds += now() - began;
        steps += offered;
    }
    print(sum > 0 ? count : 0, steps, seconds);
    free(worlds);
}

/* The transition's state: each new one, in turn, and between them ones that are old. */
static uint64_t state_at(uint64_t transition, uint64_t states, uint64_t transitions)
{
    uint64_t reached = (uint64_t)((double)transition / (double)transitions * (double)states);
    uint64_t mixed = transition * UINT64_C(0x9e3779b97f4a7c15);
    return transition % 4 == 0 ? reached : mixed % (reached + 1);
}

static void bench_set(uint64_t states, uint64_t transitions)
{
    struct sp_budget budget = {.max = UINT64_MAX};
    struct sp_numbers set;
    if (!sp_numbers_init(&set, &budget, 51, 51)) {
        refuse("set", "out of memory");
    }
    double began = now();
    for (uint64_t i = 0; i < transitions; i++) {
        sp_numbers_fetch(&set, state_at(i + AHEAD, states, transitions));
        (void)sp_numbers_put(&set, state_at(i, states, transitions));
    }
    print(set.count, transitions, now() - began);
    sp_numbers_free(&set);
}

int main(int argc, char **argv)
{
    if (argc == 4 && strcmp(argv[1], "check") == 0) {
        bench_check(argv[2], (uint32_t)number(argv[3]));
    } else if (argc == 3 && strcmp(argv[1], "step") == 0) {
        bench_step(argv[2]);
    } else if (argc == 4 && strcmp(argv[1], "set") == 0) {
        bench_set(number(argv[2]), number(argv[3]));
    } else {
        refuse("usage", "check BOUNDS THREADS, step BOUNDS, or set STATES TRANSITIONS");
    }
    return 0;
}
