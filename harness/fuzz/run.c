/*
 * The run of one input: see run.h. Decoded, then taken action by action; after each the machine's
 * rules become feedback and the oracle judges.
 *
 * Everything stands in one static struct: no allocation, and nothing is cleared that the run does
 * not read. The invariant: what `spell` writes replays to the same world and violation.
 */
#include "fuzz/run.h"

#include "fuzz/assume.h"
#include "fuzz/board.h"
#include "fuzz/feedback.h"
#include "fuzz/verdict.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Room for an action and the loss of each segment it sends; each at its longest in bytes. */
#define SPELLED_MAX  (SP_RUN_ACTIONS_MAX * (1 + SP_SEND_MAX))
#define ACTION_BYTES 128

static struct {
    struct sp_script script;
    struct sp_action action[SP_RUN_ACTIONS_MAX];
    struct sp_world world;
    struct sp_step step;
    struct sp_assumed assumed;
    uint64_t violated;
} run;

/* What `endpoint` leaves of an action. False: nothing. */
static bool at_endpoint(struct sp_action *action)
{
    switch ((enum sp_action_kind)action->kind) {
    case SP_ACTION_CALL:
    case SP_ACTION_TIMER:
    case SP_ACTION_INJECT:
    case SP_ACTION_CRASH:
        action->host = SP_A;
        return true;
    case SP_ACTION_TICK:
        return true;
    case SP_ACTION_DELIVER:
    case SP_ACTION_DUPLICATE:
    case SP_ACTION_LOSE:
    case SP_ACTION_VANISH:
    case SP_ACTION_COUNT:
        break;
    }
    return false;
}

/* The loss of the oldest packet in flight. */
static struct sp_action loss(const struct sp_world *world)
{
    return (struct sp_action){.kind = SP_ACTION_LOSE, .serial = world->channel.packet[0].serial};
}

static void lose_all(void)
{
    struct sp_step lost;
    while (run.world.channel.count > 0) {
        const struct sp_action action = loss(&run.world);
        sp_world_act(&run.script.setup, &run.world, &action, &lost);
    }
}

/* The script that `endpoint` ran, up to action `last`, as bytes that `pair` and replay run. */
static size_t spell(size_t last, uint8_t *bytes, size_t capacity)
{
    static struct sp_action action[SPELLED_MAX];
    struct sp_script spelled = run.script;
    struct sp_world world;
    struct sp_step step;
    spelled.action = action;
    spelled.capacity = SPELLED_MAX;
    spelled.count = 0;
    sp_world_init(&spelled.setup, 0, true, &world);
    for (size_t i = 0; i <= last; i++) {
        if (!at_endpoint(&run.script.action[i])) {
            continue;
        }
        action[spelled.count++] = run.script.action[i];
        sp_world_act(&spelled.setup, &world, &run.script.action[i], &step);
        while (i < last && world.channel.count > 0) {
            const struct sp_action lost = loss(&world);
            action[spelled.count++] = lost;
            sp_world_act(&spelled.setup, &world, &lost, &step);
        }
    }
    return sp_script_encode(&spelled, bytes, capacity);
}

static void report(enum sp_run_kind kind, uint64_t found, size_t index, const uint8_t *bytes,
                   size_t size)
{
    static uint8_t spelled[SPELLED_MAX * ACTION_BYTES];
    if (kind == SP_RUN_ENDPOINT && sp_verdict_recording()) {
        size = spell(index, spelled, sizeof spelled);
        bytes = spelled;
    }
    for (unsigned i = 0; i < SP_PROPERTY_COUNT; i++) {
        if ((found >> i & 1) != 0) {
            char signature[128];
            sp_signature(&run.step, &run.world, (enum sp_property)i, signature, sizeof signature);
            sp_verdict_violation((enum sp_property)i, signature, bytes, size);
        }
    }
}

/* What the step broke and may be reported. */
static uint64_t judge(void)
{
    const struct sp_findings findings = sp_oracle_judge(&run.script.setup, &run.step, &run.world);
    run.violated |= findings.violated;
    if (findings.violated == 0) {
        return 0;
    }
    return findings.violated & sp_assume_reported(&run.assumed, &run.script.setup, &run.world);
}

/* One action. Returns what is to be reported. */
static uint64_t take(const struct sp_action *action)
{
    sp_assume_note(&run.assumed, &run.world, action);
    if (!sp_world_act(&run.script.setup, &run.world, action, &run.step)) {
        return 0;
    }
    sp_assume_note_step(&run.assumed, &run.step, &run.world);
    sp_feedback_step(&run.step);
    return judge();
}

static enum sp_fault find_fault(const char *name)
{
    enum sp_fault fault = SP_FAULT_NONE;
    while (fault < SP_FAULT_COUNT && strcmp(sp_fault_word(fault), name) != 0) {
        fault++;
    }
    return fault;
}

/* SYNPROOF_FAULT names a fault for every input, to measure how fast it is found. */
static enum sp_fault forced_fault(void)
{
    static enum sp_fault fault;
    static bool asked;
    if (!asked) {
        const char *name = getenv("SYNPROOF_FAULT");
        asked = true;
        fault = name == NULL ? SP_FAULT_NONE : find_fault(name);
        if (fault == SP_FAULT_COUNT) {
            fprintf(stderr, "SYNPROOF_FAULT = %s: no such fault; 'synproof faults' lists them\n",
                    name);
            exit(2);
        }
    }
    return fault;
}

/* An input that brings a fault along is not run: what it shows is no finding. */
static void settle_fault(void)
{
    const enum sp_fault forced = forced_fault();
    struct sp_policy *policy = &run.script.setup.policy;
    if (forced != SP_FAULT_NONE) {
        policy->fault = (uint8_t)forced;
    } else if (policy->fault != SP_FAULT_NONE) {
        run.script.count = 0;
    }
}

static void begin(const uint8_t *bytes, size_t size)
{
    sp_board_count();
    run.script.action = run.action;
    run.script.capacity = SP_RUN_ACTIONS_MAX;
    sp_script_decode(&run.script, bytes, size);
    settle_fault();
    sp_world_init(&run.script.setup, 0, true, &run.world);
    run.assumed = (struct sp_assumed){0};
    run.violated = 0;
}

/* Where `pair` ended nothing may be owed, if nothing can happen (L0), unless a segment was forged:
 * an attacker may say that text arrived which did not. */
static uint64_t judge_end(void)
{
    sp_move moves[SP_ACTIONS_MAX];
    const struct sp_setup *setup = &run.script.setup;
    if (run.world.channel.count > 0 || run.world.forged > 0 ||
        sp_world_moves(setup, &run.world, moves) != 0) {
        return 0;
    }
    const uint64_t stuck = sp_oracle_stuck(setup, &run.world);
    run.violated |= stuck;
    return stuck & sp_assume_reported(&run.assumed, setup, &run.world);
}

void sp_run(enum sp_run_kind kind, const uint8_t *bytes, size_t size)
{
    begin(bytes, size);
    for (size_t i = 0; i < run.script.count; i++) {
        if (kind == SP_RUN_ENDPOINT && !at_endpoint(&run.action[i])) {
            continue;
        }
        const uint64_t found = take(&run.action[i]);
        if (found != 0) {
            report(kind, found, i, bytes, size);
            return;
        }
        if (kind == SP_RUN_ENDPOINT) {
            lose_all();
        }
    }
    const uint64_t stuck = kind == SP_RUN_PAIR && run.script.count > 0 ? judge_end() : 0;
    if (stuck != 0) {
        report(kind, stuck, run.script.count - 1, bytes, size);
    }
}

const struct sp_setup *sp_run_setup(void)
{
    return &run.script.setup;
}

const struct sp_world *sp_run_world(void)
{
    return &run.world;
}

uint64_t sp_run_violated(void)
{
    return run.violated;
}
