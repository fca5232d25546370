/*
 * The target `endpoint`: a script in which one host hears only what is injected.
 *
 * Input: the byte form of a script (model/event/script.h); run.h says what is made of it.
 */
#include "fuzz/run.h"
#include "fuzz/target.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    sp_run(SP_RUN_ENDPOINT, bytes, size);
    return 0;
}
