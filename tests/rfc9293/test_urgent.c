/*
 * Urgent text, sent and received (RFC 9293 3.8.5, 3.10.2, 3.10.7.4 step 6).
 *
 * The pointer names the octet after the urgent text; no octet is out of band.
 */
#include "cell.h"

/* [9293 MUST-30] [9293 MUST-62]: the pointer names the octet after the urgent text. */
CELL(ESTABLISHED, SEND, established_urgent_send_carries_the_pointer)
{
    c->urgent = true;
    sp_send(c, 10);
    sp_one(c, SP_URG | SP_PSH | SP_ACK, c->nxt, c->rcv, 10);
    sp_that(c, c->out.segment[0].urgent == 10, "the octet after the urgent text");
    sp_that(c, c->tcb.snd_up == c->nxt + 10, "SND.UP");
}

CELL(CLOSE_WAIT, SEND, close_wait_urgent_send_carries_the_pointer)
{
    c->urgent = true;
    sp_send(c, 10);
    sp_one(c, SP_URG | SP_PSH | SP_ACK, c->nxt, c->rcv, 10);
    sp_that(c, c->out.segment[0].urgent == 10, "the octet after the urgent text");
}

/* [9293 MUST-31]: of any length; every segment below SND.UP points to it. */
CELL(ESTABLISHED, SEND, established_urgent_send_of_two_segments_points_to_one_place)
{
    c->urgent = true;
    sp_send(c, 600);
    sp_sent(c, 2);
    sp_that(c, sp_has(&c->out.segment[0], SP_URG), "URG");
    sp_that(c, c->out.segment[0].urgent == 600, "relative to the first");
    sp_that(c, sp_has(&c->out.segment[1], SP_URG), "URG");
    sp_that(c, c->out.segment[1].urgent == 64, "relative to the second");
}

CELL(ESTABLISHED, SEND, established_normal_text_after_urgent_text_is_not_urgent)
{
    c->urgent = true;
    sp_send(c, 10);
    c->urgent = false;
    sp_arrive(c, SP_ACK, c->rcv, c->nxt + 10, 0);
    sp_send(c, 10);
    sp_one(c, SP_PSH | SP_ACK, c->nxt + 10, c->rcv, 10);
}

CELL(ESTABLISHED, RETRANSMISSION, established_retransmission_is_still_urgent)
{
    c->urgent = true;
    sp_send(c, 10);
    sp_call(c, SP_EVENT_RETRANSMISSION);
    sp_sent(c, 1);
    sp_that(c, sp_has(&c->out.segment[0], SP_URG), "URG");
    sp_that(c, c->out.segment[0].urgent == 10, "the same place");
}

/* An urgent request in SYN-SENT "rides on the resulting data". */
CELL(SYN_SENT, SEND, syn_sent_urgent_send_is_urgent_when_it_goes_out)
{
    c->urgent = true;
    sp_send(c, 10);
    sp_silent(c);
    sp_arrive(c, SP_SYN | SP_ACK, c->irs, c->iss + 1, 0);
    sp_one(c, SP_URG | SP_PSH | SP_ACK, c->iss + 1, c->irs + 1, 10);
    sp_that(c, c->out.segment[0].urgent == 10, "the octet after the urgent text");
}

static void urgent_arrives(struct sp_cell *c, sp_seq seq, unsigned len, uint16_t urgent)
{
    struct sp_segment s = sp_seg(c, SP_URG | SP_ACK, seq, c->una, len);
    s.urgent = urgent;
    sp_arrives(c, s);
}

/* [9293 MUST-32] */
ARRIVES(ESTABLISHED, TEXT, established_urgent_text_is_announced)
{
    urgent_arrives(c, c->rcv, 5, 20);
    sp_that(c, c->tcb.rcv_up == c->rcv + 20, "RCV.UP = SEG.SEQ + urgent pointer");
    sp_told(c, SP_SIGNAL_URGENT);
    sp_acked(c, c->nxt, c->rcv + 5);
}

/* [9293 MUST-32] */
ARRIVES(FIN_WAIT_1, TEXT, fin_wait_1_urgent_text_is_announced)
{
    urgent_arrives(c, c->rcv, 5, 20);
    sp_that(c, c->tcb.rcv_up == c->rcv + 20, "RCV.UP = SEG.SEQ + urgent pointer");
    sp_told(c, SP_SIGNAL_URGENT);
    sp_acked(c, c->nxt, c->rcv + 5);
}

/* [9293 MUST-32] */
ARRIVES(FIN_WAIT_2, TEXT, fin_wait_2_urgent_text_is_announced)
{
    urgent_arrives(c, c->rcv, 5, 20);
    sp_that(c, c->tcb.rcv_up == c->rcv + 20, "RCV.UP = SEG.SEQ + urgent pointer");
    sp_told(c, SP_SIGNAL_URGENT);
    sp_acked(c, c->nxt, c->rcv + 5);
}

/* "if the user is still in urgent mode, do not signal again" */
ARRIVES(ESTABLISHED, TEXT, established_urgent_text_is_announced_once)
{
    urgent_arrives(c, c->rcv, 5, 20);
    urgent_arrives(c, c->rcv + 5, 5, 15);
    sp_told(c, 0);
}

ARRIVES(ESTABLISHED, TEXT, established_next_urgent_text_is_announced_again)
{
    urgent_arrives(c, c->rcv, 5, 5);
    sp_told(c, SP_SIGNAL_URGENT);
    sp_arrive(c, SP_ACK, c->rcv + 5, c->una, 5);
    urgent_arrives(c, c->rcv + 10, 5, 5);
    sp_told(c, SP_SIGNAL_URGENT);
}

/* RCV.UP = max(RCV.UP, SEG.UP) */
ARRIVES(ESTABLISHED, TEXT, established_urgent_pointer_never_moves_left)
{
    urgent_arrives(c, c->rcv, 5, 20);
    urgent_arrives(c, c->rcv + 5, 5, 5);
    sp_that(c, c->tcb.rcv_up == c->rcv + 20, "RCV.UP");
}

ARRIVES(ESTABLISHED, ACK_DUPLICATE, established_urgent_pointer_may_come_without_text)
{
    urgent_arrives(c, c->rcv, 0, 10);
    sp_told(c, SP_SIGNAL_URGENT);
    sp_that(c, c->tcb.rcv_up == c->rcv + 10, "RCV.UP");
}

/* [9293 MUST-66] */
ARRIVES(ESTABLISHED, ACK_DUPLICATE, established_urgent_pointer_counts_at_a_closed_window)
{
    c->open.reading = false;
    c->open.buffer = 30;
    c->unread = 30;
    sp_reach(c, SP_ESTABLISHED);
    urgent_arrives(c, c->rcv, 0, 10);
    sp_that(c, (c->out.signals & SP_SIGNAL_URGENT) != 0, "the user learns of it");
}

ARRIVES(ESTABLISHED, TEXT_OUTSIDE, established_urgent_text_counts_at_a_closed_window)
{
    c->open.reading = false;
    c->open.buffer = 30;
    c->unread = 30;
    sp_reach(c, SP_ESTABLISHED);
    urgent_arrives(c, c->rcv, 1, 10);
    sp_that(c, (c->out.signals & SP_SIGNAL_URGENT) != 0, "the user learns of it");
    sp_that(c, c->tcb.rcv_nxt == c->rcv, "the text is not taken");
}

/* The URG bit counts, not the field. */
ARRIVES(ESTABLISHED, TEXT, established_urgent_field_without_urg_is_nothing)
{
    struct sp_segment s = sp_seg(c, SP_ACK, c->rcv, c->una, 5);
    s.urgent = 0;
    sp_arrives(c, s);
    sp_told(c, 0);
    sp_that(c, c->delivered == 5, "ordinary text");
}

/* Step 6: "should not occur ... ignore the URG". */
ARRIVES(CLOSE_WAIT, ACK_DUPLICATE, close_wait_urgent_pointer_is_ignored)
{
    urgent_arrives(c, c->rcv, 0, 10);
    sp_told(c, 0);
    sp_silent(c);
    sp_in(c, SP_CLOSE_WAIT);
}

/* Step 6: "should not occur ... ignore the URG". */
ARRIVES(CLOSING, ACK_DUPLICATE, closing_urgent_pointer_is_ignored)
{
    urgent_arrives(c, c->rcv, 0, 10);
    sp_told(c, 0);
    sp_silent(c);
    sp_in(c, SP_CLOSING);
}

/* Step 6: "should not occur ... ignore the URG". */
ARRIVES(LAST_ACK, ACK_DUPLICATE, last_ack_urgent_pointer_is_ignored)
{
    urgent_arrives(c, c->rcv, 0, 10);
    sp_told(c, 0);
    sp_silent(c);
    sp_in(c, SP_LAST_ACK);
}

/* Step 6: "should not occur ... ignore the URG". */
ARRIVES(TIME_WAIT, ACK_DUPLICATE, time_wait_urgent_pointer_is_ignored)
{
    urgent_arrives(c, c->rcv, 0, 10);
    sp_told(c, 0);
    sp_silent(c);
    sp_in(c, SP_TIME_WAIT);
}

/* Urgent mode ends when the user has read up to the pointer, and not before. */
ARRIVES(ESTABLISHED, TEXT, established_urgent_mode_ends_at_the_pointer)
{
    c->open.reading = false;
    sp_reach(c, SP_ESTABLISHED);
    urgent_arrives(c, c->rcv, 10, 10);
    sp_receive(c, 9);
    urgent_arrives(c, c->rcv + 10, 10, 10);
    sp_told(c, 0);
    sp_receive(c, 11);
    urgent_arrives(c, c->rcv + 20, 10, 10);
    sp_told(c, SP_SIGNAL_URGENT);
}

/* [9293 MUST-33]: how much is ahead follows from RCV.UP. */
ARRIVES(ESTABLISHED, TEXT, established_amount_of_urgent_text_is_known)
{
    c->open.reading = false;
    sp_reach(c, SP_ESTABLISHED);
    urgent_arrives(c, c->rcv, 10, 25);
    sp_receive(c, 4);
    sp_that(c, c->tcb.rcv_up - c->tcb.rcv_read == 21, "twenty-one octets");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(established_urgent_send_carries_the_pointer),
        cmocka_unit_test(close_wait_urgent_send_carries_the_pointer),
        cmocka_unit_test(established_urgent_send_of_two_segments_points_to_one_place),
        cmocka_unit_test(established_normal_text_after_urgent_text_is_not_urgent),
        cmocka_unit_test(established_retransmission_is_still_urgent),
        cmocka_unit_test(syn_sent_urgent_send_is_urgent_when_it_goes_out),
        cmocka_unit_test(established_urgent_text_is_announced),
        cmocka_unit_test(fin_wait_1_urgent_text_is_announced),
        cmocka_unit_test(fin_wait_2_urgent_text_is_announced),
        cmocka_unit_test(established_urgent_text_is_announced_once),
        cmocka_unit_test(established_next_urgent_text_is_announced_again),
        cmocka_unit_test(established_urgent_pointer_never_moves_left),
        cmocka_unit_test(established_urgent_pointer_may_come_without_text),
        cmocka_unit_test(established_urgent_pointer_counts_at_a_closed_window),
        cmocka_unit_test(established_urgent_text_counts_at_a_closed_window),
        cmocka_unit_test(established_urgent_field_without_urg_is_nothing),
        cmocka_unit_test(close_wait_urgent_pointer_is_ignored),
        cmocka_unit_test(closing_urgent_pointer_is_ignored),
        cmocka_unit_test(last_ack_urgent_pointer_is_ignored),
        cmocka_unit_test(time_wait_urgent_pointer_is_ignored),
        cmocka_unit_test(established_urgent_mode_ends_at_the_pointer),
        cmocka_unit_test(established_amount_of_urgent_text_is_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
