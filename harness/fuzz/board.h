/*
 * The board of a campaign: one file that all its fuzzing processes map shared, so that what they
 * have covered and counted together can be read at any time, and survives them.
 *
 * Everything on it is read and written with relaxed atomics: a reader may see one number newer than
 * another, never a torn one. The invariant: no number on it ever goes back.
 */
#ifndef SP_FUZZ_BOARD_H
#define SP_FUZZ_BOARD_H

#include "event/event.h"
#include "machine/output.h"
#include "machine/tcb.h"

/* What can be seen: in this state, upon this event, this rule fired. */
#define SP_COMBINATIONS ((uint32_t)SP_STATE_COUNT * SP_EVENT_COUNT * SP_RULE_COUNT)

#define SP_BOARD_MAGIC "SPBOARD1" /* without the 0 */

struct sp_board {
    char magic[8];     /* SP_BOARD_MAGIC */
    uint64_t execs;    /* inputs run, in batches: at most SP_BOARD_BATCH a process behind */
    uint64_t newest;   /* time(2) of the last combination that was new; 0: none yet */
    uint64_t findings; /* distinct signatures recorded */
    uint8_t seen[SP_COMBINATIONS]; /* 1: some process has seen it */
};

#define SP_BOARD_BATCH 64

/* Index of a combination; state and event are those before the step. */
static inline uint32_t sp_combination(unsigned state, unsigned event, unsigned rule)
{
    return ((uint32_t)state * SP_EVENT_COUNT + event) * SP_RULE_COUNT + rule;
}

/*
 * Maps the board in the file `path`; makes one of zeros where there is none or an empty one.
 * writable: false maps it for reading and makes nothing. NULL: errno says why; EINVAL: the file is
 * something else, or the board of a version with other combinations, and is left as it is.
 */
struct sp_board *sp_board_map(const char *path, bool writable);
void sp_board_unmap(struct sp_board *board);

/* Combinations seen. */
uint32_t sp_board_seen(const struct sp_board *board);

/* The board of this process: what SYNPROOF_BOARD names, or NULL. Mapped at the first call; a board
 * that cannot be mapped ends the process with a message and exit code 2. */
struct sp_board *sp_board(void);

/* One more input was run. Every target calls it first. */
void sp_board_count(void);

#endif
