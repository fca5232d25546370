/*
 * Are TCP options read and written as RFC 9293 3.2, RFC 7323 and RFC 2018 lay them out, and does an
 * illegal length do no harm [9293 MUST-7]?
 *
 * Octets and expected fields are written out by hand. Every area is read from a buffer of exactly
 * its size, so that a sanitizer sees a read outside. It does not test packets: see test_wire.c.
 */
#include "bytes/octets.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

struct outcome {
    enum sp_reject reject;
    struct sp_segment segment;
    uint32_t unknown;
};

static struct outcome read_area(const uint8_t *octets, size_t size)
{
    struct outcome o = {SP_REJECT_NONE, {0}, 0};
    uint8_t *exact = malloc(size > 0 ? size : 1);
    assert_non_null(exact);
    memcpy(exact, octets, size);
    o.reject = sp_options_read(exact, size, &o.segment, &o.unknown);
    free(exact);
    return o;
}

/* READ(2, 4, 5, 180): what an area of these octets says. */
#define READ(...) read_area((const uint8_t[]){__VA_ARGS__}, sizeof((const uint8_t[]){__VA_ARGS__}))

static void an_empty_area_says_nothing(void **state)
{
    (void)state;
    struct outcome o = read_area((const uint8_t *)"", 0);
    assert_int_equal(o.reject, SP_REJECT_NONE);
    assert_int_equal(o.segment.options, 0);
    assert_int_equal(o.unknown, 0);
}

static void each_option_is_read(void **state)
{
    (void)state;
    struct outcome o = READ(2, 4, 0x05, 0xb4);
    assert_int_equal(o.reject, SP_REJECT_NONE);
    assert_int_equal(o.segment.options, SP_OPT_MSS);
    assert_int_equal(o.segment.mss, 1460);
    o = READ(3, 3, 7, 0);
    assert_int_equal(o.reject, SP_REJECT_NONE);
    assert_int_equal(o.segment.options, SP_OPT_SCALE);
    assert_int_equal(o.segment.scale, 7);
    o = READ(4, 2);
    assert_int_equal(o.reject, SP_REJECT_NONE);
    assert_int_equal(o.segment.options, SP_OPT_SACK_PERMITTED);
    o = READ(8, 10, 0x01, 0x02, 0x03, 0x04, 0xfd, 0xfe, 0xff, 0x00);
    assert_int_equal(o.reject, SP_REJECT_NONE);
    assert_int_equal(o.segment.options, SP_OPT_TIMESTAMPS);
    assert_int_equal(o.segment.ts_val, 0x01020304);
    assert_int_equal(o.segment.ts_ecr, 0xfdfeff00);
    o = READ(5, 18, 0xff, 0xff, 0xff, 0xf0, 0, 0, 0, 5, 0, 0, 1, 0, 0, 0, 2, 0);
    assert_int_equal(o.reject, SP_REJECT_NONE);
    assert_int_equal(o.segment.options, SP_OPT_SACK);
    assert_int_equal(o.segment.sacks, 2);
    assert_int_equal(o.segment.sack[0].left, 0xfffffff0);
    assert_int_equal(o.segment.sack[0].right, 5);
    assert_int_equal(o.segment.sack[1].left, 0x100);
    assert_int_equal(o.segment.sack[1].right, 0x200);
    assert_int_equal(o.segment.sack[2].left, 0);
    assert_int_equal(o.unknown, 0);
}

/* The SYN of a usual stack: MSS, SACK-permitted, timestamps, a no-operation, window scale. */
static void options_stand_at_any_octet(void **state)
{
    (void)state;
    struct outcome o = READ(2, 4, 0x05, 0xb4, 4, 2, 8, 10, 0, 0, 0, 9, 0, 0, 0, 0, 1, 3, 3,
                            7); /* [9293 MUST-64] */
    assert_int_equal(o.reject, SP_REJECT_NONE);
    assert_int_equal(o.segment.options,
                     SP_OPT_MSS | SP_OPT_SACK_PERMITTED | SP_OPT_TIMESTAMPS | SP_OPT_SCALE);
    assert_int_equal(o.segment.ts_val, 9);
    assert_int_equal(o.segment.scale, 7);
    o = READ(1, 1, 1, 2, 4, 0x02, 0x18, 1);
    assert_int_equal(o.reject, SP_REJECT_NONE);
    assert_int_equal(o.segment.mss, 536);
}

static void nothing_counts_after_the_end_of_the_list(void **state)
{
    (void)state;
    struct outcome o = READ(4, 2, 0, 2);
    assert_int_equal(o.reject, SP_REJECT_NONE);
    assert_int_equal(o.segment.options, SP_OPT_SACK_PERMITTED);
    o = READ(0, 2, 4, 0x05, 0xb4, 99, 0, 0);
    assert_int_equal(o.reject, SP_REJECT_NONE);
    assert_int_equal(o.segment.options, 0);
    assert_int_equal(o.unknown, 0);
}

static void a_shift_above_14_is_14(void **state)
{
    (void)state;
    assert_int_equal(READ(3, 3, 14).segment.scale, 14);
    assert_int_equal(READ(3, 3, 15).segment.scale, 14);
    assert_int_equal(READ(3, 3, 255).segment.scale, 14);
    assert_int_equal(READ(3, 3, 255).reject, SP_REJECT_NONE);
}

/* [9293 MUST-6] Every kind but the seven that have a meaning here. */
static void unknown_options_are_skipped_by_their_length(void **state)
{
    (void)state;
    for (unsigned kind = 0; kind < 256; kind++) {
        if (kind <= 5 || kind == 8) {
            continue;
        }
        struct outcome o = READ((uint8_t)kind, 5, 2, 4, 9, (uint8_t)kind, 2, 4, 2);
        assert_int_equal(o.reject, SP_REJECT_NONE);
        assert_int_equal(o.unknown, 2);
        assert_int_equal(o.segment.options, SP_OPT_SACK_PERMITTED);
    }
}

static void a_length_below_2_is_rejected(void **state)
{
    (void)state;
    for (unsigned kind = 2; kind < 256; kind++) {
        assert_int_equal(READ((uint8_t)kind, 0, 0, 0).reject, SP_REJECT_OPTION_LENGTH);
        assert_int_equal(READ((uint8_t)kind, 1, 0, 0).reject, SP_REJECT_OPTION_LENGTH);
    }
}

static void an_option_past_the_header_is_rejected(void **state)
{
    (void)state;
    assert_int_equal(READ(1, 1, 1, 2).reject, SP_REJECT_OPTION_TRUNCATED);
    assert_int_equal(READ(1, 1, 2, 4).reject, SP_REJECT_OPTION_TRUNCATED);
    assert_int_equal(READ(1, 2, 4, 5).reject, SP_REJECT_OPTION_TRUNCATED);
    assert_int_equal(READ(99, 5, 0, 0).reject, SP_REJECT_OPTION_TRUNCATED);
    assert_int_equal(READ(99, 255, 0, 0).reject, SP_REJECT_OPTION_TRUNCATED);
}

/* Every length of every known option: only the ones that an RFC gives it are read. */
static void a_known_option_of_another_length_is_rejected(void **state)
{
    (void)state;
    static const struct {
        uint8_t kind;
        enum sp_reject reject;
        uint64_t lengths; /* bit n: length n is legal */
    } known[] = {
        {2, SP_REJECT_MSS_LENGTH, UINT64_C(1) << 4},
        {3, SP_REJECT_SCALE_LENGTH, UINT64_C(1) << 3},
        {4, SP_REJECT_SACK_PERMITTED_LENGTH, UINT64_C(1) << 2},
        {5, SP_REJECT_SACK_LENGTH,
         UINT64_C(1) << 10 | UINT64_C(1) << 18 | UINT64_C(1) << 26 | UINT64_C(1) << 34},
        {8, SP_REJECT_TIMESTAMPS_LENGTH, UINT64_C(1) << 10},
    };
    for (size_t i = 0; i < COUNT(known); i++) {
        for (uint8_t length = 2; length <= 40; length++) {
            uint8_t area[40] = {known[i].kind, length};
            bool legal = (known[i].lengths >> length & 1) != 0;
            struct outcome o = read_area(area, length);
            assert_int_equal(o.reject, legal ? SP_REJECT_NONE : known[i].reject);
            o = read_area(area, sizeof area);
            assert_int_equal(o.reject, legal ? SP_REJECT_NONE : known[i].reject);
        }
    }
}

static void a_repeated_option_is_rejected(void **state)
{
    (void)state;
    assert_int_equal(READ(2, 4, 2, 2, 2, 4, 2, 2).reject, SP_REJECT_OPTION_REPEATED);
    assert_int_equal(READ(3, 3, 0, 1, 3, 3, 0).reject, SP_REJECT_OPTION_REPEATED);
    assert_int_equal(READ(4, 2, 4, 2).reject, SP_REJECT_OPTION_REPEATED);
    const uint8_t timestamps[20] = {8, 10, [10] = 8, 10};
    assert_int_equal(read_area(timestamps, 20).reject, SP_REJECT_OPTION_REPEATED);
    const uint8_t sack[20] = {5, 10, [10] = 5, 10};
    assert_int_equal(read_area(sack, 20).reject, SP_REJECT_OPTION_REPEATED);
}

/* A segment with the options of the set and values that are all different. */
static struct sp_segment with_options(unsigned set, unsigned sacks)
{
    struct sp_segment s = {.options = (uint8_t)set};
    s.mss = (set & SP_OPT_MSS) != 0 ? 0x1234 : 0;
    s.scale = (set & SP_OPT_SCALE) != 0 ? 14 : 0;
    s.ts_val = (set & SP_OPT_TIMESTAMPS) != 0 ? 0xfedcba98 : 0;
    s.ts_ecr = (set & SP_OPT_TIMESTAMPS) != 0 ? 0x89abcdef : 0;
    s.sacks = (uint8_t)((set & SP_OPT_SACK) != 0 ? sacks : 0);
    for (uint32_t i = 0; i < s.sacks; i++) {
        s.sack[i].left = 0xfffffffe + i * 3;
        s.sack[i].right = s.sack[i].left + 2;
    }
    return s;
}

/* Octets of the options of a set, by the lengths in the RFCs. */
static size_t octets_of(unsigned set, unsigned sacks)
{
    return (set & SP_OPT_MSS ? 4u : 0u) + (set & SP_OPT_SCALE ? 3u : 0u) +
           (set & SP_OPT_SACK_PERMITTED ? 2u : 0u) + (set & SP_OPT_SACK ? 2 + 8 * sacks : 0) +
           (set & SP_OPT_TIMESTAMPS ? 10u : 0u);
}

static void check_set(unsigned set, unsigned sacks)
{
    const struct sp_flow flow = {.version = 4};
    struct sp_segment s = with_options(set, sacks);
    uint8_t bytes[80];
    size_t size = sp_encode(&flow, &s, NULL, bytes, sizeof bytes);
    size_t octets = octets_of(set, sacks);
    if (octets > 40) {
        assert_int_equal(size, 0);
        return;
    }
    assert_int_equal(size, 40 + (octets + 3) / 4 * 4);
    for (size_t i = 40 + octets; i < size; i++) {
        assert_int_equal(bytes[i], 0); /* [9293 MUST-69] */
    }
    struct outcome o = read_area(bytes + 40, size - 40);
    assert_int_equal(o.reject, SP_REJECT_NONE);
    assert_int_equal(o.unknown, 0);
    assert_memory_equal(&o.segment, &s, sizeof s);
}

static void every_set_that_fits_is_read_back(void **state)
{
    (void)state;
    for (unsigned set = 0; set < 32; set++) {
        for (unsigned sacks = 1; sacks <= 4; sacks++) {
            check_set(set, sacks);
        }
    }
}

static void more_blocks_than_a_segment_has_are_not_valid(void **state)
{
    (void)state;
    struct sp_segment s = with_options(SP_OPT_SACK, 4);
    assert_true(sp_options_valid(&s));
    s.sacks = 5;
    assert_false(sp_options_valid(&s));
}

static void options_are_written_as_the_rfcs_lay_them_out(void **state)
{
    (void)state;
    const struct sp_flow flow = {.version = 4};
    struct sp_segment s = with_options(31, 1);
    const uint8_t expected[32] = {2,  4,    0x12, 0x34, 3,    3,    14,   4,    2,    5,
                                  10, 0xff, 0xff, 0xff, 0xfe, 0,    0,    0,    0,    8,
                                  10, 0xfe, 0xdc, 0xba, 0x98, 0x89, 0xab, 0xcd, 0xef, 0};
    uint8_t bytes[72];
    assert_int_equal(sp_encode(&flow, &s, NULL, bytes, sizeof bytes), 72);
    assert_memory_equal(bytes + 40, expected, sizeof expected);
}

/* Areas end where their array ends, so that a read past them is a read outside. */
static void no_area_makes_reading_go_astray(void **state)
{
    (void)state;
    for (uint32_t seed = 0; seed < 0x1000000; seed += 61) {
        uint8_t area[40];
        uint32_t word = seed;
        for (size_t i = 0; i < sizeof area; i++) {
            area[i] = (uint8_t)(i < 3 ? seed >> 8 * i : (word >> 24) % 12);
            word = word * 1664525 + 1013904223;
        }
        struct outcome o = {SP_REJECT_NONE, {0}, 0};
        size_t size = seed % 11 * 4;
        uint8_t *exact = area + sizeof area - size;
        memmove(exact, area, size);
        o.reject = sp_options_read(exact, size, &o.segment, &o.unknown);
        assert_true(o.reject == SP_REJECT_NONE ||
                    (o.reject >= SP_REJECT_OPTION_TRUNCATED && o.reject < SP_REJECT_COUNT));
        assert_true(o.reject != SP_REJECT_NONE || sp_options_valid(&o.segment));
        assert_true(o.reject != SP_REJECT_NONE || sp_options_size(&o.segment) <= size);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_area_says_nothing),
        cmocka_unit_test(each_option_is_read),
        cmocka_unit_test(options_stand_at_any_octet),
        cmocka_unit_test(nothing_counts_after_the_end_of_the_list),
        cmocka_unit_test(a_shift_above_14_is_14),
        cmocka_unit_test(unknown_options_are_skipped_by_their_length),
        cmocka_unit_test(a_length_below_2_is_rejected),
        cmocka_unit_test(an_option_past_the_header_is_rejected),
        cmocka_unit_test(a_known_option_of_another_length_is_rejected),
        cmocka_unit_test(a_repeated_option_is_rejected),
        cmocka_unit_test(every_set_that_fits_is_read_back),
        cmocka_unit_test(more_blocks_than_a_segment_has_are_not_valid),
        cmocka_unit_test(options_are_written_as_the_rfcs_lay_them_out),
        cmocka_unit_test(no_area_makes_reading_go_astray),
    };
    return cmocka_run_group_tests_name("options", tests, NULL, NULL);
}
