/*
 * The target `empty` does nothing: what an engine costs by itself, beside which the others are
 * measured (harness/bench/fuzz). It has the counters and the board, as they have.
 */
#include "fuzz/feedback.h"
#include "fuzz/target.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    sp_board_count();
    (void)bytes;
    sp_engine_count(size > 0);
    return 0;
}

uint64_t sp_target_digest(void)
{
    return 0;
}
