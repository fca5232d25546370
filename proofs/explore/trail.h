/*
 * The trail: from which state, by which action, each state was first reached.
 *
 * States are named by their ordinal, from 0 in the order of discovery. Because they are discovered
 * in the order of (level, predecessor, action), the children of one state have consecutive
 * ordinals, and the predecessors of all can be told from one string of bits: for each expanded
 * state a 0 for every child and then a 1. With an octet for the action that is 1.25 octets a state,
 * and no more is needed to find a path again.
 */
#ifndef SP_EXPLORE_TRAIL_H
#define SP_EXPLORE_TRAIL_H

#include "explore/pieces.h"

/* The predecessor of an initial state. */
#define SP_TRAIL_ROOT UINT64_MAX

struct sp_trail {
    struct sp_pieces actions; /* an octet a state */
    struct sp_pieces links;   /* the bits, the lowest of an octet first */
    uint64_t bits;            /* of them in use */
};

void sp_trail_init(struct sp_trail *trail, struct sp_budget *budget);
void sp_trail_free(struct sp_trail *trail);

/* A child of the state that is being expanded: before the first sp_trail_next an initial state,
 * whose action is its index. False: no memory. */
bool sp_trail_add(struct sp_trail *trail, uint8_t action);

/* The state being expanded has no more children. False: no memory. */
bool sp_trail_next(struct sp_trail *trail);

/* Writes the actions that lead to the state with this ordinal: the index of the initial state
 * first, then `count` - 1 actions. False: it is not `count` - 1 steps from an initial state. */
bool sp_trail_path(const struct sp_trail *trail, uint64_t ordinal, size_t count, uint8_t *actions);

bool sp_trail_save(const struct sp_trail *trail, FILE *file);

/* Into an empty trail, of so many states. */
bool sp_trail_load(struct sp_trail *trail, uint64_t states, FILE *file);

#endif
