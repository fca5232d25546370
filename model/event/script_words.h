/*
 * The words of the script's text form, shared by its reader and its writer.
 *
 * Private to model/event. Tables end with a row whose word is NULL.
 */
#ifndef SP_EVENT_SCRIPT_WORDS_H
#define SP_EVENT_SCRIPT_WORDS_H

#include "event/action.h"

struct sp_word {
    const char *word;
    uint8_t value;
};

extern const struct sp_word sp_words_lines[];   /* deliver, duplicate, lose, tick */
extern const struct sp_word sp_words_hosts[];   /* A, B */
extern const struct sp_word sp_words_calls[];   /* open, send ...: SP_EVENT_; open is both opens */
extern const struct sp_word sp_words_opens[];   /* passive, active */
extern const struct sp_word sp_words_timers[];  /* user, retransmission ...: SP_EVENT_ */
extern const struct sp_word sp_words_flags[];   /* SYN, FIN ...: in the order they are written */
extern const struct sp_word sp_words_anchors[]; /* rcv.nxt, irs ...: SP_ANCHOR_ */
extern const struct sp_word sp_words_fields[];  /* seq, ack ...: SP_FIELD_ */

/* What can follow the flags of an injected segment, in the order it is written. */
enum sp_field {
    SP_FIELD_SEQ,
    SP_FIELD_ACK,
    SP_FIELD_WND,
    SP_FIELD_LEN,
    SP_FIELD_TEXT,
    SP_FIELD_URGENT,
    SP_FIELD_MSS,
    SP_FIELD_SCALE,
    SP_FIELD_SACK_OK,
    SP_FIELD_TS,
    SP_FIELD_SACK,
    SP_FIELD_ISS,
    SP_FIELD_NOW,
    SP_FIELD_FOR,
    SP_FIELD_COUNT
};

/* The word for a value, or "?" when the table has none. */
const char *sp_word_of(const struct sp_word *table, unsigned value);

/* Calls of an action that may begin a connection, and so may be given an iss. */
static inline bool sp_call_takes_iss(unsigned event)
{
    return event == SP_EVENT_OPEN_PASSIVE || event == SP_EVENT_OPEN_ACTIVE ||
           event == SP_EVENT_SEND;
}

static inline bool sp_call_takes_count(unsigned event)
{
    return event == SP_EVENT_SEND || event == SP_EVENT_RECEIVE;
}

#endif
