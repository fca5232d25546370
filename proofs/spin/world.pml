/*
 * Two hosts and a network, explored by SPIN: the moves are our C functions, the search is not ours.
 *
 * One process, one loop. A state is the code of a world and the number of its moves; each of the
 * options below is the move of one index, guarded by that number alone. An option is one d_step,
 * so SPIN stores the states between moves and no other. Those beyond the sixteenth are reached by an
 * extra guard, which costs a state with few moves one comparison instead of eighty; being atomic,
 * it leaves no state either.
 * SPIN's first state stands before the first world: its moves lead to the initial worlds.
 */
c_decl {
\#include "spin/driver.h"
}

c_state "struct sp_spin_state world" "Global"
c_state "uint8_t moves" "Global" "sp_spin_begin()"

#define MOVE(index) \
    :: d_step { c_expr { now.moves > (index) } -> \
                c_code { sp_spin_take(&now.world, &now.moves, (index)); } }
#define EIGHT(first) \
    MOVE(first) MOVE(first + 1) MOVE(first + 2) MOVE(first + 3) \
    MOVE(first + 4) MOVE(first + 5) MOVE(first + 6) MOVE(first + 7)

active proctype world_of_two()
{
    do
    EIGHT(0)
    EIGHT(8)
    :: atomic {
        c_expr { now.moves > 16 } ->
        if
        EIGHT(16) EIGHT(24) EIGHT(32) EIGHT(40) EIGHT(48)
        EIGHT(56) EIGHT(64) EIGHT(72) EIGHT(80) EIGHT(88)
        fi
    }
    od
}
