/*
 * Properties of the receiving side (RFC 9293 3.8, 3.10.7.4 steps 7 and 8): RCV.NXT, FIN, ACKs sent,
 * the window advertised, PAWS, and where text may be taken.
 *
 * Does not judge whose octets they are: that is pair_properties.c. To keep in mind: RCV.NXT may
 * only move over what arrived, and only once over a FIN.
 */
#include "oracle/scene.h"

/* Octets of the peer's stream that the TCB counts as received, in order and out of it. */
static uint32_t counted(const struct sp_tcb *t)
{
    uint32_t octets = t->rcv_nxt - t->irs;

    for (unsigned i = 0; i < t->helds; i++)
        octets += t->held[i].right - t->held[i].left;
    return octets;
}

/* What one step may add to them: the text of the segment, and the FIN when it is reached. */
static uint32_t brought(const struct sp_scene *s)
{
    unsigned fin = s->after->flags & ~(unsigned)s->before->flags & SP_TCB_FIN_RECEIVED;

    return (s->segment == NULL ? 0u : s->segment->len) + (fin != 0);
}

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
    if (!s->same || !sp_has_irs(o->state))
        return true;
    if (sp_seq_lt(t->rcv_nxt, o->rcv_nxt))
        return sp_fails(e, "RCV.NXT does not move left: irs+%u became irs+%u", o->rcv_nxt - o->irs,
                        t->rcv_nxt - t->irs);

    sp_seq end = arrived_end(s);
    if (sp_seq_gt(t->rcv_nxt, end))
        return sp_fails(e, "RCV.NXT =< end of what arrived: irs+%u =< irs+%u is false",
                        t->rcv_nxt - t->irs, end - t->irs);
    return counted(t) <= counted(o) + brought(s) ||
           sp_fails(e, "no octet counts that did not arrive: %u counted, then %u; %u came",
                    counted(o), counted(t), brought(s));
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
        if (g->ack != t->rcv_nxt)
            return sp_fails(e, "ACK sent = RCV.NXT: irs+%u = irs+%u is false", g->ack - t->irs,
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

/* D5: what meets a closed window right at its edge counts for more than the table has it. */
static bool counts_at_zero_window(const struct sp_scene *s)
{
    const struct sp_tcb *o = s->before;

    return s->policy->zero_window == SP_zero_window_LENIENT && o->rcv_adv == o->rcv_nxt &&
           sp_seq_in(s->segment->seq, o->rcv_nxt - 1, 3);
}

/* 7323 4.3 (2), 5.3 R2 and R3: TS.Recent is that of a segment in the window, that does not begin
 * right of Last.ACK.sent. */
static bool updates_ts_recent(const struct sp_scene *s)
{
    const struct sp_segment *g = s->segment;
    bool counts = sp_acceptable(s->before, g) || counts_at_zero_window(s);

    return counts && sp_seq_le(g->seq, s->old_life->ack_max) && s->after->ts_recent == g->ts_val;
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
    if (t->ts_recent != o->ts_recent && !updates_ts_recent(s))
        return sp_fails(e,
                        "TS.Recent follows SEG.SEQ =< Last.ACK.sent in the window: SEQ %u, "
                        "last ACK %u, window %u + %u",
                        g->seq, s->old_life->ack_max, o->rcv_nxt, o->rcv_adv - o->rcv_nxt);
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

static bool takes_text(enum sp_state state)
{
    return state == SP_ESTABLISHED || state == SP_FIN_WAIT_1 || state == SP_FIN_WAIT_2;
}

/* The segment gets as far as text and FIN, in a state that takes them. */
static bool reaches_text(const struct sp_scene *s)
{
    const struct sp_tcb *o = s->before;
    const struct sp_segment *g = s->segment;
    if ((g->flags & (SP_ACK | SP_RST | SP_SYN)) != SP_ACK || !sp_stamped_well(o, g) ||
        !sp_acceptable(o, g) || !s->same || (o->flags & SP_TCB_READER_GONE) != 0)
        return false;
    if (o->state == SP_SYN_RECEIVED)
        return sp_acks_syn(o, g);
    return takes_text(o->state) && sp_ack_in_range(s);
}

/* An ACK value that is refused is answered (5961 5.2; D16), unless the policy is silent. In
 * SYN-RECEIVED the answer is a RST (3.5.2). */
static bool refused_ack_owes(const struct sp_scene *s)
{
    bool beyond = sp_seq_gt(s->segment->ack, s->before->snd_max);
    bool silent =
        s->policy->ack_range == SP_ack_range_OFF && s->policy->ack_beyond == SP_ack_beyond_SILENT;

    return sp_synchronized(s->before->state) && !sp_ack_in_range(s) && !(beyond && silent);
}

/* Text, in order or not (5681 4.2), or a FIN that RCV.NXT has reached. A FIN alone ahead of it is
 * no text: the ACK of what is missing answers for it. One that contradicts the FIN already known is
 * none (D12). */
static bool occupies(const struct sp_tcb *o, const struct sp_segment *g)
{
    bool contradicts = (o->flags & SP_TCB_FIN_HELD) != 0 && g->seq + g->len != o->rcv_fin;
    return g->len > 0 || (sp_has(g, SP_FIN) && sp_seq_le(g->seq, o->rcv_nxt) && !contradicts);
}

/* D5: an empty ACK right behind the window counts, once the own SYN is acknowledged. */
static bool counts_behind_window(const struct sp_scene *s)
{
    const struct sp_tcb *o = s->before;
    const struct sp_segment *g = s->segment;
    return s->policy->zero_window == SP_zero_window_LENIENT && o->state != SP_TIME_WAIT &&
           o->snd_una != o->iss && o->rcv_adv != o->rcv_nxt && g->seq == o->rcv_adv &&
           sp_has(g, SP_ACK) && sp_segment_len(g) == 0;
}

/* What the answers to SYN and RST are, other properties say; here it is ACKs. Dropped in silence
 * is a segment without the timestamp agreed upon (7323 3.2), or without ACK. */
static bool owes_ack(const struct sp_scene *s)
{
    const struct sp_tcb *o = s->before;
    const struct sp_segment *g = s->segment;
    bool stamps = (o->flags & SP_TCB_TIMESTAMPS) != 0;
    bool answered_by_rst = o->state == SP_SYN_RECEIVED && sp_has(g, SP_ACK) && !sp_acks_syn(o, g);
    bool syn = sp_has(g, SP_SYN);
    if (!sp_has_irs(o->state) || !s->same || sp_has(g, SP_RST) ||
        (stamps && (g->options & SP_OPT_TIMESTAMPS) == 0) || (syn && o->state == SP_TIME_WAIT))
        return false;

    bool counts = sp_acceptable(o, g) || counts_behind_window(s);
    if (!counts || !sp_stamped_well(o, g))
        return !(answered_by_rst && o->rcv_adv == o->rcv_nxt);
    if (syn || !sp_has(g, SP_ACK))
        return false;
    if (refused_ack_owes(s))
        return true;
    return occupies(o, g) && (reaches_text(s) || o->state == SP_TIME_WAIT);
}

/* SHLD-18, SHLD-19: the ACK of text in order may wait, but not when one waits already, and not that
 * of a FIN; one right of the window was trimmed off. */
static bool may_wait(const struct sp_scene *s)
{
    const struct sp_tcb *o = s->before;
    const struct sp_segment *g = s->segment;
    bool fin = (s->after->flags & SP_TCB_FIN_RECEIVED) != 0;
    bool in_order = sp_acceptable(o, g) && g->len > 0 && !fin && o->helds == 0 &&
                    sp_seq_le(sp_segment_text_seq(g), o->rcv_nxt);

    return s->policy->delayed_ack == SP_delayed_ack_ON && in_order && o->unacked == 0 &&
           s->after->unacked != 0;
}

bool sp_holds_ack_owed(const struct sp_scene *s, struct sp_evidence *e)
{
    bool sent = false;
    if (s->segment == NULL || !owes_ack(s))
        return true;

    for (unsigned i = 0; i < s->output->sent; i++)
        sent |= (s->output->segment[i].flags & (SP_ACK | SP_RST)) == SP_ACK;
    return sent || may_wait(s) ||
           sp_fails(e, "%s answers SEQ %u, ACK %u, SEG.LEN %u by an ACK; RCV.NXT %u: there is none",
                    sp_state_name(s->before->state), s->segment->seq, s->segment->ack,
                    sp_segment_len(s->segment), s->before->rcv_nxt);
}

bool sp_holds_take_what_fits(const struct sp_scene *s, struct sp_evidence *e)
{
    const struct sp_tcb *o = s->before, *t = s->after;
    const struct sp_segment *g = s->segment;
    if (g == NULL || !reaches_text(s) || sp_seq_gt(sp_segment_text_seq(g), o->rcv_nxt))
        return true;

    sp_seq end = sp_segment_text_seq(g) + g->len;
    bool open = o->rcv_adv != o->rcv_nxt;
    bool is_new = open && sp_seq_gt(end, o->rcv_nxt);
    bool contradicts = o->helds > 0 && sp_seq_gt(o->held[o->helds - 1].right, end);
    bool ends = sp_has(g, SP_FIN) && (o->flags & SP_TCB_FIN_HELD) == 0 && !contradicts &&
                sp_seq_in(end, o->rcv_nxt, o->rcv_adv - o->rcv_nxt);
    if (is_new && !sp_seq_gt(t->rcv_nxt, o->rcv_nxt))
        return sp_fails(e, "text in the window at RCV.NXT is taken: SEQ %u, %u octets; RCV.NXT %u",
                        g->seq, (unsigned)g->len, o->rcv_nxt);
    return !ends || (t->flags & SP_TCB_FIN_RECEIVED) != 0 ||
           sp_fails(e, "the FIN at %u is taken with all before it: RCV.NXT %u became %u", end,
                    o->rcv_nxt, t->rcv_nxt);
}
