/*
 * Fixtures of the RFC 9293 suite: one endpoint, brought into a state by the events that bring a
 * connection there, one event, and short assertions about everything that came out.
 *
 * A test is CELL(STATE, EVENT, name) or ARRIVES(STATE, CLASS, name) with a body. It runs once for
 * each pair of initial sequence numbers, wrap-arounds included. The body finds the endpoint in
 * STATE; the run fails when the body never gave that event, or a segment of that class, to an
 * endpoint in that state: the marks, and the matrix made from them, cannot lie.
 */
#ifndef SP_SUPPORT_CELL_H
#define SP_SUPPORT_CELL_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "machine/step.h"

/* Classes of arriving segments. In CLOSED, LISTEN and SYN-SENT, where RCV.NXT has no value, the
 * first of RST, SYN and TEXT stands for any of them; in CLOSED and LISTEN ACK_NEW is any ACK. */
enum sp_class {
    SP_CLASS_NONE,
    SP_CLASS_RST_EXACT,
    SP_CLASS_RST_INSIDE,
    SP_CLASS_RST_OUTSIDE,
    SP_CLASS_SYN_INSIDE,
    SP_CLASS_SYN_OUTSIDE,
    SP_CLASS_SYN_ACK,
    SP_CLASS_ACK_NEW,
    SP_CLASS_ACK_DUPLICATE,
    SP_CLASS_ACK_BEYOND,
    SP_CLASS_TEXT,
    SP_CLASS_TEXT_OUTSIDE,
    SP_CLASS_FIN,
    SP_CLASS_NO_ACK,
    SP_CLASS_COUNT
};

/* The way to SYN-RECEIVED and beyond. Usual: SYN-RECEIVED by a passive OPEN, later states by an
 * active one. */
enum sp_origin { SP_ORIGIN_USUAL, SP_ORIGIN_PASSIVE, SP_ORIGIN_ACTIVE };

struct sp_cell {
    /* Given: a body may change these and call sp_reach again. */
    struct sp_policy policy;
    struct sp_open open;
    enum sp_origin origin;
    sp_seq iss;
    sp_seq irs;
    sp_seq event_iss;     /* the ISS that events carry; iss to begin with */
    uint32_t now;         /* timestamp clock */
    uint32_t peer_ts;     /* TSval of the peer's segments */
    bool urgent;          /* SENDs are urgent */
    uint32_t unread;      /* octets that arrive in ESTABLISHED, before anything is closed */
    uint16_t peer_wnd;    /* SEG.WND of the peer's segments */
    uint16_t peer_mss;    /* with SP_OPT_MSS */
    uint8_t peer_options; /* SP_OPT_ bits of the peer's SYN; TIMESTAMPS go on every segment */
    uint8_t peer_scale;   /* with SP_OPT_SCALE */

    /* Where RFC 9293 says that the variables stand in this state. */
    sp_seq una; /* SND.UNA */
    sp_seq nxt; /* SND.NXT */
    sp_seq rcv; /* RCV.NXT */

    /* When and then. */
    struct sp_tcb before;
    struct sp_tcb tcb;
    struct sp_event event;
    struct sp_output out;
    uint32_t delivered;           /* octets, over all steps since sp_reach */
    bool stepped[SP_EVENT_COUNT]; /* events given in the state of the mark */
    bool arrived[SP_CLASS_COUNT]; /* classes of segments that arrived in it */
    enum sp_state marked;         /* the state of the mark */
};

/* The body of a test. */
typedef void sp_cell_body(struct sp_cell *c);

void sp_cell_run(enum sp_state state, enum sp_event_kind kind, enum sp_class group,
                 sp_cell_body *body);

#define SP_MARKED(state, kind, group, name)                                                        \
    static void name##_at(struct sp_cell *c);                                                      \
    static void name(void **unused)                                                                \
    {                                                                                              \
        (void)unused;                                                                              \
        sp_cell_run(state, kind, group, name##_at);                                                \
    }                                                                                              \
    static void name##_at(struct sp_cell *c)

#define CELL(STATE, EVENT, name)    SP_MARKED(SP_##STATE, SP_EVENT_##EVENT, SP_CLASS_NONE, name)
#define ARRIVES(STATE, CLASS, name) SP_MARKED(SP_##STATE, SP_EVENT_SEGMENT, SP_CLASS_##CLASS, name)

/* Given */

/* rfc9293 as the suite understands it: RFC 5961 on, D-points repaired, MAYs off. */
struct sp_policy sp_cell_policy(void);

/* Brings a new endpoint into the state and sets una, nxt and rcv. */
void sp_reach(struct sp_cell *c, enum sp_state state);

/* When. Segments come from the peer: window, options and place in its stream are filled in. */

struct sp_segment sp_seg(const struct sp_cell *c, unsigned flags, sp_seq seq, sp_seq ack,
                         unsigned len);
void sp_arrives(struct sp_cell *c, struct sp_segment segment);
void sp_arrive(struct sp_cell *c, unsigned flags, sp_seq seq, sp_seq ack, unsigned len);
void sp_call(struct sp_cell *c, enum sp_event_kind kind);
void sp_send(struct sp_cell *c, uint32_t count);
void sp_receive(struct sp_cell *c, uint32_t count);

/* Then: each fails the test with both TCBs' sequence numbers, the segments and the rules. */

void sp_in(struct sp_cell *c, enum sp_state state);
void sp_gone(struct sp_cell *c); /* CLOSED, and the TCB is all zero */
void sp_vars(struct sp_cell *c, sp_seq una, sp_seq nxt, sp_seq rcv);
void sp_replied(struct sp_cell *c, enum sp_reply reply);
void sp_accepted(struct sp_cell *c);               /* ok or queued */
void sp_told(struct sp_cell *c, uint32_t signals); /* of those in SP_TOLD_MASK exactly these */
void sp_fired(struct sp_cell *c, enum sp_rule rule);
void sp_silent(struct sp_cell *c); /* nothing sent */
void sp_sent(struct sp_cell *c, unsigned count);
void sp_is(struct sp_cell *c, unsigned index, unsigned flags, sp_seq seq, sp_seq ack, unsigned len);
void sp_one(struct sp_cell *c, unsigned flags, sp_seq seq, sp_seq ack, unsigned len);
void sp_acked(struct sp_cell *c, sp_seq seq, sp_seq ack); /* <SEQ><ACK><CTL=ACK>, nothing else */
void sp_maybe_acked(struct sp_cell *c, sp_seq seq, sp_seq ack); /* that, or nothing */
void sp_rst(struct sp_cell *c, sp_seq seq);                     /* <SEQ><CTL=RST>, nothing else */
void sp_rst_ack(struct sp_cell *c, sp_seq ack);                 /* <SEQ=0><ACK><CTL=RST,ACK> */
void sp_covers(struct sp_cell *c, sp_seq from, sp_seq to, bool fin); /* text in order; FIN last */
void sp_unchanged(struct sp_cell *c);                                /* the TCB, in every field */
void sp_only_acked(struct sp_cell *c);                   /* but for that an ACK went out */
void sp_idle(struct sp_cell *c);                         /* TIMER_IDLE and nothing else */
void sp_refused(struct sp_cell *c, enum sp_reply reply); /* that answer and nothing else */
void sp_challenged(struct sp_cell *c); /* <SEQ=SND.NXT><ACK=RCV.NXT><CTL=ACK>, no change */
void sp_dropped(struct sp_cell *c);    /* nothing sent, nothing said, no change */

/* The condition, with the same report. */
void sp_that(struct sp_cell *c, bool holds, const char *claim);

/* What sp_told compares. The rest is told so often that single tests look at it. */
enum {
    SP_TOLD_MASK = SP_SIGNAL_OPENED | SP_SIGNAL_URGENT | SP_SIGNAL_CLOSING | SP_SIGNAL_RESET |
                   SP_SIGNAL_REFUSED | SP_SIGNAL_TIMED_OUT | SP_SIGNAL_TROUBLE | SP_SIGNAL_DELETED,
};

#endif
