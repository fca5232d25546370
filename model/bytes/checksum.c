/*
 * The Internet checksum (RFC 1071) and the TCP pseudo-headers (RFC 9293 3.1, RFC 8200 8.1).
 *
 * The sum is taken over words in the machine's own byte order, four octets at a time: RFC 1071 2(B)
 * shows that the result, written back in that order, is the same on every machine. It judges
 * nothing: what a sum means is for the callers to say.
 *
 * To keep in mind: only the last piece of a sum may have an odd number of octets.
 */
#include "bytes/octets.h"

#include <string.h>

/* Adds octets to a sum of 32-bit words. 2^32 such words fit, so that nothing carries out. */
static uint64_t add(uint64_t sum, const uint8_t *bytes, size_t size)
{
    size_t at = 0;
    for (; size - at >= 4; at += 4) {
        uint32_t word;
        memcpy(&word, bytes + at, sizeof word);
        sum += word;
    }
    if (size > at) {
        uint8_t last[4] = {0};
        uint32_t word;
        memcpy(last, bytes + at, size - at);
        memcpy(&word, last, sizeof word);
        sum += word;
    }
    return sum;
}

/* Carries come back in at the low end, until 16 bits are left. */
static uint16_t fold(uint64_t sum)
{
    sum = (sum & 0xffffffff) + (sum >> 32);
    sum = (sum & 0xffffffff) + (sum >> 32);
    sum = (sum & 0xffff) + (sum >> 16);
    sum = (sum & 0xffff) + (sum >> 16);
    uint16_t native = (uint16_t)sum;
    uint8_t octets[2];
    memcpy(octets, &native, sizeof octets);
    return sp_get16(octets);
}

uint16_t sp_checksum_sum(const uint8_t *bytes, size_t size)
{
    return fold(add(0, bytes, size));
}

uint16_t sp_checksum_tcp(const struct sp_flow *flow, const uint8_t *tcp, size_t size)
{
    /* The two pseudo-headers differ in the width of addresses and of zeros, which add nothing. */
    size_t width = flow->version == 4 ? 4 : 16;
    uint8_t rest[8] = {0};
    sp_put32(rest, (uint32_t)size);
    rest[7] = SP_PROTOCOL_TCP;
    uint64_t sum = add(0, flow->source, width);
    sum = add(sum, flow->destination, width);
    sum = add(sum, rest, sizeof rest);
    return fold(add(sum, tcp, size));
}
