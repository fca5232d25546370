/*
 * A long array of octets in pieces that never move: appended to at the end, given back from the
 * front.
 *
 * What the search keeps besides the set of states: its trail, and the states of two levels. Growing
 * never copies, and what was read once can be unmapped. New octets are zero.
 */
#ifndef SP_EXPLORE_PIECES_H
#define SP_EXPLORE_PIECES_H

#include "explore/numbers.h"

/* 64 pages: small beside any limit of memory, large beside the cost of mapping it. */
#define SP_PIECE_BITS 18
#define SP_PIECE_SIZE (UINT64_C(1) << SP_PIECE_BITS)

struct sp_pieces {
    struct sp_budget *budget;
    uint8_t **piece;
    uint64_t room;    /* entries of `piece` */
    uint64_t pieces;  /* mapped so far, those given back included */
    uint64_t dropped; /* of them, given back */
    uint64_t size;    /* octets appended */
};

void sp_pieces_init(struct sp_pieces *pieces, struct sp_budget *budget);
void sp_pieces_free(struct sp_pieces *pieces);

/* So many octets can be appended now. False: the budget or the machine admits no more. */
bool sp_pieces_reserve(struct sp_pieces *pieces, uint64_t octets);

/* The octet at `at`, which is below size, or below what was reserved, and was not given back. The
 * octets behind it up to the next multiple of 8 belong to the same piece. */
static inline uint8_t *sp_pieces_at(const struct sp_pieces *pieces, uint64_t at)
{
    return pieces->piece[at >> SP_PIECE_BITS] + (at & (SP_PIECE_SIZE - 1));
}

/* Gives back the pieces that lie wholly before `at`. */
void sp_pieces_drop(struct sp_pieces *pieces, uint64_t at);

/* All octets from `from` on; and back into an empty array, `size` of them. */
bool sp_pieces_save(const struct sp_pieces *pieces, uint64_t from, FILE *file);
bool sp_pieces_load(struct sp_pieces *pieces, uint64_t size, FILE *file);

#endif
