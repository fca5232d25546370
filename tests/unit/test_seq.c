/*
 * Is sequence arithmetic right where it wraps (RFC 9293 3.4)?
 *
 * The expected values are those of the definition 0 < b - a < 2^31 (RFC 7323 5.2 has it for
 * timestamps, which share the arithmetic), worked out by hand. It does not use the functions to
 * check one another. To keep in mind: each row is also shifted around the whole circle, because
 * only differences may matter.
 */
#include "seq.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

struct pair {
    sp_seq a;
    sp_seq b;
    bool lt; /* a < b */
    bool le;
    bool gt;
    bool ge;
};

static const struct pair pairs[] = {
    {0, 0, false, true, false, true},
    {0, 1, true, true, false, false},
    {1, 0, false, false, true, true},
    {0xffffffff, 0, true, true, false, false},
    {0, 0xffffffff, false, false, true, true},
    {0xfffffff0, 0x10, true, true, false, false},
    {0xffffffff, 0xffffffff, false, true, false, true},
    {0x7fffffff, 0x80000000, true, true, false, false},
    {0x80000000, 0x7fffffff, false, false, true, true},
    /* The longest distances that still have an order, and the one that has none. */
    {0, 0x7fffffff, true, true, false, false},
    {0x7fffffff, 0, false, false, true, true},
    {0, 0x80000001, false, false, true, true},
    {0x80000001, 0, true, true, false, false},
    {0, 0x80000000, false, false, false, false},
    {0x80000000, 0, false, false, false, false},
    {0xffffffff, 0x7fffffff, false, false, false, false},
};

/* Places to shift a row to: zero, each end, both sides of each half. */
static const sp_seq shifts[] = {0,          1,          2,          0x7ffffffe, 0x7fffffff,
                                0x80000000, 0x80000001, 0xdeadbeef, 0xfffffffe, 0xffffffff};

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void check_pair(const struct pair *p, sp_seq shift)
{
    sp_seq a = p->a + shift;
    sp_seq b = p->b + shift;
    if (sp_seq_lt(a, b) != p->lt || sp_seq_le(a, b) != p->le || sp_seq_gt(a, b) != p->gt ||
        sp_seq_ge(a, b) != p->ge) {
        fail_msg("a = %08x, b = %08x", (unsigned)a, (unsigned)b);
    }
}

static void order_depends_on_the_distance_alone(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(pairs); i++) {
        for (size_t j = 0; j < COUNT(shifts); j++) {
            check_pair(&pairs[i], shifts[j]);
        }
    }
}

struct triple {
    sp_seq x;
    sp_seq low;
    uint32_t count;
    bool in; /* low =< x < low + count */
};

static const struct triple triples[] = {
    {100, 100, 1, true},
    {101, 100, 1, false},
    {99, 100, 1, false},
    {100, 100, 0, false},
    {0, 0, 0, false},
    /* A window of 16 from fffffff8 on ends before 8. */
    {0xfffffff8, 0xfffffff8, 16, true},
    {0xffffffff, 0xfffffff8, 16, true},
    {0, 0xfffffff8, 16, true},
    {7, 0xfffffff8, 16, true},
    {8, 0xfffffff8, 16, false},
    {0xfffffff7, 0xfffffff8, 16, false},
    {0x80000000, 0xfffffff8, 16, false},
    /* A window that ends exactly at 2^32. */
    {0xffffffff, 0xffffffff, 1, true},
    {0, 0xffffffff, 1, false},
    {0xffffffff, 0xfffffff0, 16, true},
    {0, 0xfffffff0, 16, false},
    /* Windows of 2^30, the largest that RFC 7323 allows, of 2^31 and of all but one number. */
    {0x1fffffff, 0xe0000000, 0x40000000, true},
    {0x20000000, 0xe0000000, 0x40000000, false},
    {0x7fffffff, 0, 0x80000000, true},
    {0x80000000, 0, 0x80000000, false},
    {4, 6, 0xffffffff, true},
    {5, 6, 0xffffffff, false},
};

static void window_is_half_open_across_the_wrap(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(triples); i++) {
        for (size_t j = 0; j < COUNT(shifts); j++) {
            const struct triple *t = &triples[i];
            if (sp_seq_in(t->x + shifts[j], t->low + shifts[j], t->count) != t->in) {
                fail_msg("row %u shifted by %08x", (unsigned)i, (unsigned)shifts[j]);
            }
        }
    }
}

static void the_later_of_two_is_found_across_the_wrap(void **state)
{
    (void)state;
    assert_int_equal(sp_seq_max(1, 2), 2);
    assert_int_equal(sp_seq_max(2, 1), 2);
    assert_int_equal(sp_seq_max(0xffffffff, 0), 0);
    assert_int_equal(sp_seq_max(0, 0xffffffff), 0);
    assert_int_equal(sp_seq_max(7, 7), 7);
    assert_int_equal(sp_seq_min(1, 2), 1);
    assert_int_equal(sp_seq_min(2, 1), 1);
    assert_int_equal(sp_seq_min(0xffffffff, 0), 0xffffffff);
    assert_int_equal(sp_seq_min(0, 0xffffffff), 0xffffffff);
    assert_int_equal(sp_seq_min(7, 7), 7);
}

static void the_order_is_not_transitive_around_the_circle(void **state)
{
    (void)state;
    assert_true(sp_seq_lt(0, 0x60000000));
    assert_true(sp_seq_lt(0x60000000, 0xc0000000));
    assert_false(sp_seq_lt(0, 0xc0000000));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(order_depends_on_the_distance_alone),
        cmocka_unit_test(window_is_half_open_across_the_wrap),
        cmocka_unit_test(the_later_of_two_is_found_across_the_wrap),
        cmocka_unit_test(the_order_is_not_transitive_around_the_circle),
    };
    return cmocka_run_group_tests_name("seq", tests, NULL, NULL);
}
