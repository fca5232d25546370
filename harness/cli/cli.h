/*
 * What the verbs of the command line share: exit codes, arguments, complaints, the closing record.
 *
 * A verb is one function in cmd_<verb>.c and one row in verbs.c. It writes its answer to standard
 * output, messages and progress to standard error, ends with sp_finish, and returns what that
 * returns.
 */
#ifndef SP_CLI_CLI_H
#define SP_CLI_CLI_H

#include "report/writer.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* Exit codes, one table for all verbs. The words stand first in the closing record. */
enum sp_exit {
    SP_EXIT_PASS = 0,  /* all of what was asked was covered, nothing is wrong */
    SP_EXIT_FAIL = 1,  /* a violation, or a replay whose verdict differs */
    SP_EXIT_USAGE = 2, /* wrong arguments, bounds or input */
    SP_EXIT_INCOMPLETE =
        3, /* stopped by a limit or a signal: nothing wrong found, not all covered */
    SP_EXIT_VACUOUS =
        4, /* complete, but an expected witness, or what was sought, was never reached */
    SP_EXIT_STALE = 5, /* the input no longer shows its recorded verdict */
    SP_EXIT_ERROR = 6, /* the tool itself failed */
};

/* "PASS", "FAIL", ... */
const char *sp_exit_word(enum sp_exit code);

/* A flag of a verb. */
struct sp_flag {
    const char *name;     /* "--policy" */
    const char *value;    /* what follows it, "P"; NULL when nothing does */
    const char *sentence; /* what it does */
};

struct sp_args;

struct sp_verb {
    const char *name;
    const char *operands; /* "[BOUNDS]"; "" when it takes none */
    const char *sentence; /* what it answers */
    const char *more;     /* paragraphs for its help page; a line each, "" when there is no need */
    const struct sp_flag *flags; /* ends with a row without name; may be NULL */
    size_t operands_min;
    size_t operands_max;
    enum sp_exit (*run)(const struct sp_args *args);
    void (*list)(FILE *to); /* writes the end of its help page; NULL when there is no need */
};

/* Flags that one command may give; more is a mistake. */
#define SP_FLAGS_MAX 64

struct sp_args {
    const struct sp_verb *verb;
    const char **operand;
    size_t operands;
    struct {
        const struct sp_flag *flag;
        const char *value; /* NULL when it takes none */
    } given[SP_FLAGS_MAX]; /* in the order given */
    size_t flags;
    bool help; /* --help was among them */
};

/* Sorts the words behind the verb into args->operand (room for count) and args->given.
 * False: a message is written. */
bool sp_args_parse(struct sp_args *args, const struct sp_verb *verb, const char **words,
                   size_t count, const char **operands);

/* The value of the last flag of that name ("--json"), "" when it takes none, or NULL. */
const char *sp_args_value(const struct sp_args *args, const char *name);

/* Values of flags, when they are given; false: a complaint is written. A time in seconds (90s, 5m,
 * 2h), at least `least`; a whole number from 1 to `most`; --progress, with its usual value when it
 * is not given. */
bool sp_args_seconds(const struct sp_args *args, const char *name, double least, double *seconds);
bool sp_args_number(const struct sp_args *args, const char *name, unsigned most, unsigned *number);
bool sp_args_progress(const struct sp_args *args, double *seconds);

/* Every verb, ending with a row without name. */
extern const struct sp_verb sp_verbs[];

enum sp_exit sp_cmd_check(const struct sp_args *args);
enum sp_exit sp_cmd_find(const struct sp_args *args);
enum sp_exit sp_cmd_explore(const struct sp_args *args);
enum sp_exit sp_cmd_replay(const struct sp_args *args);
enum sp_exit sp_cmd_show(const struct sp_args *args);
enum sp_exit sp_cmd_min(const struct sp_args *args);
enum sp_exit sp_cmd_triage(const struct sp_args *args);
enum sp_exit sp_cmd_keep(const struct sp_args *args);
enum sp_exit sp_cmd_policies(const struct sp_args *args);
enum sp_exit sp_cmd_properties(const struct sp_args *args);
enum sp_exit sp_cmd_rules(const struct sp_args *args);
enum sp_exit sp_cmd_faults(const struct sp_args *args);
enum sp_exit sp_cmd_lessons(const struct sp_args *args);
enum sp_exit sp_cmd_bounds(const struct sp_args *args);
enum sp_exit sp_cmd_coverage(const struct sp_args *args);
enum sp_exit sp_cmd_requirements(const struct sp_args *args);
enum sp_exit sp_cmd_diagram(const struct sp_args *args);
enum sp_exit sp_cmd_witnesses(const struct sp_args *args);
enum sp_exit sp_cmd_fuzz(const struct sp_args *args);
enum sp_exit sp_cmd_doctor(const struct sp_args *args);
enum sp_exit sp_cmd_help(const struct sp_args *args);

/* The first page, and the page of one verb. */
void sp_help_overview(FILE *to);
void sp_help_verb(FILE *to, const struct sp_verb *verb);

/* What can be fuzzed. */
void sp_fuzz_help(FILE *to);

/* The fields that a question of `find` may name. */
void sp_find_help(FILE *to);

/* From now on an interrupt ends the work in good order, another one a second later the program.
 * Returns what is not 0 once there was one. */
const volatile int *sp_interruptible(void);

/* How this program is called, as a word for a shell: its path when it was given one, so that a
 * command that is printed works when it is copied; else its name. */
void sp_program_set(const char *path);
const char *sp_program(void);

/* A word as a shell takes it: quoted when it has anything but plain characters. Returns text. */
const char *sp_shell_word(const char *word, char *text, size_t capacity);

/* "synproof: ..." on standard error, one line. */
void sp_say(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The closing record: the word of the code and fields "key=value", on one line. Returns code. */
enum sp_exit sp_finish(FILE *to, enum sp_exit code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* A name of a file for a line of output: control characters, which could begin a line or a command
 * of their own, become "?". Returns text. */
const char *sp_plain_name(const char *name, char *text, size_t capacity);
#define SP_PLAIN_NAME_MAX 4096

/* A value for the record: quoted as a JSON string when it has anything but plain characters.
 * Returns text. */
const char *sp_record_value(const char *value, char *text, size_t capacity);

/* A writer to a stream. */
struct sp_writer sp_file_writer(FILE *file);

/* Words separated by spaces, wrapped at 100 columns; every line begins with `indent` spaces, but
 * for the first, which continues what is `column` columns wide already. Ends the line. */
void sp_wrap(const struct sp_writer *writer, size_t column, size_t indent, const char *text);

/* The candidate with the smallest edit distance to word, or NULL when none is near. Candidates end
 * with NULL. */
const char *sp_nearest_of(const char *word, const char *const *candidates);

/* A whole number of things, grouped by thousands: "2,084,764". Returns text. */
const char *sp_grouped(unsigned long long number, char *text, size_t capacity);
#define SP_GROUPED_TEXT 32

#endif
