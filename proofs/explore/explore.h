/*
 * The explorer: exhaustive breadth-first search over the exact states of any model.
 *
 * It knows nothing of TCP. To the explorer a state is a number: the model gives each of its states
 * one, and says which numbers a state leads to, in its own fixed order of actions. Equal numbers
 * are the same state and others are not, so the search is exact whatever the model remembers of a
 * state. Counts, verdict and counterexamples do not depend on the machine or on the number of
 * threads: search is by level, the first violation in order of (level, predecessor, action) is the
 * one reported, so a counterexample is shortest, ties broken by action order.
 */
#ifndef SP_EXPLORE_EXPLORE_H
#define SP_EXPLORE_EXPLORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* No more, because one thread alone puts what the others find into the set. */
#define SP_EXPLORE_THREADS_MAX 16

/* Actions of one state, at most: the search remembers in an octet which of them was taken. */
#define SP_EXPLORE_ACTIONS_MAX 256

/* What taking an action showed: bits of the model's own properties and witnesses. */
struct sp_explore_found {
    uint64_t violated;
    uint64_t witnessed;
};

/* Where an action leads. */
struct sp_successor {
    uint64_t state; /* below 2^state_bits; of no meaning when a property is violated */
    struct sp_explore_found found;
};

/* What initial and expand return when the model has no number left to give: the search ends. */
#define SP_EXPLORE_NO_NUMBER UINT32_MAX

/* How an action counts in the search for cycles (liveness). */
enum {
    SP_ACTION_QUIET =
        1, /* needs neither user nor timer: a cycle of such actions alone is a storm */
    SP_ACTION_STRONG = 2, /* owed if possible again and again, not only if possible all the time; of
                             one name all actions are, or none; at most SP_EXPLORE_ACTIONS_MAX such
                             names in all */
};

struct sp_obligation {
    uint64_t name;  /* equal for the same action in different states; 0: nobody owes it */
    uint32_t flags; /* SP_ACTION_ bits */
};

/* What a property of liveness forbids, of the states in which it is pending. */
enum sp_liveness_kind {
    SP_LIVENESS_STUCK_IN,   /* a run that is fair and stays among them for ever, or ends in one */
    SP_LIVENESS_NO_WAY_OUT, /* a state of them from which no other state can be reached */
    SP_LIVENESS_STORM,      /* a cycle of quiet actions alone */
};

struct sp_liveness {
    unsigned bit; /* of sp_explore_found.violated, and of what `pending` returns */
    enum sp_liveness_kind kind;
};

/*
 * A model. All functions are called by several threads at once, except where it says otherwise;
 * `self` is passed through, and `scratch` is the calling thread's own, zero at the beginning.
 * What they return is a function of the state alone; only which number a new state is given may
 * depend on when it was first asked for.
 */
struct sp_explore_model {
    void *self;
    unsigned state_bits;  /* 8..60 */
    uint32_t actions_max; /* actions of one state, at most SP_EXPLORE_ACTIONS_MAX */
    size_t scratch_size;

    uint32_t initials; /* how many initial states; 1..SP_EXPLORE_ACTIONS_MAX */

    /* The number of an initial state, written to *state. False: no number left. */
    bool (*initial)(void *self, void *scratch, uint32_t index, uint64_t *state);

    /* Writes where each action of the state leads, in their order, and returns how many there are;
     * or SP_EXPLORE_NO_NUMBER. */
    uint32_t (*expand)(void *self, void *scratch, uint64_t state, struct sp_successor *successors);

    /* Of a state without actions: the properties that this violates. */
    uint64_t (*stuck)(void *self, void *scratch, uint64_t state);

    /* Checks what expand said of the state by another way; the explorer asks it of all states at
     * first and of a sample later. False: error has a sentence. NULL: there is none. */
    bool (*audit)(void *self, void *scratch, uint64_t state, const struct sp_successor *successors,
                  uint32_t count, char *error, size_t error_capacity);

    /* Called between levels, when no other function runs: the model may rearrange what it
     * remembers. `states`: visited so far. Returns the octets that it holds. NULL: holds nothing.
     */
    uint64_t (*rest)(void *self, uint64_t states);

    /* What gives the numbers their meaning, for checkpoints. Called like rest. False: could not be
     * written or read. Both NULL: a number says it all. */
    bool (*save)(void *self, FILE *file);
    bool (*load)(void *self, FILE *file);

    /* Properties of liveness, and of a state: those that are pending there, and what its actions,
     * in the order of expand, are owed. `liveness` has `livenesses` rows. */
    const struct sp_liveness *liveness;
    uint32_t livenesses;
    uint64_t (*pending)(void *self, void *scratch, uint64_t state);
    void (*owed)(void *self, void *scratch, uint64_t state, struct sp_obligation *obligations);
};

struct sp_explore_progress {
    uint32_t level;       /* being expanded, from 0 */
    uint64_t states;      /* distinct so far */
    uint64_t transitions; /* taken so far */
    uint64_t frontier;    /* states of this level */
    uint64_t before;      /* states of the level before it; 0 at level 0 */
    uint64_t expanded;    /* of this level's, expanded already */
    uint64_t memory;      /* octets held by engine and model */
    double seconds;       /* since the start, earlier parts of a resumed search included */
};

/* Where a search is kept when it is not over. */
struct sp_explore_checkpoint {
    const char *folder;   /* of the file; made when there is something to keep */
    const char *identity; /* what the search is about: a checkpoint of another one is refused */
    double every;         /* seconds between checkpoints while searching; 0: only at the end */
    bool resume;          /* go on from the checkpoint in the folder, which must be there */
};

struct sp_explore_limits {
    double seconds;   /* wall-clock budget of this run; 0: none */
    uint64_t memory;  /* octets that engine and model may hold; 0: none */
    uint64_t states;  /* distinct states; 0: none */
    uint32_t depth;   /* levels to expand; 0: none */
    uint64_t stop_on; /* a violation of any of these properties ends the search after its level */
    uint64_t stop_on_witness; /* so does any of these witnesses */
    uint32_t threads; /* to expand states with, at most SP_EXPLORE_THREADS_MAX; 0: one a core */
    unsigned compact_bits; /* store so many bits of a hash of each state, not the state: states may
                              be missed (result.missed). 0: exact */
    double progress_every; /* seconds; 0: never */
    void (*progress)(void *to, const struct sp_explore_progress *); /* may be NULL; called by the
                                                                       thread that searches */
    void *to;
    const volatile int *interrupted; /* nonzero: stop soon; may be NULL */
    volatile int *asked; /* nonzero: report progress now, and it is set to 0; may be NULL */
    const struct sp_explore_checkpoint *checkpoint; /* NULL: none is read or written */
};

enum sp_explore_end {
    SP_EXPLORE_COMPLETE, /* every reachable state was expanded, or the level that a stop_on ended
                            was */
    SP_EXPLORE_OUT_OF_TIME,
    SP_EXPLORE_OUT_OF_MEMORY,
    SP_EXPLORE_OUT_OF_STATES,
    SP_EXPLORE_OUT_OF_DEPTH,
    SP_EXPLORE_OUT_OF_NUMBERS, /* the model had none left */
    SP_EXPLORE_INTERRUPTED,
};

/* Actions from an initial state to what was found; action i is number action[i] of those that
 * expand gives for state[i]. */
struct sp_explore_path {
    bool found;
    uint32_t initial; /* index of the initial state */
    size_t count;     /* actions */
    size_t loop; /* the path ends in a cycle, from the state after so many actions; count: none */
    uint8_t *action; /* count of them */
    uint64_t *state; /* count + 1; the last has no meaning when its action violates a property */
    struct sp_explore_found shows; /* by the last action; nothing where its end or cycle does */
};

struct sp_explore_result {
    enum sp_explore_end end;
    uint64_t states;      /* distinct */
    uint64_t transitions; /* taken actions */
    uint32_t depth;       /* greatest distance of a state from the initial ones */
    uint64_t violated;    /* properties */
    uint64_t witnessed;   /* witnesses */
    uint64_t memory;      /* octets held at the end by engine and model */
    uint64_t frontier;    /* states of the level at which the search ended that were not expanded */
    double missed;        /* with compact_bits: expected number of states missed, at most; else 0 */
    double seconds;       /* earlier parts of a resumed search included */
    bool kept;            /* a checkpoint of where it ended was written */
    struct sp_explore_path violation[64]; /* shortest path that shows property i; last action shows
                                             it, or (stuck) its end does */
    struct sp_explore_path witness[64];   /* shortest path that reaches witness i */
};

/* A transition that violates a property is counted, and its successor is not explored further.
 * stuck is asked of every state without actions, the initial ones too; otherwise initial states
 * count as good. Liveness is judged when the search was complete, exact and without violation.
 * False: out of memory before the search could start, a checkpoint that does not fit, or a model
 * that breaks its contract: error has a sentence, 0-terminated. Free the result in either case. */
bool sp_explore(const struct sp_explore_model *model, const struct sp_explore_limits *limits,
                struct sp_explore_result *result, char *error, size_t error_capacity);
void sp_explore_free(struct sp_explore_result *result);

/* What the checkpoint in a folder is about: its identity, 0-terminated, to be freed. NULL: there is
 * none, or it is damaged; error has a sentence. */
char *sp_explore_identity(const char *folder, char *error, size_t error_capacity);

/* "complete", "out of time", ... */
const char *sp_explore_end_name(enum sp_explore_end end);

#endif
