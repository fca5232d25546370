/*
 * How a campaign stands, in the same terms for both engines: read from its folder at any time, by
 * any process.
 *
 * Inputs run, combinations and rules come from the board, which the targets write; edges and what
 * the engine itself reports from the engine's own files.
 */
#ifndef SP_CAMPAIGN_STATUS_H
#define SP_CAMPAIGN_STATUS_H

#include "campaign/plan.h"

#include <stdint.h>

/* Names, sorted. */
struct sp_names {
    char **at;
    size_t count;
};

/* Names in a directory for which wanted says yes; empty when there is no directory. */
struct sp_names sp_names_of(const char *directory, bool (*wanted)(const char *name));
void sp_names_free(struct sp_names *names);

/* Signatures of findings have "/" for "+" in their names, and end with ".bin". */
bool sp_is_finding(const char *name);

struct sp_status {
    uint64_t execs;           /* inputs run by all processes since the campaign began */
    uint64_t edges;           /* edges of the target's code reached, as the engine counts them */
    uint32_t combinations;    /* state x event x rule seen, of SP_COMBINATIONS */
    uint32_t rules;           /* rules seen in any of them */
    uint64_t newest;          /* time(2) of the last new combination; 0: none yet */
    uint64_t corpus;          /* inputs in the corpus (AFL++: of the instance that has most) */
    uint64_t crashes;         /* saved by the engine: the process died */
    uint64_t hangs;           /* saved by the engine: took too long */
    uint64_t oom;             /* saved by the engine: took too much memory (libFuzzer) */
    struct sp_names findings; /* files in OUT/findings */
};

/* Reads how the campaign in the folder `out` stands. Free the findings. */
void sp_status_read(enum sp_engine engine, const char *out, struct sp_status *status);
void sp_status_free(struct sp_status *status);

/* A number "name : value" of a fuzzer_stats text; 0 when it is not there. */
uint64_t sp_afl_stat(const char *text, const char *name);

/* A column of the last whole line of a plot_data text, whose first line names them; 0 when it is
 * not there. */
uint64_t sp_afl_plot(const char *text, const char *name);

/* The number behind the last "cov:" of a libFuzzer log, unless the text ends within it. */
uint64_t sp_libfuzzer_edges(const char *text);

#endif
