/*
 * The world of two TCPs as a model of the explorer, and the way back from a path to a script.
 *
 * A world is three parts: host A, host B, the network. Of each there are few different ones,
 * whatever the number of worlds: each gets a number, exactly once, and a state of the explorer is
 * three numbers side by side. And because a step is pure, what a host does on an event is found out
 * once: its new state, what it sends, and what the oracle says of the step depend on the host, its
 * peer, the event and the clock, and are remembered under these. The step function is called for
 * what is new only.
 */
#ifndef SP_WORLD_TCP_H
#define SP_WORLD_TCP_H

#include "event/script.h"
#include "explore/explore.h"
#include "net/reaction.h"
#include "net/world.h"

struct sp_tcp;

/* A property of worlds to look for: shown as witness SP_TCP_GOAL by every action that leads to one.
 */
#define SP_TCP_GOAL 63
typedef bool sp_tcp_goal(const void *to, const struct sp_setup *setup,
                         const struct sp_world *world);

/* setup must live as long as the model is used. memory: octets that the remembered steps may take,
 * about; 0: as many as pay. NULL: no memory. */
struct sp_tcp *sp_tcp_open(const struct sp_setup *setup, uint64_t memory);
void sp_tcp_close(struct sp_tcp *tcp);

void sp_tcp_look_for(struct sp_tcp *tcp, sp_tcp_goal *goal, const void *to);

/* Judges these properties alone (bits; all when this is not called): a run goes on through what
 * violates another. Before sp_tcp_model. */
void sp_tcp_judge(struct sp_tcp *tcp, uint64_t properties);

struct sp_explore_model sp_tcp_model(struct sp_tcp *tcp);

/* The world that a state of the explorer stands for (one of them, with symmetry). */
void sp_tcp_world(const struct sp_tcp *tcp, uint64_t state, struct sp_world *world);

/* How much of each kind there is, for reports. */
struct sp_tcp_figures {
    uint32_t hosts[2]; /* different states of A and of B; with symmetry both are those of either */
    uint32_t networks; /* different states of the network */
    uint64_t steps;    /* taken by the step function: the others were remembered */
};
void sp_tcp_figures(const struct sp_tcp *tcp, struct sp_tcp_figures *figures);

/* The kinds of steps that hosts took, each once, in no order; index below their number. Of a search
 * that was taken up from a checkpoint only those since. No search may run meanwhile. */
uint32_t sp_tcp_reactions(const struct sp_tcp *tcp);
void sp_tcp_reaction(const struct sp_tcp *tcp, uint32_t index, struct sp_reaction *reaction);

/*
 * The explorer's path to a violation or witness `bit` as a script, in a setup whose lists of
 * initial sequence numbers are narrowed to the choice the path began with. script->action is
 * allocated; the caller frees it. False: out of memory, or the path does not replay (an error of
 * this tool); error has a sentence.
 */
bool sp_tcp_script(const struct sp_tcp *tcp, const struct sp_explore_path *path,
                   struct sp_script *script, char *error, size_t error_capacity);

#endif
