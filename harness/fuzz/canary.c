/*
 * The target `canary`: a planted bug. An engine that does not find it within seconds is not
 * looking.
 *
 * A script that leaves both ends in ESTABLISHED counts as a violation: two calls and three segments
 * in their order, which takes feedback to find and no luck.
 */
#include "fuzz/board.h"
#include "fuzz/run.h"
#include "fuzz/target.h"
#include "fuzz/verdict.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    sp_run(SP_RUN_PAIR, bytes, size);
    const struct sp_host *host = sp_run_world()->host;
    if (host[SP_A].tcb.state == SP_ESTABLISHED && host[SP_B].tcb.state == SP_ESTABLISHED) {
        sp_verdict_broken(SP_FUZZ_PROMISE_CANARY, bytes, size);
    }
    return 0;
}
