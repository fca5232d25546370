/*
 * The target `decode`: wire bytes. What decodes must encode, to bytes that decode to the same.
 *
 * Input: an octet, then bytes. The octet modulo 4: 0, an IPv4 packet whose lengths and checksums
 * are mended; 1, an IPv6 packet likewise; 2, an area of TCP options, put into a segment; 3, a
 * packet as it is. Nothing is allocated.
 */
#include "bytes/wire.h"
#include "fuzz/board.h"
#include "fuzz/mend.h"
#include "fuzz/target.h"
#include "fuzz/verdict.h"

#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#define PACKET_MAX (65535 + 40)

enum { OPTIONS_MAX = 40, IPV4_AND_TCP = 40 };

static struct {
    uint8_t packet[PACKET_MAX];
    uint8_t again[PACKET_MAX];
    struct sp_packet_view view;
    enum sp_reject reject;
} run;

static size_t copy(const uint8_t *bytes, size_t size)
{
    const size_t most = size < PACKET_MAX ? size : PACKET_MAX;
    memcpy(run.packet, bytes, most);
    return most;
}

/* An ACK whose option area is the bytes, padded with zeros to a multiple of 4. */
static size_t put_options(const uint8_t *bytes, size_t size)
{
    static const uint8_t headers[IPV4_AND_TCP] = {
        0x45, 0, 0, 0, 0, 0, 0, 0, 64, 6, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2, /* IPv4 */
        0,    1, 0, 2, 0, 0, 0, 1, 0,  0, 0, 2, 0,  16};                  /* TCP */
    const size_t most = size < OPTIONS_MAX ? size : OPTIONS_MAX;
    const size_t padded = (most + 3) / 4 * 4;
    memcpy(run.packet, headers, sizeof headers);
    memset(run.packet + IPV4_AND_TCP, 0, padded);
    memcpy(run.packet + IPV4_AND_TCP, bytes, most);
    run.packet[32] = (uint8_t)((20 + padded) / 4 << 4);
    return IPV4_AND_TCP + padded;
}

static size_t make_packet(unsigned way, const uint8_t *bytes, size_t size)
{
    switch (way % 4) {
    case 0:
        size = copy(bytes, size);
        sp_mend_packet(4, run.packet, size);
        return size;
    case 1:
        size = copy(bytes, size);
        sp_mend_packet(6, run.packet, size);
        return size;
    case 2:
        size = put_options(bytes, size);
        sp_mend_packet(4, run.packet, size);
        return size;
    default:
        return copy(bytes, size);
    }
}

static bool same(const struct sp_packet_view *one, const struct sp_packet_view *other)
{
    return memcmp(&one->flow, &other->flow, sizeof one->flow) == 0 &&
           memcmp(&one->segment, &other->segment, sizeof one->segment) == 0;
}

static void check(const uint8_t *bytes, size_t size)
{
    struct sp_packet_view again;
    const size_t written = sp_encode(&run.view.flow, &run.view.segment,
                                     run.packet + run.view.text_at, run.again, sizeof run.again);
    if (written == 0) {
        sp_verdict_broken(SP_FUZZ_PROMISE_DECODE_ENCODE, bytes, size);
    } else if (sp_decode(run.again, written, &again) != SP_REJECT_NONE ||
               !same(&run.view, &again) ||
               memcmp(run.packet + run.view.text_at, run.again + again.text_at,
                      again.segment.len) != 0) {
        sp_verdict_broken(SP_FUZZ_PROMISE_ENCODE_DECODE, bytes, size);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    sp_board_count();
    memset(&run.view, 0, sizeof run.view);
    run.reject = SP_REJECT_COUNT;
    if (size == 0) {
        return 0;
    }
    const size_t packet = make_packet(bytes[0], bytes + 1, size - 1);
    run.reject = sp_decode(run.packet, packet, &run.view);
    if (run.reject == SP_REJECT_NONE) {
        check(bytes, size);
    }
    return 0;
}

uint64_t sp_target_digest(void)
{
    return run.reject != SP_REJECT_NONE ? run.reject
                                        : XXH3_64bits(&run.view.segment, sizeof run.view.segment);
}
