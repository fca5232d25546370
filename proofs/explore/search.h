/*
 * What the parts of the explorer share: one running search. Not part of the interface (explore.h).
 *
 * explore.c owns it; contract.c and path.c use its model, its set and its spare buffers.
 */
#ifndef SP_EXPLORE_SEARCH_H
#define SP_EXPLORE_SEARCH_H

#include "explore/explore.h"
#include "explore/visited.h"

/* Successors that are hashed and fetched together before the first is looked up: as many cache
 * misses overlap as memory can serve, and their codes still lie in the first-level cache. */
#define SP_BATCH 64

/* Where a property or witness showed first. */
struct sp_origin {
    bool found;
    bool at_end;    /* the state itself shows it (stuck); else one of its actions does */
    sp_ref state;   /* the state, or the one the action was taken in */
    uint32_t count; /* actions from the initial state to where it shows */
};

/* One set of buffers to take a step with: a state, its successor, their actions and a code. */
struct sp_buffers {
    void *state;
    void *next;
    uint32_t *actions;
    uint8_t *code;
};

struct sp_pending {
    uint64_t hash;
    sp_ref parent;
    uint32_t at; /* its code begins here in the batch's octets */
    uint32_t size;
};

/* Successors not yet in the set, in the order of (predecessor, action). */
struct sp_batch {
    uint8_t *octets; /* SP_BATCH times code_max */
    uint32_t used;
    uint32_t count;
    struct sp_pending pending[SP_BATCH];
};

struct sp_search {
    const struct sp_explore_model *model;
    const struct sp_explore_limits *limits;
    struct sp_explore_result *result;
    char *error;
    size_t error_capacity;

    struct sp_visited visited;
    struct sp_buffers work;  /* of the search */
    struct sp_buffers spare; /* of the checks, and of the paths afterwards */
    struct sp_batch batch;
    uint64_t held; /* octets of all these buffers */

    sp_ref cursor;     /* the state expanded last */
    uint32_t level;    /* of the states being expanded */
    uint64_t frontier; /* states of that level */
    uint64_t expanded; /* of them, begun */
    uint64_t since;    /* states expanded since the batch was flushed */
    uint64_t ordinal;  /* states expanded, this one included */
    bool stopped;      /* result->end says why */
    bool broken;       /* error says how */

    double began; /* monotonic clock, seconds */
    double reported;
    struct sp_origin violation[64];
    struct sp_origin witness[64];
};

/* Notes the first breach of the model's contract; always false, so that it can be returned. */
bool sp_search_broken(struct sp_search *search, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Encodes a state, or says that the model broke its contract. */
bool sp_search_encode(struct sp_search *search, const void *state, uint8_t *code, size_t *size);

/* Enumerates the actions of a state, or says that the model broke its contract. */
bool sp_search_enumerate(struct sp_search *search, const void *state, uint32_t *actions,
                         uint32_t *count);

/* contract.c: self-checks of the model, on a fixed sample of states and transitions. False: it
 * broke its contract; search->error says how. Uses search->spare. */

/* The state that a stored code decodes to has that code. */
bool sp_contract_round_trip(struct sp_search *search, const void *state, const uint8_t *code,
                            size_t size);

/* A state and the state its code decodes to have the same futures: as many actions, leading to the
 * same codes, violating the same properties. This is what "equal codes: same state" promises. */
bool sp_contract_same_future(struct sp_search *search, const void *state, const uint8_t *code,
                             size_t size);

/* path.c: the concrete path to an origin. False: search->error says why. Uses search->spare and
 * search->work. */
bool sp_path_build(struct sp_search *search, const char *kind, unsigned bit,
                   const struct sp_origin *origin, struct sp_explore_path *path);

#endif
