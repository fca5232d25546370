/*
 * synproof check --all-faults: is every fault caught, by the property that the RFC says it breaks?
 *
 * Each row of the table is one search that ends with the first level on which a property is
 * violated. The invariant: a fault counts as caught only when its own property is among those, and
 * the run is as long as the row says.
 */
#include "cli/check.h"
#include "cli/setup.h"
#include "cli/zoo.h"
#include "report/buffer.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

struct sp_zoo_run {
    struct sp_zoo zoo;
    struct sp_explore_limits limits;
    struct sp_setup setup;
    struct sp_explore_result result;
    struct sp_ci ci;
    unsigned caught;
    char astray[SP_SEARCH_LIST_MAX]; /* faults that were not caught as expected */
};

/* Flags that a check of one fault takes and this one does not. */
static bool refuses(const struct sp_args *args)
{
    static const char *const refused[] = {"--policy",     "--fault",  "--set",  "--store",
                                          "--checkpoint", "--resume", "--json", "--keep-every"};
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        if (sp_args_value(args, refused[i]) != NULL) {
            sp_say("check: --all-faults takes no %s: each fault has its own row", refused[i]);
            return true;
        }
    }
    if (args->operands > 0) {
        sp_say("check: --all-faults takes no BOUNDS: each fault has its own row");
    }
    return args->operands > 0;
}

/* A fault that is not caught as its row says, and why. */
static void note_astray(struct sp_zoo_run *run, const char *word, const char *why)
{
    sp_ci_case(&run->ci, SP_EXIT_VACUOUS, word, "%s", why);
    sp_ci_note(&run->ci, SP_EXIT_VACUOUS, "", "%s: %s", word, why);
    size_t size = strlen(run->astray);
    snprintf(run->astray + size, sizeof run->astray - size, "%s%s", size == 0 ? "" : ",", word);
}

/* The violated property to name: the expected one, or else the first with the shortest run. */
static unsigned caught_by(const struct sp_explore_result *r, enum sp_property expected)
{
    unsigned best = SP_PROPERTY_COUNT;
    if ((r->violated >> expected & 1) != 0) {
        return expected;
    }
    for (unsigned i = 0; i < SP_PROPERTY_COUNT; i++) {
        bool shorter =
            best == SP_PROPERTY_COUNT || r->violation[i].count < r->violation[best].count;
        if ((r->violated >> i & 1) != 0 && shorter) {
            best = i;
        }
    }
    return best;
}

static void report(struct sp_zoo_run *run, enum sp_fault fault)
{
    const struct sp_zoo_row *row = &run->zoo.row[fault];
    const struct sp_explore_result *r = &run->result;
    char states[SP_GROUPED_TEXT];
    char end[64] = "nothing";
    size_t length = 0;
    unsigned by = caught_by(r, row->property);
    if (by == SP_PROPERTY_COUNT && r->end != SP_EXPLORE_COMPLETE) {
        sp_search_end_word(r, end, sizeof end);
    } else if (by != SP_PROPERTY_COUNT) {
        length = r->violation[by].count;
        snprintf(end, sizeof end, "%s", sp_property_info((enum sp_property)by)->id);
    }
    bool good = by == row->property && length == row->length &&
                strcmp(sp_property_info(row->property)->id, sp_fault_info(fault)->property) == 0;
    printf("%-42s %-8s %5zu %10s %7.1f", sp_fault_word(fault), end, length,
           sp_grouped(r->states, states, sizeof states), r->seconds);
    if (good) {
        run->caught++;
        printf("\n");
        sp_ci_case(&run->ci, SP_EXIT_PASS, sp_fault_word(fault), "%s", "");
    } else {
        char why[256];
        snprintf(why, sizeof why, "%s%s, %zu events; row: %s %zu; zoo: %s",
                 by == SP_PROPERTY_COUNT ? "not caught: " : "caught by ", end, length,
                 sp_property_info(row->property)->id, row->length, sp_fault_info(fault)->property);
        printf("  %s\n", strstr(why, "row: "));
        note_astray(run, sp_fault_word(fault), why);
    }
    sp_ci_took(&run->ci, r->seconds);
}

/* False: the tool failed, and a complaint is written. */
static bool check_fault(struct sp_zoo_run *run, enum sp_fault fault)
{
    char error[256];
    if (!run->zoo.row[fault].there) {
        printf("%-42s has no row in proofs/must_fail/expected\n", sp_fault_word(fault));
        note_astray(run, sp_fault_word(fault), "has no row in proofs/must_fail/expected");
        return true;
    }
    if (!sp_zoo_load(&run->zoo.row[fault], fault, &run->setup)) {
        return false;
    }
    struct sp_tcp *tcp = sp_tcp_open(&run->setup, run->limits.memory / 8);
    if (tcp == NULL) {
        sp_say("out of memory");
        return false;
    }
    struct sp_explore_model model = sp_tcp_model(tcp);
    sp_progress_begin("check", sp_fault_word(fault), &run->limits);
    bool searched = sp_explore(&model, &run->limits, &run->result, error, sizeof error);
    sp_progress_end();
    if (searched) {
        report(run, fault);
        fflush(stdout);
    } else {
        sp_say("%s: the search failed: %s", sp_fault_word(fault), error);
    }
    sp_explore_free(&run->result);
    memset(&run->result, 0, sizeof run->result);
    sp_tcp_close(tcp);
    return searched;
}

static enum sp_exit check_all(struct sp_zoo_run *run)
{
    run->limits.stop_on = UINT64_MAX;
    printf("%-42s %-8s %5s %10s %7s\n", "fault", "caught by", "trace", "states", "seconds");
    for (unsigned i = SP_FAULT_NONE + 1; i < SP_FAULT_COUNT; i++) {
        if (!check_fault(run, (enum sp_fault)i)) {
            sp_ci_case(&run->ci, SP_EXIT_ERROR, sp_fault_word((enum sp_fault)i),
                       "was not searched");
            sp_ci_write(&run->ci, SP_EXIT_ERROR);
            return sp_finish(stdout, SP_EXIT_ERROR, "verb=check");
        }
    }
    const bool all = run->astray[0] == '\0';
    enum sp_exit code = all ? SP_EXIT_PASS : SP_EXIT_VACUOUS;
    sp_ci_fact(&run->ci, "faults", "%d", SP_FAULT_COUNT - 1);
    sp_ci_fact(&run->ci, "caught", "%u", run->caught);
    code = sp_ci_write(&run->ci, code) ? code : SP_EXIT_ERROR;
    return sp_finish(stdout, code, "faults=%d caught=%u%s%s", SP_FAULT_COUNT - 1, run->caught,
                     all ? "" : " astray=", run->astray);
}

enum sp_exit sp_zoo_check(const struct sp_args *args)
{
    struct sp_zoo_run *run = calloc(1, sizeof *run);
    if (run == NULL) {
        sp_say("out of memory");
        return sp_finish(stdout, SP_EXIT_ERROR, "verb=check");
    }
    bool good = !refuses(args) && sp_search_limits(args, &run->limits) && sp_zoo_read(&run->zoo) &&
                sp_ci_open(&run->ci, args);
    sp_ci_subject(&run->ci, "all faults");
    enum sp_exit code = good ? check_all(run) : sp_finish(stdout, SP_EXIT_USAGE, "verb=check");
    sp_ci_free(&run->ci);
    free(run);
    return code;
}
