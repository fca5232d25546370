/*
 * The kind of a step (reaction.h).
 *
 * Nothing is judged and nothing counted here. The invariant: equal kinds are equal octets.
 */
#include "net/reaction.h"

#include <string.h>

static const uint8_t told[] = {SP_SYN, SP_ACK, SP_RST, SP_FIN};

#define TOLD (sizeof told / sizeof told[0])

_Static_assert(1u << TOLD == SP_REACTION_SETS, "a bit of a set for each bit told apart");

uint8_t sp_reaction_bits(unsigned set)
{
    unsigned bits = 0;
    for (unsigned i = 0; i < TOLD; i++) {
        bits |= (set >> i & 1) != 0 ? told[i] : 0u;
    }
    return (uint8_t)bits;
}

static unsigned set_of(uint8_t bits)
{
    unsigned set = 0;
    for (unsigned i = 0; i < TOLD; i++) {
        set |= (bits & told[i]) != 0 ? 1u << i : 0u;
    }
    return set;
}

void sp_reaction_of(const struct sp_step *step, const struct sp_world *after,
                    struct sp_reaction *reaction)
{
    const struct sp_output *output = &step->output;
    memset(reaction, 0, sizeof *reaction);
    reaction->before = (uint8_t)step->before.tcb.state;
    reaction->event = (uint8_t)step->event.kind;
    reaction->after = (uint8_t)after->host[step->host].tcb.state;
    if (step->event.kind == SP_EVENT_SEGMENT) {
        reaction->bits = sp_reaction_bits(set_of((uint8_t)step->event.segment.flags));
    }
    for (unsigned i = 0; i < output->sent; i++) {
        reaction->sent |= (uint16_t)(1u << set_of((uint8_t)output->segment[i].flags));
    }
    reaction->rules = output->rules;
    memcpy(reaction->rule, output->rule, output->rules * sizeof output->rule[0]);
}
