/*
 * Paths: the actions from an initial state to where a property or witness first showed.
 *
 * The trail keeps of each state the predecessor and the action; the states between are found again
 * by taking those actions from the initial state on. So every path that is returned has been
 * replayed. What it does not do: search. Where an action does not lead on, the model broke its
 * contract.
 */
#include "explore/search.h"

#include <inttypes.h>
#include <stdlib.h>

struct walk {
    struct sp_search *search;
    const char *kind; /* "violation" or "witness", for complaints */
    unsigned bit;
    bool violation;
    struct sp_explore_path *path;
    uint64_t state; /* where it stands */
};

static bool strays(struct walk *walk, const char *why)
{
    return sp_worker_broken(
        &walk->search->worker[0],
        "path to %s %u: after %zu actions %s; the model does not say the same twice", walk->kind,
        walk->bit, walk->path->count, why);
}

static bool shows(const struct walk *walk, struct sp_explore_found found)
{
    uint64_t bits = walk->violation ? found.violated : found.witnessed;
    return (bits >> walk->bit & 1) != 0;
}

static bool expand(struct walk *walk, uint32_t *count)
{
    return sp_worker_expand(&walk->search->worker[0], walk->state, count) &&
           (*count != SP_EXPLORE_NO_NUMBER || strays(walk, "no number is left"));
}

/* Takes one action. */
static void go(struct walk *walk, uint32_t action, uint64_t state)
{
    struct sp_explore_path *path = walk->path;
    path->action[path->count++] = (uint8_t)action;
    path->state[path->count] = state;
    walk->state = state;
}

static bool advance(struct walk *walk, uint8_t action)
{
    uint32_t count = 0;
    if (!expand(walk, &count)) {
        return false;
    }
    const struct sp_successor *successors = walk->search->worker[0].successors;
    if (action >= count || successors[action].found.violated != 0) {
        return strays(walk, "the next one cannot be taken");
    }
    go(walk, action, successors[action].state);
    return true;
}

/* The first action that shows the bit. */
static bool advance_to_bit(struct walk *walk)
{
    uint32_t count = 0;
    if (!expand(walk, &count)) {
        return false;
    }
    const struct sp_successor *successors = walk->search->worker[0].successors;
    for (uint32_t i = 0; i < count; i++) {
        if (shows(walk, successors[i].found)) {
            walk->path->shows = successors[i].found;
            go(walk, i, successors[i].state);
            return true;
        }
    }
    return strays(walk, "none shows it");
}

static bool end_is_stuck(struct walk *walk)
{
    const struct sp_explore_model *model = walk->search->model;
    uint32_t count = 0;
    if (!expand(walk, &count)) {
        return false;
    }
    uint64_t violated =
        count == 0 ? model->stuck(model->self, walk->search->worker[0].scratch, walk->state) : 0;
    return (violated >> walk->bit & 1) != 0 || strays(walk, "the state is not stuck");
}

static bool take_walk(struct walk *walk, const struct sp_origin *origin, const uint8_t *actions,
                      size_t count)
{
    const struct sp_explore_model *model = walk->search->model;
    struct sp_explore_path *path = walk->path;
    path->initial = actions[0];
    if (!model->initial(model->self, walk->search->worker[0].scratch, path->initial,
                        &walk->state)) {
        return strays(walk, "no number is left");
    }
    path->state[0] = walk->state;
    for (size_t i = 1; i < count; i++) {
        if (!advance(walk, actions[i])) {
            return false;
        }
    }
    return origin->at_end ? end_is_stuck(walk) : advance_to_bit(walk);
}

bool sp_path_build(struct sp_search *search, const char *kind, unsigned bit,
                   const struct sp_origin *origin, struct sp_explore_path *path)
{
    struct walk walk = {.search = search, .kind = kind, .bit = bit, .path = path};
    walk.violation = origin >= search->violation && origin < search->violation + 64;
    size_t count = origin->at_end ? origin->count + (size_t)1 : origin->count;
    uint8_t *actions = malloc(count);
    path->action = malloc(origin->count + (size_t)1);
    path->state = malloc((origin->count + (size_t)1) * sizeof *path->state);
    bool good = actions != NULL && path->action != NULL && path->state != NULL;
    if (!good) {
        (void)sp_worker_broken(&search->worker[0],
                               "path to %s %u: no memory for %" PRIu32 " actions", kind, bit,
                               origin->count);
    } else if (!sp_trail_path(&search->trail, origin->state, count, actions)) {
        good = strays(&walk, "the trail ends");
    } else {
        path->found = take_walk(&walk, origin, actions, count);
        path->loop = path->count;
        good = path->found;
    }
    free(actions);
    return good;
}
