/*
 * Capture files in memory: see captures.h. The pcap format (draft-ietf-opsawg-pcap) is written out
 * here by hand, so that it is not libpcap that checks libpcap.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "captures.h"

#include <cmocka.h>

struct file load(const char *folder, const char *name, const char *suffix)
{
    char path[512];
    struct file file = {NULL, 0};
    snprintf(path, sizeof path, SP_CORPUS "/%s/%s%s", folder, name, suffix);
    FILE *stream = fopen(path, "rb");
    if (stream == NULL) {
        fail_msg("%s cannot be read", path);
    }
    fseek(stream, 0, SEEK_END);
    file.size = (size_t)ftell(stream);
    rewind(stream);
    file.bytes = malloc(file.size);
    assert_non_null(file.bytes);
    assert_int_equal(fread(file.bytes, 1, file.size, stream), file.size);
    fclose(stream);
    return file;
}

void drop(struct file *file)
{
    free(file->bytes);
    *file = (struct file){NULL, 0};
}

static uint32_t little32(const uint8_t *at)
{
    return at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

size_t unpack(const struct file *file, struct packet packets[PACKETS_MAX])
{
    size_t count = 0;
    size_t at = 24;
    while (at + 16 <= file->size && count < PACKETS_MAX) {
        const uint8_t *sll2 = file->bytes + at + 16;
        const size_t size = little32(file->bytes + at + 8);
        packets[count++] = (struct packet){
            .ip = sll2 + 20,
            .size = size - 20,
            .outgoing = sll2[10] == 4,
            .device = sll2[7],
        };
        at += 16 + size;
    }
    assert_int_equal(at, file->size);
    return count;
}

struct pen {
    uint8_t *at;
    bool big_endian;
};

static void put(struct pen *pen, const void *bytes, size_t size)
{
    memcpy(pen->at, bytes, size);
    pen->at += size;
}

static void put16be(struct pen *pen, unsigned value)
{
    put(pen, (const uint8_t[]){(uint8_t)(value >> 8), (uint8_t)value}, 2);
}

static void put_number(struct pen *pen, uint32_t value, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        const size_t shift = 8 * (pen->big_endian ? size - 1 - i : i);
        *pen->at++ = (uint8_t)(value >> shift);
    }
}

static void put_ethernet(struct pen *pen, unsigned protocol, unsigned vlans)
{
    put(pen, "\x02\0\0\0\0\1\x02\0\0\0\0\2", 12);
    for (unsigned i = 0; i < vlans; i++) {
        put16be(pen, i == 0 ? 0x88a8 : 0x8100);
        put16be(pen, 7);
    }
    put16be(pen, protocol);
}

static void put_link(struct pen *pen, const struct packet *packet, const struct packing *packing)
{
    const bool ipv6 = packet->ip[0] >> 4 == 6;
    const unsigned protocol = ipv6 ? 0x86dd : 0x0800;
    switch (packing->link) {
    case LINK_NULL:
        put_number(pen, ipv6 ? 30 : 2, 4);
        return;
    case LINK_LOOP:
        put(pen, ipv6 ? "\0\0\0\x1e" : "\0\0\0\2", 4);
        return;
    case LINK_ETHERNET:
        put_ethernet(pen, protocol, packing->vlans);
        return;
    case LINK_SLL:
        put16be(pen, packet->outgoing ? 4 : 0);
        put(pen, "\0\1\0\6\x02\0\0\0\0\1\0\0", 12);
        put16be(pen, protocol);
        return;
    case LINK_SLL2:
        put16be(pen, protocol);
        put(pen, "\0\0\0\0\0", 5);
        put(pen, &(uint8_t){(uint8_t)packet->device}, 1);
        put(pen, "\xff\xfe", 2);
        put(pen, &(uint8_t){packet->outgoing ? 4 : 0}, 1);
        put(pen, "\0\0\0\0\0\0\0\0\0", 9);
        return;
    case LINK_RAW:
    case LINK_USER0:
    case LINK_IPV4:
    case LINK_IPV6:
        return;
    }
}

struct file pack(const struct packet *packets, size_t count, const struct packing *packing)
{
    uint8_t *room = malloc(24 + count * (16 + 64 + 2048));
    assert_non_null(room);
    struct pen pen = {room, packing->big_endian};
    put_number(&pen, 0xa1b2c3d4, 4);
    put_number(&pen, 2, 2);
    put_number(&pen, 4, 2);
    put_number(&pen, 0, 4);
    put_number(&pen, 0, 4);
    put_number(&pen, 65535, 4);
    put_number(&pen, packing->link, 4);
    for (size_t i = 0; i < count; i++) {
        uint8_t header[64];
        struct pen link = {header, packing->big_endian};
        put_link(&link, &packets[i], packing);
        const size_t link_size = (size_t)(link.at - header);
        const bool cut = packing->snap != 0 && packing->snap < packets[i].size;
        const size_t kept = cut ? packing->snap : packets[i].size;
        put_number(&pen, 1700000000, 4);
        put_number(&pen, (uint32_t)i, 4);
        put_number(&pen, (uint32_t)(link_size + kept), 4);
        put_number(&pen, (uint32_t)(link_size + packets[i].size), 4);
        put(&pen, header, link_size);
        put(&pen, packets[i].ip, kept);
    }
    struct file file = {.size = (size_t)(pen.at - room)};
    file.bytes = realloc(room, file.size);
    assert_non_null(file.bytes);
    return file;
}
