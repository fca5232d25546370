/*
 * The machine: one step of one TCP endpoint (RFC 9293 3.10).
 *
 * Pure: the same policy, TCB and event give the same TCB and output, on every machine. Every state
 * and every event are defined; every step fires at least one rule of rules.def.
 */
#ifndef SP_MACHINE_STEP_H
#define SP_MACHINE_STEP_H

#include "event/event.h"
#include "machine/output.h"
#include "machine/tcb.h"
#include "setup/policy.h"

/*
 * tcb: valid (zero, or left by an earlier sp_step). output: need not be initialised; on return the
 * fields and the first `sent` and `rules` elements are set, the rest is unspecified.
 *
 * The user timeout is only an event here: who calls decides when it fires. A timer event whose
 * timer does not run changes nothing and fires the rule TIMER_IDLE.
 */
void sp_step(const struct sp_policy *policy, struct sp_tcb *tcb, const struct sp_event *event,
             struct sp_output *output);

/* The timers that run, SP_TIMER_ bits: a function of the policy and of everything else in the TCB.
 * sp_step keeps tcb->timers equal to it. */
uint8_t sp_timers_due(const struct sp_policy *policy, const struct sp_tcb *tcb);

#endif
