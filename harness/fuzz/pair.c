/*
 * The target `pair`: a script in a world of two hosts, every property judged after every step.
 *
 * Input: the byte form of a script (model/event/script.h).
 */
#include "fuzz/run.h"
#include "fuzz/target.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    sp_run(SP_RUN_PAIR, bytes, size);
    return 0;
}
