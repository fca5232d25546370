/*
 * How a person wants to see a run: flags for verbs that draw one, and what its terminal can show.
 */
#ifndef SP_CLI_VIEW_H
#define SP_CLI_VIEW_H

#include "cli/cli.h"
#include "report/trace.h"

/* Rows of a ladder on a page: with what stands around it, about a screen of 50 lines. */
#define SP_VIEW_ROWS 24

/* Flags for verbs that draw a run. */
#define SP_VIEW_FLAGS                                                                              \
    {"--show", "FIELDS", "these fields of the TCB after every event: rcv_nxt,snd_una"},            \
    {                                                                                              \
        "--only", "A|B", "what this end sees: the other's events and losses are left out"          \
    }
#define SP_FULL_FLAG                                                                               \
    {                                                                                              \
        "--full", NULL,                                                                            \
            "every event, with its rule and RFC section, and the fields that it changed"           \
    }

struct sp_view_options {
    struct sp_ladder_options ladder;
    bool full;       /* with rules and changed fields, nothing folded */
    uint64_t fields; /* of changes: those of --show, or all */
};

/* --absolute, --rules, --show and --only, where the verb has them. A run is folded unless --full is
 * given. False: a complaint is written. */
bool sp_view_read(const struct sp_args *args, struct sp_view_options *view);

/* Colours for a stream that is a terminal, unless TERM is dumb or NO_COLOR is set; else none. */
const struct sp_paint *sp_paint_for(FILE *file);

#endif
