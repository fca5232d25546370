/*
 * Known packets, and what tests of the wire share: a checksum of their own, damage and its repair.
 *
 * The packets were written down octet by octet, their checksums added up by hand as RFC 1071 says.
 * Nothing here calls encode. To keep in mind: after repair a packet has valid checksums, so that a
 * test sees what it has changed found, and not that something was changed.
 */
#ifndef SP_TEST_PACKETS_H
#define SP_TEST_PACKETS_H

#include "bytes/wire.h"

/* The known packets by name: an IPv4 SYN with MSS; IPv6 text of three octets with timestamps; IPv4
 * with URG, FIN and SACK. Their addresses are fixed: each is KNOWN_<name> of knowns. */
enum { KNOWN_SYN, KNOWN_TEXT, KNOWN_URGENT, KNOWN_COUNT };

#define SYN_SIZE  44
#define TEXT_SIZE 75

struct known {
    const uint8_t *bytes;
    size_t size;
    struct sp_flow flow;
    struct sp_segment segment;
    const char *text;
};

extern const struct known knowns[KNOWN_COUNT];

/* Decodes from a buffer of exactly `size` octets: a sanitizer sees a read outside. */
enum sp_reject decode_exact(const uint8_t *bytes, size_t size, struct sp_packet_view *view);

void assert_same_flow(const struct sp_flow *a, const struct sp_flow *b);
void assert_same_segment(const struct sp_segment *a, const struct sp_segment *b);

/* One's complement sum of RFC 1071 4.1, as its plain loop stands there, begun with `sum`. */
uint32_t add_up(uint32_t sum, const uint8_t *bytes, size_t size);

/* Makes the checksums valid of a packet whose TCP header is at bytes[tcp]. Returns size. */
size_t repair(uint8_t *bytes, size_t size, size_t tcp);

/* Writes a known packet, cut to its first `size` octets. Returns size. */
size_t make(uint8_t *p, int known, size_t size);

/* The known SYN with one octet changed and all checksums valid. */
size_t syn_with(uint8_t *p, size_t at, uint8_t value);

/* The known text behind extension headers of 8 octets each, all checksums valid. */
size_t extended(uint8_t *p, const uint8_t *kinds, size_t count);

#endif
