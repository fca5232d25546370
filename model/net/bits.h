/*
 * A stream of bits in which a field costs one bit when it is what was predicted. Private to
 * canon.c.
 *
 * One description of the fields serves both directions: `writing` says which. Fields come in
 * groups. A group that is as predicted is one 0; else 1, a bit for every field, and a number for
 * each that differs: two bits that choose a width, then the difference. Invariant: what writing
 * puts for a group is what reading takes, because both pass the same calls in the same order, with
 * predictions from fields that come earlier.
 */
#ifndef SP_NET_BITS_H
#define SP_NET_BITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The coder disappears into its two callers: there `writing` is a constant and the group's fields
 * live in registers. That is worth a factor of two in the explorer's inner loop. */
#define SP_INLINE static inline __attribute__((always_inline))

#define SP_GROUP_MAX 16

struct sp_bits {
    bool writing;
    uint8_t *out;      /* writing: where the stream goes */
    const uint8_t *in; /* reading: where it comes from */
    size_t size;       /* reading: octets of it; behind them it is zero */
    size_t at;         /* next octet */
    uint64_t word;     /* bits not yet written, or read and not yet taken; the lowest is the next */
    unsigned used;     /* how many: below 32 between calls */

    uint32_t mask;                /* the group: which fields differ; writing: whether any does */
    unsigned fields;              /* fields seen so far */
    uint32_t value[SP_GROUP_MAX]; /* writing: their differences */
};

SP_INLINE void sp_bits_put(struct sp_bits *b, uint32_t value, unsigned width)
{
    b->word |= (uint64_t)value << b->used;
    b->used += width;
    if (b->used >= 32) {
        uint8_t *out = b->out + b->at;
        out[0] = (uint8_t)b->word;
        out[1] = (uint8_t)(b->word >> 8);
        out[2] = (uint8_t)(b->word >> 16);
        out[3] = (uint8_t)(b->word >> 24);
        b->at += 4;
        b->word >>= 32;
        b->used -= 32;
    }
}

SP_INLINE void sp_bits_refill(struct sp_bits *b)
{
    uint32_t next = 0;
    if (b->at + 4 <= b->size) {
        const uint8_t *in = b->in + b->at;
        next =
            (uint32_t)in[0] | (uint32_t)in[1] << 8 | (uint32_t)in[2] << 16 | (uint32_t)in[3] << 24;
    } else {
        for (unsigned i = 0; i < 4 && b->at + i < b->size; i++) {
            next |= (uint32_t)b->in[b->at + i] << (8 * i);
        }
    }
    b->at += 4;
    b->word |= (uint64_t)next << b->used;
    b->used += 32;
}

SP_INLINE uint32_t sp_bits_get(struct sp_bits *b, unsigned width)
{
    if (b->used < width) {
        sp_bits_refill(b);
    }
    uint32_t value = (uint32_t)(b->word & ((UINT64_C(1) << width) - 1));
    b->word >>= width;
    b->used -= width;
    return value;
}

/* A number of a fixed width, below 32. */
SP_INLINE uint32_t sp_bits_raw(struct sp_bits *b, uint32_t value, unsigned width)
{
    if (b->writing) {
        sp_bits_put(b, value, width);
        return value;
    }
    return sp_bits_get(b, width);
}

/* Widths: offsets within a short stream, within a window, far away, and anything. */
SP_INLINE unsigned sp_bits_width(unsigned choice)
{
    return choice == 0 ? 2 : choice == 1 ? 5 : choice == 2 ? 12 : 32;
}

SP_INLINE void sp_bits_put_number(struct sp_bits *b, uint32_t number)
{
    unsigned choice = number < 4 ? 0 : number < 32 ? 1 : number < 4096 ? 2 : 3;
    sp_bits_put(b, choice, 2);
    sp_bits_put(b, number, sp_bits_width(choice));
}

SP_INLINE uint32_t sp_bits_get_number(struct sp_bits *b)
{
    unsigned choice = sp_bits_get(b, 2);
    return sp_bits_get(b, sp_bits_width(choice));
}

/* A difference as a number that is small for a small one of either sign. */
SP_INLINE uint32_t sp_fold(uint32_t difference)
{
    return (difference << 1) ^ (0U - (difference >> 31));
}

SP_INLINE uint32_t sp_unfold(uint32_t folded)
{
    return (folded >> 1) ^ (0U - (folded & 1));
}

/* A group of `fields` fields begins; sp_group_end comes after the last of them. */
SP_INLINE void sp_group(struct sp_bits *b, unsigned fields)
{
    b->fields = 0;
    b->mask = 0;
    if (!b->writing && sp_bits_get(b, 1) != 0) {
        b->mask = sp_bits_get(b, fields);
    }
}

/* A group that is not as predicted. */
static inline void sp_group_put(struct sp_bits *b)
{
    uint32_t mask = 0;
    for (unsigned i = 0; i < b->fields; i++) {
        mask |= (uint32_t)(b->value[i] != 0) << i;
    }
    sp_bits_put(b, 1 | mask << 1, b->fields + 1);
    for (unsigned i = 0; i < b->fields; i++) {
        if (b->value[i] != 0) {
            sp_bits_put_number(b, sp_fold(b->value[i]) - 1);
        }
    }
}

SP_INLINE void sp_group_end(struct sp_bits *b)
{
    if (!b->writing) {
        return;
    }
    if (b->mask == 0) {
        sp_bits_put(b, 0, 1);
        return;
    }
    sp_group_put(b);
}

/* One field's difference from its prediction. Writing, the mask says only whether there is any. */
SP_INLINE uint32_t sp_group_difference(struct sp_bits *b, uint32_t difference)
{
    unsigned field = b->fields++;
    if (b->writing) {
        b->value[field] = difference;
        b->mask |= difference;
        return difference;
    }
    return (b->mask >> field & 1) != 0 ? sp_unfold(sp_bits_get_number(b) + 1) : 0;
}

/* A number near the predicted one. */
SP_INLINE uint32_t sp_near(struct sp_bits *b, uint32_t value, uint32_t predicted)
{
    return predicted + sp_group_difference(b, value - predicted);
}

/* Bits most of which are as predicted. */
SP_INLINE uint32_t sp_bits_like(struct sp_bits *b, uint32_t value, uint32_t predicted)
{
    return predicted ^ sp_group_difference(b, value ^ predicted);
}

/* The next part begins with an octet of its own. */
SP_INLINE void sp_bits_align(struct sp_bits *b)
{
    if (b->writing) {
        for (; b->used > 0; b->used -= b->used < 8 ? b->used : 8) {
            b->out[b->at++] = (uint8_t)b->word;
            b->word >>= 8;
        }
        return;
    }
    b->at -= b->used / 8;
    b->word = 0;
    b->used = 0;
}

#endif
