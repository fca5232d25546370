/*
 * SEGMENT ARRIVES in SYN-SENT (RFC 9293 3.10.7.3): ACK, then RST, then SYN.
 *
 * The peer's sequence numbers mean nothing yet: only an ACK of our SYN makes a segment credible.
 */
#include "cell.h"

/* -------------------------------------------------------------------------------- bad ACK */

ARRIVES(SYN_SENT, ACK_DUPLICATE, syn_sent_ack_of_iss_draws_rst)
{
    sp_arrive(c, SP_ACK, c->irs, c->iss, 0);
    sp_rst(c, c->iss);
    sp_unchanged(c);
}

ARRIVES(SYN_SENT, ACK_DUPLICATE, syn_sent_ack_below_iss_draws_rst)
{
    sp_arrive(c, SP_ACK, c->irs, c->iss - 9, 0);
    sp_rst(c, c->iss - 9);
    sp_unchanged(c);
}

/* Figure 9: the half-open end answers with an ACK of something never sent. */
ARRIVES(SYN_SENT, ACK_BEYOND, syn_sent_ack_beyond_snd_nxt_draws_rst)
{
    sp_arrive(c, SP_ACK, c->irs, c->iss + 2, 0);
    sp_rst(c, c->iss + 2);
    sp_unchanged(c);
}

ARRIVES(SYN_SENT, SYN_ACK, syn_sent_bad_syn_ack_draws_rst)
{
    sp_arrive(c, SP_SYN | SP_ACK, c->irs, c->iss + 2, 0);
    sp_rst(c, c->iss + 2);
    sp_unchanged(c);
}

ARRIVES(SYN_SENT, SYN_ACK, syn_sent_syn_ack_of_iss_draws_rst)
{
    sp_arrive(c, SP_SYN | SP_ACK, c->irs, c->iss, 0);
    sp_rst(c, c->iss);
    sp_unchanged(c);
}

ARRIVES(SYN_SENT, FIN, syn_sent_fin_with_bad_ack_draws_rst)
{
    sp_arrive(c, SP_FIN | SP_ACK, c->irs, c->iss + 2, 0);
    sp_rst(c, c->iss + 2);
    sp_unchanged(c);
}

ARRIVES(SYN_SENT, TEXT, syn_sent_text_with_bad_ack_draws_rst)
{
    sp_arrive(c, SP_ACK, c->irs, c->iss, 20);
    sp_rst(c, c->iss);
    sp_unchanged(c);
}

/* ------------------------------------------------------------------------------------ RST */

ARRIVES(SYN_SENT, RST_EXACT, syn_sent_rst_with_good_ack_resets)
{
    sp_arrive(c, SP_RST | SP_ACK, 0, c->iss + 1, 0);
    sp_gone(c);
    sp_silent(c);
    sp_told(c, SP_SIGNAL_RESET | SP_SIGNAL_DELETED);
}

/* D1: RCV.NXT has no value here; the sequence number of the RST does not matter. */
ARRIVES(SYN_SENT, RST_EXACT, syn_sent_rst_with_good_ack_resets_at_any_sequence_number)
{
    sp_arrive(c, SP_RST | SP_ACK, c->irs + 12345, c->iss + 1, 0);
    sp_gone(c);
    sp_told(c, SP_SIGNAL_RESET | SP_SIGNAL_DELETED);
}

ARRIVES(SYN_SENT, RST_EXACT, syn_sent_rst_without_ack_is_dropped)
{
    sp_arrive(c, SP_RST, c->irs, 0, 0);
    sp_dropped(c);
}

ARRIVES(SYN_SENT, RST_EXACT, syn_sent_rst_with_ack_of_iss_is_dropped)
{
    sp_arrive(c, SP_RST | SP_ACK, 0, c->iss, 0);
    sp_dropped(c);
}

ARRIVES(SYN_SENT, RST_EXACT, syn_sent_rst_with_ack_beyond_snd_nxt_is_dropped)
{
    sp_arrive(c, SP_RST | SP_ACK, 0, c->iss + 2, 0);
    sp_dropped(c);
}

ARRIVES(SYN_SENT, RST_EXACT, syn_sent_rst_with_syn_and_good_ack_resets)
{
    sp_arrive(c, SP_RST | SP_SYN | SP_ACK, c->irs, c->iss + 1, 0);
    sp_gone(c);
    sp_told(c, SP_SIGNAL_RESET | SP_SIGNAL_DELETED);
}

ARRIVES(SYN_SENT, RST_EXACT, syn_sent_rst_answers_queued_sends)
{
    sp_send(c, 10);
    sp_arrive(c, SP_RST | SP_ACK, 0, c->iss + 1, 0);
    sp_gone(c);
    sp_silent(c);
}

/* Not an RFC: what a careless stack does. */
ARRIVES(SYN_SENT, RST_EXACT, syn_sent_rst_without_ack_resets_under_syn_sent_rst_any)
{
    c->policy.syn_sent_rst = SP_syn_sent_rst_ANY;
    sp_arrive(c, SP_RST, c->irs, 0, 0);
    sp_gone(c);
    sp_told(c, SP_SIGNAL_RESET | SP_SIGNAL_DELETED);
}

/* -------------------------------------------------------------------------------- SYN,ACK */

ARRIVES(SYN_SENT, SYN_ACK, syn_sent_good_syn_ack_establishes_and_acks)
{
    sp_arrive(c, SP_SYN | SP_ACK, c->irs, c->iss + 1, 0);
    sp_in(c, SP_ESTABLISHED);
    sp_acked(c, c->iss + 1, c->irs + 1);
    sp_vars(c, c->iss + 1, c->iss + 1, c->irs + 1);
    sp_that(c, c->tcb.irs == c->irs, "IRS = SEG.SEQ");
    sp_told(c, SP_SIGNAL_OPENED);
    sp_that(c, (c->tcb.timers & SP_TIMER_RETRANSMISSION) == 0, "nothing is left unacknowledged");
}

/* D2, RFC 1122 4.2.2.20(c): the window of the SYN,ACK counts. */
ARRIVES(SYN_SENT, SYN_ACK, syn_sent_good_syn_ack_sets_the_send_window)
{
    c->peer_wnd = 777;
    sp_arrive(c, SP_SYN | SP_ACK, c->irs, c->iss + 1, 0);
    sp_that(c, c->tcb.snd_wnd == 777, "SND.WND = SEG.WND");
    sp_that(c, c->tcb.snd_wl1 == c->irs, "SND.WL1 = SEG.SEQ");
    sp_that(c, c->tcb.snd_wl2 == c->iss + 1, "SND.WL2 = SEG.ACK");
}

ARRIVES(SYN_SENT, SYN_ACK, syn_sent_syn_ack_with_text_delivers_it)
{
    sp_arrive(c, SP_SYN | SP_ACK | SP_PSH, c->irs, c->iss + 1, 20);
    sp_in(c, SP_ESTABLISHED);
    sp_that(c, c->delivered == 20, "the text on the SYN,ACK");
    sp_acked(c, c->iss + 1, c->irs + 21);
}

/* Step 8 runs for a segment that has just established the connection. */
ARRIVES(SYN_SENT, SYN_ACK, syn_sent_syn_ack_with_fin_enters_close_wait)
{
    sp_arrive(c, SP_SYN | SP_FIN | SP_ACK, c->irs, c->iss + 1, 0);
    sp_in(c, SP_CLOSE_WAIT);
    sp_acked(c, c->iss + 1, c->irs + 2);
    sp_told(c, SP_SIGNAL_OPENED | SP_SIGNAL_CLOSING);
}

/* ------------------------------------------------------------------------- SYN without ACK */

/* [9293 MUST-10], Figure 7. */
ARRIVES(SYN_SENT, SYN_INSIDE, syn_sent_syn_opens_simultaneously)
{
    sp_arrive(c, SP_SYN, c->irs, 0, 0);
    sp_in(c, SP_SYN_RECEIVED);
    sp_one(c, SP_SYN | SP_ACK, c->iss, c->irs + 1, 0);
    sp_vars(c, c->iss, c->iss + 1, c->irs + 1);
    sp_that(c, c->tcb.irs == c->irs, "IRS = SEG.SEQ");
    sp_that(c, (c->tcb.flags & SP_TCB_PASSIVE) == 0, "it came from an active OPEN [9293 MUST-11]");
    sp_told(c, 0);
}

ARRIVES(SYN_SENT, SYN_INSIDE, syn_sent_syn_sets_the_send_window)
{
    c->peer_wnd = 777;
    sp_arrive(c, SP_SYN, c->irs, 0, 0);
    sp_that(c, c->tcb.snd_wnd == 777, "SND.WND = SEG.WND");
    sp_that(c, c->tcb.snd_wl1 == c->irs, "SND.WL1 = SEG.SEQ");
}

ARRIVES(SYN_SENT, SYN_INSIDE, syn_sent_syn_with_text_keeps_it_for_later)
{
    sp_arrive(c, SP_SYN, c->irs, 0, 20);
    sp_in(c, SP_SYN_RECEIVED);
    sp_that(c, c->out.delivered == 0, "no text before ESTABLISHED");
}

ARRIVES(SYN_SENT, SYN_INSIDE, syn_sent_syn_is_ignored_under_sim_open_ignore)
{
    c->policy.sim_open = SP_sim_open_IGNORE;
    sp_arrive(c, SP_SYN, c->irs, 0, 0);
    sp_dropped(c);
}

/* ----------------------------------------------------------------------- neither SYN nor RST */

ARRIVES(SYN_SENT, ACK_NEW, syn_sent_good_ack_without_syn_is_dropped)
{
    sp_arrive(c, SP_ACK, c->irs, c->iss + 1, 0);
    sp_dropped(c);
}

ARRIVES(SYN_SENT, FIN, syn_sent_fin_with_good_ack_is_dropped)
{
    sp_arrive(c, SP_FIN | SP_ACK, c->irs, c->iss + 1, 0);
    sp_dropped(c);
}

ARRIVES(SYN_SENT, TEXT, syn_sent_text_with_good_ack_is_dropped)
{
    sp_arrive(c, SP_ACK, c->irs, c->iss + 1, 20);
    sp_dropped(c);
}

ARRIVES(SYN_SENT, NO_ACK, syn_sent_text_without_ack_is_dropped)
{
    sp_arrive(c, SP_PSH, c->irs, 0, 20);
    sp_dropped(c);
}

ARRIVES(SYN_SENT, NO_ACK, syn_sent_fin_without_ack_is_dropped)
{
    sp_arrive(c, SP_FIN, c->irs, 0, 0);
    sp_dropped(c);
}

ARRIVES(SYN_SENT, SYN_INSIDE, syn_sent_syn_with_text_acknowledges_it_once_established)
{
    sp_arrive(c, SP_SYN, c->irs, 0, 20);
    sp_arrive(c, SP_ACK, c->irs + 1, c->iss + 1, 0);
    sp_in(c, SP_ESTABLISHED);
    sp_that(c, c->delivered == 20, "the text of the SYN");
    sp_acked(c, c->iss + 1, c->irs + 21);
}

/* "continue processing at the sixth step": URG is the sixth. */
ARRIVES(SYN_SENT, SYN_ACK, syn_sent_syn_ack_with_urgent_text_announces_it)
{
    struct sp_segment s = sp_seg(c, SP_SYN | SP_ACK | SP_URG, c->irs, c->iss + 1, 20);
    s.urgent = 10;
    sp_arrives(c, s);
    sp_told(c, SP_SIGNAL_OPENED | SP_SIGNAL_URGENT);
}

ARRIVES(SYN_SENT, SYN_ACK, syn_sent_handshake_restarts_the_count_of_retransmissions)
{
    sp_call(c, SP_EVENT_RETRANSMISSION);
    sp_arrive(c, SP_SYN | SP_ACK, c->irs, c->iss + 1, 0);
    sp_that(c, c->tcb.retransmits == 0, "the path works");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(syn_sent_ack_of_iss_draws_rst),
        cmocka_unit_test(syn_sent_ack_below_iss_draws_rst),
        cmocka_unit_test(syn_sent_ack_beyond_snd_nxt_draws_rst),
        cmocka_unit_test(syn_sent_bad_syn_ack_draws_rst),
        cmocka_unit_test(syn_sent_syn_ack_of_iss_draws_rst),
        cmocka_unit_test(syn_sent_fin_with_bad_ack_draws_rst),
        cmocka_unit_test(syn_sent_text_with_bad_ack_draws_rst),
        cmocka_unit_test(syn_sent_rst_with_good_ack_resets),
        cmocka_unit_test(syn_sent_rst_with_good_ack_resets_at_any_sequence_number),
        cmocka_unit_test(syn_sent_rst_without_ack_is_dropped),
        cmocka_unit_test(syn_sent_rst_with_ack_of_iss_is_dropped),
        cmocka_unit_test(syn_sent_rst_with_ack_beyond_snd_nxt_is_dropped),
        cmocka_unit_test(syn_sent_rst_with_syn_and_good_ack_resets),
        cmocka_unit_test(syn_sent_rst_answers_queued_sends),
        cmocka_unit_test(syn_sent_rst_without_ack_resets_under_syn_sent_rst_any),
        cmocka_unit_test(syn_sent_good_syn_ack_establishes_and_acks),
        cmocka_unit_test(syn_sent_good_syn_ack_sets_the_send_window),
        cmocka_unit_test(syn_sent_syn_ack_with_text_delivers_it),
        cmocka_unit_test(syn_sent_syn_ack_with_fin_enters_close_wait),
        cmocka_unit_test(syn_sent_syn_opens_simultaneously),
        cmocka_unit_test(syn_sent_syn_sets_the_send_window),
        cmocka_unit_test(syn_sent_syn_with_text_keeps_it_for_later),
        cmocka_unit_test(syn_sent_syn_is_ignored_under_sim_open_ignore),
        cmocka_unit_test(syn_sent_good_ack_without_syn_is_dropped),
        cmocka_unit_test(syn_sent_fin_with_good_ack_is_dropped),
        cmocka_unit_test(syn_sent_text_with_good_ack_is_dropped),
        cmocka_unit_test(syn_sent_text_without_ack_is_dropped),
        cmocka_unit_test(syn_sent_fin_without_ack_is_dropped),
        cmocka_unit_test(syn_sent_syn_with_text_acknowledges_it_once_established),
        cmocka_unit_test(syn_sent_syn_ack_with_urgent_text_announces_it),
        cmocka_unit_test(syn_sent_handshake_restarts_the_count_of_retransmissions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
