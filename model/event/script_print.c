/*
 * A script, or one action, as text in its canonical layout.
 *
 * Writes only what the action's kind uses, so that two actions that mean the same print the same.
 * What is written, sp_script_parse reads back to the same script. Nothing is written beyond the
 * capacity, and the size returned is the size needed, as snprintf has it.
 */
#include "event/script.h"
#include "event/script_words.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

/* Text being written: `size` octets are needed so far, whether or not they fit. */
struct text {
    char *at;
    size_t capacity;
    size_t size;
};

static void put(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void put(struct text *text, const char *format, ...)
{
    const bool room = text->size < text->capacity;
    va_list arguments;
    va_start(arguments, format);
    const int size = vsnprintf(room ? text->at + text->size : NULL,
                               room ? text->capacity - text->size : 0, format, arguments);
    va_end(arguments);
    text->size += (size_t)size;
}

static void put_number(struct text *text, const char *name, unsigned anchor, sp_seq number)
{
    if (anchor == SP_ANCHOR_ABSOLUTE) {
        put(text, " %s=%" PRIu32, name, number);
    } else if (number < 0x80000000u) {
        put(text, " %s=%s+%" PRIu32, name, sp_word_of(sp_words_anchors, anchor), number);
    } else {
        put(text, " %s=%s-%" PRIu32, name, sp_word_of(sp_words_anchors, anchor), 0u - number);
    }
}

static void put_flags(struct text *text, unsigned flags)
{
    const char *separator = "";
    for (const struct sp_word *flag = sp_words_flags; flag->word != NULL; flag++) {
        if ((flags & flag->value) != 0) {
            put(text, "%s%s", separator, flag->word);
            separator = ",";
        }
    }
    if (flags == 0) {
        put(text, "none");
    }
}

static void put_options(struct text *text, const struct sp_segment *segment)
{
    if ((segment->options & SP_OPT_MSS) != 0) {
        put(text, " mss=%u", segment->mss);
    }
    if ((segment->options & SP_OPT_SCALE) != 0) {
        put(text, " scale=%u", segment->scale);
    }
    if ((segment->options & SP_OPT_SACK_PERMITTED) != 0) {
        put(text, " sack-ok");
    }
    if ((segment->options & SP_OPT_TIMESTAMPS) != 0) {
        put(text, " ts=%" PRIu32 "/%" PRIu32, segment->ts_val, segment->ts_ecr);
    }
    if ((segment->options & SP_OPT_SACK) != 0) {
        for (unsigned i = 0; i < segment->sacks && i < SP_SACK_MAX; i++) {
            put(text, "%s%" PRIu32 "-%" PRIu32, i == 0 ? " sack=" : ",", segment->sack[i].left,
                segment->sack[i].right);
        }
    }
}

static void put_segment(struct text *text, const struct sp_action *action)
{
    const struct sp_segment *segment = &action->segment;
    put_flags(text, segment->flags);
    put_number(text, "seq", action->seq_anchor, segment->seq);
    if (sp_has(segment, SP_ACK)) {
        put_number(text, "ack", action->ack_anchor, segment->ack);
    }
    put(text, " wnd=%u", segment->wnd);
    if (segment->len != 0) {
        put(text, " len=%u", segment->len);
    }
    if (segment->text != 0) {
        put(text, " text=%" PRIu32, segment->text);
    }
    if (sp_has(segment, SP_URG)) {
        put(text, " urgent=%u", segment->urgent);
    }
    put_options(text, segment);
}

static void put_for(struct text *text, const struct sp_action *action)
{
    if (action->serial != 0) {
        put(text, " for=%u", action->serial);
    }
}

static void put_call(struct text *text, const struct sp_action *action)
{
    put(text, "%s ", sp_word_of(sp_words_hosts, action->host));
    if (action->event == SP_EVENT_OPEN_PASSIVE || action->event == SP_EVENT_OPEN_ACTIVE) {
        put(text, "open %s", sp_word_of(sp_words_opens, action->event));
    } else {
        put(text, "%s", sp_word_of(sp_words_calls, action->event));
    }
    if (sp_call_takes_count(action->event)) {
        put(text, " %" PRIu32, action->count);
    }
    if (action->event == SP_EVENT_SEND && action->urgent) {
        put(text, " urgent");
    }
    if (sp_call_takes_iss(action->event) && action->has_iss) {
        put(text, " iss=%" PRIu32, action->iss);
    }
}

static void put_action(struct text *text, const struct sp_action *action)
{
    switch ((enum sp_action_kind)action->kind) {
    case SP_ACTION_CALL:
        put_call(text, action);
        break;
    case SP_ACTION_TIMER:
        put(text, "%s timer %s", sp_word_of(sp_words_hosts, action->host),
            sp_word_of(sp_words_timers, action->event));
        break;
    case SP_ACTION_DELIVER:
    case SP_ACTION_DUPLICATE:
    case SP_ACTION_LOSE:
        put(text, "%s %u", sp_word_of(sp_words_lines, action->kind), action->serial);
        break;
    case SP_ACTION_TICK:
        put(text, "tick");
        break;
    case SP_ACTION_INJECT:
        put(text, "%s inject ", sp_word_of(sp_words_hosts, action->host));
        put_segment(text, action);
        if (action->has_iss) {
            put(text, " iss=%" PRIu32, action->iss);
        }
        if (action->now != 0) {
            put(text, " now=%" PRIu32, action->now);
        }
        put_for(text, action);
        break;
    case SP_ACTION_VANISH:
        put(text, "%s vanish ", sp_word_of(sp_words_hosts, action->host));
        put_segment(text, action);
        put_for(text, action);
        break;
    case SP_ACTION_CRASH:
        put(text, "%s crash", sp_word_of(sp_words_hosts, action->host));
        break;
    case SP_ACTION_COUNT:
        break;
    }
}

size_t sp_action_print(const struct sp_action *action, char *text, size_t capacity)
{
    struct text out = {text, capacity, 0};
    put(&out, "%s", "");
    put_action(&out, action);
    return out.size;
}

size_t sp_script_print(const struct sp_script *script, char *text, size_t capacity)
{
    struct text out = {text, capacity, 0};
    char setting[SP_SETTING_MAX];
    put(&out, "synproof script 1\n");
    for (size_t i = 0; sp_setup_print_changed(&script->setup, i, setting, sizeof setting); i++) {
        put(&out, "set %s\n", setting);
    }
    if (script->expect == SP_EXPECT_PASS) {
        put(&out, "expect PASS\n");
    } else if (script->expect == SP_EXPECT_VIOLATION) {
        put(&out, "expect %s\n", script->expected);
    }
    for (size_t i = 0; i < script->count; i++) {
        put(&out, "%s", i == 0 ? "\n" : "");
        put_action(&out, &script->action[i]);
        put(&out, "\n");
    }
    return out.size;
}
