/*
 * The world: which moves the bounds admit, what the network does, what the ghosts note.
 *
 * Sequence numbers are worked out by hand from RFC 9293 3.4: A begins at 100, B at 200; a SYN and a
 * FIN occupy one number each. The machine's own rules have their tests in tests/rfc9293.
 */
#include "rig.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Bounds: every key of bounds.def has an effect. Each test is named for its key; the table at the
 * end of the file fails the run when a key has none. */

static void key_flight_loses_what_finds_the_network_full(void **state)
{
    (void)state;
    struct rig rig;
    rig_begin(&rig, "flight = 1");
    rig_do(&rig, "A open active; B open active");
    assert_int_equal(rig.world.channel.count, 1);
    assert_int_equal(rig.step.overflow, 1);
    assert_int_equal(rig.step.serial[0], 2);
    rig_begin(&rig, "flight = 2");
    rig_do(&rig, "A open active; B open active");
    assert_int_equal(rig.world.channel.count, 2);
    assert_int_equal(rig.step.overflow, 0);
}

static void key_losses_is_a_budget(void **state)
{
    (void)state;
    struct rig rig;
    rig_begin(&rig, "losses = 1");
    rig_do(&rig, "A open active; B open active");
    assert_int_equal(rig_offers(&rig, "lose 1"), 1);
    rig_do(&rig, "lose 1");
    assert_int_equal(rig.world.channel.count, 1);
    assert_int_equal(rig_offers(&rig, "lose 2"), 0);
}

static void key_duplicates_is_a_budget_and_the_copy_stays(void **state)
{
    (void)state;
    struct rig rig;
    rig_begin(&rig, "duplicates = 1; B.open = passive");
    rig_do(&rig, "B open passive; A open active");
    assert_int_equal(rig_offers(&rig, "duplicate 1"), 1);
    rig_do(&rig, "duplicate 1");
    assert_int_equal(rig_state(&rig, SP_B), SP_SYN_RECEIVED);
    assert_int_equal(rig.world.channel.count, 2);
    assert_int_equal(rig_offers(&rig, "duplicate 1"), 0);
    assert_int_equal(rig_offers(&rig, "deliver 1"), 1);
}

static void key_reorder_off_offers_only_the_oldest_of_each_direction(void **state)
{
    (void)state;
    struct rig rig;
    rig_connect(&rig, "A.send = 2; A.window = 8; B.window = 8; reorder = off");
    rig_do(&rig, "A send 1; A send 1; B send 1");
    assert_int_equal(rig_offers(&rig, "deliver 4"), 1);
    assert_int_equal(rig_offers(&rig, "deliver 5"), 0);
    assert_int_equal(rig_offers(&rig, "lose 5"), 0);
    assert_int_equal(rig_offers(&rig, "deliver 6"), 1);
    rig_do(&rig, "lose 4");
    assert_int_equal(rig_offers(&rig, "deliver 5"), 1);
}

static void key_reorder_on_offers_every_packet(void **state)
{
    (void)state;
    struct rig rig;
    rig_connect(&rig, "A.send = 2; A.window = 8; B.window = 8; reorder = on");
    rig_do(&rig, "A send 1; A send 1; B send 1");
    assert_int_equal(rig_offers(&rig, "deliver 4"), 1);
    assert_int_equal(rig_offers(&rig, "deliver 5"), 1);
    assert_int_equal(rig_offers(&rig, "deliver 6"), 1);
}

/* B's segments sort behind A's; without sorting they stay where they were sent. */
static void key_sorted_off_keeps_the_order_of_sending_and_offers_every_packet(void **state)
{
    (void)state;
    struct rig rig;
    rig_connect(&rig, "A.send = 2; A.window = 8; B.window = 8; sorted = off");
    rig_do(&rig, "B send 1; A send 1; A send 1");
    assert_int_equal(rig.world.channel.packet[0].from, SP_B);
    assert_int_equal(rig.world.channel.packet[2].from, SP_A);
    assert_int_equal(rig_offers(&rig, "deliver 4"), 1);
    assert_int_equal(rig_offers(&rig, "deliver 5"), 1);
    assert_int_equal(rig_offers(&rig, "deliver 6"), 1);
    rig_connect(&rig, "A.send = 2; A.window = 8; B.window = 8; sorted = on");
    rig_do(&rig, "B send 1; A send 1; A send 1");
    assert_int_equal(rig.world.channel.packet[0].from, SP_A);
}

/* A closes first and is in TIME-WAIT; B is CLOSED; nothing is in flight. */
static void to_time_wait(struct rig *rig, const char *settings)
{
    rig_connect(rig, settings);
    rig_do(rig, "A close; deliver 4; deliver 5; B close; deliver 6");
    assert_int_equal(rig_state(rig, SP_A), SP_TIME_WAIT);
}

static void key_msl_keeps_time_wait_while_its_segments_fly(void **state)
{
    (void)state;
    struct rig rig;
    to_time_wait(&rig, "msl = on");
    assert_int_equal(rig.world.channel.count, 1);
    assert_int_equal(rig_offers(&rig, "A timer time-wait"), 0);
    rig_set(&rig, "msl = off");
    assert_int_equal(rig_offers(&rig, "A timer time-wait"), 1);
    rig_set(&rig, "msl = on");
    rig_do(&rig, "deliver 7");
    assert_int_equal(rig_offers(&rig, "A timer time-wait"), 1);
}

/* The peer has begun anew: its SYN belongs to another incarnation of both ends. */
static void msl_lets_a_new_incarnation_of_the_peer_fly(void **state)
{
    (void)state;
    struct rig rig;
    to_time_wait(&rig, "B.opens = 2");
    rig_do(&rig, "deliver 7; B open active");
    assert_int_equal(rig.world.channel.packet[0].life, 2);
    assert_int_equal(rig_offers(&rig, "A timer time-wait"), 1);
}

/* The RST from CLOSED answers a segment of the incarnation. */
static void msl_counts_what_was_sent_without_a_tcb(void **state)
{
    (void)state;
    struct rig rig;
    to_time_wait(&rig, "");
    rig_do(&rig, "deliver 7; B inject ACK seq=102 ack=202");
    assert_true(sp_has(rig_sent(&rig), SP_RST));
    assert_int_equal(rig.world.channel.packet[0].life, 0);
    assert_int_equal(rig_offers(&rig, "A timer time-wait"), 0);
}

static void key_mss_is_announced_and_limits_text(void **state)
{
    (void)state;
    struct rig rig;
    rig_connect(&rig, "mss = 3; B.window = 8; A.send = 8; A.write = 8");
    rig_do(&rig, "A send 8");
    assert_int_equal(rig.step.output.sent, 3);
    assert_int_equal(rig_sent(&rig)->len, 3);
    rig_begin(&rig, "mss = 3");
    rig_do(&rig, "A open active");
    assert_int_equal(rig_sent(&rig)->mss, 3);
}

static void key_r2_gives_up(void **state)
{
    (void)state;
    struct rig rig;
    rig_begin(&rig, "r2 = 1");
    rig_do(&rig, "A open active; A timer retransmission");
    assert_int_equal(rig_state(&rig, SP_A), SP_SYN_SENT);
    rig_do(&rig, "A timer retransmission");
    assert_int_equal(rig_state(&rig, SP_A), SP_CLOSED);
    assert_int_equal(rig_life(&rig, SP_A)->ended, SP_END_TIMED_OUT);
    assert_true((rig_life(&rig, SP_A)->flags & SP_LIFE_TOLD_ERROR) != 0);
    rig_begin(&rig, "r2 = 0");
    rig_do(&rig, "A open active; A timer retransmission; A timer retransmission");
    assert_int_equal(rig_state(&rig, SP_A), SP_SYN_SENT);
}

static void key_ticks_advance_the_timestamp_clock(void **state)
{
    (void)state;
    struct rig rig;
    rig_begin(&rig, "ticks = 1; timestamps = on");
    assert_int_equal(rig.world.now, 1);
    assert_int_equal(rig_offers(&rig, "tick"), 1);
    rig_do(&rig, "tick");
    assert_int_equal(rig.world.now, 2);
    assert_int_equal(rig_offers(&rig, "tick"), 0);
    rig_do(&rig, "A open active");
    assert_int_equal(rig_sent(&rig)->ts_val, 2);
    rig_begin(&rig, "ticks = 1; timestamps = off");
    assert_int_equal(rig_offers(&rig, "tick"), 0);
}

static unsigned options_of_syn(const char *settings)
{
    struct rig rig;
    rig_begin(&rig, settings);
    rig_do(&rig, "A open active");
    return rig_sent(&rig)->options;
}

static void key_timestamps_sack_and_scale_are_offered_on_the_syn(void **state)
{
    (void)state;
    struct rig rig;
    assert_int_equal(options_of_syn(""), SP_OPT_MSS);
    assert_int_equal(options_of_syn("timestamps = on"), SP_OPT_MSS | SP_OPT_TIMESTAMPS);
    assert_int_equal(options_of_syn("sack = on"), SP_OPT_MSS | SP_OPT_SACK_PERMITTED);
    assert_int_equal(options_of_syn("scale = 2"), SP_OPT_MSS | SP_OPT_SCALE);
    rig_begin(&rig, "scale = 2");
    rig_do(&rig, "A open active");
    assert_int_equal(rig_sent(&rig)->scale, 2);
}

static void key_open_says_how(void **state)
{
    (void)state;
    struct rig rig;
    rig_begin(&rig, "A.open = passive; B.open = active");
    assert_int_equal(rig_offers(&rig, "A open passive"), 1);
    assert_int_equal(rig_offers(&rig, "A open active"), 0);
    assert_int_equal(rig_offers(&rig, "B open passive"), 0);
    assert_int_equal(rig_offers(&rig, "B open active"), 1);
    rig_do(&rig, "A open passive");
    assert_int_equal(rig_offers(&rig, "A open active"), 0);
    rig_set(&rig, "A.open = passive upgrade");
    assert_int_equal(rig_offers(&rig, "A open active"), 1);
    rig_do(&rig, "A open active");
    assert_int_equal(rig_state(&rig, SP_A), SP_SYN_SENT);
    assert_int_equal(rig.world.host[SP_A].lives, 1);
}

static void key_opens_counts_incarnations_the_listener_too(void **state)
{
    (void)state;
    struct rig rig;
    rig_begin(&rig, "A.open = passive active; A.opens = 1");
    rig_do(&rig, "A open passive; A close");
    assert_int_equal(rig_state(&rig, SP_A), SP_CLOSED);
    assert_int_equal(rig_offers(&rig, "A open active"), 0);
    assert_int_equal(rig_offers(&rig, "A open passive"), 0);
    rig_set(&rig, "A.opens = 2");
    assert_int_equal(rig_offers(&rig, "A open passive"), 1);
    rig_set(&rig, "B.opens = 0");
    assert_int_equal(rig_offers(&rig, "B open active"), 0);
}

static void key_iss_gives_one_initial_world_for_each_combination(void **state)
{
    (void)state;
    struct rig rig;
    rig_begin(&rig, "A.iss = 7 4294967295; B.iss = 1 2 3");
    assert_int_equal(sp_world_initials(&rig.setup), 6);
    sp_world_init(&rig.setup, 5, true, &rig.world);
    rig_do(&rig, "A open active");
    assert_int_equal(rig_sent(&rig)->seq, 4294967295);
    assert_int_equal(rig_life(&rig, SP_A)->end, 0);
    rig_do(&rig, "B open active");
    assert_int_equal(rig_sent(&rig)->seq, 3);
}

/* A's first incarnation used 100 (SYN) and 101 (FIN): its end is 102. */
static void key_reopen_places_the_next_incarnation(void **state)
{
    (void)state;
    struct rig rig;
    to_time_wait(&rig, "A.opens = 2; A.reopen = inside above edge same below");
    rig_do(&rig, "deliver 7; A timer time-wait");
    assert_int_equal(rig_state(&rig, SP_A), SP_CLOSED);
    assert_int_equal(rig_life(&rig, SP_A)->end, 102);
    assert_int_equal(rig_offers(&rig, "A open active iss=103"), 1);
    assert_int_equal(rig_offers(&rig, "A open active iss=100102"), 1);
    assert_int_equal(rig_offers(&rig, "A open active iss=101"), 1);
    assert_int_equal(rig_offers(&rig, "A open active iss=100"), 1);
    assert_int_equal(rig_offers(&rig, "A open active iss=4294867396"), 1);
    rig_set(&rig, "A.reopen = edge");
    assert_int_equal(rig_offers(&rig, "A open active iss=103"), 0);
    assert_int_equal(rig_offers(&rig, "A open active iss=101"), 1);
    rig_do(&rig, "A open active iss=101");
    assert_int_equal(rig_life(&rig, SP_A)->iss, 101);
    assert_int_equal(rig.world.host[SP_A].lives, 2);
}

/* A listener has its number when the SYN arrives: the first word of the set. */
static void a_later_listener_takes_the_first_word(void **state)
{
    (void)state;
    struct rig rig;
    to_time_wait(&rig, "B.opens = 2; A.opens = 2; B.reopen = above edge");
    rig_do(&rig, "deliver 7; A timer time-wait; B open passive; A open active; deliver 8");
    assert_int_equal(rig_sent(&rig)->seq, 202 + 100000);
    assert_int_equal(rig_life(&rig, SP_B)->peer, 2);
}

static void key_send_and_write_bound_the_text(void **state)
{
    (void)state;
    struct rig rig;
    rig_connect(&rig, "A.send = 3; A.write = 2; B.send = 0");
    assert_int_equal(rig_offers(&rig, "A send 2"), 1);
    assert_int_equal(rig_offers(&rig, "B send 2"), 0);
    rig_do(&rig, "A send 2");
    assert_int_equal(rig_life(&rig, SP_A)->written, 2);
    assert_int_equal(rig_offers(&rig, "A send 1"), 1);
    rig_do(&rig, "A send 1");
    assert_int_equal(rig_offers(&rig, "A send 1"), 0);
}

static void key_urgent_makes_sends_urgent(void **state)
{
    (void)state;
    struct rig rig;
    rig_connect(&rig, "A.urgent = on");
    assert_int_equal(rig_offers(&rig, "A send 1 urgent"), 1);
    rig_do(&rig, "A send 1 urgent");
    assert_true(sp_has(rig_sent(&rig), SP_URG));
    rig_connect(&rig, "A.urgent = off");
    assert_int_equal(rig_offers(&rig, "A send 1"), 1);
}

static void key_read_off_leaves_the_text_to_receive_calls(void **state)
{
    (void)state;
    struct rig rig;
    rig_connect(&rig, "A.send = 2; A.write = 2; mss = 2; B.read = off");
    assert_int_equal(rig_offers(&rig, "B receive 1"), 0);
    rig_do(&rig, "A send 2; deliver 4");
    assert_int_equal(rig_life(&rig, SP_B)->received, 2);
    assert_int_equal(rig_life(&rig, SP_B)->delivered, 0);
    assert_int_equal(rig_offers(&rig, "B receive 2"), 1);
    rig_do(&rig, "B receive 2");
    assert_int_equal(rig_life(&rig, SP_B)->delivered, 2);
    assert_int_equal(rig_offers(&rig, "B receive 1"), 0);
    rig_connect(&rig, "A.send = 1; B.read = on");
    rig_do(&rig, "A send 1; deliver 4");
    assert_int_equal(rig_life(&rig, SP_B)->delivered, 1);
    assert_int_equal(rig_offers(&rig, "B receive 1"), 0);
}

/* The end of the stream is told once, and then the user calls no more. */
static void a_reader_calls_until_it_is_told_of_the_end(void **state)
{
    (void)state;
    struct rig rig;
    rig_connect(&rig, "B.read = off");
    rig_do(&rig, "A close; deliver 4");
    assert_int_equal(rig_state(&rig, SP_B), SP_CLOSE_WAIT);
    if ((rig_life(&rig, SP_B)->flags & SP_LIFE_TOLD_EOF) == 0) {
        assert_int_equal(rig_offers(&rig, "B receive 1"), 1);
        rig_do(&rig, "B receive 1");
    }
    assert_true((rig_life(&rig, SP_B)->flags & SP_LIFE_TOLD_EOF) != 0);
    assert_int_equal(rig_offers(&rig, "B receive 1"), 0);
}

static void key_window_is_the_receive_buffer(void **state)
{
    (void)state;
    struct rig rig;
    rig_connect(&rig, "B.window = 5");
    assert_int_equal(rig.world.host[SP_A].tcb.snd_wnd, 5);
    assert_int_equal(rig_life(&rig, SP_B)->edge, 101 + 5);
}

static void key_close_admits_close_until_it_was_called(void **state)
{
    (void)state;
    struct rig rig;
    rig_connect(&rig, "A.close = on; B.close = off");
    assert_int_equal(rig_offers(&rig, "A close"), 1);
    assert_int_equal(rig_offers(&rig, "B close"), 0);
    rig_do(&rig, "A close");
    assert_int_equal(rig_offers(&rig, "A close"), 0);
    assert_int_equal(rig_offers(&rig, "A send 1"), 0);
}

static void key_early_close_off_waits_until_all_is_written(void **state)
{
    (void)state;
    struct rig rig;
    rig_begin(&rig, "A.early_close = off; A.send = 2");
    rig_do(&rig, "A open passive");
    assert_int_equal(rig_offers(&rig, "A close"), 0);
    rig_connect(&rig, "A.early_close = off; A.send = 2; *.close = on");
    assert_int_equal(rig_offers(&rig, "A close"), 0);
    assert_int_equal(rig_offers(&rig, "B close"), 1);
    rig_do(&rig, "A send 1");
    assert_int_equal(rig_offers(&rig, "A close"), 0);
    rig_do(&rig, "A send 1");
    assert_int_equal(rig_offers(&rig, "A close"), 1);
    rig_do(&rig, "A close");
    assert_int_equal(rig_offers(&rig, "A close"), 0);
}

static void key_aborts_is_a_budget(void **state)
{
    (void)state;
    struct rig rig;
    rig_connect(&rig, "A.aborts = 1; A.opens = 2");
    assert_int_equal(rig_offers(&rig, "A abort"), 1);
    assert_int_equal(rig_offers(&rig, "B abort"), 0);
    rig_do(&rig, "A abort");
    assert_int_equal(rig_life(&rig, SP_A)->ended, SP_END_ABORTED);
    rig_do(&rig, "A open active");
    assert_int_equal(rig_offers(&rig, "A abort"), 0);
}

static void key_timeouts_is_a_budget_of_retransmission_and_persist(void **state)
{
    (void)state;
    struct rig rig;
    rig_begin(&rig, "A.timeouts = 1; B.timeouts = 0");
    assert_int_equal(rig_offers(&rig, "A timer retransmission"), 0);
    rig_do(&rig, "A open active; B open active");
    assert_int_equal(rig_offers(&rig, "A timer retransmission"), 1);
    assert_int_equal(rig_offers(&rig, "B timer retransmission"), 0);
    rig_do(&rig, "A timer retransmission");
    assert_int_equal(rig_offers(&rig, "A timer retransmission"), 0);
    rig_connect(&rig, "A.timeouts = 1; B.window = 0");
    rig_do(&rig, "A send 1");
    assert_int_equal(rig_offers(&rig, "A timer persist"), 1);
    rig_do(&rig, "A timer persist");
    assert_int_equal(rig_offers(&rig, "A timer persist"), 0);
}

static void key_user_timeouts_is_a_budget(void **state)
{
    (void)state;
    struct rig rig;
    rig_connect(&rig, "A.user_timeouts = 1; A.opens = 2");
    assert_int_equal(rig_offers(&rig, "A timer user"), 1);
    assert_int_equal(rig_offers(&rig, "B timer user"), 0);
    rig_do(&rig, "A timer user");
    assert_int_equal(rig_life(&rig, SP_A)->ended, SP_END_TIMED_OUT);
    assert_int_equal(rig_offers(&rig, "A timer user"), 0);
    rig_do(&rig, "A open active");
    assert_int_equal(rig_offers(&rig, "A timer user"), 0);
}

static void key_keep_alives_asks_for_the_timer_and_bounds_it(void **state)
{
    (void)state;
    struct rig rig;
    rig_connect(&rig, "A.keep_alives = 1");
    assert_int_equal(rig_offers(&rig, "A timer keep-alive"), 1);
    assert_int_equal(rig_offers(&rig, "B timer keep-alive"), 0);
    rig_do(&rig, "A timer keep-alive");
    assert_int_equal(rig_sent(&rig)->seq, 100); /* SND.NXT - 1 (9293 3.8.4) */
    assert_int_equal(rig_offers(&rig, "A timer keep-alive"), 0);
}

/* The network */

static void equal_packets_give_one_set_of_moves(void **state)
{
    (void)state;
    struct rig rig;
    rig_begin(&rig, "A.timeouts = 2; flight = 4");
    rig_do(&rig, "A open active; A timer retransmission; A timer retransmission");
    assert_int_equal(rig.world.channel.count, 3);
    sp_move moves[SP_ACTIONS_MAX];
    uint32_t count = sp_world_moves(&rig.setup, &rig.world, moves);
    unsigned about_packets = 0;
    for (uint32_t i = 0; i < count; i++) {
        struct sp_action action;
        sp_world_action(&rig.setup, &rig.world, moves[i], &action);
        about_packets += action.serial != 0;
    }
    assert_int_equal(about_packets, 3); /* deliver, duplicate, lose */
}

static void a_segment_that_is_not_in_flight_cannot_arrive(void **state)
{
    (void)state;
    struct rig rig;
    rig_begin(&rig, "");
    rig_do(&rig, "A open active");
    struct sp_world before = rig.world;
    struct sp_action action = {.kind = SP_ACTION_DELIVER, .serial = 2};
    assert_false(sp_world_act(&rig.setup, &rig.world, &action, &rig.step));
    action.serial = 0;
    assert_false(sp_world_act(&rig.setup, &rig.world, &action, &rig.step));
    assert_memory_equal(&before, &rig.world, sizeof before);
}

static void moves_come_in_their_fixed_order(void **state)
{
    (void)state;
    struct rig rig;
    rig_begin(&rig, "*.open = passive active; ticks = 1; timestamps = on; losses = 1");
    rig_do(&rig, "A open active");
    static const uint8_t kinds[] = {SP_ACTION_CALL,      SP_ACTION_CALL,  SP_ACTION_CALL,
                                    SP_ACTION_CALL,      SP_ACTION_TIMER, SP_ACTION_DELIVER,
                                    SP_ACTION_DUPLICATE, SP_ACTION_LOSE,  SP_ACTION_TICK};
    static const uint8_t hosts[] = {SP_A, SP_A, SP_B, SP_B, SP_A, SP_B, SP_B, SP_B, SP_A};
    sp_move moves[SP_ACTIONS_MAX];
    assert_int_equal(sp_world_moves(&rig.setup, &rig.world, moves), sizeof kinds);
    for (unsigned i = 0; i < sizeof kinds; i++) {
        struct sp_action action;
        sp_world_action(&rig.setup, &rig.world, moves[i], &action);
        assert_int_equal(action.kind, kinds[i]);
        assert_int_equal(action.host, hosts[i]);
        assert_int_not_equal(moves[i], 0);
    }
}

static void an_injected_segment_is_resolved_and_the_world_is_forged(void **state)
{
    (void)state;
    struct rig rig;
    rig_connect(&rig, "");
    rig_do(&rig, "B inject RST,ACK seq=rcv.nxt+1 ack=snd.una-3");
    assert_int_equal(rig.step.event.segment.seq, 102);
    assert_int_equal(rig.step.event.segment.ack, 198);
    assert_int_equal(rig.step.event_life, 0);
    assert_true(rig.step.forged);
    assert_int_equal(rig.world.forged, 1);
    rig_do(&rig, "B inject SYN seq=irs now=9");
    assert_int_equal(rig.step.event.segment.seq, 100);
    assert_int_equal(rig.step.event.now, 9);
}

static void a_vanished_segment_is_resolved_for_its_sender_and_acts_on_nobody(void **state)
{
    (void)state;
    struct rig rig;
    rig_connect(&rig, "");
    struct sp_world before = rig.world;
    rig_do(&rig, "A vanish ACK seq=rcv.nxt ack=snd.nxt");
    assert_false(rig.step.acted);
    assert_int_equal(rig.step.event.segment.seq, 101);
    assert_int_equal(rig.step.event.segment.ack, 201);
    assert_memory_equal(&before, &rig.world, sizeof before);
}

/* What a capture shows in the place of a segment takes it out of the network; once is enough. */
static void a_real_segment_replaces_the_one_it_stands_for(void **state)
{
    (void)state;
    struct rig rig;
    rig_begin(&rig, "");
    rig_do(&rig, "B open passive; A open active");
    assert_int_equal(rig.world.channel.count, 1);
    rig_do(&rig, "B inject SYN seq=100 wnd=9 for=1");
    assert_int_equal(rig.world.host[SP_B].tcb.snd_wnd, 9);
    assert_int_equal(rig.world.channel.count, 1);
    assert_int_equal(rig.world.channel.packet[0].serial, 2);
    assert_int_equal(rig.world.losses, 0);
    rig_do(&rig, "B inject SYN seq=100 wnd=9 for=1");
    assert_int_equal(rig.world.channel.count, 2);
    rig_do(&rig, "B vanish SYN,ACK seq=200 ack=101 for=2");
    assert_int_equal(rig.world.channel.count, 1);
    assert_int_equal(rig.world.channel.packet[0].serial, 3);
}

static void no_incarnation_begins_beyond_those_that_can_be_remembered(void **state)
{
    (void)state;
    struct rig rig;
    rig_begin(&rig, "");
    rig_do(&rig, "A open passive; A close; A open passive; A close");
    struct sp_action action = {.kind = SP_ACTION_CALL, .event = SP_EVENT_OPEN_PASSIVE};
    assert_int_equal(rig.world.host[SP_A].lives, SP_LIVES_MAX);
    assert_false(sp_world_act(&rig.setup, &rig.world, &action, &rig.step));
}

/* Ghosts */

static void a_handshake_is_noted_at_both_ends(void **state)
{
    (void)state;
    struct rig rig;
    rig_connect(&rig, "");
    const struct sp_life *a = rig_life(&rig, SP_A);
    const struct sp_life *b = rig_life(&rig, SP_B);
    assert_true(a->begun && b->begun);
    assert_int_equal(a->iss, 100);
    assert_int_equal(b->iss, 200);
    assert_int_equal(a->end, 101);
    assert_int_equal(b->end, 201);
    assert_int_equal(a->peer, 1);
    assert_int_equal(b->peer, 1);
    assert_int_equal(a->ack_max, 201);
    assert_int_equal(b->ack_max, 101);
    assert_int_equal(a->edge, 201 + 2);
    assert_int_equal(a->flags, SP_LIFE_SYN_SENT | SP_LIFE_OPENED);
    assert_true(sp_world_paired(&rig.world));
}

static void what_is_sent_from_closed_belongs_to_no_incarnation(void **state)
{
    (void)state;
    struct rig rig;
    rig_begin(&rig, "");
    rig_do(&rig, "A open active; deliver 1");
    assert_int_equal(rig.world.channel.packet[0].from, SP_B);
    assert_int_equal(rig.world.channel.packet[0].life, 0);
    rig_do(&rig, "B open passive; B inject ACK seq=1 ack=1");
    assert_int_equal(rig.world.channel.packet[0].life, 0);
    assert_int_equal(rig.world.channel.packet[1].life, 0);
    rig_do(&rig, "deliver 2");
    assert_int_equal(rig_life(&rig, SP_A)->ended, SP_END_RESET);
    assert_true((rig_life(&rig, SP_A)->flags & SP_LIFE_TOLD_ERROR) != 0);
}

static void text_and_fins_are_counted(void **state)
{
    (void)state;
    struct rig rig;
    rig_connect(&rig, "");
    rig_do(&rig, "A send 1; deliver 4");
    const struct sp_life *b = rig_life(&rig, SP_B);
    assert_int_equal(b->received, 1);
    assert_int_equal(b->delivered, 1);
    assert_int_equal(b->ack_max, 102);
    rig_do(&rig, "A close; deliver 6");
    const struct sp_life *a = rig_life(&rig, SP_A);
    assert_int_equal(a->flags,
                     SP_LIFE_SYN_SENT | SP_LIFE_OPENED | SP_LIFE_CLOSE | SP_LIFE_FIN_SENT);
    assert_int_equal(a->end, 103);
    b = rig_life(&rig, SP_B);
    assert_int_equal(b->received, 1);
    assert_int_equal(b->ack_max, 103);
    assert_true((b->flags & SP_LIFE_FIN_RECEIVED) != 0);
    assert_true((b->flags & SP_LIFE_TOLD_EOF) != 0);
}

static void a_graceful_close_ends_both_lives_gracefully(void **state)
{
    (void)state;
    struct rig rig;
    to_time_wait(&rig, "");
    assert_true((rig_life(&rig, SP_A)->flags & SP_LIFE_TIME_WAIT) != 0);
    assert_int_equal(rig_life(&rig, SP_A)->ended, SP_END_LIVING);
    rig_do(&rig, "deliver 7");
    assert_int_equal(rig_life(&rig, SP_B)->ended, SP_END_GRACEFUL);
    assert_true((rig_life(&rig, SP_B)->flags & SP_LIFE_TIME_WAIT) == 0);
    rig_do(&rig, "A timer time-wait");
    assert_int_equal(rig_life(&rig, SP_A)->ended, SP_END_GRACEFUL);
}

static void other_ends_have_their_names(void **state)
{
    (void)state;
    struct rig rig;
    rig_begin(&rig, "");
    rig_do(&rig, "A open active; A close");
    assert_int_equal(rig_life(&rig, SP_A)->ended, SP_END_CLOSED);
    rig_connect(&rig, "");
    rig_do(&rig, "A inject RST seq=rcv.nxt");
    assert_int_equal(rig_life(&rig, SP_A)->ended, SP_END_RESET);
    to_time_wait(&rig, "policy.tw_rst = accept");
    rig_do(&rig, "A inject RST seq=rcv.nxt");
    assert_int_equal(rig_life(&rig, SP_A)->ended, SP_END_ASSASSINATED);
    rig_connect(&rig, "policy = rfc793");
    rig_do(&rig, "A inject SYN seq=rcv.nxt");
    assert_int_equal(rig_life(&rig, SP_A)->ended, SP_END_RESET);
    rig_connect(&rig, "policy.reset_state = time-wait");
    rig_do(&rig, "A abort");
    assert_int_equal(rig_state(&rig, SP_A), SP_TIME_WAIT);
    assert_int_equal(rig_life(&rig, SP_A)->ended, SP_END_ABORTED);
    rig_do(&rig, "A timer time-wait");
    assert_int_equal(rig_life(&rig, SP_A)->ended, SP_END_ABORTED);
}

/* MAY-1: CLOSE with unread text resets; text after such a CLOSE resets. */
static void a_half_duplex_close_is_an_abort(void **state)
{
    (void)state;
    struct rig rig;
    rig_connect(&rig, "policy.close_unread = rst; B.read = off");
    rig_do(&rig, "A send 1; deliver 4; B close");
    assert_int_equal(rig_life(&rig, SP_B)->ended, SP_END_ABORTED);
    rig_connect(&rig, "policy.close_unread = rst; B.read = off");
    rig_do(&rig, "B close; A send 1; deliver 5");
    assert_int_equal(rig_state(&rig, SP_B), SP_CLOSED);
    assert_int_equal(rig_life(&rig, SP_B)->ended, SP_END_ABORTED);
}

/* Both SYNs cross (MUST-10); each takes the other's. */
static void a_simultaneous_open_pairs_the_lives(void **state)
{
    (void)state;
    struct rig rig;
    rig_begin(&rig, "B.iss = 200");
    rig_do(&rig, "A open active; B open active; deliver 1; deliver 2");
    assert_int_equal(rig_state(&rig, SP_A), SP_SYN_RECEIVED);
    assert_int_equal(rig_life(&rig, SP_A)->peer, 1);
    assert_int_equal(rig_life(&rig, SP_B)->peer, 1);
    assert_true(sp_world_paired(&rig.world));
}

static void a_forged_syn_pairs_with_nobody(void **state)
{
    (void)state;
    struct rig rig;
    rig_begin(&rig, "B.iss = 200");
    rig_do(&rig, "A open active; B open passive; B inject SYN seq=100 wnd=2");
    assert_int_equal(rig_state(&rig, SP_B), SP_SYN_RECEIVED);
    assert_int_equal(rig_life(&rig, SP_B)->peer, 0);
}

/* SYN-RECEIVED after a passive OPEN, and a RST (9293 3.10.7.4 step 2): the same incarnation. */
static void a_listener_that_was_reset_is_as_before_and_keeps_its_number(void **state)
{
    (void)state;
    struct rig rig;
    rig_begin(&rig, "B.iss = 200; B.open = passive upgrade");
    rig_do(&rig, "A open active; B open passive; deliver 1; B inject RST seq=rcv.nxt");
    assert_int_equal(rig_state(&rig, SP_B), SP_LISTEN);
    const struct sp_life *b = rig_life(&rig, SP_B);
    assert_int_equal(rig.world.host[SP_B].lives, 1);
    assert_int_equal(b->ended, SP_END_LIVING);
    assert_int_equal(b->peer, 0);
    assert_false(b->ack_known || b->edge_known);
    assert_int_equal(b->end, 201);
    assert_int_equal(rig_offers(&rig, "B open active"), 1);
    rig_do(&rig, "B inject SYN seq=5 wnd=2");
    assert_int_equal(rig_sent(&rig)->seq, 200);
    assert_int_equal(rig_life(&rig, SP_B)->ack_max, 6);
}

/* SEG.SEQ = 103 is above RCV.NXT = 102: policy seq (RFC 1122) reopens. */
static void reopen_by_b(struct rig *rig, const char *settings)
{
    rig_connect(rig, "policy.tw_reopen = seq; A.opens = 2; B.opens = 2");
    rig_set(rig, settings);
    rig_do(rig, "B close; deliver 4; deliver 5; A close; deliver 6; deliver 7");
    assert_int_equal(rig_state(rig, SP_B), SP_TIME_WAIT);
    assert_int_equal(rig_state(rig, SP_A), SP_CLOSED);
    rig_do(rig, "A open active; deliver 8");
}

static void reopening_from_time_wait_begins_an_incarnation(void **state)
{
    (void)state;
    struct rig rig;
    reopen_by_b(&rig, "");
    assert_int_equal(rig_state(&rig, SP_B), SP_SYN_RECEIVED);
    assert_int_equal(rig.world.host[SP_B].lives, 2);
    assert_int_equal(rig.world.host[SP_B].life[0].ended, SP_END_GRACEFUL);
    assert_int_equal(rig_life(&rig, SP_B)->peer, 2);
    assert_int_equal(rig_life(&rig, SP_B)->iss, 203);
    assert_int_equal(rig.world.channel.packet[0].life, 2);
}

static void no_reopening_beyond_opens(void **state)
{
    (void)state;
    struct rig rig;
    reopen_by_b(&rig, "B.opens = 1");
    assert_int_equal(rig_state(&rig, SP_B), SP_TIME_WAIT);
    assert_int_equal(rig.world.host[SP_B].lives, 1);
    struct sp_policy policy = sp_world_policy(&rig.setup, SP_B, &rig.world.host[SP_B]);
    assert_int_equal(policy.tw_reopen, SP_tw_reopen_NONE);
}

/* MAY-2: the SYN proves old, and the TCB returns to TIME-WAIT. */
static void a_reopening_that_fails_is_withdrawn(void **state)
{
    (void)state;
    struct rig rig;
    reopen_by_b(&rig, "");
    rig_do(&rig, "B inject RST seq=rcv.nxt");
    assert_int_equal(rig_state(&rig, SP_B), SP_TIME_WAIT);
    assert_int_equal(rig.world.host[SP_B].lives, 1);
    assert_int_equal(rig_life(&rig, SP_B)->ended, SP_END_LIVING);
    assert_int_equal(rig.world.host[SP_B].life[1].begun, false);
    assert_int_equal(rig.world.channel.packet[0].life, 0);
}

/* Verdicts about worlds without moves */

static void a_spent_retransmission_budget_truncates(void **state)
{
    (void)state;
    struct rig rig;
    rig_begin(&rig, "A.timeouts = 0; A.close = off; B.opens = 0; losses = 1");
    rig_do(&rig, "A open active");
    assert_false(sp_world_truncated(&rig.setup, &rig.world));
    rig_set(&rig, "A.send = 0");
    rig_do(&rig, "lose 1");
    assert_true(sp_world_truncated(&rig.setup, &rig.world));
    assert_true(sp_world_owes(&rig.setup, &rig.world));
}

static void a_world_at_rest_owes_nothing_and_is_not_truncated(void **state)
{
    (void)state;
    struct rig rig;
    rig_connect(&rig, "*.send = 0; *.close = off");
    sp_move moves[SP_ACTIONS_MAX];
    assert_int_equal(sp_world_moves(&rig.setup, &rig.world, moves), 0);
    assert_false(sp_world_truncated(&rig.setup, &rig.world));
    assert_false(sp_world_owes(&rig.setup, &rig.world));
}

static void unsent_text_unacknowledged_fins_and_passing_states_are_owed(void **state)
{
    (void)state;
    struct rig rig;
    rig_connect(&rig, "");
    rig_do(&rig, "A send 1");
    assert_true(sp_world_owes(&rig.setup, &rig.world));
    rig_do(&rig, "deliver 4; deliver 5");
    assert_false(sp_world_owes(&rig.setup, &rig.world));
    rig_do(&rig, "A close; deliver 6; deliver 7");
    assert_int_equal(rig_state(&rig, SP_A), SP_FIN_WAIT_2);
    assert_false(sp_world_owes(&rig.setup, &rig.world));
    rig_do(&rig, "B close; deliver 8; deliver 9");
    assert_int_equal(rig_state(&rig, SP_A), SP_TIME_WAIT);
    assert_true(sp_world_owes(&rig.setup, &rig.world));
}

/* Crashes */

static void a_crash_takes_the_tcb_and_says_nothing(void **state)
{
    (void)state;
    struct rig rig;
    rig_connect(&rig, "");
    rig_do(&rig, "A send 1");
    const struct sp_host b = rig.world.host[SP_B];
    const struct sp_channel channel = rig.world.channel;
    rig_do(&rig, "A crash");
    static const struct sp_tcb none;
    assert_false(rig.step.acted);
    assert_memory_equal(&rig.world.host[SP_A].tcb, &none, sizeof none);
    assert_memory_equal(&rig.world.host[SP_B], &b, sizeof b);
    assert_memory_equal(&rig.world.channel, &channel, sizeof channel);
    assert_int_equal(rig.world.host[SP_A].lives, 1);
    assert_int_equal(rig_life(&rig, SP_A)->ended, SP_END_CRASHED);
    assert_int_equal(rig_life(&rig, SP_A)->written, 1);
    assert_int_equal(rig.world.host[SP_A].crashes, 1);

    rig_do(&rig, "A crash"); /* there is nothing to lose */
    assert_int_equal(rig.world.host[SP_A].crashes, 1);
    assert_int_equal(rig_life(&rig, SP_A)->ended, SP_END_CRASHED);
}

/* An ABORT under 3.5.2 leaves a TCB in TIME-WAIT whose incarnation has ended already. */
static void a_crash_after_the_end_is_not_the_end(void **state)
{
    (void)state;
    struct rig rig;
    rig_connect(&rig, "policy.reset_state = time-wait");
    rig_do(&rig, "A abort; A crash");
    assert_int_equal(rig_state(&rig, SP_A), SP_CLOSED);
    assert_int_equal(rig_life(&rig, SP_A)->ended, SP_END_ABORTED);
}

static void key_patient_lets_timers_fire_without_counting(void **state)
{
    (void)state;
    struct rig rig;
    rig_begin(&rig, "patient = on; *.timeouts = 0; flight = 8");
    rig_do(&rig, "A open active; A timer retransmission; A timer retransmission");
    assert_int_equal(rig.world.host[SP_A].timeouts, 0);
    assert_int_equal(rig_offers(&rig, "A timer retransmission"), 1);
    rig_set(&rig, "patient = off");
    assert_int_equal(rig_offers(&rig, "A timer retransmission"), 0);
}

static void key_crashes_is_a_budget(void **state)
{
    (void)state;
    struct rig rig;
    rig_begin(&rig, "A.crashes = 1; *.opens = 2; A.open = passive");
    assert_int_equal(rig_offers(&rig, "A crash"), 0);
    rig_do(&rig, "A open passive");
    assert_int_equal(rig_offers(&rig, "A crash"), 1);
    assert_int_equal(rig_offers(&rig, "B crash"), 0);
    rig_do(&rig, "A crash; A open passive");
    assert_int_equal(rig_state(&rig, SP_A), SP_LISTEN);
    assert_int_equal(rig_offers(&rig, "A crash"), 0);
}

/* RFC 9293 3.4.3: no number is used while a segment that has forgotten ones is left. */
static void key_quiet_keeps_a_crashed_host_from_opening(void **state)
{
    (void)state;
    struct rig rig;
    rig_connect(&rig, "A.opens = 2; A.reopen = above");
    rig_do(&rig, "A send 1; A crash");
    /* its octet had number 101: 100000 above 102 */
    assert_int_equal(rig_offers(&rig, "A open active iss=100102"), 0);
    rig_set(&rig, "quiet = off");
    assert_int_equal(rig_offers(&rig, "A open active iss=100102"), 1);
    rig_set(&rig, "quiet = on");
    rig_do(&rig, "deliver 4"); /* B's ACK is on its way, but no number of A's */
    assert_int_equal(rig.world.channel.count, 1);
    assert_int_equal(rig_offers(&rig, "A open active iss=100102"), 1);
}

/* A reset of no incarnation has the numbers of what it answers. */
static void quiet_time_waits_for_resets_from_a_closed_port(void **state)
{
    (void)state;
    struct rig rig;
    rig_begin(&rig, "A.opens = 2; A.reopen = above");
    rig_do(&rig, "A open active; A crash; deliver 1");
    assert_int_equal(rig.world.channel.count, 1);
    assert_int_equal(rig_offers(&rig, "A open active iss=100101"), 0);
    rig_do(&rig, "deliver 2");
    assert_int_equal(rig_offers(&rig, "A open active iss=100101"), 1);
}

static void who_did_not_crash_need_not_keep_quiet(void **state)
{
    (void)state;
    struct rig rig;
    rig_begin(&rig, "A.opens = 2; A.reopen = above");
    rig_do(&rig, "A open active; A close");
    assert_int_equal(rig_offers(&rig, "A open active iss=100101"), 1);
}

/* An attacker */

/* What is offered to B, ESTABLISHED, for each word. B: RCV.NXT = 101 with a window of 2, SND.NXT =
 * 201, MAX.SND.WND = 2. */
static void key_forge_names_what_is_forged(void **state)
{
    (void)state;
    static const char *const words[][2] = {
        {"rst-exact", "B inject RST seq=rcv.nxt+0 wnd=0"},
        {"rst-inside", "B inject RST seq=rcv.nxt+1 wnd=0"},
        {"rst-outside", "B inject RST seq=rcv.nxt+2 wnd=0"},
        {"syn-inside", "B inject SYN seq=rcv.nxt+0 wnd=1"},
        {"syn-outside", "B inject SYN seq=rcv.nxt+2 wnd=1"},
        {"data-old-ack", "B inject ACK seq=rcv.nxt+0 ack=snd.una-3 wnd=1 len=1"},
        {"fin-old-ack", "B inject FIN,ACK seq=rcv.nxt+0 ack=snd.una-3 wnd=1"},
        {"ack-beyond", "B inject ACK seq=rcv.nxt+0 ack=snd.nxt+1 wnd=1"},
        {"fin-beyond", "B inject FIN,ACK seq=rcv.nxt+0 ack=snd.nxt+1 wnd=1"},
        {"fin-without-ack", "B inject FIN seq=rcv.nxt+0 wnd=1"},
        {"ack-again", "B inject ACK seq=rcv.nxt+0 ack=snd.una+0 wnd=1"},
        {"data-long", "B inject ACK seq=rcv.nxt+0 ack=snd.una+0 wnd=1 len=3"},
    };
    struct rig rig;
    rig_connect(&rig, "forgeries = 1; A.forge = none");
    sp_move moves[SP_ACTIONS_MAX];
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        char setting[40];
        rig_set(&rig, "B.forge = none");
        const uint32_t others = sp_world_moves(&rig.setup, &rig.world, moves);
        snprintf(setting, sizeof setting, "B.forge = %s", words[i][0]);
        rig_set(&rig, setting);
        assert_int_equal(sp_world_moves(&rig.setup, &rig.world, moves), others + 1);
        assert_int_equal(rig_offers(&rig, words[i][1]), 1);
    }
}

static void key_forgeries_is_a_budget_of_the_world(void **state)
{
    (void)state;
    struct rig rig;
    rig_connect(&rig, "forgeries = 2; *.forge = rst-outside");
    rig_do(&rig, "B inject RST seq=rcv.nxt+2");
    assert_int_equal(rig.world.forged, 1);
    assert_int_equal(rig_offers(&rig, "A inject RST seq=rcv.nxt+2 wnd=0"), 1);
    assert_int_equal(rig_offers(&rig, "B inject RST seq=rcv.nxt+2 wnd=0"), 1);
    rig_do(&rig, "A inject RST seq=rcv.nxt+2");
    assert_int_equal(rig.world.forged, 2);
    assert_int_equal(rig_offers(&rig, "A inject RST seq=rcv.nxt+2 wnd=0"), 0);
    assert_int_equal(rig_offers(&rig, "B inject RST seq=rcv.nxt+2 wnd=0"), 0);
}

/* Before a SYN was taken RCV.NXT has no value; a closed window has no inside, and right behind it
 * is RCV.NXT itself. */
static void nothing_is_forged_that_is_not_what_it_says(void **state)
{
    (void)state;
    static const char *const all =
        "*.forge = rst-exact rst-inside rst-outside syn-inside syn-outside data-old-ack "
        "fin-old-ack ack-beyond fin-beyond fin-without-ack ack-again data-long";
    struct rig rig;
    sp_move moves[SP_ACTIONS_MAX];
    rig_begin(&rig, "A.window = 0; B.window = 1; flight = 8");
    rig_do(&rig, "B open passive; A open active");
    const uint32_t others = sp_world_moves(&rig.setup, &rig.world, moves);
    rig_set(&rig, "forgeries = 1");
    rig_set(&rig, all);
    assert_int_equal(sp_world_moves(&rig.setup, &rig.world, moves), others);

    rig_do(&rig, "deliver 1; deliver 2; deliver 3");
    assert_int_equal(rig_state(&rig, SP_A), SP_ESTABLISHED);
    assert_int_equal(rig_offers(&rig, "A inject RST seq=rcv.nxt+0 wnd=0"), 1);
    assert_int_equal(rig_offers(&rig, "A inject SYN seq=rcv.nxt+0 wnd=1"), 1); /* outside */
    assert_int_equal(rig_offers(&rig, "A inject ACK seq=rcv.nxt+0 ack=snd.una-2 wnd=1 len=1"), 0);
    assert_int_equal(rig_offers(&rig, "A inject FIN,ACK seq=rcv.nxt+0 ack=snd.una-2 wnd=1"), 0);
    assert_int_equal(rig_offers(&rig, "A inject FIN,ACK seq=rcv.nxt+0 ack=snd.nxt+1 wnd=1"), 0);
    assert_int_equal(rig_offers(&rig, "A inject FIN seq=rcv.nxt+0 wnd=1"), 0);
    assert_int_equal(rig_offers(&rig, "A inject ACK seq=rcv.nxt+0 ack=snd.una+0 wnd=1 len=1"), 0);
    assert_int_equal(rig_offers(&rig, "B inject RST seq=rcv.nxt+0 wnd=0"), 1); /* not inside */
    assert_int_equal(rig_offers(&rig, "B inject RST seq=rcv.nxt+1 wnd=0"), 1); /* outside */
    assert_int_equal(rig_offers(&rig, "B inject SYN seq=rcv.nxt+0 wnd=1"), 1);
    assert_int_equal(rig_offers(&rig, "B inject SYN seq=rcv.nxt+1 wnd=1"), 1);
}

static void crashes_and_forgeries_come_after_the_network(void **state)
{
    (void)state;
    struct rig rig;
    rig_connect(&rig, "*.crashes = 1; forgeries = 1; B.forge = rst-exact syn-outside; ticks = 1; "
                      "timestamps = on; *.close = off; *.send = 0");
    static const uint8_t kinds[] = {SP_ACTION_TICK,   SP_ACTION_CRASH,  SP_ACTION_CRASH,
                                    SP_ACTION_INJECT, SP_ACTION_INJECT, SP_ACTION_INJECT};
    static const uint8_t hosts[] = {SP_A, SP_A, SP_B, SP_A, SP_B, SP_B};
    sp_move moves[SP_ACTIONS_MAX];
    assert_int_equal(sp_world_moves(&rig.setup, &rig.world, moves), sizeof kinds);
    for (unsigned i = 0; i < sizeof kinds; i++) {
        struct sp_action action;
        sp_world_action(&rig.setup, &rig.world, moves[i], &action);
        assert_int_equal(action.kind, kinds[i]);
        assert_int_equal(action.host, hosts[i]);
    }
}

/* A counterexample becomes a script: the action of a move does what the move does. */
static void a_move_and_its_action_are_the_same_step(void **state)
{
    (void)state;
    struct rig rig;
    uint64_t seed = 5961;
    rig_begin(&rig, "*.open = passive active; *.opens = 2; *.reopen = inside above; "
                    "*.crashes = 2; quiet = off; forgeries = 3; *.timeouts = 2; *.forge = "
                    "rst-exact rst-inside rst-outside syn-inside syn-outside data-old-ack "
                    "fin-old-ack ack-beyond");
    unsigned forged = 0, crashed = 0;
    for (unsigned steps = 0; steps < 30000; steps++) {
        sp_move moves[SP_ACTIONS_MAX];
        const uint32_t count = sp_world_moves(&rig.setup, &rig.world, moves);
        if (count == 0 || steps % 60 == 0) {
            sp_world_init(&rig.setup, 0, true, &rig.world);
            continue;
        }
        const sp_move move = moves[rig_random(&seed) % count];
        struct sp_world other = rig.world;
        struct sp_action action;
        struct sp_step step;
        sp_world_action(&rig.setup, &rig.world, move, &action);
        assert_true(sp_world_act(&rig.setup, &other, &action, &step));
        sp_world_move(&rig.setup, &rig.world, move, &rig.step);
        assert_memory_equal(&other, &rig.world, sizeof other);
        assert_int_equal(step.forged, rig.step.forged);
        forged += action.kind == SP_ACTION_INJECT;
        crashed += action.kind == SP_ACTION_CRASH;
    }
    assert_true(forged > 500 && crashed > 500);
}

/* RFC 1337: without 2MSL a segment of the first connection meets the second. */
static void msl_off_lets_old_segments_meet_the_next_connection(void **state)
{
    (void)state;
    struct rig rig;
    rig_connect(&rig, "*.opens = 2; B.send = 1; msl = off; flight = 4; B.reopen = same");
    rig_do(&rig, "B send 1; duplicate 4; deliver 5"); /* the octet: one copy stays */
    rig_do(&rig, "A close; deliver 6; deliver 7");    /* FIN-WAIT-2 */
    rig_do(&rig, "B close; deliver 8");               /* TIME-WAIT */
    assert_int_equal(rig_offers(&rig, "A timer time-wait"), 1);
    rig_do(&rig, "A timer time-wait; deliver 9; A open active; B open passive");
    rig_do(&rig, "deliver 10; deliver 11; deliver 12; deliver 4");
    assert_int_equal(rig_state(&rig, SP_A), SP_ESTABLISHED);
    assert_int_equal(rig_life(&rig, SP_A)->peer, 2);
    assert_int_equal(rig.step.event_life, 1);
    assert_int_equal(rig.step.output.delivered, 1); /* H1 */
    assert_int_equal(rig_life(&rig, SP_B)->written, 0);
}

/* Every row is a key of bounds.def and the test above that shows its effect. */
static const char *const keys_tested[] = {
    "flight",        "losses",        "duplicates", "reorder",    "sorted",
    "msl",           "quiet",         "forgeries",  "mss",        "r2",
    "ticks",         "timestamps",    "sack",       "scale",      "symmetry" /* test_canon.c */,
    "*.open",        "*.opens",       "*.iss",      "*.reopen",   "*.send",
    "*.write",       "*.urgent",      "*.read",     "*.window",   "patient",
    "*.close",       "*.early_close", "*.aborts",   "*.timeouts", "*.user_timeouts",
    "*.keep_alives", "*.crashes",     "*.forge",
};

static void no_key_is_without_a_test(void **state)
{
    (void)state;
    const size_t tested = sizeof keys_tested / sizeof keys_tested[0];
    size_t count = 0;
    for (; sp_bound_info(count) != NULL; count++) {
        size_t i = 0;
        while (i < tested && strcmp(keys_tested[i], sp_bound_info(count)->key) != 0) {
            i++;
        }
        if (i == tested) {
            fail_msg("%s has no test", sp_bound_info(count)->key);
        }
    }
    assert_int_equal(count, tested);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(key_flight_loses_what_finds_the_network_full),
        cmocka_unit_test(key_losses_is_a_budget),
        cmocka_unit_test(key_duplicates_is_a_budget_and_the_copy_stays),
        cmocka_unit_test(key_reorder_off_offers_only_the_oldest_of_each_direction),
        cmocka_unit_test(key_reorder_on_offers_every_packet),
        cmocka_unit_test(key_sorted_off_keeps_the_order_of_sending_and_offers_every_packet),
        cmocka_unit_test(key_msl_keeps_time_wait_while_its_segments_fly),
        cmocka_unit_test(msl_lets_a_new_incarnation_of_the_peer_fly),
        cmocka_unit_test(msl_counts_what_was_sent_without_a_tcb),
        cmocka_unit_test(key_mss_is_announced_and_limits_text),
        cmocka_unit_test(key_r2_gives_up),
        cmocka_unit_test(key_ticks_advance_the_timestamp_clock),
        cmocka_unit_test(key_timestamps_sack_and_scale_are_offered_on_the_syn),
        cmocka_unit_test(key_open_says_how),
        cmocka_unit_test(key_opens_counts_incarnations_the_listener_too),
        cmocka_unit_test(key_iss_gives_one_initial_world_for_each_combination),
        cmocka_unit_test(key_reopen_places_the_next_incarnation),
        cmocka_unit_test(a_later_listener_takes_the_first_word),
        cmocka_unit_test(key_send_and_write_bound_the_text),
        cmocka_unit_test(key_urgent_makes_sends_urgent),
        cmocka_unit_test(key_read_off_leaves_the_text_to_receive_calls),
        cmocka_unit_test(a_reader_calls_until_it_is_told_of_the_end),
        cmocka_unit_test(key_window_is_the_receive_buffer),
        cmocka_unit_test(key_close_admits_close_until_it_was_called),
        cmocka_unit_test(key_early_close_off_waits_until_all_is_written),
        cmocka_unit_test(key_aborts_is_a_budget),
        cmocka_unit_test(key_timeouts_is_a_budget_of_retransmission_and_persist),
        cmocka_unit_test(key_user_timeouts_is_a_budget),
        cmocka_unit_test(key_keep_alives_asks_for_the_timer_and_bounds_it),
        cmocka_unit_test(equal_packets_give_one_set_of_moves),
        cmocka_unit_test(a_segment_that_is_not_in_flight_cannot_arrive),
        cmocka_unit_test(moves_come_in_their_fixed_order),
        cmocka_unit_test(an_injected_segment_is_resolved_and_the_world_is_forged),
        cmocka_unit_test(a_vanished_segment_is_resolved_for_its_sender_and_acts_on_nobody),
        cmocka_unit_test(a_real_segment_replaces_the_one_it_stands_for),
        cmocka_unit_test(no_incarnation_begins_beyond_those_that_can_be_remembered),
        cmocka_unit_test(a_handshake_is_noted_at_both_ends),
        cmocka_unit_test(what_is_sent_from_closed_belongs_to_no_incarnation),
        cmocka_unit_test(text_and_fins_are_counted),
        cmocka_unit_test(a_graceful_close_ends_both_lives_gracefully),
        cmocka_unit_test(other_ends_have_their_names),
        cmocka_unit_test(a_half_duplex_close_is_an_abort),
        cmocka_unit_test(a_simultaneous_open_pairs_the_lives),
        cmocka_unit_test(a_forged_syn_pairs_with_nobody),
        cmocka_unit_test(a_listener_that_was_reset_is_as_before_and_keeps_its_number),
        cmocka_unit_test(reopening_from_time_wait_begins_an_incarnation),
        cmocka_unit_test(no_reopening_beyond_opens),
        cmocka_unit_test(a_reopening_that_fails_is_withdrawn),
        cmocka_unit_test(a_spent_retransmission_budget_truncates),
        cmocka_unit_test(a_world_at_rest_owes_nothing_and_is_not_truncated),
        cmocka_unit_test(unsent_text_unacknowledged_fins_and_passing_states_are_owed),
        cmocka_unit_test(a_crash_takes_the_tcb_and_says_nothing),
        cmocka_unit_test(a_crash_after_the_end_is_not_the_end),
        cmocka_unit_test(key_patient_lets_timers_fire_without_counting),
        cmocka_unit_test(key_crashes_is_a_budget),
        cmocka_unit_test(key_quiet_keeps_a_crashed_host_from_opening),
        cmocka_unit_test(quiet_time_waits_for_resets_from_a_closed_port),
        cmocka_unit_test(who_did_not_crash_need_not_keep_quiet),
        cmocka_unit_test(key_forge_names_what_is_forged),
        cmocka_unit_test(key_forgeries_is_a_budget_of_the_world),
        cmocka_unit_test(nothing_is_forged_that_is_not_what_it_says),
        cmocka_unit_test(crashes_and_forgeries_come_after_the_network),
        cmocka_unit_test(a_move_and_its_action_are_the_same_step),
        cmocka_unit_test(msl_off_lets_old_segments_meet_the_next_connection),
        cmocka_unit_test(no_key_is_without_a_test),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
