/*
 * One run of `synproof find`, from its arguments to its verdict; the parts of the verb share it.
 */
#ifndef SP_CLI_FIND_H
#define SP_CLI_FIND_H

#include "cli/search.h"
#include "oracle/query.h"
#include "report/trace.h"
#include "world/tcp.h"

struct sp_find {
    const char *text; /* the question */
    struct sp_setup setup;
    struct sp_query query;
    struct sp_tcp *tcp;              /* the model */
    bool exchanged;                  /* the bounds asked for symmetry, which is off here */
    char bounds[SP_SEARCH_NAME_MAX]; /* as asked for, with what --set changed */
    char policy[SP_SEARCH_NAME_MAX];
    struct sp_explore_limits limits;
    struct sp_explore_result result;
    struct sp_explore_path path; /* to the goal; its actions belong to the result */
    char file[SP_RUN_FILE_MAX];  /* of the run that was found; "" */
};

/* What stands before the search. */
void sp_find_report_head(const struct sp_find *find);

/* The page of the run that was found, which is kept in runs/ and noted in find->file. False: it
 * could not be followed, and a complaint is written. */
bool sp_find_report_run(struct sp_find *find);

/* What was covered, and the closing record. Returns code. */
enum sp_exit sp_find_report_end(const struct sp_find *find, enum sp_exit code);

#endif
