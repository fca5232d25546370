/*
 * Numbers for things that recur: each different string of octets gets the next number, once.
 *
 * Two strings have the same number exactly if they are equal: they are compared, not only hashed.
 * With each stands a record of the table's own, filled in when the string is first seen. Threads:
 * all functions but init, free, save and load may be called by several at once; a number that one
 * thread was given may be handed to another by anything that orders memory.
 */
#ifndef SP_WORLD_INTERN_H
#define SP_WORLD_INTERN_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define SP_INTERN_NONE UINT32_MAX

/* Entries stand in blocks, so that they never move; the first has this many, each next twice as
 * many as the one before. */
#define SP_INTERN_FIRST_BITS 8
#define SP_INTERN_BLOCKS     24

struct sp_entry {
    const uint8_t *code;
    uint32_t size;
    void *record;
};

/* Makes the record of a string that is seen for the first time. False: it cannot be made, and the
 * string gets no number. Must not ask for numbers of the same table. */
typedef bool sp_intern_fill(void *to, const uint8_t *code, size_t size, void *record);

struct sp_intern {
    pthread_mutex_t lock;
    size_t record_size;
    uint32_t max;   /* numbers, at most */
    uint32_t count; /* numbers given */
    struct sp_entry *block[SP_INTERN_BLOCKS];
    uint32_t *slots; /* hash table of numbers + 1; 0: empty */
    uint32_t mask;
    uint64_t held; /* octets */
};

/* max: at most 2^31. False: no memory. */
bool sp_intern_init(struct sp_intern *table, size_t record_size, uint32_t max);
void sp_intern_free(struct sp_intern *table);

/* The number of a string, below table->max; SP_INTERN_NONE when there is none left, or no memory.
 * `to` is passed to fill, which may be NULL: the record is zero then. */
uint32_t sp_intern(struct sp_intern *table, const uint8_t *code, size_t size, sp_intern_fill *fill,
                   void *to);

static inline const struct sp_entry *sp_intern_at(const struct sp_intern *table, uint32_t number)
{
    /* Block k holds the numbers from 2^(k + first) - 2^first on. */
    uint32_t shifted = number + (1u << SP_INTERN_FIRST_BITS);
    unsigned top = 31u - (unsigned)__builtin_clz(shifted);
    return &table->block[top - SP_INTERN_FIRST_BITS][shifted - (1u << top)];
}

/* All strings, in the order of their numbers; and back into an empty table, where they get the same
 * numbers. False: not written, or not read whole. */
bool sp_intern_save(struct sp_intern *table, FILE *file);
bool sp_intern_load(struct sp_intern *table, sp_intern_fill *fill, void *to, FILE *file);

#endif
