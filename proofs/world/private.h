/*
 * What the files of proofs/world share. Nothing outside includes it.
 *
 * parts.c gives numbers to parts and takes states apart; react.c expands; learn.c takes the steps
 * that are not remembered; audit.c checks all of it against the plain step.
 */
#ifndef SP_WORLD_PRIVATE_H
#define SP_WORLD_PRIVATE_H

#include "oracle/oracle.h"
#include "world/intern.h"
#include "world/memo.h"
#include "world/tcp.h"

/* A state: network above B above A. Hosts of small worlds are thousands, networks ten times as
 * many; where the numbers do not suffice the search ends and says so. */
#define HOST_BITS    15
#define NETWORK_BITS 21
#define STATE_BITS   (2 * HOST_BITS + NETWORK_BITS)

/* Different events, lists of segments sent, and findings: what a remembered step has room for. */
#define EVENT_BITS 21
#define SENT_BITS  20
#define FOUND_BITS 16

/* Kinds of steps: hundreds. */
#define REACTED_BITS 20

/* Moves of one host: ten calls, six timers, a crash, and what an attacker may send it. */
#define OFFERS_MAX 48

/* A move, and the number of the event it is to the host. */
struct offer {
    sp_move move;
    uint32_t event;
    bool waits; /* the network may hold it back */
};

/* The groups in which a host offers moves, in the order of sp_world_moves; the network's moves come
 * between the timers and the crash. */
enum group { CALLS, TIMERS, CRASHES, FORGERIES, GROUPS };

/* What one host offers at one side: group g is offer[begin[g]] to offer[begin[g + 1] - 1]. */
struct side {
    uint8_t begin[GROUPS + 1];
    struct offer offer[OFFERS_MAX];
};

struct host_record {
    struct sp_host host;
    uint8_t iss;         /* the choice of its first initial sequence number */
    uint64_t rank;       /* orders codes as sp_part_compare does, unless equal */
    struct side side[2]; /* of the side it stands at; of both with symmetry */
};

struct network_record {
    _Atomic uint32_t
        mirror;    /* number of the network with A and B exchanged, plus 1; 0: not known */
    uint8_t clock; /* the part of it that hosts and oracle see: time, forged */
    uint8_t moves;
    uint32_t event[SP_FLIGHT_MAX]; /* the number of the event that each packet is */
    sp_move move[];
};

/* The three numbers of a world. */
struct parts {
    uint32_t host[2];
    uint32_t network;
};

struct sp_tcp {
    const struct sp_setup *setup;
    bool symmetry;
    struct sp_intern host[2]; /* with symmetry the first alone is used, for both */
    struct sp_intern network;
    struct sp_intern event;
    struct sp_intern sent;    /* lists of events */
    struct sp_intern found;   /* struct sp_explore_found */
    struct sp_intern reacted; /* struct sp_reaction: kinds of steps that hosts took */
    struct sp_memo steps;     /* of hosts */
    struct sp_memo networks;  /* of the network */
    uint64_t memory;
    _Atomic uint64_t learnt;
    sp_tcp_goal *goal;
    const void *goal_to;
    uint64_t judged; /* properties: what violates others is passed over */
    struct sp_liveness liveness[SP_PROPERTY_COUNT]; /* the promises that the setup lets one judge */
    uint32_t livenesses;
};

/* An answer about a step. */
struct reaction {
    uint32_t host; /* the new number of the host that acted */
    uint32_t sent;
    uint32_t found;
    bool alone; /* it changed nothing else; else the step is not remembered as a whole */
};
/* One move of the state being expanded, while its answers are looked up. */
struct query {
    sp_move move;
    uint32_t side;    /* of the host that acts; neither: NOBODY */
    uint64_t step;    /* the question about the host that acts */
    uint64_t network; /* the question about the network */
    struct reaction reaction;
    bool known; /* what the host does is remembered */
};

#define NOBODY 2

/* A thread's own. */
struct scratch {
    struct query query[SP_ACTIONS_MAX];
    struct sp_world world;
    struct sp_world other;
    struct sp_step step;
    sp_move moves[SP_ACTIONS_MAX];
    uint8_t code[SP_CODE_MAX];
    uint8_t mirror[SP_CODE_MAX];
};

static inline struct sp_intern *hosts_of(struct sp_tcp *tcp, unsigned side)
{
    return &tcp->host[tcp->symmetry ? 0 : side];
}

static inline const struct sp_entry *host_entry(const struct sp_tcp *tcp, unsigned side,
                                                uint32_t number)
{
    return sp_intern_at(&tcp->host[tcp->symmetry ? 0 : side], number);
}

static inline const struct host_record *host_at(const struct sp_tcp *tcp, unsigned side,
                                                uint32_t number)
{
    return host_entry(tcp, side, number)->record;
}

static inline struct network_record *network_at(const struct sp_tcp *tcp, uint32_t number)
{
    return sp_intern_at(&tcp->network, number)->record;
}

static inline struct sp_explore_found found_at(const struct sp_tcp *tcp, uint32_t number)
{
    return *(const struct sp_explore_found *)(const void *)sp_intern_at(&tcp->found, number)->code;
}

static inline struct parts parts_of(uint64_t state)
{
    const uint32_t host_mask = (1u << HOST_BITS) - 1;
    return (struct parts){
        .host = {(uint32_t)state & host_mask, (uint32_t)(state >> HOST_BITS) & host_mask},
        .network = (uint32_t)(state >> 2 * HOST_BITS)};
}

/* parts.c. Those that return bool: false when no number is left. */

/* The canonical state of these parts. */
bool state_of(struct sp_tcp *tcp, struct scratch *scratch, struct parts parts, uint64_t *state);

/* The world of these parts. */
void world_of(const struct sp_tcp *tcp, struct parts parts, struct sp_world *world);

/* The number of one part of a world. */
bool number_host(struct sp_tcp *tcp, struct scratch *scratch, const struct sp_world *world,
                 unsigned side, uint32_t *number);
bool number_network(struct sp_tcp *tcp, struct scratch *scratch, const struct sp_world *world,
                    uint32_t *number);

/* The number of what a step put on the wire. */
bool number_sent(struct sp_tcp *tcp, const struct sp_step *step, const struct sp_world *after,
                 uint32_t *number);
bool number_found(struct sp_tcp *tcp, struct sp_explore_found found, uint32_t *number);

/* Notes what kind of step it was. */
bool note_reaction(struct sp_tcp *tcp, const struct sp_step *step, const struct sp_world *after);

/* The parts that sp_intern_save wrote, into empty tables. */
bool load_parts(struct sp_tcp *tcp, FILE *file);

/* What the oracle says of a step, of the properties that are judged. */
struct sp_findings findings_of(const struct sp_tcp *tcp, const struct sp_step *step,
                               const struct sp_world *after);

/* learn.c: takes the query's move in the world itself, remembers what was not, and says where it
 * leads. False: no number left. */
bool learn(struct sp_tcp *tcp, struct scratch *scratch, struct parts parts,
           const struct query *query, struct parts *next, struct sp_explore_found *found);

/* What is asked of the memories. A network is asked what it becomes when this move takes what it
 * takes and these segments are sent; or whether it holds back this move of this host. */
uint64_t step_question(const struct sp_tcp *tcp, struct parts parts, unsigned side, uint32_t event);
uint64_t network_question(uint32_t network, sp_move move, uint32_t sent);
uint64_t wait_question(uint32_t network, uint32_t host, sp_move move);

uint64_t pack_reaction(struct reaction reaction);
struct reaction unpack_reaction(uint64_t answer);

/* react.c */
uint32_t expand(void *self, void *scratch, uint64_t state, struct sp_successor *successors);

/* promise.c */
void list_promises(struct sp_tcp *tcp);
uint64_t pending(void *self, void *scratch, uint64_t state);
void owed(void *self, void *scratch, uint64_t state, struct sp_obligation *obligations);

/* audit.c */
bool audit(void *self, void *scratch, uint64_t state, const struct sp_successor *successors,
           uint32_t count, char *error, size_t error_capacity);

#endif
