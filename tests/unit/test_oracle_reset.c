/*
 * Does each property of RST and SYN fail when it should, and hold when it should?
 *
 * Numbers: A has ISS 100, SND.NXT = 103 (104 with its FIN); RCV.NXT = 203 (204 with the peer's
 * FIN), the window ends at 213.
 */
#include "test_oracle.h"

#include <string.h>

void rst_draws_at_most_a_challenge(void **state)
{
    (void)state;
    struct stage s;
    stage_set(&s, SP_ESTABLISHED, SP_ESTABLISHED);
    struct sp_segment *g = stage_arrive(&s, SP_RST, 204, 0, 0);
    struct sp_segment *out = stage_send(&s, SP_ACK, 103, 203, 0);
    stage_holds(&s, no_answer_to_rst);
    out->seq = 102;
    stage_breaks(&s, no_answer_to_rst);
    out->seq = 103;
    s.setup.policy.rst_check = SP_rst_check_WINDOW;
    stage_breaks(&s, no_answer_to_rst);
    s.setup.policy.rst_check = SP_rst_check_EXACT;
    g->seq = 213; /* outside */
    stage_breaks(&s, no_answer_to_rst);
    g->seq = 203; /* exact */
    stage_breaks(&s, no_answer_to_rst);
    g->seq = 204;
    stage_send(&s, SP_ACK, 103, 203, 0);
    stage_breaks(&s, no_answer_to_rst);

    stage_set(&s, SP_CLOSED, SP_ESTABLISHED);
    stage_arrive(&s, SP_RST, 203, 0, 0);
    stage_holds(&s, no_answer_to_rst);
    stage_send(&s, SP_RST | SP_ACK, 0, 203, 0);
    stage_breaks(&s, no_answer_to_rst);
}

void rst_needs_a_reason(void **state)
{
    (void)state;
    struct stage s;
    stage_set(&s, SP_CLOSED, SP_ESTABLISHED);
    struct sp_segment *g = stage_arrive(&s, SP_ACK, 203, 103, 0);
    stage_send(&s, SP_RST, 103, 0, 0);
    stage_holds(&s, rst_has_a_reason);
    stage_before(&s)->state = SP_LISTEN;
    stage_holds(&s, rst_has_a_reason);
    g->flags = SP_SYN;
    stage_breaks(&s, rst_has_a_reason);

    stage_set(&s, SP_ESTABLISHED, SP_ESTABLISHED);
    g = stage_arrive(&s, SP_ACK, 203, 104, 1); /* a bad ACK, but synchronized (3.5.2 group 3) */
    stage_send(&s, SP_RST, 104, 0, 0);
    stage_breaks(&s, rst_has_a_reason);
    stage_before(&s)->state = SP_SYN_RECEIVED;
    stage_holds(&s, rst_has_a_reason);
    stage_send(&s, SP_RST, 104, 0, 0);
    stage_breaks(&s, rst_has_a_reason); /* two of them */

    stage_set(&s, SP_ESTABLISHED, SP_ESTABLISHED);
    stage_arrive(&s, SP_SYN, 205, 0, 0);
    stage_send(&s, SP_RST | SP_ACK, 0, 206, 0);
    stage_breaks(&s, rst_has_a_reason);
    s.setup.policy.syn_check = SP_syn_check_RESET;
    stage_holds(&s, rst_has_a_reason);
    s.step.event.segment.seq = 200; /* left of the window: an ACK (3.10.7.4 step 1) */
    stage_breaks(&s, rst_has_a_reason);

    stage_set(&s, SP_ESTABLISHED, SP_ESTABLISHED);
    stage_event(&s, SP_EVENT_ABORT);
    stage_send(&s, SP_RST, 103, 0, 0);
    stage_holds(&s, rst_has_a_reason);
    stage_before(&s)->state = SP_LAST_ACK;
    stage_breaks(&s, rst_has_a_reason);
    stage_before(&s)->state = SP_ESTABLISHED;
    stage_event(&s, SP_EVENT_CLOSE);
    stage_breaks(&s, rst_has_a_reason);
    s.setup.policy.close_unread = SP_close_unread_RST;
    stage_before(&s)->rcv_read = 202;
    stage_holds(&s, rst_has_a_reason); /* SHLD-3 */
}

void rst_has_the_form_of_the_rfc(void **state)
{
    (void)state;
    struct stage s;
    stage_set(&s, SP_CLOSED, SP_ESTABLISHED);
    stage_arrive(&s, SP_ACK, 203, 103, 0);
    struct sp_segment *rst = stage_send(&s, SP_RST, 103, 0, 0);
    stage_holds(&s, rst_form);
    rst->seq = 0;
    assert_string_equal(stage_breaks(&s, rst_form),
                        "a reset for SEG.ACK 103 is <SEQ=103><CTL=RST>: it is <SEQ=0><CTL=RST>");
    rst->seq = 103;
    rst->flags = SP_RST | SP_ACK;
    stage_breaks(&s, rst_form);

    stage_arrive(&s, SP_SYN | SP_FIN, 200, 0, 2); /* SEG.LEN = 4 */
    rst->seq = 0;
    rst->ack = 204;
    stage_holds(&s, rst_form);
    rst->ack = 201;
    stage_breaks(&s, rst_form);
    rst->flags = SP_RST;
    stage_breaks(&s, rst_form);

    stage_set(&s, SP_ESTABLISHED, SP_ESTABLISHED);
    stage_event(&s, SP_EVENT_ABORT);
    rst = stage_send(&s, SP_RST, 103, 0, 0);
    stage_holds(&s, rst_form);
    rst->seq = 101;
    stage_breaks(&s, rst_form);
}

void rst_counts_when_exact(void **state)
{
    (void)state;
    struct stage s;
    stage_set(&s, SP_ESTABLISHED, SP_ESTABLISHED);
    struct sp_segment *g = stage_arrive(&s, SP_RST, 203, 0, 0);
    stage_breaks(&s, rst_acceptance); /* 5961 3.2: MUST reset */
    stage_move(&s, SP_CLOSED);
    stage_holds(&s, rst_acceptance);
    g->seq = 204;
    assert_string_equal(
        stage_breaks(&s, rst_acceptance),
        "ESTABLISHED believes no such RST: SEG.SEQ 204, RCV.NXT 203 + 10, SEG.ACK 0");
    s.setup.policy.rst_check = SP_rst_check_WINDOW;
    stage_holds(&s, rst_acceptance);
    g->seq = 213;
    stage_breaks(&s, rst_acceptance);

    stage_set(&s, SP_TIME_WAIT, SP_CLOSED);
    stage_arrive(&s, SP_RST, 204, 0, 0);
    stage_breaks(&s, rst_acceptance);
    s.setup.policy.tw_rst = SP_tw_rst_IGNORE; /* RFC 1337 F1 */
    stage_holds(&s, rst_acceptance);
    stage_move(&s, SP_CLOSED);
    stage_breaks(&s, rst_acceptance);
    s.setup.policy.tw_rst = SP_tw_rst_EXACT;
    stage_holds(&s, rst_acceptance);
    s.step.event.segment.seq = 205;
    stage_breaks(&s, rst_acceptance);

    stage_set(&s, SP_LISTEN, SP_CLOSED);
    stage_arrive(&s, SP_RST, 0, 0, 0);
    stage_holds(&s, rst_acceptance);
    stage_move(&s, SP_CLOSED);
    stage_breaks(&s, rst_acceptance);
}

void rst_in_syn_sent_must_acknowledge(void **state)
{
    (void)state;
    struct stage s;
    stage_set(&s, SP_SYN_SENT, SP_CLOSED);
    struct sp_segment *g = stage_arrive(&s, SP_RST | SP_ACK, 0, 101, 0);
    stage_breaks(&s, rst_acceptance);
    stage_move(&s, SP_CLOSED);
    stage_holds(&s, rst_acceptance);
    g->ack = 100;
    stage_breaks(&s, rst_acceptance);
    g->flags = SP_RST;
    g->ack = 0;
    stage_breaks(&s, rst_acceptance);
}

void syn_changes_nothing_when_synchronized(void **state)
{
    (void)state;
    struct stage s;
    stage_set(&s, SP_ESTABLISHED, SP_ESTABLISHED);
    stage_arrive(&s, SP_SYN, 205, 0, 0);
    stage_holds(&s, syn_changes_nothing);
    stage_tcb(&s)->rcv_nxt = 206;
    stage_breaks(&s, syn_changes_nothing);
    stage_move(&s, SP_CLOSED);
    stage_breaks(&s, syn_changes_nothing);
    s.setup.policy.syn_check = SP_syn_check_RESET;
    stage_holds(&s, syn_changes_nothing);
}

void one_segment_draws_one_answer(void **state)
{
    (void)state;
    struct stage s;
    stage_set(&s, SP_ESTABLISHED, SP_ESTABLISHED);
    stage_arrive(&s, SP_ACK, 190, 103, 1);
    stage_send(&s, SP_ACK, 103, 203, 0);
    stage_holds(&s, no_amplification);
    struct sp_segment *out = stage_send(&s, SP_ACK, 103, 203, 0);
    stage_breaks(&s, no_amplification);
    out->len = 1; /* new text is no answer */
    stage_holds(&s, no_amplification);

    stage_set(&s, SP_ESTABLISHED, SP_ESTABLISHED);
    stage_arrive(&s, SP_RST, 204, 0, 0);
    stage_send(&s, SP_ACK, 103, 203, 0);
    stage_holds(&s, no_amplification);
    stage_tcb(&s)->snd_wnd = 1;
    stage_breaks(&s, no_amplification);
}

/* TIME-WAIT of A, and a SYN of B at `seq`. */
static struct sp_segment *syn_in_time_wait(struct stage *s, sp_seq seq)
{
    stage_set(s, SP_TIME_WAIT, SP_SYN_SENT);
    return stage_arrive(s, SP_SYN, seq, 0, 0);
}

void syn_in_time_wait_is_challenged_by_9293(void **state)
{
    (void)state;
    static const sp_seq anywhere[] = {200, 203, 204, 212, 213, 100000};
    struct stage s;
    for (size_t i = 0; i < sizeof anywhere / sizeof *anywhere; i++) {
        syn_in_time_wait(&s, anywhere[i]);
        stage_breaks(&s, correct_rst_on_syn_in_time_wait); /* silence */
        struct sp_segment *out = stage_send(&s, SP_ACK, 104, 204, 0);
        stage_holds(&s, correct_rst_on_syn_in_time_wait);
        out->ack = 205;
        stage_breaks(&s, correct_rst_on_syn_in_time_wait);
        out->flags = SP_RST | SP_ACK;
        stage_breaks(&s, correct_rst_on_syn_in_time_wait);
        out->flags = SP_ACK;
        out->ack = 204;
        stage_move(&s, SP_CLOSED);
        stage_breaks(&s, correct_rst_on_syn_in_time_wait);
    }
}

void syn_in_time_wait_is_reset_by_793(void **state)
{
    (void)state;
    struct stage s;
    syn_in_time_wait(&s, 204);
    s.setup.policy = sp_policy_set_find("rfc793")->policy;
    stage_move(&s, SP_CLOSED);
    struct sp_segment *out = stage_send(&s, SP_RST | SP_ACK, 0, 205, 0);
    stage_holds(&s, correct_rst_on_syn_in_time_wait);

    /* Question 8: the form that the sender of the SYN, in SYN-SENT, ignores. */
    out->seq = 104;
    out->ack = 204;
    assert_string_equal(stage_breaks(&s, correct_rst_on_syn_in_time_wait),
                        "a reset for SEG.SEQ 204, SEG.LEN 1 is <SEQ=0><ACK=205><CTL=RST,ACK>: "
                        "it is <SEQ=104><ACK=204><CTL=RST,ACK>");
    out->flags = SP_RST;
    stage_breaks(&s, correct_rst_on_syn_in_time_wait);
    out->flags = SP_RST | SP_ACK;
    out->seq = 0;
    out->ack = 205;
    stage_move(&s, SP_TIME_WAIT); /* RFC 793 ends TIME-WAIT with it */
    stage_breaks(&s, correct_rst_on_syn_in_time_wait);

    syn_in_time_wait(&s, 203); /* outside: step 1 answers first */
    s.setup.policy = sp_policy_set_find("rfc793")->policy;
    stage_send(&s, SP_ACK, 104, 204, 0);
    stage_holds(&s, correct_rst_on_syn_in_time_wait);
    s.step.output.segment[0].flags = SP_RST | SP_ACK;
    stage_breaks(&s, correct_rst_on_syn_in_time_wait);
}

void syn_in_time_wait_by_tw_reply(void **state)
{
    (void)state;
    struct stage s;
    syn_in_time_wait(&s, 204);
    s.setup.policy.tw_reply = SP_tw_reply_SILENT;
    stage_holds(&s, correct_rst_on_syn_in_time_wait);
    struct sp_segment *out = stage_send(&s, SP_ACK, 104, 204, 0);
    stage_breaks(&s, correct_rst_on_syn_in_time_wait);
    s.setup.policy.tw_reply = SP_tw_reply_ACK;
    stage_holds(&s, correct_rst_on_syn_in_time_wait);

    s.setup.policy.tw_reply = SP_tw_reply_RST; /* lwIP: TIME-WAIT stays */
    stage_breaks(&s, correct_rst_on_syn_in_time_wait);
    out->flags = SP_RST | SP_ACK;
    out->seq = 0;
    out->ack = 205;
    stage_holds(&s, correct_rst_on_syn_in_time_wait);
    stage_move(&s, SP_CLOSED);
    stage_breaks(&s, correct_rst_on_syn_in_time_wait);
}

void syn_in_time_wait_reopens_by_seq(void **state)
{
    (void)state;
    struct stage s;
    struct sp_segment *g = syn_in_time_wait(&s, 205);
    s.setup.policy.tw_reopen = SP_tw_reopen_SEQ;
    s.setup.bounds.host[SP_A].opens = 2;
    stage_breaks(&s, correct_rst_on_syn_in_time_wait); /* it does not */
    stage_move(&s, SP_SYN_RECEIVED);
    stage_tcb(&s)->iss = 300;
    struct sp_segment *out = stage_send(&s, SP_SYN | SP_ACK, 300, 206, 0);
    stage_holds(&s, correct_rst_on_syn_in_time_wait);
    out->ack = 205;
    stage_breaks(&s, correct_rst_on_syn_in_time_wait);
    out->ack = 206;
    g->seq = 204; /* not above RCV.NXT */
    stage_breaks(&s, correct_rst_on_syn_in_time_wait);
    g->seq = 205;
    s.step.before.life[0].delivered = 1; /* the user still has to read an octet */
    stage_breaks(&s, correct_rst_on_syn_in_time_wait);
    s.step.before.life[0].delivered = 2;
    s.setup.bounds.host[SP_A].opens = 1; /* the bounds end here */
    stage_breaks(&s, correct_rst_on_syn_in_time_wait);
}

/* RFC 6191 section 2: A1 to A4. */
void syn_in_time_wait_reopens_by_timestamp(void **state)
{
    (void)state;
    static const struct {
        uint32_t ts_val;
        sp_seq seq;
        bool reopens;
    } cases[] = {{6, 150, true}, {5, 204, true}, {5, 203, false}, {4, 300, false}};
    struct stage s;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct sp_segment *g = syn_in_time_wait(&s, cases[i].seq);
        s.setup.bounds.host[SP_A].opens = 2;
        s.setup.policy.tw_reopen = SP_tw_reopen_TS;
        s.setup.policy.tw_reply = SP_tw_reply_SILENT;
        stage_before(&s)->flags |= SP_TCB_TIMESTAMPS;
        stage_before(&s)->ts_recent = 5;
        g->options = SP_OPT_TIMESTAMPS;
        g->ts_val = cases[i].ts_val;
        if (cases[i].reopens) {
            stage_breaks(&s, correct_rst_on_syn_in_time_wait);
        } else {
            stage_holds(&s, correct_rst_on_syn_in_time_wait);
        }
        stage_move(&s, SP_SYN_RECEIVED);
        stage_tcb(&s)->iss = 300;
        stage_send(&s, SP_SYN | SP_ACK, 300, cases[i].seq + 1, 0);
        if (cases[i].reopens) {
            stage_holds(&s, correct_rst_on_syn_in_time_wait);
        } else {
            stage_breaks(&s, correct_rst_on_syn_in_time_wait);
        }
    }
}

void syn_ack_in_time_wait_is_reset_at_its_ack(void **state)
{
    (void)state;
    struct stage s;
    stage_set(&s, SP_TIME_WAIT, SP_SYN_RECEIVED);
    stage_arrive(&s, SP_SYN | SP_ACK, 204, 77, 0);
    s.setup.policy = sp_policy_set_find("rfc793")->policy;
    stage_move(&s, SP_CLOSED);
    struct sp_segment *out = stage_send(&s, SP_RST, 77, 0, 0);
    stage_holds(&s, correct_rst_on_syn_in_time_wait);
    out->flags = SP_RST | SP_ACK;
    out->seq = 0;
    out->ack = 205;
    assert_string_equal(stage_breaks(&s, correct_rst_on_syn_in_time_wait),
                        "a reset for SEG.ACK 77 is <SEQ=77><CTL=RST>: it is "
                        "<SEQ=0><ACK=205><CTL=RST,ACK>");
}
