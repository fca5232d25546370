/*
 * What a step changed in a TCB: one line a field, "name old -> new", with the names of RFC 9293
 * 3.3.1 as the code spells them.
 *
 * Sequence numbers are written relative to the ISS or IRS of their own TCB: "-" where that is not
 * known yet. The invariant: TCBs of two open connections that differ give at least one line; of a
 * TCB that is gone only its end is told, because CLOSED holds nothing.
 */
#include "report/buffer.h"
#include "report/trace.h"

#include <inttypes.h>
#include <string.h>

enum space {
    PLAIN,    /* a number of its own */
    SEND,     /* a sequence number of this end: relative to ISS */
    RECEIVE,  /* one of the peer: relative to IRS */
    WINDOW,   /* one of this end that came with a segment of the peer: known with IRS */
    PEER_FIN, /* one of the peer, known once its FIN arrived */
    STATE,    /* enum sp_state */
    BITS,     /* a set with names */
    ABSOLUTE, /* a sequence number as on the wire */
};

struct bit_name {
    unsigned bit;
    const char *name;
};

static const struct bit_name timer_names[] = {
    {SP_TIMER_RETRANSMISSION, "retransmission"},
    {SP_TIMER_TIME_WAIT, "time-wait"},
    {SP_TIMER_PERSIST, "persist"},
    {SP_TIMER_DELAYED_ACK, "delayed-ack"},
    {SP_TIMER_KEEP_ALIVE, "keep-alive"},
    {0, NULL},
};

static const struct bit_name flag_names[] = {
    {SP_TCB_PASSIVE, "passive"},
    {SP_TCB_REMOTE, "remote"},
    {SP_TCB_ANY_REMOTE, "any-remote"},
    {SP_TCB_CLOSE, "close"},
    {SP_TCB_FIN_HELD, "fin-held"},
    {SP_TCB_FIN_RECEIVED, "fin-received"},
    {SP_TCB_TOLD_EOF, "told-eof"},
    {SP_TCB_SCALE, "scale"},
    {SP_TCB_TIMESTAMPS, "timestamps"},
    {SP_TCB_SACK, "sack"},
    {SP_TCB_REOPENED, "reopened"},
    {SP_TCB_READING, "reading"},
    {SP_TCB_KEEP_ALIVE, "keep-alive"},
    {SP_TCB_URGENT_MODE, "urgent-mode"},
    {SP_TCB_READER_GONE, "reader-gone"},
    {SP_TCB_FAULT, "fault"},
    {0, NULL},
};

struct field {
    const char *name;
    size_t offset;
    size_t size;
    enum space space;
    const struct bit_name *bits; /* with BITS */
};

#define FIELD(name, space)                                                                         \
    {                                                                                              \
#name, offsetof(struct sp_tcb, name), sizeof((struct sp_tcb){0}.name), space, NULL         \
    }
#define BIT_FIELD(name, bits)                                                                      \
    {                                                                                              \
#name, offsetof(struct sp_tcb, name), sizeof((struct sp_tcb){0}.name), BITS, bits          \
    }

static const struct field fields[] = {
    FIELD(state, STATE),          BIT_FIELD(timers, timer_names),
    BIT_FIELD(flags, flag_names), FIELD(retransmits, PLAIN),
    FIELD(unacked, PLAIN),        FIELD(iss, ABSOLUTE),
    FIELD(snd_una, SEND),         FIELD(snd_nxt, SEND),
    FIELD(snd_max, SEND),         FIELD(snd_end, SEND),
    FIELD(snd_up, SEND),          FIELD(snd_wnd, PLAIN),
    FIELD(snd_wl1, RECEIVE),      FIELD(snd_wl2, WINDOW),
    FIELD(snd_wnd_max, PLAIN),    FIELD(snd_mss, PLAIN),
    FIELD(irs, ABSOLUTE),         FIELD(rcv_nxt, RECEIVE),
    FIELD(rcv_adv, RECEIVE),      FIELD(rcv_read, RECEIVE),
    FIELD(rcv_up, RECEIVE),       FIELD(rcv_fin, PEER_FIN),
    FIELD(rcv_buf, PLAIN),        FIELD(rcv_wanted, PLAIN),
    FIELD(rcv_mss, PLAIN),        FIELD(ack_sent, RECEIVE),
    FIELD(offered, PLAIN),        FIELD(r2, PLAIN),
    FIELD(offer_scale, PLAIN),    FIELD(snd_scale, PLAIN),
    FIELD(rcv_scale, PLAIN),      FIELD(ts_recent, PLAIN),
    FIELD(old_iss, ABSOLUTE),     FIELD(old_snd_nxt, ABSOLUTE),
    FIELD(old_irs, ABSOLUTE),     FIELD(old_rcv_nxt, ABSOLUTE),
    FIELD(old_ts_recent, PLAIN),  FIELD(old_agreed, PLAIN),
    FIELD(old_snd_scale, PLAIN),  FIELD(old_rcv_scale, PLAIN),
};

/* Every field is an unsigned integer of 1, 2 or 4 octets. */
static uint32_t value_of(const struct sp_tcb *tcb, const struct field *field)
{
    const char *at = (const char *)tcb + field->offset;
    if (field->size == sizeof(uint8_t)) {
        uint8_t value;
        memcpy(&value, at, sizeof value);
        return value;
    }
    if (field->size == sizeof(uint16_t)) {
        uint16_t value;
        memcpy(&value, at, sizeof value);
        return value;
    }
    uint32_t value;
    memcpy(&value, at, sizeof value);
    return value;
}

static bool has_iss(const struct sp_tcb *tcb)
{
    return tcb->state != SP_CLOSED && tcb->state != SP_LISTEN;
}

static bool has_irs(const struct sp_tcb *tcb)
{
    return has_iss(tcb) && tcb->state != SP_SYN_SENT;
}

static void write_bits(const struct sp_writer *writer, uint32_t value, const struct bit_name *bits)
{
    const char *comma = "";
    for (; bits->name != NULL; bits++) {
        if ((value & bits->bit) != 0) {
            sp_write(writer, "%s%s", comma, bits->name);
            comma = ",";
        }
    }
    if (value == 0) {
        sp_write(writer, "none");
    }
}

/* False: the field has no meaning yet. *base is what its numbers are relative to. */
static bool is_known(const struct sp_tcb *tcb, enum space space, sp_seq *base)
{
    *base = 0;
    switch (space) {
    case SEND:
        *base = tcb->iss;
        return has_iss(tcb);
    case WINDOW:
        *base = tcb->iss;
        return has_irs(tcb);
    case RECEIVE:
        *base = tcb->irs;
        return has_irs(tcb);
    case PEER_FIN:
        *base = tcb->irs;
        return (tcb->flags & SP_TCB_FIN_HELD) != 0;
    case PLAIN:
    case STATE:
    case BITS:
    case ABSOLUTE:
        break;
    }
    return true;
}

static void write_value(const struct sp_writer *writer, const struct sp_tcb *tcb,
                        const struct field *field)
{
    uint32_t value = value_of(tcb, field);
    sp_seq base;
    if (!is_known(tcb, field->space, &base)) {
        sp_write(writer, "-");
    } else if (field->space == STATE) {
        sp_write(writer, "%s", sp_state_name((enum sp_state)value));
    } else if (field->space == BITS) {
        write_bits(writer, value, field->bits);
    } else if (field->space == PLAIN || field->space == ABSOLUTE) {
        sp_write(writer, "%" PRIu32, value);
    } else {
        sp_write(writer, "%" PRId32, (int32_t)(value - base));
    }
}

static void write_held(const struct sp_writer *writer, const struct sp_tcb *tcb)
{
    for (unsigned i = 0; i < tcb->helds && i < SP_HELD_MAX; i++) {
        sp_write(writer, "%s%" PRId32 "..%" PRId32, i == 0 ? "" : ",",
                 (int32_t)(tcb->held[i].left - tcb->irs),
                 (int32_t)(tcb->held[i].right - 1 - tcb->irs));
    }
    if (tcb->helds == 0) {
        sp_write(writer, "none");
    }
}

/* "name old -> new", when the two texts differ: what reads the same did not change for a reader. */
static bool write_change(const struct sp_writer *writer, const char *name, const char *old,
                         const char *new)
{
    if (strcmp(old, new) == 0) {
        return false;
    }
    sp_write(writer, "%s %s -> %s\n", name, old, new);
    return true;
}

static bool write_field(const struct sp_writer *writer, const struct field *field,
                        const struct sp_tcb *before, const struct sp_tcb *after)
{
    char old[240];
    char new[240];
    struct sp_buffer buffer;
    struct sp_writer to_old = sp_buffer_open(&buffer, old, sizeof old);
    write_value(&to_old, before, field);
    struct sp_writer to_new = sp_buffer_open(&buffer, new, sizeof new);
    write_value(&to_new, after, field);
    return write_change(writer, field->name, old, new);
}

static bool write_held_change(const struct sp_writer *writer, const struct sp_tcb *before,
                              const struct sp_tcb *after)
{
    char old[120];
    char new[120];
    struct sp_buffer buffer;
    struct sp_writer to_old = sp_buffer_open(&buffer, old, sizeof old);
    write_held(&to_old, before);
    struct sp_writer to_new = sp_buffer_open(&buffer, new, sizeof new);
    write_held(&to_new, after);
    return write_change(writer, "held", old, new);
}

#define FIELDS (sizeof fields / sizeof fields[0])

/* `held`, which is a list, comes behind the others. */
_Static_assert(FIELDS < 64, "fields are bits");

const char *sp_field_name(size_t index)
{
    if (index == FIELDS) {
        return "held";
    }
    return index < FIELDS ? fields[index].name : NULL;
}

static bool in(uint64_t set, size_t index)
{
    return (set >> index & 1) != 0;
}

void sp_report_changes_of(const struct sp_tcb *before, const struct sp_tcb *after, uint64_t set,
                          const struct sp_writer *writer)
{
    if (after->state == SP_CLOSED && before->state != SP_CLOSED) {
        sp_write(writer, "state %s -> CLOSED\n", sp_state_name((enum sp_state)before->state));
        return;
    }
    bool changed = false;
    for (size_t i = 0; i < FIELDS; i++) {
        changed |= in(set, i) && write_field(writer, &fields[i], before, after);
    }
    changed |= in(set, FIELDS) && write_held_change(writer, before, after);
    if (!changed) {
        sp_write(writer, "nothing\n");
    }
}

void sp_report_changes(const struct sp_tcb *before, const struct sp_tcb *after,
                       const struct sp_writer *writer)
{
    sp_report_changes_of(before, after, SP_FIELDS_ALL, writer);
}

void sp_report_fields(const struct sp_tcb *before, const struct sp_tcb *after, uint64_t set,
                      const struct sp_writer *writer)
{
    for (size_t i = 0; i < FIELDS; i++) {
        if (in(set, i) && !write_field(writer, &fields[i], before, after)) {
            sp_write(writer, "%s ", fields[i].name);
            write_value(writer, after, &fields[i]);
            sp_write(writer, "\n");
        }
    }
    if (in(set, FIELDS) && !write_held_change(writer, before, after)) {
        sp_write(writer, "held ");
        write_held(writer, after);
        sp_write(writer, "\n");
    }
}
