/*
 * Properties of an endpoint under a blind attack (RFC 5961): what a forged segment must not do.
 *
 * They are judged only of forged segments, and only where the bounds admit an attacker: what a
 * capture replays was really sent. They do not ask whether the policy knows of RFC 5961: that one
 * without it is broken is what these rows are for. To keep in mind: an attacker who hits RCV.NXT
 * exactly and acknowledges within the range has guessed two numbers, and no RFC keeps him out.
 */
#include "oracle/scene.h"

/* A forged segment met a TCB that has taken a SYN. */
static bool is_blind(const struct sp_scene *s)
{
    return s->segment != NULL && s->step->forged && sp_has_irs(s->before->state);
}

bool sp_holds_blind_reset(const struct sp_scene *s, struct sp_evidence *e)
{
    const struct sp_tcb *o = s->before;
    if (!is_blind(s) || !sp_has(s->segment, SP_RST) || s->segment->seq == o->rcv_nxt)
        return true;

    return !s->moved ||
           sp_fails(e,
                    "a RST beside RCV.NXT changes no state: SEG.SEQ %u, RCV.NXT %u; %s became %s",
                    s->segment->seq, o->rcv_nxt, sp_state_name(o->state),
                    sp_state_name(s->after->state));
}

/* SYN-RECEIVED is left out: after a passive OPEN 9293 goes back to LISTEN (D13). */
bool sp_holds_blind_syn(const struct sp_scene *s, struct sp_evidence *e)
{
    const struct sp_tcb *o = s->before;
    if (!is_blind(s) || (s->segment->flags & (SP_SYN | SP_RST)) != SP_SYN ||
        !sp_synchronized(o->state))
        return true;

    bool reopened = o->state == SP_TIME_WAIT && s->after->state == SP_SYN_RECEIVED;
    return !s->moved || reopened ||
           sp_fails(e, "a SYN changes no state: SEG.SEQ %u, RCV.NXT %u + %u; %s became %s",
                    s->segment->seq, o->rcv_nxt, o->rcv_adv - o->rcv_nxt, sp_state_name(o->state),
                    sp_state_name(s->after->state));
}

bool sp_holds_blind_data(const struct sp_scene *s, struct sp_evidence *e)
{
    const struct sp_tcb *o = s->before, *t = s->after;
    const struct sp_segment *g = s->segment;
    if (!is_blind(s) || (g->flags & (SP_ACK | SP_RST | SP_SYN)) != SP_ACK ||
        !sp_synchronized(o->state))
        return true;

    bool good = sp_seq_le(o->snd_una - o->snd_wnd_max, g->ack) && sp_seq_le(g->ack, o->snd_max);
    bool taken = s->output->taken.left != s->output->taken.right || t->rcv_nxt != o->rcv_nxt;
    return good || !taken ||
           sp_fails(e,
                    "SND.UNA - MAX.SND.WND =< SEG.ACK =< SND.NXT: %u - %u =< %u =< %u is false; "
                    "RCV.NXT %u became %u",
                    o->snd_una, o->snd_wnd_max, g->ack, o->snd_max, o->rcv_nxt, t->rcv_nxt);
}
