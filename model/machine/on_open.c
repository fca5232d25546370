/*
 * OPEN (RFC 9293 3.10.1).
 *
 * An OPEN on an existing connection is an error and leaves it untouched (MUST-41): in LISTEN that
 * is our reading for the passive call, about which 3.10.1 is silent; a second listener would be a
 * second TCB. A local OPEN does not recycle a TIME-WAIT.
 */
#include "machine/turn.h"

static void open_active(struct sp_turn *turn, enum sp_rule rule)
{
    const struct sp_event *e = turn->event;
    if (!e->open.remote) {
        sp_answer(turn, SP_RULE_OPEN_UNSPECIFIED, SP_REPLY_UNSPECIFIED);
        return;
    }
    sp_keep_open(turn, &e->open, false);
    sp_begin_sending(turn, e->iss);
    turn->tcb->state = SP_SYN_SENT;
    sp_answer(turn, rule, SP_REPLY_OK);
    sp_emit_syn(turn, SP_SYN);
}

static void open_passive(struct sp_turn *turn)
{
    sp_keep_open(turn, &turn->event->open, true);
    turn->tcb->state = SP_LISTEN;
    sp_answer(turn, SP_RULE_OPEN_PASSIVE, SP_REPLY_OK);
}

void sp_on_open(struct sp_turn *turn, bool passive)
{
    switch (turn->began) {
    case SP_CLOSED:
        if (passive) {
            open_passive(turn);
        } else {
            open_active(turn, SP_RULE_OPEN_ACTIVE);
        }
        return;
    case SP_LISTEN:
        if (passive) {
            sp_answer(turn, SP_RULE_OPEN_REFUSED, SP_REPLY_EXISTS);
        } else {
            open_active(turn, SP_RULE_OPEN_FROM_LISTEN);
        }
        return;
    case SP_SYN_SENT:
    case SP_SYN_RECEIVED:
    case SP_ESTABLISHED:
    case SP_FIN_WAIT_1:
    case SP_FIN_WAIT_2:
    case SP_CLOSE_WAIT:
    case SP_CLOSING:
    case SP_LAST_ACK:
    case SP_TIME_WAIT:
        sp_answer(turn, SP_RULE_OPEN_REFUSED, SP_REPLY_EXISTS);
        return;
    case SP_STATE_COUNT:
        return;
    }
}
