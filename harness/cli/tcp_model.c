/*
 * The adapter between explorer and world, and the way back from a path to a script.
 *
 * The explorer's worlds give no serial numbers, which scripts name segments by. The way back takes
 * the path's moves in a world that does. The invariant: serial numbers are not part of a world's
 * identity, so that every move of the path is enabled there too.
 */
#include "cli/tcp_model.h"
#include "net/world.h"
#include "oracle/oracle.h"

#include <stdio.h>
#include <stdlib.h>

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

/* The move is enabled in this world. */
static bool is_enabled(const struct sp_setup *setup, const struct sp_world *world, sp_move move)
{
    sp_move moves[SP_ACTIONS_MAX];
    uint32_t count = sp_world_moves(setup, world, moves);
    for (uint32_t i = 0; i < count; i++) {
        if (moves[i] == move) {
            return true;
        }
    }
    return false;
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
                   struct sp_script *script, char *error, size_t error_capacity)
{
    *script = (struct sp_script){.setup = *setup, .capacity = path->count};
    script->action = calloc(path->count + 1, sizeof *script->action);
    if (script->action == NULL) {
        snprintf(error, error_capacity, "out of memory for a counterexample");
        return false;
    }
    struct sp_world world;
    sp_world_init(setup, path->initial, true, &world);
    narrow(&world, &script->setup);
    for (size_t i = 0; i < path->count; i++) {
        sp_move move = path->actions[i];
        if (!is_enabled(setup, &world, move)) {
            snprintf(error, error_capacity, "event %zu of the counterexample cannot be taken again",
                     i + 1);
            return false;
        }
        struct sp_step step;
        sp_world_action(setup, &world, move, &script->action[i]);
        sp_world_move(setup, &world, move, &step);
    }
    script->count = path->count;
    return true;
}
