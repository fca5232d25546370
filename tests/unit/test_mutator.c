/*
 * Does the mutator of the fuzzers keep its promises: sizes, determinism, canonical results; does
 * each operator change what it is for and nothing else; does what it inserts act, and do the edges
 * hit the numbers at which RFC 9293 and RFC 5961 decide?
 *
 * Scripts are compared as text. The numbers of the edge tests are computed here, from a connection
 * whose variables follow from its settings.
 */
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fuzz/mutator_edit.h"
#include "script_text.h"
#include "setup/keys.h"

enum { SEEDS = 1500, BYTES = 4096, LINE = 400 };

static struct sp_edit edit, before;

/* A connection with text, a segment injected, something in flight at the end; ISS 100 and 300,
 * window 10, one segment of text an octet. */
static const char rich[] = "synproof script 1\n"
                           "set policy = rfc9293\n"
                           "set *.opens = 2\nset *.send = 20\nset *.window = 10\n"
                           "set *.timeouts = 3\nset flight = 6\nset mss = 4\n"
                           "set A.iss = 100\nset B.iss = 300\n"
                           "expect PASS\n"
                           "B open passive\n"
                           "A open active\n"
                           "deliver 1\n"
                           "deliver 2\n"
                           "deliver 3\n"
                           "A send 3\n"
                           "deliver 4\n"
                           "B inject RST seq=rcv.nxt+5000 wnd=7\n"
                           "deliver 5\n"
                           "A send 2\n"
                           "lose 77\n"
                           "A timer retransmission\n"
                           "B inject ACK seq=rcv.nxt ack=snd.nxt wnd=10 mss=9 scale=3 sack-ok "
                           "ts=5/6 sack=1-2\n"
                           "B close\n";

static size_t rich_bytes(uint8_t *bytes)
{
    static struct sp_action room[SP_MUTATOR_ACTIONS];
    struct sp_script script = {.action = room, .capacity = SP_MUTATOR_ACTIONS};
    struct sp_complaint complaint;
    if (!sp_script_parse(&script, rich, strlen(rich), &complaint)) {
        fail_msg("line %u: %s", complaint.line, complaint.text);
    }
    return sp_script_encode(&script, bytes, BYTES);
}

/* Both edits hold the rich script; `edit` draws from seed. */
static void begin(enum sp_form form, uint64_t seed)
{
    uint8_t bytes[BYTES];
    const size_t size = rich_bytes(bytes);
    sp_edit_begin(&edit, form, bytes, size, seed);
    sp_edit_begin(&before, form, bytes, size, seed);
}

static bool same(const struct sp_action *a, const struct sp_action *b)
{
    char one[LINE], other[LINE];
    assert_true(sp_action_print(a, one, LINE) < LINE);
    assert_true(sp_action_print(b, other, LINE) < LINE);
    return strcmp(one, other) == 0;
}

/* `count` actions of both, from these places, are the same. */
static bool same_block(size_t at, size_t at_before, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!same(&edit.room[at + i], &before.room[at_before + i])) {
            return false;
        }
    }
    return true;
}

static bool same_setup(void)
{
    for (size_t i = 0; i < sp_slot_count(); i++) {
        if (sp_slot_get(&edit.script.setup, i) != sp_slot_get(&before.script.setup, i)) {
            return false;
        }
    }
    return true;
}

/* Actions in which both differ, of scripts of the same length; *last is the last of them. */
static size_t differences(size_t *last)
{
    size_t count = 0;
    assert_int_equal(edit.script.count, before.script.count);
    for (size_t i = 0; i < edit.script.count; i++) {
        if (!same(&edit.room[i], &before.room[i])) {
            *last = i;
            count++;
        }
    }
    return count;
}

/* Place and length of the one block that `edit` has more. */
static size_t inserted(size_t *at)
{
    assert_true(edit.script.count > before.script.count);
    const size_t more = edit.script.count - before.script.count;
    for (*at = 0; *at < before.script.count && same(&edit.room[*at], &before.room[*at]); ++*at) {
    }
    assert_true(same_block(*at + more, *at, before.script.count - *at));
    return more;
}

static uint64_t random_state = 88172645463325252;

static uint32_t random32(void)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return (uint32_t)(random_state >> 16);
}

/* Any bytes: the rich script, or its beginning, or octets. */
static size_t some_input(uint8_t *bytes, size_t max_size)
{
    uint8_t script[BYTES];
    const size_t size = rich_bytes(script);
    const size_t wanted = random32() % 3 == 0 ? size : random32() % 200;
    const size_t count = wanted < max_size ? wanted : max_size;
    const bool octets = random32() % 3 == 0;
    for (size_t i = 0; i < count; i++) {
        bytes[i] = octets || i >= size ? (uint8_t)random32() : script[i];
    }
    return count;
}

static size_t some_max(void)
{
    return random32() % 4 == 0 ? random32() % 2000 : random32() % 64;
}

static void assert_canonical(const uint8_t *bytes, size_t size)
{
    static uint8_t again[SP_MUTATOR_SIZE_MAX];
    static struct sp_action room[SP_MUTATOR_ACTIONS];
    struct sp_script script = {.action = room, .capacity = SP_MUTATOR_ACTIONS};
    sp_script_decode(&script, bytes, size);
    assert_int_equal(sp_script_encode(&script, again, sizeof again), size);
    assert_memory_equal(again, bytes, size);
    assert_int_equal(script.expect, SP_EXPECT_NOTHING);
}

static void assert_untouched(const uint8_t *bytes, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        assert_int_equal(bytes[i], 0xa5);
    }
}

static void nothing_is_larger_than_its_room_and_all_is_canonical(void **state)
{
    (void)state;
    static uint8_t data[BYTES], out[BYTES], mate[BYTES];
    for (unsigned round = 0; round < 3 * SEEDS; round++) {
        const enum sp_form form = round % 2 == 0 ? SP_FORM_PAIR : SP_FORM_ENDPOINT;
        const size_t max_size = some_max();
        memset(data, 0xa5, sizeof data);
        memset(out, 0xa5, sizeof out);
        const size_t size = some_input(data, max_size);
        const size_t mate_size = some_input(mate, BYTES);
        const size_t crossed =
            sp_crossover(form, data, size, mate, mate_size, out, max_size, round);
        const size_t mutated = sp_mutate(form, data, size, max_size, round);
        assert_true(crossed <= max_size && mutated <= max_size);
        assert_untouched(data, max_size, sizeof data);
        assert_untouched(out, max_size, sizeof out);
        if (max_size >= SP_MUTATOR_SIZE_MIN) {
            assert_canonical(data, mutated);
            assert_canonical(out, crossed);
        }
        memset(data, 0xa5, sizeof data);
        assert_true(sp_havoc(data, some_input(data, max_size), max_size, round) <= max_size);
        assert_untouched(data, max_size, sizeof data);
    }
}

/* A script of any actions as long as can be: what is inserted has nowhere to go. */
static void no_script_has_more_actions_than_are_run(void **state)
{
    (void)state;
    static uint8_t data[SP_MUTATOR_SIZE_MAX + 64];
    static struct sp_action room[2 * SP_MUTATOR_ACTIONS];
    struct sp_script script = {.action = room, .capacity = 2 * SP_MUTATOR_ACTIONS};
    for (unsigned round = 0; round < SEEDS / 10; round++) {
        for (size_t i = 0; i < sizeof data; i++) {
            data[i] = i < 4 ? 0 : (uint8_t)random32();
        }
        memset(data + SP_MUTATOR_SIZE_MAX, 0xa5, 64);
        const size_t size =
            sp_mutate(SP_FORM_PAIR, data, SP_MUTATOR_SIZE_MAX, SP_MUTATOR_SIZE_MAX, round);
        assert_true(size <= SP_MUTATOR_SIZE_MAX);
        assert_untouched(data, SP_MUTATOR_SIZE_MAX, sizeof data);
        sp_script_decode(&script, data, size);
        assert_true(script.count <= SP_MUTATOR_ACTIONS);
    }
}

static void the_seed_decides_everything(void **state)
{
    (void)state;
    static uint8_t first[BYTES], second[BYTES], crossed[2][BYTES], start[BYTES];
    const size_t size = rich_bytes(start);
    size_t distinct = 0;
    uint8_t last[BYTES] = {0};
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        memcpy(first, start, size);
        memcpy(second, start, size);
        const size_t one = sp_mutate(SP_FORM_PAIR, first, size, BYTES, seed);
        const size_t one_crossed =
            sp_crossover(SP_FORM_PAIR, start, size, first, one, crossed[0], BYTES, seed);
        (void)sp_mutate(SP_FORM_ENDPOINT, last, 100, BYTES, seed); /* leaves its traces between */
        assert_int_equal(sp_mutate(SP_FORM_PAIR, second, size, BYTES, seed), one);
        assert_int_equal(
            sp_crossover(SP_FORM_PAIR, start, size, first, one, crossed[1], BYTES, seed),
            one_crossed);
        assert_memory_equal(first, second, one);
        assert_memory_equal(crossed[0], crossed[1], one_crossed);
        distinct += one != size || memcmp(first, start, size) != 0;
    }
    assert_true(distinct > SEEDS * 99 / 100);
}

static void every_operator_changes_something(void **state)
{
    (void)state;
    for (size_t i = 0; i < sp_operator_count(); i++) {
        const struct sp_operator *operator= sp_operator(i);
        unsigned applied = 0, changed = 0;
        for (uint64_t seed = 0; seed < 200; seed++) {
            begin(SP_FORM_PAIR, seed);
            const bool done = operator->apply(&edit);
            const bool differs =
                strcmp(script_text(&edit.script), script_text(&before.script)) != 0;
            applied += done;
            changed += differs;
            if (differs && !done) {
                fail_msg("%s changed something and says that it did not", operator->name);
            }
        }
        if (changed < applied / 2 || applied < 100) {
            fail_msg("%s: %u of 200 applied, %u changed", operator->name, applied, changed);
        }
    }
}

static void delete_removes_exactly_one_event(void **state)
{
    (void)state;
    uint32_t removed = 0;
    for (uint64_t seed = 0; seed < 400; seed++) {
        size_t at = 0;
        begin(SP_FORM_PAIR, seed);
        assert_true(sp_delete_one(&edit) && same_setup());
        assert_int_equal(edit.script.count, before.script.count - 1);
        while (at < edit.script.count && same(&edit.room[at], &before.room[at])) {
            at++;
        }
        assert_true(same_block(at, at + 1, edit.script.count - at));
        removed |= 1U << at;
    }
    assert_int_equal(removed, (1U << before.script.count) - 1); /* any of them */
}

static void delete_block_removes_one_block(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 400; seed++) {
        size_t at = 0;
        begin(SP_FORM_PAIR, seed);
        assert_true(sp_delete_block(&edit) && same_setup());
        assert_true(edit.script.count < before.script.count);
        while (at < edit.script.count && same(&edit.room[at], &before.room[at])) {
            at++;
        }
        const size_t less = before.script.count - edit.script.count;
        assert_true(same_block(at, at + less, edit.script.count - at));
    }
}

static void duplicate_adds_an_event_that_is_there(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 400; seed++) {
        size_t at;
        unsigned copies = 0;
        begin(SP_FORM_PAIR, seed);
        assert_true(sp_duplicate_one(&edit) && same_setup());
        assert_int_equal(inserted(&at), 1);
        for (size_t i = 0; i < before.script.count; i++) {
            copies += same(&edit.room[at], &before.room[i]);
        }
        assert_int_not_equal(copies, 0);
    }
}

static void repeat_adds_what_stands_before_it(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 400; seed++) {
        size_t at;
        begin(SP_FORM_PAIR, seed);
        assert_true(sp_repeat_block(&edit) && same_setup());
        const size_t more = inserted(&at);
        bool repeats = false;
        for (size_t length = 1; length <= at && length <= more; length++) {
            bool all = more % length == 0;
            for (size_t i = 0; i < more && all; i++) {
                all = same(&edit.room[at + i], &edit.room[at + i - length]);
            }
            repeats |= all;
        }
        assert_true(repeats);
    }
}

static void swap_exchanges_two(void **state)
{
    (void)state;
    unsigned swapped = 0;
    for (uint64_t seed = 0; seed < 400; seed++) {
        size_t first = 0, last = 0;
        begin(SP_FORM_PAIR, seed);
        assert_true(sp_swap_two(&edit) && same_setup());
        const size_t count = differences(&last);
        while (count > 0 && same(&edit.room[first], &before.room[first])) {
            first++;
        }
        if (count > 0) { /* two equal ones may have changed places */
            assert_int_equal(count, 2);
            assert_true(same(&edit.room[first], &before.room[last]));
            assert_true(same(&edit.room[last], &before.room[first]));
            swapped++;
        }
    }
    assert_true(swapped > 350);
}

/* The operators on one event that is there change that one and no setting. */
static void a_change_is_of_one_event(void **state)
{
    (void)state;
    static bool (*const changes[])(struct sp_edit *) = {
        sp_other_host, sp_change_operand, sp_change_packet, sp_move_to_edge,
        sp_flip_flag,  sp_change_window,  sp_change_length, sp_change_option};
    for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
        for (uint64_t seed = 0; seed < 400; seed++) {
            size_t last;
            begin(SP_FORM_PAIR, seed);
            assert_true(changes[i](&edit) && same_setup());
            assert_true(differences(&last) <= 1);
        }
    }
}

static void settings_change_and_events_stay(void **state)
{
    (void)state;
    static bool (*const changes[])(struct sp_edit *) = {sp_change_policy_set, sp_change_policy,
                                                        sp_change_iss, sp_change_bound};
    for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
        for (uint64_t seed = 0; seed < 400; seed++) {
            struct sp_complaint complaint;
            size_t last;
            begin(SP_FORM_PAIR, seed);
            (void)changes[i](&edit);
            assert_int_equal(differences(&last), 0);
            assert_true(sp_setup_check(&edit.script.setup, &complaint));
        }
    }
}

static void a_policy_switch_changes_alone_and_each_does(void **state)
{
    (void)state;
    bool switched[SP_POLICY_COUNT] = {false};
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        unsigned changed = 0;
        begin(SP_FORM_PAIR, seed);
        assert_true(sp_change_policy(&edit));
        for (unsigned i = 0; i < SP_POLICY_COUNT; i++) {
            const bool differs = sp_policy_get(&edit.script.setup.policy, i) !=
                                 sp_policy_get(&before.script.setup.policy, i);
            changed += differs;
            switched[i] |= differs;
        }
        assert_int_equal(changed, 1);
    }
    for (unsigned i = 0; i < SP_POLICY_COUNT; i++) {
        assert_true(switched[i]);
    }
}

static void initial_sequence_numbers_are_where_arithmetic_turns(void **state)
{
    (void)state;
    static const uint32_t wanted[] = {0, 1, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff, 300};
    bool seen[2][7] = {{false}};
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        begin(SP_FORM_PAIR, seed);
        assert_true(sp_change_iss(&edit));
        for (unsigned host = 0; host < 2; host++) {
            for (unsigned i = 0; i < 7; i++) {
                seen[host][i] |= edit.script.setup.bounds.host[host].iss.value[0] == wanted[i];
            }
        }
    }
    for (unsigned i = 0; i < 7; i++) {
        assert_true(seen[SP_A][i] && seen[SP_B][i]);
    }
}

/* Each of these actions is a move of the world that it finds, and acts there. */
static bool enabled(size_t at, size_t count)
{
    sp_edit_run(&edit, at);
    for (size_t i = at; i < at + count; i++) {
        sp_move moves[SP_ACTIONS_MAX];
        bool offered = false;
        for (uint32_t left = sp_world_moves(&edit.script.setup, &edit.world, moves); left > 0;) {
            struct sp_action move;
            sp_world_action(&edit.script.setup, &edit.world, moves[--left], &move);
            offered |= same(&edit.room[i], &move);
        }
        if (!offered || !sp_edit_act(&edit, &edit.room[i])) {
            return false;
        }
    }
    return true;
}

/* The same result has several explanations when the block begins or ends like its surroundings: one
 * of them must be a block that is enabled. */
static void assert_enabled(size_t at, size_t count)
{
    while (!enabled(at, count)) {
        if (at == 0 || !same(&edit.room[at - 1], &edit.room[at + count - 1])) {
            fail_msg("not enabled: %s", script_text(&edit.script));
        }
        at--;
    }
}

static void an_inserted_move_is_enabled_and_acts(void **state)
{
    (void)state;
    unsigned kinds = 0;
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        size_t at;
        begin(SP_FORM_PAIR, seed);
        if (sp_insert_move(&edit)) {
            assert_int_equal(inserted(&at), 1);
            assert_enabled(at, 1);
            kinds |= 1U << edit.room[at].kind;
        }
    }
    assert_int_equal(kinds, 1U << SP_ACTION_CALL | 1U << SP_ACTION_TIMER | 1U << SP_ACTION_DELIVER |
                                1U << SP_ACTION_DUPLICATE | 1U << SP_ACTION_LOSE);
}

static void every_step_of_an_inserted_walk_is_enabled(void **state)
{
    (void)state;
    size_t longest = 0;
    for (uint64_t seed = 0; seed < 400; seed++) {
        size_t at;
        begin(SP_FORM_PAIR, seed);
        assert_true(sp_insert_walk(&edit));
        const size_t steps = inserted(&at);
        assert_enabled(at, steps);
        longest = steps > longest ? steps : longest;
    }
    assert_true(longest > 4);
}

static bool is_on_packet(const struct sp_action *action)
{
    return action->kind == SP_ACTION_DELIVER || action->kind == SP_ACTION_DUPLICATE ||
           action->kind == SP_ACTION_LOSE;
}

/* `lose 77` comes after a SEND, so that there is something in flight to point it to. */
static void repaired_deliveries_are_in_flight(void **state)
{
    (void)state;
    unsigned repaired = 0;
    for (uint64_t seed = 0; seed < 1000; seed++) {
        size_t last;
        begin(SP_FORM_PAIR, seed);
        const size_t said = sp_edit_repair(&edit);
        assert_true(same_setup());
        assert_int_equal(differences(&last), said);
        sp_edit_run(&edit, 0);
        for (size_t i = 0; i < edit.script.count; i++) {
            const bool acts = sp_edit_act(&edit, &edit.room[i]);
            assert_true(acts || same(&edit.room[i], &before.room[i]));
            assert_int_equal(edit.room[i].kind, before.room[i].kind);
            if (!same(&edit.room[i], &before.room[i])) {
                assert_true(acts && is_on_packet(&edit.room[i]));
                repaired++;
            }
        }
    }
    assert_true(repaired > 700 && repaired < 1000); /* most of the time, not always */
}

static void what_is_in_flight_already_needs_no_repair(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 400; seed++) {
        begin(SP_FORM_PAIR, seed);
        before.script.count = edit.script.count = 10; /* all before `lose 77` */
        assert_int_equal(sp_edit_repair(&edit), 0);
        assert_true(same_block(0, 0, 10));
    }
}

/* A set of numbers, and which of them were seen. */
struct numbers {
    const uint32_t *wanted;
    size_t count;
    uint64_t seen;
    unsigned strangers;
};

static void note(struct numbers *numbers, uint32_t value)
{
    bool found = false;
    for (size_t i = 0; i < numbers->count; i++) {
        if (numbers->wanted[i] == value) {
            numbers->seen |= UINT64_C(1) << i;
            found = true;
        }
    }
    numbers->strangers += !found;
}

static void assert_all_and_no_other(const struct numbers *numbers, const char *what)
{
    for (size_t i = 0; i < numbers->count; i++) {
        if ((numbers->seen >> i & 1) == 0) {
            fail_msg("%s: never %" PRIu32, what, numbers->wanted[i]);
        }
    }
    if (numbers->strangers != 0) {
        fail_msg("%s: %u numbers that are no edge", what, numbers->strangers);
    }
}

/* B after the handshake and three octets: IRS 100, RCV.NXT 104, window 10; of its own it has sent
 * the SYN alone: ISS 300, SND.UNA = SND.NXT = 301. A has a window of 10, its largest. */
static const uint32_t seq_edges[] = {
    /* expected, before, after; right edge and its neighbours: window is [104, 114) */
    104, 103, 105, 113, 114, 115,
    /* three octets that end before, at the first, at the last of the window, behind it */
    101, 102, 111, 112,
    /* IRS and its neighbours */
    100, 99, /* 101: above */
    /* where numbers turn */
    0, 1, 4294967295u, 2147483647u, 2147483648u, 2147483649u,
    /* half of the circle from RCV.NXT */
    2147483752u, 2147483751u, 2147483753u};

static const uint32_t ack_edges[] = {
    /* SND.UNA = SND.NXT = the end of what is written; ISS 300 */
    301, 300, 302, 299,
    /* SND.UNA - MAX.SND.WND (RFC 5961 5.2) */
    291, 290, 292,
    /* where numbers turn */
    0, 1, 4294967295u, 2147483647u, 2147483648u, 2147483649u,
    /* half of the circle from SND.NXT */
    2147483949u, 2147483948u, 2147483950u};

/* With an older incarnation of both: each sent its SYN and no text, so A used 100 alone, B 300. */
static const char reopened[] = "synproof script 1\n"
                               "set *.opens = 2\nset *.window = 10\nset *.read = on\n"
                               "set A.iss = 100\nset B.iss = 300\n"
                               "B open passive\nA open active\ndeliver 1\ndeliver 2\ndeliver 3\n"
                               "A abort\ndeliver 4\n"
                               "B open passive\nA open active iss=5000\ndeliver 5\n"
                               "B inject ACK seq=1 ack=1 wnd=1\n";

/* Moves the number of the last event many times; collects where it went. */
static void collect(struct numbers *seq, struct numbers *ack, unsigned host)
{
    static struct sp_edit start;
    start = edit;
    const size_t at = start.script.count - 1;
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        edit = start;
        edit.script.action = edit.room;
        edit.random = seed;
        assert_true(sp_move_to_edge(&edit));
        const struct sp_action *now = &edit.room[at];
        const struct sp_action *then = &start.room[at];
        if (now->seq_anchor != then->seq_anchor || now->segment.seq != then->segment.seq) {
            note(seq, sp_edge_value(&edit.world, host,
                                    (struct sp_edge){now->seq_anchor, now->segment.seq}));
        } else {
            note(ack, sp_edge_value(&edit.world, host,
                                    (struct sp_edge){now->ack_anchor, now->segment.ack}));
        }
    }
}

static void begin_text(const char *text)
{
    struct sp_complaint complaint;
    sp_edit_begin(&edit, SP_FORM_PAIR, NULL, 0, 0);
    if (!sp_script_parse(&edit.script, text, strlen(text), &complaint)) {
        fail_msg("line %u: %s", complaint.line, complaint.text);
    }
}

static void numbers_move_to_every_edge_and_nowhere_else(void **state)
{
    (void)state;
    struct numbers seq = {seq_edges, sizeof seq_edges / sizeof seq_edges[0], 0, 0};
    struct numbers ack = {ack_edges, sizeof ack_edges / sizeof ack_edges[0], 0, 0};
    begin_text("synproof script 1\nset *.send = 20\nset *.window = 10\nset mss = 4\n"
               "set A.iss = 100\nset B.iss = 300\n"
               "B open passive\nA open active\ndeliver 1\ndeliver 2\ndeliver 3\n"
               "A send 3\ndeliver 4\n"
               "B inject ACK seq=777777 ack=777777 wnd=1 len=3\n");
    collect(&seq, &ack, SP_B);
    assert_all_and_no_other(&seq, "SEG.SEQ");
    assert_all_and_no_other(&ack, "SEG.ACK");
}

static void numbers_of_an_older_incarnation_are_edges(void **state)
{
    (void)state;
    static const uint32_t of_a[] = {100, 101}, of_b[] = {300, 301};
    struct numbers seq = {of_a, 2, 0, 0};
    struct numbers ack = {of_b, 2, 0, 0};
    begin_text(reopened);
    collect(&seq, &ack, SP_B);
    assert_int_equal(seq.seen, 3);
    assert_int_equal(ack.seen, 3);
}

/* One number off at a time is common: the other is what the receiver expects. */
static void an_inserted_segment_meets_the_host_where_it_decides(void **state)
{
    (void)state;
    unsigned injected = 0, expected = 0, flags = 0, options = 0, windows = 0;
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        size_t at;
        begin(SP_FORM_PAIR, seed);
        assert_true(sp_insert_segment(&edit) && same_setup());
        assert_int_equal(inserted(&at), 1);
        const struct sp_action *action = &edit.room[at];
        const struct sp_segment *s = &action->segment;
        assert_int_equal(action->kind, SP_ACTION_INJECT);
        injected++;
        expected += action->seq_anchor == SP_ANCHOR_RCV_NXT && s->seq == 0;
        flags |= s->flags;
        options |= s->options;
        windows |= s->wnd == 0 ? 1U : s->wnd == 1 ? 2U : s->wnd == UINT16_MAX ? 4U : 0;
    }
    assert_true(expected > injected / 3);
    assert_int_equal(flags, SP_FIN | SP_SYN | SP_RST | SP_PSH | SP_ACK | SP_URG);
    assert_int_equal(options, 0x1f);
    assert_int_equal(windows, 7);
}

static void what_acts_on_an_endpoint_acts_on_host_a(void **state)
{
    (void)state;
    static bool (*const inserts[])(struct sp_edit *) = {
        sp_insert_move, sp_insert_walk, sp_insert_call, sp_insert_timer, sp_insert_segment};
    for (size_t i = 0; i < sizeof inserts / sizeof inserts[0]; i++) {
        unsigned applied = 0;
        for (uint64_t seed = 0; seed < 400; seed++) {
            size_t at;
            begin(SP_FORM_ENDPOINT, seed);
            if (!inserts[i](&edit)) {
                continue;
            }
            applied++;
            const size_t more = inserted(&at);
            for (size_t j = at; j < at + more; j++) {
                assert_int_equal(edit.room[j].host, SP_A);
                assert_false(is_on_packet(&edit.room[j]));
            }
        }
        assert_true(applied > 100);
    }
}

/* Settings alone tell the two parents apart, and the calls: only `mate` has STATUS of B. */
static void a_crossover_has_events_of_both(void **state)
{
    (void)state;
    static uint8_t a[BYTES], b[BYTES], out[BYTES];
    static const uint8_t statuses[] = {2, 0, 0, 0, 0x68, 0x68, 0x68, 0x68, 0x68, 0x68, 0x68, 0x68};
    const size_t a_size = rich_bytes(a);
    unsigned both = 0;
    memcpy(b, statuses, sizeof statuses);
    for (uint64_t seed = 0; seed < 1000; seed++) {
        unsigned of_b = 0;
        begin(SP_FORM_PAIR, 0);
        const size_t size =
            sp_crossover(SP_FORM_PAIR, a, a_size, b, sizeof statuses, out, BYTES, seed);
        sp_edit_begin(&edit, SP_FORM_PAIR, out, size, 0);
        for (size_t i = 0; i < edit.script.count; i++) {
            of_b += edit.room[i].kind == SP_ACTION_CALL && edit.room[i].event == SP_EVENT_STATUS;
        }
        assert_true(of_b <= 8 && edit.script.count - of_b <= before.script.count);
        both += of_b > 0 && edit.script.count > of_b;
    }
    assert_true(both > 600);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_larger_than_its_room_and_all_is_canonical),
        cmocka_unit_test(no_script_has_more_actions_than_are_run),
        cmocka_unit_test(the_seed_decides_everything),
        cmocka_unit_test(every_operator_changes_something),
        cmocka_unit_test(delete_removes_exactly_one_event),
        cmocka_unit_test(delete_block_removes_one_block),
        cmocka_unit_test(duplicate_adds_an_event_that_is_there),
        cmocka_unit_test(repeat_adds_what_stands_before_it),
        cmocka_unit_test(swap_exchanges_two),
        cmocka_unit_test(a_change_is_of_one_event),
        cmocka_unit_test(settings_change_and_events_stay),
        cmocka_unit_test(a_policy_switch_changes_alone_and_each_does),
        cmocka_unit_test(initial_sequence_numbers_are_where_arithmetic_turns),
        cmocka_unit_test(an_inserted_move_is_enabled_and_acts),
        cmocka_unit_test(every_step_of_an_inserted_walk_is_enabled),
        cmocka_unit_test(repaired_deliveries_are_in_flight),
        cmocka_unit_test(what_is_in_flight_already_needs_no_repair),
        cmocka_unit_test(numbers_move_to_every_edge_and_nowhere_else),
        cmocka_unit_test(numbers_of_an_older_incarnation_are_edges),
        cmocka_unit_test(an_inserted_segment_meets_the_host_where_it_decides),
        cmocka_unit_test(what_acts_on_an_endpoint_acts_on_host_a),
        cmocka_unit_test(a_crossover_has_events_of_both),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
