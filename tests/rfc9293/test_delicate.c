/*
 * The eighteen points where RFC 9293 contradicts itself, its relatives or practice, D1 to D18.
 *
 * Each has its literal and its working reading side by side. Not here: which of them leads to what
 * between two ends; that is for the explorer to say.
 */
#include "cell.h"

/* --------------------------------------------------------------- D1: which RST SYN-SENT believes
 */

ARRIVES(SYN_SENT, RST_EXACT, syn_sent_rst_needs_the_ack_and_not_a_sequence_number)
{
    sp_arrive(c, SP_RST, 0, 0, 0);
    sp_dropped(c);
    sp_arrive(c, SP_RST | SP_ACK, c->irs - 7, c->iss + 1, 0);
    sp_gone(c);
}

/* ----------------------------------------------------------------- D2: where SND.WND is set first
 */

ARRIVES(SYN_SENT, SYN_ACK, syn_sent_syn_ack_literally_sets_no_window)
{
    c->policy.wnd_init = SP_wnd_init_LITERAL;
    sp_reach(c, SP_SYN_SENT);
    sp_arrive(c, SP_SYN | SP_ACK, c->irs, c->iss + 1, 0);
    sp_in(c, SP_ESTABLISHED);
    sp_that(c, c->tcb.snd_wnd == 0, "9293 writes it elsewhere only");
}

ARRIVES(SYN_RECEIVED, ACK_NEW, syn_received_ack_literally_sets_the_window)
{
    c->policy.wnd_init = SP_wnd_init_LITERAL;
    sp_reach(c, SP_SYN_RECEIVED);
    sp_arrive(c, SP_ACK, c->rcv, c->iss + 1, 0);
    sp_that(c, c->tcb.snd_wnd == 1000, "SND.WND = SEG.WND");
    sp_that(c, c->tcb.snd_wl1 == c->rcv && c->tcb.snd_wl2 == c->iss + 1, "WL1, WL2");
}

/* ------------------------------------------------------------------------ D3: ACKs in TIME-WAIT */

/* Each ACK of one end in TIME-WAIT would be answered by the other, for ever. */
ARRIVES(TIME_WAIT, ACK_DUPLICATE, time_wait_acks_end_with_the_first)
{
    c->policy.tw_ack = SP_tw_ack_LITERAL;
    for (unsigned i = 0; i < 5; i++) {
        sp_arrive(c, SP_ACK, c->rcv, c->nxt, 0);
        sp_acked(c, c->nxt, c->rcv);
    }
    c->policy.tw_ack = SP_tw_ack_QUIET;
    sp_arrive(c, SP_ACK, c->rcv, c->nxt, 0);
    sp_silent(c);
}

/* ------------------------------------------------------------------------ D4: what restarts 2MSL
 */

ARRIVES(TIME_WAIT, FIN, time_wait_fin_again_is_left_of_the_window)
{
    sp_that(c, c->tcb.rcv_nxt == c->rcv, "RCV.NXT is past the FIN");
    sp_arrive(c, SP_FIN | SP_ACK, c->rcv - 1, c->nxt, 0);
    sp_fired(c, SP_RULE_TIME_WAIT_FIN_AGAIN);
    sp_acked(c, c->nxt, c->rcv);
}

/* --------------------------------------------------------------------------- D5: closed windows */

static void closed_window(struct sp_cell *c)
{
    c->open.reading = false;
    c->open.buffer = 30;
    c->unread = 30;
    sp_reach(c, SP_ESTABLISHED);
    sp_send(c, 10);
}

/* The peer probed, its ACKs carry SEQ = our RCV.NXT + 1. */
ARRIVES(ESTABLISHED, ACK_NEW, established_closed_window_uses_the_ack_after_a_probe)
{
    closed_window(c);
    sp_arrive(c, SP_ACK, c->rcv + 1, c->nxt + 10, 0);
    sp_that(c, c->tcb.snd_una == c->nxt + 10, "the ACK counts");
    sp_that(c, c->tcb.rcv_nxt == c->rcv, "RCV.NXT does not move");
}

ARRIVES(ESTABLISHED, ACK_NEW, established_closed_window_literally_answers_the_ack_after_a_probe)
{
    c->policy.zero_window = SP_zero_window_LITERAL;
    closed_window(c);
    sp_arrive(c, SP_ACK, c->rcv + 1, c->nxt + 10, 0);
    sp_challenged(c);
}

/* "if the RCV.WND is zero ... allowance should be made to accept valid ACKs" is not in the table.
 */
ARRIVES(ESTABLISHED, ACK_NEW, established_closed_window_literally_takes_an_exact_ack)
{
    c->policy.zero_window = SP_zero_window_LITERAL;
    closed_window(c);
    sp_arrive(c, SP_ACK, c->rcv, c->nxt + 10, 0);
    sp_that(c, c->tcb.snd_una == c->nxt + 10, "SEG.LEN = 0, RCV.WND = 0, SEG.SEQ = RCV.NXT");
}

/* [9293 MUST-66] holds under both readings. */
ARRIVES(ESTABLISHED, RST_EXACT, established_closed_window_literally_takes_a_rst)
{
    c->policy.zero_window = SP_zero_window_LITERAL;
    closed_window(c);
    sp_arrive(c, SP_RST, c->rcv, 0, 0);
    sp_gone(c);
}

ARRIVES(ESTABLISHED, RST_EXACT, established_closed_window_takes_a_rst_with_text)
{
    closed_window(c);
    sp_arrive(c, SP_RST, c->rcv, 0, 5);
    sp_gone(c);
}

/* All that fills this end's window is on its way: the peer's empty ACKs stand right behind it. */
static void full_window(struct sp_cell *c)
{
    sp_reach(c, SP_ESTABLISHED);
    sp_send(c, 10);
}

ARRIVES(ESTABLISHED, ACK_NEW, established_uses_an_empty_ack_right_behind_the_window)
{
    full_window(c);
    sp_arrive(c, SP_ACK, c->tcb.rcv_adv, c->nxt + 10, 0);
    sp_that(c, c->tcb.snd_una == c->nxt + 10, "the ACK counts");
    sp_that(c, c->tcb.rcv_nxt == c->rcv, "RCV.NXT does not move");
    sp_that(c, c->out.sent == 0, "an empty ACK is not answered");
}

ARRIVES(ESTABLISHED, ACK_NEW, established_literally_answers_an_empty_ack_right_behind_the_window)
{
    c->policy.zero_window = SP_zero_window_LITERAL;
    full_window(c);
    sp_arrive(c, SP_ACK, c->tcb.rcv_adv, c->nxt + 10, 0);
    sp_challenged(c);
}

ARRIVES(ESTABLISHED, ACK_NEW, established_answers_an_ack_farther_behind_the_window)
{
    full_window(c);
    sp_arrive(c, SP_ACK, c->tcb.rcv_adv + 1, c->nxt + 10, 0);
    sp_challenged(c);
}

ARRIVES(ESTABLISHED, ACK_NEW, established_answers_text_right_behind_the_window)
{
    full_window(c);
    sp_arrive(c, SP_ACK, c->tcb.rcv_adv, c->nxt + 10, 1);
    sp_challenged(c);
}

/* Only ISN agreement knows whose ACK it is: the peer may have begun again. */
ARRIVES(SYN_RECEIVED, ACK_NEW, syn_received_does_not_believe_an_ack_right_behind_the_window)
{
    sp_reach(c, SP_SYN_RECEIVED);
    sp_arrive(c, SP_ACK, c->tcb.rcv_adv, c->nxt, 0);
    sp_that(c, c->tcb.state == SP_SYN_RECEIVED, "it waits for the ACK of its SYN");
    sp_that(c, c->tcb.snd_una == c->tcb.iss, "the ACK does not count");
    sp_that(c, c->out.sent == 1, "an ACK is sent");
}

/* ------------------------------------------------------------------- D6: a SYN that covers text */

ARRIVES(ESTABLISHED, SYN_OUTSIDE, established_old_syn_with_text_is_challenged)
{
    sp_arrive(c, SP_SYN, c->irs, 0, 20);
    sp_challenged(c);
}

ARRIVES(ESTABLISHED, SYN_INSIDE, established_syn_with_fin_is_challenged)
{
    sp_arrive(c, SP_SYN | SP_FIN, c->rcv, 0, 0);
    sp_challenged(c);
}

/* ------------------------------------------------------------------ D7: bad ACK in SYN-RECEIVED */

ARRIVES(SYN_RECEIVED, ACK_BEYOND, syn_received_bad_ack_draws_rst_also_with_the_range_check)
{
    c->policy.ack_range = SP_ack_range_ON;
    sp_arrive(c, SP_ACK, c->rcv, c->nxt + 1, 0);
    sp_rst(c, c->nxt + 1);
    sp_in(c, SP_SYN_RECEIVED);
}

ARRIVES(SYN_RECEIVED, ACK_BEYOND, syn_received_bad_ack_draws_ack_where_the_range_check_comes_first)
{
    c->policy.ack_range = SP_ack_range_ON;
    c->policy.synrcvd_ack = SP_synrcvd_ack_ACK;
    sp_arrive(c, SP_ACK, c->rcv, c->nxt + 1, 0);
    sp_challenged(c);
}

/* -------------------------------------------------------------- D8: where the one that aborts goes
 */

CELL(FIN_WAIT_2, ABORT, fin_wait_2_abort_may_enter_time_wait)
{
    c->policy.reset_state = SP_reset_state_TIME_WAIT;
    sp_call(c, SP_EVENT_ABORT);
    sp_in(c, SP_TIME_WAIT);
    sp_rst(c, c->nxt);
}

/* ----------------------------------------------------- D9: unread text, also before the last FIN
 */

ARRIVES(FIN_WAIT_1, FIN, fin_wait_1_unread_text_survives_the_crossing_of_fins)
{
    c->open.reading = false;
    c->unread = 10;
    sp_reach(c, SP_FIN_WAIT_1);
    sp_arrive(c, SP_FIN | SP_ACK, c->rcv, c->una, 0);
    sp_in(c, SP_CLOSING);
    sp_receive(c, 10);
    sp_that(c, c->out.delivered == 10, "what was acknowledged is delivered");
}

/* -------------------------------------------------------------------- D10: simultaneous opening */

/* Both send SYN,ACK; each finds the other's left of its window and acknowledges it. */
ARRIVES(SYN_RECEIVED, ACK_NEW, syn_received_simultaneous_open_ends_established)
{
    c->origin = SP_ORIGIN_ACTIVE;
    sp_reach(c, SP_SYN_RECEIVED);
    sp_arrive(c, SP_SYN | SP_ACK, c->irs, c->iss + 1, 0);
    sp_acked(c, c->iss + 1, c->irs + 1);
    sp_in(c, SP_SYN_RECEIVED);
    sp_arrive(c, SP_ACK, c->irs + 1, c->iss + 1, 0);
    sp_in(c, SP_ESTABLISHED);
    sp_vars(c, c->iss + 1, c->iss + 1, c->irs + 1);
}

/* A connection with itself: the SYN comes back, then the SYN,ACK, then the ACK. */
ARRIVES(SYN_SENT, SYN_INSIDE, syn_sent_connects_to_itself)
{
    c->irs = c->iss;
    sp_reach(c, SP_SYN_SENT);
    for (unsigned i = 0; i < 4 && c->tcb.state != SP_ESTABLISHED; i++) {
        sp_sent(c, 1);
        sp_arrives(c, c->out.segment[0]);
    }
    sp_in(c, SP_ESTABLISHED);
    sp_vars(c, c->iss + 1, c->iss + 1, c->iss + 1);
}

/* --------------------------------------------------------- D11: a duplicate SYN at SYN-RECEIVED */

ARRIVES(SYN_RECEIVED, SYN_OUTSIDE, syn_received_literal_answer_to_a_duplicate_syn_is_of_no_use)
{
    c->policy.synrcvd_dup_syn = SP_synrcvd_dup_syn_ACK;
    sp_arrive(c, SP_SYN, c->irs, 0, 0);
    sp_challenged(c);
    sp_that(c, (c->out.segment[0].flags & SP_SYN) == 0, "SYN-SENT drops an ACK without SYN");
}

/* ------------------------------------------------------------------------------ D12: second FIN */

ARRIVES(CLOSE_WAIT, FIN, close_wait_second_fin_literally_counts_again)
{
    c->policy.second_fin = SP_second_fin_LITERAL;
    sp_reach(c, SP_CLOSE_WAIT);
    sp_arrive(c, SP_FIN | SP_ACK, c->rcv, c->una, 0);
    sp_in(c, SP_CLOSE_WAIT);
    sp_that(c, c->tcb.rcv_nxt == c->rcv + 1,
            "step 8 advances RCV.NXT before it looks at the state");
}

ARRIVES(LAST_ACK, FIN, last_ack_second_fin_counts_once)
{
    sp_arrive(c, SP_FIN | SP_ACK, c->rcv, c->una, 0);
    sp_that(c, c->tcb.rcv_nxt == c->rcv, "the stream ended at the first");
    sp_in(c, SP_LAST_ACK);
}

/* ------------------------------------------------------------- D13: a SYN kills a half-open open
 */

ARRIVES(SYN_RECEIVED, SYN_INSIDE, syn_received_listens_again_and_takes_the_next_syn)
{
    sp_arrive(c, SP_SYN, c->rcv + 5, 0, 0);
    sp_in(c, SP_LISTEN);
    sp_arrive(c, SP_SYN, c->rcv + 5, 0, 0);
    sp_in(c, SP_SYN_RECEIVED);
    sp_one(c, SP_SYN | SP_ACK, c->iss, c->rcv + 6, 0);
}

/* ------------------------------------------------------------- D14: when the own FIN is
 * acknowledged */

/* CLOSE with ten octets and a window of four: FIN-WAIT-1, no FIN yet. */
static void fin_unsent(struct sp_cell *c)
{
    c->peer_wnd = 4;
    sp_reach(c, SP_ESTABLISHED);
    sp_send(c, 10);
    sp_call(c, SP_EVENT_CLOSE);
    sp_in(c, SP_FIN_WAIT_1);
    c->peer_wnd = 0;
}

ARRIVES(FIN_WAIT_1, ACK_NEW, fin_wait_1_ack_of_all_that_was_sent_is_not_an_ack_of_the_fin)
{
    fin_unsent(c);
    sp_arrive(c, SP_ACK, c->rcv, c->nxt + 4, 0);
    sp_in(c, SP_FIN_WAIT_1);
    sp_that(c, c->tcb.snd_una == c->nxt + 4, "the text is acknowledged");
}

ARRIVES(FIN_WAIT_1, ACK_NEW, fin_wait_1_ack_of_all_that_was_sent_literally_enters_fin_wait_2)
{
    c->policy.fin_acked = SP_fin_acked_LITERAL;
    fin_unsent(c);
    sp_arrive(c, SP_ACK, c->rcv, c->nxt + 4, 0);
    sp_in(c, SP_FIN_WAIT_2);
}

ARRIVES(FIN_WAIT_1, FIN, fin_wait_1_fin_before_ours_was_sent_enters_closing)
{
    fin_unsent(c);
    sp_arrive(c, SP_FIN | SP_ACK, c->rcv, c->nxt + 4, 0);
    sp_in(c, SP_CLOSING);
    c->peer_wnd = 100;
    sp_arrive(c, SP_ACK, c->rcv + 1, c->nxt + 4, 0);
    sp_in(c, SP_CLOSING);
    sp_covers(c, c->nxt + 4, c->nxt + 11, true);
    sp_arrive(c, SP_ACK, c->rcv + 1, c->nxt + 11, 0);
    sp_in(c, SP_TIME_WAIT);
}

/* ------------------------------------------------------------------- D15: CLOSE in SYN-RECEIVED */

CELL(SYN_RECEIVED, CLOSE, syn_received_close_then_one_ack_for_syn_and_fin)
{
    sp_call(c, SP_EVENT_CLOSE);
    sp_arrive(c, SP_ACK, c->irs + 1, c->iss + 2, 0);
    sp_in(c, SP_FIN_WAIT_2);
    sp_vars(c, c->iss + 2, c->iss + 2, c->irs + 1);
}

CELL(SYN_RECEIVED, CLOSE, syn_received_close_then_fin_with_ack_of_the_syn_alone)
{
    sp_call(c, SP_EVENT_CLOSE);
    sp_arrive(c, SP_FIN | SP_ACK, c->irs + 1, c->iss + 1, 0);
    sp_in(c, SP_CLOSING);
    sp_acked(c, c->iss + 2, c->irs + 2);
}

/* ------------------------------------------------------------- D16: an ACK of something never sent
 */

ARRIVES(ESTABLISHED, ACK_BEYOND, established_ack_beyond_is_dropped_silently_by_policy)
{
    c->policy.ack_beyond = SP_ack_beyond_SILENT;
    sp_arrive(c, SP_ACK, c->rcv, c->nxt + 1, 0);
    sp_dropped(c);
}

ARRIVES(LAST_ACK, ACK_BEYOND, last_ack_ack_beyond_is_dropped_silently_by_policy)
{
    c->policy.ack_beyond = SP_ack_beyond_SILENT;
    sp_arrive(c, SP_ACK, c->rcv, c->nxt + 1, 0);
    sp_dropped(c);
}

/* ----------------------------------------------------------------- D17: the edges of the window */

ARRIVES(ESTABLISHED, RST_INSIDE, established_rst_window_is_half_open)
{
    c->policy.rst_check = SP_rst_check_WINDOW;
    struct sp_tcb tcb = c->tcb;
    sp_arrive(c, SP_RST, c->rcv - 1, 0, 0);
    sp_dropped(c);
    sp_arrive(c, SP_RST, c->rcv + 4000, 0, 0);
    sp_dropped(c);
    sp_arrive(c, SP_RST, c->rcv, 0, 0);
    sp_gone(c);
    c->tcb = tcb;
    sp_arrive(c, SP_RST, c->rcv + 3999, 0, 0);
    sp_gone(c);
}

/* ------------------------------------------------------- D18: the four answers to one SYN */

ARRIVES(TIME_WAIT, SYN_INSIDE, time_wait_syn_has_four_answers)
{
    struct sp_tcb tcb = c->tcb;
    sp_arrive(c, SP_SYN, c->rcv + 9, 0, 0);
    sp_challenged(c);
    c->tcb = tcb;
    c->policy.tw_reply = SP_tw_reply_SILENT;
    sp_arrive(c, SP_SYN, c->rcv + 9, 0, 0);
    sp_dropped(c);
    c->tcb = tcb;
    c->policy.tw_reply = SP_tw_reply_RST;
    sp_arrive(c, SP_SYN, c->rcv + 9, 0, 0);
    sp_that(c, c->out.sent == 1 && sp_has(&c->out.segment[0], SP_RST), "a reset");
    sp_in(c, SP_TIME_WAIT);
    c->tcb = tcb;
    c->policy.tw_reopen = SP_tw_reopen_SEQ;
    sp_arrive(c, SP_SYN, c->rcv + 9, 0, 0);
    sp_in(c, SP_SYN_RECEIVED);
}

/* After the challenge ACK the opener's RST ends TIME-WAIT: the correct RST. */
ARRIVES(TIME_WAIT, RST_EXACT, time_wait_ends_by_the_rst_of_the_challenged_opener)
{
    sp_arrive(c, SP_SYN, c->rcv + 9, 0, 0);
    sp_challenged(c);
    struct sp_segment challenge = c->out.segment[0];
    sp_arrive(c, SP_RST, challenge.ack, 0, 0);
    sp_gone(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(syn_sent_rst_needs_the_ack_and_not_a_sequence_number),
        cmocka_unit_test(syn_sent_syn_ack_literally_sets_no_window),
        cmocka_unit_test(syn_received_ack_literally_sets_the_window),
        cmocka_unit_test(time_wait_acks_end_with_the_first),
        cmocka_unit_test(time_wait_fin_again_is_left_of_the_window),
        cmocka_unit_test(established_closed_window_uses_the_ack_after_a_probe),
        cmocka_unit_test(established_closed_window_literally_answers_the_ack_after_a_probe),
        cmocka_unit_test(established_closed_window_literally_takes_an_exact_ack),
        cmocka_unit_test(established_closed_window_literally_takes_a_rst),
        cmocka_unit_test(established_closed_window_takes_a_rst_with_text),
        cmocka_unit_test(established_uses_an_empty_ack_right_behind_the_window),
        cmocka_unit_test(established_literally_answers_an_empty_ack_right_behind_the_window),
        cmocka_unit_test(established_answers_an_ack_farther_behind_the_window),
        cmocka_unit_test(established_answers_text_right_behind_the_window),
        cmocka_unit_test(syn_received_does_not_believe_an_ack_right_behind_the_window),
        cmocka_unit_test(established_old_syn_with_text_is_challenged),
        cmocka_unit_test(established_syn_with_fin_is_challenged),
        cmocka_unit_test(syn_received_bad_ack_draws_rst_also_with_the_range_check),
        cmocka_unit_test(syn_received_bad_ack_draws_ack_where_the_range_check_comes_first),
        cmocka_unit_test(fin_wait_2_abort_may_enter_time_wait),
        cmocka_unit_test(fin_wait_1_unread_text_survives_the_crossing_of_fins),
        cmocka_unit_test(syn_received_simultaneous_open_ends_established),
        cmocka_unit_test(syn_sent_connects_to_itself),
        cmocka_unit_test(syn_received_literal_answer_to_a_duplicate_syn_is_of_no_use),
        cmocka_unit_test(close_wait_second_fin_literally_counts_again),
        cmocka_unit_test(last_ack_second_fin_counts_once),
        cmocka_unit_test(syn_received_listens_again_and_takes_the_next_syn),
        cmocka_unit_test(fin_wait_1_ack_of_all_that_was_sent_is_not_an_ack_of_the_fin),
        cmocka_unit_test(fin_wait_1_ack_of_all_that_was_sent_literally_enters_fin_wait_2),
        cmocka_unit_test(fin_wait_1_fin_before_ours_was_sent_enters_closing),
        cmocka_unit_test(syn_received_close_then_one_ack_for_syn_and_fin),
        cmocka_unit_test(syn_received_close_then_fin_with_ack_of_the_syn_alone),
        cmocka_unit_test(established_ack_beyond_is_dropped_silently_by_policy),
        cmocka_unit_test(last_ack_ack_beyond_is_dropped_silently_by_policy),
        cmocka_unit_test(established_rst_window_is_half_open),
        cmocka_unit_test(time_wait_syn_has_four_answers),
        cmocka_unit_test(time_wait_ends_by_the_rst_of_the_challenged_opener),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
