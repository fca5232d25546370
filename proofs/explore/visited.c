/*
 * The visited set: an append-only arena and an open-addressing table over it.
 *
 * Record: 5 octets parent, 1 to 3 octets size (LEB128), the code. A record lies within one chunk.
 * Slot: 24 bits of the hash above a 40-bit reference, so an arena of 1 TiB can be named.
 * What it does not do: shrink or delete. Only one thread may put (visited.h).
 * Invariant: every record is named by exactly one slot, on the probe sequence of its hash with no
 * empty slot before it.
 */
#define _DEFAULT_SOURCE /* MAP_ANONYMOUS, madvise */

#include "explore/visited.h"

#include <string.h>
#include <sys/mman.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

/* A huge page: the arena grows in steps that the page tables can map with one entry. */
#define CHUNK_BITS 21
#define CHUNK_SIZE (1u << CHUNK_BITS)
#define CHUNK_MASK (CHUNK_SIZE - 1)

#define REF_BITS    40
#define REF_MASK    ((UINT64_C(1) << REF_BITS) - 1)
#define PARENT_SIZE 5 /* octets of REF_BITS */

/* The list of chunks must not move while others read it. It is mapped for as many as references
 * can name, 8 MiB, of which only the pages in use are resident. */
#define CHUNKS_MAX  (UINT32_C(1) << (REF_BITS - CHUNK_BITS))
#define CHUNKS_SIZE (CHUNKS_MAX * sizeof(struct sp_chunk))

#define SLOTS_FIRST (UINT64_C(1) << 12)

/* Records whose slots are fetched together when the table is rebuilt: more than memory can have
 * outstanding misses, less than the first-level cache holds. */
#define REBUILD_GROUP 32

uint64_t sp_visited_xxh3(const uint8_t *code, size_t size)
{
    return XXH3_64bits(code, size);
}

static void *map(size_t size)
{
    void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    return memory == MAP_FAILED ? NULL : memory;
}

static bool affords(const struct sp_visited *visited, uint64_t more)
{
    return visited->memory <= visited->memory_max && more <= visited->memory_max - visited->memory;
}

static bool chunk_add(struct sp_visited *visited)
{
    uint64_t more = CHUNK_SIZE + sizeof *visited->chunk;
    if (visited->chunks == CHUNKS_MAX || !affords(visited, more)) {
        return false;
    }
    uint8_t *octets = map(CHUNK_SIZE);
    if (octets == NULL) {
        return false;
    }
    (void)madvise(octets, CHUNK_SIZE, MADV_HUGEPAGE); /* a refusal only costs speed */
    visited->chunk[visited->chunks++] = (struct sp_chunk){.octets = octets};
    visited->memory += more;
    return true;
}

/* Three quarters full: an absent code is found absent within two cache lines. */
static uint64_t load_comfortable(uint64_t slots)
{
    return slots / 4 * 3;
}

/* Where memory forbids a larger table: slow, but more states than stopping would give. */
static uint64_t load_greatest(uint64_t slots)
{
    return slots / 16 * 15;
}

bool sp_visited_init(struct sp_visited *visited, uint64_t memory_max,
                     uint64_t (*hash)(const uint8_t *code, size_t size))
{
    *visited = (struct sp_visited){.hash = hash,
                                   .states_max = UINT64_MAX,
                                   .memory_max = memory_max,
                                   .mask = SLOTS_FIRST - 1,
                                   .grow_at = load_comfortable(SLOTS_FIRST)};
    uint64_t table = SLOTS_FIRST * sizeof(uint64_t);
    visited->chunk = map(CHUNKS_SIZE);
    if (visited->chunk == NULL || !chunk_add(visited) || !affords(visited, table)) {
        sp_visited_free(visited);
        return false;
    }
    visited->chunk[0].used = 1; /* reference 0 is none */
    visited->slots = map(table);
    if (visited->slots == NULL) {
        sp_visited_free(visited);
        return false;
    }
    visited->memory += table;
    return true;
}

void sp_visited_free(struct sp_visited *visited)
{
    for (uint32_t i = 0; i < visited->chunks; i++) {
        (void)munmap(visited->chunk[i].octets, CHUNK_SIZE);
    }
    if (visited->chunk != NULL) {
        (void)munmap(visited->chunk, CHUNKS_SIZE);
    }
    if (visited->slots != NULL) {
        (void)munmap(visited->slots, (visited->mask + 1) * sizeof(uint64_t));
    }
    *visited = (struct sp_visited){0};
}

static const uint8_t *record_at(const struct sp_visited *visited, sp_ref ref)
{
    return visited->chunk[ref >> CHUNK_BITS].octets + (ref & CHUNK_MASK);
}

static size_t size_write(uint8_t *to, size_t size)
{
    size_t written = 0;
    for (; size >= 0x80; size >>= 7) {
        to[written++] = (uint8_t)(size | 0x80);
    }
    to[written++] = (uint8_t)size;
    return written;
}

/* The size, and where the code begins. */
static size_t size_read(const uint8_t *from, const uint8_t **code)
{
    size_t size = *from & 0x7f;
    for (unsigned shift = 7; (*from++ & 0x80) != 0; shift += 7) {
        size |= (size_t)(*from & 0x7f) << shift;
    }
    *code = from;
    return size;
}

struct sp_record sp_visited_at(const struct sp_visited *visited, sp_ref ref)
{
    const uint8_t *octets = record_at(visited, ref);
    struct sp_record record = {0};
    for (unsigned i = 0; i < PARENT_SIZE; i++) {
        record.parent |= (sp_ref)octets[i] << (8 * i);
    }
    record.size = size_read(octets + PARENT_SIZE, &record.code);
    return record;
}

sp_ref sp_visited_end(const struct sp_visited *visited)
{
    uint32_t last = visited->chunks - 1;
    return ((sp_ref)last << CHUNK_BITS) + visited->chunk[last].used;
}

sp_ref sp_visited_next(const struct sp_visited *visited, sp_ref ref, sp_ref end)
{
    if (ref == 0) {
        return 1;
    }
    const uint8_t *code;
    size_t size = size_read(record_at(visited, ref) + PARENT_SIZE, &code);
    uint64_t index = ref >> CHUNK_BITS;
    sp_ref next = ref + (uint64_t)(code + size - record_at(visited, ref));
    /* Only the last chunk is written to, so what is used of those before it is settled. Where the
     * record before `end` fills its chunk, there is none after it to be asked for. */
    bool leaps = index < (end - 1) >> CHUNK_BITS &&
                 (next & CHUNK_MASK) == (visited->chunk[index].used & CHUNK_MASK);
    return leaps ? (index + 1) << CHUNK_BITS : next;
}

/* Writes a record at the end of the arena. 0: no memory. */
static sp_ref append(struct sp_visited *visited, const uint8_t *code, size_t size, sp_ref parent)
{
    uint8_t head[PARENT_SIZE + 3];
    for (unsigned i = 0; i < PARENT_SIZE; i++) {
        head[i] = (uint8_t)(parent >> (8 * i));
    }
    size_t head_size = PARENT_SIZE + size_write(head + PARENT_SIZE, size);
    if (head_size + size > CHUNK_SIZE - visited->chunk[visited->chunks - 1].used &&
        !chunk_add(visited)) {
        return 0;
    }
    uint32_t last = visited->chunks - 1;
    uint32_t at = visited->chunk[last].used;
    memcpy(visited->chunk[last].octets + at, head, head_size);
    memcpy(visited->chunk[last].octets + at + head_size, code, size);
    visited->chunk[last].used = at + (uint32_t)(head_size + size);
    visited->states++;
    visited->code_octets += size;
    return ((sp_ref)last << CHUNK_BITS) + at;
}

static uint64_t tag_of(uint64_t hash)
{
    return hash & ~REF_MASK;
}

/* The first empty slot of a hash's probe sequence. */
static uint64_t empty_slot(const struct sp_visited *visited, uint64_t hash)
{
    uint64_t index = hash & visited->mask;
    while (visited->slots[index] != 0) {
        index = (index + 1) & visited->mask;
    }
    return index;
}

/* Names every record in an empty table. The slots of a group are fetched before any is written. */
static void rebuild(struct sp_visited *visited)
{
    sp_ref ref = 0;
    sp_ref end = sp_visited_end(visited);
    for (uint64_t done = 0; done < visited->states;) {
        sp_ref refs[REBUILD_GROUP];
        uint64_t hashes[REBUILD_GROUP];
        unsigned group = 0;
        for (; group < REBUILD_GROUP && done < visited->states; group++, done++) {
            ref = sp_visited_next(visited, ref, end);
            struct sp_record record = sp_visited_at(visited, ref);
            refs[group] = ref;
            hashes[group] = visited->hash(record.code, record.size);
            sp_visited_fetch_slot(visited, hashes[group]);
        }
        for (unsigned i = 0; i < group; i++) {
            visited->slots[empty_slot(visited, hashes[i])] = tag_of(hashes[i]) | refs[i];
        }
    }
}

/* Doubles the table. The old one goes before the new one is touched: both are never resident. */
static bool grow(struct sp_visited *visited)
{
    uint64_t slots = visited->mask + 1;
    uint64_t octets = slots * sizeof(uint64_t);
    uint64_t *larger = affords(visited, octets) ? map(octets * 2) : NULL;
    if (larger == NULL) {
        bool comfortable = visited->grow_at == load_comfortable(slots);
        visited->grow_at = load_greatest(slots);
        return comfortable;
    }
    (void)madvise(larger, octets * 2, MADV_HUGEPAGE);
    (void)munmap(visited->slots, octets);
    visited->slots = larger;
    visited->mask = slots * 2 - 1;
    visited->grow_at = load_comfortable(slots * 2);
    visited->memory += octets;
    rebuild(visited);
    return true;
}

static bool same(const struct sp_visited *visited, sp_ref ref, const uint8_t *code, size_t size)
{
    const uint8_t *stored;
    return size_read(record_at(visited, ref) + PARENT_SIZE, &stored) == size &&
           memcmp(stored, code, size) == 0;
}

enum sp_visited_put sp_visited_put(struct sp_visited *visited, uint64_t hash, const uint8_t *code,
                                   size_t size, sp_ref parent)
{
    uint64_t tag = tag_of(hash);
    uint64_t index = hash & visited->mask;
    for (uint64_t slot; (slot = visited->slots[index]) != 0; index = (index + 1) & visited->mask) {
        if (tag_of(slot) == tag && same(visited, slot & REF_MASK, code, size)) {
            return SP_VISITED_OLD;
        }
    }
    if (visited->states >= visited->states_max) {
        return SP_VISITED_FULL;
    }
    if (visited->states >= visited->grow_at) {
        if (!grow(visited)) {
            return SP_VISITED_FULL;
        }
        index = empty_slot(visited, hash);
    }
    sp_ref ref = append(visited, code, size, parent);
    if (ref == 0) {
        return SP_VISITED_FULL;
    }
    visited->slots[index] = tag | ref;
    return SP_VISITED_NEW;
}

void sp_visited_fetch_slot(const struct sp_visited *visited, uint64_t hash)
{
    __builtin_prefetch(&visited->slots[hash & visited->mask]);
}

void sp_visited_fetch_record(const struct sp_visited *visited, uint64_t hash)
{
    uint64_t slot = visited->slots[hash & visited->mask];
    if (slot != 0 && tag_of(slot) == tag_of(hash)) {
        const uint8_t *record = record_at(visited, slot & REF_MASK);
        __builtin_prefetch(record);
        __builtin_prefetch(record + 64); /* most codes lie within two cache lines */
    }
}
