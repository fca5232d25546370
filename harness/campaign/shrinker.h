/*
 * What the parts of the shrinker share: the smallest script so far, and the one that is tried next.
 */
#ifndef SP_CAMPAIGN_SHRINKER_H
#define SP_CAMPAIGN_SHRINKER_H

#include "campaign/shrink.h"

/* Which segment an action means: what an event of the same script sent, by its place there. */
struct sp_reference {
    uint32_t event;
    uint8_t place;
    bool known; /* false: it means none, or one that was never sent */
};

/* The numbers of what one event sent. */
struct sp_sent {
    uint16_t serial[SP_SEND_MAX];
    uint8_t count;
};

struct sp_shrinker {
    struct sp_shrink *shrink;
    struct sp_script best;          /* the smallest so far; it shows the signature */
    struct sp_script trial;         /* what sp_try runs */
    size_t *from;                   /* trial.action[i] is best.action[from[i]], changed or not */
    struct sp_reference *reference; /* of best.action[i] */
    struct sp_sent *sent;           /* by a run of the trial, for each event of best */
    struct sp_reference *owner;     /* who sent each serial, 65536 of them */
};

/* Makes the trial the same as the best, but for its events [at, at + count). */
void sp_propose(struct sp_shrinker *s, size_t at, size_t count);

/* Runs the trial, with its references renumbered or as they stand. True: it shows the signature,
 * and became the best, cut behind the event that shows it. */
bool sp_try(struct sp_shrinker *s, bool renumber);

bool sp_shrink_stopped(const struct sp_shrinker *s);

/* The host that best.action[index] acts on, right before it. */
struct sp_tcb sp_shrink_tcb(struct sp_shrinker *s, size_t index);

/* One pass each. True: something became smaller. */
bool sp_shrink_events(struct sp_shrinker *s);
bool sp_shrink_settings(struct sp_shrinker *s);
bool sp_shrink_fields(struct sp_shrinker *s);

#endif
