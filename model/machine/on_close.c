/*
 * CLOSE (RFC 9293 3.10.4). It marks the end of the stream (SP_TCB_CLOSE, the FIN is snd_end);
 * sp_transmit sends the FIN when the text before it has gone and the window admits it.
 */
#include "machine/turn.h"

/* D15: nothing was sent or queued, so the FIN goes out at once though the SYN may be
 * unacknowledged. The passive origin is lost with the state: a RST from here on leads to CLOSED. */
static void close_syn_received(struct sp_turn *turn)
{
    struct sp_tcb *t = turn->tcb;
    if ((t->flags & SP_TCB_CLOSE) != 0) {
        sp_answer(turn, SP_RULE_CLOSE_AGAIN, SP_REPLY_CLOSING);
        return;
    }
    t->flags |= SP_TCB_CLOSE;
    if (t->snd_end != t->iss + 1) {
        sp_answer(turn, SP_RULE_CLOSE_QUEUED, SP_REPLY_QUEUED);
        return;
    }
    sp_answer(turn, SP_RULE_CLOSE_SYN_RECEIVED, SP_REPLY_OK);
    if (sp_faulty(turn->policy, SP_FAULT_CLOSE_IN_SYN_RCVD_SILENT)) {
        sp_delete(turn, 0);
        return;
    }
    t->state = SP_FIN_WAIT_1;
    sp_forget_time_wait(t);
    sp_emit_text(turn, t->snd_nxt, 0, true);
    t->snd_nxt = t->snd_max;
}

/* Half-duplex close (MAY-1): text that the user will never read is lost, and the peer must learn of
 * it by a reset (SHLD-3). In ESTABLISHED and CLOSE-WAIT only: later states have no CLOSE. */
static bool closes_half_duplex(struct sp_turn *turn)
{
    struct sp_tcb *t = turn->tcb;
    if (turn->policy->close_unread != SP_close_unread_RST) {
        return false;
    }
    if (sp_unread(t) == 0) {
        t->flags |= SP_TCB_READER_GONE;
        return false;
    }
    sp_answer(turn, SP_RULE_CLOSE_UNREAD, SP_REPLY_OK);
    sp_emit_abort(turn);
    sp_delete(turn, 0);
    return true;
}

/* D14: ESTABLISHED becomes FIN-WAIT-1 at once, with the FIN perhaps still to be sent; CLOSE-WAIT
 * becomes LAST-ACK only when the FIN is sent. */
static void close_open(struct sp_turn *turn)
{
    struct sp_tcb *t = turn->tcb;
    if ((t->flags & SP_TCB_CLOSE) != 0) {
        sp_answer(turn, SP_RULE_CLOSE_AGAIN, SP_REPLY_CLOSING);
        return;
    }
    if (closes_half_duplex(turn)) {
        return;
    }
    bool queued = t->snd_nxt != t->snd_end;
    if (!queued || !sp_faulty(turn->policy, SP_FAULT_SEND_THEN_CLOSE_LOSES_FIN)) {
        t->flags |= SP_TCB_CLOSE;
    }
    if (t->state == SP_ESTABLISHED) {
        bool later = sp_faulty(turn->policy, SP_FAULT_CLOSE_TRANSITION_ONLY_WHEN_FIN_LEAVES);
        t->state = later ? SP_ESTABLISHED : SP_FIN_WAIT_1;
        sp_answer(turn, SP_RULE_CLOSE_ESTABLISHED, SP_REPLY_OK);
    } else {
        sp_answer(turn, SP_RULE_CLOSE_CLOSE_WAIT, SP_REPLY_OK);
    }
}

static void close_unopened(struct sp_turn *turn, enum sp_rule rule)
{
    uint32_t signals = sp_queued_calls(turn->tcb) ? SP_SIGNAL_FLUSHED : 0;
    sp_answer(turn, rule, SP_REPLY_OK);
    sp_delete(turn, signals);
}

void sp_on_close(struct sp_turn *turn)
{
    switch (turn->began) {
    case SP_CLOSED:
        sp_answer(turn, SP_RULE_CLOSE_NO_TCB, SP_REPLY_NOT_EXIST);
        return;
    case SP_LISTEN:
        close_unopened(turn, SP_RULE_CLOSE_LISTEN);
        return;
    case SP_SYN_SENT:
        close_unopened(turn, SP_RULE_CLOSE_SYN_SENT);
        return;
    case SP_SYN_RECEIVED:
        close_syn_received(turn);
        return;
    case SP_ESTABLISHED:
    case SP_CLOSE_WAIT:
        close_open(turn);
        return;
    case SP_FIN_WAIT_1:
    case SP_FIN_WAIT_2:
    case SP_CLOSING:
    case SP_LAST_ACK:
    case SP_TIME_WAIT:
        sp_answer(turn, SP_RULE_CLOSE_AGAIN, SP_REPLY_CLOSING);
        return;
    case SP_STATE_COUNT:
        return;
    }
}
