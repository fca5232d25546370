/*
 * Properties of two ends of one connection (RFC 9293 3.4 to 3.6): ISN agreement, the stream,
 * closing.
 *
 * They need the ghosts of both hosts: the TCB of one end says nothing of the other. To keep in
 * mind: `other` is the incarnation whose SYN this one took; only when it names this one in return
 * are the two a pair, and it may have ended since: its record stays.
 */
#include "oracle/scene.h"

/* Number of the acting host's latest incarnation. */
static unsigned my_number(const struct sp_scene *s)
{
    return s->is->lives;
}

/* `life` and `other` are two ends of one connection. */
static bool paired(const struct sp_scene *s)
{
    return s->other != NULL && s->other->peer == my_number(s);
}

/* `other` is what the peer's TCB is about now, and that TCB has taken a SYN. */
static bool other_is_current(const struct sp_scene *s)
{
    return s->life->peer == s->peer->lives && sp_has_irs(s->peer->tcb.state);
}

/*
 * The weak form, on entering a synchronized state: some incarnation of the peer chose IRS for its
 * own, and the segment that completes the handshake is its, and acknowledges this ISS. (CLOSE in
 * SYN-RECEIVED leads to FIN-WAIT-1 before that ACK: D15. It is judged when the SYN is
 * acknowledged.)
 */
static bool handshake_is_true(const struct sp_scene *s, struct sp_evidence *e)
{
    const struct sp_tcb *t = s->after;
    const struct sp_segment *g = s->segment;

    if (s->other == NULL)
        return sp_fails(e, "IRS = ISS of the peer: %u was chosen by no incarnation of it", t->irs);
    if (s->other->iss != t->irs || (s->other->flags & SP_LIFE_SYN_SENT) == 0)
        return sp_fails(e, "IRS = ISS of the peer: %u = %u is false", t->irs, s->other->iss);
    if (g == NULL || !sp_has(g, SP_ACK) || s->step->event_life != s->life->peer ||
        sp_seq_le(g->ack, t->iss))
        return sp_fails(e,
                        "the peer acknowledged ISS + 1 = %u: %s %u of its incarnation %u does not",
                        t->iss + 1, g != NULL && sp_has(g, SP_ACK) ? "ACK" : "no ACK,",
                        g != NULL ? g->ack : 0, (unsigned)s->step->event_life);
    return true;
}

bool sp_holds_isn_agreement(const struct sp_scene *s, struct sp_evidence *e)
{
    const struct sp_tcb *o = s->before, *t = s->after;
    if (!sp_synchronized(t->state) || sp_broken_off(s->life))
        return true;

    bool was_acked = sp_synchronized(o->state) && o->snd_una != o->iss;
    bool is_acked = t->snd_una != t->iss;
    bool opened = !sp_synchronized(o->state) && s->step->event.kind == SP_EVENT_SEGMENT;
    bool fell_back = s->is->lives < s->was->lives;
    if (!fell_back && (opened || (is_acked && !was_acked)) && !handshake_is_true(s, e))
        return false;

    /* The strong form: both handshakes are complete, and this end names that one. */
    const struct sp_tcb *p = &s->peer->tcb;
    if (!is_acked || p->snd_una == p->iss || !other_is_current(s) || !sp_synchronized(p->state) ||
        sp_broken_off(s->other))
        return true;
    if (t->irs != p->iss)
        return sp_fails(e, "IRS = ISS of the peer: %u = %u is false", t->irs, p->iss);
    return p->irs == t->iss ||
           sp_fails(e, "IRS of the peer = ISS: %u = %u is false", p->irs, t->iss);
}

/* One end that has gone, or leaves half of the connection behind: all that was written arrived. */
static bool nothing_lost(const struct sp_scene *s, const struct sp_life *mine,
                         struct sp_evidence *e)
{
    const struct sp_life *p = s->other;
    uint32_t received = p == NULL || p->peer != my_number(s) ? 0 : p->received;
    const uint32_t told = s->output->signals;
    const unsigned flags = mine->flags;

    if (received >= mine->written)
        return true;
    switch ((enum sp_end)mine->ended) {
    case SP_END_LIVING:
    case SP_END_ABORTED: /* the user itself gave up what was under way */
    case SP_END_CRASHED: /* nobody is left to be told */
        return true;
    case SP_END_GRACEFUL:
        return sp_fails(e, "a graceful end has all octets at the peer: %u written, %u received",
                        mine->written, received);
    case SP_END_CLOSED:
        return (told & SP_SIGNAL_FLUSHED) != 0 ||
               sp_fails(e, "queued SENDs are told of CLOSE: %u octets were not", mine->written);
    case SP_END_RESET:
    case SP_END_TIMED_OUT:
        return (flags & SP_LIFE_TOLD_ERROR) != 0 ||
               sp_fails(e, "the user is told of the error: %u written, %u received, no error told",
                        mine->written, received);
    case SP_END_ASSASSINATED:
        /* 3.10.7.4 step 2 signals no reset in CLOSING and LAST-ACK. What it must not do is answer
         * the CLOSE with ok: by that the user knows that all was received (3.6). */
        return (told & SP_SIGNAL_CLOSED) == 0 ||
               sp_fails(e, "CLOSE ok only when all arrived: %u written, %u received", mine->written,
                        received);
    }
    return true;
}

/* CLOSE-WAIT, and every state before the own FIN: what was queued stays queued, SEND adds to it. */
static bool queue_is_kept(const struct sp_scene *s, struct sp_evidence *e)
{
    const struct sp_tcb *o = s->before, *t = s->after;
    const struct sp_event *event = &s->step->event;
    uint32_t had = o->snd_end - o->iss - 1, has = t->snd_end - t->iss - 1;

    if (has < had)
        return sp_fails(e, "octets queued stay queued: %u before, %u after, in %s", had, has,
                        sp_state_name(t->state));
    if (t->state != SP_TIME_WAIT && has != s->life->written)
        return sp_fails(e, "SEND accepted %u octets, the stream has %u", s->life->written, has);
    if (o->state == SP_CLOSE_WAIT && t->state == SP_LAST_ACK && t->snd_max != t->snd_end + 1)
        return sp_fails(e, "LAST-ACK follows the FIN behind all text: SND.MAX iss+%u, FIN iss+%u",
                        t->snd_max - t->iss, t->snd_end - t->iss);
    if (o->state == SP_CLOSE_WAIT && event->kind == SP_EVENT_SEND &&
        (o->flags & SP_TCB_CLOSE) == 0 && s->output->reply == SP_REPLY_CLOSING)
        return sp_fails(e, "CLOSE-WAIT accepts SEND: %u octets were refused", event->count);
    return true;
}

bool sp_holds_no_data_loss_in_close_wait(const struct sp_scene *s, struct sp_evidence *e)
{
    const struct sp_life *gone = sp_life_number(s->is, s->was->lives);

    if (s->same)
        return sp_broken_off(s->life) || queue_is_kept(s, e);
    if (!s->moved || gone == NULL || s->is->lives != s->was->lives)
        return true;
    if (s->before->state == SP_SYN_RECEIVED && s->after->state == SP_LISTEN)
        return s->old_life->written == 0 ||
               (s->output->signals & (SP_SIGNAL_FLUSHED | SP_SIGNAL_RESET)) != 0 ||
               sp_fails(e, "queued SENDs are told of the way back to LISTEN: %u octets were not",
                        s->old_life->written);
    return s->after->state != SP_CLOSED || nothing_lost(s, gone, e);
}

/* SND.UNA of `a` =< RCV.NXT of `b` =< SND.MAX of `a`; a probe may be beyond SND.NXT (D5). */
static bool between(const struct sp_tcb *a, const struct sp_tcb *b, const char *whose,
                    struct sp_evidence *e)
{
    uint32_t una = a->snd_una - a->iss, nxt = b->rcv_nxt - b->irs, max = a->snd_max - a->iss;

    return (una <= nxt && nxt <= max) ||
           sp_fails(e,
                    "SND.UNA =< RCV.NXT =< SND.NXT: iss+%u =< iss+%u =< iss+%u is false "
                    "(the octets of %s)",
                    una, nxt, max, whose);
}

bool sp_holds_sandwich(const struct sp_scene *s, struct sp_evidence *e)
{
    const struct sp_tcb *t = s->after, *p = &s->peer->tcb;
    if (!sp_has_irs(t->state) || !paired(s) || !other_is_current(s))
        return true;

    return between(t, p, "the host that acted", e) && between(p, t, "its peer", e);
}

bool sp_holds_stream_prefix(const struct sp_scene *s, struct sp_evidence *e)
{
    const struct sp_life *life = s->life;
    const struct sp_tcb *t = s->after;
    uint32_t written = s->other == NULL ? 0 : s->other->written;

    if (life->delivered > life->received)
        return sp_fails(e, "delivered =< received: %u =< %u is false", life->delivered,
                        life->received);
    if (life->received > written)
        return sp_fails(e, "received =< written by the peer: %u =< %u is false", life->received,
                        written);
    if (!sp_has_irs(t->state))
        return true;

    /* The user's place in the stream, past the FIN perhaps. */
    uint32_t read = t->rcv_read - t->irs - 1;
    uint32_t fin = (life->flags & SP_LIFE_FIN_RECEIVED) != 0;
    return (read >= life->delivered && read <= life->delivered + fin) ||
           sp_fails(e, "octets are handed over once and in order: %u delivered, next is %u",
                    life->delivered, read);
}

bool sp_holds_nothing_invented(const struct sp_scene *s, struct sp_evidence *e)
{
    const struct sp_tcb *t = s->after;
    const struct sp_segment *g = s->segment;
    const struct sp_range *taken = &s->output->taken;
    if (taken->left == taken->right || !sp_has_irs(t->state))
        return true;

    uint32_t place = taken->left - t->irs - 1, end = taken->right - t->irs - 1;
    uint32_t written = s->other == NULL ? 0 : s->other->written;
    if (g == NULL)
        return sp_fails(e, "text is taken from a segment: octets %u..%u came without", place,
                        end - 1);

    sp_seq from = sp_segment_text_seq(g);
    if (!sp_seq_in(taken->left, from, g->len) || taken->right - from > g->len)
        return sp_fails(e, "text taken is text of the segment: %u..%u in %u..%u is false",
                        taken->left, taken->right - 1, from, from + g->len - 1);
    if (s->other == NULL || s->step->event_life != s->life->peer)
        return sp_fails(e,
                        "octets %u..%u are of the peer's incarnation %u: incarnation %u sent them",
                        place, end - 1, (unsigned)s->life->peer, (unsigned)s->step->event_life);
    if (g->text + (taken->left - from) != place)
        return sp_fails(e, "octet irs+%u is number %u of the peer's stream: it is number %u",
                        place + 1, place, g->text + (taken->left - from));
    return end <= written ||
           sp_fails(e, "octets taken were written: %u =< %u is false", end, written);
}

bool sp_holds_end_of_stream_last(const struct sp_scene *s, struct sp_evidence *e)
{
    const struct sp_life *life = s->life;
    bool refused = s->step->event.kind == SP_EVENT_RECEIVE &&
                   s->output->reply == SP_REPLY_CLOSING && sp_has_irs(s->before->state);
    bool told = (s->output->signals & SP_SIGNAL_CLOSING) != 0 || refused;
    if (!told)
        return true;

    uint32_t written = s->other == NULL ? 0 : s->other->written;
    if (s->other == NULL || (s->other->flags & SP_LIFE_CLOSE) == 0)
        return sp_fails(e, "the end of the stream is told after the peer's CLOSE: there was none");
    return life->delivered == written ||
           sp_fails(e, "the end of the stream is told after all of it: %u of %u octets delivered",
                    life->delivered, written);
}

/* This step shows the host that its FIN was received: FIN-WAIT-2 or TIME-WAIT entered, or LAST-ACK
 * left by an ACK. */
static bool learns_fin_acked(const struct sp_scene *s)
{
    const unsigned from = s->before->state, to = s->after->state;

    if (!s->moved)
        return false;
    if (to == SP_FIN_WAIT_2 || to == SP_TIME_WAIT) /* back in TIME-WAIT (MAY-2) nothing is learnt */
        return from != SP_SYN_RECEIVED && !sp_broken_off(s->life);
    return from == SP_LAST_ACK && to == SP_CLOSED && s->life->ended == SP_END_GRACEFUL;
}

bool sp_holds_graceful_means_received(const struct sp_scene *s, struct sp_evidence *e)
{
    const struct sp_life *p = s->other;
    if (!learns_fin_acked(s))
        return true;

    if (!paired(s))
        return sp_fails(e, "%s: the FIN is at the peer: no incarnation of it is in this connection",
                        sp_state_name(s->after->state));
    if (p->received != s->life->written)
        return sp_fails(e, "%s: the peer has all octets: %u written, %u received",
                        sp_state_name(s->after->state), s->life->written, p->received);
    return (p->flags & SP_LIFE_FIN_RECEIVED) != 0 ||
           sp_fails(e, "%s: the peer has the FIN: it has not", sp_state_name(s->after->state));
}

bool sp_holds_fin_causality(const struct sp_scene *s, struct sp_evidence *e)
{
    const struct sp_tcb *t = s->after;
    const struct sp_life *life = s->life, *p = s->other;
    if (!paired(s) || !sp_has_irs(t->state))
        return true;

    bool acked =
        (life->flags & SP_LIFE_FIN_SENT) != 0 && t->snd_una == life->iss + life->written + 2;
    if ((life->flags & SP_LIFE_FIN_RECEIVED) != 0 && (p->flags & SP_LIFE_FIN_SENT) == 0)
        return sp_fails(e, "a FIN received was sent: RCV.NXT irs+%u counts one, none was",
                        t->rcv_nxt - t->irs);
    return !acked || (p->flags & SP_LIFE_FIN_RECEIVED) != 0 ||
           sp_fails(e, "a FIN acknowledged was received: SND.UNA iss+%u, the peer has none",
                    t->snd_una - t->iss);
}

#define IS(state) (1u << SP_##state)

/*
 * The states that the other end may be in, for each of one end; CLOSED stands for a graceful end.
 *
 * With data, too, this follows from S15 and S16 (what the FINs of each state say of the other end),
 * and from one more argument for what they leave open (CLOSING or LAST-ACK with LAST-ACK): an end
 * that sends its FIN from CLOSE-WAIT acknowledges the peer's FIN with every copy of its own, and
 * ACK is processed before FIN. So the peer, when it takes that FIN, has its own acknowledged: it is
 * in TIME-WAIT, not CLOSING. Text held out of order changes nothing: the ACK of a segment is taken
 * when it arrives, its FIN then or later.
 */
static unsigned partners(enum sp_state state)
{
    switch (state) {
    case SP_SYN_RECEIVED:
    case SP_ESTABLISHED:
        return IS(SYN_RECEIVED) | IS(ESTABLISHED) | IS(FIN_WAIT_1);
    case SP_FIN_WAIT_1:
        return IS(SYN_RECEIVED) | IS(ESTABLISHED) | IS(FIN_WAIT_1) | IS(CLOSE_WAIT) | IS(CLOSING) |
               IS(LAST_ACK);
    case SP_FIN_WAIT_2:
        return IS(CLOSE_WAIT) | IS(CLOSING) | IS(LAST_ACK);
    case SP_CLOSE_WAIT:
        return IS(FIN_WAIT_1) | IS(FIN_WAIT_2);
    case SP_CLOSING:
        return IS(FIN_WAIT_1) | IS(FIN_WAIT_2) | IS(CLOSING) | IS(TIME_WAIT) | IS(CLOSED);
    case SP_LAST_ACK:
        return IS(FIN_WAIT_1) | IS(FIN_WAIT_2) | IS(TIME_WAIT) | IS(CLOSED);
    case SP_TIME_WAIT:
    case SP_CLOSED:
        return IS(CLOSING) | IS(LAST_ACK) | IS(TIME_WAIT) | IS(CLOSED);
    case SP_LISTEN:
    case SP_SYN_SENT:
    case SP_STATE_COUNT:
        return 0;
    }
    return 0;
}

bool sp_holds_joint_states(const struct sp_scene *s, struct sp_evidence *e)
{
    if (!paired(s) || sp_broken_off(s->life) || sp_broken_off(s->other))
        return true;
    if (s->life->peer != s->peer->lives && s->other->ended != SP_END_GRACEFUL)
        return true;

    enum sp_state mine = (enum sp_state)s->after->state;
    enum sp_state its =
        s->other->ended == SP_END_GRACEFUL ? SP_CLOSED : (enum sp_state)s->peer->tcb.state;
    return (partners(mine) & (1u << its)) != 0 ||
           sp_fails(e, "%s with %s%s: the two ends of a connection are never in these states",
                    sp_state_name(mine), sp_state_name(its),
                    its == SP_CLOSED ? " after a graceful end" : "");
}

bool sp_holds_one_end_waits(const struct sp_scene *s, struct sp_evidence *e)
{
    const struct sp_life *life = s->life, *p = s->other;
    bool ends = s->moved && s->after->state == SP_CLOSED && life->ended == SP_END_GRACEFUL;
    if (!ends)
        return true;

    bool waited = (life->flags & SP_LIFE_TIME_WAIT) != 0;
    if (waited != (s->before->state == SP_TIME_WAIT))
        return sp_fails(e, "who leaves %s gracefully was %s TIME-WAIT",
                        sp_state_name(s->before->state), waited ? "in" : "not in");
    if (waited || !paired(s) || p->ended != SP_END_GRACEFUL)
        return true;
    return (p->flags & SP_LIFE_TIME_WAIT) != 0 ||
           sp_fails(e, "one of two ends that closed gracefully was in TIME-WAIT: neither was");
}
