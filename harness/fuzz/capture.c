/*
 * The target `capture`: bytes as a capture file. Whatever it holds becomes a script that can be
 * written and read again, or a complaint.
 *
 * Input: the octets of a pcap or pcapng file. libpcap and harness/capture allocate.
 */
#include "capture/capture.h"
#include "fuzz/board.h"
#include "fuzz/target.h"
#include "fuzz/verdict.h"

#include <stdlib.h>
#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

static uint64_t digest;

/* The script's bytes, read and written once more, are the same bytes. bytes: room for 2 * size. */
static bool same_again(const struct sp_script *script, uint8_t *bytes, size_t size)
{
    struct sp_script again = {.capacity = script->count + 1};
    again.action = calloc(again.capacity, sizeof *again.action);
    if (again.action == NULL) {
        return true;
    }
    sp_script_encode(script, bytes, size);
    digest = XXH3_64bits(bytes, size);
    sp_script_decode(&again, bytes, size);
    const bool same = sp_script_encode(&again, bytes + size, size) == size &&
                      again.count == script->count && memcmp(bytes, bytes + size, size) == 0;
    free(again.action);
    return same;
}

static bool check(const struct sp_script *script)
{
    uint8_t none[1];
    const size_t size = sp_script_encode(script, none, 0);
    uint8_t *room = malloc(2 * size);
    const bool same = room == NULL || same_again(script, room, size);
    free(room);
    return same;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct sp_capture capture;
    struct sp_complaint complaint;
    sp_board_count();
    digest = 0;
    if (!sp_capture_magic(bytes, size)) {
        return 0;
    }
    const bool read = sp_capture_read_bytes(bytes, size, "input", 0, &capture, &complaint);
    const bool same = !read || check(&capture.script);
    sp_capture_free(&capture);
    if (!same) {
        sp_verdict_broken(SP_FUZZ_PROMISE_CAPTURE_SCRIPT, bytes, size);
    }
    return 0;
}

uint64_t sp_target_digest(void)
{
    return digest;
}
