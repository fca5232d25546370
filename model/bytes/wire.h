/*
 * Wire bytes to segment and back: IPv4 (RFC 791) or IPv6 (RFC 8200) carrying TCP (RFC 9293 3.1).
 *
 * sp_decode never reads outside [bytes, bytes + size), whatever the bytes. For every segment and
 * flow that sp_encode accepts, sp_decode of what it wrote gives back the same segment and flow.
 * Neither judges the meaning of a segment: SYN with RST is a segment like any other.
 */
#ifndef SP_BYTES_WIRE_H
#define SP_BYTES_WIRE_H

#include "bytes/segment.h"

/* Why bytes are not a segment; one row a reason in reject.def. */
enum sp_reject {
#define SP_REJECT(NAME, name, text) SP_REJECT_##NAME,
#include "bytes/reject.def"
#undef SP_REJECT
    SP_REJECT_COUNT
};

/* The two sockets a packet travels between. IPv4 addresses use the first 4 octets; the rest are 0.
 */
struct sp_flow {
    uint8_t version; /* 4 or 6 */
    uint8_t source[16];
    uint8_t destination[16];
    uint16_t source_port;
    uint16_t destination_port;
};

struct sp_packet_view {
    struct sp_flow flow;
    struct sp_segment segment; /* text is 0: the wire does not say */
    size_t text_at;            /* where the text starts within the bytes */
    uint32_t unknown_options;  /* how many options were skipped by their length */
};

/* SP_REJECT_NONE: *view is complete. Otherwise *view is unspecified. Bytes after the IP total
 * length (link-layer padding) are ignored. */
enum sp_reject sp_decode(const uint8_t *bytes, size_t size, struct sp_packet_view *view);

/* Writes one packet with valid checksums and returns its size; 0 when it does not fit into
 * capacity, or when flow or segment are not valid (version, a field set without its flag or option
 * bit, options of more than 40 octets). text has segment->len octets, and may be NULL only when
 * that is 0. segment->text is not written: the wire has no place for it. */
size_t sp_encode(const struct sp_flow *flow, const struct sp_segment *segment, const uint8_t *text,
                 uint8_t *bytes, size_t capacity);

/* "bad-checksum", and one sentence. reject in [0, SP_REJECT_COUNT). */
const char *sp_reject_name(enum sp_reject reject);
const char *sp_reject_text(enum sp_reject reject);

/* Octet number `offset` of the stream of `host` (0 = A, 1 = B) in its incarnation `life` (from 0):
 * a fixed function, so that an octet from a wrong place is recognised. */
uint8_t sp_stream_octet(unsigned host, unsigned life, uint32_t offset);

#endif
