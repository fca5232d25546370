/*
 * Why some rules and cells are not reached: the table proofs/coverage/unreached below the data
 * directory.
 *
 *     a reason, on one line
 *       rule NAME...
 *       cell STATE EVENT...
 *
 * A reason that begins with "search: " is one of searches alone: an input may reach it.
 */
#ifndef SP_CLI_REASONS_H
#define SP_CLI_REASONS_H

#include "event/event.h"
#include "machine/output.h"
#include "machine/tcb.h"

#include <stdbool.h>

/* States times events. */
#define SP_CELLS ((unsigned)SP_STATE_COUNT * (unsigned)SP_EVENT_COUNT)

struct sp_reasons {
    char *text; /* of the file, cut into the reasons that the others point to */
    const char *rule[SP_RULE_COUNT]; /* NULL: none */
    const char *cell[SP_STATE_COUNT][SP_EVENT_COUNT];
};

/* With or without the reasons of searches alone. False: a complaint that names its line is written.
 * Free it in either case. */
bool sp_reasons_read(struct sp_reasons *reasons, bool of_searches);
void sp_reasons_free(struct sp_reasons *reasons);

#endif
