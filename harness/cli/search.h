/*
 * What the verbs that search share: limits, progress, what was covered, and the run that was found
 * as a script in runs/.
 */
#ifndef SP_CLI_SEARCH_H
#define SP_CLI_SEARCH_H

#include "cli/cli.h"
#include "event/script.h"
#include "explore/explore.h"

/* Room for the name of bounds or a policy with all that --set changed. */
#define SP_SEARCH_NAME_MAX 512

/* Room for a list of all properties or witnesses by name. */
#define SP_SEARCH_LIST_MAX 4096

/* Room for the name of a file in runs/. */
#define SP_RUN_FILE_MAX 64

/* Flags for verbs that search. */
#define SP_SEARCH_FLAGS                                                                            \
    {"--threads", "N",                                                                             \
     "search with N threads (one a core when not given); no result depends on it"},                \
        {"--budget", "TIME",                                                                       \
         "end after this wall-clock time (90s, 5m, 2h): INCOMPLETE, not PASS"},                    \
        {"--memory", "SIZE", "end when the search holds this much (512M, 8G)"},                    \
        {"--states", "N", "end after N distinct states"},                                          \
    {                                                                                              \
        "--depth", "N", "end after N events"                                                       \
    }
#define SP_PROGRESS_FLAG                                                                           \
    {                                                                                              \
        "--progress", "SECONDS",                                                                   \
            "a line of progress this often; 0: never (1 on a terminal, else 30)"                   \
    }

/* SP_SEARCH_FLAGS and SP_PROGRESS_FLAG. False: a complaint is written. */
bool sp_search_limits(const struct sp_args *args, struct sp_explore_limits *limits);

/* Progress on standard error, headed by the verb and the name of the bounds, until sp_progress_end;
 * an interrupt of the terminal ends the search. */
void sp_progress_begin(const char *verb, const char *bounds, struct sp_explore_limits *limits);
void sp_progress_end(void);

/* "complete: 131 states, ..." on standard output. */
void sp_search_covered(const struct sp_explore_result *result);

/* "out-of-time": how the search ended, without spaces. */
void sp_search_end_word(const struct sp_explore_result *result, char *text, size_t capacity);

/* Ids of the properties in the set, "S5,S38". */
void sp_search_properties(uint64_t set, const char *comma, char *text, size_t capacity);

/* The script's text with the comment (lines that begin with "#") behind its first line; free() it.
 * NULL: out of memory. */
char *sp_script_text(const struct sp_script *script, const char *comment);

/* Writes the script, with the comment (lines that begin with "#") behind its first line, to
 * runs/<stem>-<n>.sps, with the first n that is free or holds the same already. file has room for
 * SP_RUN_FILE_MAX; it is "" when nothing was written, and then a complaint was. */
void sp_run_save(const struct sp_script *script, const char *stem, const char *comment, char *file);

/* Commands that a run may be worth; all but these are worth it always. */
enum {
    SP_COMMAND_REPLAY = 1, /* it was not replayed just now */
    SP_COMMAND_MIN = 2,    /* it violates something, and may become smaller */
    SP_COMMAND_KEEP = 4,   /* it violates something */
};

/* The commands to go on with from that file, on standard output, to be copied; nothing for "". They
 * repeat --policy, --fault and --set of args, if it is not NULL; `keep`, which takes none, is left
 * out then. */
void sp_run_commands(const char *file, unsigned commands, const struct sp_args *args);

#endif
