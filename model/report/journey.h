/*
 * What became of a segment: sent in one step, it arrives, or is lost, in later ones.
 */
#ifndef SP_REPORT_JOURNEY_H
#define SP_REPORT_JOURNEY_H

#include "report/trace.h"

/* A segment that a step sent: trace->step[index].step.output.segment[at]. */
struct sp_sent {
    size_t index;
    unsigned at;
};

/* The latest segment with that number that was sent before step `before`. */
bool sp_journey_origin(const struct sp_trace *trace, size_t before, uint16_t serial,
                       struct sp_sent *sent);

/* Steps are numbered from 1, as readers see them; 0: it did not happen. */
struct sp_journey {
    bool overflow;     /* the network had no room: it died where it was sent */
    unsigned arrivals; /* more than one: it was duplicated */
    size_t arrived;    /* the step in which it arrived first */
    size_t again;      /* in which it arrived last, when it did more than once */
    size_t lost;       /* in which it, or the last copy of it, was lost */
    size_t replaced;   /* INJECT or VANISH: what was really sent for it */
};

struct sp_journey sp_journey_of(const struct sp_trace *trace, struct sp_sent sent);

/* The INJECT or VANISH of step `index` says what was really sent for a segment in flight. */
bool sp_journey_replaces(const struct sp_trace *trace, size_t index);

#endif
