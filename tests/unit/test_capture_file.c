/*
 * What a capture file may be besides a good one: other link types, one point of view, cut packets,
 * checksums left to a network card, several connections, a beginning in the midst, damage at every
 * place. All of it ends in a script that replays or in a message.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "capture/capture.h"
#include "captures.h"

#include <cmocka.h>

static const struct packing plain = {.link = LINK_RAW};

static bool read_it(const struct file *file, uint32_t connection, struct sp_capture *capture,
                    struct sp_complaint *complaint)
{
    memset(complaint, 0, sizeof *complaint);
    return sp_capture_read_bytes(file->bytes, file->size, "x.pcap", connection, capture, complaint);
}

static void assert_ends(const struct sp_capture *capture, enum sp_state a, enum sp_state b)
{
    for (size_t i = 0; i < capture->remarks; i++) {
        print_message("%u: %s\n", capture->remark[i].packet, capture->remark[i].text);
    }
    assert_string_equal(sp_state_name((enum sp_state)capture->end.host[0].tcb.state),
                        sp_state_name(a));
    assert_string_equal(sp_state_name((enum sp_state)capture->end.host[1].tcb.state),
                        sp_state_name(b));
}

static bool remarked(const struct sp_capture *capture, const char *words)
{
    for (size_t i = 0; i < capture->remarks; i++) {
        if (strstr(capture->remark[i].text, words) != NULL) {
            return true;
        }
    }
    return false;
}

/* The packets of a corpus capture as they came in: one point of view. */
static size_t incoming(const struct file *file, struct packet packets[PACKETS_MAX])
{
    size_t count = 0;
    const size_t all = unpack(file, packets);
    for (size_t i = 0; i < all; i++) {
        if (!packets[i].outgoing) {
            packets[count++] = packets[i];
        }
    }
    return count;
}

static void converts_with(const char *name, const struct packing *packing)
{
    struct packet packets[PACKETS_MAX];
    struct sp_capture capture;
    struct sp_complaint complaint;
    struct file original = load("captures", name, ".pcap");
    const size_t count = incoming(&original, packets);
    struct file file = pack(packets, count, packing);
    if (!read_it(&file, 0, &capture, &complaint)) {
        fail_msg("link %u: %s", packing->link, complaint.text);
    }
    assert_int_equal(capture.packets, count);
    assert_int_equal(capture.rejects, 0);
    assert_false(capture.both_sides);
    assert_ends(&capture, SP_TIME_WAIT, SP_CLOSED);
    sp_capture_free(&capture);
    drop(&file);
    drop(&original);
}

static void every_link_type_is_read(void **state)
{
    (void)state;
    static const struct packing packings[] = {
        {.link = LINK_RAW},
        {.link = LINK_IPV4},
        {.link = LINK_ETHERNET},
        {.link = LINK_ETHERNET, .vlans = 1},
        {.link = LINK_ETHERNET, .vlans = 2},
        {.link = LINK_NULL},
        {.link = LINK_NULL, .big_endian = true},
        {.link = LINK_LOOP},
        {.link = LINK_SLL},
        {.link = LINK_SLL2},
        {.link = LINK_SLL2, .big_endian = true},
    };
    for (size_t i = 0; i < sizeof packings / sizeof packings[0]; i++) {
        converts_with("handshake-data-close", &packings[i]);
    }
    converts_with("handshake-data-close-ipv6", &(struct packing){.link = LINK_IPV6});
    converts_with("handshake-data-close-ipv6", &(struct packing){.link = LINK_ETHERNET});
    converts_with("handshake-data-close-ipv6", &(struct packing){.link = LINK_NULL});
    converts_with("handshake-data-close-ipv6", &(struct packing){.link = LINK_LOOP});
}

static void an_unknown_link_type_is_named(void **state)
{
    (void)state;
    struct packet packets[PACKETS_MAX];
    struct sp_capture capture;
    struct sp_complaint complaint;
    struct file original = load("captures", "abort", ".pcap");
    struct file file =
        pack(packets, unpack(&original, packets), &(struct packing){.link = LINK_USER0});
    assert_false(read_it(&file, 0, &capture, &complaint));
    assert_non_null(strstr(complaint.text, "x.pcap"));
    assert_non_null(strstr(complaint.text, "link type 147 is not one that is read"));
    sp_capture_free(&capture);
    drop(&file);
    drop(&original);
}

/* tcpdump -s 68 and the like: text is gone, its length is in the header. */
static void cut_packets_count_with_their_length(void **state)
{
    (void)state;
    const struct packing packing = {.link = LINK_RAW, .snap = 60};
    struct packet packets[PACKETS_MAX];
    struct sp_capture capture;
    struct sp_complaint complaint;
    struct file original = load("captures", "handshake-data-close", ".pcap");
    struct file file = pack(packets, incoming(&original, packets), &packing);
    assert_true(read_it(&file, 0, &capture, &complaint));
    assert_int_equal(capture.rejects, 0);
    assert_true(remarked(&capture, "only the beginnings of packets"));
    assert_int_equal(capture.end.host[0].life[0].received, 23);
    assert_int_equal(capture.end.host[1].life[0].received, 11);
    assert_ends(&capture, SP_TIME_WAIT, SP_CLOSED);
    sp_capture_free(&capture);
    drop(&file);
    drop(&original);
}

/* IPv4: the TCP checksum at octet 36 of a packet without IP options. */
static void put_partial_checksum(uint8_t *ip, size_t size)
{
    uint32_t sum = 6 + (uint32_t)size - 20;
    for (size_t i = 12; i < 20; i += 2) {
        sum += (uint32_t)ip[i] << 8 | ip[i + 1];
    }
    sum = (sum & 0xffff) + (sum >> 16);
    sum = (sum & 0xffff) + (sum >> 16);
    ip[36] = (uint8_t)(sum >> 8);
    ip[37] = (uint8_t)sum;
}

/* A sending host records its packets before the card has filled in the checksum: the field then
 * holds the sum of the pseudo-header. A checksum that is simply wrong stays wrong. */
static void a_checksum_left_to_the_card_is_no_damage(void **state)
{
    (void)state;
    struct packet packets[PACKETS_MAX];
    struct sp_capture capture;
    struct sp_complaint complaint;
    struct file original = load("captures", "handshake-data-close", ".pcap");
    const size_t count = incoming(&original, packets);
    for (size_t i = 0; i < count; i++) {
        put_partial_checksum((uint8_t *)(uintptr_t)packets[i].ip, packets[i].size);
    }
    struct file file = pack(packets, count, &plain);
    assert_true(read_it(&file, 0, &capture, &complaint));
    assert_int_equal(capture.rejects, 0);
    assert_true(remarked(&capture, "left to the network card"));
    assert_ends(&capture, SP_TIME_WAIT, SP_CLOSED);
    sp_capture_free(&capture);
    drop(&file);

    ((uint8_t *)(uintptr_t)packets[0].ip)[37] ^= 0x10;
    file = pack(packets, count, &plain);
    assert_true(read_it(&file, 0, &capture, &complaint));
    assert_int_equal(capture.rejects, 1);
    assert_true(remarked(&capture, "not a TCP segment: tcp-checksum"));
    assert_int_equal(capture.remark[0].packet, 1);
    sp_capture_free(&capture);
    drop(&file);
    drop(&original);
}

/* A slow reader on a fast loopback: text of three segments a step, windows that move in steps of
 * their own, and more ACKs of the model than of the real end. */
static void a_bulk_transfer_is_followed(void **state)
{
    (void)state;
    struct sp_capture capture;
    struct sp_complaint complaint;
    struct file file = load("captures/found", "loopback-bulk", ".pcap");
    assert_true(read_it(&file, 0, &capture, &complaint));
    assert_int_equal(capture.rejects, 0);
    assert_false(capture.both_sides);
    for (size_t i = 0; i < capture.remarks; i++) {
        assert_false(capture.remark[i].lost_track);
    }
    assert_int_equal(capture.end.host[1].life[0].received, 1500000);
    assert_int_equal(capture.end.host[0].life[0].received, 50000);
    assert_ends(&capture, SP_TIME_WAIT, SP_CLOSED);
    sp_capture_free(&capture);
    drop(&file);
}

/* Without the handshake: it is supposed, and the rest is followed. */
static void a_beginning_in_the_midst_is_followed(void **state)
{
    (void)state;
    static const char *const names[] = {"handshake-data-close", "no-options",
                                        "handshake-data-close-ipv6"};
    for (size_t i = 0; i < 3; i++) {
        struct packet packets[PACKETS_MAX];
        struct sp_capture capture;
        struct sp_complaint complaint;
        struct file original = load("captures", names[i], ".pcap");
        const size_t count = incoming(&original, packets);
        struct file file = pack(packets + 3, count - 3, &plain);
        assert_true(read_it(&file, 0, &capture, &complaint));
        assert_true(remarked(&capture, "begins within a connection"));
        assert_int_equal(capture.end.host[0].life[0].received, 23);
        assert_int_equal(capture.end.host[1].life[0].received, 11);
        assert_ends(&capture, SP_TIME_WAIT, SP_CLOSED);
        sp_capture_free(&capture);
        drop(&file);

        file = pack(packets + 1, count - 1, &plain);
        assert_true(read_it(&file, 0, &capture, &complaint));
        assert_true(remarked(&capture, "its SYN is supposed"));
        assert_ends(&capture, SP_CLOSED, SP_TIME_WAIT); /* who sends first is A */
        sp_capture_free(&capture);
        drop(&file);
        drop(&original);
    }
}

static void connections_are_told_apart(void **state)
{
    (void)state;
    struct packet packets[PACKETS_MAX];
    struct sp_capture capture;
    struct sp_complaint complaint;
    char flow[SP_CAPTURE_FLOW_TEXT];
    struct file four = load("captures", "refused", ".pcap");
    struct file six = load("captures", "handshake-data-close-ipv6", ".pcap");
    size_t count = incoming(&four, packets);
    count += incoming(&six, packets + count);
    struct file file = pack(packets, count, &plain);

    assert_true(read_it(&file, 0, &capture, &complaint));
    assert_int_equal(capture.connections, 2);
    assert_int_equal(capture.selected, 0);
    assert_int_equal(capture.connection[0].packets, 2);
    assert_int_equal(capture.connection[1].first, 3);
    sp_capture_flow_print(&capture.connection[0].flow, flow, sizeof flow);
    assert_string_equal(flow, "192.0.2.1:40001 > 192.0.2.2:40002");
    sp_capture_flow_print(&capture.connection[1].flow, flow, sizeof flow);
    assert_string_equal(flow, "[2001:db8::1]:40001 > [2001:db8::2]:40002");
    assert_ends(&capture, SP_CLOSED, SP_CLOSED);
    sp_capture_free(&capture);

    assert_true(read_it(&file, 2, &capture, &complaint));
    assert_int_equal(capture.selected, 1);
    assert_ends(&capture, SP_TIME_WAIT, SP_CLOSED);
    sp_capture_free(&capture);

    assert_false(read_it(&file, 3, &capture, &complaint));
    assert_string_equal(complaint.text, "x.pcap: there is no connection 3: 1..2 are in it");
    sp_capture_free(&capture);
    drop(&file);
    drop(&six);
    drop(&four);
}

/* A world has room for two incarnations of a connection; the third ends the script. */
static void a_third_incarnation_ends_the_script(void **state)
{
    (void)state;
    struct packet packets[2 * PACKETS_MAX];
    struct sp_capture capture;
    struct sp_complaint complaint;
    struct file twice = load("captures", "time-wait-reuse", ".pcap");
    struct file once = load("captures", "handshake-data-close", ".pcap");
    size_t count = incoming(&twice, packets);
    count += incoming(&once, packets + count);
    struct file file = pack(packets, count, &plain);
    assert_true(read_it(&file, 0, &capture, &complaint));
    assert_int_equal(capture.connections, 1);
    assert_true(remarked(&capture, "one opening more than 2"));
    assert_int_equal(capture.end.host[0].lives, 2);
    sp_capture_free(&capture);
    drop(&file);
    drop(&once);
    drop(&twice);
}

/* A packet that is missing is noticed where the model cannot do what the real end did. */
static void a_hole_in_the_capture_is_remarked(void **state)
{
    (void)state;
    struct packet packets[PACKETS_MAX];
    struct sp_capture capture;
    struct sp_complaint complaint;
    struct file original = load("captures", "handshake-data-close", ".pcap");
    const size_t count = incoming(&original, packets);
    memmove(packets + 3, packets + 4, (count - 4) * sizeof packets[0]); /* A's text */
    struct file file = pack(packets, count - 1, &plain);
    assert_true(read_it(&file, 0, &capture, &complaint));
    assert_true(remarked(&capture, "it acknowledges what the model has not received"));
    assert_true(capture.remark[0].lost_track);
    assert_int_equal(capture.remark[0].packet, 4);
    sp_capture_free(&capture);
    drop(&file);
    drop(&original);
}

static void what_is_no_capture_is_refused_by_name(void **state)
{
    (void)state;
    struct sp_capture capture;
    struct sp_complaint complaint;
    const struct file junk = {(uint8_t *)(uintptr_t) "this is no capture at all, but text", 35};
    const struct file empty = {NULL, 0};
    assert_false(read_it(&junk, 0, &capture, &complaint));
    assert_non_null(strstr(complaint.text, "x.pcap: not a capture: "));
    sp_capture_free(&capture);
    assert_false(read_it(&empty, 0, &capture, &complaint));
    assert_string_equal(complaint.text, "x.pcap: not a capture: the file is empty");
    sp_capture_free(&capture);
    assert_false(sp_capture_read("no/such/file.pcap", 0, &capture, &complaint));
    assert_string_equal(complaint.text, "no/such/file.pcap: No such file or directory");
    sp_capture_free(&capture);

    struct packet none[1];
    struct file header = pack(none, 0, &plain);
    assert_false(read_it(&header, 0, &capture, &complaint));
    assert_string_equal(complaint.text, "x.pcap: a capture without a complete packet");
    sp_capture_free(&capture);
    drop(&header);
}

static void captures_are_known_by_their_first_octets(void **state)
{
    (void)state;
    assert_true(sp_capture_magic((const uint8_t *)"\xd4\xc3\xb2\xa1", 4));
    assert_true(sp_capture_magic((const uint8_t *)"\xa1\xb2\xc3\xd4", 4));
    assert_true(sp_capture_magic((const uint8_t *)"\x4d\x3c\xb2\xa1", 4));
    assert_true(sp_capture_magic((const uint8_t *)"\xa1\xb2\x3c\x4d", 4));
    assert_true(sp_capture_magic((const uint8_t *)"\x0a\x0d\x0d\x0a", 4));
    assert_false(sp_capture_magic((const uint8_t *)"synp", 4));
    assert_false(sp_capture_magic((const uint8_t *)"\xd4\xc3\xb2", 3));
}

/* Reads it; a script that comes of it replays to the same world. */
static bool survives(const uint8_t *bytes, size_t size)
{
    struct sp_capture capture;
    struct sp_complaint complaint = {.text = ""};
    uint8_t *exact = malloc(size == 0 ? 1 : size);
    assert_non_null(exact);
    memcpy(exact, bytes, size);
    const bool good = sp_capture_read_bytes(exact, size, "x.pcap", 0, &capture, &complaint);
    free(exact);
    if (!good) {
        assert_true(strlen(complaint.text) > strlen("x.pcap: "));
    } else {
        struct sp_world world;
        sp_world_init(&capture.script.setup, 0, true, &world);
        for (size_t i = 0; i < capture.script.count; i++) {
            struct sp_step step;
            sp_world_act(&capture.script.setup, &world, &capture.script.action[i], &step);
        }
        assert_int_equal(world.host[0].tcb.state, capture.end.host[0].tcb.state);
        assert_int_equal(world.host[1].tcb.state, capture.end.host[1].tcb.state);
    }
    sp_capture_free(&capture);
    return good;
}

/* Cut at every octet: whatever complete packets are there count, from the first one on. */
static void a_file_cut_anywhere_is_read_so_far(void **state)
{
    (void)state;
    static const char *const names[] = {"abort", "time-wait-assassination"};
    for (size_t i = 0; i < 2; i++) {
        struct file file = load("captures", names[i], ".pcap");
        const size_t first_packet = 24 + 16 + 20 + 60; /* SLL2, IPv4, TCP with 20 of options */
        for (size_t size = 0; size <= file.size; size++) {
            assert_int_equal(survives(file.bytes, size), size >= first_packet);
        }
        drop(&file);
    }
}

static void no_flipped_octet_is_fatal(void **state)
{
    (void)state;
    struct file file = load("captures", "refused", ".pcap");
    struct file longer = load("captures", "lost-data", ".pcap");
    for (size_t i = 0; i < file.size * 8; i++) {
        file.bytes[i / 8] ^= (uint8_t)(1 << i % 8);
        survives(file.bytes, file.size);
        file.bytes[i / 8] ^= (uint8_t)(1 << i % 8);
    }
    for (size_t i = 0; i < longer.size; i++) {
        longer.bytes[i] ^= 0xff;
        survives(longer.bytes, longer.size);
        longer.bytes[i] ^= 0xff;
    }
    drop(&longer);
    drop(&file);
}

/* Segments with valid checksums and any contents, among good ones: the model is asked to follow
 * nonsense. Deterministic: xorshift. */
static uint32_t next(uint32_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    *seed ^= *seed << 5;
    return *seed;
}

static size_t nonsense(const uint8_t *ip, size_t size, uint32_t *seed, uint8_t *bytes)
{
    struct sp_packet_view view;
    assert_int_equal(sp_decode(ip, size, &view), SP_REJECT_NONE);
    struct sp_segment *s = &view.segment;
    const uint32_t dice = next(seed);
    s->flags = (uint8_t)((dice & 1) != 0 ? s->flags ^ (1 << (dice >> 8 & 7)) : s->flags);
    s->seq += (dice & 2) != 0 ? next(seed) % 41 - 20 : 0;
    s->ack += (dice & 4) != 0 ? next(seed) % 41 - 20 : 0;
    s->seq += (dice & 0xf0) == 0 ? 0x80000000U : 0;
    s->wnd = (uint16_t)((dice & 8) != 0 ? next(seed) % 3 : s->wnd);
    s->ack = (s->flags & SP_ACK) != 0 ? s->ack : 0;
    s->urgent = (uint16_t)((s->flags & SP_URG) != 0 ? next(seed) : 0);
    const uint8_t text[2048] = {0};
    return sp_encode(&view.flow, s, text, bytes, 2048);
}

static void no_sequence_of_segments_is_fatal(void **state)
{
    (void)state;
    static const char *const names[] = {"lost-data",       "simultaneous-open", "zero-window",
                                        "time-wait-reuse", "half-close",        "sequence-wrap"};
    static uint8_t bytes[PACKETS_MAX][2048];
    uint32_t seed = 9293;
    for (size_t i = 0; i < 6; i++) {
        struct packet packets[PACKETS_MAX];
        struct file file = load("captures", names[i], ".pcap");
        const size_t count = unpack(&file, packets);
        for (unsigned round = 0; round < 60; round++) {
            struct packet mutated[PACKETS_MAX];
            for (size_t j = 0; j < count; j++) {
                mutated[j] = packets[j];
                mutated[j].ip = bytes[j];
                mutated[j].size = nonsense(packets[j].ip, packets[j].size, &seed, bytes[j]);
                assert_true(mutated[j].size > 0);
            }
            struct file made = pack(mutated, count, &(struct packing){.link = LINK_SLL2});
            assert_true(survives(made.bytes, made.size));
            drop(&made);
        }
        drop(&file);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_link_type_is_read),
        cmocka_unit_test(an_unknown_link_type_is_named),
        cmocka_unit_test(cut_packets_count_with_their_length),
        cmocka_unit_test(a_checksum_left_to_the_card_is_no_damage),
        cmocka_unit_test(a_bulk_transfer_is_followed),
        cmocka_unit_test(a_beginning_in_the_midst_is_followed),
        cmocka_unit_test(connections_are_told_apart),
        cmocka_unit_test(a_third_incarnation_ends_the_script),
        cmocka_unit_test(a_hole_in_the_capture_is_remarked),
        cmocka_unit_test(what_is_no_capture_is_refused_by_name),
        cmocka_unit_test(captures_are_known_by_their_first_octets),
        cmocka_unit_test(a_file_cut_anywhere_is_read_so_far),
        cmocka_unit_test(no_flipped_octet_is_fatal),
        cmocka_unit_test(no_sequence_of_segments_is_fatal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
