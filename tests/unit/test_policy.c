/*
 * Does every switch of the policy have words, and does each named set say what its RFC says?
 *
 * Expected values are read from the RFCs named beside them. What the machine does with a switch is
 * tested in tests/rfc9293.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "setup/policy.h"

static const struct sp_policy *set(const char *name)
{
    const struct sp_policy_set *found = sp_policy_set_find(name);
    assert_non_null(found);
    return &found->policy;
}

static void every_switch_has_a_question_and_at_least_two_answers(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SP_POLICY_COUNT; i++) {
        const struct sp_policy_info *info = sp_policy_info((enum sp_policy_index)i);
        assert_true(strlen(info->name) > 0 && strlen(info->sentence) > 0);
        assert_true(strlen(info->section) > 0 && strlen(info->delicate) > 0);
        assert_in_range(info->count, 2, 4);
        for (unsigned c = 0; c < info->count; c++) {
            assert_non_null(info->choices[c].word);
            assert_true(strlen(info->choices[c].sentence) > 0);
            for (unsigned other = 0; other < c; other++) {
                assert_string_not_equal(info->choices[c].word, info->choices[other].word);
            }
        }
    }
}

static void the_number_of_choices_is_that_of_the_rows(void **state)
{
    (void)state;
    assert_int_equal(sp_policy_info(SP_POLICY_rst_check)->count, 2);
    assert_int_equal(sp_policy_info(SP_POLICY_tw_reply)->count, 4);
    assert_int_equal(sp_policy_info(SP_POLICY_tw_restart)->count, 3);
    assert_int_equal(sp_policy_info(SP_POLICY_sim_open)->count, 2);
    assert_string_equal(sp_policy_info(SP_POLICY_tw_reply)->choices[3].word, "rst");
    assert_string_equal(sp_policy_info(SP_POLICY_sim_open)->choices[1].word, "ignore");
}

static void put_then_get_changes_that_switch_alone(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SP_POLICY_COUNT; i++) {
        const enum sp_policy_index index = (enum sp_policy_index)i;
        for (uint8_t value = 0; value < sp_policy_info(index)->count; value++) {
            struct sp_policy policy = *set("rfc9293");
            sp_policy_put(&policy, index, value);
            assert_int_equal(sp_policy_get(&policy, index), value);
            for (unsigned other = 0; other < SP_POLICY_COUNT; other++) {
                const enum sp_policy_index at = (enum sp_policy_index)other;
                if (at != index) {
                    assert_int_equal(sp_policy_get(&policy, at), sp_policy_get(set("rfc9293"), at));
                }
            }
        }
    }
}

static void sets_are_named_once_in_range_and_the_default_comes_first(void **state)
{
    (void)state;
    assert_int_equal(sp_policy_set_count(), 6);
    assert_string_equal(sp_policy_set(0)->name, "rfc9293");
    assert_null(sp_policy_set_find("rfc675"));
    for (size_t s = 0; s < sp_policy_set_count(); s++) {
        const struct sp_policy_set *one = sp_policy_set(s);
        assert_true(strlen(one->sentence) > 0);
        assert_ptr_equal(sp_policy_set_find(one->name), one);
        assert_ptr_equal(sp_policy_set_nearest(&one->policy), one);
        for (unsigned i = 0; i < SP_POLICY_COUNT; i++) {
            const enum sp_policy_index index = (enum sp_policy_index)i;
            assert_true(sp_policy_get(&one->policy, index) < sp_policy_info(index)->count);
        }
    }
}

/* RFC 9293 3.10.7.4 with RFC 5961 3.2 and 4.2; RFC 6191 2. */
static void rfc9293_checks_rst_exactly_and_challenges_a_syn(void **state)
{
    (void)state;
    assert_int_equal(set("rfc9293")->rst_check, SP_rst_check_EXACT);
    assert_int_equal(set("rfc9293")->syn_check, SP_syn_check_CHALLENGE);
    assert_int_equal(set("rfc9293")->tw_reopen, SP_tw_reopen_TS);
    assert_int_equal(set("rfc9293")->tw_reply, SP_tw_reply_BY_SYN_CHECK);
    assert_int_equal(set("rfc9293")->synrcvd_syn, SP_synrcvd_syn_LISTEN);
    assert_int_equal(set("rfc9293")->out_of_order, SP_out_of_order_HOLD);
}

/* RFC 793 page 70-71: a RST in the window resets, a SYN in the window is an error; no reopening. */
static void rfc793_takes_any_rst_in_the_window_and_resets_on_a_syn(void **state)
{
    (void)state;
    assert_int_equal(set("rfc793")->rst_check, SP_rst_check_WINDOW);
    assert_int_equal(set("rfc793")->syn_check, SP_syn_check_RESET);
    assert_int_equal(set("rfc793")->synrcvd_syn, SP_synrcvd_syn_RESET);
    assert_int_equal(set("rfc793")->tw_reopen, SP_tw_reopen_NONE);
    assert_int_equal(set("rfc793")->ack_range, SP_ack_range_OFF);
}

/* RFC 1122 4.2.2.20(e), 4.2.2.13, 4.2.3.2, 4.2.3.3 and 4.2.3.4. */
static void rfc1122_corrects_rfc793_and_nothing_else(void **state)
{
    (void)state;
    struct sp_policy corrected = *set("rfc793");
    corrected.synrcvd_syn = SP_synrcvd_syn_LISTEN;
    corrected.tw_reopen = SP_tw_reopen_SEQ;
    corrected.delayed_ack = SP_delayed_ack_ON;
    corrected.sws = SP_sws_ON;
    assert_memory_equal(&corrected, set("rfc1122"), sizeof corrected);
}

/* Their TIME-WAIT code: tcp_timewait_state_process, tcp_twcheck, tcp_timewait_input. */
static void the_stacks_differ_in_time_wait_as_their_sources_do(void **state)
{
    (void)state;
    assert_int_equal(set("linux")->tw_reply, SP_tw_reply_ACK);
    assert_int_equal(set("linux")->tw_reopen, SP_tw_reopen_TS_SEQ);
    assert_int_equal(set("linux")->tw_restart, SP_tw_restart_ANY_ACK);
    assert_int_equal(set("freebsd")->tw_reply, SP_tw_reply_SILENT);
    assert_int_equal(set("freebsd")->tw_rst, SP_tw_rst_IGNORE);
    assert_int_equal(set("freebsd")->tw_reopen, SP_tw_reopen_SEQ);
    assert_int_equal(set("lwip")->tw_reply, SP_tw_reply_RST);
    assert_int_equal(set("lwip")->tw_rst, SP_tw_rst_IGNORE);
    assert_int_equal(set("lwip")->tw_reopen, SP_tw_reopen_NONE);
    assert_int_equal(set("lwip")->sim_open, SP_sim_open_IGNORE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_switch_has_a_question_and_at_least_two_answers),
        cmocka_unit_test(the_number_of_choices_is_that_of_the_rows),
        cmocka_unit_test(put_then_get_changes_that_switch_alone),
        cmocka_unit_test(sets_are_named_once_in_range_and_the_default_comes_first),
        cmocka_unit_test(rfc9293_checks_rst_exactly_and_challenges_a_syn),
        cmocka_unit_test(rfc793_takes_any_rst_in_the_window_and_resets_on_a_syn),
        cmocka_unit_test(rfc1122_corrects_rfc793_and_nothing_else),
        cmocka_unit_test(the_stacks_differ_in_time_wait_as_their_sources_do),
    };
    return cmocka_run_group_tests_name("policy", tests, NULL, NULL);
}
