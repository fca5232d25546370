/*
 * Are the files of engines told apart by their names, inputs grouped by what they show, and is the
 * byte form of a script cut and named so that it stays the same script?
 *
 * Names are those that libFuzzer (FuzzerLoop.cpp) and AFL++ (docs/fuzzing_in_depth.md) give.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "campaign/bytes.h"
#include "campaign/triage.h"

static void files_of_libfuzzer_are_known_by_their_names(void **state)
{
    (void)state;
    const char *hash = "da39a3ee5e6b4b0d3255bfef95601890afd80709";
    const struct {
        const char *prefix;
        enum sp_origin origin;
    } rows[] = {
        {"crash-", SP_ORIGIN_CRASH}, {"timeout-", SP_ORIGIN_TIMEOUT}, {"oom-", SP_ORIGIN_OOM},
        {"leak-", SP_ORIGIN_LEAK},   {"slow-unit-", SP_ORIGIN_SLOW},  {"", SP_ORIGIN_INPUT},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char path[200];
        snprintf(path, sizeof path, "out/artifacts/%s%s", rows[i].prefix, hash);
        assert_int_equal(sp_origin_of(path), rows[i].origin);
        assert_int_equal(sp_origin_of(strrchr(path, '/') + 1), rows[i].origin);
    }
}

static void of_an_instance_of_afl_only_crashes_and_hangs_are_inputs(void **state)
{
    (void)state;
    const char *name = "id:000000,sig:06,src:000003,time:51,execs:1203,op:havoc,rep:2";
    const struct {
        const char *folder;
        enum sp_origin origin;
    } rows[] = {
        {"out/main/crashes", SP_ORIGIN_CRASH},
        {"out/main/crashes.2026-01-31-12:00:00", SP_ORIGIN_CRASH},
        {"out/main/hangs", SP_ORIGIN_TIMEOUT},
        {"out/main/queue", SP_ORIGIN_NONE},
        {"out/main/crashes-of-yesterday", SP_ORIGIN_INPUT},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char path[200];
        snprintf(path, sizeof path, "%s/%s", rows[i].folder, name);
        assert_int_equal(sp_origin_of(path), rows[i].origin);
    }
    const char *own[] = {
        "out/main/fuzzer_stats", "out/main/plot_data",   "out/main/cmdline",
        "out/main/fuzzer_setup", "out/main/fuzz_bitmap", "out/board",
        "out/campaign",          "out/commands",         "out/main/crashes/README.txt",
        "out/fuzz-0.log"};
    for (size_t i = 0; i < sizeof own / sizeof own[0]; i++) {
        assert_int_equal(sp_origin_of(own[i]), SP_ORIGIN_NONE);
    }
}

static void what_is_slow_is_no_failure_of_the_target(void **state)
{
    (void)state;
    assert_true(sp_origin_fails(SP_ORIGIN_CRASH));
    assert_true(sp_origin_fails(SP_ORIGIN_TIMEOUT));
    assert_true(sp_origin_fails(SP_ORIGIN_OOM));
    assert_true(sp_origin_fails(SP_ORIGIN_LEAK));
    assert_false(sp_origin_fails(SP_ORIGIN_SLOW));
    assert_false(sp_origin_fails(SP_ORIGIN_INPUT));
}

static struct sp_sighting sighting(enum sp_property property, const char *signature, size_t events)
{
    struct sp_sighting s = {.seen = true, .property = property, .events = events};
    snprintf(s.signature, sizeof s.signature, "%s", signature);
    return s;
}

static void a_group_counts_its_inputs_and_keeps_the_first_smallest(void **state)
{
    (void)state;
    struct sp_groups groups = {NULL, 0, 0};
    struct sp_sighting inputs[] = {
        sighting(SP_PROPERTY_one_fin, "S11/B/X", 9),
        sighting(SP_PROPERTY_isn_agreement, "S5/A/X", 4),
        sighting(SP_PROPERTY_one_fin, "S11/A/X", 7),
        sighting(SP_PROPERTY_one_fin, "S11/B/X", 3),
        sighting(SP_PROPERTY_one_fin, "S11/B/X", 3),
        sighting(SP_PROPERTY_one_fin, "S11/B/X", 8),
    };
    for (size_t i = 0; i < sizeof inputs / sizeof inputs[0]; i++) {
        assert_true(sp_groups_add(&groups, &inputs[i], i));
    }
    /* S5 stands before S11 in properties.def. */
    assert_int_equal(groups.count, 3);
    assert_string_equal(groups.at[0].sighting.signature, "S5/A/X");
    assert_string_equal(groups.at[1].sighting.signature, "S11/A/X");
    assert_string_equal(groups.at[2].sighting.signature, "S11/B/X");
    assert_int_equal(groups.at[2].inputs, 4);
    assert_int_equal(groups.at[2].smallest, 3);
    assert_int_equal(groups.at[2].sighting.events, 3);
    sp_groups_free(&groups);
}

static void many_groups_stay_in_order(void **state)
{
    (void)state;
    struct sp_groups groups = {NULL, 0, 0};
    for (unsigned i = 0; i < 200; i++) {
        char text[SP_SIGNATURE_MAX];
        snprintf(text, sizeof text, "S11/%03u/X", i * 37 % 200);
        struct sp_sighting one = sighting(SP_PROPERTY_one_fin, text, i);
        assert_true(sp_groups_add(&groups, &one, i));
    }
    assert_int_equal(groups.count, 200);
    for (size_t i = 1; i < groups.count; i++) {
        assert_true(strcmp(groups.at[i - 1].sighting.signature, groups.at[i].sighting.signature) <
                    0);
    }
    sp_groups_free(&groups);
}

static void a_signature_is_a_name_of_a_file(void **state)
{
    (void)state;
    char name[SP_SIGNATURE_MAX];
    assert_string_equal(sp_signature_name("S5/ESTABLISHED/SYN_SENT_SYN_ACK", name),
                        "S5+ESTABLISHED+SYN_SENT_SYN_ACK");
}

static struct sp_script script_of(const char *text, struct sp_action *action, size_t capacity)
{
    struct sp_script script = {.action = action, .capacity = capacity};
    struct sp_complaint complaint;
    if (!sp_script_parse(&script, text, strlen(text), &complaint)) {
        fail_msg("%u: %s", complaint.line, complaint.text);
    }
    return script;
}

static void bytes_are_cut_only_where_they_read_the_same(void **state)
{
    (void)state;
    struct sp_action action[8];
    struct sp_action again[8];
    /* The last event's count and number are 0 and may be cut; an octet of 0 that is an event, the
     * OPEN of A, may not. */
    const char *texts[] = {"synproof script 1\nA open passive\nB send 0\n",
                           "synproof script 1\nA open passive\nA open passive\n",
                           "synproof script 1\n", "synproof script 1\nB inject none seq=0 wnd=0\n"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct sp_script script = script_of(texts[i], action, 8);
        char one[2000];
        char other[2000];
        size_t size;
        uint8_t *bytes = sp_script_bytes(&script, &size);
        assert_non_null(bytes);
        assert_true(size <= sp_script_encode(&script, NULL, 0));
        struct sp_script read = {.action = again, .capacity = 8};
        sp_script_decode(&read, bytes, size);
        sp_script_print(&script, one, sizeof one);
        sp_script_print(&read, other, sizeof other);
        assert_string_equal(one, other);
        free(bytes);
    }
    struct sp_script script = script_of(texts[3], action, 8);
    size_t size;
    free(sp_script_bytes(&script, &size));
    assert_true(size < sp_script_encode(&script, NULL, 0));
}

static void a_hash_names_the_run_and_not_what_is_expected(void **state)
{
    (void)state;
    struct sp_action action[8];
    char pass[SP_HASH_TEXT];
    char fail[SP_HASH_TEXT];
    char other[SP_HASH_TEXT];
    struct sp_script script =
        script_of("synproof script 1\nexpect PASS\nA open active\n", action, 8);
    assert_true(sp_script_hash(&script, pass));
    script = script_of("synproof script 1\nexpect S5\nA open active\n", action, 8);
    assert_true(sp_script_hash(&script, fail));
    script = script_of("synproof script 1\nexpect S5\nB open active\n", action, 8);
    assert_true(sp_script_hash(&script, other));
    assert_string_equal(pass, fail);
    assert_string_not_equal(fail, other);
    assert_int_equal(strspn(pass, "0123456789abcdef"), 8);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_of_libfuzzer_are_known_by_their_names),
        cmocka_unit_test(of_an_instance_of_afl_only_crashes_and_hangs_are_inputs),
        cmocka_unit_test(what_is_slow_is_no_failure_of_the_target),
        cmocka_unit_test(a_group_counts_its_inputs_and_keeps_the_first_smallest),
        cmocka_unit_test(many_groups_stay_in_order),
        cmocka_unit_test(a_signature_is_a_name_of_a_file),
        cmocka_unit_test(bytes_are_cut_only_where_they_read_the_same),
        cmocka_unit_test(a_hash_names_the_run_and_not_what_is_expected),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
