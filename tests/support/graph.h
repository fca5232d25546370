/*
 * Graphs written down by hand as models of the explorer, for what is judged on graphs: liveness.
 *
 * A state is a node, an action an edge. The number that stands for a node may be changed, so that a
 * test sees whether anything depends on it.
 */
#ifndef SP_TESTS_GRAPH_H
#define SP_TESTS_GRAPH_H

#include "explore/liveness.h"

struct graph_edge {
    uint32_t from;
    uint32_t to;
    uint64_t name; /* of what is owed; 0: nothing */
    bool quiet;
};

/* This name, and no other, is owed by strong fairness. */
#define GRAPH_STRONG 4

struct graph {
    uint32_t nodes;
    const struct graph_edge *edge; /* the actions of a node are its edges, in this order */
    uint32_t edges;
    const uint64_t *pending; /* by node */
    const struct sp_liveness *row;
    uint32_t rows;
    uint32_t initial; /* node */
    uint64_t twist;   /* the number of a node is node XOR twist; below 2^40 */
};
struct sp_explore_model graph_model(const struct graph *graph);

/* All states that a model reaches, found by the simplest search there is. Free the set. */
void graph_reach(const struct sp_explore_model *model, struct sp_numbers *set,
                 struct sp_budget *budget);

/* Judges a model with all its reachable states and no limits. Free with graph_free. */
void graph_judge(const struct sp_explore_model *model, struct sp_explore_result *result);
void graph_free(struct sp_explore_result *result);

/*
 * Fails the test unless the path of a violated row is what liveness.h promises: it begins in its
 * initial state, each action leads on, all states from `loop` on are pending; a cycle closes and is
 * fair (or quiet), by the definitions of fairness applied to that one cycle; a path without a
 * cycle ends where nothing is owed (or, no way out: anywhere pending).
 */
void graph_check_path(const struct sp_explore_model *model, const struct sp_liveness *row,
                      const struct sp_explore_path *path);

#endif
