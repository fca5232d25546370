/*
 * The pass over settings: each that is not needed goes back to its initial value.
 *
 * What is left is what the finding rests on: a policy switch, the size of a window. The invariant:
 * an accepted trial has fewer settings that differ from those of sp_setup_init.
 */
#include "campaign/shrinker.h"
#include "setup/keys.h"

static unsigned distance(const struct sp_setup *setup, const struct sp_setup *initial)
{
    unsigned count = 0;
    for (size_t i = 0; i < sp_slot_count(); i++) {
        count += sp_slot_get(setup, i) != sp_slot_get(initial, i);
    }
    return count;
}

static bool try_setup(struct sp_shrinker *s, const struct sp_setup *setup,
                      const struct sp_setup *initial)
{
    if (distance(setup, initial) >= distance(&s->best.setup, initial)) {
        return false;
    }
    sp_propose(s, 0, 0);
    s->trial.setup = *setup;
    return sp_try(s, true);
}

bool sp_shrink_settings(struct sp_shrinker *s)
{
    struct sp_setup initial;
    sp_setup_init(&initial);
    bool any = try_setup(s, &initial, &initial);
    for (size_t i = 0; i < sp_slot_count() && !sp_shrink_stopped(s); i++) {
        struct sp_setup setup = s->best.setup;
        sp_slot_put(&setup, i, sp_slot_get(&initial, i));
        sp_setup_settle(&setup);
        any |= try_setup(s, &setup, &initial);
    }
    return any;
}
