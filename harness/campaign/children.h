/*
 * The processes of a campaign: started with their logs, started again when they die, ended in good
 * order.
 *
 * A child is a keeper with its engine (keeper.h), so that none outlives us. It stands in a process
 * group of its own: a terminal's interrupt reaches us alone, and we end the children. Times are
 * seconds of any clock that only goes forward.
 */
#ifndef SP_CAMPAIGN_CHILDREN_H
#define SP_CAMPAIGN_CHILDREN_H

#include "campaign/plan.h"

#include <sys/types.h>

/* Between the end of a child and its next start: RESTART_MIN_S, doubled each time that it lived
 * shorter than STEADY_S, up to RESTART_MAX_S. */
#define SP_RESTART_MIN_S 1.0
#define SP_RESTART_MAX_S 60.0
#define SP_STEADY_S      10.0

/* A child that died so often, each time before it was steady and without anything to show for it,
 * will never run. */
#define SP_FAILURES_MAX 5

/* What children are given to end in good order, before they are killed. */
#define SP_GRACE_S 10.0

struct sp_child {
    struct sp_command *command;
    pid_t pid; /* 0: it does not run */
    double started;
    double due;        /* when it is started next */
    unsigned failures; /* since it was last steady */
    unsigned restarts;
    bool written; /* its command stands in OUT/commands */
};

struct sp_children {
    const char *out;
    size_t count;
    struct sp_child child[SP_JOBS_MAX];
};

/* How a child ended. */
struct sp_ended {
    struct sp_child *child;
    int status; /* as wait has it */
    double lived;
};

void sp_children_open(struct sp_children *children, struct sp_plan *plan, const char *out,
                      double now);

/* Starts those that are due. False: none could be made; errno says why. */
bool sp_children_start(struct sp_children *children, double now);

/* One that has ended since, which is due again later; false: none has. */
bool sp_children_ended(struct sp_children *children, double now, struct sp_ended *ended);

/* The child's death was for something: it has found what it died of, and is started at once. */
void sp_child_excuse(struct sp_child *child, double now);

unsigned sp_children_running(const struct sp_children *children);
unsigned sp_children_restarts(const struct sp_children *children);

/* No child runs, and none will. */
bool sp_children_hopeless(const struct sp_children *children);

/* Sends a signal to all that run: SIGINT to end in good order, SIGTERM to be killed. */
void sp_children_signal(const struct sp_children *children, int number);

/* Seconds until the next child is due; a large number when none is. */
double sp_children_next(const struct sp_children *children, double now);

/* "ended by itself (exit code 77)", "was ended by signal 9 (Killed)". */
void sp_ended_words(int status, char *text, size_t capacity);

#endif
