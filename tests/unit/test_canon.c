/*
 * The canonical code: decode is the inverse of encode, equal codes mean equal futures, and with
 * symmetry a world and its mirror image are one.
 *
 * Worlds come from random walks of the real machine under several policies and bounds, and from
 * noise: worlds no walk reaches, with numbers anywhere in 0..2^32-1.
 */
#include "rig.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

/* What each walk admits: every policy, and bounds that make every field of a world move. */
static const char *const walked[] = {
    "policy = rfc9293; *.timeouts = 2; flight = 4",
    "policy = rfc793; *.timeouts = 2; flight = 4; *.aborts = 1",
    "policy = rfc1122; *.opens = 2; *.open = passive active; *.reopen = inside above edge same",
    "policy = linux; *.opens = 2; *.open = passive active upgrade; *.reopen = inside below; "
    "timestamps = on; ticks = 3; sack = on; scale = 3; msl = off",
    "policy = freebsd; *.send = 5; *.write = 2; mss = 2; *.window = 3; *.read = off; "
    "*.urgent = on; flight = 5; sack = on; *.timeouts = 3; r2 = 2; *.keep_alives = 1",
    "policy = lwip; *.opens = 2; *.open = passive active; *.user_timeouts = 1; *.aborts = 1; "
    "reorder = off; losses = 2; duplicates = 2; *.window = 0",
    "policy = rfc9293; A.iss = 0 4294967295 2147483648; B.iss = 4294967294 7; *.send = 4; "
    "*.window = 4; flight = 8; duplicates = 3; sack = on; policy.close_unread = rst",
    "policy = rfc9293; policy.tw_reopen = ts-seq; *.opens = 2; *.open = active passive; "
    "policy.reset_state = time-wait; *.aborts = 2; msl = off; policy.second_fin = literal",
    "policy = rfc9293; *.opens = 2; *.crashes = 2; quiet = off; forgeries = 3; "
    "*.forge = rst-exact rst-inside rst-outside syn-inside syn-outside data-old-ack fin-old-ack "
    "ack-beyond",
};
enum { WALKS = sizeof walked / sizeof walked[0] };

/* Steps each of the tests below walks under each of them. */
#define STEPS 25000

/* The worlds of random walks: visit() sees each once, after the step that led there. */
static void walk(const char *settings, unsigned steps,
                 void (*visit)(const struct rig *rig, const struct sp_world *before))
{
    uint64_t seed = 0x9293;
    struct rig rig;
    rig_begin(&rig, settings);
    uint32_t left = 0;
    while (steps > 0) {
        sp_move moves[SP_ACTIONS_MAX];
        uint32_t count = left == 0 ? 0 : sp_world_moves(&rig.setup, &rig.world, moves);
        assert_true(count <= SP_ACTIONS_MAX);
        if (count == 0) {
            uint32_t initial = rig_random(&seed) % sp_world_initials(&rig.setup);
            sp_world_init(&rig.setup, initial, false, &rig.world);
            left = 200;
            continue;
        }
        struct sp_world before = rig.world;
        sp_move move = moves[rig_random(&seed) % count];
        sp_world_move(&rig.setup, &rig.world, move, &rig.step);
        visit(&rig, &before);
        left--;
        steps--;
    }
}

static void walk_all(void (*visit)(const struct rig *rig, const struct sp_world *before))
{
    for (unsigned i = 0; i < WALKS; i++) {
        walk(walked[i], STEPS, visit);
    }
}

static void decodes_to_itself(const struct rig *rig, const struct sp_world *before)
{
    (void)before;
    uint8_t code[SP_CODE_MAX];
    struct sp_world decoded;
    size_t size = sp_world_encode(&rig->setup, &rig->world, code);
    assert_true(size > 0 && size <= sizeof code);
    sp_world_decode(&rig->setup, code, size, &decoded);
    assert_memory_equal(&decoded, &rig->world, sizeof decoded);
}

static void every_walked_world_decodes_to_itself(void **state)
{
    (void)state;
    walk_all(decodes_to_itself);
}

/* What the encoder and everybody else may rely on. */
static void is_well_formed(const struct rig *rig, const struct sp_world *before)
{
    static const struct sp_tcb none;
    const struct sp_world *w = &rig->world;
    (void)before;
    for (unsigned i = 0; i < 2; i++) {
        const struct sp_host *h = &w->host[i];
        if (h->tcb.state == SP_CLOSED) {
            assert_memory_equal(&h->tcb, &none, sizeof none);
        } else {
            assert_true(h->lives > 0);
        }
        assert_true(h->lives <= rig->setup.bounds.host[i].opens);
    }
    for (unsigned i = 0; i < w->channel.count; i++) {
        assert_true(w->channel.packet[i].life <= w->host[w->channel.packet[i].from].lives);
    }
    assert_true(w->channel.count <= rig->setup.bounds.flight);
}

static void every_walked_world_is_well_formed(void **state)
{
    (void)state;
    walk_all(is_well_formed);
}

static int order(const struct sp_packet *a, const struct sp_packet *b)
{
    if (a->from != b->from) {
        return a->from < b->from ? -1 : 1;
    }
    if (a->life != b->life) {
        return a->life < b->life ? -1 : 1;
    }
    return a->segment.seq < b->segment.seq ? -1 : a->segment.seq > b->segment.seq;
}

/* By sender, incarnation and number at least; without reordering by sender only. */
static void has_a_sorted_bag(const struct rig *rig, const struct sp_world *before)
{
    const struct sp_channel *c = &rig->world.channel;
    (void)before;
    for (unsigned i = 1; i < c->count; i++) {
        if (rig->setup.bounds.reorder) {
            assert_true(order(&c->packet[i - 1], &c->packet[i]) <= 0);
        } else {
            assert_true(c->packet[i - 1].from <= c->packet[i].from);
        }
    }
}

static void the_bag_is_sorted(void **state)
{
    (void)state;
    walk_all(has_a_sorted_bag);
}

static void the_order_of_sending_does_not_show_in_the_code(void **state)
{
    (void)state;
    struct rig one, two;
    uint8_t code_one[SP_CODE_MAX], code_two[SP_CODE_MAX];
    rig_begin(&one, "");
    rig_begin(&two, "");
    rig_do(&one, "A open active; B open active");
    rig_do(&two, "B open active; A open active");
    size_t size = sp_world_encode(&one.setup, &one.world, code_one);
    assert_int_equal(sp_world_encode(&two.setup, &two.world, code_two), size);
    assert_memory_equal(code_one, code_two, size);
}

/* The decoded world enumerates the same moves, and they lead to the same codes. */
static void has_the_future_of_its_code(const struct rig *rig, const struct sp_world *before)
{
    (void)before;
    uint8_t code[SP_CODE_MAX], code_of_decoded[SP_CODE_MAX];
    sp_move moves[SP_ACTIONS_MAX], moves_of_decoded[SP_ACTIONS_MAX];
    struct sp_world decoded;
    size_t size = sp_world_encode(&rig->setup, &rig->world, code);
    sp_world_decode(&rig->setup, code, size, &decoded);
    uint32_t count = sp_world_moves(&rig->setup, &rig->world, moves);
    assert_int_equal(sp_world_moves(&rig->setup, &decoded, moves_of_decoded), count);
    assert_memory_equal(moves, moves_of_decoded, count * sizeof moves[0]);
    for (uint32_t i = 0; i < count; i++) {
        struct sp_world next = rig->world;
        struct sp_world next_of_decoded = decoded;
        struct sp_step step;
        sp_world_move(&rig->setup, &next, moves[i], &step);
        sp_world_move(&rig->setup, &next_of_decoded, moves[i], &step);
        size = sp_world_encode(&rig->setup, &next, code);
        assert_int_equal(sp_world_encode(&rig->setup, &next_of_decoded, code_of_decoded), size);
        assert_memory_equal(code, code_of_decoded, size);
    }
}

static void equal_codes_have_equal_futures(void **state)
{
    (void)state;
    for (unsigned i = 0; i < WALKS; i++) {
        walk(walked[i], STEPS / 5, has_the_future_of_its_code);
    }
}

/* A number that is 0, small, near 2^31 or 2^32, or anything. */
static uint32_t noise(uint64_t *seed)
{
    uint32_t any = rig_random(seed);
    switch (rig_random(seed) % 6) {
    case 0:
        return 0;
    case 1:
        return any % 8;
    case 2:
        return 0U - any % 8;
    case 3:
        return 0x80000000U + any % 4 - 2;
    default:
        return any;
    }
}

static void fill(uint64_t *seed, void *bytes, size_t size)
{
    uint8_t *b = bytes;
    for (size_t i = 0; i < size; i += 4) {
        uint32_t number = noise(seed);
        memcpy(b + i, &number, size - i < 4 ? size - i : 4);
    }
}

static void noise_host(uint64_t *seed, struct sp_host *h)
{
    const size_t budgets = offsetof(struct sp_host, crashes) + 1;
    fill(seed, h, budgets);
    fill(seed, h->life, sizeof h->life);
    h->lives = (uint8_t)(rig_random(seed) % (SP_LIVES_MAX + 1));
    h->tcb.state = (uint8_t)(rig_random(seed) % SP_STATE_COUNT);
    h->tcb.helds = (uint8_t)(rig_random(seed) % (SP_HELD_MAX + 1));
    if (h->lives == 0 || h->tcb.state == SP_CLOSED) {
        memset(&h->tcb, 0, sizeof h->tcb);
    }
    for (unsigned i = h->tcb.helds; i < SP_HELD_MAX; i++) {
        h->tcb.held[i] = (struct sp_range){0, 0};
    }
    for (unsigned i = 0; i < SP_LIVES_MAX; i++) {
        struct sp_life *l = &h->life[i];
        memset(&l->begun, 0, sizeof *l - offsetof(struct sp_life, begun));
        l->begun = rig_random(seed) & 1;
        l->edge_known = rig_random(seed) & 1;
        l->ack_known = rig_random(seed) & 1;
        if (i >= h->lives) {
            memset(l, 0, sizeof *l);
        }
    }
}

static void noise_world(uint64_t *seed, struct sp_world *w)
{
    memset(w, 0, sizeof *w);
    noise_host(seed, &w->host[0]);
    noise_host(seed, &w->host[1]);
    w->channel.count = (uint8_t)(rig_random(seed) % (SP_FLIGHT_MAX + 1));
    for (unsigned i = 0; i < w->channel.count; i++) {
        struct sp_packet *p = &w->channel.packet[i];
        fill(seed, p, sizeof *p);
        p->from = rig_random(seed) & 1;
        p->serial = 0;
        p->segment.sacks = (uint8_t)(rig_random(seed) % (SP_SACK_MAX + 1));
        for (unsigned k = p->segment.sacks; k < SP_SACK_MAX; k++) {
            p->segment.sack[k] = (struct sp_range){0, 0};
        }
    }
    w->now = noise(seed);
    w->losses = (uint8_t)noise(seed);
    w->duplicates = (uint8_t)noise(seed);
    w->iss[0] = (uint8_t)noise(seed);
    w->iss[1] = (uint8_t)noise(seed);
    w->forged = (uint8_t)noise(seed);
}

static void worlds_anywhere_decode_to_themselves(void **state)
{
    (void)state;
    uint64_t seed = 793;
    size_t largest = 0;
    for (unsigned i = 0; i < 20000; i++) {
        struct rig rig;
        rig_begin(&rig, walked[i % WALKS]);
        noise_world(&seed, &rig.world);
        uint8_t code[SP_CODE_MAX];
        size_t size = sp_world_encode(&rig.setup, &rig.world, code);
        largest = size > largest ? size : largest;
        assert_true(size <= sizeof code);
        struct sp_world decoded;
        sp_world_decode(&rig.setup, code, size, &decoded);
        assert_memory_equal(&decoded, &rig.world, sizeof decoded);
    }
    print_message("largest code of noise: %zu octets\n", largest);
    assert_true(largest > 700); /* it was noise */
}

/* Every bit of a TCB, a life and a packet makes another world, and another code. */
static void no_field_is_forgotten(void **state)
{
    (void)state;
    struct rig rig;
    rig_connect(&rig, "sack = on; timestamps = on; scale = 2; A.send = 3; B.window = 3");
    rig_do(&rig, "A send 1; A send 1; A send 1; deliver 5; A close");
    assert_int_equal(rig.world.host[SP_B].tcb.helds, 1);
    struct sp_world world = rig.world;
    world.counting = false;
    world.serials = 0;
    for (unsigned i = 0; i < world.channel.count; i++) {
        world.channel.packet[i].serial = 0;
    }
    uint8_t code[SP_CODE_MAX], other[SP_CODE_MAX];
    size_t size = sp_world_encode(&rig.setup, &world, code);
    const size_t fields[][2] = {
        {offsetof(struct sp_world, host[0].tcb.timers), offsetof(struct sp_tcb, helds) - 1},
        {offsetof(struct sp_world, host[0].tcb.iss),
         offsetof(struct sp_tcb, held) - offsetof(struct sp_tcb, iss)},
        {offsetof(struct sp_world, host[0].tcb.ts_recent),
         sizeof(struct sp_tcb) - offsetof(struct sp_tcb, ts_recent)},
        {offsetof(struct sp_world, host[1].tcb.held[0]), sizeof(struct sp_range)},
        {offsetof(struct sp_world, host[1].life[0]), offsetof(struct sp_life, begun)},
        {offsetof(struct sp_world, channel.packet[0].segment), offsetof(struct sp_segment, sacks)},
        {offsetof(struct sp_world, channel.packet[0].life), 1},
        {offsetof(struct sp_world, now), 4},
        {offsetof(struct sp_world, losses), 5},            /* losses, duplicates, iss, forged */
        {offsetof(struct sp_world, host[1].lives) + 1, 5}, /* budgets used up */
    };
    unsigned flipped = 0;
    for (size_t f = 0; f < sizeof fields / sizeof fields[0]; f++) {
        for (size_t at = fields[f][0]; at < fields[f][0] + fields[f][1]; at++) {
            struct sp_world changed = world;
            ((uint8_t *)&changed)[at] ^= (uint8_t)(1U << at % 8);
            size_t size_other = sp_world_encode(&rig.setup, &changed, other);
            assert_true(size_other != size || memcmp(code, other, size) != 0);
            flipped++;
        }
    }
    assert_int_equal(flipped, 203);
}

static void serials_are_not_part_of_the_code(void **state)
{
    (void)state;
    struct rig rig;
    uint8_t code[SP_CODE_MAX], other[SP_CODE_MAX];
    rig_begin(&rig, "");
    rig_do(&rig, "A open active");
    size_t size = sp_world_encode(&rig.setup, &rig.world, code);
    rig.world.channel.packet[0].serial = 9;
    rig.world.serials = 9;
    assert_int_equal(sp_world_encode(&rig.setup, &rig.world, other), size);
    assert_memory_equal(code, other, size);
}

/* Codes that nobody wrote give some world and touch nothing beyond it (run under ASan). */
static void any_octets_decode(void **state)
{
    (void)state;
    uint64_t seed = 5961;
    for (unsigned i = 0; i < 20000; i++) {
        struct rig rig;
        rig_begin(&rig, walked[i % WALKS]);
        uint8_t octets[64];
        size_t size = rig_random(&seed) % (sizeof octets + 1);
        for (size_t k = 0; k < size; k++) {
            octets[k] = (uint8_t)rig_random(&seed);
        }
        sp_world_decode(&rig.setup, octets, size, &rig.world);
        assert_true(rig.world.channel.count <= SP_FLIGHT_MAX);
    }
}

/* TCP knows no absolute number (9293 3.4): the same run with other initial sequence numbers has the
 * same moves and the same codes, because numbers are coded relative to them. Not across 2^32, where
 * packets stand in another order. */
static void codes_do_not_depend_on_where_the_numbers_begin(void **state)
{
    (void)state;
    static const char settings[] = "*.opens = 2; *.open = active passive; *.timeouts = 2; "
                                   "flight = 4; *.send = 3; *.aborts = 1; *.window = 3";
    uint64_t seed = 9293;
    for (unsigned run = 0; run < 500; run++) {
        struct rig one, two;
        rig_begin(&one, settings);
        rig_begin(&two, settings);
        rig_set(&one, "A.iss = 1000; B.iss = 5000");
        rig_set(&two, "A.iss = 3000000000; B.iss = 1234567");
        for (unsigned i = 0; i < 80; i++) {
            sp_move moves[SP_ACTIONS_MAX], same[SP_ACTIONS_MAX];
            uint8_t code_one[SP_CODE_MAX], code_two[SP_CODE_MAX];
            uint32_t count = sp_world_moves(&one.setup, &one.world, moves);
            assert_int_equal(sp_world_moves(&two.setup, &two.world, same), count);
            assert_memory_equal(moves, same, count * sizeof moves[0]);
            size_t size = sp_world_encode(&one.setup, &one.world, code_one);
            assert_int_equal(sp_world_encode(&two.setup, &two.world, code_two), size);
            assert_memory_equal(code_one, code_two, size);
            if (count == 0) {
                break;
            }
            sp_move move = moves[rig_random(&seed) % count];
            sp_world_move(&one.setup, &one.world, move, &one.step);
            sp_world_move(&two.setup, &two.world, move, &two.step);
        }
    }
}

/* Symmetry */

static void exchange_hosts(const struct sp_world *world, struct sp_world *mirror)
{
    struct sp_host host = world->host[0];
    *mirror = *world;
    mirror->host[0] = world->host[1];
    mirror->host[1] = host;
    mirror->iss[0] = world->iss[1];
    mirror->iss[1] = world->iss[0];
}

/* The same action with the hosts exchanged; packets are found by what they are. */
static void mirrored_action(const struct sp_action *action, struct sp_action *mirror)
{
    *mirror = *action;
    mirror->host = !action->host;
}

/* Two walks, one the mirror image of the other, give the same codes all along. */
static void key_symmetry_gives_mirrored_runs_the_same_codes(void **state)
{
    (void)state;
    uint64_t seed = 1337;
    for (unsigned run = 0; run < 300; run++) {
        struct rig one, two;
        rig_begin(&one, "symmetry = on; *.timeouts = 2; *.open = passive active; flight = 4");
        rig_begin(&two, "symmetry = on; *.timeouts = 2; *.open = passive active; flight = 4");
        for (unsigned i = 0; i < 60; i++) {
            sp_move moves[SP_ACTIONS_MAX];
            struct sp_action action, mirror;
            uint32_t count = sp_world_moves(&one.setup, &one.world, moves);
            if (count == 0) {
                break;
            }
            sp_world_action(&one.setup, &one.world, moves[rig_random(&seed) % count], &action);
            mirrored_action(&action, &mirror);
            assert_true(sp_world_act(&one.setup, &one.world, &action, &one.step));
            assert_true(sp_world_act(&two.setup, &two.world, &mirror, &two.step));
            uint8_t code_one[SP_CODE_MAX], code_two[SP_CODE_MAX];
            size_t size = sp_world_encode(&one.setup, &one.world, code_one);
            assert_int_equal(sp_world_encode(&two.setup, &two.world, code_two), size);
            assert_memory_equal(code_one, code_two, size);
        }
    }
}

static void without_symmetry_a_mirror_image_is_another_world(void **state)
{
    (void)state;
    struct rig rig;
    struct sp_world mirror;
    uint8_t code[SP_CODE_MAX], other[SP_CODE_MAX];
    rig_begin(&rig, "symmetry = off");
    rig_do(&rig, "A open passive");
    exchange_hosts(&rig.world, &mirror);
    size_t size = sp_world_encode(&rig.setup, &rig.world, code);
    size_t mirror_size = sp_world_encode(&rig.setup, &mirror, other);
    assert_true(size != mirror_size || memcmp(code, other, size) != 0);
    rig_set(&rig, "symmetry = on");
    size = sp_world_encode(&rig.setup, &rig.world, code);
    assert_int_equal(sp_world_encode(&rig.setup, &mirror, other), size);
    assert_memory_equal(code, other, size);
}

/* A code under symmetry is of the world or of its mirror image, and is a fixed point. */
static void is_a_fixed_point(const struct rig *rig, const struct sp_world *before)
{
    (void)before;
    uint8_t code[SP_CODE_MAX], again[SP_CODE_MAX];
    struct sp_world decoded;
    size_t size = sp_world_encode(&rig->setup, &rig->world, code);
    sp_world_decode(&rig->setup, code, size, &decoded);
    assert_int_equal(sp_world_encode(&rig->setup, &decoded, again), size);
    assert_memory_equal(code, again, size);
}

static void a_symmetric_code_decodes_to_a_world_of_that_code(void **state)
{
    (void)state;
    walk("symmetry = on; *.timeouts = 2; flight = 4; *.opens = 2", STEPS, is_a_fixed_point);
}

/* Size: a typical world takes less than 48 octets (limits.h). */
static size_t octets_sum, octets_count, octets_largest;

static void measure(const struct rig *rig, const struct sp_world *before)
{
    (void)before;
    uint8_t code[SP_CODE_MAX];
    const struct sp_world *w = &rig->world;
    if (w->host[0].tcb.state != SP_ESTABLISHED || w->host[1].tcb.state != SP_ESTABLISHED ||
        w->channel.count < 2 || w->channel.count > 3) {
        return;
    }
    size_t size = sp_world_encode(&rig->setup, w, code);
    octets_sum += size;
    octets_count++;
    octets_largest = size > octets_largest ? size : octets_largest;
}

static void two_established_hosts_take_less_than_48_octets(void **state)
{
    (void)state;
    octets_sum = octets_count = octets_largest = 0;
    walk(walked[0], STEPS, measure);
    walk(walked[4], STEPS, measure);
    walk(walked[6], STEPS, measure);
    print_message("%zu worlds, %.1f octets on average, %zu at most\n", octets_count,
                  (double)octets_sum / (double)octets_count, octets_largest);
    assert_true(octets_count > 100);
    assert_true(octets_sum < 48 * octets_count);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_walked_world_decodes_to_itself),
        cmocka_unit_test(every_walked_world_is_well_formed),
        cmocka_unit_test(the_bag_is_sorted),
        cmocka_unit_test(the_order_of_sending_does_not_show_in_the_code),
        cmocka_unit_test(equal_codes_have_equal_futures),
        cmocka_unit_test(worlds_anywhere_decode_to_themselves),
        cmocka_unit_test(no_field_is_forgotten),
        cmocka_unit_test(serials_are_not_part_of_the_code),
        cmocka_unit_test(any_octets_decode),
        cmocka_unit_test(codes_do_not_depend_on_where_the_numbers_begin),
        cmocka_unit_test(key_symmetry_gives_mirrored_runs_the_same_codes),
        cmocka_unit_test(without_symmetry_a_mirror_image_is_another_world),
        cmocka_unit_test(a_symmetric_code_decodes_to_a_world_of_that_code),
        cmocka_unit_test(two_established_hosts_take_less_than_48_octets),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
