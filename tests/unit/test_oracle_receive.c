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
    g->ack = 202;
    assert_string_equal(stage_breaks(&s, acks_sent), "ACKs sent do not go back: irs+2 after irs+3");
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
