/*
 * Is every property of the oracle one that can fail, and does the oracle say in which bounds it
 * claims it?
 *
 * The claims about single properties are in test_oracle_*.c, on steps built by hand; the last test
 * here checks that none was left out. To keep in mind: all share one process and its notes
 * (stage_held, stage_broken), so the order of the lists matters.
 */
#include "test_oracle.h"

#include <stdio.h>
#include <string.h>

#define BIT(name)      (1ull << SP_PROPERTY_##name)
#define WITNESS_(name) (1ull << SP_WITNESS_##name)

/* What the words are in the rows, beside what they are made of. */
static void assert_dashed(const char *name, const char *word)
{
    assert_int_equal(strlen(name), strlen(word));
    for (size_t i = 0; name[i] != '\0'; i++) {
        assert_int_equal(name[i] == '_' ? '-' : name[i], word[i]);
    }
}

void rows_have_words(void **state)
{
    (void)state;
#define PROPERTY(id, name, word, section, needs, sentence) assert_dashed(#name, word);
#include "oracle/properties.def"
#undef PROPERTY
#define WITNESS(name, word, possible, sentence, holds) assert_dashed(#name, word);
#include "oracle/witnesses.def"
#undef WITNESS
    assert_string_equal(sp_property_info(SP_PROPERTY_isn_agreement)->id, "S5");
    assert_string_equal(sp_witness_info(SP_WITNESS_both_established)->name, "both-established");
}

void rows_are_found_by_id_and_word(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SP_PROPERTY_COUNT; i++) {
        const struct sp_property_info *info = sp_property_info((enum sp_property)i);
        assert_int_equal(sp_property_find(info->id), i);
        assert_int_equal(sp_property_find(info->name), i);
    }
    assert_int_equal(sp_property_find("S99"), SP_PROPERTY_COUNT);
    assert_int_equal(sp_property_find(""), SP_PROPERTY_COUNT);
    /* The three that gave the project its name stand first. */
    assert_int_equal(sp_property_find("S5"), 0);
    assert_int_equal(sp_property_find("S38"), 1);
    assert_int_equal(sp_property_find("S45"), 2);
}

void assumptions_have_sentences(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SP_PROPERTY_COUNT; i++) {
        const char *needs = sp_property_info((enum sp_property)i)->needs;
        for (size_t k = 0; needs[k] != '\0'; k++) {
            assert_true(needs[k] == ' ' || sp_assumption_text(needs[k]) != NULL);
            /* N stands first, where it is looked for. */
            assert_true(needs[k] != 'N' || k == 0);
        }
    }
    assert_null(sp_assumption_text('?'));
}

/* Judged of the graph of all worlds, not of a step: test_promises.c. */
static uint64_t promises(void)
{
    uint64_t bits = 0;
    for (unsigned i = 0; i < SP_PROPERTY_COUNT; i++) {
        bool is = sp_oracle_promise((enum sp_property)i) != SP_PROMISE_NONE;
        bits |= is ? 1ull << i : 0;
    }
    return bits;
}

void bounds_drop_assumptions(void **state)
{
    (void)state;
    struct sp_setup setup;
    sp_setup_init(&setup);
    assert_true(sp_oracle_unassumed(&setup) == 0);
    /* no timestamps, no PAWS; no attacker, no attack */
    const uint64_t off = BIT(paws) | BIT(blind_reset) | BIT(blind_syn) | BIT(blind_data);
    assert_true(sp_oracle_unjudged(&setup, SP_PROPERTIES) == (off | promises()));
    assert_true(sp_oracle_unjudged(&setup, BIT(silence_at_last)) == 0); /* it needs no timer */
    assert_true(sp_oracle_unjudged(&setup, BIT(time_wait_ends)) == BIT(time_wait_ends));
    setup.bounds.patient = true; /* then what must happen at last can */
    assert_true(sp_oracle_unjudged(&setup, SP_PROPERTIES) == off);
    setup.bounds.patient = false;

    setup.bounds.msl = false;
    assert_true((sp_oracle_unassumed(&setup) & BIT(isn_agreement)) != 0);
    assert_true((sp_oracle_unassumed(&setup) & BIT(legal_edges)) == 0);
    setup.bounds.msl = true;
    setup.bounds.r2 = 2;
    assert_true((sp_oracle_unassumed(&setup) & ~promises()) == BIT(no_data_loss_in_close_wait));
    setup.bounds.r2 = 0;

    setup.bounds.host[SP_B].opens = 2;
    setup.bounds.host[SP_B].reopen = SP_REOPEN_BELOW;
    assert_true((sp_oracle_unassumed(&setup) & BIT(joint_states)) != 0); /* I */
    setup.bounds.host[SP_B].reopen = SP_REOPEN_ABOVE;
    assert_true((sp_oracle_unassumed(&setup) & BIT(joint_states)) == 0);
    assert_true((sp_oracle_unassumed(&setup) & BIT(graceful_means_received)) != 0); /* T */
    setup.policy.tw_rst = SP_tw_rst_IGNORE;
    assert_true((sp_oracle_unassumed(&setup) & BIT(graceful_means_received)) == 0);
    setup.bounds.host[SP_B].reopen = SP_REOPEN_INSIDE;
    assert_true((sp_oracle_unassumed(&setup) & BIT(isn_agreement)) != 0); /* E */
    setup.bounds.host[SP_A].open = SP_OPEN_PASSIVE;
    assert_true((sp_oracle_unassumed(&setup) & BIT(isn_agreement)) == 0);

    sp_setup_init(&setup);
    setup.policy.receive_closing = SP_receive_closing_REFUSE;
    assert_true(sp_oracle_unassumed(&setup) == 0);
    setup.bounds.host[SP_A].read = false;
    assert_true((sp_oracle_unassumed(&setup) & ~promises()) == BIT(end_of_stream_last)); /* D */
    setup.policy.syn_check = SP_syn_check_RESET;
    assert_true((sp_oracle_unjudged(&setup, SP_PROPERTIES) & BIT(syn_changes_nothing)) != 0);
    setup.bounds.timestamps = true;
    assert_true((sp_oracle_unjudged(&setup, SP_PROPERTIES) & BIT(paws)) == 0);
}

void forged_segments_lift_what_needs_n(void **state)
{
    (void)state;
    struct stage s;
    stage_set(&s, SP_ESTABLISHED, SP_ESTABLISHED);
    stage_peer(&s)->irs = 99;
    stage_breaks(&s, isn_agreement);
    s.world.forged = true;
    stage_holds(&s, isn_agreement);
    stage_tcb(&s)->snd_una = 104;
    stage_breaks(&s, send_pointers); /* one endpoint alone must keep it */
}

void a_step_of_no_host_shows_nothing(void **state)
{
    (void)state;
    struct stage s;
    stage_set(&s, SP_ESTABLISHED, SP_ESTABLISHED);
    stage_tcb(&s)->snd_una = 104;
    s.step.acted = false;
    struct sp_findings found = sp_oracle_judge(&s.setup, &s.step, &s.world);
    assert_true(found.violated == 0 && found.witnessed == 0);
    sp_oracle_explain(&s.setup, &s.step, &s.world, SP_PROPERTY_send_pointers, &s.evidence);
    assert_string_equal(s.evidence.claim, "");
}

void signature_names_property_state_and_rule(void **state)
{
    (void)state;
    struct stage s;
    char text[96];
    stage_set(&s, SP_ESTABLISHED, SP_SYN_RECEIVED);
    s.step.output.rules = 2;
    s.step.output.rule[0] = SP_RULE_SEQ_ACCEPTABLE;
    s.step.output.rule[1] = SP_RULE_SYN_SENT_SYN_ACK;
    sp_signature(&s.step, &s.world, SP_PROPERTY_isn_agreement, text, sizeof text);
    assert_string_equal(text, "S5/ESTABLISHED/SYN_SENT_SYN_ACK");
    sp_signature(&s.step, &s.world, SP_PROPERTY_deadlock, text, sizeof text);
    assert_string_equal(text, "L0/ESTABLISHED+SYN_RECEIVED/-");
}

void deadlock_is_something_owed_for_ever(void **state)
{
    (void)state;
    struct stage s;
    stage_set(&s, SP_FIN_WAIT_1, SP_ESTABLISHED); /* a FIN unacknowledged, and no timer */
    for (unsigned i = 0; i < 2; i++) {
        s.setup.bounds.host[i].close = false;
        s.setup.bounds.host[i].send = 0;
    }
    assert_true(sp_oracle_stuck(&s.setup, &s.world) == BIT(deadlock));
    sp_oracle_explain(&s.setup, &s.step, &s.world, SP_PROPERTY_deadlock, &s.evidence);
    assert_string_equal(s.evidence.claim,
                        "something is owed and nothing can happen: A FIN-WAIT-1 (unacknowledged 1),"
                        " B ESTABLISHED (unacknowledged 0)");

    /* The timer that would send it again has used up its budget: the bounds end here. */
    stage_tcb(&s)->timers = SP_TIMER_RETRANSMISSION;
    s.world.host[SP_A].timeouts = (uint8_t)s.setup.bounds.host[SP_A].timeouts;
    assert_true(sp_oracle_stuck(&s.setup, &s.world) == 0);

    stage_set(&s, SP_CLOSED, SP_CLOSED);
    assert_true(sp_oracle_stuck(&s.setup, &s.world) == 0);
}

static uint64_t witnessed(const struct stage *s)
{
    return sp_oracle_judge(&s->setup, &s->step, &s->world).witnessed;
}

void witnesses_show_in_steps(void **state)
{
    (void)state;
    struct stage s;
    stage_set(&s, SP_SYN_RECEIVED, SP_ESTABLISHED);
    stage_arrive(&s, SP_ACK, 201, 101, 0);
    stage_move(&s, SP_ESTABLISHED);
    assert_true(witnessed(&s) == (WITNESS_(a_established) | WITNESS_(both_established)));
    stage_before(&s)->flags = 0; /* an active opener */
    assert_true((witnessed(&s) & WITNESS_(simultaneous_open)) != 0);

    s.setup.bounds.symmetry = true; /* the mirror image shows it for B */
    assert_true((witnessed(&s) & WITNESS_(b_established)) != 0);

    stage_set(&s, SP_ESTABLISHED, SP_ESTABLISHED);
    assert_true(witnessed(&s) == 0);
    stage_arrive(&s, SP_SYN, 200, 0, 0);
    stage_send(&s, SP_ACK, 103, 203, 0);
    assert_true(witnessed(&s) == (WITNESS_(duplicate_arrived) | WITNESS_(syn_challenged)));

    stage_set(&s, SP_TIME_WAIT, SP_SYN_SENT);
    stage_arrive(&s, SP_SYN, 200, 0, 0);
    assert_true((witnessed(&s) & WITNESS_(old_syn_in_time_wait)) != 0);
    stage_arrive(&s, SP_SYN, 205, 0, 0);
    assert_true((witnessed(&s) & WITNESS_(new_syn_in_time_wait)) != 0);
}

void witnesses_are_expected_where_possible(void **state)
{
    (void)state;
    struct sp_setup setup;
    sp_setup_init(&setup);
    uint64_t expected = sp_oracle_expected(&setup);
    assert_true((expected & WITNESS_(both_established)) == 0 ||
                (setup.bounds.host[SP_A].open & setup.bounds.host[SP_B].open & SP_OPEN_ACTIVE) !=
                    0);
    assert_true((expected & WITNESS_(reopened)) == 0); /* one incarnation each */

    setup.bounds.host[SP_A].open = setup.bounds.host[SP_B].open = SP_OPEN_PASSIVE;
    expected = sp_oracle_expected(&setup);
    assert_true(expected == (WITNESS_(a_listen) | WITNESS_(b_listen))); /* nobody begins */

    setup.bounds.host[SP_A].open = SP_OPEN_ACTIVE;
    expected = sp_oracle_expected(&setup);
    assert_true((expected & WITNESS_(a_listen)) == 0);
    assert_true((expected & WITNESS_(simultaneous_open)) == 0);
    assert_true((expected & WITNESS_(a_closed_first)) != 0);
    setup.bounds.host[SP_B].close = false;
    assert_true((sp_oracle_expected(&setup) & WITNESS_(a_closed_first)) == 0);
    assert_true((sp_oracle_expected(&setup) & WITNESS_(a_fin_wait_2)) != 0);

    setup.bounds.host[SP_A].iss.value[0] = 0xfffffffe; /* the first octet is the last number */
    assert_true((sp_oracle_expected(&setup) & WITNESS_(wrapped)) != 0);
}

/* A fixed generator (xorshift): the same walks in every run. */
static uint32_t draw(uint64_t *random)
{
    *random ^= *random << 13;
    *random ^= *random >> 7;
    *random ^= *random << 17;
    return (uint32_t)(*random >> 32);
}

static size_t walk(const struct sp_setup *setup, uint64_t *random)
{
    struct sp_world world;
    sp_world_init(setup, draw(random) % sp_world_initials(setup), false, &world);
    size_t steps = 0;
    for (; steps < 300; steps++) {
        sp_move moves[SP_ACTIONS_MAX];
        uint32_t count = sp_world_moves(setup, &world, moves);
        struct sp_step step;
        if (count == 0) {
            assert_true(sp_oracle_stuck(setup, &world) == 0);
            break;
        }
        sp_world_move(setup, &world, moves[draw(random) % count], &step);
        uint64_t violated = sp_oracle_judge(setup, &step, &world).violated;
        for (unsigned i = 0; i < SP_PROPERTY_COUNT; i++) {
            if ((violated >> i & 1) != 0) {
                struct sp_evidence evidence;
                sp_oracle_explain(setup, &step, &world, (enum sp_property)i, &evidence);
                fail_msg("%s: %s", sp_property_info((enum sp_property)i)->id, evidence.claim);
            }
        }
    }
    return steps;
}

/* One incarnation each and the MSL assumption: all properties are claimed, under every policy. */
void walks_break_nothing(void **state)
{
    (void)state;
    static const char *const worlds[][6] = {
        {"*.open = passive active", "losses = 2", "duplicates = 2", "flight = 4", "*.timeouts = 4"},
        {"*.open = passive active upgrade", "*.send = 5", "*.window = 3", "*.read = off",
         "*.timeouts = 6", "mss = 2"},
        {"*.open = active", "*.iss = 4294967294", "*.send = 3", "*.aborts = 1", "r2 = 2"},
        {"*.open = passive active", "timestamps = on", "ticks = 3", "scale = 3",
         "*.window = 100000", "*.keep_alives = 1"},
    };
    uint64_t random = UINT64_C(0x9e3779b97f4a7c15);
    for (size_t i = 0; i < sizeof worlds / sizeof *worlds; i++) {
        for (size_t p = 0; p < sp_policy_set_count(); p++) {
            struct sp_setup setup;
            struct sp_complaint complaint;
            sp_setup_init(&setup);
            setup.policy = sp_policy_set(p)->policy;
            for (size_t k = 0; k < 6 && worlds[i][k] != NULL; k++) {
                assert_true(sp_setup_apply(&setup, worlds[i][k], strlen(worlds[i][k]), &complaint));
            }
            for (size_t steps = 0; steps < 4000;) {
                steps += walk(&setup, &random);
            }
        }
    }
}

void every_property_was_shown_to_hold_and_to_break(void **state)
{
    (void)state;
    uint64_t all = (1ull << SP_PROPERTY_COUNT) - 1;
    uint64_t open = all & ~(stage_held() & stage_broken()) & ~BIT(deadlock) & ~promises();
    for (unsigned i = 0; i < SP_PROPERTY_COUNT; i++) {
        if ((open >> i & 1) != 0) {
            print_error("%s has no pair of steps\n", sp_property_info((enum sp_property)i)->id);
        }
    }
    assert_true(open == 0);
}

int main(void)
{
#define ENTRY(name) cmocka_unit_test(name),
    const struct CMUnitTest tests[] = {ORACLE_SEND_TESTS(ENTRY) ORACLE_RECEIVE_TESTS(ENTRY)
                                           ORACLE_PAIR_TESTS(ENTRY) ORACLE_STATE_TESTS(ENTRY)
                                               ORACLE_RESET_TESTS(ENTRY) ORACLE_FORGERY_TESTS(ENTRY)
                                                   ORACLE_VERDICT_TESTS(ENTRY)};
#undef ENTRY
    return cmocka_run_group_tests(tests, NULL, NULL);
}
