/*
 * The shrinker: trying one script after the other, and the pass over events.
 *
 * It knows neither properties nor policies: a script is smaller and shows the same, or is dropped.
 * The invariant: `best` shows the signature at all times, so that an interrupt loses nothing. It
 * ends because every accepted trial has fewer events, or as many and fewer settings that differ
 * from the initial ones, or as many of both and a simpler field.
 */
#include "campaign/shrink.h"
#include "campaign/shrinker.h"

#include <stdlib.h>
#include <string.h>

#define SERIALS ((size_t)UINT16_MAX + 1)

bool sp_shrink_stopped(const struct sp_shrinker *s)
{
    return s->shrink->interrupted != NULL && *s->shrink->interrupted != 0;
}

void sp_propose(struct sp_shrinker *s, size_t at, size_t count)
{
    s->trial.setup = s->best.setup;
    s->trial.count = 0;
    for (size_t i = 0; i < s->best.count; i++) {
        if (i < at || i >= at + count) {
            s->from[s->trial.count] = i;
            s->trial.action[s->trial.count++] = s->best.action[i];
        }
    }
}

/* The number, in this run of the trial, of the segment that the action means. */
static uint16_t renumbered(const struct sp_shrinker *s, size_t index)
{
    const struct sp_reference *reference = &s->reference[s->from[index]];
    if (!reference->known) {
        return 0;
    }
    const struct sp_sent *sent = &s->sent[reference->event];
    return reference->place < sent->count ? sent->serial[reference->place] : 0;
}

static void note_sent(struct sp_sent *sent, const struct sp_step *step)
{
    sent->count = step->acted ? step->output.sent : 0;
    memcpy(sent->serial, step->serial, sizeof sent->serial);
}

static struct sp_sighting run_trial(struct sp_shrinker *s, bool renumber)
{
    struct sp_watch watch;
    sp_watch_begin(&watch, &s->trial.setup, s->shrink->sighting.property);
    memset(s->sent, 0, s->best.count * sizeof *s->sent);
    for (size_t i = 0; i < s->trial.count; i++) {
        struct sp_action *action = &s->trial.action[i];
        if (renumber && action->serial != 0) {
            action->serial = renumbered(s, i);
        }
        if (!sp_watch_act(&watch, action)) {
            return watch.sighting;
        }
        note_sent(&s->sent[s->from[i]], &watch.step);
    }
    sp_watch_end(&watch);
    return watch.sighting;
}

/* Finds out what the references of the best mean. */
static void note_references(struct sp_shrinker *s)
{
    struct sp_watch watch;
    sp_watch_begin(&watch, &s->best.setup, s->shrink->sighting.property);
    memset(s->owner, 0, SERIALS * sizeof *s->owner);
    for (size_t i = 0; i < s->best.count; i++) {
        s->reference[i] = s->owner[s->best.action[i].serial];
        sp_watch_act(&watch, &s->best.action[i]);
        for (unsigned k = 0; watch.step.acted && k < watch.step.output.sent; k++) {
            s->owner[watch.step.serial[k]] =
                (struct sp_reference){.event = (uint32_t)i, .place = (uint8_t)k, .known = true};
        }
    }
}

bool sp_try(struct sp_shrinker *s, bool renumber)
{
    struct sp_shrink *shrink = s->shrink;
    const struct sp_sighting now = run_trial(s, renumber);
    shrink->runs++;
    if (shrink->progress != NULL) {
        shrink->progress(shrink, s->best.count);
    }
    if (!now.seen || strcmp(now.signature, shrink->sighting.signature) != 0 ||
        (shrink->sighting.leads && !now.leads)) {
        return false;
    }
    struct sp_script smaller = s->trial;
    smaller.count = now.events;
    s->trial = s->best;
    s->best = smaller;
    shrink->sighting = now;
    note_references(s);
    return true;
}

struct sp_tcb sp_shrink_tcb(struct sp_shrinker *s, size_t index)
{
    struct sp_watch watch;
    sp_watch_begin(&watch, &s->best.setup, s->shrink->sighting.property);
    for (size_t i = 0; i < index; i++) {
        sp_watch_act(&watch, &s->best.action[i]);
    }
    return watch.world.host[s->best.action[index].host].tcb;
}

static bool drop(struct sp_shrinker *s, size_t at, size_t count, bool renumber)
{
    sp_propose(s, at, count);
    return sp_try(s, renumber);
}

/* Tries to drop `size` events at a time, from the end on: what comes late needs what comes early.
 */
static bool sweep(struct sp_shrinker *s, size_t size)
{
    bool any = false;
    size_t end = s->best.count;
    while (end > 0 && !sp_shrink_stopped(s)) {
        const size_t at = end > size ? end - size : 0;
        if (drop(s, at, end - at, true) || (size == 1 && drop(s, at, 1, false))) {
            any = true;
        }
        end = at < s->best.count ? at : s->best.count;
    }
    return any;
}

bool sp_shrink_events(struct sp_shrinker *s)
{
    bool any = false;
    for (size_t size = s->best.count / 2; size > 1; size /= 2) {
        any |= sweep(s, size);
    }
    while (!sp_shrink_stopped(s) && sweep(s, 1)) {
        any = true;
    }
    return any;
}

static bool allocate(struct sp_shrinker *s)
{
    const size_t count = s->best.count + 1;
    s->trial.action = calloc(count, sizeof *s->trial.action);
    s->from = calloc(count, sizeof *s->from);
    s->reference = calloc(count, sizeof *s->reference);
    s->sent = calloc(count, sizeof *s->sent);
    s->owner = calloc(SERIALS, sizeof *s->owner);
    return s->trial.action != NULL && s->from != NULL && s->reference != NULL && s->sent != NULL &&
           s->owner != NULL;
}

static void shrink_all(struct sp_shrinker *s)
{
    bool any = true;
    note_references(s);
    while (any && !sp_shrink_stopped(s)) {
        any = sp_shrink_events(s);
        any |= sp_shrink_settings(s);
        any |= sp_shrink_fields(s);
    }
}

enum sp_shrunk sp_shrink(struct sp_shrink *shrink)
{
    struct sp_script *script = shrink->script;
    shrink->runs = 0;
    shrink->sighting = sp_sight_script(script);
    if (!shrink->sighting.seen) {
        return SP_SHRUNK_NOTHING;
    }
    struct sp_shrinker s = {.shrink = shrink, .best = *script};
    enum sp_shrunk shrunk = SP_SHRUNK_MEMORY;
    if (allocate(&s)) {
        struct sp_action *own = s.trial.action;
        s.best.count = shrink->sighting.events;
        sp_drop_impossible(&s.best);
        shrink_all(&s);
        sp_drop_impossible(&s.best);
        shrink->sighting.events = s.best.count;
        if (s.best.action == own) {
            memcpy(script->action, own, s.best.count * sizeof *own);
        }
        s.trial.action = own;
        script->setup = s.best.setup;
        script->count = s.best.count;
        sp_expect(script, shrink->sighting.property);
        shrunk = sp_shrink_stopped(&s) ? SP_SHRUNK_INTERRUPTED : SP_SHRUNK;
    }
    free(s.trial.action);
    free(s.from);
    free(s.reference);
    free(s.sent);
    free(s.owner);
    return shrunk;
}
