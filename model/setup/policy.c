/*
 * The named policy sets, and access to the switches of policy.def by index.
 *
 * The sets are tables: each row is one decision, and the words of policy.def say what it means. The
 * rows of linux, freebsd and lwip describe those stacks as far as a switch can; where a stack does
 * something that no value says, its row takes the nearest value and says so. Nothing here decides:
 * the code that takes a decision reads its switch itself.
 */
#include "setup/policy.h"

#include <string.h>

/* A union as large as the highest value of its switch plus one: its size is the number of choices.
 * Each row of policy.def closes the union before it and opens its own. */
/* clang-format off */
union count_nothing {
    char nothing;
#define POLICY(field, d, section, sentence) }; union count_##field {
#define CHOICE(field, NAME, value, word, sentence) char NAME[(value) + 1];
#include "setup/policy.def"
};
/* clang-format on */

/* Widest switch: as many columns as the table of words has. */
enum { CHOICES_MAX = 4 };

#define POLICY(field, d, section, sentence)                                                        \
    _Static_assert(sizeof(union count_##field) <= CHOICES_MAX, "CHOICES_MAX is too small");
#include "setup/policy.def"

static const struct sp_choice_info choices[SP_POLICY_COUNT][CHOICES_MAX] = {
#define CHOICE(field, NAME, value, word, sentence) [SP_POLICY_##field][value] = {word, sentence},
#include "setup/policy.def"
};

static const struct sp_policy_info infos[SP_POLICY_COUNT] = {
#define POLICY(field, d, section, sentence)                                                        \
    [SP_POLICY_##field] = {                                                                        \
        #field, d, section, sentence, choices[SP_POLICY_##field], sizeof(union count_##field)},
#include "setup/policy.def"
};

static const struct sp_policy_set sets[] = {
    {.name = "rfc9293",
     .sentence = "RFC 9293 with RFC 5961 and 6191; where the text contradicts itself, the reading "
                 "that works. MAY-12 (ack_range) is left out: it is only a MAY",
     .policy =
         {
             .rst_check = SP_rst_check_EXACT,
             .syn_check = SP_syn_check_CHALLENGE,
             .ack_range = SP_ack_range_OFF,
             .tw_reply = SP_tw_reply_BY_SYN_CHECK,
             .tw_rst = SP_tw_rst_ACCEPT,
             .tw_reopen = SP_tw_reopen_TS,
             .tw_ack = SP_tw_ack_QUIET,
             .tw_restart = SP_tw_restart_FIN,
             .zero_window = SP_zero_window_LENIENT,
             .syn_sent_rst = SP_syn_sent_rst_ACK,
             .wnd_init = SP_wnd_init_EVERY_SYN,
             .simopen_head = SP_simopen_head_SYN_ACK,
             .synrcvd_dup_syn = SP_synrcvd_dup_syn_SYN_ACK,
             .synrcvd_syn = SP_synrcvd_syn_LISTEN,
             .synrcvd_ack = SP_synrcvd_ack_RST,
             .second_fin = SP_second_fin_ONCE,
             .fin_acked = SP_fin_acked_SENT,
             .receive_closing = SP_receive_closing_DRAIN,
             .ack_beyond = SP_ack_beyond_ACK,
             .reset_state = SP_reset_state_CLOSED,
             .close_unread = SP_close_unread_FIN,
             /* A SHOULD; off, because an ACK for each segment reaches more orders of events. */
             .delayed_ack = SP_delayed_ack_OFF,
             .out_of_order = SP_out_of_order_HOLD,
             .sws = SP_sws_OFF,
             .sim_open = SP_sim_open_ACCEPT,
         }},
    {.name = "rfc793",
     .sentence = "RFC 793 to the letter where it decides (RST, SYN, no reopening); the working "
                 "readings of RFC 1122 and 9293 where its text is only inconsistent",
     .policy =
         {
             .rst_check = SP_rst_check_WINDOW,
             .syn_check = SP_syn_check_RESET,
             .ack_range = SP_ack_range_OFF,
             .tw_reply = SP_tw_reply_BY_SYN_CHECK,
             .tw_rst = SP_tw_rst_ACCEPT,
             .tw_reopen = SP_tw_reopen_NONE,
             .tw_ack = SP_tw_ack_QUIET,
             .tw_restart = SP_tw_restart_FIN,
             .zero_window = SP_zero_window_LENIENT,
             .syn_sent_rst = SP_syn_sent_rst_ACK,
             .wnd_init = SP_wnd_init_EVERY_SYN,
             .simopen_head = SP_simopen_head_SYN_ACK,
             /* The sequence check decides it: outside the window, so an ACK. */
             .synrcvd_dup_syn = SP_synrcvd_dup_syn_ACK,
             .synrcvd_syn = SP_synrcvd_syn_RESET,
             .synrcvd_ack = SP_synrcvd_ack_RST,
             .second_fin = SP_second_fin_ONCE,
             .fin_acked = SP_fin_acked_SENT,
             .receive_closing = SP_receive_closing_DRAIN,
             .ack_beyond = SP_ack_beyond_ACK,
             .reset_state = SP_reset_state_CLOSED,
             .close_unread = SP_close_unread_FIN,
             .delayed_ack = SP_delayed_ack_OFF,
             .out_of_order = SP_out_of_order_HOLD,
             .sws = SP_sws_OFF,
             .sim_open = SP_sim_open_ACCEPT,
         }},
    {.name = "rfc1122",
     .sentence = "RFC 793 as corrected by RFC 1122: a SYN in SYN-RECEIVED returns to LISTEN, a "
                 "newer one reopens TIME-WAIT, ACKs wait, silly windows are avoided",
     .policy =
         {
             .rst_check = SP_rst_check_WINDOW,
             .syn_check = SP_syn_check_RESET,
             .ack_range = SP_ack_range_OFF,
             .tw_reply = SP_tw_reply_BY_SYN_CHECK,
             .tw_rst = SP_tw_rst_ACCEPT,
             .tw_reopen = SP_tw_reopen_SEQ,
             .tw_ack = SP_tw_ack_QUIET,
             .tw_restart = SP_tw_restart_FIN,
             .zero_window = SP_zero_window_LENIENT,
             .syn_sent_rst = SP_syn_sent_rst_ACK,
             .wnd_init = SP_wnd_init_EVERY_SYN,
             .simopen_head = SP_simopen_head_SYN_ACK,
             .synrcvd_dup_syn = SP_synrcvd_dup_syn_ACK,
             .synrcvd_syn = SP_synrcvd_syn_LISTEN,
             .synrcvd_ack = SP_synrcvd_ack_RST,
             .second_fin = SP_second_fin_ONCE,
             .fin_acked = SP_fin_acked_SENT,
             .receive_closing = SP_receive_closing_DRAIN,
             .ack_beyond = SP_ack_beyond_ACK,
             .reset_state = SP_reset_state_CLOSED,
             .close_unread = SP_close_unread_FIN,
             .delayed_ack = SP_delayed_ack_ON,
             .out_of_order = SP_out_of_order_HOLD,
             .sws = SP_sws_ON,
             .sim_open = SP_sim_open_ACCEPT,
         }},
    {.name = "linux",
     .sentence = "Linux 6 with its default settings (tcp_rfc1337 = 0), as far as a switch can say",
     .policy =
         {
             .rst_check = SP_rst_check_EXACT,
             .syn_check = SP_syn_check_CHALLENGE,
             .ack_range = SP_ack_range_ON,
             .tw_reply = SP_tw_reply_ACK,
             .tw_rst = SP_tw_rst_EXACT,
             .tw_reopen = SP_tw_reopen_TS_SEQ,
             .tw_ack = SP_tw_ack_QUIET,
             .tw_restart = SP_tw_restart_ANY_ACK,
             .zero_window = SP_zero_window_LENIENT,
             .syn_sent_rst = SP_syn_sent_rst_ACK,
             .wnd_init = SP_wnd_init_EVERY_SYN,
             .simopen_head = SP_simopen_head_SYN_ACK,
             .synrcvd_dup_syn = SP_synrcvd_dup_syn_SYN_ACK,
             .synrcvd_syn = SP_synrcvd_syn_RESET,
             .synrcvd_ack = SP_synrcvd_ack_RST,
             .second_fin = SP_second_fin_ONCE,
             .fin_acked = SP_fin_acked_SENT,
             .receive_closing = SP_receive_closing_DRAIN,
             /* Until 2026, when a limited challenge ACK took the place of silence. */
             .ack_beyond = SP_ack_beyond_SILENT,
             .reset_state = SP_reset_state_CLOSED,
             .close_unread = SP_close_unread_RST,
             .delayed_ack = SP_delayed_ack_ON,
             .out_of_order = SP_out_of_order_HOLD,
             .sws = SP_sws_ON,
             .sim_open = SP_sim_open_ACCEPT,
         }},
    {.name = "freebsd",
     .sentence = "FreeBSD with its default settings, as far as a switch can say",
     .policy =
         {
             .rst_check = SP_rst_check_EXACT,
             .syn_check = SP_syn_check_CHALLENGE,
             .ack_range = SP_ack_range_ON,
             .tw_reply = SP_tw_reply_SILENT,
             .tw_rst = SP_tw_rst_IGNORE,
             .tw_reopen = SP_tw_reopen_SEQ,
             .tw_ack = SP_tw_ack_QUIET,
             .tw_restart = SP_tw_restart_FIN,
             .zero_window = SP_zero_window_LENIENT,
             .syn_sent_rst = SP_syn_sent_rst_ACK,
             .wnd_init = SP_wnd_init_EVERY_SYN,
             .simopen_head = SP_simopen_head_SYN_ACK,
             .synrcvd_dup_syn = SP_synrcvd_dup_syn_SYN_ACK,
             /* The syncache answers any SYN with its SYN,ACK; a challenge ACK is nearest. */
             .synrcvd_syn = SP_synrcvd_syn_CHALLENGE,
             .synrcvd_ack = SP_synrcvd_ack_RST,
             .second_fin = SP_second_fin_ONCE,
             .fin_acked = SP_fin_acked_SENT,
             .receive_closing = SP_receive_closing_DRAIN,
             .ack_beyond = SP_ack_beyond_ACK,
             .reset_state = SP_reset_state_CLOSED,
             /* Text that arrives after close draws a reset; unread text alone does not. */
             .close_unread = SP_close_unread_FIN,
             .delayed_ack = SP_delayed_ack_ON,
             .out_of_order = SP_out_of_order_HOLD,
             .sws = SP_sws_ON,
             .sim_open = SP_sim_open_ACCEPT,
         }},
    {.name = "lwip",
     .sentence = "lwIP 2.1 with its default settings, as far as a switch can say",
     .policy =
         {
             .rst_check = SP_rst_check_EXACT,
             .syn_check = SP_syn_check_CHALLENGE,
             .ack_range = SP_ack_range_OFF,
             .tw_reply = SP_tw_reply_RST,
             .tw_rst = SP_tw_rst_IGNORE,
             .tw_reopen = SP_tw_reopen_NONE,
             .tw_ack = SP_tw_ack_QUIET,
             /* lwIP restarts on a FIN anywhere; one that ends at RCV.NXT is nearest. */
             .tw_restart = SP_tw_restart_FIN,
             .zero_window = SP_zero_window_LENIENT,
             .syn_sent_rst = SP_syn_sent_rst_ACK,
             .wnd_init = SP_wnd_init_EVERY_SYN,
             .simopen_head = SP_simopen_head_SYN_ACK,
             .synrcvd_dup_syn = SP_synrcvd_dup_syn_SYN_ACK,
             /* lwIP says nothing to it; a challenge ACK, which keeps the state, is nearest. */
             .synrcvd_syn = SP_synrcvd_syn_CHALLENGE,
             .synrcvd_ack = SP_synrcvd_ack_RST,
             .second_fin = SP_second_fin_ONCE,
             .fin_acked = SP_fin_acked_SENT,
             .receive_closing = SP_receive_closing_DRAIN,
             .ack_beyond = SP_ack_beyond_ACK,
             .reset_state = SP_reset_state_CLOSED,
             .close_unread = SP_close_unread_RST,
             .delayed_ack = SP_delayed_ack_ON,
             .out_of_order = SP_out_of_order_HOLD,
             .sws = SP_sws_ON,
             .sim_open = SP_sim_open_IGNORE,
         }},
};

const struct sp_policy_info *sp_policy_info(enum sp_policy_index index)
{
    return &infos[index];
}

uint8_t sp_policy_get(const struct sp_policy *policy, enum sp_policy_index index)
{
    switch (index) {
#define POLICY(field, d, section, sentence)                                                        \
    case SP_POLICY_##field:                                                                        \
        return policy->field;
#include "setup/policy.def"
    case SP_POLICY_COUNT:
        break;
    }
    return 0;
}

void sp_policy_put(struct sp_policy *policy, enum sp_policy_index index, uint8_t value)
{
    switch (index) {
#define POLICY(field, d, section, sentence)                                                        \
    case SP_POLICY_##field:                                                                        \
        policy->field = value;                                                                     \
        break;
#include "setup/policy.def"
    case SP_POLICY_COUNT:
        break;
    }
}

size_t sp_policy_set_count(void)
{
    return sizeof sets / sizeof sets[0];
}

const struct sp_policy_set *sp_policy_set(size_t index)
{
    return &sets[index];
}

const struct sp_policy_set *sp_policy_set_find(const char *name)
{
    for (size_t i = 0; i < sp_policy_set_count(); i++) {
        if (strcmp(sets[i].name, name) == 0) {
            return &sets[i];
        }
    }
    return NULL;
}

/* How many switches of the policy differ from the set. */
static unsigned differences(const struct sp_policy *policy, const struct sp_policy_set *set)
{
    unsigned count = 0;
    for (size_t i = 0; i < SP_POLICY_COUNT; i++) {
        const enum sp_policy_index index = (enum sp_policy_index)i;
        count += sp_policy_get(policy, index) != sp_policy_get(&set->policy, index);
    }
    return count;
}

const struct sp_policy_set *sp_policy_set_nearest(const struct sp_policy *policy)
{
    const struct sp_policy_set *best = sp_policy_set(0);
    unsigned least = differences(policy, best);
    for (size_t i = 1; i < sp_policy_set_count() && least > 0; i++) {
        const unsigned count = differences(policy, sp_policy_set(i));
        if (count < least) {
            best = sp_policy_set(i);
            least = count;
        }
    }
    return best;
}
