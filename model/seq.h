/*
 * Sequence arithmetic modulo 2^32 (RFC 9293 3.4): the only place where "<" is redefined.
 *
 * a precedes b when 0 < b - a < 2^31; at a distance of exactly 2^31 neither precedes the other, as
 * in RFC 7323 5.2. The relation is not transitive over the whole circle; it is meaningful only
 * while all compared numbers lie within 2^31 of each other (assumption W).
 */
#ifndef SP_SEQ_H
#define SP_SEQ_H

#include <stdbool.h>
#include <stdint.h>

typedef uint32_t sp_seq;

/* a < b */
static inline bool sp_seq_lt(sp_seq a, sp_seq b)
{
    return b - a - 1 < 0x7fffffff;
}

/* a =< b */
static inline bool sp_seq_le(sp_seq a, sp_seq b)
{
    return b - a < 0x80000000;
}

static inline bool sp_seq_gt(sp_seq a, sp_seq b)
{
    return sp_seq_lt(b, a);
}

static inline bool sp_seq_ge(sp_seq a, sp_seq b)
{
    return sp_seq_le(b, a);
}

/* low =< x < low + count: half-open; empty when count is 0. */
static inline bool sp_seq_in(sp_seq x, sp_seq low, uint32_t count)
{
    return x - low < count;
}

static inline sp_seq sp_seq_max(sp_seq a, sp_seq b)
{
    return sp_seq_lt(a, b) ? b : a;
}

static inline sp_seq sp_seq_min(sp_seq a, sp_seq b)
{
    return sp_seq_lt(a, b) ? a : b;
}

#endif
