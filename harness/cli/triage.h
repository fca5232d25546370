/*
 * A triage and its reports.
 */
#ifndef SP_CLI_TRIAGE_H
#define SP_CLI_TRIAGE_H

#include "campaign/triage.h"
#include "ci/ci.h"
#include "cli/files.h"
#include "cli/finding.h"

/* Where the smallest are kept when nothing else is said, below the directory of the inputs. */
#define SP_TRIAGE_FOLDER "/triaged"

#define SP_TRIAGE_PATH_MAX 4096
#define SP_TRIAGE_KEPT_MAX (SP_TRIAGE_PATH_MAX + SP_SIGNATURE_MAX + 8)

struct sp_triage {
    const char *directory;
    const char *target;
    const char *json;             /* a path, or NULL */
    char out[SP_TRIAGE_PATH_MAX]; /* the folder of what is kept */
    bool min;
    bool scripts;                    /* the target's inputs are scripts */
    const volatile int *interrupted; /* not 0: stop */
    struct sp_paths paths;           /* all files; an input is named by its number here */
    struct sp_groups groups;
    size_t *unexplained; /* numbers of inputs that an engine set aside and that show no property */
    size_t unexplained_count;
    size_t failing; /* of those, the ones that are failures */
    size_t inputs;  /* run */
    size_t broken;  /* could not be read */
    size_t errors;  /* of this tool */
    struct sp_ci ci;
};

/* Where the smallest input of a signature is kept. Returns path; room for SP_TRIAGE_KEPT_MAX. */
const char *sp_triage_kept(const struct sp_triage *triage, const struct sp_sighting *sighting,
                           char *path);

/* The table of findings, and what shows no property, on standard output. */
void sp_triage_report(const struct sp_triage *triage);

/* The same for machines. False: a complaint is written. */
bool sp_triage_json(const struct sp_triage *triage, enum sp_exit code);

/* The reports for CI systems. False: a complaint is written. */
bool sp_triage_ci(struct sp_triage *triage, enum sp_exit code);

#endif
