/*
 * Does shrinking keep what an input shows, and leave nothing in it that could go?
 *
 * The counterexamples are those of `synproof check` for the attacks and hazards of proofs/attacks,
 * which breadth-first search proves shortest within their bounds. Noise is put around them; what
 * comes out is judged by sp_trace_run and by another way of renumbering (support/noise).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "campaign/shrink.h"
#include "noise.h"
#include "report/trace.h"
#include "script_text.h"

enum { ACTIONS = 300, NOISY = 200 };

struct example {
    const char *text;
    size_t shortest; /* events of the shortest run: the depth in proofs/attacks/expected */
};

/* RFC 5961 3: a forged RST in the window. */
static const struct example blind_reset = {
    "synproof script 1\nset policy = rfc793\nset flight = 2\nset losses = 0\nset forgeries = 1\n"
    "expect S46\nA open active\nB open passive\ndeliver 1\nB inject RST seq=rcv.nxt+1 wnd=0\n",
    4};

/* RFC 5961 4: a forged SYN in the window. */
static const struct example blind_syn = {
    "synproof script 1\nset policy = rfc793\nset forgeries = 1\nexpect S47\nA open active\n"
    "B open passive\ndeliver 1\ndeliver 2\nA inject SYN seq=rcv.nxt+0 wnd=1\n",
    5};

/* RFC 5961 5: an octet with an ACK that is too old. */
static const struct example blind_data = {
    "synproof script 1\nset forgeries = 1\nset losses = 0\nexpect S48\nA open active\n"
    "B open passive\ndeliver 1\ndeliver 2\n"
    "A inject ACK seq=rcv.nxt+0 ack=snd.una-3 wnd=1 len=1\n",
    5};

/* RFC 9293 3.4.3: a host that crashed opens without quiet time. */
static const struct example crashed = {
    "synproof script 1\nset flight = 2\nset quiet = off\nset A.opens = 2\nset A.crashes = 1\n"
    "expect S24\nA open active\nB open passive\ndeliver 1\ndeliver 2\nA crash\n"
    "A open active iss=102\nduplicate 4\ndeliver 3\ndeliver 4\ndeliver 6\ndeliver 5\n",
    11};

static struct sp_script script_of(const char *text)
{
    struct sp_script script = {.capacity = ACTIONS};
    struct sp_complaint complaint;
    script.action = calloc(ACTIONS, sizeof *script.action);
    assert_non_null(script.action);
    if (!sp_script_parse(&script, text, strlen(text), &complaint)) {
        fail_msg("%u: %s", complaint.line, complaint.text);
    }
    return script;
}

static struct sp_script copy_of(const struct sp_script *script)
{
    struct sp_script copy = *script;
    copy.capacity = ACTIONS;
    copy.action = calloc(ACTIONS, sizeof *copy.action);
    assert_non_null(copy.action);
    memcpy(copy.action, script->action, script->count * sizeof *copy.action);
    return copy;
}

static void shrink(struct sp_script *script)
{
    struct sp_shrink shrink = {.script = script};
    assert_int_equal(sp_shrink(&shrink), SP_SHRUNK);
}

/* Without any one event, in either reading of the later numbers, the signature is another. */
static void assert_minimal(const struct sp_script *script, const char *signature)
{
    const enum sp_property property = sp_expected_property(script);
    char now[SP_SIGNATURE_MAX];
    for (size_t i = 0; i < 2 * script->count; i++) {
        struct sp_script less = copy_of(script);
        noise_remove(&less, i / 2, i % 2 == 0);
        if (strcmp(noise_signature(&less, property, now), signature) == 0) {
            fail_msg("event %zu could go from\n%s", i / 2 + 1, script_text(script));
        }
        free(less.action);
    }
}

static void assert_shrinks(const struct example *example, uint64_t seed)
{
    struct sp_script script = script_of(example->text);
    const enum sp_property property = sp_expected_property(&script);
    char before[SP_SIGNATURE_MAX];
    char after[SP_SIGNATURE_MAX];
    assert_string_not_equal(noise_signature(&script, property, before), "");
    noise_add(&script, NOISY, &seed);
    assert_int_equal(script.count, NOISY);
    assert_string_equal(noise_signature(&script, property, after), before);
    struct sp_script again = copy_of(&script);
    shrink(&script);
    shrink(&again);
    assert_string_equal(script_text(&script), script_text(&again));
    assert_string_equal(noise_signature(&script, property, after), before);
    assert_int_equal(sp_expected_property(&script), property);
    assert_minimal(&script, before);
    if (script.count > example->shortest) {
        fail_msg("%zu events, not %zu:\n%s", script.count, example->shortest, script_text(&script));
    }
    free(script.action);
    free(again.action);
}

static void assert_shrinks_whatever_the_noise(const struct example *example)
{
    for (uint64_t seed = 1; seed <= 5; seed++) {
        assert_shrinks(example, seed * 0x9e3779b97f4a7c15u);
    }
}

static void a_blind_reset_in_noise_shrinks_to_a_minimal_run(void **state)
{
    (void)state;
    assert_shrinks_whatever_the_noise(&blind_reset);
}

static void a_blind_syn_in_noise_shrinks_to_a_minimal_run(void **state)
{
    (void)state;
    assert_shrinks_whatever_the_noise(&blind_syn);
}

static void blind_data_in_noise_shrinks_to_a_minimal_run(void **state)
{
    (void)state;
    assert_shrinks_whatever_the_noise(&blind_data);
}

static void a_crash_in_noise_shrinks_to_a_minimal_run(void **state)
{
    (void)state;
    assert_shrinks_whatever_the_noise(&crashed);
}

static void assert_becomes(const char *before, const char *after)
{
    struct sp_script script = script_of(before);
    shrink(&script);
    assert_string_equal(script_text(&script), after);
    free(script.action);
}

static void references_keep_their_meaning_when_numbers_shift(void **state)
{
    (void)state;
    /* The refused SYN of B (1) and the RST it drew (2) go: what was 3 is 1. */
    assert_becomes("synproof script 1\nset policy.rst_check = window\nset forgeries = 1\n"
                   "B open active\ndeliver 1\ndeliver 2\nA open active\nB open passive\ndeliver 3\n"
                   "B inject RST seq=rcv.nxt+1 wnd=0\n",
                   "synproof script 1\nset policy = rfc9293\nset policy.rst_check = window\n"
                   "set forgeries = 1\nexpect S46\n\nA open active\nB open passive\ndeliver 1\n"
                   "B inject RST seq=rcv.nxt+1 wnd=0\n");
}

static void the_first_segment_stands_for_its_retransmission(void **state)
{
    (void)state;
    assert_becomes("synproof script 1\nset policy.rst_check = window\nset forgeries = 1\n"
                   "A open active\nA timer retransmission\nB open passive\nlose 1\nduplicate 2\n"
                   "B inject RST seq=rcv.nxt+1 wnd=0\n",
                   "synproof script 1\nset policy = rfc9293\nset policy.rst_check = window\n"
                   "set forgeries = 1\nexpect S46\n\nA open active\nB open passive\ndeliver 1\n"
                   "B inject RST seq=rcv.nxt+1 wnd=0\n");
}

static void fields_become_plain_and_settings_initial(void **state)
{
    (void)state;
    /* B's buffer holds 2 octets: the one number in the window that is not exact is RCV.NXT + 1. A
     * begins with 100, the initial value of its iss, so that is 102. */
    assert_becomes("synproof script 1\nset policy = rfc793\nset forgeries = 3\nset mss = 7\n"
                   "set ticks = 2\nset A.window = 9\nset B.send = 4\n"
                   "A open active iss=100\nB open passive iss=7\ndeliver 1\n"
                   "B inject RST,PSH,URG seq=102 wnd=77 urgent=9 mss=536 scale=2 sack-ok ts=7/3 "
                   "sack=10-20,30-40 iss=8 now=12\n",
                   "synproof script 1\nset policy = rfc9293\nset policy.rst_check = window\n"
                   "set forgeries = 3\nexpect S46\n\nA open active\nB open passive\ndeliver 1\n"
                   "B inject RST seq=rcv.nxt+1 wnd=0\n");
}

/* RFC 1337 H1: S4, S8 and S9 break in the same step, and S4 stands first in properties.def. */
static const char old_data[] =
    "synproof script 1\nset A.opens = 2\nset B.opens = 2\nset B.reopen = same\n%s"
    "A open active\nB open passive\ndeliver 1\nB send 1\ndeliver 2\nA close\ndeliver 3\n"
    "deliver 4\nB close\ndeliver 6\nB timer retransmission\ndeliver 8\ndeliver 9\n"
    "B open passive\ndeliver 7\ndeliver 10\ndeliver 11\nA open active iss=103\ndeliver 12\n"
    "deliver 13\ndeliver 5\n";

static void assert_old_data_shows(const char *expectation, const char *property)
{
    char text[1024];
    snprintf(text, sizeof text, old_data, expectation);
    struct sp_script script = script_of(text);
    struct sp_sighting sighting = sp_sight_script(&script);
    assert_true(sighting.seen);
    assert_string_equal(sp_property_info(sighting.property)->id, property);
    shrink(&script);
    assert_string_equal(script.expected, property);
    free(script.action);
}

static void of_several_violations_in_one_step_the_first_property_counts(void **state)
{
    (void)state;
    assert_old_data_shows("", "S4");
}

static void an_expected_property_is_kept_among_others(void **state)
{
    (void)state;
    assert_old_data_shows("expect S9\n", "S9");
}

static void a_property_that_does_not_show_gives_way_to_one_that_does(void **state)
{
    (void)state;
    assert_old_data_shows("expect S5\n", "S4");
}

static void assert_shows_first(const struct sp_script *script, const char *signature)
{
    assert_string_equal(sp_sight(script, SP_PROPERTY_COUNT).signature, signature);
}

static void another_signature_of_the_same_property_will_not_do(void **state)
{
    (void)state;
    /* A simultaneous open. In SYN-RECEIVED, an event earlier, the RST would end B's connection too,
     * by another rule: refused (9293 3.10.7.4 step 2). */
    struct sp_script script = script_of(
        "synproof script 1\nset policy.rst_check = window\nset forgeries = 1\nexpect S46\n"
        "A open active\nB open active\ndeliver 2\ndeliver 1\ndeliver 4\ndeliver 5\n"
        "B inject RST seq=rcv.nxt+1 wnd=0\n");
    assert_shows_first(&script, "S46/CLOSED/RST_CLOSES");
    shrink(&script);
    assert_shows_first(&script, "S46/CLOSED/RST_CLOSES");
    free(script.action);
}

static void what_shows_first_stays_first(void **state)
{
    (void)state;
    /* S14 rests on assumption N: it is not judged once a segment was forged, so that S15 comes
     * first here. Without the forged segment, which does nothing else, S14 would. */
    struct sp_script script = script_of(
        "synproof script 1\nset policy.fin_acked = literal\nB inject RST seq=0 wnd=0\n"
        "A open active\nA send 1\nA send 1\nB open passive\ndeliver 1\ndeliver 2\nA close\n"
        "deliver 4\ndeliver 3\ndeliver 6\n");
    assert_shows_first(&script, "S15/FIN_WAIT_2/FIN_WAIT_1_FIN_ACKED");
    shrink(&script);
    assert_shows_first(&script, "S15/FIN_WAIT_2/FIN_WAIT_1_FIN_ACKED");
    free(script.action);
}

static void a_script_without_violation_is_left_as_it_is(void **state)
{
    (void)state;
    const char *text = "synproof script 1\nset policy = rfc9293\nset flight = 2\nexpect PASS\n\n"
                       "A open active\nA status\n";
    struct sp_script script = script_of(text);
    struct sp_shrink shrink = {.script = &script};
    assert_int_equal(sp_shrink(&shrink), SP_SHRUNK_NOTHING);
    assert_string_equal(script_text(&script), text);
    free(script.action);
}

static volatile int stop;
static uint64_t stop_after;

static void count_runs(const struct sp_shrink *shrink, size_t events)
{
    (void)events;
    stop = shrink->runs >= stop_after;
}

/* Stops after so many runs. True: there was something to stop. */
static bool stops_well(const struct sp_script *script, uint64_t runs)
{
    char signature[SP_SIGNATURE_MAX];
    struct sp_script copy = copy_of(script);
    struct sp_shrink shrink = {.script = &copy, .interrupted = &stop, .progress = count_runs};
    stop = runs == 0;
    stop_after = runs;
    const enum sp_shrunk shrunk = sp_shrink(&shrink);
    const size_t events = copy.count;
    assert_true(events <= script->count);
    assert_string_equal(copy.expected, "S24");
    assert_string_equal(noise_signature(&copy, sp_expected_property(&copy), signature),
                        shrink.sighting.signature);
    sp_drop_impossible(&copy);
    assert_int_equal(copy.count, events);
    free(copy.action);
    return shrunk == SP_SHRUNK_INTERRUPTED;
}

static void an_interrupt_at_any_time_leaves_a_script_that_shows_it(void **state)
{
    (void)state;
    struct sp_script script = script_of(crashed.text);
    uint64_t seed = 8 * 0x9e3779b97f4a7c15u;
    uint64_t runs = 0;
    noise_add(&script, NOISY, &seed);
    while (stops_well(&script, runs)) {
        runs++;
    }
    assert_true(runs > 50);
    free(script.action);
}

/* The first violated property of a trace, its step, or SP_PROPERTY_COUNT. */
static enum sp_property first_of(const struct sp_trace *trace, size_t *events)
{
    for (size_t i = 0; i < trace->count; i++) {
        for (unsigned p = 0; p < SP_PROPERTY_COUNT; p++) {
            if ((trace->step[i].findings.violated >> p & 1) != 0) {
                *events = i + 1;
                return (enum sp_property)p;
            }
        }
    }
    return SP_PROPERTY_COUNT;
}

static void what_is_seen_is_what_a_trace_shows(void **state)
{
    (void)state;
    static struct sp_trace_step steps[ACTIONS];
    size_t violations = 0;
    for (uint64_t seed = 1; seed <= 4000; seed++) {
        uint64_t random = seed * 0x9e3779b97f4a7c15u;
        uint8_t bytes[200];
        for (size_t i = 0; i < sizeof bytes; i++) {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            bytes[i] = (uint8_t)(random >> 56);
        }
        struct sp_script script = script_of("synproof script 1\n");
        sp_script_decode(&script, bytes, sizeof bytes);
        struct sp_trace trace = {.step = steps};
        sp_trace_run(&script, 0, false, &trace);
        size_t events = 0;
        const enum sp_property first = first_of(&trace, &events);
        const struct sp_sighting sighting = sp_sight(&script, SP_PROPERTY_COUNT);
        assert_int_equal(sighting.seen, trace.violated != 0);
        if (sighting.seen) {
            violations++;
            assert_int_equal(sighting.property, first);
            assert_int_equal(sighting.events, events);
            assert_true(sighting.leads);
        }
        free(script.action);
    }
    assert_true(violations > 0 && violations < 4000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_blind_reset_in_noise_shrinks_to_a_minimal_run),
        cmocka_unit_test(a_blind_syn_in_noise_shrinks_to_a_minimal_run),
        cmocka_unit_test(blind_data_in_noise_shrinks_to_a_minimal_run),
        cmocka_unit_test(a_crash_in_noise_shrinks_to_a_minimal_run),
        cmocka_unit_test(references_keep_their_meaning_when_numbers_shift),
        cmocka_unit_test(the_first_segment_stands_for_its_retransmission),
        cmocka_unit_test(fields_become_plain_and_settings_initial),
        cmocka_unit_test(of_several_violations_in_one_step_the_first_property_counts),
        cmocka_unit_test(an_expected_property_is_kept_among_others),
        cmocka_unit_test(a_property_that_does_not_show_gives_way_to_one_that_does),
        cmocka_unit_test(another_signature_of_the_same_property_will_not_do),
        cmocka_unit_test(what_shows_first_stays_first),
        cmocka_unit_test(a_script_without_violation_is_left_as_it_is),
        cmocka_unit_test(an_interrupt_at_any_time_leaves_a_script_that_shows_it),
        cmocka_unit_test(what_is_seen_is_what_a_trace_shows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
