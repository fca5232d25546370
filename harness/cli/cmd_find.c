/*
 * synproof find: the shortest run to a world that a question describes.
 *
 * The question is asked of every world that the search comes to, the ones it begins with too, and
 * the answer is one more witness for the explorer. Violations do not matter here, but the search
 * does not go beyond one. The invariant: VACUOUS is said only when every behaviour was covered, to
 * its end.
 */
#include "cli/find.h"
#include "cli/setup.h"
#include "oracle/oracle.h"

#include <stdlib.h>
#include <string.h>

_Static_assert(SP_WITNESS_COUNT <= SP_TCP_GOAL, "the goal is a witness beside those of the oracle");

static bool is_goal(const void *to, const struct sp_setup *setup, const struct sp_world *world)
{
    (void)setup;
    return sp_query_holds(to, world);
}

/* A run may begin in such a world: no event is needed. */
static bool begins_there(struct sp_find *find)
{
    struct sp_world world;
    for (uint32_t i = 0; i < sp_world_initials(&find->setup); i++) {
        sp_world_init(&find->setup, i, false, &world);
        if (sp_query_holds(&find->query, &world)) {
            find->path = (struct sp_explore_path){.found = true, .initial = i};
            return true;
        }
    }
    return false;
}

/* False: the search itself failed, and a complaint is written. */
static bool search(struct sp_find *find)
{
    char error[256];
    sp_tcp_look_for(find->tcp, is_goal, &find->query);
    struct sp_explore_model model = sp_tcp_model(find->tcp);
    find->limits.stop_on_witness = (uint64_t)1 << SP_TCP_GOAL;
    sp_progress_begin("find", find->bounds, &find->limits);
    bool searched = sp_explore(&model, &find->limits, &find->result, error, sizeof error);
    sp_progress_end();
    if (!searched) {
        sp_say("the search failed: %s", error);
        return false;
    }
    find->path = find->result.witness[SP_TCP_GOAL];
    return true;
}

static enum sp_exit answer(struct sp_find *find)
{
    sp_find_report_head(find);
    if (!begins_there(find) && !search(find)) {
        return sp_finish(stdout, SP_EXIT_ERROR, "verb=find");
    }
    if (find->path.found) {
        return sp_find_report_end(find, sp_find_report_run(find) ? SP_EXIT_PASS : SP_EXIT_ERROR);
    }
    bool covered = find->result.end == SP_EXPLORE_COMPLETE && find->result.violated == 0;
    return sp_find_report_end(find, covered ? SP_EXIT_VACUOUS : SP_EXIT_INCOMPLETE);
}

static bool prepare(const struct sp_args *args, struct sp_find *find)
{
    const char *bounds = args->operands > 1 ? args->operand[1] : SP_BOUNDS_DEFAULT;
    struct sp_setup *setup = &find->setup;
    struct sp_complaint complaint;
    find->text = args->operand[0];
    if (!sp_query_parse(&find->query, find->text, strlen(find->text), &complaint)) {
        sp_say("find: %s; 'synproof help find' lists the fields", complaint.text);
        return false;
    }
    if (!sp_search_limits(args, &find->limits) || !sp_setup_load(bounds, setup) ||
        !sp_setup_override(args, setup)) {
        return false;
    }
    /* The mirror image of a world answers another question. */
    find->exchanged = setup->bounds.symmetry;
    setup->bounds.symmetry = false;
    sp_setup_name(args, bounds, find->bounds, sizeof find->bounds);
    sp_policy_name(setup, find->policy, sizeof find->policy);
    find->tcp = sp_tcp_open(setup, find->limits.memory / 8);
    if (find->tcp == NULL) {
        sp_say("out of memory");
    }
    return find->tcp != NULL;
}

enum sp_exit sp_cmd_find(const struct sp_args *args)
{
    struct sp_find *find = calloc(1, sizeof *find);
    if (find == NULL) {
        sp_say("out of memory");
        return sp_finish(stdout, SP_EXIT_ERROR, "verb=find");
    }
    enum sp_exit code =
        prepare(args, find) ? answer(find) : sp_finish(stdout, SP_EXIT_USAGE, "verb=find");
    sp_explore_free(&find->result);
    sp_tcp_close(find->tcp);
    free(find);
    return code;
}
