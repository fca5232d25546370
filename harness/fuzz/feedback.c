/*
 * Combinations of state, event and rule become counters of the engine and marks on the board.
 *
 * It judges nothing. To keep in mind: this runs after every step, so a combination that the board
 * already has costs one load of it.
 */
#include "fuzz/feedback.h"

#include <time.h>

/* Spreads neighbours, which differ in their rule, over the counters (Knuth's multiplicative hash:
 * the high bits of a product with 2^32 / golden ratio). */
static uint32_t shared_counter(uint32_t combination)
{
    return (combination * 2654435769U) >> (32 - SP_ENGINE_COUNTER_BITS);
}

static void mark(struct sp_board *board, uint32_t combination)
{
    uint8_t *seen = &board->seen[combination];
    if (__atomic_load_n(seen, __ATOMIC_RELAXED) == 0 &&
        __atomic_exchange_n(seen, 1, __ATOMIC_RELAXED) == 0) {
        __atomic_store_n(&board->newest, (uint64_t)time(NULL), __ATOMIC_RELAXED);
    }
}

void sp_feedback_step(const struct sp_step *step)
{
    if (!step->acted) {
        return;
    }
    struct sp_board *board = sp_board();
    const uint32_t first = sp_combination(step->before.tcb.state, step->event.kind, 0);
    for (unsigned i = 0; i < step->output.rules; i++) {
        const uint32_t combination = first + step->output.rule[i];
        sp_engine_count(shared_counter(combination));
        if (board != NULL) {
            mark(board, combination);
        }
    }
}
