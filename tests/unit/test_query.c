/*
 * Does a question find the worlds that it describes, and does a mistake in it draw a message that
 * helps?
 *
 * The world is written here field by field, no two fields alike, and so the values are counted by
 * hand: a sequence number is what it is on the wire less the ISS or IRS of its host. It is no world
 * that a run could reach. What a question costs and finds in a search is in tests/cli.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "oracle/query.h"

static struct sp_complaint complaint;

/* A's ISS is two before the end of the circle; what B sends to it begins at 200. */
static const sp_seq iss = 4294967294;
static const sp_seq irs = 200;

static struct sp_tcb tcb_of_a(void)
{
    return (struct sp_tcb){
        .state = SP_FIN_WAIT_1,
        .timers = SP_TIMER_RETRANSMISSION | SP_TIMER_DELAYED_ACK,
        .retransmits = 3,
        .unacked = 2,
        .flags = SP_TCB_PASSIVE | SP_TCB_REMOTE | SP_TCB_CLOSE | SP_TCB_FIN_HELD | SP_TCB_SCALE |
                 SP_TCB_SACK | SP_TCB_URGENT_MODE,
        .snd_mss = 536,
        .rcv_mss = 1460,
        .snd_scale = 4,
        .rcv_scale = 5,
        .helds = 1,
        .iss = iss,
        .snd_una = iss + 11,
        .snd_nxt = iss + 20,
        .snd_max = iss + 24,
        .snd_end = iss + 23,
        .snd_up = iss + 12,
        .snd_wl1 = irs + 30,
        .snd_wl2 = iss + 10,
        .snd_wnd = 70,
        .snd_wnd_max = 80,
        .irs = irs,
        .rcv_nxt = irs + 31,
        .rcv_adv = irs + 40,
        .rcv_read = irs + 25,
        .rcv_up = irs + 26,
        .rcv_fin = irs + 36,
        .rcv_buf = 90,
        .rcv_wanted = 17,
        .ack_sent = irs + 29,
        .ts_recent = 77,
    };
}

static struct sp_packet packet(unsigned from, unsigned flags)
{
    return (struct sp_packet){.segment = {.flags = (uint8_t)flags}, .from = (uint8_t)from};
}

/* A in FIN-WAIT-1 in its second incarnation; B in SYN-SENT in its first. */
static struct sp_world world_of_two(void)
{
    struct sp_world w = {.now = 9, .losses = 6, .duplicates = 7};
    w.host[0] = (struct sp_host){
        .tcb = tcb_of_a(),
        .lives = 2,
        .timeouts = 14,
        .user_timeouts = 15,
        .keep_alives = 16,
        .aborts = 18,
    };
    w.host[0].life[0] = (struct sp_life){.written = 1000, .ended = SP_END_ABORTED};
    w.host[0].life[1] = (struct sp_life){
        .written = 22,
        .received = 33,
        .delivered = 44,
        .peer = 1,
        .ended = SP_END_TIMED_OUT,
        .flags = SP_LIFE_OPENED | SP_LIFE_TOLD_ERROR,
    };
    w.host[1].lives = 1;
    w.host[1].tcb = (struct sp_tcb){
        .state = SP_SYN_SENT, .iss = 300, .snd_una = 300, .snd_nxt = 301, .snd_max = 301};
    w.channel.count = 4;
    w.channel.packet[0] = packet(0, SP_FIN | SP_ACK);
    w.channel.packet[1] = packet(0, SP_ACK);
    w.channel.packet[2] = packet(0, SP_ACK | SP_PSH);
    w.channel.packet[3] = packet(1, SP_SYN);
    return w;
}

/* The same world, A called B and B called A. */
static struct sp_world exchanged(struct sp_world w)
{
    struct sp_host a = w.host[0];
    w.host[0] = w.host[1];
    w.host[1] = a;
    for (unsigned i = 0; i < w.channel.count; i++) {
        w.channel.packet[i].from = !w.channel.packet[i].from;
    }
    return w;
}

static bool holds_in(const struct sp_world *w, const char *text)
{
    struct sp_query query;
    memset(&query, 0xa5, sizeof query);
    if (!sp_query_parse(&query, text, strlen(text), &complaint)) {
        fail_msg("%s: refused: %s", text, complaint.text);
    }
    return sp_query_holds(&query, w);
}

static bool holds(const char *text)
{
    const struct sp_world w = world_of_two();
    return holds_in(&w, text);
}

static void assert_holds(const char *text)
{
    if (!holds(text)) {
        fail_msg("%s: should hold", text);
    }
}

static void assert_holds_not(const char *text)
{
    if (holds(text)) {
        fail_msg("%s: should not hold", text);
    }
}

static void assert_refused(const char *text, const char *message)
{
    struct sp_query query;
    memset(&complaint, 'x', sizeof complaint);
    assert_false(sp_query_parse(&query, text, strlen(text), &complaint));
    assert_string_equal(complaint.text, message);
}

/* What each field of A, and of the network, is in world_of_two. */
static const struct {
    const char *word;
    long value;
} numbers[] = {
    {"timer_retransmission", 1},
    {"timer_time_wait", 0},
    {"timer_persist", 0},
    {"timer_delayed_ack", 1},
    {"timer_keep_alive", 0},
    {"retransmits", 3},
    {"unacked", 2},
    {"passive", 1},
    {"remote", 1},
    {"close_called", 1},
    {"fin_sent", 1},  /* snd_max is one past snd_end */
    {"fin_acked", 0}, /* snd_una is not there */
    {"fin_held", 1},
    {"fin_received", 0},
    {"told_eof", 0},
    {"reading", 0},
    {"reader_gone", 0},
    {"urgent_mode", 1},
    {"reopened", 0},
    {"scaling", 1},
    {"timestamps", 0},
    {"sack", 1},
    {"iss", 4294967294},
    {"snd_una", 11},
    {"snd_nxt", 20},
    {"snd_max", 24},
    {"snd_end", 23},
    {"snd_up", 12},
    {"snd_wl1", 30},
    {"snd_wl2", 10},
    {"snd_wnd", 70},
    {"snd_wnd_max", 80},
    {"snd_mss", 536},
    {"snd_scale", 4},
    {"irs", 200},
    {"rcv_nxt", 31},
    {"rcv_adv", 40},
    {"rcv_wnd", 9}, /* 40 - 31 */
    {"rcv_read", 25},
    {"rcv_up", 26},
    {"rcv_fin", 36},
    {"ack_sent", 29},
    {"unread", 6}, /* 31 - 25 */
    {"held", 1},
    {"rcv_buf", 90},
    {"rcv_wanted", 17},
    {"rcv_mss", 1460},
    {"rcv_scale", 5},
    {"ts_recent", 77},
    {"lives", 2},
    {"peer", 1},
    {"written", 22},
    {"received", 33},
    {"delivered", 44},
    {"was_open", 1},
    {"told_error", 1},
    {"flying", 3},
    {"timeouts", 14},
    {"user_timeouts", 15},
    {"keep_alives", 16},
    {"aborts", 18},
    {"flight", 4},
    {"losses", 6},
    {"duplicates", 7},
    {"now", 9},
};

static long expected_of(const char *word)
{
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        if (strcmp(numbers[i].word, word) == 0) {
            return numbers[i].value;
        }
    }
    fail_msg("%s: this test has no value for the field", word);
    return 0;
}

static void assert_number(const struct sp_world *w, const char *field, long value)
{
    char text[80];
    (void)snprintf(text, sizeof text, "%s = %ld", field, value);
    if (!holds_in(w, text)) {
        fail_msg("%s: should hold", text);
    }
    (void)snprintf(text, sizeof text, "%s != %ld", field, value);
    if (holds_in(w, text)) {
        fail_msg("%s: should not hold", text);
    }
}

static void every_number_is_the_one_of_its_host(void **unused)
{
    (void)unused;
    const struct sp_world w = world_of_two();
    const struct sp_world other = exchanged(w);
    for (size_t i = 0; sp_query_field(i) != NULL; i++) {
        const struct sp_query_field *field = sp_query_field(i);
        if (field->unit == SP_QUERY_STATE || field->unit == SP_QUERY_ENDING) {
            continue;
        }
        const long value = expected_of(field->word);
        char name[80];
        (void)snprintf(name, sizeof name, "%s%s", field->host ? "A." : "", field->word);
        assert_number(&w, name, value);
        (void)snprintf(name, sizeof name, "%s%s", field->host ? "B." : "", field->word);
        assert_number(&other, name, value);
    }
}

/* 1 less flags is 0 less flags: each bit is turned over by itself. */
static void each_yes_or_no_is_a_bit_of_its_own(void **unused)
{
    (void)unused;
    static const struct {
        const char *word;
        unsigned flags, timers;
    } yes[] = {
        {"B.passive", SP_TCB_PASSIVE, 0},
        {"B.remote", SP_TCB_REMOTE, 0},
        {"B.close_called", SP_TCB_CLOSE, 0},
        {"B.fin_held", SP_TCB_FIN_HELD, 0},
        {"B.fin_received", SP_TCB_FIN_RECEIVED, 0},
        {"B.told_eof", SP_TCB_TOLD_EOF, 0},
        {"B.reading", SP_TCB_READING, 0},
        {"B.reader_gone", SP_TCB_READER_GONE, 0},
        {"B.urgent_mode", SP_TCB_URGENT_MODE, 0},
        {"B.reopened", SP_TCB_REOPENED, 0},
        {"B.scaling", SP_TCB_SCALE, 0},
        {"B.timestamps", SP_TCB_TIMESTAMPS, 0},
        {"B.sack", SP_TCB_SACK, 0},
        {"B.timer_retransmission", 0, SP_TIMER_RETRANSMISSION},
        {"B.timer_time_wait", 0, SP_TIMER_TIME_WAIT},
        {"B.timer_persist", 0, SP_TIMER_PERSIST},
        {"B.timer_delayed_ack", 0, SP_TIMER_DELAYED_ACK},
        {"B.timer_keep_alive", 0, SP_TIMER_KEEP_ALIVE},
    };
    for (size_t i = 0; i < sizeof yes / sizeof yes[0]; i++) {
        struct sp_world w = world_of_two();
        w.host[1].tcb.flags = (uint16_t)yes[i].flags;
        w.host[1].tcb.timers = (uint8_t)yes[i].timers;
        for (size_t j = 0; j < sizeof yes / sizeof yes[0]; j++) {
            assert_int_equal(holds_in(&w, yes[j].word), i == j);
        }
    }
}

static void a_fin_is_acknowledged_past_all_that_was_sent(void **unused)
{
    (void)unused;
    struct sp_world w = world_of_two();
    w.host[0].tcb.snd_una = iss + 24;
    assert_true(holds_in(&w, "A.fin_acked"));
    w.host[0].tcb.flags &= (uint16_t)~SP_TCB_CLOSE;
    assert_false(holds_in(&w, "A.fin_sent | A.fin_acked"));
}

static void every_state_is_known_by_its_name(void **unused)
{
    (void)unused;
    static const struct {
        const char *word;
        enum sp_state state;
    } states[] = {
        {"CLOSED", SP_CLOSED},           {"LISTEN", SP_LISTEN},
        {"SYN_SENT", SP_SYN_SENT},       {"SYN-RECEIVED", SP_SYN_RECEIVED},
        {"established", SP_ESTABLISHED}, {"FIN-WAIT-1", SP_FIN_WAIT_1},
        {"FIN_WAIT_2", SP_FIN_WAIT_2},   {"close-wait", SP_CLOSE_WAIT},
        {"CLOSING", SP_CLOSING},         {"LAST-ACK", SP_LAST_ACK},
        {"TIME_WAIT", SP_TIME_WAIT},
    };
    assert_int_equal(sizeof states / sizeof states[0], SP_STATE_COUNT);
    for (size_t i = 0; i < SP_STATE_COUNT; i++) {
        for (size_t j = 0; j < SP_STATE_COUNT; j++) {
            struct sp_world w = {.host[1].tcb.state = (uint8_t)states[i].state};
            char text[80];
            (void)snprintf(text, sizeof text, "B=%s", states[j].word);
            assert_int_equal(holds_in(&w, text), i == j);
            (void)snprintf(text, sizeof text, "B.state != %s", states[j].word);
            assert_int_equal(holds_in(&w, text), i != j);
        }
    }
}

static void every_ending_is_known_by_its_name(void **unused)
{
    (void)unused;
    static const struct {
        const char *word;
        enum sp_end end;
    } ends[] = {
        {"living", SP_END_LIVING},
        {"graceful", SP_END_GRACEFUL},
        {"closed", SP_END_CLOSED},
        {"aborted", SP_END_ABORTED},
        {"reset", SP_END_RESET},
        {"TIMED-OUT", SP_END_TIMED_OUT},
        {"assassinated", SP_END_ASSASSINATED},
    };
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        struct sp_world w = {.host[0].lives = 1};
        w.host[0].life[0].ended = (uint8_t)ends[i].end;
        for (size_t j = 0; j < sizeof ends / sizeof ends[0]; j++) {
            char text[80];
            (void)snprintf(text, sizeof text, "A.ended=%s", ends[j].word);
            assert_int_equal(holds_in(&w, text), i == j);
        }
    }
}

static void before_the_first_incarnation_its_ghosts_are_zero(void **unused)
{
    (void)unused;
    const struct sp_world w = {.now = 1};
    assert_true(holds_in(&w, "A.lives=0 & A.written=0 & A.ended=living & !A.was_open"));
}

static void two_states_are_compared(void **unused)
{
    (void)unused;
    struct sp_world w = {.now = 1};
    assert_true(holds_in(&w, "A = B"));
    assert_true(holds_in(&w, "A.state=B.state & A.ended = B.ended"));
    w.host[1].tcb.state = SP_LISTEN;
    assert_false(holds_in(&w, "A=B"));
    assert_true(holds_in(&w, "A != B"));
    w.host[0].tcb.state = SP_LISTEN;
    assert_true(holds_in(&w, "A=B"));
}

static void what_is_not_known_yet_compares_false(void **unused)
{
    (void)unused;
    struct sp_world w = world_of_two();
    /* B took no SYN: it has an ISS, but neither IRS nor anything relative to it. */
    assert_true(holds_in(&w, "B.iss = 300 & B.snd_una = 0 & B.snd_nxt = 1"));
    assert_false(holds_in(&w, "B.irs = 0 | B.irs != 0 | B.rcv_nxt < 0 | B.rcv_nxt >= 0"));
    assert_false(holds_in(&w, "B.snd_wl2 | B.snd_wl1 <= 0 | B.rcv_wnd = 0 | B.ack_sent = 0"));
    assert_false(holds_in(&w, "A.snd_una > B.rcv_nxt"));
    assert_true(holds_in(&w, "!(B.rcv_nxt = 1) & !(B.rcv_nxt != 1)"));
    w.host[1].tcb.state = SP_LISTEN;
    assert_false(holds_in(&w, "B.iss = 300 | B.snd_una = 0 | B.snd_max >= 0"));
    w.host[1].tcb.state = SP_SYN_RECEIVED;
    assert_true(holds_in(&w, "B.irs = 0 & B.rcv_nxt = 0"));
    assert_false(holds_in(&w, "B.rcv_fin = 0 | B.rcv_fin != 0"));
    w.host[1].tcb.flags = SP_TCB_FIN_HELD;
    assert_true(holds_in(&w, "B.rcv_fin = 0"));
}

static void segments_in_flight_are_counted_by_their_bits(void **unused)
{
    (void)unused;
    /* From A: FIN,ACK and ACK and PSH,ACK; from B: SYN. */
    assert_holds("A.flying(ACK) = 3 & A.flying(FIN) = 1 & A.flying(FIN,ACK) = 1");
    assert_holds("A.flying(ACK,!PSH) = 2 & A.flying( ACK , !PSH , !FIN ) = 1");
    assert_holds("B.flying(SYN,!ACK) = 1 & B.flying(ACK) = 0 & A.flying(SYN) = 0");
    assert_holds("flight(ACK) = 3 & flight(!ACK) = 1 & flight(RST) = 0");
    assert_holds("B.flying(SYN)");
    assert_holds_not("A.flying(FIN,PSH)");
}

static void every_control_bit_has_its_name(void **unused)
{
    (void)unused;
    static const struct {
        const char *text;
        unsigned bit;
    } names[] = {
        {"flight(FIN)", 0x01}, {"flight(SYN)", 0x02}, {"flight(RST)", 0x04}, {"flight(PSH)", 0x08},
        {"flight(ACK)", 0x10}, {"flight(URG)", 0x20}, {"flight(ECE)", 0x40}, {"flight(CWR)", 0x80},
    };
    for (size_t i = 0; i < 8; i++) {
        struct sp_world w = {.channel.count = 1};
        w.channel.packet[0].segment.flags = (uint8_t)names[i].bit;
        for (size_t j = 0; j < 8; j++) {
            assert_int_equal(holds_in(&w, names[j].text), i == j);
        }
    }
}

static void each_relation_is_that_of_numbers(void **unused)
{
    (void)unused;
    /* snd_una is 11 */
    static const struct {
        const char *text;
        bool below, equal, above;
    } cases[] = {
        {"A.snd_una = %d", false, true, false}, {"A.snd_una == %d", false, true, false},
        {"A.snd_una != %d", true, false, true}, {"A.snd_una < %d", false, false, true},
        {"A.snd_una <= %d", false, true, true}, {"A.snd_una =< %d", false, true, true},
        {"A.snd_una > %d", true, false, false}, {"A.snd_una >= %d", true, true, false},
        {"A.snd_una>=%d", true, true, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char head[80];
        (void)snprintf(head, sizeof head, "%.*s", (int)strcspn(cases[i].text, "%"), cases[i].text);
        char text[120];
        (void)snprintf(text, sizeof text, "%s10", head);
        assert_int_equal(holds(text), cases[i].below);
        (void)snprintf(text, sizeof text, "%s11", head);
        assert_int_equal(holds(text), cases[i].equal);
        (void)snprintf(text, sizeof text, "%s12", head);
        assert_int_equal(holds(text), cases[i].above);
    }
}

static void numbers_are_added_and_taken_away(void **unused)
{
    (void)unused;
    assert_holds("A.snd_nxt - A.snd_una = 9");
    assert_holds("A.snd_nxt-A.snd_una=9");
    assert_holds("A.snd_una + 9 = A.snd_nxt");
    assert_holds("A.snd_una - A.snd_nxt = -9");
    assert_holds("-9 = A.snd_una - A.snd_nxt");
    assert_holds("A.snd_una < A.snd_max - 12 & A.snd_una >= A.snd_max - 13");
    assert_holds("A.iss - 4294967294 = 0 & A.iss + 1 = 4294967295");
    assert_holds("0 - 4294967295 - 4294967295 < 4294967295 + 4294967295");
    assert_holds("1 + 2 + 3 + 4 = 10");
    assert_holds_not("1 + 2 + 3 + 4 = 11");
}

static void relative_numbers_go_below_zero(void **unused)
{
    (void)unused;
    struct sp_world w = world_of_two();
    w.host[0].tcb.rcv_read = irs - 2;
    assert_true(holds_in(&w, "A.rcv_read = -2 & A.rcv_read < 0"));
}

static void a_sum_alone_means_not_zero(void **unused)
{
    (void)unused;
    assert_holds("A.passive");
    assert_holds_not("A.reading");
    assert_holds("!A.reading & A.snd_una - 10");
    assert_holds_not("A.snd_una - 11");
    assert_holds("7");
    assert_holds_not("0");
}

/* Every way to answer three questions, against & before |, ! before both, as C has them. */
static void not_binds_before_and_and_before_or(void **unused)
{
    (void)unused;
    for (unsigned i = 0; i < 8; i++) {
        const bool a = (i & 1) != 0;
        const bool b = (i & 2) != 0;
        const bool c = (i & 4) != 0;
        const struct {
            const char *form;
            bool answer;
        } cases[] = {
            {"%d | %d & %d", a || (b && c)},
            {"%d & %d | %d", (a && b) || c},
            {"(%d | %d) & %d", (a || b) && c},
            {"%d & (%d | %d)", a && (b || c)},
            {"!%d & %d | %d", (!a && b) || c},
            {"!(%d & %d) | %d", !(a && b) || c},
            {"!(%d | %d | %d)", !(a || b || c)},
            {"!!%d && !%d || %d", (a && !b) || c},
            {"%d & !(%d & !%d)", a && !(b && !c)},
            {"((%d) | ((%d))) & %d", (a || b) && c},
            {"%d | %d | %d", a || b || c},
            {"%d & %d & %d", a && b && c},
            {"!(!(%d | !%d) & %d)", !(!(a || !b) && c)},
        };
        for (size_t j = 0; j < sizeof cases / sizeof cases[0]; j++) {
            /* The form with each %d replaced by its question. */
            char text[120] = "";
            const bool value[3] = {a, b, c};
            unsigned next = 0;
            size_t size = 0;
            for (const char *f = cases[j].form; *f != '\0'; f++) {
                if (*f == '%') {
                    text[size++] = value[next++] ? '1' : '0';
                    f++;
                } else {
                    text[size++] = *f;
                }
            }
            text[size] = '\0';
            assert_int_equal(holds(text), cases[j].answer);
        }
    }
}

static void a_comparison_binds_before_not(void **unused)
{
    (void)unused;
    assert_holds("!A=CLOSED & A=FIN_WAIT_1");
    assert_holds("!A.snd_una = 12");
}

static void blanks_do_not_matter(void **unused)
{
    (void)unused;
    assert_holds("A=FIN-WAIT-1&B=SYN-SENT");
    assert_holds("  A\t=  FIN_WAIT_1   &B = SYN_SENT\t");
}

static void a_mistake_is_named_with_what_is_valid(void **unused)
{
    (void)unused;
    static const char *const cases[][2] = {
        {"", "column 1: the text ends: a comparison, ! or ( is valid here"},
        {"   ", "column 4: the text ends: a comparison, ! or ( is valid here"},
        {"A=SYN_SNT & B=CLOSED",
         "column 3: SYN_SNT: no such state; nearest is SYN_SENT; one of CLOSED LISTEN SYN_SENT "
         "SYN_RECEIVED ESTABLISHED FIN_WAIT_1 FIN_WAIT_2 CLOSE_WAIT CLOSING LAST_ACK TIME_WAIT is "
         "valid"},
        {"A=time-wiat",
         "column 3: time-wiat: no such state; nearest is TIME_WAIT; one of CLOSED LISTEN SYN_SENT "
         "SYN_RECEIVED ESTABLISHED FIN_WAIT_1 FIN_WAIT_2 CLOSE_WAIT CLOSING LAST_ACK TIME_WAIT is "
         "valid"},
        {"A=SYN_SENT_AND_MORE_THAN_A_STATE_CAN_BE",
         "column 3: SYN_SENT_AND_MORE_THAN_A_STATE_CAN_BE: no such state; one of CLOSED LISTEN "
         "SYN_SENT SYN_RECEIVED ESTABLISHED FIN_WAIT_1 FIN_WAIT_2 CLOSE_WAIT CLOSING LAST_ACK "
         "TIME_WAIT is valid"},
        {"A=3",
         "column 3: 3: no such state; one of CLOSED LISTEN SYN_SENT SYN_RECEIVED ESTABLISHED "
         "FIN_WAIT_1 FIN_WAIT_2 CLOSE_WAIT CLOSING LAST_ACK TIME_WAIT is valid"},
        {"A.ended = restt",
         "column 11: restt: no such ending; nearest is reset; one of living graceful closed "
         "aborted reset timed_out assassinated is valid"},
        {"A=", "column 3: the text ends: a state, A or B is valid here"},
        {"A.ended = &", "column 11: &: an ending such as reset is valid here"},
        {"A", "column 2: the text ends: = or != is valid here"},
        {"A & B=CLOSED", "column 3: &: = or != is valid here"},
        {"A < CLOSED", "column 3: <: it has no order: = or != is valid here"},
        {"A + 1 = CLOSED", "column 3: +: = or != is valid here"},
        {"1 + A = 2", "column 5: A: it is no number; it stands alone before = or !="},
        {"A.snd_una = B", "column 13: B: it is no number; it stands alone before = or !="},
        {"SYN_SENT = A", "column 1: SYN_SENT: a state stands behind A= or B= only"},
        {"A.snd_una = CLOSED", "column 13: CLOSED: a state stands behind A= or B= only"},
        {"A.snd_uma = 1",
         "column 1: A.snd_uma: no such field; nearest is A.snd_una; a field of a host is valid "
         "behind A. and B."},
        {"B.flght = 1 & A=CLOSED",
         "column 1: B.flght: no such field; nearest is flight; a field of a host is valid behind "
         "A. and B."},
        {"snd_una = 1", "column 1: snd_una: no such field; nearest is A.snd_una; A, B, A.FIELD, "
                        "B.FIELD or a field of the network is valid"},
        {"1 = losess", "column 5: losess: no such field; nearest is losses; A, B, A.FIELD, "
                       "B.FIELD or a field of the network is valid"},
        {"C=CLOSED", "column 1: C: no such field; A, B, A.FIELD, B.FIELD or a field of the network "
                     "is valid"},
        {"A.snd_una = ", "column 12: the text ends: a field or a whole number is valid here"},
        {"A.snd_una = & 1", "column 13: &: a field or a whole number is valid here"},
        {"A.snd_una + = 1", "column 13: =: a field or a whole number is valid here"},
        {"now = 4294967296", "column 7: 4294967296: a number 0..4294967295 is valid"},
        {"now = 1x", "column 7: 1x: a number 0..4294967295 is valid"},
        {"now 1", "column 5: 1: an operator is valid here: = != < <= > >= + - & | or )"},
        {"now = 1 = 1", "column 9: =: an operator is valid here: = != < <= > >= + - & | or )"},
        {"now = 1 & | now", "column 11: |: a comparison, ! or ( is valid here"},
        {"now = 1 &", "column 10: the text ends: a comparison, ! or ( is valid here"},
        {"(now = 1 | (now)", "column 1: (: never closed"},
        {"(now = 1))", "column 10: ): no ( stands before it"},
        {"()", "column 2: ): a comparison, ! or ( is valid here"},
        {"A.flying(SNY) = 1",
         "column 10: SNY: no such control bit; nearest is SYN; any of SYN FIN RST PSH ACK URG ECE "
         "CWR is valid, with ! before it when it must not be set"},
        {"A.flying() = 1", "column 10: ): a control bit such as SYN is valid here"},
        {"A.flying(SYN ACK)", "column 14: ACK: , or ) is valid here"},
        {"A.flying(SYN", "column 13: the text ends: , or ) is valid here"},
        {"A.snd_una(SYN)", "column 10: (: an operator is valid here: = != < <= > >= + - & | or )"},
        {"now = 1 # that", "column 9: #: an operator is valid here: = != < <= > >= + - & | or )"},
        {"now = 1\n", "column 8: ?: an operator is valid here: = != < <= > >= + - & | or )"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_refused(cases[i][0], cases[i][1]);
    }
}

/* `count` times `one`, `between` in between, `after` behind the last. */
static const char *repeated(unsigned count, const char *one, const char *between, const char *after)
{
    static char text[4096];
    size_t size = 0;
    for (unsigned i = 0; i < count; i++) {
        size +=
            (size_t)snprintf(text + size, sizeof text - size, "%s%s", i == 0 ? "" : between, one);
    }
    (void)snprintf(text + size, sizeof text - size, "%s", after);
    return text;
}

static void each_limit_is_reached_and_not_passed(void **unused)
{
    (void)unused;
    assert_holds(repeated(16, "now", " & ", ""));
    assert_refused(repeated(17, "now", " & ", ""), "column 97: more than 16 comparisons");
    assert_holds(repeated(8, "now", "+", ""));
    assert_holds(repeated(7, "now", "+", " = 63"));
    assert_refused(repeated(9, "now", "+", ""),
                   "column 33: more than 8 fields and numbers in one comparison");
    assert_refused(repeated(8, "now", "+", " = 72"),
                   "column 35: more than 8 fields and numbers in one comparison");
    assert_holds(repeated(32, "!", "", "now"));
    assert_refused(repeated(33, "!", "", "now"),
                   "column 33: more than 32 operators and ( inside each other");
    assert_refused(repeated(33, "(", "", "now"),
                   "column 33: more than 32 operators and ( inside each other");
    /* 16 comparisons, 15 operators between them and 17 times ! are 48 steps. */
    assert_holds(repeated(15, "!now", "|", "|!!now"));
    assert_refused(repeated(15, "!now", "|", "|!!!now"),
                   "column 75: more than 48 comparisons and operators");
}

/* Whatever stands in the text, nothing is read or written beyond it: the sanitizers watch. */
static void every_octet_string_is_read_or_refused(void **unused)
{
    (void)unused;
    static const char *const pieces[] = {
        "A",    "B",          ".",         "A.snd_una", "B.flying",  "(", ")",  "SYN",
        ",",    "!",          "&",         "|",         "=",         "<", ">",  "+",
        "-",    "4294967295", "SYN-SENT",  "A.ended",   "timed_out", " ", "\t", "\n",
        "\xff", "flight",     "B.rcv_fin", "now",       "#",         "_",
    };
    const struct sp_world w = world_of_two();
    uint32_t random = 1;
    unsigned taken = 0;
    for (unsigned i = 0; i < 100000; i++) {
        char text[160];
        size_t size = 0;
        for (unsigned j = i % 24; j > 0; j--) {
            random = random * 1664525 + 1013904223;
            const char *piece = pieces[(random >> 16) % (sizeof pieces / sizeof pieces[0])];
            const size_t length = strlen(piece);
            if (size + length <= sizeof text) {
                memcpy(text + size, piece, length);
                size += length;
            }
        }
        /* A copy of exactly its size, so that one octet too many is noticed. */
        char *copy = malloc(size + 1);
        assert_non_null(copy);
        memcpy(copy + 1, text, size);
        struct sp_query query;
        memset(&complaint, 'x', sizeof complaint);
        if (sp_query_parse(&query, copy + 1, size, &complaint)) {
            (void)sp_query_holds(&query, &w);
            taken++;
        } else {
            assert_non_null(memchr(complaint.text, '\0', sizeof complaint.text));
            assert_int_equal(strncmp(complaint.text, "column ", 7), 0);
        }
        free(copy);
    }
    assert_true(taken > 0);
    struct sp_query query;
    assert_false(sp_query_parse(&query, NULL, 0, &complaint));
}

static void fields_are_listed_with_words_and_sentences(void **unused)
{
    (void)unused;
    size_t count = 0;
    for (; sp_query_field(count) != NULL; count++) {
        assert_true(strlen(sp_query_field(count)->sentence) > 0);
        for (size_t i = 0; i < count; i++) {
            assert_string_not_equal(sp_query_field(i)->word, sp_query_field(count)->word);
        }
    }
    assert_int_equal(count, sizeof numbers / sizeof numbers[0] + 2); /* state and ended */
    assert_string_equal(sp_query_word(SP_QUERY_STATE, SP_TIME_WAIT), "TIME_WAIT");
    assert_string_equal(sp_query_word(SP_QUERY_ENDING, SP_END_RESET), "reset");
    assert_null(sp_query_word(SP_QUERY_OCTETS, 1));
    assert_null(sp_query_word(SP_QUERY_STATE, -1));
    assert_null(sp_query_word(SP_QUERY_STATE, SP_STATE_COUNT));
    assert_null(sp_query_word(SP_QUERY_ENDING, SP_END_ASSASSINATED + 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_number_is_the_one_of_its_host),
        cmocka_unit_test(each_yes_or_no_is_a_bit_of_its_own),
        cmocka_unit_test(a_fin_is_acknowledged_past_all_that_was_sent),
        cmocka_unit_test(every_state_is_known_by_its_name),
        cmocka_unit_test(every_ending_is_known_by_its_name),
        cmocka_unit_test(before_the_first_incarnation_its_ghosts_are_zero),
        cmocka_unit_test(two_states_are_compared),
        cmocka_unit_test(what_is_not_known_yet_compares_false),
        cmocka_unit_test(segments_in_flight_are_counted_by_their_bits),
        cmocka_unit_test(every_control_bit_has_its_name),
        cmocka_unit_test(each_relation_is_that_of_numbers),
        cmocka_unit_test(numbers_are_added_and_taken_away),
        cmocka_unit_test(relative_numbers_go_below_zero),
        cmocka_unit_test(a_sum_alone_means_not_zero),
        cmocka_unit_test(not_binds_before_and_and_before_or),
        cmocka_unit_test(a_comparison_binds_before_not),
        cmocka_unit_test(blanks_do_not_matter),
        cmocka_unit_test(a_mistake_is_named_with_what_is_valid),
        cmocka_unit_test(each_limit_is_reached_and_not_passed),
        cmocka_unit_test(every_octet_string_is_read_or_refused),
        cmocka_unit_test(fields_are_listed_with_words_and_sentences),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
