/*
 * Expanding a slice: the states of a level, one after another, into a list of their successors.
 *
 * This depends on nothing but the model and the states, so any number of threads can do it at once,
 * each with its own buffers. What it does not do: look into the set, or change it.
 * Invariant: pending successors and findings stand in the order of (predecessor, action).
 */
#include "explore/search.h"

#include <inttypes.h>
#include <stdarg.h>
#include <string.h>

/* Every state is audited up to this ordinal, then one in so many: a model that is wrong about a
 * state is wrong in a systematic way. */
#define AUDITS_AT_FIRST 4096
#define AUDIT_EVERY     1024

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

bool sp_worker_expand(struct sp_worker *worker, uint64_t state, uint32_t *count)
{
    const struct sp_explore_model *model = worker->search->model;
    *count = model->expand(model->self, worker->scratch, state, worker->successors);
    return *count <= model->actions_max || *count == SP_EXPLORE_NO_NUMBER ||
           sp_worker_broken(worker, "expand gave %" PRIu32 " successors, more than %" PRIu32,
                            *count, model->actions_max);
}

static bool audit(struct sp_worker *worker, uint64_t state, uint64_t ordinal, uint32_t count)
{
    const struct sp_explore_model *model = worker->search->model;
    if (model->audit == NULL || (ordinal >= AUDITS_AT_FIRST && ordinal % AUDIT_EVERY != 0)) {
        return true;
    }
    char error[sizeof worker->error - 64];
    return model->audit(model->self, worker->scratch, state, worker->successors, count, error,
                        sizeof error) ||
           sp_worker_broken(worker, "state %" PRIu64 ": %s", ordinal, error);
}

/* Notes what showed, unless the same has shown before in this slice. */
static void note(struct sp_slice *slice, struct sp_explore_found found, uint64_t state, bool at_end)
{
    struct sp_finding *known = at_end ? &slice->stuck : &slice->taken;
    if ((found.violated & ~known->violated) == 0 && (found.witnessed & ~known->witnessed) == 0) {
        return;
    }
    known->violated |= found.violated;
    known->witnessed |= found.witnessed;
    slice->finding[slice->findings++] = (struct sp_finding){.violated = found.violated,
                                                            .witnessed = found.witnessed,
                                                            .state = state,
                                                            .at_end = at_end,
                                                            .transition = slice->transitions};
}

/* Lists the successors that worker->successors holds, from the action `from` on. */
static bool list(struct sp_worker *worker, struct sp_slice *slice, uint32_t member,
                 uint64_t ordinal, uint32_t from, uint32_t count)
{
    const unsigned bits = worker->search->model->state_bits;
    for (uint32_t i = from; i < count; i++) {
        const struct sp_successor *successor = &worker->successors[i];
        slice->transitions++;
        note(slice, successor->found, ordinal, false);
        if (successor->found.violated != 0) {
            continue;
        }
        if (successor->state >> bits != 0) {
            return sp_worker_broken(worker,
                                    "state %" PRIu64 ": successor %" PRIu32 " has number %" PRIu64
                                    ", of more than %u bits",
                                    ordinal, i, successor->state, bits);
        }
        slice->pending[slice->count++] = (struct sp_pending){.state = successor->state,
                                                             .transition = slice->transitions,
                                                             .member = (uint16_t)member,
                                                             .action = (uint8_t)i};
    }
    return true;
}

/* Expands one state of the slice. False: the model broke its contract, or has no more numbers. */
static bool expand(struct sp_worker *worker, struct sp_slice *slice, uint32_t member)
{
    const struct sp_search *search = worker->search;
    const struct sp_explore_model *model = search->model;
    uint64_t state = *sp_level_at(&search->now, slice->first + member);
    uint64_t ordinal = search->now.ordinal + slice->first + member;
    uint32_t count = 0;
    if (!sp_worker_expand(worker, state, &count) || count == SP_EXPLORE_NO_NUMBER ||
        !audit(worker, state, ordinal, count)) {
        return false;
    }
    if (count == 0) {
        uint64_t violated = model->stuck(model->self, worker->scratch, state);
        note(slice, (struct sp_explore_found){.violated = violated}, ordinal, true);
        return true;
    }
    return list(worker, slice, member, ordinal, member == 0 ? slice->skip : 0, count);
}

void sp_slice_expand(struct sp_worker *worker, struct sp_slice *slice)
{
    slice->transitions = 0;
    slice->count = 0;
    slice->findings = 0;
    slice->stuck = (struct sp_finding){0};
    slice->taken = (struct sp_finding){0};
    slice->whole = 0;
    while (slice->whole < slice->states && expand(worker, slice, slice->whole)) {
        slice->whole++;
    }
}
