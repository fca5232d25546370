/*
 * SEGMENT ARRIVES in SYN-RECEIVED (RFC 9293 3.10.7.4).
 *
 * Unless a test says otherwise the connection came from a passive OPEN. The state is not a
 * synchronized one: a bad ACK draws a RST, and only an ACK of this very ISS establishes (S6).
 */
#include "cell.h"

/* The endpoint again, by simultaneous open. */
static void active(struct sp_cell *c)
{
    c->origin = SP_ORIGIN_ACTIVE;
    sp_reach(c, SP_SYN_RECEIVED);
}

/* What it is after a passive OPEN, and nothing of the attempt. */
static void listens_again(struct sp_cell *c)
{
    struct sp_cell fresh = *c;

    sp_in(c, SP_LISTEN);
    sp_told(c, 0);
    sp_reach(&fresh, SP_LISTEN);
    c->before = fresh.tcb;
    sp_unchanged(c);
}

/* ------------------------------------------------------------------------------------ RST */

/* [9293 MUST-11] */
ARRIVES(SYN_RECEIVED, RST_EXACT, syn_received_passive_rst_returns_to_listen)
{
    sp_arrive(c, SP_RST, c->rcv, 0, 0);
    sp_silent(c);
    listens_again(c);
}

ARRIVES(SYN_RECEIVED, RST_EXACT, syn_received_passive_rst_forgets_the_remote_it_learned)
{
    c->open.remote = false;
    sp_reach(c, SP_SYN_RECEIVED);
    sp_arrive(c, SP_RST, c->rcv, 0, 0);
    listens_again(c);
    sp_that(c, (c->tcb.flags & SP_TCB_REMOTE) == 0, "the remote socket is unspecified again");
}

ARRIVES(SYN_RECEIVED, RST_EXACT, syn_received_active_rst_is_refused)
{
    active(c);
    sp_arrive(c, SP_RST, c->rcv, 0, 0);
    sp_gone(c);
    sp_silent(c);
    sp_told(c, SP_SIGNAL_REFUSED | SP_SIGNAL_DELETED);
}

ARRIVES(SYN_RECEIVED, RST_INSIDE, syn_received_inexact_rst_is_challenged)
{
    sp_arrive(c, SP_RST, c->rcv + 1, 0, 0);
    sp_challenged(c);
}

ARRIVES(SYN_RECEIVED, RST_INSIDE, syn_received_active_inexact_rst_is_challenged)
{
    active(c);
    sp_arrive(c, SP_RST, c->rcv + 100, 0, 0);
    sp_challenged(c);
}

ARRIVES(SYN_RECEIVED, RST_OUTSIDE, syn_received_rst_left_of_the_window_is_dropped)
{
    sp_arrive(c, SP_RST, c->rcv - 1, 0, 0);
    sp_dropped(c);
}

ARRIVES(SYN_RECEIVED, RST_OUTSIDE, syn_received_rst_right_of_the_window_is_dropped)
{
    sp_arrive(c, SP_RST, c->rcv + 4000, 0, 0);
    sp_dropped(c);
}

ARRIVES(SYN_RECEIVED, RST_INSIDE, syn_received_inexact_rst_resets_under_rfc_793)
{
    c->policy.rst_check = SP_rst_check_WINDOW;
    sp_arrive(c, SP_RST, c->rcv + 1, 0, 0);
    sp_silent(c);
    listens_again(c);
}

/* ------------------------------------------------------------------------------------ SYN */

/* RFC 1122 4.2.2.20(e), erratum 8710; D13. */
ARRIVES(SYN_RECEIVED, SYN_INSIDE, syn_received_passive_syn_returns_to_listen)
{
    sp_arrive(c, SP_SYN, c->rcv, 0, 0);
    sp_silent(c);
    listens_again(c);
}

ARRIVES(SYN_RECEIVED, SYN_INSIDE, syn_received_passive_syn_is_challenged_by_policy)
{
    c->policy.synrcvd_syn = SP_synrcvd_syn_CHALLENGE;
    sp_arrive(c, SP_SYN, c->rcv, 0, 0);
    sp_challenged(c);
}

ARRIVES(SYN_RECEIVED, SYN_INSIDE, syn_received_passive_syn_draws_rst_under_rfc_793)
{
    c->policy.synrcvd_syn = SP_synrcvd_syn_RESET;
    sp_arrive(c, SP_SYN, c->rcv, 0, 0);
    sp_sent(c, 1);
    sp_that(c, (c->out.segment[0].flags & SP_RST) != 0, "a reset");
    listens_again(c);
}

ARRIVES(SYN_RECEIVED, SYN_INSIDE, syn_received_active_syn_is_challenged)
{
    active(c);
    sp_arrive(c, SP_SYN, c->rcv, 0, 0);
    sp_challenged(c);
}

/* D11: the opener in SYN-SENT has use for a SYN,ACK, and none for an ACK. */
ARRIVES(SYN_RECEIVED, SYN_OUTSIDE, syn_received_duplicate_of_its_syn_draws_the_syn_ack_again)
{
    sp_arrive(c, SP_SYN, c->irs, 0, 0);
    sp_one(c, SP_SYN | SP_ACK, c->iss, c->irs + 1, 0);
    sp_only_acked(c);
}

ARRIVES(SYN_RECEIVED, SYN_OUTSIDE, syn_received_duplicate_of_its_syn_literally_draws_an_ack)
{
    c->policy.synrcvd_dup_syn = SP_synrcvd_dup_syn_ACK;
    sp_arrive(c, SP_SYN, c->irs, 0, 0);
    sp_challenged(c);
}

ARRIVES(SYN_RECEIVED, SYN_OUTSIDE, syn_received_other_syn_outside_draws_an_ack)
{
    sp_arrive(c, SP_SYN, c->rcv + 5000, 0, 0);
    sp_challenged(c);
}

ARRIVES(SYN_RECEIVED, SYN_ACK, syn_received_syn_ack_outside_draws_an_ack)
{
    sp_arrive(c, SP_SYN | SP_ACK, c->rcv + 5000, c->iss + 1, 0);
    sp_challenged(c);
}

/* D10: by step 1 the peer's SYN,ACK of Figure 7 lies left of the window. Two SYN,ACKs that beget
 * SYN,ACKs would never stop: the answer is the ACK, which establishes the peer. */
ARRIVES(SYN_RECEIVED, SYN_ACK, syn_received_active_syn_ack_draws_the_ack_that_establishes)
{
    active(c);
    sp_arrive(c, SP_SYN | SP_ACK, c->irs, c->iss + 1, 0);
    sp_acked(c, c->iss + 1, c->irs + 1);
    sp_that(c, c->tcb.snd_nxt == c->iss + 1 && c->tcb.rcv_nxt == c->irs + 1, "nothing moves");
}

/* ------------------------------------------------------------------------------------ ACK */

ARRIVES(SYN_RECEIVED, ACK_NEW, syn_received_good_ack_establishes)
{
    sp_arrive(c, SP_ACK, c->rcv, c->iss + 1, 0);
    sp_in(c, SP_ESTABLISHED);
    sp_silent(c);
    sp_vars(c, c->iss + 1, c->iss + 1, c->irs + 1);
    sp_told(c, SP_SIGNAL_OPENED);
    sp_that(c, (c->tcb.timers & SP_TIMER_RETRANSMISSION) == 0, "nothing is left unacknowledged");
}

ARRIVES(SYN_RECEIVED, ACK_NEW, syn_received_active_good_ack_establishes)
{
    active(c);
    sp_arrive(c, SP_ACK, c->rcv, c->iss + 1, 0);
    sp_in(c, SP_ESTABLISHED);
    sp_silent(c);
    sp_told(c, SP_SIGNAL_OPENED);
}

/* RFC 1122 4.2.2.20(c) */
ARRIVES(SYN_RECEIVED, ACK_NEW, syn_received_good_ack_sets_the_send_window)
{
    c->peer_wnd = 777;
    sp_arrive(c, SP_ACK, c->rcv, c->iss + 1, 0);
    sp_that(c, c->tcb.snd_wnd == 777, "SND.WND = SEG.WND");
    sp_that(c, c->tcb.snd_wl1 == c->rcv, "SND.WL1 = SEG.SEQ");
    sp_that(c, c->tcb.snd_wl2 == c->iss + 1, "SND.WL2 = SEG.ACK");
}

/* Erratum 3301: SND.UNA < SEG.ACK, strictly. */
ARRIVES(SYN_RECEIVED, ACK_DUPLICATE, syn_received_ack_of_iss_draws_rst)
{
    sp_arrive(c, SP_ACK, c->rcv, c->iss, 0);
    sp_rst(c, c->iss);
    sp_unchanged(c);
}

/* Figure 8, Figure 11: the ACK is for another incarnation. */
ARRIVES(SYN_RECEIVED, ACK_BEYOND, syn_received_ack_beyond_snd_nxt_draws_rst)
{
    sp_arrive(c, SP_ACK, c->rcv, c->iss + 2, 0);
    sp_rst(c, c->iss + 2);
    sp_unchanged(c);
}

ARRIVES(SYN_RECEIVED, ACK_BEYOND, syn_received_active_ack_beyond_snd_nxt_draws_rst)
{
    active(c);
    sp_arrive(c, SP_ACK, c->rcv, c->iss + 9, 0);
    sp_rst(c, c->iss + 9);
    sp_unchanged(c);
}

/* -------------------------------------------------------------------------- text, FIN, no ACK */

ARRIVES(SYN_RECEIVED, TEXT, syn_received_text_with_good_ack_establishes_and_delivers)
{
    sp_arrive(c, SP_PSH | SP_ACK, c->rcv, c->iss + 1, 20);
    sp_in(c, SP_ESTABLISHED);
    sp_acked(c, c->iss + 1, c->rcv + 20);
    sp_that(c, c->delivered == 20, "the third segment may carry text");
    sp_told(c, SP_SIGNAL_OPENED);
}

ARRIVES(SYN_RECEIVED, TEXT, syn_received_text_with_bad_ack_is_not_taken)
{
    sp_arrive(c, SP_PSH | SP_ACK, c->rcv, c->iss + 2, 20);
    sp_rst(c, c->iss + 2);
    sp_unchanged(c);
}

ARRIVES(SYN_RECEIVED, TEXT_OUTSIDE, syn_received_text_outside_draws_an_ack)
{
    sp_arrive(c, SP_ACK, c->rcv + 4000, c->iss + 1, 20);
    sp_challenged(c);
}

ARRIVES(SYN_RECEIVED, FIN, syn_received_fin_with_good_ack_enters_close_wait)
{
    sp_arrive(c, SP_FIN | SP_ACK, c->rcv, c->iss + 1, 0);
    sp_in(c, SP_CLOSE_WAIT);
    sp_acked(c, c->iss + 1, c->rcv + 1);
    sp_vars(c, c->iss + 1, c->iss + 1, c->rcv + 1);
    sp_told(c, SP_SIGNAL_OPENED | SP_SIGNAL_CLOSING);
}

ARRIVES(SYN_RECEIVED, FIN, syn_received_fin_with_bad_ack_draws_rst)
{
    sp_arrive(c, SP_FIN | SP_ACK, c->rcv, c->iss, 0);
    sp_rst(c, c->iss);
    sp_unchanged(c);
}

ARRIVES(SYN_RECEIVED, NO_ACK, syn_received_text_without_ack_is_dropped)
{
    sp_arrive(c, SP_PSH, c->rcv, 0, 20);
    sp_dropped(c);
}

ARRIVES(SYN_RECEIVED, NO_ACK, syn_received_segment_without_ack_outside_draws_an_ack)
{
    sp_arrive(c, SP_PSH, c->rcv - 20, 0, 20);
    sp_challenged(c);
}

/* -------------------------------------------------------------------- what the user has asked for
 */

ARRIVES(SYN_RECEIVED, ACK_NEW, syn_received_handshake_restarts_the_count_of_retransmissions)
{
    sp_call(c, SP_EVENT_RETRANSMISSION);
    sp_arrive(c, SP_ACK, c->rcv, c->iss + 1, 0);
    sp_that(c, c->tcb.retransmits == 0, "the path works");
}

/* A user who has called CLOSE wants no listener any more. */
ARRIVES(SYN_RECEIVED, RST_EXACT, syn_received_passive_rst_after_a_waiting_close_ends)
{
    sp_send(c, 10);
    sp_call(c, SP_EVENT_CLOSE);
    sp_in(c, SP_SYN_RECEIVED);
    sp_arrive(c, SP_RST, c->rcv, 0, 0);
    sp_gone(c);
    sp_silent(c);
}

/* The retransmission queue is flushed; a SEND that waited in it is lost. */
ARRIVES(SYN_RECEIVED, RST_EXACT, syn_received_passive_rst_tells_of_text_that_waited)
{
    sp_send(c, 10);
    sp_arrive(c, SP_RST, c->rcv, 0, 0);
    sp_that(c, (c->out.signals & SP_SIGNAL_FLUSHED) != 0, "the SEND is answered");
    listens_again(c);
}

ARRIVES(SYN_RECEIVED, RST_EXACT, syn_received_passive_rst_keeps_receives)
{
    c->open.reading = false;
    sp_reach(c, SP_SYN_RECEIVED);
    sp_receive(c, 10);
    sp_arrive(c, SP_RST, c->rcv, 0, 0);
    sp_in(c, SP_LISTEN);
    sp_that(c, c->tcb.rcv_wanted == 10, "the RECEIVE waits for the next opener");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(syn_received_passive_rst_returns_to_listen),
        cmocka_unit_test(syn_received_passive_rst_forgets_the_remote_it_learned),
        cmocka_unit_test(syn_received_active_rst_is_refused),
        cmocka_unit_test(syn_received_inexact_rst_is_challenged),
        cmocka_unit_test(syn_received_active_inexact_rst_is_challenged),
        cmocka_unit_test(syn_received_rst_left_of_the_window_is_dropped),
        cmocka_unit_test(syn_received_rst_right_of_the_window_is_dropped),
        cmocka_unit_test(syn_received_inexact_rst_resets_under_rfc_793),
        cmocka_unit_test(syn_received_passive_syn_returns_to_listen),
        cmocka_unit_test(syn_received_passive_syn_is_challenged_by_policy),
        cmocka_unit_test(syn_received_passive_syn_draws_rst_under_rfc_793),
        cmocka_unit_test(syn_received_active_syn_is_challenged),
        cmocka_unit_test(syn_received_duplicate_of_its_syn_draws_the_syn_ack_again),
        cmocka_unit_test(syn_received_duplicate_of_its_syn_literally_draws_an_ack),
        cmocka_unit_test(syn_received_other_syn_outside_draws_an_ack),
        cmocka_unit_test(syn_received_syn_ack_outside_draws_an_ack),
        cmocka_unit_test(syn_received_active_syn_ack_draws_the_ack_that_establishes),
        cmocka_unit_test(syn_received_good_ack_establishes),
        cmocka_unit_test(syn_received_active_good_ack_establishes),
        cmocka_unit_test(syn_received_good_ack_sets_the_send_window),
        cmocka_unit_test(syn_received_ack_of_iss_draws_rst),
        cmocka_unit_test(syn_received_ack_beyond_snd_nxt_draws_rst),
        cmocka_unit_test(syn_received_active_ack_beyond_snd_nxt_draws_rst),
        cmocka_unit_test(syn_received_text_with_good_ack_establishes_and_delivers),
        cmocka_unit_test(syn_received_text_with_bad_ack_is_not_taken),
        cmocka_unit_test(syn_received_text_outside_draws_an_ack),
        cmocka_unit_test(syn_received_fin_with_good_ack_enters_close_wait),
        cmocka_unit_test(syn_received_fin_with_bad_ack_draws_rst),
        cmocka_unit_test(syn_received_text_without_ack_is_dropped),
        cmocka_unit_test(syn_received_segment_without_ack_outside_draws_an_ack),
        cmocka_unit_test(syn_received_handshake_restarts_the_count_of_retransmissions),
        cmocka_unit_test(syn_received_passive_rst_after_a_waiting_close_ends),
        cmocka_unit_test(syn_received_passive_rst_tells_of_text_that_waited),
        cmocka_unit_test(syn_received_passive_rst_keeps_receives),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
