/*
 * Self-checks: does the model keep the contract of explore.h where it matters for soundness?
 *
 * A search over codes is exact only if decode inverts encode and states of equal code behave
 * alike. Both are checked while searching, on every state and transition at first and on a fixed
 * sample later (a canonical form is wrong in a systematic way, so a sample finds it).
 * What it does not do: prove them. A breach that the sample misses can still make a path not
 * replay, which path.c reports.
 */
#include "explore/search.h"

#include <inttypes.h>
#include <string.h>

bool sp_contract_round_trip(struct sp_worker *worker, const void *state, const uint8_t *code,
                            size_t size)
{
    size_t again = 0;
    if (!sp_worker_encode(worker, state, worker->spare.code, &again)) {
        return false;
    }
    if (again == size && memcmp(worker->spare.code, code, size) == 0) {
        return true;
    }
    return sp_worker_broken(worker,
                            "state %" PRIu64 ": its code of %zu octets decodes to a state whose "
                            "code differs (%zu octets)",
                            worker->ordinal, size, again);
}

/* What can happen in a state, regardless of the order in which its actions are enumerated. */
struct future {
    uint32_t actions;
    uint64_t successors; /* sum of the hashes of what its actions lead to */
};

static bool future_of(struct sp_worker *worker, const void *state, struct future *future)
{
    const struct sp_explore_model *model = worker->search->model;
    struct sp_buffers *spare = &worker->spare;
    future->successors = 0;
    if (!sp_worker_enumerate(worker, state, spare->actions, &future->actions)) {
        return false;
    }
    if (future->actions == 0) {
        future->successors = model->stuck(model->self, state);
    }
    for (uint32_t i = 0; i < future->actions; i++) {
        memcpy(spare->next, state, model->state_size);
        struct sp_explore_found found = model->apply(model->self, spare->next, spare->actions[i]);
        size_t size = sizeof found.violated;
        memcpy(spare->code, &found.violated, size);
        if (found.violated == 0 && !sp_worker_encode(worker, spare->next, spare->code, &size)) {
            return false;
        }
        future->successors += worker->search->visited.hash(spare->code, size);
    }
    return true;
}

bool sp_contract_same_future(struct sp_worker *worker, const void *state, const uint8_t *code,
                             size_t size)
{
    struct future concrete, stored;
    if (!future_of(worker, state, &concrete)) {
        return false;
    }
    worker->search->model->decode(worker->search->model->self, code, size, worker->spare.state);
    if (!future_of(worker, worker->spare.state, &stored)) {
        return false;
    }
    if (concrete.actions == stored.actions && concrete.successors == stored.successors) {
        return true;
    }
    if (worker->ordinal == 0) {
        return sp_worker_broken(worker,
                                "initial state %" PRIu32 " (%" PRIu32 " actions) and what its code "
                                "decodes to (%" PRIu32 " actions) have different futures",
                                worker->index, concrete.actions, stored.actions);
    }
    return sp_worker_broken(worker,
                            "state %" PRIu64 ": its successor %" PRIu32 " (%" PRIu32
                            " actions) and what its code decodes to (%" PRIu32
                            " actions) have different futures",
                            worker->ordinal, worker->index, concrete.actions, stored.actions);
}
