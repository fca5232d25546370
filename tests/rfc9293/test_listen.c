/*
 * SEGMENT ARRIVES in LISTEN (RFC 9293 3.10.7.2): RST, then ACK, then SYN.
 *
 * Only a SYN without ACK and RST changes a LISTEN (S42).
 */
#include "cell.h"

ARRIVES(LISTEN, RST_EXACT, listen_rst_is_ignored)
{
    sp_arrive(c, SP_RST, c->irs, 0, 0);
    sp_dropped(c);
}

ARRIVES(LISTEN, RST_EXACT, listen_rst_ack_is_ignored)
{
    sp_arrive(c, SP_RST | SP_ACK, c->irs, c->iss + 1, 0);
    sp_dropped(c);
}

ARRIVES(LISTEN, RST_EXACT, listen_rst_with_syn_is_ignored)
{
    sp_arrive(c, SP_RST | SP_SYN, c->irs, 0, 0);
    sp_dropped(c);
}

/* Figure 11: an old duplicate ACK at a listener. */
ARRIVES(LISTEN, ACK_NEW, listen_ack_draws_rst)
{
    sp_arrive(c, SP_ACK, c->irs, c->iss + 5, 0);
    sp_rst(c, c->iss + 5);
    sp_unchanged(c);
}

ARRIVES(LISTEN, SYN_ACK, listen_syn_ack_draws_rst)
{
    sp_arrive(c, SP_SYN | SP_ACK, c->irs, c->iss + 1, 0);
    sp_rst(c, c->iss + 1);
    sp_unchanged(c);
}

ARRIVES(LISTEN, TEXT, listen_text_with_ack_draws_rst)
{
    sp_arrive(c, SP_PSH | SP_ACK, c->irs, c->iss, 20);
    sp_rst(c, c->iss);
    sp_unchanged(c);
}

ARRIVES(LISTEN, FIN, listen_fin_with_ack_draws_rst)
{
    sp_arrive(c, SP_FIN | SP_ACK, c->irs, c->iss, 0);
    sp_rst(c, c->iss);
    sp_unchanged(c);
}

/* Figure 6: <SEQ=ISS><ACK=RCV.NXT><CTL=SYN,ACK> */
ARRIVES(LISTEN, SYN_INSIDE, listen_syn_is_answered_with_syn_ack)
{
    sp_arrive(c, SP_SYN, c->irs, 0, 0);
    sp_in(c, SP_SYN_RECEIVED);
    sp_one(c, SP_SYN | SP_ACK, c->iss, c->irs + 1, 0);
    sp_vars(c, c->iss, c->iss + 1, c->irs + 1);
    sp_that(c, c->tcb.irs == c->irs, "IRS = SEG.SEQ");
    sp_that(c, c->tcb.iss == c->iss, "ISS");
    sp_that(c, c->out.segment[0].wnd == 4000, "the buffer is the first window");
    sp_that(c, c->out.segment[0].mss == 536, "[9293 MUST-14]");
    sp_that(c, (c->tcb.timers & SP_TIMER_RETRANSMISSION) != 0, "the SYN,ACK may be lost");
    sp_told(c, 0);
}

/* [9293 MUST-11] */
ARRIVES(LISTEN, SYN_INSIDE, listen_syn_remembers_the_passive_open)
{
    sp_arrive(c, SP_SYN, c->irs, 0, 0);
    sp_that(c, (c->tcb.flags & SP_TCB_PASSIVE) != 0, "it came from a passive OPEN");
}

ARRIVES(LISTEN, SYN_INSIDE, listen_syn_fills_in_the_remote_socket)
{
    c->open.remote = false;
    sp_reach(c, SP_LISTEN);
    sp_arrive(c, SP_SYN, c->irs, 0, 0);
    sp_in(c, SP_SYN_RECEIVED);
    sp_that(c, (c->tcb.flags & SP_TCB_REMOTE) != 0, "the remote socket is known now");
    sp_that(c, (c->tcb.flags & SP_TCB_ANY_REMOTE) != 0, "the OPEN left it unspecified");
}

/* Text and FIN on the SYN are "processed in SYN-RECEIVED"; no octet before ESTABLISHED. */
ARRIVES(LISTEN, SYN_INSIDE, listen_syn_with_text_delivers_nothing_yet)
{
    sp_arrive(c, SP_SYN, c->irs, 0, 20);
    sp_in(c, SP_SYN_RECEIVED);
    sp_that(c, c->out.delivered == 0, "no text before ESTABLISHED");
    sp_sent(c, 1);
    sp_that(c, c->out.segment[0].flags == (SP_SYN | SP_ACK), "SYN,ACK");
}

ARRIVES(LISTEN, SYN_INSIDE, listen_syn_with_fin_does_not_end_the_stream_yet)
{
    sp_arrive(c, SP_SYN | SP_FIN, c->irs, 0, 0);
    sp_in(c, SP_SYN_RECEIVED);
    sp_told(c, 0);
    sp_that(c, c->out.segment[0].flags == (SP_SYN | SP_ACK), "SYN,ACK");
}

ARRIVES(LISTEN, NO_ACK, listen_text_without_ack_is_dropped)
{
    sp_arrive(c, SP_PSH, c->irs, 0, 20);
    sp_dropped(c);
}

ARRIVES(LISTEN, NO_ACK, listen_fin_without_ack_is_dropped)
{
    sp_arrive(c, SP_FIN, c->irs, 0, 0);
    sp_dropped(c);
}

ARRIVES(LISTEN, NO_ACK, listen_empty_segment_is_dropped)
{
    sp_arrive(c, 0, c->irs, 0, 0);
    sp_dropped(c);
}

/* Step 7 obliges: text that is taken is acknowledged, though the segment at hand has none. */
ARRIVES(LISTEN, SYN_INSIDE, listen_syn_with_text_acknowledges_it_once_established)
{
    sp_arrive(c, SP_SYN, c->irs, 0, 20);
    sp_that(c, c->out.taken.left == c->irs + 1 && c->out.taken.right == c->irs + 21, "it is held");
    sp_arrive(c, SP_ACK, c->irs + 1, c->iss + 1, 0);
    sp_in(c, SP_ESTABLISHED);
    sp_that(c, c->delivered == 20, "the text of the SYN");
    sp_that(c, c->tcb.rcv_nxt == c->irs + 21, "RCV.NXT is past it");
    sp_acked(c, c->iss + 1, c->irs + 21);
}

ARRIVES(LISTEN, SYN_INSIDE, listen_syn_with_fin_enters_close_wait_once_established)
{
    sp_arrive(c, SP_SYN | SP_FIN, c->irs, 0, 20);
    sp_arrive(c, SP_ACK, c->irs + 1, c->iss + 1, 0);
    sp_in(c, SP_CLOSE_WAIT);
    sp_that(c, c->delivered == 20, "the text of the SYN");
    sp_acked(c, c->iss + 1, c->irs + 22);
    sp_told(c, SP_SIGNAL_OPENED | SP_SIGNAL_CLOSING);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(listen_rst_is_ignored),
        cmocka_unit_test(listen_rst_ack_is_ignored),
        cmocka_unit_test(listen_rst_with_syn_is_ignored),
        cmocka_unit_test(listen_ack_draws_rst),
        cmocka_unit_test(listen_syn_ack_draws_rst),
        cmocka_unit_test(listen_text_with_ack_draws_rst),
        cmocka_unit_test(listen_fin_with_ack_draws_rst),
        cmocka_unit_test(listen_syn_is_answered_with_syn_ack),
        cmocka_unit_test(listen_syn_remembers_the_passive_open),
        cmocka_unit_test(listen_syn_fills_in_the_remote_socket),
        cmocka_unit_test(listen_syn_with_text_delivers_nothing_yet),
        cmocka_unit_test(listen_syn_with_fin_does_not_end_the_stream_yet),
        cmocka_unit_test(listen_text_without_ack_is_dropped),
        cmocka_unit_test(listen_fin_without_ack_is_dropped),
        cmocka_unit_test(listen_empty_segment_is_dropped),
        cmocka_unit_test(listen_syn_with_text_acknowledges_it_once_established),
        cmocka_unit_test(listen_syn_with_fin_enters_close_wait_once_established),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
