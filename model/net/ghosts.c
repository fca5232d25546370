/*
 * Ghost state: what one incarnation really did, as an observer beside host and wire would note it.
 *
 * It is taken from what shows outside a TCB: the event, the answer to the user, the segments sent.
 * The TCB is read only for what shows nowhere else: its state, RCV.NXT, the scale of a window. The
 * machine never reads any of it.
 * Invariant: host.lives is at least 1 while there is a TCB, and life[lives - 1] is about that TCB.
 */
#include "net/private.h"

#include <string.h>

/* The TCB has taken a SYN: IRS and RCV.NXT have a meaning. */
static bool knows_peer(enum sp_state state)
{
    return state >= SP_SYN_RECEIVED;
}

static bool reopened(const struct sp_step *step, const struct sp_tcb *after)
{
    return step->before.tcb.state == SP_TIME_WAIT && after->state == SP_SYN_RECEIVED;
}

static bool fell_back(const struct sp_step *step, const struct sp_tcb *after)
{
    const struct sp_tcb *before = &step->before.tcb;
    return before->state == SP_SYN_RECEIVED && (before->flags & SP_TCB_REOPENED) != 0 &&
           after->state == SP_TIME_WAIT;
}

/* The incarnation out of TIME-WAIT proved to answer an old duplicate: it never was (MAY-2). What it
 * sent is on its way still, without an incarnation to belong to. */
static void withdraw(const struct sp_setup *setup, struct sp_world *world, unsigned host)
{
    struct sp_host *h = &world->host[host];
    struct sp_host *peer = &world->host[!host];
    const uint8_t number = h->lives;
    sp_channel_disown(setup, &world->channel, host, number);
    for (unsigned i = 0; i < peer->lives; i++) {
        if (peer->life[i].peer == number) {
            peer->life[i].peer = 0;
        }
    }
    memset(&h->life[number - 1], 0, sizeof h->life[0]);
    h->lives--;
    h->life[h->lives - 1].ended = SP_END_LIVING;
}

/* A listener is as it was before the SYN, but for the number that it will use again and what is on
 * the wire with it. Text that waited was flushed. */
static void restart(struct sp_life *life)
{
    struct sp_life fresh = {
        .iss = life->iss,
        .begun = life->begun,
        .end = life->end,
        .flags = life->flags & (SP_LIFE_SYN_SENT | SP_LIFE_TOLD_ERROR),
    };
    *life = fresh;
}

static enum sp_end end_by_segment(const struct sp_step *step)
{
    const unsigned state = step->before.tcb.state;
    if ((step->event.segment.flags & (SP_RST | SP_SYN)) == 0) {
        /* Text for a user who closed half-duplex: TCP aborts in its name (9293 3.6.1). */
        return state == SP_LAST_ACK ? SP_END_GRACEFUL : SP_END_ABORTED;
    }
    if (state == SP_CLOSING || state == SP_LAST_ACK || state == SP_TIME_WAIT) {
        return SP_END_ASSASSINATED;
    }
    return SP_END_RESET;
}

/* How a TCB went that is gone after this step. */
static enum sp_end end_of(const struct sp_step *step)
{
    switch (step->event.kind) {
    case SP_EVENT_SEGMENT:
        return end_by_segment(step);
    case SP_EVENT_CLOSE:
        /* With a reset it is the half-duplex CLOSE: an ABORT in all but name. */
        return step->output.sent == 0 ? SP_END_CLOSED : SP_END_ABORTED;
    case SP_EVENT_TIME_WAIT:
        return SP_END_GRACEFUL;
    case SP_EVENT_USER_TIMEOUT:
    case SP_EVENT_RETRANSMISSION:
    case SP_EVENT_PERSIST:
    case SP_EVENT_DELAYED_ACK:
    case SP_EVENT_KEEP_ALIVE:
        return SP_END_TIMED_OUT;
    case SP_EVENT_OPEN_PASSIVE:
    case SP_EVENT_OPEN_ACTIVE:
    case SP_EVENT_SEND:
    case SP_EVENT_RECEIVE:
    case SP_EVENT_ABORT:
    case SP_EVENT_STATUS:
    case SP_EVENT_COUNT:
        return SP_END_ABORTED;
    }
    return SP_END_ABORTED;
}

/* What the user asked for and TCP took, and what the user was told. */
static void note_user(struct sp_life *life, const struct sp_step *step)
{
    const struct sp_output *out = &step->output;
    bool taken = out->reply == SP_REPLY_OK || out->reply == SP_REPLY_QUEUED;
    unsigned flags = life->flags;
    if (step->event.kind == SP_EVENT_SEND && taken) {
        life->written += step->event.count;
    } else if (step->event.kind == SP_EVENT_CLOSE && taken) {
        flags |= SP_LIFE_CLOSE;
    }
    bool refused = step->event.kind == SP_EVENT_RECEIVE && out->reply == SP_REPLY_CLOSING;
    if ((out->signals & SP_SIGNAL_CLOSING) != 0 || refused) {
        flags |= SP_LIFE_TOLD_EOF;
    }
    if ((out->signals & (SP_SIGNAL_RESET | SP_SIGNAL_REFUSED | SP_SIGNAL_TIMED_OUT)) != 0) {
        flags |= SP_LIFE_TOLD_ERROR;
    }
    life->delivered += out->delivered;
    life->flags = (uint8_t)flags;
}

/* The first SYN of an incarnation shows its number. */
static void note_syn(struct sp_life *life, const struct sp_segment *s)
{
    if (!life->begun) {
        life->begun = true;
        life->iss = s->seq;
        life->end = s->seq;
    }
    life->flags |= SP_LIFE_SYN_SENT;
}

/* One segment that an incarnation put on the wire, lost or not. A RST occupies no sequence space
 * and promises nothing. */
static void note_sent(struct sp_life *life, const struct sp_segment *s, unsigned scale)
{
    if (sp_has(s, SP_RST)) {
        return;
    }
    if (sp_has(s, SP_SYN)) {
        note_syn(life, s);
    }
    if (sp_has(s, SP_FIN)) {
        life->flags |= SP_LIFE_FIN_SENT;
    }
    life->end = sp_seq_max(life->end, s->seq + sp_segment_len(s));
    if (!sp_has(s, SP_ACK)) {
        return;
    }
    sp_seq edge = s->ack + ((uint32_t)s->wnd << (sp_has(s, SP_SYN) ? 0 : scale));
    life->edge = life->edge_known ? sp_seq_max(life->edge, edge) : edge;
    life->edge_known = true;
    life->ack_max = life->ack_known ? sp_seq_max(life->ack_max, s->ack) : s->ack;
    life->ack_known = true;
}

/* The incarnation whose SYN this was: forged or altered ones belong to none. */
static void note_peer(struct sp_life *life, const struct sp_world *world,
                      const struct sp_step *step)
{
    const struct sp_host *peer = &world->host[!step->host];
    unsigned number = step->event_life;
    bool its_syn = number > 0 && number <= peer->lives && peer->life[number - 1].begun &&
                   peer->life[number - 1].iss == step->event.segment.seq;
    life->peer = its_syn ? (uint8_t)number : 0;
}

/* Where the TCB came to. */
static void note_state(struct sp_life *life, const struct sp_step *step, const struct sp_tcb *t)
{
    unsigned flags = life->flags;
    if (sp_synchronized(t->state) || (step->output.signals & SP_SIGNAL_OPENED) != 0) {
        flags |= SP_LIFE_OPENED;
    }
    if (t->state == SP_TIME_WAIT) {
        flags |= SP_LIFE_TIME_WAIT;
    }
    if (knows_peer(t->state)) {
        bool fin = (t->flags & SP_TCB_FIN_RECEIVED) != 0;
        flags |= fin ? SP_LIFE_FIN_RECEIVED : 0U;
        life->received = t->rcv_nxt - t->irs - 1 - fin;
    }
    life->flags = (uint8_t)flags;
}

/* The incarnation that the step was about: a new one, when it began one. */
static struct sp_life *life_of_step(struct sp_host *h, const struct sp_step *step)
{
    bool opened = step->before.tcb.state == SP_CLOSED && h->tcb.state != SP_CLOSED;
    bool again = reopened(step, &h->tcb);
    if (again) {
        h->life[h->lives - 1].ended = SP_END_GRACEFUL;
    }
    if ((opened || again) && h->lives < SP_LIVES_MAX) {
        h->lives++;
    }
    return &h->life[h->lives - 1];
}

/* SYN-SENT, LISTEN or TIME-WAIT took the SYN that arrived. */
static bool took_syn(const struct sp_step *step, const struct sp_tcb *after)
{
    const unsigned before = step->before.tcb.state;
    bool waiting = before == SP_SYN_SENT || before == SP_LISTEN;
    return step->event.kind == SP_EVENT_SEGMENT &&
           ((waiting && knows_peer(after->state)) || reopened(step, after));
}

/* The incarnation ends in this step. With policy reset_state the TCB of an aborted one lingers. */
static bool ends(const struct sp_step *step, const struct sp_tcb *after)
{
    bool gone = step->before.tcb.state != SP_CLOSED && after->state == SP_CLOSED;
    bool aborted = step->event.kind == SP_EVENT_ABORT && after->state == SP_TIME_WAIT;
    return gone || aborted;
}

/* An incarnation that had ended before its TCB was gone (policy reset_state) has its end already.
 */
void sp_ghosts_crash(struct sp_host *host)
{
    struct sp_life *life = &host->life[host->lives - 1];
    if (life->ended == SP_END_LIVING) {
        life->ended = SP_END_CRASHED;
    }
}

void sp_ghosts_update(const struct sp_setup *setup, struct sp_world *world,
                      const struct sp_step *step)
{
    struct sp_host *h = &world->host[step->host];
    const struct sp_tcb *before = &step->before.tcb;
    const struct sp_tcb *after = &h->tcb;
    if (before->state == SP_CLOSED && after->state == SP_CLOSED) {
        return;
    }
    struct sp_life *life = life_of_step(h, step);
    note_user(life, step);
    if (before->state != SP_LISTEN || after->state != SP_LISTEN) {
        unsigned scale = after->state == SP_CLOSED ? before->rcv_scale : after->rcv_scale;
        for (unsigned i = 0; i < step->output.sent; i++) {
            note_sent(life, &step->output.segment[i], scale);
        }
    }
    if (took_syn(step, after)) {
        note_peer(life, world, step);
    }
    note_state(life, step, after);
    if (fell_back(step, after)) {
        withdraw(setup, world, step->host);
    } else if (before->state == SP_SYN_RECEIVED && after->state == SP_LISTEN) {
        restart(life);
    } else if (ends(step, after) && life->ended == SP_END_LIVING) {
        life->ended = (uint8_t)end_of(step);
    }
}
