/*
 * User timeout, retransmission and TIME-WAIT timeout in every state (RFC 9293 3.10.8, 3.8.3).
 *
 * A timer event whose timer does not run changes nothing. Not here: how long a timer runs, and the
 * timers that 3.10.8 does not name (test_timers.c).
 */
#include "cell.h"

/* -------------------------------------------------------------------------------- USER TIMEOUT */

CELL(CLOSED, USER_TIMEOUT, closed_user_timeout_has_no_tcb_to_end)
{
    sp_call(c, SP_EVENT_USER_TIMEOUT);
    sp_idle(c);
}

CELL(LISTEN, USER_TIMEOUT, listen_user_timeout_aborts_and_sends_nothing)
{
    sp_call(c, SP_EVENT_USER_TIMEOUT);
    sp_gone(c);
    sp_silent(c);
    sp_told(c, SP_SIGNAL_TIMED_OUT | SP_SIGNAL_DELETED);
}

CELL(SYN_SENT, USER_TIMEOUT, syn_sent_user_timeout_aborts_and_sends_nothing)
{
    sp_call(c, SP_EVENT_USER_TIMEOUT);
    sp_gone(c);
    sp_silent(c);
    sp_told(c, SP_SIGNAL_TIMED_OUT | SP_SIGNAL_DELETED);
}

CELL(SYN_RECEIVED, USER_TIMEOUT, syn_received_user_timeout_aborts_and_sends_nothing)
{
    sp_call(c, SP_EVENT_USER_TIMEOUT);
    sp_gone(c);
    sp_silent(c);
    sp_told(c, SP_SIGNAL_TIMED_OUT | SP_SIGNAL_DELETED);
}

CELL(ESTABLISHED, USER_TIMEOUT, established_user_timeout_aborts_and_sends_nothing)
{
    sp_call(c, SP_EVENT_USER_TIMEOUT);
    sp_gone(c);
    sp_silent(c);
    sp_told(c, SP_SIGNAL_TIMED_OUT | SP_SIGNAL_DELETED);
}

CELL(FIN_WAIT_1, USER_TIMEOUT, fin_wait_1_user_timeout_aborts_and_sends_nothing)
{
    sp_call(c, SP_EVENT_USER_TIMEOUT);
    sp_gone(c);
    sp_silent(c);
    sp_told(c, SP_SIGNAL_TIMED_OUT | SP_SIGNAL_DELETED);
}

CELL(FIN_WAIT_2, USER_TIMEOUT, fin_wait_2_user_timeout_aborts_and_sends_nothing)
{
    sp_call(c, SP_EVENT_USER_TIMEOUT);
    sp_gone(c);
    sp_silent(c);
    sp_told(c, SP_SIGNAL_TIMED_OUT | SP_SIGNAL_DELETED);
}

CELL(CLOSE_WAIT, USER_TIMEOUT, close_wait_user_timeout_aborts_and_sends_nothing)
{
    sp_call(c, SP_EVENT_USER_TIMEOUT);
    sp_gone(c);
    sp_silent(c);
    sp_told(c, SP_SIGNAL_TIMED_OUT | SP_SIGNAL_DELETED);
}

CELL(CLOSING, USER_TIMEOUT, closing_user_timeout_aborts_and_sends_nothing)
{
    sp_call(c, SP_EVENT_USER_TIMEOUT);
    sp_gone(c);
    sp_silent(c);
    sp_told(c, SP_SIGNAL_TIMED_OUT | SP_SIGNAL_DELETED);
}

CELL(LAST_ACK, USER_TIMEOUT, last_ack_user_timeout_aborts_and_sends_nothing)
{
    sp_call(c, SP_EVENT_USER_TIMEOUT);
    sp_gone(c);
    sp_silent(c);
    sp_told(c, SP_SIGNAL_TIMED_OUT | SP_SIGNAL_DELETED);
}

CELL(TIME_WAIT, USER_TIMEOUT, time_wait_user_timeout_aborts_and_sends_nothing)
{
    sp_call(c, SP_EVENT_USER_TIMEOUT);
    sp_gone(c);
    sp_silent(c);
    sp_told(c, SP_SIGNAL_TIMED_OUT | SP_SIGNAL_DELETED);
}

/* ------------------------------------------------------------------------------ RETRANSMISSION */

CELL(SYN_SENT, RETRANSMISSION, syn_sent_retransmission_sends_the_syn_again)
{
    sp_call(c, SP_EVENT_RETRANSMISSION);
    sp_in(c, SP_SYN_SENT);
    sp_one(c, SP_SYN, c->iss, 0, 0);
    sp_that(c, c->out.segment[0].mss == 536, "with its options");
    sp_that(c, c->tcb.snd_una == c->iss && c->tcb.snd_nxt == c->iss + 1, "nothing moves");
    sp_that(c, c->tcb.retransmits == 1, "it is counted");
}

CELL(SYN_SENT, RETRANSMISSION, syn_sent_retransmission_does_not_send_queued_text)
{
    sp_send(c, 10);
    sp_call(c, SP_EVENT_RETRANSMISSION);
    sp_one(c, SP_SYN, c->iss, 0, 0);
}

CELL(SYN_RECEIVED, RETRANSMISSION, syn_received_retransmission_sends_the_syn_ack_again)
{
    sp_call(c, SP_EVENT_RETRANSMISSION);
    sp_in(c, SP_SYN_RECEIVED);
    sp_one(c, SP_SYN | SP_ACK, c->iss, c->irs + 1, 0);
    sp_vars(c, c->iss, c->iss + 1, c->irs + 1);
}

/* D10 */
CELL(SYN_RECEIVED, RETRANSMISSION, syn_received_active_retransmission_sends_syn_ack)
{
    c->origin = SP_ORIGIN_ACTIVE;
    sp_reach(c, SP_SYN_RECEIVED);
    sp_call(c, SP_EVENT_RETRANSMISSION);
    sp_one(c, SP_SYN | SP_ACK, c->iss, c->irs + 1, 0);
}

CELL(SYN_RECEIVED, RETRANSMISSION, syn_received_active_retransmission_literally_sends_the_bare_syn)
{
    c->policy.simopen_head = SP_simopen_head_SYN;
    c->origin = SP_ORIGIN_ACTIVE;
    sp_reach(c, SP_SYN_RECEIVED);
    sp_call(c, SP_EVENT_RETRANSMISSION);
    sp_one(c, SP_SYN, c->iss, 0, 0);
}

CELL(CLOSED, RETRANSMISSION, closed_retransmission_timer_does_not_run)
{
    sp_call(c, SP_EVENT_RETRANSMISSION);
    sp_idle(c);
}

CELL(LISTEN, RETRANSMISSION, listen_retransmission_timer_does_not_run)
{
    sp_call(c, SP_EVENT_RETRANSMISSION);
    sp_idle(c);
}

CELL(FIN_WAIT_2, RETRANSMISSION, fin_wait_2_retransmission_timer_does_not_run)
{
    sp_call(c, SP_EVENT_RETRANSMISSION);
    sp_idle(c);
}

CELL(TIME_WAIT, RETRANSMISSION, time_wait_retransmission_timer_does_not_run)
{
    sp_call(c, SP_EVENT_RETRANSMISSION);
    sp_idle(c);
}

CELL(ESTABLISHED, RETRANSMISSION,
     established_retransmission_timer_does_not_run_when_all_is_acknowledged)
{
    sp_call(c, SP_EVENT_RETRANSMISSION);
    sp_idle(c);
}

CELL(ESTABLISHED, RETRANSMISSION, established_retransmission_sends_the_oldest_text_again)
{
    sp_send(c, 600);
    sp_call(c, SP_EVENT_RETRANSMISSION);
    sp_in(c, SP_ESTABLISHED);
    sp_sent(c, 1);
    sp_covers(c, c->nxt, c->nxt + 536, false);
    sp_vars(c, c->una, c->nxt + 600, c->rcv);
    sp_that(c, c->tcb.retransmits == 1, "it is counted");
}

CELL(CLOSE_WAIT, RETRANSMISSION,
     close_wait_retransmission_timer_does_not_run_when_all_is_acknowledged)
{
    sp_call(c, SP_EVENT_RETRANSMISSION);
    sp_idle(c);
}

CELL(CLOSE_WAIT, RETRANSMISSION, close_wait_retransmission_sends_the_oldest_text_again)
{
    sp_send(c, 600);
    sp_call(c, SP_EVENT_RETRANSMISSION);
    sp_in(c, SP_CLOSE_WAIT);
    sp_sent(c, 1);
    sp_covers(c, c->nxt, c->nxt + 536, false);
    sp_vars(c, c->una, c->nxt + 600, c->rcv);
    sp_that(c, c->tcb.retransmits == 1, "it is counted");
}

CELL(FIN_WAIT_1, RETRANSMISSION, fin_wait_1_retransmission_sends_the_fin_again)
{
    sp_call(c, SP_EVENT_RETRANSMISSION);
    sp_in(c, SP_FIN_WAIT_1);
    sp_one(c, SP_FIN | SP_ACK, c->una, c->rcv, 0);
    sp_vars(c, c->una, c->nxt, c->rcv);
}

CELL(CLOSING, RETRANSMISSION, closing_retransmission_sends_the_fin_again)
{
    sp_call(c, SP_EVENT_RETRANSMISSION);
    sp_in(c, SP_CLOSING);
    sp_one(c, SP_FIN | SP_ACK, c->una, c->rcv, 0);
    sp_vars(c, c->una, c->nxt, c->rcv);
}

CELL(LAST_ACK, RETRANSMISSION, last_ack_retransmission_sends_the_fin_again)
{
    sp_call(c, SP_EVENT_RETRANSMISSION);
    sp_in(c, SP_LAST_ACK);
    sp_one(c, SP_FIN | SP_ACK, c->una, c->rcv, 0);
    sp_vars(c, c->una, c->nxt, c->rcv);
}

CELL(FIN_WAIT_1, RETRANSMISSION, fin_wait_1_retransmission_sends_text_before_the_fin)
{
    sp_reach(c, SP_ESTABLISHED);
    sp_send(c, 600);
    sp_call(c, SP_EVENT_CLOSE);
    sp_call(c, SP_EVENT_RETRANSMISSION);
    sp_in(c, SP_FIN_WAIT_1);
    sp_one(c, SP_ACK, c->nxt, c->rcv, 536);
}

/* D15: the SYN,ACK heads the queue. */
CELL(FIN_WAIT_1, RETRANSMISSION, fin_wait_1_from_syn_received_retransmission_sends_the_syn_ack)
{
    sp_reach(c, SP_SYN_RECEIVED);
    sp_call(c, SP_EVENT_CLOSE);
    sp_in(c, SP_FIN_WAIT_1);
    sp_call(c, SP_EVENT_RETRANSMISSION);
    sp_sent(c, 1);
    sp_that(c, sp_has(&c->out.segment[0], SP_SYN | SP_ACK), "SYN,ACK");
    sp_that(c, c->out.segment[0].seq == c->iss, "at ISS");
}

/* The current ACK and window, not those of the first time. */
CELL(ESTABLISHED, RETRANSMISSION, established_retransmission_carries_the_current_ack)
{
    sp_send(c, 10);
    sp_arrive(c, SP_ACK, c->rcv, c->una, 20);
    sp_call(c, SP_EVENT_RETRANSMISSION);
    sp_sent(c, 1);
    sp_that(c, c->out.segment[0].seq == c->nxt, "the oldest text");
    sp_that(c, c->out.segment[0].ack == c->rcv + 20, "the current RCV.NXT");
}

CELL(ESTABLISHED, RETRANSMISSION, established_ack_of_something_new_restarts_the_count)
{
    sp_send(c, 20);
    sp_call(c, SP_EVENT_RETRANSMISSION);
    sp_call(c, SP_EVENT_RETRANSMISSION);
    sp_that(c, c->tcb.retransmits == 2, "twice");
    sp_arrive(c, SP_ACK, c->rcv, c->nxt + 10, 0);
    sp_that(c, c->tcb.retransmits == 0, "the path works");
    sp_call(c, SP_EVENT_RETRANSMISSION);
    sp_that(c, c->out.segment[0].seq == c->nxt + 10, "what is left");
    sp_that(c, c->out.segment[0].len == 10, "ten octets");
}

/* [9293 MUST-20] [9293 MUST-22] */
CELL(SYN_SENT, RETRANSMISSION, syn_sent_gives_up_at_r2)
{
    c->open.r2 = 3;
    sp_reach(c, SP_SYN_SENT);
    for (unsigned i = 0; i < 3; i++) {
        sp_call(c, SP_EVENT_RETRANSMISSION);
        sp_in(c, SP_SYN_SENT);
        sp_sent(c, 1);
    }
    sp_call(c, SP_EVENT_RETRANSMISSION);
    sp_gone(c);
    sp_silent(c);
    sp_that(c, (c->out.signals & SP_SIGNAL_TIMED_OUT) != 0, "the user is told");
}

/* "Close the connection", whichever OPEN it came from: only a RST or a SYN leads back to LISTEN. */
CELL(SYN_RECEIVED, RETRANSMISSION, syn_received_passive_gives_up_at_r2)
{
    c->open.r2 = 2;
    sp_reach(c, SP_SYN_RECEIVED);
    sp_call(c, SP_EVENT_RETRANSMISSION);
    sp_call(c, SP_EVENT_RETRANSMISSION);
    sp_in(c, SP_SYN_RECEIVED);
    sp_call(c, SP_EVENT_RETRANSMISSION);
    sp_gone(c);
    sp_silent(c);
    sp_that(c, (c->out.signals & SP_SIGNAL_TIMED_OUT) != 0, "the user is told");
}

CELL(SYN_RECEIVED, RETRANSMISSION, syn_received_active_gives_up_at_r2)
{
    c->open.r2 = 1;
    c->origin = SP_ORIGIN_ACTIVE;
    sp_reach(c, SP_SYN_RECEIVED);
    sp_call(c, SP_EVENT_RETRANSMISSION);
    sp_in(c, SP_SYN_RECEIVED);
    sp_call(c, SP_EVENT_RETRANSMISSION);
    sp_gone(c);
    sp_that(c, (c->out.signals & SP_SIGNAL_TIMED_OUT) != 0, "the user is told");
}

/* [9293 MUST-20] */
CELL(ESTABLISHED, RETRANSMISSION, established_gives_up_at_r2)
{
    c->open.r2 = 2;
    sp_reach(c, SP_ESTABLISHED);
    sp_send(c, 10);
    sp_call(c, SP_EVENT_RETRANSMISSION);
    sp_call(c, SP_EVENT_RETRANSMISSION);
    sp_in(c, SP_ESTABLISHED);
    sp_call(c, SP_EVENT_RETRANSMISSION);
    sp_gone(c);
    sp_silent(c);
    sp_that(c, (c->out.signals & SP_SIGNAL_TIMED_OUT) != 0, "the user is told");
}

/* [9293 MUST-20] */
CELL(CLOSE_WAIT, RETRANSMISSION, close_wait_gives_up_at_r2)
{
    c->open.r2 = 2;
    sp_reach(c, SP_CLOSE_WAIT);
    sp_send(c, 10);
    sp_call(c, SP_EVENT_RETRANSMISSION);
    sp_call(c, SP_EVENT_RETRANSMISSION);
    sp_in(c, SP_CLOSE_WAIT);
    sp_call(c, SP_EVENT_RETRANSMISSION);
    sp_gone(c);
    sp_silent(c);
    sp_that(c, (c->out.signals & SP_SIGNAL_TIMED_OUT) != 0, "the user is told");
}

/* [9293 MUST-20] */
CELL(FIN_WAIT_1, RETRANSMISSION, fin_wait_1_gives_up_at_r2)
{
    c->open.r2 = 1;
    sp_reach(c, SP_FIN_WAIT_1);
    sp_call(c, SP_EVENT_RETRANSMISSION);
    sp_in(c, SP_FIN_WAIT_1);
    sp_call(c, SP_EVENT_RETRANSMISSION);
    sp_gone(c);
    sp_silent(c);
}

/* [9293 MUST-20] */
CELL(CLOSING, RETRANSMISSION, closing_gives_up_at_r2)
{
    c->open.r2 = 1;
    sp_reach(c, SP_CLOSING);
    sp_call(c, SP_EVENT_RETRANSMISSION);
    sp_in(c, SP_CLOSING);
    sp_call(c, SP_EVENT_RETRANSMISSION);
    sp_gone(c);
    sp_silent(c);
}

/* [9293 MUST-20] */
CELL(LAST_ACK, RETRANSMISSION, last_ack_gives_up_at_r2)
{
    c->open.r2 = 1;
    sp_reach(c, SP_LAST_ACK);
    sp_call(c, SP_EVENT_RETRANSMISSION);
    sp_in(c, SP_LAST_ACK);
    sp_call(c, SP_EVENT_RETRANSMISSION);
    sp_gone(c);
    sp_silent(c);
}

/* [9293 MUST-21]: the user may ask for never. */
CELL(ESTABLISHED, RETRANSMISSION, established_never_gives_up_without_r2)
{
    sp_send(c, 10);
    for (unsigned i = 0; i < 100; i++) {
        sp_call(c, SP_EVENT_RETRANSMISSION);
        sp_sent(c, 1);
    }
    sp_in(c, SP_ESTABLISHED);
    sp_that(c, c->tcb.retransmits == SP_R1, "behind R1 nothing depends on the count");
}

/* [9293 SHLD-9] [9293 SHLD-10]: R1 is at least three retransmissions. */
CELL(ESTABLISHED, RETRANSMISSION, established_user_hears_of_trouble_between_r1_and_r2)
{
    c->open.r2 = 8;
    sp_reach(c, SP_ESTABLISHED);
    sp_send(c, 10);
    uint32_t told = 0;
    for (unsigned i = 0; i < 2; i++) {
        sp_call(c, SP_EVENT_RETRANSMISSION);
        sp_told(c, 0);
    }
    for (unsigned i = 0; i < 2; i++) {
        sp_call(c, SP_EVENT_RETRANSMISSION);
        told |= c->out.signals;
    }
    sp_that(c, (told & SP_SIGNAL_TROUBLE) != 0, "retransmissions go unanswered");
    sp_in(c, SP_ESTABLISHED);
}

/* ----------------------------------------------------------------------------------- TIME-WAIT */

/* [9293 MUST-13] */
CELL(TIME_WAIT, TIME_WAIT, time_wait_timeout_ends_the_connection)
{
    sp_call(c, SP_EVENT_TIME_WAIT);
    sp_gone(c);
    sp_silent(c);
    sp_told(c, SP_SIGNAL_DELETED);
}

CELL(CLOSED, TIME_WAIT, closed_time_wait_timer_does_not_run)
{
    sp_call(c, SP_EVENT_TIME_WAIT);
    sp_idle(c);
}

CELL(LISTEN, TIME_WAIT, listen_time_wait_timer_does_not_run)
{
    sp_call(c, SP_EVENT_TIME_WAIT);
    sp_idle(c);
}

CELL(SYN_SENT, TIME_WAIT, syn_sent_time_wait_timer_does_not_run)
{
    sp_call(c, SP_EVENT_TIME_WAIT);
    sp_idle(c);
}

CELL(SYN_RECEIVED, TIME_WAIT, syn_received_time_wait_timer_does_not_run)
{
    sp_call(c, SP_EVENT_TIME_WAIT);
    sp_idle(c);
}

CELL(ESTABLISHED, TIME_WAIT, established_time_wait_timer_does_not_run)
{
    sp_call(c, SP_EVENT_TIME_WAIT);
    sp_idle(c);
}

CELL(FIN_WAIT_1, TIME_WAIT, fin_wait_1_time_wait_timer_does_not_run)
{
    sp_call(c, SP_EVENT_TIME_WAIT);
    sp_idle(c);
}

CELL(FIN_WAIT_2, TIME_WAIT, fin_wait_2_time_wait_timer_does_not_run)
{
    sp_call(c, SP_EVENT_TIME_WAIT);
    sp_idle(c);
}

CELL(CLOSE_WAIT, TIME_WAIT, close_wait_time_wait_timer_does_not_run)
{
    sp_call(c, SP_EVENT_TIME_WAIT);
    sp_idle(c);
}

CELL(CLOSING, TIME_WAIT, closing_time_wait_timer_does_not_run)
{
    sp_call(c, SP_EVENT_TIME_WAIT);
    sp_idle(c);
}

CELL(LAST_ACK, TIME_WAIT, last_ack_time_wait_timer_does_not_run)
{
    sp_call(c, SP_EVENT_TIME_WAIT);
    sp_idle(c);
}

CELL(SYN_RECEIVED, RETRANSMISSION, syn_received_passive_retransmission_is_never_a_bare_syn)
{
    c->policy.simopen_head = SP_simopen_head_SYN;
    sp_reach(c, SP_SYN_RECEIVED);
    sp_call(c, SP_EVENT_RETRANSMISSION);
    sp_one(c, SP_SYN | SP_ACK, c->iss, c->irs + 1, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(closed_user_timeout_has_no_tcb_to_end),
        cmocka_unit_test(listen_user_timeout_aborts_and_sends_nothing),
        cmocka_unit_test(syn_sent_user_timeout_aborts_and_sends_nothing),
        cmocka_unit_test(syn_received_user_timeout_aborts_and_sends_nothing),
        cmocka_unit_test(established_user_timeout_aborts_and_sends_nothing),
        cmocka_unit_test(fin_wait_1_user_timeout_aborts_and_sends_nothing),
        cmocka_unit_test(fin_wait_2_user_timeout_aborts_and_sends_nothing),
        cmocka_unit_test(close_wait_user_timeout_aborts_and_sends_nothing),
        cmocka_unit_test(closing_user_timeout_aborts_and_sends_nothing),
        cmocka_unit_test(last_ack_user_timeout_aborts_and_sends_nothing),
        cmocka_unit_test(time_wait_user_timeout_aborts_and_sends_nothing),
        cmocka_unit_test(syn_sent_retransmission_sends_the_syn_again),
        cmocka_unit_test(syn_sent_retransmission_does_not_send_queued_text),
        cmocka_unit_test(syn_received_retransmission_sends_the_syn_ack_again),
        cmocka_unit_test(syn_received_active_retransmission_sends_syn_ack),
        cmocka_unit_test(syn_received_active_retransmission_literally_sends_the_bare_syn),
        cmocka_unit_test(closed_retransmission_timer_does_not_run),
        cmocka_unit_test(listen_retransmission_timer_does_not_run),
        cmocka_unit_test(fin_wait_2_retransmission_timer_does_not_run),
        cmocka_unit_test(time_wait_retransmission_timer_does_not_run),
        cmocka_unit_test(established_retransmission_timer_does_not_run_when_all_is_acknowledged),
        cmocka_unit_test(established_retransmission_sends_the_oldest_text_again),
        cmocka_unit_test(close_wait_retransmission_timer_does_not_run_when_all_is_acknowledged),
        cmocka_unit_test(close_wait_retransmission_sends_the_oldest_text_again),
        cmocka_unit_test(fin_wait_1_retransmission_sends_the_fin_again),
        cmocka_unit_test(closing_retransmission_sends_the_fin_again),
        cmocka_unit_test(last_ack_retransmission_sends_the_fin_again),
        cmocka_unit_test(fin_wait_1_retransmission_sends_text_before_the_fin),
        cmocka_unit_test(fin_wait_1_from_syn_received_retransmission_sends_the_syn_ack),
        cmocka_unit_test(established_retransmission_carries_the_current_ack),
        cmocka_unit_test(established_ack_of_something_new_restarts_the_count),
        cmocka_unit_test(syn_sent_gives_up_at_r2),
        cmocka_unit_test(syn_received_passive_gives_up_at_r2),
        cmocka_unit_test(syn_received_active_gives_up_at_r2),
        cmocka_unit_test(established_gives_up_at_r2),
        cmocka_unit_test(close_wait_gives_up_at_r2),
        cmocka_unit_test(fin_wait_1_gives_up_at_r2),
        cmocka_unit_test(closing_gives_up_at_r2),
        cmocka_unit_test(last_ack_gives_up_at_r2),
        cmocka_unit_test(established_never_gives_up_without_r2),
        cmocka_unit_test(established_user_hears_of_trouble_between_r1_and_r2),
        cmocka_unit_test(time_wait_timeout_ends_the_connection),
        cmocka_unit_test(closed_time_wait_timer_does_not_run),
        cmocka_unit_test(listen_time_wait_timer_does_not_run),
        cmocka_unit_test(syn_sent_time_wait_timer_does_not_run),
        cmocka_unit_test(syn_received_time_wait_timer_does_not_run),
        cmocka_unit_test(established_time_wait_timer_does_not_run),
        cmocka_unit_test(fin_wait_1_time_wait_timer_does_not_run),
        cmocka_unit_test(fin_wait_2_time_wait_timer_does_not_run),
        cmocka_unit_test(close_wait_time_wait_timer_does_not_run),
        cmocka_unit_test(closing_time_wait_timer_does_not_run),
        cmocka_unit_test(last_ack_time_wait_timer_does_not_run),
        cmocka_unit_test(syn_received_passive_retransmission_is_never_a_bare_syn),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
