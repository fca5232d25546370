/*
 * Gathering the kinds of steps that inputs and searches took (coverage.h).
 *
 * Inputs are run as replay runs them, but not judged; a search goes through all of its bounds, and
 * promises are not judged. The invariant: nothing is counted that the machine did not do.
 */
#include "cli/coverage.h"
#include "cli/files.h"
#include "cli/input.h"
#include "cli/search.h"
#include "cli/setup.h"
#include "oracle/oracle.h"
#include "world/tcp.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PATH_MAX 4096

/* Kinds of steps, at most: there are thousands. */
#define KINDS_MAX (1u << 20)

const char *sp_event_word(enum sp_event_kind kind)
{
    static const char *const words[SP_EVENT_COUNT] = {
        [SP_EVENT_OPEN_PASSIVE] = "OPEN_PASSIVE",
        [SP_EVENT_OPEN_ACTIVE] = "OPEN_ACTIVE",
        [SP_EVENT_SEND] = "SEND",
        [SP_EVENT_RECEIVE] = "RECEIVE",
        [SP_EVENT_CLOSE] = "CLOSE",
        [SP_EVENT_ABORT] = "ABORT",
        [SP_EVENT_STATUS] = "STATUS",
        [SP_EVENT_SEGMENT] = "SEGMENT",
        [SP_EVENT_USER_TIMEOUT] = "USER_TIMEOUT",
        [SP_EVENT_RETRANSMISSION] = "RETRANSMISSION",
        [SP_EVENT_TIME_WAIT] = "TIME_WAIT",
        [SP_EVENT_PERSIST] = "PERSIST",
        [SP_EVENT_DELAYED_ACK] = "DELAYED_ACK",
        [SP_EVENT_KEEP_ALIVE] = "KEEP_ALIVE",
    };
    return words[kind];
}

static bool add(struct sp_coverage *coverage, const struct sp_reaction *kind, uint64_t times)
{
    uint32_t number = sp_intern(&coverage->kinds, (const uint8_t *)kind, sizeof *kind, NULL, NULL);
    if (number == SP_INTERN_NONE) {
        sp_say("out of memory");
        coverage->failed = true;
        return false;
    }
    *(uint64_t *)sp_intern_at(&coverage->kinds, number)->record += times;
    return true;
}

uint64_t sp_coverage_kind(const struct sp_coverage *coverage, uint32_t index,
                          struct sp_reaction *kind)
{
    const struct sp_entry *entry = sp_intern_at(&coverage->kinds, index);
    memcpy(kind, entry->code, sizeof *kind);
    return *(const uint64_t *)entry->record;
}

static void run_script(struct sp_coverage *coverage, const struct sp_script *script)
{
    struct sp_world world;
    struct sp_step step;
    sp_world_init(&script->setup, 0, true, &world);
    for (size_t i = 0; i < script->count && !coverage->failed; i++) {
        coverage->events++;
        if (sp_world_act(&script->setup, &world, &script->action[i], &step) && step.acted) {
            struct sp_reaction kind;
            sp_reaction_of(&step, &world, &kind);
            add(coverage, &kind, 1);
        }
    }
}

static void add_file(const struct sp_args *args, struct sp_coverage *coverage, const char *path)
{
    struct sp_input *input = calloc(1, sizeof *input);
    if (input == NULL) {
        sp_say("out of memory");
        coverage->failed = true;
        return;
    }
    coverage->files++;
    if (sp_input_read(path, 0, input) && sp_setup_override(args, &input->script.setup)) {
        run_script(coverage, &input->script);
    } else {
        coverage->broken++;
    }
    sp_input_free(input);
    free(input);
}

static bool add_path(const struct sp_args *args, struct sp_coverage *coverage, const char *path)
{
    struct sp_paths paths = {NULL, 0, 0};
    bool good = sp_paths_add(&paths, path);
    for (size_t i = 0; i < paths.count && !coverage->failed; i++) {
        add_file(args, coverage, paths.at[i]);
    }
    sp_paths_free(&paths);
    return good;
}

/* The folder of a campaign: its inputs, not its logs. */
static bool add_campaign(const struct sp_args *args, struct sp_coverage *coverage, const char *path)
{
    char corpus[PATH_MAX];
    snprintf(corpus, sizeof corpus, "%s/corpus", path);
    if (sp_file_is_directory(corpus)) {
        return add_path(args, coverage, corpus);
    }
    sp_say("%s: a campaign without a corpus of its own; of AFL++ name the queues, %s/afl/*/queue",
           path, path);
    return false;
}

static bool is_campaign(const char *path)
{
    char file[PATH_MAX];
    snprintf(file, sizeof file, "%s/campaign", path);
    return sp_file_is_directory(path) && access(file, F_OK) == 0 && !sp_file_is_directory(file);
}

static bool add_inputs(const struct sp_args *args, struct sp_coverage *coverage, const char *path)
{
    return (is_campaign(path) ? add_campaign : add_path)(args, coverage, path);
}

static void take_kinds(struct sp_coverage *coverage, const struct sp_tcp *tcp)
{
    for (uint32_t i = 0; i < sp_tcp_reactions(tcp); i++) {
        struct sp_reaction kind;
        sp_tcp_reaction(tcp, i, &kind);
        add(coverage, &kind, 0);
    }
}

/* The search of opened bounds. False: it failed, and a complaint is written. */
static bool search(struct sp_coverage *coverage, struct sp_tcp *tcp, const char *bounds,
                   struct sp_explore_limits *limits)
{
    char error[256];
    struct sp_explore_result *result = calloc(1, sizeof *result);
    struct sp_explore_model model = sp_tcp_model(tcp);
    model.livenesses = 0;
    if (result == NULL) {
        sp_say("out of memory");
        return false;
    }
    sp_progress_begin("coverage", bounds, limits);
    bool searched = sp_explore(&model, limits, result, error, sizeof error);
    sp_progress_end();
    if (searched) {
        take_kinds(coverage, tcp);
        coverage->states += result->states;
        coverage->unfinished |= result->end != SP_EXPLORE_COMPLETE || result->violated != 0;
        coverage->interrupted |= result->end == SP_EXPLORE_INTERRUPTED;
    } else {
        sp_say("the search failed: %s", error);
    }
    sp_explore_free(result);
    free(result);
    return searched;
}

static bool add_bounds(const struct sp_args *args, struct sp_coverage *coverage, const char *bounds)
{
    struct sp_setup setup;
    struct sp_explore_limits limits = {0};
    char name[SP_SEARCH_NAME_MAX];
    if (!sp_setup_load(bounds, &setup) || !sp_setup_override(args, &setup) ||
        !sp_search_limits(args, &limits)) {
        return false;
    }
    sp_setup_name(args, bounds, name, sizeof name);
    struct sp_tcp *tcp = sp_tcp_open(&setup, limits.memory / 8);
    if (tcp == NULL) {
        sp_say("out of memory");
        coverage->failed = true;
        return false;
    }
    coverage->failed |= !search(coverage, tcp, name, &limits);
    sp_tcp_close(tcp);
    return !coverage->failed;
}

static bool is_bounds(const char *source)
{
    static const char tail[] = ".bounds";
    const size_t size = strlen(source);
    const bool named =
        size > sizeof tail - 1 && strcmp(source + size - (sizeof tail - 1), tail) == 0;
    return named || (strchr(source, '/') == NULL && access(source, F_OK) != 0);
}

bool sp_coverage_searches_alone(const struct sp_args *args)
{
    size_t i = 0;
    while (i < args->operands && is_bounds(args->operand[i])) {
        i++;
    }
    return i == args->operands;
}

static void name_source(struct sp_coverage *coverage, const char *source)
{
    const size_t size = strlen(coverage->sources);
    snprintf(coverage->sources + size, sizeof coverage->sources - size, "%s%s",
             size == 0 ? "" : ", ", source);
}

static void reach(struct sp_reach *reach, uint64_t times)
{
    reach->kinds++;
    reach->times += times;
}

/* Whether the rule fired before in this step. */
static bool repeated(const struct sp_reaction *kind, unsigned index)
{
    unsigned i = 0;
    while (kind->rule[i] != kind->rule[index]) {
        i++;
    }
    return i < index;
}

static void count(struct sp_coverage *coverage)
{
    for (uint32_t i = 0; i < coverage->kinds.count; i++) {
        struct sp_reaction kind;
        const uint64_t times = sp_coverage_kind(coverage, i, &kind);
        reach(&coverage->cell[kind.before][kind.event], times);
        for (unsigned r = 0; r < kind.rules; r++) {
            if (!repeated(&kind, r)) {
                reach(&coverage->rule[kind.rule[r]], times);
            }
        }
        if (kind.before != kind.after) {
            reach(&coverage->edge[kind.before][kind.after], times);
        }
    }
}

bool sp_coverage_gather(const struct sp_args *args, struct sp_coverage *coverage)
{
    *coverage = (struct sp_coverage){0};
    if (!sp_intern_init(&coverage->kinds, sizeof(uint64_t), KINDS_MAX)) {
        sp_say("out of memory");
        coverage->failed = true;
        return false;
    }
    for (size_t i = 0; i < args->operands && !coverage->interrupted; i++) {
        const char *source = args->operand[i];
        name_source(coverage, source);
        if (!(is_bounds(source) ? add_bounds : add_inputs)(args, coverage, source)) {
            return false;
        }
    }
    count(coverage);
    return !coverage->failed && (coverage->broken == 0 || coverage->kinds.count > 0);
}

void sp_coverage_free(struct sp_coverage *coverage)
{
    sp_intern_free(&coverage->kinds);
}

enum sp_exit sp_coverage_verdict(const struct sp_coverage *coverage)
{
    if (coverage->failed) {
        return SP_EXIT_ERROR;
    }
    if (coverage->broken > 0) {
        return SP_EXIT_USAGE;
    }
    return coverage->unfinished ? SP_EXIT_INCOMPLETE : SP_EXIT_PASS;
}
