/*
 * The world: two hosts with one TCB each, their users, and the network between them.
 *
 * Everything a property needs and no host may know is ghost state (sp_life, sp_ghost): the machine
 * never sees it. A world is a value: copy it with "=". What never changes during a run (policy and
 * bounds) stands in struct sp_setup.
 */
#ifndef SP_NET_WORLD_H
#define SP_NET_WORLD_H

#include "event/action.h"
#include "machine/step.h"
#include "setup/bounds.h"

/* A segment in flight. */
struct sp_packet {
    struct sp_segment segment;
    uint8_t from; /* enum sp_host_name of the sender */
    uint8_t
        life; /* incarnation of the sender, from 1; 0: sent without a TCB (from CLOSED or LISTEN) */
    uint16_t
        serial; /* from 1 in the order sent; 0 in the explorer. Not part of a world's identity */
};

/* A bag: any packet may arrive next. Kept sorted by everything but the serial when reordering is
 * admitted, else A's before B's, each in the order sent. */
struct sp_channel {
    uint8_t count;
    struct sp_packet packet[SP_FLIGHT_MAX];
};

/* How an incarnation ended. */
enum sp_end {
    SP_END_LIVING,       /* it has not, or has not begun */
    SP_END_GRACEFUL,     /* TIME-WAIT expired or was reopened (MAY-2), or LAST-ACK left by the ACK
                            of the FIN */
    SP_END_CLOSED,       /* CLOSE in LISTEN or SYN-SENT */
    SP_END_ABORTED,      /* ABORT by its user, or a CLOSE that resets (half-duplex) */
    SP_END_RESET,        /* by a RST that arrived, or a SYN that drew one (RFC 793) */
    SP_END_TIMED_OUT,    /* user timeout or R2 */
    SP_END_ASSASSINATED, /* a RST or SYN took it out of TIME-WAIT, CLOSING or LAST-ACK */
    SP_END_CRASHED,      /* its host crashed: the peer was not told */
};

enum {
    SP_LIFE_SYN_SENT = 0x01,     /* a SYN with iss was put on the wire */
    SP_LIFE_CLOSE = 0x02,        /* the user called CLOSE and TCP took it: `written` is final */
    SP_LIFE_FIN_SENT = 0x04,     /* a FIN was put on the wire */
    SP_LIFE_FIN_RECEIVED = 0x08, /* the peer's FIN was counted into RCV.NXT */
    SP_LIFE_TOLD_EOF = 0x10,     /* the user was told "connection closing" by the peer's FIN */
    SP_LIFE_TOLD_ERROR = 0x20,   /* the user was told of a reset, refusal or timeout */
    SP_LIFE_TIME_WAIT = 0x40,    /* it was in TIME-WAIT */
    SP_LIFE_OPENED = 0x80,       /* it was in a synchronized state */
};

/* What one incarnation of one host really did: never read by the machine. */
struct sp_life {
    sp_seq iss;       /* its initial sequence number, once `begun` */
    uint32_t written; /* octets TCP accepted from the user */
    uint32_t
        received; /* octets of the peer's stream taken in order: RCV.NXT - IRS - 1 less the FIN */
    uint32_t delivered; /* octets handed to the user */
    sp_seq edge;        /* rightmost window edge advertised (scaled), once edge_known */
    sp_seq ack_max;     /* highest ACK value sent, once ack_known */
    sp_seq end;         /* one past the highest sequence number put on the wire */
    uint8_t flags;      /* SP_LIFE_ bits */
    uint8_t ended;      /* enum sp_end */
    uint8_t peer;       /* incarnation of the peer, from 1, whose SYN this one took; 0: none, or one
                           that the peer never sent */
    bool begun;         /* iss is chosen */
    bool edge_known;
    bool ack_known;
};

struct sp_host {
    struct sp_tcb tcb;
    uint8_t lives;    /* incarnations begun, LISTEN counted; the latest is life[lives - 1] */
    uint8_t timeouts; /* budgets used up */
    uint8_t user_timeouts;
    uint8_t keep_alives;
    uint8_t aborts;
    uint8_t crashes;
    struct sp_life life[SP_LIVES_MAX]; /* all zero beyond `lives` */
};

struct sp_world {
    struct sp_host host[2];
    struct sp_channel channel;
    uint32_t now;   /* timestamp clock: 1 + ticks so far */
    uint8_t losses; /* budgets used up */
    uint8_t duplicates;
    uint8_t iss[2];   /* index into the bounds' iss list: the choice this world began with */
    uint8_t forged;   /* segments injected, the attacker's budget used up: once there is one,
                         assumption N no longer holds */
    uint16_t serials; /* packets sent so far; stays 0 in the explorer. Not part of the identity */
    bool counting;    /* serials are given (scripts). Not part of the identity */
};

/* One action of the world, as the oracle, traces and reports see it. */
struct sp_step {
    struct sp_action action; /* with serial, where serials are given */
    bool acted;              /* a host took a step: event, before, output are set */
    uint8_t host;            /* the one that did */
    struct sp_event event;   /* what it was given */
    uint8_t event_life;      /* SEGMENT: the sender's incarnation; 0 none or forged */
    bool forged;             /* SEGMENT: injected */
    struct sp_host before;   /* the host before the step; the peer is untouched by it */
    struct sp_output output;
    uint8_t overflow;             /* bit i: output.segment[i] found the network full and was lost */
    uint16_t serial[SP_SEND_MAX]; /* of output.segment[i] */
};

/* A move: the explorer's compact name of an action, valid in one world. 0 is none. */
typedef uint32_t sp_move;

/* Worlds a run may begin in: every combination of the hosts' iss choices. index in
 * [0, sp_world_initials(setup)). `counting` gives serials to segments, as scripts need. */
uint32_t sp_world_initials(const struct sp_setup *setup);
void sp_world_init(const struct sp_setup *setup, uint32_t index, bool counting,
                   struct sp_world *world);

/* Writes the enabled moves in their fixed order (calls of A, of B, timers of A, of B, then by
 * packet: deliver, duplicate, lose; tick; crashes of A, of B; forged segments to A, to B) and
 * returns their number, at most SP_ACTIONS_MAX. */
uint32_t sp_world_moves(const struct sp_setup *setup, const struct sp_world *world, sp_move *moves);

/* The same by parts: calls of A, of B; timers; the network's moves; crashes; forged segments. What
 * a host offers depends on the setup, world->host[host] and world->iss[host]; what the network may
 * do (packets, tick) on all else. Some of what a host offers waits for the network: TIME-WAIT for
 * the drain (2MSL), the OPEN after a crash for quiet, the attacker for his budget. */
uint32_t sp_host_calls(const struct sp_setup *setup, const struct sp_world *world, unsigned host,
                       sp_move *moves);
uint32_t sp_host_timers(const struct sp_setup *setup, const struct sp_world *world, unsigned host,
                        sp_move *moves);
uint32_t sp_host_crashes(const struct sp_setup *setup, const struct sp_world *world, unsigned host,
                         sp_move *moves);
uint32_t sp_host_forgeries(const struct sp_setup *setup, const struct sp_world *world,
                           unsigned host, sp_move *moves);
uint32_t sp_network_moves(const struct sp_setup *setup, const struct sp_world *world,
                          sp_move *moves);

/* A move that a host offers may wait for the network: depends on the host alone. It does wait:
 * depends on the network too. */
bool sp_move_waits(const struct sp_setup *setup, const struct sp_world *world, sp_move move);
bool sp_move_held_back(const struct sp_setup *setup, const struct sp_world *world, sp_move move);

/* No segment of the incarnation that `host` keeps in TIME-WAIT may still be in flight. Depends on
 * the host and on the packets. */
bool sp_world_drained(const struct sp_world *world, unsigned host);

/* What a move is about: an action; the host that acts, of a packet the one it is for, of a tick 0;
 * and the place in the channel of the packet, where it is about one. */
enum sp_action_kind sp_move_kind(sp_move move);
unsigned sp_move_host(sp_move move);
unsigned sp_move_packet(sp_move move);

/* Takes a move that sp_world_moves gave for this world. */
void sp_world_move(const struct sp_setup *setup, struct sp_world *world, sp_move move,
                   struct sp_step *step);

/* The action that the move is, with the serials of a counting world. */
void sp_world_action(const struct sp_setup *setup, const struct sp_world *world, sp_move move,
                     struct sp_action *action);

/* The packet in flight that a DELIVER, DUPLICATE or LOSE move is about. */
const struct sp_packet *sp_world_packet(const struct sp_world *world, sp_move move);

/* Takes an action of a script. Calls, timers, crashes and injections are always possible, whatever
 * the bounds say: the machine defines every event in every state. False, and nothing happened: a
 * segment of that serial is not in flight, or an OPEN would begin more than SP_LIVES_MAX
 * incarnations. VANISH acts on nobody: step->event.segment is the resolved segment, for drawing. */
bool sp_world_act(const struct sp_setup *setup, struct sp_world *world,
                  const struct sp_action *action, struct sp_step *step);

/* The packet that segment `index` of the step's output is in flight; without a serial number. */
struct sp_packet sp_step_packet(const struct sp_step *step, const struct sp_world *after,
                                unsigned index);

/* The policy in force for a segment that finds `host` as `before`: the setup's, but in TIME-WAIT no
 * SYN opens an incarnation beyond bounds.opens. The bounds end there. */
struct sp_policy sp_world_policy(const struct sp_setup *setup, unsigned host,
                                 const struct sp_host *before);

/* No move is enabled, yet nothing but an exhausted budget prevents one: the bounds end here. */
bool sp_world_truncated(const struct sp_setup *setup, const struct sp_world *world);

/* TCP owes something that only time or the peer could bring, and neither will: text or FIN unsent
 * or unacknowledged, a state that must be left, text not delivered to a user who reads. */
bool sp_world_owes(const struct sp_setup *setup, const struct sp_world *world);

/* What a world consists of: the hosts, each with the choice of its first initial sequence number,
 * and the network: packets, budgets, clock, forged. Any parts make a world. */
enum sp_part { SP_PART_A = SP_A, SP_PART_B = SP_B, SP_PART_NETWORK, SP_PART_COUNT };

/* The code of one part, at most SP_CODE_MAX octets: of one setup, equal codes mean equal parts.
 * Returns its size. Between equal bounds of A and B, A's code and B's are equal for equal hosts. */
size_t sp_world_encode_part(const struct sp_setup *setup, const struct sp_world *world,
                            enum sp_part part, uint8_t *code);

/* The network's code in the world with A and B exchanged. */
size_t sp_world_encode_mirrored_network(const struct sp_setup *setup, const struct sp_world *world,
                                        uint8_t *code);

/* The inverse: writes all of the part and nothing else of *world. No segment of it has a serial. */
void sp_world_decode_part(const struct sp_setup *setup, enum sp_part part, const uint8_t *code,
                          size_t size, struct sp_world *world);

/* The order of codes: the shorter first, then by octets. Negative, zero, positive. */
int sp_part_compare(const uint8_t *one, size_t one_size, const uint8_t *other, size_t other_size);

/* The canonical code of a world, at most SP_CODE_MAX octets: equal codes mean equal futures.
 * Returns its size. It is the codes of A, B and the network, in this order. With bounds.symmetry
 * they are those of the mirror image when its A is the smaller host, or, both hosts being equal,
 * its network the smaller one. sp_world_decode is the inverse on all that is part of the identity.
 */
size_t sp_world_encode(const struct sp_setup *setup, const struct sp_world *world, uint8_t *code);
void sp_world_decode(const struct sp_setup *setup, const uint8_t *code, size_t size,
                     struct sp_world *world);

/* The latest incarnation of a host, or NULL before the first. */
static inline const struct sp_life *sp_life(const struct sp_host *host)
{
    return host->lives == 0 ? NULL : &host->life[host->lives - 1];
}

/* Both TCBs name each other's latest incarnation: IRS of each is the ISS of the other. */
bool sp_world_paired(const struct sp_world *world);

#endif
