/*
 * Small models with counts that are known without running anything: from the literature or by a
 * closed form that each constructor states. What the explorer itself is tested on.
 *
 * They know nothing of TCP. Each constructor gives a model whose `self` is its argument (coded.h).
 */
#ifndef SP_TESTS_CLASSIC_MODELS_H
#define SP_TESTS_CLASSIC_MODELS_H

#include "coded.h"

/*
 * `axes` counters from 0 to side - 1; action i increments counter i below its maximum.
 * Counted by hand: side^axes states, axes (side - 1) side^(axes - 1) transitions, depth axes (side
 * - 1); one state is stuck, which violates property 0. Witness 0: every counter is at least 1.
 */
struct classic_grid {
    uint32_t axes;      /* 1..8 */
    uint32_t side;      /* 2..65536 */
    uint32_t code;      /* octets of a code, 2 * axes..255; the rest is filled by the counters */
    uint32_t forbidden; /* incrementing any counter to this value violates property 1; 0: none */
};
struct classic_model classic_grid(const struct classic_grid *grid);

/* One counter without end: action 0 adds one, action 1 doubles and adds a million. */
struct classic_model classic_endless(void);

/*
 * Peterson's algorithm for two processes, each noncritical, waiting or critical; requesting is one
 * atomic step (b_i := true; x := other). Initially x is either.
 *
 * The algorithm as in C. Baier, J.-P. Katoen, Principles of Model Checking, 2008, section 2.2. By
 * hand: ten states, n-n with either x, w-n, n-w, c-n, n-c, w-w with either x, c-w, w-c; 16
 * transitions (a state in which one process waits for the other has one, each other two); depth 3.
 *
 * With `symmetric` a code stands for a state and its mirror image: five states (n-n, w-n, w-w, c-n,
 * c-w) and eight transitions. With `broken` the guard is left out, and both get in: property 0.
 * Action 2 p is process p's request, 2 p + 1 its entry or exit. Witness 0: a process is critical
 * while the other waits.
 */
struct classic_peterson {
    bool symmetric;
    bool broken;
};
struct classic_model classic_peterson(const struct classic_peterson *peterson);

/*
 * Dining philosophers, each thinking, holding the left fork, or eating: action i is the next step
 * of philosopher i (take left, take right, put both back).
 *
 * A state is a cyclic word over T, L, E in which every E is followed by T, and every such word is
 * reachable. The transfer matrix M = (1 1 1; 1 1 1; 1 0 0) gives trace M^n states: the Pell-Lucas
 * numbers (OEIS A002203), 6 14 34 82 198 for n = 2..6. Transitions: n (2 (M^n)_EE + (M^n)_LL).
 * One state is stuck, all holding the left fork, n steps away: property 0.
 */
struct classic_philosophers {
    uint32_t count; /* 2..16 */
};
struct classic_model classic_philosophers(const struct classic_philosophers *philosophers);

/*
 * The sliding puzzle on columns x rows fields, from the solved position with the blank first.
 * Actions: the blank moves left, right, up, down (0..3).
 *
 * Half of the permutations are reachable (W. W. Johnson, W. E. Story, 1879): (columns rows)! / 2,
 * equally many with the blank on each field, which gives the transitions. Greatest distances: 6 on
 * 2 x 2, 21 on 3 x 2, 31 on 3 x 3 (A. Reinefeld, IJCAI 1993).
 */
struct classic_puzzle {
    uint32_t columns; /* columns * rows in 2..9 */
    uint32_t rows;
};
struct classic_model classic_puzzle(const struct classic_puzzle *puzzle);

/*
 * The farmer with wolf, goat and cabbage (Alcuin of York, Propositiones, XVIII): ten safe states,
 * seven crossings. Action 0: the farmer crosses alone, 1..3: with wolf, goat, cabbage. Moves into
 * an unsafe state are not enumerated, or with `reckless` violate property 0. Witness 0: all across.
 */
struct classic_farmer {
    bool reckless;
};
struct classic_model classic_farmer(const struct classic_farmer *farmer);

/*
 * Three missionaries, three cannibals, a boat for two: 16 reachable states of the 20 safe ones,
 * eleven crossings (S. Amarel, Machine Intelligence 3, 1968). Witness 0: all across.
 */
struct classic_model classic_missionaries(void);

#endif
