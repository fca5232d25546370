/*
 * Sequence numbers that pass from 0xffffffff to 0 (RFC 9293 3.4).
 *
 * All other tests run at such numbers too; here the numbers are written out.
 */
#include "cell.h"

/* An endpoint with these initial sequence numbers instead of those of the run. */
static void at(struct sp_cell *c, enum sp_state state, sp_seq iss, sp_seq irs)
{
    c->iss = iss;
    c->irs = irs;
    c->event_iss = iss;
    sp_reach(c, state);
}

CELL(CLOSED, OPEN_ACTIVE, closed_open_active_at_the_last_number_sends_it)
{
    at(c, SP_CLOSED, 0xffffffffu, 7);
    sp_call(c, SP_EVENT_OPEN_ACTIVE);
    sp_one(c, SP_SYN, 0xffffffffu, 0, 0);
    sp_that(c, c->tcb.snd_nxt == 0, "SND.NXT = ISS + 1 = 0");
}

ARRIVES(SYN_SENT, SYN_ACK, syn_sent_ack_of_zero_is_good_after_the_last_number)
{
    at(c, SP_SYN_SENT, 0xffffffffu, 0xffffffffu);
    sp_arrive(c, SP_SYN | SP_ACK, 0xffffffffu, 0, 0);
    sp_in(c, SP_ESTABLISHED);
    sp_acked(c, 0, 0);
}

ARRIVES(SYN_SENT, ACK_DUPLICATE, syn_sent_ack_of_the_last_number_is_bad)
{
    at(c, SP_SYN_SENT, 0xffffffffu, 7);
    sp_arrive(c, SP_ACK, 7, 0xffffffffu, 0);
    sp_rst(c, 0xffffffffu);
}

ARRIVES(LISTEN, SYN_INSIDE, listen_syn_at_the_last_number_is_acknowledged_with_zero)
{
    at(c, SP_LISTEN, 0xffffffffu, 0xffffffffu);
    sp_arrive(c, SP_SYN, 0xffffffffu, 0, 0);
    sp_one(c, SP_SYN | SP_ACK, 0xffffffffu, 0, 0);
    sp_that(c, c->tcb.rcv_nxt == 0 && c->tcb.snd_nxt == 0, "both are 0");
}

CELL(ESTABLISHED, SEND, established_text_crosses_zero)
{
    at(c, SP_ESTABLISHED, 0xfffffffau, 7);
    sp_send(c, 10);
    sp_one(c, SP_PSH | SP_ACK, 0xfffffffbu, 8, 10);
    sp_that(c, c->tcb.snd_nxt == 5, "0xfffffffb + 10");
    sp_arrive(c, SP_ACK, 8, 2, 0);
    sp_that(c, c->tcb.snd_una == 2, "an ACK behind zero is newer than one before it");
    sp_arrive(c, SP_ACK, 8, 0xfffffffdu, 0);
    sp_that(c, c->tcb.snd_una == 2, "one before zero is older");
    sp_arrive(c, SP_ACK, 8, 5, 0);
    sp_that(c, c->tcb.snd_una == 5, "all of it");
}

ARRIVES(ESTABLISHED, ACK_BEYOND, established_ack_beyond_zero_is_beyond)
{
    at(c, SP_ESTABLISHED, 0xfffffff0u, 7);
    sp_send(c, 10);
    sp_arrive(c, SP_ACK, 8, 3, 0);
    sp_acked(c, 0xfffffffbu, 8);
    sp_that(c, c->tcb.snd_una == 0xfffffff1u, "nothing is acknowledged");
}

/* RFC 5961 5.2: acceptable only when SND.UNA - MAX.SND.WND =< SEG.ACK =< SND.MAX, here all one
 * number; the one 2^31 away is neither less nor more. */
ARRIVES(ESTABLISHED, ACK_DUPLICATE, established_ack_half_the_circle_away_is_answered)
{
    c->policy.ack_range = SP_ack_range_ON;
    c->peer_wnd = 0;
    at(c, SP_ESTABLISHED, 100, 7);
    sp_arrive(c, SP_ACK, 8, 101, 0);
    sp_silent(c);
    sp_arrive(c, SP_ACK, 8, 101 + 0x80000000u, 0);
    sp_acked(c, 101, 8);
    sp_that(c, c->tcb.snd_una == 101, "nothing is acknowledged");
}

ARRIVES(ESTABLISHED, TEXT, established_text_that_crosses_zero_arrives)
{
    at(c, SP_ESTABLISHED, 7, 0xfffffffau);
    sp_arrive(c, SP_ACK, 0xfffffffbu, 8, 10);
    sp_acked(c, 8, 5);
    sp_that(c, c->delivered == 10, "ten octets");
}

ARRIVES(ESTABLISHED, TEXT, established_held_text_behind_zero_joins)
{
    at(c, SP_ESTABLISHED, 7, 0xfffffffau);
    sp_arrive(c, SP_ACK, 0, 8, 5);
    sp_acked(c, 8, 0xfffffffbu);
    sp_arrive(c, SP_ACK, 0xfffffffbu, 8, 5);
    sp_acked(c, 8, 5);
    sp_that(c, c->delivered == 10, "ten octets");
}

ARRIVES(ESTABLISHED, RST_INSIDE, established_window_that_crosses_zero_has_two_edges)
{
    at(c, SP_ESTABLISHED, 7, 0xffffff00u);
    sp_arrive(c, SP_RST, 0xffffff00u, 0, 0);
    sp_dropped(c);
    sp_arrive(c, SP_RST, 0xffffff01u + 4000u, 0, 0);
    sp_dropped(c);
    sp_arrive(c, SP_RST, 0xffffff01u + 3999u, 0, 0);
    sp_challenged(c);
    sp_arrive(c, SP_RST, 0xffffff01u, 0, 0);
    sp_gone(c);
}

ARRIVES(ESTABLISHED, FIN, established_fin_at_the_last_number_is_acknowledged_with_zero)
{
    at(c, SP_ESTABLISHED, 7, 0xfffffffeu);
    sp_arrive(c, SP_FIN | SP_ACK, 0xffffffffu, 8, 0);
    sp_in(c, SP_CLOSE_WAIT);
    sp_acked(c, 8, 0);
}

ARRIVES(FIN_WAIT_1, ACK_NEW, fin_wait_1_own_fin_at_the_last_number_is_acknowledged_by_zero)
{
    at(c, SP_FIN_WAIT_1, 0xfffffffeu, 7);
    sp_arrive(c, SP_ACK, 8, 0, 0);
    sp_in(c, SP_FIN_WAIT_2);
}

ARRIVES(ESTABLISHED, ACK_DUPLICATE, established_window_update_behind_zero_is_newer)
{
    at(c, SP_ESTABLISHED, 7, 0xfffffffau);
    sp_arrive(c, SP_ACK, 0xfffffffbu, 8, 10);
    c->peer_wnd = 444;
    sp_arrive(c, SP_ACK, 5, 8, 0);
    sp_that(c, c->tcb.snd_wnd == 444, "WL1 = 0xfffffffb < 5");
}

ARRIVES(TIME_WAIT, SYN_INSIDE, time_wait_syn_behind_zero_is_newer)
{
    c->policy.tw_reopen = SP_tw_reopen_SEQ;
    at(c, SP_TIME_WAIT, 7, 0xfffffff0u);
    c->event_iss = 1000000;
    sp_arrive(c, SP_SYN, 3, 0, 0);
    sp_in(c, SP_SYN_RECEIVED);
    sp_one(c, SP_SYN | SP_ACK, 1000000, 4, 0);
}

ARRIVES(CLOSED, SYN_INSIDE, closed_syn_at_the_last_number_draws_rst_that_acknowledges_zero)
{
    sp_arrive(c, SP_SYN, 0xffffffffu, 0, 0);
    sp_rst_ack(c, 0);
}

/* Four thousand octets each way, a segment at a time, from every pair of numbers. */
ARRIVES(ESTABLISHED, TEXT, established_streams_run_through_the_whole_window)
{
    for (unsigned i = 0; i < 100; i++) {
        sp_arrive(c, SP_ACK, c->rcv + 400 * i, c->nxt, 400);
        sp_acked(c, c->nxt, c->rcv + 400 * i + 400);
    }
    for (unsigned i = 0; i < 100; i++) {
        sp_send(c, 400);
        sp_one(c, SP_PSH | SP_ACK, c->nxt + 400 * i, c->rcv + 40000, 400);
        sp_arrive(c, SP_ACK, c->rcv + 40000, c->nxt + 400 * i + 400, 0);
    }
    sp_that(c, c->delivered == 40000, "every octet once");
    sp_vars(c, c->nxt + 40000, c->nxt + 40000, c->rcv + 40000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(closed_open_active_at_the_last_number_sends_it),
        cmocka_unit_test(syn_sent_ack_of_zero_is_good_after_the_last_number),
        cmocka_unit_test(syn_sent_ack_of_the_last_number_is_bad),
        cmocka_unit_test(listen_syn_at_the_last_number_is_acknowledged_with_zero),
        cmocka_unit_test(established_text_crosses_zero),
        cmocka_unit_test(established_ack_beyond_zero_is_beyond),
        cmocka_unit_test(established_ack_half_the_circle_away_is_answered),
        cmocka_unit_test(established_text_that_crosses_zero_arrives),
        cmocka_unit_test(established_held_text_behind_zero_joins),
        cmocka_unit_test(established_window_that_crosses_zero_has_two_edges),
        cmocka_unit_test(established_fin_at_the_last_number_is_acknowledged_with_zero),
        cmocka_unit_test(fin_wait_1_own_fin_at_the_last_number_is_acknowledged_by_zero),
        cmocka_unit_test(established_window_update_behind_zero_is_newer),
        cmocka_unit_test(time_wait_syn_behind_zero_is_newer),
        cmocka_unit_test(closed_syn_at_the_last_number_draws_rst_that_acknowledges_zero),
        cmocka_unit_test(established_streams_run_through_the_whole_window),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
