/*
 * A TCP segment as the machine sees it (RFC 9293 3.1), and its way to and from wire bytes.
 *
 * What a segment cannot hold cannot be said on the wire: decode rejects it with a named reason.
 * The octets of text are not part of it. Inside the model a stream is counted, not stored: `text`
 * says which octet of its sender's stream the first one is.
 */
#ifndef SP_BYTES_SEGMENT_H
#define SP_BYTES_SEGMENT_H

#include "limits.h"
#include "seq.h"

#include <stddef.h>

/* Control bits, at their wire positions. */
enum {
    SP_FIN = 0x01,
    SP_SYN = 0x02,
    SP_RST = 0x04,
    SP_PSH = 0x08,
    SP_ACK = 0x10,
    SP_URG = 0x20,
    SP_ECE = 0x40,
    SP_CWR = 0x80,
};

/* Options present in a segment. */
enum {
    SP_OPT_MSS = 0x01,
    SP_OPT_SCALE = 0x02,
    SP_OPT_SACK_PERMITTED = 0x04,
    SP_OPT_SACK = 0x08,
    SP_OPT_TIMESTAMPS = 0x10,
};

struct sp_range {
    sp_seq left;  /* first sequence number */
    sp_seq right; /* one past the last: half-open */
};

struct sp_segment {
    sp_seq seq;                        /* SEG.SEQ */
    sp_seq ack;                        /* SEG.ACK; 0 unless SP_ACK */
    uint32_t text;                     /* offset of the first octet in the sender's stream */
    uint32_t ts_val;                   /* with SP_OPT_TIMESTAMPS, else 0 */
    uint32_t ts_ecr;                   /* with SP_OPT_TIMESTAMPS, else 0 */
    uint16_t wnd;                      /* SEG.WND as on the wire: not scaled */
    uint16_t urgent;                   /* urgent pointer field, relative to seq; 0 unless SP_URG */
    uint16_t len;                      /* octets of text */
    uint16_t mss;                      /* with SP_OPT_MSS, else 0 */
    uint8_t flags;                     /* control bits */
    uint8_t options;                   /* SP_OPT_ bits */
    uint8_t scale;                     /* with SP_OPT_SCALE, 0..SP_SCALE_MAX, else 0 */
    uint8_t sacks;                     /* with SP_OPT_SACK: 1..SP_SACK_MAX, else 0 */
    struct sp_range sack[SP_SACK_MAX]; /* the first `sacks`; the rest are 0 */
};

/* SEG.LEN: sequence numbers the segment occupies, SYN and FIN included (RFC 9293 3.4). */
static inline uint32_t sp_segment_len(const struct sp_segment *s)
{
    return (uint32_t)s->len + ((s->flags & SP_SYN) != 0) + ((s->flags & SP_FIN) != 0);
}

/* Sequence number of the first octet of text: a SYN comes before it. */
static inline sp_seq sp_segment_text_seq(const struct sp_segment *s)
{
    return s->seq + ((s->flags & SP_SYN) != 0);
}

/* All of `mask` set / none of `mask` set. */
static inline bool sp_has(const struct sp_segment *s, unsigned mask)
{
    return (s->flags & mask) == mask;
}

#endif
