/*
 * The verdict of a search, in one place.
 *
 * The invariant: PASS is said only when the search was complete, nothing was violated, and every
 * witness that the bounds can reach was reached. A violation is a FAIL however the search ended.
 */
#include "cli/check.h"

enum sp_exit sp_check_verdict(const struct sp_explore_result *result, uint64_t expected)
{
    if (result->violated != 0) {
        return SP_EXIT_FAIL;
    }
    if (result->end != SP_EXPLORE_COMPLETE) {
        return SP_EXIT_INCOMPLETE;
    }
    return (expected & ~result->witnessed) != 0 ? SP_EXIT_VACUOUS : SP_EXIT_PASS;
}
