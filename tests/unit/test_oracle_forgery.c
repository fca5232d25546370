/*
 * Does each property of forged segments and of crashes fail when it should, and hold when it
 * should?
 *
 * Numbers: A has ISS 100, SND.UNA = SND.NXT = 103 (104 with its FIN), MAX.SND.WND = 10 where it is
 * set; RCV.NXT = 203 (204 with the peer's FIN), the window ends at 213.
 */
#include "test_oracle.h"

#include <string.h>

#define BIT(name)      (1ull << SP_PROPERTY_##name)
#define WITNESS_(name) (1ull << SP_WITNESS_##name)

/* A segment of an attacker whom the bounds admit. */
static struct sp_segment *forge(struct stage *s, unsigned flags, sp_seq seq, sp_seq ack,
                                unsigned len)
{
    s->setup.bounds.forgeries = 1;
    s->step.forged = true;
    s->world.forged = 1;
    struct sp_segment *g = stage_arrive(s, flags, seq, ack, len);
    s->step.event_life = 0;
    return g;
}

void a_blind_reset_ends_nothing_unless_exact(void **state)
{
    (void)state;
    struct stage s;
    stage_set(&s, SP_ESTABLISHED, SP_ESTABLISHED);
    struct sp_segment *g = forge(&s, SP_RST, 212, 0, 0);
    stage_holds(&s, blind_reset);
    stage_move(&s, SP_CLOSED);
    assert_string_equal(stage_breaks(&s, blind_reset),
                        "a RST beside RCV.NXT changes no state: SEG.SEQ 212, RCV.NXT 203; "
                        "ESTABLISHED became CLOSED");
    s.setup.policy.rst_check = SP_rst_check_WINDOW; /* no excuse: this is the attack */
    stage_breaks(&s, blind_reset);
    g->seq = 203;
    stage_holds(&s, blind_reset);

    stage_set(&s, SP_SYN_RECEIVED, SP_SYN_SENT);
    forge(&s, SP_RST, 202, 0, 0);
    stage_move(&s, SP_LISTEN);
    stage_breaks(&s, blind_reset);

    stage_set(&s, SP_SYN_SENT, SP_LISTEN); /* there it is the ACK that must be guessed */
    forge(&s, SP_RST | SP_ACK, 7, 101, 0);
    stage_move(&s, SP_CLOSED);
    stage_holds(&s, blind_reset);
}

void a_blind_syn_ends_nothing(void **state)
{
    (void)state;
    struct stage s;
    stage_set(&s, SP_CLOSE_WAIT, SP_FIN_WAIT_2);
    forge(&s, SP_SYN, 205, 0, 0);
    stage_send(&s, SP_ACK, 103, 204, 0);
    stage_holds(&s, blind_syn);
    stage_move(&s, SP_CLOSED);
    assert_string_equal(stage_breaks(&s, blind_syn),
                        "a SYN changes no state: SEG.SEQ 205, RCV.NXT 204 + 9; CLOSE-WAIT became "
                        "CLOSED");
    s.setup.policy.syn_check = SP_syn_check_RESET;
    stage_breaks(&s, blind_syn);

    stage_set(&s, SP_TIME_WAIT, SP_CLOSED);
    forge(&s, SP_SYN, 300, 0, 0);
    stage_move(&s, SP_SYN_RECEIVED); /* MAY-2 */
    stage_holds(&s, blind_syn);
    stage_move(&s, SP_CLOSED);
    stage_breaks(&s, blind_syn);

    stage_set(&s, SP_SYN_RECEIVED, SP_SYN_SENT); /* 9293 3.10.7.4 step 4 */
    forge(&s, SP_SYN, 202, 0, 0);
    stage_move(&s, SP_LISTEN);
    stage_holds(&s, blind_syn);
}

/* RFC 5961 5.2: SND.UNA - MAX.SND.WND = 93 =< SEG.ACK =< SND.NXT = 103. */
void blind_data_is_taken_only_with_an_ack_in_range(void **state)
{
    (void)state;
    struct stage s;
    stage_set(&s, SP_ESTABLISHED, SP_ESTABLISHED);
    stage_before(&s)->snd_wnd_max = stage_tcb(&s)->snd_wnd_max = 10;
    struct sp_segment *g = forge(&s, SP_ACK, 203, 92, 1);
    stage_holds(&s, blind_data);
    s.step.output.taken = (struct sp_range){203, 204};
    stage_tcb(&s)->rcv_nxt = 204;
    assert_string_equal(stage_breaks(&s, blind_data),
                        "SND.UNA - MAX.SND.WND =< SEG.ACK =< SND.NXT: 103 - 10 =< 92 =< 103 is "
                        "false; RCV.NXT 203 became 204");
    g->ack = 93;
    stage_holds(&s, blind_data);
    g->ack = 103;
    stage_holds(&s, blind_data);
    g->ack = 104;
    stage_breaks(&s, blind_data);
    g->ack = 92;
    s.step.output.taken = (struct sp_range){205, 206}; /* ahead of RCV.NXT, and held */
    stage_tcb(&s)->rcv_nxt = 203;
    stage_breaks(&s, blind_data);

    stage_set(&s, SP_ESTABLISHED, SP_ESTABLISHED);
    forge(&s, SP_FIN | SP_ACK, 203, 92, 0);
    stage_move(&s, SP_CLOSE_WAIT);
    stage_breaks(&s, blind_data);
}

/* What a capture replays was sent by somebody, and steps of the hosts' own segments are theirs. */
void blind_attacks_are_judged_where_there_is_an_attacker(void **state)
{
    (void)state;
    struct stage s;
    stage_set(&s, SP_ESTABLISHED, SP_ESTABLISHED);
    forge(&s, SP_RST, 212, 0, 0);
    stage_move(&s, SP_CLOSED);
    stage_breaks(&s, blind_reset);
    s.setup.bounds.forgeries = 0;
    stage_holds(&s, blind_reset);
    s.setup.bounds.forgeries = 1;
    s.step.forged = false;
    stage_holds(&s, blind_reset);

    struct sp_setup setup;
    sp_setup_init(&setup);
    const uint64_t rows = BIT(blind_reset) | BIT(blind_syn) | BIT(blind_data);
    assert_true((sp_oracle_unjudged(&setup, SP_PROPERTIES) & rows) == rows);
    setup.bounds.forgeries = 1;
    assert_true((sp_oracle_unjudged(&setup, SP_PROPERTIES) & rows) == 0);
    assert_true((sp_oracle_unforged() & BIT(isn_agreement)) != 0);
    assert_true((sp_oracle_unforged() & (rows | BIT(rst_acceptance))) == 0);
}

static void admit(struct sp_setup *setup)
{
    sp_setup_init(setup);
    setup->bounds.host[SP_A].open = SP_OPEN_ACTIVE;
    setup->bounds.host[SP_B].open = SP_OPEN_PASSIVE;
    setup->bounds.forgeries = 1;
    setup->bounds.host[SP_A].forge = 0;
}

void attacks_are_expected_where_the_bounds_forge(void **state)
{
    (void)state;
    struct sp_setup setup;
    const uint64_t all = WITNESS_(forged_rst) | WITNESS_(forged_syn) | WITNESS_(forged_ack) |
                         WITNESS_(forged_challenged);
    admit(&setup);
    struct sp_host_bounds *b = &setup.bounds.host[SP_B];
    b->forge = SP_FORGE_RST_INSIDE;
    assert_true((sp_oracle_expected(&setup) & all) ==
                (WITNESS_(forged_rst) | WITNESS_(forged_challenged)));
    setup.policy.rst_check = SP_rst_check_WINDOW;
    assert_true((sp_oracle_expected(&setup) & all) == WITNESS_(forged_rst));
    b->window = 1; /* no number of it is beside RCV.NXT */
    assert_true((sp_oracle_expected(&setup) & all) == 0);
    b->forge = SP_FORGE_SYN_OUTSIDE;
    assert_true((sp_oracle_expected(&setup) & all) ==
                (WITNESS_(forged_syn) | WITNESS_(forged_challenged)));
    b->forge = SP_FORGE_DATA_OLD_ACK;
    assert_true((sp_oracle_expected(&setup) & all) == WITNESS_(forged_ack));
    b->window = 0;
    assert_true((sp_oracle_expected(&setup) & all) == 0);
    b->forge = SP_FORGE_ACK_BEYOND;
    assert_true((sp_oracle_expected(&setup) & all) == WITNESS_(forged_ack));
    setup.bounds.forgeries = 0;
    assert_true((sp_oracle_expected(&setup) & all) == 0);
}

static uint64_t witnessed(const struct stage *s)
{
    return sp_oracle_judge(&s->setup, &s->step, &s->world).witnessed;
}

void attacks_show_in_steps(void **state)
{
    (void)state;
    struct stage s;
    stage_set(&s, SP_ESTABLISHED, SP_ESTABLISHED);
    forge(&s, SP_RST, 212, 0, 0);
    assert_true(witnessed(&s) == WITNESS_(forged_rst));
    stage_send(&s, SP_ACK, 103, 203, 0);
    assert_true(witnessed(&s) == (WITNESS_(forged_rst) | WITNESS_(forged_challenged)));
    s.step.forged = false;
    assert_true(witnessed(&s) == 0);

    stage_set(&s, SP_ESTABLISHED, SP_ESTABLISHED);
    forge(&s, SP_ACK, 203, 92, 1);
    assert_true(witnessed(&s) == WITNESS_(forged_ack));
    forge(&s, SP_SYN, 203, 0, 0);
    assert_true((witnessed(&s) & ~WITNESS_(syn_challenged)) == WITNESS_(forged_syn));
}

void a_false_reset_is_one_from_a_peer_that_lives(void **state)
{
    (void)state;
    struct stage s;
    stage_set(&s, SP_ESTABLISHED, SP_ESTABLISHED);
    struct sp_segment *g = stage_arrive(&s, SP_RST, 203, 0, 0);
    stage_holds(&s, no_false_reset); /* nothing was ended */
    stage_move(&s, SP_CLOSED);
    assert_string_equal(stage_breaks(&s, no_false_reset),
                        "ESTABLISHED is ended by a RST, so the peer's incarnation 1 is gone: it is "
                        "in ESTABLISHED");
    stage_peer_life(&s)->ended = SP_END_ABORTED;
    stage_holds(&s, no_false_reset);
    stage_peer_life(&s)->ended = SP_END_CRASHED;
    stage_holds(&s, no_false_reset);
    stage_peer_life(&s)->ended = SP_END_LIVING;
    g->flags = SP_FIN | SP_ACK;
    stage_holds(&s, no_false_reset); /* by no RST */

    /* RFC 1337, H3: the opener, in SYN-SENT, answers an old ACK. */
    stage_set(&s, SP_SYN_RECEIVED, SP_SYN_SENT);
    stage_arrive(&s, SP_RST, 201, 0, 0);
    stage_move(&s, SP_LISTEN);
    stage_breaks(&s, no_false_reset);

    /* A closed port refused this SYN, and opened before the refusal arrived. */
    stage_set(&s, SP_SYN_RECEIVED, SP_SYN_SENT);
    g = stage_arrive(&s, SP_RST | SP_ACK, 0, 101, 0);
    s.step.event_life = 0;
    stage_move(&s, SP_CLOSED);
    stage_holds(&s, no_false_reset);
    s.step.before.lives = 2; /* it acknowledged as much in an earlier connection */
    s.step.before.life[1] = s.step.before.life[0];
    s.step.before.life[0].ack_max = 1;
    s.step.before.life[0].received = 1;
    stage_breaks(&s, no_false_reset);
    g->seq = 2;
    stage_holds(&s, no_false_reset);

    stage_set(&s, SP_ESTABLISHED, SP_LISTEN); /* the peer gave the connection up, not the number */
    stage_arrive(&s, SP_RST, 203, 0, 0);
    stage_move(&s, SP_CLOSED);
    stage_holds(&s, no_false_reset);
    s.world.forged = 1;
    stage_peer(&s)->state = SP_ESTABLISHED;
    stage_holds(&s, no_false_reset); /* N */
}

/* Of an end that crashed nothing graceful is asked; of its peer all that the RFC asks. */
void crashed_lives_are_broken_off(void **state)
{
    (void)state;
    struct stage s;
    stage_set(&s, SP_FIN_WAIT_2, SP_ESTABLISHED);
    stage_breaks(&s, joint_states);
    stage_peer_life(&s)->ended = SP_END_CRASHED;
    stage_holds(&s, joint_states);

    stage_set(&s, SP_FIN_WAIT_1, SP_ESTABLISHED); /* what the peer took before it crashed counts */
    stage_arrive(&s, SP_ACK, 203, 104, 0);
    stage_move(&s, SP_FIN_WAIT_2);
    stage_peer_life(&s)->peer = 1;
    stage_peer_life(&s)->ended = SP_END_CRASHED;
    stage_peer_life(&s)->flags |= SP_LIFE_FIN_RECEIVED;
    stage_holds(&s, graceful_means_received);
    stage_peer_life(&s)->received = 1;
    stage_breaks(&s, graceful_means_received);

    struct sp_setup setup;
    sp_setup_init(&setup);
    setup.policy.tw_rst = SP_tw_rst_IGNORE;
    setup.bounds.host[SP_A].opens = 2;
    setup.bounds.host[SP_A].reopen = SP_REOPEN_ABOVE;
    setup.bounds.host[SP_A].crashes = 1;
    assert_true(sp_oracle_unassumed(&setup) == 0);
    setup.bounds.quiet = false;
    const uint64_t q = sp_oracle_unassumed(&setup);
    assert_true((q & BIT(isn_agreement)) != 0 && (q & BIT(no_data_loss_in_close_wait)) != 0);
    assert_true((q & BIT(no_false_reset)) != 0 && (q & BIT(rst_acceptance)) == 0);
    setup.bounds.host[SP_A].opens = 1; /* nothing follows the crash */
    assert_true(sp_oracle_unassumed(&setup) == 0);
}

void crashes_show_in_later_steps(void **state)
{
    (void)state;
    struct stage s;
    stage_set(&s, SP_ESTABLISHED, SP_CLOSED);
    s.world.host[SP_B].lives = 1;
    stage_peer_life(&s)->ended = SP_END_CRASHED;
    stage_arrive(&s, SP_RST, 203, 0, 0);
    stage_move(&s, SP_CLOSED);
    assert_true((witnessed(&s) & WITNESS_(half_open_reset)) != 0);
    stage_peer_life(&s)->ended = SP_END_ABORTED;
    assert_true((witnessed(&s) & WITNESS_(half_open_reset)) == 0);

    stage_set(&s, SP_CLOSED, SP_CLOSED);
    s.step.before.lives = 1;
    s.step.before.life[0].ended = SP_END_CRASHED;
    stage_event(&s, SP_EVENT_OPEN_ACTIVE);
    stage_move(&s, SP_SYN_SENT);
    assert_true((witnessed(&s) & WITNESS_(opened_after_crash)) != 0);
    s.step.before.life[0].ended = SP_END_GRACEFUL;
    assert_true((witnessed(&s) & WITNESS_(opened_after_crash)) == 0);

    struct sp_setup setup;
    admit(&setup);
    const uint64_t both = WITNESS_(half_open_reset) | WITNESS_(opened_after_crash);
    assert_true((sp_oracle_expected(&setup) & both) == 0);
    setup.bounds.host[SP_B].crashes = 1;
    assert_true((sp_oracle_expected(&setup) & both) == WITNESS_(half_open_reset));
    setup.bounds.host[SP_B].opens = 2;
    assert_true((sp_oracle_expected(&setup) & both) == both);
}
