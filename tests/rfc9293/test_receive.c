/*
 * RECEIVE in every state (RFC 9293 3.10.3).
 *
 * Not here: a RECEIVE without end that is posted with the OPEN; most other tests read that way.
 * Text on hand is never lost, and never delivered twice.
 */
#include "cell.h"

/* An endpoint whose user has posted no RECEIVE, with so many octets that it has not read. */
static void given(struct sp_cell *c, enum sp_state state, uint32_t unread)
{
    c->open.reading = false;
    c->unread = unread;
    sp_reach(c, state);
}

CELL(CLOSED, RECEIVE, closed_receive_is_an_error)
{
    sp_receive(c, 10);
    sp_refused(c, SP_REPLY_NOT_EXIST);
}

CELL(LISTEN, RECEIVE, listen_receive_is_queued)
{
    given(c, SP_LISTEN, 0);
    sp_receive(c, 10);
    sp_in(c, SP_LISTEN);
    sp_replied(c, SP_REPLY_QUEUED);
    sp_silent(c);
    sp_that(c, c->tcb.rcv_wanted == 10, "ten octets are wanted");
}

CELL(SYN_SENT, RECEIVE, syn_sent_receive_is_queued)
{
    given(c, SP_SYN_SENT, 0);
    sp_receive(c, 10);
    sp_in(c, SP_SYN_SENT);
    sp_replied(c, SP_REPLY_QUEUED);
    sp_silent(c);
    sp_that(c, c->tcb.rcv_wanted == 10, "ten octets are wanted");
}

CELL(SYN_RECEIVED, RECEIVE, syn_received_receive_is_queued)
{
    given(c, SP_SYN_RECEIVED, 0);
    sp_receive(c, 10);
    sp_in(c, SP_SYN_RECEIVED);
    sp_replied(c, SP_REPLY_QUEUED);
    sp_silent(c);
    sp_that(c, c->tcb.rcv_wanted == 10, "ten octets are wanted");
}

CELL(SYN_RECEIVED, RECEIVE, syn_received_queued_receive_takes_the_first_text)
{
    given(c, SP_SYN_RECEIVED, 0);
    sp_receive(c, 10);
    sp_arrive(c, SP_ACK, c->rcv, c->iss + 1, 30);
    sp_in(c, SP_ESTABLISHED);
    sp_that(c, c->delivered == 10, "what was asked for, and no more");
    sp_that(c, c->tcb.rcv_read == c->rcv + 10, "twenty octets are on hand");
}

CELL(ESTABLISHED, RECEIVE, established_receive_waits_for_text)
{
    given(c, SP_ESTABLISHED, 0);
    sp_receive(c, 10);
    sp_in(c, SP_ESTABLISHED);
    sp_replied(c, SP_REPLY_QUEUED);
    sp_silent(c);
    sp_that(c, c->tcb.rcv_wanted == 10, "ten octets are wanted");
    sp_arrive(c, SP_ACK, c->rcv, c->una, 10);
    sp_that(c, c->delivered == 10, "they come");
}

CELL(ESTABLISHED, RECEIVE, established_receive_takes_what_is_on_hand)
{
    given(c, SP_ESTABLISHED, 30);
    sp_receive(c, 10);
    sp_in(c, SP_ESTABLISHED);
    sp_replied(c, SP_REPLY_OK);
    sp_that(c, c->out.delivered == 10, "what was asked for");
    sp_that(c, c->tcb.rcv_read == c->rcv - 20, "twenty octets are left");
    sp_that(c, c->tcb.rcv_nxt == c->rcv, "reading does not move RCV.NXT");
    sp_maybe_acked(c, c->nxt, c->rcv);
}

CELL(ESTABLISHED, RECEIVE, established_receive_of_more_than_is_on_hand_waits_for_the_rest)
{
    given(c, SP_ESTABLISHED, 10);
    sp_receive(c, 25);
    sp_accepted(c);
    sp_arrive(c, SP_ACK, c->rcv, c->una, 15);
    sp_that(c, c->delivered == 25, "all that was asked for came");
    sp_that(c, c->tcb.rcv_wanted == 0, "nothing is wanted any more");
}

CELL(FIN_WAIT_1, RECEIVE, fin_wait_1_receive_waits_for_text)
{
    given(c, SP_FIN_WAIT_1, 0);
    sp_receive(c, 10);
    sp_in(c, SP_FIN_WAIT_1);
    sp_replied(c, SP_REPLY_QUEUED);
    sp_silent(c);
    sp_that(c, c->tcb.rcv_wanted == 10, "ten octets are wanted");
    sp_arrive(c, SP_ACK, c->rcv, c->una, 10);
    sp_that(c, c->delivered == 10, "they come");
}

CELL(FIN_WAIT_1, RECEIVE, fin_wait_1_receive_takes_what_is_on_hand)
{
    given(c, SP_FIN_WAIT_1, 30);
    sp_receive(c, 10);
    sp_in(c, SP_FIN_WAIT_1);
    sp_replied(c, SP_REPLY_OK);
    sp_that(c, c->out.delivered == 10, "what was asked for");
    sp_that(c, c->tcb.rcv_read == c->rcv - 20, "twenty octets are left");
    sp_that(c, c->tcb.rcv_nxt == c->rcv, "reading does not move RCV.NXT");
    sp_maybe_acked(c, c->nxt, c->rcv);
}

CELL(FIN_WAIT_1, RECEIVE, fin_wait_1_receive_of_more_than_is_on_hand_waits_for_the_rest)
{
    given(c, SP_FIN_WAIT_1, 10);
    sp_receive(c, 25);
    sp_accepted(c);
    sp_arrive(c, SP_ACK, c->rcv, c->una, 15);
    sp_that(c, c->delivered == 25, "all that was asked for came");
    sp_that(c, c->tcb.rcv_wanted == 0, "nothing is wanted any more");
}

CELL(FIN_WAIT_2, RECEIVE, fin_wait_2_receive_waits_for_text)
{
    given(c, SP_FIN_WAIT_2, 0);
    sp_receive(c, 10);
    sp_in(c, SP_FIN_WAIT_2);
    sp_replied(c, SP_REPLY_QUEUED);
    sp_silent(c);
    sp_that(c, c->tcb.rcv_wanted == 10, "ten octets are wanted");
    sp_arrive(c, SP_ACK, c->rcv, c->una, 10);
    sp_that(c, c->delivered == 10, "they come");
}

CELL(FIN_WAIT_2, RECEIVE, fin_wait_2_receive_takes_what_is_on_hand)
{
    given(c, SP_FIN_WAIT_2, 30);
    sp_receive(c, 10);
    sp_in(c, SP_FIN_WAIT_2);
    sp_replied(c, SP_REPLY_OK);
    sp_that(c, c->out.delivered == 10, "what was asked for");
    sp_that(c, c->tcb.rcv_read == c->rcv - 20, "twenty octets are left");
    sp_that(c, c->tcb.rcv_nxt == c->rcv, "reading does not move RCV.NXT");
    sp_maybe_acked(c, c->nxt, c->rcv);
}

CELL(FIN_WAIT_2, RECEIVE, fin_wait_2_receive_of_more_than_is_on_hand_waits_for_the_rest)
{
    given(c, SP_FIN_WAIT_2, 10);
    sp_receive(c, 25);
    sp_accepted(c);
    sp_arrive(c, SP_ACK, c->rcv, c->una, 15);
    sp_that(c, c->delivered == 25, "all that was asked for came");
    sp_that(c, c->tcb.rcv_wanted == 0, "nothing is wanted any more");
}

CELL(ESTABLISHED, RECEIVE, established_receive_opens_a_closed_window_and_says_so)
{
    c->open.buffer = 10;
    given(c, SP_ESTABLISHED, 10);
    sp_that(c, sp_rcv_wnd(&c->tcb) == 0, "the buffer is full");
    sp_receive(c, 10);
    sp_acked(c, c->nxt, c->rcv);
    sp_that(c, c->out.segment[0].wnd == 10, "the whole buffer is free again");
}

CELL(CLOSE_WAIT, RECEIVE, close_wait_receive_takes_what_is_on_hand)
{
    given(c, SP_CLOSE_WAIT, 30);
    sp_receive(c, 30);
    sp_in(c, SP_CLOSE_WAIT);
    sp_replied(c, SP_REPLY_OK);
    sp_that(c, c->out.delivered == 30, "all there is");
    sp_maybe_acked(c, c->nxt, c->rcv);
}

CELL(CLOSE_WAIT, RECEIVE, close_wait_receive_with_nothing_left_is_told_so)
{
    given(c, SP_CLOSE_WAIT, 0);
    sp_receive(c, 10);
    sp_replied(c, SP_REPLY_CLOSING);
    sp_in(c, SP_CLOSE_WAIT);
    sp_silent(c);
    sp_vars(c, c->una, c->nxt, c->rcv);
}

CELL(CLOSE_WAIT, RECEIVE, close_wait_receive_drains_and_then_is_told_the_end)
{
    given(c, SP_CLOSE_WAIT, 10);
    sp_receive(c, 10);
    sp_that(c, c->out.delivered == 10, "all there is");
    sp_receive(c, 10);
    sp_replied(c, SP_REPLY_CLOSING);
    sp_that(c, c->out.delivered == 0, "and no more: the FIN is no octet of text");
}

/* The bytes on hand satisfy the RECEIVE in part; nothing can come after a FIN. */
CELL(CLOSE_WAIT, RECEIVE, close_wait_receive_of_more_than_is_left_does_not_wait)
{
    given(c, SP_CLOSE_WAIT, 10);
    sp_receive(c, 25);
    sp_that(c, c->out.delivered == 10, "what is left");
    sp_that(c, c->tcb.rcv_wanted == 0, "nothing is waited for");
}

CELL(CLOSING, RECEIVE, closing_receive_is_told_that_the_connection_closes)
{
    given(c, SP_CLOSING, 0);
    sp_receive(c, 10);
    sp_replied(c, SP_REPLY_CLOSING);
    sp_in(c, SP_CLOSING);
    sp_silent(c);
    sp_vars(c, c->una, c->nxt, c->rcv);
}

/* D9: 3.6 and 3.9.1.4 against the letter of 3.10.3 */
CELL(CLOSING, RECEIVE, closing_receive_drains_unread_text)
{
    given(c, SP_CLOSING, 10);
    sp_receive(c, 10);
    sp_replied(c, SP_REPLY_OK);
    sp_that(c, c->out.delivered == 10, "text that was acknowledged is not lost");
    sp_receive(c, 10);
    sp_replied(c, SP_REPLY_CLOSING);
}

/* D9: the letter of 3.10.3 */
CELL(CLOSING, RECEIVE, closing_receive_literally_loses_unread_text)
{
    c->policy.receive_closing = SP_receive_closing_REFUSE;
    given(c, SP_CLOSING, 10);
    sp_receive(c, 10);
    sp_replied(c, SP_REPLY_CLOSING);
    sp_that(c, c->out.delivered == 0, "error: connection closing");
}

CELL(LAST_ACK, RECEIVE, last_ack_receive_is_told_that_the_connection_closes)
{
    given(c, SP_LAST_ACK, 0);
    sp_receive(c, 10);
    sp_replied(c, SP_REPLY_CLOSING);
    sp_in(c, SP_LAST_ACK);
    sp_silent(c);
    sp_vars(c, c->una, c->nxt, c->rcv);
}

/* D9: 3.6 and 3.9.1.4 against the letter of 3.10.3 */
CELL(LAST_ACK, RECEIVE, last_ack_receive_drains_unread_text)
{
    given(c, SP_LAST_ACK, 10);
    sp_receive(c, 10);
    sp_replied(c, SP_REPLY_OK);
    sp_that(c, c->out.delivered == 10, "text that was acknowledged is not lost");
    sp_receive(c, 10);
    sp_replied(c, SP_REPLY_CLOSING);
}

/* D9: the letter of 3.10.3 */
CELL(LAST_ACK, RECEIVE, last_ack_receive_literally_loses_unread_text)
{
    c->policy.receive_closing = SP_receive_closing_REFUSE;
    given(c, SP_LAST_ACK, 10);
    sp_receive(c, 10);
    sp_replied(c, SP_REPLY_CLOSING);
    sp_that(c, c->out.delivered == 0, "error: connection closing");
}

CELL(TIME_WAIT, RECEIVE, time_wait_receive_is_told_that_the_connection_closes)
{
    given(c, SP_TIME_WAIT, 0);
    sp_receive(c, 10);
    sp_replied(c, SP_REPLY_CLOSING);
    sp_in(c, SP_TIME_WAIT);
    sp_silent(c);
    sp_vars(c, c->una, c->nxt, c->rcv);
}

/* D9: 3.6 and 3.9.1.4 against the letter of 3.10.3 */
CELL(TIME_WAIT, RECEIVE, time_wait_receive_drains_unread_text)
{
    given(c, SP_TIME_WAIT, 10);
    sp_receive(c, 10);
    sp_replied(c, SP_REPLY_OK);
    sp_that(c, c->out.delivered == 10, "text that was acknowledged is not lost");
    sp_receive(c, 10);
    sp_replied(c, SP_REPLY_CLOSING);
}

/* D9: the letter of 3.10.3 */
CELL(TIME_WAIT, RECEIVE, time_wait_receive_literally_loses_unread_text)
{
    c->policy.receive_closing = SP_receive_closing_REFUSE;
    given(c, SP_TIME_WAIT, 10);
    sp_receive(c, 10);
    sp_replied(c, SP_REPLY_CLOSING);
    sp_that(c, c->out.delivered == 0, "error: connection closing");
}

/* 3.10.3: "return the remaining text"; the end is told once, behind the last octet (3.6). */
CELL(CLOSE_WAIT, RECEIVE, close_wait_end_of_stream_is_told_once_and_last)
{
    unsigned told = 0;
    given(c, SP_ESTABLISHED, 10);
    sp_arrive(c, SP_FIN | SP_ACK, c->rcv, c->una, 0);
    sp_in(c, SP_CLOSE_WAIT);
    told += (c->out.signals & SP_SIGNAL_CLOSING) != 0;
    sp_receive(c, 5);
    sp_that(c, told == 0 && (c->out.signals & SP_SIGNAL_CLOSING) == 0, "five octets are unread");
    sp_receive(c, 5);
    told += (c->out.signals & SP_SIGNAL_CLOSING) != 0;
    sp_arrive(c, SP_FIN | SP_ACK, c->rcv, c->una, 0);
    told += (c->out.signals & SP_SIGNAL_CLOSING) != 0;
    sp_that(c, told == 1, "connection closing");
    sp_that(c, c->delivered == 10, "and all text came before");
}

/* Step 8: "return any pending RECEIVEs with same message". */
CELL(ESTABLISHED, RECEIVE, established_fin_answers_a_receive_that_waits)
{
    given(c, SP_ESTABLISHED, 0);
    sp_receive(c, 25);
    sp_arrive(c, SP_FIN | SP_ACK, c->rcv, c->una, 10);
    sp_told(c, SP_SIGNAL_CLOSING);
    sp_that(c, c->delivered == 10, "what there was");
    sp_that(c, c->tcb.rcv_wanted == 0, "nothing is waited for");
}

CELL(ESTABLISHED, RECEIVE, established_receives_add_up)
{
    given(c, SP_ESTABLISHED, 0);
    sp_receive(c, 10);
    sp_receive(c, 15);
    sp_arrive(c, SP_ACK, c->rcv, c->una, 40);
    sp_that(c, c->delivered == 25, "both");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(closed_receive_is_an_error),
        cmocka_unit_test(listen_receive_is_queued),
        cmocka_unit_test(syn_sent_receive_is_queued),
        cmocka_unit_test(syn_received_receive_is_queued),
        cmocka_unit_test(syn_received_queued_receive_takes_the_first_text),
        cmocka_unit_test(established_receive_waits_for_text),
        cmocka_unit_test(established_receive_takes_what_is_on_hand),
        cmocka_unit_test(established_receive_of_more_than_is_on_hand_waits_for_the_rest),
        cmocka_unit_test(fin_wait_1_receive_waits_for_text),
        cmocka_unit_test(fin_wait_1_receive_takes_what_is_on_hand),
        cmocka_unit_test(fin_wait_1_receive_of_more_than_is_on_hand_waits_for_the_rest),
        cmocka_unit_test(fin_wait_2_receive_waits_for_text),
        cmocka_unit_test(fin_wait_2_receive_takes_what_is_on_hand),
        cmocka_unit_test(fin_wait_2_receive_of_more_than_is_on_hand_waits_for_the_rest),
        cmocka_unit_test(established_receive_opens_a_closed_window_and_says_so),
        cmocka_unit_test(close_wait_receive_takes_what_is_on_hand),
        cmocka_unit_test(close_wait_receive_with_nothing_left_is_told_so),
        cmocka_unit_test(close_wait_receive_drains_and_then_is_told_the_end),
        cmocka_unit_test(close_wait_receive_of_more_than_is_left_does_not_wait),
        cmocka_unit_test(closing_receive_is_told_that_the_connection_closes),
        cmocka_unit_test(closing_receive_drains_unread_text),
        cmocka_unit_test(closing_receive_literally_loses_unread_text),
        cmocka_unit_test(last_ack_receive_is_told_that_the_connection_closes),
        cmocka_unit_test(last_ack_receive_drains_unread_text),
        cmocka_unit_test(last_ack_receive_literally_loses_unread_text),
        cmocka_unit_test(time_wait_receive_is_told_that_the_connection_closes),
        cmocka_unit_test(time_wait_receive_drains_unread_text),
        cmocka_unit_test(time_wait_receive_literally_loses_unread_text),
        cmocka_unit_test(close_wait_end_of_stream_is_told_once_and_last),
        cmocka_unit_test(established_fin_answers_a_receive_that_waits),
        cmocka_unit_test(established_receives_add_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
