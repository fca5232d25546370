/*
 * Operators on the setup: a policy set, one switch of the policy, an initial sequence number, one
 * bound (setup/keys.h).
 *
 * Invariant: what they leave is settled, so that the byte form holds it as it is.
 */
#include "fuzz/mutator_edit.h"
#include "setup/keys.h"

bool sp_change_policy_set(struct sp_edit *edit)
{
    struct sp_policy *policy = &edit->script.setup.policy;
    const uint32_t count = (uint32_t)sp_policy_set_count();
    const uint32_t now = (uint32_t)(sp_policy_set_nearest(policy) - sp_policy_set(0));
    const uint32_t away = 1 + sp_edit_below(edit, count - 1);
    *policy = sp_policy_set((now + away) % count)->policy;
    return true;
}

bool sp_change_policy(struct sp_edit *edit)
{
    struct sp_policy *policy = &edit->script.setup.policy;
    const enum sp_policy_index index = sp_edit_below(edit, SP_POLICY_COUNT);
    const uint32_t count = sp_policy_info(index)->count;
    const uint32_t away = 1 + sp_edit_below(edit, count - 1);
    sp_policy_put(policy, index, (uint8_t)((sp_policy_get(policy, index) + away) % count));
    return true;
}

/* The number that a run begins with: the first of the list. */
bool sp_change_iss(struct sp_edit *edit)
{
    struct sp_host_bounds *host = edit->script.setup.bounds.host;
    const unsigned which = edit->form == SP_FORM_ENDPOINT ? SP_A : sp_edit_below(edit, 2);
    host[which].iss.value[0] =
        sp_edit_once_in(edit, 8) ? host[!which].iss.value[0] : sp_edit_word(edit);
    sp_setup_settle(&edit->script.setup);
    return true;
}

/* Ends of the range, neighbours of what it is, twice and half, or any small one. */
static uint64_t other_value(struct sp_edit *edit, struct sp_slot slot, uint32_t now)
{
    switch (sp_edit_below(edit, 8)) {
    case 0:
        return slot.low;
    case 1:
        return slot.high;
    case 2:
        return (uint64_t)now + 1;
    case 3:
        return now == 0 ? 0 : now - 1U;
    case 4:
        return (uint64_t)now * 2;
    case 5:
        return now / 2;
    default:
        return (uint64_t)slot.low + sp_edit_below(edit, 16);
    }
}

bool sp_change_bound(struct sp_edit *edit)
{
    struct sp_setup *setup = &edit->script.setup;
    const uint32_t bounds = (uint32_t)sp_slot_count() - SP_POLICY_COUNT - 1; /* not the fault */
    const size_t index = SP_POLICY_COUNT + sp_edit_below(edit, bounds);
    const struct sp_slot slot = sp_slot(index);
    const uint64_t value = other_value(edit, slot, sp_slot_get(setup, index));
    if (value < slot.low || value > slot.high) {
        return false;
    }
    sp_slot_put(setup, index, (uint32_t)value);
    sp_setup_settle(setup);
    return true;
}
