/*
 * The world as SPIN sees it: a code of fixed size, and how many moves it has.
 *
 * SPIN compares, hashes and stores struct sp_spin_state as plain octets, so equal worlds must be
 * equal octets: the code is canonical (net/world.h) and what lies beyond its size is zero. Nothing
 * else survives from one move to the next. No property is judged here: SPIN counts.
 * The invariant: size 0 is the state before the first world, whose moves are the initial worlds.
 */
#ifndef SP_SPIN_DRIVER_H
#define SP_SPIN_DRIVER_H

#include "limits.h"

#include <stdint.h>

/* Octets that a code may have in this search; an even number. `run` takes the least that does. */
#ifndef SP_SPIN_CODE
#define SP_SPIN_CODE SP_CODE_MAX
#endif

/* Exit codes of a search that SPIN did not end itself. */
enum { SP_SPIN_EXIT_SETUP = 20, SP_SPIN_EXIT_CODE = 21 };

struct sp_spin_state {
    uint16_t size;
    uint8_t code[SP_SPIN_CODE];
};

/* Reads the setup: the bounds file that SP_SPIN_BOUNDS names in the environment, and the policy of
 * SP_SPIN_POLICY on top, if any. Returns the number of initial worlds. Ends the process with a
 * message and SP_SPIN_EXIT_SETUP when that fails. */
uint8_t sp_spin_begin(void);

/* Replaces the state by its successor under the move with this index, less than *moves, which
 * becomes the number of the successor's moves. Ends the process with SP_SPIN_EXIT_CODE when the
 * successor's code is longer than SP_SPIN_CODE. */
void sp_spin_take(struct sp_spin_state *state, uint8_t *moves, unsigned index);

#endif
