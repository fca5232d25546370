/*
 * One line of a script's body to an action.
 *
 * A line is words apart by blanks; each kind of action reads its own. What a line does not give is
 * 0. A refused line says which word is wrong, what would be valid there, and the nearest of it.
 * Invariant: an accepted action has 0 in every field that its kind does not use.
 */
#include "event/script.h"
#include "event/script_words.h"
#include "setup/words.h"

#include <stdio.h>
#include <string.h>

/* A line being read: the words still to come, and where to complain. */
struct line {
    struct sp_span rest;
    struct sp_complaint *complaint;
};

/* The row of the table that the word is, or NULL with a complaint that lists the valid ones. more
 * is what is valid besides, or "". */
static const struct sp_word *look_up(struct line *line, const struct sp_word *table,
                                     struct sp_span word, const char *what, const char *more)
{
    struct sp_nearest nearest = sp_nearest_to(word);
    char valid[240] = "";
    size_t size = 0;
    for (const struct sp_word *row = table; row->word != NULL; row++) {
        if (sp_span_is(word, row->word)) {
            return row;
        }
        sp_nearest_try(&nearest, row->word);
        size += (size_t)snprintf(valid + size, sizeof valid - size, " %s", row->word);
    }
    (void)sp_complain(line->complaint, "%s%.*s: no such %s%s%s; valid:%s%s",
                      word.size == 0 ? "nothing" : "", SP_SPAN(word), what,
                      nearest.best == NULL ? "" : ", nearest is ",
                      nearest.best == NULL ? "" : nearest.best, valid, more);
    return NULL;
}

/* A number 0..max in a word that is named for the complaint. */
static bool read_number(struct line *line, const char *name, struct sp_span word, uint32_t max,
                        uint32_t *number)
{
    uint64_t value = 0;
    if (!sp_span_number(word, max, &value)) {
        return sp_complain(line->complaint, "%s = %s%.*s: 0..%u is valid", name,
                           word.size == 0 ? "nothing" : "", SP_SPAN(word), max);
    }
    *number = (uint32_t)value;
    return true;
}

static bool read_number16(struct line *line, const char *name, struct sp_span word, uint32_t max,
                          uint16_t *number)
{
    uint32_t value = 0;
    const bool valid = read_number(line, name, word, max, &value);
    *number = (uint16_t)value;
    return valid;
}

/* 17, rcv.nxt, rcv.nxt+1, snd.una-1 */
static bool read_anchored(struct line *line, struct sp_span word, uint8_t *anchor, sp_seq *number)
{
    struct sp_span offset = word;
    uint64_t value = 0;
    *anchor = SP_ANCHOR_ABSOLUTE;
    *number = 0;
    if (word.size > 0 && word.at[0] >= '0' && word.at[0] <= '9') {
        return read_number(line, "sequence number", word, UINT32_MAX, number);
    }
    struct sp_span name;
    const bool plus = sp_span_cut(&offset, '+', &name);
    offset = plus ? offset : word;
    const bool minus = !plus && sp_span_cut(&offset, '-', &name);
    const struct sp_word *row =
        look_up(line, sp_words_anchors, name, "variable", " or a number 0..4294967295");
    if (row == NULL) {
        return false;
    }
    if ((plus || minus) && !sp_span_number(offset, UINT32_MAX, &value)) {
        return sp_complain(line->complaint, "%.*s: an offset is + or - and 0..4294967295",
                           SP_SPAN(word));
    }
    *anchor = row->value;
    *number = minus ? 0u - (sp_seq)value : (sp_seq)value;
    return true;
}

/* SYN,ACK or none */
static bool read_flags(struct line *line, struct sp_span word, uint8_t *flags)
{
    struct sp_span name;
    bool more = !sp_span_is(word, "none");
    *flags = 0;
    while (more) {
        more = sp_span_cut(&word, ',', &name);
        const struct sp_word *row = look_up(line, sp_words_flags, name, "control bit", " or none");
        if (row == NULL) {
            return false;
        }
        *flags = (uint8_t)(*flags | row->value);
    }
    return true;
}

/* 10-20,30-40 */
static bool read_sack(struct line *line, struct sp_span value, struct sp_segment *segment)
{
    struct sp_span rest = value;
    bool more = true;
    while (more) {
        struct sp_span right;
        struct sp_span left;
        uint64_t low = 0;
        uint64_t high = 0;
        more = sp_span_cut(&rest, ',', &right);
        const bool pair = sp_span_cut(&right, '-', &left);
        if (!pair || segment->sacks == SP_SACK_MAX || !sp_span_number(left, UINT32_MAX, &low) ||
            !sp_span_number(right, UINT32_MAX, &high)) {
            return sp_complain(line->complaint,
                               "sack = %.*s: 1..%d ranges LEFT-RIGHT of numbers 0..4294967295, "
                               "with commas between, are valid",
                               SP_SPAN(value), SP_SACK_MAX);
        }
        segment->sack[segment->sacks++] = (struct sp_range){(sp_seq)low, (sp_seq)high};
    }
    segment->options |= SP_OPT_SACK;
    return true;
}

/* 7/3 */
static bool read_timestamps(struct line *line, struct sp_span value, struct sp_segment *segment)
{
    struct sp_span echo = value;
    struct sp_span own;
    uint64_t val = 0;
    uint64_t ecr = 0;
    if (!sp_span_cut(&echo, '/', &own) || !sp_span_number(own, UINT32_MAX, &val) ||
        !sp_span_number(echo, UINT32_MAX, &ecr)) {
        return sp_complain(line->complaint, "ts = %.*s: VALUE/ECHO, both 0..4294967295, is valid",
                           SP_SPAN(value));
    }
    segment->ts_val = (uint32_t)val;
    segment->ts_ecr = (uint32_t)ecr;
    segment->options |= SP_OPT_TIMESTAMPS;
    return true;
}

/* The fields that are options of the segment. */
static bool read_option(struct line *line, enum sp_field field, struct sp_span value,
                        struct sp_segment *segment)
{
    uint32_t scale = 0;
    if (field == SP_FIELD_MSS) {
        segment->options |= SP_OPT_MSS;
        return read_number16(line, "mss", value, UINT16_MAX, &segment->mss);
    }
    if (field == SP_FIELD_SCALE) {
        segment->options |= SP_OPT_SCALE;
        const bool valid = read_number(line, "scale", value, SP_SCALE_MAX, &scale);
        segment->scale = (uint8_t)scale;
        return valid;
    }
    if (field == SP_FIELD_TS) {
        return read_timestamps(line, value, segment);
    }
    if (field == SP_FIELD_SACK) {
        return read_sack(line, value, segment);
    }
    segment->options |= SP_OPT_SACK_PERMITTED;
    return true;
}

static bool read_field(struct line *line, enum sp_field field, struct sp_span value,
                       struct sp_action *action)
{
    struct sp_segment *segment = &action->segment;
    switch (field) {
    case SP_FIELD_SEQ:
        return read_anchored(line, value, &action->seq_anchor, &segment->seq);
    case SP_FIELD_ACK:
        return read_anchored(line, value, &action->ack_anchor, &segment->ack);
    case SP_FIELD_WND:
        return read_number16(line, "wnd", value, UINT16_MAX, &segment->wnd);
    case SP_FIELD_LEN:
        return read_number16(line, "len", value, UINT16_MAX, &segment->len);
    case SP_FIELD_TEXT:
        return read_number(line, "text", value, UINT32_MAX, &segment->text);
    case SP_FIELD_URGENT:
        return read_number16(line, "urgent", value, UINT16_MAX, &segment->urgent);
    case SP_FIELD_MSS:
    case SP_FIELD_SCALE:
    case SP_FIELD_SACK_OK:
    case SP_FIELD_TS:
    case SP_FIELD_SACK:
        return read_option(line, field, value, segment);
    case SP_FIELD_ISS:
        action->has_iss = true;
        return read_number(line, "iss", value, UINT32_MAX, &action->iss);
    case SP_FIELD_NOW:
        return read_number(line, "now", value, UINT32_MAX, &action->now);
    case SP_FIELD_FOR:
        return read_number16(line, "for", value, UINT16_MAX, &action->serial);
    case SP_FIELD_COUNT:
        break;
    }
    return false;
}

/* Fields that only make sense with a control bit, or not with VANISH, or must be there. */
static bool check_fields(struct line *line, unsigned given, const struct sp_action *action)
{
    const struct sp_segment *segment = &action->segment;
    const unsigned arrival = 1u << SP_FIELD_ISS | 1u << SP_FIELD_NOW;
    if ((given & 1u << SP_FIELD_SEQ) == 0) {
        return sp_complain(line->complaint, "seq is missing: a segment has seq=NUMBER");
    }
    if (((given & 1u << SP_FIELD_ACK) != 0) != sp_has(segment, SP_ACK)) {
        return sp_complain(line->complaint, "%s",
                           sp_has(segment, SP_ACK) ? "ack is missing: ACK needs ack=NUMBER"
                                                   : "ack needs the control bit ACK");
    }
    if ((given & 1u << SP_FIELD_URGENT) != 0 && !sp_has(segment, SP_URG)) {
        return sp_complain(line->complaint, "urgent needs the control bit URG");
    }
    if (action->kind == SP_ACTION_VANISH && (given & arrival) != 0) {
        return sp_complain(line->complaint,
                           "iss and now go with inject: a segment that vanished does not arrive");
    }
    return true;
}

static bool read_segment(struct line *line, struct sp_action *action)
{
    unsigned given = 0;
    if (!read_flags(line, sp_span_word(&line->rest), &action->segment.flags)) {
        return false;
    }
    for (struct sp_span value = sp_span_word(&line->rest); value.size > 0;
         value = sp_span_word(&line->rest)) {
        struct sp_span name;
        const bool assigned = sp_span_cut(&value, '=', &name);
        const struct sp_word *row = look_up(line, sp_words_fields, name, "field", "");
        if (row == NULL) {
            return false;
        }
        if (assigned && row->value == SP_FIELD_SACK_OK) {
            return sp_complain(line->complaint, "%s takes no value", row->word);
        }
        if (!assigned && row->value != SP_FIELD_SACK_OK) {
            return sp_complain(line->complaint, "%s has no value: write %s=NUMBER", row->word,
                               row->word);
        }
        if ((given & 1u << row->value) != 0) {
            return sp_complain(line->complaint, "%s is given twice", row->word);
        }
        given |= 1u << row->value;
        if (!read_field(line, (enum sp_field)row->value, value, action)) {
            return false;
        }
    }
    return check_fields(line, given, action);
}

/* "urgent" and "iss=7" after a call, where the call takes them. */
static bool read_call_details(struct line *line, struct sp_action *action)
{
    struct sp_span word = sp_span_word(&line->rest);
    if (action->event == SP_EVENT_SEND && sp_span_is(word, "urgent")) {
        action->urgent = true;
        word = sp_span_word(&line->rest);
    }
    if (sp_call_takes_iss(action->event) && sp_span_begins(word, "iss=")) {
        const struct sp_span value = {word.at + 4, word.size - 4};
        action->has_iss = true;
        if (!read_number(line, "iss", value, UINT32_MAX, &action->iss)) {
            return false;
        }
        word = sp_span_word(&line->rest);
    }
    if (word.size > 0) {
        return sp_complain(line->complaint, "%.*s: %s may follow here", SP_SPAN(word),
                           action->event == SP_EVENT_SEND     ? "only urgent, then iss=NUMBER,"
                           : sp_call_takes_iss(action->event) ? "only iss=NUMBER"
                                                              : "nothing");
    }
    return true;
}

static bool read_call(struct line *line, struct sp_span word, struct sp_action *action)
{
    const struct sp_word *row =
        look_up(line, sp_words_calls, word, "call", " timer crash inject vanish");
    action->kind = SP_ACTION_CALL;
    if (row != NULL && row->value == SP_EVENT_OPEN_PASSIVE) {
        row = look_up(line, sp_words_opens, sp_span_word(&line->rest), "way to open", "");
    }
    if (row == NULL) {
        return false;
    }
    action->event = row->value;
    if (sp_call_takes_count(action->event) &&
        !read_number(line, row->word, sp_span_word(&line->rest), UINT32_MAX, &action->count)) {
        return false;
    }
    return read_call_details(line, action);
}

/* What a host does, or what befalls it: "A open active", "B timer persist", "B inject RST seq=1".
 */
static bool read_host_line(struct line *line, struct sp_action *action)
{
    const struct sp_span word = sp_span_word(&line->rest);
    if (sp_span_is(word, "inject") || sp_span_is(word, "vanish")) {
        action->kind = word.at[0] == 'i' ? SP_ACTION_INJECT : SP_ACTION_VANISH;
        return read_segment(line, action);
    }
    if (sp_span_is(word, "crash")) {
        action->kind = SP_ACTION_CRASH;
        return true;
    }
    if (!sp_span_is(word, "timer")) {
        return read_call(line, word, action);
    }
    const struct sp_word *row =
        look_up(line, sp_words_timers, sp_span_word(&line->rest), "timer", "");
    if (row == NULL) {
        return false;
    }
    action->kind = SP_ACTION_TIMER;
    action->event = row->value;
    return true;
}

static bool read_network_line(struct line *line, struct sp_span word, struct sp_action *action)
{
    const struct sp_word *row =
        look_up(line, sp_words_lines, word, "action", " A B (and set, expect before the first)");
    if (row == NULL) {
        return false;
    }
    action->kind = row->value;
    return row->value == SP_ACTION_TICK ||
           read_number16(line, row->word, sp_span_word(&line->rest), UINT16_MAX, &action->serial);
}

bool sp_action_parse(struct sp_action *action, const char *text, size_t size,
                     struct sp_complaint *complaint)
{
    struct line line = {sp_span_uncomment((struct sp_span){text, size}), complaint};
    const struct sp_span word = sp_span_word(&line.rest);
    *action = (struct sp_action){.kind = SP_ACTION_CALL};
    const bool host = sp_span_is(word, "A") || sp_span_is(word, "B");
    if (host) {
        action->host = word.at[0] == 'A' ? SP_A : SP_B;
    }
    if (!(host ? read_host_line(&line, action) : read_network_line(&line, word, action))) {
        return false;
    }
    const struct sp_span more = sp_span_word(&line.rest);
    if (more.size > 0) {
        return sp_complain(complaint, "%.*s: nothing may follow here", SP_SPAN(more));
    }
    return true;
}
