/*
 * The search of one step, here and now: nothing of it is stored.
 *
 * The invariant: the run that is shown is the replay of a script, as in `check` and `find`.
 */
#include "cli/input.h"
#include "cli/lesson.h"
#include "world/tcp.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

static bool is_goal(const void *to, const struct sp_setup *setup, const struct sp_world *world)
{
    (void)setup;
    return sp_query_holds(to, world);
}

/* Not a goal: it notes the states that two ends of one connection are in. */
static bool note_states(const void *to, const struct sp_setup *setup, const struct sp_world *world)
{
    _Atomic uint32_t *const joint = *(_Atomic uint32_t *const *)to;
    (void)setup;
    if (sp_world_paired(world)) {
        atomic_fetch_or_explicit(&joint[world->host[SP_A].tcb.state],
                                 1u << world->host[SP_B].tcb.state, memory_order_relaxed);
    }
    return false;
}

/* The property that was expected when it is among those violated, else the first. */
static enum sp_property violated_of(const struct sp_lesson_step *step,
                                    const struct sp_explore_result *result)
{
    enum sp_property wanted = step->expected.violated;
    if (wanted != SP_PROPERTY_COUNT && (result->violated >> wanted & 1) != 0) {
        return wanted;
    }
    unsigned first = 0;
    while (first < SP_PROPERTY_COUNT && (result->violated >> first & 1) == 0) {
        first++;
    }
    return (enum sp_property)first;
}

/* Replays found->script, and speaks of the judged properties alone. */
static bool follow(const struct sp_lesson_step *step, struct sp_lesson_found *found)
{
    if (!sp_input_run(&found->script, &found->trace)) {
        return false;
    }
    found->outcome.events = found->trace.count;
    found->outcome.segments = 0;
    for (size_t i = 0; i < found->trace.count; i++) {
        struct sp_trace_step *at = &found->trace.step[i];
        at->findings.violated &= step->judged;
        found->outcome.segments += at->step.acted ? at->step.output.sent : 0;
    }
    return true;
}

static bool take_result(const struct sp_lesson_step *step, const struct sp_tcp *tcp,
                        struct sp_lesson_found *found)
{
    const struct sp_explore_result *result = &found->result;
    const struct sp_explore_path *path = NULL;
    char error[256];
    found->outcome.violated = SP_PROPERTY_COUNT;
    if (step->verb == SP_LESSON_FIND) {
        path = &result->witness[SP_TCP_GOAL];
    } else if (result->violated != 0) {
        found->outcome.violated = violated_of(step, result);
        path = &result->violation[found->outcome.violated];
    }
    found->outcome.found = path != NULL && path->found;
    if (!found->outcome.found) {
        return true;
    }
    if (!sp_tcp_script(tcp, path, &found->script, error, sizeof error)) {
        sp_say("%s: %s", step->key, error);
        return false;
    }
    return follow(step, found);
}

static bool search(const struct sp_lesson_step *step, struct sp_lesson_found *found)
{
    char error[256];
    _Atomic uint32_t *joint = found->joint;
    const bool finds = step->verb == SP_LESSON_FIND;
    struct sp_tcp *tcp = sp_tcp_open(&step->setup, 0);
    if (tcp == NULL) {
        sp_say("out of memory");
        return false;
    }
    sp_tcp_judge(tcp, step->judged);
    if (finds) {
        sp_tcp_look_for(tcp, is_goal, &step->query);
    } else if (step->verb == SP_LESSON_STATES) {
        sp_tcp_look_for(tcp, note_states, &joint);
    }
    struct sp_explore_model model = sp_tcp_model(tcp);
    struct sp_explore_limits limits = {
        .stop_on = step->judged,
        .stop_on_witness = finds ? UINT64_C(1) << SP_TCP_GOAL : 0,
    };
    bool good = sp_explore(&model, &limits, &found->result, error, sizeof error);
    if (!good) {
        sp_say("the search failed: %s", error);
    }
    good = good && take_result(step, tcp, found);
    sp_tcp_close(tcp);
    return good;
}

/* A script that stands in the folder. */
static bool replay(const struct sp_lesson *lesson, const struct sp_lesson_step *step,
                   struct sp_lesson_found *found)
{
    char path[1200];
    struct sp_input input;
    snprintf(path, sizeof path, "%s/%s.sps", lesson->path, step->bounds);
    bool good = sp_input_read(path, 0, &input);
    if (good) {
        found->script = input.script;
        input.script.action = NULL;
        good = follow(step, found);
        found->outcome.violated = SP_PROPERTY_COUNT;
        found->outcome.found = (found->trace.violated & step->judged) != 0;
    }
    sp_input_free(&input);
    return good;
}

bool sp_lesson_run(const struct sp_lesson *lesson, const struct sp_lesson_step *step,
                   struct sp_lesson_found *found)
{
    memset(found, 0, sizeof *found);
    return step->verb == SP_LESSON_REPLAY ? replay(lesson, step, found) : search(step, found);
}

void sp_lesson_forget(struct sp_lesson_found *found)
{
    free(found->trace.step);
    free(found->script.action);
    sp_explore_free(&found->result);
}
