/*
 * A set of numbers, each in few octets (numbers.h).
 *
 * A slot holds the lower bits of a scrambled number and, above them, its distance from home plus 1,
 * so that an empty slot is 0. The home is the bucket that the upper bits name; slots fill from the
 * front of a bucket, and a number goes into the first bucket from home on that has room. So a
 * number that is not found before the first empty slot is not in the set. Invariant: between the
 * home of a number and where it stands no slot is empty.
 */
#define _GNU_SOURCE /* mremap, MAP_ANONYMOUS, madvise */

#include "explore/numbers.h"

#include <string.h>
#include <sys/mman.h>

#define BUCKET 64u

/* From this size on the system is asked for huge pages. */
#define HUGE_PAGE (UINT64_C(2) << 20)

/* Buckets behind the last home: what is homed in the last one may stand there. */
#define SPARE 16u

/* Distances from home, 1 to this. */
#define DISTANCE_MAX  15u
#define DISTANCE_BITS 4u

#define BUCKET_BITS_FIRST 4u

/* Of a hundred slots so many are used when the set grows: fewer cost memory, more cost probes. */
#define LOAD 88u

/* Odd, and random otherwise. */
#define FACTOR_1 UINT64_C(0xbf58476d1ce4e5b9)
#define FACTOR_2 UINT64_C(0x94d049bb133111eb)

/* ---- the bijection ---- */

static uint64_t mask_of(unsigned bits)
{
    return bits >= 64 ? UINT64_MAX : (UINT64_C(1) << bits) - 1;
}

static uint64_t scramble(uint64_t number, unsigned bits)
{
    const uint64_t mask = mask_of(bits);
    const unsigned half = (bits + 1) / 2;
    number ^= number >> half;
    number = number * FACTOR_1 & mask;
    number ^= number >> half;
    number = number * FACTOR_2 & mask;
    return number ^ number >> half;
}

/* x with factor * x = 1 modulo 2^64: each step doubles the bits that are right, from three on. */
static uint64_t inverse(uint64_t factor)
{
    uint64_t x = factor;
    for (unsigned i = 0; i < 5; i++) {
        x *= 2 - factor * x;
    }
    return x;
}

/* Shifting by half of the bits or more undoes itself. */
static uint64_t unscramble(uint64_t number, unsigned bits)
{
    const uint64_t mask = mask_of(bits);
    const unsigned half = (bits + 1) / 2;
    number ^= number >> half;
    number = number * inverse(FACTOR_2) & mask;
    number ^= number >> half;
    number = number * inverse(FACTOR_1) & mask;
    return number ^ number >> half;
}

/* The part of the scrambled number that counts. */
static uint64_t image(const struct sp_numbers *set, uint64_t number)
{
    return scramble(number, set->bits) >> (set->bits - set->kept);
}

/* ---- the shape ---- */

static unsigned rest_bits(const struct sp_numbers *set)
{
    return set->kept - set->bucket_bits;
}

static uint64_t buckets_of(unsigned bucket_bits)
{
    return (UINT64_C(1) << bucket_bits) + SPARE;
}

/* A word is read where a slot begins: behind the last bucket there is room for that. */
static uint64_t octets_of(unsigned bucket_bits)
{
    return (buckets_of(bucket_bits) + 1) * BUCKET;
}

/* What follows from kept and bucket_bits. */
static void shape(struct sp_numbers *set)
{
    set->slot_octets = (rest_bits(set) + DISTANCE_BITS + 7) / 8;
    set->slots = BUCKET / set->slot_octets;
    set->grow_at = (set->slots << set->bucket_bits) / 100 * LOAD;
}

static bool affords(const struct sp_budget *budget, uint64_t octets)
{
    return budget->held <= budget->max && octets <= budget->max - budget->held;
}

bool sp_numbers_init(struct sp_numbers *set, struct sp_budget *budget, unsigned bits, unsigned kept)
{
    *set = (struct sp_numbers){
        .budget = budget, .bits = bits, .kept = kept, .bucket_bits = BUCKET_BITS_FIRST};
    shape(set);
    uint64_t octets = octets_of(set->bucket_bits);
    if (!affords(budget, octets)) {
        return false;
    }
    void *buckets = mmap(NULL, octets, PROT_READ | PROT_WRITE,
                         MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (buckets == MAP_FAILED) {
        return false;
    }
    set->buckets = buckets;
    budget->held += octets;
    return true;
}

void sp_numbers_free(struct sp_numbers *set)
{
    if (set->buckets != NULL) {
        (void)munmap(set->buckets, octets_of(set->bucket_bits));
        set->budget->held -= octets_of(set->bucket_bits);
    }
    set->buckets = NULL;
}

/* ---- slots ---- */

static uint64_t slot_read(const struct sp_numbers *set, const uint8_t *slot)
{
    uint64_t word;
    memcpy(&word, slot, sizeof word);
    return word & mask_of(8 * set->slot_octets);
}

static void slot_write(const struct sp_numbers *set, uint8_t *slot, uint64_t word)
{
    memcpy(slot, &word, set->slot_octets);
}

static uint8_t *bucket_at(const struct sp_numbers *set, uint64_t bucket)
{
    return set->buckets + bucket * BUCKET;
}

/* What a number with this rest looks like so many buckets from home. */
static uint64_t slot_word(const struct sp_numbers *set, uint64_t rest, unsigned distance)
{
    return rest | (uint64_t)(distance + 1) << rest_bits(set);
}

/* Looks for a word in a bucket. Its slot, or the first empty one, or NULL: neither is there. The
 * width is a constant in each caller, so that the loop is unrolled. */
static inline __attribute__((always_inline)) uint8_t *scan(uint8_t *bucket, uint64_t word,
                                                           unsigned octets, bool *found)
{
    const uint64_t mask = mask_of(8 * octets);
    for (unsigned i = 0; i < BUCKET / octets; i++) {
        uint64_t slot;
        memcpy(&slot, bucket + (size_t)i * octets, sizeof slot);
        slot &= mask;
        if (slot == word || slot == 0) {
            *found = slot != 0;
            return bucket + (size_t)i * octets;
        }
    }
    return NULL;
}

static uint8_t *scan_any(const struct sp_numbers *set, uint8_t *bucket, uint64_t word, bool *found)
{
    switch (set->slot_octets) {
    case 4:
        return scan(bucket, word, 4, found);
    case 5:
        return scan(bucket, word, 5, found);
    case 6:
        return scan(bucket, word, 6, found);
    default:
        return scan(bucket, word, set->slot_octets, found);
    }
}

/* The slot of an image, or the empty one where it would go; NULL: too far from home. */
static uint8_t *slot_of(const struct sp_numbers *set, uint64_t what, uint64_t *word, bool *found)
{
    const uint64_t home = what >> rest_bits(set);
    const uint64_t rest = what & mask_of(rest_bits(set));
    for (unsigned distance = 0; distance < DISTANCE_MAX; distance++) {
        *word = slot_word(set, rest, distance);
        uint8_t *slot = scan_any(set, bucket_at(set, home + distance), *word, found);
        if (slot != NULL) {
            return slot;
        }
    }
    return NULL;
}

/* The distance of the number in a slot. */
static unsigned distance_of(const struct sp_numbers *set, uint64_t word)
{
    return (unsigned)(word >> rest_bits(set)) - 1;
}

/* Of a full bucket the slot of the number that is nearest to its home. */
static uint8_t *nearest(const struct sp_numbers *set, uint8_t *bucket)
{
    uint8_t *best = bucket;
    for (unsigned i = 1; i < set->slots; i++) {
        uint8_t *slot = bucket + (size_t)i * set->slot_octets;
        if (distance_of(set, slot_read(set, slot)) < distance_of(set, slot_read(set, best))) {
            best = slot;
        }
    }
    return best;
}

/*
 * Puts an image that is not there and found no free slot near enough: it takes the place of a
 * number that stands nearer to home than it does, that one goes on from there, and so on (P. Celis,
 * Robin Hood hashing, 1986). False: even so one would stand too far from home; that one is in no
 * slot then.
 */
static bool crowd_in(struct sp_numbers *set, uint64_t what)
{
    uint64_t rest = what & mask_of(rest_bits(set));
    uint64_t bucket = what >> rest_bits(set);
    for (unsigned distance = 0; distance < DISTANCE_MAX; distance++, bucket++) {
        bool found = false;
        uint64_t word = slot_word(set, rest, distance);
        uint8_t *slot = scan_any(set, bucket_at(set, bucket), word, &found);
        if (slot != NULL) {
            slot_write(set, slot, word);
            return true;
        }
        slot = nearest(set, bucket_at(set, bucket));
        uint64_t other = slot_read(set, slot);
        if (distance_of(set, other) < distance) {
            slot_write(set, slot, word);
            rest = other & mask_of(rest_bits(set));
            distance = distance_of(set, other);
        }
    }
    return false;
}

/* Puts an image that is not there; `slot` and `word` are what slot_of said. */
static bool insert_at(struct sp_numbers *set, uint64_t what, uint8_t *slot, uint64_t word)
{
    if (slot == NULL) {
        return crowd_in(set, what);
    }
    slot_write(set, slot, word);
    return true;
}

/* ---- growing ---- */

static bool insert(struct sp_numbers *set, uint64_t what)
{
    bool found = false;
    uint64_t word;
    uint8_t *slot = slot_of(set, what, &word, &found);
    return insert_at(set, what, slot, word);
}

/* The images of a bucket that is moved out of, in the shape of `old`. */
static unsigned take_out(const struct sp_numbers *old, uint8_t *from, uint64_t bucket,
                         uint64_t images[BUCKET])
{
    unsigned count = 0;
    for (; count < old->slots; count++) {
        uint64_t word = slot_read(old, from + (size_t)count * old->slot_octets);
        if (word == 0) {
            break;
        }
        uint64_t distance = (word >> rest_bits(old)) - 1;
        images[count] = (bucket - distance) << rest_bits(old) | (word & mask_of(rest_bits(old)));
    }
    return count;
}

/* Buckets at the front that are put aside: what goes into the first ones of the new table comes
 * from them, and no later one writes below twice its own place less twice the greatest distance. */
#define ASIDE (4 * DISTANCE_MAX)

/*
 * Moves everything into twice as many buckets, in place. What stands in bucket b has its new home
 * at 2 b - 2 DISTANCE_MAX or above; so from the last bucket down to those put aside, a target is
 * either a bucket that was emptied already or one that never held anything.
 */
static bool spread(struct sp_numbers *set, const struct sp_numbers *old)
{
    uint8_t aside[ASIDE * BUCKET + BUCKET];
    uint64_t images[BUCKET];
    const uint64_t buckets = buckets_of(old->bucket_bits);
    const uint64_t kept = buckets < ASIDE ? buckets : ASIDE;
    bool good = true;
    memcpy(aside, set->buckets, kept * BUCKET);
    memset(set->buckets, 0, kept * BUCKET);
    for (uint64_t bucket = buckets; bucket-- > kept;) {
        uint8_t *from = bucket_at(set, bucket);
        unsigned count = take_out(old, from, bucket, images);
        memset(from, 0, BUCKET);
        for (unsigned i = 0; i < count; i++) {
            good &= insert(set, images[i]);
        }
    }
    for (uint64_t bucket = 0; bucket < kept; bucket++) {
        unsigned count = take_out(old, aside + bucket * BUCKET, bucket, images);
        for (unsigned i = 0; i < count; i++) {
            good &= insert(set, images[i]);
        }
    }
    return good;
}

/* Doubles the number of buckets. */
static bool grow(struct sp_numbers *set)
{
    const struct sp_numbers old = *set;
    const uint64_t octets = octets_of(set->bucket_bits + 1);
    const uint64_t more = octets - octets_of(set->bucket_bits);
    if (set->bucket_bits + 1 >= set->kept || !affords(set->budget, more)) {
        return false;
    }
    void *larger = mremap(set->buckets, octets_of(set->bucket_bits), octets, MREMAP_MAYMOVE);
    if (larger == MAP_FAILED) {
        return false;
    }
    if (octets >= HUGE_PAGE) {
        (void)madvise(larger, octets, MADV_HUGEPAGE); /* a refusal only costs speed */
    }
    set->budget->held += more;
    set->buckets = larger;
    set->bucket_bits++;
    shape(set);
    set->damaged = !spread(set, &old);
    return !set->damaged;
}

enum sp_numbers_put sp_numbers_put(struct sp_numbers *set, uint64_t number)
{
    const uint64_t what = image(set, number);
    bool found = false;
    uint64_t word;
    uint8_t *slot = slot_of(set, what, &word, &found);
    if (found) {
        return SP_NUMBERS_OLD;
    }
    if (set->count >= set->grow_at) {
        if (grow(set)) {
            slot = slot_of(set, what, &word, &found);
        } else {
            set->grow_at = UINT64_MAX; /* fills what there is */
            set->last = true;
        }
    }
    if (set->damaged || (set->last && slot == NULL)) {
        return SP_NUMBERS_FULL;
    }
    if (!insert_at(set, what, slot, word)) {
        set->damaged = true;
        return SP_NUMBERS_FULL;
    }
    set->count++;
    return SP_NUMBERS_NEW;
}

void sp_numbers_fetch(const struct sp_numbers *set, uint64_t number)
{
    __builtin_prefetch(bucket_at(set, image(set, number) >> rest_bits(set)));
}

/* ---- places ---- */

uint64_t sp_numbers_places(const struct sp_numbers *set)
{
    return buckets_of(set->bucket_bits) * set->slots;
}

uint64_t sp_numbers_place(const struct sp_numbers *set, uint64_t number)
{
    bool found = false;
    uint64_t word;
    const uint8_t *slot = slot_of(set, image(set, number), &word, &found);
    if (!found) {
        return SP_NUMBERS_NO_PLACE;
    }
    const uint64_t octet = (uint64_t)(slot - set->buckets);
    return octet / BUCKET * set->slots + octet % BUCKET / set->slot_octets;
}

bool sp_numbers_at(const struct sp_numbers *set, uint64_t place, uint64_t *number)
{
    const uint64_t bucket = place / set->slots;
    const uint64_t word =
        slot_read(set, bucket_at(set, bucket) + place % set->slots * set->slot_octets);
    if (word == 0) {
        return false;
    }
    const uint64_t home = bucket - ((word >> rest_bits(set)) - 1);
    *number = unscramble(home << rest_bits(set) | (word & mask_of(rest_bits(set))), set->bits);
    return true;
}

/* ---- files ---- */

struct head {
    uint64_t bits, kept, bucket_bits, count;
};

bool sp_numbers_save(const struct sp_numbers *set, FILE *file)
{
    const struct head head = {set->bits, set->kept, set->bucket_bits, set->count};
    const uint64_t octets = buckets_of(set->bucket_bits) * BUCKET;
    return !set->damaged && fwrite(&head, sizeof head, 1, file) == 1 &&
           fwrite(set->buckets, 1, octets, file) == octets;
}

/* The bucket is as putting leaves one: no distance reaches before the first home, or over an empty
 * slot, of which `full` says how many buckets before this one have none. */
static bool is_sound(const struct sp_numbers *set, uint64_t bucket, unsigned full, unsigned *used)
{
    bool ended = false;
    *used = 0;
    for (unsigned i = 0; i < set->slots; i++) {
        uint64_t word = slot_read(set, bucket_at(set, bucket) + (size_t)i * set->slot_octets);
        uint64_t distance = (word >> rest_bits(set)) - 1;
        if (word == 0) {
            ended = true;
        } else if (ended || distance >= DISTANCE_MAX || distance > bucket || distance > full) {
            return false;
        } else {
            (*used)++;
        }
    }
    return true;
}

static bool all_sound(const struct sp_numbers *set)
{
    uint64_t count = 0;
    unsigned full = 0;
    for (uint64_t bucket = 0; bucket < buckets_of(set->bucket_bits); bucket++) {
        unsigned used;
        if (!is_sound(set, bucket, full, &used)) {
            return false;
        }
        count += used;
        full = used == set->slots && full < DISTANCE_MAX ? full + 1 : used == set->slots ? full : 0;
    }
    return count == set->count;
}

bool sp_numbers_load(struct sp_numbers *set, FILE *file)
{
    struct head head;
    if (fread(&head, sizeof head, 1, file) != 1 || head.bits != set->bits ||
        head.kept != set->kept || head.bucket_bits < set->bucket_bits ||
        head.bucket_bits >= set->kept) {
        return false;
    }
    while (set->bucket_bits < head.bucket_bits) {
        if (!grow(set)) {
            return false;
        }
    }
    const uint64_t octets = buckets_of(set->bucket_bits) * BUCKET;
    set->count = head.count;
    return fread(set->buckets, 1, octets, file) == octets && all_sound(set);
}
