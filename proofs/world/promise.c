/*
 * Promises: what the explorer needs to judge liveness, in the words of the oracle
 * (oracle/liveness.c).
 *
 * Nothing is decided here about TCP, and nothing remembered: worlds are made from their parts.
 */
#include "world/private.h"

static enum sp_liveness_kind kind_of(enum sp_promise promise)
{
    switch (promise) {
    case SP_PROMISE_NO_WAY_OUT:
        return SP_LIVENESS_NO_WAY_OUT;
    case SP_PROMISE_STORM:
        return SP_LIVENESS_STORM;
    case SP_PROMISE_STUCK_IN:
    case SP_PROMISE_NONE:
        break;
    }
    return SP_LIVENESS_STUCK_IN;
}

void list_promises(struct sp_tcp *tcp)
{
    const uint64_t unjudged = sp_oracle_unjudged(tcp->setup) | ~tcp->judged;
    tcp->livenesses = 0;
    for (unsigned i = 0; i < SP_PROPERTY_COUNT; i++) {
        enum sp_promise promise = sp_oracle_promise((enum sp_property)i);
        if (promise != SP_PROMISE_NONE && (unjudged >> i & 1) == 0) {
            tcp->liveness[tcp->livenesses++] = (struct sp_liveness){i, kind_of(promise)};
        }
    }
}

uint64_t pending(void *self, void *scratch, uint64_t state)
{
    const struct sp_tcp *tcp = self;
    struct scratch *own = scratch;
    world_of(tcp, parts_of(state), &own->world);
    return sp_oracle_pending(tcp->setup, &own->world);
}

void owed(void *self, void *scratch, uint64_t state, struct sp_obligation *obligations)
{
    const struct sp_tcp *tcp = self;
    struct scratch *own = scratch;
    world_of(tcp, parts_of(state), &own->world);
    uint32_t count = sp_world_moves(tcp->setup, &own->world, own->moves);
    for (uint32_t i = 0; i < count; i++) {
        struct sp_owed due = sp_oracle_owed(tcp->setup, &own->world, own->moves[i]);
        obligations[i] = (struct sp_obligation){due.name, due.quiet ? SP_ACTION_QUIET : 0u};
    }
}
