/*
 * The plan of a campaign: which commands run a target on an engine with so many jobs.
 *
 * libFuzzer: N workers that share one corpus directory, each of which reads what the others add.
 * Not its fork mode: a fork master does not read what is added from outside while it runs, and the
 * jobs that it starts outlive it when it is killed. AFL++: a main instance and secondaries with
 * other power schedules in one sync directory; from the second job on one of them runs the binary
 * with AddressSanitizer, and one solves comparisons (CMPLOG).
 */
#ifndef SP_CAMPAIGN_PLAN_H
#define SP_CAMPAIGN_PLAN_H

#include <stdbool.h>
#include <stddef.h>

enum sp_engine { SP_ENGINE_LIBFUZZER, SP_ENGINE_AFL, SP_ENGINE_COUNT };

/* "libfuzzer", "afl". */
const char *sp_engine_name(enum sp_engine engine);

/* SP_ENGINE_COUNT: there is none of that name. */
enum sp_engine sp_engine_find(const char *name);

/* What can be fuzzed. */
struct sp_target {
    const char *name;
    bool events;          /* its inputs are scripts in the byte form: combinations are counted,
                             and the mutator of events applies */
    const char *sentence; /* what is asked of it */
};

/* Ends with a row without name. */
extern const struct sp_target sp_targets[];

/* NULL: there is none of that name. */
const struct sp_target *sp_target_find(const char *name);

/* Jobs that one campaign may have: more than that share no corpus well on one machine. */
#define SP_JOBS_MAX 64

/* What of this machine AFL++ objects to; each costs something (sp_machine_read says what). */
struct sp_quirks {
    bool core_piped; /* core dumps go to a program: a crash is seen late, and may count as a hang */
    bool governor;   /* the clock of the processor is lowered between runs: slower */
    bool wide_aslr;  /* more random bits than the sanitizers of clang before 18 can bear */
};

/* What the plan is made from. Paths are absolute. */
struct sp_plan_for {
    enum sp_engine engine;
    const struct sp_target *target;
    unsigned jobs;              /* 1..SP_JOBS_MAX */
    bool asan;                  /* AFL++: every instance runs the binary with AddressSanitizer */
    bool foreign;               /* AFL++: the main instance takes what others put in OUT/foreign */
    const char *binaries;       /* the build directory of the preset fuzz */
    const char *out;            /* the campaign's folder */
    const char *dict;           /* a dictionary, or NULL */
    const char *const *options; /* flags for libFuzzer, "-max_len=4096"; NULL ends them */
    struct sp_quirks quirks;
};

/* Words and settings of one command; more is a mistake. */
#define SP_COMMAND_WORDS 40
#define SP_COMMAND_TEXT  32768

struct sp_command {
    char name[24];                                 /* of the instance: "worker-1", "main", "asan" */
    const char *word[SP_COMMAND_WORDS + 1];        /* the program first; NULL ends them */
    const char *environment[SP_COMMAND_WORDS + 1]; /* "NAME=VALUE", added to ours; NULL ends them */
    size_t input;                                  /* AFL++: which word says where inputs are */
    size_t words;
    size_t settings;
    size_t size; /* of text */
    char text[SP_COMMAND_TEXT];
};

struct sp_plan {
    size_t count;
    struct sp_command command[SP_JOBS_MAX];
};

/* False: a command would be too long. */
bool sp_plan_make(const struct sp_plan_for *wish, struct sp_plan *plan);

/* An AFL++ instance that has an output directory already goes on from it. */
void sp_command_resume(struct sp_command *command);

/* The command as a line for a shell, with its settings before it. False: it does not fit. */
bool sp_command_line(const struct sp_command *command, char *line, size_t capacity);

#endif
