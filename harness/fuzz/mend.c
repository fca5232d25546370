/*
 * Mending of packets: see mend.h. RFC 791 3.1, RFC 8200 3 and 4, RFC 9293 3.1.
 *
 * Checksums are added up here again, not by model/bytes, which is what is tested.
 */
#include "fuzz/mend.h"

enum { IPV4_HEADER = 20, IPV6_HEADER = 40, TCP_HEADER = 20, TCP = 6 };

static void put16(uint8_t *at, size_t value)
{
    at[0] = (uint8_t)(value >> 8);
    at[1] = (uint8_t)value;
}

/* The one's complement sum of RFC 1071, begun with `sum`, not complemented. */
static uint32_t add_up(uint32_t sum, const uint8_t *bytes, size_t size)
{
    uint64_t total = sum;
    for (size_t i = 0; i < size; i++) {
        total += i % 2 == 0 ? (uint64_t)bytes[i] << 8 : bytes[i];
    }
    while (total >> 16 != 0) {
        total = (total & 0xffff) + (total >> 16);
    }
    return (uint32_t)total;
}

/* The checksum field is at bytes[at]. */
static void put_checksum(uint32_t sum, uint8_t *bytes, size_t size, size_t at)
{
    put16(bytes + at, 0);
    put16(bytes + at, ~add_up(sum, bytes, size) & 0xffff);
}

/* addresses: source and destination, `size` octets together. */
static void mend_tcp(const uint8_t *addresses, size_t size, uint8_t *tcp, size_t tcp_size)
{
    if (tcp_size >= TCP_HEADER) {
        put_checksum(add_up((uint32_t)tcp_size + TCP, addresses, size), tcp, tcp_size, 16);
    }
}

static void mend_ipv4(uint8_t *ip, size_t size)
{
    const size_t header = (size_t)(ip[0] & 15U) * 4;
    if (header < IPV4_HEADER || header > size || size > UINT16_MAX) {
        return;
    }
    put16(ip + 2, size);
    mend_tcp(ip + 12, 8, ip + header, size - header);
    put_checksum(0, ip, header, 10);
}

/* Behind the extension headers that have their length in units of 8 octets. */
static size_t find_tcp(const uint8_t *ip, size_t size)
{
    size_t at = IPV6_HEADER;
    for (unsigned next = ip[6]; next != TCP && at + 8 <= size;) {
        next = ip[at];
        at += ((size_t)ip[at + 1] + 1) * 8;
    }
    return at < size ? at : size;
}

static void mend_ipv6(uint8_t *ip, size_t size)
{
    const size_t at = find_tcp(ip, size);
    put16(ip + 4, size - IPV6_HEADER);
    mend_tcp(ip + 8, 32, ip + at, size - at);
}

void sp_mend_packet(unsigned version, uint8_t *bytes, size_t size)
{
    if (version == 4 && size >= IPV4_HEADER) {
        bytes[0] = (uint8_t)(0x40 | (bytes[0] & 15));
        mend_ipv4(bytes, size);
    } else if (version == 6 && size >= IPV6_HEADER) {
        bytes[0] = (uint8_t)(0x60 | (bytes[0] & 15));
        mend_ipv6(bytes, size);
    }
}
