/*
 * Liveness: what a finite graph of all reachable states says of infinite runs.
 *
 * After a complete, exact search without violation the set of numbers holds every reachable state.
 * A run that goes on for ever then stays, from some point on, in one strongly connected component,
 * and whether it is fair is decided on components (O. Lichtenstein, A. Pnueli, 1985; components: R.
 * Tarjan, 1972, in one array after D. J. Pearce, 2016).
 *
 * Weak fairness: an action with a name, enabled in every state from some point of a run on, is
 * taken again and again. Strong fairness, of names that are SP_ACTION_STRONG: one enabled again and
 * again is. A run may also stop, where no action with a name is enabled: nobody must act.
 *
 * SP_LIVENESS_STUCK_IN    violated by a fair run that stays among pending states, or stops in one.
 * SP_LIVENESS_NO_WAY_OUT  violated by a pending state from which none but pending ones are reached.
 * SP_LIVENESS_STORM       violated by a cycle of quiet actions through pending states alone.
 *
 * What is found does not depend on the numbers of states or on where they stand: the state shown is
 * the first in breadth-first order from the initial states and in the order of actions, and so is
 * every step of its cycle.
 */
#ifndef SP_EXPLORE_LIVENESS_H
#define SP_EXPLORE_LIVENESS_H

#include "explore/explore.h"
#include "explore/numbers.h"

/* Rows of model->liveness, at most: each has a bit in a word a state. */
#define SP_LIVENESS_ROWS_MAX 24

/* Octets that judging holds beside the set, for so many places and states. */
uint64_t sp_liveness_octets(const struct sp_explore_model *model, uint64_t places, uint64_t states);

/*
 * Judges every row of model->liveness. `set`: all reachable states; it must not change meanwhile.
 * `scratch`: as of a thread of the search. `spent`: seconds of limits->seconds that are used up
 * already. Of limits, seconds, progress_every, progress, to, interrupted and asked count; progress
 * is that of a last level that holds all states.
 *
 * Of a violated row the bit is set in result->violated, and result->violation has a path: to the
 * first state that shows it, and for a run that goes on for ever around its cycle once, which ends
 * where it began (loop < count). A row for which the model is NULL in `owed` is owed nothing.
 *
 * result->end, SP_EXPLORE_COMPLETE before, says whether all was decided: else it is out of memory,
 * out of time or interrupted, and only violations whose paths were finished count.
 * False: the model broke its contract; error has a sentence, 0-terminated.
 */
bool sp_liveness_judge(const struct sp_explore_model *model, void *scratch,
                       const struct sp_numbers *set, struct sp_budget *budget,
                       const struct sp_explore_limits *limits, double spent,
                       struct sp_explore_result *result, char *error, size_t error_capacity);

#endif
