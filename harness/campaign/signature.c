/*
 * Runs a script until a violation shows, and says which one.
 *
 * It keeps one world, not a trace: a shrinker runs thousands of scripts. The world acts and the
 * oracle judges; nothing is decided here. The invariant: what is seen is what sp_trace_run sees,
 * and with it `synproof replay`.
 */
#include "campaign/signature.h"

#include <stdio.h>
#include <string.h>

void sp_watch_begin(struct sp_watch *watch, const struct sp_setup *setup, enum sp_property property)
{
    *watch = (struct sp_watch){.setup = setup, .property = property};
    sp_world_init(setup, 0, true, &watch->world);
}

static unsigned lowest(uint64_t set)
{
    unsigned bit = 0;
    while ((set >> bit & 1) == 0) {
        bit++;
    }
    return bit;
}

static void note(struct sp_watch *watch, uint64_t violated)
{
    if (violated == 0) {
        return;
    }
    const unsigned first = lowest(violated);
    const unsigned wanted = watch->property == SP_PROPERTY_COUNT ? first : watch->property;
    struct sp_sighting *sighting = &watch->sighting;
    if ((violated >> wanted & 1) != 0) {
        sighting->seen = true;
        sighting->leads = !watch->violated && wanted == first;
        sighting->property = (enum sp_property)wanted;
        sighting->events = watch->events;
        sp_signature(&watch->step, &watch->world, sighting->property, sighting->signature,
                     sizeof sighting->signature);
    }
    watch->violated = true;
}

bool sp_watch_act(struct sp_watch *watch, const struct sp_action *action)
{
    watch->events++;
    if (sp_world_act(watch->setup, &watch->world, action, &watch->step)) {
        note(watch, sp_oracle_judge(watch->setup, &watch->step, &watch->world).violated);
    }
    return !watch->sighting.seen;
}

void sp_watch_end(struct sp_watch *watch)
{
    sp_move moves[SP_ACTIONS_MAX];
    if (watch->events > 0 && sp_world_moves(watch->setup, &watch->world, moves) == 0) {
        note(watch, sp_oracle_stuck(watch->setup, &watch->world));
    }
}

struct sp_sighting sp_sight(const struct sp_script *script, enum sp_property property)
{
    struct sp_watch watch;
    sp_watch_begin(&watch, &script->setup, property);
    for (size_t i = 0; i < script->count; i++) {
        if (!sp_watch_act(&watch, &script->action[i])) {
            return watch.sighting;
        }
    }
    sp_watch_end(&watch);
    return watch.sighting;
}

enum sp_property sp_expected_property(const struct sp_script *script)
{
    return script->expect == SP_EXPECT_VIOLATION ? sp_property_find(script->expected)
                                                 : SP_PROPERTY_COUNT;
}

struct sp_sighting sp_sight_script(const struct sp_script *script)
{
    const enum sp_property expected = sp_expected_property(script);
    struct sp_sighting sighting = sp_sight(script, expected);
    if (!sighting.seen && expected != SP_PROPERTY_COUNT) {
        sighting = sp_sight(script, SP_PROPERTY_COUNT);
    }
    return sighting;
}

void sp_drop_impossible(struct sp_script *script)
{
    struct sp_watch watch;
    size_t kept = 0;
    sp_watch_begin(&watch, &script->setup, SP_PROPERTY_COUNT);
    for (size_t i = 0; i < script->count; i++) {
        if (sp_world_act(watch.setup, &watch.world, &script->action[i], &watch.step)) {
            script->action[kept++] = script->action[i];
        }
    }
    script->count = kept;
}

void sp_expect(struct sp_script *script, enum sp_property property)
{
    script->expect = SP_EXPECT_VIOLATION;
    memset(script->expected, 0, sizeof script->expected);
    snprintf(script->expected, sizeof script->expected, "%s", sp_property_info(property)->id);
}

const char *sp_signature_name(const char *signature, char *name)
{
    snprintf(name, SP_SIGNATURE_MAX, "%s", signature);
    for (char *c = name; *c != '\0'; c++) {
        *c = *c == '/' ? '+' : *c;
    }
    return name;
}
