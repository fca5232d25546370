/*
 * Properties of RST and SYN (RFC 9293 3.5.2, 3.10.7; RFC 5961, 1337, 6191): who may send a RST, in
 * which form, who must believe it, and what a SYN does where no SYN is awaited.
 *
 * To keep in mind: a reset is right only if the end that it is meant for must accept it. That end
 * is in SYN-SENT when it has sent a SYN: there a RST counts only when it acknowledges that SYN.
 */
#include "oracle/scene.h"

#include <stdio.h>

/* Inside the window, for a RST: its data does not count (SHLD-2), and a closed window still takes
 * one at RCV.NXT (MUST-66). */
static bool rst_in_window(const struct sp_tcb *t, const struct sp_segment *g)
{
    return g->seq == t->rcv_nxt || sp_seq_in(g->seq, t->rcv_nxt, t->rcv_adv - t->rcv_nxt);
}

/* What carries the connection: all but timers, the advertised edge and what counts them. SND.NXT
 * may move in any step over text that the window admitted before (a burst limit, SP_SEND_MAX). */
static bool core_unchanged(const struct sp_tcb *o, const struct sp_tcb *t)
{
    return t->state == o->state && t->snd_una == o->snd_una && t->snd_end == o->snd_end &&
           t->snd_wnd == o->snd_wnd && t->snd_wl1 == o->snd_wl1 && t->snd_wl2 == o->snd_wl2 &&
           t->rcv_nxt == o->rcv_nxt && t->flags == o->flags && t->helds == o->helds;
}

/* Text or FIN that was never sent, on a segment with ACK: its time has come, it answers nothing. */
static bool is_new_text(const struct sp_tcb *o, const struct sp_segment *g)
{
    uint32_t len = sp_segment_len(g);

    return (g->flags & (SP_SYN | SP_RST | SP_ACK)) == SP_ACK && len > 0 &&
           sp_synchronized(o->state) && sp_seq_gt(g->seq + len, o->snd_max);
}

bool sp_holds_no_answer_to_rst(const struct sp_scene *s, struct sp_evidence *e)
{
    const struct sp_tcb *o = s->before;
    const struct sp_segment *g = s->segment;
    unsigned answers = 0;
    if (g == NULL || !sp_has(g, SP_RST))
        return true;

    bool challenge = sp_has_irs(o->state) && s->policy->rst_check == SP_rst_check_EXACT &&
                     rst_in_window(o, g) && g->seq != o->rcv_nxt;
    for (unsigned i = 0; i < s->output->sent; i++) {
        const struct sp_segment *out = &s->output->segment[i];
        if (is_new_text(o, out))
            continue;
        if (!challenge)
            return sp_fails(e, "%s sends nothing for a RST: flags %#x; SEG.SEQ %u, RCV.NXT %u",
                            sp_state_name(o->state), (unsigned)out->flags, g->seq, o->rcv_nxt);
        if (!sp_is_bare_ack(s->after, out) || ++answers > 1)
            return sp_fails(e, "one challenge ACK <SEQ=%u><ACK=%u>: <SEQ=%u><ACK=%u>, flags %#x",
                            o->snd_nxt, o->rcv_nxt, out->seq, out->ack, (unsigned)out->flags);
    }
    return true;
}

/* 3.10.7.4 step 4 of RFC 793, and what policies keep of it. */
static bool rst_for_syn(const struct sp_scene *s)
{
    const struct sp_tcb *o = s->before;
    if (!sp_has(s->segment, SP_SYN) || !sp_acceptable(o, s->segment))
        return false;

    if (o->state == SP_SYN_RECEIVED && (o->flags & SP_TCB_PASSIVE) != 0)
        return s->policy->synrcvd_syn == SP_synrcvd_syn_RESET;
    if (o->state == SP_TIME_WAIT && s->policy->tw_reply == SP_tw_reply_RST)
        return true;
    return s->policy->syn_check == SP_syn_check_RESET;
}

/* 3.5.2, 3.10.7: a segment may be answered with a RST in this state. */
static bool rst_for_segment(const struct sp_scene *s)
{
    const struct sp_tcb *o = s->before;
    const struct sp_segment *g = s->segment;
    if (sp_has(g, SP_RST))
        return false;

    switch ((enum sp_state)o->state) {
    case SP_CLOSED:
        return true;
    case SP_LISTEN:
        return sp_has(g, SP_ACK);
    case SP_SYN_SENT:
        return sp_has(g, SP_ACK) && !sp_acks_syn(o, g);
    case SP_SYN_RECEIVED:
        return rst_for_syn(s) || (sp_has(g, SP_ACK) && !sp_acks_syn(o, g));
    case SP_ESTABLISHED:
    case SP_FIN_WAIT_1:
    case SP_FIN_WAIT_2:
        if ((o->flags & SP_TCB_READER_GONE) != 0 && g->len > 0)
            return true;
        return rst_for_syn(s);
    case SP_CLOSE_WAIT:
    case SP_CLOSING:
    case SP_LAST_ACK:
    case SP_TIME_WAIT:
        return rst_for_syn(s);
    case SP_STATE_COUNT:
        break;
    }
    return false;
}

static bool rst_for_call(const struct sp_scene *s)
{
    const unsigned state = s->before->state;

    if (s->step->event.kind == SP_EVENT_ABORT)
        return state >= SP_SYN_RECEIVED && state <= SP_CLOSE_WAIT;
    /* SHLD-3: CLOSE with text the user has not read. */
    return s->step->event.kind == SP_EVENT_CLOSE &&
           s->policy->close_unread == SP_close_unread_RST &&
           (state == SP_ESTABLISHED || state == SP_CLOSE_WAIT) &&
           s->before->rcv_nxt != s->before->rcv_read;
}

bool sp_holds_rst_has_a_reason(const struct sp_scene *s, struct sp_evidence *e)
{
    unsigned resets = 0;

    for (unsigned i = 0; i < s->output->sent; i++)
        resets += sp_has(&s->output->segment[i], SP_RST);
    if (resets == 0)
        return true;
    if (resets > 1)
        return sp_fails(e, "one RST is enough: %u were sent", resets);

    bool reason = s->segment != NULL ? rst_for_segment(s) : rst_for_call(s);
    return reason || sp_fails(e, "3.10 sends no RST here: %s in %s, flags %#x, SEQ %u, ACK %u",
                              sp_event_name(s->step->event.kind), sp_state_name(s->before->state),
                              s->segment != NULL ? (unsigned)s->segment->flags : 0,
                              s->segment != NULL ? s->segment->seq : 0,
                              s->segment != NULL ? s->segment->ack : 0);
}

/* The reset that answers a segment (3.10.7.1). */
static bool answers(const struct sp_segment *rst, const struct sp_segment *g)
{
    if (rst->len != 0 || (rst->flags & (SP_SYN | SP_FIN)) != 0)
        return false;
    if (sp_has(g, SP_ACK))
        return !sp_has(rst, SP_ACK) && rst->seq == g->ack;
    return sp_has(rst, SP_ACK) && rst->seq == 0 && rst->ack == g->seq + sp_segment_len(g);
}

static bool form_fails(const struct sp_segment *rst, const struct sp_segment *g,
                       struct sp_evidence *e)
{
    char got[48];

    if (e == NULL)
        return false;
    if (sp_has(rst, SP_ACK))
        snprintf(got, sizeof got, "<SEQ=%u><ACK=%u><CTL=RST,ACK>", rst->seq, rst->ack);
    else
        snprintf(got, sizeof got, "<SEQ=%u><CTL=RST>", rst->seq);
    if (sp_has(g, SP_ACK))
        return sp_fails(e, "a reset for SEG.ACK %u is <SEQ=%u><CTL=RST>: it is %s", g->ack, g->ack,
                        got);
    return sp_fails(e,
                    "a reset for SEG.SEQ %u, SEG.LEN %u is <SEQ=0><ACK=%u><CTL=RST,ACK>: it is %s",
                    g->seq, sp_segment_len(g), g->seq + sp_segment_len(g), got);
}

/* What a user's call, or text that nobody will read, sends: at SND.NXT, where the peer awaits it.
 */
static bool breaks_off(const struct sp_tcb *o, const struct sp_segment *rst)
{
    return rst->len == 0 && (rst->flags & (SP_SYN | SP_FIN | SP_ACK)) == 0 &&
           rst->seq == o->snd_nxt;
}

bool sp_holds_rst_form(const struct sp_scene *s, struct sp_evidence *e)
{
    const struct sp_tcb *o = s->before;

    for (unsigned i = 0; i < s->output->sent; i++) {
        const struct sp_segment *rst = &s->output->segment[i];
        if (!sp_has(rst, SP_RST))
            continue;
        bool unread = (o->flags & SP_TCB_READER_GONE) != 0 && sp_synchronized(o->state);
        if ((s->segment == NULL || unread) && breaks_off(o, rst))
            continue;
        if (s->segment == NULL)
            return sp_fails(e, "a reset of ABORT is <SEQ=%u><CTL=RST>: <SEQ=%u>, flags %#x",
                            o->snd_nxt, rst->seq, (unsigned)rst->flags);
        if (!answers(rst, s->segment))
            return form_fails(rst, s->segment, e);
    }
    return true;
}

/* The RST that arrived must take effect; otherwise it must not. */
static bool rst_counts(const struct sp_scene *s)
{
    const struct sp_tcb *o = s->before;
    const struct sp_segment *g = s->segment;
    bool exact = g->seq == o->rcv_nxt;

    switch ((enum sp_state)o->state) {
    case SP_CLOSED:
    case SP_LISTEN:
        return false;
    case SP_SYN_SENT:
        return sp_acks_syn(o, g);
    case SP_TIME_WAIT:
        if (s->policy->tw_rst == SP_tw_rst_IGNORE)
            return false;
        if (s->policy->tw_rst == SP_tw_rst_EXACT)
            return exact;
        break;
    case SP_SYN_RECEIVED:
    case SP_ESTABLISHED:
    case SP_FIN_WAIT_1:
    case SP_FIN_WAIT_2:
    case SP_CLOSE_WAIT:
    case SP_CLOSING:
    case SP_LAST_ACK:
    case SP_STATE_COUNT:
        break;
    }
    return exact || (s->policy->rst_check == SP_rst_check_WINDOW && rst_in_window(o, g));
}

bool sp_holds_rst_acceptance(const struct sp_scene *s, struct sp_evidence *e)
{
    const struct sp_tcb *o = s->before;
    const struct sp_segment *g = s->segment;
    if (g == NULL || !sp_has(g, SP_RST))
        return true;

    bool resets = rst_counts(s);
    if (resets && !s->moved)
        return sp_fails(e, "%s is reset by this RST: SEG.SEQ %u, RCV.NXT %u, SEG.ACK %u; it is not",
                        sp_state_name(o->state), g->seq, o->rcv_nxt, g->ack);
    return resets || !s->moved ||
           sp_fails(e, "%s believes no such RST: SEG.SEQ %u, RCV.NXT %u + %u, SEG.ACK %u",
                    sp_state_name(o->state), g->seq, o->rcv_nxt, o->rcv_adv - o->rcv_nxt, g->ack);
}

/* The number was sent by an earlier incarnation of the peer, or acknowledged by one of this host.
 */
static bool is_old_number(const struct sp_scene *s, sp_seq number)
{
    bool old = false;

    for (unsigned i = 1; i < s->old_life->peer; i++) {
        const struct sp_life *l = sp_life_number(s->peer, i);
        old |= l != NULL && l->begun && number - l->iss <= l->end - l->iss;
    }
    for (unsigned i = 1; i < s->was->lives; i++) {
        const struct sp_life *l = sp_life_number(s->was, i);
        uint32_t fin = (l->flags & SP_LIFE_FIN_RECEIVED) != 0;
        old |= l->ack_known && l->ack_max - number <= l->received + fin;
    }
    return old;
}

/* A RST from CLOSED or LISTEN was true when it was sent: the peer had given up what it answers, or
 * had not begun. It may arrive when a listener that fell back has taken the SYN again. Of another
 * connection than this one it is only if its number was in use before. */
static bool answers_this_connection(const struct sp_scene *s)
{
    return s->step->event_life == 0 && !is_old_number(s, s->segment->seq);
}

/* A peer back in LISTEN has given up the connection of its incarnation, though not the number. */
bool sp_holds_no_false_reset(const struct sp_scene *s, struct sp_evidence *e)
{
    const struct sp_tcb *o = s->before;
    if (s->segment == NULL || !sp_has(s->segment, SP_RST) || !s->moved || !sp_has_irs(o->state))
        return true;

    const unsigned number = s->old_life->peer;
    const struct sp_life *p = sp_life_number(s->peer, number);
    bool lives = p != NULL && p->ended == SP_END_LIVING && s->peer->tcb.state != SP_LISTEN;
    return !lives || answers_this_connection(s) ||
           sp_fails(e, "%s is ended by a RST, so the peer's incarnation %u is gone: it is in %s",
                    sp_state_name(o->state), number, sp_state_name(s->peer->tcb.state));
}

bool sp_holds_syn_changes_nothing(const struct sp_scene *s, struct sp_evidence *e)
{
    const struct sp_tcb *o = s->before;
    if (s->segment == NULL || (s->segment->flags & (SP_SYN | SP_RST)) != SP_SYN ||
        s->policy->syn_check != SP_syn_check_CHALLENGE || !sp_synchronized(o->state) ||
        o->state == SP_TIME_WAIT)
        return true;

    return core_unchanged(o, s->after) ||
           sp_fails(e, "a SYN changes nothing: %s became %s, SND.UNA %u -> %u, RCV.NXT %u -> %u",
                    sp_state_name(o->state), sp_state_name(s->after->state), o->snd_una,
                    s->after->snd_una, o->rcv_nxt, s->after->rcv_nxt);
}

bool sp_holds_no_amplification(const struct sp_scene *s, struct sp_evidence *e)
{
    const struct sp_tcb *o = s->before;
    unsigned old = 0;
    if (s->segment == NULL || s->output->sent == 0)
        return true;

    for (unsigned i = 0; i < s->output->sent; i++) {
        const struct sp_segment *g = &s->output->segment[i];
        uint32_t len = sp_segment_len(g);
        bool is_new = len > 0 && (o->state < SP_SYN_SENT || sp_seq_gt(g->seq + len, o->snd_max));
        old += !is_new || sp_has(g, SP_RST);
    }
    if (old > 1)
        return sp_fails(e, "one segment draws one answer: %u without new text were sent", old);

    bool challenged =
        sp_synchronized(o->state) && !s->moved && (s->segment->flags & (SP_RST | SP_SYN)) != 0;
    return !challenged || core_unchanged(o, s->after) ||
           sp_fails(e, "a challenge ACK changes nothing: SND.UNA %u -> %u, RCV.NXT %u -> %u",
                    o->snd_una, s->after->snd_una, o->rcv_nxt, s->after->rcv_nxt);
}

/* Room for one more incarnation: without it the bounds end, and no SYN reopens. Nor does one while
 * text that was acknowledged has not been handed over: the user would lose it (3.6). */
static bool may_begin(const struct sp_scene *s)
{
    uint32_t opens = s->setup->bounds.host[s->step->host].opens;

    return s->was->lives < SP_LIVES_MAX && s->was->lives < opens &&
           s->old_life->delivered == s->old_life->received;
}

/* RFC 6191 section 2: A1 to A4 when the old incarnation had timestamps, B1 to B3 when not. */
static bool reopens_by_timestamps(const struct sp_tcb *o, const struct sp_segment *g)
{
    if ((g->options & SP_OPT_TIMESTAMPS) == 0)
        return sp_newer_seq(o, g);
    if ((o->flags & SP_TCB_TIMESTAMPS) == 0)
        return true;
    return sp_seq_gt(g->ts_val, o->ts_recent) || (g->ts_val == o->ts_recent && sp_newer_seq(o, g));
}

/* The SYN opens a new incarnation, by the policy in force. */
static bool reopens(const struct sp_scene *s)
{
    const struct sp_tcb *o = s->before;
    const struct sp_segment *g = s->segment;
    if (sp_has(g, SP_ACK) || !may_begin(s))
        return false;

    switch (s->policy->tw_reopen) {
    case SP_tw_reopen_SEQ:
        return sp_seq_gt(g->seq, o->rcv_nxt);
    case SP_tw_reopen_TS:
        return (g->options & SP_OPT_TIMESTAMPS) != 0 && reopens_by_timestamps(o, g);
    case SP_tw_reopen_TS_SEQ:
        return reopens_by_timestamps(o, g);
    default:
        return false;
    }
}

/* What a SYN that does not reopen draws. */
enum answer { ACKNOWLEDGED, SILENCE, RESET_STAYS, RESET_CLOSES };

/* RFC 7323 comes first where it is in use: an older timestamp is acknowledged (5.3 R1), a missing
 * one dropped (3.2), whatever the flags. A SYN,ACK asks for no connection: tw_reply speaks of
 * requests, so it is judged as in any synchronized state. */
static enum answer answer_to_syn(const struct sp_scene *s)
{
    const struct sp_tcb *o = s->before;
    const struct sp_segment *g = s->segment;
    bool stamped = (g->options & SP_OPT_TIMESTAMPS) != 0;
    bool stamps = (o->flags & SP_TCB_TIMESTAMPS) != 0;

    if (!sp_has(g, SP_ACK)) {
        if (s->policy->tw_reply == SP_tw_reply_ACK)
            return ACKNOWLEDGED;
        if (s->policy->tw_reply == SP_tw_reply_SILENT)
            return SILENCE;
        if (s->policy->tw_reply == SP_tw_reply_RST)
            return sp_seq_in(g->seq, o->rcv_nxt, o->rcv_adv - o->rcv_nxt) ? RESET_STAYS
                                                                          : ACKNOWLEDGED;
    }
    if (stamps && !stamped)
        return SILENCE;
    if (stamps && sp_seq_lt(g->ts_val, o->ts_recent))
        return ACKNOWLEDGED;
    bool challenge = s->policy->syn_check == SP_syn_check_CHALLENGE;
    return challenge || !sp_acceptable(o, g) ? ACKNOWLEDGED : RESET_CLOSES;
}

static bool reopened_rightly(const struct sp_scene *s, struct sp_evidence *e)
{
    const struct sp_tcb *t = s->after;
    const struct sp_segment *g = s->segment, *out = &s->output->segment[0];

    if (t->state != SP_SYN_RECEIVED)
        return sp_fails(e, "this SYN reopens: SEG.SEQ %u, RCV.NXT %u; TIME-WAIT became %s", g->seq,
                        s->before->rcv_nxt, sp_state_name(t->state));
    bool answered = s->output->sent == 1 && out->flags == (SP_SYN | SP_ACK) && out->seq == t->iss &&
                    out->ack == g->seq + 1;
    return answered || sp_fails(e, "a SYN that reopens draws <SEQ=%u><ACK=%u><CTL=SYN,ACK>", t->iss,
                                g->seq + 1);
}

/* A RST goes out: for the sender of the SYN, in SYN-SENT with ISS = SEG.SEQ, to accept. */
static bool reset_rightly(const struct sp_scene *s, enum answer due, struct sp_evidence *e)
{
    const struct sp_segment *g = s->segment, *rst = &s->output->segment[0];
    bool stays = s->after->state == SP_TIME_WAIT;

    if (s->output->sent != 1 || !sp_has(rst, SP_RST))
        return sp_fails(e, "a SYN in the window draws a RST: SEG.SEQ %u, RCV.NXT %u, %u sent",
                        g->seq, s->before->rcv_nxt, (unsigned)s->output->sent);
    if (!answers(rst, g))
        return form_fails(rst, g, e);
    return stays == (due == RESET_STAYS) ||
           sp_fails(e, "the SYN that is reset %s TIME-WAIT: it became %s",
                    due == RESET_STAYS ? "leaves alone" : "ends", sp_state_name(s->after->state));
}

bool sp_holds_correct_rst_on_syn_in_time_wait(const struct sp_scene *s, struct sp_evidence *e)
{
    const struct sp_tcb *o = s->before;
    const struct sp_segment *g = s->segment, *out = &s->output->segment[0];
    if (g == NULL || o->state != SP_TIME_WAIT || (g->flags & (SP_SYN | SP_RST)) != SP_SYN)
        return true;
    if (reopens(s))
        return reopened_rightly(s, e);
    if (s->after->state == SP_SYN_RECEIVED)
        return sp_fails(e, "this SYN does not reopen: SEG.SEQ %u, RCV.NXT %u", g->seq, o->rcv_nxt);

    enum answer due = answer_to_syn(s);
    if (due == RESET_STAYS || due == RESET_CLOSES)
        return reset_rightly(s, due, e);
    if (s->moved)
        return sp_fails(e, "TIME-WAIT stays for this SYN: SEG.SEQ %u, RCV.NXT %u; it became %s",
                        g->seq, o->rcv_nxt, sp_state_name(s->after->state));
    if (due == SILENCE)
        return s->output->sent == 0 ||
               sp_fails(e, "this SYN is dropped in silence: %u segments were sent",
                        (unsigned)s->output->sent);
    return (s->output->sent == 1 && sp_is_bare_ack(o, out)) ||
           sp_fails(e,
                    "this SYN draws <SEQ=%u><ACK=%u><CTL=ACK>: %u sent, SEQ %u, ACK %u, flags %#x",
                    o->snd_nxt, o->rcv_nxt, (unsigned)s->output->sent,
                    s->output->sent > 0 ? out->seq : 0, s->output->sent > 0 ? out->ack : 0,
                    s->output->sent > 0 ? (unsigned)out->flags : 0);
}
