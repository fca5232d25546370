/*
 * Properties of the states themselves (RFC 9293 3.3.2, Figure 5): what each of them means, the
 * edges between them, and the states that most segments must leave alone.
 *
 * To keep in mind: the table of edges is Figure 5 with its notes, erratum 8710 and the tables of
 * 3.10, and what two of its edges make when one event takes both.
 */
#include "oracle/scene.h"

#include <string.h>

bool sp_holds_closed_means_no_tcb(const struct sp_scene *s, struct sp_evidence *e)
{
    const struct sp_tcb *t = s->after;
    if (t->state > SP_SYN_SENT)
        return true;

    uint32_t received = t->irs | t->rcv_nxt;
    uint32_t sent = t->iss | t->snd_una | t->snd_nxt | t->snd_max | t->snd_end;
    uint32_t rest = t->timers | t->flags | t->helds | t->snd_wnd | t->rcv_adv | t->rcv_buf;
    if (received != 0)
        return sp_fails(e, "%s: IRS %u and RCV.NXT %u have no value", sp_state_name(t->state),
                        t->irs, t->rcv_nxt);
    if (t->state != SP_SYN_SENT && sent != 0)
        return sp_fails(e, "%s: ISS %u, SND.UNA %u, SND.NXT %u have no value",
                        sp_state_name(t->state), t->iss, t->snd_una, t->snd_nxt);
    return t->state != SP_CLOSED || rest == 0 ||
           sp_fails(e, "CLOSED: nothing is left: timers %#x, flags %#x, RCV.BUFF %u",
                    (unsigned)t->timers, (unsigned)t->flags, t->rcv_buf);
}

bool sp_holds_handshake_needs_own_ack(const struct sp_scene *s, struct sp_evidence *e)
{
    const struct sp_tcb *o = s->before;
    const struct sp_segment *g = s->segment;
    bool waiting = o->state == SP_SYN_SENT || o->state == SP_SYN_RECEIVED;
    if (g == NULL || !waiting || !sp_synchronized(s->after->state))
        return true;
    if ((o->flags & SP_TCB_REOPENED) != 0 && s->is->lives < s->was->lives)
        return true; /* back in the TIME-WAIT that the old duplicate had left (MAY-2) */

    if (!sp_acks_syn(o, g))
        return sp_fails(e, "%s to %s by SND.UNA < SEG.ACK =< SND.NXT: %u < %u =< %u is false%s",
                        sp_state_name(o->state), sp_state_name(s->after->state), o->snd_una, g->ack,
                        o->snd_nxt, sp_has(g, SP_ACK) ? "" : " (no ACK)");
    return o->state == SP_SYN_RECEIVED || sp_has(g, SP_SYN) ||
           sp_fails(e, "SYN-SENT to %s by a SYN: there is none", sp_state_name(s->after->state));
}

/* Own FIN sent, own FIN acknowledged, peer's FIN received: 0, 1, or any. */
struct fins {
    int8_t sent, acked, received;
};

enum { ANY = -1 };

static struct fins fins_of(enum sp_state state)
{
    switch (state) {
    case SP_ESTABLISHED:
        return (struct fins){0, 0, 0};
    case SP_FIN_WAIT_1: /* the FIN may wait behind text (D14) */
        return (struct fins){ANY, 0, 0};
    case SP_FIN_WAIT_2:
        return (struct fins){1, 1, 0};
    case SP_CLOSE_WAIT:
        return (struct fins){0, 0, 1};
    case SP_CLOSING:
        return (struct fins){ANY, 0, 1};
    case SP_LAST_ACK:
        return (struct fins){1, 0, 1};
    case SP_TIME_WAIT:
        return (struct fins){1, 1, 1};
    case SP_CLOSED:
    case SP_LISTEN:
    case SP_SYN_SENT:
    case SP_SYN_RECEIVED:
    case SP_STATE_COUNT:
        break;
    }
    return (struct fins){0, 0, 0};
}

bool sp_holds_fins_by_state(const struct sp_scene *s, struct sp_evidence *e)
{
    const struct sp_tcb *t = s->after;
    const struct sp_life *life = s->life;
    if (!sp_has_irs(t->state) || sp_broken_off(life))
        return true;

    struct fins want = fins_of((enum sp_state)t->state);
    bool sent = (life->flags & SP_LIFE_FIN_SENT) != 0;
    bool acked = sent && t->snd_una == life->iss + life->written + 2;
    bool received = (life->flags & SP_LIFE_FIN_RECEIVED) != 0;
    bool closed = (life->flags & SP_LIFE_CLOSE) != 0;
    bool must_close = want.sent != 0;

    if ((want.sent != ANY && want.sent != sent) || want.acked != acked || want.received != received)
        return sp_fails(e, "%s: own FIN sent %d, acknowledged %d, peer's FIN received %d",
                        sp_state_name(t->state), sent, acked, received);
    if (must_close && !closed)
        return sp_fails(e, "%s follows CLOSE: there was none", sp_state_name(t->state));
    return t->state != SP_ESTABLISHED || !closed ||
           sp_fails(e, "CLOSE leaves ESTABLISHED at once: it was called, and the state is kept");
}

#define IS(state) (1u << SP_##state)

/* Figure 5 with its notes and erratum 8710; a SYN,ACK or ACK may bring a FIN, and a CLOSE may have
 * been waiting, so that one segment takes two edges. */
static unsigned edges_by_segment(enum sp_state state)
{
    switch (state) {
    case SP_CLOSED:
        return 0;
    case SP_LISTEN:
        return IS(SYN_RECEIVED);
    case SP_SYN_SENT:
        return IS(SYN_RECEIVED) | IS(ESTABLISHED) | IS(CLOSE_WAIT) | IS(CLOSED);
    case SP_SYN_RECEIVED:
        return IS(ESTABLISHED) | IS(CLOSE_WAIT) | IS(FIN_WAIT_1) | IS(CLOSING) | IS(LISTEN) |
               IS(CLOSED);
    case SP_ESTABLISHED:
        return IS(CLOSE_WAIT) | IS(CLOSED);
    case SP_FIN_WAIT_1:
        return IS(FIN_WAIT_2) | IS(CLOSING) | IS(TIME_WAIT) | IS(CLOSED);
    case SP_FIN_WAIT_2:
        return IS(TIME_WAIT) | IS(CLOSED);
    case SP_CLOSE_WAIT:
        return IS(LAST_ACK) | IS(CLOSED);
    case SP_CLOSING:
        return IS(TIME_WAIT) | IS(CLOSED);
    case SP_LAST_ACK:
    case SP_TIME_WAIT:
        return IS(CLOSED);
    case SP_STATE_COUNT:
        break;
    }
    return 0;
}

static unsigned edges_by_close(enum sp_state state, const struct sp_policy *policy)
{
    unsigned unread = policy->close_unread == SP_close_unread_RST ? IS(CLOSED) : 0;

    switch (state) {
    case SP_LISTEN:
    case SP_SYN_SENT:
        return IS(CLOSED);
    case SP_SYN_RECEIVED:
        return IS(FIN_WAIT_1);
    case SP_ESTABLISHED:
        return IS(FIN_WAIT_1) | unread;
    case SP_CLOSE_WAIT:
        return IS(LAST_ACK) | unread;
    case SP_CLOSED:
    case SP_FIN_WAIT_1:
    case SP_FIN_WAIT_2:
    case SP_CLOSING:
    case SP_LAST_ACK:
    case SP_TIME_WAIT:
    case SP_STATE_COUNT:
        break;
    }
    return 0;
}

/* D8: 3.10.5 deletes the TCB; by 3.5.2 and note 3 of Figure 5 a synchronized one waits. */
static unsigned edges_by_abort(enum sp_state state, const struct sp_policy *policy)
{
    bool waits = policy->reset_state == SP_reset_state_TIME_WAIT && sp_synchronized(state);

    return state == SP_CLOSED ? 0 : IS(CLOSED) | (waits ? IS(TIME_WAIT) : 0);
}

/* CLOSE-WAIT becomes LAST-ACK by whatever lets the FIN out (3.10.4). */
static unsigned edges(const struct sp_scene *s)
{
    const enum sp_state state = (enum sp_state)s->before->state;
    const unsigned fin_out = state == SP_CLOSE_WAIT ? IS(LAST_ACK) : 0;
    const unsigned gone = state == SP_CLOSED ? 0 : IS(CLOSED);

    switch (s->step->event.kind) {
    case SP_EVENT_OPEN_PASSIVE:
        return state == SP_CLOSED ? IS(LISTEN) : 0;
    case SP_EVENT_OPEN_ACTIVE:
        return state <= SP_LISTEN ? IS(SYN_SENT) : 0;
    case SP_EVENT_SEND:
        return state == SP_LISTEN ? IS(SYN_SENT) : 0;
    case SP_EVENT_CLOSE:
        return edges_by_close(state, s->policy);
    case SP_EVENT_ABORT:
        return edges_by_abort(state, s->policy);
    case SP_EVENT_SEGMENT:
        return edges_by_segment(state);
    case SP_EVENT_USER_TIMEOUT:
        return gone;
    case SP_EVENT_RETRANSMISSION: /* R2 (MUST-20, MUST-22); unanswered probes count, too (3.8.6.1)
                                   */
    case SP_EVENT_PERSIST:
        return gone | fin_out;
    case SP_EVENT_TIME_WAIT:
        return state == SP_TIME_WAIT ? IS(CLOSED) : 0;
    case SP_EVENT_RECEIVE:
    case SP_EVENT_DELAYED_ACK:
    case SP_EVENT_KEEP_ALIVE:
        return fin_out;
    case SP_EVENT_STATUS:
    case SP_EVENT_COUNT:
        break;
    }
    return 0;
}

bool sp_holds_legal_edges(const struct sp_scene *s, struct sp_evidence *e)
{
    if (!s->moved)
        return true;

    const unsigned to = s->after->state;
    unsigned allowed = edges(s);
    /* MAY-2: out of TIME-WAIT by a SYN, and back when that SYN was old. */
    if (s->segment != NULL && s->before->state == SP_TIME_WAIT &&
        s->policy->tw_reopen != SP_tw_reopen_NONE)
        allowed |= IS(SYN_RECEIVED);
    if (s->segment != NULL && s->before->state == SP_SYN_RECEIVED &&
        (s->before->flags & SP_TCB_REOPENED) != 0)
        allowed |= IS(TIME_WAIT);
    return (allowed & (1u << to)) != 0 ||
           sp_fails(e, "%s to %s by %s is no edge of Figure 5", sp_state_name(s->before->state),
                    sp_state_name((enum sp_state)to), sp_event_name(s->step->event.kind));
}

bool sp_holds_syn_draws_syn_ack(const struct sp_scene *s, struct sp_evidence *e)
{
    const struct sp_tcb *t = s->after;
    const struct sp_segment *out = &s->output->segment[0];
    if (!s->moved || t->state != SP_SYN_RECEIVED)
        return true;

    bool answered = s->output->sent == 1 && out->flags == (SP_SYN | SP_ACK) && out->seq == t->iss &&
                    out->ack == t->rcv_nxt;
    return answered ||
           sp_fails(
               e, "%s answers a SYN by <SEQ=%u><ACK=%u><CTL=SYN,ACK>: %u sent, SEQ %u, flags %#x",
               sp_state_name(s->before->state), t->iss, t->rcv_nxt, (unsigned)s->output->sent,
               s->output->sent > 0 ? out->seq : 0, s->output->sent > 0 ? (unsigned)out->flags : 0);
}

bool sp_holds_back_to_listen(const struct sp_scene *s, struct sp_evidence *e)
{
    const struct sp_tcb *o = s->before, *t = s->after;
    bool passive = (t->flags & SP_TCB_PASSIVE) != 0;

    if (o->state == SP_LISTEN && t->state == SP_SYN_RECEIVED && !passive)
        return sp_fails(e, "SYN-RECEIVED out of LISTEN remembers the passive OPEN: it does not");
    if (o->state == SP_SYN_SENT && t->state == SP_SYN_RECEIVED && passive)
        return sp_fails(e, "SYN-RECEIVED out of SYN-SENT remembers the active OPEN: it does not");
    if (o->state != SP_SYN_RECEIVED || s->segment == NULL || !s->moved)
        return true;
    if (t->state == SP_LISTEN)
        return (o->flags & SP_TCB_PASSIVE) != 0 ||
               sp_fails(e, "SYN-RECEIVED to LISTEN after a passive OPEN: it was active");
    if (t->state != SP_CLOSED || !sp_has(s->segment, SP_RST) || (o->flags & SP_TCB_PASSIVE) != 0)
        return true;
    return (s->output->signals & SP_SIGNAL_REFUSED) != 0 ||
           sp_fails(e, "SYN-RECEIVED after an active OPEN, reset: the user is told \"refused\"");
}

/* MAY-2 and RFC 6191: what speaks for a SYN being newer than all of the old incarnation. */
static bool evidence_of_new(const struct sp_tcb *o, const struct sp_segment *g)
{
    bool stamped = (g->options & SP_OPT_TIMESTAMPS) != 0;
    bool were_stamped = (o->flags & SP_TCB_TIMESTAMPS) != 0;

    return sp_newer_seq(o, g) || (stamped && (!were_stamped || sp_seq_gt(g->ts_val, o->ts_recent)));
}

bool sp_holds_time_wait_protects(const struct sp_scene *s, struct sp_evidence *e)
{
    const struct sp_tcb *o = s->before, *t = s->after;
    const unsigned kind = s->step->event.kind;
    if (o->state != SP_TIME_WAIT)
        return true;

    if (kind <= SP_EVENT_SEND && (s->moved || s->is->lives != s->was->lives))
        return sp_fails(e, "TIME-WAIT is kept by %s: it became %s",
                        sp_event_name(s->step->event.kind), sp_state_name(t->state));
    if (kind == SP_EVENT_TIME_WAIT && s->moved && (o->timers & SP_TIMER_TIME_WAIT) == 0)
        return sp_fails(e, "TIME-WAIT ends by its timer: it did not run");
    if (t->state != SP_SYN_RECEIVED)
        return true;
    if (s->segment == NULL || !evidence_of_new(o, s->segment))
        return sp_fails(e, "a SYN that reopens is newer: SEG.SEQ %u, RCV.NXT %u",
                        s->segment != NULL ? s->segment->seq : 0, o->rcv_nxt);
    return sp_seq_ge(t->iss, o->snd_max) ||
           sp_fails(e, "the new ISS lies above all that the old one used: %u >= %u is false",
                    t->iss, o->snd_max);
}

/* The right name of the end of a connection, for the event that brought it; 0: none is due. */
static uint32_t error_due(const struct sp_scene *s)
{
    const enum sp_state state = (enum sp_state)s->before->state;
    bool active = (s->before->flags & SP_TCB_PASSIVE) == 0;

    if (s->after->state != SP_CLOSED || state == SP_CLOSED)
        return 0;
    if (s->step->event.kind == SP_EVENT_USER_TIMEOUT ||
        s->step->event.kind == SP_EVENT_RETRANSMISSION || s->step->event.kind == SP_EVENT_PERSIST)
        return SP_SIGNAL_TIMED_OUT;
    if (s->segment == NULL || !sp_has(s->segment, SP_RST))
        return 0;

    switch (state) {
    case SP_SYN_SENT:
    case SP_ESTABLISHED:
    case SP_FIN_WAIT_1:
    case SP_FIN_WAIT_2:
    case SP_CLOSE_WAIT:
        return SP_SIGNAL_RESET;
    case SP_SYN_RECEIVED:
        return active ? SP_SIGNAL_REFUSED : 0;
    case SP_CLOSED:
    case SP_LISTEN:
    case SP_CLOSING:
    case SP_LAST_ACK:
    case SP_TIME_WAIT:
    case SP_STATE_COUNT:
        break;
    }
    return 0;
}

bool sp_holds_one_terminal_report(const struct sp_scene *s, struct sp_evidence *e)
{
    const uint32_t errors = SP_SIGNAL_RESET | SP_SIGNAL_REFUSED | SP_SIGNAL_TIMED_OUT;
    const uint32_t told = s->output->signals & errors;
    const uint32_t due = error_due(s);
    const unsigned to = s->after->state;
    bool aborted = s->step->event.kind == SP_EVENT_ABORT;

    if ((told & (told - 1)) != 0)
        return sp_fails(e, "one error is told: signals %#x", told);
    if (due != 0 && told != due)
        return sp_fails(e, "%s left by %s: the user is told of it: signals %#x, due %#x",
                        sp_state_name(s->before->state), sp_event_name(s->step->event.kind), told,
                        due);
    if (told != 0 && !aborted && to != SP_CLOSED && to != SP_LISTEN)
        return sp_fails(e, "an error told ends the connection: signals %#x, it is %s", told,
                        sp_state_name((enum sp_state)to));
    if (s->before->state == SP_CLOSED && (told != 0 || s->output->delivered != 0))
        return sp_fails(e, "nothing is told after the end: signals %#x, %u octets delivered", told,
                        s->output->delivered);
    return true;
}

/* The step changed nothing of the TCB and sent nothing. */
static bool unmoved(const struct sp_scene *s)
{
    return memcmp(s->before, s->after, sizeof *s->before) == 0 && s->output->delivered == 0 &&
           s->output->signals == 0;
}

bool sp_holds_syn_sent_unmoved(const struct sp_scene *s, struct sp_evidence *e)
{
    const struct sp_segment *g = s->segment;
    if (g == NULL || s->before->state != SP_SYN_SENT)
        return true;

    bool good = sp_acks_syn(s->before, g);
    bool reset = sp_has(g, SP_RST);
    bool dropped = reset ? !good : good && !sp_has(g, SP_SYN);
    if (!dropped)
        return true;
    if (!unmoved(s))
        return sp_fails(e, "SYN-SENT is unchanged by a %s with %s ACK (%u): it became %s",
                        reset ? "RST" : "segment without SYN", good ? "a good" : "no good", g->ack,
                        sp_state_name(s->after->state));
    return s->output->sent == 0 ||
           sp_fails(e, "SYN-SENT drops a %s: %u segments were sent",
                    reset ? "RST" : "segment without SYN", (unsigned)s->output->sent);
}

bool sp_holds_listen_unmoved(const struct sp_scene *s, struct sp_evidence *e)
{
    const struct sp_segment *g = s->segment;
    if (g == NULL || s->before->state != SP_LISTEN ||
        (g->flags & (SP_SYN | SP_ACK | SP_RST)) == SP_SYN)
        return true;

    return unmoved(s) || sp_fails(e, "LISTEN is changed by a SYN only: flags %#x made it %s",
                                  (unsigned)g->flags, sp_state_name(s->after->state));
}

bool sp_holds_closed_is_silent(const struct sp_scene *s, struct sp_evidence *e)
{
    const unsigned kind = s->step->event.kind;
    if (s->before->state != SP_CLOSED || kind == SP_EVENT_OPEN_ACTIVE)
        return true;
    if (kind != SP_EVENT_SEGMENT)
        return s->output->sent == 0 ||
               sp_fails(e, "CLOSED sends nothing by %s: %u segments were sent",
                        sp_event_name(s->step->event.kind), (unsigned)s->output->sent);

    for (unsigned i = 0; i < s->output->sent; i++) {
        if (!sp_has(&s->output->segment[i], SP_RST))
            return sp_fails(e, "CLOSED answers with a RST only: flags %#x were sent",
                            (unsigned)s->output->segment[i].flags);
    }
    return s->output->taken.left == s->output->taken.right ||
           sp_fails(e, "CLOSED takes no text: %u octets were taken",
                    s->output->taken.right - s->output->taken.left);
}
