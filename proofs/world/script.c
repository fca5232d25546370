/*
 * The way back from a path of the explorer to a script.
 *
 * A path is a row of states, each of which may stand for a world and its mirror image; a script is
 * moves of one world, whose segments have serial numbers. So the path is walked in a world that
 * counts: at each step by the first move that leads to the code of the next state. Every script has
 * thereby been taken once, by the plain step. The invariant: serial numbers are not part of a
 * world's identity.
 */
#include "world/private.h"

#include <stdlib.h>
#include <string.h>

struct walk {
    const struct sp_tcp *tcp;
    const struct sp_explore_path *path;
    struct sp_script *script;
    struct sp_world world;
    struct sp_world next;
};

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

/* The code of a state, or of a world. */
static size_t code_of_state(const struct walk *walk, uint64_t state, uint8_t *code)
{
    struct sp_world world;
    sp_tcp_world(walk->tcp, state, &world);
    return sp_world_encode(walk->tcp->setup, &world, code);
}

/* The move leads on from walk->world: to the next state, or, where the last action of the path
 * violates something, to the same violation. walk->next is where it leads. */
static bool leads_on(struct walk *walk, size_t action, sp_move move)
{
    const struct sp_setup *setup = walk->tcp->setup;
    const struct sp_explore_path *path = walk->path;
    uint8_t wanted[SP_CODE_MAX];
    uint8_t code[SP_CODE_MAX];
    struct sp_step step;
    walk->next = walk->world;
    sp_world_move(setup, &walk->next, move, &step);
    struct sp_findings findings = findings_of(walk->tcp, &step, &walk->next);
    if (action + 1 == path->count && path->shows.violated != 0) {
        return findings.violated == path->shows.violated &&
               findings.witnessed == (path->shows.witnessed & ~(UINT64_C(1) << SP_TCP_GOAL));
    }
    size_t size = code_of_state(walk, path->state[action + 1], wanted);
    return findings.violated == 0 && sp_world_encode(setup, &walk->next, code) == size &&
           memcmp(code, wanted, size) == 0;
}

/* Takes action number `action` of the path: the move of the path itself, or, where the world is the
 * mirror image of the state, the first that leads on. */
static bool advance(struct walk *walk, size_t action)
{
    const struct sp_setup *setup = walk->tcp->setup;
    sp_move moves[SP_ACTIONS_MAX];
    uint32_t count = sp_world_moves(setup, &walk->world, moves);
    const uint32_t own = walk->path->action[action] < count ? walk->path->action[action] : 0;
    for (uint32_t i = 0; i <= count; i++) {
        const sp_move move = i == 0 ? moves[own] : moves[i - 1];
        if (count > 0 && leads_on(walk, action, move)) {
            sp_world_action(setup, &walk->world, move, &walk->script->action[action]);
            walk->world = walk->next;
            return true;
        }
    }
    return false;
}

bool sp_tcp_script(const struct sp_tcp *tcp, const struct sp_explore_path *path,
                   struct sp_script *script, char *error, size_t error_capacity)
{
    struct walk walk = {.tcp = tcp, .path = path, .script = script};
    *script = (struct sp_script){.setup = *tcp->setup, .capacity = path->count};
    script->action = calloc(path->count + 1, sizeof *script->action);
    if (script->action == NULL) {
        (void)snprintf(error, error_capacity, "out of memory for a counterexample");
        return false;
    }
    sp_world_init(tcp->setup, path->initial, true, &walk.world);
    narrow(&walk.world, &script->setup);
    for (size_t i = 0; i < path->count; i++) {
        if (!advance(&walk, i)) {
            (void)snprintf(error, error_capacity,
                           "event %zu of the counterexample cannot be taken again", i + 1);
            return false;
        }
    }
    script->count = path->count;
    return true;
}
