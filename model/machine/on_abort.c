/* ABORT (RFC 9293 3.10.5) and STATUS (3.10.6). */
#include "machine/turn.h"

static void abort_quietly(struct sp_turn *turn)
{
    uint32_t signals = sp_queued_calls(turn->tcb) ? SP_SIGNAL_RESET : 0;
    sp_answer(turn, SP_RULE_ABORT_QUIET, SP_REPLY_OK);
    sp_delete(turn, signals);
}

/* D8: 3.10.5 says CLOSED, and so do all stacks. 3.5.2 and note 3 of Figure 5 would have the side
 * that resets wait in TIME-WAIT; that reading needs both sequence spaces, so a synchronized state.
 */
static void abort_with_reset(struct sp_turn *turn)
{
    struct sp_tcb *t = turn->tcb;
    uint32_t signals = sp_queued_calls(t) ? SP_SIGNAL_RESET : 0;
    sp_answer(turn, SP_RULE_ABORT_RESET, SP_REPLY_OK);
    sp_emit_abort(turn);
    if (turn->policy->reset_state == SP_reset_state_TIME_WAIT && sp_synchronized(t->state)) {
        sp_tell(turn, signals);
        sp_to_time_wait(turn);
        return;
    }
    sp_delete(turn, signals);
}

void sp_on_abort(struct sp_turn *turn)
{
    switch (turn->began) {
    case SP_CLOSED:
        sp_answer(turn, SP_RULE_ABORT_NO_TCB, SP_REPLY_NOT_EXIST);
        return;
    case SP_LISTEN:
    case SP_SYN_SENT:
        abort_quietly(turn);
        return;
    case SP_SYN_RECEIVED:
    case SP_ESTABLISHED:
    case SP_FIN_WAIT_1:
    case SP_FIN_WAIT_2:
    case SP_CLOSE_WAIT:
        abort_with_reset(turn);
        return;
    case SP_CLOSING:
    case SP_LAST_ACK:
    case SP_TIME_WAIT:
        sp_answer(turn, SP_RULE_ABORT_QUIET, SP_REPLY_OK);
        sp_delete(turn, 0);
        return;
    case SP_STATE_COUNT:
        return;
    }
}

void sp_on_status(struct sp_turn *turn)
{
    bool exists = turn->began != SP_CLOSED;
    sp_answer(turn, SP_RULE_STATUS, exists ? SP_REPLY_OK : SP_REPLY_NOT_EXIST);
}
