/*
 * What a run showed, in the terms of a CI system: cases, findings, notes, facts; and the files and
 * lines that CI systems read.
 *
 * A verb opens it before it works, adds to it as it goes, and writes it before its closing record.
 * Every text is the report's own copy, valid UTF-8 without control characters but line ends and
 * tabs. When memory runs out the report is spoiled, which sp_ci_write says: no call fails before.
 */
#ifndef SP_CI_CI_H
#define SP_CI_CI_H

#include "campaign/signature.h"
#include "cli/cli.h"
#include "report/trace.h"

#include <time.h>

/* Flags for verbs that report to CI systems. */
#define SP_CI_FLAGS                                                                                \
    {"--junit", "FILE", "write what was judged, a test case each, to FILE: JUnit XML"},            \
        {"--sarif", "FILE", "write what is wrong, with its way there, to FILE: SARIF 2.1.0"},      \
    {                                                                                              \
        "--github", NULL,                                                                          \
            "annotations for GitHub on standard output, and a summary in $GITHUB_STEP_SUMMARY"     \
    }

/* One event of a run. */
struct sp_ci_event {
    char *text;
    unsigned rule; /* enum sp_rule, the last that fired; SP_RULE_COUNT: no host acted */
    unsigned line; /* of the script, from 1; 0: it is no text */
};

/* A violation. */
struct sp_ci_finding {
    enum sp_property property; /* SP_PROPERTY_COUNT: an engine's own, a crash or a hang */
    char *signature;           /* "S5/ESTABLISHED/SYN_SENT_SYN_ACK" */
    char *claim;               /* the numbers behind it, on one line */
    char *ladder;              /* the run; "" where there is none */
    char *file;                /* its script or input, as a path; "" where there is none */
    unsigned rule;             /* enum sp_rule, the last that fired; SP_RULE_COUNT: none */
    struct sp_ci_event *event; /* up to the one that shows it */
    size_t events;
};

/* What one judgement came to. */
struct sp_ci_case {
    enum sp_exit code; /* FAIL is a failure; what is neither PASS nor FAIL decided nothing */
    bool skipped;      /* nothing was asked of it here; code is PASS */
    char *name;
    char *message; /* on one line; "" for a plain pass */
    double seconds;
    size_t finding; /* its first in sp_ci.finding, and how many */
    size_t findings;
};

/* What keeps the run from being a verdict, or is wrong beside the model. */
struct sp_ci_note {
    enum sp_exit code;
    char *text;
    char *file; /* as a path; "": of the run as a whole */
};

struct sp_ci_fact {
    char *name;
    char *value;
};

struct sp_ci {
    const char *verb;
    const char *junit;   /* path of the report; NULL: not asked for */
    const char *sarif;   /* the same */
    bool github;         /* annotations are asked for */
    const char *summary; /* with github: where GitHub reads the summary, or NULL */
    char *subject;       /* "bounds ci, policy rfc9293" */
    enum sp_exit code;   /* of the run; written by sp_ci_write */
    time_t began;
    double started; /* by the clock that only goes forward */
    double seconds; /* that the run took */
    struct sp_ci_case *at;
    size_t count;
    struct sp_ci_finding *finding;
    size_t findings;
    struct sp_ci_note *note;
    size_t notes;
    struct sp_ci_fact *fact;
    size_t facts;
    bool spoiled; /* memory ran out */
};

/* Reads the flags and makes sure that what they name can be written: it is not there yet, or it is
 * an earlier report of the same kind. False: a complaint is written. */
bool sp_ci_open(struct sp_ci *ci, const struct sp_args *args);

/* Something is asked for. Without that the calls below do nothing. */
bool sp_ci_wanted(const struct sp_ci *ci);

/* What the run is about: "bounds ci, policy rfc9293". */
void sp_ci_subject(struct sp_ci *ci, const char *format, ...) __attribute__((format(printf, 2, 3)));
void sp_ci_fact(struct sp_ci *ci, const char *name, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* A case; the message in printf's manner. */
void sp_ci_case(struct sp_ci *ci, enum sp_exit code, const char *name, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
void sp_ci_skip(struct sp_ci *ci, const char *name, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void sp_ci_note(struct sp_ci *ci, enum sp_exit code, const char *file, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* Seconds that the last case took. */
void sp_ci_took(struct sp_ci *ci, double seconds);

/* Adds to the last case what the step at `at` of the trace shows: claim, ladder and the events up
 * to it. file: of the run, "" for none. */
void sp_ci_found(struct sp_ci *ci, const struct sp_trace *trace, size_t at,
                 enum sp_property property, const char *file);

/* The same of every property that the trace violates, each where it shows first. */
void sp_ci_found_all(struct sp_ci *ci, const struct sp_trace *trace, const char *file);

/* The same of a file: what the input shows first under that signature. Nothing shows: it is added
 * without a run. */
void sp_ci_found_file(struct sp_ci *ci, const char *file, const char *signature);

/* What an engine holds against the target itself: "timeout/timeout-1c0ffee". */
void sp_ci_found_crash(struct sp_ci *ci, const char *signature, const char *file);

/* Writes all that is asked for. False: a complaint is written. */
bool sp_ci_write(struct sp_ci *ci, enum sp_exit code);
void sp_ci_free(struct sp_ci *ci);

/* The formats. text: an open stream, to which all of the format is written. False: out of memory.
 */
void sp_junit_write(const struct sp_ci *ci, FILE *text);
bool sp_sarif_write(const struct sp_ci *ci, FILE *text);
void sp_github_annotate(const struct sp_ci *ci, FILE *text);
void sp_github_summary(const struct sp_ci *ci, FILE *text);

#endif
