/*
 * What decode and encode share: octets in network order, the Internet checksum (RFC 1071), and the
 * TCP options (RFC 9293 3.2). Private to this folder.
 *
 * Nothing here knows where a buffer ends: callers have checked that the octets exist.
 */
#ifndef SP_BYTES_OCTETS_H
#define SP_BYTES_OCTETS_H

#include "bytes/wire.h"

#define SP_IPV4_HEADER     20 /* without options */
#define SP_IPV6_HEADER     40
#define SP_TCP_HEADER      20 /* without options */
#define SP_TCP_OPTIONS_MAX 40 /* data offset 15 */
#define SP_PROTOCOL_TCP    6

static inline uint16_t sp_get16(const uint8_t *at)
{
    return (uint16_t)(at[0] << 8 | at[1]);
}

static inline uint32_t sp_get32(const uint8_t *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

static inline void sp_put16(uint8_t *at, uint16_t value)
{
    at[0] = (uint8_t)(value >> 8);
    at[1] = (uint8_t)value;
}

static inline void sp_put32(uint8_t *at, uint32_t value)
{
    sp_put16(at, (uint16_t)(value >> 16));
    sp_put16(at + 2, (uint16_t)value);
}

/* One's complement sum of the octets as big-endian 16-bit words, an odd last one padded with 0.
 * Over octets that contain a valid checksum it is 0xffff; over octets whose checksum field is 0,
 * its complement is the checksum. size =< 65535. */
uint16_t sp_checksum_sum(const uint8_t *bytes, size_t size);

/* The same over the pseudo-header of the flow and `size` octets of TCP header and text. */
uint16_t sp_checksum_tcp(const struct sp_flow *flow, const uint8_t *tcp, size_t size);

/* Reads an option area into the option fields of *segment, which are all 0 before, and counts the
 * options skipped by their length. size =< SP_TCP_OPTIONS_MAX. Not SP_REJECT_NONE: both are
 * unspecified. */
enum sp_reject sp_options_read(const uint8_t *bytes, size_t size, struct sp_segment *segment,
                               uint32_t *unknown);

/* False when an option field is set without its bit, or has a value that no option can carry. */
bool sp_options_valid(const struct sp_segment *segment);

/* Octets of the option area with its padding, a multiple of 4; may exceed SP_TCP_OPTIONS_MAX. The
 * options are valid. */
size_t sp_options_size(const struct sp_segment *segment);

/* Writes sp_options_size octets. */
void sp_options_write(const struct sp_segment *segment, uint8_t *bytes);

#endif
