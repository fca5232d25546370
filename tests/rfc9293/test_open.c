/*
 * OPEN, passive and active, in every state (RFC 9293 3.10.1).
 *
 * Not here: what security, Diffserv and rights of processes would add. An OPEN where a connection
 * exists touches nothing.
 */
#include "cell.h"

/* ------------------------------------------------------------------------------- OPEN passive */

CELL(CLOSED, OPEN_PASSIVE, closed_open_passive_listens_and_sends_nothing)
{
    sp_call(c, SP_EVENT_OPEN_PASSIVE);
    sp_in(c, SP_LISTEN);
    sp_replied(c, SP_REPLY_OK);
    sp_silent(c);
    sp_told(c, 0);
    sp_that(c, (c->tcb.flags & SP_TCB_PASSIVE) != 0, "the passive OPEN is remembered");
    sp_that(c, (c->tcb.flags & SP_TCB_REMOTE) != 0, "the remote socket is specified");
    sp_that(c, (c->tcb.flags & SP_TCB_ANY_REMOTE) == 0, "the OPEN specified it");
}

CELL(CLOSED, OPEN_PASSIVE, closed_open_passive_may_leave_remote_unspecified)
{
    c->open.remote = false;
    sp_call(c, SP_EVENT_OPEN_PASSIVE);
    sp_in(c, SP_LISTEN);
    sp_replied(c, SP_REPLY_OK);
    sp_that(c, (c->tcb.flags & SP_TCB_REMOTE) == 0, "the remote socket is unspecified");
    sp_that(c, (c->tcb.flags & SP_TCB_ANY_REMOTE) != 0, "the OPEN left it so");
}

/* [9293 MUST-41] */
CELL(LISTEN, OPEN_PASSIVE, listen_open_passive_touches_nothing)
{
    sp_call(c, SP_EVENT_OPEN_PASSIVE);
    sp_refused(c, SP_REPLY_EXISTS);
}

CELL(SYN_SENT, OPEN_PASSIVE, syn_sent_open_passive_is_an_error)
{
    sp_call(c, SP_EVENT_OPEN_PASSIVE);
    sp_refused(c, SP_REPLY_EXISTS);
}

CELL(SYN_RECEIVED, OPEN_PASSIVE, syn_received_open_passive_is_an_error)
{
    sp_call(c, SP_EVENT_OPEN_PASSIVE);
    sp_refused(c, SP_REPLY_EXISTS);
}

/* [9293 MUST-41] */
CELL(ESTABLISHED, OPEN_PASSIVE, established_open_passive_is_an_error)
{
    sp_call(c, SP_EVENT_OPEN_PASSIVE);
    sp_refused(c, SP_REPLY_EXISTS);
}

CELL(FIN_WAIT_1, OPEN_PASSIVE, fin_wait_1_open_passive_is_an_error)
{
    sp_call(c, SP_EVENT_OPEN_PASSIVE);
    sp_refused(c, SP_REPLY_EXISTS);
}

CELL(FIN_WAIT_2, OPEN_PASSIVE, fin_wait_2_open_passive_is_an_error)
{
    sp_call(c, SP_EVENT_OPEN_PASSIVE);
    sp_refused(c, SP_REPLY_EXISTS);
}

CELL(CLOSE_WAIT, OPEN_PASSIVE, close_wait_open_passive_is_an_error)
{
    sp_call(c, SP_EVENT_OPEN_PASSIVE);
    sp_refused(c, SP_REPLY_EXISTS);
}

CELL(CLOSING, OPEN_PASSIVE, closing_open_passive_is_an_error)
{
    sp_call(c, SP_EVENT_OPEN_PASSIVE);
    sp_refused(c, SP_REPLY_EXISTS);
}

CELL(LAST_ACK, OPEN_PASSIVE, last_ack_open_passive_is_an_error)
{
    sp_call(c, SP_EVENT_OPEN_PASSIVE);
    sp_refused(c, SP_REPLY_EXISTS);
}

CELL(TIME_WAIT, OPEN_PASSIVE, time_wait_open_passive_is_an_error)
{
    sp_call(c, SP_EVENT_OPEN_PASSIVE);
    sp_refused(c, SP_REPLY_EXISTS);
}

/* -------------------------------------------------------------------------------- OPEN active */

/* [9293 MUST-14]: <SEQ=ISS><CTL=SYN>, with the MSS option that was asked for. */
CELL(CLOSED, OPEN_ACTIVE, closed_open_active_sends_syn)
{
    sp_call(c, SP_EVENT_OPEN_ACTIVE);
    sp_in(c, SP_SYN_SENT);
    sp_replied(c, SP_REPLY_OK);
    sp_one(c, SP_SYN, c->iss, 0, 0);
    sp_that(c, c->out.segment[0].wnd == 4000, "the buffer is the first window");
    sp_that(c, c->out.segment[0].options == SP_OPT_MSS, "the MSS option");
    sp_that(c, c->out.segment[0].mss == 536, "its value");
    sp_that(c, c->tcb.snd_una == c->iss, "SND.UNA = ISS");
    sp_that(c, c->tcb.snd_nxt == c->iss + 1, "SND.NXT = ISS + 1");
    sp_that(c, (c->tcb.flags & SP_TCB_PASSIVE) == 0, "an active OPEN");
    sp_that(c, (c->tcb.timers & SP_TIMER_RETRANSMISSION) != 0, "the SYN may be lost");
    sp_told(c, 0);
}

CELL(CLOSED, OPEN_ACTIVE, closed_open_active_uses_the_iss_it_is_given)
{
    c->event_iss = c->iss + 77;
    sp_call(c, SP_EVENT_OPEN_ACTIVE);
    sp_one(c, SP_SYN, c->iss + 77, 0, 0);
    sp_that(c, c->tcb.iss == c->iss + 77, "ISS");
}

CELL(CLOSED, OPEN_ACTIVE, closed_open_active_without_remote_is_an_error)
{
    c->open.remote = false;
    sp_call(c, SP_EVENT_OPEN_ACTIVE);
    sp_refused(c, SP_REPLY_UNSPECIFIED);
}

CELL(CLOSED, OPEN_ACTIVE, closed_open_active_window_of_more_than_16_bits_is_65535_on_the_syn)
{
    c->open.buffer = 100000;
    sp_call(c, SP_EVENT_OPEN_ACTIVE);
    sp_one(c, SP_SYN, c->iss, 0, 0);
    sp_that(c, c->out.segment[0].wnd == 65535, "the field has 16 bits");
}

CELL(LISTEN, OPEN_ACTIVE, listen_open_active_sends_syn)
{
    sp_call(c, SP_EVENT_OPEN_ACTIVE);
    sp_in(c, SP_SYN_SENT);
    sp_replied(c, SP_REPLY_OK);
    sp_one(c, SP_SYN, c->iss, 0, 0);
    sp_that(c, c->tcb.snd_una == c->iss && c->tcb.snd_nxt == c->iss + 1,
            "UNA = ISS, NXT = ISS + 1");
}

CELL(LISTEN, OPEN_ACTIVE, listen_open_active_specifies_the_remote)
{
    c->open.remote = false;
    sp_reach(c, SP_LISTEN);
    c->open.remote = true;
    sp_call(c, SP_EVENT_OPEN_ACTIVE);
    sp_in(c, SP_SYN_SENT);
    sp_one(c, SP_SYN, c->iss, 0, 0);
}

CELL(LISTEN, OPEN_ACTIVE, listen_open_active_without_remote_is_an_error)
{
    c->open.remote = false;
    sp_reach(c, SP_LISTEN);
    sp_call(c, SP_EVENT_OPEN_ACTIVE);
    sp_refused(c, SP_REPLY_UNSPECIFIED);
}

/* "change the connection from passive to active": a RST must not lead back to LISTEN. */
CELL(LISTEN, OPEN_ACTIVE, listen_open_active_forgets_the_passive_open)
{
    sp_call(c, SP_EVENT_OPEN_ACTIVE);
    sp_arrive(c, SP_SYN, c->irs, 0, 0);
    sp_in(c, SP_SYN_RECEIVED);
    sp_arrive(c, SP_RST, c->irs + 1, 0, 0);
    sp_gone(c);
    sp_told(c, SP_SIGNAL_REFUSED | SP_SIGNAL_DELETED);
}

CELL(SYN_SENT, OPEN_ACTIVE, syn_sent_open_active_is_an_error)
{
    sp_call(c, SP_EVENT_OPEN_ACTIVE);
    sp_refused(c, SP_REPLY_EXISTS);
}

CELL(SYN_RECEIVED, OPEN_ACTIVE, syn_received_open_active_is_an_error)
{
    sp_call(c, SP_EVENT_OPEN_ACTIVE);
    sp_refused(c, SP_REPLY_EXISTS);
}

CELL(ESTABLISHED, OPEN_ACTIVE, established_open_active_is_an_error)
{
    sp_call(c, SP_EVENT_OPEN_ACTIVE);
    sp_refused(c, SP_REPLY_EXISTS);
}

CELL(FIN_WAIT_1, OPEN_ACTIVE, fin_wait_1_open_active_is_an_error)
{
    sp_call(c, SP_EVENT_OPEN_ACTIVE);
    sp_refused(c, SP_REPLY_EXISTS);
}

CELL(FIN_WAIT_2, OPEN_ACTIVE, fin_wait_2_open_active_is_an_error)
{
    sp_call(c, SP_EVENT_OPEN_ACTIVE);
    sp_refused(c, SP_REPLY_EXISTS);
}

CELL(CLOSE_WAIT, OPEN_ACTIVE, close_wait_open_active_is_an_error)
{
    sp_call(c, SP_EVENT_OPEN_ACTIVE);
    sp_refused(c, SP_REPLY_EXISTS);
}

CELL(CLOSING, OPEN_ACTIVE, closing_open_active_is_an_error)
{
    sp_call(c, SP_EVENT_OPEN_ACTIVE);
    sp_refused(c, SP_REPLY_EXISTS);
}

CELL(LAST_ACK, OPEN_ACTIVE, last_ack_open_active_is_an_error)
{
    sp_call(c, SP_EVENT_OPEN_ACTIVE);
    sp_refused(c, SP_REPLY_EXISTS);
}

CELL(TIME_WAIT, OPEN_ACTIVE, time_wait_open_active_is_an_error)
{
    sp_call(c, SP_EVENT_OPEN_ACTIVE);
    sp_refused(c, SP_REPLY_EXISTS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(closed_open_passive_listens_and_sends_nothing),
        cmocka_unit_test(closed_open_passive_may_leave_remote_unspecified),
        cmocka_unit_test(listen_open_passive_touches_nothing),
        cmocka_unit_test(syn_sent_open_passive_is_an_error),
        cmocka_unit_test(syn_received_open_passive_is_an_error),
        cmocka_unit_test(established_open_passive_is_an_error),
        cmocka_unit_test(fin_wait_1_open_passive_is_an_error),
        cmocka_unit_test(fin_wait_2_open_passive_is_an_error),
        cmocka_unit_test(close_wait_open_passive_is_an_error),
        cmocka_unit_test(closing_open_passive_is_an_error),
        cmocka_unit_test(last_ack_open_passive_is_an_error),
        cmocka_unit_test(time_wait_open_passive_is_an_error),
        cmocka_unit_test(closed_open_active_sends_syn),
        cmocka_unit_test(closed_open_active_uses_the_iss_it_is_given),
        cmocka_unit_test(closed_open_active_without_remote_is_an_error),
        cmocka_unit_test(closed_open_active_window_of_more_than_16_bits_is_65535_on_the_syn),
        cmocka_unit_test(listen_open_active_sends_syn),
        cmocka_unit_test(listen_open_active_specifies_the_remote),
        cmocka_unit_test(listen_open_active_without_remote_is_an_error),
        cmocka_unit_test(listen_open_active_forgets_the_passive_open),
        cmocka_unit_test(syn_sent_open_active_is_an_error),
        cmocka_unit_test(syn_received_open_active_is_an_error),
        cmocka_unit_test(established_open_active_is_an_error),
        cmocka_unit_test(fin_wait_1_open_active_is_an_error),
        cmocka_unit_test(fin_wait_2_open_active_is_an_error),
        cmocka_unit_test(close_wait_open_active_is_an_error),
        cmocka_unit_test(closing_open_active_is_an_error),
        cmocka_unit_test(last_ack_open_active_is_an_error),
        cmocka_unit_test(time_wait_open_active_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
