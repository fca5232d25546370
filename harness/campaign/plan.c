/*
 * Which commands run a campaign. A pure function of what was asked: it looks at no file and no
 * machine.
 *
 * The invariant: every command finds the campaign's board and findings by its environment alone, so
 * that a line of OUT/commands does the same when it is pasted into a shell.
 */
#include "campaign/plan.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

const struct sp_target sp_targets[] = {
    {"decode", false, "bytes to a header and back"},
    {"endpoint", true, "one end, every property after every step"},
    {"pair", true, "two ends and a bad network, every property after every step"},
    {"capture", false, "capture files"},
    {"script", false, "texts of scripts, bounds and questions"},
    {"canary", true, "a planted bug that every engine must find within seconds"},
    {"empty", false, "nothing: what the engine itself costs"},
    {NULL, false, NULL},
};

static const char *const engines[SP_ENGINE_COUNT] = {
    [SP_ENGINE_LIBFUZZER] = "libfuzzer",
    [SP_ENGINE_AFL] = "afl",
};

/* Power schedules of the instances, by their place; what comes after begins again. */
static const char *const schedules[] = {"fast", "explore", "coe",  "exploit",
                                        "lin",  "quad",    "rare", "seek"};
#define SCHEDULES (sizeof schedules / sizeof schedules[0])

/* An input of libFuzzer that takes so long (seconds), or so much memory (MB), is reported. AFL++
 * measures its seeds and allows a multiple, but calls it a hang only from HANG_MS on. */
#define TIMEOUT_S "10"
#define MEMORY_MB "2048"
#define HANG_MS   "10000"

const char *sp_engine_name(enum sp_engine engine)
{
    return engines[engine];
}

enum sp_engine sp_engine_find(const char *name)
{
    for (unsigned i = 0; i < SP_ENGINE_COUNT; i++) {
        if (strcmp(engines[i], name) == 0) {
            return (enum sp_engine)i;
        }
    }
    return SP_ENGINE_COUNT;
}

const struct sp_target *sp_target_find(const char *name)
{
    for (const struct sp_target *target = sp_targets; target->name != NULL; target++) {
        if (strcmp(target->name, name) == 0) {
            return target;
        }
    }
    return NULL;
}

/* A text that lives as long as the command; NULL when it is full. */
static const char *keep(struct sp_command *command, const char *format, va_list arguments)
{
    char *text = command->text + command->size;
    size_t room = sizeof command->text - command->size;
    int size = vsnprintf(text, room, format, arguments);
    if (size < 0 || (size_t)size >= room) {
        return NULL;
    }
    command->size += (size_t)size + 1;
    return text;
}

/* A list that is full keeps its count beyond the end, and sp_plan_make sees it. */
static void append(const char **list, size_t *count, const char *text)
{
    if (text == NULL || *count >= SP_COMMAND_WORDS) {
        *count = SP_COMMAND_WORDS + 1;
        return;
    }
    list[(*count)++] = text;
}

__attribute__((format(printf, 2, 3))) static void word(struct sp_command *command,
                                                       const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    append(command->word, &command->words, keep(command, format, arguments));
    va_end(arguments);
}

__attribute__((format(printf, 2, 3))) static void setting(struct sp_command *command,
                                                          const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    append(command->environment, &command->settings, keep(command, format, arguments));
    va_end(arguments);
}

static bool is_whole(const struct sp_command *command)
{
    return command->words <= SP_COMMAND_WORDS && command->settings <= SP_COMMAND_WORDS;
}

static void begin(struct sp_command *command, const struct sp_plan_for *wish)
{
    setting(command, "SYNPROOF_BOARD=%s/board", wish->out);
    setting(command, "SYNPROOF_FINDINGS=%s/findings", wish->out);
}

/* Every second worker takes the distance of compared values for coverage too: it goes deeper into
 * checks of single values, with a larger corpus. */
static void plan_worker(const struct sp_plan_for *wish, unsigned job, struct sp_command *command)
{
    snprintf(command->name, sizeof command->name, "worker-%u", job + 1);
    begin(command, wish);
    word(command, "%s/libfuzzer/%s", wish->binaries, wish->target->name);
    word(command, "-artifact_prefix=%s/crashes/", wish->out);
    word(command, "-timeout=" TIMEOUT_S);
    word(command, "-rss_limit_mb=" MEMORY_MB);
    if (wish->dict != NULL) {
        word(command, "-dict=%s", wish->dict);
    }
    if (job % 2 == 1) {
        word(command, "-use_value_profile=1");
    }
    for (const char *const *option = wish->options; option != NULL && *option != NULL; option++) {
        word(command, "%s", *option);
    }
    word(command, "%s/corpus", wish->out);
}

static void set_afl(const struct sp_plan_for *wish, bool main, struct sp_command *command)
{
    setting(command, "AFL_NO_UI=1");
    setting(command, "AFL_TRY_AFFINITY=1");
    setting(command, "AFL_HANG_TMOUT=" HANG_MS);
    setting(command, "AFL_SYNC_TIME=1");
    setting(command, "ASAN_OPTIONS=abort_on_error=1:detect_leaks=0:symbolize=0");
    setting(command, "UBSAN_OPTIONS=halt_on_error=1:abort_on_error=1:symbolize=0");
    if (wish->target->events) {
        setting(command, "AFL_CUSTOM_MUTATOR_LIBRARY=%s/afl/libmutator.so", wish->binaries);
        setting(command, "SYNPROOF_MUTATOR=%s",
                strcmp(wish->target->name, "endpoint") == 0 ? "endpoint" : "pair");
    }
    /* Else what others gave comes in after a minute, which a short run has not. */
    if (main && wish->foreign) {
        setting(command, "AFL_IMPORT_FIRST=1");
    }
    if (wish->quirks.core_piped) {
        setting(command, "AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1");
    }
    if (wish->quirks.governor) {
        setting(command, "AFL_SKIP_CPUFREQ=1");
    }
}

/* By place: main; asan; cmplog; then others by schedule alone. With two jobs asan does cmplog's
 * part as well. */
static void plan_instance(const struct sp_plan_for *wish, unsigned job, struct sp_command *command)
{
    const bool sanitized = wish->asan || job == 1;
    const bool compares = job == 2 || (job == 1 && wish->jobs == 2);
    static const char *const names[] = {"main", "asan", "cmplog"};
    if (job < 3) {
        snprintf(command->name, sizeof command->name, "%s", names[job]);
    } else {
        snprintf(command->name, sizeof command->name, "job-%u", job + 1);
    }
    begin(command, wish);
    set_afl(wish, job == 0, command);
    if (sanitized && wish->quirks.wide_aslr) {
        word(command, "setarch");
        word(command, "-R");
    }
    word(command, "afl-fuzz");
    word(command, job == 0 ? "-M" : "-S");
    word(command, "%s", command->name);
    word(command, "-i");
    command->input = command->words;
    word(command, "%s/seeds", wish->out);
    word(command, "-o");
    word(command, "%s/afl", wish->out);
    word(command, "-p");
    word(command, "%s", schedules[job % SCHEDULES]);
    word(command, "-t");
    word(command, "1000+");
    if (wish->dict != NULL) {
        word(command, "-x");
        word(command, "%s", wish->dict);
    }
    if (job == 0 && wish->foreign) {
        word(command, "-F");
        word(command, "%s/foreign", wish->out);
    }
    if (compares) {
        word(command, "-c");
        word(command, "%s/afl-cmplog/%s", wish->binaries, wish->target->name);
    }
    word(command, "--");
    word(command, "%s/%s/%s", wish->binaries, sanitized ? "afl-asan" : "afl", wish->target->name);
}

bool sp_plan_make(const struct sp_plan_for *wish, struct sp_plan *plan)
{
    memset(plan, 0, sizeof *plan);
    bool good = true;
    for (unsigned job = 0; job < wish->jobs; job++) {
        struct sp_command *command = &plan->command[plan->count++];
        if (wish->engine == SP_ENGINE_AFL) {
            plan_instance(wish, job, command);
        } else {
            plan_worker(wish, job, command);
        }
        good &= is_whole(command);
    }
    return good;
}

void sp_command_resume(struct sp_command *command)
{
    if (command->input > 0) {
        command->word[command->input] = "-";
    }
}

static bool is_plain(const char *text)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                "-_./=:,+@%";
    return text[0] != '\0' && text[strspn(text, plain)] == '\0';
}

struct line {
    char *text;
    size_t capacity;
    size_t size; /* more than capacity: it did not fit */
};

static void put(struct line *line, const char *text, size_t size)
{
    if (line->size + size < line->capacity) {
        memcpy(line->text + line->size, text, size);
        line->text[line->size + size] = '\0';
    }
    line->size += size;
}

static void put_quoted(struct line *line, const char *text)
{
    if (is_plain(text)) {
        put(line, text, strlen(text));
        return;
    }
    put(line, "'", 1);
    for (; *text != '\0'; text++) {
        if (*text == '\'') {
            put(line, "'\\''", 4);
        } else {
            put(line, text, 1);
        }
    }
    put(line, "'", 1);
}

bool sp_command_line(const struct sp_command *command, char *text, size_t capacity)
{
    struct line line = {text, capacity, 0};
    for (size_t i = 0; i < command->settings; i++) {
        const char *value = strchr(command->environment[i], '=') + 1;
        put(&line, command->environment[i], (size_t)(value - command->environment[i]));
        put_quoted(&line, value);
        put(&line, " ", 1);
    }
    for (size_t i = 0; i < command->words; i++) {
        put(&line, " ", i == 0 ? 0 : 1);
        put_quoted(&line, command->word[i]);
    }
    return line.size < capacity;
}
