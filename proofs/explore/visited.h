/*
 * The visited set: the exact codes of all states found so far, in the order of their discovery.
 *
 * Codes stand in an append-only arena, one record a state: the predecessor's reference, the size,
 * the octets. A hash table of 8-octet slots (reference and 24 bits of the hash) finds them again;
 * where those bits agree the octets are compared, so a collision costs time and never a state.
 * What it does not do: it knows no levels and no model. Records never move and never go.
 * Threads: one may put while others read, by sp_visited_at and sp_visited_next alone, records that
 * lay below an `end` handed over to them since.
 */
#ifndef SP_EXPLORE_VISITED_H
#define SP_EXPLORE_VISITED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Place of a record in the arena: below 2^40, rising in order of discovery; 0 is none. */
typedef uint64_t sp_ref;

enum sp_visited_put {
    SP_VISITED_OLD,  /* the code was there already */
    SP_VISITED_NEW,  /* it was not, and is now */
    SP_VISITED_FULL, /* it was not, and states_max or the memory admits no more */
};

struct sp_chunk {
    uint8_t *octets;
    uint32_t used;
};

struct sp_visited {
    uint64_t (*hash)(const uint8_t *code, size_t size);
    uint64_t *slots;        /* mask + 1 of them; 0 is empty */
    uint64_t mask;          /* a power of two less 1 */
    uint64_t grow_at;       /* so many states make the table grow */
    uint64_t states;        /* records in the arena */
    uint64_t states_max;    /* no more than these; UINT64_MAX: any number */
    uint64_t code_octets;   /* sum of the sizes of all codes */
    uint64_t memory;        /* octets held */
    uint64_t memory_max;    /* octets that may be held; UINT64_MAX: any number */
    struct sp_chunk *chunk; /* the arena's pieces; room for as many as there can be */
    uint32_t chunks;        /* pieces mapped */
};

struct sp_record {
    const uint8_t *code;
    size_t size;
    sp_ref parent; /* the state it was first reached from; 0: an initial state */
};

/* The hash that the explorer uses (XXH3); another one may only be slower. */
uint64_t sp_visited_xxh3(const uint8_t *code, size_t size);

/* An empty set of at most memory_max octets. False: not even that fits, nothing is held. */
bool sp_visited_init(struct sp_visited *visited, uint64_t memory_max,
                     uint64_t (*hash)(const uint8_t *code, size_t size));
void sp_visited_free(struct sp_visited *visited);

/* hash: visited->hash of the code; size at most 65535. The code is copied. */
enum sp_visited_put sp_visited_put(struct sp_visited *visited, uint64_t hash, const uint8_t *code,
                                   size_t size, sp_ref parent);

/* Hints, without effect on any result: sp_visited_put of that hash follows soon. The first fetches
 * the slot; the second, a while later, the record that the slot names. */
void sp_visited_fetch_slot(const struct sp_visited *visited, uint64_t hash);
void sp_visited_fetch_record(const struct sp_visited *visited, uint64_t hash);

/* The record at a reference other than 0. Valid as long as the set. */
struct sp_record sp_visited_at(const struct sp_visited *visited, sp_ref ref);

/* Where the next record will lie, or less: all records so far lie below. */
sp_ref sp_visited_end(const struct sp_visited *visited);

/* The reference after this one; the first after 0. There must be one below `end`, which is what
 * sp_visited_end gave at some time. */
sp_ref sp_visited_next(const struct sp_visited *visited, sp_ref ref, sp_ref end);

#endif
