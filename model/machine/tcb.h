/*
 * The TCB: everything one TCP endpoint remembers of one connection (RFC 9293 3.3.1).
 *
 * In CLOSED there is no TCB: the struct is all zero, which is SP_CLOSED. Everything a step decides
 * is decided from this struct, the policy and the event; nothing is remembered elsewhere.
 *
 * Streams are counted, not stored. The octet with sequence number q that the user wrote is octet
 * q - iss - 1 of its stream. iss + 1 + written = snd_end; a FIN, once CLOSE was called, is snd_end.
 */
#ifndef SP_MACHINE_TCB_H
#define SP_MACHINE_TCB_H

#include "bytes/segment.h"

/* RFC 9293 3.3.2, in the order in which a connection may live through them. */
enum sp_state {
#define STATE(NAME, text) SP_##NAME,
#include "machine/states.def"
    SP_STATE_COUNT
};

/* Timers that run. The user timeout always runs while there is a TCB. */
enum {
    SP_TIMER_RETRANSMISSION = 0x01,
    SP_TIMER_TIME_WAIT = 0x02,
    SP_TIMER_PERSIST = 0x04, /* zero-window probe, and the override of silly-window avoidance */
    SP_TIMER_DELAYED_ACK = 0x08,
    SP_TIMER_KEEP_ALIVE = 0x10,
};

enum {
    SP_TCB_PASSIVE = 0x0001,      /* came from a passive OPEN (MUST-11) */
    SP_TCB_REMOTE = 0x0002,       /* the remote socket is specified */
    SP_TCB_ANY_REMOTE = 0x0004,   /* the OPEN left it unspecified: LISTEN forgets it again */
    SP_TCB_CLOSE = 0x0008,        /* the user called CLOSE: the stream ends at snd_end */
    SP_TCB_FIN_HELD = 0x0010,     /* rcv_fin is known: the peer's stream ends there */
    SP_TCB_FIN_RECEIVED = 0x0020, /* RCV.NXT is past the peer's FIN */
    SP_TCB_TOLD_EOF = 0x0040,     /* the user was told "connection closing" */
    SP_TCB_SCALE = 0x0080,        /* window scaling in use (both SYNs carried it) */
    SP_TCB_TIMESTAMPS = 0x0100,   /* timestamps in use; ts_recent is valid */
    SP_TCB_SACK = 0x0200,         /* SACK in use */
    SP_TCB_REOPENED = 0x0400,     /* SYN-RECEIVED out of TIME-WAIT: may fall back (MAY-2) */
    SP_TCB_READING = 0x0800,      /* a RECEIVE without end is posted */
    SP_TCB_KEEP_ALIVE = 0x1000,   /* keep-alive wanted (MAY-5) */
    SP_TCB_URGENT_MODE = 0x2000,  /* the user was told of urgent text and has not read past it */
    SP_TCB_READER_GONE = 0x4000,  /* half-duplex CLOSE: text that arrives draws a RST (SHLD-3) */
    SP_TCB_FAULT = 0x8000,        /* what a fault remembers (faults.def); never set without one */
};

struct sp_tcb {
    uint8_t state;       /* enum sp_state */
    uint8_t timers;      /* SP_TIMER_ bits */
    uint8_t retransmits; /* and probes, since the last answer to them (R1, R2) */
    uint8_t unacked;     /* segments with text since the last ACK went out (delayed ACK) */
    uint16_t flags;      /* SP_TCB_ bits */
    uint16_t snd_mss;    /* octets of text per segment the peer takes */
    uint16_t rcv_mss;    /* what this end announced */
    uint8_t offered;     /* SP_OPT_ bits this end offers on its SYN */
    uint8_t r2;          /* give up after so many retransmissions; 0: never */
    uint8_t offer_scale; /* window scale shift this end offers */
    uint8_t snd_scale;   /* shift of windows the peer sends */
    uint8_t rcv_scale;   /* shift of windows this end sends */
    uint8_t helds;       /* ranges held in `held` */

    /* send sequence space */
    sp_seq iss;           /* ISS */
    sp_seq snd_una;       /* SND.UNA: oldest unacknowledged */
    sp_seq snd_nxt;       /* SND.NXT: next to send */
    sp_seq snd_max;       /* one past the highest ever sent: SND.NXT, or a probe beyond it */
    sp_seq snd_end;       /* one past the last octet the user wrote; where a FIN goes */
    sp_seq snd_up;        /* SND.UP: one past the urgent text; snd_una when there is none */
    sp_seq snd_wl1;       /* SND.WL1: SEG.SEQ of the last window update */
    sp_seq snd_wl2;       /* SND.WL2: SEG.ACK of the last window update */
    uint32_t snd_wnd;     /* SND.WND, scaled */
    uint32_t snd_wnd_max; /* MAX.SND.WND (5961 5.2) */

    /* receive sequence space */
    sp_seq irs;          /* IRS */
    sp_seq rcv_nxt;      /* RCV.NXT */
    sp_seq rcv_adv;      /* right edge: RCV.NXT + RCV.WND; never moves left (SHLD-14) */
    sp_seq rcv_read;     /* first octet not yet handed to the user; =< RCV.NXT */
    sp_seq rcv_up;       /* RCV.UP: one past the urgent text */
    sp_seq rcv_fin;      /* sequence number of the peer's FIN, with SP_TCB_FIN_HELD */
    uint32_t rcv_buf;    /* octets of receive buffer */
    uint32_t rcv_wanted; /* octets that queued RECEIVEs still ask for */
    sp_seq ack_sent;     /* Last.ACK.sent (7323 4.3): highest ACK value sent */
    struct sp_range held[SP_HELD_MAX]; /* out of order, sorted, disjoint, not adjacent */

    uint32_t ts_recent; /* TS.Recent */
    /* With SP_TCB_REOPENED: the TIME-WAIT it came from, to fall back to; else zero. */
    sp_seq old_iss;
    sp_seq old_snd_nxt;
    sp_seq old_irs;
    sp_seq old_rcv_nxt;
    uint32_t old_ts_recent;
    uint16_t old_agreed; /* of its flags: SCALE, TIMESTAMPS, SACK */
    uint8_t old_snd_scale;
    uint8_t old_rcv_scale;
};

/* RCV.WND */
static inline uint32_t sp_rcv_wnd(const struct sp_tcb *t)
{
    return t->rcv_adv - t->rcv_nxt;
}

/* Octets in order that the user has not been handed. The FIN is not one of them. */
static inline uint32_t sp_unread(const struct sp_tcb *t)
{
    return t->rcv_nxt - t->rcv_read - ((t->flags & SP_TCB_FIN_RECEIVED) != 0);
}

/* The FIN of this end was sent at least once. */
static inline bool sp_fin_sent(const struct sp_tcb *t)
{
    return (t->flags & SP_TCB_CLOSE) != 0 && t->snd_max == t->snd_end + 1;
}

/* The FIN of this end was sent and is acknowledged. */
static inline bool sp_fin_acked(const struct sp_tcb *t)
{
    return sp_fin_sent(t) && t->snd_una == t->snd_max;
}

/* ESTABLISHED, FIN-WAIT-1, FIN-WAIT-2, CLOSE-WAIT, CLOSING, LAST-ACK, TIME-WAIT (3.5.2). */
static inline bool sp_synchronized(enum sp_state state)
{
    return state >= SP_ESTABLISHED;
}

/* "SYN-RECEIVED", as RFC 9293 writes it / "SYN_RECEIVED", as `find` expressions write it. */
const char *sp_state_name(enum sp_state state);
const char *sp_state_word(enum sp_state state);

#endif
