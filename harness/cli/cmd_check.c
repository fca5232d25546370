/*
 * synproof check: every behaviour within bounds, against every property.
 *
 * The order: understand all that was asked and open what will be written, say what will be covered,
 * search, say what was. The invariant: PASS is said only when the search was complete, nothing was
 * violated, and every witness that the bounds can reach was reached.
 */
#include "cli/check.h"
#include "cli/setup.h"
#include "cli/zoo.h"

#include <stdlib.h>
#include <unistd.h>

/* The violated property with the shortest counterexample, the first of those. */
static enum sp_property nearest_violation(const struct sp_check *check)
{
    unsigned best = SP_PROPERTY_COUNT;
    for (unsigned i = 0; i < SP_PROPERTY_COUNT; i++) {
        const struct sp_explore_path *path = &check->result.violation[i];
        bool better =
            best == SP_PROPERTY_COUNT || path->count < check->result.violation[best].count;
        if ((check->result.violated >> i & 1) != 0 && path->found && better) {
            best = i;
        }
    }
    return (enum sp_property)best;
}

/* One page in full, so that it fits on a screen; the others by name and file, before it. */
static bool report_violations(struct sp_check *check)
{
    enum sp_property first = nearest_violation(check);
    bool good = true;
    for (unsigned i = 0; i < SP_PROPERTY_COUNT; i++) {
        if ((check->result.violated >> i & 1) != 0 && i != first) {
            good &= sp_check_report_violation(check, (enum sp_property)i, false);
        }
    }
    if (check->result.violated != 0 && first != SP_PROPERTY_COUNT) {
        good &= sp_check_report_violation(check, first, true);
    }
    return good;
}

static enum sp_exit search(struct sp_check *check)
{
    char error[256];
    struct sp_explore_model model = sp_tcp_model(check->tcp);
    sp_check_report_head(check);
    sp_progress_begin("check", check->bounds, &check->limits);
    bool searched = sp_explore(&model, &check->limits, &check->result, error, sizeof error);
    sp_progress_end();
    if (!searched) {
        sp_say("the search failed: %s", error);
        check->verdict = SP_EXIT_ERROR;
        sp_check_ci_write(check, error);
        sp_explore_free(&check->result);
        return sp_finish(stdout, SP_EXIT_ERROR, "verb=check");
    }
    check->verdict = sp_check_verdict(&check->result, check->expected);
    bool good = report_violations(check);
    good &= sp_check_json_write(check);
    check->verdict = good ? check->verdict : SP_EXIT_ERROR;
    check->verdict = sp_check_ci_write(check, NULL) ? check->verdict : SP_EXIT_ERROR;
    sp_check_report_end(check);
    sp_explore_free(&check->result);
    return check->verdict;
}

/* Without BOUNDS: those of the fault's row in the zoo, or the usual ones. */
static bool load_default(const struct sp_args *args, struct sp_check *check, char *name,
                         size_t capacity)
{
    const char *word = sp_args_value(args, "--fault");
    enum sp_fault fault = word == NULL ? SP_FAULT_NONE : sp_zoo_find(word);
    struct sp_zoo zoo;
    snprintf(name, capacity, "%s", SP_BOUNDS_DEFAULT);
    if (fault == SP_FAULT_NONE) {
        return sp_setup_load(name, &check->setup);
    }
    if (!sp_zoo_read(&zoo)) {
        return false;
    }
    if (!zoo.row[fault].there) {
        return sp_setup_load(name, &check->setup);
    }
    snprintf(name, capacity, "%s", zoo.row[fault].bounds);
    return sp_zoo_load(&zoo.row[fault], fault, &check->setup);
}

bool sp_check_setup(const struct sp_args *args, struct sp_check *check)
{
    char name[SP_SEARCH_NAME_MAX];
    const char *bounds = args->operands > 0 ? args->operand[0] : name;
    bool loaded = args->operands > 0 ? sp_setup_load(bounds, &check->setup)
                                     : load_default(args, check, name, sizeof name);
    if (!loaded || !sp_setup_override(args, &check->setup)) {
        return false;
    }
    sp_setup_name(args, bounds, check->bounds, sizeof check->bounds);
    sp_policy_name(&check->setup, check->policy, sizeof check->policy);
    return true;
}

/* Of the memory that the search may hold, the remembered steps may take an eighth. */
static bool open_model(struct sp_check *check)
{
    check->tcp = sp_tcp_open(&check->setup, check->limits.memory / 8);
    if (check->tcp == NULL) {
        sp_say("out of memory");
        return false;
    }
    sp_tcp_judge(check->tcp, check->judged);
    return true;
}

static bool prepare(const struct sp_args *args, struct sp_check *check)
{
    bool resumes = sp_check_resumes(args);
    if (!sp_view_read(args, &check->view) || !sp_check_limits(args, check) ||
        !(resumes ? sp_check_resume(args, check) : sp_check_setup(args, check)) ||
        !sp_check_checkpoint(args, check) || !sp_ci_open(&check->ci, args) ||
        !sp_check_json_open(check, sp_args_value(args, "--json")) || !open_model(check)) {
        return false;
    }
    check->limits.stop_on = UINT64_MAX;
    check->expected = sp_oracle_expected(&check->setup);
    check->unjudged =
        sp_oracle_unjudged(&check->setup, check->judged) | (SP_PROPERTIES & ~check->judged);
    check->unassumed = sp_oracle_unassumed(&check->setup);
    return true;
}

enum sp_exit sp_cmd_check(const struct sp_args *args)
{
    if (sp_args_value(args, "--all-faults") != NULL) {
        return sp_zoo_check(args);
    }
    struct sp_check *check = calloc(1, sizeof *check);
    if (check == NULL) {
        sp_say("out of memory");
        return sp_finish(stdout, SP_EXIT_ERROR, "verb=check");
    }
    check->json_file = -1;
    enum sp_exit code =
        prepare(args, check) ? search(check) : sp_finish(stdout, SP_EXIT_USAGE, "verb=check");
    if (check->json_file >= 0) {
        close(check->json_file);
    }
    sp_ci_free(&check->ci);
    sp_tcp_close(check->tcp);
    free(check);
    return code;
}
