/*
 * The closed list of what can happen to one TCP endpoint (RFC 9293 3.10).
 *
 * Time and choice arrive here and nowhere else: the timestamp clock and the initial sequence number
 * of a connection that the event may begin are part of the event.
 */
#ifndef SP_EVENT_EVENT_H
#define SP_EVENT_EVENT_H

#include "bytes/segment.h"

enum sp_event_kind {
    SP_EVENT_OPEN_PASSIVE,   /* 3.10.1 */
    SP_EVENT_OPEN_ACTIVE,    /* 3.10.1 */
    SP_EVENT_SEND,           /* 3.10.2 */
    SP_EVENT_RECEIVE,        /* 3.10.3 */
    SP_EVENT_CLOSE,          /* 3.10.4 */
    SP_EVENT_ABORT,          /* 3.10.5 */
    SP_EVENT_STATUS,         /* 3.10.6 */
    SP_EVENT_SEGMENT,        /* 3.10.7 */
    SP_EVENT_USER_TIMEOUT,   /* 3.10.8 */
    SP_EVENT_RETRANSMISSION, /* 3.10.8 */
    SP_EVENT_TIME_WAIT,      /* 3.10.8 */
    SP_EVENT_PERSIST,        /* 3.8.6.1; also the override timer of 3.8.6.2.1 */
    SP_EVENT_DELAYED_ACK,    /* 3.8.6.3 */
    SP_EVENT_KEEP_ALIVE,     /* 3.8.4 */
    SP_EVENT_COUNT
};

/* What the user asks for with OPEN; the TCB keeps it. */
struct sp_open {
    uint32_t buffer; /* octets of receive buffer, at most 2^30 */
    uint16_t mss;    /* largest segment this end takes: the MSS it announces; at least 1 */
    uint8_t options; /* SP_OPT_ bits to offer: MSS, SCALE, SACK_PERMITTED, TIMESTAMPS */
    uint8_t scale;   /* shift to offer with SP_OPT_SCALE, 0..SP_SCALE_MAX */
    uint8_t r2;      /* retransmissions after which to give up; 0: never (MUST-20, MUST-21) */
    bool remote;     /* the remote socket is specified */
    bool keep_alive; /* probe when idle (MAY-5) */
    bool reading;    /* a RECEIVE without end is posted with the OPEN */
};

struct sp_event {
    enum sp_event_kind kind;
    sp_seq iss;                /* OPEN_ACTIVE; SEND and SEGMENT where they may begin a connection */
    uint32_t now;              /* timestamp clock (RFC 7323), in ticks */
    uint32_t count;            /* SEND, RECEIVE: octets */
    bool urgent;               /* SEND */
    struct sp_open open;       /* OPEN_PASSIVE, OPEN_ACTIVE */
    struct sp_segment segment; /* SEGMENT: text is what its sender put there */
};

/* "OPEN active", "RETRANSMISSION TIMEOUT". */
const char *sp_event_name(enum sp_event_kind kind);

#endif
