/*
 * A long array of octets in pieces that never move (pieces.h).
 *
 * Threads: one may append while others read what was there before, unless the list of pieces has to
 * grow; the search only lets others read arrays that nobody appends to.
 */
#define _DEFAULT_SOURCE /* MAP_ANONYMOUS */

#include "explore/pieces.h"

#include <stdlib.h>
#include <sys/mman.h>

/* Entries the list begins with. */
#define ROOM_FIRST 16

void sp_pieces_init(struct sp_pieces *pieces, struct sp_budget *budget)
{
    *pieces = (struct sp_pieces){.budget = budget};
}

void sp_pieces_free(struct sp_pieces *pieces)
{
    sp_pieces_drop(pieces, pieces->pieces << SP_PIECE_BITS);
    free(pieces->piece);
    *pieces = (struct sp_pieces){.budget = pieces->budget};
}

static bool list_grow(struct sp_pieces *pieces)
{
    uint64_t room = pieces->room == 0 ? ROOM_FIRST : pieces->room * 2;
    uint8_t **piece = realloc(pieces->piece, room * sizeof *piece);
    if (piece == NULL) {
        return false;
    }
    pieces->piece = piece;
    pieces->room = room;
    return true;
}

static bool add(struct sp_pieces *pieces)
{
    struct sp_budget *budget = pieces->budget;
    if (budget->held > budget->max || budget->max - budget->held < SP_PIECE_SIZE ||
        (pieces->pieces == pieces->room && !list_grow(pieces))) {
        return false;
    }
    void *octets =
        mmap(NULL, SP_PIECE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (octets == MAP_FAILED) {
        return false;
    }
    pieces->piece[pieces->pieces++] = octets;
    budget->held += SP_PIECE_SIZE;
    return true;
}

bool sp_pieces_reserve(struct sp_pieces *pieces, uint64_t octets)
{
    while (pieces->size + octets > pieces->pieces << SP_PIECE_BITS) {
        if (!add(pieces)) {
            return false;
        }
    }
    return true;
}

void sp_pieces_drop(struct sp_pieces *pieces, uint64_t at)
{
    for (; pieces->dropped < at >> SP_PIECE_BITS; pieces->dropped++) {
        (void)munmap(pieces->piece[pieces->dropped], SP_PIECE_SIZE);
        pieces->budget->held -= SP_PIECE_SIZE;
    }
}

/* Octets from `at` to the end of its piece or of the array. */
static size_t rest_of_piece(uint64_t at, uint64_t size)
{
    uint64_t end = ((at >> SP_PIECE_BITS) + 1) << SP_PIECE_BITS;
    return (size_t)((end < size ? end : size) - at);
}

bool sp_pieces_save(const struct sp_pieces *pieces, uint64_t from, FILE *file)
{
    for (uint64_t at = from; at < pieces->size;) {
        size_t octets = rest_of_piece(at, pieces->size);
        if (fwrite(sp_pieces_at(pieces, at), 1, octets, file) != octets) {
            return false;
        }
        at += octets;
    }
    return true;
}

bool sp_pieces_load(struct sp_pieces *pieces, uint64_t size, FILE *file)
{
    while (pieces->size < size) {
        size_t octets = rest_of_piece(pieces->size, size);
        if (!sp_pieces_reserve(pieces, octets) ||
            fread(sp_pieces_at(pieces, pieces->size), 1, octets, file) != octets) {
            return false;
        }
        pieces->size += octets;
    }
    return true;
}
