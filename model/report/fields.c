/*
 * The table of TCB fields (RFC 9293 3.3.1), for renderings that treat all fields alike.
 *
 * It says how a number is meant, not how it is written. The invariant: every field of struct sp_tcb
 * is here but `helds` and `held`.
 */
#include "report/fields.h"

#include <string.h>

static const struct sp_bit_name timer_names[] = {
    {SP_TIMER_RETRANSMISSION, "retransmission"},
    {SP_TIMER_TIME_WAIT, "time-wait"},
    {SP_TIMER_PERSIST, "persist"},
    {SP_TIMER_DELAYED_ACK, "delayed-ack"},
    {SP_TIMER_KEEP_ALIVE, "keep-alive"},
    {0, NULL},
};

static const struct sp_bit_name flag_names[] = {
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

#define FIELD(name, space)                                                                         \
    {                                                                                              \
#name, offsetof(struct sp_tcb, name), sizeof((struct sp_tcb){0}.name),                     \
            SP_FIELD_IS_##space, NULL                                                              \
    }
#define BIT_FIELD(name, bits)                                                                      \
    {                                                                                              \
#name, offsetof(struct sp_tcb, name), sizeof((struct sp_tcb){0}.name), SP_FIELD_IS_BITS,   \
            bits                                                                                   \
    }

static const struct sp_tcb_field fields[] = {
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

/* A set of them, with `held` behind, is 64 bits. */
_Static_assert(sizeof fields / sizeof fields[0] < 64, "fields are bits");

const struct sp_tcb_field *sp_tcb_field(size_t index)
{
    return index < sizeof fields / sizeof fields[0] ? &fields[index] : NULL;
}

/* Every field is an unsigned integer of 1, 2 or 4 octets. */
uint32_t sp_tcb_field_value(const struct sp_tcb *tcb, const struct sp_tcb_field *field)
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
