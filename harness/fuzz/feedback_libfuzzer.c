/*
 * The counters for libFuzzer: it looks at whatever stands in this section, and clears it before
 * each input. In a build for another engine the section is an array like any other.
 */
#include "fuzz/feedback.h"

__attribute__((section("__libfuzzer_extra_counters"))) static uint8_t counters[SP_ENGINE_COUNTERS];

void sp_engine_count(uint32_t counter)
{
    counters[counter]++;
}
