/*
 * Wire bytes to segment: IPv4 (RFC 791) or IPv6 (RFC 8200), then TCP (RFC 9293 3.1).
 *
 * It does not reassemble: a fragment is rejected, as its reassembly is the host's. It skips the
 * options of IPv4 and what stands within IPv6 extension headers. It ignores the reserved bits of
 * TCP, and what the wire holds in the acknowledgment field without ACK or in the urgent pointer
 * without URG: those are 0 in a segment.
 *
 * To keep in mind: `end` is where the packet ends, never after `size`; no read goes past it, and
 * each comes after the check that admits it.
 */
#include "bytes/octets.h"

#include <string.h>

/* Extension headers that decode walks. RFC 8200 4.1 recommends an order in which at most four of
 * the kinds known here stand before TCP; twice that is tolerance enough. */
#define EXTENSIONS_MAX 8

enum next_header {
    NEXT_HOP_BY_HOP = 0,
    NEXT_ROUTING = 43,
    NEXT_FRAGMENT = 44,
    NEXT_DESTINATION = 60,
};

/* The octets of the packet that are not yet read. */
struct cursor {
    const uint8_t *bytes;
    size_t at;
    size_t end;
};

static enum sp_reject ipv4(struct cursor *c, struct sp_flow *flow)
{
    const uint8_t *ip = c->bytes;
    if (c->end < SP_IPV4_HEADER) {
        return SP_REJECT_TRUNCATED;
    }
    size_t header = (size_t)(ip[0] & 0x0f) * 4;
    size_t total = sp_get16(ip + 2);
    if (header < SP_IPV4_HEADER) {
        return SP_REJECT_IPV4_HEADER_LENGTH;
    }
    if (total < header) {
        return SP_REJECT_IPV4_TOTAL_LENGTH;
    }
    if (total > c->end) {
        return SP_REJECT_TRUNCATED;
    }
    if (sp_checksum_sum(ip, header) != 0xffff) {
        return SP_REJECT_IPV4_CHECKSUM;
    }
    /* More-fragments and the offset; don't-fragment and the reserved bit say nothing here. */
    if ((sp_get16(ip + 6) & 0x3fff) != 0) {
        return SP_REJECT_FRAGMENT;
    }
    if (ip[9] != SP_PROTOCOL_TCP) {
        return SP_REJECT_NOT_TCP;
    }
    memcpy(flow->source, ip + 12, 4);
    memcpy(flow->destination, ip + 16, 4);
    c->at = header;
    c->end = total;
    return SP_REJECT_NONE;
}

/* Steps over one hop-by-hop, routing or destination options header. The checksum of TCP is over the
 * last destination (RFC 8200 8.1), which the IPv6 header names only when no segments are left. */
static enum sp_reject skip_extension(struct cursor *c, unsigned *next)
{
    if (c->end - c->at < 8) {
        return SP_REJECT_EXTENSION_LENGTH;
    }
    const uint8_t *extension = c->bytes + c->at;
    size_t length = ((size_t)extension[1] + 1) * 8;
    if (length > c->end - c->at) {
        return SP_REJECT_EXTENSION_LENGTH;
    }
    if (*next == NEXT_ROUTING && extension[3] != 0) {
        return SP_REJECT_SEGMENTS_LEFT;
    }
    *next = extension[0];
    c->at += length;
    return SP_REJECT_NONE;
}

static enum sp_reject skip_extensions(struct cursor *c, unsigned next)
{
    for (unsigned count = 0; next != SP_PROTOCOL_TCP; count++) {
        if (next == NEXT_FRAGMENT) {
            return SP_REJECT_FRAGMENT;
        }
        if (next != NEXT_HOP_BY_HOP && next != NEXT_ROUTING && next != NEXT_DESTINATION) {
            return SP_REJECT_NOT_TCP;
        }
        if (next == NEXT_HOP_BY_HOP && count > 0) {
            return SP_REJECT_HOP_BY_HOP_PLACE;
        }
        if (count == EXTENSIONS_MAX) {
            return SP_REJECT_EXTENSION_COUNT;
        }
        enum sp_reject reject = skip_extension(c, &next);
        if (reject != SP_REJECT_NONE) {
            return reject;
        }
    }
    return SP_REJECT_NONE;
}

static enum sp_reject ipv6(struct cursor *c, struct sp_flow *flow)
{
    const uint8_t *ip = c->bytes;
    if (c->end < SP_IPV6_HEADER) {
        return SP_REJECT_TRUNCATED;
    }
    size_t payload = sp_get16(ip + 4);
    if (payload > c->end - SP_IPV6_HEADER) {
        return SP_REJECT_TRUNCATED;
    }
    memcpy(flow->source, ip + 8, 16);
    memcpy(flow->destination, ip + 24, 16);
    c->at = SP_IPV6_HEADER;
    c->end = SP_IPV6_HEADER + payload;
    return skip_extensions(c, ip[6]);
}

static enum sp_reject tcp(struct cursor *c, struct sp_packet_view *view)
{
    const uint8_t *header = c->bytes + c->at;
    size_t size = c->end - c->at;
    if (size < SP_TCP_HEADER) {
        return SP_REJECT_TCP_SHORT;
    }
    size_t offset = (size_t)(header[12] >> 4) * 4;
    if (offset < SP_TCP_HEADER || offset > size) {
        return SP_REJECT_DATA_OFFSET;
    }
    if (sp_checksum_tcp(&view->flow, header, size) != 0xffff) {
        return SP_REJECT_TCP_CHECKSUM;
    }
    struct sp_segment *s = &view->segment;
    view->flow.source_port = sp_get16(header);
    view->flow.destination_port = sp_get16(header + 2);
    s->seq = sp_get32(header + 4);
    s->flags = header[13];
    s->ack = (s->flags & SP_ACK) != 0 ? sp_get32(header + 8) : 0;
    s->wnd = sp_get16(header + 14);
    s->urgent = (s->flags & SP_URG) != 0 ? sp_get16(header + 18) : 0;
    s->len = (uint16_t)(size - offset);
    view->text_at = c->at + offset;
    return sp_options_read(header + SP_TCP_HEADER, offset - SP_TCP_HEADER, s,
                           &view->unknown_options);
}

enum sp_reject sp_decode(const uint8_t *bytes, size_t size, struct sp_packet_view *view)
{
    memset(view, 0, sizeof *view);
    if (size == 0) {
        return SP_REJECT_TRUNCATED;
    }
    struct cursor c = {bytes, 0, size};
    enum sp_reject reject = SP_REJECT_IP_VERSION;
    view->flow.version = bytes[0] >> 4;
    if (view->flow.version == 4) {
        reject = ipv4(&c, &view->flow);
    } else if (view->flow.version == 6) {
        reject = ipv6(&c, &view->flow);
    }
    return reject == SP_REJECT_NONE ? tcp(&c, view) : reject;
}

/* One row of reject.def. */
struct reject_info {
    const char *name;
    const char *text;
};

static const struct reject_info reject_infos[SP_REJECT_COUNT] = {
#define SP_REJECT(NAME, name, text) {name, text},
#include "bytes/reject.def"
#undef SP_REJECT
};

const char *sp_reject_name(enum sp_reject reject)
{
    return reject_infos[reject].name;
}

const char *sp_reject_text(enum sp_reject reject)
{
    return reject_infos[reject].text;
}
