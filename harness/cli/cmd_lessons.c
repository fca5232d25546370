/*
 * synproof lessons: eight questions on TCP, each answered by searches that run now.
 *
 * The steps are data (lesson.h): this file takes them one after the other. The invariant: PASS is
 * said only when every step ended as its script says; a step that did not is named.
 */
#include "cli/lesson.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { LESSONS = 8 };

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static enum sp_exit list(const char *language)
{
    for (unsigned number = 1; number <= LESSONS; number++) {
        struct sp_lesson lesson;
        const char *title = NULL;
        if (sp_lesson_open(&lesson, number, language)) {
            title = sp_words_of(&lesson.words, "title");
        }
        if (title != NULL) {
            printf("%u  %s\n", number, title);
        }
        sp_lesson_close(&lesson);
        if (title == NULL) {
            return sp_finish(stdout, SP_EXIT_USAGE, "verb=lessons");
        }
    }
    return sp_finish(stdout, SP_EXIT_PASS, "lessons=%d lang=%s", LESSONS, language);
}

static bool is_as_expected(const struct sp_outcome *expected, const struct sp_outcome *seen)
{
    return expected->found == seen->found && expected->violated == seen->violated &&
           (expected->events == SP_ANY_COUNT || expected->events == seen->events) &&
           (expected->segments == SP_ANY_COUNT || expected->segments == seen->segments);
}

/* Runs and shows one step. */
static enum sp_exit take_step(const struct sp_lesson *lesson, const struct sp_lesson_step *step)
{
    struct sp_lesson_found *found = calloc(1, sizeof *found);
    enum sp_exit code = SP_EXIT_ERROR;
    if (found == NULL) {
        sp_say("out of memory");
        return code;
    }
    bool searches = step->verb > SP_LESSON_INVARIANT;
    if (!searches || sp_lesson_run(lesson, step, found)) {
        code = sp_lesson_show(lesson, step, found) ? SP_EXIT_PASS : SP_EXIT_USAGE;
    }
    if (code == SP_EXIT_PASS && searches && !is_as_expected(&step->expected, &found->outcome)) {
        sp_lesson_show_unexpected(step, &found->outcome);
        code = SP_EXIT_FAIL;
    }
    sp_lesson_forget(found);
    free(found);
    fflush(stdout);
    return code;
}

/* All steps of the script, up to the first that does not end as it should; its key in `failed`. */
static enum sp_exit take_steps(const struct sp_lesson *lesson, struct sp_bytes script,
                               struct sp_lesson_step *step, unsigned *steps)
{
    struct sp_span rest = {(const char *)script.at, script.size};
    struct sp_span line;
    enum sp_exit code = SP_EXIT_PASS;
    for (unsigned number = 1; code == SP_EXIT_PASS && sp_span_line(&rest, &line); number++) {
        char why[512];
        line = sp_span_trim(sp_span_uncomment(line));
        if (line.size == 0) {
            continue;
        }
        memset(step, 0, sizeof *step);
        step->line = number;
        if (!sp_lesson_parse(lesson, line, step, why, sizeof why)) {
            sp_say("%s/script:%u: %s", lesson->path, number, why);
            return SP_EXIT_USAGE;
        }
        code = take_step(lesson, step);
        *steps += code == SP_EXIT_PASS;
    }
    return code;
}

static enum sp_exit teach(unsigned number, const char *language)
{
    struct sp_lesson lesson;
    struct sp_bytes script = {NULL, 0};
    struct sp_lesson_step *step = calloc(1, sizeof *step);
    char path[1100];
    unsigned steps = 0;
    const double start = now();
    enum sp_exit code = SP_EXIT_USAGE;
    bool opened = sp_lesson_open(&lesson, number, language) && step != NULL;
    snprintf(path, sizeof path, "%s/script", lesson.path);
    if (opened && sp_file_read(path, &script) && sp_lesson_show_head(&lesson)) {
        code = take_steps(&lesson, script, step, &steps);
    }
    printf("\n");
    bool failed = code == SP_EXIT_FAIL && step != NULL;
    sp_finish(stdout, code, "lesson=%u lang=%s steps=%u%s%s seconds=%.1f", number, language, steps,
              failed ? " failed=" : "", failed ? step->key : "", now() - start);
    free(script.at);
    free(step);
    sp_lesson_close(&lesson);
    return code;
}

enum sp_exit sp_cmd_lessons(const struct sp_args *args)
{
    const char *language = sp_args_value(args, "--lang");
    language = language == NULL ? "en" : language;
    if (strcmp(language, "en") != 0 && strcmp(language, "zh") != 0) {
        sp_say("--lang %s: en or zh is valid", language);
        return sp_finish(stdout, SP_EXIT_USAGE, "verb=lessons");
    }
    if (args->operands == 0) {
        return list(language);
    }
    const char *word = args->operand[0];
    if (strlen(word) != 1 || word[0] < '1' || word[0] > '0' + LESSONS) {
        sp_say("lessons: there is no lesson '%s'; 1 to %d are valid, 'synproof lessons' lists them",
               word, LESSONS);
        return sp_finish(stdout, SP_EXIT_USAGE, "verb=lessons");
    }
    return teach((unsigned)(word[0] - '0'), language);
}
