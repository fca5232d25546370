/*
 * SEGMENT ARRIVES in CLOSE-WAIT (RFC 9293 3.10.7.4): the peer's FIN has come.
 *
 * Our side may send for as long as it likes; RCV.NXT never moves again.
 */
#include "cell.h"

/* ------------------------------------------------------------------------------------ RST */

/* RFC 5961 3.2 */
ARRIVES(CLOSE_WAIT, RST_EXACT, close_wait_rst_at_rcv_nxt_resets)
{
    sp_arrive(c, SP_RST, c->rcv, 0, 0);
    sp_gone(c);
    sp_silent(c);
    sp_told(c, SP_SIGNAL_RESET | SP_SIGNAL_DELETED);
}

/* [9293 SHLD-2] */
ARRIVES(CLOSE_WAIT, RST_EXACT, close_wait_rst_with_ack_and_text_resets)
{
    sp_arrive(c, SP_RST | SP_ACK, c->rcv, c->nxt, 20);
    sp_gone(c);
    sp_silent(c);
    sp_told(c, SP_SIGNAL_RESET | SP_SIGNAL_DELETED);
}

ARRIVES(CLOSE_WAIT, RST_INSIDE, close_wait_inexact_rst_is_challenged)
{
    sp_arrive(c, SP_RST, c->rcv + 1, 0, 0);
    sp_challenged(c);
}

ARRIVES(CLOSE_WAIT, RST_OUTSIDE, close_wait_rst_left_of_the_window_is_dropped)
{
    sp_arrive(c, SP_RST, c->rcv - 1, 0, 0);
    sp_dropped(c);
}

ARRIVES(CLOSE_WAIT, RST_OUTSIDE, close_wait_rst_far_outside_is_dropped)
{
    sp_arrive(c, SP_RST, c->rcv + 100000, 0, 0);
    sp_dropped(c);
}

ARRIVES(CLOSE_WAIT, RST_INSIDE, close_wait_inexact_rst_closes_under_rfc_793)
{
    c->policy.rst_check = SP_rst_check_WINDOW;
    sp_arrive(c, SP_RST, c->rcv + 1, 0, 0);
    sp_gone(c);
    sp_silent(c);
}

/* ------------------------------------------------------------------------------------ SYN */

/* RFC 5961 4.2 */
ARRIVES(CLOSE_WAIT, SYN_INSIDE, close_wait_syn_inside_is_challenged)
{
    sp_arrive(c, SP_SYN, c->rcv, 0, 0);
    sp_challenged(c);
}

ARRIVES(CLOSE_WAIT, SYN_OUTSIDE, close_wait_syn_left_of_the_window_is_challenged)
{
    sp_arrive(c, SP_SYN, c->irs, 0, 0);
    sp_challenged(c);
}

ARRIVES(CLOSE_WAIT, SYN_OUTSIDE, close_wait_syn_right_of_the_window_is_challenged)
{
    sp_arrive(c, SP_SYN, c->rcv + 100000, 0, 0);
    sp_challenged(c);
}

ARRIVES(CLOSE_WAIT, SYN_ACK, close_wait_duplicate_of_the_syn_ack_is_challenged)
{
    sp_arrive(c, SP_SYN | SP_ACK, c->irs, c->iss + 1, 0);
    sp_challenged(c);
}

ARRIVES(CLOSE_WAIT, SYN_ACK, close_wait_syn_ack_inside_is_challenged)
{
    sp_arrive(c, SP_SYN | SP_ACK, c->rcv, c->nxt, 0);
    sp_challenged(c);
}

/* RFC 793 3.9: a reset, and the connection is gone. */
ARRIVES(CLOSE_WAIT, SYN_INSIDE, close_wait_syn_inside_resets_under_rfc_793)
{
    c->policy.syn_check = SP_syn_check_RESET;
    sp_arrive(c, SP_SYN, c->rcv, 0, 0);
    sp_gone(c);
    sp_sent(c, 1);
    sp_that(c, (c->out.segment[0].flags & SP_RST) != 0, "a reset");
}

ARRIVES(CLOSE_WAIT, SYN_OUTSIDE, close_wait_syn_outside_is_only_acknowledged_under_rfc_793)
{
    c->policy.syn_check = SP_syn_check_RESET;
    sp_arrive(c, SP_SYN, c->rcv + 100000, 0, 0);
    sp_challenged(c);
}

/* ------------------------------------------------------------------------------------ ACK */

ARRIVES(CLOSE_WAIT, ACK_BEYOND, close_wait_ack_beyond_snd_nxt_is_answered_and_not_believed)
{
    sp_arrive(c, SP_ACK, c->rcv, c->nxt + 1, 0);
    sp_challenged(c);
}

/* RFC 5961 5.2, [9293 MAY-12] */
ARRIVES(CLOSE_WAIT, ACK_DUPLICATE,
        close_wait_ack_older_than_the_largest_window_is_refused_by_policy)
{
    c->policy.ack_range = SP_ack_range_ON;
    sp_arrive(c, SP_ACK, c->rcv, c->una - 1001, 0);
    sp_challenged(c);
}

/* Figure 10: the sequence number is tested before the ACK. */
ARRIVES(CLOSE_WAIT, NO_ACK, close_wait_segment_without_ack_outside_draws_an_ack)
{
    sp_arrive(c, SP_PSH, c->rcv - 20, 0, 20);
    sp_challenged(c);
}

ARRIVES(CLOSE_WAIT, NO_ACK, close_wait_segment_without_ack_is_dropped)
{
    sp_arrive(c, 0, c->rcv, 0, 0);
    sp_dropped(c);
}

ARRIVES(CLOSE_WAIT, TEXT_OUTSIDE, close_wait_old_text_draws_an_ack)
{
    sp_arrive(c, SP_ACK, c->irs + 1 - 20, c->una, 20);
    sp_challenged(c);
}

ARRIVES(CLOSE_WAIT, TEXT_OUTSIDE, close_wait_text_right_of_the_window_draws_an_ack)
{
    sp_arrive(c, SP_ACK, c->rcv + 100000, c->una, 20);
    sp_challenged(c);
}

ARRIVES(CLOSE_WAIT, ACK_DUPLICATE, close_wait_duplicate_ack_changes_nothing)
{
    sp_arrive(c, SP_ACK, c->rcv, c->una, 0);
    sp_silent(c);
    sp_in(c, SP_CLOSE_WAIT);
    sp_vars(c, c->una, c->nxt, c->rcv);
    sp_told(c, 0);
}

ARRIVES(CLOSE_WAIT, ACK_DUPLICATE, close_wait_old_ack_changes_nothing)
{
    c->peer_wnd = 5;
    sp_arrive(c, SP_ACK, c->rcv, c->una - 1, 0);
    sp_dropped(c);
}

ARRIVES(CLOSE_WAIT, ACK_NEW, close_wait_ack_of_text_moves_snd_una)
{
    sp_send(c, 10);
    sp_arrive(c, SP_ACK, c->rcv, c->nxt + 10, 0);
    sp_in(c, SP_CLOSE_WAIT);
    sp_silent(c);
    sp_vars(c, c->nxt + 10, c->nxt + 10, c->rcv);
    sp_that(c, (c->out.signals & SP_SIGNAL_SENT) != 0, "the SEND is answered with ok");
}

ARRIVES(CLOSE_WAIT, ACK_NEW, close_wait_window_is_updated)
{
    sp_send(c, 10);
    c->peer_wnd = 555;
    sp_arrive(c, SP_ACK, c->rcv, c->nxt + 10, 0);
    sp_that(c, c->tcb.snd_wnd == 555, "SND.WND = SEG.WND");
}

/* ---------------------------------------------------------------------- text and FIN again */

/* Step 7: "should not occur since a FIN has been received. Ignore the segment text." */
ARRIVES(CLOSE_WAIT, TEXT, close_wait_text_after_the_fin_is_ignored)
{
    sp_arrive(c, SP_PSH | SP_ACK, c->rcv, c->una, 20);
    sp_in(c, SP_CLOSE_WAIT);
    sp_maybe_acked(c, c->nxt, c->rcv);
    sp_vars(c, c->una, c->nxt, c->rcv);
    sp_that(c, c->delivered == 0, "nothing is delivered");
    sp_that(c, c->out.taken.left == c->out.taken.right, "nothing is taken");
    sp_told(c, 0);
}

ARRIVES(CLOSE_WAIT, NO_ACK, close_wait_text_without_ack_is_not_taken)
{
    sp_arrive(c, SP_PSH, c->rcv, 0, 20);
    sp_maybe_acked(c, c->nxt, c->rcv);
    sp_vars(c, c->una, c->nxt, c->rcv);
    sp_that(c, c->delivered == 0, "nothing is delivered");
}

/* The peer did not see our ACK of its FIN: step 1 gives it again. */
ARRIVES(CLOSE_WAIT, FIN, close_wait_fin_again_is_acknowledged_again)
{
    sp_arrive(c, SP_FIN | SP_ACK, c->rcv - 1, c->una, 0);
    sp_acked(c, c->nxt, c->rcv);
    sp_only_acked(c);
    sp_told(c, 0);
}

/* D12: the stream ended at the first FIN. */
ARRIVES(CLOSE_WAIT, FIN, close_wait_fin_after_the_fin_does_not_count)
{
    sp_arrive(c, SP_FIN | SP_ACK, c->rcv, c->una, 0);
    sp_in(c, SP_CLOSE_WAIT);
    sp_maybe_acked(c, c->nxt, c->rcv);
    sp_vars(c, c->una, c->nxt, c->rcv);
    sp_told(c, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(close_wait_rst_at_rcv_nxt_resets),
        cmocka_unit_test(close_wait_rst_with_ack_and_text_resets),
        cmocka_unit_test(close_wait_inexact_rst_is_challenged),
        cmocka_unit_test(close_wait_rst_left_of_the_window_is_dropped),
        cmocka_unit_test(close_wait_rst_far_outside_is_dropped),
        cmocka_unit_test(close_wait_inexact_rst_closes_under_rfc_793),
        cmocka_unit_test(close_wait_syn_inside_is_challenged),
        cmocka_unit_test(close_wait_syn_left_of_the_window_is_challenged),
        cmocka_unit_test(close_wait_syn_right_of_the_window_is_challenged),
        cmocka_unit_test(close_wait_duplicate_of_the_syn_ack_is_challenged),
        cmocka_unit_test(close_wait_syn_ack_inside_is_challenged),
        cmocka_unit_test(close_wait_syn_inside_resets_under_rfc_793),
        cmocka_unit_test(close_wait_syn_outside_is_only_acknowledged_under_rfc_793),
        cmocka_unit_test(close_wait_ack_beyond_snd_nxt_is_answered_and_not_believed),
        cmocka_unit_test(close_wait_ack_older_than_the_largest_window_is_refused_by_policy),
        cmocka_unit_test(close_wait_segment_without_ack_outside_draws_an_ack),
        cmocka_unit_test(close_wait_segment_without_ack_is_dropped),
        cmocka_unit_test(close_wait_old_text_draws_an_ack),
        cmocka_unit_test(close_wait_text_right_of_the_window_draws_an_ack),
        cmocka_unit_test(close_wait_duplicate_ack_changes_nothing),
        cmocka_unit_test(close_wait_old_ack_changes_nothing),
        cmocka_unit_test(close_wait_ack_of_text_moves_snd_una),
        cmocka_unit_test(close_wait_window_is_updated),
        cmocka_unit_test(close_wait_text_after_the_fin_is_ignored),
        cmocka_unit_test(close_wait_text_without_ack_is_not_taken),
        cmocka_unit_test(close_wait_fin_again_is_acknowledged_again),
        cmocka_unit_test(close_wait_fin_after_the_fin_does_not_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
