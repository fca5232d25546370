/*
 * The counters where no engine watches: there are none.
 */
#include "fuzz/feedback.h"

void sp_engine_count(uint32_t counter)
{
    (void)counter;
}
