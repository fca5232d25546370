/*
 * Does what is remembered agree with the plain step? Asked by the explorer of a sample of states.
 *
 * The state is made a world again, every move that the world offers is taken in it, judged and
 * encoded, and must lead to the code of the successor that was remembered, with the same findings.
 * With symmetry, a world and its mirror image must have the same futures, which is what makes it
 * sound. What it does not do: use anything remembered.
 */
#include "world/private.h"

#include <inttypes.h>
#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

static bool fails(char *error, size_t capacity, uint32_t action, const char *what)
{
    (void)snprintf(error, capacity,
                   "action %" PRIu32 ": what is remembered and the step itself differ in %s",
                   action, what);
    return false;
}

/* Where one move leads, by the step itself: its code in scratch->code. */
static struct sp_findings take(const struct sp_tcp *tcp, struct scratch *scratch,
                               const struct sp_world *world, sp_move move, size_t *size)
{
    scratch->other = *world;
    sp_world_move(tcp->setup, &scratch->other, move, &scratch->step);
    *size = sp_world_encode(tcp->setup, &scratch->other, scratch->code);
    return findings_of(tcp, &scratch->step, &scratch->other);
}

static bool audit_move(struct sp_tcp *tcp, struct scratch *scratch, uint32_t action,
                       const struct sp_successor *successor, char *error, size_t capacity)
{
    const uint64_t goal = tcp->goal == NULL ? 0 : UINT64_C(1) << SP_TCP_GOAL;
    size_t size;
    struct sp_findings findings =
        take(tcp, scratch, &scratch->world, scratch->moves[action], &size);
    if (findings.violated != successor->found.violated ||
        findings.witnessed != (successor->found.witnessed & ~goal)) {
        return fails(error, capacity, action, "what they show");
    }
    if (findings.violated != 0) {
        return true;
    }
    struct sp_world there;
    world_of(tcp, parts_of(successor->state), &there);
    size_t other = sp_world_encode(tcp->setup, &there, scratch->mirror);
    return (size == other && memcmp(scratch->code, scratch->mirror, size) == 0) ||
           fails(error, capacity, action, "where they lead");
}

/* The sum over all moves of what they lead to: the order of moves differs in the mirror image. */
static uint64_t future_of(const struct sp_tcp *tcp, struct scratch *scratch,
                          const struct sp_world *world)
{
    uint64_t sum = 0;
    uint32_t count = sp_world_moves(tcp->setup, world, scratch->moves);
    for (uint32_t i = 0; i < count; i++) {
        size_t size;
        struct sp_findings findings = take(tcp, scratch, world, scratch->moves[i], &size);
        sum += findings.violated != 0 ? XXH3_64bits(&findings.violated, sizeof findings.violated)
                                      : XXH3_64bits(scratch->code, size);
    }
    return sum + count;
}

/* Makes scratch->world the mirror image of itself, through the codes of its parts. */
static void mirror(const struct sp_tcp *tcp, struct scratch *scratch)
{
    struct sp_world *world = &scratch->world;
    struct sp_world image = {.now = 1};
    uint8_t *code = scratch->code;
    size_t size = sp_world_encode_part(tcp->setup, world, SP_PART_A, code);
    sp_world_decode_part(tcp->setup, SP_PART_B, code, size, &image);
    size = sp_world_encode_part(tcp->setup, world, SP_PART_B, code);
    sp_world_decode_part(tcp->setup, SP_PART_A, code, size, &image);
    size = sp_world_encode_mirrored_network(tcp->setup, world, code);
    sp_world_decode_part(tcp->setup, SP_PART_NETWORK, code, size, &image);
    *world = image;
}

static bool audit_mirror(const struct sp_tcp *tcp, struct scratch *scratch, char *error,
                         size_t capacity)
{
    uint64_t own = future_of(tcp, scratch, &scratch->world);
    mirror(tcp, scratch);
    if (future_of(tcp, scratch, &scratch->world) == own) {
        return true;
    }
    (void)snprintf(error, capacity, "with A and B exchanged other things happen");
    return false;
}

bool audit(void *self, void *scratch, uint64_t state, const struct sp_successor *successors,
           uint32_t count, char *error, size_t error_capacity)
{
    struct sp_tcp *tcp = self;
    struct scratch *own = scratch;
    world_of(tcp, parts_of(state), &own->world);
    if (sp_world_moves(tcp->setup, &own->world, own->moves) != count) {
        return fails(error, error_capacity, count, "how many there are");
    }
    for (uint32_t i = 0; i < count; i++) {
        if (!audit_move(tcp, own, i, &successors[i], error, error_capacity)) {
            return false;
        }
    }
    return !tcp->symmetry || audit_mirror(tcp, own, error, error_capacity);
}
