/*
 * Replays a script in a world and keeps every step of it.
 *
 * It decides nothing: the world acts, the oracle judges. The invariant: step i of the trace is what
 * action i of the script did, whether or not it was possible, and the world after step i is the one
 * in which action i + 1 happens.
 */
#include "report/trace.h"

/* A world in which nothing can happen any more is judged as a whole (deadlock). The verdict is
 * noted at the step that led there. */
static void judge_end(struct sp_trace *trace)
{
    const struct sp_setup *setup = &trace->script->setup;
    if (trace->count == 0) {
        return;
    }
    struct sp_trace_step *last = &trace->step[trace->count - 1];
    sp_move moves[SP_ACTIONS_MAX];
    if (sp_world_moves(setup, &last->after, moves) == 0) {
        uint64_t stuck = sp_oracle_stuck(setup, &last->after);
        last->findings.violated |= stuck;
        trace->violated |= stuck;
    }
}

static void take(const struct sp_script *script, size_t index, struct sp_world *world,
                 struct sp_trace *trace)
{
    struct sp_trace_step *step = &trace->step[index];
    *step = (struct sp_trace_step){.possible = true};
    step->possible = sp_world_act(&script->setup, world, &script->action[index], &step->step);
    step->after = *world;
    if (step->possible) {
        step->findings = sp_oracle_judge(&script->setup, &step->step, world);
    } else {
        step->step.action = script->action[index];
        trace->impossible++;
    }
    trace->violated |= step->findings.violated;
    trace->witnessed |= step->findings.witnessed;
    trace->count = index + 1;
}

void sp_trace_run(const struct sp_script *script, uint32_t initial, bool stop_at_violation,
                  struct sp_trace *trace)
{
    trace->script = script;
    trace->count = 0;
    trace->violated = 0;
    trace->witnessed = 0;
    trace->impossible = 0;
    sp_world_init(&script->setup, initial, true, &trace->start);

    struct sp_world world = trace->start;
    for (size_t i = 0; i < script->count; i++) {
        take(script, i, &world, trace);
        if (stop_at_violation && trace->violated != 0) {
            return;
        }
    }
    judge_end(trace);
}
