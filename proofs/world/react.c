/*
 * Expanding a state from what is remembered: the explorer's inner loop.
 *
 * Two look-ups a transition: how the host reacts, and what becomes of the network. Neither needs a
 * world. They are made in three passes over the moves of the state, each of which fetches what the
 * next one looks up, so that the cache misses of all moves overlap. What is not remembered is
 * learnt (learn.c). Invariant: successors stand in the order of sp_world_moves.
 */
#include "world/private.h"

struct expansion {
    struct sp_tcp *tcp;
    struct scratch *scratch;
    struct parts parts;
    uint32_t queries;
};

static void ask(struct expansion *e, sp_move move, unsigned side, uint32_t event)
{
    struct query *query = &e->scratch->query[e->queries++];
    query->move = move;
    query->side = side;
    if (side != NOBODY) {
        query->step = step_question(e->tcp, e->parts, side, event);
        sp_memo_fetch(&e->tcp->steps, query->step);
    }
}

/* The network holds back what the host offers: what TIME-WAIT waits for is still in flight... */
static bool held_back(struct expansion *e, unsigned side, const struct offer *offer)
{
    struct sp_tcp *tcp = e->tcp;
    if (!offer->waits) {
        return false;
    }
    uint64_t question = wait_question(e->parts.network, e->parts.host[side], offer->move);
    uint64_t held;
    if (!sp_memo_get(&tcp->networks, question, &held)) {
        world_of(tcp, e->parts, &e->scratch->world);
        held = sp_move_held_back(tcp->setup, &e->scratch->world, offer->move);
        sp_memo_put(&tcp->networks, question, held);
    }
    return held != 0;
}

/* What both hosts offer of one group. */
static void ask_group(struct expansion *e, enum group group)
{
    for (unsigned side = 0; side < 2; side++) {
        const struct side *own = &host_at(e->tcp, side, e->parts.host[side])->side[side];
        for (unsigned i = own->begin[group]; i < own->begin[group + 1]; i++) {
            if (!held_back(e, side, &own->offer[i])) {
                ask(e, own->offer[i].move, side, own->offer[i].event);
            }
        }
    }
}

static void ask_network(struct expansion *e)
{
    const struct network_record *network = network_at(e->tcp, e->parts.network);
    for (unsigned i = 0; i < network->moves; i++) {
        sp_move move = network->move[i];
        enum sp_action_kind kind = sp_move_kind(move);
        bool acts = kind == SP_ACTION_DELIVER || kind == SP_ACTION_DUPLICATE;
        ask(e, move, acts ? sp_move_host(move) : NOBODY, network->event[sp_move_packet(move)]);
    }
}

static void ask_all(struct expansion *e)
{
    ask_group(e, CALLS);
    ask_group(e, TIMERS);
    ask_network(e);
    ask_group(e, CRASHES);
    ask_group(e, FORGERIES);
}

/* How the hosts react; without one there is nothing to know. */
static void look_up_steps(struct expansion *e)
{
    for (uint32_t i = 0; i < e->queries; i++) {
        struct query *query = &e->scratch->query[i];
        uint64_t answer = 0;
        query->reaction = (struct reaction){.alone = true};
        query->known = query->side == NOBODY;
        if (!query->known && sp_memo_get(&e->tcp->steps, query->step, &answer)) {
            query->reaction = unpack_reaction(answer);
            query->known = query->reaction.alone;
        }
        if (query->known) {
            query->network = network_question(e->parts.network, query->move, query->reaction.sent);
            sp_memo_fetch(&e->tcp->networks, query->network);
        }
    }
}

/* Where one move leads. */
static bool arrive(struct expansion *e, const struct query *query, struct parts *next,
                   struct sp_explore_found *found)
{
    uint64_t network = 0;
    if (!query->known || !sp_memo_get(&e->tcp->networks, query->network, &network)) {
        return learn(e->tcp, e->scratch, e->parts, query, next, found);
    }
    *next = e->parts;
    next->network = (uint32_t)network;
    *found = (struct sp_explore_found){0};
    if (query->side != NOBODY) {
        next->host[query->side] = query->reaction.host;
        *found = found_at(e->tcp, query->reaction.found);
    }
    return true;
}

/* The successor by one move. False: no number left. */
static bool succeed(struct expansion *e, const struct query *query, struct sp_successor *successor)
{
    struct sp_tcp *tcp = e->tcp;
    struct parts next;
    if (!arrive(e, query, &next, &successor->found)) {
        return false;
    }
    if (tcp->goal != NULL) {
        world_of(tcp, next, &e->scratch->world);
        bool met = tcp->goal(tcp->goal_to, tcp->setup, &e->scratch->world);
        successor->found.witnessed |= (uint64_t)met << SP_TCP_GOAL;
    }
    if (successor->found.violated != 0) {
        successor->state = 0;
        return true;
    }
    return state_of(tcp, e->scratch, next, &successor->state);
}

uint32_t expand(void *self, void *scratch, uint64_t state, struct sp_successor *successors)
{
    struct expansion e = {.tcp = self, .scratch = scratch, .parts = parts_of(state)};
    ask_all(&e);
    look_up_steps(&e);
    for (uint32_t i = 0; i < e.queries; i++) {
        if (!succeed(&e, &e.scratch->query[i], &successors[i])) {
            return SP_EXPLORE_NO_NUMBER;
        }
    }
    return e.queries;
}
