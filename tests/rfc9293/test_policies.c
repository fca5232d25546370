/*
 * Choices that RFCs leave open, where they are more than one cell (RFC 5961, 1122, 9293 MAYs).
 *
 * Not here: TIME-WAIT (test_time_wait.c) and the D-points (test_delicate.c). Each test names the
 * switch it turns; all others stay as in rfc9293.
 */
#include "cell.h"

/* The suite writes its policy out, switch by switch: the named set must not drift from it. */
static void rfc9293_is_the_policy_of_these_tests(void **unused)
{
    (void)unused;
    const struct sp_policy_set *set = sp_policy_set_find("rfc9293");
    struct sp_policy policy = sp_cell_policy();
    assert_non_null(set);
    for (int i = 0; i < SP_POLICY_COUNT; i++) {
        enum sp_policy_index index = (enum sp_policy_index)i;
        assert_int_equal(sp_policy_get(&set->policy, index), sp_policy_get(&policy, index));
    }
}

/* ------------------------------------------------------------------------- RFC 5961 5.2, MAY-12 */

ARRIVES(ESTABLISHED, TEXT, established_text_with_an_ack_below_the_range_is_not_taken)
{
    c->policy.ack_range = SP_ack_range_ON;
    sp_arrive(c, SP_ACK, c->rcv, c->una - 1001, 20);
    sp_challenged(c);
}

ARRIVES(ESTABLISHED, TEXT, established_text_with_an_ack_at_the_edge_of_the_range_is_taken)
{
    c->policy.ack_range = SP_ack_range_ON;
    sp_arrive(c, SP_ACK, c->rcv, c->una - 1000, 20);
    sp_acked(c, c->nxt, c->rcv + 20);
    sp_that(c, c->delivered == 20, "SND.UNA - MAX.SND.WND is inside");
}

/* MAX.SND.WND is the largest ever, not the present one. */
ARRIVES(ESTABLISHED, TEXT, established_ack_range_uses_the_largest_window_ever_seen)
{
    c->policy.ack_range = SP_ack_range_ON;
    c->peer_wnd = 10;
    sp_arrive(c, SP_ACK, c->rcv, c->una, 0);
    sp_arrive(c, SP_ACK, c->rcv, c->una - 1000, 20);
    sp_that(c, c->delivered == 20, "a thousand octets were once admitted");
}

ARRIVES(ESTABLISHED, TEXT, established_text_with_any_old_ack_is_taken_without_the_range_check)
{
    sp_arrive(c, SP_ACK, c->rcv, c->una - 1001, 20);
    sp_that(c, c->delivered == 20, "an old ACK is a duplicate");
}

/* --------------------------------------------------------------------------------- RFC 5961 3, 4
 */

/* 4.2: the peer lost its TCB and opens anew; the challenge makes it tell us. */
ARRIVES(ESTABLISHED, SYN_INSIDE, established_half_open_end_is_discovered_by_a_challenge)
{
    sp_arrive(c, SP_SYN, c->rcv + 77, 0, 0);
    sp_challenged(c);
    sp_arrive(c, SP_RST, c->out.segment[0].ack, 0, 0);
    sp_gone(c);
    sp_told(c, SP_SIGNAL_RESET | SP_SIGNAL_DELETED);
}

/* 3.2: a genuine RST that was not exact comes again, exact, after the challenge. */
ARRIVES(ESTABLISHED, RST_INSIDE, established_genuine_inexact_rst_closes_after_the_challenge)
{
    sp_arrive(c, SP_RST, c->rcv + 20, 0, 0);
    sp_challenged(c);
    sp_arrive(c, SP_RST, c->out.segment[0].ack, 0, 0);
    sp_gone(c);
}

/* 10: one answer for one forged segment, and nothing remembered. */
ARRIVES(ESTABLISHED, SYN_INSIDE, established_a_flood_of_syns_changes_nothing)
{
    struct sp_tcb tcb = c->tcb;
    for (unsigned i = 0; i < 50; i++) {
        sp_arrive(c, SP_SYN, c->rcv + i, 0, 0);
        sp_challenged(c);
    }
    c->before = tcb;
    sp_unchanged(c);
}

/* ------------------------------------------------------------------------------ delayed ACKs */

/* [9293 SHLD-19]: at least every second segment. */
ARRIVES(ESTABLISHED, TEXT, established_delayed_ack_goes_with_every_second_segment)
{
    c->policy.delayed_ack = SP_delayed_ack_ON;
    sp_arrive(c, SP_ACK, c->rcv, c->una, 536);
    sp_silent(c);
    sp_arrive(c, SP_ACK, c->rcv + 536, c->una, 536);
    sp_acked(c, c->nxt, c->rcv + 1072);
    sp_that(c, (c->tcb.timers & SP_TIMER_DELAYED_ACK) == 0, "nothing waits");
}

CELL(ESTABLISHED, SEND, established_delayed_ack_rides_on_text)
{
    c->policy.delayed_ack = SP_delayed_ack_ON;
    sp_arrive(c, SP_ACK, c->rcv, c->una, 20);
    sp_silent(c);
    sp_send(c, 10);
    sp_one(c, SP_PSH | SP_ACK, c->nxt, c->rcv + 20, 10);
    sp_that(c, (c->tcb.timers & SP_TIMER_DELAYED_ACK) == 0, "nothing waits");
}

/* RFC 5681 4.2: an ACK of text out of order does not wait. */
ARRIVES(ESTABLISHED, TEXT, established_ack_of_a_gap_does_not_wait)
{
    c->policy.delayed_ack = SP_delayed_ack_ON;
    sp_arrive(c, SP_ACK, c->rcv + 20, c->una, 20);
    sp_acked(c, c->nxt, c->rcv);
}

/* Step 8: "send an acknowledgment for the FIN". */
ARRIVES(ESTABLISHED, FIN, established_ack_of_a_fin_does_not_wait)
{
    c->policy.delayed_ack = SP_delayed_ack_ON;
    sp_arrive(c, SP_FIN | SP_ACK, c->rcv, c->una, 0);
    sp_in(c, SP_CLOSE_WAIT);
    sp_acked(c, c->nxt, c->rcv + 1);
}

/* The FIN takes the ACK of the text before it along. */
ARRIVES(ESTABLISHED, FIN, established_delayed_ack_goes_with_that_of_the_fin)
{
    c->policy.delayed_ack = SP_delayed_ack_ON;
    sp_arrive(c, SP_ACK, c->rcv, c->una, 20);
    sp_silent(c);
    sp_arrive(c, SP_FIN | SP_ACK, c->rcv + 20, c->una, 0);
    sp_acked(c, c->nxt, c->rcv + 21);
    sp_that(c, (c->tcb.timers & SP_TIMER_DELAYED_ACK) == 0, "nothing waits");
}

ARRIVES(FIN_WAIT_2, FIN, fin_wait_2_ack_of_a_fin_does_not_wait)
{
    c->policy.delayed_ack = SP_delayed_ack_ON;
    sp_arrive(c, SP_FIN | SP_ACK, c->rcv, c->una, 0);
    sp_in(c, SP_TIME_WAIT);
    sp_acked(c, c->nxt, c->rcv + 1);
}

/* ----------------------------------------------------------- half-duplex close, MAY-1, SHLD-3 */

/* The user closed and reads no more: text that arrives now is lost, and the peer must learn it. */
ARRIVES(FIN_WAIT_1, TEXT, fin_wait_1_text_after_a_half_duplex_close_draws_rst)
{
    c->policy.close_unread = SP_close_unread_RST;
    sp_reach(c, SP_FIN_WAIT_1);
    sp_arrive(c, SP_ACK, c->rcv, c->una, 20);
    sp_sent(c, 1);
    sp_that(c, (c->out.segment[0].flags & SP_RST) != 0, "a reset");
    sp_gone(c);
}

ARRIVES(FIN_WAIT_2, TEXT, fin_wait_2_text_after_a_half_duplex_close_draws_rst)
{
    c->policy.close_unread = SP_close_unread_RST;
    sp_reach(c, SP_FIN_WAIT_2);
    sp_arrive(c, SP_ACK, c->rcv, c->una, 20);
    sp_sent(c, 1);
    sp_that(c, (c->out.segment[0].flags & SP_RST) != 0, "a reset");
    sp_gone(c);
}

ARRIVES(FIN_WAIT_2, FIN, fin_wait_2_half_duplex_close_still_ends_well_without_text)
{
    c->policy.close_unread = SP_close_unread_RST;
    sp_reach(c, SP_FIN_WAIT_2);
    sp_arrive(c, SP_FIN | SP_ACK, c->rcv, c->una, 0);
    sp_in(c, SP_TIME_WAIT);
    sp_acked(c, c->nxt, c->rcv + 1);
}

/* ---------------------------------------------------------------------------- out of order */

/* [9293 SHLD-31]: more ranges than can be held; what is dropped comes again. */
ARRIVES(ESTABLISHED, TEXT, established_holds_a_bounded_number_of_ranges)
{
    for (unsigned i = 1; i <= 2 * SP_HELD_MAX; i++) {
        sp_arrive(c, SP_ACK, c->rcv + 20 * i, c->una, 10);
        sp_acked(c, c->nxt, c->rcv);
        sp_that(c, c->tcb.helds <= SP_HELD_MAX, "a bounded number");
    }
    for (unsigned i = 0; i < 17; i++) {
        sp_arrive(c, SP_ACK, c->rcv + 10 * i, c->una, 10);
    }
    sp_that(c, c->delivered == 170, "in the end everything came, once");
    sp_that(c, c->tcb.rcv_nxt == c->rcv + 170, "in order");
    sp_that(c, c->tcb.helds == 0, "nothing is held any more");
}

ARRIVES(ESTABLISHED, TEXT, established_overlapping_held_text_is_counted_once)
{
    sp_arrive(c, SP_ACK, c->rcv + 20, c->una, 20);
    sp_arrive(c, SP_ACK, c->rcv + 10, c->una, 20);
    sp_that(c, c->tcb.helds == 1, "the two are one range");
    sp_arrive(c, SP_ACK, c->rcv, c->una, 15);
    sp_acked(c, c->nxt, c->rcv + 40);
    sp_that(c, c->delivered == 40, "forty octets");
}

ARRIVES(ESTABLISHED, TEXT, established_held_text_may_come_from_the_right)
{
    sp_arrive(c, SP_ACK, c->rcv + 30, c->una, 10);
    sp_arrive(c, SP_ACK, c->rcv + 20, c->una, 10);
    sp_arrive(c, SP_ACK, c->rcv + 10, c->una, 10);
    sp_arrive(c, SP_ACK, c->rcv, c->una, 10);
    sp_acked(c, c->nxt, c->rcv + 40);
    sp_that(c, c->delivered == 40, "forty octets");
}

/* One ACK for all that became acceptable [9293 MUST-58] [9293 MUST-59]. */
ARRIVES(ESTABLISHED, TEXT, established_held_text_is_acknowledged_once)
{
    sp_arrive(c, SP_ACK, c->rcv + 20, c->una, 20);
    sp_arrive(c, SP_ACK, c->rcv + 60, c->una, 20);
    sp_arrive(c, SP_ACK, c->rcv, c->una, 20);
    sp_acked(c, c->nxt, c->rcv + 40);
    sp_arrive(c, SP_ACK, c->rcv + 40, c->una, 20);
    sp_acked(c, c->nxt, c->rcv + 80);
}

/* ---------------------------------------------------------------------- held text and the FIN */

/* What lies right of a FIN is no text of this stream. */
ARRIVES(ESTABLISHED, FIN, established_held_text_right_of_the_fin_is_cut)
{
    sp_arrive(c, SP_ACK, c->rcv + 25, c->una, 10);
    sp_arrive(c, SP_ACK, c->rcv + 50, c->una, 10);
    sp_arrive(c, SP_FIN | SP_ACK, c->rcv + 30, c->una, 0);
    sp_arrive(c, SP_ACK, c->rcv, c->una, 25);
    sp_in(c, SP_CLOSE_WAIT);
    sp_acked(c, c->nxt, c->rcv + 31);
    sp_that(c, c->delivered == 30, "the stream has thirty octets");
    sp_that(c, c->tcb.helds == 0, "nothing is held any more");
}

ARRIVES(ESTABLISHED, TEXT, established_text_right_of_a_held_fin_is_not_taken)
{
    sp_arrive(c, SP_FIN | SP_ACK, c->rcv + 30, c->una, 0);
    sp_arrive(c, SP_ACK, c->rcv + 30, c->una, 10);
    sp_that(c, c->out.taken.left == c->out.taken.right, "nothing is taken");
    sp_acked(c, c->nxt, c->rcv);
    sp_arrive(c, SP_ACK, c->rcv, c->una, 40);
    sp_in(c, SP_CLOSE_WAIT);
    sp_that(c, c->delivered == 30, "the stream has thirty octets");
}

/* D12: one and only one FIN. */
ARRIVES(ESTABLISHED, FIN, established_second_held_fin_elsewhere_is_not_believed)
{
    sp_arrive(c, SP_FIN | SP_ACK, c->rcv + 30, c->una, 0);
    sp_arrive(c, SP_FIN | SP_ACK, c->rcv + 10, c->una, 0);
    sp_arrive(c, SP_ACK, c->rcv, c->una, 30);
    sp_in(c, SP_CLOSE_WAIT);
    sp_that(c, c->delivered == 30, "the first FIN stays where it was");
}

ARRIVES(ESTABLISHED, FIN, established_fin_out_of_order_is_dropped_with_its_text_by_policy)
{
    c->policy.out_of_order = SP_out_of_order_DROP;
    sp_arrive(c, SP_FIN | SP_ACK, c->rcv + 20, c->una, 0);
    sp_arrive(c, SP_ACK, c->rcv, c->una, 20);
    sp_in(c, SP_ESTABLISHED);
    sp_acked(c, c->nxt, c->rcv + 20);
}

/* Pieces of a stream of 64 octets in any order: RCV.NXT is always the end of what is whole. */
ARRIVES(ESTABLISHED, TEXT, established_random_pieces_make_one_stream)
{
    uint32_t random = c->iss * 2654435761u + 12345;
    for (unsigned round = 0; round < 200; round++) {
        bool have[64] = {false};
        unsigned whole = 0;
        sp_reach(c, SP_ESTABLISHED);
        for (unsigned piece = 0; whole < 64; piece++) {
            random = random * 1664525u + 1013904223u;
            unsigned from = piece % 40 == 39 ? whole : (random >> 8) % 64;
            unsigned len = 1 + (random >> 20) % (64 - from < 9 ? 64 - from : 9);
            sp_arrive(c, SP_ACK, c->rcv + from, c->una, len);
            for (sp_seq q = c->out.taken.left; q != c->out.taken.right; q++) {
                have[q - c->rcv] = true;
            }
            while (whole < 64 && have[whole]) {
                whole++;
            }
            sp_acked(c, c->nxt, c->rcv + whole);
            sp_that(c, c->delivered == whole, "what is whole is delivered");
        }
        sp_that(c, c->tcb.helds == 0, "nothing is held any more");
    }
}

ARRIVES(ESTABLISHED, TEXT, established_text_without_psh_pushes_nothing)
{
    sp_arrive(c, SP_ACK, c->rcv, c->una, 20);
    sp_that(c, (c->out.signals & SP_SIGNAL_PUSHED) == 0, "no PUSH");
}

/* Which way into TIME-WAIT it was, by name. */
ARRIVES(FIN_WAIT_1, FIN, fin_wait_1_ways_into_time_wait_have_names)
{
    sp_arrive(c, SP_FIN | SP_ACK, c->rcv, c->nxt, 0);
    sp_fired(c, SP_RULE_FIN_FIN_WAIT_1_ACKED);
    sp_reach(c, SP_FIN_WAIT_2);
    sp_arrive(c, SP_FIN | SP_ACK, c->rcv, c->nxt, 0);
    sp_fired(c, SP_RULE_FIN_FIN_WAIT_2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rfc9293_is_the_policy_of_these_tests),
        cmocka_unit_test(established_text_with_an_ack_below_the_range_is_not_taken),
        cmocka_unit_test(established_text_with_an_ack_at_the_edge_of_the_range_is_taken),
        cmocka_unit_test(established_ack_range_uses_the_largest_window_ever_seen),
        cmocka_unit_test(established_text_with_any_old_ack_is_taken_without_the_range_check),
        cmocka_unit_test(established_half_open_end_is_discovered_by_a_challenge),
        cmocka_unit_test(established_genuine_inexact_rst_closes_after_the_challenge),
        cmocka_unit_test(established_a_flood_of_syns_changes_nothing),
        cmocka_unit_test(established_delayed_ack_goes_with_every_second_segment),
        cmocka_unit_test(established_delayed_ack_rides_on_text),
        cmocka_unit_test(established_ack_of_a_gap_does_not_wait),
        cmocka_unit_test(established_ack_of_a_fin_does_not_wait),
        cmocka_unit_test(established_delayed_ack_goes_with_that_of_the_fin),
        cmocka_unit_test(fin_wait_2_ack_of_a_fin_does_not_wait),
        cmocka_unit_test(fin_wait_1_text_after_a_half_duplex_close_draws_rst),
        cmocka_unit_test(fin_wait_2_text_after_a_half_duplex_close_draws_rst),
        cmocka_unit_test(fin_wait_2_half_duplex_close_still_ends_well_without_text),
        cmocka_unit_test(established_holds_a_bounded_number_of_ranges),
        cmocka_unit_test(established_overlapping_held_text_is_counted_once),
        cmocka_unit_test(established_held_text_may_come_from_the_right),
        cmocka_unit_test(established_held_text_is_acknowledged_once),
        cmocka_unit_test(established_held_text_right_of_the_fin_is_cut),
        cmocka_unit_test(established_text_right_of_a_held_fin_is_not_taken),
        cmocka_unit_test(established_second_held_fin_elsewhere_is_not_believed),
        cmocka_unit_test(established_fin_out_of_order_is_dropped_with_its_text_by_policy),
        cmocka_unit_test(established_random_pieces_make_one_stream),
        cmocka_unit_test(established_text_without_psh_pushes_nothing),
        cmocka_unit_test(fin_wait_1_ways_into_time_wait_have_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
