/*
 * A lesson: a question, its answer in words, and the searches that show it.
 *
 * It is a folder proofs/lessons/N-NAME below the data directory: `script` (the steps), lesson.en
 * and lesson.zh (the words), and bounds files. A script has a step a line, # begins a comment:
 *
 *     say KEY                                       words alone
 *     invariant PROPERTY KEY                        what must hold, with its RFC section, and words
 *     find KEY BOUNDS [OPTION...] ? EXPR => found|none [events N] [segments N]
 *     check KEY BOUNDS [OPTION...] => PASS|PROPERTY [events N]
 *     states KEY BOUNDS [OPTION...] => PASS         check, and the joint states that were reached
 *     replay KEY FILE [OPTION...] => PASS           a script beside it, on today's machine
 *
 * KEY: the words that say what it shows. BOUNDS: a file BOUNDS.bounds in the folder. OPTION: a
 * setting KEY=VALUE as in a bounds file, + for a blank; judge=S5,S6 (these properties alone) or
 * judge=-S52 (all others); rules, absolute (of the ladder); brief (no ladder). `find` judges
 * nothing: it asks what can be reached. segments: how many were sent in the run.
 *
 * Words: "@KEY" alone on a line, then paragraphs with an empty line between them.
 */
#ifndef SP_CLI_LESSON_H
#define SP_CLI_LESSON_H

#include "cli/cli.h"
#include "cli/files.h"
#include "explore/explore.h"
#include "oracle/query.h"
#include "report/trace.h"
#include "setup/words.h"

/* Words of one file, by key. */
struct sp_words {
    struct sp_bytes bytes; /* their text */
    size_t count;
    const char *key[96];
    const char *text[96];
};

/* Reads the file. False: a complaint is written. sp_words_free must follow either way. */
bool sp_words_read(const char *path, struct sp_words *words);
void sp_words_free(struct sp_words *words);

/* The words of that key; NULL: there are none, and a complaint is written. */
const char *sp_words_of(const struct sp_words *words, const char *key);

struct sp_lesson {
    unsigned number;
    char path[1024];         /* of its folder */
    const char *language;    /* "en", "zh" */
    struct sp_words words;   /* lesson.LANGUAGE */
    struct sp_words phrases; /* phrases.LANGUAGE beside the folders */
};

/* Opens lesson `number` in that language. False: a complaint is written. sp_lesson_close must
 * follow either way. */
bool sp_lesson_open(struct sp_lesson *lesson, unsigned number, const char *language);
void sp_lesson_close(struct sp_lesson *lesson);

enum sp_lesson_verb {
    SP_LESSON_SAY,
    SP_LESSON_INVARIANT,
    SP_LESSON_FIND,
    SP_LESSON_CHECK,
    SP_LESSON_STATES,
    SP_LESSON_REPLAY,
    SP_LESSON_VERBS,
};

#define SP_ANY_COUNT SIZE_MAX

/* How a search ended, or must end. */
struct sp_outcome {
    bool found;                /* find: there is such a run; check: a violation */
    enum sp_property violated; /* SP_PROPERTY_COUNT: none */
    size_t events;             /* of the run; SP_ANY_COUNT: whatever */
    size_t segments;           /* sent in it; likewise */
};

struct sp_lesson_step {
    enum sp_lesson_verb verb;
    unsigned line;
    char key[64];
    char bounds[64];   /* or the script's name, or the property's id */
    char changed[256]; /* the settings of bounds, as given: ", msl=off" */
    struct sp_setup setup;
    uint64_t judged;
    bool rules, absolute, brief;
    char question[512];
    struct sp_query query;
    struct sp_outcome expected;
};

/* Reads one line, which is neither empty nor a comment. False: why has a sentence. */
bool sp_lesson_parse(const struct sp_lesson *lesson, struct sp_span line,
                     struct sp_lesson_step *step, char *why, size_t capacity);

/* What the search of a step found. */
struct sp_lesson_found {
    struct sp_explore_result result;
    struct sp_outcome outcome;
    struct sp_script script; /* of the run that was found; script.action is to be freed */
    struct sp_trace trace;   /* trace.step is to be freed */
    _Atomic uint32_t joint[SP_STATE_COUNT]; /* states: bit b of [a]: A in a with B in b */
};

/* Searches. False: the tool failed, and a complaint is written. sp_lesson_forget must follow. */
bool sp_lesson_run(const struct sp_lesson *lesson, const struct sp_lesson_step *step,
                   struct sp_lesson_found *found);
void sp_lesson_forget(struct sp_lesson_found *found);

/* The head of the lesson; the page of one step. False: words are missing, and a complaint is
 * written. */
bool sp_lesson_show_head(const struct sp_lesson *lesson);
bool sp_lesson_show(const struct sp_lesson *lesson, const struct sp_lesson_step *step,
                    const struct sp_lesson_found *found);

/* What was expected of the step instead of what was found. */
void sp_lesson_show_unexpected(const struct sp_lesson_step *step, const struct sp_outcome *outcome);

#endif
