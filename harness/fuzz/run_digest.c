/*
 * The digest of `pair` and `endpoint`: where the last run ended, and what was violated on the way.
 *
 * The codes of the three parts of the world, which say all that its future depends on, rather than
 * its octets, of which some are padding.
 */
#include "fuzz/run.h"
#include "fuzz/target.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

uint64_t sp_target_digest(void)
{
    static uint8_t code[SP_CODE_MAX];
    uint64_t digest = sp_run_violated();
    for (unsigned part = SP_PART_A; part < SP_PART_COUNT; part++) {
        const size_t size =
            sp_world_encode_part(sp_run_setup(), sp_run_world(), (enum sp_part)part, code);
        digest = XXH3_64bits_withSeed(code, size, digest);
    }
    return digest;
}
