/*
 * A set of numbers: those of all states found so far, exactly, in few octets each.
 *
 * A number is scrambled by a bijection of [0, 2^bits); the upper bits of the result choose a bucket
 * of one cache line, and only the rest is stored (quotienting: J. G. Cleary, 1984), with the
 * distance from that bucket when it was full. So a lookup is one cache miss, a slot is 4 to 7
 * octets, and what was put can be read back. Nothing is ever removed. With `kept` below `bits` the
 * scrambled number is cut to its upper `kept` bits: two numbers that agree in those are taken for
 * one, and nothing can be read back (hash compaction).
 */
#ifndef SP_EXPLORE_NUMBERS_H
#define SP_EXPLORE_NUMBERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* Octets that several parts of a search may hold together. */
struct sp_budget {
    uint64_t held;
    uint64_t max; /* UINT64_MAX: any number */
};

enum sp_numbers_put {
    SP_NUMBERS_OLD,  /* the number was there already */
    SP_NUMBERS_NEW,  /* it was not, and is now */
    SP_NUMBERS_FULL, /* it was not, and the budget or the machine admits no more */
};

#define SP_NUMBERS_NO_PLACE UINT64_MAX

struct sp_numbers {
    struct sp_budget *budget;
    uint8_t *buckets;     /* 64 octets each */
    unsigned bits;        /* of a number */
    unsigned kept;        /* of a scrambled number; equal to bits: exact */
    unsigned bucket_bits; /* 2^bucket_bits buckets, and SP_NUMBERS_SPARE behind them */
    unsigned slot_octets; /* of a slot: the rest of the number and its distance, never 0 */
    unsigned slots;       /* of a bucket */
    uint64_t count;       /* numbers in the set */
    uint64_t grow_at;     /* so many make it grow */
    bool last;            /* it cannot grow any more */
    bool damaged;         /* a number came to stand too far from home: it is of no use any more */
};

/* An empty set. bits: 8..60; kept: 8..bits. False: not even that fits. */
bool sp_numbers_init(struct sp_numbers *set, struct sp_budget *budget, unsigned bits,
                     unsigned kept);
void sp_numbers_free(struct sp_numbers *set);

enum sp_numbers_put sp_numbers_put(struct sp_numbers *set, uint64_t number);

/* A hint, without effect on any result: a put of that number follows soon. */
void sp_numbers_fetch(const struct sp_numbers *set, uint64_t number);

/* Where a number stands: below sp_numbers_places, until the next put; SP_NUMBERS_NO_PLACE when it
 * is not in the set. */
uint64_t sp_numbers_place(const struct sp_numbers *set, uint64_t number);
uint64_t sp_numbers_places(const struct sp_numbers *set);

/* The number at a place; false: there is none. Only of an exact set. */
bool sp_numbers_at(const struct sp_numbers *set, uint64_t place, uint64_t *number);

/* All numbers to a file and back into an initialised set with the same bits and kept; false: it
 * could not be written or read whole, or is no such set. A set after a false read may only be
 * freed. */
bool sp_numbers_save(const struct sp_numbers *set, FILE *file);
bool sp_numbers_load(struct sp_numbers *set, FILE *file);

#endif
