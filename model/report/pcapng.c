/*
 * A trace as a pcapng section (draft-ietf-opsawg-pcapng), for Wireshark: one packet for each
 * segment that was sent, with a comment.
 *
 * Little-endian, LINKTYPE_RAW, two interfaces. It does not write IPv6 and does not copy the octets
 * of a capture: the model has no text but its own (sp_stream_octet). The invariant: every packet
 * decodes to the segment that its step has, unless the comment says what was cut; times never go
 * back.
 */
#include "bytes/wire.h"
#include "report/buffer.h"
#include "report/captions.h"
#include "report/exports.h"
#include "report/journey.h"

#include <string.h>

enum {
    BLOCK_SECTION = 0x0a0d0d0a,
    BLOCK_INTERFACE = 1,
    BLOCK_PACKET = 6,
    OPTION_END = 0,
    OPTION_COMMENT = 1,
    OPTION_IF_NAME = 2,
    OPTION_IF_DESCRIPTION = 3,
    OPTION_USER_APPLICATION = 4,
    LINKTYPE_RAW = 101,
};

enum interface { WIRE, LOST };

#define PACKET_MAX 65535
#define HEADS_MAX  (20 + 60) /* IPv4 without options, TCP with 40 octets of them */
#define COMMENT_MAX                                                                                \
    (SP_RULES_TEXT_MAX + SP_VIOLATIONS_MAX + 4 * SP_CAPTION_MAX) /* below 65536: it has a 16-bit   \
                                                                    length */
#define MICROSECONDS_A_STEP 1000

static void put(const struct sp_writer *writer, const void *octets, size_t size)
{
    writer->write(writer->to, octets, size);
}

static void put16(const struct sp_writer *writer, unsigned value)
{
    const uint8_t octets[] = {(uint8_t)value, (uint8_t)(value >> 8)};
    put(writer, octets, sizeof octets);
}

static void put32(const struct sp_writer *writer, uint32_t value)
{
    put16(writer, value & 0xffff);
    put16(writer, value >> 16);
}

/* Octets that a value takes, with its padding to 32 bits. */
static size_t padded(size_t size)
{
    return (size + 3) / 4 * 4;
}

static void put_padded(const struct sp_writer *writer, const void *octets, size_t size)
{
    static const uint8_t zeros[3];
    put(writer, octets, size);
    put(writer, zeros, padded(size) - size);
}

#define OPTION_HEAD 4

static size_t option_size(const char *text)
{
    return OPTION_HEAD + padded(strlen(text));
}

static void put_option(const struct sp_writer *writer, unsigned code, const char *text)
{
    put16(writer, code);
    put16(writer, (unsigned)strlen(text));
    put_padded(writer, text, strlen(text));
}

static void put_end_of_options(const struct sp_writer *writer)
{
    put32(writer, OPTION_END);
}

/* Lengths of blocks count their own two length fields and the type. */
#define BLOCK_FRAME 12

static void put_section(const struct sp_writer *writer)
{
    static const char application[] = "synproof";
    uint32_t size = (uint32_t)(BLOCK_FRAME + 16 + option_size(application) + OPTION_HEAD);
    put32(writer, BLOCK_SECTION);
    put32(writer, size);
    put32(writer, 0x1a2b3c4d);
    put16(writer, 1);
    put16(writer, 0);
    put32(writer, UINT32_MAX); /* of a section whose length is not told, twice */
    put32(writer, UINT32_MAX);
    put_option(writer, OPTION_USER_APPLICATION, application);
    put_end_of_options(writer);
    put32(writer, size);
}

static void put_interface(const struct sp_writer *writer, const char *name, const char *description)
{
    uint32_t size =
        (uint32_t)(BLOCK_FRAME + 8 + option_size(name) + option_size(description) + OPTION_HEAD);
    put32(writer, BLOCK_INTERFACE);
    put32(writer, size);
    put16(writer, LINKTYPE_RAW);
    put16(writer, 0);
    put32(writer, 0); /* no limit of octets kept */
    put_option(writer, OPTION_IF_NAME, name);
    put_option(writer, OPTION_IF_DESCRIPTION, description);
    put_end_of_options(writer);
    put32(writer, size);
}

static void put_packet(const struct sp_writer *writer, enum interface interface, uint64_t time,
                       const uint8_t *packet, size_t packet_size, const char *comment)
{
    uint32_t size =
        (uint32_t)(BLOCK_FRAME + 20 + padded(packet_size) + option_size(comment) + OPTION_HEAD);
    put32(writer, BLOCK_PACKET);
    put32(writer, size);
    put32(writer, interface);
    put32(writer, (uint32_t)(time >> 32));
    put32(writer, (uint32_t)time);
    put32(writer, (uint32_t)packet_size);
    put32(writer, (uint32_t)packet_size);
    put_padded(writer, packet, packet_size);
    put_option(writer, OPTION_COMMENT, comment);
    put_end_of_options(writer);
    put32(writer, size);
}

static struct sp_flow flow_from(unsigned host)
{
    struct sp_flow flow = {
        .version = 4,
        .source = {192, 0, 2, (uint8_t)(1 + host)},
        .destination = {192, 0, 2, (uint8_t)(2 - host)},
        .source_port = (uint16_t)(50001 + host),
        .destination_port = (uint16_t)(50002 - host),
    };
    return flow;
}

/* What a packet is made of, and what its comment says. */
struct packet {
    struct sp_segment segment;
    unsigned from; /* enum sp_host_name */
    unsigned life; /* incarnation of the sender, from 0 */
    enum interface interface;
    uint64_t time; /* in microseconds */
    char comment[COMMENT_MAX];
};

/* Forged segments may say more than a packet holds. True: something was cut. */
static bool cut_to_fit(struct sp_segment *segment)
{
    struct sp_segment whole = *segment;
    const struct sp_flow flow = flow_from(SP_A);
    uint8_t packet[HEADS_MAX];
    segment->len = 0;
    size_t heads = sp_encode(&flow, segment, NULL, packet, sizeof packet);
    if (heads == 0) {
        *segment = (struct sp_segment){.seq = whole.seq,
                                       .ack = sp_has(&whole, SP_ACK) ? whole.ack : 0,
                                       .wnd = whole.wnd,
                                       .urgent = sp_has(&whole, SP_URG) ? whole.urgent : 0,
                                       .text = whole.text,
                                       .flags = whole.flags};
        heads = sp_encode(&flow, segment, NULL, packet, sizeof packet);
    }
    size_t room = PACKET_MAX - heads;
    segment->len = whole.len < room ? whole.len : (uint16_t)room;
    return segment->options != whole.options || segment->len != whole.len;
}

static void finish_packet(struct packet *packet, const struct sp_writer *writer)
{
    uint8_t text[PACKET_MAX];
    uint8_t octets[PACKET_MAX];
    struct sp_segment *segment = &packet->segment;
    if (cut_to_fit(segment)) {
        size_t size = strlen(packet->comment);
        struct sp_buffer buffer;
        struct sp_writer to =
            sp_buffer_open(&buffer, packet->comment + size, sizeof packet->comment - size);
        sp_write(&to, "\nmore than an IPv4 packet holds: options or text are cut");
    }
    for (uint32_t i = 0; i < segment->len; i++) {
        text[i] = sp_stream_octet(packet->from, packet->life, segment->text + i);
    }
    struct sp_flow flow = flow_from(packet->from);
    size_t size = sp_encode(&flow, segment, text, octets, sizeof octets);
    put_packet(writer, packet->interface, packet->time, octets, size, packet->comment);
}

static void write_states(const struct sp_writer *to, const struct sp_trace_step *step)
{
    unsigned host = step->step.host;
    unsigned before = step->step.before.tcb.state;
    unsigned after = step->after.host[host].tcb.state;
    sp_write(to, "\n%c: %s -> %s", "AB"[host], sp_state_name((enum sp_state)before),
             sp_state_name((enum sp_state)after));
}

static void write_step(const struct sp_writer *to, const struct sp_trace_step *step)
{
    if (step->step.acted) {
        write_states(to, step);
        sp_write(to, "\n");
        sp_caption_rules(to, &step->step.output);
    }
    if (step->findings.violated != 0) {
        sp_write(to, "\nviolates ");
        sp_caption_violations(to, step->findings.violated);
    }
}

static void write_journey(const struct sp_writer *to, const struct sp_trace *trace,
                          const struct sp_journey *journey, enum interface interface)
{
    if (journey->overflow) {
        sp_write(to, "lost in the network: it is full");
    } else if (journey->replaced != 0) {
        sp_write(to, "%s at step %zu, as captured",
                 interface == LOST ? "lost in the network" : "arrives", journey->replaced);
    } else if (journey->arrivals == 0 && journey->lost != 0) {
        sp_write(to, "lost in the network at step %zu", journey->lost);
    } else if (journey->arrivals == 0) {
        sp_write(to, "still in flight at the end");
    } else if (journey->arrivals == 1 && journey->lost == 0) {
        sp_write(to, "arrives at step %zu", journey->arrived);
    } else {
        sp_write(to, "duplicated by the network: arrives at step %zu", journey->arrived);
        if (journey->again != 0) {
            sp_write(to, " and again at step %zu%s", journey->again,
                     journey->arrivals > 2 ? ", and between" : "");
        }
        if (journey->lost != 0) {
            sp_write(to, "; a copy is lost at step %zu", journey->lost);
        }
    }
    uint64_t violated = 0;
    if (journey->arrived != 0) {
        violated = trace->step[journey->arrived - 1].findings.violated;
    } else if (journey->replaced != 0) {
        violated = trace->step[journey->replaced - 1].findings.violated;
    }
    if (violated != 0) {
        sp_write(to, "\nwhat it leads to violates ");
        sp_caption_violations(to, violated);
    }
}

static void write_sent(const struct sp_trace *trace, struct sp_sent sent,
                       const struct sp_writer *writer)
{
    const struct sp_trace_step *step = &trace->step[sent.index];
    struct sp_journey journey = sp_journey_of(trace, sent);
    struct sp_packet model = sp_step_packet(&step->step, &step->after, sent.at);
    struct packet packet = {.segment = model.segment,
                            .from = model.from,
                            .life = model.life > 0 ? model.life - 1U : 0,
                            .time = (sent.index + 1) * MICROSECONDS_A_STEP + sent.at};
    bool lost = journey.overflow || (journey.arrivals == 0 && journey.lost != 0);
    if (journey.replaced != 0) {
        const struct sp_step *real = &trace->step[journey.replaced - 1].step;
        packet.segment = real->event.segment;
        lost = real->action.kind == SP_ACTION_VANISH;
    }
    packet.interface = lost ? LOST : WIRE;
    struct sp_buffer buffer;
    struct sp_writer to = sp_buffer_open(&buffer, packet.comment, sizeof packet.comment);
    sp_write(&to, "step %zu: %c sends #%u", sent.index + 1, "AB"[model.from],
             step -> step.serial[sent.at]);
    char event[SP_CAPTION_MAX];
    struct sp_buffer event_buffer;
    struct sp_writer event_writer = sp_buffer_open(&event_buffer, event, sizeof event);
    sp_caption_event(&event_writer, step);
    sp_write(&to, "%s%s; ", event[0] == '\0' ? "" : " on ", event);
    write_journey(&to, trace, &journey, packet.interface);
    write_step(&to, step);
    finish_packet(&packet, writer);
}

/* INJECT and VANISH without a segment of this run that they stand for. */
static void write_network(const struct sp_trace *trace, size_t index,
                          const struct sp_writer *writer)
{
    const struct sp_trace_step *step = &trace->step[index];
    bool arrives = step->step.action.kind == SP_ACTION_INJECT;
    unsigned from = arrives ? 1U - step->step.action.host : step->step.action.host;
    unsigned lives = step->after.host[from].lives;
    bool attacked = trace->script->setup.bounds.forgeries > 0;
    struct packet packet = {.segment = step->step.event.segment,
                            .from = from,
                            .life = lives > 0 ? lives - 1 : 0,
                            .interface = arrives ? WIRE : LOST,
                            .time = (index + 1) * MICROSECONDS_A_STEP};
    struct sp_buffer buffer;
    struct sp_writer to = sp_buffer_open(&buffer, packet.comment, sizeof packet.comment);
    sp_write(&to, "step %zu: from the %s, in the name of %c; %s", index + 1,
             attacked ? "attacker" : "network", "AB"[from],
             arrives ? "arrives" : "lost in the network");
    write_step(&to, step);
    finish_packet(&packet, writer);
}

static bool is_network(const struct sp_trace *trace, size_t index)
{
    const struct sp_action *action = &trace->step[index].step.action;
    return (action->kind == SP_ACTION_INJECT || action->kind == SP_ACTION_VANISH) &&
           !sp_journey_replaces(trace, index);
}

void sp_report_pcapng(const struct sp_trace *trace, const struct sp_writer *writer)
{
    put_section(writer);
    put_interface(writer, "wire", "what was sent and not lost");
    put_interface(writer, "lost", "what was sent and arrived nowhere");
    for (size_t i = 0; i < trace->count; i++) {
        const struct sp_trace_step *step = &trace->step[i];
        if (!step->possible) {
            continue;
        }
        if (is_network(trace, i)) {
            write_network(trace, i, writer);
        }
        for (unsigned at = 0; step->step.acted && at < step->step.output.sent; at++) {
            write_sent(trace, (struct sp_sent){.index = i, .at = at}, writer);
        }
    }
}
