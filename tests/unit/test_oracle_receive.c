/*
 * Does each property of the receiving side fail when it should, and hold when it should?
 *
 * Numbers: A has IRS 200 and was sent two octets (201, 202); RCV.NXT = 203, the right edge is 213.
 */
#include "test_oracle.h"

#include <string.h>

/* One octet in order: RCV.NXT moves over it. */
static void take_one_octet(struct stage *s)
{
    stage_arrive(s, SP_ACK, 203, 103, 1);
    s->step.output.taken = (struct sp_range){203, 204};
    stage_tcb(s)->rcv_nxt = 204;
    stage_life(s)->received = 3;
}

void rcv_nxt_moves_over_what_arrived(void **state)
{
    (void)state;
    struct stage s;
    stage_set(&s, SP_ESTABLISHED, SP_ESTABLISHED);
    take_one_octet(&s);
    stage_holds(&s, rcv_nxt_in_order);

    stage_life(&s)->received = 2;
    stage_breaks(&s, rcv_nxt_in_order);

    stage_tcb(&s)->rcv_nxt = 205;
    stage_life(&s)->received = 4;
    assert_string_equal(stage_breaks(&s, rcv_nxt_in_order),
                        "RCV.NXT =< end of what arrived: irs+5 =< irs+4 is false");
    stage_before(&s)->helds = 1; /* held text fills the rest */
    stage_before(&s)->held[0] = (struct sp_range){204, 205};
    stage_holds(&s, rcv_nxt_in_order);

    stage_before(&s)->held[0] = (struct sp_range){205, 206}; /* octet 204 never came */
    stage_tcb(&s)->rcv_nxt = 206;
    stage_life(&s)->received = 5;
    assert_string_equal(stage_breaks(&s, rcv_nxt_in_order),
                        "no octet counts that did not arrive: 4 counted, then 6; 1 came");

    stage_tcb(&s)->rcv_nxt = 202;
    stage_life(&s)->received = 1;
    stage_breaks(&s, rcv_nxt_in_order);
}

void fin_counts_once(void **state)
{
    (void)state;
    struct stage s;
    stage_set(&s, SP_CLOSE_WAIT, SP_FIN_WAIT_2);
    stage_arrive(&s, SP_FIN | SP_ACK, 204, 103, 0);
    stage_holds(&s, one_fin);
    stage_tcb(&s)->rcv_nxt = 205; /* D12, the literal reading */
    stage_breaks(&s, one_fin);
    stage_tcb(&s)->rcv_nxt = 204;
    stage_tcb(&s)->flags &= (uint16_t)~SP_TCB_FIN_RECEIVED;
    stage_breaks(&s, one_fin);
}

void acks_sent_are_true_and_do_not_go_back(void **state)
{
    (void)state;
    struct stage s;
    stage_set(&s, SP_ESTABLISHED, SP_ESTABLISHED);
    struct sp_segment *g = stage_send(&s, SP_ACK, 103, 203, 0);
    stage_holds(&s, acks_sent);
    g->ack = 204;
    stage_breaks(&s, acks_sent);
    g->ack = 202; /* 3.1: the next number that is expected, not an earlier one */
    assert_string_equal(stage_breaks(&s, acks_sent), "ACK sent = RCV.NXT: irs+2 = irs+3 is false");
    stage_tcb(&s)->rcv_nxt = 202;
    assert_string_equal(stage_breaks(&s, acks_sent), "ACKs sent do not go back: irs+2 after irs+3");
    stage_tcb(&s)->rcv_nxt = 203;
    g->ack = 203;
    g->flags = SP_PSH;
    stage_breaks(&s, acks_sent);
    g->flags = SP_RST;
    stage_holds(&s, acks_sent);

    /* The first SYN has nothing to acknowledge. */
    stage_set(&s, SP_CLOSED, SP_LISTEN);
    stage_event(&s, SP_EVENT_OPEN_ACTIVE);
    stage_move(&s, SP_SYN_SENT);
    g = stage_send(&s, SP_SYN, 100, 0, 0);
    stage_holds(&s, acks_sent);
    g->flags = SP_SYN | SP_ACK;
    stage_breaks(&s, acks_sent);

    /* D10: SYN-RECEIVED sends SYN,ACK, unless the literal reading is asked for. */
    stage_set(&s, SP_SYN_RECEIVED, SP_SYN_SENT);
    stage_event(&s, SP_EVENT_RETRANSMISSION);
    stage_send(&s, SP_SYN, 100, 0, 0);
    stage_breaks(&s, acks_sent);
    s.setup.policy.simopen_head = SP_simopen_head_SYN;
    stage_holds(&s, acks_sent);
}

void window_edge_does_not_move_left(void **state)
{
    (void)state;
    struct stage s;
    stage_set(&s, SP_ESTABLISHED, SP_ESTABLISHED);
    struct sp_segment *g = stage_send(&s, SP_ACK, 103, 203, 0);
    stage_holds(&s, window_edge_stays);
    g->wnd = 9;
    assert_string_equal(stage_breaks(&s, window_edge_stays),
                        "right edge advertised stays: irs+12 after irs+13");
    stage_tcb(&s)->rcv_scale = 1; /* 9 << 1 is more than 10 */
    stage_holds(&s, window_edge_stays);
    g->flags = SP_SYN | SP_ACK; /* the window of a SYN is not scaled */
    stage_breaks(&s, window_edge_stays);
    stage_life(&s)->edge = s.step.before.life[0].edge = 203 + 70000;
    g->wnd = 65535;
    stage_holds(&s, window_edge_stays); /* and cannot say more than 65535 */

    stage_set(&s, SP_ESTABLISHED, SP_ESTABLISHED);
    stage_arrive(&s, SP_ACK, 203, 103, 11);
    s.step.output.taken = (struct sp_range){203, 213};
    stage_holds(&s, window_edge_stays);
    s.step.output.taken.right = 214;
    stage_breaks(&s, window_edge_stays);
}

void older_timestamp_is_not_processed(void **state)
{
    (void)state;
    struct stage s;
    stage_set(&s, SP_ESTABLISHED, SP_ESTABLISHED);
    stage_before(&s)->flags |= SP_TCB_TIMESTAMPS;
    stage_tcb(&s)->flags |= SP_TCB_TIMESTAMPS;
    stage_before(&s)->ts_recent = stage_tcb(&s)->ts_recent = 5;
    struct sp_segment *g = stage_arrive(&s, SP_ACK, 203, 103, 1);
    g->options = SP_OPT_TIMESTAMPS;
    g->ts_val = 4;
    stage_holds(&s, paws);
    stage_tcb(&s)->rcv_nxt = 204;
    stage_breaks(&s, paws);
    g->ts_val = 6;
    stage_tcb(&s)->ts_recent = 6;
    stage_holds(&s, paws);
    stage_tcb(&s)->ts_recent = 7; /* that of no segment */
    stage_breaks(&s, paws);
    stage_tcb(&s)->ts_recent = 6;
    g->seq = 204; /* right of Last.ACK.sent: 7323 4.3 (2) */
    stage_breaks(&s, paws);
    g->seq = 202; /* left of the window: 5.3 R2 comes before R3 */
    stage_breaks(&s, paws);
    g->len = 2; /* it ends inside */
    stage_holds(&s, paws);
    g->seq = 203;
    g->len = 1;
    stage_tcb(&s)->ts_recent = 4;
    stage_breaks(&s, paws);
    g->flags = SP_RST;
    stage_tcb(&s)->ts_recent = 6;
    stage_breaks(&s, paws); /* 5.2: a RST is not recorded */
}

void text_is_taken_where_it_may_be(void **state)
{
    (void)state;
    static const enum sp_state takers[] = {SP_ESTABLISHED, SP_FIN_WAIT_1, SP_FIN_WAIT_2};
    static const enum sp_state others[] = {SP_CLOSE_WAIT, SP_CLOSING, SP_LAST_ACK, SP_TIME_WAIT};
    struct stage s;
    for (size_t i = 0; i < sizeof takers / sizeof *takers; i++) {
        stage_set(&s, takers[i], SP_CLOSE_WAIT);
        take_one_octet(&s);
        stage_holds(&s, text_where_it_may_be);
    }
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        stage_set(&s, others[i], SP_CLOSING);
        stage_holds(&s, text_where_it_may_be);
        take_one_octet(&s);
        stage_breaks(&s, text_where_it_may_be);
    }

    /* Text of a SYN is kept, and handed over only from ESTABLISHED on (question 2). */
    stage_set(&s, SP_LISTEN, SP_SYN_SENT);
    stage_arrive(&s, SP_SYN, 200, 0, 1);
    stage_move(&s, SP_SYN_RECEIVED);
    s.step.output.taken = (struct sp_range){201, 202};
    stage_holds(&s, text_where_it_may_be);
    s.step.output.delivered = 1;
    stage_breaks(&s, text_where_it_may_be);
    s.step.output.delivered = 0;
    s.step.event.segment.flags = SP_ACK;
    stage_breaks(&s, text_where_it_may_be);
}

/* 3.10.7.4 step 1: what is unacceptable is answered, a RST excepted. */
void what_is_refused_draws_an_ack(void **state)
{
    (void)state;
    struct stage s;
    stage_set(&s, SP_TIME_WAIT, SP_LAST_ACK);
    struct sp_segment *g = stage_arrive(&s, SP_FIN | SP_ACK, 203, 103, 0); /* the FIN again */
    assert_string_equal(
        stage_breaks(&s, ack_owed),
        "TIME-WAIT answers SEQ 203, ACK 103, SEG.LEN 1 by an ACK; RCV.NXT 204: there is none");
    stage_send(&s, SP_ACK, 104, 204, 0);
    stage_holds(&s, ack_owed);

    stage_set(&s, SP_ESTABLISHED, SP_ESTABLISHED);
    g = stage_arrive(&s, SP_ACK, 201, 103, 2); /* text from the left of the window */
    stage_breaks(&s, ack_owed);
    g->flags = SP_RST;
    stage_holds(&s, ack_owed);
    g->flags = SP_ACK;
    g->seq = 214; /* right of it */
    stage_breaks(&s, ack_owed);
    g->len = 0;
    g->seq = stage_before(&s)->rcv_adv; /* an empty ACK right behind it counts (D5) ... */
    stage_holds(&s, ack_owed);
    g->seq++;
    stage_breaks(&s, ack_owed);
    g->seq--;
    s.setup.policy.zero_window = SP_zero_window_LITERAL; /* ... but not by the table alone */
    stage_breaks(&s, ack_owed);

    stage_set(&s, SP_SYN_RECEIVED, SP_SYN_SENT);
    stage_arrive(&s, SP_SYN, 200, 0, 0); /* the SYN again */
    stage_breaks(&s, ack_owed);
    stage_send(&s, SP_SYN | SP_ACK, 100, 201, 0);
    stage_holds(&s, ack_owed);
}

/* Steps 5, 7 and 8; 5681 4.2 of text out of order. */
void what_is_taken_draws_an_ack(void **state)
{
    (void)state;
    struct stage s;
    stage_set(&s, SP_ESTABLISHED, SP_ESTABLISHED);
    struct sp_segment *g = stage_arrive(&s, SP_ACK, 203, 103, 0);
    stage_holds(&s, ack_owed); /* a pure ACK */
    g->ack = 104;              /* of what was never sent */
    stage_breaks(&s, ack_owed);
    s.setup.policy.ack_beyond = SP_ack_beyond_SILENT;
    stage_holds(&s, ack_owed);

    g->ack = 103;
    g->len = 1;
    stage_breaks(&s, ack_owed);
    s.setup.policy.delayed_ack = SP_delayed_ack_ON;
    stage_breaks(&s, ack_owed); /* no timer runs for it */
    stage_tcb(&s)->unacked = 1;
    stage_holds(&s, ack_owed);
    stage_before(&s)->unacked = 1; /* the second (SHLD-19) */
    stage_breaks(&s, ack_owed);
    stage_before(&s)->unacked = 0;
    g->seq = 204; /* out of order */
    stage_breaks(&s, ack_owed);
    g->flags = SP_FIN; /* without ACK it is dropped */
    stage_holds(&s, ack_owed);
}

void text_and_fin_that_fit_are_taken(void **state)
{
    (void)state;
    struct stage s;
    stage_set(&s, SP_FIN_WAIT_2, SP_CLOSE_WAIT);
    struct sp_segment *g = stage_arrive(&s, SP_ACK, 202, 104, 2); /* 203 is new */
    assert_string_equal(stage_breaks(&s, take_what_fits),
                        "text in the window at RCV.NXT is taken: SEQ 202, 2 octets; RCV.NXT 203");
    stage_tcb(&s)->rcv_nxt = 204;
    stage_holds(&s, take_what_fits);

    g->flags = SP_FIN | SP_PSH | SP_ACK;
    assert_string_equal(stage_breaks(&s, take_what_fits),
                        "the FIN at 204 is taken with all before it: RCV.NXT 203 became 204");
    stage_tcb(&s)->rcv_nxt = 205;
    stage_tcb(&s)->flags |= SP_TCB_FIN_RECEIVED;
    stage_holds(&s, take_what_fits);

    stage_set(&s, SP_ESTABLISHED, SP_ESTABLISHED);
    g = stage_arrive(&s, SP_ACK, 204, 103, 1); /* 203 is missing */
    stage_holds(&s, take_what_fits);
    g->seq = 203;
    stage_breaks(&s, take_what_fits);
    g->ack = 104; /* of what was never sent */
    stage_holds(&s, take_what_fits);
    g->ack = 103;
    stage_before(&s)->rcv_adv = 203; /* a closed window */
    stage_holds(&s, take_what_fits);

    stage_set(&s, SP_SYN_RECEIVED, SP_ESTABLISHED);
    g = stage_arrive(&s, SP_ACK, 201, 101, 1);
    stage_move(&s, SP_ESTABLISHED);
    stage_tcb(&s)->rcv_nxt = 201; /* the ACK was taken, the text was not */
    stage_breaks(&s, take_what_fits);
    g->ack = 100;
    stage_holds(&s, take_what_fits);
}
