/*
 * Options as they change the machine: MSS, window scale, SACK, timestamps and PAWS (RFC 9293 3.7.1,
 * RFC 7323, RFC 2018).
 *
 * Not here: their bytes. An option is in use only when both SYNs carried it.
 */
#include "cell.h"

/* ------------------------------------------------------------------------------------ MSS */

/* [9293 MUST-15]: 536 where the peer says nothing. */
ARRIVES(SYN_SENT, SYN_ACK, syn_sent_syn_ack_without_mss_means_536)
{
    c->peer_options = 0;
    c->peer_wnd = 2000;
    sp_arrive(c, SP_SYN | SP_ACK, c->irs, c->iss + 1, 0);
    sp_that(c, c->tcb.snd_mss == 536, "the default");
    sp_send(c, 600);
    sp_is(c, 0, SP_ACK, c->iss + 1, c->irs + 1, 536);
}

ARRIVES(LISTEN, SYN_INSIDE, listen_syn_without_mss_means_536)
{
    c->peer_options = 0;
    sp_arrive(c, SP_SYN, c->irs, 0, 0);
    sp_that(c, c->tcb.snd_mss == 536, "the default");
}

/* [9293 MUST-16] */
ARRIVES(SYN_SENT, SYN_ACK, syn_sent_mss_of_the_peer_limits_segments)
{
    c->peer_mss = 100;
    sp_arrive(c, SP_SYN | SP_ACK, c->irs, c->iss + 1, 0);
    sp_send(c, 250);
    sp_sent(c, 3);
    sp_is(c, 0, SP_ACK, c->iss + 1, c->irs + 1, 100);
    sp_is(c, 1, SP_ACK, c->iss + 101, c->irs + 1, 100);
    sp_is(c, 2, SP_PSH | SP_ACK, c->iss + 201, c->irs + 1, 50);
}

ARRIVES(LISTEN, SYN_INSIDE, listen_mss_of_the_peer_limits_segments)
{
    c->peer_mss = 100;
    sp_arrive(c, SP_SYN, c->irs, 0, 0);
    sp_that(c, c->tcb.snd_mss == 100, "what the peer takes");
    sp_arrive(c, SP_ACK, c->irs + 1, c->iss + 1, 0);
    sp_send(c, 150);
    sp_sent(c, 2);
}

ARRIVES(SYN_SENT, SYN_INSIDE, syn_sent_mss_counts_in_a_simultaneous_open)
{
    c->peer_mss = 100;
    sp_arrive(c, SP_SYN, c->irs, 0, 0);
    sp_that(c, c->tcb.snd_mss == 100, "what the peer takes");
}

/* --------------------------------------------------------------------------- window scale */

/* RFC 7323 2.2 */
static void scaled(struct sp_cell *c, enum sp_state state)
{
    c->open.options |= SP_OPT_SCALE;
    c->open.scale = 2;
    c->peer_options |= SP_OPT_SCALE;
    c->peer_scale = 3;
    sp_reach(c, state);
}

CELL(CLOSED, OPEN_ACTIVE, closed_open_active_offers_window_scale)
{
    c->open.options |= SP_OPT_SCALE;
    c->open.scale = 2;
    sp_call(c, SP_EVENT_OPEN_ACTIVE);
    sp_that(c, (c->out.segment[0].options & SP_OPT_SCALE) != 0, "the option");
    sp_that(c, c->out.segment[0].scale == 2, "its shift");
    sp_that(c, c->out.segment[0].wnd == 4000, "the window of a SYN is never scaled");
}

ARRIVES(LISTEN, SYN_INSIDE, listen_answers_window_scale_with_its_own)
{
    scaled(c, SP_LISTEN);
    sp_arrive(c, SP_SYN, c->irs, 0, 0);
    sp_that(c, (c->out.segment[0].options & SP_OPT_SCALE) != 0, "the option");
    sp_that(c, c->out.segment[0].scale == 2, "its shift");
    sp_that(c, c->out.segment[0].wnd == 4000, "the window of a SYN is never scaled");
}

ARRIVES(LISTEN, SYN_INSIDE, listen_does_not_answer_a_window_scale_that_was_not_offered)
{
    scaled(c, SP_LISTEN);
    c->peer_options = SP_OPT_MSS;
    sp_arrive(c, SP_SYN, c->irs, 0, 0);
    sp_that(c, (c->out.segment[0].options & SP_OPT_SCALE) == 0, "only if the SYN had it");
    sp_that(c, (c->tcb.flags & SP_TCB_SCALE) == 0, "not in use");
}

ARRIVES(ESTABLISHED, ACK_DUPLICATE, established_scaled_window_is_shifted_left)
{
    scaled(c, SP_ESTABLISHED);
    sp_that(c, c->tcb.snd_wnd == 1000, "the window of a SYN is never scaled");
    sp_arrive(c, SP_ACK, c->rcv, c->una, 0);
    sp_that(c, c->tcb.snd_wnd == 8000, "1000 << 3");
}

ARRIVES(ESTABLISHED, TEXT, established_scaled_window_is_sent_shifted_right)
{
    scaled(c, SP_ESTABLISHED);
    sp_arrive(c, SP_ACK, c->rcv, c->una, 20);
    sp_sent(c, 1);
    sp_that(c, c->out.segment[0].wnd == 1000, "4000 >> 2");
}

ARRIVES(SYN_SENT, SYN_ACK, syn_sent_scale_is_not_used_when_the_peer_did_not_offer_it)
{
    scaled(c, SP_SYN_SENT);
    c->peer_options = SP_OPT_MSS;
    sp_arrive(c, SP_SYN | SP_ACK, c->irs, c->iss + 1, 0);
    sp_one(c, SP_ACK, c->iss + 1, c->irs + 1, 0);
    sp_that(c, c->out.segment[0].wnd == 4000, "unscaled");
    sp_arrive(c, SP_ACK, c->irs + 1, c->iss + 1, 0);
    sp_that(c, c->tcb.snd_wnd == 1000, "unscaled");
}

ARRIVES(SYN_SENT, SYN_ACK, syn_sent_ignores_a_scale_that_it_did_not_offer)
{
    c->peer_options |= SP_OPT_SCALE;
    c->peer_scale = 3;
    sp_arrive(c, SP_SYN | SP_ACK, c->irs, c->iss + 1, 0);
    sp_arrive(c, SP_ACK, c->irs + 1, c->iss + 1, 0);
    sp_that(c, c->tcb.snd_wnd == 1000, "unscaled");
}

/* --------------------------------------------------------------------------- SACK-permitted */

CELL(CLOSED, OPEN_ACTIVE, closed_open_active_offers_sack)
{
    c->open.options |= SP_OPT_SACK_PERMITTED;
    sp_call(c, SP_EVENT_OPEN_ACTIVE);
    sp_that(c, (c->out.segment[0].options & SP_OPT_SACK_PERMITTED) != 0, "the option");
}

ARRIVES(ESTABLISHED, TEXT, established_without_sack_permitted_sends_no_sack)
{
    sp_arrive(c, SP_ACK, c->rcv + 20, c->una, 20);
    sp_acked(c, c->nxt, c->rcv);
    sp_that(c, (c->out.segment[0].options & SP_OPT_SACK) == 0, "not permitted");
}

/* RFC 2018 3, 4: the block names what is held. */
ARRIVES(ESTABLISHED, TEXT, established_with_sack_names_what_it_holds)
{
    c->open.options |= SP_OPT_SACK_PERMITTED;
    c->peer_options |= SP_OPT_SACK_PERMITTED;
    sp_reach(c, SP_ESTABLISHED);
    sp_arrive(c, SP_ACK, c->rcv + 20, c->una, 20);
    sp_acked(c, c->nxt, c->rcv);
    sp_that(c, (c->out.segment[0].options & SP_OPT_SACK) != 0, "the option");
    sp_that(c, c->out.segment[0].sacks == 1, "one block");
    sp_that(c, c->out.segment[0].sack[0].left == c->rcv + 20, "its left edge");
    sp_that(c, c->out.segment[0].sack[0].right == c->rcv + 40, "its right edge");
}

/* -------------------------------------------------------------------------------- timestamps */

/* RFC 7323 3.2 */
static void stamped(struct sp_cell *c, enum sp_state state)
{
    c->open.options |= SP_OPT_TIMESTAMPS;
    c->peer_options |= SP_OPT_TIMESTAMPS;
    sp_reach(c, state);
}

CELL(CLOSED, OPEN_ACTIVE, closed_open_active_offers_timestamps)
{
    c->open.options |= SP_OPT_TIMESTAMPS;
    sp_call(c, SP_EVENT_OPEN_ACTIVE);
    sp_that(c, (c->out.segment[0].options & SP_OPT_TIMESTAMPS) != 0, "the option");
    sp_that(c, c->out.segment[0].ts_val == 1000, "TSval is the clock");
    sp_that(c, c->out.segment[0].ts_ecr == 0, "TSecr is 0 without ACK");
}

ARRIVES(LISTEN, SYN_INSIDE, listen_answers_timestamps)
{
    stamped(c, SP_LISTEN);
    sp_arrive(c, SP_SYN, c->irs, 0, 0);
    sp_that(c, (c->out.segment[0].options & SP_OPT_TIMESTAMPS) != 0, "the option");
    sp_that(c, c->out.segment[0].ts_val == 1000, "TSval is the clock");
    sp_that(c, c->out.segment[0].ts_ecr == 5000, "TSecr is the TSval of the SYN");
}

ARRIVES(LISTEN, SYN_INSIDE, listen_does_not_answer_timestamps_that_were_not_offered)
{
    c->open.options |= SP_OPT_TIMESTAMPS;
    sp_reach(c, SP_LISTEN);
    sp_arrive(c, SP_SYN, c->irs, 0, 0);
    sp_that(c, (c->out.segment[0].options & SP_OPT_TIMESTAMPS) == 0, "only if the SYN had it");
}

ARRIVES(SYN_SENT, SYN_ACK, syn_sent_timestamps_are_not_used_when_the_peer_did_not_answer_them)
{
    stamped(c, SP_SYN_SENT);
    c->peer_options = SP_OPT_MSS;
    sp_arrive(c, SP_SYN | SP_ACK, c->irs, c->iss + 1, 0);
    sp_acked(c, c->iss + 1, c->irs + 1);
    sp_that(c, (c->out.segment[0].options & SP_OPT_TIMESTAMPS) == 0, "no option");
}

ARRIVES(ESTABLISHED, TEXT, established_timestamps_are_echoed)
{
    stamped(c, SP_ESTABLISHED);
    c->now = 1007;
    c->peer_ts = 5003;
    sp_arrive(c, SP_ACK, c->rcv, c->una, 20);
    sp_acked(c, c->nxt, c->rcv + 20);
    sp_that(c, c->out.segment[0].ts_val == 1007, "TSval is the clock");
    sp_that(c, c->out.segment[0].ts_ecr == 5003, "TSecr is TS.Recent");
}

/* "SHOULD be dropped silently" */
ARRIVES(ESTABLISHED, TEXT, established_text_without_the_negotiated_timestamps_is_dropped)
{
    stamped(c, SP_ESTABLISHED);
    struct sp_segment s = sp_seg(c, SP_ACK, c->rcv, c->una, 20);
    s.options = 0;
    s.ts_val = 0;
    s.ts_ecr = 0;
    sp_arrives(c, s);
    sp_dropped(c);
}

/* 5.2: PAWS and the missing option do not concern a RST. */
ARRIVES(ESTABLISHED, RST_EXACT, established_rst_without_timestamps_resets)
{
    stamped(c, SP_ESTABLISHED);
    sp_arrive(c, SP_RST, c->rcv, 0, 0);
    sp_gone(c);
}

ARRIVES(ESTABLISHED, RST_EXACT, established_rst_with_an_old_timestamp_resets)
{
    stamped(c, SP_ESTABLISHED);
    struct sp_segment s = sp_seg(c, SP_RST, c->rcv, 0, 0);
    s.options = SP_OPT_TIMESTAMPS;
    s.ts_val = 17;
    sp_arrives(c, s);
    sp_gone(c);
}

/* 5.3 R1: acknowledged and dropped, before the sequence number is looked at. */
ARRIVES(ESTABLISHED, TEXT, established_paws_rejects_an_older_timestamp)
{
    stamped(c, SP_ESTABLISHED);
    c->peer_ts = 4999;
    sp_arrive(c, SP_ACK, c->rcv, c->una, 20);
    sp_challenged(c);
    sp_fired(c, SP_RULE_PAWS_REJECT);
    sp_that(c, c->tcb.ts_recent == 5000, "TS.Recent stays");
}

ARRIVES(ESTABLISHED, TEXT, established_paws_takes_an_equal_timestamp)
{
    stamped(c, SP_ESTABLISHED);
    sp_arrive(c, SP_ACK, c->rcv, c->una, 20);
    sp_acked(c, c->nxt, c->rcv + 20);
    sp_that(c, c->delivered == 20, "TSval = TS.Recent is not older");
}

ARRIVES(ESTABLISHED, TEXT, established_paws_compares_modulo_2_32)
{
    c->peer_ts = 0xfffffff0u;
    stamped(c, SP_ESTABLISHED);
    c->peer_ts = 5;
    sp_arrive(c, SP_ACK, c->rcv, c->una, 20);
    sp_that(c, c->delivered == 20, "5 is newer than 0xfffffff0");
    sp_that(c, c->tcb.ts_recent == 5, "TS.Recent moved on");
    c->peer_ts = 0xfffffff0u;
    sp_arrive(c, SP_ACK, c->rcv + 20, c->una, 20);
    sp_challenged(c);
}

/* 4.3: only a segment that covers Last.ACK.sent updates TS.Recent. */
ARRIVES(ESTABLISHED, TEXT, established_text_out_of_order_does_not_update_ts_recent)
{
    stamped(c, SP_ESTABLISHED);
    c->peer_ts = 6000;
    sp_arrive(c, SP_ACK, c->rcv + 20, c->una, 20);
    sp_acked(c, c->nxt, c->rcv);
    sp_that(c, c->tcb.ts_recent == 5000, "SEG.SEQ > Last.ACK.sent");
    sp_that(c, c->out.segment[0].ts_ecr == 5000, "the echo is that of the last in order");
}

ARRIVES(ESTABLISHED, ACK_DUPLICATE, established_pure_ack_updates_ts_recent)
{
    stamped(c, SP_ESTABLISHED);
    c->peer_ts = 6000;
    sp_arrive(c, SP_ACK, c->rcv, c->una, 0);
    sp_that(c, c->tcb.ts_recent == 6000, "SEG.SEQ =< Last.ACK.sent");
}

/* 3.2: an option that was not negotiated is ignored. */
ARRIVES(ESTABLISHED, TEXT, established_timestamps_that_were_not_negotiated_are_ignored)
{
    struct sp_segment s = sp_seg(c, SP_ACK, c->rcv, c->una, 20);
    s.options = SP_OPT_TIMESTAMPS;
    s.ts_val = 9;
    sp_arrives(c, s);
    sp_acked(c, c->nxt, c->rcv + 20);
    sp_that(c, (c->out.segment[0].options & SP_OPT_TIMESTAMPS) == 0, "no option");
    sp_that(c, c->delivered == 20, "the text counts");
}

CELL(ESTABLISHED, RETRANSMISSION, established_retransmission_carries_a_new_timestamp)
{
    stamped(c, SP_ESTABLISHED);
    sp_send(c, 10);
    c->now = 1234;
    sp_call(c, SP_EVENT_RETRANSMISSION);
    sp_sent(c, 1);
    sp_that(c, c->out.segment[0].ts_val == 1234, "TSval is the clock, not that of the first time");
}

CELL(SYN_SENT, RETRANSMISSION, syn_sent_retransmission_repeats_its_options)
{
    c->open.options = SP_OPT_MSS | SP_OPT_SCALE | SP_OPT_SACK_PERMITTED | SP_OPT_TIMESTAMPS;
    c->open.scale = 2;
    sp_reach(c, SP_SYN_SENT);
    uint8_t first = c->out.segment[0].options;
    sp_call(c, SP_EVENT_RETRANSMISSION);
    sp_that(c, c->out.segment[0].options == first, "the same options");
}

/* An abort's RST carries timestamps where they are in use. */
CELL(ESTABLISHED, ABORT, established_abort_rst_carries_timestamps)
{
    stamped(c, SP_ESTABLISHED);
    sp_call(c, SP_EVENT_ABORT);
    sp_rst(c, c->nxt);
    sp_that(c, (c->out.segment[0].options & SP_OPT_TIMESTAMPS) != 0, "SHOULD (RFC 7323 5.2)");
}

/* RFC 2018 4: "the first SACK block MUST specify the contiguous block of data containing the
 * segment which triggered this ACK". */
ARRIVES(ESTABLISHED, TEXT, established_sack_begins_with_the_newest_block)
{
    c->open.options |= SP_OPT_SACK_PERMITTED;
    c->peer_options |= SP_OPT_SACK_PERMITTED;
    sp_reach(c, SP_ESTABLISHED);
    sp_arrive(c, SP_ACK, c->rcv + 20, c->una, 10);
    sp_arrive(c, SP_ACK, c->rcv + 40, c->una, 10);
    sp_that(c, c->out.segment[0].sacks == 2, "both");
    sp_that(c, c->out.segment[0].sack[0].left == c->rcv + 40, "the segment at hand comes first");
    sp_that(c, c->out.segment[0].sack[1].left == c->rcv + 20, "then the older");
}

/* RFC 2018 3: four blocks without timestamps, three beside them. */
ARRIVES(ESTABLISHED, TEXT, established_sack_has_room_for_four_blocks)
{
    c->open.options |= SP_OPT_SACK_PERMITTED;
    c->peer_options |= SP_OPT_SACK_PERMITTED;
    sp_reach(c, SP_ESTABLISHED);
    for (unsigned i = 1; i <= 4; i++) {
        sp_arrive(c, SP_ACK, c->rcv + 20 * i, c->una, 10);
        sp_that(c, c->out.segment[0].sacks == i, "one more");
    }
}

ARRIVES(ESTABLISHED, TEXT, established_sack_has_room_for_three_blocks_beside_timestamps)
{
    c->open.options |= SP_OPT_SACK_PERMITTED;
    c->peer_options |= SP_OPT_SACK_PERMITTED;
    stamped(c, SP_ESTABLISHED);
    for (unsigned i = 1; i <= 4; i++) {
        sp_arrive(c, SP_ACK, c->rcv + 20 * i, c->una, 10);
        sp_that(c, c->out.segment[0].sacks == (i < 3 ? i : 3), "3 x 8 + 2 beside 10 + padding");
    }
}

ARRIVES(LISTEN, SYN_INSIDE, listen_answers_sack_permitted)
{
    c->open.options |= SP_OPT_SACK_PERMITTED;
    c->peer_options |= SP_OPT_SACK_PERMITTED;
    sp_reach(c, SP_LISTEN);
    sp_arrive(c, SP_SYN, c->irs, 0, 0);
    sp_that(c, (c->out.segment[0].options & SP_OPT_SACK_PERMITTED) != 0, "the option");
}

/* RFC 7323 5.2: the RST that answers a stamped segment carries TSval 0 and echoes it. */
ARRIVES(CLOSED, SYN_INSIDE, closed_rst_echoes_the_timestamp)
{
    c->peer_options |= SP_OPT_TIMESTAMPS;
    sp_arrive(c, SP_SYN, c->irs, 0, 0);
    sp_rst_ack(c, c->irs + 1);
    sp_that(c, c->out.segment[0].options == SP_OPT_TIMESTAMPS, "the option");
    sp_that(c, c->out.segment[0].ts_val == 0, "TSval");
    sp_that(c, c->out.segment[0].ts_ecr == 5000, "TSecr");
}

ARRIVES(CLOSED, SYN_INSIDE, closed_rst_without_a_timestamp_to_echo_has_no_options)
{
    sp_arrive(c, SP_SYN, c->irs, 0, 0);
    sp_that(c, c->out.segment[0].options == 0, "none");
}

/* Without scaling the field holds no more than 65535. */
ARRIVES(ESTABLISHED, TEXT, established_window_of_more_than_16_bits_is_65535)
{
    c->open.buffer = 100000;
    sp_reach(c, SP_ESTABLISHED);
    sp_arrive(c, SP_ACK, c->rcv, c->una, 20);
    sp_acked(c, c->nxt, c->rcv + 20);
    sp_that(c, c->out.segment[0].wnd == 65535, "the field has 16 bits");
}

ARRIVES(ESTABLISHED, TEXT, established_scaled_window_exceeds_16_bits)
{
    c->open.buffer = 100000;
    scaled(c, SP_ESTABLISHED);
    sp_arrive(c, SP_ACK, c->rcv, c->una, 20);
    sp_that(c, c->out.segment[0].wnd == 25000, "100000 >> 2");
    sp_that(c, sp_rcv_wnd(&c->tcb) == 100000, "RCV.WND");
}

/* RFC 7323 3.2: "MUST be sent in every non-RST segment", a probe included. */
CELL(ESTABLISHED, KEEP_ALIVE, established_keep_alive_probe_carries_timestamps)
{
    c->open.keep_alive = true;
    stamped(c, SP_ESTABLISHED);
    sp_call(c, SP_EVENT_KEEP_ALIVE);
    sp_one(c, SP_ACK, c->nxt - 1, c->rcv, 0);
    sp_that(c, c->out.segment[0].ts_val == 1000, "TSval is the clock");
}

/* RFC 7323 2.4, [9293 SHLD-14]: rounding to the shift must not take back what was promised. */
ARRIVES(ESTABLISHED, TEXT, established_scaled_window_does_not_retract_the_edge_by_rounding)
{
    c->open.reading = false;
    scaled(c, SP_ESTABLISHED);
    sp_seq edge = c->tcb.rcv_adv;
    for (unsigned i = 0; i < 9; i++) {
        sp_arrive(c, SP_ACK, c->rcv + i, c->una, 1);
        sp_sent(c, 1);
        const struct sp_segment *s = &c->out.segment[0];
        sp_seq told = s->ack + ((uint32_t)s->wnd << 2);
        sp_that(c, sp_seq_ge(told, edge), "the edge that the peer computes");
        edge = told;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(syn_sent_syn_ack_without_mss_means_536),
        cmocka_unit_test(listen_syn_without_mss_means_536),
        cmocka_unit_test(syn_sent_mss_of_the_peer_limits_segments),
        cmocka_unit_test(listen_mss_of_the_peer_limits_segments),
        cmocka_unit_test(syn_sent_mss_counts_in_a_simultaneous_open),
        cmocka_unit_test(closed_open_active_offers_window_scale),
        cmocka_unit_test(listen_answers_window_scale_with_its_own),
        cmocka_unit_test(listen_does_not_answer_a_window_scale_that_was_not_offered),
        cmocka_unit_test(established_scaled_window_is_shifted_left),
        cmocka_unit_test(established_scaled_window_is_sent_shifted_right),
        cmocka_unit_test(syn_sent_scale_is_not_used_when_the_peer_did_not_offer_it),
        cmocka_unit_test(syn_sent_ignores_a_scale_that_it_did_not_offer),
        cmocka_unit_test(closed_open_active_offers_sack),
        cmocka_unit_test(established_without_sack_permitted_sends_no_sack),
        cmocka_unit_test(established_with_sack_names_what_it_holds),
        cmocka_unit_test(closed_open_active_offers_timestamps),
        cmocka_unit_test(listen_answers_timestamps),
        cmocka_unit_test(listen_does_not_answer_timestamps_that_were_not_offered),
        cmocka_unit_test(syn_sent_timestamps_are_not_used_when_the_peer_did_not_answer_them),
        cmocka_unit_test(established_timestamps_are_echoed),
        cmocka_unit_test(established_text_without_the_negotiated_timestamps_is_dropped),
        cmocka_unit_test(established_rst_without_timestamps_resets),
        cmocka_unit_test(established_rst_with_an_old_timestamp_resets),
        cmocka_unit_test(established_paws_rejects_an_older_timestamp),
        cmocka_unit_test(established_paws_takes_an_equal_timestamp),
        cmocka_unit_test(established_paws_compares_modulo_2_32),
        cmocka_unit_test(established_text_out_of_order_does_not_update_ts_recent),
        cmocka_unit_test(established_pure_ack_updates_ts_recent),
        cmocka_unit_test(established_timestamps_that_were_not_negotiated_are_ignored),
        cmocka_unit_test(established_retransmission_carries_a_new_timestamp),
        cmocka_unit_test(syn_sent_retransmission_repeats_its_options),
        cmocka_unit_test(established_abort_rst_carries_timestamps),
        cmocka_unit_test(established_sack_begins_with_the_newest_block),
        cmocka_unit_test(established_sack_has_room_for_four_blocks),
        cmocka_unit_test(established_sack_has_room_for_three_blocks_beside_timestamps),
        cmocka_unit_test(listen_answers_sack_permitted),
        cmocka_unit_test(closed_rst_echoes_the_timestamp),
        cmocka_unit_test(closed_rst_without_a_timestamp_to_echo_has_no_options),
        cmocka_unit_test(established_window_of_more_than_16_bits_is_65535),
        cmocka_unit_test(established_scaled_window_exceeds_16_bits),
        cmocka_unit_test(established_keep_alive_probe_carries_timestamps),
        cmocka_unit_test(established_scaled_window_does_not_retract_the_edge_by_rounding),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
