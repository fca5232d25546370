/*
 * What the parts of the explorer share: one running search. Not part of the interface (explore.h).
 *
 * explore.c owns it. Workers (slice.c) turn slices of a level into lists of successors; pool.c
 * hands the slices out and takes them back; commit.c puts them into the set, in order. The
 * invariant: only the thread that called sp_explore changes anything but a worker and the slice
 * that worker holds, so nothing that a search finds depends on how threads are scheduled.
 */
#ifndef SP_EXPLORE_SEARCH_H
#define SP_EXPLORE_SEARCH_H

#include <pthread.h>

#include "explore/explore.h"
#include "explore/numbers.h"
#include "explore/pieces.h"
#include "explore/trail.h"

/* States handed out at once: enough work to make the handing out cheap, little enough that no one
 * waits long for the last slice of a level, and that a slice may have room for all it can find. */
#define SP_SLICE_STATES 64

/* Findings of a slice: each shows a bit that none before it did, of the violated and the witnessed,
 * at the end of a path and elsewhere. */
#define SP_SLICE_FINDINGS 192

/* Slices that may be under way: twice as many as there are threads, so that a slow one does not
 * keep the others waiting. Their number is fixed, and with it the memory they take. */
#define SP_SLICES (2 * SP_EXPLORE_THREADS_MAX)

/* Where a property or witness showed first. */
struct sp_origin {
    bool found;
    bool at_end;    /* the state itself shows it (stuck); else one of its actions does */
    uint64_t state; /* ordinal of the state, or of the one the action was taken in */
    uint32_t count; /* actions from the initial state to where it shows */
};

/* One thread's own: what it takes steps with, and what it has to complain of. */
struct sp_worker {
    struct sp_search *search;
    void *scratch; /* the model's */
    struct sp_successor *successors;
    bool broken; /* the model broke its contract; error says how */
    char error[256];
};

/* A successor that is not yet in the set. */
struct sp_pending {
    uint64_t state;
    uint32_t transition; /* how many the slice had taken then, this one included */
    uint16_t member;     /* whose successor it is: place in the slice */
    uint8_t action;
};

/* What a transition, or a state without any, showed. */
struct sp_finding {
    uint64_t violated;
    uint64_t witnessed;
    uint64_t state; /* ordinal */
    bool at_end;
    uint32_t transition; /* as of a pending successor */
};

enum sp_slice_stage {
    SP_SLICE_HELD,  /* a worker expands it */
    SP_SLICE_READY, /* all its successors are listed, or its worker has given up */
};

/* Some states of a level, consecutive, and what was found on expanding them. */
struct sp_slice {
    enum sp_slice_stage stage; /* under the pool's lock */
    const struct sp_worker *holder;
    uint64_t first; /* place in the level of its first state */
    uint32_t states;
    uint32_t skip; /* actions of the first state that were put into the set by an earlier run */
    uint32_t
        whole; /* states that were expanded; fewer than `states`: the model has no more numbers */

    /* In the order of (predecessor, action): */
    uint32_t transitions;
    uint32_t count;
    uint32_t findings;
    struct sp_finding stuck; /* bits that were noted already, at the end of a path and elsewhere */
    struct sp_finding taken;
    struct sp_pending *pending;
    struct sp_finding finding[SP_SLICE_FINDINGS];
};

/* The threads and the slices under way: a ring of those taken and not yet put into the set. */
struct sp_pool {
    pthread_mutex_t lock; /* over all below, and the stage of slices */
    pthread_cond_t work;  /* workers wait for a slice to take */
    pthread_cond_t done;  /* the search waits for the oldest slice */
    bool locks;           /* the three above exist */
    bool quit;
    uint32_t idle;    /* workers without a slice */
    uint64_t taken;   /* slices of this level */
    uint64_t settled; /* of them, put into the set or dropped */
    uint64_t next;    /* place in the level of the first state that was not handed out */
    uint64_t end;     /* of the level, or where handing out ends */
    uint32_t skip;    /* for the next slice */
    uint32_t threads; /* that run beside the one that searches */
    pthread_t thread[SP_EXPLORE_THREADS_MAX];
    struct sp_slice *slices;    /* SP_SLICES of them */
    struct sp_pending *pending; /* theirs */
};

/* A level's states in the order of discovery, 8 octets each. */
struct sp_level {
    struct sp_pieces states;
    uint64_t ordinal; /* of the first */
};

struct sp_search {
    const struct sp_explore_model *model;
    const struct sp_explore_limits *limits;
    struct sp_explore_result *result;

    struct sp_budget budget;
    struct sp_numbers numbers; /* all states found */
    struct sp_trail trail;     /* how they were reached */
    struct sp_level now;       /* the level being expanded */
    struct sp_level next;      /* what it led to */
    struct sp_pool pool;
    struct sp_worker worker[SP_EXPLORE_THREADS_MAX]; /* the first is the one that searches */
    uint64_t model_held;                             /* octets, as the model last said */

    uint32_t level;    /* of the states being expanded */
    uint64_t before;   /* states of the level before it */
    uint64_t known;    /* states that were found when the level began */
    uint64_t expanded; /* of this level, with all their successors in the set */
    uint32_t skip;     /* and so many actions of the one behind them */
    uint32_t
        surplus;  /* transitions that were counted though the state they lead to found no room */
    bool keeps;   /* a checkpoint is to be written */
    bool stopped; /* result->end says why */
    bool broken;  /* worker[0].error says how */

    double began; /* monotonic clock, seconds; earlier runs included in `spent` */
    double spent; /* seconds of the runs before this one */
    double reported;
    double kept; /* when the last checkpoint was written */
    struct sp_origin violation[64];
    struct sp_origin witness[64];
};

static inline uint64_t *sp_level_at(const struct sp_level *level, uint64_t place)
{
    return (uint64_t *)(void *)sp_pieces_at(&level->states, place * sizeof(uint64_t));
}

static inline uint64_t sp_level_count(const struct sp_level *level)
{
    return level->states.size / sizeof(uint64_t);
}

double sp_explore_now(void);

/* Notes the first breach of the model's contract; always false, so that it can be returned. */
bool sp_worker_broken(struct sp_worker *worker, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* slice.c: where the actions of a state lead, by the model, into worker->successors. False: the
 * model broke its contract. *count may be SP_EXPLORE_NO_NUMBER. */
bool sp_worker_expand(struct sp_worker *worker, uint64_t state, uint32_t *count);

/* Expands the states of a slice into it, as far as the model goes. */
void sp_slice_expand(struct sp_worker *worker, struct sp_slice *slice);

/* commit.c: an initial state, of that index. False: no memory, or the limit of states: the search
 * is stopped. */
bool sp_commit_initial(struct sp_search *search, uint64_t state, uint8_t index);

/* Puts what the slice found into the set, in order, until the search stops. */
void sp_commit(struct sp_search *search, const struct sp_slice *slice);

/* The search ends, unless it has already, for this reason. */
void sp_commit_stop(struct sp_search *search, enum sp_explore_end end);

/* Looks at the clock and the interrupt, and reports progress. It may be time for a checkpoint. */
void sp_commit_tick(struct sp_search *search);

/* pool.c: false: no memory, nothing to close. */
bool sp_pool_open(struct sp_search *search);
void sp_pool_close(struct sp_search *search);

/* Octets that all slices take. */
uint64_t sp_pool_octets(const struct sp_explore_model *model);

/* Expands the level from search->expanded on, until it is done, or a checkpoint is to be written,
 * or the search stops; no thread is at work any more then. False: the model broke its contract. */
bool sp_pool_level(struct sp_search *search);

/* path.c: the path to an origin. False: worker->error says why. */
bool sp_path_build(struct sp_search *search, const char *kind, unsigned bit,
                   const struct sp_origin *origin, struct sp_explore_path *path);

/* checkpoint.c: the search as it stands, into the folder of limits->checkpoint. False: it could not
 * be written, and what was there still is. */
bool sp_checkpoint_write(const struct sp_search *search);
void sp_checkpoint_remove(const char *folder);

/* Takes up the search in that folder. False: worker[0].error says why. */
bool sp_checkpoint_read(struct sp_search *search);

#endif
