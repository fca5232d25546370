/*
 * What the parts of the explorer share: one running search. Not part of the interface (explore.h).
 *
 * explore.c owns it. Workers (slice.c, contract.c) turn slices of a level into lists of successors;
 * pool.c hands the slices out and takes them back; commit.c puts them into the set, in order.
 * The invariant: only the thread that called sp_explore changes anything but a worker and the slice
 * that worker holds, so nothing that a search finds depends on how threads are scheduled.
 */
#ifndef SP_EXPLORE_SEARCH_H
#define SP_EXPLORE_SEARCH_H

#include <pthread.h>

#include "explore/explore.h"
#include "explore/visited.h"

/* Successors that are fetched together before the first is looked up: as many cache misses overlap
 * as memory can serve. The clock is looked at as often. */
#define SP_BATCH 64

/* States handed out at once: enough work to make the handing out cheap, little enough that no one
 * waits long for the last slice of a level. */
#define SP_SLICE_STATES 32

/* Room for what a slice finds; one that finds more is put into the set in several parts. */
#define SP_SLICE_PENDING  512
#define SP_SLICE_OCTETS   16384 /* and code_max */
#define SP_SLICE_FINDINGS 32

/* Slices that may be under way: twice as many as there are threads, so that a slow one does not
 * keep the others waiting. Their number is fixed, and with it the memory they take. */
#define SP_SLICES (2 * SP_EXPLORE_THREADS_MAX)

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

/* One thread's own: what it takes steps with, and what it has to complain of. */
struct sp_worker {
    struct sp_search *search;
    struct sp_buffers work;  /* of the search */
    struct sp_buffers spare; /* of the checks, and of the paths afterwards */
    sp_ref cursor;           /* the state being expanded; 0: initial states */
    uint64_t ordinal;        /* its number in order of discovery, from 1; 0: initial states */
    uint32_t index;          /* of the action being taken, or of the initial state */
    bool broken;             /* the model broke its contract; error says how */
    char error[256];
};

/* A successor that is not yet in the set. */
struct sp_pending {
    uint64_t hash;
    sp_ref parent;
    uint32_t at; /* its code begins here in the slice's octets */
    uint32_t size;
    uint32_t transition; /* how many the slice had taken then, this one included */
};

/* What a transition, or a state without any, showed. */
struct sp_finding {
    uint64_t violated;
    uint64_t witnessed;
    sp_ref state;
    bool at_end;
    uint32_t transition; /* as of a pending successor */
};

enum sp_slice_stage {
    SP_SLICE_HELD,    /* a worker fills it */
    SP_SLICE_PARTIAL, /* it is full, and its worker waits to go on */
    SP_SLICE_READY,   /* its states are expanded, or its worker is broken */
};

/* Some states of a level, consecutive, and what was found on expanding them. */
struct sp_slice {
    enum sp_slice_stage stage; /* under the pool's lock */
    sp_ref before;             /* the state before the first */
    sp_ref end;                /* all states of the level lie below */
    uint64_t ordinal;          /* of the first */
    uint32_t states;
    const struct sp_worker *holder;

    /* Since the slice was last put into the set, in the order of (predecessor, action): */
    uint32_t transitions;
    uint32_t count;
    uint32_t used; /* octets */
    uint32_t findings;
    struct sp_finding stuck; /* bits that were noted already, at the end of a path and elsewhere */
    struct sp_finding taken;
    uint8_t *octets;
    struct sp_pending pending[SP_SLICE_PENDING];
    struct sp_finding finding[SP_SLICE_FINDINGS];
};

/* The threads and the slices under way: a ring of those taken and not yet put into the set. */
struct sp_pool {
    pthread_mutex_t lock; /* over all below, and the stage of slices */
    pthread_cond_t work;  /* workers wait for a slice to take, or for room in theirs */
    pthread_cond_t done;  /* the search waits for the oldest slice */
    bool locks;           /* the three above exist */
    bool quit;
    bool dropped;  /* what is under way is not wanted any more */
    uint32_t idle; /* workers without a slice */
    uint64_t taken;
    uint64_t settled; /* of them, put into the set or dropped */
    sp_ref last;      /* the state handed out last */
    sp_ref end;       /* all states of the level lie below */
    uint64_t left;    /* states of the level that were not handed out */
    uint64_t ordinal; /* of the first of them */
    uint32_t threads; /* that run beside the one that searches */
    pthread_t thread[SP_EXPLORE_THREADS_MAX];
    struct sp_slice *slices; /* SP_SLICES of them */
    uint8_t *octets;         /* theirs */
};

struct sp_search {
    const struct sp_explore_model *model;
    const struct sp_explore_limits *limits;
    struct sp_explore_result *result;

    struct sp_visited visited;
    struct sp_pool pool;
    struct sp_worker worker[SP_EXPLORE_THREADS_MAX]; /* the first is the one that searches */
    uint64_t held;                                   /* octets of all but the set */

    uint32_t level;    /* of the states being expanded */
    uint64_t frontier; /* states of that level */
    uint64_t expanded; /* of them, with all their successors in the set */
    bool stopped;      /* result->end says why */
    bool broken;       /* worker[0].error says how */

    double began; /* monotonic clock, seconds */
    double reported;
    struct sp_origin violation[64];
    struct sp_origin witness[64];
};

/* Notes the first breach of the model's contract; always false, so that it can be returned. */
bool sp_worker_broken(struct sp_worker *worker, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Encodes a state, or says that the model broke its contract. */
bool sp_worker_encode(struct sp_worker *worker, const void *state, uint8_t *code, size_t *size);

/* Enumerates the actions of a state, or says that the model broke its contract. */
bool sp_worker_enumerate(struct sp_worker *worker, const void *state, uint32_t *actions,
                         uint32_t *count);

/* slice.c: expands the states of a slice into it. False: the model broke its contract, or the slice
 * is not wanted any more. */
bool sp_slice_expand(struct sp_worker *worker, struct sp_slice *slice);

/* Encodes a state into the slice, which has room. False: the model broke its contract. */
bool sp_slice_add(struct sp_worker *worker, struct sp_slice *slice, const void *state);

/* Nothing is found yet. */
void sp_slice_clear(struct sp_slice *slice);

/* commit.c: puts what the slice found into the set, in order, until the search stops. */
void sp_commit(struct sp_search *search, const struct sp_slice *slice);

/* Looks at the clock and the interrupt, and reports progress. */
void sp_commit_tick(struct sp_search *search);

double sp_commit_now(void);

/* pool.c: false: no memory, nothing to close. */
bool sp_pool_open(struct sp_search *search);
void sp_pool_close(struct sp_search *search);

/* Octets that all slices take. */
uint64_t sp_pool_octets(const struct sp_explore_model *model);

/* Expands a level of `frontier` states behind the one at `last`, the first of which has the given
 * ordinal. False: the model broke its contract. */
bool sp_pool_level(struct sp_search *search, sp_ref last, uint64_t ordinal);

/* Puts a full slice into the set as far as it goes, and empties it. False: it is not wanted. */
bool sp_pool_drain(struct sp_worker *worker, struct sp_slice *slice);

/* contract.c: self-checks of the model, on a fixed sample of states and transitions. False: it
 * broke its contract; worker->error says how. Uses worker->spare. */

/* The state that a stored code decodes to has that code. */
bool sp_contract_round_trip(struct sp_worker *worker, const void *state, const uint8_t *code,
                            size_t size);

/* A state and the state its code decodes to have the same futures: as many actions, leading to the
 * same codes, violating the same properties. This is what "equal codes: same state" promises. */
bool sp_contract_same_future(struct sp_worker *worker, const void *state, const uint8_t *code,
                             size_t size);

/* path.c: the concrete path to an origin. False: worker->error says why. Uses worker->spare and
 * worker->work. */
bool sp_path_build(struct sp_worker *worker, const char *kind, unsigned bit,
                   const struct sp_origin *origin, struct sp_explore_path *path);

#endif
