/*
 * Changes of state and how they are drawn.
 */
#ifndef SP_CLI_DIAGRAM_H
#define SP_CLI_DIAGRAM_H

#include "cli/coverage.h"

/* Changes, at most; there are about seventy. */
#define SP_CHANGES_MAX 512

/* All steps that lead from one state to another by the same rules. */
struct sp_change {
    uint8_t from;                /* enum sp_state */
    uint8_t to;                  /* enum sp_state, another one */
    uint8_t bits;                /* SYN, ACK, RST and FIN that every segment has that makes it */
    uint8_t some;                /* and those that some have */
    uint8_t rules;               /* in `rule` */
    uint16_t rule[SP_RULES_MAX]; /* that make it, in the order they fire */
    uint32_t events;             /* bits by enum sp_event_kind */
    uint16_t always;             /* as sp_reaction.sent: what every such step sends */
    uint16_t perhaps;            /* what some do */
    bool silent;                 /* some send nothing */
};

struct sp_diagram {
    struct sp_change change[SP_CHANGES_MAX]; /* by state before, state after, rules */
    size_t count;
};

/* The graph. CLOSED stands twice, where connections begin and where they end; solid is what Figure
 * 5 of RFC 9293 has, grey what it leaves out: resets, aborts, timeouts, two changes in one. */
void sp_diagram_write(const struct sp_diagram *diagram, const struct sp_writer *out);

#endif
