/*
 * The words of the script's text form: see script_words.h.
 *
 * Only words and what they stand for; the grammar is in script_parse.c. No word stands twice in a
 * table, so reading what was written gives the value back.
 */
#include "event/script_words.h"

const struct sp_word sp_words_lines[] = {
    {"deliver", SP_ACTION_DELIVER},
    {"duplicate", SP_ACTION_DUPLICATE},
    {"lose", SP_ACTION_LOSE},
    {"tick", SP_ACTION_TICK},
    {NULL, 0},
};

const struct sp_word sp_words_hosts[] = {{"A", SP_A}, {"B", SP_B}, {NULL, 0}};

const struct sp_word sp_words_calls[] = {
    {"open", SP_EVENT_OPEN_PASSIVE},
    {"send", SP_EVENT_SEND},
    {"receive", SP_EVENT_RECEIVE},
    {"close", SP_EVENT_CLOSE},
    {"abort", SP_EVENT_ABORT},
    {"status", SP_EVENT_STATUS},
    {NULL, 0},
};

const struct sp_word sp_words_opens[] = {
    {"passive", SP_EVENT_OPEN_PASSIVE},
    {"active", SP_EVENT_OPEN_ACTIVE},
    {NULL, 0},
};

const struct sp_word sp_words_timers[] = {
    {"user", SP_EVENT_USER_TIMEOUT},
    {"retransmission", SP_EVENT_RETRANSMISSION},
    {"time-wait", SP_EVENT_TIME_WAIT},
    {"persist", SP_EVENT_PERSIST},
    {"delayed-ack", SP_EVENT_DELAYED_ACK},
    {"keep-alive", SP_EVENT_KEEP_ALIVE},
    {NULL, 0},
};

const struct sp_word sp_words_flags[] = {
    {"SYN", SP_SYN}, {"FIN", SP_FIN}, {"RST", SP_RST}, {"PSH", SP_PSH}, {"ACK", SP_ACK},
    {"URG", SP_URG}, {"ECE", SP_ECE}, {"CWR", SP_CWR}, {NULL, 0},
};

const struct sp_word sp_words_anchors[] = {
    {"rcv.nxt", SP_ANCHOR_RCV_NXT}, {"irs", SP_ANCHOR_IRS}, {"snd.una", SP_ANCHOR_SND_UNA},
    {"snd.nxt", SP_ANCHOR_SND_NXT}, {"iss", SP_ANCHOR_ISS}, {NULL, 0},
};

const struct sp_word sp_words_fields[] = {
    {"seq", SP_FIELD_SEQ}, {"ack", SP_FIELD_ACK},     {"wnd", SP_FIELD_WND},
    {"len", SP_FIELD_LEN}, {"text", SP_FIELD_TEXT},   {"urgent", SP_FIELD_URGENT},
    {"mss", SP_FIELD_MSS}, {"scale", SP_FIELD_SCALE}, {"sack-ok", SP_FIELD_SACK_OK},
    {"ts", SP_FIELD_TS},   {"sack", SP_FIELD_SACK},   {"iss", SP_FIELD_ISS},
    {"now", SP_FIELD_NOW}, {"for", SP_FIELD_FOR},     {NULL, 0},
};

const char *sp_word_of(const struct sp_word *table, unsigned value)
{
    while (table->word != NULL && table->value != value) {
        table++;
    }
    return table->word == NULL ? "?" : table->word;
}
