/*
 * A script, run with every property judged after each step: the targets `pair` and `endpoint`.
 *
 * pair: the world of two hosts as it is. endpoint: every action acts on host A, what the network
 * would do is left out but for the clock, and what A sends is lost at once, so that A hears only
 * what is injected. Nothing is allocated; one input is run at a time.
 *
 * A script may do what its bounds do not admit (crash, end TIME-WAIT too early). A property is
 * reported only where what it assumes (its `needs`) held in the run: see assume.h.
 */
#ifndef SP_FUZZ_RUN_H
#define SP_FUZZ_RUN_H

#include "event/script.h"
#include "oracle/oracle.h"

/* Actions of one input that are run; the others are not looked at. */
#define SP_RUN_ACTIONS_MAX 256

enum sp_run_kind { SP_RUN_PAIR, SP_RUN_ENDPOINT };

/* Runs an input (the byte form of a script, model/event/script.h) up to the first violation that is
 * reported (fuzz/verdict.h), or its end. */
void sp_run(enum sp_run_kind kind, const uint8_t *bytes, size_t size);

/* The last input that was run: its setup, where it led, and all that was violated on the way, what
 * was not reported too. */
const struct sp_setup *sp_run_setup(void);
const struct sp_world *sp_run_world(void);
uint64_t sp_run_violated(void);

#endif
