/*
 * The explorer: breadth-first search by levels over the codes of a model's states.
 *
 * The order of the arena is the order of discovery, so the frontier is a range of it and needs no
 * queue: a level is so many records, and the next one what was appended meanwhile. Its states are
 * expanded by any number of threads (pool.c, slice.c), and their successors put into the set in one
 * order (commit.c). Nothing is allocated for a state or a transition but the record itself.
 * What it does not do: know what a state means.
 * Invariant: records lie in the order of (level, predecessor, action) of their first discovery.
 */
#include "explore/search.h"

#include <stdio.h>
#include <stdlib.h>

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

/* Puts the initial states into the set: level 0. */
static bool seed(struct sp_search *search)
{
    const struct sp_explore_model *model = search->model;
    struct sp_worker *worker = &search->worker[0];
    struct sp_slice *slice = &search->pool.slices[0];
    uint32_t initials = model->initials(model->self);
    for (worker->index = 0; worker->index < initials && !search->stopped; worker->index++) {
        sp_slice_clear(slice);
        model->initial(model->self, worker->index, worker->work.state);
        if (!sp_slice_add(worker, slice, worker->work.state)) {
            return false;
        }
        sp_commit(search, slice);
    }
    search->frontier = search->visited.states;
    return true;
}

static bool run(struct sp_search *search)
{
    const struct sp_explore_limits *limits = search->limits;
    sp_ref last = 0;
    uint64_t known = 0;
    if (!seed(search)) {
        return false;
    }
    while (search->frontier > 0 && !search->stopped &&
           (search->result->violated & limits->stop_on) == 0 &&
           (search->result->witnessed & limits->stop_on_witness) == 0) {
        if (limits->depth != 0 && search->level >= limits->depth) {
            search->result->end = SP_EXPLORE_OUT_OF_DEPTH;
            break;
        }
        search->expanded = 0;
        if (!sp_pool_level(search, last, known + 1)) {
            return false;
        }
        last = search->pool.last;
        known += search->frontier;
        search->frontier = search->visited.states - known;
        search->result->depth = search->frontier > 0 ? search->level + 1 : search->level;
        search->level++;
    }
    return true;
}

static bool build_paths(struct sp_search *search)
{
    struct sp_explore_result *result = search->result;
    for (unsigned bit = 0; bit < 64; bit++) {
        if (search->violation[bit].found &&
            !sp_path_build(&search->worker[0], "violation", bit, &search->violation[bit],
                           &result->violation[bit])) {
            return false;
        }
        if (search->witness[bit].found &&
            !sp_path_build(&search->worker[0], "witness", bit, &search->witness[bit],
                           &result->witness[bit])) {
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

static uint64_t buffers_octets(const struct sp_explore_model *model)
{
    return 2 * model->state_size + model->code_max + model->actions_max * sizeof(uint32_t);
}

static bool search_init(struct sp_search *search)
{
    const struct sp_explore_model *model = search->model;
    const struct sp_explore_limits *limits = search->limits;
    struct sp_worker *self = &search->worker[0];
    if (model->code_max > UINT16_MAX) {
        return sp_worker_broken(self, "code_max is %zu, more than 65535", model->code_max);
    }
    if (model->initials(model->self) == 0) {
        return sp_worker_broken(self, "the model has no initial state");
    }
    search->held =
        sizeof *search + sp_pool_octets(model) + 2 * SP_EXPLORE_THREADS_MAX * buffers_octets(model);
    uint64_t memory = limits->memory == 0 ? UINT64_MAX : limits->memory;
    bool good = search->held <= memory &&
                sp_visited_init(&search->visited, memory - search->held, sp_visited_xxh3);
    for (unsigned i = 0; i < SP_EXPLORE_THREADS_MAX && good; i++) {
        struct sp_worker *worker = &search->worker[i];
        worker->search = search;
        good = buffers_init(model, &worker->work) && buffers_init(model, &worker->spare);
    }
    if (!good || !sp_pool_open(search)) {
        return sp_worker_broken(self, "no memory to start with");
    }
    search->visited.states_max = limits->states == 0 ? UINT64_MAX : limits->states;
    search->began = sp_commit_now();
    search->reported = search->began;
    return true;
}

static void search_free(struct sp_search *search)
{
    sp_pool_close(search);
    sp_visited_free(&search->visited);
    for (unsigned i = 0; i < SP_EXPLORE_THREADS_MAX; i++) {
        buffers_free(&search->worker[i].work);
        buffers_free(&search->worker[i].spare);
    }
    free(search);
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

    bool good = search_init(search) && run(search) && build_paths(search);
    if (good) {
        result->states = search->visited.states;
        result->memory = search->visited.memory + search->held;
        result->code_octets = search->visited.code_octets;
        result->seconds = sp_commit_now() - search->began;
    } else {
        (void)snprintf(error, error_capacity, "%s", search->worker[0].error);
    }
    search_free(search);
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
