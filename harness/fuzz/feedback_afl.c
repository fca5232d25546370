/*
 * The counters for AFL++: a piece of its own map.
 *
 * Each instrumented edge of a program has a guard in this section, and before main the runtime
 * gives every guard of the section a place in the map. So guards that belong to no edge are
 * counters; what an edge calls counts them (SanitizerCoverage, trace-pc-guard), and nothing else of
 * AFL++ is used.
 */
#include "fuzz/feedback.h"

void __sanitizer_cov_trace_pc_guard(uint32_t *guard);

__attribute__((section("__sancov_guards"), used)) static uint32_t guards[SP_ENGINE_COUNTERS];

void sp_engine_count(uint32_t counter)
{
    __sanitizer_cov_trace_pc_guard(&guards[counter]);
}
