/*
 * Expanding a slice: the states of a level, one after another, into a list of their successors.
 *
 * This is nearly all of a search's work, and depends on nothing but the model and the codes of the
 * states: any number of threads can do it at once, each with its own buffers.
 * What it does not do: look into the set, or change it. Nothing is allocated here.
 * Invariant: pending successors and findings stand in the order of (predecessor, action).
 */
#include "explore/search.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Every state is self-checked up to these counts, then one state or transition in so many. Which
 * ones depends on the order of discovery alone. */
#define ROUND_TRIPS_AT_FIRST 65536
#define ROUND_TRIP_EVERY     16
#define FUTURES_AT_FIRST     1024
#define FUTURE_EVERY         1024

bool sp_worker_broken(struct sp_worker *worker, const char *format, ...)
{
    if (!worker->broken) {
        va_list arguments;
        va_start(arguments, format);
        (void)vsnprintf(worker->error, sizeof worker->error, format, arguments);
        va_end(arguments);
    }
    worker->broken = true;
    return false;
}

bool sp_worker_encode(struct sp_worker *worker, const void *state, uint8_t *code, size_t *size)
{
    const struct sp_explore_model *model = worker->search->model;
    *size = model->encode(model->self, state, code);
    return *size <= model->code_max ||
           sp_worker_broken(worker, "encode wrote %zu octets, more than %zu", *size,
                            model->code_max);
}

bool sp_worker_enumerate(struct sp_worker *worker, const void *state, uint32_t *actions,
                         uint32_t *count)
{
    const struct sp_explore_model *model = worker->search->model;
    *count = model->enumerate(model->self, state, actions);
    return *count <= model->actions_max ||
           sp_worker_broken(worker, "enumerate gave %" PRIu32 " actions, more than %" PRIu32,
                            *count, model->actions_max);
}

static bool sampled(uint64_t ordinal, uint64_t number, uint64_t at_first, uint64_t every)
{
    return ordinal < at_first || number % every == 0;
}

void sp_slice_clear(struct sp_slice *slice)
{
    slice->transitions = 0;
    slice->count = 0;
    slice->used = 0;
    slice->findings = 0;
    slice->stuck = (struct sp_finding){0};
    slice->taken = (struct sp_finding){0};
}

/* The slice has room for one more transition, whatever it shows. */
static bool has_room(const struct sp_slice *slice)
{
    return slice->count < SP_SLICE_PENDING && slice->used <= SP_SLICE_OCTETS &&
           slice->findings < SP_SLICE_FINDINGS;
}

bool sp_slice_add(struct sp_worker *worker, struct sp_slice *slice, const void *state)
{
    uint8_t *code = slice->octets + slice->used;
    size_t size = 0;
    if (!sp_worker_encode(worker, state, code, &size)) {
        return false;
    }
    if (sampled(worker->ordinal, worker->ordinal + worker->index, FUTURES_AT_FIRST, FUTURE_EVERY) &&
        !sp_contract_same_future(worker, state, code, size)) {
        return false;
    }
    slice->pending[slice->count++] = (struct sp_pending){.hash = sp_visited_xxh3(code, size),
                                                         .parent = worker->cursor,
                                                         .at = slice->used,
                                                         .size = (uint32_t)size,
                                                         .transition = slice->transitions};
    slice->used += (uint32_t)size;
    return true;
}

/* Notes what showed, unless the same has shown before in this slice. */
static void note(struct sp_slice *slice, struct sp_finding finding)
{
    struct sp_finding *known = finding.at_end ? &slice->stuck : &slice->taken;
    if ((finding.violated & ~known->violated) != 0 ||
        (finding.witnessed & ~known->witnessed) != 0) {
        known->violated |= finding.violated;
        known->witnessed |= finding.witnessed;
        finding.transition = slice->transitions;
        slice->finding[slice->findings++] = finding;
    }
}

/* Takes one action of the state in worker->work.state. */
static bool take(struct sp_worker *worker, struct sp_slice *slice, uint32_t action)
{
    const struct sp_explore_model *model = worker->search->model;
    void *next = worker->work.next;
    if (!has_room(slice) && !sp_pool_drain(worker, slice)) {
        return false;
    }
    memcpy(next, worker->work.state, model->state_size);
    struct sp_explore_found found = model->apply(model->self, next, action);
    slice->transitions++;
    note(slice, (struct sp_finding){.violated = found.violated,
                                    .witnessed = found.witnessed,
                                    .state = worker->cursor});
    return found.violated != 0 || sp_slice_add(worker, slice, next);
}

/* Asks a state without actions what that means. */
static bool end(struct sp_worker *worker, struct sp_slice *slice)
{
    const struct sp_explore_model *model = worker->search->model;
    if (!has_room(slice) && !sp_pool_drain(worker, slice)) {
        return false;
    }
    uint64_t violated = model->stuck(model->self, worker->work.state);
    note(slice, (struct sp_finding){.violated = violated, .state = worker->cursor, .at_end = true});
    return true;
}

/* Expands the state at the cursor. */
static bool expand(struct sp_worker *worker, struct sp_slice *slice)
{
    const struct sp_explore_model *model = worker->search->model;
    struct sp_buffers *work = &worker->work;
    struct sp_record record = sp_visited_at(&worker->search->visited, worker->cursor);
    model->decode(model->self, record.code, record.size, work->state);
    if (sampled(worker->ordinal, worker->ordinal, ROUND_TRIPS_AT_FIRST, ROUND_TRIP_EVERY) &&
        !sp_contract_round_trip(worker, work->state, record.code, record.size)) {
        return false;
    }
    uint32_t count = 0;
    if (!sp_worker_enumerate(worker, work->state, work->actions, &count)) {
        return false;
    }
    if (count == 0) {
        return end(worker, slice);
    }
    for (worker->index = 0; worker->index < count; worker->index++) {
        if (!take(worker, slice, work->actions[worker->index])) {
            return false;
        }
    }
    return true;
}

bool sp_slice_expand(struct sp_worker *worker, struct sp_slice *slice)
{
    sp_slice_clear(slice);
    worker->cursor = slice->before;
    worker->ordinal = slice->ordinal;
    for (uint32_t i = 0; i < slice->states; i++, worker->ordinal++) {
        worker->cursor = sp_visited_next(&worker->search->visited, worker->cursor, slice->end);
        if (!expand(worker, slice)) {
            return false;
        }
    }
    return true;
}
