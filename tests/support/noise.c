/*
 * Random events for scripts, and an independent way to renumber and to judge: see noise.h.
 *
 * The invariant: the same seed makes the same script on every machine.
 */
#include "noise.h"

#include "report/trace.h"

#include <stdlib.h>
#include <string.h>

static void *must(void *memory)
{
    if (memory == NULL) {
        abort();
    }
    return memory;
}

static struct sp_trace_step *replay(const struct sp_script *script, struct sp_trace *trace)
{
    trace->step = must(calloc(script->count + 1, sizeof *trace->step));
    sp_trace_run(script, 0, false, trace);
    return trace->step;
}

const char *noise_signature(const struct sp_script *script, enum sp_property property, char *text)
{
    struct sp_trace trace;
    struct sp_trace_step *steps = replay(script, &trace);
    text[0] = '\0';
    for (size_t i = 0; i < trace.count && text[0] == '\0'; i++) {
        if ((steps[i].findings.violated >> property & 1) != 0) {
            sp_signature(&steps[i].step, &steps[i].after, property, text, SP_SIGNATURE_MAX);
        }
    }
    free(steps);
    return text;
}

/* How many segments the run has sent before and after event `at`. */
static void count_sent(const struct sp_script *script, size_t at, unsigned *before, unsigned *with)
{
    struct sp_trace trace;
    struct sp_trace_step *steps = replay(script, &trace);
    *before = at == 0 ? trace.start.serials : steps[at - 1].after.serials;
    *with = steps[at].after.serials;
    free(steps);
}

/* Adds `shift` to every reference from event `from` on that is above `above`. */
static void shift(struct sp_script *script, size_t from, unsigned above, int shift)
{
    for (size_t i = from; i < script->count; i++) {
        struct sp_action *action = &script->action[i];
        if (action->serial > above) {
            action->serial = (uint16_t)(action->serial + shift);
        }
    }
}

bool noise_insert(struct sp_script *script, size_t at, const struct sp_action *action)
{
    unsigned before;
    unsigned with;
    if (script->count == script->capacity) {
        return false;
    }
    memmove(&script->action[at + 1], &script->action[at],
            (script->count - at) * sizeof *script->action);
    script->action[at] = *action;
    script->count++;
    count_sent(script, at, &before, &with);
    shift(script, at + 1, before, (int)(with - before));
    return true;
}

void noise_remove(struct sp_script *script, size_t at, bool renumber)
{
    unsigned before;
    unsigned with;
    count_sent(script, at, &before, &with);
    for (size_t i = at + 1; renumber && i < script->count; i++) {
        uint16_t *serial = &script->action[i].serial;
        if (*serial > with) {
            *serial = (uint16_t)(*serial - (with - before));
        } else if (*serial > before) {
            *serial = 0;
        }
    }
    script->count--;
    memmove(&script->action[at], &script->action[at + 1],
            (script->count - at) * sizeof *script->action);
}

static uint32_t draw(uint64_t *seed, uint32_t below)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return (uint32_t)(*seed >> 32) % below;
}

static struct sp_action draw_segment(uint64_t *seed)
{
    struct sp_action action = {.kind = SP_ACTION_INJECT, .seq_anchor = SP_ANCHOR_RCV_NXT};
    action.segment.flags = (uint8_t)draw(seed, 64);
    action.segment.seq = draw(seed, 2000) - 1000;
    action.segment.wnd = (uint16_t)draw(seed, 4);
    action.segment.len = (uint16_t)draw(seed, 3);
    if ((action.segment.flags & SP_ACK) != 0) {
        action.ack_anchor = SP_ANCHOR_SND_UNA;
        action.segment.ack = draw(seed, 100) - 50;
    }
    if ((action.segment.flags & SP_URG) != 0) {
        action.segment.urgent = (uint16_t)draw(seed, 5);
    }
    return action;
}

/* Any action: calls, timers, the network's, forged segments, crashes. */
static struct sp_action draw_action(uint64_t *seed)
{
    struct sp_action action = {.kind = (uint8_t)draw(seed, SP_ACTION_COUNT)};
    switch ((enum sp_action_kind)action.kind) {
    case SP_ACTION_CALL:
        action.event = (uint8_t)draw(seed, SP_EVENT_STATUS + 1);
        action.count =
            action.event == SP_EVENT_SEND || action.event == SP_EVENT_RECEIVE ? draw(seed, 4) : 0;
        break;
    case SP_ACTION_TIMER:
        action.event = (uint8_t)(SP_EVENT_USER_TIMEOUT + draw(seed, 6));
        break;
    case SP_ACTION_DELIVER:
    case SP_ACTION_DUPLICATE:
    case SP_ACTION_LOSE:
        action.serial = (uint16_t)(1 + draw(seed, 40));
        break;
    case SP_ACTION_INJECT:
    case SP_ACTION_VANISH:
        action = draw_segment(seed);
        break;
    case SP_ACTION_TICK:
    case SP_ACTION_CRASH:
    case SP_ACTION_COUNT:
        break;
    }
    if (action.kind != SP_ACTION_TICK && action.serial == 0) {
        action.host = (uint8_t)draw(seed, 2);
    }
    return action;
}

void noise_add(struct sp_script *script, size_t count, uint64_t *seed)
{
    const enum sp_property property = sp_expected_property(script);
    struct sp_script before = *script;
    before.action = must(calloc(script->capacity, sizeof *before.action));
    char wanted[SP_SIGNATURE_MAX];
    char now[SP_SIGNATURE_MAX];
    noise_signature(script, property, wanted);
    while (script->count < count) {
        memcpy(before.action, script->action, script->count * sizeof *before.action);
        before.count = script->count;
        const struct sp_action action = draw_action(seed);
        if (!noise_insert(script, draw(seed, (uint32_t)script->count), &action)) {
            break;
        }
        if (strcmp(noise_signature(script, property, now), wanted) != 0) {
            memcpy(script->action, before.action, before.count * sizeof *before.action);
            script->count = before.count;
        }
    }
    free(before.action);
}
