/*
 * CLOSE in every state (RFC 9293 3.10.4, 3.6).
 *
 * Not here: what the FIN meets on its way; the files of the closing states have that. One FIN per
 * connection, after the last octet of text.
 */
#include "cell.h"

CELL(CLOSED, CLOSE, closed_close_is_an_error)
{
    sp_call(c, SP_EVENT_CLOSE);
    sp_refused(c, SP_REPLY_NOT_EXIST);
}

CELL(LISTEN, CLOSE, listen_close_deletes_the_tcb)
{
    sp_call(c, SP_EVENT_CLOSE);
    sp_gone(c);
    sp_replied(c, SP_REPLY_OK);
    sp_silent(c);
    sp_told(c, SP_SIGNAL_DELETED);
}

CELL(LISTEN, CLOSE, listen_close_answers_queued_receives)
{
    c->open.reading = false;
    sp_reach(c, SP_LISTEN);
    sp_receive(c, 10);
    sp_call(c, SP_EVENT_CLOSE);
    sp_that(c, (c->out.signals & SP_SIGNAL_FLUSHED) != 0, "error: closing");
    sp_gone(c);
}

CELL(SYN_SENT, CLOSE, syn_sent_close_deletes_the_tcb)
{
    sp_call(c, SP_EVENT_CLOSE);
    sp_gone(c);
    sp_replied(c, SP_REPLY_OK);
    sp_silent(c);
    sp_told(c, SP_SIGNAL_DELETED);
}

CELL(SYN_SENT, CLOSE, syn_sent_close_answers_queued_sends)
{
    sp_send(c, 10);
    sp_call(c, SP_EVENT_CLOSE);
    sp_that(c, (c->out.signals & SP_SIGNAL_FLUSHED) != 0, "error: closing");
    sp_silent(c);
    sp_gone(c);
}

/* D15: the SYN,ACK may still be unacknowledged. */
CELL(SYN_RECEIVED, CLOSE, syn_received_close_sends_fin)
{
    sp_call(c, SP_EVENT_CLOSE);
    sp_in(c, SP_FIN_WAIT_1);
    sp_accepted(c);
    sp_one(c, SP_FIN | SP_ACK, c->iss + 1, c->irs + 1, 0);
    sp_vars(c, c->iss, c->iss + 2, c->irs + 1);
}

CELL(SYN_RECEIVED, CLOSE, syn_received_active_close_sends_fin)
{
    c->origin = SP_ORIGIN_ACTIVE;
    sp_reach(c, SP_SYN_RECEIVED);
    sp_call(c, SP_EVENT_CLOSE);
    sp_in(c, SP_FIN_WAIT_1);
    sp_one(c, SP_FIN | SP_ACK, c->iss + 1, c->irs + 1, 0);
}

CELL(SYN_RECEIVED, CLOSE, syn_received_close_waits_for_queued_text)
{
    sp_send(c, 10);
    sp_call(c, SP_EVENT_CLOSE);
    sp_in(c, SP_SYN_RECEIVED);
    sp_accepted(c);
    sp_silent(c);
    sp_arrive(c, SP_ACK, c->irs + 1, c->iss + 1, 0);
    sp_in(c, SP_FIN_WAIT_1);
    sp_covers(c, c->iss + 1, c->iss + 12, true);
    sp_vars(c, c->iss + 1, c->iss + 12, c->irs + 1);
}

CELL(SYN_RECEIVED, CLOSE, syn_received_second_close_is_an_error)
{
    sp_send(c, 10);
    sp_call(c, SP_EVENT_CLOSE);
    sp_call(c, SP_EVENT_CLOSE);
    sp_refused(c, SP_REPLY_CLOSING);
}

CELL(ESTABLISHED, CLOSE, established_close_sends_fin)
{
    sp_call(c, SP_EVENT_CLOSE);
    sp_in(c, SP_FIN_WAIT_1);
    sp_accepted(c);
    sp_one(c, SP_FIN | SP_ACK, c->nxt, c->rcv, 0);
    sp_vars(c, c->una, c->nxt + 1, c->rcv);
    sp_that(c, (c->tcb.timers & SP_TIMER_RETRANSMISSION) != 0, "the FIN may be lost");
    sp_told(c, 0);
}

/* RFC 2525 2.15: the FIN does not wait until the text is acknowledged. */
CELL(ESTABLISHED, CLOSE, established_close_does_not_wait_for_acks)
{
    sp_send(c, 10);
    sp_call(c, SP_EVENT_CLOSE);
    sp_one(c, SP_FIN | SP_ACK, c->nxt + 10, c->rcv, 0);
    sp_in(c, SP_FIN_WAIT_1);
}

/* "In any case, enter FIN-WAIT-1": the FIN follows the text, which the window holds back. */
CELL(ESTABLISHED, CLOSE, established_close_enters_fin_wait_1_before_the_fin_can_go)
{
    sp_send(c, 1200);
    sp_call(c, SP_EVENT_CLOSE);
    sp_in(c, SP_FIN_WAIT_1);
    sp_silent(c);
    sp_vars(c, c->una, c->una + 1000, c->rcv);
    sp_arrive(c, SP_ACK, c->rcv, c->una + 1000, 0);
    sp_in(c, SP_FIN_WAIT_1);
    sp_covers(c, c->una + 1000, c->una + 1201, true);
}

CELL(FIN_WAIT_1, CLOSE, fin_wait_1_close_is_an_error)
{
    sp_call(c, SP_EVENT_CLOSE);
    sp_refused(c, SP_REPLY_CLOSING);
}

CELL(FIN_WAIT_2, CLOSE, fin_wait_2_close_is_an_error)
{
    sp_call(c, SP_EVENT_CLOSE);
    sp_refused(c, SP_REPLY_CLOSING);
}

/* RFC 1122 4.2.2.20(a): LAST-ACK, where RFC 793 wrote CLOSING. */
CELL(CLOSE_WAIT, CLOSE, close_wait_close_sends_fin_and_enters_last_ack)
{
    sp_call(c, SP_EVENT_CLOSE);
    sp_in(c, SP_LAST_ACK);
    sp_accepted(c);
    sp_one(c, SP_FIN | SP_ACK, c->nxt, c->rcv, 0);
    sp_vars(c, c->una, c->nxt + 1, c->rcv);
}

CELL(CLOSE_WAIT, CLOSE, close_wait_close_stays_until_the_fin_can_go)
{
    c->peer_wnd = 4;
    sp_reach(c, SP_CLOSE_WAIT);
    sp_send(c, 10);
    sp_one(c, SP_ACK, c->nxt, c->rcv, 4);
    sp_call(c, SP_EVENT_CLOSE);
    sp_in(c, SP_CLOSE_WAIT);
    sp_silent(c);
    c->peer_wnd = 100;
    sp_arrive(c, SP_ACK, c->rcv, c->una + 4, 0);
    sp_in(c, SP_LAST_ACK);
    sp_covers(c, c->una + 4, c->una + 11, true);
}

CELL(CLOSE_WAIT, CLOSE, close_wait_second_close_is_an_error)
{
    c->peer_wnd = 0;
    sp_reach(c, SP_CLOSE_WAIT);
    sp_send(c, 10);
    sp_call(c, SP_EVENT_CLOSE);
    sp_call(c, SP_EVENT_CLOSE);
    sp_refused(c, SP_REPLY_CLOSING);
}

CELL(CLOSING, CLOSE, closing_close_is_an_error)
{
    sp_call(c, SP_EVENT_CLOSE);
    sp_refused(c, SP_REPLY_CLOSING);
}

CELL(LAST_ACK, CLOSE, last_ack_close_is_an_error)
{
    sp_call(c, SP_EVENT_CLOSE);
    sp_refused(c, SP_REPLY_CLOSING);
}

CELL(TIME_WAIT, CLOSE, time_wait_close_is_an_error)
{
    sp_call(c, SP_EVENT_CLOSE);
    sp_refused(c, SP_REPLY_CLOSING);
}

/* [9293 MAY-1] [9293 SHLD-3]: half-duplex close. */
CELL(ESTABLISHED, CLOSE, established_close_with_unread_text_may_reset)
{
    c->policy.close_unread = SP_close_unread_RST;
    c->open.reading = false;
    c->unread = 10;
    sp_reach(c, SP_ESTABLISHED);
    sp_call(c, SP_EVENT_CLOSE);
    sp_gone(c);
    sp_sent(c, 1);
    sp_that(c, (c->out.segment[0].flags & SP_RST) != 0, "a RST shows that text was lost");
    sp_that(c, c->out.segment[0].seq == c->nxt, "at SND.NXT, where the peer believes it");
}

CELL(ESTABLISHED, CLOSE, established_close_with_unread_text_normally_sends_fin)
{
    c->open.reading = false;
    c->unread = 10;
    sp_reach(c, SP_ESTABLISHED);
    sp_call(c, SP_EVENT_CLOSE);
    sp_in(c, SP_FIN_WAIT_1);
    sp_one(c, SP_FIN | SP_ACK, c->nxt, c->rcv, 0);
}

CELL(CLOSE_WAIT, CLOSE, close_wait_close_with_unread_text_may_reset)
{
    c->policy.close_unread = SP_close_unread_RST;
    c->open.reading = false;
    c->unread = 10;
    sp_reach(c, SP_CLOSE_WAIT);
    sp_call(c, SP_EVENT_CLOSE);
    sp_gone(c);
    sp_sent(c, 1);
    sp_that(c, (c->out.segment[0].flags & SP_RST) != 0, "a RST shows that text was lost");
}

CELL(LISTEN, CLOSE, listen_close_has_nothing_to_answer_without_receives)
{
    c->open.reading = false;
    sp_reach(c, SP_LISTEN);
    sp_call(c, SP_EVENT_CLOSE);
    sp_that(c, (c->out.signals & SP_SIGNAL_FLUSHED) == 0, "no call was queued");
    sp_gone(c);
}

CELL(SYN_SENT, CLOSE, syn_sent_close_has_nothing_to_answer_without_calls)
{
    c->open.reading = false;
    sp_reach(c, SP_SYN_SENT);
    sp_call(c, SP_EVENT_CLOSE);
    sp_that(c, (c->out.signals & SP_SIGNAL_FLUSHED) == 0, "no call was queued");
    sp_gone(c);
}

/* D15: what 3.10.4 asks for does not depend on a window, which the SYN may have left closed. */
CELL(SYN_RECEIVED, CLOSE, syn_received_close_sends_fin_into_a_closed_window)
{
    c->peer_wnd = 0;
    sp_reach(c, SP_SYN_RECEIVED);
    sp_call(c, SP_EVENT_CLOSE);
    sp_in(c, SP_FIN_WAIT_1);
    sp_one(c, SP_FIN | SP_ACK, c->iss + 1, c->irs + 1, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(closed_close_is_an_error),
        cmocka_unit_test(listen_close_deletes_the_tcb),
        cmocka_unit_test(listen_close_answers_queued_receives),
        cmocka_unit_test(syn_sent_close_deletes_the_tcb),
        cmocka_unit_test(syn_sent_close_answers_queued_sends),
        cmocka_unit_test(syn_received_close_sends_fin),
        cmocka_unit_test(syn_received_active_close_sends_fin),
        cmocka_unit_test(syn_received_close_waits_for_queued_text),
        cmocka_unit_test(syn_received_second_close_is_an_error),
        cmocka_unit_test(established_close_sends_fin),
        cmocka_unit_test(established_close_does_not_wait_for_acks),
        cmocka_unit_test(established_close_enters_fin_wait_1_before_the_fin_can_go),
        cmocka_unit_test(fin_wait_1_close_is_an_error),
        cmocka_unit_test(fin_wait_2_close_is_an_error),
        cmocka_unit_test(close_wait_close_sends_fin_and_enters_last_ack),
        cmocka_unit_test(close_wait_close_stays_until_the_fin_can_go),
        cmocka_unit_test(close_wait_second_close_is_an_error),
        cmocka_unit_test(closing_close_is_an_error),
        cmocka_unit_test(last_ack_close_is_an_error),
        cmocka_unit_test(time_wait_close_is_an_error),
        cmocka_unit_test(established_close_with_unread_text_may_reset),
        cmocka_unit_test(established_close_with_unread_text_normally_sends_fin),
        cmocka_unit_test(close_wait_close_with_unread_text_may_reset),
        cmocka_unit_test(listen_close_has_nothing_to_answer_without_receives),
        cmocka_unit_test(syn_sent_close_has_nothing_to_answer_without_calls),
        cmocka_unit_test(syn_received_close_sends_fin_into_a_closed_window),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
