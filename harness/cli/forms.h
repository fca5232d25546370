/*
 * The forms in which `show` writes a run: a row each, in forms.c.
 *
 * A form writes into memory: nothing of it is seen before it is whole.
 */
#ifndef SP_CLI_FORMS_H
#define SP_CLI_FORMS_H

#include "cli/cli.h"
#include "cli/input.h"
#include "report/trace.h"

/* What a form is made of. */
struct sp_show {
    const struct sp_input *input;
    const struct sp_trace *trace;    /* the run of it; NULL when the form has no need of it */
    struct sp_ladder_options ladder; /* what the flags ask for, nothing folded */
};

struct sp_show_form {
    const char *name;
    bool uses_trace;
    const char *sentence; /* what it is for, on one line */
    const char *example;  /* what follows "synproof show " */
    bool (*make)(const struct sp_show *show, const struct sp_writer *to); /* false: no memory */
    /* NULL, or: can it be made of this input? False: a complaint is written. */
    bool (*ready)(const struct sp_input *input);
};

/* Every form, ending with a row without name. */
extern const struct sp_show_form sp_show_forms[];

/* NULL: a complaint that lists the forms is written. */
const struct sp_show_form *sp_show_form_find(const char *name);

/* The end of the help page: every form with its example. */
void sp_show_help(FILE *to);

#endif
