/*
 * SEND (RFC 9293 3.10.2). Text is taken into the queue (snd_end); sp_transmit sends what the window
 * admits. Text of a SEND in LISTEN or before ESTABLISHED waits: it does not ride on the SYN.
 */
#include "machine/turn.h"

/* Octets that may wait or be in flight: far below 2^31, so that comparisons stay meaningful. */
#define QUEUE_MAX (1U << 30)

/* SND.UP names the octet after the urgent text (MUST-62): the end of what this SEND brings. */
static void take(struct sp_turn *turn, enum sp_rule rule, enum sp_reply reply)
{
    struct sp_tcb *t = turn->tcb;
    const struct sp_event *e = turn->event;
    if (e->count > QUEUE_MAX || t->snd_end - t->snd_una > QUEUE_MAX - e->count) {
        sp_answer(turn, SP_RULE_SEND_NO_ROOM, SP_REPLY_RESOURCES);
        return;
    }
    t->snd_end += e->count;
    if (e->urgent) {
        t->snd_up = t->snd_end;
    }
    sp_answer(turn, rule, reply);
}

/* After CLOSE there is no SEND (3.6), also where the state alone would still admit one: in
 * CLOSE-WAIT with the CLOSE queued behind text, and in SYN-RECEIVED with the CLOSE queued. */
static void take_unless_closed(struct sp_turn *turn, enum sp_rule rule, enum sp_reply reply)
{
    if ((turn->tcb->flags & SP_TCB_CLOSE) != 0) {
        sp_answer(turn, SP_RULE_SEND_CLOSING, SP_REPLY_CLOSING);
        return;
    }
    take(turn, rule, reply);
}

static void send_from_listen(struct sp_turn *turn)
{
    struct sp_tcb *t = turn->tcb;
    if ((t->flags & SP_TCB_REMOTE) == 0) {
        sp_answer(turn, SP_RULE_SEND_UNSPECIFIED, SP_REPLY_UNSPECIFIED);
        return;
    }
    if (turn->event->count > QUEUE_MAX) {
        sp_answer(turn, SP_RULE_SEND_NO_ROOM, SP_REPLY_RESOURCES);
        return;
    }
    t->flags &= (uint16_t)~SP_TCB_PASSIVE;
    sp_begin_sending(turn, turn->event->iss);
    t->state = SP_SYN_SENT;
    take(turn, SP_RULE_SEND_FROM_LISTEN, SP_REPLY_QUEUED);
    sp_emit_syn(turn, SP_SYN);
}

void sp_on_send(struct sp_turn *turn)
{
    switch (turn->began) {
    case SP_CLOSED:
        sp_answer(turn, SP_RULE_SEND_NO_TCB, SP_REPLY_NOT_EXIST);
        return;
    case SP_LISTEN:
        send_from_listen(turn);
        return;
    case SP_SYN_SENT:
    case SP_SYN_RECEIVED:
        take_unless_closed(turn, SP_RULE_SEND_QUEUED, SP_REPLY_QUEUED);
        return;
    case SP_ESTABLISHED:
    case SP_CLOSE_WAIT:
        take_unless_closed(turn, SP_RULE_SEND_TAKEN, SP_REPLY_OK);
        return;
    case SP_FIN_WAIT_1:
    case SP_FIN_WAIT_2:
    case SP_CLOSING:
    case SP_LAST_ACK:
    case SP_TIME_WAIT:
        sp_answer(turn, SP_RULE_SEND_CLOSING, SP_REPLY_CLOSING);
        return;
    case SP_STATE_COUNT:
        return;
    }
}
