/*
 * A segment on one line, in the words of RFC 9293 3.1: control bits, sequence numbers, options.
 *
 * It does not say where the segment goes, nor whether it arrives. The invariant: two segments that
 * differ in anything that the wire carries have different lines.
 */
#include "report/segment.h"
#include "report/buffer.h"
#include "report/trace.h"

#include <inttypes.h>

static const struct {
    const char *name;
    uint8_t bit;
} control_bits[] = {
    {"FIN", SP_FIN}, {"SYN", SP_SYN}, {"RST", SP_RST}, {"PSH", SP_PSH},
    {"ACK", SP_ACK}, {"URG", SP_URG}, {"ECE", SP_ECE}, {"CWR", SP_CWR},
};

static void write_flags(const struct sp_writer *writer, uint8_t flags)
{
    const char *comma = "";
    for (size_t i = 0; i < sizeof control_bits / sizeof control_bits[0]; i++) {
        if ((flags & control_bits[i].bit) != 0) {
            sp_write(writer, "%s%s", comma, control_bits[i].name);
            comma = ",";
        }
    }
    if (flags == 0) {
        sp_write(writer, "none");
    }
}

void sp_segment_write_number(const struct sp_writer *writer, sp_seq number, sp_seq base)
{
    if (base == 0) {
        sp_write(writer, "%" PRIu32, number);
    } else {
        sp_write(writer, "%" PRId32, (int32_t)(number - base));
    }
}

void sp_segment_write(const struct sp_writer *writer, const struct sp_segment *segment,
                      sp_seq seq_base, sp_seq ack_base)
{
    write_flags(writer, segment->flags);
    sp_write(writer, " seq=");
    sp_segment_write_number(writer, segment->seq, seq_base);
    if (sp_has(segment, SP_ACK)) {
        sp_write(writer, " ack=");
        sp_segment_write_number(writer, segment->ack, ack_base);
    }
    sp_write(writer, " wnd=%u", segment->wnd);
    if (segment->len > 0) {
        sp_write(writer, " len=%u", segment->len);
    }
    if (sp_has(segment, SP_URG)) {
        sp_write(writer, " urg=%u", segment->urgent);
    }
}

static void write_sacks(const struct sp_writer *writer, const struct sp_segment *segment,
                        sp_seq base)
{
    for (unsigned i = 0; i < segment->sacks && i < SP_SACK_MAX; i++) {
        sp_write(writer, "%s", i == 0 ? "sack " : " ");
        sp_segment_write_number(writer, segment->sack[i].left, base);
        sp_write(writer, "-");
        sp_segment_write_number(writer, segment->sack[i].right, base);
    }
}

void sp_segment_write_options(const struct sp_writer *writer, const struct sp_segment *segment,
                              sp_seq ack_base)
{
    if (segment->options == 0) {
        return;
    }
    const char *before = " <";
    if ((segment->options & SP_OPT_MSS) != 0) {
        sp_write(writer, "%smss %u", before, segment->mss);
        before = ", ";
    }
    if ((segment->options & SP_OPT_SCALE) != 0) {
        sp_write(writer, "%sscale %u", before, segment->scale);
        before = ", ";
    }
    if ((segment->options & SP_OPT_SACK_PERMITTED) != 0) {
        sp_write(writer, "%ssack-ok", before);
        before = ", ";
    }
    if ((segment->options & SP_OPT_TIMESTAMPS) != 0) {
        sp_write(writer, "%sts %" PRIu32 "/%" PRIu32, before, segment->ts_val, segment->ts_ecr);
        before = ", ";
    }
    if ((segment->options & SP_OPT_SACK) != 0) {
        sp_write(writer, "%s", before);
        write_sacks(writer, segment, ack_base);
    }
    sp_write(writer, ">");
}

void sp_segment_print(const struct sp_segment *segment, sp_seq seq_base, sp_seq ack_base,
                      char *text, size_t capacity)
{
    struct sp_buffer buffer;
    struct sp_writer writer = sp_buffer_open(&buffer, text, capacity);
    sp_segment_write(&writer, segment, seq_base, ack_base);
    sp_segment_write_options(&writer, segment, ack_base);
}
