/*
 * The explorer: breadth-first search by levels over the numbers of a model's states.
 *
 * Two levels are kept as lists, the one being expanded and the one being found; of all states the
 * set keeps the number and the trail how they were reached. The states of a level are expanded by
 * any number of threads (pool.c, slice.c), and their successors put into the set in one order
 * (commit.c). Nothing is allocated for a state or a transition. What it does not do: know what a
 * state means.
 */
#include "explore/search.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "explore/liveness.h"

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
    case SP_EXPLORE_OUT_OF_NUMBERS:
        return "out of numbers";
    case SP_EXPLORE_INTERRUPTED:
        return "interrupted";
    }
    return "unknown";
}

/* The level that was found becomes the one to expand. */
static void descend(struct sp_search *search)
{
    uint64_t count = sp_level_count(&search->next);
    sp_pieces_free(&search->now.states);
    search->now = search->next;
    search->now.ordinal = search->numbers.count - count;
    search->known = search->numbers.count;
    sp_pieces_init(&search->next.states, &search->budget);
    search->expanded = 0;
    search->skip = 0;
}

/* Puts the initial states into the set: level 0. */
static void seed(struct sp_search *search)
{
    const struct sp_explore_model *model = search->model;
    for (uint32_t i = 0; i < model->initials && !search->stopped; i++) {
        uint64_t state = 0;
        if (!model->initial(model->self, search->worker[0].scratch, i, &state)) {
            sp_commit_stop(search, SP_EXPLORE_OUT_OF_NUMBERS);
        } else {
            (void)sp_commit_initial(search, state, (uint8_t)i);
        }
    }
    (void)sp_trail_next(&search->trail); /* sp_commit_initial made room for it */
    descend(search);
}

/* No thread is at work: the model may tidy up, and says what it holds. */
static void rest(struct sp_search *search)
{
    const struct sp_explore_model *model = search->model;
    if (model->rest != NULL) {
        search->budget.held -= search->model_held;
        search->model_held = model->rest(model->self, search->known);
        search->budget.held += search->model_held;
    }
    if (search->budget.held > search->budget.max) {
        sp_commit_stop(search, SP_EXPLORE_OUT_OF_MEMORY);
    }
}

/* Expands what is left of the level. A checkpoint is written inside a level, never behind its last
 * state: so what is left of a level that is taken up again is not empty. */
static bool expand_level(struct sp_search *search)
{
    rest(search);
    while (search->expanded < sp_level_count(&search->now) && !search->stopped) {
        if (!sp_pool_level(search)) {
            return false;
        }
        if (search->keeps && !search->stopped && search->expanded < sp_level_count(&search->now)) {
            (void)sp_checkpoint_write(search); /* where it fails the older one still stands */
            search->kept = sp_explore_now();
            search->keeps = false;
        }
    }
    return true;
}

static bool run(struct sp_search *search)
{
    const struct sp_explore_limits *limits = search->limits;
    struct sp_explore_result *result = search->result;
    while (sp_level_count(&search->now) > 0 && !search->stopped &&
           (result->violated & limits->stop_on) == 0 &&
           (result->witnessed & limits->stop_on_witness) == 0) {
        if (limits->depth != 0 && search->level >= limits->depth) {
            sp_commit_stop(search, SP_EXPLORE_OUT_OF_DEPTH);
            break;
        }
        if (!expand_level(search)) {
            return false;
        }
        bool deeper = sp_level_count(&search->next) > 0;
        result->depth = deeper ? search->level + 1 : search->level;
        if (!search->stopped) {
            search->before = sp_level_count(&search->now);
            search->level++;
            descend(search);
        }
    }
    result->frontier = sp_level_count(&search->now) - search->expanded;
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

/* Properties of liveness speak of all states and of nothing but them. */
static bool judge_liveness(struct sp_search *search)
{
    const struct sp_explore_result *result = search->result;
    struct sp_worker *self = &search->worker[0];
    if (search->model->livenesses == 0 || result->end != SP_EXPLORE_COMPLETE ||
        result->violated != 0) {
        return true;
    }
    if (search->numbers.kept < search->numbers.bits) {
        return sp_worker_broken(self, "liveness needs states that are stored exactly");
    }
    return sp_liveness_judge(search->model, self->scratch, &search->numbers, &search->budget,
                             search->limits, sp_explore_now() - search->began, search->result,
                             self->error, sizeof self->error);
}

/* A search that is not over is kept; one that is over needs no checkpoint any more. */
static void keep_or_remove(struct sp_search *search)
{
    const struct sp_explore_checkpoint *checkpoint = search->limits->checkpoint;
    if (checkpoint == NULL) {
        return;
    }
    if (search->result->end != SP_EXPLORE_COMPLETE) {
        search->result->kept = sp_checkpoint_write(search);
    } else {
        sp_checkpoint_remove(checkpoint->folder);
    }
}

static bool fits(const struct sp_explore_model *model, struct sp_worker *self)
{
    if (model->state_bits < 8 || model->state_bits > 60) {
        return sp_worker_broken(self, "state_bits is %u: 8..60 is valid", model->state_bits);
    }
    if (model->actions_max > SP_EXPLORE_ACTIONS_MAX) {
        return sp_worker_broken(self, "actions_max is %u, more than %d", model->actions_max,
                                SP_EXPLORE_ACTIONS_MAX);
    }
    if (model->initials == 0 || model->initials > SP_EXPLORE_ACTIONS_MAX) {
        return sp_worker_broken(self, "the model has %u initial states: 1..%d is valid",
                                model->initials, SP_EXPLORE_ACTIONS_MAX);
    }
    return true;
}

static uint64_t workers_octets(const struct sp_explore_model *model)
{
    return SP_EXPLORE_THREADS_MAX *
           (model->scratch_size + model->actions_max * sizeof(struct sp_successor));
}

static bool workers_init(struct sp_search *search)
{
    const struct sp_explore_model *model = search->model;
    for (unsigned i = 0; i < SP_EXPLORE_THREADS_MAX; i++) {
        struct sp_worker *worker = &search->worker[i];
        worker->search = search;
        worker->scratch = calloc(1, model->scratch_size + 1);
        worker->successors = malloc((model->actions_max + (size_t)1) * sizeof *worker->successors);
        if (worker->scratch == NULL || worker->successors == NULL) {
            return false;
        }
    }
    return true;
}

static bool search_init(struct sp_search *search)
{
    const struct sp_explore_model *model = search->model;
    const struct sp_explore_limits *limits = search->limits;
    struct sp_worker *self = &search->worker[0];
    struct sp_budget *budget = &search->budget;
    if (!fits(model, self)) {
        return false;
    }
    budget->max = limits->memory == 0 ? UINT64_MAX : limits->memory;
    budget->held = sizeof *search + sp_pool_octets(model) + workers_octets(model);
    unsigned kept = limits->compact_bits == 0 ? model->state_bits : limits->compact_bits;
    sp_trail_init(&search->trail, budget);
    sp_pieces_init(&search->now.states, budget);
    sp_pieces_init(&search->next.states, budget);
    if (budget->held > budget->max ||
        !sp_numbers_init(&search->numbers, budget, model->state_bits,
                         kept < model->state_bits ? kept : model->state_bits) ||
        !workers_init(search) || !sp_pool_open(search)) {
        return sp_worker_broken(self, "no memory to start with");
    }
    search->began = sp_explore_now();
    search->reported = search->began;
    search->kept = search->began;
    return true;
}

static void search_free(struct sp_search *search)
{
    sp_pool_close(search);
    sp_numbers_free(&search->numbers);
    sp_trail_free(&search->trail);
    sp_pieces_free(&search->now.states);
    sp_pieces_free(&search->next.states);
    for (unsigned i = 0; i < SP_EXPLORE_THREADS_MAX; i++) {
        free(search->worker[i].scratch);
        free(search->worker[i].successors);
    }
    free(search);
}

/* Takes up an earlier search, or begins one. */
static bool begin(struct sp_search *search)
{
    const struct sp_explore_checkpoint *checkpoint = search->limits->checkpoint;
    if (checkpoint != NULL && checkpoint->resume) {
        return sp_checkpoint_read(search);
    }
    seed(search);
    return true;
}

/* Of n states taken in turn, each is taken for an earlier one with probability (those so far) /
 * 2^kept: the sum bounds the number of those that were missed. */
static double missed(const struct sp_numbers *numbers)
{
    double n = (double)numbers->count;
    double cells = 1;
    for (unsigned i = 0; i < numbers->kept; i++) {
        cells *= 2;
    }
    return numbers->kept == numbers->bits ? 0 : n * (n - 1) / 2 / cells;
}

static void conclude(struct sp_search *search)
{
    struct sp_explore_result *result = search->result;
    result->states = search->numbers.count;
    result->memory = search->budget.held;
    result->missed = missed(&search->numbers);
    result->seconds = search->spent + sp_explore_now() - search->began;
}

bool sp_explore(const struct sp_explore_model *model, const struct sp_explore_limits *limits,
                struct sp_explore_result *result, char *error, size_t error_capacity)
{
    memset(result, 0, sizeof *result);
    result->end = SP_EXPLORE_COMPLETE;
    struct sp_search *search = calloc(1, sizeof *search);
    if (search == NULL) {
        (void)snprintf(error, error_capacity, "no memory to start with");
        return false;
    }
    search->model = model;
    search->limits = limits;
    search->result = result;

    bool good = search_init(search) && begin(search) && run(search) && build_paths(search) &&
                judge_liveness(search);
    if (!good) {
        (void)snprintf(error, error_capacity, "%s", search->worker[0].error);
    } else {
        keep_or_remove(search);
        conclude(search);
    }
    search_free(search);
    return good;
}

void sp_explore_free(struct sp_explore_result *result)
{
    for (unsigned bit = 0; bit < 64; bit++) {
        free(result->violation[bit].action);
        free(result->violation[bit].state);
        free(result->witness[bit].action);
        free(result->witness[bit].state);
        result->violation[bit] = (struct sp_explore_path){0};
        result->witness[bit] = (struct sp_explore_path){0};
    }
}
