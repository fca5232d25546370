/*
 * Parts that several sections of RFC 9293 3.10 share: recording, making and ending a TCB, taking a
 * SYN. No decision about an event is taken here but D2 and the option rules of a SYN.
 */
#include "machine/turn.h"

#include <string.h>

void sp_fire(struct sp_turn *turn, enum sp_rule rule)
{
    struct sp_output *out = turn->out;
    if (out->rules < SP_RULES_MAX) {
        out->rule[out->rules++] = (uint16_t)rule;
    }
}

void sp_tell(struct sp_turn *turn, uint32_t signals)
{
    turn->out->signals |= signals;
}

void sp_answer(struct sp_turn *turn, enum sp_rule rule, enum sp_reply reply)
{
    sp_fire(turn, rule);
    turn->out->reply = reply;
}

/* CLOSED is the absence of a TCB: all zero. Whatever was owed is owed no longer. */
void sp_delete(struct sp_turn *turn, uint32_t signals)
{
    memset(turn->tcb, 0, sizeof *turn->tcb);
    turn->ack_now = false;
    sp_tell(turn, signals | SP_SIGNAL_DELETED);
}

/* Octets the user wrote are not all acknowledged. */
static bool sends_wait(const struct sp_tcb *t)
{
    if (t->state == SP_LISTEN) {
        return false;
    }
    return sp_seq_gt(t->snd_end, sp_seq_max(t->snd_una, t->iss + 1));
}

/* The user has SENDs or RECEIVEs that wait. */
bool sp_queued_calls(const struct sp_tcb *t)
{
    return sends_wait(t) || t->rcv_wanted != 0 || (t->flags & SP_TCB_READING) != 0;
}

/*
 * SYN-RECEIVED after a passive OPEN goes back to LISTEN: the TCB is what the OPEN made. A user who
 * has called CLOSE in the meantime wants no listener: then the TCB goes. Text that waited is lost,
 * and its user is told.
 */
void sp_to_listen(struct sp_turn *turn)
{
    struct sp_tcb *t = turn->tcb;
    bool lost = sends_wait(t);
    if ((t->flags & SP_TCB_CLOSE) != 0) {
        sp_delete(turn, lost ? SP_SIGNAL_RESET : 0);
        return;
    }
    if (sp_faulty(turn->policy, SP_FAULT_PHANTOM_SEGMENT_FROM_LISTEN)) {
        t->state = SP_LISTEN;
        return;
    }
    struct sp_tcb listen = {
        .state = SP_LISTEN,
        .flags = t->flags & (SP_TCB_PASSIVE | SP_TCB_REMOTE | SP_TCB_ANY_REMOTE | SP_TCB_READING |
                             SP_TCB_KEEP_ALIVE),
        .rcv_mss = t->rcv_mss,
        .offered = t->offered,
        .offer_scale = t->offer_scale,
        .r2 = t->r2,
        .rcv_buf = t->rcv_buf,
        .rcv_wanted = t->rcv_wanted,
    };
    if ((listen.flags & SP_TCB_ANY_REMOTE) != 0) {
        listen.flags &= (uint16_t)~SP_TCB_REMOTE;
    }
    *t = listen;
    turn->ack_now = false;
    sp_tell(turn, lost ? SP_SIGNAL_FLUSHED : 0);
}

void sp_to_time_wait(struct sp_turn *turn)
{
    turn->tcb->state = SP_TIME_WAIT;
    turn->tcb->retransmits = 0;
}

/* Keeps what the OPEN asked for, in a TCB that is zero or in LISTEN. */
void sp_keep_open(struct sp_turn *turn, const struct sp_open *open, bool passive)
{
    struct sp_tcb *t = turn->tcb;
    unsigned flags = passive ? SP_TCB_PASSIVE : 0;
    flags |= open->remote ? SP_TCB_REMOTE : SP_TCB_ANY_REMOTE;
    flags |= open->reading ? SP_TCB_READING : 0;
    flags |= open->keep_alive ? SP_TCB_KEEP_ALIVE : 0;
    t->flags = (uint16_t)flags;
    t->rcv_buf = open->buffer;
    t->rcv_mss = open->mss;
    t->offered = open->options;
    t->offer_scale = open->scale;
    t->r2 = open->r2;
}

/* Initial send sequence variables: SND.UNA = ISS, SND.NXT = ISS + 1 (3.10.1). */
void sp_begin_sending(struct sp_turn *turn, sp_seq iss)
{
    struct sp_tcb *t = turn->tcb;
    t->iss = iss;
    t->snd_una = iss;
    t->snd_nxt = iss + 1;
    t->snd_max = iss + 1;
    t->snd_end = iss + 1;
    t->snd_up = iss;
    t->snd_mss = 536; /* MUST-15: the default until the peer's SYN says otherwise */
}

/* The options of the SYN that was taken: in use only when both ends offered them. */
static void take_syn_options(struct sp_tcb *t, const struct sp_segment *s)
{
    unsigned both = t->offered & s->options;
    if ((s->options & SP_OPT_MSS) != 0) {
        t->snd_mss = s->mss == 0 ? 1 : s->mss;
    }
    if ((both & SP_OPT_SCALE) != 0) {
        t->flags |= SP_TCB_SCALE;
        t->snd_scale = s->scale;
        t->rcv_scale = t->offer_scale;
    }
    if ((both & SP_OPT_TIMESTAMPS) != 0) {
        t->flags |= SP_TCB_TIMESTAMPS;
        t->ts_recent = s->ts_val;
    }
    if ((both & SP_OPT_SACK_PERMITTED) != 0) {
        t->flags |= SP_TCB_SACK;
    }
}

/* RCV.NXT = SEG.SEQ + 1, IRS = SEG.SEQ; the window is what a SYN can announce (7323 2.2). */
void sp_take_syn(struct sp_turn *turn)
{
    struct sp_tcb *t = turn->tcb;
    const struct sp_segment *s = &turn->event->segment;
    t->irs = s->seq;
    t->rcv_nxt = s->seq + 1;
    t->rcv_read = t->rcv_nxt;
    t->rcv_up = t->rcv_nxt;
    t->ack_sent = t->rcv_nxt;
    t->rcv_adv = t->rcv_nxt + (t->rcv_buf < 65535 ? t->rcv_buf : 65535);
    take_syn_options(t, s);
}

/* SND.WND = SEG.WND, SND.WL1 = SEG.SEQ, SND.WL2 = wl2. The window of a SYN is never scaled. */
void sp_init_window(struct sp_turn *turn, sp_seq wl2)
{
    struct sp_tcb *t = turn->tcb;
    const struct sp_segment *s = &turn->event->segment;
    bool unscaled = sp_has(s, SP_SYN) && !sp_faulty(turn->policy, SP_FAULT_WSCALE_ON_SYN_WINDOW);
    t->snd_wnd = (uint32_t)s->wnd << (unscaled ? 0 : t->snd_scale);
    t->snd_wl1 = s->seq;
    t->snd_wl2 = wl2;
    if (t->snd_wnd > t->snd_wnd_max) {
        t->snd_wnd_max = t->snd_wnd;
    }
}
