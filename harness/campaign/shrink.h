/*
 * Makes an input small, and keeps what it shows.
 *
 * First events (by halves, quarters, ... one by one), then settings, then the fields of what is
 * left, and all of it again until nothing more goes. Every step that is taken keeps the signature,
 * and keeps it the first violation of the run when it was. The order is fixed, so the same input
 * gives the same result.
 *
 * A script names segments by the order in which the run sent them. When an event that sends is
 * gone, later numbers shift: references are renumbered so that each still means what the same event
 * sent, the same in its order. Single events are also tried with the numbers as they stand, so
 * that the result is 1-minimal in both readings: without any one event the signature is lost.
 */
#ifndef SP_CAMPAIGN_SHRINK_H
#define SP_CAMPAIGN_SHRINK_H

#include "campaign/signature.h"

enum sp_shrunk {
    SP_SHRUNK,             /* nothing more goes */
    SP_SHRUNK_INTERRUPTED, /* stopped: the script is what was reached so far */
    SP_SHRUNK_NOTHING,     /* the script shows no violation; it is unchanged */
    SP_SHRUNK_MEMORY,      /* out of memory; it is unchanged */
};

struct sp_shrink {
    struct sp_script *script; /* in: what to shrink; out: the result, which expects its property */
    const volatile int *interrupted;                                 /* not 0: stop; may be NULL */
    void (*progress)(const struct sp_shrink *shrink, size_t events); /* after each run; or NULL */
    struct sp_sighting sighting; /* out: what the script showed, and the result shows */
    uint64_t runs;               /* out: scripts tried so far */
};

enum sp_shrunk sp_shrink(struct sp_shrink *shrink);

#endif
