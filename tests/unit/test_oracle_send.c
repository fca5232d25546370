/*
 * Does each property of the sending side fail when it should, and hold when it should?
 *
 * Numbers: A has ISS 100 and wrote two octets (101, 102); SND.UNA = SND.NXT = 103; SND.WND = 10.
 */
#include "test_oracle.h"

#include <string.h>

void send_pointers_stand_in_order(void **state)
{
    (void)state;
    struct stage s;
    stage_set(&s, SP_ESTABLISHED, SP_ESTABLISHED);
    stage_holds(&s, send_pointers);

    stage_tcb(&s)->snd_una = 104;
    assert_string_equal(stage_breaks(&s, send_pointers),
                        "SND.UNA =< SND.NXT: iss+4 =< iss+3 is false (104, 103)");
    stage_tcb(&s)->snd_una = 99;
    stage_breaks(&s, send_pointers);

    stage_set(&s, SP_ESTABLISHED, SP_ESTABLISHED);
    stage_tcb(&s)->snd_nxt = 104;
    stage_breaks(&s, send_pointers);

    stage_set(&s, SP_ESTABLISHED, SP_ESTABLISHED);
    stage_tcb(&s)->snd_nxt = stage_tcb(&s)->snd_max = stage_life(&s)->end = 104;
    stage_breaks(&s, send_pointers); /* a number for a FIN, without CLOSE */
    stage_tcb(&s)->flags |= SP_TCB_CLOSE;
    stage_holds(&s, send_pointers);
    stage_life(&s)->end = 103;
    stage_breaks(&s, send_pointers); /* SND.MAX counts what no wire has seen */
}

void syn_is_unacknowledged_until_established(void **state)
{
    (void)state;
    struct stage s;
    stage_set(&s, SP_SYN_RECEIVED, SP_SYN_SENT);
    stage_holds(&s, syn_unacknowledged);
    stage_tcb(&s)->snd_una = 101;
    stage_breaks(&s, syn_unacknowledged);

    stage_set(&s, SP_ESTABLISHED, SP_ESTABLISHED);
    stage_holds(&s, syn_unacknowledged);
    stage_tcb(&s)->snd_una = 100;
    stage_breaks(&s, syn_unacknowledged);

    /* D15: CLOSE in SYN-RECEIVED. */
    stage_set(&s, SP_SYN_RECEIVED, SP_SYN_SENT);
    stage_move(&s, SP_FIN_WAIT_1);
    stage_tcb(&s)->snd_una = 100;
    stage_holds(&s, syn_unacknowledged);
    s.step.before = s.world.host[SP_A];
    stage_tcb(&s)->state = SP_FIN_WAIT_2;
    stage_breaks(&s, syn_unacknowledged);
}

void fin_stands_behind_the_last_octet(void **state)
{
    (void)state;
    struct stage s;
    stage_set(&s, SP_ESTABLISHED, SP_ESTABLISHED);
    stage_move(&s, SP_FIN_WAIT_1);
    stage_event(&s, SP_EVENT_CLOSE);
    struct sp_segment *fin = stage_send(&s, SP_FIN | SP_ACK, 103, 203, 0);
    stage_holds(&s, fin_position);
    fin->seq = 102;
    assert_string_equal(stage_breaks(&s, fin_position),
                        "FIN at ISS + 1 + written: iss+2 = iss+3 is false (102, 103)");
    fin->seq = 104;
    stage_breaks(&s, fin_position);
    fin->seq = 103;
    stage_life(&s)->flags &= (uint8_t)~SP_LIFE_CLOSE;
    stage_breaks(&s, fin_position);

    stage_set(&s, SP_ESTABLISHED, SP_ESTABLISHED);
    stage_send(&s, SP_ACK, 103, 203, 1); /* an octet that nobody wrote */
    stage_breaks(&s, fin_position);
}

void nothing_is_written_after_close(void **state)
{
    (void)state;
    struct stage s;
    stage_set(&s, SP_FIN_WAIT_1, SP_ESTABLISHED);
    stage_event(&s, SP_EVENT_SEND);
    stage_holds(&s, fin_position);
    stage_life(&s)->written = 3;
    stage_breaks(&s, fin_position);
    stage_life(&s)->written = 2;
    stage_tcb(&s)->snd_end = 104;
    stage_breaks(&s, fin_position);
}

void a_number_carries_its_own_octet(void **state)
{
    (void)state;
    struct stage s;
    stage_set(&s, SP_ESTABLISHED, SP_ESTABLISHED);
    stage_event(&s, SP_EVENT_RETRANSMISSION);
    struct sp_segment *g = stage_send(&s, SP_ACK, 101, 203, 2);
    stage_holds(&s, one_number_one_octet);
    g->text = 1;
    assert_string_equal(stage_breaks(&s, one_number_one_octet),
                        "octet of iss+1 is number 0 of the stream: sent is number 1");
    g->text = 0;
    g->len = 3;
    stage_breaks(&s, one_number_one_octet);
}

void new_text_ends_in_the_window(void **state)
{
    (void)state;
    struct stage s;
    stage_set(&s, SP_ESTABLISHED, SP_ESTABLISHED);
    stage_event(&s, SP_EVENT_SEND);
    stage_send(&s, SP_ACK, 103, 203, 2);
    stage_tcb(&s)->snd_wnd = 2;
    stage_holds(&s, within_send_window);
    stage_tcb(&s)->snd_wnd = 1;
    stage_breaks(&s, within_send_window);
    stage_event(&s, SP_EVENT_PERSIST);
    stage_holds(&s, within_send_window); /* the probe: one octet further */
    stage_tcb(&s)->snd_wnd = 0;
    stage_breaks(&s, within_send_window);

    /* Sent again is not new: the window may have shrunk (SHLD-16). */
    stage_before(&s)->snd_max = 105;
    stage_event(&s, SP_EVENT_RETRANSMISSION);
    stage_holds(&s, within_send_window);

    /* A FIN occupies a number, but CLOSE in SYN-RECEIVED sends it at once (3.10.4). */
    stage_set(&s, SP_ESTABLISHED, SP_ESTABLISHED);
    stage_move(&s, SP_FIN_WAIT_1);
    stage_event(&s, SP_EVENT_CLOSE);
    stage_send(&s, SP_FIN | SP_ACK, 103, 203, 0);
    stage_tcb(&s)->snd_wnd = 0;
    stage_breaks(&s, within_send_window);
    stage_before(&s)->state = SP_SYN_RECEIVED;
    stage_holds(&s, within_send_window);
}

void window_comes_from_the_newest_segment(void **state)
{
    (void)state;
    struct stage s;
    stage_set(&s, SP_ESTABLISHED, SP_ESTABLISHED);
    stage_tcb(&s)->snd_wnd = 7;
    stage_breaks(&s, window_updates); /* by a STATUS call */

    struct sp_segment *g = stage_arrive(&s, SP_ACK, 203, 103, 0);
    g->wnd = 7;
    stage_holds(&s, window_updates);
    g->wnd = 8;
    stage_breaks(&s, window_updates);
    g->wnd = 7;
    g->ack = 104;
    stage_breaks(&s, window_updates); /* acknowledges what was never sent */

    g->ack = 103;
    g->seq = stage_tcb(&s)->snd_wl1 = 202; /* older than WL1 = 203 */
    stage_breaks(&s, window_updates);

    stage_before(&s)->snd_wl2 = 103;
    stage_before(&s)->snd_una = 102;
    g->seq = stage_tcb(&s)->snd_wl1 = 203;
    g->ack = stage_tcb(&s)->snd_wl2 = 102; /* the same SEQ, an older ACK */
    stage_breaks(&s, window_updates);
    g->flags = SP_RST;
    stage_breaks(&s, window_updates);
}

void window_is_set_on_entering_established(void **state)
{
    (void)state;
    struct stage s;
    stage_set(&s, SP_SYN_RECEIVED, SP_ESTABLISHED);
    struct sp_segment *g = stage_arrive(&s, SP_ACK, 201, 101, 0);
    struct sp_tcb *t = stage_tcb(&s);
    g->wnd = 5;
    t->state = SP_ESTABLISHED;
    t->snd_una = 101;
    t->snd_scale = 2;
    t->snd_wnd = 20; /* 5 << 2: the window of what is no SYN is scaled */
    t->snd_wl1 = 201;
    t->snd_wl2 = 101;
    stage_holds(&s, window_updates);
    t->snd_wnd = 5;
    stage_breaks(&s, window_updates);
    t->snd_wnd = 20;
    t->snd_wl1 = 200;
    stage_breaks(&s, window_updates); /* D2 */
    t->snd_wl1 = 201;
    t->snd_wl2 = 100;
    stage_breaks(&s, window_updates);
}

void ack_of_nothing_sent_changes_nothing(void **state)
{
    (void)state;
    struct stage s;
    stage_set(&s, SP_ESTABLISHED, SP_ESTABLISHED);
    struct sp_segment *g = stage_arrive(&s, SP_ACK | SP_FIN, 203, 104, 0);
    stage_holds(&s, ack_of_nothing_sent);
    stage_move(&s, SP_CLOSE_WAIT);
    stage_breaks(&s, ack_of_nothing_sent);
    g->ack = 103;
    stage_holds(&s, ack_of_nothing_sent);
    g->flags = SP_FIN;
    assert_string_equal(
        stage_breaks(&s, ack_of_nothing_sent),
        "a segment without ACK changes nothing: SEQ 203, ESTABLISHED became CLOSE-WAIT");
}

/* Step 5: "If SND.UNA < SEG.ACK =< SND.NXT, then set SND.UNA <- SEG.ACK." */
void good_ack_moves_snd_una(void **state)
{
    (void)state;
    struct stage s;
    stage_set(&s, SP_ESTABLISHED, SP_ESTABLISHED);
    stage_before(&s)->snd_una = stage_tcb(&s)->snd_una = 101; /* two octets in flight */
    struct sp_segment *g = stage_arrive(&s, SP_ACK, 203, 103, 0);
    assert_string_equal(stage_breaks(&s, good_ack_counts),
                        "SND.UNA = SEG.ACK: iss+1 = iss+3 is false; it was iss+1");
    stage_tcb(&s)->snd_una = 102;
    stage_breaks(&s, good_ack_counts);
    stage_tcb(&s)->snd_una = 103;
    stage_holds(&s, good_ack_counts);

    stage_tcb(&s)->snd_una = 101;
    g->ack = 101; /* nothing new */
    stage_holds(&s, good_ack_counts);
    g->ack = 104; /* never sent */
    stage_holds(&s, good_ack_counts);
    g->ack = 103;
    g->seq = 300; /* unacceptable */
    stage_holds(&s, good_ack_counts);
    g->seq = 203;
    g->flags = SP_RST | SP_ACK;
    stage_holds(&s, good_ack_counts);
}

/* MUST-20: beyond R2 the connection is closed. */
void retransmissions_end_at_r2(void **state)
{
    (void)state;
    struct stage s;
    stage_set(&s, SP_LAST_ACK, SP_TIME_WAIT);
    stage_event(&s, SP_EVENT_RETRANSMISSION);
    stage_before(&s)->timers = SP_TIMER_RETRANSMISSION;
    stage_holds(&s, gives_up_at_r2); /* R2 = 0: never */
    stage_before(&s)->r2 = 2;
    stage_before(&s)->retransmits = 1;
    assert_string_equal(stage_breaks(&s, gives_up_at_r2), "a retransmission counts: 1 became 0");
    stage_tcb(&s)->retransmits = 2;
    stage_holds(&s, gives_up_at_r2);
    stage_before(&s)->retransmits = 2;
    assert_string_equal(stage_breaks(&s, gives_up_at_r2),
                        "LAST-ACK gives up after R2 = 2 retransmissions: it became LAST-ACK");
    stage_move(&s, SP_CLOSED);
    stage_holds(&s, gives_up_at_r2);
}
