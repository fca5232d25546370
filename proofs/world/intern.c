/*
 * Numbers for things that recur (intern.h).
 *
 * One lock over everything but reading an entry: a string is looked up only when what it stands for
 * was made anew, which is rare. Invariant: entries below `count` are complete and do not change.
 */
#include "world/intern.h"

#include <stdlib.h>
#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#define SLOTS_FIRST 1024u

/* No string is longer: a code of a whole world is not. */
#define SIZE_MAX_SAVED 65536u

bool sp_intern_init(struct sp_intern *table, size_t record_size, uint32_t max)
{
    *table = (struct sp_intern){.record_size = record_size, .max = max, .mask = SLOTS_FIRST - 1};
    table->slots = calloc(SLOTS_FIRST, sizeof *table->slots);
    if (table->slots == NULL || pthread_mutex_init(&table->lock, NULL) != 0) {
        free(table->slots);
        table->slots = NULL;
        return false;
    }
    table->held = SLOTS_FIRST * sizeof *table->slots;
    return true;
}

void sp_intern_free(struct sp_intern *table)
{
    if (table->slots == NULL) {
        return;
    }
    for (uint32_t i = 0; i < table->count; i++) {
        free(sp_intern_at(table, i)->record);
    }
    for (unsigned i = 0; i < SP_INTERN_BLOCKS; i++) {
        free(table->block[i]);
    }
    free(table->slots);
    (void)pthread_mutex_destroy(&table->lock);
    *table = (struct sp_intern){0};
}

static uint32_t hash_of(const uint8_t *code, size_t size)
{
    return (uint32_t)XXH3_64bits(code, size);
}

/* The slot of a string: its own, or the empty one where it would go. */
static uint32_t *slot_of(const struct sp_intern *table, const uint8_t *code, size_t size)
{
    uint32_t index = hash_of(code, size) & table->mask;
    for (; table->slots[index] != 0; index = (index + 1) & table->mask) {
        const struct sp_entry *entry = sp_intern_at(table, table->slots[index] - 1);
        if (entry->size == size && memcmp(entry->code, code, size) == 0) {
            break;
        }
    }
    return &table->slots[index];
}

/* Keeps the table at most half full. */
static bool grow(struct sp_intern *table)
{
    if (table->count < (table->mask + 1) / 2) {
        return true;
    }
    uint32_t mask = table->mask * 2 + 1;
    uint32_t *slots = calloc(mask + (size_t)1, sizeof *slots);
    if (slots == NULL) {
        return false;
    }
    free(table->slots);
    table->slots = slots;
    table->mask = mask;
    table->held += (mask + (uint64_t)1) / 2 * sizeof *slots;
    for (uint32_t i = 0; i < table->count; i++) {
        const struct sp_entry *entry = sp_intern_at(table, i);
        *slot_of(table, entry->code, entry->size) = i + 1;
    }
    return true;
}

/* The entry of the next number; its block is made when it is the first of one. */
static struct sp_entry *next_entry(struct sp_intern *table)
{
    uint32_t shifted = table->count + (1u << SP_INTERN_FIRST_BITS);
    unsigned top = 31u - (unsigned)__builtin_clz(shifted);
    struct sp_entry **block = &table->block[top - SP_INTERN_FIRST_BITS];
    if (*block == NULL) {
        *block = calloc((size_t)1 << top, sizeof **block);
        table->held += *block == NULL ? 0 : ((uint64_t)1 << top) * sizeof **block;
    }
    return *block == NULL ? NULL : &(*block)[shifted - (1u << top)];
}

/* Record and code lie in one allocation. */
static bool make(struct sp_intern *table, struct sp_entry *entry, const uint8_t *code, size_t size,
                 sp_intern_fill *fill, void *to)
{
    uint8_t *record = calloc(1, table->record_size + size + 1);
    if (record == NULL || (fill != NULL && !fill(to, code, size, record))) {
        free(record);
        return false;
    }
    memcpy(record + table->record_size, code, size);
    *entry = (struct sp_entry){
        .code = record + table->record_size, .size = (uint32_t)size, .record = record};
    table->held += table->record_size + size + 1;
    return true;
}

static uint32_t number_of(struct sp_intern *table, const uint8_t *code, size_t size,
                          sp_intern_fill *fill, void *to)
{
    uint32_t *slot = slot_of(table, code, size);
    if (*slot != 0) {
        return *slot - 1;
    }
    struct sp_entry *entry = table->count < table->max && grow(table) ? next_entry(table) : NULL;
    if (entry == NULL || !make(table, entry, code, size, fill, to)) {
        return SP_INTERN_NONE;
    }
    *slot_of(table, code, size) = table->count + 1;
    return table->count++;
}

uint32_t sp_intern(struct sp_intern *table, const uint8_t *code, size_t size, sp_intern_fill *fill,
                   void *to)
{
    (void)pthread_mutex_lock(&table->lock);
    uint32_t number = number_of(table, code, size, fill, to);
    (void)pthread_mutex_unlock(&table->lock);
    return number;
}

bool sp_intern_save(struct sp_intern *table, FILE *file)
{
    bool good = fwrite(&table->count, sizeof table->count, 1, file) == 1;
    for (uint32_t i = 0; i < table->count && good; i++) {
        const struct sp_entry *entry = sp_intern_at(table, i);
        good = fwrite(&entry->size, sizeof entry->size, 1, file) == 1 &&
               fwrite(entry->code, 1, entry->size, file) == entry->size;
    }
    return good;
}

bool sp_intern_load(struct sp_intern *table, sp_intern_fill *fill, void *to, FILE *file)
{
    uint32_t count = 0;
    uint8_t *code = malloc(SIZE_MAX_SAVED);
    bool good = code != NULL && fread(&count, sizeof count, 1, file) == 1;
    for (uint32_t i = 0; i < count && good; i++) {
        uint32_t size = 0;
        good = fread(&size, sizeof size, 1, file) == 1 && size <= SIZE_MAX_SAVED &&
               fread(code, 1, size, file) == size && sp_intern(table, code, size, fill, to) == i;
    }
    free(code);
    return good;
}
