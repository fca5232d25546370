/*
 * The world of two TCPs as a model of the explorer (tcp.h).
 *
 * What is remembered grows between levels, with the search: by then it pays, and no thread is at
 * work.
 */
#include "world/private.h"

#include <stdlib.h>
#include <string.h>

/* Answers that a memory has room for: to begin with, and at most, which is 256 MiB for each of the
 * two and enough for a thousand million states. */
#define SLOTS_FIRST (UINT64_C(1) << 14)
#define SLOTS_MAX   (UINT64_C(1) << 24)

/* Steps: a slot for each state up to here, then one for so many: 4 octets a state. */
#define SLOTS_SMALL   (UINT64_C(1) << 21)
#define STATES_A_SLOT 4

/* Networks: slots for each different one, about what its packets and hosts can make of it. */
#define SLOTS_A_NETWORK 32

static bool tables_init(struct sp_tcp *tcp)
{
    const size_t network = sizeof(struct network_record) + SP_ACTIONS_MAX * sizeof(sp_move);
    return sp_intern_init(&tcp->host[0], sizeof(struct host_record), 1u << HOST_BITS) &&
           sp_intern_init(&tcp->host[1], sizeof(struct host_record), 1u << HOST_BITS) &&
           sp_intern_init(&tcp->network, network, 1u << NETWORK_BITS) &&
           sp_intern_init(&tcp->event, 0, 1u << EVENT_BITS) &&
           sp_intern_init(&tcp->sent, 0, 1u << SENT_BITS) &&
           sp_intern_init(&tcp->found, 0, 1u << FOUND_BITS) &&
           sp_intern_init(&tcp->reacted, 0, 1u << REACTED_BITS) &&
           sp_memo_init(&tcp->steps, SLOTS_FIRST) && sp_memo_init(&tcp->networks, SLOTS_FIRST);
}

struct sp_tcp *sp_tcp_open(const struct sp_setup *setup, uint64_t memory)
{
    struct sp_tcp *tcp = calloc(1, sizeof *tcp);
    if (tcp == NULL) {
        return NULL;
    }
    tcp->setup = setup;
    tcp->symmetry = setup->bounds.symmetry;
    tcp->judged = SP_PROPERTIES;
    tcp->memory = memory == 0 ? UINT64_MAX : memory;
    if (!tables_init(tcp)) {
        sp_tcp_close(tcp);
        return NULL;
    }
    /* Nothing sent is number 0, so that a move by which no host acts can ask with it. */
    (void)sp_intern(&tcp->sent, (const uint8_t *)"", 0, NULL, NULL);
    return tcp;
}

void sp_tcp_close(struct sp_tcp *tcp)
{
    if (tcp == NULL) {
        return;
    }
    sp_intern_free(&tcp->host[0]);
    sp_intern_free(&tcp->host[1]);
    sp_intern_free(&tcp->network);
    sp_intern_free(&tcp->event);
    sp_intern_free(&tcp->sent);
    sp_intern_free(&tcp->found);
    sp_intern_free(&tcp->reacted);
    sp_memo_free(&tcp->steps);
    sp_memo_free(&tcp->networks);
    free(tcp);
}

void sp_tcp_look_for(struct sp_tcp *tcp, sp_tcp_goal *goal, const void *to)
{
    tcp->goal = goal;
    tcp->goal_to = to;
}

void sp_tcp_judge(struct sp_tcp *tcp, uint64_t properties)
{
    tcp->judged = properties;
}

static bool initial(void *self, void *scratch, uint32_t index, uint64_t *state)
{
    struct sp_tcp *tcp = self;
    struct scratch *own = scratch;
    struct parts parts;
    sp_world_init(tcp->setup, index, false, &own->world);
    return number_host(tcp, own, &own->world, 0, &parts.host[0]) &&
           number_host(tcp, own, &own->world, 1, &parts.host[1]) &&
           number_network(tcp, own, &own->world, &parts.network) &&
           state_of(tcp, own, parts, state);
}

static uint64_t stuck(void *self, void *scratch, uint64_t state)
{
    const struct sp_tcp *tcp = self;
    struct scratch *own = scratch;
    world_of(tcp, parts_of(state), &own->world);
    return sp_oracle_stuck(tcp->setup, &own->world) & tcp->judged;
}

/* The power of two from `wanted` on, within the limits and the octets there are. */
static uint64_t slots_for(uint64_t wanted, uint64_t octets)
{
    uint64_t slots = SLOTS_FIRST;
    while (slots < wanted && slots < SLOTS_MAX &&
           2 * slots * sizeof(struct sp_memo_slot) <= octets) {
        slots *= 2;
    }
    return slots;
}

/* How large the memories are depends on the states alone, so that what a search holds does not
 * depend on its threads. Events, lists of segments and findings are not counted: there are
 * hundreds. */
static uint64_t rest(void *self, uint64_t states)
{
    struct sp_tcp *tcp = self;
    const uint64_t few = states < SLOTS_SMALL ? states : SLOTS_SMALL;
    const uint64_t many = states / STATES_A_SLOT / 2 + 1;
    sp_memo_resize(&tcp->steps, slots_for(few > many ? few : many, tcp->memory / 2));
    sp_memo_resize(&tcp->networks,
                   slots_for((uint64_t)tcp->network.count * SLOTS_A_NETWORK, tcp->memory / 2));
    return tcp->host[0].held + tcp->host[1].held + tcp->network.held + sp_memo_octets(&tcp->steps) +
           sp_memo_octets(&tcp->networks);
}

static bool save(void *self, FILE *file)
{
    struct sp_tcp *tcp = self;
    return sp_intern_save(&tcp->host[0], file) && sp_intern_save(&tcp->host[1], file) &&
           sp_intern_save(&tcp->network, file);
}

static bool load(void *self, FILE *file)
{
    struct sp_tcp *tcp = self;
    return load_parts(tcp, file);
}

void sp_tcp_world(const struct sp_tcp *tcp, uint64_t state, struct sp_world *world)
{
    world_of(tcp, parts_of(state), world);
}

void sp_tcp_figures(const struct sp_tcp *tcp, struct sp_tcp_figures *figures)
{
    *figures = (struct sp_tcp_figures){
        .hosts = {tcp->host[0].count, tcp->host[tcp->symmetry ? 0 : 1].count},
        .networks = tcp->network.count,
        .steps = atomic_load_explicit(&tcp->learnt, memory_order_relaxed),
    };
}

uint32_t sp_tcp_reactions(const struct sp_tcp *tcp)
{
    return tcp->reacted.count;
}

void sp_tcp_reaction(const struct sp_tcp *tcp, uint32_t index, struct sp_reaction *reaction)
{
    memcpy(reaction, sp_intern_at(&tcp->reacted, index)->code, sizeof *reaction);
}

struct sp_explore_model sp_tcp_model(struct sp_tcp *tcp)
{
    list_promises(tcp);
    return (struct sp_explore_model){
        .self = tcp,
        .state_bits = STATE_BITS,
        .actions_max = SP_ACTIONS_MAX,
        .scratch_size = sizeof(struct scratch),
        .initials = sp_world_initials(tcp->setup),
        .initial = initial,
        .expand = expand,
        .stuck = stuck,
        .audit = audit,
        .rest = rest,
        .save = save,
        .load = load,
        .liveness = tcp->liveness,
        .livenesses = tcp->goal == NULL ? tcp->livenesses : 0,
        .pending = pending,
        .owed = owed,
    };
}
