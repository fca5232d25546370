/*
 * Is decode_exact(encode(x)) always x, and is every other string of bytes rejected for a reason
 * that has a name, without a read outside of it?
 *
 * The expected octets are in support/packets.c, written down and added up by hand; the reasons are
 * in test_reject.c. To keep in mind: decode sees only buffers of exactly the packet's size.
 */
#include "packets.h"

#include "bytes/octets.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define PACKET_MAX   65600

/* A fixed generator (splitmix64): the same packets in every run. */
static uint64_t draw(uint64_t *random)
{
    uint64_t z = *random += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

static uint32_t below(uint64_t *random, uint32_t limit)
{
    return (uint32_t)(draw(random) % limit);
}

/* Every third number is at an edge. */
static uint32_t number(uint64_t *random)
{
    static const uint32_t edges[] = {0,          1,          0x7fffffff, 0x80000000, 0x80000001,
                                     0xfffffffe, 0xffffffff, 0xffff,     0x10000};
    return below(random, 3) == 0 ? edges[below(random, COUNT(edges))] : (uint32_t)draw(random);
}

static void random_options(uint64_t *random, struct sp_segment *s)
{
    s->options = (uint8_t)below(random, 32);
    s->mss = (uint16_t)((s->options & SP_OPT_MSS) != 0 ? number(random) : 0);
    s->scale = (uint8_t)((s->options & SP_OPT_SCALE) != 0 ? below(random, 15) : 0);
    s->ts_val = (s->options & SP_OPT_TIMESTAMPS) != 0 ? number(random) : 0;
    s->ts_ecr = (s->options & SP_OPT_TIMESTAMPS) != 0 ? number(random) : 0;
    if ((s->options & SP_OPT_SACK) != 0) {
        bool crowded = (s->options & ~SP_OPT_SACK) != 0;
        s->sacks = (uint8_t)(1 + below(random, crowded ? 2 : SP_SACK_MAX));
    }
    for (size_t i = 0; i < s->sacks; i++) {
        s->sack[i].left = number(random);
        s->sack[i].right = number(random);
    }
}

static void random_segment(uint64_t *random, struct sp_segment *s)
{
    memset(s, 0, sizeof *s);
    s->seq = number(random);
    s->flags = (uint8_t)draw(random);
    s->ack = (s->flags & SP_ACK) != 0 ? number(random) : 0;
    s->wnd = (uint16_t)number(random);
    s->urgent = (uint16_t)((s->flags & SP_URG) != 0 ? number(random) : 0);
    s->len = (uint16_t)below(random, below(random, 50) == 0 ? 65436 : 1500);
    s->len = below(random, 4) == 0 ? 0 : s->len;
    random_options(random, s);
}

static void random_flow(uint64_t *random, struct sp_flow *flow)
{
    memset(flow, 0, sizeof *flow);
    flow->version = below(random, 2) == 0 ? 4 : 6;
    size_t width = flow->version == 4 ? 4 : 16;
    for (size_t i = 0; i < width; i++) {
        flow->source[i] = (uint8_t)draw(random);
        flow->destination[i] = (uint8_t)draw(random);
    }
    flow->source_port = (uint16_t)number(random);
    flow->destination_port = (uint16_t)number(random);
}

/* ---- the checksum ---- */

static void checksum_is_that_of_rfc_1071(void **state)
{
    (void)state;
    /* The example of RFC 1071 3: 0001+f203+f4f5+f6f7 = 2ddf0, ddf0+2 = ddf2. */
    const uint8_t example[] = {0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7};
    assert_int_equal(sp_checksum_sum(example, sizeof example), 0xddf2);
    const uint8_t odd[] = {0x12, 0x34, 0x56};
    assert_int_equal(sp_checksum_sum(odd, sizeof odd), 0x6834);
    const uint8_t carry[] = {0xff, 0xff, 0xff, 0xff, 0x00, 0x01};
    assert_int_equal(sp_checksum_sum(carry, sizeof carry), 0x0001);
    assert_int_equal(sp_checksum_sum(carry, 0), 0);
    uint8_t full[PACKET_MAX];
    memset(full, 0xff, sizeof full);
    assert_int_equal(sp_checksum_sum(full, 65535), 0xff00); /* the last word is ff00 */
    uint64_t random = 1071;
    for (size_t size = 0; size < 300; size++) {
        for (size_t i = 0; i < size; i++) {
            full[i] = (uint8_t)draw(&random);
        }
        assert_int_equal(sp_checksum_sum(full, size), add_up(0, full, size));
    }
}

/* ---- both ways ---- */

static void known_packets_are_decoded(void **state)
{
    (void)state;
    for (size_t i = 0; i < KNOWN_COUNT; i++) {
        const struct known *k = &knowns[i];
        struct sp_packet_view view;
        assert_int_equal(decode_exact(k->bytes, k->size, &view), SP_REJECT_NONE);
        assert_same_flow(&view.flow, &k->flow);
        assert_same_segment(&view.segment, &k->segment);
        assert_int_equal(view.text_at, k->size - k->segment.len);
        assert_memory_equal(k->bytes + view.text_at, k->text, k->segment.len);
        assert_int_equal(view.unknown_options, 0);
    }
}

static void known_packets_are_encoded(void **state)
{
    (void)state;
    for (size_t i = 0; i < KNOWN_COUNT; i++) {
        const struct known *k = &knowns[i];
        uint8_t bytes[100];
        const uint8_t *text = (const uint8_t *)k->text;
        size_t size = sp_encode(&k->flow, &k->segment, text, bytes, sizeof bytes);
        assert_int_equal(size, k->size);
        assert_memory_equal(bytes, k->bytes, size);
    }
}

/* Encodes into exactly the room that is needed, and decodes. */
static void check_both_ways(const struct sp_flow *flow, const struct sp_segment *s,
                            const uint8_t *text)
{
    static uint8_t scratch[PACKET_MAX];
    size_t size = sp_encode(flow, s, text, scratch, sizeof scratch);
    assert_in_range(size, 40, 65575);
    uint8_t *exact = malloc(size);
    assert_non_null(exact);
    assert_int_equal(sp_encode(flow, s, text, exact, size - 1), 0);
    assert_int_equal(sp_encode(flow, s, text, exact, size), size);
    struct sp_packet_view view;
    assert_int_equal(sp_decode(exact, size, &view), SP_REJECT_NONE);
    assert_same_flow(&view.flow, flow);
    struct sp_segment expected = *s;
    expected.text = 0;
    assert_same_segment(&view.segment, &expected);
    assert_int_equal(view.unknown_options, 0);
    assert_int_equal(view.text_at, size - s->len);
    assert_memory_equal(exact + view.text_at, text, s->len);
    free(exact);
}

static void what_was_encoded_is_decoded_to_the_same(void **state)
{
    (void)state;
    uint64_t random = 9293;
    static uint8_t text[65536];
    for (size_t i = 0; i < sizeof text; i++) {
        text[i] = (uint8_t)draw(&random);
    }
    for (unsigned i = 0; i < 20000; i++) {
        struct sp_flow flow;
        struct sp_segment segment;
        random_flow(&random, &flow);
        random_segment(&random, &segment);
        segment.text = number(&random);
        check_both_ways(&flow, &segment, text + below(&random, 65536u - segment.len));
    }
}

static void the_longest_packets_go_both_ways_and_longer_ones_do_not(void **state)
{
    (void)state;
    static uint8_t text[65536];
    static uint8_t bytes[PACKET_MAX];
    struct sp_flow flow = {.version = 4};
    struct sp_segment s = {.len = 65495}; /* 65535 - 20 - 20 */
    check_both_ways(&flow, &s, text);
    s.len = 65496;
    assert_int_equal(sp_encode(&flow, &s, text, bytes, sizeof bytes), 0);
    flow.version = 6;
    s.len = 65515; /* the IPv6 header does not count */
    check_both_ways(&flow, &s, text);
    s.len = 65516;
    assert_int_equal(sp_encode(&flow, &s, text, bytes, sizeof bytes), 0);
    s.len = 65535;
    assert_int_equal(sp_encode(&flow, &s, text, bytes, sizeof bytes), 0);
}

/* ---- what encode refuses ---- */

static void assert_refused(const struct sp_flow *flow, const struct sp_segment *s)
{
    uint8_t bytes[200];
    memset(bytes, 0xaa, sizeof bytes);
    assert_int_equal(sp_encode(flow, s, (const uint8_t *)"text", bytes, sizeof bytes), 0);
    for (size_t i = 0; i < sizeof bytes; i++) {
        assert_int_equal(bytes[i], 0xaa);
    }
}

static void a_flow_that_the_wire_cannot_hold_is_refused(void **state)
{
    (void)state;
    const struct sp_segment s = {0};
    for (uint8_t version = 0; version < 16; version++) {
        if (version != 4 && version != 6) {
            assert_refused(&(struct sp_flow){.version = version}, &s);
        }
    }
    assert_refused(&(struct sp_flow){.version = 4, .source = {[4] = 1}}, &s);
    assert_refused(&(struct sp_flow){.version = 4, .destination = {[15] = 1}}, &s);
}

static void a_field_without_its_flag_or_option_is_refused(void **state)
{
    (void)state;
    const struct sp_flow flow = {.version = 6};
    const struct sp_segment refused[] = {
        {.ack = 1},
        {.ack = 1, .flags = 0xff & ~SP_ACK},
        {.urgent = 1},
        {.urgent = 1, .flags = 0xff & ~SP_URG},
        {.mss = 1},
        {.scale = 1},
        {.scale = 15, .options = SP_OPT_SCALE},
        {.ts_val = 1},
        {.ts_ecr = 1},
        {.sacks = 1},
        {.options = SP_OPT_SACK},
        {.options = SP_OPT_SACK, .sacks = 5},
        {.options = SP_OPT_SACK, .sacks = 1, .sack = {[1] = {1, 0}}},
        {.options = SP_OPT_SACK, .sacks = 3, .sack = {[3] = {0, 1}}},
        {.sack = {{0, 1}}},
        {.options = 0x20},
        {.options = 0x80},
        /* 10 + 34 octets of options, of 40. */
        {.options = SP_OPT_TIMESTAMPS | SP_OPT_SACK, .sacks = 4},
    };
    for (size_t i = 0; i < COUNT(refused); i++) {
        assert_refused(&flow, &refused[i]);
    }
}

/* ---- what decode steps over ---- */

static void ipv4_options_are_skipped(void **state)
{
    (void)state;
    uint8_t p[SYN_SIZE + 40];
    for (size_t options = 4; options <= 40; options += 4) {
        make(p, KNOWN_SYN, 20);
        memset(p + 20, 1, options);
        memcpy(p + 20 + options, knowns[KNOWN_SYN].bytes + 20, SYN_SIZE - 20);
        p[0] = (uint8_t)(0x45 + options / 4);
        p[3] = (uint8_t)(SYN_SIZE + options);
        size_t size = repair(p, SYN_SIZE + options, 20 + options);
        struct sp_packet_view view;
        assert_int_equal(decode_exact(p, size, &view), SP_REJECT_NONE);
        assert_same_flow(&view.flow, &knowns[KNOWN_SYN].flow);
        assert_same_segment(&view.segment, &knowns[KNOWN_SYN].segment);
        assert_int_equal(view.text_at, size);
    }
}

static void ipv6_extension_headers_are_walked(void **state)
{
    (void)state;
    const uint8_t kinds[] = {0, 60, 43, 60, 60, 43, 60, 60};
    for (size_t count = 0; count <= COUNT(kinds); count++) {
        uint8_t p[200];
        size_t size = extended(p, kinds, count);
        struct sp_packet_view view;
        assert_int_equal(decode_exact(p, size, &view), SP_REJECT_NONE);
        assert_same_flow(&view.flow, &knowns[KNOWN_TEXT].flow);
        assert_same_segment(&view.segment, &knowns[KNOWN_TEXT].segment);
        assert_int_equal(view.text_at, size - 3);
        assert_memory_equal(p + view.text_at, "abc", 3);
    }
}

static void a_long_extension_header_is_walked(void **state)
{
    (void)state;
    uint8_t p[4096];
    make(p, KNOWN_TEXT, TEXT_SIZE);
    size_t length = 256 * 8;
    memset(p + 40, 0, length);
    p[6] = 60;
    p[40] = SP_PROTOCOL_TCP;
    p[41] = 255;
    memcpy(p + 40 + length, knowns[KNOWN_TEXT].bytes + 40, TEXT_SIZE - 40);
    sp_put16(p + 4, (uint16_t)(TEXT_SIZE - 40 + length));
    size_t size = repair(p, TEXT_SIZE + length, 40 + length);
    struct sp_packet_view view;
    assert_int_equal(decode_exact(p, size, &view), SP_REJECT_NONE);
    assert_same_segment(&view.segment, &knowns[KNOWN_TEXT].segment);
}

static void padding_after_the_packet_is_ignored(void **state)
{
    (void)state;
    for (size_t i = 0; i < KNOWN_COUNT; i++) {
        uint8_t p[100];
        memset(p, 0xff, sizeof p);
        make(p, (int)i, knowns[i].size);
        struct sp_packet_view view;
        assert_int_equal(decode_exact(p, sizeof p, &view), SP_REJECT_NONE);
        assert_same_segment(&view.segment, &knowns[i].segment);
        assert_int_equal(view.text_at, knowns[i].size - knowns[i].segment.len);
    }
}

/* [9293 3.1] "must be ignored in received segments". */
static void reserved_bits_are_ignored(void **state)
{
    (void)state;
    for (uint8_t reserved = 0; reserved < 16; reserved++) {
        uint8_t p[100];
        size_t size = syn_with(p, 32, 0x60 | reserved);
        struct sp_packet_view view;
        assert_int_equal(decode_exact(p, size, &view), SP_REJECT_NONE);
        assert_same_segment(&view.segment, &knowns[KNOWN_SYN].segment);
    }
}

static void fields_without_their_flag_are_0(void **state)
{
    (void)state;
    for (unsigned flags = 0; flags < 256; flags++) {
        uint8_t p[100];
        make(p, KNOWN_SYN, SYN_SIZE);
        p[33] = (uint8_t)flags;
        memcpy(p + 28, (const uint8_t[]){0xde, 0xad, 0xbe, 0xef}, 4);
        memcpy(p + 38, (const uint8_t[]){0x12, 0x34}, 2);
        struct sp_packet_view view;
        size_t size = repair(p, SYN_SIZE, 20);
        assert_int_equal(decode_exact(p, size, &view), SP_REJECT_NONE);
        assert_int_equal(view.segment.flags, flags);
        assert_int_equal(view.segment.ack, (flags & 0x10) != 0 ? 0xdeadbeef : 0);
        assert_int_equal(view.segment.urgent, (flags & 0x20) != 0 ? 0x1234 : 0);
    }
}

static void unknown_options_are_counted(void **state)
{
    (void)state;
    uint8_t p[100];
    make(p, KNOWN_SYN, SYN_SIZE);
    memcpy(p + 40, (const uint8_t[]){254, 2, 30, 2}, 4);
    struct sp_packet_view view;
    size_t size = repair(p, SYN_SIZE, 20);
    assert_int_equal(decode_exact(p, size, &view), SP_REJECT_NONE);
    assert_int_equal(view.unknown_options, 2);
    assert_int_equal(view.segment.options, 0);
}

/* ---- damage ---- */

static void every_shorter_packet_is_truncated(void **state)
{
    (void)state;
    for (size_t i = 0; i < KNOWN_COUNT; i++) {
        for (size_t size = 0; size < knowns[i].size; size++) {
            struct sp_packet_view view;
            assert_int_equal(decode_exact(knowns[i].bytes, size, &view), SP_REJECT_TRUNCATED);
        }
    }
}

/* The checksums are over all of an IPv4 packet: they see any single bit. */
static void every_flipped_bit_of_an_ipv4_packet_is_noticed(void **state)
{
    (void)state;
    static const int packets[] = {KNOWN_SYN, KNOWN_URGENT};
    for (size_t i = 0; i < COUNT(packets); i++) {
        for (size_t bit = 0; bit < knowns[packets[i]].size * 8; bit++) {
            uint8_t p[100];
            struct sp_packet_view view;
            size_t size = make(p, packets[i], knowns[packets[i]].size);
            p[bit / 8] ^= (uint8_t)(1u << bit % 8);
            assert_int_not_equal(decode_exact(p, size, &view), SP_REJECT_NONE);
        }
    }
}

/* No checksum is over the traffic class, the flow label and the hop limit, which TCP does not see.
 */
static void every_other_flipped_bit_of_an_ipv6_packet_is_noticed(void **state)
{
    (void)state;
    for (size_t bit = 0; bit < TEXT_SIZE * 8; bit++) {
        uint8_t p[TEXT_SIZE];
        struct sp_packet_view view;
        make(p, KNOWN_TEXT, TEXT_SIZE);
        p[bit / 8] ^= (uint8_t)(1u << bit % 8);
        enum sp_reject reject = decode_exact(p, sizeof p, &view);
        bool unseen = (bit < 8 && bit % 8 < 4) || (bit >= 8 && bit < 32) || bit / 8 == 7;
        assert_int_equal(reject == SP_REJECT_NONE, unseen);
        if (unseen) {
            assert_same_flow(&view.flow, &knowns[KNOWN_TEXT].flow);
            assert_same_segment(&view.segment, &knowns[KNOWN_TEXT].segment);
        }
    }
}

/* Whatever decode accepts, encode accepts, and decode reads from that the same. Returns whether it
 * was a segment. */
static bool check_any(const uint8_t *bytes, size_t size)
{
    struct sp_packet_view view;
    if (decode_exact(bytes, size, &view) != SP_REJECT_NONE) {
        return false;
    }
    assert_true(view.text_at <= size);
    assert_true(view.segment.len <= size - view.text_at);
    check_both_ways(&view.flow, &view.segment, bytes + view.text_at);
    return true;
}

/* Where TCP would begin in a packet with the lengths that it now has, or 0. */
static size_t place_of_tcp(const uint8_t *p, size_t size)
{
    size_t tcp = p[0] >> 4 == 4 ? (p[0] & 15u) * 4 : 40;
    return p[0] >> 4 == 5 || tcp < 20 || tcp + 20 > size ? 0 : tcp;
}

static void a_flipped_bit_under_valid_checksums_does_no_harm(void **state)
{
    (void)state;
    unsigned segments = 0;
    for (size_t i = 0; i < KNOWN_COUNT; i++) {
        for (size_t bit = 0; bit < knowns[i].size * 8; bit++) {
            uint8_t p[100];
            size_t size = make(p, (int)i, knowns[i].size);
            p[bit / 8] ^= (uint8_t)(1u << bit % 8);
            size_t tcp = place_of_tcp(p, size);
            if (tcp > 0) {
                repair(p, size, tcp);
            }
            segments += check_any(p, size);
        }
    }
    assert_in_range(segments, 800, 1367); /* of 1368: most bits are of a number */
}

/* Headers with random octets from the data offset on, under valid checksums: options and flags of
 * all kinds, most of them malformed. */
static void random_headers_under_valid_checksums_do_no_harm(void **state)
{
    (void)state;
    uint64_t random = 1122;
    unsigned segments = 0;
    for (unsigned i = 0; i < 50000; i++) {
        uint8_t p[120];
        bool v4 = below(&random, 2) == 0;
        size_t tcp = v4 ? 20 : 40;
        make(p, v4 ? KNOWN_SYN : KNOWN_TEXT, 40);
        size_t size = tcp + 20 + below(&random, 61);
        for (size_t at = tcp; at < size; at++) {
            p[at] = (uint8_t)(at < tcp + 20 ? draw(&random) : below(&random, 12));
        }
        p[v4 ? 3 : 5] = (uint8_t)(v4 ? size : size - 40);
        repair(p, size, tcp);
        segments += check_any(p, size);
    }
    assert_in_range(segments, 500, 49500);
}

static void random_bytes_do_no_harm(void **state)
{
    (void)state;
    uint64_t random = 793;
    for (unsigned i = 0; i < 50000; i++) {
        uint8_t p[128];
        size_t size = below(&random, sizeof p + 1);
        for (size_t at = 0; at < size; at++) {
            p[at] = (uint8_t)draw(&random);
        }
        p[0] = (uint8_t)(below(&random, 2) == 0 ? 0x40 | (p[0] & 15) : 0x60);
        p[2] = 0;
        p[4] = p[0] == 0x60 ? 0 : p[4];
        p[6] = p[0] == 0x60 ? (const uint8_t[]){0, 6, 43, 60}[p[6] % 4] : p[6];
        check_any(p, size);
    }
}

/* ---- the stream ---- */

static void octets_of_another_host_or_life_are_recognised(void **state)
{
    (void)state;
    unsigned owner[256] = {0};
    for (unsigned stream = 0; stream < 4; stream++) {
        for (uint32_t offset = 0; offset < 1000; offset++) {
            uint8_t octet = sp_stream_octet(stream % 2, stream / 2, offset);
            assert_true(owner[octet] == 0 || owner[octet] == stream + 1);
            owner[octet] = stream + 1;
        }
    }
}

static void octets_of_another_place_are_recognised(void **state)
{
    (void)state;
    for (uint32_t offset = 0; offset < 500; offset++) {
        uint8_t octet = sp_stream_octet(0, 0, offset);
        for (uint32_t distance = 1; distance < 47; distance++) {
            assert_int_not_equal(octet, sp_stream_octet(0, 0, offset + distance));
        }
        assert_int_not_equal(octet, sp_stream_octet(0, 0, offset + 536));
        assert_int_not_equal(octet, sp_stream_octet(0, 0, offset + 1440));
        assert_int_not_equal(octet, sp_stream_octet(0, 0, offset + 1448));
        assert_int_not_equal(octet, sp_stream_octet(0, 0, offset + 1460));
    }
}

static void first_lives_print(void **state)
{
    (void)state;
    for (uint32_t offset = 0; offset < 5; offset++) {
        assert_int_equal(sp_stream_octet(0, 0, offset), "ABCDE"[offset]);
        assert_int_equal(sp_stream_octet(1, 0, offset), "abcde"[offset]);
    }
    for (uint32_t offset = 0; offset < 47; offset++) {
        assert_in_range(sp_stream_octet(0, 0, offset), '!', '~');
        assert_in_range(sp_stream_octet(1, 0, offset), '!', '~');
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(checksum_is_that_of_rfc_1071),
        cmocka_unit_test(known_packets_are_decoded),
        cmocka_unit_test(known_packets_are_encoded),
        cmocka_unit_test(what_was_encoded_is_decoded_to_the_same),
        cmocka_unit_test(the_longest_packets_go_both_ways_and_longer_ones_do_not),
        cmocka_unit_test(a_flow_that_the_wire_cannot_hold_is_refused),
        cmocka_unit_test(a_field_without_its_flag_or_option_is_refused),
        cmocka_unit_test(ipv4_options_are_skipped),
        cmocka_unit_test(ipv6_extension_headers_are_walked),
        cmocka_unit_test(a_long_extension_header_is_walked),
        cmocka_unit_test(padding_after_the_packet_is_ignored),
        cmocka_unit_test(reserved_bits_are_ignored),
        cmocka_unit_test(fields_without_their_flag_are_0),
        cmocka_unit_test(unknown_options_are_counted),
        cmocka_unit_test(every_shorter_packet_is_truncated),
        cmocka_unit_test(every_flipped_bit_of_an_ipv4_packet_is_noticed),
        cmocka_unit_test(every_other_flipped_bit_of_an_ipv6_packet_is_noticed),
        cmocka_unit_test(a_flipped_bit_under_valid_checksums_does_no_harm),
        cmocka_unit_test(random_headers_under_valid_checksums_do_no_harm),
        cmocka_unit_test(random_bytes_do_no_harm),
        cmocka_unit_test(octets_of_another_host_or_life_are_recognised),
        cmocka_unit_test(octets_of_another_place_are_recognised),
        cmocka_unit_test(first_lives_print),
    };
    return cmocka_run_group_tests_name("wire", tests, NULL, NULL);
}
