/*
 * A SYN in TIME-WAIT, by policy: the answers of RFC 793, 1122, 5961, 6191 and 9293, and reopening
 * (RFC 9293 3.6.1, 3.10.7.4 step 4).
 *
 * Not here: what the answer leads to at the opener. A reopened connection can always fall back to
 * the TIME-WAIT that it was.
 */
#include "cell.h"

/* ---------------------------------------------------------------------- a SYN and tw_reply */

ARRIVES(TIME_WAIT, SYN_INSIDE, time_wait_syn_draws_an_ack_under_tw_reply_ack)
{
    c->policy.tw_reply = SP_tw_reply_ACK;
    c->policy.syn_check = SP_syn_check_RESET;
    sp_arrive(c, SP_SYN, c->rcv, 0, 0);
    sp_challenged(c);
}

/* RFC 6191 2: "silently drop". */
ARRIVES(TIME_WAIT, SYN_INSIDE, time_wait_syn_draws_nothing_under_tw_reply_silent)
{
    c->policy.tw_reply = SP_tw_reply_SILENT;
    sp_arrive(c, SP_SYN, c->rcv, 0, 0);
    sp_dropped(c);
}

ARRIVES(TIME_WAIT, SYN_OUTSIDE, time_wait_syn_outside_draws_nothing_under_tw_reply_silent)
{
    c->policy.tw_reply = SP_tw_reply_SILENT;
    sp_arrive(c, SP_SYN, c->rcv - 100, 0, 0);
    sp_dropped(c);
}

/* lwIP; the RST must acknowledge the SYN, or the opener does not believe it. */
ARRIVES(TIME_WAIT, SYN_INSIDE, time_wait_syn_draws_rst_and_stays_under_tw_reply_rst)
{
    c->policy.tw_reply = SP_tw_reply_RST;
    sp_arrive(c, SP_SYN, c->rcv, 0, 0);
    sp_sent(c, 1);
    sp_that(c, sp_has(&c->out.segment[0], SP_RST | SP_ACK), "RST,ACK");
    sp_that(c, c->out.segment[0].ack == c->rcv + 1, "it acknowledges the SYN");
    sp_in(c, SP_TIME_WAIT);
    sp_unchanged(c);
}

ARRIVES(TIME_WAIT, SYN_OUTSIDE, time_wait_syn_outside_draws_an_ack_under_tw_reply_rst)
{
    c->policy.tw_reply = SP_tw_reply_RST;
    sp_arrive(c, SP_SYN, c->rcv + 100000, 0, 0);
    sp_challenged(c);
}

/* RFC 793: in the window a reset that the opener believes, and TIME-WAIT ends. */
ARRIVES(TIME_WAIT, SYN_INSIDE, time_wait_syn_resets_under_rfc_793)
{
    c->policy.syn_check = SP_syn_check_RESET;
    sp_arrive(c, SP_SYN, c->rcv, 0, 0);
    sp_gone(c);
    sp_rst_ack(c, c->rcv + 1);
}

ARRIVES(TIME_WAIT, SYN_OUTSIDE, time_wait_syn_outside_draws_an_ack_under_rfc_793)
{
    c->policy.syn_check = SP_syn_check_RESET;
    sp_arrive(c, SP_SYN, c->rcv + 100000, 0, 0);
    sp_challenged(c);
}

/* --------------------------------------------------------------------- a SYN and tw_reopen */

/* [9293 MAY-2]: a new incarnation, whose ISS lies above all that the old one used. */
static void reopened(struct sp_cell *c, sp_seq syn)
{
    sp_in(c, SP_SYN_RECEIVED);
    sp_one(c, SP_SYN | SP_ACK, c->event_iss, syn + 1, 0);
    sp_vars(c, c->event_iss, c->event_iss + 1, syn + 1);
    sp_that(c, c->tcb.irs == syn, "IRS is the new one's");
    sp_that(c, c->tcb.iss == c->event_iss, "ISS is the new one's");
    sp_that(c, (c->tcb.timers & SP_TIMER_TIME_WAIT) == 0, "2MSL does not run any more");
    sp_that(c, (c->tcb.timers & SP_TIMER_RETRANSMISSION) != 0, "the SYN,ACK may be lost");
}

ARRIVES(TIME_WAIT, SYN_INSIDE, time_wait_newer_syn_reopens_by_seq)
{
    c->policy.tw_reopen = SP_tw_reopen_SEQ;
    c->event_iss = c->nxt + 100000;
    sp_arrive(c, SP_SYN, c->rcv + 1, 0, 0);
    reopened(c, c->rcv + 1);
}

ARRIVES(TIME_WAIT, SYN_OUTSIDE, time_wait_newer_syn_beyond_the_window_reopens_by_seq)
{
    c->policy.tw_reopen = SP_tw_reopen_SEQ;
    c->event_iss = c->nxt + 100000;
    sp_arrive(c, SP_SYN, c->rcv + 100000, 0, 0);
    reopened(c, c->rcv + 100000);
}

ARRIVES(TIME_WAIT, SYN_INSIDE, time_wait_syn_at_rcv_nxt_does_not_reopen_by_seq)
{
    c->policy.tw_reopen = SP_tw_reopen_SEQ;
    sp_arrive(c, SP_SYN, c->rcv, 0, 0);
    sp_challenged(c);
}

ARRIVES(TIME_WAIT, SYN_OUTSIDE, time_wait_older_syn_does_not_reopen_by_seq)
{
    c->policy.tw_reopen = SP_tw_reopen_SEQ;
    sp_arrive(c, SP_SYN, c->rcv - 100, 0, 0);
    sp_challenged(c);
}

ARRIVES(TIME_WAIT, SYN_INSIDE, time_wait_newer_syn_does_not_reopen_without_a_rule)
{
    c->policy.tw_reopen = SP_tw_reopen_NONE;
    sp_arrive(c, SP_SYN, c->rcv + 1, 0, 0);
    sp_challenged(c);
}

ARRIVES(TIME_WAIT, SYN_ACK, time_wait_syn_ack_never_reopens)
{
    c->policy.tw_reopen = SP_tw_reopen_SEQ;
    sp_arrive(c, SP_SYN | SP_ACK, c->rcv + 1, c->nxt, 0);
    sp_challenged(c);
}

/* [9293 MAY-2] (2): "returns to TIME-WAIT state if the SYN turns out to be an old duplicate". */
ARRIVES(TIME_WAIT, SYN_INSIDE, time_wait_reopened_falls_back_when_the_syn_was_old)
{
    c->policy.tw_reopen = SP_tw_reopen_SEQ;
    c->event_iss = c->nxt + 100000;
    sp_arrive(c, SP_SYN, c->rcv + 1, 0, 0);
    sp_in(c, SP_SYN_RECEIVED);
    sp_arrive(c, SP_RST, c->rcv + 2, 0, 0);
    sp_in(c, SP_TIME_WAIT);
    sp_silent(c);
    sp_that(c, c->tcb.snd_nxt == c->nxt, "SND.NXT of the old incarnation");
    sp_that(c, c->tcb.rcv_nxt == c->rcv, "RCV.NXT of the old incarnation");
    sp_that(c, c->tcb.timers == SP_TIMER_TIME_WAIT, "2MSL runs");
}

ARRIVES(TIME_WAIT, SYN_INSIDE, time_wait_reopened_becomes_established)
{
    c->policy.tw_reopen = SP_tw_reopen_SEQ;
    c->event_iss = c->nxt + 100000;
    sp_arrive(c, SP_SYN, c->rcv + 1, 0, 0);
    sp_arrive(c, SP_ACK, c->rcv + 2, c->event_iss + 1, 0);
    sp_in(c, SP_ESTABLISHED);
    sp_told(c, SP_SIGNAL_OPENED);
    sp_that(c, (c->tcb.flags & SP_TCB_REOPENED) == 0, "there is no way back any more");
}

/* ------------------------------------------------------------------------ RFC 6191 */

static void stamped(struct sp_cell *c)
{
    c->open.options |= SP_OPT_TIMESTAMPS;
    c->peer_options |= SP_OPT_TIMESTAMPS;
    sp_reach(c, SP_TIME_WAIT);
    c->event_iss = c->nxt + 100000;
}

/* A1: TSval > the last one seen; the sequence number does not matter. */
ARRIVES(TIME_WAIT, SYN_OUTSIDE, time_wait_syn_with_newer_timestamp_reopens)
{
    stamped(c);
    c->peer_ts++;
    sp_arrive(c, SP_SYN, c->rcv - 1000, 0, 0);
    reopened(c, c->rcv - 1000);
}

/* A2: the same TSval, SEG.SEQ > the last sequence number seen. */
ARRIVES(TIME_WAIT, SYN_INSIDE, time_wait_syn_with_same_timestamp_and_newer_seq_reopens)
{
    stamped(c);
    sp_arrive(c, SP_SYN, c->rcv + 5, 0, 0);
    reopened(c, c->rcv + 5);
}

/* A4 */
ARRIVES(TIME_WAIT, SYN_OUTSIDE, time_wait_syn_with_same_timestamp_and_older_seq_does_not_reopen)
{
    stamped(c);
    sp_arrive(c, SP_SYN, c->rcv - 1000, 0, 0);
    sp_challenged(c);
}

ARRIVES(TIME_WAIT, SYN_INSIDE, time_wait_syn_with_older_timestamp_does_not_reopen)
{
    stamped(c);
    c->peer_ts--;
    sp_arrive(c, SP_SYN, c->rcv + 5, 0, 0);
    sp_challenged(c);
}

/* A3 belongs to ts-seq: under ts only a SYN that carries timestamps is judged. RFC 7323 3.2 drops
 * any segment without the negotiated timestamps silently, and does not except a SYN. */
ARRIVES(TIME_WAIT, SYN_INSIDE, time_wait_syn_without_timestamp_does_not_reopen_by_ts)
{
    stamped(c);
    c->peer_options = SP_OPT_MSS;
    sp_arrive(c, SP_SYN, c->rcv + 5, 0, 0);
    sp_dropped(c);
}

ARRIVES(TIME_WAIT, SYN_INSIDE, time_wait_newer_syn_without_timestamp_reopens_by_ts_seq)
{
    c->policy.tw_reopen = SP_tw_reopen_TS_SEQ;
    stamped(c);
    c->peer_options = SP_OPT_MSS;
    sp_arrive(c, SP_SYN, c->rcv + 5, 0, 0);
    reopened(c, c->rcv + 5);
}

/* B1: the old incarnation had no timestamps, the new SYN has. */
ARRIVES(TIME_WAIT, SYN_OUTSIDE, time_wait_syn_with_timestamp_reopens_one_that_had_none)
{
    c->event_iss = c->nxt + 100000;
    c->peer_options |= SP_OPT_TIMESTAMPS;
    sp_arrive(c, SP_SYN, c->rcv - 1000, 0, 0);
    reopened(c, c->rcv - 1000);
}

/* B2 */
ARRIVES(TIME_WAIT, SYN_INSIDE, time_wait_newer_syn_reopens_one_that_had_none_by_ts_seq)
{
    c->policy.tw_reopen = SP_tw_reopen_TS_SEQ;
    c->event_iss = c->nxt + 100000;
    sp_arrive(c, SP_SYN, c->rcv + 5, 0, 0);
    reopened(c, c->rcv + 5);
}

/* B3 */
ARRIVES(TIME_WAIT, SYN_OUTSIDE, time_wait_older_syn_does_not_reopen_one_that_had_none)
{
    c->policy.tw_reopen = SP_tw_reopen_TS_SEQ;
    sp_arrive(c, SP_SYN, c->rcv - 100, 0, 0);
    sp_challenged(c);
}

/* [9293 MAY-2] (1): "larger than the largest sequence number it used on the previous connection".
 */
ARRIVES(TIME_WAIT, SYN_INSIDE, time_wait_reopens_with_an_iss_above_the_old_connection)
{
    c->policy.tw_reopen = SP_tw_reopen_SEQ;
    c->event_iss = c->nxt - 1;
    sp_arrive(c, SP_SYN, c->rcv + 1, 0, 0);
    sp_in(c, SP_SYN_RECEIVED);
    sp_that(c, sp_seq_ge(c->tcb.iss, c->nxt), "SND.NXT was never used");
    sp_that(c, c->out.segment[0].seq == c->tcb.iss, "and it is what goes out");
}

ARRIVES(TIME_WAIT, SYN_INSIDE, time_wait_reopens_with_what_the_user_asked_for)
{
    c->policy.tw_reopen = SP_tw_reopen_SEQ;
    c->open.options |= SP_OPT_SCALE;
    c->open.scale = 2;
    c->open.mss = 999;
    c->open.r2 = 1;
    c->peer_options |= SP_OPT_SCALE;
    c->peer_wnd = 777;
    sp_reach(c, SP_TIME_WAIT);
    c->event_iss = c->nxt + 100000;
    sp_arrive(c, SP_SYN, c->rcv + 1, 0, 0);
    sp_in(c, SP_SYN_RECEIVED);
    sp_that(c, c->out.segment[0].mss == 999, "its MSS");
    sp_that(c, (c->out.segment[0].options & SP_OPT_SCALE) != 0, "the window scale option");
    sp_that(c, c->out.segment[0].scale == 2, "its shift");
    sp_that(c, c->out.segment[0].wnd == 4000, "its buffer");
    sp_that(c, c->tcb.snd_wnd == 777, "the new SYN's window");
    sp_call(c, SP_EVENT_RETRANSMISSION);
    sp_that(c, c->tcb.r2 == 1, "its R2");
}

ARRIVES(TIME_WAIT, SYN_INSIDE, time_wait_reopened_keeps_text_of_the_syn)
{
    c->policy.tw_reopen = SP_tw_reopen_SEQ;
    c->event_iss = c->nxt + 100000;
    sp_arrive(c, SP_SYN, c->rcv + 1, 0, 20);
    sp_that(c, c->out.delivered == 0, "not before ESTABLISHED");
    sp_arrive(c, SP_ACK, c->rcv + 2, c->event_iss + 1, 0);
    sp_that(c, c->delivered == 20, "once it is");
}

ARRIVES(TIME_WAIT, SYN_INSIDE, time_wait_fallen_back_answers_as_before)
{
    c->policy.tw_reopen = SP_tw_reopen_SEQ;
    c->event_iss = c->nxt + 100000;
    sp_arrive(c, SP_SYN, c->rcv + 1, 0, 0);
    sp_arrive(c, SP_RST, c->rcv + 2, 0, 0);
    sp_in(c, SP_TIME_WAIT);
    sp_arrive(c, SP_FIN | SP_ACK, c->rcv - 1, c->nxt, 0);
    sp_acked(c, c->nxt, c->rcv);
    sp_fired(c, SP_RULE_TIME_WAIT_FIN_AGAIN);
    sp_arrive(c, SP_ACK, c->rcv, c->nxt, 0);
    sp_silent(c);
    sp_receive(c, 1);
    sp_replied(c, SP_REPLY_CLOSING);
    sp_call(c, SP_EVENT_TIME_WAIT);
    sp_gone(c);
}

/* What falls back is the old connection, its timestamps and scales included. */
ARRIVES(TIME_WAIT, SYN_INSIDE, time_wait_fallen_back_still_knows_its_timestamps)
{
    stamped(c);
    c->peer_ts = 5001;
    sp_arrive(c, SP_SYN, c->rcv + 1, 0, 0);
    sp_in(c, SP_SYN_RECEIVED);
    sp_arrive(c, SP_RST, c->rcv + 2, 0, 0);
    sp_in(c, SP_TIME_WAIT);
    c->peer_ts = 4999;
    sp_arrive(c, SP_SYN, c->rcv + 1, 0, 0);
    sp_in(c, SP_TIME_WAIT);
    sp_acked(c, c->nxt, c->rcv);
}

/* 3.6: the user has not got what was acknowledged. */
ARRIVES(TIME_WAIT, SYN_INSIDE, time_wait_does_not_lose_unread_text_by_reopening)
{
    c->policy.tw_reopen = SP_tw_reopen_SEQ;
    c->open.reading = false;
    c->unread = 10;
    sp_reach(c, SP_TIME_WAIT);
    c->event_iss = c->nxt + 100000;
    sp_arrive(c, SP_SYN, c->rcv + 1, 0, 0);
    sp_arrive(c, SP_RST, c->rcv + 2, 0, 0);
    sp_in(c, SP_TIME_WAIT);
    sp_receive(c, 10);
    sp_that(c, c->delivered == 10, "text that was acknowledged is not lost");
}

/* A2: the last sequence number seen is that of the FIN, RCV.NXT - 1. */
ARRIVES(TIME_WAIT, SYN_INSIDE, time_wait_syn_with_same_timestamp_at_rcv_nxt_reopens)
{
    stamped(c);
    sp_arrive(c, SP_SYN, c->rcv, 0, 0);
    reopened(c, c->rcv);
}

ARRIVES(TIME_WAIT, SYN_INSIDE, time_wait_reopened_falls_back_also_on_a_syn)
{
    c->policy.tw_reopen = SP_tw_reopen_SEQ;
    c->event_iss = c->nxt + 100000;
    sp_arrive(c, SP_SYN, c->rcv + 1, 0, 0);
    sp_arrive(c, SP_SYN, c->rcv + 5, 0, 0);
    sp_in(c, SP_TIME_WAIT);
    sp_vars(c, c->una, c->nxt, c->rcv);
}

ARRIVES(TIME_WAIT, SYN_INSIDE, time_wait_fallen_back_still_scales_its_windows)
{
    c->policy.tw_reopen = SP_tw_reopen_SEQ;
    c->open.options |= SP_OPT_SCALE;
    c->open.scale = 2;
    c->peer_options |= SP_OPT_SCALE;
    c->peer_scale = 3;
    sp_reach(c, SP_TIME_WAIT);
    sp_seq iss = c->tcb.iss;
    sp_seq irs = c->tcb.irs;
    c->event_iss = c->nxt + 100000;
    sp_arrive(c, SP_SYN, c->rcv + 1, 0, 0);
    sp_arrive(c, SP_RST, c->rcv + 2, 0, 0);
    sp_in(c, SP_TIME_WAIT);
    sp_that(c, c->tcb.iss == iss && c->tcb.irs == irs, "ISS and IRS of the old connection");
    sp_that(c, c->tcb.snd_scale == 3 && c->tcb.rcv_scale == 2, "and its scales");
    sp_arrive(c, SP_FIN | SP_ACK, c->rcv - 1, c->nxt, 0);
    sp_acked(c, c->nxt, c->rcv);
    sp_that(c, c->out.segment[0].wnd == 1000, "4000 >> 2");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(time_wait_syn_draws_an_ack_under_tw_reply_ack),
        cmocka_unit_test(time_wait_syn_draws_nothing_under_tw_reply_silent),
        cmocka_unit_test(time_wait_syn_outside_draws_nothing_under_tw_reply_silent),
        cmocka_unit_test(time_wait_syn_draws_rst_and_stays_under_tw_reply_rst),
        cmocka_unit_test(time_wait_syn_outside_draws_an_ack_under_tw_reply_rst),
        cmocka_unit_test(time_wait_syn_resets_under_rfc_793),
        cmocka_unit_test(time_wait_syn_outside_draws_an_ack_under_rfc_793),
        cmocka_unit_test(time_wait_newer_syn_reopens_by_seq),
        cmocka_unit_test(time_wait_newer_syn_beyond_the_window_reopens_by_seq),
        cmocka_unit_test(time_wait_syn_at_rcv_nxt_does_not_reopen_by_seq),
        cmocka_unit_test(time_wait_older_syn_does_not_reopen_by_seq),
        cmocka_unit_test(time_wait_newer_syn_does_not_reopen_without_a_rule),
        cmocka_unit_test(time_wait_syn_ack_never_reopens),
        cmocka_unit_test(time_wait_reopened_falls_back_when_the_syn_was_old),
        cmocka_unit_test(time_wait_reopened_becomes_established),
        cmocka_unit_test(time_wait_syn_with_newer_timestamp_reopens),
        cmocka_unit_test(time_wait_syn_with_same_timestamp_and_newer_seq_reopens),
        cmocka_unit_test(time_wait_syn_with_same_timestamp_and_older_seq_does_not_reopen),
        cmocka_unit_test(time_wait_syn_with_older_timestamp_does_not_reopen),
        cmocka_unit_test(time_wait_syn_without_timestamp_does_not_reopen_by_ts),
        cmocka_unit_test(time_wait_newer_syn_without_timestamp_reopens_by_ts_seq),
        cmocka_unit_test(time_wait_syn_with_timestamp_reopens_one_that_had_none),
        cmocka_unit_test(time_wait_newer_syn_reopens_one_that_had_none_by_ts_seq),
        cmocka_unit_test(time_wait_older_syn_does_not_reopen_one_that_had_none),
        cmocka_unit_test(time_wait_reopens_with_an_iss_above_the_old_connection),
        cmocka_unit_test(time_wait_reopens_with_what_the_user_asked_for),
        cmocka_unit_test(time_wait_reopened_keeps_text_of_the_syn),
        cmocka_unit_test(time_wait_fallen_back_answers_as_before),
        cmocka_unit_test(time_wait_fallen_back_still_knows_its_timestamps),
        cmocka_unit_test(time_wait_does_not_lose_unread_text_by_reopening),
        cmocka_unit_test(time_wait_syn_with_same_timestamp_at_rcv_nxt_reopens),
        cmocka_unit_test(time_wait_reopened_falls_back_also_on_a_syn),
        cmocka_unit_test(time_wait_fallen_back_still_scales_its_windows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
