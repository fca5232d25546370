/*
 * The explorer: breadth-first search by levels over the codes of a model's states.
 *
 * The order of the arena is the order of discovery, so the frontier is a range of it and needs no
 * queue: the search is one cursor that runs after the arena's end. Expanding a state only fills a
 * batch; flushing the batch puts its codes into the set in that order. Nothing is allocated for a
 * state or a transition but the record itself.
 * What it does not do: know what a state means, or use more than one thread.
 * Invariant: records lie in the order of (level, predecessor, action) of their first discovery.
 */
#define _DEFAULT_SOURCE /* clock_gettime */

#include "explore/search.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Every state and transition is self-checked up to these counts, then one in so many. */
#define ROUND_TRIPS_AT_FIRST 65536
#define ROUND_TRIP_EVERY     16
#define FUTURES_AT_FIRST     4096
#define FUTURE_EVERY         1024

const char *sp_explore_end_name(enum sp_explore_end end)
{
    switch (end) {
    case SP_EXPLORE_COMPLETE:
        return "complete";
    case SP_EXPLORE_OUT_OF_TIME:
        return "out of time";
    case SP_EXPLORE_OUT_OF_MEMORY:
        return "out of memory";
    case SP_EXPLORE_OUT_OF_STATES:
        return "out of states";
    case SP_EXPLORE_OUT_OF_DEPTH:
        return "out of depth";
    case SP_EXPLORE_INTERRUPTED:
        return "interrupted";
    }
    return "unknown";
}

bool sp_search_broken(struct sp_search *search, const char *format, ...)
{
    if (!search->broken && search->error_capacity > 0) {
        va_list arguments;
        va_start(arguments, format);
        (void)vsnprintf(search->error, search->error_capacity, format, arguments);
        va_end(arguments);
    }
    search->broken = true;
    return false;
}

bool sp_search_encode(struct sp_search *search, const void *state, uint8_t *code, size_t *size)
{
    const struct sp_explore_model *model = search->model;
    *size = model->encode(model->self, state, code);
    return *size <= model->code_max ||
           sp_search_broken(search, "encode wrote %zu octets, more than %zu", *size,
                            model->code_max);
}

bool sp_search_enumerate(struct sp_search *search, const void *state, uint32_t *actions,
                         uint32_t *count)
{
    const struct sp_explore_model *model = search->model;
    *count = model->enumerate(model->self, state, actions);
    return *count <= model->actions_max ||
           sp_search_broken(search, "enumerate gave %" PRIu32 " actions, more than %" PRIu32,
                            *count, model->actions_max);
}

static double now_seconds(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static void stop(struct sp_search *search, enum sp_explore_end end)
{
    if (!search->stopped) {
        search->result->end = end;
        search->stopped = true;
    }
}

static void report(struct sp_search *search, double now)
{
    struct sp_explore_progress progress = {.level = search->level,
                                           .states = search->visited.states,
                                           .transitions = search->result->transitions,
                                           .frontier = search->frontier,
                                           .expanded = search->expanded,
                                           .memory = search->visited.memory + search->held,
                                           .seconds = now - search->began};
    search->reported = now;
    search->limits->progress(search->limits->to, &progress);
}

/* Once a batch or level: the clock, the progress report and the interrupt. */
static void tick(struct sp_search *search)
{
    const struct sp_explore_limits *limits = search->limits;
    bool reports = limits->progress != NULL && limits->progress_every > 0;
    if (reports || limits->seconds > 0) {
        double now = now_seconds();
        if (reports && now - search->reported >= limits->progress_every) {
            report(search, now);
        }
        if (limits->seconds > 0 && now - search->began >= limits->seconds) {
            stop(search, SP_EXPLORE_OUT_OF_TIME);
        }
    }
    if (limits->interrupted != NULL && *limits->interrupted != 0) {
        stop(search, SP_EXPLORE_INTERRUPTED);
    }
}

/* Puts the batch into the set, in order; drops it when the search has stopped. */
static void flush(struct sp_search *search)
{
    struct sp_batch *batch = &search->batch;
    struct sp_visited *visited = &search->visited;
    for (uint32_t i = 0; i < batch->count; i++) {
        sp_visited_fetch_record(visited, batch->pending[i].hash);
    }
    for (uint32_t i = 0; i < batch->count && !search->stopped; i++) {
        const struct sp_pending *pending = &batch->pending[i];
        enum sp_visited_put put = sp_visited_put(
            visited, pending->hash, batch->octets + pending->at, pending->size, pending->parent);
        if (put == SP_VISITED_FULL) {
            stop(search, visited->states >= visited->states_max ? SP_EXPLORE_OUT_OF_STATES
                                                                : SP_EXPLORE_OUT_OF_MEMORY);
        }
    }
    batch->count = 0;
    batch->used = 0;
    search->since = 0;
}

/* Adds a state to the batch. False: the model broke its contract. */
static bool add(struct sp_search *search, const void *state, sp_ref parent, bool check)
{
    struct sp_batch *batch = &search->batch;
    uint8_t *code = batch->octets + batch->used;
    size_t size = 0;
    if (!sp_search_encode(search, state, code, &size)) {
        return false;
    }
    if (check && !sp_contract_same_future(search, state, code, size)) {
        return false;
    }
    uint64_t hash = sp_visited_xxh3(code, size);
    sp_visited_fetch_slot(&search->visited, hash);
    batch->pending[batch->count++] = (struct sp_pending){
        .hash = hash, .parent = parent, .at = batch->used, .size = (uint32_t)size};
    batch->used += (uint32_t)size;
    if (batch->count == SP_BATCH) {
        flush(search);
        tick(search);
    }
    return true;
}

/* Keeps, for each bit, the shortest way it showed; among equals the first. */
static void note(struct sp_origin *origins, uint64_t bits, struct sp_origin origin)
{
    for (unsigned bit = 0; bits != 0; bit++, bits >>= 1) {
        struct sp_origin *known = &origins[bit];
        if ((bits & 1) != 0 && (!known->found || origin.count < known->count)) {
            *known = origin;
        }
    }
}

static bool sampled(uint64_t ordinal, uint64_t at_first, uint64_t every)
{
    return ordinal < at_first || ordinal % every == 0;
}

/* Takes one action of the state in search->work.state. */
static bool take(struct sp_search *search, uint32_t action)
{
    const struct sp_explore_model *model = search->model;
    struct sp_explore_result *result = search->result;
    void *next = search->work.next;
    memcpy(next, search->work.state, model->state_size);
    struct sp_explore_found found = model->apply(model->self, next, action);
    result->transitions++;
    if ((found.violated | found.witnessed) != 0) {
        struct sp_origin origin = {
            .found = true, .state = search->cursor, .count = search->level + 1};
        note(search->violation, found.violated, origin);
        note(search->witness, found.witnessed, origin);
        result->violated |= found.violated;
        result->witnessed |= found.witnessed;
    }
    return found.violated != 0 || add(search, next, search->cursor,
                                      sampled(result->transitions, FUTURES_AT_FIRST, FUTURE_EVERY));
}

/* Expands the state at the cursor. False: the model broke its contract. */
static bool expand(struct sp_search *search)
{
    const struct sp_explore_model *model = search->model;
    struct sp_buffers *work = &search->work;
    struct sp_record record = sp_visited_at(&search->visited, search->cursor);
    model->decode(model->self, record.code, record.size, work->state);
    if (sampled(search->ordinal, ROUND_TRIPS_AT_FIRST, ROUND_TRIP_EVERY) &&
        !sp_contract_round_trip(search, work->state, record.code, record.size)) {
        return false;
    }
    uint32_t count = 0;
    if (!sp_search_enumerate(search, work->state, work->actions, &count)) {
        return false;
    }
    if (count == 0) {
        uint64_t bits = model->stuck(model->self, work->state);
        note(search->violation, bits,
             (struct sp_origin){
                 .found = true, .at_end = true, .state = search->cursor, .count = search->level});
        search->result->violated |= bits;
    }
    for (uint32_t i = 0; i < count && !search->stopped; i++) {
        if (!take(search, work->actions[i])) {
            return false;
        }
    }
    if (++search->since == SP_BATCH && !search->stopped) {
        flush(search);
        tick(search);
    }
    return true;
}

/* Puts the initial states into the set: level 0. */
static bool seed(struct sp_search *search)
{
    const struct sp_explore_model *model = search->model;
    uint32_t initials = model->initials(model->self);
    for (uint32_t i = 0; i < initials && !search->stopped; i++) {
        model->initial(model->self, i, search->work.state);
        if (!add(search, search->work.state, 0, sampled(i, FUTURES_AT_FIRST, FUTURE_EVERY))) {
            return false;
        }
    }
    flush(search);
    search->frontier = search->visited.states;
    return true;
}

/* Expands the states of one level; those found on the way are the next. */
static bool expand_level(struct sp_search *search)
{
    uint64_t before = search->visited.states;
    search->expanded = 0;
    tick(search); /* not after the last state: a search that is complete is not out of time */
    while (search->expanded < search->frontier && !search->stopped) {
        search->cursor = sp_visited_next(&search->visited, search->cursor);
        search->expanded++;
        search->ordinal++;
        if (!expand(search)) {
            return false;
        }
    }
    flush(search);
    search->frontier = search->visited.states - before;
    if (search->frontier > 0) {
        search->result->depth = search->level + 1;
    }
    return true;
}

static bool run(struct sp_search *search)
{
    const struct sp_explore_limits *limits = search->limits;
    if (!seed(search)) {
        return false;
    }
    while (search->frontier > 0 && !search->stopped &&
           (search->result->violated & limits->stop_on) == 0) {
        if (limits->depth != 0 && search->level >= limits->depth) {
            stop(search, SP_EXPLORE_OUT_OF_DEPTH);
            break;
        }
        if (!expand_level(search)) {
            return false;
        }
        search->level++;
    }
    return true;
}

static bool build_paths(struct sp_search *search)
{
    struct sp_explore_result *result = search->result;
    for (unsigned bit = 0; bit < 64; bit++) {
        if (search->violation[bit].found &&
            !sp_path_build(search, "violation", bit, &search->violation[bit],
                           &result->violation[bit])) {
            return false;
        }
        if (search->witness[bit].found &&
            !sp_path_build(search, "witness", bit, &search->witness[bit], &result->witness[bit])) {
            return false;
        }
    }
    return true;
}

static bool buffers_init(const struct sp_explore_model *model, struct sp_buffers *buffers)
{
    buffers->state = malloc(model->state_size + 1);
    buffers->next = malloc(model->state_size + 1);
    buffers->actions = malloc((model->actions_max + (size_t)1) * sizeof *buffers->actions);
    buffers->code = malloc(model->code_max + sizeof(uint64_t));
    return buffers->state != NULL && buffers->next != NULL && buffers->actions != NULL &&
           buffers->code != NULL;
}

static void buffers_free(struct sp_buffers *buffers)
{
    free(buffers->state);
    free(buffers->next);
    free(buffers->actions);
    free(buffers->code);
}

static bool search_init(struct sp_search *search)
{
    const struct sp_explore_model *model = search->model;
    const struct sp_explore_limits *limits = search->limits;
    if (model->code_max > UINT16_MAX) {
        return sp_search_broken(search, "code_max is %zu, more than 65535", model->code_max);
    }
    if (model->initials(model->self) == 0) {
        return sp_search_broken(search, "the model has no initial state");
    }
    search->held = sizeof *search + SP_BATCH * model->code_max +
                   2 * (2 * model->state_size + model->code_max +
                        model->actions_max * sizeof *search->work.actions);
    uint64_t memory = limits->memory == 0 ? UINT64_MAX : limits->memory;
    search->batch.octets = malloc(SP_BATCH * model->code_max + 1);
    if (search->batch.octets == NULL || !buffers_init(model, &search->work) ||
        !buffers_init(model, &search->spare) || search->held > memory ||
        !sp_visited_init(&search->visited, memory - search->held, sp_visited_xxh3)) {
        return sp_search_broken(search, "no memory to start with");
    }
    search->visited.states_max = limits->states == 0 ? UINT64_MAX : limits->states;
    search->began = now_seconds();
    search->reported = search->began;
    return true;
}

bool sp_explore(const struct sp_explore_model *model, const struct sp_explore_limits *limits,
                struct sp_explore_result *result, char *error, size_t error_capacity)
{
    *result = (struct sp_explore_result){.end = SP_EXPLORE_COMPLETE};
    struct sp_search *search = calloc(1, sizeof *search);
    if (search == NULL) {
        (void)snprintf(error, error_capacity, "no memory to start with");
        return false;
    }
    search->model = model;
    search->limits = limits;
    search->result = result;
    search->error = error;
    search->error_capacity = error_capacity;

    bool good = search_init(search) && run(search) && build_paths(search);
    if (good) {
        result->states = search->visited.states;
        result->memory = search->visited.memory + search->held;
        result->code_octets = search->visited.code_octets;
        result->seconds = now_seconds() - search->began;
    }
    sp_visited_free(&search->visited);
    buffers_free(&search->work);
    buffers_free(&search->spare);
    free(search->batch.octets);
    free(search);
    return good;
}

void sp_explore_free(struct sp_explore_result *result)
{
    for (unsigned bit = 0; bit < 64; bit++) {
        free(result->violation[bit].actions);
        free(result->witness[bit].actions);
        result->violation[bit] = (struct sp_explore_path){0};
        result->witness[bit] = (struct sp_explore_path){0};
    }
}
