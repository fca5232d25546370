/*
 * Taking a step that is not remembered, in the world itself, and remembering it.
 *
 * What makes this sound: sp_step is pure, and a step of the world reads nothing but the host, its
 * peer, the event, the clock and whether anyone forged; the network after it is a function of the
 * network before, what the move took from it and what was sent. The one exception is an incarnation
 * that proves to answer an old duplicate and never was (MAY-2): it is withdrawn from the peer's
 * record and from what is in flight. Such steps are marked and taken anew each time. audit.c checks
 * all of this.
 */
#include "world/private.h"

/* Answers about steps: where each field stands. */
enum {
    AT_SENT = HOST_BITS,
    AT_FOUND = HOST_BITS + SENT_BITS,
    AT_ALONE = HOST_BITS + SENT_BITS + FOUND_BITS,
};

/* The highest bit is set in every question, so that none is an empty slot. */
#define ASKED (UINT64_C(1) << 63)

#define CLOCK_BITS 7

uint64_t step_question(const struct sp_tcp *tcp, struct parts parts, unsigned side, uint32_t event)
{
    uint64_t question = parts.host[side];
    question = question << HOST_BITS | parts.host[!side];
    question = question << CLOCK_BITS | network_at(tcp, parts.network)->clock;
    question = question << EVENT_BITS | event;
    return ASKED | question << 1 | side;
}

/* What a move does to the network by itself: 0 nothing, else which of the kinds that do. */
static uint64_t taking(sp_move move)
{
    switch (sp_move_kind(move)) {
    case SP_ACTION_DELIVER:
        return 1;
    case SP_ACTION_DUPLICATE:
        return 2;
    case SP_ACTION_LOSE:
        return 3;
    case SP_ACTION_TICK:
        return 4;
    case SP_ACTION_INJECT:
        return 5;
    case SP_ACTION_CALL:
    case SP_ACTION_TIMER:
    case SP_ACTION_CRASH:
    case SP_ACTION_VANISH:
    case SP_ACTION_COUNT:
        break;
    }
    return 0;
}

/* A question about a network: which, what kind of question, of which packet, and with what. */
static uint64_t of_network(uint32_t network, uint64_t kind, unsigned packet, uint32_t with)
{
    return ASKED | (uint64_t)network << 40 | kind << 36 | (uint64_t)packet << 32 | with;
}

uint64_t network_question(uint32_t network, sp_move move, uint32_t sent)
{
    return of_network(network, taking(move), sp_move_packet(move), sent);
}

_Static_assert(HOST_BITS + 20 <= 36, "a host and a move fit below the kind of question");

/* A move has at most 20 bits (net/actions.c). */
uint64_t wait_question(uint32_t network, uint32_t host, sp_move move)
{
    return of_network(network, 8, 0, 0) | (uint64_t)host << 20 | move;
}

uint64_t pack_reaction(struct reaction reaction)
{
    return reaction.host | (uint64_t)reaction.sent << AT_SENT |
           (uint64_t)reaction.found << AT_FOUND | (uint64_t)reaction.alone << AT_ALONE;
}

struct reaction unpack_reaction(uint64_t answer)
{
    return (struct reaction){
        .host = (uint32_t)answer & ((1u << HOST_BITS) - 1),
        .sent = (uint32_t)(answer >> AT_SENT) & ((1u << SENT_BITS) - 1),
        .found = (uint32_t)(answer >> AT_FOUND) & ((1u << FOUND_BITS) - 1),
        .alone = (answer >> AT_ALONE & 1) != 0,
    };
}

/* A host acted, or crashed: its reaction is remembered under the host, its peer and the event. */
static bool remember_step(struct sp_tcp *tcp, struct scratch *scratch, const struct query *query,
                          struct sp_explore_found found, struct reaction *reaction)
{
    const struct sp_step *step = &scratch->step;
    const struct sp_world *world = &scratch->world;
    unsigned side = query->side;
    reaction->alone = !step->acted || world->host[side].lives >= step->before.lives;
    if (!note_reaction(tcp, step, world) ||
        !number_host(tcp, scratch, world, side, &reaction->host) ||
        !number_sent(tcp, step, world, &reaction->sent) ||
        !number_found(tcp, found, &reaction->found)) {
        return false;
    }
    sp_memo_put(&tcp->steps, query->step, pack_reaction(*reaction));
    return true;
}

/* What becomes of the network: remembered, or as it stands in scratch->world, and remembered then.
 */
static bool find_network(struct sp_tcp *tcp, struct scratch *scratch, uint64_t question,
                         uint32_t *network)
{
    uint64_t answer = 0;
    if (sp_memo_get(&tcp->networks, question, &answer)) {
        *network = (uint32_t)answer;
        return true;
    }
    if (!number_network(tcp, scratch, &scratch->world, network)) {
        return false;
    }
    sp_memo_put(&tcp->networks, question, *network);
    return true;
}

struct sp_findings findings_of(const struct sp_tcp *tcp, const struct sp_step *step,
                               const struct sp_world *after)
{
    struct sp_findings findings = sp_oracle_judge(tcp->setup, step, after);
    findings.violated &= tcp->judged;
    return findings;
}

bool learn(struct sp_tcp *tcp, struct scratch *scratch, struct parts parts,
           const struct query *query, struct parts *next, struct sp_explore_found *found)
{
    struct sp_world *world = &scratch->world;
    const struct sp_step *step = &scratch->step;
    struct reaction reaction = query->reaction;
    world_of(tcp, parts, world);
    sp_world_move(tcp->setup, world, query->move, &scratch->step);
    atomic_fetch_add_explicit(&tcp->learnt, 1, memory_order_relaxed);
    *next = parts;
    *found = (struct sp_explore_found){0};
    if (query->side != NOBODY) {
        if (!query->known) {
            struct sp_findings findings = findings_of(tcp, step, world);
            *found = (struct sp_explore_found){findings.violated, findings.witnessed};
            if (!remember_step(tcp, scratch, query, *found, &reaction)) {
                return false;
            }
        } else {
            *found = found_at(tcp, reaction.found);
        }
        next->host[query->side] = reaction.host;
    }
    if (reaction.alone) {
        return find_network(tcp, scratch,
                            network_question(parts.network, query->move, reaction.sent),
                            &next->network);
    }
    unsigned peer = !query->side;
    return number_network(tcp, scratch, world, &next->network) &&
           number_host(tcp, scratch, world, peer, &next->host[peer]);
}
