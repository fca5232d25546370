/*
 * The page of a violation, one screen: what must hold and what was seen instead, the run that shows
 * it, the fields changed by its last step, and the commands to go on with.
 */
#ifndef SP_CLI_VIOLATION_H
#define SP_CLI_VIOLATION_H

#include "cli/view.h"

struct sp_violation {
    const char *word; /* that it begins with: "FAIL" */
    const struct sp_trace *trace;
    const struct sp_trace_step *step; /* of the trace: the one that shows it */
    enum sp_property property;
    const char *shortest; /* whether there is no shorter run, and why */
    const struct sp_view_options *view;
    const struct sp_args *args; /* whose settings the commands repeat; NULL: none */
    const char *file;           /* where the run is kept; "" when it is not */
    unsigned commands;          /* SP_COMMAND_ bits */
};

/* On standard output. */
void sp_violation_write(const struct sp_violation *page);

/* The first step of the trace that shows the property; of a promise the last one; or NULL. */
const struct sp_trace_step *sp_violation_step(const struct sp_trace *trace,
                                              enum sp_property property);

/* Every event's changed fields, on standard output: those in view. */
void sp_violation_changes(const struct sp_trace *trace, const struct sp_view_options *view);

#endif
