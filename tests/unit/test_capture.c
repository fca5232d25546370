/*
 * Captures of real stacks as scripts: every committed recording is read, followed to the end that
 * its story has, and replays; whatever else a capture file may hold is survived and named.
 *
 * Expected states come from the stories (corpus/captures/README.md) and RFC 9293 3.5 and 3.6, not
 * from running the conversion.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "capture/capture.h"
#include "captures.h"
#include "oracle/oracle.h"

#include <cmocka.h>

#define BIT(name) (1U << SP_##name)

/* What a story must have led through, and to. */
struct story {
    const char *name;
    enum sp_state end[2];
    unsigned visits[2]; /* states that each host must have been in */
    unsigned lost;      /* packets that the network swallowed */
    uint32_t heard[2];  /* octets handed to the user of each host, over all incarnations */
    unsigned lives;     /* incarnations of each host */
};

#define ACTIVE_CLOSE  (BIT(ESTABLISHED) | BIT(FIN_WAIT_1) | BIT(FIN_WAIT_2) | BIT(TIME_WAIT))
#define PASSIVE_CLOSE (BIT(ESTABLISHED) | BIT(CLOSE_WAIT) | BIT(LAST_ACK))
#define CLIENT        (BIT(SYN_SENT) | BIT(ESTABLISHED))
#define SERVER        (BIT(LISTEN) | BIT(SYN_RECEIVED) | BIT(ESTABLISHED))
#define A_CLOSES                                                                                   \
    {                                                                                              \
        CLIENT | ACTIVE_CLOSE, SERVER | PASSIVE_CLOSE                                              \
    }
#define B_CLOSES                                                                                   \
    {                                                                                              \
        CLIENT | PASSIVE_CLOSE, SERVER | ACTIVE_CLOSE                                              \
    }
#define A_WAITS                                                                                    \
    {                                                                                              \
        SP_TIME_WAIT, SP_CLOSED                                                                    \
    }
#define B_WAITS                                                                                    \
    {                                                                                              \
        SP_CLOSED, SP_TIME_WAIT                                                                    \
    }
#define BOTH_GONE                                                                                  \
    {                                                                                              \
        SP_CLOSED, SP_CLOSED                                                                       \
    }

static const struct story stories[] = {
    {"handshake-data-close", A_WAITS, A_CLOSES, 0, {23, 11}, 1},
    {"handshake-data-close-ipv6", A_WAITS, A_CLOSES, 0, {23, 11}, 1},
    {"no-options", A_WAITS, A_CLOSES, 0, {23, 11}, 1},
    {"lost-syn", A_WAITS, A_CLOSES, 1, {0, 5}, 1},
    {"lost-syn-ack", A_WAITS, A_CLOSES, 1, {0, 5}, 1},
    {"lost-handshake-ack", A_WAITS, A_CLOSES, 1, {0, 5}, 1},
    {"simultaneous-open",
     A_WAITS,
     {CLIENT | BIT(SYN_RECEIVED) | ACTIVE_CLOSE, CLIENT | BIT(SYN_RECEIVED) | PASSIVE_CLOSE},
     0,
     {6, 4},
     1},
    {"simultaneous-close",
     {SP_TIME_WAIT, SP_TIME_WAIT},
     {CLIENT | BIT(FIN_WAIT_1) | BIT(CLOSING) | BIT(TIME_WAIT),
      SERVER | BIT(FIN_WAIT_1) | BIT(CLOSING) | BIT(TIME_WAIT)},
     0,
     {0, 0},
     1},
    {"half-close", A_WAITS, A_CLOSES, 0, {300, 7}, 1},
    {"three-segment-close",
     A_WAITS,
     {CLIENT | BIT(FIN_WAIT_1) | BIT(TIME_WAIT), SERVER | PASSIVE_CLOSE},
     0,
     {3, 3},
     1},
    {"lost-fins", A_WAITS, A_CLOSES, 2, {0, 0}, 1},
    {"lost-last-ack", A_WAITS, A_CLOSES, 1, {0, 0}, 1},
    {"server-closes-first", B_WAITS, B_CLOSES, 0, {0, 4}, 1},
    {"lost-data", A_WAITS, A_CLOSES, 1, {0, 60}, 1},
    {"reordered-data", A_WAITS, A_CLOSES, 0, {0, 60}, 1},
    {"duplicated-data", A_WAITS, A_CLOSES, 0, {0, 60}, 1},
    {"urgent-data", A_WAITS, A_CLOSES, 0, {0, 17}, 1},
    {"zero-window", A_WAITS, A_CLOSES, 0, {0, 3000}, 1},
    {"keep-alive", A_WAITS, A_CLOSES, 0, {0, 2}, 1},
    {"sequence-wrap", A_WAITS, A_CLOSES, 0, {2, 10}, 1},
    {"abort", BOTH_GONE, {CLIENT, SERVER}, 0, {0, 20}, 1},
    {"refused", BOTH_GONE, {BIT(SYN_SENT), BIT(CLOSED)}, 0, {0, 0}, 0},
    {"text-after-close",
     BOTH_GONE,
     {CLIENT | BIT(CLOSE_WAIT), SERVER | BIT(FIN_WAIT_1) | BIT(FIN_WAIT_2)},
     0,
     {0, 0},
     1},
    {"close-with-unread-text", BOTH_GONE, {CLIENT, SERVER}, 0, {0, 9}, 1},
    {"half-open", BOTH_GONE, {CLIENT, SERVER}, 1, {0, 0}, 1},
    {"old-syn-in-established", A_WAITS, A_CLOSES, 0, {23, 11}, 1},
    {"time-wait-assassination", BOTH_GONE, B_CLOSES, 0, {0, 4}, 1},
    {"time-wait-reuse", A_WAITS, B_CLOSES, 0, {0, 16}, 2},
    {"time-wait-reuse-no-timestamps", A_WAITS, B_CLOSES, 0, {0, 16}, 2},
};

#define STORIES (sizeof stories / sizeof stories[0])

/* What happened in a replay. */
struct outcome {
    struct sp_world world;
    unsigned visits[2];
    unsigned vanished;
    unsigned timers; /* bit: enum sp_event_kind of a timer that fired */
    uint32_t heard[2];
    size_t impossible;
};

static struct outcome replay(const struct sp_script *script)
{
    struct outcome o = {.visits = {BIT(CLOSED), BIT(CLOSED)}};
    sp_world_init(&script->setup, 0, true, &o.world);
    for (size_t i = 0; i < script->count; i++) {
        const struct sp_action *action = &script->action[i];
        struct sp_step step;
        o.impossible += !sp_world_act(&script->setup, &o.world, action, &step);
        o.vanished += action->kind == SP_ACTION_VANISH;
        o.timers |= action->kind == SP_ACTION_TIMER ? 1U << action->event : 0;
        o.heard[0] += step.acted && step.host == 0 ? step.output.delivered : 0;
        o.heard[1] += step.acted && step.host == 1 ? step.output.delivered : 0;
        o.visits[0] |= 1U << o.world.host[0].tcb.state;
        o.visits[1] |= 1U << o.world.host[1].tcb.state;
    }
    return o;
}

static struct sp_capture convert(const struct file *file, const char *name)
{
    struct sp_capture capture;
    struct sp_complaint complaint;
    if (!sp_capture_read_bytes(file->bytes, file->size, name, 0, &capture, &complaint)) {
        fail_msg("%s", complaint.text);
    }
    return capture;
}

static void print_remarks(const struct sp_capture *capture, const char *name)
{
    for (size_t i = 0; i < capture->remarks; i++) {
        print_message("%s: packet %u: %s\n", name, capture->remark[i].packet,
                      capture->remark[i].text);
    }
}

static void assert_followed(const struct sp_capture *capture, const char *name)
{
    for (size_t i = 0; i < capture->remarks; i++) {
        if (capture->remark[i].lost_track) {
            print_remarks(capture, name);
            fail_msg("%s: the model lost track", name);
        }
    }
}

static void assert_story(const struct story *story, const struct outcome *o)
{
    for (unsigned host = 0; host < 2; host++) {
        const enum sp_state state = (enum sp_state)o->world.host[host].tcb.state;
        if (state != story->end[host]) {
            fail_msg("%s: host %u ends in %s instead of %s", story->name, host,
                     sp_state_name(state), sp_state_name(story->end[host]));
        }
        if ((o->visits[host] & story->visits[host]) != story->visits[host]) {
            fail_msg("%s: host %u was in states %#x, not in all of %#x", story->name, host,
                     o->visits[host], story->visits[host]);
        }
        if (o->heard[host] != story->heard[host]) {
            fail_msg("%s: host %u heard %u octets instead of %u", story->name, host, o->heard[host],
                     story->heard[host]);
        }
    }
    if (o->vanished != story->lost || o->impossible != 0) {
        fail_msg("%s: %u packets vanished instead of %u, %zu actions were impossible", story->name,
                 o->vanished, story->lost, o->impossible);
    }
}

static void every_packet_is_a_segment(void **state)
{
    (void)state;
    for (size_t i = 0; i < STORIES; i++) {
        struct file file = load("captures", stories[i].name, ".pcap");
        struct packet packets[PACKETS_MAX];
        const size_t count = unpack(&file, packets);
        assert_in_range(count, 4, 60);
        for (size_t j = 0; j < count; j++) {
            struct sp_packet_view view;
            const enum sp_reject reject = sp_decode(packets[j].ip, packets[j].size, &view);
            if (reject != SP_REJECT_NONE) {
                fail_msg("%s: packet %zu: %s", stories[i].name, j + 1, sp_reject_name(reject));
            }
        }
        drop(&file);
    }
}

static void every_story_is_followed_to_its_end(void **state)
{
    (void)state;
    for (size_t i = 0; i < STORIES; i++) {
        struct file file = load("captures", stories[i].name, ".pcap");
        struct sp_capture capture = convert(&file, stories[i].name);
        assert_followed(&capture, stories[i].name);
        assert_true(capture.both_sides);
        assert_int_equal(capture.rejects, 0);
        assert_int_equal(capture.connections, 1);
        assert_int_equal(capture.script.expect, SP_EXPECT_PASS);
        const struct outcome o = replay(&capture.script);
        assert_story(&stories[i], &o);
        assert_int_equal(o.world.host[1].lives, stories[i].lives);
        sp_capture_free(&capture);
        drop(&file);
    }
}

static void the_replay_ends_in_the_world_that_was_followed(void **state)
{
    (void)state;
    for (size_t i = 0; i < STORIES; i++) {
        struct file file = load("captures", stories[i].name, ".pcap");
        struct sp_capture capture = convert(&file, stories[i].name);
        const struct outcome o = replay(&capture.script);
        uint8_t code[2][SP_CODE_MAX];
        const size_t size = sp_world_encode(&capture.script.setup, &o.world, code[0]);
        assert_int_equal(sp_world_encode(&capture.script.setup, &capture.end, code[1]), size);
        assert_memory_equal(code[0], code[1], size);
        sp_capture_free(&capture);
        drop(&file);
    }
}

/* Every real segment of these stories is one that the model sends at that point by itself, with the
 * same control bits (but PSH), SEQ, ACK and length. Elsewhere the two differ, each for a reason:
 * the number of segments that no segment of the model is like, and that are like one but not equal.
 */
static const struct {
    const char *name;
    unsigned alone, unequal;
} differences[] = {
    /* Linux probes a closed window without an octet, at SND.UNA - 1. */
    {"zero-window", 2, 0},
    /* Linux sends the lost segment again, the model all that fits into one. */
    {"lost-data", 0, 1},
    /* ABORT is <CTL=RST> in 3.10.5; Linux adds an ACK. */
    {"abort", 0, 1},
    {"close-with-unread-text", 0, 1},
    {"half-open", 0, 1},
};

struct sent_log {
    struct sp_segment segment[UINT8_MAX];
};

static void log_sent(struct sent_log *log, const struct sp_step *step)
{
    for (unsigned i = 0; step->acted && i < step->output.sent; i++) {
        assert_in_range(step->serial[i], 1, UINT8_MAX - 1);
        log->segment[step->serial[i]] = step->output.segment[i];
    }
}

static bool equal_but_window_and_options(const struct sp_segment *a, const struct sp_segment *b)
{
    return ((a->flags ^ b->flags) & ~(unsigned)SP_PSH) == 0 && a->seq == b->seq &&
           a->ack == b->ack && a->len == b->len && a->urgent == b->urgent && a->text == b->text;
}

static void count_differences(const struct sp_capture *capture, unsigned *alone, unsigned *unequal)
{
    struct sp_world world;
    struct sent_log log = {0};
    *alone = 0;
    *unequal = 0;
    sp_world_init(&capture->script.setup, 0, true, &world);
    for (size_t i = 0; i < capture->script.count; i++) {
        const struct sp_action *action = &capture->script.action[i];
        struct sp_step step;
        assert_true(sp_world_act(&capture->script.setup, &world, action, &step));
        log_sent(&log, &step);
        if (action->kind == SP_ACTION_INJECT || action->kind == SP_ACTION_VANISH) {
            const struct sp_segment *model = &log.segment[action->serial];
            *alone += action->serial == 0;
            *unequal +=
                action->serial != 0 && !equal_but_window_and_options(&action->segment, model);
        }
    }
}

static void the_model_sends_what_linux_sent(void **state)
{
    (void)state;
    for (size_t i = 0; i < STORIES; i++) {
        struct file file = load("captures", stories[i].name, ".pcap");
        struct sp_capture capture = convert(&file, stories[i].name);
        unsigned alone, unequal;
        unsigned expected[2] = {0, 0};
        for (size_t j = 0; j < sizeof differences / sizeof differences[0]; j++) {
            if (strcmp(differences[j].name, stories[i].name) == 0) {
                expected[0] = differences[j].alone;
                expected[1] = differences[j].unequal;
            }
        }
        count_differences(&capture, &alone, &unequal);
        if (alone != expected[0] || unequal != expected[1]) {
            fail_msg("%s: %u segments alone, %u unequal instead of %u, %u", stories[i].name, alone,
                     unequal, expected[0], expected[1]);
        }
        sp_capture_free(&capture);
        drop(&file);
    }
}

/* Real stacks talking to each other break no property that is judged without assumption N. */
static void no_property_is_violated(void **state)
{
    (void)state;
    for (size_t i = 0; i < STORIES; i++) {
        struct file file = load("captures", stories[i].name, ".pcap");
        struct sp_capture capture = convert(&file, stories[i].name);
        const struct sp_setup *setup = &capture.script.setup;
        struct sp_world world;
        sp_world_init(setup, 0, true, &world);
        for (size_t j = 0; j < capture.script.count; j++) {
            struct sp_step step;
            assert_true(sp_world_act(setup, &world, &capture.script.action[j], &step));
            const uint64_t violated = sp_oracle_judge(setup, &step, &world).violated;
            for (unsigned k = 0; k < SP_PROPERTY_COUNT; k++) {
                if ((violated >> k & 1) != 0) {
                    const enum sp_property property = (enum sp_property)k;
                    struct sp_evidence evidence;
                    sp_oracle_explain(setup, &step, &world, property, &evidence);
                    fail_msg("%s: packet %u: %s: %s", stories[i].name, capture.packet[j],
                             sp_property_info(property)->name, evidence.claim);
                }
            }
        }
        sp_capture_free(&capture);
        drop(&file);
    }
}

/* The script as text, read back, is the same story. */
static void the_text_of_the_script_replays(void **state)
{
    (void)state;
    static char text[1 << 16];
    static struct sp_action actions[256];
    for (size_t i = 0; i < STORIES; i++) {
        struct file file = load("captures", stories[i].name, ".pcap");
        struct sp_capture capture = convert(&file, stories[i].name);
        const size_t size = sp_script_print(&capture.script, text, sizeof text);
        assert_true(size < sizeof text);
        struct sp_script script = {.action = actions, .capacity = 256};
        struct sp_complaint complaint;
        if (!sp_script_parse(&script, text, size, &complaint)) {
            fail_msg("%s: line %u: %s", stories[i].name, complaint.line, complaint.text);
        }
        assert_int_equal(script.count, capture.script.count);
        const struct outcome o = replay(&script);
        assert_story(&stories[i], &o);
        sp_capture_free(&capture);
        drop(&file);
    }
}

/* corpus/pair/from-captures holds what `synproof show x.pcap --as text` prints. */
static void the_committed_scripts_are_those_of_the_captures(void **state)
{
    (void)state;
    static char text[1 << 16];
    for (size_t i = 0; i < STORIES; i++) {
        struct file file = load("captures", stories[i].name, ".pcap");
        struct file script = load("pair/from-captures", stories[i].name, ".sps");
        struct sp_capture capture = convert(&file, stories[i].name);
        const size_t size = sp_script_print(&capture.script, text, sizeof text);
        if (size != script.size || memcmp(text, script.bytes, size) != 0) {
            fail_msg("%s.sps differs from its capture: corpus/captures/scripts writes it again",
                     stories[i].name);
        }
        sp_capture_free(&capture);
        drop(&script);
        drop(&file);
    }
}

/* The timers that only these stories explain. */
static void timers_are_inferred(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        enum sp_event_kind timer;
    } cases[] = {
        {"lost-syn", SP_EVENT_RETRANSMISSION},      {"lost-syn-ack", SP_EVENT_RETRANSMISSION},
        {"lost-data", SP_EVENT_RETRANSMISSION},     {"lost-fins", SP_EVENT_RETRANSMISSION},
        {"lost-last-ack", SP_EVENT_RETRANSMISSION}, {"zero-window", SP_EVENT_PERSIST},
        {"keep-alive", SP_EVENT_KEEP_ALIVE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct file file = load("captures", cases[i].name, ".pcap");
        struct sp_capture capture = convert(&file, cases[i].name);
        const struct outcome o = replay(&capture.script);
        if ((o.timers >> cases[i].timer & 1) == 0) {
            fail_msg("%s: no %s", cases[i].name, sp_event_name(cases[i].timer));
        }
        sp_capture_free(&capture);
        drop(&file);
    }
}

static size_t count_calls(const struct sp_script *script, unsigned host, enum sp_event_kind event)
{
    size_t count = 0;
    for (size_t i = 0; i < script->count; i++) {
        const struct sp_action *a = &script->action[i];
        count += a->kind == SP_ACTION_CALL && a->host == host && a->event == event;
    }
    return count;
}

/* Once per incarnation where nothing else is said; no timer for what the model answers itself. */
static void calls_are_inferred_once(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        unsigned host;
        enum sp_event_kind call;
        size_t times;
    } cases[] = {
        {"lost-syn", 0, SP_EVENT_OPEN_ACTIVE, 1},
        {"lost-syn", 1, SP_EVENT_OPEN_PASSIVE, 1},
        {"simultaneous-open", 1, SP_EVENT_OPEN_ACTIVE, 1},
        {"simultaneous-open", 1, SP_EVENT_OPEN_PASSIVE, 0},
        {"refused", 1, SP_EVENT_OPEN_PASSIVE, 0},
        {"time-wait-reuse", 0, SP_EVENT_OPEN_ACTIVE, 2},
        {"time-wait-reuse", 1, SP_EVENT_OPEN_PASSIVE, 1},
        {"lost-fins", 0, SP_EVENT_CLOSE, 1},
        {"lost-fins", 1, SP_EVENT_CLOSE, 1},
        {"lost-data", 0, SP_EVENT_SEND, 3},
        {"abort", 0, SP_EVENT_ABORT, 1},
        {"close-with-unread-text", 1, SP_EVENT_ABORT, 1},
        {"text-after-close", 1, SP_EVENT_ABORT, 0},
        {"half-open", 1, SP_EVENT_ABORT, 1},
        {"time-wait-assassination", 0, SP_EVENT_ABORT, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct file file = load("captures", cases[i].name, ".pcap");
        struct sp_capture capture = convert(&file, cases[i].name);
        const size_t times = count_calls(&capture.script, cases[i].host, cases[i].call);
        if (times != cases[i].times) {
            fail_msg("%s: host %u: %zu x %s instead of %zu", cases[i].name, cases[i].host, times,
                     sp_event_name(cases[i].call), cases[i].times);
        }
        sp_capture_free(&capture);
        drop(&file);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_packet_is_a_segment),
        cmocka_unit_test(every_story_is_followed_to_its_end),
        cmocka_unit_test(the_replay_ends_in_the_world_that_was_followed),
        cmocka_unit_test(the_model_sends_what_linux_sent),
        cmocka_unit_test(no_property_is_violated),
        cmocka_unit_test(the_text_of_the_script_replays),
        cmocka_unit_test(the_committed_scripts_are_those_of_the_captures),
        cmocka_unit_test(timers_are_inferred),
        cmocka_unit_test(calls_are_inferred_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
