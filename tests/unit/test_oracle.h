/* The claims of unit_oracle, one list a theme; test_oracle.c runs them as one group. */
#ifndef TEST_ORACLE_H
#define TEST_ORACLE_H

#include "stage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define ORACLE_SEND_TESTS(T)                                                                       \
    T(send_pointers_stand_in_order)                                                                \
    T(syn_is_unacknowledged_until_established)                                                     \
    T(fin_stands_behind_the_last_octet)                                                            \
    T(nothing_is_written_after_close)                                                              \
    T(a_number_carries_its_own_octet)                                                              \
    T(new_text_ends_in_the_window)                                                                 \
    T(window_comes_from_the_newest_segment)                                                        \
    T(window_is_set_on_entering_established)                                                       \
    T(ack_of_nothing_sent_changes_nothing)                                                         \
    T(good_ack_moves_snd_una)                                                                      \
    T(retransmissions_end_at_r2)

#define ORACLE_RECEIVE_TESTS(T)                                                                    \
    T(rcv_nxt_moves_over_what_arrived)                                                             \
    T(fin_counts_once)                                                                             \
    T(acks_sent_are_true_and_do_not_go_back)                                                       \
    T(window_edge_does_not_move_left)                                                              \
    T(older_timestamp_is_not_processed)                                                            \
    T(text_is_taken_where_it_may_be)                                                               \
    T(what_is_refused_draws_an_ack)                                                                \
    T(what_is_taken_draws_an_ack)                                                                  \
    T(text_and_fin_that_fit_are_taken)

#define ORACLE_PAIR_TESTS(T)                                                                       \
    T(established_knows_the_true_isn)                                                              \
    T(established_twice_agree)                                                                     \
    T(two_way_handshake_is_no_agreement)                                                           \
    T(close_wait_keeps_what_is_queued)                                                             \
    T(graceful_end_has_delivered_all)                                                              \
    T(lost_text_is_told)                                                                           \
    T(octets_between_the_pointers)                                                                 \
    T(delivered_is_a_prefix)                                                                       \
    T(octets_come_from_the_peer)                                                                   \
    T(end_of_stream_comes_last)                                                                    \
    T(fin_wait_2_means_received)                                                                   \
    T(fins_have_causes)                                                                            \
    T(joint_states_are_those_of_the_table)                                                         \
    T(one_end_was_in_time_wait)

#define ORACLE_STATE_TESTS(T)                                                                      \
    T(closed_is_empty)                                                                             \
    T(established_needs_the_ack_of_the_own_syn)                                                    \
    T(states_tell_of_fins)                                                                         \
    T(edges_are_those_of_figure_5)                                                                 \
    T(only_a_passive_open_returns_to_listen)                                                       \
    T(time_wait_is_kept)                                                                           \
    T(the_end_is_told_once)                                                                        \
    T(syn_sent_drops_what_means_nothing)                                                           \
    T(listen_takes_only_a_syn)                                                                     \
    T(closed_does_not_speak)                                                                       \
    T(a_syn_that_is_taken_draws_syn_ack)

#define ORACLE_RESET_TESTS(T)                                                                      \
    T(rst_draws_at_most_a_challenge)                                                               \
    T(rst_needs_a_reason)                                                                          \
    T(rst_has_the_form_of_the_rfc)                                                                 \
    T(rst_counts_when_exact)                                                                       \
    T(rst_in_syn_sent_must_acknowledge)                                                            \
    T(syn_changes_nothing_when_synchronized)                                                       \
    T(one_segment_draws_one_answer)                                                                \
    T(syn_in_time_wait_is_challenged_by_9293)                                                      \
    T(syn_in_time_wait_is_reset_by_793)                                                            \
    T(syn_in_time_wait_by_tw_reply)                                                                \
    T(syn_in_time_wait_reopens_by_seq)                                                             \
    T(syn_in_time_wait_reopens_by_timestamp)                                                       \
    T(syn_ack_in_time_wait_is_reset_at_its_ack)

#define ORACLE_VERDICT_TESTS(T)                                                                    \
    T(rows_have_words)                                                                             \
    T(rows_are_found_by_id_and_word)                                                               \
    T(assumptions_have_sentences)                                                                  \
    T(bounds_drop_assumptions)                                                                     \
    T(forged_segments_lift_what_needs_n)                                                           \
    T(a_step_of_no_host_shows_nothing)                                                             \
    T(signature_names_property_state_and_rule)                                                     \
    T(deadlock_is_something_owed_for_ever)                                                         \
    T(witnesses_show_in_steps)                                                                     \
    T(witnesses_are_expected_where_possible)                                                       \
    T(walks_break_nothing)                                                                         \
    T(every_property_was_shown_to_hold_and_to_break)

#define ORACLE_FORGERY_TESTS(T)                                                                    \
    T(a_blind_reset_ends_nothing_unless_exact)                                                     \
    T(a_blind_syn_ends_nothing)                                                                    \
    T(blind_data_is_taken_only_with_an_ack_in_range)                                               \
    T(blind_attacks_are_judged_where_there_is_an_attacker)                                         \
    T(attacks_are_expected_where_the_bounds_forge)                                                 \
    T(attacks_show_in_steps)                                                                       \
    T(a_false_reset_is_one_from_a_peer_that_lives)                                                 \
    T(crashed_lives_are_broken_off)                                                                \
    T(crashes_show_in_later_steps)

#define DECLARE(name) void name(void **state);
ORACLE_SEND_TESTS(DECLARE)
ORACLE_RECEIVE_TESTS(DECLARE)
ORACLE_PAIR_TESTS(DECLARE)
ORACLE_STATE_TESTS(DECLARE)
ORACLE_RESET_TESTS(DECLARE)
ORACLE_FORGERY_TESTS(DECLARE)
ORACLE_VERDICT_TESTS(DECLARE)
#undef DECLARE

#endif
