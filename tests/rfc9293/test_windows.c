/*
 * Windows: closing, probing, shrinking, silly ones (RFC 9293 3.8.6, 3.10.7.4 step 1).
 *
 * Not here: scaled windows (test_options.c). The advertised right edge never moves left (S28), and
 * text beyond SND.UNA + SND.WND is never sent but for the octet of a probe (S29).
 */
#include "cell.h"

/* An established connection whose peer has closed its window, with ten octets that wait. */
static void blocked(struct sp_cell *c)
{
    c->peer_wnd = 0;
    sp_reach(c, SP_ESTABLISHED);
    sp_send(c, 10);
}

/* ------------------------------------------------------------------------------------ sender */

CELL(ESTABLISHED, SEND, established_send_into_a_closed_window_waits)
{
    blocked(c);
    sp_accepted(c);
    sp_silent(c);
    sp_vars(c, c->una, c->nxt, c->rcv);
    sp_that(c, (c->tcb.timers & SP_TIMER_PERSIST) != 0, "the persist timer runs");
    sp_that(c, (c->tcb.timers & SP_TIMER_RETRANSMISSION) == 0, "nothing is in flight");
}

/* [9293 MUST-35] [9293 MUST-36]: one octet at SND.NXT; the RFC's repaired reading (D5) leaves
 * SND.NXT where it is. */
CELL(ESTABLISHED, PERSIST, established_persist_probes_with_one_octet)
{
    blocked(c);
    sp_call(c, SP_EVENT_PERSIST);
    sp_sent(c, 1);
    sp_covers(c, c->nxt, c->nxt + 1, false);
    sp_that(c, c->out.segment[0].len == 1, "one octet");
    sp_that(c, c->tcb.snd_nxt == c->nxt, "SND.NXT does not move (D5)");
    sp_that(c, c->tcb.snd_max == c->nxt + 1, "but the octet was sent");
}

CELL(ESTABLISHED, PERSIST, established_persist_literally_advances_snd_nxt)
{
    c->policy.zero_window = SP_zero_window_LITERAL;
    blocked(c);
    sp_call(c, SP_EVENT_PERSIST);
    sp_sent(c, 1);
    sp_covers(c, c->nxt, c->nxt + 1, false);
    sp_that(c, c->tcb.snd_nxt == c->nxt + 1, "a probe is text like any other");
}

CELL(ESTABLISHED, PERSIST, established_persist_probes_with_the_same_octet_again)
{
    blocked(c);
    sp_call(c, SP_EVENT_PERSIST);
    sp_call(c, SP_EVENT_PERSIST);
    sp_sent(c, 1);
    sp_covers(c, c->nxt, c->nxt + 1, false);
}

CELL(CLOSE_WAIT, PERSIST, close_wait_persist_probes_with_one_octet)
{
    c->peer_wnd = 0;
    sp_reach(c, SP_CLOSE_WAIT);
    sp_send(c, 10);
    sp_call(c, SP_EVENT_PERSIST);
    sp_sent(c, 1);
    sp_covers(c, c->nxt, c->nxt + 1, false);
}

CELL(FIN_WAIT_1, PERSIST, fin_wait_1_persist_probes_before_the_fin)
{
    blocked(c);
    sp_call(c, SP_EVENT_CLOSE);
    sp_in(c, SP_FIN_WAIT_1);
    sp_silent(c);
    sp_call(c, SP_EVENT_PERSIST);
    sp_sent(c, 1);
    sp_covers(c, c->nxt, c->nxt + 1, false);
}

/* A FIN occupies the window like text: at a closed one it is itself the probe. */
CELL(FIN_WAIT_1, PERSIST, fin_wait_1_persist_probes_with_the_fin)
{
    c->peer_wnd = 0;
    sp_reach(c, SP_ESTABLISHED);
    sp_call(c, SP_EVENT_CLOSE);
    sp_in(c, SP_FIN_WAIT_1);
    sp_silent(c);
    sp_call(c, SP_EVENT_PERSIST);
    sp_one(c, SP_FIN | SP_ACK, c->nxt, c->rcv, 0);
}

ARRIVES(ESTABLISHED, ACK_DUPLICATE, established_window_that_opens_lets_text_go)
{
    blocked(c);
    c->peer_wnd = 1000;
    sp_arrive(c, SP_ACK, c->rcv, c->una, 0);
    sp_one(c, SP_PSH | SP_ACK, c->nxt, c->rcv, 10);
    sp_that(c, (c->tcb.timers & SP_TIMER_PERSIST) == 0, "the persist timer stops");
}

ARRIVES(ESTABLISHED, ACK_DUPLICATE, established_window_that_opens_after_a_probe_lets_all_text_go)
{
    blocked(c);
    sp_call(c, SP_EVENT_PERSIST);
    c->peer_wnd = 1000;
    sp_arrive(c, SP_ACK, c->rcv, c->una, 0);
    sp_covers(c, c->nxt, c->nxt + 10, false);
}

ARRIVES(ESTABLISHED, ACK_BEYOND, established_ack_of_a_probe_octet_is_believed)
{
    blocked(c);
    sp_call(c, SP_EVENT_PERSIST);
    c->peer_wnd = 1000;
    sp_arrive(c, SP_ACK, c->rcv, c->nxt + 1, 0);
    sp_that(c, c->tcb.snd_una == c->nxt + 1, "the octet was sent, and is acknowledged");
    sp_covers(c, c->nxt + 1, c->nxt + 10, false);
}

/* [9293 MUST-37]: as long as probes are answered, the connection stays open. */
CELL(ESTABLISHED, PERSIST, established_answered_probes_never_time_out)
{
    c->open.r2 = 2;
    blocked(c);
    for (unsigned i = 0; i < 20; i++) {
        sp_call(c, SP_EVENT_PERSIST);
        sp_sent(c, 1);
        sp_arrive(c, SP_ACK, c->rcv, c->una, 0);
    }
    sp_in(c, SP_ESTABLISHED);
}

/* [9293 MUST-34] [9293 SHLD-15]: the right edge moves left, below what was sent. */
ARRIVES(ESTABLISHED, ACK_DUPLICATE, established_survives_a_shrinking_window)
{
    sp_send(c, 800);
    c->peer_wnd = 100;
    sp_arrive(c, SP_ACK, c->rcv, c->una, 0);
    sp_in(c, SP_ESTABLISHED);
    sp_silent(c);
    sp_vars(c, c->una, c->una + 800, c->rcv);
    sp_send(c, 10);
    sp_silent(c);
}

/* [9293 SHLD-16]: what lies between SND.UNA and the new edge is retransmitted normally. */
CELL(ESTABLISHED, RETRANSMISSION, established_retransmits_after_a_shrink)
{
    sp_send(c, 800);
    c->peer_wnd = 100;
    sp_arrive(c, SP_ACK, c->rcv, c->una, 0);
    sp_call(c, SP_EVENT_RETRANSMISSION);
    sp_sent(c, 1);
    sp_that(c, c->out.segment[0].seq == c->una, "from SND.UNA");
    sp_that(c, c->out.segment[0].len >= 1 && c->out.segment[0].len <= 536, "at most one segment");
}

/* ---------------------------------------------------------------------------------- receiver */

/* An established connection with a full buffer of thirty octets that nobody reads. */
static void full(struct sp_cell *c)
{
    c->open.reading = false;
    c->open.buffer = 30;
    c->unread = 30;
    sp_reach(c, SP_ESTABLISHED);
    sp_that(c, sp_rcv_wnd(&c->tcb) == 0, "the window is closed");
}

ARRIVES(ESTABLISHED, TEXT, established_window_shrinks_as_the_buffer_fills)
{
    c->open.reading = false;
    sp_reach(c, SP_ESTABLISHED);
    sp_arrive(c, SP_ACK, c->rcv, c->una, 100);
    sp_acked(c, c->nxt, c->rcv + 100);
    sp_that(c, c->out.segment[0].wnd == 3900, "the edge stays, RCV.WND shrinks");
    sp_that(c, c->out.delivered == 0, "nobody asked");
}

ARRIVES(ESTABLISHED, TEXT, established_window_stays_while_the_user_reads)
{
    sp_arrive(c, SP_ACK, c->rcv, c->una, 100);
    sp_that(c, c->out.segment[0].wnd == 4000, "the buffer is empty again");
}

/* The probe: not acceptable, and answered. */
ARRIVES(ESTABLISHED, TEXT_OUTSIDE, established_full_answers_a_probe)
{
    full(c);
    sp_arrive(c, SP_ACK, c->rcv, c->una, 1);
    sp_acked(c, c->nxt, c->rcv);
    sp_that(c, c->out.segment[0].wnd == 0, "the window is closed");
    sp_that(c, c->tcb.rcv_nxt == c->rcv, "the octet is not taken");
    sp_in(c, SP_ESTABLISHED);
}

/* "allowance should be made to accept valid ACKs": D5. */
ARRIVES(ESTABLISHED, ACK_NEW, established_full_still_takes_acks)
{
    full(c);
    sp_send(c, 10);
    sp_arrive(c, SP_ACK, c->rcv, c->nxt + 10, 0);
    sp_that(c, c->tcb.snd_una == c->nxt + 10, "the ACK counts");
    sp_silent(c);
}

ARRIVES(ESTABLISHED, ACK_NEW, established_full_takes_the_ack_of_a_probe_segment)
{
    full(c);
    sp_send(c, 10);
    sp_arrive(c, SP_ACK, c->rcv, c->nxt + 10, 1);
    sp_that(c, c->tcb.snd_una == c->nxt + 10, "the ACK counts");
    sp_that(c, c->tcb.rcv_nxt == c->rcv, "the octet does not");
    sp_acked(c, c->nxt + 10, c->rcv);
}

/* [9293 MUST-66] */
ARRIVES(ESTABLISHED, RST_EXACT, established_full_still_takes_a_rst)
{
    full(c);
    sp_arrive(c, SP_RST, c->rcv, 0, 0);
    sp_gone(c);
    sp_told(c, SP_SIGNAL_RESET | SP_SIGNAL_DELETED);
}

ARRIVES(ESTABLISHED, RST_OUTSIDE, established_full_drops_an_inexact_rst)
{
    full(c);
    sp_arrive(c, SP_RST, c->rcv + 1, 0, 0);
    sp_dropped(c);
}

ARRIVES(ESTABLISHED, TEXT_OUTSIDE,
        established_segment_longer_than_the_window_is_rejected_by_the_table)
{
    c->open.reading = false;
    c->open.buffer = 30;
    c->unread = 20;
    sp_reach(c, SP_ESTABLISHED);
    sp_arrive(c, SP_ACK, c->rcv - 10, c->una, 40);
    sp_challenged(c);
}

ARRIVES(ESTABLISHED, FIN, established_full_does_not_take_a_fin)
{
    full(c);
    sp_arrive(c, SP_FIN | SP_ACK, c->rcv, c->una, 0);
    sp_in(c, SP_ESTABLISHED);
    sp_acked(c, c->nxt, c->rcv);
}

/* [9293 SHLD-14]: neither reading nor text moves the edge left. */
ARRIVES(ESTABLISHED, TEXT, established_right_edge_never_moves_left)
{
    c->open.reading = false;
    sp_reach(c, SP_ESTABLISHED);
    sp_seq edge = c->tcb.rcv_adv;
    for (unsigned i = 0; i < 8; i++) {
        sp_arrive(c, SP_ACK, c->rcv + 500 * i, c->una, 500);
        sp_that(c, sp_seq_ge(c->tcb.rcv_adv, edge), "the right edge");
        edge = c->tcb.rcv_adv;
        sp_receive(c, 100);
        sp_that(c, sp_seq_ge(c->tcb.rcv_adv, edge), "the right edge");
        edge = c->tcb.rcv_adv;
    }
}

/* --------------------------------------------------------------------- silly windows, by policy */

/* [9293 MUST-39]: no small update. */
CELL(ESTABLISHED, RECEIVE, established_sws_receiver_keeps_small_room_to_itself)
{
    c->policy.sws = SP_sws_ON;
    full(c);
    sp_receive(c, 1);
    sp_silent(c);
    sp_that(c, sp_rcv_wnd(&c->tcb) == 0, "one octet of thirty is not worth an update");
}

CELL(ESTABLISHED, RECEIVE, established_sws_receiver_advertises_half_a_buffer)
{
    c->policy.sws = SP_sws_ON;
    full(c);
    sp_receive(c, 15);
    sp_acked(c, c->nxt, c->rcv);
    sp_that(c, c->out.segment[0].wnd == 15, "half of the buffer");
}

/* [9293 MUST-38]: neither a full segment, nor all there is, nor half the largest window. */
CELL(ESTABLISHED, SEND, established_sws_sender_waits_for_a_full_segment)
{
    c->policy.sws = SP_sws_ON;
    sp_send(c, 900);
    sp_covers(c, c->nxt, c->tcb.snd_nxt, false);
    sp_seq went = c->tcb.snd_nxt;
    c->peer_wnd = (uint16_t)(went - c->una + 50);
    sp_arrive(c, SP_ACK, c->rcv, c->una, 0);
    sp_silent(c);
    sp_that(c, c->tcb.snd_nxt == went, "fifty octets of room are a silly window");
}

CELL(ESTABLISHED, SEND, established_sws_sender_sends_all_there_is)
{
    c->policy.sws = SP_sws_ON;
    sp_send(c, 10);
    sp_one(c, SP_PSH | SP_ACK, c->nxt, c->rcv, 10);
}

/* [9293 MUST-38], the override timer against deadlock. */
CELL(ESTABLISHED, PERSIST, established_sws_override_sends_what_fits)
{
    c->policy.sws = SP_sws_ON;
    c->peer_wnd = 600;
    sp_reach(c, SP_ESTABLISHED);
    c->peer_wnd = 50;
    sp_arrive(c, SP_ACK, c->rcv, c->una, 0);
    sp_send(c, 300);
    sp_silent(c);
    sp_that(c, (c->tcb.timers & SP_TIMER_PERSIST) != 0, "the override timer runs");
    sp_call(c, SP_EVENT_PERSIST);
    sp_that(c, c->out.sent >= 1, "something goes out");
    sp_covers(c, c->nxt, c->nxt + 50, false);
}

CELL(ESTABLISHED, PERSIST, established_sws_override_advances_snd_nxt)
{
    c->policy.sws = SP_sws_ON;
    c->peer_wnd = 600;
    sp_reach(c, SP_ESTABLISHED);
    c->peer_wnd = 50;
    sp_arrive(c, SP_ACK, c->rcv, c->una, 0);
    sp_send(c, 300);
    sp_call(c, SP_EVENT_PERSIST);
    sp_vars(c, c->una, c->nxt + 50, c->rcv);
    sp_arrive(c, SP_ACK, c->rcv, c->nxt + 50, 0);
    sp_that(c, c->tcb.snd_una == c->nxt + 50, "it is acknowledged like any text");
}

/* (3) of 3.8.6.2.1: at least half of the largest window ever seen. */
CELL(ESTABLISHED, SEND, established_sws_sender_fills_half_the_largest_window)
{
    c->policy.sws = SP_sws_ON;
    c->peer_wnd = 500;
    sp_arrive(c, SP_ACK, c->rcv, c->una, 0);
    sp_send(c, 600);
    sp_one(c, SP_ACK, c->nxt, c->rcv, 500);
}

CELL(ESTABLISHED, SEND, established_sws_sender_waits_below_half_the_largest_window)
{
    c->policy.sws = SP_sws_ON;
    c->peer_wnd = 499;
    sp_arrive(c, SP_ACK, c->rcv, c->una, 0);
    sp_send(c, 600);
    sp_silent(c);
}

/* A closed window does not make a SYN, or a segment without ACK, credible. */
ARRIVES(ESTABLISHED, SYN_OUTSIDE, established_full_challenges_a_syn)
{
    full(c);
    sp_arrive(c, SP_SYN, c->rcv, 0, 0);
    sp_challenged(c);
}

ARRIVES(ESTABLISHED, NO_ACK, established_full_answers_text_without_ack)
{
    full(c);
    sp_arrive(c, SP_PSH, c->rcv, 0, 1);
    sp_challenged(c);
}

ARRIVES(ESTABLISHED, ACK_NEW, established_full_does_not_use_acks_from_far_away)
{
    full(c);
    sp_send(c, 10);
    sp_arrive(c, SP_ACK, c->rcv + 500, c->nxt + 10, 0);
    sp_challenged(c);
}

/* A keep-alive probe at a closed window is answered, or the prober gives up. */
ARRIVES(ESTABLISHED, ACK_DUPLICATE, established_full_answers_a_keep_alive_probe)
{
    full(c);
    sp_arrive(c, SP_ACK, c->rcv - 1, c->una, 0);
    sp_acked(c, c->nxt, c->rcv);
}

ARRIVES(ESTABLISHED, TEXT_OUTSIDE, established_full_takes_no_text_out_of_order)
{
    full(c);
    sp_arrive(c, SP_ACK, c->rcv + 1, c->una, 5);
    sp_acked(c, c->nxt, c->rcv);
    sp_that(c, c->out.taken.left == c->out.taken.right, "nothing is taken");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(established_send_into_a_closed_window_waits),
        cmocka_unit_test(established_persist_probes_with_one_octet),
        cmocka_unit_test(established_persist_literally_advances_snd_nxt),
        cmocka_unit_test(established_persist_probes_with_the_same_octet_again),
        cmocka_unit_test(close_wait_persist_probes_with_one_octet),
        cmocka_unit_test(fin_wait_1_persist_probes_before_the_fin),
        cmocka_unit_test(fin_wait_1_persist_probes_with_the_fin),
        cmocka_unit_test(established_window_that_opens_lets_text_go),
        cmocka_unit_test(established_window_that_opens_after_a_probe_lets_all_text_go),
        cmocka_unit_test(established_ack_of_a_probe_octet_is_believed),
        cmocka_unit_test(established_answered_probes_never_time_out),
        cmocka_unit_test(established_survives_a_shrinking_window),
        cmocka_unit_test(established_retransmits_after_a_shrink),
        cmocka_unit_test(established_window_shrinks_as_the_buffer_fills),
        cmocka_unit_test(established_window_stays_while_the_user_reads),
        cmocka_unit_test(established_full_answers_a_probe),
        cmocka_unit_test(established_full_still_takes_acks),
        cmocka_unit_test(established_full_takes_the_ack_of_a_probe_segment),
        cmocka_unit_test(established_full_still_takes_a_rst),
        cmocka_unit_test(established_full_drops_an_inexact_rst),
        cmocka_unit_test(established_segment_longer_than_the_window_is_rejected_by_the_table),
        cmocka_unit_test(established_full_does_not_take_a_fin),
        cmocka_unit_test(established_right_edge_never_moves_left),
        cmocka_unit_test(established_sws_receiver_keeps_small_room_to_itself),
        cmocka_unit_test(established_sws_receiver_advertises_half_a_buffer),
        cmocka_unit_test(established_sws_sender_waits_for_a_full_segment),
        cmocka_unit_test(established_sws_sender_sends_all_there_is),
        cmocka_unit_test(established_sws_override_sends_what_fits),
        cmocka_unit_test(established_sws_override_advances_snd_nxt),
        cmocka_unit_test(established_sws_sender_fills_half_the_largest_window),
        cmocka_unit_test(established_sws_sender_waits_below_half_the_largest_window),
        cmocka_unit_test(established_full_challenges_a_syn),
        cmocka_unit_test(established_full_answers_text_without_ack),
        cmocka_unit_test(established_full_does_not_use_acks_from_far_away),
        cmocka_unit_test(established_full_answers_a_keep_alive_probe),
        cmocka_unit_test(established_full_takes_no_text_out_of_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
