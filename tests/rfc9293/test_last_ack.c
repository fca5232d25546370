/*
 * SEGMENT ARRIVES in LAST-ACK (RFC 9293 3.10.7.4): only the ACK of our FIN is awaited.
 *
 * That ACK ends the connection; there is no TIME-WAIT on this side.
 */
#include "cell.h"

/* ------------------------------------------------------------------------------------ RST */

/* RFC 5961 3.2 */
ARRIVES(LAST_ACK, RST_EXACT, last_ack_rst_at_rcv_nxt_closes)
{
    sp_arrive(c, SP_RST, c->rcv, 0, 0);
    sp_gone(c);
    sp_silent(c);
    sp_told(c, SP_SIGNAL_DELETED);
}

ARRIVES(LAST_ACK, RST_INSIDE, last_ack_inexact_rst_is_challenged)
{
    sp_arrive(c, SP_RST, c->rcv + 1, 0, 0);
    sp_challenged(c);
}

ARRIVES(LAST_ACK, RST_OUTSIDE, last_ack_rst_left_of_the_window_is_dropped)
{
    sp_arrive(c, SP_RST, c->rcv - 1, 0, 0);
    sp_dropped(c);
}

ARRIVES(LAST_ACK, RST_OUTSIDE, last_ack_rst_far_outside_is_dropped)
{
    sp_arrive(c, SP_RST, c->rcv + 100000, 0, 0);
    sp_dropped(c);
}

ARRIVES(LAST_ACK, RST_INSIDE, last_ack_inexact_rst_closes_under_rfc_793)
{
    c->policy.rst_check = SP_rst_check_WINDOW;
    sp_arrive(c, SP_RST, c->rcv + 1, 0, 0);
    sp_gone(c);
    sp_silent(c);
}

/* ------------------------------------------------------------------------------------ SYN */

/* RFC 5961 4.2 */
ARRIVES(LAST_ACK, SYN_INSIDE, last_ack_syn_inside_is_challenged)
{
    sp_arrive(c, SP_SYN, c->rcv, 0, 0);
    sp_challenged(c);
}

ARRIVES(LAST_ACK, SYN_OUTSIDE, last_ack_syn_left_of_the_window_is_challenged)
{
    sp_arrive(c, SP_SYN, c->irs, 0, 0);
    sp_challenged(c);
}

ARRIVES(LAST_ACK, SYN_OUTSIDE, last_ack_syn_right_of_the_window_is_challenged)
{
    sp_arrive(c, SP_SYN, c->rcv + 100000, 0, 0);
    sp_challenged(c);
}

ARRIVES(LAST_ACK, SYN_ACK, last_ack_duplicate_of_the_syn_ack_is_challenged)
{
    sp_arrive(c, SP_SYN | SP_ACK, c->irs, c->iss + 1, 0);
    sp_challenged(c);
}

ARRIVES(LAST_ACK, SYN_ACK, last_ack_syn_ack_inside_is_challenged)
{
    sp_arrive(c, SP_SYN | SP_ACK, c->rcv, c->nxt, 0);
    sp_challenged(c);
}

/* RFC 793 3.9: a reset, and the connection is gone. */
ARRIVES(LAST_ACK, SYN_INSIDE, last_ack_syn_inside_resets_under_rfc_793)
{
    c->policy.syn_check = SP_syn_check_RESET;
    sp_arrive(c, SP_SYN, c->rcv, 0, 0);
    sp_gone(c);
    sp_sent(c, 1);
    sp_that(c, (c->out.segment[0].flags & SP_RST) != 0, "a reset");
}

ARRIVES(LAST_ACK, SYN_OUTSIDE, last_ack_syn_outside_is_only_acknowledged_under_rfc_793)
{
    c->policy.syn_check = SP_syn_check_RESET;
    sp_arrive(c, SP_SYN, c->rcv + 100000, 0, 0);
    sp_challenged(c);
}

/* ------------------------------------------------------------------------------------ ACK */

ARRIVES(LAST_ACK, ACK_BEYOND, last_ack_ack_beyond_snd_nxt_is_answered_and_not_believed)
{
    sp_arrive(c, SP_ACK, c->rcv, c->nxt + 1, 0);
    sp_challenged(c);
}

/* RFC 5961 5.2, [9293 MAY-12] */
ARRIVES(LAST_ACK, ACK_DUPLICATE, last_ack_ack_older_than_the_largest_window_is_refused_by_policy)
{
    c->policy.ack_range = SP_ack_range_ON;
    sp_arrive(c, SP_ACK, c->rcv, c->una - 1001, 0);
    sp_challenged(c);
}

/* Figure 10: the sequence number is tested before the ACK. */
ARRIVES(LAST_ACK, NO_ACK, last_ack_segment_without_ack_outside_draws_an_ack)
{
    sp_arrive(c, SP_PSH, c->rcv - 20, 0, 20);
    sp_challenged(c);
}

ARRIVES(LAST_ACK, NO_ACK, last_ack_segment_without_ack_is_dropped)
{
    sp_arrive(c, 0, c->rcv, 0, 0);
    sp_dropped(c);
}

ARRIVES(LAST_ACK, TEXT_OUTSIDE, last_ack_old_text_draws_an_ack)
{
    sp_arrive(c, SP_ACK, c->irs + 1 - 20, c->una, 20);
    sp_challenged(c);
}

ARRIVES(LAST_ACK, TEXT_OUTSIDE, last_ack_text_right_of_the_window_draws_an_ack)
{
    sp_arrive(c, SP_ACK, c->rcv + 100000, c->una, 20);
    sp_challenged(c);
}

ARRIVES(LAST_ACK, ACK_NEW, last_ack_ack_of_the_fin_ends_the_connection)
{
    sp_arrive(c, SP_ACK, c->rcv, c->nxt, 0);
    sp_gone(c);
    sp_silent(c);
    sp_told(c, SP_SIGNAL_DELETED);
}

ARRIVES(LAST_ACK, ACK_NEW, last_ack_ack_of_text_before_the_fin_stays)
{
    sp_reach(c, SP_CLOSE_WAIT);
    sp_send(c, 10);
    sp_call(c, SP_EVENT_CLOSE);
    sp_in(c, SP_LAST_ACK);
    sp_arrive(c, SP_ACK, c->rcv, c->nxt + 10, 0);
    sp_in(c, SP_LAST_ACK);
    sp_vars(c, c->nxt + 10, c->nxt + 11, c->rcv);
    sp_arrive(c, SP_ACK, c->rcv, c->nxt + 11, 0);
    sp_gone(c);
}

ARRIVES(LAST_ACK, ACK_DUPLICATE, last_ack_duplicate_ack_changes_nothing)
{
    sp_arrive(c, SP_ACK, c->rcv, c->una, 0);
    sp_silent(c);
    sp_in(c, SP_LAST_ACK);
    sp_vars(c, c->una, c->nxt, c->rcv);
    sp_told(c, 0);
}

ARRIVES(LAST_ACK, ACK_DUPLICATE, last_ack_old_ack_changes_nothing)
{
    c->peer_wnd = 5;
    sp_arrive(c, SP_ACK, c->rcv, c->una - 1, 0);
    sp_dropped(c);
}

/* ---------------------------------------------------------------------- text and FIN again */

/* Step 7: "should not occur since a FIN has been received. Ignore the segment text." */
ARRIVES(LAST_ACK, TEXT, last_ack_text_after_the_fin_is_ignored)
{
    sp_arrive(c, SP_PSH | SP_ACK, c->rcv, c->una, 20);
    sp_in(c, SP_LAST_ACK);
    sp_maybe_acked(c, c->nxt, c->rcv);
    sp_vars(c, c->una, c->nxt, c->rcv);
    sp_that(c, c->delivered == 0, "nothing is delivered");
    sp_that(c, c->out.taken.left == c->out.taken.right, "nothing is taken");
    sp_told(c, 0);
}

ARRIVES(LAST_ACK, NO_ACK, last_ack_text_without_ack_is_not_taken)
{
    sp_arrive(c, SP_PSH, c->rcv, 0, 20);
    sp_maybe_acked(c, c->nxt, c->rcv);
    sp_vars(c, c->una, c->nxt, c->rcv);
    sp_that(c, c->delivered == 0, "nothing is delivered");
}

/* The peer did not see our ACK of its FIN: step 1 gives it again. */
ARRIVES(LAST_ACK, FIN, last_ack_fin_again_is_acknowledged_again)
{
    sp_arrive(c, SP_FIN | SP_ACK, c->rcv - 1, c->una, 0);
    sp_acked(c, c->nxt, c->rcv);
    sp_only_acked(c);
    sp_told(c, 0);
}

/* D12: the stream ended at the first FIN. */
ARRIVES(LAST_ACK, FIN, last_ack_fin_after_the_fin_does_not_count)
{
    sp_arrive(c, SP_FIN | SP_ACK, c->rcv, c->una, 0);
    sp_in(c, SP_LAST_ACK);
    sp_maybe_acked(c, c->nxt, c->rcv);
    sp_vars(c, c->una, c->nxt, c->rcv);
    sp_told(c, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(last_ack_rst_at_rcv_nxt_closes),
        cmocka_unit_test(last_ack_inexact_rst_is_challenged),
        cmocka_unit_test(last_ack_rst_left_of_the_window_is_dropped),
        cmocka_unit_test(last_ack_rst_far_outside_is_dropped),
        cmocka_unit_test(last_ack_inexact_rst_closes_under_rfc_793),
        cmocka_unit_test(last_ack_syn_inside_is_challenged),
        cmocka_unit_test(last_ack_syn_left_of_the_window_is_challenged),
        cmocka_unit_test(last_ack_syn_right_of_the_window_is_challenged),
        cmocka_unit_test(last_ack_duplicate_of_the_syn_ack_is_challenged),
        cmocka_unit_test(last_ack_syn_ack_inside_is_challenged),
        cmocka_unit_test(last_ack_syn_inside_resets_under_rfc_793),
        cmocka_unit_test(last_ack_syn_outside_is_only_acknowledged_under_rfc_793),
        cmocka_unit_test(last_ack_ack_beyond_snd_nxt_is_answered_and_not_believed),
        cmocka_unit_test(last_ack_ack_older_than_the_largest_window_is_refused_by_policy),
        cmocka_unit_test(last_ack_segment_without_ack_outside_draws_an_ack),
        cmocka_unit_test(last_ack_segment_without_ack_is_dropped),
        cmocka_unit_test(last_ack_old_text_draws_an_ack),
        cmocka_unit_test(last_ack_text_right_of_the_window_draws_an_ack),
        cmocka_unit_test(last_ack_ack_of_the_fin_ends_the_connection),
        cmocka_unit_test(last_ack_ack_of_text_before_the_fin_stays),
        cmocka_unit_test(last_ack_duplicate_ack_changes_nothing),
        cmocka_unit_test(last_ack_old_ack_changes_nothing),
        cmocka_unit_test(last_ack_text_after_the_fin_is_ignored),
        cmocka_unit_test(last_ack_text_without_ack_is_not_taken),
        cmocka_unit_test(last_ack_fin_again_is_acknowledged_again),
        cmocka_unit_test(last_ack_fin_after_the_fin_does_not_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
