/*
 * The adapter between explorer and world, and the way back from a path to a script.
 *
 * The explorer's states have no serial numbers, are sorted, and with symmetry may be mirror images:
 * a path of theirs does not name segments. So the way back walks a counting world beside the
 * explorer's states, and takes in each step the action that leads to the same code. Equal codes
 * mean equal futures; that is the invariant which makes the walk arrive.
 */
#include "cli/tcp_model.h"
#include "net/world.h"
#include "oracle/oracle.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

_Static_assert(sizeof(sp_move) == sizeof(uint32_t), "an action of the explorer is a move");

static uint32_t model_initials(const void *self)
{
    return sp_world_initials(self);
}

static void model_initial(const void *self, uint32_t index, void *state)
{
    sp_world_init(self, index, false, state);
}

static uint32_t model_enumerate(const void *self, const void *state, uint32_t *actions)
{
    return sp_world_moves(self, state, actions);
}

static struct sp_explore_found model_apply(const void *self, void *state, uint32_t action)
{
    struct sp_step step;
    sp_world_move(self, state, action, &step);
    struct sp_findings findings = sp_oracle_judge(self, &step, state);
    return (struct sp_explore_found){findings.violated, findings.witnessed};
}

static uint64_t model_stuck(const void *self, const void *state)
{
    return sp_oracle_stuck(self, state);
}

static size_t model_encode(const void *self, const void *state, uint8_t *code)
{
    return sp_world_encode(self, state, code);
}

static void model_decode(const void *self, const uint8_t *code, size_t size, void *state)
{
    sp_world_decode(self, code, size, state);
}

struct sp_explore_model sp_tcp_model(const struct sp_setup *setup)
{
    return (struct sp_explore_model){
        .self = setup,
        .state_size = sizeof(struct sp_world),
        .code_max = SP_CODE_MAX,
        .actions_max = SP_ACTIONS_MAX,
        .initials = model_initials,
        .initial = model_initial,
        .enumerate = model_enumerate,
        .apply = model_apply,
        .stuck = model_stuck,
        .encode = model_encode,
        .decode = model_decode,
    };
}

struct code {
    size_t size;
    uint8_t at[SP_CODE_MAX];
};

static void encode(const struct sp_setup *setup, const struct sp_world *world, struct code *code)
{
    code->size = sp_world_encode(setup, world, code->at);
}

static bool equal(const struct code *a, const struct code *b)
{
    return a->size == b->size && memcmp(a->at, b->at, a->size) == 0;
}

/* Takes in `counting` the first action that leads to `code`, and, when it is the last one, shows
 * `violated`. A world that is violated by its end alone (stuck) is known by its code. */
static bool follow(const struct sp_setup *setup, struct sp_world *counting, const struct code *code,
                   uint64_t violated, struct sp_action *action)
{
    sp_move moves[SP_ACTIONS_MAX];
    uint32_t count = sp_world_moves(setup, counting, moves);
    for (uint32_t i = 0; i < count; i++) {
        struct sp_world next = *counting;
        struct sp_step step;
        struct code reached;
        sp_world_move(setup, &next, moves[i], &step);
        encode(setup, &next, &reached);
        uint64_t shown = sp_oracle_judge(setup, &step, &next).violated;
        if (equal(&reached, code) && (shown & violated) == violated) {
            sp_world_action(setup, counting, moves[i], action);
            *counting = next;
            return true;
        }
    }
    return false;
}

/* One step of both walks. */
static bool advance(const struct sp_setup *setup, struct sp_world *plain, struct sp_world *counting,
                    uint32_t move, uint64_t violated, struct sp_action *action)
{
    struct code code;
    encode(setup, plain, &code);
    sp_world_decode(setup, code.at, code.size, plain);
    struct sp_step step;
    sp_world_move(setup, plain, move, &step);
    uint64_t shown = sp_oracle_judge(setup, &step, plain).violated;
    encode(setup, plain, &code);
    return follow(setup, counting, &code, shown & violated, action);
}

/* Only the choice of initial sequence numbers that the path began with. With a number for each
 * host the hosts may differ, so the script does not ask for symmetry. */
static void narrow(const struct sp_world *start, struct sp_setup *setup)
{
    for (unsigned host = 0; host < 2; host++) {
        struct sp_iss_list *list = &setup->bounds.host[host].iss;
        *list = (struct sp_iss_list){.value = {list->value[start->iss[host]]}, .count = 1};
    }
    setup->bounds.symmetry = false;
}

bool sp_tcp_script(const struct sp_setup *setup, const struct sp_explore_path *path,
                   uint64_t violated, struct sp_script *script, char *error, size_t error_capacity)
{
    *script = (struct sp_script){.setup = *setup, .capacity = path->count};
    script->action = calloc(path->count + 1, sizeof *script->action);
    if (script->action == NULL) {
        snprintf(error, error_capacity, "out of memory for a counterexample");
        return false;
    }
    struct sp_world plain;
    struct sp_world counting;
    sp_world_init(setup, path->initial, false, &plain);
    sp_world_init(setup, path->initial, true, &counting);
    narrow(&counting, &script->setup);
    for (size_t i = 0; i < path->count; i++) {
        uint64_t shows = i + 1 == path->count ? violated : 0;
        if (!advance(setup, &plain, &counting, path->actions[i], shows, &script->action[i])) {
            snprintf(error, error_capacity, "event %zu of the counterexample cannot be taken again",
                     i + 1);
            return false;
        }
    }
    script->count = path->count;
    return true;
}
