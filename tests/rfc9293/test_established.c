/*
 * SEGMENT ARRIVES in ESTABLISHED (RFC 9293 3.10.7.4, every step).
 *
 * The first file to read of those about synchronized states: the others repeat it where they are
 * the same. Nothing but a RST at RCV.NXT or a FIN leaves the state.
 */
#include "cell.h"

/* ------------------------------------------------------------------------------------ RST */

/* RFC 5961 3.2 */
ARRIVES(ESTABLISHED, RST_EXACT, established_rst_at_rcv_nxt_resets)
{
    sp_arrive(c, SP_RST, c->rcv, 0, 0);
    sp_gone(c);
    sp_silent(c);
    sp_told(c, SP_SIGNAL_RESET | SP_SIGNAL_DELETED);
}

/* [9293 SHLD-2] */
ARRIVES(ESTABLISHED, RST_EXACT, established_rst_with_ack_and_text_resets)
{
    sp_arrive(c, SP_RST | SP_ACK, c->rcv, c->nxt, 20);
    sp_gone(c);
    sp_silent(c);
    sp_told(c, SP_SIGNAL_RESET | SP_SIGNAL_DELETED);
}

ARRIVES(ESTABLISHED, RST_INSIDE, established_inexact_rst_is_challenged)
{
    sp_arrive(c, SP_RST, c->rcv + 1, 0, 0);
    sp_challenged(c);
}

/* D17: RCV.NXT =< SEG.SEQ < RCV.NXT + RCV.WND */
ARRIVES(ESTABLISHED, RST_INSIDE, established_rst_at_the_last_octet_of_the_window_is_challenged)
{
    sp_arrive(c, SP_RST, c->rcv + 3999, 0, 0);
    sp_challenged(c);
}

ARRIVES(ESTABLISHED, RST_OUTSIDE, established_rst_right_of_the_window_is_dropped)
{
    sp_arrive(c, SP_RST, c->rcv + 4000, 0, 0);
    sp_dropped(c);
}

ARRIVES(ESTABLISHED, RST_OUTSIDE, established_rst_left_of_the_window_is_dropped)
{
    sp_arrive(c, SP_RST, c->rcv - 1, 0, 0);
    sp_dropped(c);
}

ARRIVES(ESTABLISHED, RST_OUTSIDE, established_rst_far_outside_is_dropped)
{
    sp_arrive(c, SP_RST, c->rcv + 100000, 0, 0);
    sp_dropped(c);
}

ARRIVES(ESTABLISHED, RST_INSIDE, established_inexact_rst_closes_under_rfc_793)
{
    c->policy.rst_check = SP_rst_check_WINDOW;
    sp_arrive(c, SP_RST, c->rcv + 1, 0, 0);
    sp_gone(c);
    sp_silent(c);
}

/* ------------------------------------------------------------------------------------ SYN */

/* RFC 5961 4.2 */
ARRIVES(ESTABLISHED, SYN_INSIDE, established_syn_inside_is_challenged)
{
    sp_arrive(c, SP_SYN, c->rcv, 0, 0);
    sp_challenged(c);
}

ARRIVES(ESTABLISHED, SYN_OUTSIDE, established_syn_left_of_the_window_is_challenged)
{
    sp_arrive(c, SP_SYN, c->irs, 0, 0);
    sp_challenged(c);
}

ARRIVES(ESTABLISHED, SYN_OUTSIDE, established_syn_right_of_the_window_is_challenged)
{
    sp_arrive(c, SP_SYN, c->rcv + 100000, 0, 0);
    sp_challenged(c);
}

ARRIVES(ESTABLISHED, SYN_ACK, established_duplicate_of_the_syn_ack_is_challenged)
{
    sp_arrive(c, SP_SYN | SP_ACK, c->irs, c->iss + 1, 0);
    sp_challenged(c);
}

ARRIVES(ESTABLISHED, SYN_ACK, established_syn_ack_inside_is_challenged)
{
    sp_arrive(c, SP_SYN | SP_ACK, c->rcv, c->nxt, 0);
    sp_challenged(c);
}

/* RFC 793 3.9: a reset, and the connection is gone. */
ARRIVES(ESTABLISHED, SYN_INSIDE, established_syn_inside_resets_under_rfc_793)
{
    c->policy.syn_check = SP_syn_check_RESET;
    sp_arrive(c, SP_SYN, c->rcv, 0, 0);
    sp_gone(c);
    sp_sent(c, 1);
    sp_that(c, (c->out.segment[0].flags & SP_RST) != 0, "a reset");
}

ARRIVES(ESTABLISHED, SYN_OUTSIDE, established_syn_outside_is_only_acknowledged_under_rfc_793)
{
    c->policy.syn_check = SP_syn_check_RESET;
    sp_arrive(c, SP_SYN, c->rcv + 100000, 0, 0);
    sp_challenged(c);
}

/* ------------------------------------------------------------------------------------ ACK */

ARRIVES(ESTABLISHED, ACK_BEYOND, established_ack_beyond_snd_nxt_is_answered_and_not_believed)
{
    sp_arrive(c, SP_ACK, c->rcv, c->nxt + 1, 0);
    sp_challenged(c);
}

/* RFC 5961 5.2, [9293 MAY-12] */
ARRIVES(ESTABLISHED, ACK_DUPLICATE,
        established_ack_older_than_the_largest_window_is_refused_by_policy)
{
    c->policy.ack_range = SP_ack_range_ON;
    sp_arrive(c, SP_ACK, c->rcv, c->una - 1001, 0);
    sp_challenged(c);
}

/* Figure 10: the sequence number is tested before the ACK. */
ARRIVES(ESTABLISHED, NO_ACK, established_segment_without_ack_outside_draws_an_ack)
{
    sp_arrive(c, SP_PSH, c->rcv - 20, 0, 20);
    sp_challenged(c);
}

ARRIVES(ESTABLISHED, NO_ACK, established_segment_without_ack_is_dropped)
{
    sp_arrive(c, 0, c->rcv, 0, 0);
    sp_dropped(c);
}

ARRIVES(ESTABLISHED, TEXT_OUTSIDE, established_old_text_draws_an_ack)
{
    sp_arrive(c, SP_ACK, c->irs + 1 - 20, c->una, 20);
    sp_challenged(c);
}

ARRIVES(ESTABLISHED, TEXT_OUTSIDE, established_text_right_of_the_window_draws_an_ack)
{
    sp_arrive(c, SP_ACK, c->rcv + 100000, c->una, 20);
    sp_challenged(c);
}

ARRIVES(ESTABLISHED, ACK_DUPLICATE, established_duplicate_ack_changes_nothing)
{
    sp_arrive(c, SP_ACK, c->rcv, c->una, 0);
    sp_silent(c);
    sp_in(c, SP_ESTABLISHED);
    sp_vars(c, c->una, c->nxt, c->rcv);
    sp_told(c, 0);
}

ARRIVES(ESTABLISHED, ACK_DUPLICATE, established_old_ack_changes_nothing)
{
    c->peer_wnd = 5;
    sp_arrive(c, SP_ACK, c->rcv, c->una - 1, 0);
    sp_dropped(c);
}

ARRIVES(ESTABLISHED, ACK_NEW, established_ack_of_text_moves_snd_una)
{
    sp_send(c, 10);
    sp_arrive(c, SP_ACK, c->rcv, c->nxt + 10, 0);
    sp_silent(c);
    sp_vars(c, c->nxt + 10, c->nxt + 10, c->rcv);
    sp_that(c, (c->out.signals & SP_SIGNAL_SENT) != 0, "the SEND is answered with ok");
    sp_that(c, (c->tcb.timers & SP_TIMER_RETRANSMISSION) == 0, "nothing is left unacknowledged");
    sp_told(c, 0);
}

ARRIVES(ESTABLISHED, ACK_NEW, established_ack_of_a_part_keeps_the_rest)
{
    sp_send(c, 10);
    sp_arrive(c, SP_ACK, c->rcv, c->nxt + 4, 0);
    sp_silent(c);
    sp_vars(c, c->nxt + 4, c->nxt + 10, c->rcv);
    sp_that(c, (c->tcb.timers & SP_TIMER_RETRANSMISSION) != 0, "six octets may be lost");
}

ARRIVES(ESTABLISHED, ACK_NEW, established_ack_of_nothing_left_outside_the_window_is_not_used)
{
    sp_send(c, 10);
    sp_arrive(c, SP_ACK, c->rcv, c->nxt + 10, 0);
    sp_send(c, 10);
    sp_arrive(c, SP_ACK, c->rcv - 1, c->nxt + 20, 0);
    sp_challenged(c);
}

ARRIVES(ESTABLISHED, ACK_NEW, established_window_is_updated)
{
    sp_send(c, 10);
    c->peer_wnd = 555;
    sp_arrive(c, SP_ACK, c->rcv, c->nxt + 10, 0);
    sp_that(c, c->tcb.snd_wnd == 555, "SND.WND = SEG.WND");
    sp_that(c, c->tcb.snd_wl1 == c->rcv, "SND.WL1 = SEG.SEQ");
    sp_that(c, c->tcb.snd_wl2 == c->nxt + 10, "SND.WL2 = SEG.ACK");
}

/* SND.UNA =< SEG.ACK: RFC 793 forgot the equal sign. */
ARRIVES(ESTABLISHED, ACK_DUPLICATE, established_duplicate_ack_updates_the_window)
{
    c->peer_wnd = 555;
    sp_arrive(c, SP_ACK, c->rcv, c->una, 0);
    sp_that(c, c->tcb.snd_wnd == 555, "SND.WND = SEG.WND");
    sp_silent(c);
}

ARRIVES(ESTABLISHED, TEXT, established_window_is_not_taken_from_an_older_segment)
{
    c->peer_wnd = 300;
    sp_arrive(c, SP_ACK, c->rcv + 20, c->una, 20);
    sp_that(c, c->tcb.snd_wnd == 300, "the newer segment's window");
    c->peer_wnd = 900;
    sp_arrive(c, SP_ACK, c->rcv, c->una, 20);
    sp_that(c, c->tcb.snd_wnd == 300,
            "SND.WL1 > SEG.SEQ: an older segment says nothing of the window");
}

ARRIVES(ESTABLISHED, ACK_NEW, established_window_is_not_taken_from_an_older_ack)
{
    sp_send(c, 10);
    c->peer_wnd = 300;
    sp_arrive(c, SP_ACK, c->rcv, c->nxt + 10, 0);
    c->peer_wnd = 900;
    sp_arrive(c, SP_ACK, c->rcv, c->nxt + 5, 0);
    sp_that(c, c->tcb.snd_wnd == 300, "an old ACK says nothing of the window");
}

/* ----------------------------------------------------------------------------------- text */

ARRIVES(ESTABLISHED, TEXT, established_text_in_order_is_delivered_and_acknowledged)
{
    sp_arrive(c, SP_PSH | SP_ACK, c->rcv, c->una, 20);
    sp_in(c, SP_ESTABLISHED);
    sp_acked(c, c->nxt, c->rcv + 20);
    sp_vars(c, c->una, c->nxt, c->rcv + 20);
    sp_that(c, c->delivered == 20, "twenty octets");
    sp_that(c, (c->out.signals & SP_SIGNAL_PUSHED) != 0, "PUSH is passed on");
    sp_that(c, c->out.taken.left == c->rcv && c->out.taken.right == c->rcv + 20, "what was taken");
    sp_told(c, 0);
}

ARRIVES(ESTABLISHED, TEXT, established_text_is_trimmed_to_what_is_new)
{
    sp_arrive(c, SP_ACK, c->rcv, c->una, 20);
    sp_arrive(c, SP_ACK, c->rcv + 10, c->una, 20);
    sp_acked(c, c->nxt, c->rcv + 30);
    sp_that(c, c->delivered == 30, "no octet twice");
    sp_that(c, c->out.taken.left == c->rcv + 20 && c->out.taken.right == c->rcv + 30,
            "the new ten");
}

ARRIVES(ESTABLISHED, TEXT, established_text_is_trimmed_to_the_window)
{
    c->open.buffer = 30;
    sp_reach(c, SP_ESTABLISHED);
    sp_arrive(c, SP_ACK, c->rcv, c->una, 40);
    sp_that(c, c->delivered == 30, "what the window admits");
    sp_acked(c, c->nxt, c->rcv + 30);
}

ARRIVES(ESTABLISHED, TEXT_OUTSIDE, established_duplicate_of_text_draws_an_ack_and_is_not_delivered)
{
    sp_arrive(c, SP_ACK, c->rcv, c->una, 20);
    sp_arrive(c, SP_ACK, c->rcv, c->una, 20);
    sp_challenged(c);
    sp_that(c, c->delivered == 20, "once");
}

/* [9293 SHLD-31] [9293 MAY-13] */
ARRIVES(ESTABLISHED, TEXT, established_text_out_of_order_is_held_and_joins)
{
    sp_arrive(c, SP_ACK, c->rcv + 20, c->una, 20);
    sp_acked(c, c->nxt, c->rcv);
    sp_that(c, c->out.delivered == 0, "nothing is delivered out of order");
    sp_that(c, c->out.taken.left == c->rcv + 20 && c->out.taken.right == c->rcv + 40, "it is held");
    sp_arrive(c, SP_ACK, c->rcv, c->una, 20);
    sp_acked(c, c->nxt, c->rcv + 40);
    sp_that(c, c->delivered == 40, "both");
}

ARRIVES(ESTABLISHED, TEXT, established_text_out_of_order_is_dropped_by_policy)
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
ARRIVES(ESTABLISHED, NO_ACK, established_text_without_ack_is_dropped)
{
    sp_arrive(c, SP_PSH, c->rcv, 0, 20);
    sp_dropped(c);
}

ARRIVES(ESTABLISHED, ACK_BEYOND, established_text_with_ack_beyond_snd_nxt_is_not_taken)
{
    sp_arrive(c, SP_ACK, c->rcv, c->nxt + 1, 20);
    sp_challenged(c);
}

ARRIVES(ESTABLISHED, ACK_DUPLICATE, established_text_with_an_old_ack_is_taken)
{
    sp_arrive(c, SP_ACK, c->rcv, c->una - 1, 20);
    sp_acked(c, c->nxt, c->rcv + 20);
    sp_that(c, c->delivered == 20, "a duplicate ACK is ignored, its segment is not");
}

/* ------------------------------------------------------------------------------------ FIN */

/* [9293 MUST-12] */
ARRIVES(ESTABLISHED, FIN, established_fin_enters_close_wait)
{
    sp_arrive(c, SP_FIN | SP_ACK, c->rcv, c->una, 0);
    sp_in(c, SP_CLOSE_WAIT);
    sp_acked(c, c->nxt, c->rcv + 1);
    sp_vars(c, c->una, c->nxt, c->rcv + 1);
    sp_told(c, SP_SIGNAL_CLOSING);
    sp_that(c, (c->tcb.flags & SP_TCB_FIN_RECEIVED) != 0, "the FIN was received");
}

ARRIVES(ESTABLISHED, FIN, established_fin_with_text_delivers_and_enters_close_wait)
{
    sp_arrive(c, SP_FIN | SP_ACK, c->rcv, c->una, 20);
    sp_in(c, SP_CLOSE_WAIT);
    sp_acked(c, c->nxt, c->rcv + 21);
    sp_that(c, c->delivered == 20, "the text before the FIN");
    sp_told(c, SP_SIGNAL_CLOSING);
}

ARRIVES(ESTABLISHED, FIN, established_fin_ahead_of_a_gap_does_not_end_the_stream)
{
    sp_arrive(c, SP_FIN | SP_ACK, c->rcv + 20, c->una, 0);
    sp_in(c, SP_ESTABLISHED);
    sp_acked(c, c->nxt, c->rcv);
    sp_told(c, 0);
}

ARRIVES(ESTABLISHED, FIN, established_held_fin_counts_when_the_gap_closes)
{
    sp_arrive(c, SP_FIN | SP_ACK, c->rcv + 20, c->una, 10);
    sp_in(c, SP_ESTABLISHED);
    sp_arrive(c, SP_ACK, c->rcv, c->una, 20);
    sp_in(c, SP_CLOSE_WAIT);
    sp_acked(c, c->nxt, c->rcv + 31);
    sp_that(c, c->delivered == 30, "all text before the FIN");
    sp_told(c, SP_SIGNAL_CLOSING);
}

ARRIVES(ESTABLISHED, FIN, established_fin_without_ack_is_dropped)
{
    sp_arrive(c, SP_FIN, c->rcv, 0, 0);
    sp_dropped(c);
    sp_arrive(c, SP_FIN | SP_ACK, c->rcv, c->una, 0);
    sp_in(c, SP_CLOSE_WAIT);
}

ARRIVES(ESTABLISHED, FIN, established_fin_beyond_the_window_is_trimmed)
{
    c->open.buffer = 20;
    sp_reach(c, SP_ESTABLISHED);
    sp_arrive(c, SP_FIN | SP_ACK, c->rcv, c->una, 20);
    sp_that(c, c->delivered == 20, "the text fits");
    sp_in(c, SP_ESTABLISHED);
    sp_acked(c, c->nxt, c->rcv + 20);
}

ARRIVES(ESTABLISHED, ACK_NEW, established_ack_with_text_is_one_segment)
{
    sp_send(c, 1200);
    sp_arrive(c, SP_ACK, c->rcv, c->nxt + 1000, 20);
    sp_one(c, SP_PSH | SP_ACK, c->nxt + 1000, c->rcv + 20, 200);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(established_rst_at_rcv_nxt_resets),
        cmocka_unit_test(established_rst_with_ack_and_text_resets),
        cmocka_unit_test(established_inexact_rst_is_challenged),
        cmocka_unit_test(established_rst_at_the_last_octet_of_the_window_is_challenged),
        cmocka_unit_test(established_rst_right_of_the_window_is_dropped),
        cmocka_unit_test(established_rst_left_of_the_window_is_dropped),
        cmocka_unit_test(established_rst_far_outside_is_dropped),
        cmocka_unit_test(established_inexact_rst_closes_under_rfc_793),
        cmocka_unit_test(established_syn_inside_is_challenged),
        cmocka_unit_test(established_syn_left_of_the_window_is_challenged),
        cmocka_unit_test(established_syn_right_of_the_window_is_challenged),
        cmocka_unit_test(established_duplicate_of_the_syn_ack_is_challenged),
        cmocka_unit_test(established_syn_ack_inside_is_challenged),
        cmocka_unit_test(established_syn_inside_resets_under_rfc_793),
        cmocka_unit_test(established_syn_outside_is_only_acknowledged_under_rfc_793),
        cmocka_unit_test(established_ack_beyond_snd_nxt_is_answered_and_not_believed),
        cmocka_unit_test(established_ack_older_than_the_largest_window_is_refused_by_policy),
        cmocka_unit_test(established_segment_without_ack_outside_draws_an_ack),
        cmocka_unit_test(established_segment_without_ack_is_dropped),
        cmocka_unit_test(established_old_text_draws_an_ack),
        cmocka_unit_test(established_text_right_of_the_window_draws_an_ack),
        cmocka_unit_test(established_duplicate_ack_changes_nothing),
        cmocka_unit_test(established_old_ack_changes_nothing),
        cmocka_unit_test(established_ack_of_text_moves_snd_una),
        cmocka_unit_test(established_ack_of_a_part_keeps_the_rest),
        cmocka_unit_test(established_ack_of_nothing_left_outside_the_window_is_not_used),
        cmocka_unit_test(established_window_is_updated),
        cmocka_unit_test(established_duplicate_ack_updates_the_window),
        cmocka_unit_test(established_window_is_not_taken_from_an_older_segment),
        cmocka_unit_test(established_window_is_not_taken_from_an_older_ack),
        cmocka_unit_test(established_text_in_order_is_delivered_and_acknowledged),
        cmocka_unit_test(established_text_is_trimmed_to_what_is_new),
        cmocka_unit_test(established_text_is_trimmed_to_the_window),
        cmocka_unit_test(established_duplicate_of_text_draws_an_ack_and_is_not_delivered),
        cmocka_unit_test(established_text_out_of_order_is_held_and_joins),
        cmocka_unit_test(established_text_out_of_order_is_dropped_by_policy),
        cmocka_unit_test(established_text_without_ack_is_dropped),
        cmocka_unit_test(established_text_with_ack_beyond_snd_nxt_is_not_taken),
        cmocka_unit_test(established_text_with_an_old_ack_is_taken),
        cmocka_unit_test(established_fin_enters_close_wait),
        cmocka_unit_test(established_fin_with_text_delivers_and_enters_close_wait),
        cmocka_unit_test(established_fin_ahead_of_a_gap_does_not_end_the_stream),
        cmocka_unit_test(established_held_fin_counts_when_the_gap_closes),
        cmocka_unit_test(established_fin_without_ack_is_dropped),
        cmocka_unit_test(established_fin_beyond_the_window_is_trimmed),
        cmocka_unit_test(established_ack_with_text_is_one_segment),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
