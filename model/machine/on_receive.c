/*
 * RECEIVE (RFC 9293 3.10.3). What is on hand is handed over at once; the rest of the request stays
 * queued until text arrives or the stream ends.
 */
#include "machine/turn.h"

static void want(struct sp_tcb *t, uint32_t count)
{
    t->rcv_wanted = count > UINT32_MAX - t->rcv_wanted ? UINT32_MAX : t->rcv_wanted + count;
}

static void queue(struct sp_turn *turn)
{
    want(turn->tcb, turn->event->count);
    sp_answer(turn, SP_RULE_RECEIVE_QUEUED, SP_REPLY_QUEUED);
}

/* Reading makes room: the new edge is advertised as soon as it may move (MUST-39). */
static void receive(struct sp_turn *turn)
{
    struct sp_tcb *t = turn->tcb;
    if (sp_unread(t) == 0) {
        queue(turn);
        return;
    }
    want(t, turn->event->count);
    sp_fire(turn, SP_RULE_RECEIVE_TAKEN);
    sp_hand_over(turn);
    turn->out->reply = t->rcv_wanted == 0 ? SP_REPLY_OK : SP_REPLY_QUEUED;
    if (sp_window_grows(turn)) {
        sp_fire(turn, SP_RULE_WINDOW_OPENED);
        turn->ack_now = true;
    }
}

/* The stream has ended: only text on hand can satisfy a RECEIVE, and nothing is queued. */
static void receive_last(struct sp_turn *turn)
{
    struct sp_tcb *t = turn->tcb;
    if (sp_unread(t) == 0) {
        t->flags |= SP_TCB_TOLD_EOF;
        sp_answer(turn, SP_RULE_RECEIVE_CLOSING, SP_REPLY_CLOSING);
        return;
    }
    want(t, turn->event->count);
    sp_answer(turn, SP_RULE_RECEIVE_TAKEN, SP_REPLY_OK);
    sp_hand_over(turn);
    t->rcv_wanted = 0;
}

void sp_on_receive(struct sp_turn *turn)
{
    switch (turn->began) {
    case SP_CLOSED:
        sp_answer(turn, SP_RULE_RECEIVE_NO_TCB, SP_REPLY_NOT_EXIST);
        return;
    case SP_LISTEN:
    case SP_SYN_SENT:
    case SP_SYN_RECEIVED:
        queue(turn);
        return;
    case SP_ESTABLISHED:
    case SP_FIN_WAIT_1:
    case SP_FIN_WAIT_2:
        receive(turn);
        return;
    case SP_CLOSE_WAIT:
        receive_last(turn);
        return;
    case SP_CLOSING:
    case SP_LAST_ACK:
    case SP_TIME_WAIT:
        /* D9: the text of 3.10.3 refuses; 3.6 and 3.9.1.4 say that users read until told there is
         * no more, and every stack lets them. */
        if (turn->policy->receive_closing == SP_receive_closing_REFUSE) {
            sp_answer(turn, SP_RULE_RECEIVE_CLOSING, SP_REPLY_CLOSING);
            return;
        }
        receive_last(turn);
        if (sp_faulty(turn->policy, SP_FAULT_TIME_WAIT_CUT_SHORT) && turn->began == SP_TIME_WAIT &&
            (turn->tcb->flags & SP_TCB_TOLD_EOF) != 0) {
            sp_delete(turn, 0);
        }
        return;
    case SP_STATE_COUNT:
        return;
    }
}
