/*
 * Bytes of a script, cut where cutting changes nothing, and a hash of them.
 *
 * What lies beyond the end of the byte form reads as 0, so zeros at the end need not be there. The
 * invariant: what is returned decodes to the same script.
 */
#include "campaign/bytes.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint8_t *encode(const struct sp_script *script, size_t *size)
{
    uint8_t none[1];
    *size = sp_script_encode(script, none, 0);
    uint8_t *bytes = malloc(*size);
    if (bytes != NULL) {
        sp_script_encode(script, bytes, *size);
    }
    return bytes;
}

/* The first `cut` octets decode to the script whose canonical form is bytes[0, size). */
static bool reads_the_same(struct sp_script *room, const uint8_t *bytes, size_t size, size_t cut,
                           uint8_t *again)
{
    sp_script_decode(room, bytes, cut);
    return sp_script_encode(room, again, size) == size && memcmp(again, bytes, size) == 0;
}

uint8_t *sp_script_bytes(const struct sp_script *script, size_t *size)
{
    uint8_t *bytes = encode(script, size);
    struct sp_script room = {.capacity = script->count + 1};
    room.action = calloc(room.capacity, sizeof *room.action);
    uint8_t *again = bytes == NULL ? NULL : malloc(*size);
    if (again == NULL || room.action == NULL) {
        free(bytes);
        bytes = NULL;
    } else {
        size_t cut = *size;
        while (cut > 1 && bytes[cut - 1] == 0 &&
               reads_the_same(&room, bytes, *size, cut - 1, again)) {
            cut--;
        }
        *size = cut;
    }
    free(again);
    free(room.action);
    return bytes;
}

bool sp_script_hash(const struct sp_script *script, char text[SP_HASH_TEXT])
{
    struct sp_script run = *script;
    run.expect = SP_EXPECT_NOTHING;
    memset(run.expected, 0, sizeof run.expected);
    size_t size;
    uint8_t *bytes = encode(&run, &size);
    if (bytes == NULL) {
        return false;
    }
    const uint64_t hash = XXH3_64bits(bytes, size);
    free(bytes);
    snprintf(text, SP_HASH_TEXT, "%08" PRIx32, (uint32_t)(hash >> 32));
    return true;
}
