/*
 * ABORT and STATUS in every state (RFC 9293 3.10.5, 3.10.6).
 *
 * An ABORT leaves no TCB behind, and its RST carries no ACK: <SEQ=SND.NXT><CTL=RST>.
 */
#include "cell.h"

/* -------------------------------------------------------------------------------------- ABORT */

CELL(CLOSED, ABORT, closed_abort_is_an_error)
{
    sp_call(c, SP_EVENT_ABORT);
    sp_refused(c, SP_REPLY_NOT_EXIST);
}

CELL(LISTEN, ABORT, listen_abort_sends_nothing)
{
    sp_call(c, SP_EVENT_ABORT);
    sp_gone(c);
    sp_replied(c, SP_REPLY_OK);
    sp_silent(c);
}

CELL(SYN_SENT, ABORT, syn_sent_abort_sends_nothing)
{
    sp_call(c, SP_EVENT_ABORT);
    sp_gone(c);
    sp_replied(c, SP_REPLY_OK);
    sp_silent(c);
}

CELL(SYN_RECEIVED, ABORT, syn_received_abort_sends_rst_at_snd_nxt)
{
    sp_call(c, SP_EVENT_ABORT);
    sp_gone(c);
    sp_replied(c, SP_REPLY_OK);
    sp_rst(c, c->nxt);
}

CELL(ESTABLISHED, ABORT, established_abort_sends_rst_at_snd_nxt)
{
    sp_call(c, SP_EVENT_ABORT);
    sp_gone(c);
    sp_replied(c, SP_REPLY_OK);
    sp_rst(c, c->nxt);
}

CELL(FIN_WAIT_1, ABORT, fin_wait_1_abort_sends_rst_at_snd_nxt)
{
    sp_call(c, SP_EVENT_ABORT);
    sp_gone(c);
    sp_replied(c, SP_REPLY_OK);
    sp_rst(c, c->nxt);
}

CELL(FIN_WAIT_2, ABORT, fin_wait_2_abort_sends_rst_at_snd_nxt)
{
    sp_call(c, SP_EVENT_ABORT);
    sp_gone(c);
    sp_replied(c, SP_REPLY_OK);
    sp_rst(c, c->nxt);
}

CELL(CLOSE_WAIT, ABORT, close_wait_abort_sends_rst_at_snd_nxt)
{
    sp_call(c, SP_EVENT_ABORT);
    sp_gone(c);
    sp_replied(c, SP_REPLY_OK);
    sp_rst(c, c->nxt);
}

CELL(CLOSING, ABORT, closing_abort_says_ok_and_sends_nothing)
{
    sp_call(c, SP_EVENT_ABORT);
    sp_gone(c);
    sp_replied(c, SP_REPLY_OK);
    sp_silent(c);
}

CELL(LAST_ACK, ABORT, last_ack_abort_says_ok_and_sends_nothing)
{
    sp_call(c, SP_EVENT_ABORT);
    sp_gone(c);
    sp_replied(c, SP_REPLY_OK);
    sp_silent(c);
}

CELL(TIME_WAIT, ABORT, time_wait_abort_says_ok_and_sends_nothing)
{
    sp_call(c, SP_EVENT_ABORT);
    sp_gone(c);
    sp_replied(c, SP_REPLY_OK);
    sp_silent(c);
}

CELL(SYN_RECEIVED, ABORT, syn_received_active_abort_sends_rst_at_snd_nxt)
{
    c->origin = SP_ORIGIN_ACTIVE;
    sp_reach(c, SP_SYN_RECEIVED);
    sp_call(c, SP_EVENT_ABORT);
    sp_gone(c);
    sp_rst(c, c->iss + 1);
}

/* The queue is flushed, except for the RST. */
CELL(ESTABLISHED, ABORT, established_abort_drops_unsent_text)
{
    sp_send(c, 1200);
    sp_call(c, SP_EVENT_ABORT);
    sp_gone(c);
    sp_rst(c, c->una + 1000);
}

CELL(ESTABLISHED, ABORT, established_abort_meets_closed_rules_afterwards)
{
    sp_call(c, SP_EVENT_ABORT);
    sp_arrive(c, SP_ACK, c->rcv, c->nxt, 10);
    sp_rst(c, c->nxt);
    sp_gone(c);
}

/* D8: 3.5.2 and note 3 of Figure 5, against 3.10.5. */
CELL(ESTABLISHED, ABORT, established_abort_may_enter_time_wait)
{
    c->policy.reset_state = SP_reset_state_TIME_WAIT;
    sp_call(c, SP_EVENT_ABORT);
    sp_in(c, SP_TIME_WAIT);
    sp_rst(c, c->nxt);
    sp_that(c, c->tcb.timers == SP_TIMER_TIME_WAIT, "2MSL runs, and no other timer");
}

CELL(SYN_RECEIVED, ABORT, syn_received_abort_never_enters_time_wait)
{
    c->policy.reset_state = SP_reset_state_TIME_WAIT;
    sp_call(c, SP_EVENT_ABORT);
    sp_gone(c);
    sp_rst(c, c->nxt);
}

/* ------------------------------------------------------------------------------------- STATUS */

CELL(CLOSED, STATUS, closed_status_is_an_error)
{
    sp_call(c, SP_EVENT_STATUS);
    sp_refused(c, SP_REPLY_NOT_EXIST);
}

CELL(LISTEN, STATUS, listen_status_changes_nothing)
{
    sp_call(c, SP_EVENT_STATUS);
    sp_refused(c, SP_REPLY_OK);
}

CELL(SYN_SENT, STATUS, syn_sent_status_changes_nothing)
{
    sp_call(c, SP_EVENT_STATUS);
    sp_refused(c, SP_REPLY_OK);
}

CELL(SYN_RECEIVED, STATUS, syn_received_status_changes_nothing)
{
    sp_call(c, SP_EVENT_STATUS);
    sp_refused(c, SP_REPLY_OK);
}

CELL(ESTABLISHED, STATUS, established_status_changes_nothing)
{
    sp_call(c, SP_EVENT_STATUS);
    sp_refused(c, SP_REPLY_OK);
}

CELL(FIN_WAIT_1, STATUS, fin_wait_1_status_changes_nothing)
{
    sp_call(c, SP_EVENT_STATUS);
    sp_refused(c, SP_REPLY_OK);
}

CELL(FIN_WAIT_2, STATUS, fin_wait_2_status_changes_nothing)
{
    sp_call(c, SP_EVENT_STATUS);
    sp_refused(c, SP_REPLY_OK);
}

CELL(CLOSE_WAIT, STATUS, close_wait_status_changes_nothing)
{
    sp_call(c, SP_EVENT_STATUS);
    sp_refused(c, SP_REPLY_OK);
}

CELL(CLOSING, STATUS, closing_status_changes_nothing)
{
    sp_call(c, SP_EVENT_STATUS);
    sp_refused(c, SP_REPLY_OK);
}

CELL(LAST_ACK, STATUS, last_ack_status_changes_nothing)
{
    sp_call(c, SP_EVENT_STATUS);
    sp_refused(c, SP_REPLY_OK);
}

CELL(TIME_WAIT, STATUS, time_wait_status_changes_nothing)
{
    sp_call(c, SP_EVENT_STATUS);
    sp_refused(c, SP_REPLY_OK);
}

/* "All queued SENDs and RECEIVEs should be given 'connection reset' notification". */
CELL(ESTABLISHED, ABORT, established_abort_answers_queued_receives)
{
    c->open.reading = false;
    sp_reach(c, SP_ESTABLISHED);
    sp_receive(c, 10);
    sp_call(c, SP_EVENT_ABORT);
    sp_told(c, SP_SIGNAL_RESET | SP_SIGNAL_DELETED);
}

CELL(ESTABLISHED, ABORT, established_abort_has_nothing_to_answer_without_calls)
{
    c->open.reading = false;
    sp_reach(c, SP_ESTABLISHED);
    sp_call(c, SP_EVENT_ABORT);
    sp_told(c, SP_SIGNAL_DELETED);
}

CELL(SYN_SENT, ABORT, syn_sent_abort_answers_queued_sends)
{
    c->open.reading = false;
    sp_reach(c, SP_SYN_SENT);
    sp_send(c, 10);
    sp_call(c, SP_EVENT_ABORT);
    sp_told(c, SP_SIGNAL_RESET | SP_SIGNAL_DELETED);
}

CELL(ESTABLISHED, ABORT, established_abort_in_time_wait_answers_queued_sends)
{
    c->policy.reset_state = SP_reset_state_TIME_WAIT;
    c->open.reading = false;
    sp_reach(c, SP_ESTABLISHED);
    sp_send(c, 10);
    sp_call(c, SP_EVENT_ABORT);
    sp_told(c, SP_SIGNAL_RESET);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(closed_abort_is_an_error),
        cmocka_unit_test(listen_abort_sends_nothing),
        cmocka_unit_test(syn_sent_abort_sends_nothing),
        cmocka_unit_test(syn_received_abort_sends_rst_at_snd_nxt),
        cmocka_unit_test(established_abort_sends_rst_at_snd_nxt),
        cmocka_unit_test(fin_wait_1_abort_sends_rst_at_snd_nxt),
        cmocka_unit_test(fin_wait_2_abort_sends_rst_at_snd_nxt),
        cmocka_unit_test(close_wait_abort_sends_rst_at_snd_nxt),
        cmocka_unit_test(closing_abort_says_ok_and_sends_nothing),
        cmocka_unit_test(last_ack_abort_says_ok_and_sends_nothing),
        cmocka_unit_test(time_wait_abort_says_ok_and_sends_nothing),
        cmocka_unit_test(syn_received_active_abort_sends_rst_at_snd_nxt),
        cmocka_unit_test(established_abort_drops_unsent_text),
        cmocka_unit_test(established_abort_meets_closed_rules_afterwards),
        cmocka_unit_test(established_abort_may_enter_time_wait),
        cmocka_unit_test(syn_received_abort_never_enters_time_wait),
        cmocka_unit_test(closed_status_is_an_error),
        cmocka_unit_test(listen_status_changes_nothing),
        cmocka_unit_test(syn_sent_status_changes_nothing),
        cmocka_unit_test(syn_received_status_changes_nothing),
        cmocka_unit_test(established_status_changes_nothing),
        cmocka_unit_test(fin_wait_1_status_changes_nothing),
        cmocka_unit_test(fin_wait_2_status_changes_nothing),
        cmocka_unit_test(close_wait_status_changes_nothing),
        cmocka_unit_test(closing_status_changes_nothing),
        cmocka_unit_test(last_ack_status_changes_nothing),
        cmocka_unit_test(time_wait_status_changes_nothing),
        cmocka_unit_test(established_abort_answers_queued_receives),
        cmocka_unit_test(established_abort_has_nothing_to_answer_without_calls),
        cmocka_unit_test(syn_sent_abort_answers_queued_sends),
        cmocka_unit_test(established_abort_in_time_wait_answers_queued_sends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
