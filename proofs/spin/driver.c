/*
 * What SPIN calls to make a move: decode, take the move, encode.
 *
 * The decoded world is scratch: SPIN goes back and forth between states as it likes, so nothing of
 * an earlier call may be used. The setup is the exception, as it never changes during a search.
 * It does not judge: the oracle is not linked.
 */
#include "spin/driver.h"
#include "net/world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* More than any bounds file has octets. */
#define BOUNDS_SIZE_MAX 65536

_Static_assert(SP_ACTIONS_MAX <= UINT8_MAX, "the number of moves fits into an octet");
_Static_assert(SP_SPIN_CODE % 2 == 0, "the state has no padding, which SPIN would compare");

static struct sp_setup setup;

_Noreturn static void refuse(const char *what, const char *why)
{
    fprintf(stderr, "spin: %s: %s\n", what, why);
    exit(SP_SPIN_EXIT_SETUP);
}

static void read_bounds(const char *path)
{
    static char text[BOUNDS_SIZE_MAX];
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        refuse(path, "cannot be read");
    }
    size_t size = fread(text, 1, sizeof text, file);
    if (ferror(file) != 0 || size == sizeof text) {
        refuse(path, "is no bounds file");
    }
    fclose(file);
    struct sp_complaint complaint;
    sp_setup_init(&setup);
    if (!sp_setup_parse(&setup, text, size, &complaint)) {
        refuse(path, complaint.text);
    }
}

static void apply_policy(const char *name)
{
    char text[256];
    struct sp_complaint complaint;
    snprintf(text, sizeof text, "policy = %s", name);
    if (!sp_setup_apply(&setup, text, strlen(text), &complaint) ||
        !sp_setup_check(&setup, &complaint)) {
        refuse(name, complaint.text);
    }
}

uint8_t sp_spin_begin(void)
{
    const char *bounds = getenv("SP_SPIN_BOUNDS");
    const char *policy = getenv("SP_SPIN_POLICY");
    if (bounds == NULL) {
        refuse("SP_SPIN_BOUNDS", "is not set");
    }
    read_bounds(bounds);
    if (policy != NULL && policy[0] != '\0') {
        apply_policy(policy);
    }
    uint32_t initials = sp_world_initials(&setup);
    if (initials > SP_ACTIONS_MAX) {
        refuse(bounds, "more initial worlds than a state may have moves");
    }
    printf("initials=%u\n", (unsigned)initials);
    return (uint8_t)initials;
}

/* The world after the move. */
static void advance(const struct sp_spin_state *state, unsigned index, struct sp_world *world)
{
    if (state->size == 0) {
        sp_world_init(&setup, index, false, world);
        return;
    }
    sp_move moves[SP_ACTIONS_MAX];
    struct sp_step step;
    sp_world_decode(&setup, state->code, state->size, world);
    sp_world_moves(&setup, world, moves);
    sp_world_move(&setup, world, moves[index], &step);
}

void sp_spin_take(struct sp_spin_state *state, uint8_t *moves, unsigned index)
{
    struct sp_world world;
    sp_move enabled[SP_ACTIONS_MAX];
    uint8_t code[SP_CODE_MAX];
    advance(state, index, &world);
    size_t size = sp_world_encode(&setup, &world, code);
    if (size > SP_SPIN_CODE) {
        fprintf(stderr, "spin: a code of %zu octets, and %d is the most\n", size, SP_SPIN_CODE);
        exit(SP_SPIN_EXIT_CODE);
    }
    memcpy(state->code, code, size);
    memset(state->code + size, 0, SP_SPIN_CODE - size);
    state->size = (uint16_t)size;
    *moves = (uint8_t)sp_world_moves(&setup, &world, enabled);
}
