/*
 * A world comes in parts - host A, host B, network - and so do its code, its moves and its steps:
 * what each depends on, and what it changes.
 *
 * The worlds come from random walks under every bounds file of the proofs and every policy, and
 * under bounds that make the rest move. Each walk has a stranger: another world of the same setup,
 * whose parts are put in the place of those that must not matter.
 */
#include "oracle/oracle.h"
#include "rig.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

static const char *const files[] = {
    "bounds/smoke", "bounds/ci", "bounds/reopen", "bounds/window", "spin/options", "spin/again",
};

static const char *const policies[] = {
    "policy = rfc9293", "policy = rfc793",  "policy = rfc1122",
    "policy = linux",   "policy = freebsd", "policy = lwip",
};

/* Options, slow readers, urgent text, aborts, giving up, a network in order, reopening with the
 * numbers of before, and two hosts alike. */
static const char *const settings[] = {
    "policy = linux; *.opens = 2; *.open = passive active upgrade; *.reopen = inside below; "
    "timestamps = on; ticks = 3; sack = on; scale = 3; msl = off; flight = 4",
    "policy = freebsd; *.send = 5; *.write = 2; mss = 2; *.window = 3; *.read = off; "
    "*.urgent = on; flight = 5; sack = on; *.timeouts = 3; r2 = 2; *.keep_alives = 1",
    "policy = lwip; *.opens = 2; *.open = passive active; *.user_timeouts = 1; *.aborts = 1; "
    "reorder = off; flight = 4; losses = 2; duplicates = 2; *.window = 0",
    "policy = rfc1122; *.opens = 2; *.open = passive active; *.reopen = inside above edge same; "
    "duplicates = 3; *.timeouts = 2; flight = 6; losses = 0",
    "policy = rfc1122; *.opens = 2; *.open = passive active; *.reopen = inside; reorder = off; "
    "duplicates = 3; *.timeouts = 2; flight = 6; losses = 0",
    "symmetry = on; *.open = passive active; *.opens = 2; *.timeouts = 2; *.aborts = 1; flight = 4",
};

#define COUNT(list) (sizeof(list) / sizeof(list)[0])

/* Steps of each walk. */
#define STEPS 4000

/* One step of a walk. */
struct taken {
    struct sp_setup setup;
    struct sp_world before;
    sp_move move;
    struct sp_step step;
    struct sp_world after;
    struct sp_world stranger;
};

/* Takes a random move. False: there was none, and the world begins anew. */
static bool advance(const struct sp_setup *setup, uint64_t *seed, struct sp_world *world,
                    sp_move *move, struct sp_step *step)
{
    sp_move moves[SP_ACTIONS_MAX];
    uint32_t count = sp_world_moves(setup, world, moves);
    if (count == 0) {
        sp_world_init(setup, rig_random(seed) % sp_world_initials(setup), false, world);
        return false;
    }
    *move = moves[rig_random(seed) % count];
    memset(step, 0, sizeof *step);
    sp_world_move(setup, world, *move, step);
    return true;
}

static void walk(const struct sp_setup *setup, void (*visit)(const struct taken *t))
{
    static struct taken t;
    uint64_t seed = 0x9293;
    t.setup = *setup;
    sp_world_init(setup, 0, false, &t.after);
    sp_world_init(setup, 0, false, &t.stranger);
    for (unsigned i = 0; i < STEPS; i++) {
        sp_move ignored;
        struct sp_step unseen;
        advance(setup, &seed, &t.stranger, &ignored, &unseen);
        t.before = t.after;
        if (advance(setup, &seed, &t.after, &t.move, &t.step)) {
            visit(&t);
        }
    }
}

static void load(const char *name, struct rig *rig)
{
    char path[1000], text[4000];
    struct sp_complaint complaint;
    snprintf(path, sizeof path, "%s/%s.bounds", PROOFS, name);
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        fail_msg("%s cannot be read", path);
        return;
    }
    size_t size = fread(text, 1, sizeof text, file);
    fclose(file);
    rig_begin(rig, "");
    if (!sp_setup_parse(&rig->setup, text, size, &complaint)) {
        fail_msg("%s: %s", path, complaint.text);
    }
}

static void walk_all(void (*visit)(const struct taken *t))
{
    struct rig rig;
    for (unsigned i = 0; i < COUNT(files); i++) {
        for (unsigned p = 0; p < COUNT(policies); p++) {
            load(files[i], &rig);
            rig_set(&rig, policies[p]);
            walk(&rig.setup, visit);
        }
    }
    for (unsigned i = 0; i < COUNT(settings); i++) {
        rig_begin(&rig, settings[i]);
        walk(&rig.setup, visit);
    }
}

/* One part of a world takes the place of another's; the rest stays. */
static void graft(struct sp_world *to, enum sp_part part, const struct sp_world *from)
{
    if (part != SP_PART_NETWORK) {
        memcpy(&to->host[part], &from->host[part], sizeof to->host[part]);
        to->iss[part] = from->iss[part];
        return;
    }
    memcpy(&to->channel, &from->channel, sizeof to->channel);
    to->now = from->now;
    to->losses = from->losses;
    to->duplicates = from->duplicates;
    to->forged = from->forged;
    to->serials = from->serials;
    to->counting = from->counting;
}

/* Codes */

static void has_codes_of_its_own(const struct taken *t)
{
    for (unsigned part = 0; part < SP_PART_COUNT; part++) {
        uint8_t code[SP_CODE_MAX], other[SP_CODE_MAX];
        struct sp_world world = t->stranger;
        graft(&world, part, &t->after);
        size_t size = sp_world_encode_part(&t->setup, &t->after, part, code);
        assert_int_equal(sp_world_encode_part(&t->setup, &world, part, other), size);
        assert_memory_equal(code, other, size);
    }
}

static void the_code_of_a_part_depends_on_nothing_else(void **state)
{
    (void)state;
    walk_all(has_codes_of_its_own);
}

static void decodes_by_parts(const struct taken *t)
{
    for (unsigned part = 0; part < SP_PART_COUNT; part++) {
        uint8_t code[SP_CODE_MAX];
        struct sp_world decoded, expected;
        memset(&decoded, 0xa5, sizeof decoded);
        memset(&expected, 0xa5, sizeof expected);
        graft(&expected, part, &t->after);
        size_t size = sp_world_encode_part(&t->setup, &t->after, part, code);
        sp_world_decode_part(&t->setup, part, code, size, &decoded);
        assert_memory_equal(&decoded, &expected, sizeof decoded);
    }
}

static void decoding_a_part_writes_all_of_it_and_nothing_else(void **state)
{
    (void)state;
    walk_all(decodes_by_parts);
}

/* A, B, network when they stand in this order, else B, A, mirrored network. */
static void is_coded_by_its_parts(const struct taken *t)
{
    uint8_t part[SP_PART_COUNT][SP_CODE_MAX], mirror[SP_CODE_MAX];
    uint8_t code[SP_CODE_MAX], expected[sizeof part];
    size_t size[SP_PART_COUNT];
    for (unsigned i = 0; i < SP_PART_COUNT; i++) {
        size[i] = sp_world_encode_part(&t->setup, &t->after, i, part[i]);
    }
    const size_t mirrored = sp_world_encode_mirrored_network(&t->setup, &t->after, mirror);
    int order = sp_part_compare(part[0], size[0], part[1], size[1]);
    if (order == 0) {
        order = sp_part_compare(part[SP_PART_NETWORK], size[SP_PART_NETWORK], mirror, mirrored);
    }
    const bool exchanged = t->setup.bounds.symmetry && order > 0;
    const unsigned first = exchanged ? SP_PART_B : SP_PART_A;
    const size_t hosts = size[0] + size[1];
    const size_t network = exchanged ? mirrored : size[SP_PART_NETWORK];
    memcpy(expected, part[first], size[first]);
    memcpy(expected + size[first], part[!first], size[!first]);
    memcpy(expected + hosts, exchanged ? mirror : part[SP_PART_NETWORK], network);
    assert_int_equal(sp_world_encode(&t->setup, &t->after, code), hosts + network);
    assert_memory_equal(code, expected, hosts + network);
}

static void a_code_is_those_of_the_parts_in_their_order(void **state)
{
    (void)state;
    walk_all(is_coded_by_its_parts);
}

static void the_shorter_code_comes_first_then_the_smaller_octet(void **state)
{
    (void)state;
    const uint8_t small[] = {1, 2, 3}, large[] = {1, 3, 0};
    assert_int_equal(sp_part_compare(small, 3, small, 3), 0);
    assert_true(sp_part_compare(small, 3, large, 3) < 0);
    assert_true(sp_part_compare(large, 3, small, 3) > 0);
    assert_true(sp_part_compare(large, 2, small, 3) < 0);
    assert_true(sp_part_compare(small, 3, large, 2) > 0);
}

/* Two runs, one the mirror image of the other. */
static void between_equal_bounds_a_host_has_one_code_on_either_side(void **state)
{
    (void)state;
    uint64_t seed = 1337;
    for (unsigned run = 0; run < 300; run++) {
        struct rig one, two;
        rig_begin(&one, settings[COUNT(settings) - 1]);
        rig_begin(&two, settings[COUNT(settings) - 1]);
        for (unsigned i = 0; i < 60; i++) {
            sp_move moves[SP_ACTIONS_MAX];
            struct sp_action action;
            uint32_t count = sp_world_moves(&one.setup, &one.world, moves);
            if (count == 0) {
                break;
            }
            sp_world_action(&one.setup, &one.world, moves[rig_random(&seed) % count], &action);
            assert_true(sp_world_act(&one.setup, &one.world, &action, &one.step));
            action.host = !action.host;
            assert_true(sp_world_act(&two.setup, &two.world, &action, &two.step));
            for (unsigned host = 0; host < 2; host++) {
                uint8_t code[SP_CODE_MAX];
                struct sp_world decoded;
                size_t size = sp_world_encode_part(&one.setup, &one.world, host, code);
                sp_world_decode_part(&one.setup, !host, code, size, &decoded);
                assert_memory_equal(&decoded.host[!host], &two.world.host[!host],
                                    sizeof decoded.host[0]);
                assert_int_equal(decoded.iss[!host], two.world.iss[!host]);
            }
            uint8_t mirror[SP_CODE_MAX], network[SP_CODE_MAX];
            size_t size = sp_world_encode_mirrored_network(&one.setup, &one.world, mirror);
            assert_int_equal(sp_world_encode_part(&two.setup, &two.world, SP_PART_NETWORK, network),
                             size);
            assert_memory_equal(mirror, network, size);
        }
    }
}

/* Moves */

typedef uint32_t enumerate(const struct sp_setup *setup, const struct sp_world *world,
                           unsigned host, sp_move *moves);

static void same_moves(const struct taken *t, enum sp_part part, enumerate *list)
{
    sp_move moves[SP_ACTIONS_MAX], other[SP_ACTIONS_MAX];
    struct sp_world world = t->stranger;
    graft(&world, part, &t->after);
    uint32_t count = list(&t->setup, &t->after, part, moves);
    assert_int_equal(list(&t->setup, &world, part, other), count);
    assert_memory_equal(moves, other, count * sizeof moves[0]);
}

static uint32_t network_moves(const struct sp_setup *setup, const struct sp_world *world,
                              unsigned part, sp_move *moves)
{
    (void)part;
    return sp_network_moves(setup, world, moves);
}

/* Of a host, for the timer that awaits the drain, also the network. */
static void is_drained_whatever_the_peer(const struct taken *t, unsigned host)
{
    struct sp_world world = t->stranger;
    graft(&world, host, &t->after);
    graft(&world, SP_PART_NETWORK, &t->after);
    assert_int_equal(sp_world_drained(&world, host), sp_world_drained(&t->after, host));
}

static void has_moves_of_its_own(const struct taken *t)
{
    is_drained_whatever_the_peer(t, SP_A);
    is_drained_whatever_the_peer(t, SP_B);
    same_moves(t, SP_PART_A, sp_host_calls);
    same_moves(t, SP_PART_B, sp_host_calls);
    same_moves(t, SP_PART_A, sp_host_timers);
    same_moves(t, SP_PART_B, sp_host_timers);
    same_moves(t, SP_PART_NETWORK, network_moves);
}

static void the_moves_of_a_part_depend_on_nothing_else(void **state)
{
    (void)state;
    walk_all(has_moves_of_its_own);
}

/* Calls of A, of B, timers of A, of B, network; without those that wait. */
static void has_the_moves_of_its_parts(const struct taken *t)
{
    sp_move moves[SP_ACTIONS_MAX], parts[SP_ACTIONS_MAX];
    const struct sp_world *w = &t->after;
    uint32_t count = sp_host_calls(&t->setup, w, SP_A, parts);
    count += sp_host_calls(&t->setup, w, SP_B, parts + count);
    count += sp_host_timers(&t->setup, w, SP_A, parts + count);
    count += sp_host_timers(&t->setup, w, SP_B, parts + count);
    count += sp_network_moves(&t->setup, w, parts + count);
    count += sp_host_crashes(&t->setup, w, SP_A, parts + count);
    count += sp_host_crashes(&t->setup, w, SP_B, parts + count);
    count += sp_host_forgeries(&t->setup, w, SP_A, parts + count);
    count += sp_host_forgeries(&t->setup, w, SP_B, parts + count);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count; i++) {
        assert_true(sp_move_waits(&t->setup, w, parts[i]) ||
                    !sp_move_held_back(&t->setup, w, parts[i]));
        if (!sp_move_held_back(&t->setup, w, parts[i])) {
            parts[kept++] = parts[i];
        }
    }
    assert_int_equal(sp_world_moves(&t->setup, w, moves), kept);
    assert_memory_equal(moves, parts, kept * sizeof moves[0]);
}

static void the_moves_of_a_world_are_those_of_its_parts(void **state)
{
    (void)state;
    walk_all(has_the_moves_of_its_parts);
}

/* A closed first and is in TIME-WAIT; its last ACK is in flight. */
static void only_time_wait_awaits_the_drain_and_only_with_msl(void **state)
{
    (void)state;
    struct rig rig;
    sp_move moves[SP_ACTIONS_MAX];
    rig_connect(&rig, "*.timeouts = 0");
    rig_do(&rig, "A close; deliver 4; deliver 5; B close; deliver 6");
    assert_int_equal(rig_state(&rig, SP_A), SP_TIME_WAIT);
    assert_int_equal(sp_host_timers(&rig.setup, &rig.world, SP_A, moves), 1);
    assert_int_equal(sp_move_kind(moves[0]), SP_ACTION_TIMER);
    assert_int_equal(sp_move_host(moves[0]), SP_A);
    assert_true(sp_move_waits(&rig.setup, &rig.world, moves[0]));
    assert_false(sp_world_drained(&rig.world, SP_A));
    assert_int_equal(rig_offers(&rig, "A timer time-wait"), 0);
    rig_do(&rig, "deliver 7");
    assert_true(sp_world_drained(&rig.world, SP_A));
    assert_int_equal(rig_offers(&rig, "A timer time-wait"), 1);
    rig_set(&rig, "msl = off");
    assert_false(sp_move_waits(&rig.setup, &rig.world, moves[0]));
    rig_set(&rig, "msl = on; *.user_timeouts = 1");
    assert_int_equal(sp_host_timers(&rig.setup, &rig.world, SP_A, moves), 2);
    assert_false(sp_move_waits(&rig.setup, &rig.world, moves[0]));
}

static bool takes_packet(sp_move move)
{
    const enum sp_action_kind kind = sp_move_kind(move);
    return kind == SP_ACTION_DELIVER || kind == SP_ACTION_DUPLICATE || kind == SP_ACTION_LOSE;
}

static void names_what_it_is_about(const struct taken *t)
{
    struct sp_action action;
    sp_world_action(&t->setup, &t->before, t->move, &action);
    assert_int_equal(sp_move_kind(t->move), action.kind);
    assert_int_equal(sp_move_host(t->move), action.host);
    assert_int_equal(t->step.acted, action.kind != SP_ACTION_LOSE && action.kind != SP_ACTION_TICK);
    if (t->step.acted && takes_packet(t->move)) {
        const struct sp_packet *p = &t->before.channel.packet[sp_move_packet(t->move)];
        assert_memory_equal(&p->segment, &t->step.event.segment, sizeof p->segment);
        assert_int_equal(p->from, !sp_move_host(t->move));
    }
}

static void a_move_says_what_it_is_about(void **state)
{
    (void)state;
    walk_all(names_what_it_is_about);
}

/* Steps */

/* The packet that the move is about stands first; behind it `others` packets of the stranger. */
static void other_network(const struct taken *t, unsigned others, struct sp_world *world)
{
    struct sp_channel *c = &world->channel;
    memset(c, 0, sizeof *c);
    if (takes_packet(t->move)) {
        c->packet[c->count++] = t->before.channel.packet[sp_move_packet(t->move)];
    }
    for (unsigned i = 0; i < others && c->count < SP_FLIGHT_MAX; i++) {
        c->packet[c->count++] = t->stranger.channel.packet[i % SP_FLIGHT_MAX];
    }
    world->losses = t->before.losses + 1;
    world->duplicates = t->before.duplicates + 1;
    world->serials = 77;
    world->counting = true;
}

/* The same event at the same host: a duplicate arrives like the segment itself. */
static void take_in(const struct taken *t, struct sp_world *world, struct sp_step *step)
{
    sp_move moves[SP_ACTIONS_MAX];
    sp_move move = t->move;
    if (takes_packet(move)) {
        sp_network_moves(&t->setup, world, moves);
        move = moves[0];
        assert_int_equal(sp_move_kind(move), SP_ACTION_DELIVER);
        assert_int_equal(sp_move_packet(move), 0);
    }
    memset(step, 0, sizeof *step);
    sp_world_move(&t->setup, world, move, step);
}

/* In a network without other packets, and in one that has no room for an answer. */
static void is_the_same_in_other_networks(const struct taken *t)
{
    if (!t->step.acted) {
        return;
    }
    const struct sp_findings findings = sp_oracle_judge(&t->setup, &t->step, &t->after);
    const unsigned others[] = {0, SP_FLIGHT_MAX};
    for (unsigned i = 0; i < COUNT(others); i++) {
        struct sp_world world = t->before;
        struct sp_step step;
        other_network(t, others[i], &world);
        take_in(t, &world, &step);
        assert_int_equal(step.host, t->step.host);
        assert_int_equal(step.event_life, t->step.event_life);
        assert_memory_equal(&step.before, &t->step.before, sizeof step.before);
        assert_memory_equal(&step.output, &t->step.output, sizeof step.output);
        assert_memory_equal(world.host, t->after.host, sizeof world.host);
        const struct sp_findings other = sp_oracle_judge(&t->setup, &step, &world);
        assert_true(other.violated == findings.violated);
        assert_true(other.witnessed == findings.witnessed);
    }
}

static void what_a_host_does_depends_on_no_other_packet_and_no_budget(void **state)
{
    (void)state;
    walk_all(is_the_same_in_other_networks);
}

/* The host gave its latest incarnation up: it had opened out of TIME-WAIT and fell back (MAY-2). */
static bool withdrew(const struct taken *t)
{
    const unsigned host = t->step.host;
    return t->step.acted && t->after.host[host].lives < t->before.host[host].lives;
}

/* The peer, which never acts, forgets that it took the SYN of an incarnation that never was. */
static void leaves_its_peer_alone(const struct taken *t)
{
    for (unsigned i = 0; i < 2; i++) {
        struct sp_host host = t->before.host[i];
        assert_int_equal(t->before.iss[i], t->after.iss[i]);
        if (t->step.acted && t->step.host == i) {
            continue;
        }
        for (unsigned k = 0; k < SP_LIVES_MAX && withdrew(t); k++) {
            if (host.life[k].peer == t->before.host[!i].lives) {
                host.life[k].peer = 0;
            }
        }
        assert_memory_equal(&host, &t->after.host[i], sizeof host);
    }
}

static void a_step_changes_no_host_but_the_one_that_acts(void **state)
{
    (void)state;
    walk_all(leaves_its_peer_alone);
}

/* The packets that must be there: what was, without what was taken, and what was sent and found
 * room; each direction in the order sent. */
struct bag {
    unsigned count;
    struct sp_packet packet[SP_FLIGHT_MAX + SP_SEND_MAX];
};

/* What is sent without a TCB, from CLOSED or LISTEN, belongs to no incarnation. */
static unsigned life_of_sent(const struct taken *t)
{
    const unsigned before = t->step.before.tcb.state;
    const struct sp_host *after = &t->after.host[t->step.host];
    const bool had_none = before == SP_CLOSED || before == SP_LISTEN;
    return had_none && after->tcb.state == before ? 0 : after->lives;
}

static void collect(const struct taken *t, struct bag *bag)
{
    const enum sp_action_kind kind = sp_move_kind(t->move);
    const bool gone = kind == SP_ACTION_DELIVER || kind == SP_ACTION_LOSE;
    memset(bag, 0, sizeof *bag);
    for (unsigned i = 0; i < t->before.channel.count; i++) {
        if (!gone || i != sp_move_packet(t->move)) {
            bag->packet[bag->count++] = t->before.channel.packet[i];
        }
    }
    for (unsigned i = 0; i < bag->count && withdrew(t); i++) {
        struct sp_packet *p = &bag->packet[i];
        if (p->from == t->step.host && p->life == t->before.host[t->step.host].lives) {
            p->life = 0;
        }
    }
    for (unsigned i = 0; t->step.acted && i < t->step.output.sent; i++) {
        if (bag->count < t->setup.bounds.flight) {
            bag->packet[bag->count++] = (struct sp_packet){.segment = t->step.output.segment[i],
                                                           .from = t->step.host,
                                                           .life = (uint8_t)life_of_sent(t)};
        }
    }
}

/* As it should stand: by direction, and in each by the order sent, or, when packets pass each
 * other, by the incarnation and what they are. */
static void sort(const struct sp_setup *setup, struct bag *bag)
{
    for (unsigned i = 1; i < bag->count; i++) {
        for (unsigned k = i; k > 0; k--) {
            struct sp_packet *a = &bag->packet[k - 1], *b = &bag->packet[k];
            bool later = a->from > b->from;
            if (setup->bounds.reorder && a->from == b->from) {
                later =
                    a->life > b->life || (a->life == b->life && a->segment.seq > b->segment.seq);
            }
            if (!later) {
                break;
            }
            struct sp_packet packet = *a;
            *a = *b;
            *b = packet;
        }
    }
}

/* As many of the one as of the other, and at the same places as far as the order above tells. */
static void same_packets(const struct bag *bag, const struct sp_channel *channel)
{
    assert_int_equal(channel->count, bag->count);
    for (unsigned i = 0; i < bag->count; i++) {
        const struct sp_packet *p = &channel->packet[i];
        unsigned expected = 0, found = 0;
        for (unsigned k = 0; k < bag->count; k++) {
            expected += memcmp(&bag->packet[k], p, sizeof *p) == 0;
            found += memcmp(&channel->packet[k], p, sizeof *p) == 0;
        }
        assert_int_equal(found, expected);
        assert_int_equal(p->from, bag->packet[i].from);
        assert_int_equal(p->life, bag->packet[i].life);
        assert_int_equal(p->segment.seq, bag->packet[i].segment.seq);
    }
}

static unsigned withdrawn;

static void changes_the_network_by_what_it_takes_and_sends(const struct taken *t)
{
    const enum sp_action_kind kind = sp_move_kind(t->move);
    struct bag bag;
    collect(t, &bag);
    sort(&t->setup, &bag);
    same_packets(&bag, &t->after.channel);
    assert_int_equal(t->after.losses - t->before.losses, kind == SP_ACTION_LOSE);
    assert_int_equal(t->after.duplicates - t->before.duplicates, kind == SP_ACTION_DUPLICATE);
    assert_int_equal(t->after.now - t->before.now, kind == SP_ACTION_TICK);
    assert_int_equal(t->after.forged, t->before.forged);
    withdrawn += withdrew(t);
}

static void the_network_changes_by_what_is_taken_and_sent(void **state)
{
    (void)state;
    withdrawn = 0;
    walk_all(changes_the_network_by_what_it_takes_and_sends);
    assert_true(withdrawn > 0); /* the walks came by the exception */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_code_of_a_part_depends_on_nothing_else),
        cmocka_unit_test(decoding_a_part_writes_all_of_it_and_nothing_else),
        cmocka_unit_test(a_code_is_those_of_the_parts_in_their_order),
        cmocka_unit_test(the_shorter_code_comes_first_then_the_smaller_octet),
        cmocka_unit_test(between_equal_bounds_a_host_has_one_code_on_either_side),
        cmocka_unit_test(the_moves_of_a_part_depend_on_nothing_else),
        cmocka_unit_test(the_moves_of_a_world_are_those_of_its_parts),
        cmocka_unit_test(only_time_wait_awaits_the_drain_and_only_with_msl),
        cmocka_unit_test(a_move_says_what_it_is_about),
        cmocka_unit_test(what_a_host_does_depends_on_no_other_packet_and_no_budget),
        cmocka_unit_test(a_step_changes_no_host_but_the_one_that_acts),
        cmocka_unit_test(the_network_changes_by_what_is_taken_and_sent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
