/*
 * Does a bounds file say what it admits: is every key read, kept in its range and printed back, and
 * does a mistake draw a message that helps?
 *
 * Ranges and initial values expected here are those of bounds.def, taken from it as text. What a
 * key does to a world is tested in test_world.c.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "setup/keys.h"

static struct sp_complaint complaint;

static bool apply(struct sp_setup *setup, const char *text)
{
    memset(&complaint, 'x', sizeof complaint);
    return sp_setup_apply(setup, text, strlen(text), &complaint);
}

static void assert_taken(struct sp_setup *setup, const char *text)
{
    if (!apply(setup, text)) {
        fail_msg("%s: refused: %s", text, complaint.text);
    }
}

/* All settings as one text: two setups are the same when these are. */
static const char *all_of(const struct sp_setup *setup)
{
    static char all[2][8192];
    static unsigned turn;
    char *text = all[turn++ % 2];
    size_t size = 0;
    char line[SP_SETTING_MAX];
    text[0] = '\0';
    for (size_t i = 0; sp_setup_print(setup, i, line, sizeof line); i++) {
        size += (size_t)snprintf(text + size, sizeof all[0] - size, "%s\n", line);
        assert_true(size < sizeof all[0]);
    }
    return text;
}

static void assert_refused(const char *text, const char *message)
{
    struct sp_setup setup;
    struct sp_setup untouched;
    sp_setup_init(&setup);
    sp_setup_init(&untouched);
    assert_false(apply(&setup, text));
    assert_string_equal(complaint.text, message);
    assert_string_equal(all_of(&setup), all_of(&untouched));
}

/* One NUMBER: the ends of its range are taken, what lies beside them is not. */
static void check_range(const char *key, long low, long high)
{
    struct sp_setup setup;
    char text[80];
    sp_setup_init(&setup);
    (void)snprintf(text, sizeof text, "%s = %ld", key, low);
    assert_taken(&setup, text);
    (void)snprintf(text, sizeof text, "%s=%ld", key, high);
    assert_taken(&setup, text);
    (void)snprintf(text, sizeof text, "%s = %ld", key, high + 1);
    assert_false(apply(&setup, text));
    (void)snprintf(text, sizeof text, "%s = %ld", key, low - 1);
    assert_false(apply(&setup, text));
    (void)snprintf(text, sizeof text, "%s = %ld", key, low);
    assert_taken(&setup, text);
}

static void every_number_keeps_to_its_range(void **state)
{
    (void)state;
#define NUMBER(key, field, low, high, initial, sentence) check_range(key, low, high);
#define HOST_NUMBER(key, field, low, high, initial, sentence)                                      \
    check_range("A." key, low, high);                                                              \
    check_range("B." key, low, high);                                                              \
    check_range("*." key, low, high);
#include "setup/bounds.def"
}

static void every_key_begins_with_its_initial_value(void **state)
{
    (void)state;
    struct sp_setup setup;
    sp_setup_init(&setup);
    assert_memory_equal(&setup.policy, &sp_policy_set_find("rfc9293")->policy, sizeof setup.policy);
#define NUMBER(key, field, low, high, initial, sentence)                                           \
    assert_int_equal(setup.bounds.field, initial);
#define SWITCH(key, field, initial, sentence) assert_int_equal(setup.bounds.field, initial);
#include "setup/bounds.def"
    for (unsigned h = 0; h < 2; h++) {
#define HOST_NUMBER(key, field, low, high, initial, sentence)                                      \
    assert_int_equal(setup.bounds.host[h].field, initial);
#define HOST_SWITCH(key, field, initial, sentence)                                                 \
    assert_int_equal(setup.bounds.host[h].field, initial);
#define HOST_SET(key, field, kind, initial, sentence)                                              \
    assert_int_equal(setup.bounds.host[h].field, initial);
#define HOST_LIST(key, field, initial, sentence)                                                   \
    assert_int_equal(setup.bounds.host[h].field.count, 1);                                         \
    assert_int_equal(setup.bounds.host[h].field.value[0], initial);
#include "setup/bounds.def"
    }
    assert_true(sp_setup_check(&setup, &complaint));
}

/* Writes `value` by its key and leaves the field, read by its name, to the caller. */
static void set_number(struct sp_setup *setup, const char *key, long value)
{
    char text[80];
    sp_setup_init(setup);
    (void)snprintf(text, sizeof text, "%s = %ld", key, value);
    assert_taken(setup, text);
}

static void every_number_and_switch_sets_its_own_field(void **state)
{
    (void)state;
    struct sp_setup setup;
#define NUMBER(key, field, low, high, initial, sentence)                                           \
    set_number(&setup, key, high);                                                                 \
    assert_int_equal(setup.bounds.field, high);
#define SWITCH(key, field, initial, sentence)                                                      \
    sp_setup_init(&setup);                                                                         \
    assert_taken(&setup, (initial) ? key " = off" : key " = on");                                  \
    assert_int_equal(setup.bounds.field, !(initial));
#define HOST_NUMBER(key, field, low, high, initial, sentence)                                      \
    set_number(&setup, "A." key, high);                                                            \
    assert_int_equal(setup.bounds.host[0].field, high);                                            \
    assert_int_equal(setup.bounds.host[1].field, initial);
#define HOST_SWITCH(key, field, initial, sentence)                                                 \
    sp_setup_init(&setup);                                                                         \
    assert_taken(&setup, (initial) ? "B." key " = off" : "B." key " = on");                        \
    assert_int_equal(setup.bounds.host[0].field, initial);                                         \
    assert_int_equal(setup.bounds.host[1].field, !(initial));
#include "setup/bounds.def"
}

static void a_key_of_hosts_is_set_for_one_or_both(void **state)
{
    (void)state;
    struct sp_setup setup;
    sp_setup_init(&setup);
    assert_taken(&setup, "A.window = 7");
    assert_int_equal(setup.bounds.host[0].window, 7);
    assert_int_equal(setup.bounds.host[1].window, 2);
    assert_taken(&setup, "*.window = 9");
    assert_int_equal(setup.bounds.host[0].window, 9);
    assert_int_equal(setup.bounds.host[1].window, 9);
    assert_taken(&setup, "B.iss = 200 4294967295");
    assert_int_equal(setup.bounds.host[0].iss.count, 1);
    assert_int_equal(setup.bounds.host[1].iss.count, 2);
    assert_int_equal(setup.bounds.host[1].iss.value[1], UINT32_MAX);
    assert_taken(&setup, "B.iss = 3");
    assert_int_equal(setup.bounds.host[1].iss.count, 1);
    assert_int_equal(setup.bounds.host[1].iss.value[1], 0);
}

static void sets_are_words_or_none(void **state)
{
    (void)state;
    struct sp_setup setup;
    sp_setup_init(&setup);
    assert_taken(&setup, "A.open = upgrade passive");
    assert_int_equal(setup.bounds.host[0].open, SP_OPEN_PASSIVE | SP_OPEN_UPGRADE);
    assert_taken(&setup, "A.open = none");
    assert_int_equal(setup.bounds.host[0].open, 0);
    assert_taken(&setup, "*.reopen = inside above edge same below");
    assert_int_equal(setup.bounds.host[1].reopen, 31);
}

static void policy_settings_change_the_policy(void **state)
{
    (void)state;
    struct sp_setup setup;
    sp_setup_init(&setup);
    assert_taken(&setup, "policy = lwip");
    assert_memory_equal(&setup.policy, &sp_policy_set_find("lwip")->policy, sizeof setup.policy);
    assert_taken(&setup, " policy.tw_reply\t= silent  # quiet");
    assert_int_equal(setup.policy.tw_reply, SP_tw_reply_SILENT);
}

static void a_fault_is_set_by_name_beside_the_policy(void **state)
{
    (void)state;
    struct sp_setup setup;
    char line[SP_SETTING_MAX];
    sp_setup_init(&setup);
    assert_int_equal(setup.policy.fault, SP_FAULT_NONE);
    assert_taken(&setup, "policy = linux");
    assert_taken(&setup, "fault = ooo-fin-consumed");
    assert_int_equal(setup.policy.fault, SP_FAULT_OOO_FIN_CONSUMED);
    assert_true(sp_faulty(&setup.policy, SP_FAULT_OOO_FIN_CONSUMED));
    assert_false(sp_faulty(&setup.policy, SP_FAULT_FIN_NOT_RETRANSMITTED));
    assert_true(sp_setup_print(&setup, 0, line, sizeof line));
    assert_string_equal(line, "policy = linux"); /* no set is farther away for it */
    assert_true(sp_setup_print(&setup, 1, line, sizeof line));
    assert_string_equal(line, "fault = ooo-fin-consumed");
    assert_taken(&setup, "policy = lwip"); /* a named set leaves it */
    assert_int_equal(setup.policy.fault, SP_FAULT_OOO_FIN_CONSUMED);
    assert_int_equal(sp_slot_get(&setup, sp_slot_count() - 1), SP_FAULT_OOO_FIN_CONSUMED);
    assert_taken(&setup, "fault = none");
    assert_int_equal(setup.policy.fault, SP_FAULT_NONE);
    assert_refused("fault = ooo-fin-consumd",
                   "fault = ooo-fin-consumd: no such fault; nearest is ooo-fin-consumed; none, or "
                   "one that 'synproof faults' lists, is valid");
    assert_refused("fault =", "fault = : no such fault; none, or one that 'synproof faults' lists, "
                              "is valid");
}

/* Each word is a row's own, and each row tells of something. */
static void faults_have_words_of_their_own(void **state)
{
    (void)state;
    for (unsigned i = 1; i < SP_FAULT_COUNT; i++) {
        const struct sp_fault_info *info = sp_fault_info((enum sp_fault)i);
        assert_true(strlen(info->word) > 0 && strlen(info->what) > 0 && strlen(info->where) > 0 &&
                    strlen(info->property) > 0);
        assert_string_equal(info->word, sp_fault_word((enum sp_fault)i));
        for (unsigned k = 0; k < i; k++) {
            assert_string_not_equal(info->word, sp_fault_word((enum sp_fault)k));
        }
    }
    assert_string_equal(sp_fault_word(SP_FAULT_NONE), "none");
}

static void a_mistake_names_the_value_what_is_valid_and_the_nearest(void **state)
{
    (void)state;
    assert_refused("flight = 9", "flight = 9: 1..8 is valid");
    assert_refused("flight = 99999999999999999999999", "flight = 99999999999999999999999: 1..8 is "
                                                       "valid");
    assert_refused("flight = -1", "flight = -1: 1..8 is valid");
    assert_refused("flight =", "flight has no value: 1..8 is valid");
    assert_refused("fligth = 2", "fligth: no such key; nearest is flight");
    assert_refused("A.windw = 2", "A.windw: no such key; nearest is A.window");
    assert_refused("B.windw = 2", "B.windw: no such key; nearest is B.window");
    assert_refused("window = 2", "window: no such key; nearest is *.window");
    assert_refused("A.flight = 2", "A.flight: no such key; nearest is flight");
    assert_refused("polcy = rfc793", "polcy: no such key; nearest is policy");
    assert_refused("zzzzz = 2", "zzzzz: no such key");
    assert_refused("msl = yes", "msl = yes: on off is valid");
    assert_refused("*.iss = 1 2 3 4 5", "*.iss = 1 2 3 4 5: 1..4 numbers 0..4294967295 is valid");
    assert_refused("A.iss = 4294967296", "A.iss = 4294967296: 1..4 numbers 0..4294967295 is valid");
    assert_refused("A.open = pasive", "A.open = pasive: no such word; nearest is passive; any of "
                                      "passive active upgrade none is valid");
    assert_refused("A.open = active none", "A.open = none: no such word; any of passive active "
                                           "upgrade none is valid");
    assert_refused("policy = linx", "policy = linx: no such policy; nearest is linux; one of "
                                    "rfc9293 rfc793 rfc1122 linux freebsd lwip is valid");
    assert_refused("policy.tw_rts = exact", "policy.tw_rts: no such switch; nearest is "
                                            "policy.tw_rst");
    assert_refused("policy.tw_rst = exat", "policy.tw_rst = exat: no such word; nearest is exact; "
                                           "one of accept exact ignore is valid");
    assert_refused("flight", "flight: a setting is KEY = VALUE");
    assert_refused("= 3", ": a setting is KEY = VALUE");
    assert_refused("a\033[2Jb = 3", "a?[2Jb: no such key");
}

static void a_file_is_read_line_by_line_with_comments(void **state)
{
    (void)state;
    static const char file[] = "# what the network may do\n\nflight = 2 # few\r\n\tB.iss = 200\n"
                               "policy = rfc793";
    struct sp_setup setup;
    sp_setup_init(&setup);
    assert_true(sp_setup_parse(&setup, file, sizeof file - 1, &complaint));
    assert_int_equal(setup.bounds.flight, 2);
    assert_int_equal(setup.bounds.host[1].iss.value[0], 200);
    assert_int_equal(setup.policy.syn_check, SP_syn_check_RESET);
    assert_true(sp_setup_parse(&setup, "", 0, &complaint));
}

static void a_mistake_in_a_file_has_its_line(void **state)
{
    (void)state;
    static const char file[] = "flight = 2\n\n# next\nlosses = 16\n";
    struct sp_setup setup;
    sp_setup_init(&setup);
    assert_false(sp_setup_parse(&setup, file, sizeof file - 1, &complaint));
    assert_int_equal(complaint.line, 4);
    assert_string_equal(complaint.text, "losses = 16: 0..15 is valid");
}

static void what_no_single_key_shows_is_checked_at_the_end(void **state)
{
    (void)state;
    static const char unequal[] = "symmetry = on\nA.window = 3\n";
    static const char closed[] = "B.open = none\n";
    static const char upgrade[] = "A.open = upgrade\n";
    static const char fine[] = "symmetry = on\n*.window = 3\n*.open = none\n*.opens = 0\n";
    struct sp_setup setup;
    sp_setup_init(&setup);
    assert_false(sp_setup_parse(&setup, unequal, sizeof unequal - 1, &complaint));
    assert_string_equal(complaint.text,
                        "symmetry = on needs equal hosts, but A.window = 3 and B.window = 2");
    assert_int_equal(complaint.line, 0);
    sp_setup_init(&setup);
    assert_false(sp_setup_parse(&setup, closed, sizeof closed - 1, &complaint));
    assert_string_equal(complaint.text, "B.opens = 1, but B.open has neither passive nor active: "
                                        "set B.opens = 0, or give it a way to open");
    sp_setup_init(&setup);
    assert_false(sp_setup_parse(&setup, upgrade, sizeof upgrade - 1, &complaint));
    sp_setup_init(&setup);
    assert_true(sp_setup_parse(&setup, fine, sizeof fine - 1, &complaint));
}

static uint32_t random_state = 2463534242u;

static uint32_t random32(void)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 17;
    random_state ^= random_state << 5;
    return random_state;
}

static void randomise(struct sp_setup *setup)
{
    sp_setup_init(setup);
    for (size_t i = 0; i < sp_slot_count(); i++) {
        const struct sp_slot slot = sp_slot(i);
        const uint64_t values = (uint64_t)slot.high - slot.low + 1;
        if (random32() % 2 == 0) {
            sp_slot_put(setup, i, (uint32_t)(slot.low + random32() % values));
        }
    }
    sp_setup_settle(setup);
}

static void what_is_printed_applies_to_the_same_setup(void **state)
{
    (void)state;
    for (unsigned round = 0; round < 400; round++) {
        struct sp_setup setup;
        struct sp_setup all;
        struct sp_setup changed;
        char line[SP_SETTING_MAX];
        randomise(&setup);
        assert_true(sp_setup_check(&setup, &complaint));
        randomise(&all);
        for (size_t i = 0; sp_setup_print(&setup, i, line, sizeof line); i++) {
            assert_taken(&all, line);
        }
        sp_setup_init(&changed);
        for (size_t i = 0; sp_setup_print_changed(&setup, i, line, sizeof line); i++) {
            assert_taken(&changed, line);
        }
        assert_string_equal(all_of(&setup), all_of(&all));
        assert_string_equal(all_of(&setup), all_of(&changed));
        for (size_t i = 0; i < sp_slot_count(); i++) {
            assert_int_equal(sp_slot_get(&setup, i), sp_slot_get(&all, i));
            assert_int_equal(sp_slot_get(&setup, i), sp_slot_get(&changed, i));
        }
    }
}

static void slots_are_apart_and_cover_what_is_printed(void **state)
{
    (void)state;
    for (size_t i = 0; i < sp_slot_count(); i++) {
        struct sp_setup setup;
        sp_setup_init(&setup);
        const struct sp_slot slot = sp_slot(i);
        const uint32_t old = sp_slot_get(&setup, i);
        const uint32_t other = old == slot.low ? slot.low + 1 : slot.low;
        assert_in_range(old, slot.low, slot.high);
        sp_slot_put(&setup, i, other);
        for (size_t k = 0; k < sp_slot_count(); k++) {
            struct sp_setup initial;
            sp_setup_init(&initial);
            assert_int_equal(sp_slot_get(&setup, k), k == i ? other : sp_slot_get(&initial, k));
        }
    }
}

static void random_octets_are_refused_or_taken_without_harm(void **state)
{
    (void)state;
    static const char letters[] = "AB*.=0123456789 #\n\tflightwndopeiss\r\0\377";
    for (unsigned round = 0; round < 20000; round++) {
        struct sp_setup setup;
        const size_t size = random32() % 40;
        char *text = malloc(size + 1); /* exactly as large: a read beyond it is seen */
        assert_non_null(text);
        for (size_t i = 0; i < size; i++) {
            text[i] = letters[random32() % sizeof letters];
        }
        char *exact = realloc(text, size == 0 ? 1 : size);
        assert_non_null(exact);
        sp_setup_init(&setup);
        memset(&complaint, 'x', sizeof complaint);
        if (!sp_setup_parse(&setup, exact, size, &complaint)) {
            assert_non_null(memchr(complaint.text, '\0', sizeof complaint.text));
        }
        free(exact);
    }
}

static void listings_show_every_key_with_its_initial_value(void **state)
{
    (void)state;
    size_t rows = 0;
#define NUMBER(key, field, low, high, initial, sentence) rows++;
#define SWITCH(key, field, initial, sentence)            rows++;
#define HOST_NUMBER(key, field, low, high, initial, s)   rows++;
#define HOST_SWITCH(key, field, initial, sentence)       rows++;
#define HOST_SET(key, field, kind, initial, sentence)    rows++;
#define HOST_LIST(key, field, initial, sentence)         rows++;
#include "setup/bounds.def"
    assert_null(sp_bound_info(rows));
    for (size_t i = 0; i < rows; i++) {
        struct sp_setup setup;
        struct sp_setup initial;
        char line[SP_SETTING_MAX];
        const struct sp_bound_info *info = sp_bound_info(i);
        assert_non_null(info);
        assert_true(strlen(info->sentence) > 0 && strlen(info->valid) > 0);
        sp_setup_init(&setup);
        sp_setup_init(&initial);
        (void)snprintf(line, sizeof line, "%s = %s", info->key, info->initial);
        assert_taken(&setup, line);
        assert_string_equal(all_of(&setup), all_of(&initial));
    }
    assert_string_equal(sp_bound_info(0)->key, "flight");
    assert_string_equal(sp_bound_info(0)->valid, "1..8");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_number_keeps_to_its_range),
        cmocka_unit_test(every_key_begins_with_its_initial_value),
        cmocka_unit_test(every_number_and_switch_sets_its_own_field),
        cmocka_unit_test(a_key_of_hosts_is_set_for_one_or_both),
        cmocka_unit_test(sets_are_words_or_none),
        cmocka_unit_test(policy_settings_change_the_policy),
        cmocka_unit_test(a_fault_is_set_by_name_beside_the_policy),
        cmocka_unit_test(faults_have_words_of_their_own),
        cmocka_unit_test(a_mistake_names_the_value_what_is_valid_and_the_nearest),
        cmocka_unit_test(a_file_is_read_line_by_line_with_comments),
        cmocka_unit_test(a_mistake_in_a_file_has_its_line),
        cmocka_unit_test(what_no_single_key_shows_is_checked_at_the_end),
        cmocka_unit_test(what_is_printed_applies_to_the_same_setup),
        cmocka_unit_test(slots_are_apart_and_cover_what_is_printed),
        cmocka_unit_test(random_octets_are_refused_or_taken_without_harm),
        cmocka_unit_test(listings_show_every_key_with_its_initial_value),
    };
    return cmocka_run_group_tests_name("bounds", tests, NULL, NULL);
}
