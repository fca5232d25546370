/* Every bound of the model, each with its reason. */
#ifndef SP_LIMITS_H
#define SP_LIMITS_H

/* Out-of-order ranges a TCB holds (SHLD-31). Four is one more than a SACK option with timestamps
 * can report; what does not fit is dropped and comes again. */
#define SP_HELD_MAX 4

/* Segments one step may send: three of new data or a retransmission, and one reply. What the window
 * admits beyond that goes out with the next event, as with any burst limit. */
#define SP_SEND_MAX 4

/* Rules one step may fire: each of the eight ordered checks, plus output, timers and held text. */
#define SP_RULES_MAX 20

/* SACK blocks in a segment: what 40 octets of options can carry (RFC 2018 section 3). */
#define SP_SACK_MAX 4

/* Largest window scale shift (RFC 7323 2.3). */
#define SP_SCALE_MAX 14

/* R1: retransmissions after which the user is told of trouble (SHLD-9, SHLD-10). */
#define SP_R1 3

/* Counters of a TCB saturate here: a long run must not become a new state with every timeout. */
#define SP_RETRANSMITS_MAX 15

/* Segments in flight in the modelled network. Beyond eight the sorted bag dominates every step. */
#define SP_FLIGHT_MAX 8

/* Incarnations of one connection at one host. Two show every hazard of RFC 1337; the third adds
 * nothing that the second does not. */
#define SP_LIVES_MAX 2

/* Initial sequence numbers to choose from per host. */
#define SP_ISS_MAX 4

/* Actions enabled in one world: SP_FLIGHT_MAX segments x 3, plus calls and timers of two hosts. */
#define SP_ACTIONS_MAX 96

/* A question to a world (`find`): comparisons in it, fields and numbers in one comparison, and
 * operators and parentheses that wait for their second half. One written by hand has four, three
 * and four at most; it is asked after every move of a search, so it has a size. */
#define SP_QUERY_TESTS_MAX 16
#define SP_QUERY_TERMS_MAX 8
#define SP_QUERY_STACK_MAX 32

/* The steps it is carried out in: each comparison, an operator between each two, and "!" as often.
 */
#define SP_QUERY_STEPS_MAX (3 * SP_QUERY_TESTS_MAX)

/* Octets of one encoded world, worst case: 78 fields a host and 21 for each of 8 packets, every one
 * at its widest of 35 bits: less than 1450. A typical one is < 48. */
#define SP_CODE_MAX 1536

#endif
