/*
 * Properties of the sending side (RFC 9293 3.4, 3.8.6): pointers, FIN, octets, windows.
 *
 * Does not judge what the peer made of it: that is pair_properties.c. To keep in mind: all numbers
 * are compared as distances from ISS, so nothing here depends on where the circle wraps.
 */
#include "oracle/scene.h"

bool sp_holds_send_pointers(const struct sp_scene *s, struct sp_evidence *e)
{
    const struct sp_tcb *t = s->after;
    if (t->state <= SP_LISTEN)
        return true;

    uint32_t una = t->snd_una - t->iss, nxt = t->snd_nxt - t->iss, max = t->snd_max - t->iss;
    uint32_t last = t->snd_end - t->iss + ((t->flags & SP_TCB_CLOSE) != 0);

    if (una > nxt)
        return sp_fails(e, "SND.UNA =< SND.NXT: iss+%u =< iss+%u is false (%u, %u)", una, nxt,
                        t->snd_una, t->snd_nxt);
    if (nxt > max)
        return sp_fails(e, "SND.NXT =< SND.MAX: iss+%u =< iss+%u is false (%u, %u)", nxt, max,
                        t->snd_nxt, t->snd_max);
    if (max > last)
        return sp_fails(e, "SND.MAX =< end of the stream: iss+%u =< iss+%u is false (%u, %u)", max,
                        last, t->snd_max, t->iss + last);
    if (s->life->end != t->snd_max)
        return sp_fails(e, "SND.MAX = one past all sent: iss+%u = iss+%u is false (%u, %u)", max,
                        s->life->end - t->iss, t->snd_max, s->life->end);
    return true;
}

bool sp_holds_syn_unacknowledged(const struct sp_scene *s, struct sp_evidence *e)
{
    const struct sp_tcb *o = s->before, *t = s->after;
    bool acked = t->snd_una != t->iss;

    switch ((enum sp_state)t->state) {
    case SP_CLOSED:
    case SP_LISTEN:
    case SP_STATE_COUNT:
        return true;
    case SP_SYN_SENT:
    case SP_SYN_RECEIVED:
        return !acked || sp_fails(e, "%s: SND.UNA = ISS: %u = %u is false", sp_state_name(t->state),
                                  t->snd_una, t->iss);
    case SP_FIN_WAIT_1:
    case SP_CLOSING:
        /* D15: CLOSE in SYN-RECEIVED leaves the SYN unacknowledged, until an ACK of it comes. */
        if (!acked && o->snd_una == o->iss &&
            (o->state == SP_SYN_RECEIVED || o->state == SP_FIN_WAIT_1 || o->state == SP_CLOSING))
            return true;
        break;
    case SP_ESTABLISHED:
    case SP_FIN_WAIT_2:
    case SP_CLOSE_WAIT:
    case SP_LAST_ACK:
    case SP_TIME_WAIT:
        break;
    }
    return acked || sp_fails(e, "%s: SND.UNA > ISS: %u > %u is false", sp_state_name(t->state),
                             t->snd_una, t->iss);
}

/* One segment of the step against the end of the stream. */
static bool fin_position(const struct sp_scene *s, const struct sp_segment *g,
                         struct sp_evidence *e)
{
    const struct sp_life *life = s->life;
    sp_seq last = life->iss + 1 + life->written;
    sp_seq text_end = sp_segment_text_seq(g) + g->len;

    if (g->len > 0 && sp_seq_gt(text_end, last))
        return sp_fails(e, "text ends before ISS + 1 + written: iss+%u =< iss+%u is false",
                        text_end - life->iss, last - life->iss);
    if (!sp_has(g, SP_FIN))
        return true;
    if ((life->flags & SP_LIFE_CLOSE) == 0)
        return sp_fails(e, "FIN only after CLOSE: FIN at iss+%u, no CLOSE", text_end - life->iss);
    return text_end == last ||
           sp_fails(e, "FIN at ISS + 1 + written: iss+%u = iss+%u is false (%u, %u)",
                    text_end - life->iss, last - life->iss, text_end, last);
}

bool sp_holds_fin_position(const struct sp_scene *s, struct sp_evidence *e)
{
    if (s->same && (s->old_life->flags & SP_LIFE_CLOSE) != 0 &&
        (s->life->written != s->old_life->written || s->after->snd_end != s->before->snd_end))
        return sp_fails(e, "nothing is written after CLOSE: %u octets, then %u",
                        s->old_life->written, s->life->written);

    for (unsigned i = 0; i < s->output->sent; i++) {
        const struct sp_segment *g = &s->output->segment[i];
        if (!sp_has(g, SP_RST) && !fin_position(s, g, e))
            return false;
    }
    return true;
}

bool sp_holds_one_number_one_octet(const struct sp_scene *s, struct sp_evidence *e)
{
    for (unsigned i = 0; i < s->output->sent; i++) {
        const struct sp_segment *g = &s->output->segment[i];
        uint32_t place = sp_segment_text_seq(g) - s->life->iss - 1;

        if (g->len > 0 && g->text != place)
            return sp_fails(e, "octet of iss+%u is number %u of the stream: sent is number %u",
                            place + 1, place, g->text);
        if (g->len > 0 && place + g->len > s->life->written)
            return sp_fails(e, "octets %u..%u of the stream were sent, %u were written", place,
                            place + g->len - 1, s->life->written);
    }
    return true;
}

/* Sequence numbers that lie right of SND.UNA + SND.WND. */
static uint32_t beyond_window(const struct sp_tcb *t, sp_seq end)
{
    sp_seq edge = t->snd_una + t->snd_wnd;

    return sp_seq_gt(end, edge) ? end - edge : 0;
}

bool sp_holds_within_send_window(const struct sp_scene *s, struct sp_evidence *e)
{
    const struct sp_tcb *o = s->before, *t = s->after;
    /* 3.10.4 tells SYN-RECEIVED to send the FIN at once, before SND.WND is known (D15). */
    bool unasked = o->state == SP_SYN_RECEIVED && s->step->event.kind == SP_EVENT_CLOSE;
    if (t->state < SP_SYN_SENT || unasked)
        return true;

    uint32_t probe = s->step->event.kind == SP_EVENT_PERSIST ? 1 : 0;
    for (unsigned i = 0; i < s->output->sent; i++) {
        const struct sp_segment *g = &s->output->segment[i];
        sp_seq end = g->seq + sp_segment_len(g);
        bool is_new = o->state < SP_SYN_SENT || sp_seq_gt(end, o->snd_max);

        if (!is_new || (g->flags & (SP_SYN | SP_RST)) != 0)
            continue;
        if (beyond_window(t, end) > probe)
            return sp_fails(e,
                            "new text ends in the window: iss+%u =< iss+%u (SND.UNA) + %u "
                            "(SND.WND) + %u is false",
                            end - t->iss, t->snd_una - t->iss, t->snd_wnd, probe);
    }
    return true;
}

/* SND.WND, SND.WL1 and SND.WL2 are those of the segment. A SYN's window is not scaled (7323 2.2);
 * what lay left of RCV.NXT may have been trimmed off before SEG.SEQ was noted (3.10.7.4 step 1). */
static bool window_is_of(const struct sp_scene *s, struct sp_evidence *e)
{
    const struct sp_tcb *t = s->after;
    const struct sp_segment *g = s->segment;
    uint32_t wnd = sp_has(g, SP_SYN) ? g->wnd : (uint32_t)g->wnd << t->snd_scale;
    bool trimmed = sp_has_irs(s->before->state) && t->snd_wl1 == s->before->rcv_nxt &&
                   sp_seq_lt(g->seq, t->snd_wl1);

    if (t->snd_wnd != wnd)
        return sp_fails(e, "SND.WND = SEG.WND: %u = %u is false", t->snd_wnd, wnd);
    if (t->snd_wl1 != g->seq && !trimmed)
        return sp_fails(e, "SND.WL1 = SEG.SEQ: %u = %u is false", t->snd_wl1, g->seq);
    return t->snd_wl2 == g->ack ||
           sp_fails(e, "SND.WL2 = SEG.ACK: %u = %u is false", t->snd_wl2, g->ack);
}

bool sp_holds_window_updates(const struct sp_scene *s, struct sp_evidence *e)
{
    const struct sp_tcb *o = s->before, *t = s->after;
    const struct sp_segment *g = s->segment;
    if (!s->same || !sp_synchronized(t->state))
        return true;

    if (!sp_synchronized(o->state)) /* CLOSE in SYN-RECEIVED sets nothing: D15 */
        return g == NULL || window_is_of(s, e);

    if (t->snd_wnd == o->snd_wnd && t->snd_wl1 == o->snd_wl1 && t->snd_wl2 == o->snd_wl2)
        return true;
    if (g == NULL || (g->flags & (SP_ACK | SP_RST)) != SP_ACK)
        return sp_fails(e, "SND.WND changes by an ACK only: %u became %u without one", o->snd_wnd,
                        t->snd_wnd);
    if (sp_seq_lt(g->ack, o->snd_una) || sp_seq_gt(g->ack, o->snd_max))
        return sp_fails(e, "SND.WND from SND.UNA =< SEG.ACK =< SND.NXT: %u =< %u =< %u is false",
                        o->snd_una, g->ack, o->snd_max);
    if (sp_seq_lt(t->snd_wl1, o->snd_wl1) ||
        (t->snd_wl1 == o->snd_wl1 && sp_seq_lt(g->ack, o->snd_wl2)))
        return sp_fails(e, "SND.WND from an older segment: WL1 %u, WL2 %u; SEQ %u, ACK %u",
                        o->snd_wl1, o->snd_wl2, g->seq, g->ack);
    return window_is_of(s, e);
}

bool sp_holds_ack_of_nothing_sent(const struct sp_scene *s, struct sp_evidence *e)
{
    const struct sp_tcb *o = s->before, *t = s->after;
    const struct sp_segment *g = s->segment;
    if (g == NULL || !sp_synchronized(o->state) || (g->flags & (SP_RST | SP_SYN)) != 0)
        return true;
    if (sp_has(g, SP_ACK) && !sp_seq_gt(g->ack, o->snd_max))
        return true; /* 2^31 away is no more beyond than behind (7323 5.2) */

    bool unchanged = t->state == o->state && t->snd_una == o->snd_una && t->snd_wnd == o->snd_wnd &&
                     t->rcv_nxt == o->rcv_nxt && s->output->taken.left == s->output->taken.right;
    if (!unchanged && !sp_has(g, SP_ACK))
        return sp_fails(e, "a segment without ACK changes nothing: SEQ %u, %s became %s", g->seq,
                        sp_state_name(o->state), sp_state_name(t->state));
    return unchanged ||
           sp_fails(e, "SEG.ACK > SND.NXT changes nothing: iss+%u > iss+%u, %s became %s",
                    g->ack - o->iss, o->snd_max - o->iss, sp_state_name(o->state),
                    sp_state_name(t->state));
}

bool sp_holds_good_ack_counts(const struct sp_scene *s, struct sp_evidence *e)
{
    const struct sp_tcb *o = s->before, *t = s->after;
    const struct sp_segment *g = s->segment;
    if (g == NULL || !s->same || !sp_synchronized(o->state) ||
        (g->flags & (SP_ACK | SP_RST | SP_SYN)) != SP_ACK)
        return true;
    if (!sp_acceptable(o, g) || !sp_stamped_well(o, g) || !sp_seq_gt(g->ack, o->snd_una) ||
        sp_seq_gt(g->ack, o->snd_max))
        return true;

    return t->snd_una == g->ack ||
           sp_fails(e, "SND.UNA = SEG.ACK: iss+%u = iss+%u is false; it was iss+%u",
                    t->snd_una - t->iss, g->ack - o->iss, o->snd_una - o->iss);
}

/* R2 of 0 stands for "never" (3.8.3: MUST-21 leaves it to the user). */
bool sp_holds_gives_up_at_r2(const struct sp_scene *s, struct sp_evidence *e)
{
    const struct sp_tcb *o = s->before, *t = s->after;
    bool fires = s->step->event.kind == SP_EVENT_RETRANSMISSION &&
                 (o->timers & SP_TIMER_RETRANSMISSION) != 0;
    if (!fires || o->r2 == 0)
        return true;

    if (o->retransmits >= o->r2)
        return t->state == SP_CLOSED ||
               sp_fails(e, "%s gives up after R2 = %u retransmissions: it became %s",
                        sp_state_name(o->state), (unsigned)o->r2, sp_state_name(t->state));
    return !s->same || t->retransmits == o->retransmits + 1 ||
           sp_fails(e, "a retransmission counts: %u became %u", (unsigned)o->retransmits,
                    (unsigned)t->retransmits);
}
