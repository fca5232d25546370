/*
 * Does each property of two ends fail when it should, and hold when it should?
 *
 * Numbers: ISS of A is 100, of B 200; each wrote two octets, which the other has.
 */
#include "test_oracle.h"

#include <string.h>

/* A's SYN,ACK is acknowledged: SYN-RECEIVED becomes ESTABLISHED. */
static void complete_handshake(struct stage *s)
{
    stage_set(s, SP_SYN_RECEIVED, SP_ESTABLISHED);
    stage_arrive(s, SP_ACK, 201, 101, 0);
    stage_tcb(s)->state = SP_ESTABLISHED;
    stage_tcb(s)->snd_una = 101;
}

void established_knows_the_true_isn(void **state)
{
    (void)state;
    struct stage s;
    complete_handshake(&s);
    stage_holds(&s, isn_agreement);

    stage_tcb(&s)->irs = 201;
    assert_string_equal(stage_breaks(&s, isn_agreement),
                        "IRS = ISS of the peer: 201 = 200 is false");
    stage_tcb(&s)->irs = 200;
    stage_life(&s)->peer = 0; /* a SYN that the peer never sent */
    stage_breaks(&s, isn_agreement);
    stage_life(&s)->peer = 1;
    s.step.event_life = 0; /* an ACK from nowhere */
    stage_breaks(&s, isn_agreement);
    s.step.event_life = 1;
    s.step.event.segment.ack = 100;
    stage_breaks(&s, isn_agreement);
}

void established_twice_agree(void **state)
{
    (void)state;
    struct stage s;
    stage_set(&s, SP_ESTABLISHED, SP_ESTABLISHED);
    stage_holds(&s, isn_agreement);
    stage_peer(&s)->irs = 99;
    assert_string_equal(stage_breaks(&s, isn_agreement),
                        "IRS of the peer = ISS: 99 = 100 is false");
    stage_peer(&s)->irs = 100;
    stage_peer(&s)->iss = 199;
    stage_breaks(&s, isn_agreement);

    /* An end that is half-way through its handshake agrees on nothing yet. */
    stage_peer(&s)->state = SP_SYN_RECEIVED;
    stage_holds(&s, isn_agreement);
}

/* Question 3: with two segments the server is ESTABLISHED by the SYN alone. */
void two_way_handshake_is_no_agreement(void **state)
{
    (void)state;
    struct stage s;
    stage_set(&s, SP_LISTEN, SP_SYN_SENT);
    stage_arrive(&s, SP_SYN, 200, 0, 0);
    stage_move(&s, SP_ESTABLISHED);
    stage_breaks(&s, isn_agreement);
}

void close_wait_keeps_what_is_queued(void **state)
{
    (void)state;
    struct stage s;
    stage_set(&s, SP_CLOSE_WAIT, SP_FIN_WAIT_2);
    stage_event(&s, SP_EVENT_SEND);
    s.step.event.count = 1;
    s.step.output.reply = SP_REPLY_OK;
    stage_tcb(&s)->snd_end = 104;
    stage_life(&s)->written = 3;
    stage_holds(&s, no_data_loss_in_close_wait);
    stage_tcb(&s)->snd_end = 103; /* accepted, and forgotten */
    stage_breaks(&s, no_data_loss_in_close_wait);
    stage_life(&s)->written = 2;
    s.step.output.reply = SP_REPLY_CLOSING; /* CLOSE-WAIT can still send (question 5) */
    assert_string_equal(stage_breaks(&s, no_data_loss_in_close_wait),
                        "CLOSE-WAIT accepts SEND: 1 octets were refused");

    stage_set(&s, SP_ESTABLISHED, SP_FIN_WAIT_1);
    stage_arrive(&s, SP_FIN | SP_ACK, 203, 103, 0);
    stage_move(&s, SP_CLOSE_WAIT);
    stage_holds(&s, no_data_loss_in_close_wait);
    stage_tcb(&s)->snd_end = 102; /* the peer's FIN throws the queue away */
    stage_breaks(&s, no_data_loss_in_close_wait);

    stage_set(&s, SP_CLOSE_WAIT, SP_FIN_WAIT_2);
    stage_event(&s, SP_EVENT_CLOSE);
    stage_move(&s, SP_LAST_ACK);
    stage_holds(&s, no_data_loss_in_close_wait);
    stage_tcb(&s)->snd_max = 103; /* LAST-ACK, and the FIN was not sent */
    stage_breaks(&s, no_data_loss_in_close_wait);
}

void graceful_end_has_delivered_all(void **state)
{
    (void)state;
    struct stage s;
    stage_set(&s, SP_LAST_ACK, SP_TIME_WAIT);
    stage_arrive(&s, SP_ACK, 204, 104, 0);
    stage_move(&s, SP_CLOSED);
    stage_life(&s)->ended = SP_END_GRACEFUL;
    stage_holds(&s, no_data_loss_in_close_wait);
    stage_peer_life(&s)->received = 1;
    assert_string_equal(stage_breaks(&s, no_data_loss_in_close_wait),
                        "a graceful end has all octets at the peer: 2 written, 1 received");

    stage_life(&s)->ended = SP_END_ASSASSINATED; /* by a RST: no CLOSE ok, so no lie */
    stage_holds(&s, no_data_loss_in_close_wait);
    s.step.output.signals = SP_SIGNAL_CLOSED;
    stage_breaks(&s, no_data_loss_in_close_wait);
}

void lost_text_is_told(void **state)
{
    (void)state;
    struct stage s;
    stage_set(&s, SP_ESTABLISHED, SP_ESTABLISHED);
    stage_arrive(&s, SP_RST, 203, 0, 0);
    stage_move(&s, SP_CLOSED);
    stage_peer_life(&s)->received = 1;
    stage_life(&s)->ended = SP_END_RESET;
    stage_breaks(&s, no_data_loss_in_close_wait);
    stage_life(&s)->flags |= SP_LIFE_TOLD_ERROR;
    stage_holds(&s, no_data_loss_in_close_wait);

    stage_set(&s, SP_SYN_SENT, SP_LISTEN);
    stage_event(&s, SP_EVENT_CLOSE);
    stage_move(&s, SP_CLOSED);
    stage_life(&s)->ended = SP_END_CLOSED;
    stage_life(&s)->written = 1;
    stage_breaks(&s, no_data_loss_in_close_wait);
    s.step.output.signals = SP_SIGNAL_FLUSHED;
    stage_holds(&s, no_data_loss_in_close_wait);

    stage_set(&s, SP_SYN_RECEIVED, SP_CLOSED);
    s.step.before.life[0].written = 1;
    stage_arrive(&s, SP_RST, 201, 0, 0);
    stage_move(&s, SP_LISTEN);
    stage_breaks(&s, no_data_loss_in_close_wait);
    s.step.output.signals = SP_SIGNAL_FLUSHED;
    stage_holds(&s, no_data_loss_in_close_wait);
}

void octets_between_the_pointers(void **state)
{
    (void)state;
    struct stage s;
    stage_set(&s, SP_ESTABLISHED, SP_ESTABLISHED);
    stage_holds(&s, sandwich);
    stage_peer(&s)->rcv_nxt = 104; /* an octet that A has not sent */
    assert_string_equal(stage_breaks(&s, sandwich),
                        "SND.UNA =< RCV.NXT =< SND.NXT: iss+3 =< iss+4 =< iss+3 is false "
                        "(the octets of the host that acted)");
    stage_peer(&s)->rcv_nxt = 102; /* an octet acknowledged and not received */
    stage_breaks(&s, sandwich);
    stage_peer(&s)->rcv_nxt = 103;
    stage_tcb(&s)->rcv_nxt = 204;
    stage_breaks(&s, sandwich);
    stage_peer_life(&s)->peer = 0; /* no pair, no claim */
    stage_holds(&s, sandwich);
}

void delivered_is_a_prefix(void **state)
{
    (void)state;
    struct stage s;
    stage_set(&s, SP_ESTABLISHED, SP_ESTABLISHED);
    stage_holds(&s, stream_prefix);
    stage_life(&s)->received = 3;
    stage_breaks(&s, stream_prefix);
    stage_life(&s)->received = 2;
    stage_life(&s)->delivered = 3;
    stage_breaks(&s, stream_prefix);
    stage_life(&s)->delivered = 2;
    stage_tcb(&s)->rcv_read = 202; /* octet 202 would be handed over again */
    stage_breaks(&s, stream_prefix);
}

void octets_come_from_the_peer(void **state)
{
    (void)state;
    struct stage s;
    stage_set(&s, SP_ESTABLISHED, SP_ESTABLISHED);
    struct sp_segment *g = stage_arrive(&s, SP_ACK, 203, 103, 1);
    s.step.output.taken = (struct sp_range){203, 204};
    stage_peer_life(&s)->written = 3;
    stage_holds(&s, nothing_invented);

    g->text = 1; /* the octet of another place */
    assert_string_equal(stage_breaks(&s, nothing_invented),
                        "octet irs+3 is number 2 of the peer's stream: it is number 1");
    g->text = 2;
    stage_peer_life(&s)->written = 2; /* an octet that nobody wrote */
    stage_breaks(&s, nothing_invented);
    stage_peer_life(&s)->written = 3;
    s.step.output.taken.right = 205; /* more than the segment has */
    stage_breaks(&s, nothing_invented);
    s.step.output.taken.right = 204;
    s.step.event_life = 2; /* RFC 1337 H1: of another incarnation */
    stage_breaks(&s, nothing_invented);
    s.step.event_life = 1;
    stage_event(&s, SP_EVENT_RECEIVE); /* from no segment at all */
    stage_breaks(&s, nothing_invented);
}

void end_of_stream_comes_last(void **state)
{
    (void)state;
    struct stage s;
    stage_set(&s, SP_ESTABLISHED, SP_FIN_WAIT_1);
    stage_arrive(&s, SP_FIN | SP_ACK, 203, 103, 0);
    stage_move(&s, SP_CLOSE_WAIT);
    s.step.output.signals = SP_SIGNAL_CLOSING;
    stage_holds(&s, end_of_stream_last);
    stage_life(&s)->delivered = 1;
    assert_string_equal(stage_breaks(&s, end_of_stream_last),
                        "the end of the stream is told after all of it: 1 of 2 octets delivered");
    stage_life(&s)->delivered = 2;
    stage_peer_life(&s)->flags &= (uint8_t)~SP_LIFE_CLOSE;
    stage_breaks(&s, end_of_stream_last);

    /* D9: RECEIVE that refuses what is on hand. */
    stage_set(&s, SP_LAST_ACK, SP_FIN_WAIT_2);
    stage_event(&s, SP_EVENT_RECEIVE);
    s.step.output.reply = SP_REPLY_CLOSING;
    stage_holds(&s, end_of_stream_last);
    stage_life(&s)->delivered = 0;
    stage_breaks(&s, end_of_stream_last);
}

void fin_wait_2_means_received(void **state)
{
    (void)state;
    struct stage s;
    stage_set(&s, SP_FIN_WAIT_1, SP_CLOSE_WAIT);
    stage_arrive(&s, SP_ACK, 203, 104, 0);
    stage_move(&s, SP_FIN_WAIT_2);
    stage_holds(&s, graceful_means_received);
    stage_peer_life(&s)->received = 1;
    stage_breaks(&s, graceful_means_received);
    stage_peer_life(&s)->received = 2;
    stage_peer_life(&s)->flags &= (uint8_t)~SP_LIFE_FIN_RECEIVED;
    assert_string_equal(stage_breaks(&s, graceful_means_received),
                        "FIN-WAIT-2: the peer has the FIN: it has not");
    stage_peer_life(&s)->flags |= SP_LIFE_FIN_RECEIVED;
    stage_peer_life(&s)->peer = 0;
    stage_breaks(&s, graceful_means_received);

    stage_set(&s, SP_LAST_ACK, SP_TIME_WAIT);
    stage_arrive(&s, SP_ACK, 204, 104, 0);
    stage_move(&s, SP_CLOSED);
    stage_life(&s)->ended = SP_END_GRACEFUL;
    stage_holds(&s, graceful_means_received);
    stage_peer_life(&s)->received = 0;
    stage_breaks(&s, graceful_means_received);
}

void fins_have_causes(void **state)
{
    (void)state;
    struct stage s;
    stage_set(&s, SP_FIN_WAIT_2, SP_CLOSE_WAIT);
    stage_holds(&s, fin_causality);
    stage_peer_life(&s)->flags &= (uint8_t)~SP_LIFE_FIN_RECEIVED;
    stage_breaks(&s, fin_causality);
    stage_set(&s, SP_CLOSE_WAIT, SP_FIN_WAIT_2);
    stage_holds(&s, fin_causality);
    stage_peer_life(&s)->flags &= (uint8_t)~SP_LIFE_FIN_SENT;
    stage_breaks(&s, fin_causality);
}

/* SYN-RECEIVED to TIME-WAIT, and CLOSED after a graceful end: x where both ends may be. Written
 * from the list of S17, which gives for each state the states of the other end. */
static const char *const joint[] = {
    /*           SR EST FW1 FW2 CW CLG LA TW CLO */
    /* SR  */ "xxx......",
    /* EST */ "xxx......",
    /* FW1 */ "xxx.xxx..",
    /* FW2 */ "....xxx..",
    /* CW  */ "..xx.....",
    /* CLG */ "..xx.x.xx",
    /* LA  */ "..xx...xx",
    /* TW  */ ".....xxxx",
    /* CLO */ ".....xxxx",
};

static enum sp_state joint_state(size_t index)
{
    static const enum sp_state states[] = {SP_SYN_RECEIVED, SP_ESTABLISHED, SP_FIN_WAIT_1,
                                           SP_FIN_WAIT_2,   SP_CLOSE_WAIT,  SP_CLOSING,
                                           SP_LAST_ACK,     SP_TIME_WAIT,   SP_CLOSED};
    return states[index];
}

void joint_states_are_those_of_the_table(void **state)
{
    (void)state;
    struct stage s;
    for (size_t a = 0; a < 9; a++) {
        for (size_t b = 0; b < 9; b++) {
            bool gone_a = joint_state(a) == SP_CLOSED, gone_b = joint_state(b) == SP_CLOSED;
            stage_set(&s, gone_a ? SP_TIME_WAIT : joint_state(a),
                      gone_b ? SP_TIME_WAIT : joint_state(b));
            if (gone_a) {
                stage_move(&s, SP_CLOSED);
                stage_life(&s)->ended = SP_END_GRACEFUL;
            }
            if (gone_b) {
                memset(stage_peer(&s), 0, sizeof *stage_peer(&s));
                stage_peer_life(&s)->ended = SP_END_GRACEFUL;
            }
            if (joint[a][b] == 'x') {
                stage_holds(&s, joint_states);
            } else {
                stage_breaks(&s, joint_states);
            }
            assert_int_equal(joint[a][b], joint[b][a]);
        }
    }
    stage_set(&s, SP_CLOSE_WAIT, SP_CLOSE_WAIT);
    assert_string_equal(
        stage_breaks(&s, joint_states),
        "CLOSE-WAIT with CLOSE-WAIT: the two ends of a connection are never in these states");
    stage_peer_life(&s)->ended = SP_END_ABORTED; /* who broke off is in no table */
    stage_holds(&s, joint_states);
}

void one_end_was_in_time_wait(void **state)
{
    (void)state;
    struct stage s;
    stage_set(&s, SP_LAST_ACK, SP_TIME_WAIT);
    stage_arrive(&s, SP_ACK, 204, 104, 0);
    stage_move(&s, SP_CLOSED);
    stage_life(&s)->ended = SP_END_GRACEFUL;
    stage_peer_life(&s)->ended = SP_END_GRACEFUL;
    stage_holds(&s, one_end_waits);
    stage_peer_life(&s)->flags &= (uint8_t)~SP_LIFE_TIME_WAIT;
    assert_string_equal(stage_breaks(&s, one_end_waits),
                        "one of two ends that closed gracefully was in TIME-WAIT: neither was");
    stage_peer_life(&s)->ended = SP_END_LIVING;
    stage_holds(&s, one_end_waits);
    stage_life(&s)->flags |= SP_LIFE_TIME_WAIT; /* out of LAST-ACK, yet it waited */
    stage_breaks(&s, one_end_waits);
}
