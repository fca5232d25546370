/*
 * The explorer: exhaustive breadth-first search over the exact states of any model.
 *
 * It knows nothing of TCP. A model gives initial states, enumerates and applies actions in place,
 * encodes a state as octets (equal octets: same state) and decodes them again. States are compared
 * exactly. Counts, verdict and counterexamples do not depend on the machine or on the number of
 * threads: search is by level, the first violation in order of (level, predecessor, action) is the
 * one reported, so a counterexample is shortest, ties broken by action order.
 */
#ifndef SP_EXPLORE_EXPLORE_H
#define SP_EXPLORE_EXPLORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What applying an action showed: bits of the model's own properties and witnesses. */
struct sp_explore_found {
    uint64_t violated;
    uint64_t witnessed;
};

/* No more, because one thread alone puts what the others find into the set. */
#define SP_EXPLORE_THREADS_MAX 16

/* A model. All functions are pure but for their out parameters, and are called by several threads
 * at once; `self` is passed through. */
struct sp_explore_model {
    const void *self;
    size_t state_size; /* octets of a decoded state; the engine allocates, aligned for any type */
    size_t code_max;   /* most octets that encode writes, at most 65535 */
    uint32_t actions_max; /* most actions that enumerate writes */

    uint32_t (*initials)(const void *self); /* how many initial states; at least 1 */
    void (*initial)(const void *self, uint32_t index, void *state);
    uint32_t (*enumerate)(const void *self, const void *state, uint32_t *actions);
    struct sp_explore_found (*apply)(const void *self, void *state, uint32_t action);
    uint64_t (*stuck)(const void *self,
                      const void *state); /* of a state without actions: violated */
    size_t (*encode)(const void *self, const void *state, uint8_t *code);
    void (*decode)(const void *self, const uint8_t *code, size_t size, void *state);
};

struct sp_explore_progress {
    uint32_t level;       /* being expanded, from 0 */
    uint64_t states;      /* distinct so far */
    uint64_t transitions; /* applied so far */
    uint64_t frontier;    /* states of this level */
    uint64_t expanded;    /* of them, expanded already */
    uint64_t memory;      /* octets held by the engine */
    double seconds;       /* since the start */
};

struct sp_explore_limits {
    double seconds;   /* wall-clock budget; 0: none */
    uint64_t memory;  /* octets the engine may hold; 0: none */
    uint64_t states;  /* distinct states; 0: none */
    uint32_t depth;   /* levels to expand; 0: none */
    uint64_t stop_on; /* a violation of any of these properties ends the search after its level */
    uint64_t stop_on_witness; /* so does any of these witnesses */
    uint32_t threads; /* to expand states with, at most SP_EXPLORE_THREADS_MAX; 0: one a core */
    double progress_every;                                          /* seconds; 0: never */
    void (*progress)(void *to, const struct sp_explore_progress *); /* may be NULL; called by the
                                                                       thread that searches */
    void *to;
    const volatile int *interrupted; /* nonzero: stop soon; may be NULL */
};

enum sp_explore_end {
    SP_EXPLORE_COMPLETE, /* every reachable state was expanded, or the level that a stop_on ended
                            was */
    SP_EXPLORE_OUT_OF_TIME,
    SP_EXPLORE_OUT_OF_MEMORY,
    SP_EXPLORE_OUT_OF_STATES,
    SP_EXPLORE_OUT_OF_DEPTH,
    SP_EXPLORE_INTERRUPTED,
};

/* Actions from an initial state to what was found. */
struct sp_explore_path {
    bool found;
    uint32_t initial;  /* index of the initial state */
    uint32_t *actions; /* each valid in the state the ones before it lead to */
    size_t count;
};

struct sp_explore_result {
    enum sp_explore_end end;
    uint64_t states;      /* distinct */
    uint64_t transitions; /* applied actions */
    uint32_t depth;       /* greatest distance of a state from the initial ones */
    uint64_t violated;    /* properties */
    uint64_t witnessed;   /* witnesses */
    uint64_t memory;      /* octets held at the end */
    uint64_t code_octets; /* sum of the sizes of all codes */
    double seconds;
    struct sp_explore_path violation[64]; /* shortest path that shows property i; last action shows
                                             it, or (stuck) its end does */
    struct sp_explore_path witness[64];   /* shortest path that reaches witness i */
};

/* A transition that violates a property is counted, and its successor is not explored further.
 * stuck is asked of every state without actions, the initial ones too; otherwise initial states
 * count as good. States of equal code must behave alike and violate alike: the engine checks that
 * on a sample, and on every path it returns.
 * False: out of memory before the search could start, or a model that breaks its contract (a path
 * that does not replay): error has a sentence, 0-terminated. Free the result in either case. */
bool sp_explore(const struct sp_explore_model *model, const struct sp_explore_limits *limits,
                struct sp_explore_result *result, char *error, size_t error_capacity);
void sp_explore_free(struct sp_explore_result *result);

/* "complete", "out of time", ... */
const char *sp_explore_end_name(enum sp_explore_end end);

#endif
