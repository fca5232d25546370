/*
 * Does each property of the states fail when it should, and hold when it should?
 */
#include "test_oracle.h"

#include <string.h>

void closed_is_empty(void **state)
{
    (void)state;
    struct stage s;
    stage_set(&s, SP_CLOSED, SP_CLOSED);
    stage_holds(&s, closed_means_no_tcb);
    stage_tcb(&s)->iss = 100;
    stage_breaks(&s, closed_means_no_tcb);
    stage_tcb(&s)->iss = 0;
    stage_tcb(&s)->timers = SP_TIMER_RETRANSMISSION;
    stage_breaks(&s, closed_means_no_tcb);

    stage_set(&s, SP_LISTEN, SP_CLOSED);
    stage_holds(&s, closed_means_no_tcb);
    stage_tcb(&s)->irs = 200;
    stage_breaks(&s, closed_means_no_tcb);
    stage_set(&s, SP_SYN_SENT, SP_CLOSED);
    stage_holds(&s, closed_means_no_tcb);
    stage_tcb(&s)->rcv_nxt = 201;
    assert_string_equal(stage_breaks(&s, closed_means_no_tcb),
                        "SYN-SENT: IRS 0 and RCV.NXT 201 have no value");
}

void established_needs_the_ack_of_the_own_syn(void **state)
{
    (void)state;
    struct stage s;
    stage_set(&s, SP_SYN_RECEIVED, SP_ESTABLISHED);
    struct sp_segment *g = stage_arrive(&s, SP_ACK, 201, 101, 0);
    stage_move(&s, SP_ESTABLISHED);
    stage_holds(&s, handshake_needs_own_ack);
    g->ack = 100;
    assert_string_equal(
        stage_breaks(&s, handshake_needs_own_ack),
        "SYN-RECEIVED to ESTABLISHED by SND.UNA < SEG.ACK =< SND.NXT: 100 < 100 =< 101 is false");
    g->ack = 102;
    stage_breaks(&s, handshake_needs_own_ack);
    g->flags = SP_SYN;
    g->ack = 0;
    stage_breaks(&s, handshake_needs_own_ack);

    stage_set(&s, SP_SYN_SENT, SP_SYN_RECEIVED);
    g = stage_arrive(&s, SP_SYN | SP_ACK, 200, 101, 0);
    stage_move(&s, SP_ESTABLISHED);
    stage_holds(&s, handshake_needs_own_ack);
    g->flags = SP_ACK;
    stage_breaks(&s, handshake_needs_own_ack);
}

void states_tell_of_fins(void **state)
{
    (void)state;
    struct stage s;
    for (enum sp_state each = SP_SYN_RECEIVED; each < SP_STATE_COUNT; each++) {
        stage_set(&s, each, SP_ESTABLISHED);
        stage_holds(&s, fins_by_state);
    }
    stage_set(&s, SP_FIN_WAIT_1, SP_ESTABLISHED);
    stage_life(&s)->flags &= (uint8_t)~SP_LIFE_FIN_SENT; /* D14: still behind text */
    stage_holds(&s, fins_by_state);
    stage_tcb(&s)->state = SP_FIN_WAIT_2; /* the literal reading of D14 */
    assert_string_equal(stage_breaks(&s, fins_by_state),
                        "FIN-WAIT-2: own FIN sent 0, acknowledged 0, peer's FIN received 0");

    stage_set(&s, SP_CLOSE_WAIT, SP_FIN_WAIT_2);
    stage_tcb(&s)->state = SP_ESTABLISHED; /* a FIN that did not move the state */
    stage_breaks(&s, fins_by_state);
    stage_set(&s, SP_TIME_WAIT, SP_LAST_ACK);
    stage_tcb(&s)->snd_una = 103;
    stage_breaks(&s, fins_by_state);
    stage_set(&s, SP_ESTABLISHED, SP_ESTABLISHED);
    stage_life(&s)->flags |= SP_LIFE_CLOSE;
    stage_breaks(&s, fins_by_state);
    stage_set(&s, SP_LAST_ACK, SP_FIN_WAIT_2);
    stage_life(&s)->flags &= (uint8_t)~SP_LIFE_CLOSE;
    stage_breaks(&s, fins_by_state);
}

/* Figure 5: what a segment may do, from each state. Rows and columns in the order of enum sp_state;
 * x an edge (or two in one segment), r one that only a reset or a SYN out of place takes. */
static const char *const figure[] = {
    /*        CLO LIS SS SR EST FW1 FW2 CW CLG LA TW */
    /* CLO */ "...........",
    /* LIS */ "...x.......",
    /* SS  */ "r..xx..x...",
    /* SR  */ "rr..xx.xx..",
    /* EST */ "r......x...",
    /* FW1 */ "r.....x.x.x",
    /* FW2 */ "r.........x",
    /* CW  */ "r........x.",
    /* CLG */ "r.........x",
    /* LA  */ "x..........",
    /* TW  */ "r..........",
};

void edges_are_those_of_figure_5(void **state)
{
    (void)state;
    struct stage s;
    for (enum sp_state from = SP_CLOSED; from < SP_STATE_COUNT; from++) {
        for (enum sp_state to = SP_CLOSED; to < SP_STATE_COUNT; to++) {
            stage_set(&s, from, SP_ESTABLISHED);
            s.setup.policy.tw_reopen = SP_tw_reopen_NONE;
            stage_arrive(&s, SP_ACK, 203, 103, 0);
            stage_tcb(&s)->state = (uint8_t)to;
            if (from == to || figure[from][to] != '.') {
                stage_holds(&s, legal_edges);
            } else {
                stage_breaks(&s, legal_edges);
            }
        }
    }
    stage_set(&s, SP_TIME_WAIT, SP_SYN_SENT);
    stage_arrive(&s, SP_SYN, 205, 0, 0);
    stage_tcb(&s)->state = SP_SYN_RECEIVED;
    stage_holds(&s, legal_edges); /* rfc9293 reopens by timestamps */

    static const struct {
        enum sp_event_kind kind;
        enum sp_state from, to;
        bool legal;
    } calls[] = {
        {SP_EVENT_OPEN_PASSIVE, SP_CLOSED, SP_LISTEN, true},
        {SP_EVENT_OPEN_PASSIVE, SP_CLOSED, SP_SYN_SENT, false},
        {SP_EVENT_OPEN_ACTIVE, SP_LISTEN, SP_SYN_SENT, true},
        {SP_EVENT_OPEN_ACTIVE, SP_TIME_WAIT, SP_SYN_SENT, false},
        {SP_EVENT_SEND, SP_LISTEN, SP_SYN_SENT, true},
        {SP_EVENT_SEND, SP_ESTABLISHED, SP_CLOSE_WAIT, false},
        {SP_EVENT_CLOSE, SP_ESTABLISHED, SP_FIN_WAIT_1, true},
        {SP_EVENT_CLOSE, SP_CLOSE_WAIT, SP_LAST_ACK, true},
        {SP_EVENT_CLOSE, SP_CLOSE_WAIT, SP_CLOSING, false}, /* RFC 793's slip */
        {SP_EVENT_CLOSE, SP_ESTABLISHED, SP_CLOSED, false},
        {SP_EVENT_ABORT, SP_ESTABLISHED, SP_CLOSED, true},
        {SP_EVENT_ABORT, SP_ESTABLISHED, SP_TIME_WAIT, false},
        {SP_EVENT_STATUS, SP_ESTABLISHED, SP_CLOSED, false},
        {SP_EVENT_TIME_WAIT, SP_TIME_WAIT, SP_CLOSED, true},
        {SP_EVENT_TIME_WAIT, SP_FIN_WAIT_2, SP_CLOSED, false},
        {SP_EVENT_RETRANSMISSION, SP_SYN_SENT, SP_CLOSED, true},
        {SP_EVENT_USER_TIMEOUT, SP_CLOSE_WAIT, SP_CLOSED, true},
        {SP_EVENT_PERSIST, SP_CLOSE_WAIT, SP_LAST_ACK, true},
        {SP_EVENT_DELAYED_ACK, SP_ESTABLISHED, SP_CLOSED, false},
    };
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        stage_set(&s, calls[i].from, SP_ESTABLISHED);
        stage_event(&s, calls[i].kind);
        stage_tcb(&s)->state = (uint8_t)calls[i].to;
        if (calls[i].legal) {
            stage_holds(&s, legal_edges);
        } else {
            stage_breaks(&s, legal_edges);
        }
    }
    s.setup.policy.reset_state = SP_reset_state_TIME_WAIT; /* D8 */
    stage_before(&s)->state = SP_ESTABLISHED;
    stage_tcb(&s)->state = SP_TIME_WAIT;
    stage_event(&s, SP_EVENT_ABORT);
    stage_holds(&s, legal_edges);
}

void only_a_passive_open_returns_to_listen(void **state)
{
    (void)state;
    struct stage s;
    stage_set(&s, SP_SYN_RECEIVED, SP_SYN_SENT);
    stage_arrive(&s, SP_RST, 201, 0, 0);
    stage_move(&s, SP_LISTEN);
    stage_holds(&s, back_to_listen);
    stage_before(&s)->flags = 0;
    stage_breaks(&s, back_to_listen);
    stage_move(&s, SP_CLOSED);
    stage_breaks(&s, back_to_listen);
    s.step.output.signals = SP_SIGNAL_REFUSED;
    stage_holds(&s, back_to_listen);

    stage_set(&s, SP_LISTEN, SP_SYN_SENT);
    stage_arrive(&s, SP_SYN, 200, 0, 0);
    stage_move(&s, SP_SYN_RECEIVED);
    stage_holds(&s, back_to_listen);
    stage_tcb(&s)->flags = 0;
    stage_breaks(&s, back_to_listen);
    stage_before(&s)->state = SP_SYN_SENT;
    stage_holds(&s, back_to_listen);
    stage_tcb(&s)->flags = SP_TCB_PASSIVE;
    stage_breaks(&s, back_to_listen);
}

void time_wait_is_kept(void **state)
{
    (void)state;
    struct stage s;
    stage_set(&s, SP_TIME_WAIT, SP_CLOSED);
    stage_event(&s, SP_EVENT_OPEN_ACTIVE);
    stage_holds(&s, time_wait_protects);
    stage_tcb(&s)->state = SP_SYN_SENT;
    stage_breaks(&s, time_wait_protects);

    stage_event(&s, SP_EVENT_TIME_WAIT);
    stage_move(&s, SP_CLOSED);
    stage_holds(&s, time_wait_protects);
    stage_before(&s)->timers = 0;
    stage_breaks(&s, time_wait_protects);

    /* MAY-2: SND.NXT was 104, RCV.NXT 204. */
    stage_set(&s, SP_TIME_WAIT, SP_SYN_SENT);
    struct sp_segment *g = stage_arrive(&s, SP_SYN, 205, 0, 0);
    stage_move(&s, SP_SYN_RECEIVED);
    stage_tcb(&s)->iss = 105;
    stage_holds(&s, time_wait_protects);
    stage_tcb(&s)->iss = 103;
    stage_breaks(&s, time_wait_protects);
    stage_tcb(&s)->iss = 105;
    g->seq = 200;
    assert_string_equal(stage_breaks(&s, time_wait_protects),
                        "a SYN that reopens is newer: SEG.SEQ 200, RCV.NXT 204");
    g->options = SP_OPT_TIMESTAMPS; /* RFC 6191 B1: there were none before */
    stage_holds(&s, time_wait_protects);
}

void the_end_is_told_once(void **state)
{
    (void)state;
    struct stage s;
    stage_set(&s, SP_ESTABLISHED, SP_ESTABLISHED);
    stage_arrive(&s, SP_RST, 203, 0, 0);
    stage_move(&s, SP_CLOSED);
    stage_breaks(&s, one_terminal_report); /* MUST-12: not told */
    s.step.output.signals = SP_SIGNAL_RESET;
    stage_holds(&s, one_terminal_report);
    s.step.output.signals = SP_SIGNAL_RESET | SP_SIGNAL_TIMED_OUT;
    stage_breaks(&s, one_terminal_report);
    s.step.output.signals = SP_SIGNAL_REFUSED;
    stage_breaks(&s, one_terminal_report);
    stage_event(&s, SP_EVENT_USER_TIMEOUT);
    stage_breaks(&s, one_terminal_report);
    s.step.output.signals = SP_SIGNAL_TIMED_OUT;
    stage_holds(&s, one_terminal_report);

    stage_set(&s, SP_ESTABLISHED, SP_ESTABLISHED);
    s.step.output.signals = SP_SIGNAL_RESET; /* told, and it lives on */
    stage_breaks(&s, one_terminal_report);
    stage_set(&s, SP_CLOSED, SP_ESTABLISHED);
    s.step.output.delivered = 1;
    stage_breaks(&s, one_terminal_report);
}

void syn_sent_drops_what_means_nothing(void **state)
{
    (void)state;
    struct stage s;
    stage_set(&s, SP_SYN_SENT, SP_SYN_RECEIVED);
    struct sp_segment *g = stage_arrive(&s, SP_RST, 0, 0, 0);
    stage_holds(&s, syn_sent_unmoved);
    stage_move(&s, SP_CLOSED);
    stage_breaks(&s, syn_sent_unmoved);
    g->flags = SP_RST | SP_ACK;
    g->ack = 101;
    stage_holds(&s, syn_sent_unmoved); /* that one is to be believed */
    g->ack = 102;
    stage_breaks(&s, syn_sent_unmoved);

    stage_set(&s, SP_SYN_SENT, SP_ESTABLISHED);
    stage_arrive(&s, SP_ACK, 203, 101, 0);
    stage_holds(&s, syn_sent_unmoved);
    stage_send(&s, SP_RST, 101, 0, 0);
    stage_breaks(&s, syn_sent_unmoved);
}

void listen_takes_only_a_syn(void **state)
{
    (void)state;
    struct stage s;
    stage_set(&s, SP_LISTEN, SP_ESTABLISHED);
    struct sp_segment *g = stage_arrive(&s, SP_ACK, 203, 103, 0);
    stage_holds(&s, listen_unmoved);
    stage_move(&s, SP_SYN_RECEIVED);
    stage_breaks(&s, listen_unmoved);
    g->flags = SP_SYN;
    stage_holds(&s, listen_unmoved);
    g->flags = SP_SYN | SP_RST;
    stage_breaks(&s, listen_unmoved);
}

void closed_does_not_speak(void **state)
{
    (void)state;
    struct stage s;
    stage_set(&s, SP_CLOSED, SP_ESTABLISHED);
    stage_arrive(&s, SP_ACK, 203, 103, 0);
    struct sp_segment *g = stage_send(&s, SP_RST, 103, 0, 0);
    stage_holds(&s, closed_is_silent);
    g->flags = SP_ACK;
    stage_breaks(&s, closed_is_silent);
    g->flags = SP_RST;
    s.step.output.taken = (struct sp_range){203, 204};
    stage_breaks(&s, closed_is_silent);
    stage_event(&s, SP_EVENT_RETRANSMISSION);
    assert_string_equal(stage_breaks(&s, closed_is_silent),
                        "CLOSED sends nothing by RETRANSMISSION TIMEOUT: 1 segments were sent");
}

/* 3.10.7.2, 3.10.7.3: <SEQ=ISS><ACK=RCV.NXT><CTL=SYN,ACK>, after a passive OPEN and when SYNs
 * cross. */
void a_syn_that_is_taken_draws_syn_ack(void **state)
{
    (void)state;
    static const enum sp_state takers[] = {SP_LISTEN, SP_SYN_SENT};
    struct stage s;
    for (size_t i = 0; i < sizeof takers / sizeof *takers; i++) {
        stage_set(&s, takers[i], SP_SYN_SENT);
        stage_arrive(&s, SP_SYN, 200, 0, 0);
        stage_move(&s, SP_SYN_RECEIVED);
        stage_breaks(&s, syn_draws_syn_ack);
        struct sp_segment *g = stage_send(&s, SP_SYN | SP_ACK, 100, 201, 0);
        stage_holds(&s, syn_draws_syn_ack);
        g->flags = SP_ACK;
        g->seq = 101;
        stage_breaks(&s, syn_draws_syn_ack);
        g->flags = SP_SYN | SP_ACK;
        stage_breaks(&s, syn_draws_syn_ack);
        g->seq = 100;
        g->ack = 200;
        stage_breaks(&s, syn_draws_syn_ack);
    }
}
