/*
 * The trail (trail.h).
 *
 * Invariant: of the bits in use as many are 0 as there are states; the number of 1 before the zero
 * of a state is 0 for an initial state and else the ordinal of its predecessor plus 1.
 */
#include "explore/trail.h"

#include <string.h>

void sp_trail_init(struct sp_trail *trail, struct sp_budget *budget)
{
    sp_pieces_init(&trail->actions, budget);
    sp_pieces_init(&trail->links, budget);
    trail->bits = 0;
}

void sp_trail_free(struct sp_trail *trail)
{
    sp_pieces_free(&trail->actions);
    sp_pieces_free(&trail->links);
}

/* Room for one more bit. New octets are zero. */
static bool bit_add(struct sp_trail *trail)
{
    if (trail->bits == trail->links.size * 8) {
        if (!sp_pieces_reserve(&trail->links, 1)) {
            return false;
        }
        trail->links.size++;
    }
    trail->bits++;
    return true;
}

bool sp_trail_add(struct sp_trail *trail, uint8_t action)
{
    if (!sp_pieces_reserve(&trail->actions, 1) || !bit_add(trail)) {
        return false;
    }
    *sp_pieces_at(&trail->actions, trail->actions.size++) = action;
    return true;
}

bool sp_trail_next(struct sp_trail *trail)
{
    if (!bit_add(trail)) {
        return false;
    }
    uint64_t bit = trail->bits - 1;
    *sp_pieces_at(&trail->links, bit / 8) |= (uint8_t)(1u << bit % 8);
    return true;
}

/* A place in the bits, and how many zeros stand before it. */
struct place {
    uint64_t bit;
    uint64_t zeros;
};

/* Bits that are set, counted in parallel (H. S. Warren, Hacker's Delight, 5-1). */
static unsigned ones(uint64_t word)
{
    word -= word >> 1 & UINT64_C(0x5555555555555555);
    word = (word & UINT64_C(0x3333333333333333)) + (word >> 2 & UINT64_C(0x3333333333333333));
    word = (word + (word >> 4)) & UINT64_C(0x0f0f0f0f0f0f0f0f);
    return (unsigned)(word * UINT64_C(0x0101010101010101) >> 56);
}

static uint64_t word_at(const struct sp_trail *trail, uint64_t octet)
{
    uint64_t word;
    memcpy(&word, sp_pieces_at(&trail->links, octet), sizeof word);
    return word;
}

/* Goes back to the zero of a state, which stands before `place`. Whole words first. */
static void back_to(const struct sp_trail *trail, uint64_t ordinal, struct place *place)
{
    while (place->zeros > ordinal) {
        uint64_t octet = (place->bit - 1) / 8;
        uint64_t zeros = place->bit % 64 == 0 ? 64 - ones(word_at(trail, octet - 7)) : 0;
        if (zeros != 0 && place->zeros - zeros > ordinal) {
            place->bit -= 64;
            place->zeros -= zeros;
        } else {
            place->bit--;
            place->zeros -= (*sp_pieces_at(&trail->links, octet) >> place->bit % 8 & 1) == 0;
        }
    }
}

bool sp_trail_path(const struct sp_trail *trail, uint64_t ordinal, size_t count, uint8_t *actions)
{
    struct place place = {.bit = trail->bits, .zeros = trail->actions.size};
    while (count > 0 && ordinal != SP_TRAIL_ROOT) {
        if (ordinal >= place.zeros) {
            return false;
        }
        actions[--count] = *sp_pieces_at(&trail->actions, ordinal);
        back_to(trail, ordinal, &place);
        ordinal = place.bit - place.zeros - 1; /* of no ones: SP_TRAIL_ROOT */
    }
    return count == 0 && ordinal == SP_TRAIL_ROOT;
}

bool sp_trail_save(const struct sp_trail *trail, FILE *file)
{
    return fwrite(&trail->bits, sizeof trail->bits, 1, file) == 1 &&
           sp_pieces_save(&trail->actions, 0, file) && sp_pieces_save(&trail->links, 0, file);
}

/* As many zeros as states. */
static bool counts(const struct sp_trail *trail)
{
    uint64_t set = 0;
    for (uint64_t at = 0; at < trail->links.size; at++) {
        set += ones(*sp_pieces_at(&trail->links, at));
    }
    return trail->bits - set == trail->actions.size;
}

bool sp_trail_load(struct sp_trail *trail, uint64_t states, FILE *file)
{
    uint64_t bits = 0;
    if (fread(&bits, sizeof bits, 1, file) != 1 || bits < states || bits > 2 * states + 1 ||
        !sp_pieces_load(&trail->actions, states, file) ||
        !sp_pieces_load(&trail->links, (bits + 7) / 8, file)) {
        return false;
    }
    trail->bits = bits;
    return counts(trail);
}
