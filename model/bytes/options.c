/*
 * The TCP options: end of list, no-operation, MSS (RFC 9293 3.2), window scale and timestamps (RFC
 * 7323), SACK-permitted and SACK (RFC 2018). Any other kind is skipped by its length [9293 MUST-6].
 *
 * It does not judge where an option may stand: one that belongs on a SYN is read from any segment
 * [9293 MUST-5], and the machine ignores what it must.
 *
 * An option that stands twice is rejected. RFC 9293 is silent, stacks take the last or the first,
 * and a segment holds one: to choose would be to guess what the sender's peer understood.
 *
 * To keep in mind: every option but the two of one octet has a length of at least 2, or reading
 * would not move on.
 */
#include "bytes/octets.h"

enum option_kind {
    KIND_END = 0,
    KIND_NOP = 1,
    KIND_MSS = 2,
    KIND_SCALE = 3,
    KIND_SACK_PERMITTED = 4,
    KIND_SACK = 5,
    KIND_TIMESTAMPS = 8,
};

/* Lengths include the octets of kind and length. */
enum {
    LENGTH_MSS = 4,
    LENGTH_SCALE = 3,
    LENGTH_SACK_PERMITTED = 2,
    LENGTH_SACK_BASE = 2,
    LENGTH_SACK_BLOCK = 8,
    LENGTH_TIMESTAMPS = 10,
};

/* Records that an option is there. */
static enum sp_reject claim(struct sp_segment *segment, unsigned bit)
{
    if ((segment->options & bit) != 0) {
        return SP_REJECT_OPTION_REPEATED;
    }
    segment->options = (uint8_t)(segment->options | bit);
    return SP_REJECT_NONE;
}

static enum sp_reject read_mss(const uint8_t *option, size_t length, struct sp_segment *segment)
{
    if (length != LENGTH_MSS) {
        return SP_REJECT_MSS_LENGTH;
    }
    segment->mss = sp_get16(option + 2);
    return claim(segment, SP_OPT_MSS);
}

/* [7323 2.3] A shift above 14 is used as 14; the wire may say more, a segment cannot. */
static enum sp_reject read_scale(const uint8_t *option, size_t length, struct sp_segment *segment)
{
    if (length != LENGTH_SCALE) {
        return SP_REJECT_SCALE_LENGTH;
    }
    segment->scale = option[2] > SP_SCALE_MAX ? SP_SCALE_MAX : option[2];
    return claim(segment, SP_OPT_SCALE);
}

static enum sp_reject read_sack_permitted(size_t length, struct sp_segment *segment)
{
    if (length != LENGTH_SACK_PERMITTED) {
        return SP_REJECT_SACK_PERMITTED_LENGTH;
    }
    return claim(segment, SP_OPT_SACK_PERMITTED);
}

/* Blocks are kept as they stand, empty and backward ones too. An option without a block says
 * nothing and has no place in a segment: it counts as malformed. */
static enum sp_reject read_sack(const uint8_t *option, size_t length, struct sp_segment *segment)
{
    size_t blocks = (length - LENGTH_SACK_BASE) / LENGTH_SACK_BLOCK;
    if (blocks < 1 || blocks > SP_SACK_MAX ||
        length != LENGTH_SACK_BASE + blocks * LENGTH_SACK_BLOCK) {
        return SP_REJECT_SACK_LENGTH;
    }
    enum sp_reject reject = claim(segment, SP_OPT_SACK);
    if (reject != SP_REJECT_NONE) {
        return reject;
    }
    segment->sacks = (uint8_t)blocks;
    for (size_t i = 0; i < blocks; i++) {
        const uint8_t *block = option + LENGTH_SACK_BASE + i * LENGTH_SACK_BLOCK;
        segment->sack[i].left = sp_get32(block);
        segment->sack[i].right = sp_get32(block + 4);
    }
    return SP_REJECT_NONE;
}

static enum sp_reject read_timestamps(const uint8_t *option, size_t length,
                                      struct sp_segment *segment)
{
    if (length != LENGTH_TIMESTAMPS) {
        return SP_REJECT_TIMESTAMPS_LENGTH;
    }
    segment->ts_val = sp_get32(option + 2);
    segment->ts_ecr = sp_get32(option + 6);
    return claim(segment, SP_OPT_TIMESTAMPS);
}

/* One whole option of `length` octets, at least 2. */
static enum sp_reject read_one(const uint8_t *option, size_t length, struct sp_segment *segment,
                               uint32_t *unknown)
{
    switch (option[0]) {
    case KIND_MSS:
        return read_mss(option, length, segment);
    case KIND_SCALE:
        return read_scale(option, length, segment);
    case KIND_SACK_PERMITTED:
        return read_sack_permitted(length, segment);
    case KIND_SACK:
        return read_sack(option, length, segment);
    case KIND_TIMESTAMPS:
        return read_timestamps(option, length, segment);
    default:
        *unknown += 1;
        return SP_REJECT_NONE;
    }
}

enum sp_reject sp_options_read(const uint8_t *bytes, size_t size, struct sp_segment *segment,
                               uint32_t *unknown)
{
    size_t at = 0;
    while (at < size && bytes[at] != KIND_END) {
        if (bytes[at] == KIND_NOP) {
            at++;
            continue;
        }
        if (size - at < 2) {
            return SP_REJECT_OPTION_TRUNCATED;
        }
        size_t length = bytes[at + 1];
        if (length < 2) {
            return SP_REJECT_OPTION_LENGTH;
        }
        if (length > size - at) {
            return SP_REJECT_OPTION_TRUNCATED;
        }
        enum sp_reject reject = read_one(bytes + at, length, segment, unknown);
        if (reject != SP_REJECT_NONE) {
            return reject;
        }
        at += length;
    }
    return SP_REJECT_NONE;
}

bool sp_options_valid(const struct sp_segment *s)
{
    const unsigned all =
        SP_OPT_MSS | SP_OPT_SCALE | SP_OPT_SACK_PERMITTED | SP_OPT_SACK | SP_OPT_TIMESTAMPS;
    bool sack = (s->options & SP_OPT_SACK) != 0;
    if ((s->options & ~all) != 0 || s->scale > SP_SCALE_MAX || s->sacks > SP_SACK_MAX ||
        sack != (s->sacks > 0)) {
        return false;
    }
    for (size_t i = s->sacks; i < SP_SACK_MAX; i++) {
        if (s->sack[i].left != 0 || s->sack[i].right != 0) {
            return false;
        }
    }
    return ((s->options & SP_OPT_MSS) != 0 || s->mss == 0) &&
           ((s->options & SP_OPT_SCALE) != 0 || s->scale == 0) &&
           ((s->options & SP_OPT_TIMESTAMPS) != 0 || (s->ts_val == 0 && s->ts_ecr == 0));
}

/* Octets of the options alone, in the order in which they are written. */
static size_t unpadded_size(const struct sp_segment *s)
{
    size_t size = 0;
    size += (s->options & SP_OPT_MSS) != 0 ? LENGTH_MSS : 0;
    size += (s->options & SP_OPT_SCALE) != 0 ? LENGTH_SCALE : 0;
    size += (s->options & SP_OPT_SACK_PERMITTED) != 0 ? LENGTH_SACK_PERMITTED : 0;
    if ((s->options & SP_OPT_SACK) != 0) {
        size += LENGTH_SACK_BASE + (size_t)s->sacks * LENGTH_SACK_BLOCK;
    }
    size += (s->options & SP_OPT_TIMESTAMPS) != 0 ? LENGTH_TIMESTAMPS : 0;
    return size;
}

size_t sp_options_size(const struct sp_segment *segment)
{
    return (unpadded_size(segment) + 3) / 4 * 4;
}

static uint8_t *begin(uint8_t *at, enum option_kind kind, size_t length)
{
    at[0] = (uint8_t)kind;
    at[1] = (uint8_t)length;
    return at + 2;
}

static uint8_t *write_sack(const struct sp_segment *s, uint8_t *at)
{
    at = begin(at, KIND_SACK, LENGTH_SACK_BASE + (size_t)s->sacks * LENGTH_SACK_BLOCK);
    for (size_t i = 0; i < s->sacks; i++, at += LENGTH_SACK_BLOCK) {
        sp_put32(at, s->sack[i].left);
        sp_put32(at + 4, s->sack[i].right);
    }
    return at;
}

/* By kind, back to back: no alignment is owed [9293 MUST-64], and without it all that can stand
 * together in 40 octets does. The rest is zero: end of list, and its padding [9293 MUST-69]. */
void sp_options_write(const struct sp_segment *s, uint8_t *bytes)
{
    uint8_t *at = bytes;
    uint8_t *end = bytes + sp_options_size(s);
    if ((s->options & SP_OPT_MSS) != 0) {
        at = begin(at, KIND_MSS, LENGTH_MSS);
        sp_put16(at, s->mss);
        at += 2;
    }
    if ((s->options & SP_OPT_SCALE) != 0) {
        at = begin(at, KIND_SCALE, LENGTH_SCALE);
        *at++ = s->scale;
    }
    if ((s->options & SP_OPT_SACK_PERMITTED) != 0) {
        at = begin(at, KIND_SACK_PERMITTED, LENGTH_SACK_PERMITTED);
    }
    if ((s->options & SP_OPT_SACK) != 0) {
        at = write_sack(s, at);
    }
    if ((s->options & SP_OPT_TIMESTAMPS) != 0) {
        at = begin(at, KIND_TIMESTAMPS, LENGTH_TIMESTAMPS);
        sp_put32(at, s->ts_val);
        sp_put32(at + 4, s->ts_ecr);
        at += 8;
    }
    while (at < end) {
        *at++ = KIND_END;
    }
}
