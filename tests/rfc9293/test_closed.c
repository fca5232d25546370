/*
 * SEGMENT ARRIVES in CLOSED (RFC 9293 3.10.7.1, 3.5.2 group 1).
 *
 * There is no TCB: nothing is remembered of what arrives, and a RST never draws an answer.
 */
#include "cell.h"

ARRIVES(CLOSED, RST_EXACT, closed_rst_is_discarded)
{
    sp_arrive(c, SP_RST, c->irs, 0, 0);
    sp_dropped(c);
}

ARRIVES(CLOSED, RST_EXACT, closed_rst_ack_is_discarded)
{
    sp_arrive(c, SP_RST | SP_ACK, c->irs, c->iss, 0);
    sp_dropped(c);
}

/* [9293 SHLD-2]: a RST may carry text. */
ARRIVES(CLOSED, RST_EXACT, closed_rst_with_text_is_discarded)
{
    sp_arrive(c, SP_RST, c->irs, 0, 20);
    sp_dropped(c);
}

/* <SEQ=0><ACK=SEG.SEQ+SEG.LEN><CTL=RST,ACK>: SYN and FIN count. */
ARRIVES(CLOSED, SYN_INSIDE, closed_syn_draws_rst_that_acknowledges_it)
{
    sp_arrive(c, SP_SYN, c->irs, 0, 0);
    sp_rst_ack(c, c->irs + 1);
    sp_gone(c);
}

ARRIVES(CLOSED, SYN_INSIDE, closed_syn_with_text_and_fin_draws_rst_that_acknowledges_all)
{
    sp_arrive(c, SP_SYN | SP_FIN, c->irs, 0, 20);
    sp_rst_ack(c, c->irs + 22);
    sp_gone(c);
}

/* <SEQ=SEG.ACK><CTL=RST> */
ARRIVES(CLOSED, SYN_ACK, closed_syn_ack_draws_rst_at_its_ack)
{
    sp_arrive(c, SP_SYN | SP_ACK, c->irs, c->iss + 1, 0);
    sp_rst(c, c->iss + 1);
    sp_gone(c);
}

ARRIVES(CLOSED, ACK_NEW, closed_ack_draws_rst_at_its_ack)
{
    sp_arrive(c, SP_ACK, c->irs, c->iss + 5, 0);
    sp_rst(c, c->iss + 5);
    sp_gone(c);
}

ARRIVES(CLOSED, ACK_NEW, closed_ack_of_zero_draws_rst_at_zero)
{
    sp_arrive(c, SP_ACK, c->irs, 0, 0);
    sp_rst(c, 0);
}

ARRIVES(CLOSED, TEXT, closed_text_draws_rst_and_is_discarded)
{
    sp_arrive(c, SP_PSH | SP_ACK, c->irs, c->iss, 20);
    sp_rst(c, c->iss);
    sp_that(c, c->out.delivered == 0, "nobody gets the text");
    sp_gone(c);
}

ARRIVES(CLOSED, FIN, closed_fin_draws_rst_at_its_ack)
{
    sp_arrive(c, SP_FIN | SP_ACK, c->irs, c->iss, 0);
    sp_rst(c, c->iss);
    sp_gone(c);
}

ARRIVES(CLOSED, NO_ACK, closed_text_without_ack_draws_rst_that_acknowledges_it)
{
    sp_arrive(c, SP_PSH, c->irs, 0, 20);
    sp_rst_ack(c, c->irs + 20);
    sp_gone(c);
}

ARRIVES(CLOSED, NO_ACK, closed_fin_without_ack_draws_rst_that_acknowledges_it)
{
    sp_arrive(c, SP_FIN, c->irs, 0, 0);
    sp_rst_ack(c, c->irs + 1);
}

ARRIVES(CLOSED, NO_ACK, closed_empty_segment_draws_rst)
{
    sp_arrive(c, 0, c->irs, 0, 0);
    sp_rst_ack(c, c->irs);
}

ARRIVES(CLOSED, NO_ACK, closed_urgent_without_ack_draws_rst)
{
    struct sp_segment s = sp_seg(c, SP_URG, c->irs, 0, 5);
    s.urgent = 3;
    sp_arrives(c, s);
    sp_rst_ack(c, c->irs + 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(closed_rst_is_discarded),
        cmocka_unit_test(closed_rst_ack_is_discarded),
        cmocka_unit_test(closed_rst_with_text_is_discarded),
        cmocka_unit_test(closed_syn_draws_rst_that_acknowledges_it),
        cmocka_unit_test(closed_syn_with_text_and_fin_draws_rst_that_acknowledges_all),
        cmocka_unit_test(closed_syn_ack_draws_rst_at_its_ack),
        cmocka_unit_test(closed_ack_draws_rst_at_its_ack),
        cmocka_unit_test(closed_ack_of_zero_draws_rst_at_zero),
        cmocka_unit_test(closed_text_draws_rst_and_is_discarded),
        cmocka_unit_test(closed_fin_draws_rst_at_its_ack),
        cmocka_unit_test(closed_text_without_ack_draws_rst_that_acknowledges_it),
        cmocka_unit_test(closed_fin_without_ack_draws_rst_that_acknowledges_it),
        cmocka_unit_test(closed_empty_segment_draws_rst),
        cmocka_unit_test(closed_urgent_without_ack_draws_rst),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
