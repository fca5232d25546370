/*
 * What the machine did, as coverage: each combination of state, event and rule is a counter that
 * the engine watches beside its own, so that an input is kept for reaching a known line in a new
 * state. The same combinations go on the board, exactly.
 *
 * The engine is chosen by linking one of feedback_libfuzzer.c, feedback_afl.c, feedback_none.c.
 */
#ifndef SP_FUZZ_FEEDBACK_H
#define SP_FUZZ_FEEDBACK_H

#include "fuzz/board.h"
#include "net/world.h"

/* Counters of the engine. It looks at all of them after each input, so there are fewer than
 * combinations: several may share one. */
#define SP_ENGINE_COUNTER_BITS 12
#define SP_ENGINE_COUNTERS     (1U << SP_ENGINE_COUNTER_BITS)

/* One more of a counter in [0, SP_ENGINE_COUNTERS). */
void sp_engine_count(uint32_t counter);

/* A step was taken. Nothing is noted of one in which no host acted. */
void sp_feedback_step(const struct sp_step *step);

#endif
