/*
 * The assumptions that a run dropped: its bounds are narrowed to what it did, and the oracle is
 * asked what such bounds leave without claim.
 *
 * N, no forged segments, is the oracle's own: it does not judge what needs it after one. In doubt
 * an assumption counts as dropped: a property that is not reported here can be violated elsewhere,
 * one that is reported without reason makes a fuzzer useless.
 */
#include "fuzz/assume.h"

#include <string.h>

/* W: as many octets written by one user, or as large a window, as no bounds admit. */
#define OUTSTANDING_MAX (1U << 30)

/* More may be sent than the last step had room for: it goes out with whatever comes next. */
static bool has_backlog(const struct sp_tcb *t)
{
    const sp_seq end = t->snd_end + ((t->flags & SP_TCB_CLOSE) != 0);
    return sp_synchronized((enum sp_state)t->state) && sp_seq_lt(t->snd_nxt, end) &&
           sp_seq_lt(t->snd_nxt, t->snd_una + t->snd_wnd);
}

/* These take every change of a step for the work of its event. */
static uint64_t blind_to_backlog(void)
{
    return 1ULL << SP_PROPERTY_legal_edges | 1ULL << SP_PROPERTY_rst_acceptance |
           1ULL << SP_PROPERTY_syn_changes_nothing | 1ULL << SP_PROPERTY_ack_of_nothing_sent |
           1ULL << SP_PROPERTY_paws | 1ULL << SP_PROPERTY_blind_reset |
           1ULL << SP_PROPERTY_blind_syn;
}

static bool listens_again(const struct sp_host *host)
{
    return host->tcb.state == SP_LISTEN && sp_life(host)->begun;
}

void sp_assume_note(struct sp_assumed *assumed, const struct sp_world *world,
                    const struct sp_action *action)
{
    assumed->again |= listens_again(&world->host[SP_A]) || listens_again(&world->host[SP_B]);
    assumed->backlog = has_backlog(&world->host[SP_A].tcb) || has_backlog(&world->host[SP_B].tcb);
    if (action->kind == SP_ACTION_TIMER) {
        assumed->early |= action->event == SP_EVENT_TIME_WAIT &&
                          world->host[action->host].tcb.state == SP_TIME_WAIT &&
                          !sp_world_drained(world, action->host);
        return;
    }
    const struct sp_host *host = &world->host[action->host];
    const bool listening = host->tcb.state == SP_LISTEN;
    const struct sp_life *life = sp_life(host);
    assumed->strange_iss |= action->has_iss && listening && life->begun && action->iss != life->iss;
    if (action->kind != SP_ACTION_CALL || action->event > SP_EVENT_SEND) {
        return;
    }
    assumed->own_iss |= action->has_iss && host->lives > 0;
    assumed->unquiet |= host->crashes > 0 && world->channel.count > 0;
    if (action->event == SP_EVENT_OPEN_PASSIVE) {
        assumed->open[action->host] |= SP_OPEN_PASSIVE;
    } else if (listening) {
        assumed->open[action->host] |= SP_OPEN_UPGRADE;
    } else if (action->event == SP_EVENT_OPEN_ACTIVE) {
        assumed->open[action->host] |= SP_OPEN_ACTIVE;
    }
}

void sp_assume_note_step(struct sp_assumed *assumed, const struct sp_step *step,
                         const struct sp_world *after)
{
    const enum sp_state state = (enum sp_state)after->host[step->host].tcb.state;
    assumed->cut |= step->acted && step->event.kind == SP_EVENT_SEGMENT &&
                    step->before.tcb.state == SP_TIME_WAIT && state == SP_CLOSED;
}

/* The narrowest bounds and policy that admit what was done. */
static void narrow(const struct sp_assumed *assumed, const struct sp_world *world,
                   struct sp_setup *setup)
{
    struct sp_bounds *bounds = &setup->bounds;
    if (!assumed->cut) {
        setup->policy.tw_rst = SP_tw_rst_IGNORE;
        setup->policy.syn_check = SP_syn_check_CHALLENGE;
    }
    bounds->msl = !assumed->early;
    bounds->quiet = !assumed->unquiet;
    for (unsigned i = 0; i < 2; i++) {
        struct sp_host_bounds *b = &bounds->host[i];
        const struct sp_host *host = &world->host[i];
        b->open = assumed->open[i];
        b->opens = host->lives;
        b->aborts = host->aborts;
        b->user_timeouts = host->user_timeouts;
        b->crashes = host->crashes;
        b->reopen |= assumed->own_iss ? SP_REOPEN_SAME : 0;
    }
}

static bool too_much(const struct sp_host *host)
{
    bool much = false;
    for (unsigned i = 0; i < host->lives; i++) {
        much |= host->life[i].written > OUTSTANDING_MAX;
    }
    return much;
}

/* Properties that need assumption `letter`. */
static uint64_t in_need_of(char letter)
{
    uint64_t bits = 0;
    for (unsigned i = 0; i < SP_PROPERTY_COUNT; i++) {
        const bool needs = strchr(sp_property_info((enum sp_property)i)->needs, letter) != NULL;
        bits |= needs ? 1ULL << i : 0;
    }
    return bits;
}

/* Only what RFC 5961 says keeps a forged segment out. */
static uint64_t undefended(const struct sp_policy *policy)
{
    uint64_t bits = 0;
    bits |= policy->rst_check == SP_rst_check_EXACT ? 0 : 1ULL << SP_PROPERTY_blind_reset;
    bits |= policy->syn_check == SP_syn_check_CHALLENGE ? 0 : 1ULL << SP_PROPERTY_blind_syn;
    bits |= policy->ack_range == SP_ack_range_ON ? 0 : 1ULL << SP_PROPERTY_blind_data;
    return bits;
}

/* For the named sets it is known, by exhaustive search, that they break nothing. */
static bool is_named(const struct sp_policy *policy)
{
    const struct sp_policy *named = &sp_policy_set_nearest(policy)->policy;
    bool same = true;
    for (unsigned i = 0; i < SP_POLICY_COUNT; i++) {
        const enum sp_policy_index index = (enum sp_policy_index)i;
        same &= sp_policy_get(policy, index) == sp_policy_get(named, index);
    }
    return same;
}

uint64_t sp_assume_reported(const struct sp_assumed *assumed, const struct sp_setup *setup,
                            const struct sp_world *world)
{
    struct sp_setup narrowed = *setup;
    if (assumed->strange_iss || !is_named(&setup->policy)) {
        return 0;
    }
    narrow(assumed, world, &narrowed);
    uint64_t without = sp_oracle_unassumed(&narrowed) | undefended(&setup->policy);
    without |= assumed->again ? in_need_of('I') : 0;
    if (too_much(&world->host[SP_A]) || too_much(&world->host[SP_B])) {
        without |= in_need_of('W');
    }
    return ~(without | (assumed->backlog ? blind_to_backlog() : 0));
}
