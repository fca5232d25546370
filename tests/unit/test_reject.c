/*
 * Does decode give each reason of reject.def for what it names, and no other?
 *
 * One function a packet, named for what is wrong with it; everything else about it is right, the
 * checksums too. To keep in mind: the table at the end must have a row for each reason.
 */
#include "packets.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static size_t no_bytes(uint8_t *p)
{
    (void)p;
    return 0;
}

static size_t half_an_ipv4_header(uint8_t *p)
{
    return make(p, KNOWN_SYN, 19);
}

/* The end of the bytes comes before any word on what they say. */
static size_t half_an_ipv4_header_of_length_0(uint8_t *p)
{
    make(p, KNOWN_SYN, 19);
    p[0] = 0x40;
    return 19;
}

static size_t half_an_ipv6_header(uint8_t *p)
{
    return make(p, KNOWN_TEXT, 39);
}

static size_t ipv4_total_length_past_the_end(uint8_t *p)
{
    return syn_with(p, 3, 45);
}

static size_t ipv6_payload_length_past_the_end(uint8_t *p)
{
    make(p, KNOWN_TEXT, TEXT_SIZE);
    p[5]++;
    return TEXT_SIZE;
}

static size_t version_5(uint8_t *p)
{
    make(p, KNOWN_SYN, SYN_SIZE);
    p[0] = 0x55;
    return SYN_SIZE;
}

static size_t ipv4_header_of_16(uint8_t *p)
{
    return syn_with(p, 0, 0x44);
}

static size_t ipv4_total_length_19(uint8_t *p)
{
    return syn_with(p, 3, 19);
}

static size_t ipv4_total_length_below_a_long_header(uint8_t *p)
{
    syn_with(p, 0, 0x46);
    p[3] = 23;
    return repair(p, SYN_SIZE, 24);
}

static size_t ipv4_checksum_one_too_high(uint8_t *p)
{
    make(p, KNOWN_SYN, SYN_SIZE);
    p[11]++;
    return SYN_SIZE;
}

static size_t more_fragments(uint8_t *p)
{
    return syn_with(p, 6, 0x20);
}

static size_t last_fragment(uint8_t *p)
{
    return syn_with(p, 7, 0x01);
}

static size_t fragment_far_off(uint8_t *p)
{
    return syn_with(p, 6, 0x10);
}

static size_t ipv6_fragment(uint8_t *p)
{
    return extended(p, (const uint8_t[]){44}, 1);
}

static size_t ipv6_fragment_behind_routing(uint8_t *p)
{
    return extended(p, (const uint8_t[]){43, 44}, 2);
}

static size_t extension_past_the_end(uint8_t *p)
{
    size_t size = extended(p, (const uint8_t[]){60}, 1);
    p[41] = 5; /* 48 octets of 43 */
    return size;
}

static size_t extension_of_7_octets(uint8_t *p)
{
    extended(p, (const uint8_t[]){0}, 1);
    p[5] = 7;
    return 47;
}

static size_t jumbogram(uint8_t *p)
{
    size_t size = extended(p, (const uint8_t[]){0}, 1);
    p[5] = 0;
    return size;
}

static size_t nine_extensions(uint8_t *p)
{
    return extended(p, (const uint8_t[]){0, 60, 43, 60, 60, 60, 60, 60, 60}, 9);
}

static size_t hop_by_hop_second(uint8_t *p)
{
    return extended(p, (const uint8_t[]){60, 0}, 2);
}

static size_t hop_by_hop_twice(uint8_t *p)
{
    return extended(p, (const uint8_t[]){0, 0}, 2);
}

static size_t one_segment_left(uint8_t *p)
{
    size_t size = extended(p, (const uint8_t[]){43}, 1);
    p[43] = 1;
    return size;
}

static size_t udp(uint8_t *p)
{
    return syn_with(p, 9, 17);
}

static size_t ipv6_udp(uint8_t *p)
{
    size_t size = extended(p, (const uint8_t[]){60}, 1);
    p[40] = 17;
    return size;
}

static size_t no_next_header(uint8_t *p)
{
    return extended(p, (const uint8_t[]){59}, 1);
}

static size_t authentication_header(uint8_t *p)
{
    return extended(p, (const uint8_t[]){51}, 1);
}

static size_t ipv4_tcp_header_of_19(uint8_t *p)
{
    return syn_with(p, 3, 39);
}

static size_t ipv6_without_payload(uint8_t *p)
{
    make(p, KNOWN_TEXT, 40);
    p[5] = 0;
    return 40;
}

static size_t data_offset_4(uint8_t *p)
{
    return syn_with(p, 32, 0x40);
}

static size_t data_offset_0(uint8_t *p)
{
    return syn_with(p, 32, 0x00);
}

static size_t data_offset_past_the_end(uint8_t *p)
{
    return syn_with(p, 32, 0x70); /* 28 octets of 24 */
}

static size_t tcp_checksum_one_too_high(uint8_t *p)
{
    make(p, KNOWN_SYN, SYN_SIZE);
    p[37]++;
    return SYN_SIZE;
}

static size_t ipv6_text_changed(uint8_t *p)
{
    make(p, KNOWN_TEXT, TEXT_SIZE);
    p[TEXT_SIZE - 1] ^= 1;
    return TEXT_SIZE;
}

/* A valid packet whose addresses are not those that its checksum is over. */
static size_t ipv6_other_source(uint8_t *p)
{
    make(p, KNOWN_TEXT, TEXT_SIZE);
    p[9] ^= 1;
    return TEXT_SIZE;
}

static size_t mss_of_5(uint8_t *p)
{
    return syn_with(p, 41, 5);
}

static size_t option_of_length_0(uint8_t *p)
{
    return syn_with(p, 41, 0);
}

static size_t mss_of_3(uint8_t *p)
{
    return syn_with(p, 41, 3);
}

static size_t scale_of_4(uint8_t *p)
{
    return syn_with(p, 40, 3);
}

static size_t sack_permitted_of_4(uint8_t *p)
{
    return syn_with(p, 40, 4);
}

static size_t sack_of_4(uint8_t *p)
{
    return syn_with(p, 40, 5);
}

static size_t timestamps_of_4(uint8_t *p)
{
    return syn_with(p, 40, 8);
}

static size_t sack_permitted_twice(uint8_t *p)
{
    make(p, KNOWN_SYN, SYN_SIZE);
    memcpy(p + 40, (const uint8_t[]){4, 2, 4, 2}, 4);
    return repair(p, SYN_SIZE, 20);
}

struct reject_case {
    enum sp_reject reject;
    size_t (*make)(uint8_t *packet);
    const char *claim;
};

#define CASE(name, make)                                                                           \
    {                                                                                              \
        SP_REJECT_##name, make, #make                                                              \
    }

static const struct reject_case reject_cases[] = {
    CASE(TRUNCATED, no_bytes),
    CASE(TRUNCATED, half_an_ipv4_header),
    CASE(TRUNCATED, half_an_ipv4_header_of_length_0),
    CASE(TRUNCATED, half_an_ipv6_header),
    CASE(TRUNCATED, ipv4_total_length_past_the_end),
    CASE(TRUNCATED, ipv6_payload_length_past_the_end),
    CASE(IP_VERSION, version_5),
    CASE(IPV4_HEADER_LENGTH, ipv4_header_of_16),
    CASE(IPV4_TOTAL_LENGTH, ipv4_total_length_19),
    CASE(IPV4_TOTAL_LENGTH, ipv4_total_length_below_a_long_header),
    CASE(IPV4_CHECKSUM, ipv4_checksum_one_too_high),
    CASE(FRAGMENT, more_fragments),
    CASE(FRAGMENT, last_fragment),
    CASE(FRAGMENT, fragment_far_off),
    CASE(FRAGMENT, ipv6_fragment),
    CASE(FRAGMENT, ipv6_fragment_behind_routing),
    CASE(EXTENSION_LENGTH, extension_past_the_end),
    CASE(EXTENSION_LENGTH, extension_of_7_octets),
    CASE(EXTENSION_LENGTH, jumbogram),
    CASE(EXTENSION_COUNT, nine_extensions),
    CASE(HOP_BY_HOP_PLACE, hop_by_hop_second),
    CASE(HOP_BY_HOP_PLACE, hop_by_hop_twice),
    CASE(SEGMENTS_LEFT, one_segment_left),
    CASE(NOT_TCP, udp),
    CASE(NOT_TCP, ipv6_udp),
    CASE(NOT_TCP, no_next_header),
    CASE(NOT_TCP, authentication_header),
    CASE(TCP_SHORT, ipv4_tcp_header_of_19),
    CASE(TCP_SHORT, ipv6_without_payload),
    CASE(DATA_OFFSET, data_offset_4),
    CASE(DATA_OFFSET, data_offset_0),
    CASE(DATA_OFFSET, data_offset_past_the_end),
    CASE(TCP_CHECKSUM, tcp_checksum_one_too_high),
    CASE(TCP_CHECKSUM, ipv6_text_changed),
    CASE(TCP_CHECKSUM, ipv6_other_source),
    CASE(OPTION_TRUNCATED, mss_of_5),
    CASE(OPTION_LENGTH, option_of_length_0),
    CASE(OPTION_REPEATED, sack_permitted_twice),
    CASE(MSS_LENGTH, mss_of_3),
    CASE(SCALE_LENGTH, scale_of_4),
    CASE(SACK_PERMITTED_LENGTH, sack_permitted_of_4),
    CASE(SACK_LENGTH, sack_of_4),
    CASE(TIMESTAMPS_LENGTH, timestamps_of_4),
};

static void check_reject(const struct reject_case *c)
{
    uint8_t packet[200] = {0};
    size_t size = c->make(packet);
    struct sp_packet_view view;
    enum sp_reject reject = decode_exact(packet, size, &view);
    if (reject != c->reject) {
        fail_msg("%s: %s, not %s", c->claim, sp_reject_name(reject), sp_reject_name(c->reject));
    }
}

static void each_reason_is_given_for_what_it_names(void **state)
{
    (void)state;
    bool seen[SP_REJECT_COUNT] = {true};
    for (size_t i = 0; i < COUNT(reject_cases); i++) {
        check_reject(&reject_cases[i]);
        seen[reject_cases[i].reject] = true;
    }
    for (unsigned reject = 0; reject < SP_REJECT_COUNT; reject++) {
        assert_true(seen[reject]);
    }
}

static void each_reason_has_a_name_of_its_own(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SP_REJECT_COUNT; i++) {
        const char *name = sp_reject_name((enum sp_reject)i);
        assert_int_equal(strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-"), strlen(name));
        assert_true(strlen(name) > 0);
        const char *text = sp_reject_text((enum sp_reject)i);
        assert_true(strlen(text) > 1);
        assert_int_equal(text[strlen(text) - 1], '.');
        for (unsigned j = 0; j < i; j++) {
            assert_string_not_equal(name, sp_reject_name((enum sp_reject)j));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_reason_is_given_for_what_it_names),
        cmocka_unit_test(each_reason_has_a_name_of_its_own),
    };
    return cmocka_run_group_tests_name("reject", tests, NULL, NULL);
}
