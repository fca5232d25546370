/*
 * Is a script the same thing as text and as bytes, is every byte string a script, and does a
 * mistake in the text draw a message that helps?
 *
 * Scripts are compared field by field through a second writer, kept here, that shows every field of
 * every action; neither form is judged by itself. What a script does is tested by the corpus.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "event/script.h"
#include "setup/keys.h"

enum { ACTIONS = 64, TEXT = 32768, ALL = 65536 };

static struct sp_complaint complaint;

struct script_room {
    struct sp_script script;
    struct sp_action action[ACTIONS];
};

static struct sp_script *room(struct script_room *room)
{
    memset(room, 0xa5, sizeof *room);
    room->script.action = room->action;
    room->script.capacity = ACTIONS;
    return &room->script;
}

static size_t show_action(const struct sp_action *a, char *text, size_t capacity)
{
    const struct sp_segment *s = &a->segment;
    size_t size = (size_t)snprintf(
        text, capacity, "%u %u %u %u %u %d %d %u %u %u %u | %u %u %u %u %u %u %u %u %u %x %x %u %u",
        a->kind, a->host, a->event, a->seq_anchor, a->ack_anchor, a->urgent, a->has_iss, a->serial,
        a->count, a->iss, a->now, s->seq, s->ack, s->text, s->ts_val, s->ts_ecr, s->wnd, s->urgent,
        s->len, s->mss, s->flags, s->options, s->scale, s->sacks);
    for (unsigned i = 0; i < SP_SACK_MAX; i++) {
        size += (size_t)snprintf(text + size, capacity - size, " %u-%u", s->sack[i].left,
                                 s->sack[i].right);
    }
    return size + (size_t)snprintf(text + size, capacity - size, "\n");
}

/* Every field of the script as text. */
static const char *all_of(const struct sp_script *script)
{
    static char all[2][ALL];
    static unsigned turn;
    char *text = all[turn++ % 2];
    size_t size =
        (size_t)snprintf(text, ALL, "%u %s %zu\n", script->expect, script->expected, script->count);
    for (size_t i = 0; i < sp_slot_count(); i++) {
        size += (size_t)snprintf(text + size, ALL - size, "%u ", sp_slot_get(&script->setup, i));
    }
    for (size_t i = 0; i < script->count; i++) {
        size += show_action(&script->action[i], text + size, ALL - size);
    }
    assert_true(size < ALL);
    return text;
}

static void assert_same(const struct sp_script *a, const struct sp_script *b)
{
    assert_string_equal(all_of(a), all_of(b));
}

static void parse(struct sp_script *script, const char *text)
{
    if (!sp_script_parse(script, text, strlen(text), &complaint)) {
        fail_msg("line %u: %s\n%s", complaint.line, complaint.text, text);
    }
}

static uint32_t random_state = 88675123u;

static uint32_t random32(void)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 17;
    random_state ^= random_state << 5;
    return random_state;
}

/* Half of the octets small, so that counts stay small and the actions get their share. */
static size_t random_bytes(uint8_t *bytes, size_t max)
{
    const size_t size = random32() % (max + 1);
    for (size_t i = 0; i < size; i++) {
        bytes[i] = (uint8_t)(random32() % 2 == 0 ? random32() % 8 : random32());
    }
    if (size > 2) {
        bytes[2] = (uint8_t)(bytes[2] % 5);
    }
    return size;
}

static void any_bytes_are_a_script_that_both_forms_keep(void **state)
{
    (void)state;
    static struct script_room first, second, third;
    uint8_t bytes[200];
    uint8_t canonical[4096];
    char text[TEXT];
    for (unsigned round = 0; round < 2500; round++) {
        struct sp_script *script = room(&first);
        struct sp_script *from_bytes = room(&second);
        struct sp_script *from_text = room(&third);
        sp_script_decode(script, bytes, random_bytes(bytes, sizeof bytes));
        assert_true(sp_setup_check(&script->setup, &complaint));
        const size_t size = sp_script_encode(script, canonical, sizeof canonical);
        assert_true(size <= sizeof canonical);
        sp_script_decode(from_bytes, canonical, size);
        assert_same(script, from_bytes);
        assert_true(sp_script_print(script, text, sizeof text) < sizeof text);
        parse(from_text, text);
        assert_same(script, from_text);
    }
}

static void canonical_bytes_and_text_are_written_back_unchanged(void **state)
{
    (void)state;
    static struct script_room first, second;
    uint8_t bytes[200];
    uint8_t once[4096];
    uint8_t twice[4096];
    char text[TEXT];
    char again[TEXT];
    for (unsigned round = 0; round < 1000; round++) {
        struct sp_script *script = room(&first);
        struct sp_script *other = room(&second);
        sp_script_decode(script, bytes, random_bytes(bytes, sizeof bytes));
        const size_t size = sp_script_encode(script, once, sizeof once);
        sp_script_decode(other, once, size);
        assert_int_equal(sp_script_encode(other, twice, sizeof twice), size);
        assert_memory_equal(once, twice, size);
        (void)sp_script_print(script, text, sizeof text);
        parse(other, text);
        (void)sp_script_print(other, again, sizeof again);
        assert_string_equal(text, again);
    }
}

static void no_octet_outside_the_bytes_is_read_or_written(void **state)
{
    (void)state;
    static struct script_room first;
    for (unsigned round = 0; round < 1000; round++) {
        struct sp_script *script = room(&first);
        uint8_t bytes[120];
        const size_t size = random_bytes(bytes, sizeof bytes);
        uint8_t *exact = malloc(size == 0 ? 1 : size); /* a sanitizer sees a step beyond */
        assert_non_null(exact);
        memcpy(exact, bytes, size);
        script->capacity = random32() % 8;
        sp_script_decode(script, exact, size);
        assert_true(script->count <= script->capacity);
        const size_t needed = sp_script_encode(script, NULL, 0);
        uint8_t *target = malloc(needed);
        assert_non_null(target);
        assert_int_equal(sp_script_encode(script, target, needed), needed);
        const size_t length = sp_script_print(script, NULL, 0);
        char *text = malloc(length + 1);
        assert_non_null(text);
        assert_int_equal(sp_script_print(script, text, length + 1), length);
        assert_int_equal(strlen(text), length);
        char cut[7];
        assert_int_equal(sp_script_print(script, cut, sizeof cut), length);
        assert_string_equal(cut, "synpro");
        free(text);
        free(target);
        free(exact);
    }
}

static void the_empty_byte_string_is_the_initial_setup_and_no_action(void **state)
{
    (void)state;
    static struct script_room first;
    struct sp_script *script = room(&first);
    sp_script_decode(script, NULL, 0);
    char text[TEXT];
    (void)sp_script_print(script, text, sizeof text);
    assert_string_equal(text, "synproof script 1\nset policy = rfc9293\n");
}

/* Every kind of line, in canonical layout. */
static const char every_line[] =
    "synproof script 1\n"
    "set policy = linux\n"
    "set policy.tw_rst = ignore\n"
    "set flight = 4\n"
    "set timestamps = on\n"
    "set A.open = passive active\n"
    "set B.iss = 200 4294967295\n"
    "expect S5\n"
    "\n"
    "A open passive\n"
    "B open active\n"
    "B open active iss=100\n"
    "A send 3\n"
    "A send 3 urgent\n"
    "A send 3 urgent iss=7\n"
    "B receive 4294967295\n"
    "A close\n"
    "A abort\n"
    "B status\n"
    "A timer user\n"
    "A timer retransmission\n"
    "A timer time-wait\n"
    "A timer persist\n"
    "B timer delayed-ack\n"
    "B timer keep-alive\n"
    "A crash\n"
    "B crash\n"
    "deliver 1\n"
    "duplicate 30\n"
    "lose 31\n"
    "lose 65535\n"
    "deliver 0\n"
    "tick\n"
    "B inject SYN,ACK seq=rcv.nxt+0 ack=snd.nxt-1 wnd=4 len=1 text=9 mss=536 scale=2 sack-ok "
    "ts=7/3 sack=10-20,30-40 iss=7 now=9 for=3\n"
    "A inject FIN,RST,PSH,URG,ECE,CWR seq=4294967295 wnd=0 urgent=1\n"
    "A inject none seq=irs-2147483648 wnd=65535\n"
    "B inject ACK seq=iss+2147483647 ack=snd.una+1 wnd=0\n"
    "A vanish ACK seq=100 ack=200 wnd=0\n"
    "A vanish SYN seq=100 wnd=0 for=65535\n"
    "B inject SYN seq=100 wnd=0 for=1\n";

static void every_line_reads_back_as_written(void **state)
{
    (void)state;
    static struct script_room first, second;
    struct sp_script *script = room(&first);
    struct sp_script *other = room(&second);
    char text[TEXT];
    uint8_t bytes[4096];
    parse(script, every_line);
    assert_int_equal(script->count, 31);
    assert_int_equal(sp_script_print(script, text, sizeof text), sizeof every_line - 1);
    assert_string_equal(text, every_line);
    sp_script_decode(other, bytes, sp_script_encode(script, bytes, sizeof bytes));
    assert_same(script, other);
}

static void lines_mean_what_the_header_says(void **state)
{
    (void)state;
    struct sp_action action;
    static const char inject[] = "  B  inject SYN,ACK\tack=snd.nxt seq=rcv.nxt-2 wnd=4 # forged";
    assert_true(sp_action_parse(&action, inject, sizeof inject - 1, &complaint));
    assert_int_equal(action.kind, SP_ACTION_INJECT);
    assert_int_equal(action.host, SP_B);
    assert_int_equal(action.segment.flags, SP_SYN | SP_ACK);
    assert_int_equal(action.seq_anchor, SP_ANCHOR_RCV_NXT);
    assert_int_equal(action.segment.seq, UINT32_MAX - 1);
    assert_int_equal(action.ack_anchor, SP_ANCHOR_SND_NXT);
    assert_int_equal(action.segment.ack, 0);
    assert_int_equal(action.segment.wnd, 4);
    assert_false(action.has_iss);
    assert_true(sp_action_parse(&action, "duplicate 12", 12, &complaint));
    assert_int_equal(action.kind, SP_ACTION_DUPLICATE);
    assert_int_equal(action.serial, 12);
    assert_true(sp_action_parse(&action, "A send 3 urgent iss=7", 21, &complaint));
    assert_int_equal(action.kind, SP_ACTION_CALL);
    assert_int_equal(action.event, SP_EVENT_SEND);
    assert_true(action.urgent && action.has_iss);
    assert_int_equal(action.count, 3);
    assert_int_equal(action.iss, 7);
    assert_true(sp_action_parse(&action, "B timer time-wait", 17, &complaint));
    assert_int_equal(action.kind, SP_ACTION_TIMER);
    assert_int_equal(action.event, SP_EVENT_TIME_WAIT);
    assert_true(sp_action_parse(&action, "B crash", 7, &complaint));
    assert_int_equal(action.kind, SP_ACTION_CRASH);
    assert_int_equal(action.host, SP_B);
}

static void comments_blank_lines_and_line_ends_do_not_matter(void **state)
{
    (void)state;
    static struct script_room first, second;
    struct sp_script *plain = room(&first);
    struct sp_script *adorned = room(&second);
    parse(plain, "synproof script 1\nset flight = 2\nexpect PASS\nA open active\ntick");
    parse(adorned, "# story\n\n  synproof script 1  # version\r\n\tset flight=2 # few\r\n"
                   "expect  PASS\r\n\n#\nA\topen   active\r\n\n tick \n\n");
    assert_same(plain, adorned);
    assert_int_equal(adorned->expect, SP_EXPECT_PASS);
}

static void assert_line_refused(const char *line, const char *message)
{
    struct sp_action action;
    memset(&complaint, 'x', sizeof complaint);
    if (sp_action_parse(&action, line, strlen(line), &complaint)) {
        fail_msg("taken: %s", line);
    }
    assert_string_equal(complaint.text, message);
}

static void a_wrong_word_is_named_with_the_valid_and_the_nearest(void **state)
{
    (void)state;
    assert_line_refused("delvier 1", "delvier: no such action, nearest is deliver; valid: deliver "
                                     "duplicate lose tick A B (and set, expect before the first)");
    assert_line_refused("", "nothing: no such action; valid: deliver duplicate lose tick A B (and "
                            "set, expect before the first)");
    assert_line_refused("A opne active", "opne: no such call, nearest is open; valid: open send "
                                         "receive close abort status timer crash inject vanish");
    assert_line_refused("A", "nothing: no such call; valid: open send receive close abort status "
                             "timer crash inject vanish");
    assert_line_refused("A open activ",
                        "activ: no such way to open, nearest is active; valid: passive active");
    assert_line_refused("A timer persits", "persits: no such timer, nearest is persist; valid: "
                                           "user retransmission time-wait persist delayed-ack "
                                           "keep-alive");
    assert_line_refused("A inject SYM seq=1", "SYM: no such control bit, nearest is SYN; valid: "
                                              "SYN FIN RST PSH ACK URG ECE CWR or none");
    assert_line_refused("A inject SYN, seq=1", "nothing: no such control bit; valid: SYN FIN RST "
                                               "PSH ACK URG ECE CWR or none");
    assert_line_refused("A inject SYN sqe=1",
                        "sqe: no such field, nearest is seq; valid: seq ack wnd len text urgent "
                        "mss scale sack-ok ts sack iss now for");
    assert_line_refused("A inject SYN seq=rcv.nxr+1",
                        "rcv.nxr: no such variable, nearest is rcv.nxt; valid: rcv.nxt irs snd.una "
                        "snd.nxt iss or a number 0..4294967295");
}

static void a_wrong_number_is_named_with_its_range(void **state)
{
    (void)state;
    assert_line_refused("deliver", "deliver = nothing: 0..65535 is valid");
    assert_line_refused("deliver 65536", "deliver = 65536: 0..65535 is valid");
    assert_line_refused("lose -1", "lose = -1: 0..65535 is valid");
    assert_line_refused("A send", "send = nothing: 0..4294967295 is valid");
    assert_line_refused("A receive x", "receive = x: 0..4294967295 is valid");
    assert_line_refused("A open active iss=4294967296", "iss = 4294967296: 0..4294967295 is valid");
    assert_line_refused("A inject SYN seq=99999999999",
                        "sequence number = 99999999999: 0..4294967295 is valid");
    assert_line_refused("A inject SYN seq=irs+", "irs+: an offset is + or - and 0..4294967295");
    assert_line_refused("A inject SYN seq=irs-x", "irs-x: an offset is + or - and 0..4294967295");
    assert_line_refused("A inject SYN seq=1 wnd=65536", "wnd = 65536: 0..65535 is valid");
    assert_line_refused("A inject SYN seq=1 scale=15", "scale = 15: 0..14 is valid");
    assert_line_refused("A inject SYN seq=1 ts=7",
                        "ts = 7: VALUE/ECHO, both 0..4294967295, is valid");
    assert_line_refused("A inject SYN seq=1 sack=1-2,3-4,5-6,7-8,9-10",
                        "sack = 1-2,3-4,5-6,7-8,9-10: 1..4 ranges LEFT-RIGHT of numbers "
                        "0..4294967295, with commas between, are valid");
}

static void fields_that_do_not_go_together_are_refused(void **state)
{
    (void)state;
    assert_line_refused("A inject SYN", "seq is missing: a segment has seq=NUMBER");
    assert_line_refused("A inject ACK seq=1", "ack is missing: ACK needs ack=NUMBER");
    assert_line_refused("A inject SYN seq=1 ack=1", "ack needs the control bit ACK");
    assert_line_refused("A inject SYN seq=1 urgent=1", "urgent needs the control bit URG");
    assert_line_refused("A inject SYN seq=1 seq=1", "seq is given twice");
    assert_line_refused("A inject SYN seq", "seq has no value: write seq=NUMBER");
    assert_line_refused("A inject SYN seq=1 sack-ok=1", "sack-ok takes no value");
    assert_line_refused("A vanish SYN seq=1 iss=1",
                        "iss and now go with inject: a segment that vanished does not arrive");
    assert_line_refused("A close now", "now: nothing may follow here");
    assert_line_refused("A open active urgent", "urgent: only iss=NUMBER may follow here");
    assert_line_refused("A send 3 iss=1 urgent",
                        "urgent: only urgent, then iss=NUMBER, may follow here");
    assert_line_refused("tick 3", "3: nothing may follow here");
    assert_line_refused("A timer user 3", "3: nothing may follow here");
    assert_line_refused("A crash 3", "3: nothing may follow here");
}

static void assert_script_refused(const char *text, unsigned line, const char *message)
{
    static struct script_room first;
    struct sp_script *script = room(&first);
    script->capacity = 2;
    memset(&complaint, 'x', sizeof complaint);
    if (sp_script_parse(script, text, strlen(text), &complaint)) {
        fail_msg("taken: %s", text);
    }
    assert_int_equal(complaint.line, line);
    assert_string_equal(complaint.text, message);
}

static void a_script_that_is_wrong_says_where(void **state)
{
    (void)state;
    assert_script_refused("", 0, "empty: a script begins with the line \"synproof script 1\"");
    assert_script_refused("# nothing\n", 0,
                          "empty: a script begins with the line \"synproof script 1\"");
    assert_script_refused("\nA open active\n", 2,
                          "A open active: a script begins with the line \"synproof script 1\"");
    assert_script_refused("synproof script 2\n", 1,
                          "synproof script 2: this version reads \"synproof script 1\" only");
    assert_script_refused("synproof script 1\nset fligth = 1\n", 2,
                          "fligth: no such key; nearest is flight");
    assert_script_refused("synproof script 1\nset\n", 2, ": a setting is KEY = VALUE");
    assert_script_refused("synproof script 1\nexpect S 5\n", 2,
                          "expect S 5: PASS, or the id of a property such as S5, is valid");
    assert_script_refused("synproof script 1\nexpect a-name-of-16-let\n", 2,
                          "expect a-name-of-16-let: PASS, or the id of a property such as S5, is "
                          "valid");
    assert_script_refused("synproof script 1\nexpect PASS\nexpect S5\n", 3,
                          "expect is given twice");
    assert_script_refused("synproof script 1\ntick\nset flight = 1\n", 3,
                          "set: settings and expectation stand before the actions");
    assert_script_refused("synproof script 1\ntick\nexpect PASS\n", 3,
                          "expect: settings and expectation stand before the actions");
    assert_script_refused("synproof script 1\ntick\ntick\n\ntick\n", 5, "more than 2 actions");
    assert_script_refused("synproof script 1\nset B.open = none\n", 0,
                          "B.opens = 1, but B.open has neither passive nor active: set B.opens = "
                          "0, or give it a way to open");
}

static void random_text_is_refused_or_taken_without_harm(void **state)
{
    (void)state;
    static const char *const words[] = {
        "A",     "B",     "crash", "inject", "vanish", "SYN,ACK", "seq=",    "rcv.nxt",
        "+1",    "ack=1", "#",     "timer",  "user",   "send",    "deliver", "4",
        "sack=", "1-2,",  "=",     "\n",     "ts=1/",  "set",     "iss=",    "expect",
        "PASS",  "\t",    "\r\n",  "flight", "-",      "",        "\377"};
    static struct script_room first;
    for (unsigned round = 0; round < 10000; round++) {
        char text[300] = "synproof script 1\n";
        size_t size = strlen(text);
        for (unsigned n = random32() % 14; n > 0; n--) {
            const char *word = words[random32() % (sizeof words / sizeof words[0])];
            size += (size_t)snprintf(text + size, sizeof text - size, "%s%s", word,
                                     random32() % 3 == 0 ? "" : " ");
        }
        if (random32() % 4 == 0) {
            text[random32() % size] = (char)random32();
        }
        char *exact = malloc(size);
        assert_non_null(exact);
        memcpy(exact, text, size);
        memset(&complaint, 'x', sizeof complaint);
        if (!sp_script_parse(room(&first), exact, size, &complaint)) {
            assert_non_null(memchr(complaint.text, '\0', sizeof complaint.text));
        }
        free(exact);
    }
}

static void the_bytes_of_a_handshake_are_few(void **state)
{
    (void)state;
    static struct script_room first;
    struct sp_script *script = room(&first);
    uint8_t bytes[64];
    static const uint8_t expected[] = {
        3,    0,    0,    /* version, rfc9293, no other settings */
        1,                /* expect PASS */
        0x08,             /* B: call 0, open passive */
        0x10,             /* A: call 1, open active */
        0x0a, 0x12, 0x1a, /* deliver 1, 2, 3 */
    };
    parse(script, "synproof script 1\nexpect PASS\nB open passive\nA open active\n"
                  "deliver 1\ndeliver 2\ndeliver 3\n");
    assert_int_equal(sp_script_encode(script, bytes, sizeof bytes), sizeof expected);
    assert_memory_equal(bytes, expected, sizeof expected);
}

/* The high half of a timer's octet is the timer, 0 to 5 in the order of 3.10.8, and 6 a crash; what
 * is larger begins anew, so that every octet is an action. */
static void a_crash_is_written_as_one_more_timer(void **state)
{
    (void)state;
    static struct script_room first;
    struct sp_script *script = room(&first);
    static const uint8_t bytes[] = {2, 0, 0, 0, 0x51, 0x61, 0x69, 0x71, 0xd9};
    sp_script_decode(script, bytes, sizeof bytes);
    char text[TEXT];
    (void)sp_script_print(script, text, sizeof text);
    assert_string_equal(text, "synproof script 1\nset policy = rfc9293\n\nA timer keep-alive\n"
                              "A crash\nB crash\nA timer user\nB crash\n");
}

static void every_event_has_a_name_of_its_own(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SP_EVENT_COUNT; i++) {
        assert_true(strlen(sp_event_name((enum sp_event_kind)i)) > 3);
        for (unsigned other = 0; other < i; other++) {
            assert_string_not_equal(sp_event_name((enum sp_event_kind)i),
                                    sp_event_name((enum sp_event_kind)other));
        }
    }
    assert_string_equal(sp_event_name(SP_EVENT_OPEN_ACTIVE), "OPEN active");
    assert_string_equal(sp_event_name(SP_EVENT_RETRANSMISSION), "RETRANSMISSION TIMEOUT");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_bytes_are_a_script_that_both_forms_keep),
        cmocka_unit_test(canonical_bytes_and_text_are_written_back_unchanged),
        cmocka_unit_test(no_octet_outside_the_bytes_is_read_or_written),
        cmocka_unit_test(the_empty_byte_string_is_the_initial_setup_and_no_action),
        cmocka_unit_test(every_line_reads_back_as_written),
        cmocka_unit_test(lines_mean_what_the_header_says),
        cmocka_unit_test(comments_blank_lines_and_line_ends_do_not_matter),
        cmocka_unit_test(a_wrong_word_is_named_with_the_valid_and_the_nearest),
        cmocka_unit_test(a_wrong_number_is_named_with_its_range),
        cmocka_unit_test(fields_that_do_not_go_together_are_refused),
        cmocka_unit_test(a_script_that_is_wrong_says_where),
        cmocka_unit_test(random_text_is_refused_or_taken_without_harm),
        cmocka_unit_test(the_bytes_of_a_handshake_are_few),
        cmocka_unit_test(a_crash_is_written_as_one_more_timer),
        cmocka_unit_test(every_event_has_a_name_of_its_own),
    };
    return cmocka_run_group_tests_name("script", tests, NULL, NULL);
}
