/*
 * Which promises are pending where: for each row of liveness.def a world in which what it speaks of
 * has begun and has not come about, and one in which it has. And what a fair run owes.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "oracle/oracle.h"
#include "rig.h"

#define BIT(name) (1ull << SP_PROPERTY_##name)

static uint64_t asked; /* promises that were seen pending, and seen not */
static uint64_t denied;

static void begin(struct rig *rig, const char *settings)
{
    rig_begin(rig, "patient = on; B.open = passive active; flight = 8");
    rig_set(rig, settings);
}

static void pends(const struct rig *rig, uint64_t bit)
{
    asked |= bit;
    assert_true((sp_oracle_pending(&rig->setup, &rig->world) & bit) != 0);
}

static void settled(const struct rig *rig, uint64_t bit)
{
    denied |= bit;
    assert_true((sp_oracle_pending(&rig->setup, &rig->world) & bit) == 0);
}

/* Segments 1 to 3 are the handshake of A with a listener. */
static void connect(struct rig *rig, const char *settings)
{
    begin(rig, settings);
    rig_do(rig, "B open passive; A open active; deliver 1; deliver 2; deliver 3");
}

static void an_active_open_meets_a_passive_one(void **state)
{
    (void)state;
    struct rig rig;
    begin(&rig, "*.send = 1");
    settled(&rig, BIT(active_meets_passive));
    rig_do(&rig, "B open passive; A open active");
    pends(&rig, BIT(active_meets_passive));
    rig_do(&rig, "deliver 1; deliver 2");
    pends(&rig, BIT(active_meets_passive)); /* A is ESTABLISHED, B in SYN-RECEIVED */
    pends(&rig, BIT(syn_received_is_left));
    rig_do(&rig, "deliver 3");
    settled(&rig, BIT(active_meets_passive));
    settled(&rig, BIT(syn_received_is_left));
}

static void two_active_opens_meet(void **state)
{
    (void)state;
    struct rig rig;
    begin(&rig, "*.send = 1");
    rig_do(&rig, "A open active");
    settled(&rig, BIT(simultaneous_open_completes));
    rig_do(&rig, "B open active");
    pends(&rig, BIT(simultaneous_open_completes));
    rig_do(&rig, "A close");
    settled(&rig, BIT(simultaneous_open_completes));
}

static void text_that_was_written_is_owed_until_it_is_read(void **state)
{
    (void)state;
    struct rig rig;
    connect(&rig, "*.send = 1");
    settled(&rig, BIT(text_is_delivered));
    rig_do(&rig, "A send 1");
    pends(&rig, BIT(text_is_delivered));
    rig_do(&rig, "deliver 4");
    settled(&rig, BIT(text_is_delivered));
}

static void a_close_is_owed_its_end(void **state)
{
    (void)state;
    struct rig rig;
    connect(&rig, "*.send = 1");
    rig_do(&rig, "A close");
    pends(&rig, BIT(closing_is_left));
    settled(&rig, BIT(both_closed_ends)); /* B has not closed */
    rig_do(&rig, "deliver 4; deliver 5");
    settled(&rig, BIT(closing_is_left)); /* FIN-WAIT-2 waits for B's user */
    rig_do(&rig, "B close");
    pends(&rig, BIT(both_closed_ends));
    pends(&rig, BIT(half_close_delivers)); /* the FIN from CLOSE-WAIT */
    settled(&rig, BIT(time_wait_ends));
    rig_do(&rig, "deliver 6");
    pends(&rig, BIT(time_wait_ends));
    settled(&rig, BIT(half_close_delivers));
    pends(&rig, BIT(clean_end_in_reach));
    rig_do(&rig, "deliver 7; A timer time-wait");
    settled(&rig, BIT(time_wait_ends));
    settled(&rig, BIT(both_closed_ends));
    settled(&rig, BIT(clean_end_in_reach));
}

static void an_end_whose_peer_is_gone_finds_out(void **state)
{
    (void)state;
    struct rig rig;
    connect(&rig, "*.send = 1; B.crashes = 1");
    settled(&rig, BIT(half_open_is_found));
    rig_do(&rig, "B crash");
    settled(&rig, BIT(half_open_is_found)); /* A has nothing to say, and may stay */
    rig_do(&rig, "A send 1");
    pends(&rig, BIT(half_open_is_found));
}

static void a_storm_may_begin_anywhere_but_not_with_a_forged_segment(void **state)
{
    (void)state;
    struct rig rig;
    begin(&rig, "*.send = 1");
    pends(&rig, BIT(silence_at_last));
    rig.world.forged = 1;
    settled(&rig, BIT(silence_at_last)); /* assumption N */
}

static void a_budget_that_is_used_up_excuses(void **state)
{
    (void)state;
    struct rig rig;
    connect(&rig, "*.send = 1; *.timeouts = 0; patient = off");
    rig_do(&rig, "A send 1");
    settled(&rig, BIT(text_is_delivered));
    rig_set(&rig, "patient = on");
    pends(&rig, BIT(text_is_delivered));
}

/* What is owed to the only move that is this action. */
static struct sp_owed owed(const struct rig *rig, enum sp_action_kind kind, unsigned host)
{
    sp_move moves[SP_ACTIONS_MAX];
    uint32_t count = sp_world_moves(&rig->setup, &rig->world, moves);
    for (uint32_t i = 0; i < count; i++) {
        if (sp_move_kind(moves[i]) == kind && sp_move_host(moves[i]) == host) {
            return sp_oracle_owed(&rig->setup, &rig->world, moves[i]);
        }
    }
    fail_msg("no such move");
    return (struct sp_owed){0};
}

static void deliveries_and_timers_are_owed_and_losses_are_not(void **state)
{
    (void)state;
    struct rig rig;
    connect(&rig, "*.send = 1; losses = 1; duplicates = 1");
    rig_do(&rig, "A send 1");
    assert_true(owed(&rig, SP_ACTION_DELIVER, SP_B).name != 0);
    assert_true(owed(&rig, SP_ACTION_DELIVER, SP_B).quiet);
    assert_true(owed(&rig, SP_ACTION_TIMER, SP_A).name != 0);
    assert_false(owed(&rig, SP_ACTION_TIMER, SP_A).quiet);
    assert_true(owed(&rig, SP_ACTION_LOSE, SP_B).name == 0);
    assert_true(owed(&rig, SP_ACTION_DUPLICATE, SP_B).name == 0);
    assert_true(owed(&rig, SP_ACTION_CALL, SP_A).name == 0); /* nobody has to CLOSE */
}

/* A network that is full whenever the timer fires would lose all that TCP relies on. */
static void a_timer_that_finds_room_is_owed_strongly(void **state)
{
    (void)state;
    struct rig rig;
    connect(&rig, "*.send = 1; flight = 2");
    rig_do(&rig, "A send 1");
    const struct sp_owed with_room = owed(&rig, SP_ACTION_TIMER, SP_A);
    rig_do(&rig, "B send 1");
    const struct sp_owed without = owed(&rig, SP_ACTION_TIMER, SP_A);
    assert_true(with_room.strong);
    assert_true(without.name != 0);
    assert_true(without.name != with_room.name);
    assert_false(without.strong);
    assert_false(owed(&rig, SP_ACTION_DELIVER, SP_B).strong);
}

/* The same segment again has the same name, another one has not. */
static void a_packet_is_known_by_what_it_carries(void **state)
{
    (void)state;
    struct rig rig;
    connect(&rig, "*.send = 2");
    rig_do(&rig, "A send 1");
    uint64_t first = owed(&rig, SP_ACTION_DELIVER, SP_B).name;
    rig_do(&rig, "lose 4; A timer retransmission");
    assert_true(owed(&rig, SP_ACTION_DELIVER, SP_B).name == first);
    rig_do(&rig, "deliver 5; deliver 6; A send 1");
    assert_true(owed(&rig, SP_ACTION_DELIVER, SP_B).name != first);
}

static void every_promise_was_seen_pending_and_settled(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SP_PROPERTY_COUNT; i++) {
        if (sp_oracle_promise((enum sp_property)i) != SP_PROMISE_NONE) {
            assert_true((asked >> i & 1) != 0 && (denied >> i & 1) != 0);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_active_open_meets_a_passive_one),
        cmocka_unit_test(two_active_opens_meet),
        cmocka_unit_test(text_that_was_written_is_owed_until_it_is_read),
        cmocka_unit_test(a_close_is_owed_its_end),
        cmocka_unit_test(an_end_whose_peer_is_gone_finds_out),
        cmocka_unit_test(a_storm_may_begin_anywhere_but_not_with_a_forged_segment),
        cmocka_unit_test(a_budget_that_is_used_up_excuses),
        cmocka_unit_test(deliveries_and_timers_are_owed_and_losses_are_not),
        cmocka_unit_test(a_timer_that_finds_room_is_owed_strongly),
        cmocka_unit_test(a_packet_is_known_by_what_it_carries),
        cmocka_unit_test(every_promise_was_seen_pending_and_settled),
    };
    return cmocka_run_group_tests_name("promises", tests, NULL, NULL);
}
