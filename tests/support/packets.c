/*
 * The known packets, and how tests change them and make their checksums valid again (RFC 1071).
 *
 * It uses no part of the code under test but the octet order. To keep in mind: the octets below are
 * the expectation itself; they are never regenerated from what encode writes.
 */
#include "packets.h"

#include "bytes/octets.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* One line a part of the header. */
/* clang-format off */
/*
 * IP: 4500+002c+0000+4000+4006+c000+0201+c000+0202 = 24935, 4935+2 = 4937, complement b6c8.
 * Pseudo-header: c000+0201+c000+0202+0006+0018 = 18421.
 * TCP: +c000+0050+0000+0064+0000+0000+6002+ffff+0000+0204+05b4 = 3ac8e, ac8e+3 = ac91, so 536e.
 */
static const uint8_t v4_syn[SYN_SIZE] = {
    0x45, 0x00, 0x00, 0x2c, 0x00, 0x00, 0x40, 0x00, 0x40, 0x06, 0xb6, 0xc8, /* 64 hops, TCP */
    192,  0,    2,    1,    192,  0,    2,    2,                            /* addresses */
    0xc0, 0x00, 0x00, 0x50, 0x00, 0x00, 0x00, 0x64, 0x00, 0x00, 0x00, 0x00, /* ports, seq, ack */
    0x60, 0x02, 0xff, 0xff, 0x53, 0x6e, 0x00, 0x00,                         /* SYN, wnd */
    0x02, 0x04, 0x05, 0xb4,                                                 /* MSS 1460 */
};

/*
 * Pseudo-header: 2001+0db8+0001+2001+0db8+0002+0023+0006 = 5b9e.
 * TCP: +0050+c000+ffff+fffe+0000+0065+8018+1000+0000+080a+0001+0002+0003+0004+0000 = 3b47c,
 * text, padded with a zero: +6162+6300 = 478de, 78de+4 = 78e2, complement 871d.
 */
static const uint8_t v6_text[TEXT_SIZE] = {
    0x60, 0x00, 0x00, 0x00, 0x00, 0x23, 0x06, 0x40,                         /* 35 octets, TCP */
    0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1,             /* source */
    0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2,             /* destination */
    0x00, 0x50, 0xc0, 0x00, 0xff, 0xff, 0xff, 0xfe, 0x00, 0x00, 0x00, 0x65, /* ports, seq, ack */
    0x80, 0x18, 0x10, 0x00, 0x87, 0x1d, 0x00, 0x00,                         /* ACK, PSH */
    0x08, 0x0a, 0x00, 0x01, 0x00, 0x02, 0x00, 0x03, 0x00, 0x04, 0x00, 0x00, /* timestamps */
    'a',  'b',  'c',
};

/*
 * IP: 4500+0034+0000+4000+4006+0a00+0001+0a00+0002 = d93d, complement 26c2.
 * Pseudo-header: 0a00+0001+0a00+0002+0006+0020 = 1429.
 * TCP: +0001+0002+8000+0000+7fff+ffff+8031+0000+0000+ffff+050a+0000+0010+0000+0020+0000 = 39994,
 * 9994+3 = 9997, complement 6668.
 */
static const uint8_t v4_urgent[52] = {
    0x45, 0x00, 0x00, 0x34, 0x00, 0x00, 0x40, 0x00, 0x40, 0x06, 0x26, 0xc2, /* 64 hops, TCP */
    10,   0,    0,    1,    10,   0,    0,    2,                            /* addresses */
    0x00, 0x01, 0x00, 0x02, 0x80, 0x00, 0x00, 0x00, 0x7f, 0xff, 0xff, 0xff, /* ports, seq, ack */
    0x80, 0x31, 0x00, 0x00, 0x66, 0x68, 0xff, 0xff,                         /* URG, ACK, FIN */
    0x05, 0x0a, 0x00, 0x00, 0x00, 0x10, 0x00, 0x00, 0x00, 0x20, 0x00, 0x00, /* SACK 16-32 */
};
/* clang-format on */

const struct known knowns[KNOWN_COUNT] = {
    [KNOWN_SYN] = {v4_syn,
                   sizeof v4_syn,
                   {4, {192, 0, 2, 1}, {192, 0, 2, 2}, 49152, 80},
                   {.seq = 100, .wnd = 65535, .flags = SP_SYN, .options = SP_OPT_MSS, .mss = 1460},
                   ""},
    [KNOWN_TEXT] =
        {v6_text,
         sizeof v6_text,
         {6, {0x20, 0x01, 0x0d, 0xb8, [15] = 1}, {0x20, 0x01, 0x0d, 0xb8, [15] = 2}, 80, 49152},
         {.seq = 0xfffffffe,
          .ack = 101,
          .wnd = 4096,
          .len = 3,
          .flags = SP_ACK | SP_PSH,
          .options = SP_OPT_TIMESTAMPS,
          .ts_val = 0x10002,
          .ts_ecr = 0x30004},
         "abc"},
    [KNOWN_URGENT] = {v4_urgent,
                      sizeof v4_urgent,
                      {4, {10, 0, 0, 1}, {10, 0, 0, 2}, 1, 2},
                      {.seq = 0x80000000,
                       .ack = 0x7fffffff,
                       .urgent = 0xffff,
                       .flags = SP_URG | SP_ACK | SP_FIN,
                       .options = SP_OPT_SACK,
                       .sacks = 1,
                       .sack = {{16, 32}}},
                      ""},
};

enum sp_reject decode_exact(const uint8_t *bytes, size_t size, struct sp_packet_view *view)
{
    uint8_t *exact = malloc(size > 0 ? size : 1);
    assert_non_null(exact);
    memcpy(exact, bytes, size);
    enum sp_reject reject = sp_decode(exact + (size > 0 ? 0 : 1), size, view);
    free(exact);
    assert_in_range(reject, 0, SP_REJECT_COUNT - 1);
    return reject;
}

void assert_same_flow(const struct sp_flow *a, const struct sp_flow *b)
{
    assert_int_equal(a->version, b->version);
    assert_memory_equal(a->source, b->source, sizeof a->source);
    assert_memory_equal(a->destination, b->destination, sizeof a->destination);
    assert_int_equal(a->source_port, b->source_port);
    assert_int_equal(a->destination_port, b->destination_port);
}

void assert_same_segment(const struct sp_segment *a, const struct sp_segment *b)
{
    assert_int_equal(a->seq, b->seq);
    assert_int_equal(a->ack, b->ack);
    assert_int_equal(a->text, b->text);
    assert_int_equal(a->ts_val, b->ts_val);
    assert_int_equal(a->ts_ecr, b->ts_ecr);
    assert_int_equal(a->wnd, b->wnd);
    assert_int_equal(a->urgent, b->urgent);
    assert_int_equal(a->len, b->len);
    assert_int_equal(a->mss, b->mss);
    assert_int_equal(a->flags, b->flags);
    assert_int_equal(a->options, b->options);
    assert_int_equal(a->scale, b->scale);
    assert_int_equal(a->sacks, b->sacks);
    for (size_t i = 0; i < SP_SACK_MAX; i++) {
        assert_int_equal(a->sack[i].left, b->sack[i].left);
        assert_int_equal(a->sack[i].right, b->sack[i].right);
    }
}

uint32_t add_up(uint32_t sum, const uint8_t *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        sum += i % 2 == 0 ? (uint32_t)bytes[i] << 8 : bytes[i];
    }
    while (sum >> 16 != 0) {
        sum = (sum & 0xffff) + (sum >> 16);
    }
    return sum;
}

/* Makes the checksum at bytes[at] valid over [from, size). */
static void sign(uint8_t *bytes, size_t from, size_t size, size_t at, uint32_t pseudo)
{
    sp_put16(bytes + at, 0);
    sp_put16(bytes + at, (uint16_t)~add_up(pseudo, bytes + from, size - from));
}

size_t repair(uint8_t *bytes, size_t size, size_t tcp)
{
    bool v4 = bytes[0] >> 4 == 4;
    size_t width = v4 ? 4 : 16;
    uint32_t pseudo = add_up(0, bytes + (v4 ? 12 : 8), 2 * width);
    pseudo += SP_PROTOCOL_TCP + (uint32_t)(size - tcp);
    if (v4) {
        sign(bytes, 0, tcp, 10, 0);
    }
    if (size >= tcp + SP_TCP_HEADER) {
        sign(bytes, tcp, size, tcp + 16, pseudo);
    }
    return size;
}

size_t make(uint8_t *p, int known, size_t size)
{
    memcpy(p, knowns[known].bytes, size);
    return size;
}

size_t syn_with(uint8_t *p, size_t at, uint8_t value)
{
    size_t size = make(p, KNOWN_SYN, SYN_SIZE);
    p[at] = value;
    return repair(p, size, 20);
}

size_t extended(uint8_t *p, const uint8_t *kinds, size_t count)
{
    make(p, KNOWN_TEXT, TEXT_SIZE);
    for (size_t i = 0; i < count; i++) {
        uint8_t *extension = p + 40 + i * 8;
        memset(extension, 0, 8);
        extension[0] = i + 1 < count ? kinds[i + 1] : SP_PROTOCOL_TCP;
    }
    p[6] = count > 0 ? kinds[0] : SP_PROTOCOL_TCP;
    memcpy(p + 40 + count * 8, v6_text + 40, TEXT_SIZE - 40);
    sp_put16(p + 4, (uint16_t)(TEXT_SIZE - 40 + count * 8));
    return repair(p, TEXT_SIZE + count * 8, 40 + count * 8);
}
