/*
 * What the parts of the judgement of liveness share. Not part of the interface (liveness.h).
 *
 * liveness.c owns it and judges; components.c finds strongly connected components, lasso.c builds
 * the paths, live.c looks at single states. States are known by their places in the set, which name
 * them but have no order that means anything.
 * The invariant: the graph is never stored. What a state leads to is asked of the model again.
 */
#ifndef SP_EXPLORE_LIVE_H
#define SP_EXPLORE_LIVE_H

#include "explore/liveness.h"

/* What is remembered of a state, in one word: a bit for each row of model->liveness, from bit 0,
 * and these. A row's bit says that the property is pending there and later, when the row is judged,
 * that the state shows a violation; for SP_LIVENESS_NO_WAY_OUT, that there is a way out. */
enum {
    SP_MARK_OWES = 1 << 24,   /* it has an action with a name */
    SP_MARK_CYCLIC = 1 << 25, /* it lies on some cycle */
    SP_MARK_MEMBER = 1 << 26, /* of the component that is being looked at */
};

#define SP_NO_PLACE UINT32_MAX

/* What is remembered of the state at a place; all 0 where there is none. */
struct sp_node {
    uint32_t mark; /* SP_MARK_ and rows */
    uint32_t low;  /* each walk and each search uses it for its own; all 0 before */
};

struct sp_live {
    const struct sp_explore_model *model;
    void *scratch;
    const struct sp_numbers *set;
    const struct sp_explore_limits *limits;
    struct sp_explore_result *result;
    struct sp_budget *budget;

    uint64_t held;        /* octets */
    uint32_t places;      /* of the set */
    uint32_t states;      /* in it */
    struct sp_node *node; /* by place */
    uint32_t *stack;      /* `states` places: those that a walk has met and not done with */
    uint16_t *frame;      /* `states` of them: where in its actions each place on a path stands */

    /* The state looked at last: its successors; and obligations, if `obliged`. */
    uint32_t at;
    uint32_t count;
    bool obliged;
    struct sp_successor *successors;
    struct sp_obligation *obligations;

    uint64_t looks;         /* states looked at so far */
    uint64_t done;          /* states whose component is known */
    double began, reported; /* monotonic clock, seconds */
    double spent;
    bool stopped; /* result->end or error says why */
    bool broken;  /* the model broke its contract */
    char *error;
    size_t error_capacity;
};

/* live.c. Those that return bool return false when judging has stopped. */

/* Stops for a reason that is no fault. Always false. */
bool sp_live_stop(struct sp_live *live, enum sp_explore_end end);

/* Stops with a sentence on how the model broke its contract. Always false. */
bool sp_live_broken(struct sp_live *live, const char *sentence);

/* Makes `successors` and `count` those of the state at a place. */
bool sp_live_look(struct sp_live *live, uint32_t place);

/* The same, and `obligations`. */
bool sp_live_look_owed(struct sp_live *live, uint32_t place);

/* The place of a state that was found before. */
bool sp_live_place(struct sp_live *live, uint64_t state, uint32_t *place);

/* Makes `low` of all places 0. */
void sp_live_clear_low(struct sp_live *live);

double sp_live_now(void);

/* Names, each once: weak ones, and strong ones. */
struct sp_names {
    uint32_t count;
    uint32_t strong;                           /* of them */
    uint64_t name[2 * SP_EXPLORE_ACTIONS_MAX]; /* the strong ones stand first */
};

/* The weak ones that the state looked at offers. */
void sp_names_offered(const struct sp_live *live, struct sp_names *names);

/* Adds the strong ones that the state looked at offers. False: there are too many. */
bool sp_names_add_strong(struct sp_live *live, struct sp_names *names);

/* The state looked at offers one of the strong ones. */
bool sp_names_offers_strong(const struct sp_live *live, const struct sp_names *names);

/* Drops the weak ones that the state looked at does not offer; false when there is none. */
bool sp_names_drop_missing(const struct sp_live *live, struct sp_names *names);

/* Drops one name, 0 too; false when it is not there. */
bool sp_names_drop(struct sp_names *names, uint64_t name);

/* components.c: the strongly connected components of a part of the graph, one after the other, each
 * after those that it leads to. */

struct sp_walk {
    uint32_t needed;  /* the part: states with all these marks */
    bool quiet;       /* and quiet actions alone */
    bool surveying;   /* all states are met for the first time: their marks are filled in */
    uint32_t gathers; /* of these marks a state takes those of every state that it leads to */
    uint32_t next;    /* the place to begin from next; SP_NO_PLACE: nowhere any more */
    uint32_t met;     /* states so far */
    uint32_t depth;   /* of the path: stack[0..depth) */
    uint32_t waiting; /* states behind the path: stack[states - waiting..states) */
};

struct sp_component {
    const uint32_t *member; /* places, until the next one is asked for */
    uint32_t count;
    bool cyclic; /* an action within the component leads from a member to a member */
};

/* A walk over all of the part, or over what one state of it reaches: the last component is its
 * own. live->low is all 0. */
void sp_walk_all(struct sp_walk *walk);
bool sp_walk_from(struct sp_live *live, struct sp_walk *walk, uint32_t place);

/* The next component. False: there is none, or judging has stopped. */
bool sp_walk_next(struct sp_live *live, struct sp_walk *walk, struct sp_component *component);

/* lasso.c: paths for the rows of `rows` (their marks), each to the first state with that mark; sets
 * their bits in the result. */
bool sp_lasso_build(struct sp_live *live, uint32_t rows);

#endif
