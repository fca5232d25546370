/*
 * Does every seed of corpus/pair tell what its name says: does it end in the states of its story,
 * pass by the rule that the story is about, and break no property?
 *
 * The states and rules stand in the table below, as the seed's RFC section has them. A seed without
 * a row, or a row without a seed, fails. SEEDS is the directory, given by the build.
 */
#define _POSIX_C_SOURCE 200809L

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "event/script.h"
#include "oracle/oracle.h"

enum { ACTIONS = 100, TEXT = 8192 };

struct row {
    const char *name;
    enum sp_state a, b; /* at the end */
    enum sp_rule rule;  /* fired on the way */
};

static const struct row rows[] = {
    {"abort-after-both-fins", SP_CLOSED, SP_CLOSED, SP_RULE_ABORT_QUIET},
    {"abort-before-handshake", SP_CLOSED, SP_CLOSED, SP_RULE_ABORT_QUIET},
    {"abort-in-close-wait", SP_CLOSED, SP_CLOSED, SP_RULE_ABORT_RESET},
    {"abort-in-established", SP_CLOSED, SP_CLOSED, SP_RULE_ABORT_RESET},
    {"abort-in-fin-wait-2", SP_CLOSED, SP_CLOSED, SP_RULE_ABORT_RESET},
    {"abort-in-syn-received", SP_CLOSED, SP_CLOSED, SP_RULE_ABORT_RESET},
    {"abort-rst-overtakes-text", SP_CLOSED, SP_CLOSED, SP_RULE_RST_CHALLENGED},
    {"ack-of-unsent", SP_ESTABLISHED, SP_ESTABLISHED, SP_RULE_ACK_BEYOND},
    {"ack-too-old", SP_ESTABLISHED, SP_ESTABLISHED, SP_RULE_ACK_OLD},
    {"blind-rst-in-syn-sent", SP_ESTABLISHED, SP_ESTABLISHED, SP_RULE_SYN_SENT_RST_DROPPED},
    {"calls-out-of-place", SP_FIN_WAIT_2, SP_CLOSE_WAIT, SP_RULE_SEND_NO_ROOM},
    {"close-before-text-is-sent", SP_CLOSED, SP_CLOSED, SP_RULE_WINDOW_OPENED},
    {"close-by-listener", SP_CLOSED, SP_CLOSED, SP_RULE_FIN_FIN_WAIT_2},
    {"close-four-segments", SP_CLOSED, SP_CLOSED, SP_RULE_FIN_FIN_WAIT_2},
    {"close-in-listen", SP_CLOSED, SP_CLOSED, SP_RULE_CLOSE_LISTEN},
    {"close-in-syn-received", SP_CLOSED, SP_CLOSED, SP_RULE_CLOSE_SYN_RECEIVED},
    {"close-in-syn-received-text-waiting", SP_CLOSED, SP_CLOSED, SP_RULE_QUEUED_CLOSE},
    {"close-in-syn-sent", SP_CLOSED, SP_LISTEN, SP_RULE_CLOSE_SYN_SENT},
    {"close-three-segments", SP_CLOSED, SP_CLOSED, SP_RULE_FIN_FIN_WAIT_1_ACKED},
    {"close-unread-resets", SP_CLOSED, SP_CLOSED, SP_RULE_CLOSE_UNREAD},
    {"close-with-text", SP_CLOSED, SP_CLOSED, SP_RULE_SEND_FIN},
    {"closing-waits", SP_CLOSED, SP_CLOSED, SP_RULE_CLOSING_WAITS},
    {"crash-found-by-syn", SP_ESTABLISHED, SP_ESTABLISHED, SP_RULE_SYN_SENT_BAD_ACK},
    {"crash-found-by-text", SP_CLOSED, SP_CLOSED, SP_RULE_CLOSED_RESET},
    {"delayed-ack-rides-on-text", SP_ESTABLISHED, SP_ESTABLISHED, SP_RULE_DELAY_ACK},
    {"delayed-ack-second-segment", SP_ESTABLISHED, SP_ESTABLISHED, SP_RULE_DELAY_ACK},
    {"delayed-ack-timer", SP_ESTABLISHED, SP_ESTABLISHED, SP_RULE_DELAYED_ACK},
    {"duplicate-fin", SP_CLOSED, SP_CLOSED, SP_RULE_SEQ_UNACCEPTABLE},
    {"duplicate-text", SP_ESTABLISHED, SP_ESTABLISHED, SP_RULE_SEQ_UNACCEPTABLE},
    {"fin-before-text", SP_FIN_WAIT_2, SP_CLOSE_WAIT, SP_RULE_FIN_HELD},
    {"half-close-lost-text", SP_CLOSED, SP_CLOSED, SP_RULE_FIN_HELD},
    {"half-close-text-flows", SP_CLOSED, SP_CLOSED, SP_RULE_CLOSE_CLOSE_WAIT},
    {"half-open-corner-case", SP_SYN_SENT, SP_ESTABLISHED, SP_RULE_SYN_SENT_NOTHING},
    {"half-open-found-by-syn", SP_ESTABLISHED, SP_ESTABLISHED, SP_RULE_SYN_CHALLENGED},
    {"half-open-found-by-text", SP_CLOSED, SP_CLOSED, SP_RULE_RST_CLOSES},
    {"handshake-100-200", SP_ESTABLISHED, SP_ESTABLISHED, SP_RULE_SYN_RECEIVED_ACK},
    {"handshake-duplicate-syn", SP_ESTABLISHED, SP_ESTABLISHED, SP_RULE_SYN_RECEIVED_DUP_SYN},
    {"handshake-lost-ack", SP_ESTABLISHED, SP_ESTABLISHED, SP_RULE_RETRANSMIT_SYN_ACK},
    {"handshake-lost-ack-text-instead", SP_ESTABLISHED, SP_ESTABLISHED, SP_RULE_SYN_RECEIVED_ACK},
    {"handshake-lost-syn", SP_ESTABLISHED, SP_ESTABLISHED, SP_RULE_RETRANSMIT_SYN},
    {"handshake-lost-syn-ack", SP_ESTABLISHED, SP_ESTABLISHED, SP_RULE_RETRANSMIT_SYN_ACK},
    {"handshake-lost-syn-ack-syn-again", SP_ESTABLISHED, SP_ESTABLISHED,
     SP_RULE_SYN_RECEIVED_DUP_SYN},
    {"handshake-lost-syn-ack-syn-again-rfc793", SP_ESTABLISHED, SP_ESTABLISHED,
     SP_RULE_SYN_SENT_NOTHING},
    {"handshake-old-duplicate-syn", SP_ESTABLISHED, SP_ESTABLISHED, SP_RULE_RST_TO_LISTEN},
    {"handshake-old-duplicate-syn-ack", SP_ESTABLISHED, SP_ESTABLISHED, SP_RULE_SYN_SENT_BAD_ACK},
    {"keep-alive", SP_ESTABLISHED, SP_ESTABLISHED, SP_RULE_KEEP_ALIVE},
    {"keep-alive-finds-nobody", SP_CLOSED, SP_CLOSED, SP_RULE_KEEP_ALIVE},
    {"listen-odd-segments", SP_ESTABLISHED, SP_ESTABLISHED, SP_RULE_LISTEN_NOTHING},
    {"listen-turned-active", SP_ESTABLISHED, SP_ESTABLISHED, SP_RULE_OPEN_FROM_LISTEN},
    {"listen-turned-active-by-send", SP_ESTABLISHED, SP_ESTABLISHED, SP_RULE_SEND_FROM_LISTEN},
    {"lost-ack-covered-by-next", SP_ESTABLISHED, SP_ESTABLISHED, SP_RULE_ACK_NEW},
    {"lost-ack-text-again", SP_ESTABLISHED, SP_ESTABLISHED, SP_RULE_SEQ_UNACCEPTABLE},
    {"lost-fin-of-closer", SP_CLOSED, SP_CLOSED, SP_RULE_RETRANSMIT},
    {"lost-fin-of-last-ack", SP_CLOSED, SP_CLOSED, SP_RULE_RETRANSMIT},
    {"lost-last-ack", SP_CLOSED, SP_CLOSED, SP_RULE_TIME_WAIT_FIN_AGAIN},
    {"lost-last-ack-twice", SP_CLOSED, SP_CLOSED, SP_RULE_TIME_WAIT_FIN_AGAIN},
    {"lost-text-retransmitted", SP_ESTABLISHED, SP_ESTABLISHED, SP_RULE_RETRANSMIT},
    {"network-full", SP_ESTABLISHED, SP_ESTABLISHED, SP_RULE_RETRANSMIT},
    {"no-ack-dropped", SP_ESTABLISHED, SP_ESTABLISHED, SP_RULE_NO_ACK},
    {"no-effect-in-close-wait", SP_FIN_WAIT_2, SP_CLOSED, SP_RULE_USER_TIMEOUT},
    {"no-effect-in-closed", SP_ESTABLISHED, SP_ESTABLISHED, SP_RULE_TIMER_IDLE},
    {"no-effect-in-closing", SP_CLOSED, SP_CLOSED, SP_RULE_ABORT_QUIET},
    {"no-effect-in-established", SP_CLOSED, SP_CLOSED, SP_RULE_TIMER_IDLE},
    {"no-effect-in-fin-wait-1", SP_CLOSED, SP_CLOSED, SP_RULE_ABORT_RESET},
    {"no-effect-in-fin-wait-2", SP_CLOSED, SP_CLOSE_WAIT, SP_RULE_USER_TIMEOUT},
    {"no-effect-in-last-ack", SP_FIN_WAIT_2, SP_CLOSED, SP_RULE_USER_TIMEOUT},
    {"no-effect-in-listen", SP_CLOSED, SP_CLOSED, SP_RULE_USER_TIMEOUT},
    {"no-effect-in-syn-received", SP_SYN_SENT, SP_CLOSED, SP_RULE_USER_TIMEOUT},
    {"no-effect-in-syn-sent", SP_CLOSED, SP_CLOSED, SP_RULE_USER_TIMEOUT},
    {"no-effect-in-time-wait", SP_CLOSED, SP_CLOSED, SP_RULE_USER_TIMEOUT},
    {"r1-trouble-then-recovery", SP_ESTABLISHED, SP_ESTABLISHED, SP_RULE_RETRANSMIT},
    {"r2-gives-up", SP_CLOSED, SP_ESTABLISHED, SP_RULE_R2_TIMEOUT},
    {"r2-syn", SP_CLOSED, SP_CLOSED, SP_RULE_R2_TIMEOUT},
    {"r2-syn-received", SP_CLOSED, SP_CLOSED, SP_RULE_R2_TIMEOUT},
    {"receive-after-fin", SP_CLOSED, SP_CLOSED, SP_RULE_RECEIVE_CLOSING},
    {"receive-before-text", SP_ESTABLISHED, SP_ESTABLISHED, SP_RULE_RECEIVE_QUEUED},
    {"refused", SP_CLOSED, SP_CLOSED, SP_RULE_SYN_SENT_RST},
    {"refused-then-opened", SP_ESTABLISHED, SP_ESTABLISHED, SP_RULE_CLOSED_RESET},
    {"reordered-text-dropped", SP_ESTABLISHED, SP_ESTABLISHED, SP_RULE_TEXT_DROPPED},
    {"reordered-text-joined", SP_ESTABLISHED, SP_ESTABLISHED, SP_RULE_TEXT_JOINED},
    {"reordered-text-sack", SP_ESTABLISHED, SP_ESTABLISHED, SP_RULE_TEXT_HELD},
    {"rst-exact-resets", SP_ESTABLISHED, SP_CLOSED, SP_RULE_RST_CLOSES},
    {"rst-in-window-challenged", SP_ESTABLISHED, SP_ESTABLISHED, SP_RULE_RST_CHALLENGED},
    {"rst-in-window-rfc793", SP_ESTABLISHED, SP_CLOSED, SP_RULE_RST_CLOSES},
    {"rst-outside-window-dropped", SP_ESTABLISHED, SP_ESTABLISHED, SP_RULE_SEQ_UNACCEPTABLE_RST},
    {"rst-refuses-active-syn-received", SP_CLOSED, SP_CLOSED, SP_RULE_RST_REFUSED},
    {"rst-returns-to-listen", SP_CLOSED, SP_LISTEN, SP_RULE_RST_TO_LISTEN},
    {"second-fin", SP_CLOSED, SP_CLOSED, SP_RULE_FIN_AGAIN},
    {"sequence-wrap", SP_CLOSED, SP_CLOSED, SP_RULE_LAST_ACK_FIN_ACKED},
    {"silly-window-avoided-by-receiver", SP_ESTABLISHED, SP_ESTABLISHED, SP_RULE_WINDOW_OPENED},
    {"silly-window-avoided-by-sender", SP_ESTABLISHED, SP_ESTABLISHED, SP_RULE_OVERRIDE},
    {"simultaneous-close", SP_CLOSED, SP_CLOSED, SP_RULE_TIME_WAIT_QUIET},
    {"simultaneous-close-lost-fin", SP_CLOSED, SP_CLOSED, SP_RULE_CLOSING_FIN_ACKED},
    {"simultaneous-open", SP_ESTABLISHED, SP_ESTABLISHED, SP_RULE_SYN_SENT_SYN},
    {"simultaneous-open-lost-syn", SP_ESTABLISHED, SP_ESTABLISHED, SP_RULE_SYN_SENT_SYN},
    {"simultaneous-open-unsupported", SP_ESTABLISHED, SP_ESTABLISHED, SP_RULE_SYN_SENT_SYN_IGNORED},
    {"syn-carries-text", SP_CLOSED, SP_ESTABLISHED, SP_RULE_TEXT_HELD},
    {"syn-in-established-challenged", SP_ESTABLISHED, SP_ESTABLISHED, SP_RULE_SYN_CHALLENGED},
    {"syn-in-established-rfc793", SP_ESTABLISHED, SP_CLOSED, SP_RULE_SYN_RESETS},
    {"syn-received-bad-ack", SP_ESTABLISHED, SP_ESTABLISHED, SP_RULE_SYN_RECEIVED_BAD_ACK},
    {"syn-received-syn-in-window", SP_ESTABLISHED, SP_ESTABLISHED, SP_RULE_SYN_TO_LISTEN},
    {"text-after-half-duplex-close", SP_CLOSED, SP_CLOSED, SP_RULE_TEXT_UNWANTED},
    {"text-both-ways", SP_ESTABLISHED, SP_ESTABLISHED, SP_RULE_TEXT_TAKEN},
    {"text-one-way", SP_ESTABLISHED, SP_ESTABLISHED, SP_RULE_TEXT_TAKEN},
    {"text-overlaps-left-edge", SP_ESTABLISHED, SP_ESTABLISHED, SP_RULE_TEXT_TAKEN},
    {"third-segment-carries-text", SP_ESTABLISHED, SP_ESTABLISHED, SP_RULE_SYN_RECEIVED_ACK},
    {"time-wait-ack-loop", SP_TIME_WAIT, SP_TIME_WAIT, SP_RULE_TIME_WAIT_ACK},
    {"time-wait-assassination", SP_CLOSED, SP_CLOSED, SP_RULE_RST_FINISHES},
    {"time-wait-assassination-refused", SP_CLOSED, SP_CLOSED, SP_RULE_RST_IGNORED},
    {"time-wait-expires", SP_CLOSED, SP_CLOSED, SP_RULE_TIME_WAIT_EXPIRES},
    {"time-wait-falls-back", SP_CLOSED, SP_CLOSED, SP_RULE_RST_TO_TIME_WAIT},
    {"time-wait-over-too-early", SP_CLOSED, SP_CLOSED, SP_RULE_RST_FINISHES},
    {"time-wait-restart-linux", SP_CLOSED, SP_CLOSED, SP_RULE_TIME_WAIT_RESTART},
    {"time-wait-syn-freebsd", SP_CLOSED, SP_CLOSED, SP_RULE_TIME_WAIT_SYN_SILENT},
    {"time-wait-syn-linux", SP_CLOSED, SP_SYN_SENT, SP_RULE_TIME_WAIT_SYN_ACK},
    {"time-wait-syn-lwip", SP_CLOSED, SP_CLOSED, SP_RULE_TIME_WAIT_SYN_RESET},
    {"time-wait-syn-older-timestamp", SP_TIME_WAIT, SP_SYN_SENT, SP_RULE_SEQ_UNACCEPTABLE},
    {"time-wait-syn-rfc1122", SP_ESTABLISHED, SP_ESTABLISHED, SP_RULE_TIME_WAIT_REOPEN},
    {"time-wait-syn-rfc6191", SP_ESTABLISHED, SP_ESTABLISHED, SP_RULE_TIME_WAIT_REOPEN},
    {"time-wait-syn-rfc793", SP_CLOSED, SP_CLOSED, SP_RULE_SYN_RESETS},
    {"time-wait-syn-rfc9293", SP_ESTABLISHED, SP_ESTABLISHED, SP_RULE_RST_FINISHES},
    {"timers-that-do-not-run", SP_ESTABLISHED, SP_ESTABLISHED, SP_RULE_TIMER_IDLE},
    {"timestamps", SP_ESTABLISHED, SP_ESTABLISHED, SP_RULE_SYN_RECEIVED_ACK},
    {"timestamps-missing", SP_ESTABLISHED, SP_ESTABLISHED, SP_RULE_TIMESTAMP_MISSING},
    {"timestamps-paws", SP_ESTABLISHED, SP_ESTABLISHED, SP_RULE_PAWS_REJECT},
    {"urgent", SP_ESTABLISHED, SP_ESTABLISHED, SP_RULE_URGENT},
    {"user-timeout", SP_CLOSED, SP_ESTABLISHED, SP_RULE_USER_TIMEOUT},
    {"window-opened-by-receive", SP_ESTABLISHED, SP_ESTABLISHED, SP_RULE_WINDOW_OPENED},
    {"window-scale", SP_ESTABLISHED, SP_ESTABLISHED, SP_RULE_WINDOW_UPDATE},
    {"window-scale-refused", SP_CLOSED, SP_ESTABLISHED, SP_RULE_SYN_RECEIVED_ACK},
    {"zero-window-probe", SP_ESTABLISHED, SP_ESTABLISHED, SP_RULE_PROBE},
    {"zero-window-update-lost", SP_ESTABLISHED, SP_ESTABLISHED, SP_RULE_PROBE},
    {"zero-windows-both-ways", SP_ESTABLISHED, SP_ESTABLISHED, SP_RULE_SEQ_ZERO_WINDOW},
    {"zero-windows-literal", SP_ESTABLISHED, SP_ESTABLISHED, SP_RULE_SEQ_UNACCEPTABLE},
};

/* What replaying a seed showed. */
struct story {
    enum sp_state a, b;
    uint64_t violated;
    size_t impossible;
    bool fired[SP_RULE_COUNT];
};

static void read_seed(const char *name, struct sp_script *script)
{
    static char text[TEXT];
    struct sp_complaint complaint;
    char path[500];
    (void)snprintf(path, sizeof path, SEEDS "/%s.sps", name);
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        fail_msg("%s: no such seed", path);
    }
    const size_t size = fread(text, 1, sizeof text, file);
    (void)fclose(file);
    assert_true(size < sizeof text);
    if (!sp_script_parse(script, text, size, &complaint)) {
        fail_msg("%s:%u: %s", path, complaint.line, complaint.text);
    }
}

static void replay(const struct sp_script *script, struct story *story)
{
    static struct sp_world world;
    static struct sp_step step;
    *story = (struct story){.violated = 0};
    sp_world_init(&script->setup, 0, true, &world);
    for (size_t i = 0; i < script->count; i++) {
        if (!sp_world_act(&script->setup, &world, &script->action[i], &step)) {
            story->impossible++;
            continue;
        }
        story->violated |= sp_oracle_judge(&script->setup, &step, &world).violated;
        for (unsigned r = 0; step.acted && r < step.output.rules; r++) {
            story->fired[step.output.rule[r]] = true;
        }
    }
    story->a = (enum sp_state)world.host[SP_A].tcb.state;
    story->b = (enum sp_state)world.host[SP_B].tcb.state;
}

static void replay_named(const char *name, struct sp_script *script, struct story *story)
{
    static struct sp_action action[ACTIONS];
    *script = (struct sp_script){.action = action, .capacity = ACTIONS};
    read_seed(name, script);
    replay(script, story);
}

static void every_seed_tells_its_story(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const struct row *row = &rows[i];
        struct sp_script script;
        struct story story;
        replay_named(row->name, &script, &story);
        if (story.a != row->a || story.b != row->b) {
            fail_msg("%s ends in %s, %s", row->name, sp_state_name(story.a),
                     sp_state_name(story.b));
        }
        if (!story.fired[row->rule]) {
            fail_msg("%s does not pass by %s", row->name, sp_rule_info(row->rule)->name);
        }
        if (story.impossible != 0) {
            fail_msg("%s names a segment that is not in flight", row->name);
        }
        assert_int_equal(script.expect, SP_EXPECT_PASS);
        assert_int_equal(story.violated, 0);
    }
}

static void every_seed_has_a_row(void **state)
{
    (void)state;
    size_t seeds = 0;
    DIR *directory = opendir(SEEDS);
    assert_non_null(directory);
    for (const struct dirent *entry = readdir(directory); entry != NULL;
         entry = readdir(directory)) {
        const char *end = strrchr(entry->d_name, '.');
        seeds += end != NULL && strcmp(end, ".sps") == 0;
    }
    (void)closedir(directory);
    assert_int_equal(seeds, sizeof rows / sizeof rows[0]);
}

static void the_readme_lists_every_seed(void **state)
{
    (void)state;
    static char text[4 * TEXT];
    FILE *file = fopen(SEEDS "/../../README.md", "rb");
    assert_non_null(file);
    const size_t size = fread(text, 1, sizeof text - 1, file);
    (void)fclose(file);
    text[size] = '\0';
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char quoted[100];
        (void)snprintf(quoted, sizeof quoted, "`%s`", rows[i].name);
        if (strstr(text, quoted) == NULL) {
            fail_msg("corpus/README.md does not list %s", quoted);
        }
    }
}

/* Rules that no seed can fire: every OPEN of a world names its remote socket. */
static bool out_of_reach(enum sp_rule rule)
{
    return rule == SP_RULE_OPEN_UNSPECIFIED || rule == SP_RULE_SEND_UNSPECIFIED;
}

static void every_rule_of_the_machine_fires_in_some_seed(void **state)
{
    (void)state;
    bool fired[SP_RULE_COUNT] = {false};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct sp_script script;
        struct story story;
        replay_named(rows[i].name, &script, &story);
        for (unsigned r = 0; r < SP_RULE_COUNT; r++) {
            fired[r] = fired[r] || story.fired[r];
        }
    }
    for (unsigned r = 0; r < SP_RULE_COUNT; r++) {
        const enum sp_rule rule = (enum sp_rule)r;
        if (fired[r] == out_of_reach(rule)) {
            fail_msg("%s: %s", sp_rule_info(rule)->name,
                     fired[r] ? "fires, although out of reach" : "fires in no seed");
        }
    }
}

/* Each form of a seed is the other: the same states come of its bytes. */
static void a_seed_as_bytes_tells_the_same(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        static struct sp_action action[ACTIONS];
        static uint8_t bytes[TEXT];
        struct sp_script script;
        struct sp_script decoded = {.action = action, .capacity = ACTIONS};
        struct story story;
        struct story again;
        replay_named(rows[i].name, &script, &story);
        const size_t size = sp_script_encode(&script, bytes, sizeof bytes);
        assert_true(size < 300);
        sp_script_decode(&decoded, bytes, size);
        assert_int_equal(decoded.count, script.count);
        replay(&decoded, &again);
        assert_int_equal(story.a, again.a);
        assert_int_equal(story.b, again.b);
        assert_memory_equal(story.fired, again.fired, sizeof story.fired);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_seed_tells_its_story),
        cmocka_unit_test(every_seed_has_a_row),
        cmocka_unit_test(the_readme_lists_every_seed),
        cmocka_unit_test(every_rule_of_the_machine_fires_in_some_seed),
        cmocka_unit_test(a_seed_as_bytes_tells_the_same),
    };
    return cmocka_run_group_tests_name("seeds", tests, NULL, NULL);
}
