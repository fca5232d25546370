/*
 * Segment to wire bytes: IPv4 (RFC 791) or IPv6 (RFC 8200), then TCP (RFC 9293 3.1).
 *
 * One segment and flow have one packet: the fields that they do not determine are fixed (hop limit
 * 64, don't-fragment, identification 0, flow label 0), without IP options or extension headers. It
 * does not judge meaning, only whether decode could give the same segment back.
 *
 * To keep in mind: nothing is written before everything is known to fit.
 */
#include "bytes/octets.h"

#include <string.h>

#define HOP_LIMIT     64
#define DONT_FRAGMENT 0x4000 /* with it the identification may be 0 (RFC 6864 4.1) */
#define LENGTH_MAX    65535  /* IPv4 total length, IPv6 payload length */

static bool flow_valid(const struct sp_flow *flow)
{
    if (flow->version == 6) {
        return true;
    }
    if (flow->version != 4) {
        return false;
    }
    for (size_t i = 4; i < sizeof flow->source; i++) {
        if (flow->source[i] != 0 || flow->destination[i] != 0) {
            return false;
        }
    }
    return true;
}

static bool segment_valid(const struct sp_segment *s)
{
    return (sp_has(s, SP_ACK) || s->ack == 0) && (sp_has(s, SP_URG) || s->urgent == 0) &&
           sp_options_valid(s);
}

static void write_ipv4(const struct sp_flow *flow, size_t total, uint8_t *ip)
{
    memset(ip, 0, SP_IPV4_HEADER);
    ip[0] = 0x45;
    sp_put16(ip + 2, (uint16_t)total);
    sp_put16(ip + 6, DONT_FRAGMENT);
    ip[8] = HOP_LIMIT;
    ip[9] = SP_PROTOCOL_TCP;
    memcpy(ip + 12, flow->source, 4);
    memcpy(ip + 16, flow->destination, 4);
    sp_put16(ip + 10, (uint16_t)~sp_checksum_sum(ip, SP_IPV4_HEADER));
}

static void write_ipv6(const struct sp_flow *flow, size_t payload, uint8_t *ip)
{
    memset(ip, 0, SP_IPV6_HEADER);
    ip[0] = 0x60;
    sp_put16(ip + 4, (uint16_t)payload);
    ip[6] = SP_PROTOCOL_TCP;
    ip[7] = HOP_LIMIT;
    memcpy(ip + 8, flow->source, 16);
    memcpy(ip + 24, flow->destination, 16);
}

/* `offset` octets of header and options, then the text; the checksum is over all of it. */
static void write_tcp(const struct sp_flow *flow, const struct sp_segment *s, const uint8_t *text,
                      size_t offset, uint8_t *tcp)
{
    sp_put16(tcp, flow->source_port);
    sp_put16(tcp + 2, flow->destination_port);
    sp_put32(tcp + 4, s->seq);
    sp_put32(tcp + 8, s->ack);
    tcp[12] = (uint8_t)(offset / 4 << 4);
    tcp[13] = s->flags;
    sp_put16(tcp + 14, s->wnd);
    sp_put16(tcp + 16, 0);
    sp_put16(tcp + 18, s->urgent);
    sp_options_write(s, tcp + SP_TCP_HEADER);
    if (s->len > 0) {
        memcpy(tcp + offset, text, s->len);
    }
    sp_put16(tcp + 16, (uint16_t)~sp_checksum_tcp(flow, tcp, offset + s->len));
}

size_t sp_encode(const struct sp_flow *flow, const struct sp_segment *segment, const uint8_t *text,
                 uint8_t *bytes, size_t capacity)
{
    if (!flow_valid(flow) || !segment_valid(segment)) {
        return 0;
    }
    size_t options = sp_options_size(segment);
    size_t offset = SP_TCP_HEADER + options;
    size_t ip = flow->version == 4 ? SP_IPV4_HEADER : SP_IPV6_HEADER;
    size_t payload = offset + segment->len;
    size_t announced = flow->version == 4 ? ip + payload : payload;
    if (options > SP_TCP_OPTIONS_MAX || announced > LENGTH_MAX || ip + payload > capacity) {
        return 0;
    }
    if (flow->version == 4) {
        write_ipv4(flow, announced, bytes);
    } else {
        write_ipv6(flow, announced, bytes);
    }
    write_tcp(flow, segment, text, offset, bytes + ip);
    return ip + payload;
}
