/*
 * The renderings of a trace for other tools: what must hold of every run, shown on random ones.
 * Whole outputs are golden texts (tests/golden); other programs read them in tests/exports.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "bytes/wire.h"
#include "report/buffer.h"
#include "report/captions.h"
#include "report/exports.h"
#include "report/journey.h"

#include <stdio.h>

#define ACTIONS_MAX 1200
#define TEXT_MAX    (24 << 20)

struct run {
    struct sp_action action[ACTIONS_MAX];
    struct sp_script script;
    struct sp_trace_step step[ACTIONS_MAX];
    struct sp_trace trace;
    char text[TEXT_MAX];
    size_t size;
};

/* A small generator of its own: the same on every machine. */
static uint32_t next_random(uint32_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    *seed ^= *seed << 5;
    return *seed;
}

/* Bytes that mostly are scripts in which much happens: serials are near those in flight. */
static void make_run(struct run *run, uint32_t *seed, size_t size)
{
    uint8_t bytes[8192];
    assert_true(size <= sizeof bytes);
    for (size_t i = 0; i < size; i++) {
        bytes[i] = (uint8_t)(next_random(seed) >> 9);
    }
    run->script = (struct sp_script){.action = run->action, .capacity = ACTIONS_MAX};
    sp_script_decode(&run->script, bytes, size);
    run->trace = (struct sp_trace){.step = run->step};
    for (size_t i = 0; i < run->script.count; i++) {
        run->action[i].serial = (uint16_t)(1 + next_random(seed) % (2 * i + 2));
    }
    sp_trace_run(&run->script, 0, false, &run->trace);
}

static struct sp_writer open_text(struct run *run, struct sp_buffer *buffer)
{
    return sp_buffer_open(buffer, run->text, sizeof run->text);
}

static struct run *new_run(void)
{
    struct run *run = malloc(sizeof *run);
    assert_non_null(run);
    return run;
}

static uint32_t little32(const char *at)
{
    const uint8_t *o = (const uint8_t *)at;
    return o[0] | (uint32_t)o[1] << 8 | (uint32_t)o[2] << 16 | (uint32_t)o[3] << 24;
}

/* The next enhanced packet block from *at on, checked as pcapng (section 3.1, 4.3) has blocks.
 * False: the section ends. */
static bool next_packet(const struct run *run, size_t *at, const char **packet, uint32_t *size,
                        uint32_t *interface)
{
    while (*at < run->size) {
        const char *block = run->text + *at;
        uint32_t length = little32(block + 4);
        assert_int_equal(length % 4, 0);
        assert_true(length >= 12 && *at + length <= run->size);
        assert_int_equal(little32(block + length - 4), length);
        *at += length;
        if (little32(block) == 6) {
            *interface = little32(block + 8);
            *size = little32(block + 20);
            *packet = block + 28;
            return true;
        }
    }
    return false;
}

static void export_packets(struct run *run)
{
    struct sp_buffer buffer;
    struct sp_writer writer = open_text(run, &buffer);
    sp_report_pcapng(&run->trace, &writer);
    run->size = buffer.size;
    assert_true(buffer.size + 1 < sizeof run->text);
}

/* sp_decode verifies both checksums. */
static struct sp_packet_view decode(const char *packet, uint32_t size)
{
    struct sp_packet_view view;
    assert_int_equal(sp_decode((const uint8_t *)packet, size, &view), SP_REJECT_NONE);
    return view;
}

static void every_packet_decodes_to_the_segment_that_was_sent(void **state)
{
    (void)state;
    struct run *run = new_run();
    uint32_t seed = 20260101;
    unsigned packets = 0;
    for (unsigned i = 0; i < 1500; i++) {
        make_run(run, &seed, 400);
        export_packets(run);
        size_t at = 0;
        const char *packet = NULL;
        uint32_t size = 0;
        uint32_t interface = 0;
        for (size_t s = 0; s < run->trace.count; s++) {
            const struct sp_trace_step *step = &run->trace.step[s];
            unsigned kind = step->step.action.kind;
            bool network = kind == SP_ACTION_INJECT || kind == SP_ACTION_VANISH;
            if (step->possible && network && !sp_journey_replaces(&run->trace, s)) {
                assert_true(next_packet(run, &at, &packet, &size, &interface));
                decode(packet, size);
                assert_int_equal(interface, kind == SP_ACTION_VANISH);
            }
            for (unsigned k = 0; step->possible && step->step.acted && k < step->step.output.sent;
                 k++) {
                struct sp_sent sent = {.index = s, .at = k};
                struct sp_journey journey = sp_journey_of(&run->trace, sent);
                assert_true(next_packet(run, &at, &packet, &size, &interface));
                struct sp_packet_view view = decode(packet, size);
                assert_int_equal(view.flow.source_port, 50001 + step->step.host);
                if (journey.replaced == 0) {
                    struct sp_segment expected = step->step.output.segment[k];
                    expected.text = 0;
                    assert_memory_equal(&view.segment, &expected, sizeof expected);
                }
                packets++;
            }
        }
        assert_false(next_packet(run, &at, &packet, &size, &interface));
    }
    assert_true(packets > 500);
    free(run);
}

static void parse(struct run *run, const char *text)
{
    struct sp_complaint complaint;
    run->script = (struct sp_script){.action = run->action, .capacity = ACTIONS_MAX};
    assert_true(sp_script_parse(&run->script, text, strlen(text), &complaint));
    run->trace = (struct sp_trace){.step = run->step};
    sp_trace_run(&run->script, 0, false, &run->trace);
}

/* A's first incarnation writes "ABC...": octets of the stream, not zeros. */
static void text_of_a_packet_is_that_of_its_sender(void **state)
{
    (void)state;
    struct run *run = new_run();
    parse(run,
          "synproof script 1\nset mss = 4\nset *.window = 100\n\nB open passive\nA open active\n"
          "deliver 1\ndeliver 2\ndeliver 3\nA send 6\nlose 4\n");
    export_packets(run);
    size_t at = 0;
    const char *packet = NULL;
    uint32_t size = 0;
    uint32_t interface = 0;
    for (unsigned i = 0; i < 4; i++) {
        assert_true(next_packet(run, &at, &packet, &size, &interface));
    }
    assert_int_equal(interface, 1);
    assert_int_equal(size, 44);
    assert_memory_equal(packet + 40, "ABCD", 4);
    assert_true(next_packet(run, &at, &packet, &size, &interface));
    assert_int_equal(interface, 0);
    assert_memory_equal(packet + 40, "EF", 2);
    free(run);
}

/* IPv4 has 65535 octets, TCP 40 of options. */
static void what_no_packet_holds_is_cut_and_told(void **state)
{
    (void)state;
    struct run *run = new_run();
    parse(run,
          "synproof script 1\n\nA inject ACK seq=1 ack=1 wnd=1 len=65535 mss=1 scale=1 sack-ok "
          "ts=1/1 sack=1-2,3-4,5-6,7-8\n");
    export_packets(run);
    size_t at = 0;
    const char *packet = NULL;
    uint32_t size = 0;
    uint32_t interface = 0;
    assert_true(next_packet(run, &at, &packet, &size, &interface));
    assert_int_equal(size, 65535);
    assert_int_equal(decode(packet, size).segment.len, 65535 - 40);
    /* Behind the padding, and code and length of the option. */
    assert_non_null(strstr(packet + 65536 + 4, "options or text are cut"));
    free(run);
}

static size_t draw_mermaid(struct run *run)
{
    struct sp_ladder_options options = {.absolute = false};
    struct sp_buffer buffer;
    struct sp_writer writer = open_text(run, &buffer);
    sp_report_mermaid(&run->trace, &options, &writer);
    return buffer.size;
}

/* Steps that the diagram leaves out; 0 when it has no such note. */
static size_t left_out(const struct run *run)
{
    const char *note = strstr(run->text, " steps are left out");
    if (note == NULL) {
        return 0;
    }
    while (note[-1] >= '0' && note[-1] <= '9') {
        note--;
    }
    return strtoul(note, NULL, 10);
}

static void every_mermaid_diagram_is_short_enough_and_counts_what_it_leaves_out(void **state)
{
    (void)state;
    struct run *run = new_run();
    uint32_t seed = 3;
    for (unsigned i = 0; i < 40; i++) {
        make_run(run, &seed, i % 2 == 0 ? 400 : 8000);
        assert_true(draw_mermaid(run) < 50000);
        size_t numbered = 0;
        for (size_t n = 1; n <= run->trace.count; n++) {
            char number[24];
            snprintf(number, sizeof number, ": %zu. ", n);
            numbered += strstr(run->text, number) != NULL;
        }
        assert_int_equal(numbered + left_out(run), run->trace.count);
        assert_true(i % 2 == 0 ? left_out(run) == 0 : left_out(run) > 100);
    }
    free(run);
}

/* A script in the byte form expects what its bytes say; here, all that is syntax somewhere. */
static void make_odd(struct run *run)
{
    parse(run, "synproof script 1\nexpect S5\n\nA open active\n");
    memcpy(run->script.expected, "\"\\\n?<&>\x01\xff;#", sizeof "\"\\\n?<&>\x01\xff;#");
}

static void octets_of_a_script_stay_inside_their_strings(void **state)
{
    (void)state;
    struct run *run = new_run();
    make_odd(run);
    struct sp_buffer buffer;
    struct sp_writer writer = open_text(run, &buffer);
    sp_report_cmocka(&run->trace, &writer);
    assert_non_null(strstr(run->text, "\"expect \\042\\134\\012\\077<&>\\001\\377;#\\n\"\n"));
    writer = open_text(run, &buffer);
    sp_report_json(&run->trace, &writer);
    assert_non_null(strstr(run->text, "\"expected\": \"\\\"\\\\\\u000a?<&>\\u0001\\u00ff;#\""));
    free(run);
}

static void every_svg_is_ascii_and_stands_by_itself(void **state)
{
    (void)state;
    struct run *run = new_run();
    uint32_t seed = 11;
    for (unsigned i = 0; i < 200; i++) {
        make_run(run, &seed, 400);
        struct sp_ladder_options options = {.absolute = i % 2 == 0, .rules = i % 4 < 2};
        struct sp_buffer buffer;
        struct sp_writer writer = open_text(run, &buffer);
        sp_report_svg(&run->trace, &options, &writer);
        for (const char *c = run->text; *c != '\0'; c++) {
            assert_true(*c == '\n' || (*c >= ' ' && *c <= '~'));
        }
        assert_null(strstr(run->text, "<script"));
        assert_null(strstr(run->text, "href"));
        assert_memory_equal(run->text + buffer.size - 7, "</svg>\n", 7);
    }
    free(run);
}

static void lines_of_a_script_are_its_text_form(void **state)
{
    (void)state;
    struct run *run = new_run();
    uint32_t seed = 5;
    for (unsigned i = 0; i < 300; i++) {
        make_run(run, &seed, i);
        char whole[65536];
        assert_true(sp_script_print(&run->script, whole, sizeof whole) < sizeof whole);
        char line[SP_SCRIPT_LINE_MAX];
        struct sp_buffer buffer;
        struct sp_writer writer = open_text(run, &buffer);
        struct sp_script_lines lines = {.script = &run->script};
        while (sp_script_lines_next(&lines, line, sizeof line)) {
            sp_write(&writer, "%s\n", line);
        }
        assert_string_equal(run->text, whole);
    }
    free(run);
}

static void journey_of_a_duplicate_ends_with_its_last_copy(void **state)
{
    (void)state;
    struct run *run = new_run();
    parse(run, "synproof script 1\nset duplicates = 2\n\nB open passive\nA open active\n"
               "duplicate 1\nduplicate 1\nlose 1\n");
    struct sp_sent sent = {.index = 9, .at = 9};
    assert_true(sp_journey_origin(&run->trace, 4, 1, &sent));
    assert_int_equal(sent.index, 1);
    assert_int_equal(sent.at, 0);
    struct sp_journey journey = sp_journey_of(&run->trace, sent);
    assert_int_equal(journey.arrivals, 2);
    assert_int_equal(journey.arrived, 3);
    assert_int_equal(journey.again, 4);
    assert_int_equal(journey.lost, 5);
    assert_false(sp_journey_origin(&run->trace, 1, 1, &sent));
    free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_packet_decodes_to_the_segment_that_was_sent),
        cmocka_unit_test(text_of_a_packet_is_that_of_its_sender),
        cmocka_unit_test(what_no_packet_holds_is_cut_and_told),
        cmocka_unit_test(every_mermaid_diagram_is_short_enough_and_counts_what_it_leaves_out),
        cmocka_unit_test(octets_of_a_script_stay_inside_their_strings),
        cmocka_unit_test(every_svg_is_ascii_and_stands_by_itself),
        cmocka_unit_test(lines_of_a_script_are_its_text_form),
        cmocka_unit_test(journey_of_a_duplicate_ends_with_its_last_copy),
    };
    return cmocka_run_group_tests_name("exports", tests, NULL, NULL);
}
