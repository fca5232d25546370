/*
 * SEGMENT ARRIVES in TIME-WAIT (RFC 9293 3.10.7.4, 3.6.1; RFC 1337, 5961, 6191).
 *
 * Whatever arrives here is old, or begins something new. The TCB does not say how much of 2MSL is
 * left: what begins it anew is seen in the rules that fired. Not here: a SYN and what the policies
 * make of it (test_time_wait_syn.c).
 */
#include "cell.h"

/* ------------------------------------------------------------------------------------ RST */

/* RFC 5961 3.2 */
ARRIVES(TIME_WAIT, RST_EXACT, time_wait_rst_at_rcv_nxt_closes)
{
    sp_arrive(c, SP_RST, c->rcv, 0, 0);
    sp_gone(c);
    sp_silent(c);
    sp_told(c, SP_SIGNAL_DELETED);
}

ARRIVES(TIME_WAIT, RST_INSIDE, time_wait_inexact_rst_is_challenged)
{
    sp_arrive(c, SP_RST, c->rcv + 1, 0, 0);
    sp_challenged(c);
}

ARRIVES(TIME_WAIT, RST_OUTSIDE, time_wait_rst_left_of_the_window_is_dropped)
{
    sp_arrive(c, SP_RST, c->rcv - 1, 0, 0);
    sp_dropped(c);
}

ARRIVES(TIME_WAIT, RST_OUTSIDE, time_wait_rst_far_outside_is_dropped)
{
    sp_arrive(c, SP_RST, c->rcv + 100000, 0, 0);
    sp_dropped(c);
}

ARRIVES(TIME_WAIT, RST_INSIDE, time_wait_inexact_rst_closes_under_rfc_793)
{
    c->policy.rst_check = SP_rst_check_WINDOW;
    sp_arrive(c, SP_RST, c->rcv + 1, 0, 0);
    sp_gone(c);
    sp_silent(c);
}

/* ------------------------------------------------------------------------------------ SYN */

/* RFC 5961 4.2 */
ARRIVES(TIME_WAIT, SYN_INSIDE, time_wait_syn_inside_is_challenged)
{
    sp_arrive(c, SP_SYN, c->rcv, 0, 0);
    sp_challenged(c);
}

ARRIVES(TIME_WAIT, SYN_OUTSIDE, time_wait_syn_left_of_the_window_is_challenged)
{
    sp_arrive(c, SP_SYN, c->irs, 0, 0);
    sp_challenged(c);
}

ARRIVES(TIME_WAIT, SYN_OUTSIDE, time_wait_syn_right_of_the_window_is_challenged)
{
    sp_arrive(c, SP_SYN, c->rcv + 100000, 0, 0);
    sp_challenged(c);
}

ARRIVES(TIME_WAIT, SYN_ACK, time_wait_duplicate_of_the_syn_ack_is_challenged)
{
    sp_arrive(c, SP_SYN | SP_ACK, c->irs, c->iss + 1, 0);
    sp_challenged(c);
}

ARRIVES(TIME_WAIT, SYN_ACK, time_wait_syn_ack_inside_is_challenged)
{
    sp_arrive(c, SP_SYN | SP_ACK, c->rcv, c->nxt, 0);
    sp_challenged(c);
}

/* ------------------------------------------------------------------------------------ ACK */

ARRIVES(TIME_WAIT, ACK_BEYOND, time_wait_ack_beyond_snd_nxt_is_answered_and_not_believed)
{
    sp_arrive(c, SP_ACK, c->rcv, c->nxt + 1, 0);
    sp_challenged(c);
}

/* RFC 5961 5.2, [9293 MAY-12] */
ARRIVES(TIME_WAIT, ACK_DUPLICATE, time_wait_ack_older_than_the_largest_window_is_refused_by_policy)
{
    c->policy.ack_range = SP_ack_range_ON;
    sp_arrive(c, SP_ACK, c->rcv, c->una - 1001, 0);
    sp_challenged(c);
}

/* Figure 10: the sequence number is tested before the ACK. */
ARRIVES(TIME_WAIT, NO_ACK, time_wait_segment_without_ack_outside_draws_an_ack)
{
    sp_arrive(c, SP_PSH, c->rcv - 20, 0, 20);
    sp_challenged(c);
}

ARRIVES(TIME_WAIT, NO_ACK, time_wait_segment_without_ack_is_dropped)
{
    sp_arrive(c, 0, c->rcv, 0, 0);
    sp_dropped(c);
}

ARRIVES(TIME_WAIT, TEXT_OUTSIDE, time_wait_old_text_draws_an_ack)
{
    sp_arrive(c, SP_ACK, c->irs + 1 - 20, c->una, 20);
    sp_challenged(c);
}

ARRIVES(TIME_WAIT, TEXT_OUTSIDE, time_wait_text_right_of_the_window_draws_an_ack)
{
    sp_arrive(c, SP_ACK, c->rcv + 100000, c->una, 20);
    sp_challenged(c);
}

/* D3: two ends in TIME-WAIT that answer ACKs with ACKs would never stop. */
ARRIVES(TIME_WAIT, ACK_DUPLICATE, time_wait_bare_ack_draws_nothing)
{
    sp_arrive(c, SP_ACK, c->rcv, c->nxt, 0);
    sp_silent(c);
    sp_in(c, SP_TIME_WAIT);
    sp_vars(c, c->una, c->nxt, c->rcv);
    sp_told(c, 0);
}

ARRIVES(TIME_WAIT, ACK_DUPLICATE, time_wait_bare_ack_is_literally_acknowledged)
{
    c->policy.tw_ack = SP_tw_ack_LITERAL;
    sp_arrive(c, SP_ACK, c->rcv, c->nxt, 0);
    sp_acked(c, c->nxt, c->rcv);
    sp_in(c, SP_TIME_WAIT);
}

/* D4: the only segment that is expected here, "acknowledge it, and restart the 2 MSL timeout". */
ARRIVES(TIME_WAIT, FIN, time_wait_fin_again_is_acknowledged_and_restarts_2msl)
{
    sp_arrive(c, SP_FIN | SP_ACK, c->rcv - 1, c->nxt, 0);
    sp_acked(c, c->nxt, c->rcv);
    sp_only_acked(c);
    sp_fired(c, SP_RULE_TIME_WAIT_FIN_AGAIN);
}

ARRIVES(TIME_WAIT, FIN, time_wait_fin_again_with_text_restarts_2msl)
{
    c->unread = 20;
    sp_reach(c, SP_TIME_WAIT);
    sp_arrive(c, SP_FIN | SP_ACK, c->rcv - 21, c->nxt, 20);
    sp_acked(c, c->nxt, c->rcv);
    sp_fired(c, SP_RULE_TIME_WAIT_FIN_AGAIN);
    sp_that(c, c->delivered == 0, "old text is not delivered again");
}

ARRIVES(TIME_WAIT, FIN, time_wait_fin_that_does_not_end_at_rcv_nxt_restarts_nothing)
{
    sp_arrive(c, SP_FIN | SP_ACK, c->rcv - 9, c->nxt, 0);
    sp_challenged(c);
    for (unsigned i = 0; i < c->out.rules; i++) {
        sp_that(c, c->out.rule[i] != SP_RULE_TIME_WAIT_FIN_AGAIN, "no restart");
        sp_that(c, c->out.rule[i] != SP_RULE_TIME_WAIT_RESTART, "no restart");
    }
}

ARRIVES(TIME_WAIT, FIN, time_wait_fin_again_literally_restarts_nothing)
{
    c->policy.tw_restart = SP_tw_restart_LITERAL;
    sp_arrive(c, SP_FIN | SP_ACK, c->rcv - 1, c->nxt, 0);
    sp_challenged(c);
    for (unsigned i = 0; i < c->out.rules; i++) {
        sp_that(c, c->out.rule[i] != SP_RULE_TIME_WAIT_FIN_AGAIN, "step 1 drops it before step 8");
        sp_that(c, c->out.rule[i] != SP_RULE_TIME_WAIT_RESTART, "step 1 drops it before step 8");
    }
}

ARRIVES(TIME_WAIT, ACK_DUPLICATE, time_wait_any_ack_restarts_2msl_by_policy)
{
    c->policy.tw_restart = SP_tw_restart_ANY_ACK;
    sp_arrive(c, SP_ACK, c->rcv, c->nxt, 0);
    sp_fired(c, SP_RULE_TIME_WAIT_RESTART);
    sp_in(c, SP_TIME_WAIT);
}

/* D12 */
ARRIVES(TIME_WAIT, FIN, time_wait_fin_after_the_fin_does_not_count)
{
    sp_arrive(c, SP_FIN | SP_ACK, c->rcv, c->nxt, 0);
    sp_in(c, SP_TIME_WAIT);
    sp_acked(c, c->nxt, c->rcv);
    sp_vars(c, c->una, c->nxt, c->rcv);
    sp_told(c, 0);
}

ARRIVES(TIME_WAIT, TEXT, time_wait_text_is_acknowledged_and_not_taken)
{
    sp_arrive(c, SP_PSH | SP_ACK, c->rcv, c->nxt, 20);
    sp_in(c, SP_TIME_WAIT);
    sp_acked(c, c->nxt, c->rcv);
    sp_vars(c, c->una, c->nxt, c->rcv);
    sp_that(c, c->delivered == 0, "nothing is delivered");
}

ARRIVES(TIME_WAIT, ACK_DUPLICATE, time_wait_old_ack_draws_nothing)
{
    sp_arrive(c, SP_ACK, c->rcv, c->una - 1, 0);
    sp_silent(c);
    sp_vars(c, c->una, c->nxt, c->rcv);
}

/* --------------------------------------------------------------------------- RST, by policy */

/* RFC 1337 4, fix F1 */
ARRIVES(TIME_WAIT, RST_EXACT, time_wait_rst_is_ignored_under_rfc_1337)
{
    c->policy.tw_rst = SP_tw_rst_IGNORE;
    sp_arrive(c, SP_RST, c->rcv, 0, 0);
    sp_dropped(c);
}

ARRIVES(TIME_WAIT, RST_INSIDE, time_wait_inexact_rst_is_ignored_under_rfc_1337)
{
    c->policy.tw_rst = SP_tw_rst_IGNORE;
    sp_arrive(c, SP_RST, c->rcv + 1, 0, 0);
    sp_dropped(c);
}

ARRIVES(TIME_WAIT, RST_EXACT, time_wait_exact_rst_closes_under_tw_rst_exact)
{
    c->policy.tw_rst = SP_tw_rst_EXACT;
    sp_arrive(c, SP_RST, c->rcv, 0, 0);
    sp_gone(c);
    sp_silent(c);
}

ARRIVES(TIME_WAIT, RST_INSIDE, time_wait_inexact_rst_is_dropped_under_tw_rst_exact)
{
    c->policy.tw_rst = SP_tw_rst_EXACT;
    sp_arrive(c, SP_RST, c->rcv + 1, 0, 0);
    sp_dropped(c);
}

/* RFC 1337 Figure 1: an old segment draws an ACK, the peer's RST lies exactly at RCV.NXT. */
ARRIVES(TIME_WAIT, TEXT_OUTSIDE, time_wait_is_assassinated_by_the_answer_to_its_own_ack)
{
    sp_arrive(c, SP_ACK, c->irs + 1 - 20, c->nxt, 20);
    sp_acked(c, c->nxt, c->rcv);
    sp_arrive(c, SP_RST, c->out.segment[0].ack, 0, 0);
    sp_gone(c);
}

/* D4 at a window that the FIN has closed: a receiver that avoids silly windows does not open it. */
ARRIVES(TIME_WAIT, FIN, time_wait_fin_again_restarts_2msl_at_a_closed_window)
{
    c->policy.sws = SP_sws_ON;
    c->open.reading = false;
    c->open.buffer = 30;
    c->unread = 29;
    sp_reach(c, SP_TIME_WAIT);
    sp_arrive(c, SP_FIN | SP_ACK, c->rcv - 1, c->nxt, 0);
    sp_acked(c, c->nxt, c->rcv);
    sp_fired(c, SP_RULE_TIME_WAIT_FIN_AGAIN);
}

ARRIVES(TIME_WAIT, NO_ACK, time_wait_segment_without_ack_restarts_nothing_under_any_ack)
{
    c->policy.tw_restart = SP_tw_restart_ANY_ACK;
    sp_arrive(c, SP_FIN, c->rcv - 1, 0, 0);
    sp_challenged(c);
    for (unsigned i = 0; i < c->out.rules; i++) {
        sp_that(c, c->out.rule[i] != SP_RULE_TIME_WAIT_RESTART, "no ACK, no restart");
    }
}

ARRIVES(TIME_WAIT, TEXT_OUTSIDE, time_wait_old_text_restarts_2msl_under_any_ack)
{
    c->policy.tw_restart = SP_tw_restart_ANY_ACK;
    sp_arrive(c, SP_ACK, c->irs + 1 - 20, c->nxt, 20);
    sp_challenged(c);
    sp_fired(c, SP_RULE_TIME_WAIT_RESTART);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(time_wait_rst_at_rcv_nxt_closes),
        cmocka_unit_test(time_wait_inexact_rst_is_challenged),
        cmocka_unit_test(time_wait_rst_left_of_the_window_is_dropped),
        cmocka_unit_test(time_wait_rst_far_outside_is_dropped),
        cmocka_unit_test(time_wait_inexact_rst_closes_under_rfc_793),
        cmocka_unit_test(time_wait_syn_inside_is_challenged),
        cmocka_unit_test(time_wait_syn_left_of_the_window_is_challenged),
        cmocka_unit_test(time_wait_syn_right_of_the_window_is_challenged),
        cmocka_unit_test(time_wait_duplicate_of_the_syn_ack_is_challenged),
        cmocka_unit_test(time_wait_syn_ack_inside_is_challenged),
        cmocka_unit_test(time_wait_ack_beyond_snd_nxt_is_answered_and_not_believed),
        cmocka_unit_test(time_wait_ack_older_than_the_largest_window_is_refused_by_policy),
        cmocka_unit_test(time_wait_segment_without_ack_outside_draws_an_ack),
        cmocka_unit_test(time_wait_segment_without_ack_is_dropped),
        cmocka_unit_test(time_wait_old_text_draws_an_ack),
        cmocka_unit_test(time_wait_text_right_of_the_window_draws_an_ack),
        cmocka_unit_test(time_wait_bare_ack_draws_nothing),
        cmocka_unit_test(time_wait_bare_ack_is_literally_acknowledged),
        cmocka_unit_test(time_wait_fin_again_is_acknowledged_and_restarts_2msl),
        cmocka_unit_test(time_wait_fin_again_with_text_restarts_2msl),
        cmocka_unit_test(time_wait_fin_that_does_not_end_at_rcv_nxt_restarts_nothing),
        cmocka_unit_test(time_wait_fin_again_literally_restarts_nothing),
        cmocka_unit_test(time_wait_any_ack_restarts_2msl_by_policy),
        cmocka_unit_test(time_wait_fin_after_the_fin_does_not_count),
        cmocka_unit_test(time_wait_text_is_acknowledged_and_not_taken),
        cmocka_unit_test(time_wait_old_ack_draws_nothing),
        cmocka_unit_test(time_wait_rst_is_ignored_under_rfc_1337),
        cmocka_unit_test(time_wait_inexact_rst_is_ignored_under_rfc_1337),
        cmocka_unit_test(time_wait_exact_rst_closes_under_tw_rst_exact),
        cmocka_unit_test(time_wait_inexact_rst_is_dropped_under_tw_rst_exact),
        cmocka_unit_test(time_wait_is_assassinated_by_the_answer_to_its_own_ack),
        cmocka_unit_test(time_wait_fin_again_restarts_2msl_at_a_closed_window),
        cmocka_unit_test(time_wait_segment_without_ack_restarts_nothing_under_any_ack),
        cmocka_unit_test(time_wait_old_text_restarts_2msl_under_any_ack),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
