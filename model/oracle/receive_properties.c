/*
 * Properties of the receiving side (RFC 9293 3.8, 3.10.7.4 steps 7 and 8): RCV.NXT, FIN, ACKs sent,
 * the window advertised, PAWS, and where text may be taken.
 *
 * Does not judge whose octets they are: that is pair_properties.c. To keep in mind: RCV.NXT may
 * only move over what arrived, and only once over a FIN.
 */
#include "oracle/scene.h"

/* One past the highest sequence number that has arrived, this segment and held ones included. */
static sp_seq arrived_end(const struct sp_scene *s)
{
    const struct sp_tcb *o = s->before;
    sp_seq end = o->rcv_nxt;

    if (s->segment != NULL)
        end = sp_seq_max(end, s->segment->seq + sp_segment_len(s->segment));
    if (o->helds > 0)
        end = sp_seq_max(end, o->held[o->helds - 1].right);
    if ((o->flags & SP_TCB_FIN_HELD) != 0)
        end = sp_seq_max(end, o->rcv_fin + 1);
    return end;
}

bool sp_holds_rcv_nxt_in_order(const struct sp_scene *s, struct sp_evidence *e)
{
    const struct sp_tcb *o = s->before, *t = s->after;
    if (!sp_has_irs(t->state))
        return true;

    uint32_t fin = (s->life->flags & SP_LIFE_FIN_RECEIVED) != 0;
    if (t->rcv_nxt - t->irs != 1 + s->life->received + fin)
        return sp_fails(e, "RCV.NXT = IRS + 1 + %u octets + %u FIN: irs+%u is not (%u)",
                        s->life->received, fin, t->rcv_nxt - t->irs, t->rcv_nxt);
    if (!s->same || !sp_has_irs(o->state) || t->rcv_nxt == o->rcv_nxt)
        return true;
    if (sp_seq_lt(t->rcv_nxt, o->rcv_nxt))
        return sp_fails(e, "RCV.NXT does not move left: irs+%u became irs+%u", o->rcv_nxt - o->irs,
                        t->rcv_nxt - t->irs);

    sp_seq end = arrived_end(s);
    return sp_seq_le(t->rcv_nxt, end) ||
           sp_fails(e, "RCV.NXT =< end of what arrived: irs+%u =< irs+%u is false",
                    t->rcv_nxt - t->irs, end - t->irs);
}

bool sp_holds_one_fin(const struct sp_scene *s, struct sp_evidence *e)
{
    const struct sp_tcb *o = s->before, *t = s->after;
    if (!s->same || (o->flags & SP_TCB_FIN_RECEIVED) == 0)
        return true;

    if (t->rcv_nxt != o->rcv_nxt)
        return sp_fails(e, "RCV.NXT is constant after the FIN: irs+%u became irs+%u",
                        o->rcv_nxt - o->irs, t->rcv_nxt - t->irs);
    return (t->flags & SP_TCB_FIN_RECEIVED) != 0 ||
           sp_fails(e, "a FIN once received stays received: it is forgotten in %s",
                    sp_state_name(t->state));
}

/* A segment that needs no ACK: the first SYN, and the same SYN from SYN-RECEIVED as the literal
 * reading of D10 has it. */
static bool is_first_syn(const struct sp_scene *s, const struct sp_segment *g)
{
    bool head =
        s->after->state == SP_SYN_RECEIVED && s->policy->simopen_head == SP_simopen_head_SYN;

    return sp_has(g, SP_SYN) && (s->after->state == SP_SYN_SENT || head);
}

bool sp_holds_acks_sent(const struct sp_scene *s, struct sp_evidence *e)
{
    const struct sp_tcb *o = s->before, *t = s->after;
    bool known = s->same && s->old_life->ack_known && sp_has_irs(o->state);
    sp_seq highest = s->old_life->ack_max;

    for (unsigned i = 0; i < s->output->sent; i++) {
        const struct sp_segment *g = &s->output->segment[i];
        if (sp_has(g, SP_RST))
            continue;
        if (!sp_has(g, SP_ACK)) {
            if (is_first_syn(s, g))
                continue;
            return sp_fails(e, "every segment after the first SYN has ACK: one from %s has not",
                            sp_state_name(t->state));
        }
        if (!sp_has_irs(t->state))
            return sp_fails(e, "%s acknowledges %u, but has received nothing",
                            sp_state_name(t->state), g->ack);
        if (sp_seq_gt(g->ack, t->rcv_nxt))
            return sp_fails(e, "ACK sent =< RCV.NXT: irs+%u =< irs+%u is false", g->ack - t->irs,
                            t->rcv_nxt - t->irs);
        if (known && sp_seq_lt(g->ack, highest))
            return sp_fails(e, "ACKs sent do not go back: irs+%u after irs+%u", g->ack - t->irs,
                            highest - t->irs);
        known = true;
        highest = g->ack;
    }
    return true;
}

/* The right edge that a segment advertises. */
static sp_seq advertised(const struct sp_scene *s, const struct sp_segment *g)
{
    uint32_t wnd = sp_has(g, SP_SYN) ? g->wnd : (uint32_t)g->wnd << s->after->rcv_scale;

    return g->ack + wnd;
}

bool sp_holds_window_edge_stays(const struct sp_scene *s, struct sp_evidence *e)
{
    const struct sp_life *old = s->old_life;
    if (!s->same || !old->edge_known || !sp_has_irs(s->before->state))
        return true;

    /* 7323 2.4 warns that rounding a scaled window down moves the edge left: that is a shrunken
     * window like any other, which SHLD-14 is about. */
    for (unsigned i = 0; i < s->output->sent; i++) {
        const struct sp_segment *g = &s->output->segment[i];
        /* The field of a SYN is not scaled (7323 2.2): full, it cannot say how far the edge is. */
        bool full = sp_has(g, SP_SYN) && g->wnd == UINT16_MAX;
        if ((g->flags & (SP_ACK | SP_RST)) != SP_ACK || full)
            continue;
        sp_seq edge = advertised(s, g);
        if (sp_seq_lt(edge, old->edge))
            return sp_fails(e, "right edge advertised stays: irs+%u after irs+%u",
                            edge - s->after->irs, old->edge - s->after->irs);
    }

    const struct sp_range *taken = &s->output->taken;
    if (taken->left != taken->right && sp_seq_gt(taken->right, old->edge))
        return sp_fails(e, "text taken below the edge advertised: irs+%u =< irs+%u is false",
                        taken->right - s->after->irs, old->edge - s->after->irs);
    return true;
}

bool sp_holds_paws(const struct sp_scene *s, struct sp_evidence *e)
{
    const struct sp_tcb *o = s->before, *t = s->after;
    const struct sp_segment *g = s->segment;
    if ((o->flags & SP_TCB_TIMESTAMPS) == 0 || !s->same)
        return true;

    if (sp_seq_lt(t->ts_recent, o->ts_recent))
        return sp_fails(e, "TS.Recent does not go back: %u after %u", t->ts_recent, o->ts_recent);
    if (g == NULL)
        return true;
    if (sp_has(g, SP_RST)) /* 5.2: neither tested nor recorded */
        return t->ts_recent == o->ts_recent ||
               sp_fails(e, "a RST does not update TS.Recent: %u became %u", o->ts_recent,
                        t->ts_recent);
    if ((g->options & SP_OPT_TIMESTAMPS) == 0 || !sp_seq_lt(g->ts_val, o->ts_recent))
        return true;

    bool unchanged = t->state == o->state && t->snd_una == o->snd_una && t->rcv_nxt == o->rcv_nxt &&
                     t->snd_wnd == o->snd_wnd && s->output->taken.left == s->output->taken.right;
    return unchanged ||
           sp_fails(e, "TSval < TS.Recent is not processed: %u < %u, %s became %s", g->ts_val,
                    o->ts_recent, sp_state_name(o->state), sp_state_name(t->state));
}

bool sp_holds_text_where_it_may_be(const struct sp_scene *s, struct sp_evidence *e)
{
    const struct sp_tcb *o = s->before, *t = s->after;
    bool taken = s->output->taken.left != s->output->taken.right;

    if (s->output->delivered > 0 && !sp_synchronized(o->state) && !sp_synchronized(t->state))
        return sp_fails(e, "text is handed over from ESTABLISHED on: %u octets in %s",
                        s->output->delivered, sp_state_name(t->state));
    if (!taken)
        return true;

    switch ((enum sp_state)o->state) {
    case SP_LISTEN:
    case SP_SYN_SENT:
        /* Text of a SYN waits in SYN-RECEIVED, or came with the SYN,ACK. */
        if (s->segment != NULL && sp_has(s->segment, SP_SYN) && t->state >= SP_SYN_RECEIVED)
            return true;
        break;
    case SP_SYN_RECEIVED:
        if (sp_synchronized(t->state))
            return true;
        break;
    case SP_TIME_WAIT:
        /* A SYN that reopens is one that LISTEN would have taken, with its text. */
        if (t->state == SP_SYN_RECEIVED)
            return true;
        break;
    case SP_ESTABLISHED:
    case SP_FIN_WAIT_1:
    case SP_FIN_WAIT_2:
        return true;
    case SP_CLOSED:
    case SP_CLOSE_WAIT:
    case SP_CLOSING:
    case SP_LAST_ACK:
    case SP_STATE_COUNT:
        break;
    }
    return sp_fails(e, "%s takes no text: %u octets were taken", sp_state_name(o->state),
                    s->output->taken.right - s->output->taken.left);
}
