/*
 * From a capture file to sightings: link layers are stripped, packets decoded by model/bytes.
 *
 * Two things are mended before a packet counts as bad, each with a remark, because hosts and tools
 * do them by default: text cut off by the capture length (the numbers of a segment are in its
 * header), and a checksum that a network card was still to fill in (captured on the sending host).
 * The invariant: nothing outside [data, data + caplen) is read.
 */
#define _DEFAULT_SOURCE /* u_char, which pcap.h uses */
#include "capture/private.h"

#include <inttypes.h>
#include <pcap/pcap.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The largest IP packet: what IPv4's total length and IPv6's payload length can say. */
#define PACKET_MAX (65535 + 40)

struct reader {
    struct sp_capture *capture;
    struct sp_sightings *sightings;
    int link;
    bool mended_text; /* said once, not for every packet */
    bool mended_checksum;
    uint8_t mended[PACKET_MAX];
};

struct frame {
    const uint8_t *data; /* the IP packet */
    size_t size;         /* octets of it in the file */
    size_t wire_size;    /* octets it had on the wire */
    uint32_t device;
    uint8_t way;
};

static uint16_t get16(const uint8_t *at)
{
    return (uint16_t)(at[0] << 8 | at[1]);
}

static uint32_t get32(const uint8_t *at)
{
    return (uint32_t)get16(at) << 16 | get16(at + 2);
}

static bool drop(struct frame *frame, size_t size)
{
    if (frame->size < size) {
        return false;
    }
    frame->data += size;
    frame->size -= size;
    frame->wire_size -= size;
    return true;
}

static bool is_ip(unsigned protocol)
{
    return protocol == 0x0800 || protocol == 0x86dd;
}

/* Ethernet, with any number of VLAN tags. */
static bool strip_ethernet(struct frame *frame)
{
    if (!drop(frame, 12)) {
        return false;
    }
    while (frame->size >= 2) {
        const unsigned protocol = get16(frame->data);
        const bool tag = protocol == 0x8100 || protocol == 0x88a8 || protocol == 0x9100;
        if (!drop(frame, tag ? 4 : 2)) {
            return false;
        }
        if (!tag) {
            return is_ip(protocol);
        }
    }
    return false;
}

/* Linux "cooked" headers: packet type 4 is outgoing, 0..2 incoming (to us, broadcast, multicast),
 * 3 to somebody else. */
static uint8_t way_of(unsigned type)
{
    return type == 4 ? SP_WAY_OUT : type <= 3 ? SP_WAY_IN : SP_WAY_UNKNOWN;
}

static bool strip_sll(struct frame *frame)
{
    const uint8_t *header = frame->data;
    if (!drop(frame, 16)) {
        return false;
    }
    frame->way = way_of(get16(header));
    return is_ip(get16(header + 14));
}

static bool strip_sll2(struct frame *frame)
{
    const uint8_t *header = frame->data;
    if (!drop(frame, 20)) {
        return false;
    }
    frame->device = get32(header + 4);
    frame->way = way_of(header[10]);
    return is_ip(get16(header));
}

/* False: the frame does not carry IP, or ends before it. */
static bool strip_link(int link, struct frame *frame)
{
    switch (link) {
    case DLT_EN10MB:
        return strip_ethernet(frame);
    case DLT_LINUX_SLL:
        return strip_sll(frame);
    case DLT_LINUX_SLL2:
        return strip_sll2(frame);
    case DLT_NULL:
    case DLT_LOOP:
        return drop(frame, 4); /* an address family that each system numbers differently */
    case DLT_RAW:
    case DLT_IPV4:
    case DLT_IPV6:
        return true;
    default:
        return false;
    }
}

static bool known_link(int link)
{
    return link == DLT_EN10MB || link == DLT_LINUX_SLL || link == DLT_LINUX_SLL2 ||
           link == DLT_NULL || link == DLT_LOOP || link == DLT_RAW || link == DLT_IPV4 ||
           link == DLT_IPV6;
}

/* The one's complement sum of RFC 1071, not complemented. */
static uint32_t sum(const uint8_t *bytes, size_t size, uint32_t begin)
{
    uint64_t total = begin;
    for (size_t i = 0; i < size; i++) {
        total += (i & 1) == 0 ? (uint64_t)bytes[i] << 8 : bytes[i];
    }
    while (total >> 16 != 0) {
        total = (total & 0xffff) + (total >> 16);
    }
    return (uint32_t)total;
}

/* Where TCP begins and how many octets it has, of an IP packet without extension headers. */
static bool find_tcp(const uint8_t *ip, size_t size, size_t *at, size_t *tcp_size, uint32_t *pseudo)
{
    if (size >= 40 && ip[0] >> 4 == 6 && ip[6] == 6) {
        *at = 40;
        *tcp_size = get16(ip + 4);
        *pseudo = sum(ip + 8, 32, (uint32_t)*tcp_size + 6);
    } else if (size >= 20 && ip[0] >> 4 == 4 && ip[9] == 6 && get16(ip + 2) >= (ip[0] & 15U) * 4) {
        *at = (ip[0] & 15U) * 4;
        *tcp_size = get16(ip + 2) - *at;
        *pseudo = sum(ip + 12, 8, (uint32_t)*tcp_size + 6);
    } else {
        return false;
    }
    return *at + 20 <= size && *tcp_size >= 20 && *at + *tcp_size <= size;
}

static void put_checksum(uint8_t *tcp, size_t size, uint32_t pseudo)
{
    tcp[16] = 0;
    tcp[17] = 0;
    const uint32_t checksum = ~sum(tcp, size, pseudo);
    tcp[16] = (uint8_t)(checksum >> 8);
    tcp[17] = (uint8_t)checksum;
}

/* A checksum left to the network card holds the sum of the pseudo-header only. */
static enum sp_reject mend_checksum(struct reader *r, const struct frame *frame,
                                    struct sp_packet_view *view)
{
    size_t at, size;
    uint32_t pseudo;
    if (frame->size > PACKET_MAX || !find_tcp(frame->data, frame->size, &at, &size, &pseudo) ||
        get16(frame->data + at + 16) != pseudo) {
        return SP_REJECT_TCP_CHECKSUM;
    }
    memcpy(r->mended, frame->data, frame->size);
    put_checksum(r->mended + at, size, pseudo);
    if (!r->mended_checksum) {
        r->mended_checksum = true;
        sp_capture_remark(r->capture, r->capture->packets, false,
                          "the checksum was left to the network card: taken as good, here and "
                          "wherever it looks so");
    }
    return sp_decode(r->mended, frame->size, view);
}

/* Text that the capture cut off is made up as zeros: its length is all that counts. The TCP header
 * must be there in full; what is of it is believed, for its checksum cannot be checked. */
static enum sp_reject mend_text(struct reader *r, const struct frame *frame,
                                struct sp_packet_view *view)
{
    size_t at, size;
    uint32_t pseudo;
    if (frame->wire_size <= frame->size || frame->wire_size > PACKET_MAX) {
        return SP_REJECT_TRUNCATED;
    }
    memset(r->mended, 0, frame->wire_size);
    memcpy(r->mended, frame->data, frame->size);
    if (!find_tcp(r->mended, frame->wire_size, &at, &size, &pseudo) || at + 20 > frame->size ||
        at + (r->mended[at + 12] >> 4) * 4U > frame->size) {
        return SP_REJECT_TRUNCATED;
    }
    put_checksum(r->mended + at, size, pseudo);
    if (!r->mended_text) {
        r->mended_text = true;
        sp_capture_remark(r->capture, r->capture->packets, false,
                          "the capture has only the beginnings of packets: lengths are taken from "
                          "their headers, checksums are not checked");
    }
    return sp_decode(r->mended, frame->wire_size, view);
}

static enum sp_reject decode(struct reader *r, const struct frame *frame,
                             struct sp_packet_view *view)
{
    const enum sp_reject reject = sp_decode(frame->data, frame->size, view);
    if (reject == SP_REJECT_TRUNCATED) {
        return mend_text(r, frame, view);
    }
    if (reject == SP_REJECT_TCP_CHECKSUM) {
        return mend_checksum(r, frame, view);
    }
    return reject;
}

static uint32_t digest(const uint8_t *bytes, size_t size)
{
    uint32_t value = 2166136261U; /* FNV-1a */
    for (size_t i = 0; i < size; i++) {
        value = (value ^ bytes[i]) * 16777619U;
    }
    return value;
}

static bool see(struct reader *r, const struct frame *frame, const struct sp_packet_view *view)
{
    struct sp_sightings *s = r->sightings;
    if (!sp_capture_grow((void **)&s->item, &s->capacity, s->count, sizeof *s->item)) {
        return false;
    }
    size_t text = view->text_at < frame->size ? frame->size - view->text_at : 0;
    text = text < view->segment.len ? text : view->segment.len;
    s->item[s->count++] = (struct sp_sighting){
        .packet = r->capture->packets,
        .device = frame->device,
        .way = frame->way,
        .ip_id = view->flow.version == 4 ? get16(frame->data + 4) : 0,
        .digest = digest(frame->data + (text > 0 ? view->text_at : 0), text),
        .flow = view->flow,
        .segment = view->segment,
    };
    return true;
}

static bool take(struct reader *r, const struct pcap_pkthdr *header, const uint8_t *data)
{
    struct frame frame = {
        .data = data,
        .size = header->caplen,
        .wire_size = header->len > header->caplen ? header->len : header->caplen,
    };
    r->capture->packets++;
    struct sp_packet_view view;
    const char *reason = "no-ip";
    if (strip_link(r->link, &frame)) {
        const enum sp_reject reject = decode(r, &frame, &view);
        if (reject == SP_REJECT_NONE) {
            return see(r, &frame, &view);
        }
        reason = sp_reject_name(reject);
    }
    r->capture->rejects++;
    sp_capture_remark(r->capture, r->capture->packets, false, "not a TCP segment: %s", reason);
    return true;
}

static bool take_all(struct reader *r, pcap_t *pcap)
{
    struct pcap_pkthdr *header;
    const uint8_t *data;
    int result;
    while ((result = pcap_next_ex(pcap, &header, &data)) == 1) {
        if (r->capture->packets == SP_CAPTURE_PACKETS_MAX) {
            sp_capture_remark(r->capture, 0, false, "only the first %d packets were looked at",
                              SP_CAPTURE_PACKETS_MAX);
            return true;
        }
        if (!take(r, header, data)) {
            return false;
        }
    }
    if (result == PCAP_ERROR) {
        sp_capture_remark(r->capture, 0, false, "the file is damaged after packet %" PRIu32 ": %s",
                          r->capture->packets, pcap_geterr(pcap));
    }
    return true;
}

bool sp_capture_sight(void *pcap, struct sp_capture *capture, struct sp_sightings *sightings)
{
    const int link = pcap_datalink(pcap);
    const char *name = pcap_datalink_val_to_name(link);
    if (name != NULL) {
        snprintf(capture->link, sizeof capture->link, "%s", name);
    } else {
        snprintf(capture->link, sizeof capture->link, "%d", link);
    }
    if (!known_link(link)) {
        sp_capture_remark(capture, 0, false, "link type %s is not one that is read", capture->link);
    }
    struct reader *r = calloc(1, sizeof *r);
    if (r == NULL) {
        return false;
    }
    r->capture = capture;
    r->sightings = sightings;
    r->link = link;
    const bool done = take_all(r, pcap);
    free(r);
    return done;
}
