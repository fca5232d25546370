/*
 * Persist, delayed-ACK and keep-alive timers in every state (RFC 9293 3.8.4, 3.8.6.1, 3.8.6.3).
 *
 * A timer event whose timer does not run changes nothing. Not here: what a persist timer sends
 * (test_windows.c), and how long a timer runs.
 */
#include "cell.h"

/* ------------------------------------------------------------------------------------- PERSIST */

/* What the window holds back keeps the timer running; test_windows.c has what it sends. */

CELL(CLOSED, PERSIST, closed_persist_timer_does_not_run)
{
    sp_call(c, SP_EVENT_PERSIST);
    sp_idle(c);
}

CELL(LISTEN, PERSIST, listen_persist_timer_does_not_run)
{
    sp_call(c, SP_EVENT_PERSIST);
    sp_idle(c);
}

CELL(SYN_SENT, PERSIST, syn_sent_persist_timer_does_not_run)
{
    sp_call(c, SP_EVENT_PERSIST);
    sp_idle(c);
}

CELL(SYN_RECEIVED, PERSIST, syn_received_persist_timer_does_not_run)
{
    sp_call(c, SP_EVENT_PERSIST);
    sp_idle(c);
}

CELL(ESTABLISHED, PERSIST, established_persist_timer_does_not_run_without_text_that_waits)
{
    sp_call(c, SP_EVENT_PERSIST);
    sp_idle(c);
}

CELL(ESTABLISHED, PERSIST, established_persist_timer_does_not_run_while_text_is_in_flight)
{
    sp_send(c, 10);
    sp_call(c, SP_EVENT_PERSIST);
    sp_idle(c);
}

CELL(FIN_WAIT_1, PERSIST, fin_wait_1_persist_timer_does_not_run)
{
    sp_call(c, SP_EVENT_PERSIST);
    sp_idle(c);
}

CELL(FIN_WAIT_2, PERSIST, fin_wait_2_persist_timer_does_not_run)
{
    sp_call(c, SP_EVENT_PERSIST);
    sp_idle(c);
}

CELL(CLOSE_WAIT, PERSIST, close_wait_persist_timer_does_not_run_without_text_that_waits)
{
    sp_call(c, SP_EVENT_PERSIST);
    sp_idle(c);
}

CELL(CLOSE_WAIT, PERSIST, close_wait_persist_timer_does_not_run_while_text_is_in_flight)
{
    sp_send(c, 10);
    sp_call(c, SP_EVENT_PERSIST);
    sp_idle(c);
}

CELL(CLOSING, PERSIST, closing_persist_timer_does_not_run)
{
    sp_call(c, SP_EVENT_PERSIST);
    sp_idle(c);
}

CELL(LAST_ACK, PERSIST, last_ack_persist_timer_does_not_run)
{
    sp_call(c, SP_EVENT_PERSIST);
    sp_idle(c);
}

CELL(TIME_WAIT, PERSIST, time_wait_persist_timer_does_not_run)
{
    sp_call(c, SP_EVENT_PERSIST);
    sp_idle(c);
}

/* --------------------------------------------------------------------------------- DELAYED ACK */

CELL(CLOSED, DELAYED_ACK, closed_delayed_ack_timer_does_not_run_without_a_delayed_ack)
{
    sp_call(c, SP_EVENT_DELAYED_ACK);
    sp_idle(c);
}

CELL(LISTEN, DELAYED_ACK, listen_delayed_ack_timer_does_not_run_without_a_delayed_ack)
{
    sp_call(c, SP_EVENT_DELAYED_ACK);
    sp_idle(c);
}

CELL(SYN_SENT, DELAYED_ACK, syn_sent_delayed_ack_timer_does_not_run_without_a_delayed_ack)
{
    sp_call(c, SP_EVENT_DELAYED_ACK);
    sp_idle(c);
}

CELL(SYN_RECEIVED, DELAYED_ACK, syn_received_delayed_ack_timer_does_not_run_without_a_delayed_ack)
{
    sp_call(c, SP_EVENT_DELAYED_ACK);
    sp_idle(c);
}

CELL(ESTABLISHED, DELAYED_ACK, established_delayed_ack_timer_does_not_run_without_a_delayed_ack)
{
    sp_call(c, SP_EVENT_DELAYED_ACK);
    sp_idle(c);
}

CELL(FIN_WAIT_1, DELAYED_ACK, fin_wait_1_delayed_ack_timer_does_not_run_without_a_delayed_ack)
{
    sp_call(c, SP_EVENT_DELAYED_ACK);
    sp_idle(c);
}

CELL(FIN_WAIT_2, DELAYED_ACK, fin_wait_2_delayed_ack_timer_does_not_run_without_a_delayed_ack)
{
    sp_call(c, SP_EVENT_DELAYED_ACK);
    sp_idle(c);
}

CELL(CLOSE_WAIT, DELAYED_ACK, close_wait_delayed_ack_timer_does_not_run_without_a_delayed_ack)
{
    sp_call(c, SP_EVENT_DELAYED_ACK);
    sp_idle(c);
}

CELL(CLOSING, DELAYED_ACK, closing_delayed_ack_timer_does_not_run_without_a_delayed_ack)
{
    sp_call(c, SP_EVENT_DELAYED_ACK);
    sp_idle(c);
}

CELL(LAST_ACK, DELAYED_ACK, last_ack_delayed_ack_timer_does_not_run_without_a_delayed_ack)
{
    sp_call(c, SP_EVENT_DELAYED_ACK);
    sp_idle(c);
}

CELL(TIME_WAIT, DELAYED_ACK, time_wait_delayed_ack_timer_does_not_run_without_a_delayed_ack)
{
    sp_call(c, SP_EVENT_DELAYED_ACK);
    sp_idle(c);
}

/* [9293 SHLD-18] [9293 MUST-40] */
CELL(ESTABLISHED, DELAYED_ACK, established_delayed_ack_goes_out)
{
    c->policy.delayed_ack = SP_delayed_ack_ON;
    sp_arrive(c, SP_ACK, c->rcv, c->una, 20);
    sp_silent(c);
    sp_that(c, (c->tcb.timers & SP_TIMER_DELAYED_ACK) != 0, "the ACK waits");
    sp_call(c, SP_EVENT_DELAYED_ACK);
    sp_acked(c, c->nxt, c->rcv + 20);
    sp_vars(c, c->una, c->nxt, c->rcv + 20);
    sp_that(c, (c->tcb.timers & SP_TIMER_DELAYED_ACK) == 0, "nothing waits");
}

/* [9293 SHLD-18] [9293 MUST-40] */
CELL(FIN_WAIT_1, DELAYED_ACK, fin_wait_1_delayed_ack_goes_out)
{
    c->policy.delayed_ack = SP_delayed_ack_ON;
    sp_arrive(c, SP_ACK, c->rcv, c->una, 20);
    sp_silent(c);
    sp_that(c, (c->tcb.timers & SP_TIMER_DELAYED_ACK) != 0, "the ACK waits");
    sp_call(c, SP_EVENT_DELAYED_ACK);
    sp_acked(c, c->nxt, c->rcv + 20);
    sp_vars(c, c->una, c->nxt, c->rcv + 20);
    sp_that(c, (c->tcb.timers & SP_TIMER_DELAYED_ACK) == 0, "nothing waits");
}

/* [9293 SHLD-18] [9293 MUST-40] */
CELL(FIN_WAIT_2, DELAYED_ACK, fin_wait_2_delayed_ack_goes_out)
{
    c->policy.delayed_ack = SP_delayed_ack_ON;
    sp_arrive(c, SP_ACK, c->rcv, c->una, 20);
    sp_silent(c);
    sp_that(c, (c->tcb.timers & SP_TIMER_DELAYED_ACK) != 0, "the ACK waits");
    sp_call(c, SP_EVENT_DELAYED_ACK);
    sp_acked(c, c->nxt, c->rcv + 20);
    sp_vars(c, c->una, c->nxt, c->rcv + 20);
    sp_that(c, (c->tcb.timers & SP_TIMER_DELAYED_ACK) == 0, "nothing waits");
}

/* ---------------------------------------------------------------------------------- KEEP-ALIVE */

/* [9293 MUST-25]: off unless the user asks for it. */

CELL(CLOSED, KEEP_ALIVE, closed_keep_alive_timer_does_not_run_unless_asked_for)
{
    sp_call(c, SP_EVENT_KEEP_ALIVE);
    sp_idle(c);
}

CELL(LISTEN, KEEP_ALIVE, listen_keep_alive_timer_does_not_run_unless_asked_for)
{
    sp_call(c, SP_EVENT_KEEP_ALIVE);
    sp_idle(c);
}

CELL(SYN_SENT, KEEP_ALIVE, syn_sent_keep_alive_timer_does_not_run_unless_asked_for)
{
    sp_call(c, SP_EVENT_KEEP_ALIVE);
    sp_idle(c);
}

CELL(SYN_RECEIVED, KEEP_ALIVE, syn_received_keep_alive_timer_does_not_run_unless_asked_for)
{
    sp_call(c, SP_EVENT_KEEP_ALIVE);
    sp_idle(c);
}

CELL(ESTABLISHED, KEEP_ALIVE, established_keep_alive_timer_does_not_run_unless_asked_for)
{
    sp_call(c, SP_EVENT_KEEP_ALIVE);
    sp_idle(c);
}

CELL(FIN_WAIT_1, KEEP_ALIVE, fin_wait_1_keep_alive_timer_does_not_run_unless_asked_for)
{
    sp_call(c, SP_EVENT_KEEP_ALIVE);
    sp_idle(c);
}

CELL(FIN_WAIT_2, KEEP_ALIVE, fin_wait_2_keep_alive_timer_does_not_run_unless_asked_for)
{
    sp_call(c, SP_EVENT_KEEP_ALIVE);
    sp_idle(c);
}

CELL(CLOSE_WAIT, KEEP_ALIVE, close_wait_keep_alive_timer_does_not_run_unless_asked_for)
{
    sp_call(c, SP_EVENT_KEEP_ALIVE);
    sp_idle(c);
}

CELL(CLOSING, KEEP_ALIVE, closing_keep_alive_timer_does_not_run_unless_asked_for)
{
    sp_call(c, SP_EVENT_KEEP_ALIVE);
    sp_idle(c);
}

CELL(LAST_ACK, KEEP_ALIVE, last_ack_keep_alive_timer_does_not_run_unless_asked_for)
{
    sp_call(c, SP_EVENT_KEEP_ALIVE);
    sp_idle(c);
}

CELL(TIME_WAIT, KEEP_ALIVE, time_wait_keep_alive_timer_does_not_run_unless_asked_for)
{
    sp_call(c, SP_EVENT_KEEP_ALIVE);
    sp_idle(c);
}

/* [9293 MAY-5] [9293 SHLD-12]: <SEQ=SND.NXT-1>, no octet */
CELL(ESTABLISHED, KEEP_ALIVE, established_keep_alive_probes_below_snd_nxt)
{
    c->open.keep_alive = true;
    sp_reach(c, SP_ESTABLISHED);
    sp_that(c, (c->tcb.timers & SP_TIMER_KEEP_ALIVE) != 0, "the timer runs");
    sp_call(c, SP_EVENT_KEEP_ALIVE);
    sp_in(c, SP_ESTABLISHED);
    sp_one(c, SP_ACK, c->nxt - 1, c->rcv, 0);
    sp_vars(c, c->una, c->nxt, c->rcv);
}

/* [9293 MAY-5] [9293 SHLD-12]: <SEQ=SND.NXT-1>, no octet */
CELL(CLOSE_WAIT, KEEP_ALIVE, close_wait_keep_alive_probes_below_snd_nxt)
{
    c->open.keep_alive = true;
    sp_reach(c, SP_CLOSE_WAIT);
    sp_that(c, (c->tcb.timers & SP_TIMER_KEEP_ALIVE) != 0, "the timer runs");
    sp_call(c, SP_EVENT_KEEP_ALIVE);
    sp_in(c, SP_CLOSE_WAIT);
    sp_one(c, SP_ACK, c->nxt - 1, c->rcv, 0);
    sp_vars(c, c->una, c->nxt, c->rcv);
}

/* [9293 MUST-26]: only while no sent data is outstanding. */
CELL(ESTABLISHED, KEEP_ALIVE, established_keep_alive_waits_while_text_is_in_flight)
{
    c->open.keep_alive = true;
    sp_reach(c, SP_ESTABLISHED);
    sp_send(c, 10);
    sp_call(c, SP_EVENT_KEEP_ALIVE);
    sp_silent(c);
    sp_in(c, SP_ESTABLISHED);
}

/* [9293 MUST-29]: one unanswered probe does not mean that the connection is dead. */
CELL(ESTABLISHED, KEEP_ALIVE, established_keep_alive_without_answer_does_not_end_the_connection)
{
    c->open.keep_alive = true;
    sp_reach(c, SP_ESTABLISHED);
    sp_call(c, SP_EVENT_KEEP_ALIVE);
    sp_call(c, SP_EVENT_KEEP_ALIVE);
    sp_in(c, SP_ESTABLISHED);
    sp_told(c, 0);
}

/* The peer's side of it: step 1 answers what lies left of the window. */
ARRIVES(ESTABLISHED, ACK_DUPLICATE, established_answers_a_keep_alive_probe)
{
    sp_arrive(c, SP_ACK, c->rcv - 1, c->una, 0);
    sp_challenged(c);
}

/* FIN-WAIT-2 may last for ever when the peer is gone: a probe tells. */
CELL(FIN_WAIT_2, KEEP_ALIVE, fin_wait_2_keep_alive_probes_below_snd_nxt)
{
    c->open.keep_alive = true;
    sp_reach(c, SP_FIN_WAIT_2);
    sp_call(c, SP_EVENT_KEEP_ALIVE);
    sp_in(c, SP_FIN_WAIT_2);
    sp_one(c, SP_ACK, c->nxt - 1, c->rcv, 0);
}

/* [9293 MUST-26]: a FIN that is not acknowledged is sent data. */
CELL(FIN_WAIT_1, KEEP_ALIVE, fin_wait_1_keep_alive_waits_while_the_fin_is_in_flight)
{
    c->open.keep_alive = true;
    sp_reach(c, SP_FIN_WAIT_1);
    sp_call(c, SP_EVENT_KEEP_ALIVE);
    sp_idle(c);
}

CELL(SYN_SENT, KEEP_ALIVE, syn_sent_keep_alive_waits_for_the_handshake)
{
    c->open.keep_alive = true;
    sp_reach(c, SP_SYN_SENT);
    sp_call(c, SP_EVENT_KEEP_ALIVE);
    sp_idle(c);
}

CELL(LISTEN, KEEP_ALIVE, listen_keep_alive_has_nobody_to_probe)
{
    c->open.keep_alive = true;
    sp_reach(c, SP_LISTEN);
    sp_call(c, SP_EVENT_KEEP_ALIVE);
    sp_idle(c);
}

CELL(TIME_WAIT, KEEP_ALIVE, time_wait_keep_alive_has_ended)
{
    c->open.keep_alive = true;
    sp_reach(c, SP_TIME_WAIT);
    sp_call(c, SP_EVENT_KEEP_ALIVE);
    sp_idle(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(closed_persist_timer_does_not_run),
        cmocka_unit_test(listen_persist_timer_does_not_run),
        cmocka_unit_test(syn_sent_persist_timer_does_not_run),
        cmocka_unit_test(syn_received_persist_timer_does_not_run),
        cmocka_unit_test(established_persist_timer_does_not_run_without_text_that_waits),
        cmocka_unit_test(established_persist_timer_does_not_run_while_text_is_in_flight),
        cmocka_unit_test(fin_wait_1_persist_timer_does_not_run),
        cmocka_unit_test(fin_wait_2_persist_timer_does_not_run),
        cmocka_unit_test(close_wait_persist_timer_does_not_run_without_text_that_waits),
        cmocka_unit_test(close_wait_persist_timer_does_not_run_while_text_is_in_flight),
        cmocka_unit_test(closing_persist_timer_does_not_run),
        cmocka_unit_test(last_ack_persist_timer_does_not_run),
        cmocka_unit_test(time_wait_persist_timer_does_not_run),
        cmocka_unit_test(closed_delayed_ack_timer_does_not_run_without_a_delayed_ack),
        cmocka_unit_test(listen_delayed_ack_timer_does_not_run_without_a_delayed_ack),
        cmocka_unit_test(syn_sent_delayed_ack_timer_does_not_run_without_a_delayed_ack),
        cmocka_unit_test(syn_received_delayed_ack_timer_does_not_run_without_a_delayed_ack),
        cmocka_unit_test(established_delayed_ack_timer_does_not_run_without_a_delayed_ack),
        cmocka_unit_test(fin_wait_1_delayed_ack_timer_does_not_run_without_a_delayed_ack),
        cmocka_unit_test(fin_wait_2_delayed_ack_timer_does_not_run_without_a_delayed_ack),
        cmocka_unit_test(close_wait_delayed_ack_timer_does_not_run_without_a_delayed_ack),
        cmocka_unit_test(closing_delayed_ack_timer_does_not_run_without_a_delayed_ack),
        cmocka_unit_test(last_ack_delayed_ack_timer_does_not_run_without_a_delayed_ack),
        cmocka_unit_test(time_wait_delayed_ack_timer_does_not_run_without_a_delayed_ack),
        cmocka_unit_test(established_delayed_ack_goes_out),
        cmocka_unit_test(fin_wait_1_delayed_ack_goes_out),
        cmocka_unit_test(fin_wait_2_delayed_ack_goes_out),
        cmocka_unit_test(closed_keep_alive_timer_does_not_run_unless_asked_for),
        cmocka_unit_test(listen_keep_alive_timer_does_not_run_unless_asked_for),
        cmocka_unit_test(syn_sent_keep_alive_timer_does_not_run_unless_asked_for),
        cmocka_unit_test(syn_received_keep_alive_timer_does_not_run_unless_asked_for),
        cmocka_unit_test(established_keep_alive_timer_does_not_run_unless_asked_for),
        cmocka_unit_test(fin_wait_1_keep_alive_timer_does_not_run_unless_asked_for),
        cmocka_unit_test(fin_wait_2_keep_alive_timer_does_not_run_unless_asked_for),
        cmocka_unit_test(close_wait_keep_alive_timer_does_not_run_unless_asked_for),
        cmocka_unit_test(closing_keep_alive_timer_does_not_run_unless_asked_for),
        cmocka_unit_test(last_ack_keep_alive_timer_does_not_run_unless_asked_for),
        cmocka_unit_test(time_wait_keep_alive_timer_does_not_run_unless_asked_for),
        cmocka_unit_test(established_keep_alive_probes_below_snd_nxt),
        cmocka_unit_test(close_wait_keep_alive_probes_below_snd_nxt),
        cmocka_unit_test(established_keep_alive_waits_while_text_is_in_flight),
        cmocka_unit_test(established_keep_alive_without_answer_does_not_end_the_connection),
        cmocka_unit_test(established_answers_a_keep_alive_probe),
        cmocka_unit_test(fin_wait_2_keep_alive_probes_below_snd_nxt),
        cmocka_unit_test(fin_wait_1_keep_alive_waits_while_the_fin_is_in_flight),
        cmocka_unit_test(syn_sent_keep_alive_waits_for_the_handshake),
        cmocka_unit_test(listen_keep_alive_has_nobody_to_probe),
        cmocka_unit_test(time_wait_keep_alive_has_ended),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
