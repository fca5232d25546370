/*
 * SEGMENT ARRIVES in FIN-WAIT-1 (RFC 9293 3.10.7.4): our FIN is on its way.
 *
 * As ESTABLISHED, and in addition the ACK of the FIN counts. Text still arrives and is delivered.
 */
#include "cell.h"

/* ------------------------------------------------------------------------------------ RST */

/* RFC 5961 3.2 */
ARRIVES(FIN_WAIT_1, RST_EXACT, fin_wait_1_rst_at_rcv_nxt_resets)
{
    sp_arrive(c, SP_RST, c->rcv, 0, 0);
    sp_gone(c);
    sp_silent(c);
    sp_told(c, SP_SIGNAL_RESET | SP_SIGNAL_DELETED);
}

ARRIVES(FIN_WAIT_1, RST_INSIDE, fin_wait_1_inexact_rst_is_challenged)
{
    sp_arrive(c, SP_RST, c->rcv + 1, 0, 0);
    sp_challenged(c);
}

/* D17: RCV.NXT =< SEG.SEQ < RCV.NXT + RCV.WND */
ARRIVES(FIN_WAIT_1, RST_INSIDE, fin_wait_1_rst_at_the_last_octet_of_the_window_is_challenged)
{
    sp_arrive(c, SP_RST, c->rcv + 3999, 0, 0);
    sp_challenged(c);
}

ARRIVES(FIN_WAIT_1, RST_OUTSIDE, fin_wait_1_rst_right_of_the_window_is_dropped)
{
    sp_arrive(c, SP_RST, c->rcv + 4000, 0, 0);
    sp_dropped(c);
}

ARRIVES(FIN_WAIT_1, RST_OUTSIDE, fin_wait_1_rst_left_of_the_window_is_dropped)
{
    sp_arrive(c, SP_RST, c->rcv - 1, 0, 0);
    sp_dropped(c);
}

ARRIVES(FIN_WAIT_1, RST_OUTSIDE, fin_wait_1_rst_far_outside_is_dropped)
{
    sp_arrive(c, SP_RST, c->rcv + 100000, 0, 0);
    sp_dropped(c);
}

ARRIVES(FIN_WAIT_1, RST_INSIDE, fin_wait_1_inexact_rst_closes_under_rfc_793)
{
    c->policy.rst_check = SP_rst_check_WINDOW;
    sp_arrive(c, SP_RST, c->rcv + 1, 0, 0);
    sp_gone(c);
    sp_silent(c);
}

/* ------------------------------------------------------------------------------------ SYN */

/* RFC 5961 4.2 */
ARRIVES(FIN_WAIT_1, SYN_INSIDE, fin_wait_1_syn_inside_is_challenged)
{
    sp_arrive(c, SP_SYN, c->rcv, 0, 0);
    sp_challenged(c);
}

ARRIVES(FIN_WAIT_1, SYN_OUTSIDE, fin_wait_1_syn_left_of_the_window_is_challenged)
{
    sp_arrive(c, SP_SYN, c->irs, 0, 0);
    sp_challenged(c);
}

ARRIVES(FIN_WAIT_1, SYN_OUTSIDE, fin_wait_1_syn_right_of_the_window_is_challenged)
{
    sp_arrive(c, SP_SYN, c->rcv + 100000, 0, 0);
    sp_challenged(c);
}

ARRIVES(FIN_WAIT_1, SYN_ACK, fin_wait_1_duplicate_of_the_syn_ack_is_challenged)
{
    sp_arrive(c, SP_SYN | SP_ACK, c->irs, c->iss + 1, 0);
    sp_challenged(c);
}

ARRIVES(FIN_WAIT_1, SYN_ACK, fin_wait_1_syn_ack_inside_is_challenged)
{
    sp_arrive(c, SP_SYN | SP_ACK, c->rcv, c->nxt, 0);
    sp_challenged(c);
}

/* RFC 793 3.9: a reset, and the connection is gone. */
ARRIVES(FIN_WAIT_1, SYN_INSIDE, fin_wait_1_syn_inside_resets_under_rfc_793)
{
    c->policy.syn_check = SP_syn_check_RESET;
    sp_arrive(c, SP_SYN, c->rcv, 0, 0);
    sp_gone(c);
    sp_sent(c, 1);
    sp_that(c, (c->out.segment[0].flags & SP_RST) != 0, "a reset");
}

ARRIVES(FIN_WAIT_1, SYN_OUTSIDE, fin_wait_1_syn_outside_is_only_acknowledged_under_rfc_793)
{
    c->policy.syn_check = SP_syn_check_RESET;
    sp_arrive(c, SP_SYN, c->rcv + 100000, 0, 0);
    sp_challenged(c);
}

/* ------------------------------------------------------------------------------------ ACK */

ARRIVES(FIN_WAIT_1, ACK_BEYOND, fin_wait_1_ack_beyond_snd_nxt_is_answered_and_not_believed)
{
    sp_arrive(c, SP_ACK, c->rcv, c->nxt + 1, 0);
    sp_challenged(c);
}

/* RFC 5961 5.2, [9293 MAY-12] */
ARRIVES(FIN_WAIT_1, ACK_DUPLICATE,
        fin_wait_1_ack_older_than_the_largest_window_is_refused_by_policy)
{
    c->policy.ack_range = SP_ack_range_ON;
    sp_arrive(c, SP_ACK, c->rcv, c->una - 1001, 0);
    sp_challenged(c);
}

/* Figure 10: the sequence number is tested before the ACK. */
ARRIVES(FIN_WAIT_1, NO_ACK, fin_wait_1_segment_without_ack_outside_draws_an_ack)
{
    sp_arrive(c, SP_PSH, c->rcv - 20, 0, 20);
    sp_challenged(c);
}

ARRIVES(FIN_WAIT_1, NO_ACK, fin_wait_1_segment_without_ack_is_dropped)
{
    sp_arrive(c, 0, c->rcv, 0, 0);
    sp_dropped(c);
}

ARRIVES(FIN_WAIT_1, TEXT_OUTSIDE, fin_wait_1_old_text_draws_an_ack)
{
    sp_arrive(c, SP_ACK, c->irs + 1 - 20, c->una, 20);
    sp_challenged(c);
}

ARRIVES(FIN_WAIT_1, TEXT_OUTSIDE, fin_wait_1_text_right_of_the_window_draws_an_ack)
{
    sp_arrive(c, SP_ACK, c->rcv + 100000, c->una, 20);
    sp_challenged(c);
}

ARRIVES(FIN_WAIT_1, ACK_NEW, fin_wait_1_ack_of_the_fin_enters_fin_wait_2)
{
    sp_arrive(c, SP_ACK, c->rcv, c->nxt, 0);
    sp_in(c, SP_FIN_WAIT_2);
    sp_silent(c);
    sp_vars(c, c->nxt, c->nxt, c->rcv);
    sp_that(c, (c->out.signals & SP_SIGNAL_CLOSED) != 0, "the CLOSE is answered with ok");
    sp_that(c, (c->tcb.timers & SP_TIMER_RETRANSMISSION) == 0, "nothing is left unacknowledged");
    sp_told(c, 0);
}

ARRIVES(FIN_WAIT_1, ACK_NEW, fin_wait_1_ack_of_text_before_the_fin_stays)
{
    sp_reach(c, SP_ESTABLISHED);
    sp_send(c, 10);
    sp_call(c, SP_EVENT_CLOSE);
    sp_arrive(c, SP_ACK, c->rcv, c->nxt + 10, 0);
    sp_in(c, SP_FIN_WAIT_1);
    sp_vars(c, c->nxt + 10, c->nxt + 11, c->rcv);
    sp_arrive(c, SP_ACK, c->rcv, c->nxt + 11, 0);
    sp_in(c, SP_FIN_WAIT_2);
}

ARRIVES(FIN_WAIT_1, ACK_NEW, fin_wait_1_from_syn_received_ack_of_the_syn_alone_stays)
{
    sp_reach(c, SP_SYN_RECEIVED);
    sp_call(c, SP_EVENT_CLOSE);
    sp_in(c, SP_FIN_WAIT_1);
    sp_arrive(c, SP_ACK, c->irs + 1, c->iss + 1, 0);
    sp_in(c, SP_FIN_WAIT_1);
    sp_vars(c, c->iss + 1, c->iss + 2, c->irs + 1);
    sp_that(c, c->tcb.snd_wnd == 1000, "SND.WND is known (D15)");
    sp_arrive(c, SP_ACK, c->irs + 1, c->iss + 2, 0);
    sp_in(c, SP_FIN_WAIT_2);
}

/* D15: the way back to LISTEN is lost with the state. */
ARRIVES(FIN_WAIT_1, RST_EXACT, fin_wait_1_from_syn_received_rst_resets)
{
    sp_reach(c, SP_SYN_RECEIVED);
    sp_call(c, SP_EVENT_CLOSE);
    sp_arrive(c, SP_RST, c->irs + 1, 0, 0);
    sp_gone(c);
    sp_told(c, SP_SIGNAL_RESET | SP_SIGNAL_DELETED);
}

ARRIVES(FIN_WAIT_1, ACK_DUPLICATE, fin_wait_1_duplicate_ack_changes_nothing)
{
    sp_arrive(c, SP_ACK, c->rcv, c->una, 0);
    sp_silent(c);
    sp_in(c, SP_FIN_WAIT_1);
    sp_vars(c, c->una, c->nxt, c->rcv);
    sp_told(c, 0);
}

ARRIVES(FIN_WAIT_1, ACK_DUPLICATE, fin_wait_1_old_ack_changes_nothing)
{
    c->peer_wnd = 5;
    sp_arrive(c, SP_ACK, c->rcv, c->una - 1, 0);
    sp_dropped(c);
}

/* ----------------------------------------------------------------------------------- text */

ARRIVES(FIN_WAIT_1, TEXT, fin_wait_1_text_in_order_is_delivered_and_acknowledged)
{
    sp_arrive(c, SP_PSH | SP_ACK, c->rcv, c->una, 20);
    sp_in(c, SP_FIN_WAIT_1);
    sp_acked(c, c->nxt, c->rcv + 20);
    sp_vars(c, c->una, c->nxt, c->rcv + 20);
    sp_that(c, c->delivered == 20, "twenty octets");
    sp_that(c, (c->out.signals & SP_SIGNAL_PUSHED) != 0, "PUSH is passed on");
    sp_that(c, c->out.taken.left == c->rcv && c->out.taken.right == c->rcv + 20, "what was taken");
    sp_told(c, 0);
}

ARRIVES(FIN_WAIT_1, TEXT, fin_wait_1_text_is_trimmed_to_what_is_new)
{
    sp_arrive(c, SP_ACK, c->rcv, c->una, 20);
    sp_arrive(c, SP_ACK, c->rcv + 10, c->una, 20);
    sp_acked(c, c->nxt, c->rcv + 30);
    sp_that(c, c->delivered == 30, "no octet twice");
    sp_that(c, c->out.taken.left == c->rcv + 20 && c->out.taken.right == c->rcv + 30,
            "the new ten");
}

ARRIVES(FIN_WAIT_1, TEXT, fin_wait_1_text_is_trimmed_to_the_window)
{
    c->open.buffer = 30;
    sp_reach(c, SP_FIN_WAIT_1);
    sp_arrive(c, SP_ACK, c->rcv, c->una, 40);
    sp_that(c, c->delivered == 30, "what the window admits");
    sp_acked(c, c->nxt, c->rcv + 30);
}

ARRIVES(FIN_WAIT_1, TEXT_OUTSIDE, fin_wait_1_duplicate_of_text_draws_an_ack_and_is_not_delivered)
{
    sp_arrive(c, SP_ACK, c->rcv, c->una, 20);
    sp_arrive(c, SP_ACK, c->rcv, c->una, 20);
    sp_challenged(c);
    sp_that(c, c->delivered == 20, "once");
}

/* [9293 SHLD-31] [9293 MAY-13] */
ARRIVES(FIN_WAIT_1, TEXT, fin_wait_1_text_out_of_order_is_held_and_joins)
{
    sp_arrive(c, SP_ACK, c->rcv + 20, c->una, 20);
    sp_acked(c, c->nxt, c->rcv);
    sp_that(c, c->out.delivered == 0, "nothing is delivered out of order");
    sp_that(c, c->out.taken.left == c->rcv + 20 && c->out.taken.right == c->rcv + 40, "it is held");
    sp_arrive(c, SP_ACK, c->rcv, c->una, 20);
    sp_acked(c, c->nxt, c->rcv + 40);
    sp_that(c, c->delivered == 40, "both");
}

ARRIVES(FIN_WAIT_1, TEXT, fin_wait_1_text_out_of_order_is_dropped_by_policy)
{
    c->policy.out_of_order = SP_out_of_order_DROP;
    sp_arrive(c, SP_ACK, c->rcv + 20, c->una, 20);
    sp_maybe_acked(c, c->nxt, c->rcv);
    sp_that(c, c->out.taken.left == c->out.taken.right, "nothing is taken");
    sp_arrive(c, SP_ACK, c->rcv, c->una, 20);
    sp_acked(c, c->nxt, c->rcv + 20);
    sp_that(c, c->delivered == 20, "only the first");
}

/* Step 5: "if the ACK bit is off, drop the segment". */
ARRIVES(FIN_WAIT_1, NO_ACK, fin_wait_1_text_without_ack_is_dropped)
{
    sp_arrive(c, SP_PSH, c->rcv, 0, 20);
    sp_dropped(c);
}

ARRIVES(FIN_WAIT_1, ACK_BEYOND, fin_wait_1_text_with_ack_beyond_snd_nxt_is_not_taken)
{
    sp_arrive(c, SP_ACK, c->rcv, c->nxt + 1, 20);
    sp_challenged(c);
}

ARRIVES(FIN_WAIT_1, ACK_DUPLICATE, fin_wait_1_text_with_an_old_ack_is_taken)
{
    sp_arrive(c, SP_ACK, c->rcv, c->una - 1, 20);
    sp_acked(c, c->nxt, c->rcv + 20);
    sp_that(c, c->delivered == 20, "a duplicate ACK is ignored, its segment is not");
}

/* ------------------------------------------------------------------------------------ FIN */

ARRIVES(FIN_WAIT_1, FIN, fin_wait_1_fin_enters_closing)
{
    sp_arrive(c, SP_FIN | SP_ACK, c->rcv, c->una, 0);
    sp_in(c, SP_CLOSING);
    sp_acked(c, c->nxt, c->rcv + 1);
    sp_vars(c, c->una, c->nxt, c->rcv + 1);
    sp_told(c, SP_SIGNAL_CLOSING);
}

/* Note 2 of Figure 5. */
ARRIVES(FIN_WAIT_1, FIN, fin_wait_1_fin_with_ack_of_the_fin_enters_time_wait)
{
    sp_arrive(c, SP_FIN | SP_ACK, c->rcv, c->nxt, 0);
    sp_in(c, SP_TIME_WAIT);
    sp_acked(c, c->nxt, c->rcv + 1);
    sp_vars(c, c->nxt, c->nxt, c->rcv + 1);
    sp_that(c, c->tcb.timers == SP_TIMER_TIME_WAIT, "2MSL runs, and no other timer");
    sp_told(c, SP_SIGNAL_CLOSING);
}

ARRIVES(FIN_WAIT_1, FIN, fin_wait_1_fin_with_text_delivers_and_enters_closing)
{
    sp_arrive(c, SP_FIN | SP_ACK, c->rcv, c->una, 20);
    sp_in(c, SP_CLOSING);
    sp_acked(c, c->nxt, c->rcv + 21);
    sp_that(c, c->delivered == 20, "the text before the FIN");
}

ARRIVES(FIN_WAIT_1, FIN, fin_wait_1_held_fin_counts_when_the_gap_closes)
{
    sp_arrive(c, SP_FIN | SP_ACK, c->rcv + 20, c->una, 0);
    sp_in(c, SP_FIN_WAIT_1);
    sp_arrive(c, SP_ACK, c->rcv, c->nxt, 20);
    sp_in(c, SP_TIME_WAIT);
    sp_acked(c, c->nxt, c->rcv + 21);
}

/* "positive acknowledgments for buffers that have been SENT": a FIN is none. */
ARRIVES(FIN_WAIT_1, ACK_NEW, fin_wait_1_ack_of_the_fin_alone_answers_no_send)
{
    sp_arrive(c, SP_ACK, c->rcv, c->nxt, 0);
    sp_that(c, (c->out.signals & SP_SIGNAL_SENT) == 0, "nothing was SENT");
}

ARRIVES(FIN_WAIT_1, ACK_NEW, fin_wait_1_ack_of_the_syn_alone_answers_no_send)
{
    sp_reach(c, SP_SYN_RECEIVED);
    sp_call(c, SP_EVENT_CLOSE);
    sp_arrive(c, SP_ACK, c->irs + 1, c->iss + 1, 0);
    sp_that(c, (c->out.signals & SP_SIGNAL_SENT) == 0, "nothing was SENT");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fin_wait_1_rst_at_rcv_nxt_resets),
        cmocka_unit_test(fin_wait_1_inexact_rst_is_challenged),
        cmocka_unit_test(fin_wait_1_rst_at_the_last_octet_of_the_window_is_challenged),
        cmocka_unit_test(fin_wait_1_rst_right_of_the_window_is_dropped),
        cmocka_unit_test(fin_wait_1_rst_left_of_the_window_is_dropped),
        cmocka_unit_test(fin_wait_1_rst_far_outside_is_dropped),
        cmocka_unit_test(fin_wait_1_inexact_rst_closes_under_rfc_793),
        cmocka_unit_test(fin_wait_1_syn_inside_is_challenged),
        cmocka_unit_test(fin_wait_1_syn_left_of_the_window_is_challenged),
        cmocka_unit_test(fin_wait_1_syn_right_of_the_window_is_challenged),
        cmocka_unit_test(fin_wait_1_duplicate_of_the_syn_ack_is_challenged),
        cmocka_unit_test(fin_wait_1_syn_ack_inside_is_challenged),
        cmocka_unit_test(fin_wait_1_syn_inside_resets_under_rfc_793),
        cmocka_unit_test(fin_wait_1_syn_outside_is_only_acknowledged_under_rfc_793),
        cmocka_unit_test(fin_wait_1_ack_beyond_snd_nxt_is_answered_and_not_believed),
        cmocka_unit_test(fin_wait_1_ack_older_than_the_largest_window_is_refused_by_policy),
        cmocka_unit_test(fin_wait_1_segment_without_ack_outside_draws_an_ack),
        cmocka_unit_test(fin_wait_1_segment_without_ack_is_dropped),
        cmocka_unit_test(fin_wait_1_old_text_draws_an_ack),
        cmocka_unit_test(fin_wait_1_text_right_of_the_window_draws_an_ack),
        cmocka_unit_test(fin_wait_1_ack_of_the_fin_enters_fin_wait_2),
        cmocka_unit_test(fin_wait_1_ack_of_text_before_the_fin_stays),
        cmocka_unit_test(fin_wait_1_from_syn_received_ack_of_the_syn_alone_stays),
        cmocka_unit_test(fin_wait_1_from_syn_received_rst_resets),
        cmocka_unit_test(fin_wait_1_duplicate_ack_changes_nothing),
        cmocka_unit_test(fin_wait_1_old_ack_changes_nothing),
        cmocka_unit_test(fin_wait_1_text_in_order_is_delivered_and_acknowledged),
        cmocka_unit_test(fin_wait_1_text_is_trimmed_to_what_is_new),
        cmocka_unit_test(fin_wait_1_text_is_trimmed_to_the_window),
        cmocka_unit_test(fin_wait_1_duplicate_of_text_draws_an_ack_and_is_not_delivered),
        cmocka_unit_test(fin_wait_1_text_out_of_order_is_held_and_joins),
        cmocka_unit_test(fin_wait_1_text_out_of_order_is_dropped_by_policy),
        cmocka_unit_test(fin_wait_1_text_without_ack_is_dropped),
        cmocka_unit_test(fin_wait_1_text_with_ack_beyond_snd_nxt_is_not_taken),
        cmocka_unit_test(fin_wait_1_text_with_an_old_ack_is_taken),
        cmocka_unit_test(fin_wait_1_fin_enters_closing),
        cmocka_unit_test(fin_wait_1_fin_with_ack_of_the_fin_enters_time_wait),
        cmocka_unit_test(fin_wait_1_fin_with_text_delivers_and_enters_closing),
        cmocka_unit_test(fin_wait_1_held_fin_counts_when_the_gap_closes),
        cmocka_unit_test(fin_wait_1_ack_of_the_fin_alone_answers_no_send),
        cmocka_unit_test(fin_wait_1_ack_of_the_syn_alone_answers_no_send),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
