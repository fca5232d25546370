/* The verdict of a search: which word, and so which exit code, each outcome has. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "cli/check.h"

static enum sp_exit verdict(enum sp_explore_end end, uint64_t violated, uint64_t witnessed)
{
    static struct sp_explore_result result;
    memset(&result, 0, sizeof result);
    result.end = end;
    result.violated = violated;
    result.witnessed = witnessed;
    return sp_check_verdict(&result, 0x6);
}

static void complete_and_every_expected_witness_is_pass(void **state)
{
    (void)state;
    assert_int_equal(verdict(SP_EXPLORE_COMPLETE, 0, 0x6), SP_EXIT_PASS);
    assert_int_equal(verdict(SP_EXPLORE_COMPLETE, 0, 0xf), SP_EXIT_PASS);
}

static void complete_without_an_expected_witness_is_vacuous(void **state)
{
    (void)state;
    assert_int_equal(verdict(SP_EXPLORE_COMPLETE, 0, 0x2), SP_EXIT_VACUOUS);
    assert_int_equal(verdict(SP_EXPLORE_COMPLETE, 0, 0x9), SP_EXIT_VACUOUS);
}

static void any_limit_is_incomplete_even_with_every_witness(void **state)
{
    (void)state;
    assert_int_equal(verdict(SP_EXPLORE_OUT_OF_TIME, 0, 0x6), SP_EXIT_INCOMPLETE);
    assert_int_equal(verdict(SP_EXPLORE_OUT_OF_MEMORY, 0, 0x6), SP_EXIT_INCOMPLETE);
    assert_int_equal(verdict(SP_EXPLORE_OUT_OF_STATES, 0, 0x6), SP_EXIT_INCOMPLETE);
    assert_int_equal(verdict(SP_EXPLORE_OUT_OF_DEPTH, 0, 0), SP_EXIT_INCOMPLETE);
    assert_int_equal(verdict(SP_EXPLORE_INTERRUPTED, 0, 0x6), SP_EXIT_INCOMPLETE);
}

static void a_violation_is_fail_however_the_search_ended(void **state)
{
    (void)state;
    assert_int_equal(verdict(SP_EXPLORE_COMPLETE, 1, 0x6), SP_EXIT_FAIL);
    assert_int_equal(verdict(SP_EXPLORE_OUT_OF_TIME, 8, 0), SP_EXIT_FAIL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(complete_and_every_expected_witness_is_pass),
        cmocka_unit_test(complete_without_an_expected_witness_is_vacuous),
        cmocka_unit_test(any_limit_is_incomplete_even_with_every_witness),
        cmocka_unit_test(a_violation_is_fail_however_the_search_ended),
    };
    return cmocka_run_group_tests_name("verdict", tests, NULL, NULL);
}
