/*
 * The closed list of what can happen in a world of two hosts A and B and the network between them:
 * what a script is made of, what the explorer enumerates, what a fuzzer mutates.
 */
#ifndef SP_EVENT_ACTION_H
#define SP_EVENT_ACTION_H

#include "event/event.h"

enum sp_host_name { SP_A, SP_B };

enum sp_action_kind {
    SP_ACTION_CALL,      /* the user of `host` makes the call `event` (OPEN .. STATUS) */
    SP_ACTION_TIMER,     /* the timer `event` of `host` fires (USER_TIMEOUT .. KEEP_ALIVE) */
    SP_ACTION_DELIVER,   /* segment `serial` arrives and leaves the network */
    SP_ACTION_DUPLICATE, /* segment `serial` arrives, and a copy stays in the network */
    SP_ACTION_LOSE,      /* segment `serial` leaves the network */
    SP_ACTION_TICK,      /* the timestamp clock advances by one */
    SP_ACTION_INJECT,    /* `segment` arrives at `host`: forged, or replayed from a capture */
    SP_ACTION_VANISH,    /* `segment`, sent by `host`, is seen to be lost: drawn, without effect */
    SP_ACTION_CRASH,     /* `host` loses its TCB; nothing is sent and nobody is told */
    SP_ACTION_COUNT
};

/* How a number in an injected segment is meant: an offset from a variable of the receiving host
 * (of the sending one, exchanged, for VANISH), or the number itself. */
enum sp_anchor {
    SP_ANCHOR_ABSOLUTE,
    SP_ANCHOR_RCV_NXT,
    SP_ANCHOR_IRS,
    SP_ANCHOR_SND_UNA,
    SP_ANCHOR_SND_NXT,
    SP_ANCHOR_ISS,
    SP_ANCHOR_COUNT
};

struct sp_action {
    uint8_t kind;       /* enum sp_action_kind */
    uint8_t host;       /* enum sp_host_name */
    uint8_t event;      /* enum sp_event_kind, with CALL and TIMER */
    uint8_t seq_anchor; /* enum sp_anchor of segment.seq, with INJECT and VANISH */
    uint8_t ack_anchor; /* enum sp_anchor of segment.ack, with INJECT and VANISH */
    bool urgent;        /* CALL SEND */
    bool has_iss;       /* iss is given: it replaces the one that the setup would choose */
    uint16_t serial;    /* DELIVER, DUPLICATE, LOSE: number of the segment, from 1, in the order in
                           which the run sent them; a kept copy keeps its number. INJECT, VANISH:
                           this is what was really sent for it, and it leaves the network, if it
                           still is there; 0: for none */
    uint32_t count;     /* CALL SEND, RECEIVE: octets */
    sp_seq iss;         /* CALL OPEN_*, SEND; INJECT where it may begin a connection */
    uint32_t now;       /* INJECT from a capture: the clock to use when not 0 */
    struct sp_segment segment; /* INJECT, VANISH */
};

#endif
