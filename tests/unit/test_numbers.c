/*
 * The set of numbers against a plain reference: what was put is there, nothing else is, all of it
 * can be read back, and a file that is not what was saved is not taken for it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "explore/numbers.h"

static struct sp_budget unlimited(void)
{
    return (struct sp_budget){.max = UINT64_MAX};
}

/* A permutation of [0, 2^64): numbers in no order. */
static uint64_t mixed(uint64_t i)
{
    i = (i ^ i >> 31) * UINT64_C(0x7fb5d329728ea185);
    i = (i ^ i >> 27) * UINT64_C(0x81dadef4bc2dd44d);
    return i ^ i >> 33;
}

/* Every number of the set by its place; marks[number] counts how often. */
static uint64_t read_back(const struct sp_numbers *set, uint8_t *marks)
{
    uint64_t count = 0;
    for (uint64_t place = 0; place < sp_numbers_places(set); place++) {
        uint64_t number;
        if (sp_numbers_at(set, place, &number)) {
            assert_int_equal(sp_numbers_place(set, number), place);
            marks[number]++;
            count++;
        }
    }
    return count;
}

static void all_numbers_of_few_bits_fit_and_can_be_read_back(void **unused)
{
    (void)unused;
    for (unsigned bits = 8; bits <= 20; bits += 3) {
        const uint64_t all = UINT64_C(1) << bits;
        struct sp_budget budget = unlimited();
        struct sp_numbers set;
        uint8_t *marks = calloc(1, all);
        assert_true(sp_numbers_init(&set, &budget, bits, bits));
        for (uint64_t i = 0; i < all; i++) {
            uint64_t number = i * 7919 % all; /* odd: every number once */
            assert_int_equal(sp_numbers_place(&set, number), SP_NUMBERS_NO_PLACE);
            assert_int_equal(sp_numbers_put(&set, number), SP_NUMBERS_NEW);
            assert_int_equal(sp_numbers_put(&set, number), SP_NUMBERS_OLD);
        }
        assert_int_equal(set.count, all);
        assert_int_equal(read_back(&set, marks), all);
        for (uint64_t i = 0; i < all; i++) {
            assert_int_equal(marks[i], 1);
        }
        sp_numbers_free(&set);
        assert_int_equal(budget.held, 0);
        free(marks);
    }
}

static void wide_numbers_are_told_apart_through_every_growth(void **unused)
{
    (void)unused;
    static const unsigned widths[] = {24, 40, 51, 56, 60};
    const uint64_t count = 400000;
    for (unsigned w = 0; w < sizeof widths / sizeof *widths; w++) {
        const uint64_t mask = (UINT64_C(1) << widths[w]) - 1;
        struct sp_budget budget = unlimited();
        struct sp_numbers set;
        uint64_t fresh = 0;
        assert_true(sp_numbers_init(&set, &budget, widths[w], widths[w]));
        for (uint64_t i = 0; i < count; i++) {
            bool there = sp_numbers_place(&set, mixed(i) & mask) != SP_NUMBERS_NO_PLACE;
            sp_numbers_fetch(&set, mixed(i) & mask);
            assert_int_equal(sp_numbers_put(&set, mixed(i) & mask),
                             there ? SP_NUMBERS_OLD : SP_NUMBERS_NEW);
            fresh += !there;
        }
        for (uint64_t i = 0; i < count; i++) {
            assert_int_equal(sp_numbers_put(&set, mixed(i) & mask), SP_NUMBERS_OLD);
        }
        assert_int_equal(set.count, fresh);
        /* Of 2^24 numbers some are drawn twice; of 2^40 and more none, but by a rare chance. */
        assert_in_range(fresh, widths[w] == 24 ? count - 10000 : count - 2, count);
        sp_numbers_free(&set);
    }
}

/* Neighbours, as numbers packed of small fields are, and far apart ones that share all lower bits.
 */
static void numbers_in_a_row_and_in_strides_fit(void **unused)
{
    (void)unused;
    for (unsigned shift = 0; shift <= 40; shift += 8) {
        struct sp_budget budget = unlimited();
        struct sp_numbers set;
        assert_true(sp_numbers_init(&set, &budget, 56, 56));
        for (uint64_t i = 0; i < 60000; i++) {
            assert_int_equal(sp_numbers_put(&set, i << shift & 0xffffffffffffff), SP_NUMBERS_NEW);
        }
        assert_int_equal(set.count, 60000);
        sp_numbers_free(&set);
    }
}

static void a_full_set_still_knows_its_numbers(void **unused)
{
    (void)unused;
    struct sp_budget budget = {.max = 1 << 20};
    struct sp_numbers set;
    uint64_t count = 0;
    assert_true(sp_numbers_init(&set, &budget, 56, 56));
    while (sp_numbers_put(&set, mixed(count) >> 8) == SP_NUMBERS_NEW) {
        count++;
    }
    assert_in_range(budget.held, 1 << 19, 1 << 20);
    assert_int_equal(set.count, count);
    assert_true(count * 7 > budget.held / 10 * 8); /* to the last free slot near home */
    for (uint64_t i = 0; i < count; i++) {
        assert_int_equal(sp_numbers_put(&set, mixed(i) >> 8), SP_NUMBERS_OLD);
    }
    assert_int_equal(sp_numbers_put(&set, mixed(count) >> 8), SP_NUMBERS_FULL);
    sp_numbers_free(&set);
    budget.max = 100;
    assert_false(sp_numbers_init(&set, &budget, 56, 56));
}

static void a_compact_set_takes_some_numbers_for_others(void **unused)
{
    (void)unused;
    struct sp_budget budget = unlimited();
    struct sp_numbers set;
    assert_true(sp_numbers_init(&set, &budget, 56, 20));
    for (uint64_t i = 0; i < 500000; i++) {
        (void)sp_numbers_put(&set, mixed(i) >> 8);
        assert_int_equal(sp_numbers_put(&set, mixed(i) >> 8), SP_NUMBERS_OLD);
    }
    /* Of 2^20 cells, 500,000 random ones hit 2^20 (1 - exp(-500000 / 2^20)) = 397,700 on average.
     */
    assert_in_range(set.count, 396000, 399000);
    sp_numbers_free(&set);
}

/* A set of `count` numbers from a file of these octets. */
static bool load_from(const uint8_t *octets, size_t size, struct sp_numbers *set,
                      struct sp_budget *budget)
{
    FILE *file = tmpfile();
    assert_int_equal(fwrite(octets, 1, size, file), size);
    rewind(file);
    assert_true(sp_numbers_init(set, budget, 40, 40));
    bool good = sp_numbers_load(set, file);
    fclose(file);
    return good;
}

static void a_file_gives_the_set_back_or_is_refused(void **unused)
{
    (void)unused;
    struct sp_budget budget = unlimited();
    struct sp_numbers set;
    assert_true(sp_numbers_init(&set, &budget, 40, 40));
    for (uint64_t i = 0; i < 800; i++) {
        (void)sp_numbers_put(&set, mixed(i) >> 24);
    }
    static uint8_t octets[65536];
    FILE *file = tmpfile();
    assert_true(sp_numbers_save(&set, file));
    rewind(file);
    size_t size = fread(octets, 1, sizeof octets, file);
    fclose(file);
    sp_numbers_free(&set);

    assert_true(load_from(octets, size, &set, &budget));
    for (uint64_t i = 0; i < 800; i++) {
        assert_int_equal(sp_numbers_put(&set, mixed(i) >> 24), SP_NUMBERS_OLD);
    }
    assert_int_equal(set.count, 800);
    sp_numbers_free(&set);
    for (size_t cut = 0; cut < size; cut += 13) {
        assert_false(load_from(octets, cut, &set, &budget));
        sp_numbers_free(&set);
    }
    unsigned refused = 0;
    for (size_t at = 0; at < size; at += 3) { /* never a crash; mostly refused */
        octets[at] ^= 0xf0;
        refused += !load_from(octets, size, &set, &budget);
        octets[at] ^= 0xf0;
        sp_numbers_free(&set);
    }
    assert_true(refused > size / 3 / 10);
    assert_int_equal(budget.held, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_numbers_of_few_bits_fit_and_can_be_read_back),
        cmocka_unit_test(wide_numbers_are_told_apart_through_every_growth),
        cmocka_unit_test(numbers_in_a_row_and_in_strides_fit),
        cmocka_unit_test(a_full_set_still_knows_its_numbers),
        cmocka_unit_test(a_compact_set_takes_some_numbers_for_others),
        cmocka_unit_test(a_file_gives_the_set_back_or_is_refused),
    };
    return cmocka_run_group_tests_name("numbers", tests, NULL, NULL);
}
