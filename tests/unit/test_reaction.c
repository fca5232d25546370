/*
 * Is the kind of a step what the step was, and does a search note every kind that a plain walk
 * through the same worlds meets, and no other?
 *
 * The kinds in the first tests are those of RFC 9293 Figures 6 and 12. The walk remembers nothing
 * but worlds: it takes every move of each by itself.
 */
#include "net/reaction.h"
#include "oracle/oracle.h"
#include "rig.h"
#include "world/intern.h"
#include "world/tcp.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

static const struct sp_reaction *kind_of(const struct rig *rig)
{
    static struct sp_reaction kind;
    memset(&kind, 0xff, sizeof kind);
    sp_reaction_of(&rig->step, &rig->world, &kind);
    return &kind;
}

/* The bit of `sent` that stands for these control bits. */
static uint16_t set_of(uint8_t bits)
{
    unsigned set = 0;
    while (sp_reaction_bits(set) != bits) {
        set++;
    }
    return (uint16_t)(1u << set);
}

static void a_syn_at_a_listener_is_answered_with_syn_ack(void **state)
{
    (void)state;
    struct rig rig;
    rig_begin(&rig, "B.open = passive");
    rig_do(&rig, "B open passive; A open active; deliver 1");
    const struct sp_reaction *kind = kind_of(&rig);
    assert_int_equal(kind->before, SP_LISTEN);
    assert_int_equal(kind->event, SP_EVENT_SEGMENT);
    assert_int_equal(kind->after, SP_SYN_RECEIVED);
    assert_int_equal(kind->bits, SP_SYN);
    assert_int_equal(kind->sent, set_of(SP_SYN | SP_ACK));
    assert_int_equal(kind->rules, 1);
    assert_int_equal(kind->rule[0], SP_RULE_LISTEN_SYN);
    for (unsigned i = 1; i < SP_RULES_MAX; i++) {
        assert_int_equal(kind->rule[i], 0);
    }
}

static void a_close_has_no_control_bits_and_sends_a_fin(void **state)
{
    (void)state;
    struct rig rig;
    rig_connect(&rig, "");
    rig_do(&rig, "A close");
    const struct sp_reaction *kind = kind_of(&rig);
    assert_int_equal(kind->before, SP_ESTABLISHED);
    assert_int_equal(kind->event, SP_EVENT_CLOSE);
    assert_int_equal(kind->after, SP_FIN_WAIT_1);
    assert_int_equal(kind->bits, 0);
    assert_int_equal(kind->sent, set_of(SP_FIN | SP_ACK));
}

/* Text, pointers, windows: numbers, and no other kind. */
static void steps_that_differ_in_numbers_are_of_one_kind(void **state)
{
    (void)state;
    struct rig one;
    struct rig other;
    rig_connect(&one, "A.iss = 7; *.window = 100; mss = 50");
    rig_do(&one, "A send 3");
    const struct sp_reaction kind = *kind_of(&one);
    rig_connect(&other, "A.iss = 4294967290; *.window = 90; mss = 40");
    rig_do(&other, "A send 20");
    assert_memory_equal(&kind, kind_of(&other), sizeof kind);
}

/* Every world within the bounds, by number, and every kind of step between them. */
struct walk {
    struct sp_setup setup;
    struct sp_intern worlds;
    struct sp_intern kinds;
};

static void visit(struct walk *walk, const struct sp_world *world)
{
    uint8_t code[SP_CODE_MAX];
    const size_t size = sp_world_encode(&walk->setup, world, code);
    assert_int_not_equal(sp_intern(&walk->worlds, code, size, NULL, NULL), SP_INTERN_NONE);
}

static void expand(struct walk *walk, uint32_t number)
{
    struct sp_world world;
    sp_move moves[SP_ACTIONS_MAX];
    const struct sp_entry *entry = sp_intern_at(&walk->worlds, number);
    memset(&world, 0, sizeof world);
    sp_world_decode(&walk->setup, entry->code, entry->size, &world);
    const uint32_t count = sp_world_moves(&walk->setup, &world, moves);
    for (uint32_t i = 0; i < count; i++) {
        struct sp_world next = world;
        struct sp_step step;
        struct sp_reaction kind;
        sp_world_move(&walk->setup, &next, moves[i], &step);
        if (step.acted) {
            sp_reaction_of(&step, &next, &kind);
            sp_intern(&walk->kinds, (const uint8_t *)&kind, sizeof kind, NULL, NULL);
        }
        visit(walk, &next);
    }
}

static void walk_all(struct walk *walk)
{
    struct sp_world world;
    for (uint32_t i = 0; i < sp_world_initials(&walk->setup); i++) {
        sp_world_init(&walk->setup, i, false, &world);
        visit(walk, &world);
    }
    for (uint32_t i = 0; i < walk->worlds.count; i++) {
        expand(walk, i);
    }
}

/* The search's kinds, each of which the walk must have met. */
static void compare(struct walk *walk, unsigned threads)
{
    char error[256];
    struct sp_tcp *tcp = sp_tcp_open(&walk->setup, 0);
    struct sp_explore_model model = sp_tcp_model(tcp);
    struct sp_explore_limits limits = {.threads = threads};
    struct sp_explore_result *result = calloc(1, sizeof *result);
    model.livenesses = 0;
    assert_true(sp_explore(&model, &limits, result, error, sizeof error));
    assert_int_equal(result->end, SP_EXPLORE_COMPLETE);
    assert_int_equal(result->states, walk->worlds.count);
    assert_int_equal(sp_tcp_reactions(tcp), walk->kinds.count);
    for (uint32_t i = 0; i < sp_tcp_reactions(tcp); i++) {
        struct sp_reaction kind;
        sp_tcp_reaction(tcp, i, &kind);
        const uint32_t number =
            sp_intern(&walk->kinds, (const uint8_t *)&kind, sizeof kind, NULL, NULL);
        assert_true(number < sp_tcp_reactions(tcp));
    }
    sp_explore_free(result);
    free(result);
    sp_tcp_close(tcp);
}

static void a_search_notes_the_kinds_that_a_plain_walk_meets(void **state)
{
    (void)state;
    static const char *const settings[] = {
        "flight = 1; losses = 0; *.timeouts = 1; *.send = 1; *.aborts = 1",
        "flight = 1; losses = 1; *.open = active passive; symmetry = on; *.send = 0",
        "flight = 1; *.opens = 2; *.reopen = inside; losses = 0; *.send = 0; B.open = passive",
    };
    for (size_t i = 0; i < sizeof settings / sizeof settings[0]; i++) {
        struct rig rig;
        struct walk walk;
        rig_begin(&rig, settings[i]);
        walk.setup = rig.setup;
        assert_true(sp_intern_init(&walk.worlds, 0, 1u << 24));
        assert_true(sp_intern_init(&walk.kinds, 0, 1u << 16));
        walk_all(&walk);
        assert_true(walk.kinds.count > 20);
        compare(&walk, 1);
        compare(&walk, 2);
        sp_intern_free(&walk.worlds);
        sp_intern_free(&walk.kinds);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_syn_at_a_listener_is_answered_with_syn_ack),
        cmocka_unit_test(a_close_has_no_control_bits_and_sends_a_fin),
        cmocka_unit_test(steps_that_differ_in_numbers_are_of_one_kind),
        cmocka_unit_test(a_search_notes_the_kinds_that_a_plain_walk_meets),
    };
    return cmocka_run_group_tests_name("reaction", tests, NULL, NULL);
}
