/*
 * SEND in every state (RFC 9293 3.10.2).
 *
 * Not here: urgent SENDs (test_urgent.c), closed windows (test_windows.c). What is sent begins at
 * SND.NXT, ends inside the window, and carries ACK = RCV.NXT.
 */
#include "cell.h"

CELL(CLOSED, SEND, closed_send_is_an_error)
{
    sp_send(c, 10);
    sp_refused(c, SP_REPLY_NOT_EXIST);
}

CELL(LISTEN, SEND, listen_send_sends_syn_and_text_waits)
{
    sp_send(c, 10);
    sp_in(c, SP_SYN_SENT);
    sp_accepted(c);
    sp_one(c, SP_SYN, c->iss, 0, 0);
    sp_that(c, c->tcb.snd_una == c->iss && c->tcb.snd_nxt == c->iss + 1,
            "UNA = ISS, NXT = ISS + 1");
    sp_that(c, c->tcb.snd_end == c->iss + 11, "ten octets are queued");
}

CELL(LISTEN, SEND, listen_send_text_goes_out_when_established)
{
    sp_send(c, 10);
    sp_arrive(c, SP_SYN | SP_ACK, c->irs, c->iss + 1, 0);
    sp_in(c, SP_ESTABLISHED);
    sp_one(c, SP_PSH | SP_ACK, c->iss + 1, c->irs + 1, 10);
}

CELL(LISTEN, SEND, listen_send_without_remote_is_an_error)
{
    c->open.remote = false;
    sp_reach(c, SP_LISTEN);
    sp_send(c, 10);
    sp_refused(c, SP_REPLY_UNSPECIFIED);
}

CELL(SYN_SENT, SEND, syn_sent_send_is_queued)
{
    sp_send(c, 10);
    sp_in(c, SP_SYN_SENT);
    sp_accepted(c);
    sp_silent(c);
    sp_that(c, c->tcb.snd_end == c->iss + 11, "ten octets are queued");
    sp_that(c, c->tcb.snd_nxt == c->iss + 1, "and none was sent");
}

CELL(SYN_SENT, SEND, syn_sent_send_goes_out_with_the_ack_of_the_syn)
{
    sp_send(c, 10);
    sp_arrive(c, SP_SYN | SP_ACK, c->irs, c->iss + 1, 0);
    sp_one(c, SP_PSH | SP_ACK, c->iss + 1, c->irs + 1, 10);
    sp_vars(c, c->iss + 1, c->iss + 11, c->irs + 1);
}

CELL(SYN_RECEIVED, SEND, syn_received_send_is_queued)
{
    sp_send(c, 10);
    sp_in(c, SP_SYN_RECEIVED);
    sp_accepted(c);
    sp_silent(c);
    sp_vars(c, c->iss, c->iss + 1, c->irs + 1);
    sp_that(c, c->tcb.snd_end == c->iss + 11, "ten octets are queued");
}

CELL(SYN_RECEIVED, SEND, syn_received_send_goes_out_when_established)
{
    sp_send(c, 10);
    sp_arrive(c, SP_ACK, c->irs + 1, c->iss + 1, 0);
    sp_in(c, SP_ESTABLISHED);
    sp_one(c, SP_PSH | SP_ACK, c->iss + 1, c->irs + 1, 10);
}

CELL(ESTABLISHED, SEND, established_send_goes_out_with_an_ack)
{
    sp_send(c, 10);
    sp_in(c, SP_ESTABLISHED);
    sp_accepted(c);
    sp_one(c, SP_PSH | SP_ACK, c->nxt, c->rcv, 10);
    sp_vars(c, c->una, c->nxt + 10, c->rcv);
    sp_that(c, (c->tcb.timers & SP_TIMER_RETRANSMISSION) != 0, "the text may be lost");
    sp_told(c, 0);
}

/* [9293 MUST-16] [9293 SHLD-28]: full segments; the last holds what the window still admits, and
 * PSH only marks the one that empties the queue [9293 MUST-61]. */
CELL(ESTABLISHED, SEND, established_send_is_cut_to_the_mss_and_the_window)
{
    sp_send(c, 1200);
    sp_sent(c, 2);
    sp_is(c, 0, SP_ACK, c->nxt, c->rcv, 536);
    sp_is(c, 1, SP_ACK, c->nxt + 536, c->rcv, 464);
    sp_vars(c, c->una, c->una + 1000, c->rcv);
    sp_that(c, c->tcb.snd_end == c->una + 1200, "two hundred octets wait");
}

CELL(ESTABLISHED, SEND, established_send_pushes_with_the_last_segment)
{
    sp_send(c, 600);
    sp_sent(c, 2);
    sp_is(c, 0, SP_ACK, c->nxt, c->rcv, 536);
    sp_is(c, 1, SP_PSH | SP_ACK, c->nxt + 536, c->rcv, 64);
}

CELL(ESTABLISHED, SEND, established_send_beyond_the_window_waits_for_an_ack)
{
    sp_send(c, 1200);
    sp_arrive(c, SP_ACK, c->rcv, c->una + 1000, 0);
    sp_one(c, SP_PSH | SP_ACK, c->una + 1000, c->rcv, 200);
    sp_vars(c, c->una + 1000, c->una + 1200, c->rcv);
}

CELL(ESTABLISHED, SEND, established_send_of_half_the_sequence_space_is_an_error)
{
    sp_send(c, 0x80000000u);
    sp_refused(c, SP_REPLY_RESOURCES);
}

CELL(ESTABLISHED, SEND, established_second_send_goes_on_where_the_first_ended)
{
    sp_send(c, 10);
    sp_send(c, 20);
    sp_one(c, SP_PSH | SP_ACK, c->nxt + 10, c->rcv, 20);
    sp_vars(c, c->una, c->nxt + 30, c->rcv);
}

CELL(ESTABLISHED, SEND, established_send_does_not_flood)
{
    c->peer_wnd = 60000;
    sp_reach(c, SP_ESTABLISHED);
    sp_send(c, 40000);
    sp_that(c, c->out.sent >= 1, "text goes out");
    sp_covers(c, c->nxt, c->tcb.snd_nxt, false);
    sp_seq went = c->tcb.snd_nxt;
    sp_arrive(c, SP_ACK, c->rcv, went, 0);
    sp_covers(c, went, c->tcb.snd_nxt, false);
    sp_that(c, c->tcb.snd_nxt != went, "and the ACK brings more");
}

CELL(CLOSE_WAIT, SEND, close_wait_send_goes_out_with_an_ack)
{
    sp_send(c, 10);
    sp_in(c, SP_CLOSE_WAIT);
    sp_accepted(c);
    sp_one(c, SP_PSH | SP_ACK, c->nxt, c->rcv, 10);
    sp_vars(c, c->una, c->nxt + 10, c->rcv);
}

/* 3.6: no SEND after CLOSE, although the state is CLOSE-WAIT while the FIN waits. */
CELL(CLOSE_WAIT, SEND, close_wait_send_after_a_waiting_close_is_an_error)
{
    c->peer_wnd = 0;
    sp_reach(c, SP_CLOSE_WAIT);
    sp_send(c, 10);
    sp_silent(c);
    sp_call(c, SP_EVENT_CLOSE);
    sp_in(c, SP_CLOSE_WAIT);
    sp_send(c, 1);
    sp_refused(c, SP_REPLY_CLOSING);
}

CELL(SYN_RECEIVED, SEND, syn_received_send_after_a_waiting_close_is_an_error)
{
    sp_send(c, 10);
    sp_call(c, SP_EVENT_CLOSE);
    sp_in(c, SP_SYN_RECEIVED);
    sp_send(c, 1);
    sp_refused(c, SP_REPLY_CLOSING);
}

CELL(FIN_WAIT_1, SEND, fin_wait_1_send_is_an_error)
{
    sp_send(c, 10);
    sp_refused(c, SP_REPLY_CLOSING);
}

CELL(FIN_WAIT_2, SEND, fin_wait_2_send_is_an_error)
{
    sp_send(c, 10);
    sp_refused(c, SP_REPLY_CLOSING);
}

CELL(CLOSING, SEND, closing_send_is_an_error)
{
    sp_send(c, 10);
    sp_refused(c, SP_REPLY_CLOSING);
}

CELL(LAST_ACK, SEND, last_ack_send_is_an_error)
{
    sp_send(c, 10);
    sp_refused(c, SP_REPLY_CLOSING);
}

CELL(TIME_WAIT, SEND, time_wait_send_is_an_error)
{
    sp_send(c, 10);
    sp_refused(c, SP_REPLY_CLOSING);
}

CELL(LISTEN, SEND, listen_send_forgets_the_passive_open)
{
    sp_send(c, 10);
    sp_arrive(c, SP_SYN, c->irs, 0, 0);
    sp_in(c, SP_SYN_RECEIVED);
    sp_arrive(c, SP_RST, c->irs + 1, 0, 0);
    sp_gone(c);
    sp_told(c, SP_SIGNAL_REFUSED | SP_SIGNAL_DELETED);
}

CELL(LISTEN, SEND, listen_send_of_half_the_sequence_space_is_an_error)
{
    sp_send(c, 0x80000000u);
    sp_refused(c, SP_REPLY_RESOURCES);
}

/* The burst limit of limits.h: three of new text, one place for a reply. */
CELL(ESTABLISHED, SEND, established_send_of_many_segments_goes_out_in_bursts)
{
    c->peer_wnd = 60000;
    sp_reach(c, SP_ESTABLISHED);
    sp_send(c, 40000);
    sp_sent(c, SP_SEND_MAX - 1);
    sp_covers(c, c->nxt, c->nxt + 3 * 536, false);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(closed_send_is_an_error),
        cmocka_unit_test(listen_send_sends_syn_and_text_waits),
        cmocka_unit_test(listen_send_text_goes_out_when_established),
        cmocka_unit_test(listen_send_without_remote_is_an_error),
        cmocka_unit_test(syn_sent_send_is_queued),
        cmocka_unit_test(syn_sent_send_goes_out_with_the_ack_of_the_syn),
        cmocka_unit_test(syn_received_send_is_queued),
        cmocka_unit_test(syn_received_send_goes_out_when_established),
        cmocka_unit_test(established_send_goes_out_with_an_ack),
        cmocka_unit_test(established_send_is_cut_to_the_mss_and_the_window),
        cmocka_unit_test(established_send_pushes_with_the_last_segment),
        cmocka_unit_test(established_send_beyond_the_window_waits_for_an_ack),
        cmocka_unit_test(established_send_of_half_the_sequence_space_is_an_error),
        cmocka_unit_test(established_second_send_goes_on_where_the_first_ended),
        cmocka_unit_test(established_send_does_not_flood),
        cmocka_unit_test(close_wait_send_goes_out_with_an_ack),
        cmocka_unit_test(close_wait_send_after_a_waiting_close_is_an_error),
        cmocka_unit_test(syn_received_send_after_a_waiting_close_is_an_error),
        cmocka_unit_test(fin_wait_1_send_is_an_error),
        cmocka_unit_test(fin_wait_2_send_is_an_error),
        cmocka_unit_test(closing_send_is_an_error),
        cmocka_unit_test(last_ack_send_is_an_error),
        cmocka_unit_test(time_wait_send_is_an_error),
        cmocka_unit_test(listen_send_forgets_the_passive_open),
        cmocka_unit_test(listen_send_of_half_the_sequence_space_is_an_error),
        cmocka_unit_test(established_send_of_many_segments_goes_out_in_bursts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
