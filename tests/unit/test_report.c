/*
 * Reports: what a reader sees of segments, TCBs and traces. The words of whole ladders are golden
 * texts (tests/golden); here is what must hold of every one of them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "report/buffer.h"
#include "report/trace.h"

#include <stdio.h>

static void assert_segment(const struct sp_segment *segment, sp_seq seq_base, sp_seq ack_base,
                           const char *expected)
{
    char text[256];
    sp_segment_print(segment, seq_base, ack_base, text, sizeof text);
    assert_string_equal(text, expected);
}

static void segment_has_flags_numbers_and_options(void **state)
{
    (void)state;
    struct sp_segment s = {.flags = SP_SYN | SP_ACK,
                           .seq = 200,
                           .ack = 101,
                           .wnd = 4,
                           .len = 2,
                           .options = SP_OPT_MSS,
                           .mss = 536};
    assert_segment(&s, 0, 0, "SYN,ACK seq=200 ack=101 wnd=4 len=2 <mss 536>");
    assert_segment(&s, 200, 100, "SYN,ACK seq=0 ack=1 wnd=4 len=2 <mss 536>");
}

static void segment_without_ack_has_no_ack_number(void **state)
{
    (void)state;
    struct sp_segment s = {.flags = SP_SYN, .seq = 100};
    assert_segment(&s, 0, 0, "SYN seq=100 wnd=0");
    s.flags = 0;
    assert_segment(&s, 0, 0, "none seq=100 wnd=0");
}

static void segment_relative_to_a_base_crosses_the_wrap(void **state)
{
    (void)state;
    struct sp_segment s = {.flags = SP_ACK, .seq = 1, .ack = 99};
    assert_segment(&s, 0xfffffffe, 100, "ACK seq=3 ack=-1 wnd=0");
}

static void segment_tells_every_option(void **state)
{
    (void)state;
    struct sp_segment s = {.flags = SP_FIN | SP_PSH | SP_ACK | SP_URG | SP_ECE | SP_CWR,
                           .urgent = 3,
                           .ack = 50,
                           .options = SP_OPT_MSS | SP_OPT_SCALE | SP_OPT_SACK_PERMITTED |
                                      SP_OPT_SACK | SP_OPT_TIMESTAMPS,
                           .mss = 1460,
                           .scale = 7,
                           .ts_val = 4294967295U,
                           .ts_ecr = 3,
                           .sacks = 2,
                           .sack = {{60, 70}, {80, 81}}};
    assert_segment(&s, 0, 50,
                   "FIN,PSH,ACK,URG,ECE,CWR seq=0 ack=0 wnd=0 urg=3 "
                   "<mss 1460, scale 7, sack-ok, ts 4294967295/3, sack 10-20 30-31>");
}

static void segment_text_is_cut_to_its_room(void **state)
{
    (void)state;
    struct sp_segment s = {.flags = SP_SYN, .seq = 100};
    char text[8];
    memset(text, 'x', sizeof text);
    sp_segment_print(&s, 0, 0, text, 6);
    assert_string_equal(text, "SYN s");
    assert_int_equal(text[6], 'x');
}

static void assert_changes(const struct sp_tcb *before, const struct sp_tcb *after,
                           const char *expected)
{
    char text[2048];
    struct sp_buffer buffer;
    struct sp_writer writer = sp_buffer_open(&buffer, text, sizeof text);
    sp_report_changes(before, after, &writer);
    assert_string_equal(text, expected);
}

static void changes_of_equal_tcbs_are_nothing(void **state)
{
    (void)state;
    struct sp_tcb t = {.state = SP_ESTABLISHED, .iss = 100};
    assert_changes(&t, &t, "nothing\n");
}

static void changes_are_named_and_relative(void **state)
{
    (void)state;
    struct sp_tcb before = {.state = SP_ESTABLISHED,
                            .timers = SP_TIMER_RETRANSMISSION,
                            .iss = 0xffffffff,
                            .snd_una = 0,
                            .snd_wnd = 5,
                            .irs = 200,
                            .rcv_nxt = 201};
    struct sp_tcb after = before;
    after.timers = 0;
    after.snd_una = 7;
    after.snd_wnd = 70000;
    after.rcv_nxt = 203;
    after.helds = 1;
    after.held[0] = (struct sp_range){205, 208};
    assert_changes(&before, &after,
                   "timers retransmission -> none\nsnd_una 1 -> 8\nsnd_wnd 5 -> 70000\n"
                   "rcv_nxt 1 -> 3\nheld none -> 5..7\n");
}

static void changes_of_what_is_not_known_yet_are_dashes(void **state)
{
    (void)state;
    struct sp_tcb before = {.state = SP_SYN_SENT, .iss = 100, .snd_una = 100};
    struct sp_tcb after = {
        .state = SP_ESTABLISHED, .iss = 100, .snd_una = 101, .irs = 200, .rcv_nxt = 201};
    char text[2048];
    struct sp_buffer buffer;
    struct sp_writer writer = sp_buffer_open(&buffer, text, sizeof text);
    sp_report_changes(&before, &after, &writer);
    assert_non_null(strstr(text, "state SYN-SENT -> ESTABLISHED\n"));
    assert_non_null(strstr(text, "snd_una 0 -> 1\n"));
    assert_non_null(strstr(text, "rcv_nxt - -> 1\n"));
    assert_null(strstr(text, "rcv_fin"));
}

static void changes_of_a_tcb_that_is_gone_are_its_end(void **state)
{
    (void)state;
    struct sp_tcb before = {.state = SP_LAST_ACK, .iss = 100, .snd_una = 100};
    struct sp_tcb after = {0};
    assert_changes(&before, &after, "state LAST-ACK -> CLOSED\n");
}

/* The fields are those of struct sp_tcb, in the words of the changes. */
static void every_field_of_a_tcb_is_written(void **state)
{
    (void)state;
    struct sp_tcb t = {.state = SP_SYN_RECEIVED,
                       .timers = SP_TIMER_RETRANSMISSION | SP_TIMER_DELAYED_ACK,
                       .flags = SP_TCB_PASSIVE | SP_TCB_SACK,
                       .iss = 0xfffffff0,
                       .snd_una = 0xfffffff0,
                       .snd_nxt = 2,
                       .irs = 300,
                       .rcv_nxt = 301,
                       .helds = 1,
                       .held = {{303, 305}}};
    char text[4096];
    struct sp_buffer buffer;
    struct sp_writer writer = sp_buffer_open(&buffer, text, sizeof text);
    sp_report_fields(&t, &writer);
    size_t lines = 0;
    for (const char *at = text; *at != '\0'; at++) {
        lines += *at == '\n';
    }
    /* 42 members of the struct; helds has no line of its own, it counts the ranges of held. */
    assert_int_equal(lines, 41);
    assert_non_null(strstr(text, "state SYN-RECEIVED\n"));
    assert_non_null(strstr(text, "timers retransmission,delayed-ack\n"));
    assert_non_null(strstr(text, "flags passive,sack\n"));
    assert_non_null(strstr(text, "\nsnd_una 0\n"));
    assert_non_null(strstr(text, "\nsnd_nxt 18\n"));
    assert_non_null(strstr(text, "\nrcv_nxt 1\n"));
    assert_non_null(strstr(text, "\nrcv_fin -\n"));
    assert_non_null(strstr(text, "\nheld 3..4\n"));
}

/* A small generator of its own: the same on every machine. */
static uint32_t next_random(uint32_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    *seed ^= *seed << 5;
    return *seed;
}

#define ACTIONS_MAX 64
#define LADDER_MAX  (1 << 18)

struct random_run {
    struct sp_action action[ACTIONS_MAX];
    struct sp_script script;
    struct sp_trace_step step[ACTIONS_MAX];
    struct sp_trace trace;
    char text[LADDER_MAX];
};

/* Bytes that mostly are scripts in which much happens: the byte form takes any. */
static void make_run(struct random_run *run, uint32_t *seed)
{
    uint8_t bytes[400];
    for (size_t i = 0; i < sizeof bytes; i++) {
        bytes[i] = (uint8_t)(next_random(seed) >> 9);
    }
    run->script = (struct sp_script){.action = run->action, .capacity = ACTIONS_MAX};
    sp_script_decode(&run->script, bytes, sizeof bytes);
    for (size_t i = 0; i < run->script.count; i++) {
        struct sp_action *action = &run->action[i];
        action->serial = (uint16_t)(1 + next_random(seed) % (2 * i + 2));
    }
    run->trace = (struct sp_trace){.step = run->step};
    sp_trace_run(&run->script, 0, false, &run->trace);
}

static void draw_with(struct random_run *run, const struct sp_ladder_options *options)
{
    struct sp_buffer buffer;
    struct sp_writer writer = sp_buffer_open(&buffer, run->text, sizeof run->text);
    sp_report_ladder(&run->trace, options, &writer);
    assert_true(buffer.size + 1 < sizeof run->text);
}

static void draw(struct random_run *run, bool absolute, bool rules)
{
    const struct sp_ladder_options options = {.absolute = absolute, .rules = rules};
    draw_with(run, &options);
}

static void every_ladder_is_at_most_100_columns_of_ascii(void **state)
{
    (void)state;
    struct random_run *run = malloc(sizeof *run);
    assert_non_null(run);
    uint32_t seed = 20260101;
    for (unsigned i = 0; i < 2000; i++) {
        make_run(run, &seed);
        draw(run, i % 2 == 0, i % 4 < 2);
        for (const char *line = run->text; *line != '\0';) {
            size_t size = strcspn(line, "\n");
            assert_int_equal(line[size], '\n');
            assert_in_range(size, 1, 100);
            for (size_t c = 0; c < size; c++) {
                assert_in_range(line[c], ' ', '~');
            }
            line += size + 1;
        }
    }
    free(run);
}

/* The numbers of the steps stand in the first three columns, each once, in order. */
static void every_ladder_numbers_each_step_once(void **state)
{
    (void)state;
    struct random_run *run = malloc(sizeof *run);
    assert_non_null(run);
    uint32_t seed = 7;
    for (unsigned i = 0; i < 500; i++) {
        make_run(run, &seed);
        draw(run, false, true);
        size_t expected = 0;
        for (const char *line = strchr(run->text, '\n') + 1; *line != '\0';) {
            char *end = NULL;
            unsigned long number = strtoul(line, &end, 10);
            if (end == line + 3) {
                assert_int_equal(number, expected);
                expected++;
            }
            line += strcspn(line, "\n") + 1;
        }
        assert_int_equal(expected, run->trace.count + 1);
    }
    free(run);
}

/* A segment that was sent is named where it is sent, by its number. */
static void every_ladder_names_what_was_sent(void **state)
{
    (void)state;
    struct random_run *run = malloc(sizeof *run);
    assert_non_null(run);
    uint32_t seed = 99;
    unsigned sent = 0;
    for (unsigned i = 0; i < 500; i++) {
        make_run(run, &seed);
        draw(run, false, false);
        for (size_t s = 0; s < run->trace.count; s++) {
            const struct sp_step *step = &run->trace.step[s].step;
            for (unsigned k = 0; step->acted && k < step->output.sent; k++) {
                char name[24];
                snprintf(name, sizeof name, "#%u ", step->serial[k]);
                assert_non_null(strstr(run->text, name));
                sent++;
            }
        }
    }
    assert_true(sent > 500);
    free(run);
}

static void trace_keeps_a_step_that_was_not_possible(void **state)
{
    (void)state;
    struct sp_action actions[] = {
        {.kind = SP_ACTION_CALL, .host = SP_B, .event = SP_EVENT_OPEN_PASSIVE},
        {.kind = SP_ACTION_DELIVER, .serial = 3},
        {.kind = SP_ACTION_CALL, .host = SP_A, .event = SP_EVENT_OPEN_ACTIVE},
    };
    struct sp_script script = {.action = actions, .count = 3, .capacity = 3};
    sp_setup_init(&script.setup);
    struct sp_trace_step *steps = calloc(3, sizeof *steps);
    assert_non_null(steps);
    struct sp_trace trace = {.step = steps};
    sp_trace_run(&script, 0, true, &trace);
    assert_int_equal(trace.count, 3);
    assert_int_equal(trace.impossible, 1);
    assert_false(trace.step[1].possible);
    assert_int_equal(trace.step[1].after.host[SP_B].tcb.state, SP_LISTEN);
    assert_int_equal(trace.step[2].after.host[SP_A].tcb.state, SP_SYN_SENT);
    free(steps);
}

/* Whom a segment of no host comes from; and a crash, in which no host takes a step. */
static void ladder_draws_the_attacker_and_the_crash(void **state)
{
    (void)state;
    static const char script_text[] =
        "synproof script 1\nset *.crashes = 1\nset forgeries = 1\n"
        "B open passive\nA open active\ndeliver 1\nB inject RST seq=rcv.nxt+1\nA crash\n";
    static const char expected[] =
        "  4                        attacker --- RST seq=2 wnd=0 "
        "----------------------------->  SYN-RECEIVED\n"
        "                                                        sends #3 ACK seq=1 ack=1 wnd=2\n"
        "  5  CLOSED        crashes: its TCB is gone, and nobody is told\n";
    struct random_run *run = malloc(sizeof *run);
    assert_non_null(run);
    struct sp_complaint complaint;
    run->script = (struct sp_script){.action = run->action, .capacity = ACTIONS_MAX};
    assert_true(sp_script_parse(&run->script, script_text, sizeof script_text - 1, &complaint));
    run->trace = (struct sp_trace){.step = run->step};
    sp_trace_run(&run->script, 0, false, &run->trace);
    draw(run, false, false);
    assert_non_null(strstr(run->text, expected));
    run->script.setup.bounds.forgeries = 0;
    draw(run, false, false);
    assert_null(strstr(run->text, "attacker"));
    assert_non_null(strstr(run->text, "network --- RST seq=2 wnd=0 "));
    free(run);
}

/* The numbered rows of run->text, by event. Returns how many events the other rows leave out. */
static size_t read_rows(const struct random_run *run, bool *there)
{
    size_t left_out = 0;
    for (const char *line = strchr(run->text, '\n') + 1; *line != '\0';) {
        char *end = NULL;
        const unsigned long number = strtoul(line, &end, 10);
        if (end == line + 3) {
            there[number] = true;
        } else if (strncmp(line, "     ... ", 9) == 0) {
            left_out += strtoul(line + 9, NULL, 10);
        }
        line += strcspn(line, "\n") + 1;
    }
    return left_out;
}

/* What is not drawn is counted; the first three events, the focus and the last one are drawn. */
static void folded_ladder_counts_what_it_leaves_out(void **state)
{
    (void)state;
    struct random_run *run = malloc(sizeof *run);
    assert_non_null(run);
    uint32_t seed = 4711;
    size_t folded = 0;
    for (unsigned i = 0; i < 500; i++) {
        make_run(run, &seed);
        const size_t count = run->trace.count;
        const struct sp_ladder_options options = {.rows = 1 + next_random(&seed) % 30,
                                                  .focus =
                                                      count == 0 ? 0 : next_random(&seed) % count};
        bool there[ACTIONS_MAX + 1] = {false};
        draw_with(run, &options);
        size_t events = read_rows(run, there);
        folded += events > 0;
        for (size_t number = 1; number <= count; number++) {
            events += there[number];
            assert_true(there[number] || (number > 3 && number < count));
        }
        assert_int_equal(events, count);
        assert_true(count == 0 || there[options.focus + 1]);
    }
    assert_true(folded > 50);
    free(run);
}

/* Of one end: the events in which it took part, and the clock, which both read. */
static void ladder_of_one_end_has_what_it_takes_part_in(void **state)
{
    (void)state;
    struct random_run *run = malloc(sizeof *run);
    assert_non_null(run);
    uint32_t seed = 31337;
    for (unsigned i = 0; i < 500; i++) {
        make_run(run, &seed);
        const unsigned host = i % 2;
        const struct sp_ladder_options options = {.view = host == SP_A ? SP_VIEW_A : SP_VIEW_B};
        bool there[ACTIONS_MAX + 1] = {false};
        draw_with(run, &options);
        read_rows(run, there);
        for (size_t s = 0; s < run->trace.count; s++) {
            const struct sp_trace_step *step = &run->trace.step[s];
            const struct sp_action *action = &step->step.action;
            bool expected = step->step.acted && step->step.host == host;
            expected |= action->kind == SP_ACTION_CRASH && action->host == host;
            expected |= action->kind == SP_ACTION_TICK || step->findings.violated != 0;
            assert_int_equal(there[s + 1], expected && step->possible);
        }
    }
    free(run);
}

/* A line stays whole while it can be one: a run of letters with a blank in it, up to 90 wide. */
static void packed_lines_are_whole_and_at_most_100_columns(void **state)
{
    (void)state;
    uint32_t seed = 5;
    for (unsigned i = 0; i < 500; i++) {
        char lines[2048] = "";
        char packed[4096];
        struct sp_buffer buffer;
        const struct sp_writer writer = sp_buffer_open(&buffer, packed, sizeof packed);
        for (unsigned n = 1 + next_random(&seed) % 12; n > 0; n--) {
            const size_t size = strlen(lines);
            const unsigned first = 1 + next_random(&seed) % 40;
            const unsigned second = 1 + next_random(&seed) % 40;
            snprintf(lines + size, sizeof lines - size, "%.*s %.*s\n", (int)first,
                     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", (int)second,
                     "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb");
        }
        sp_report_packed(lines, 10, 10, &writer);
        size_t column = 10;
        const char *at = packed;
        for (const char *line = lines; *line != '\0'; line += strcspn(line, "\n") + 1) {
            const size_t size = strcspn(line, "\n");
            const size_t blanks = strspn(at, " ;\n");
            column = memchr(at, '\n', blanks) == NULL ? column + blanks : 10;
            at += blanks;
            assert_memory_equal(at, line, size);
            at += size;
            column += size;
            assert_in_range(column + (at[0] == ';'), 1, 100);
        }
        assert_string_equal(at, "\n");
    }
}

static void packed_line_that_is_too_long_breaks_behind_commas(void **state)
{
    (void)state;
    char packed[512];
    struct sp_buffer buffer;
    const struct sp_writer writer = sp_buffer_open(&buffer, packed, sizeof packed);
    char lines[256];
    snprintf(lines, sizeof lines, "%060d,%060d -> x\ny\n", 0, 0);
    sp_report_packed(lines, 4, 2, &writer);
    char expected[256];
    snprintf(expected, sizeof expected, "%060d,\n  %060d -> x; y\n", 0, 0);
    assert_string_equal(packed, expected);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(segment_has_flags_numbers_and_options),
        cmocka_unit_test(segment_without_ack_has_no_ack_number),
        cmocka_unit_test(segment_relative_to_a_base_crosses_the_wrap),
        cmocka_unit_test(segment_tells_every_option),
        cmocka_unit_test(segment_text_is_cut_to_its_room),
        cmocka_unit_test(changes_of_equal_tcbs_are_nothing),
        cmocka_unit_test(changes_are_named_and_relative),
        cmocka_unit_test(changes_of_what_is_not_known_yet_are_dashes),
        cmocka_unit_test(changes_of_a_tcb_that_is_gone_are_its_end),
        cmocka_unit_test(folded_ladder_counts_what_it_leaves_out),
        cmocka_unit_test(ladder_of_one_end_has_what_it_takes_part_in),
        cmocka_unit_test(packed_lines_are_whole_and_at_most_100_columns),
        cmocka_unit_test(packed_line_that_is_too_long_breaks_behind_commas),
        cmocka_unit_test(every_field_of_a_tcb_is_written),
        cmocka_unit_test(every_ladder_is_at_most_100_columns_of_ascii),
        cmocka_unit_test(every_ladder_numbers_each_step_once),
        cmocka_unit_test(every_ladder_names_what_was_sent),
        cmocka_unit_test(ladder_draws_the_attacker_and_the_crash),
        cmocka_unit_test(trace_keeps_a_step_that_was_not_possible),
    };
    return cmocka_run_group_tests_name("report", tests, NULL, NULL);
}
