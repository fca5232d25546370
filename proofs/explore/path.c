/*
 * Paths: the actions from an initial state to where a property or witness first showed.
 *
 * The set keeps of each state its code and its predecessor, no actions. The path is found again by
 * walking forward from an initial state: at each step the first action that leads to the next
 * stored code. So every action is valid in the concrete state it is taken in, even where codes
 * stand for classes of states (symmetry), and every path that is returned has been replayed.
 * What it does not do: search. Where no action leads on, the model broke its contract.
 */
#include "explore/search.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* A path while it is walked: ref[0 .. states - 1] are the stored states from an initial one on. */
struct walk {
    struct sp_worker *worker;
    const char *kind; /* "violation" or "witness", for complaints */
    unsigned bit;
    bool violation;
    sp_ref *ref;
    uint32_t states;
};

static bool stands_at(struct walk *walk, const void *state, sp_ref ref, bool *here)
{
    struct sp_worker *worker = walk->worker;
    struct sp_record record = sp_visited_at(&worker->search->visited, ref);
    size_t size = 0;
    if (!sp_worker_encode(worker, state, worker->spare.code, &size)) {
        return false;
    }
    *here = size == record.size && memcmp(worker->spare.code, record.code, size) == 0;
    return true;
}

/* Begins in the first initial state whose code is the stored one. */
static bool begin(struct walk *walk, struct sp_explore_path *path)
{
    struct sp_worker *worker = walk->worker;
    const struct sp_explore_model *model = worker->search->model;
    uint32_t initials = model->initials(model->self);
    for (uint32_t i = 0; i < initials; i++) {
        bool here = false;
        model->initial(model->self, i, worker->work.state);
        if (!stands_at(walk, worker->work.state, walk->ref[0], &here)) {
            return false;
        }
        if (here) {
            path->initial = i;
            return true;
        }
    }
    return sp_worker_broken(worker, "path to %s %u: it begins in no initial state", walk->kind,
                            walk->bit);
}

static bool shows(const struct walk *walk, struct sp_explore_found found)
{
    uint64_t bits = walk->violation ? found.violated : found.witnessed;
    return (bits >> walk->bit & 1) != 0;
}

/* Takes the first action that leads to `target`, or, where that is 0, that shows the bit. */
static bool advance(struct walk *walk, sp_ref target, struct sp_explore_path *path)
{
    struct sp_worker *worker = walk->worker;
    const struct sp_explore_model *model = worker->search->model;
    struct sp_buffers *now = &worker->work;
    uint32_t count = 0;
    if (!sp_worker_enumerate(worker, now->state, now->actions, &count)) {
        return false;
    }
    for (uint32_t i = 0; i < count; i++) {
        memcpy(now->next, now->state, model->state_size);
        struct sp_explore_found found = model->apply(model->self, now->next, now->actions[i]);
        bool here = target == 0 && shows(walk, found);
        if (target != 0 && found.violated == 0 && !stands_at(walk, now->next, target, &here)) {
            return false;
        }
        if (here) {
            memcpy(now->state, now->next, model->state_size);
            path->actions[path->count++] = now->actions[i];
            return true;
        }
    }
    return sp_worker_broken(worker,
                            "path to %s %u: after %zu actions none leads on; states of equal code "
                            "behave differently",
                            walk->kind, walk->bit, path->count);
}

static bool end_is_stuck(struct walk *walk, const struct sp_explore_path *path)
{
    const struct sp_explore_model *model = walk->worker->search->model;
    struct sp_buffers *now = &walk->worker->work;
    uint32_t count = 0;
    if (!sp_worker_enumerate(walk->worker, now->state, now->actions, &count)) {
        return false;
    }
    if (count == 0 && (model->stuck(model->self, now->state) >> walk->bit & 1) != 0) {
        return true;
    }
    return sp_worker_broken(walk->worker, "path to %s %u: the state after %zu actions is not stuck",
                            walk->kind, walk->bit, path->count);
}

static bool take_walk(struct walk *walk, const struct sp_origin *origin,
                      struct sp_explore_path *path)
{
    sp_ref ref = origin->state;
    for (uint32_t i = walk->states; i-- > 0;) {
        walk->ref[i] = ref;
        ref = sp_visited_at(&walk->worker->search->visited, ref).parent;
    }
    if (!begin(walk, path)) {
        return false;
    }
    for (uint32_t i = 1; i < walk->states; i++) {
        if (!advance(walk, walk->ref[i], path)) {
            return false;
        }
    }
    return origin->at_end ? end_is_stuck(walk, path) : advance(walk, 0, path);
}

bool sp_path_build(struct sp_worker *worker, const char *kind, unsigned bit,
                   const struct sp_origin *origin, struct sp_explore_path *path)
{
    const struct sp_search *search = worker->search;
    struct walk walk = {.worker = worker, .kind = kind, .bit = bit};
    walk.violation = origin >= search->violation && origin < search->violation + 64;
    walk.states = origin->at_end ? origin->count + 1 : origin->count;
    walk.ref = malloc(walk.states * sizeof *walk.ref);
    path->actions = malloc((origin->count + (size_t)1) * sizeof *path->actions);
    if (walk.ref == NULL || path->actions == NULL) {
        free(walk.ref);
        return sp_worker_broken(worker, "path to %s %u: no memory for %" PRIu32 " actions", kind,
                                bit, origin->count);
    }
    path->found = take_walk(&walk, origin, path);
    free(walk.ref);
    return path->found;
}
