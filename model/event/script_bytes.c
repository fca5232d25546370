/*
 * The byte form of a script: what fuzzers mutate. Total: every byte string is a script.
 *
 *     version        octet, 3; others are read as 3
 *     settings       octet: a named policy set; octet: how many settings differ from it and from
 *                    the initial bounds; for each an octet (slot of setup/keys.h) and a number
 *     expectation    octet: nothing, PASS, violation; then length and letters of the id
 *     actions        until the bytes end: an octet (kind, host or small operand), operands
 *
 * A number is little-endian base 128. Every octet and number is reduced into the range of what it
 * stands for, and what lies beyond the end reads as 0, so the last action may be cut. Writing what
 * was read gives the canonical bytes, and reading those gives the same script again.
 */
#include "event/script.h"
#include "event/script_words.h"
#include "setup/keys.h"

#include <string.h>

enum {
    VERSION = 3,
    KINDS = 8, /* a crash is written as one more timer */
    SERIAL_INLINE = 31,
    CALLS = SP_EVENT_STATUS + 1,
    TIMERS = 6
};

_Static_assert((int)SP_ACTION_CRASH == KINDS && (int)SP_ACTION_COUNT == KINDS + 1,
               "the kind of an action is three bits");
_Static_assert(SP_EVENT_KEEP_ALIVE - SP_EVENT_USER_TIMEOUT + 1 == TIMERS, "timers are adjacent");
_Static_assert(SP_ANCHOR_COUNT *SP_ANCHOR_COUNT * 2 <= 256, "anchors and has_iss in one octet");

static const char letters[64] = {
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"};

/* Bytes being read. */
struct source {
    const uint8_t *at;
    size_t size;
    size_t position;
};

static unsigned get(struct source *source)
{
    return source->position < source->size ? source->at[source->position++] : 0;
}

static uint32_t get_number(struct source *source)
{
    uint64_t number = 0;
    for (unsigned shift = 0; shift < 35; shift += 7) {
        const unsigned octet = get(source);
        number |= (uint64_t)(octet & 0x7f) << shift;
        if ((octet & 0x80) == 0) {
            break;
        }
    }
    return (uint32_t)number;
}

/* Bytes being written: `size` are needed so far, whether or not they fit. */
struct target {
    uint8_t *at;
    size_t capacity;
    size_t size;
};

static void put(struct target *target, unsigned octet)
{
    if (target->size < target->capacity) {
        target->at[target->size] = (uint8_t)octet;
    }
    target->size++;
}

static void put_number(struct target *target, uint32_t number)
{
    while (number >= 0x80) {
        put(target, 0x80 | (number & 0x7f));
        number >>= 7;
    }
    put(target, number);
}

/* Small offsets of either sign are one octet. */
static uint32_t zigzag(uint32_t number)
{
    return number << 1 ^ (number >> 31 != 0 ? UINT32_MAX : 0);
}

static uint32_t unzigzag(uint32_t number)
{
    return number >> 1 ^ ((number & 1) != 0 ? UINT32_MAX : 0);
}

/* A setup that differs from the initial one only by a named policy. */
static struct sp_setup base_of(const struct sp_policy_set *set)
{
    struct sp_setup base;
    sp_setup_init(&base);
    base.policy = set->policy;
    return base;
}

static void get_setup(struct source *source, struct sp_setup *setup)
{
    *setup = base_of(sp_policy_set(get(source) % sp_policy_set_count()));
    for (unsigned left = get(source); left > 0; left--) {
        const size_t index = get(source) % sp_slot_count();
        const struct sp_slot slot = sp_slot(index);
        const uint64_t values = (uint64_t)slot.high - slot.low + 1;
        sp_slot_put(setup, index, (uint32_t)(slot.low + get_number(source) % values));
    }
    sp_setup_settle(setup);
}

static void put_setup(struct target *target, const struct sp_setup *setup)
{
    const struct sp_policy_set *set = sp_policy_set_nearest(&setup->policy);
    const struct sp_setup base = base_of(set);
    uint8_t other[UINT8_MAX]; /* slots that differ */
    unsigned count = 0;
    for (size_t i = 0; i < sp_slot_count(); i++) {
        if (sp_slot_get(setup, i) != sp_slot_get(&base, i)) {
            other[count++] = (uint8_t)i;
        }
    }
    put(target, (unsigned)(set - sp_policy_set(0)));
    put(target, count);
    for (unsigned i = 0; i < count; i++) {
        put(target, other[i]);
        put_number(target, sp_slot_get(setup, other[i]) - sp_slot(other[i]).low);
    }
}

static void get_expectation(struct source *source, struct sp_script *script)
{
    memset(script->expected, 0, sizeof script->expected);
    script->expect = (uint8_t)(get(source) % (SP_EXPECT_VIOLATION + 1));
    if (script->expect != SP_EXPECT_VIOLATION) {
        return;
    }
    const size_t size = 1 + get(source) % (sizeof script->expected - 1);
    for (size_t i = 0; i < size; i++) {
        script->expected[i] = letters[get(source) % sizeof letters];
    }
    if (strcmp(script->expected, "PASS") == 0) {
        memset(script->expected, 0, sizeof script->expected);
        script->expect = SP_EXPECT_PASS;
    }
}

static void put_expectation(struct target *target, const struct sp_script *script)
{
    put(target, script->expect);
    if (script->expect != SP_EXPECT_VIOLATION) {
        return;
    }
    const size_t size = strlen(script->expected);
    put(target, (unsigned)size - 1);
    for (size_t i = 0; i < size; i++) {
        const char *letter = memchr(letters, script->expected[i], sizeof letters);
        put(target, letter == NULL ? 0 : (unsigned)(letter - letters));
    }
}

static void get_options(struct source *source, struct sp_segment *segment)
{
    if (sp_has(segment, SP_URG)) {
        segment->urgent = (uint16_t)get_number(source);
    }
    if ((segment->options & SP_OPT_MSS) != 0) {
        segment->mss = (uint16_t)get_number(source);
    }
    if ((segment->options & SP_OPT_SCALE) != 0) {
        segment->scale = (uint8_t)(get(source) % (SP_SCALE_MAX + 1));
    }
    if ((segment->options & SP_OPT_TIMESTAMPS) != 0) {
        segment->ts_val = get_number(source);
        segment->ts_ecr = get_number(source);
    }
    if ((segment->options & SP_OPT_SACK) != 0) {
        segment->sacks = (uint8_t)(1 + get(source) % SP_SACK_MAX);
        for (unsigned i = 0; i < segment->sacks; i++) {
            segment->sack[i].left = get_number(source);
            segment->sack[i].right = get_number(source);
        }
    }
}

static void put_options(struct target *target, const struct sp_segment *segment)
{
    if (sp_has(segment, SP_URG)) {
        put_number(target, segment->urgent);
    }
    if ((segment->options & SP_OPT_MSS) != 0) {
        put_number(target, segment->mss);
    }
    if ((segment->options & SP_OPT_SCALE) != 0) {
        put(target, segment->scale);
    }
    if ((segment->options & SP_OPT_TIMESTAMPS) != 0) {
        put_number(target, segment->ts_val);
        put_number(target, segment->ts_ecr);
    }
    if ((segment->options & SP_OPT_SACK) != 0) {
        put(target, segment->sacks - 1u);
        for (unsigned i = 0; i < segment->sacks; i++) {
            put_number(target, segment->sack[i].left);
            put_number(target, segment->sack[i].right);
        }
    }
}

/* INJECT and VANISH: control bits, options present, anchors, has_iss and whether a serial follows,
 * then numbers. */
static void get_segment(struct source *source, struct sp_action *action)
{
    struct sp_segment *segment = &action->segment;
    const bool arrives = action->kind == SP_ACTION_INJECT;
    segment->flags = (uint8_t)get(source);
    segment->options = (uint8_t)(get(source) & 0x1f);
    const unsigned packed = get(source);
    action->seq_anchor = (uint8_t)(packed % SP_ANCHOR_COUNT);
    segment->seq = unzigzag(get_number(source));
    if (sp_has(segment, SP_ACK)) {
        action->ack_anchor = (uint8_t)(packed / SP_ANCHOR_COUNT % SP_ANCHOR_COUNT);
        segment->ack = unzigzag(get_number(source));
    }
    segment->wnd = (uint16_t)get_number(source);
    segment->len = (uint16_t)get_number(source);
    segment->text = get_number(source);
    get_options(source, segment);
    if (arrives) {
        action->has_iss = packed / (SP_ANCHOR_COUNT * SP_ANCHOR_COUNT) % 2 != 0;
        action->iss = action->has_iss ? get_number(source) : 0;
        action->now = get_number(source);
    }
    if (packed / (2 * SP_ANCHOR_COUNT * SP_ANCHOR_COUNT) % 2 != 0) {
        action->serial = (uint16_t)get_number(source);
    }
}

static void put_segment(struct target *target, const struct sp_action *action)
{
    const struct sp_segment *segment = &action->segment;
    const bool arrives = action->kind == SP_ACTION_INJECT;
    const bool acks = sp_has(segment, SP_ACK);
    put(target, segment->flags);
    put(target, segment->options);
    put(target, action->seq_anchor + SP_ANCHOR_COUNT * (acks ? action->ack_anchor : 0u) +
                    SP_ANCHOR_COUNT * SP_ANCHOR_COUNT * (arrives && action->has_iss ? 1u : 0u) +
                    2 * SP_ANCHOR_COUNT * SP_ANCHOR_COUNT * (action->serial != 0 ? 1u : 0u));
    put_number(target, zigzag(segment->seq));
    if (acks) {
        put_number(target, zigzag(segment->ack));
    }
    put_number(target, segment->wnd);
    put_number(target, segment->len);
    put_number(target, segment->text);
    put_options(target, segment);
    if (arrives && action->has_iss) {
        put_number(target, action->iss);
    }
    if (arrives) {
        put_number(target, action->now);
    }
    if (action->serial != 0) {
        put_number(target, action->serial);
    }
}

/* CALL: the high half of the first octet is the call, plus CALLS when details follow. */
static void get_call(struct source *source, unsigned operand, struct sp_action *action)
{
    const unsigned call = operand % (2 * CALLS);
    const unsigned details = call >= CALLS ? get(source) : 0;
    action->event = (uint8_t)(call % CALLS);
    action->urgent = action->event == SP_EVENT_SEND && (details & 1) != 0;
    action->has_iss = sp_call_takes_iss(action->event) && (details & 2) != 0;
    action->iss = action->has_iss ? get_number(source) : 0;
    action->count = sp_call_takes_count(action->event) ? get_number(source) : 0;
}

static void put_call(struct target *target, const struct sp_action *action)
{
    const bool urgent = action->event == SP_EVENT_SEND && action->urgent;
    const bool has_iss = sp_call_takes_iss(action->event) && action->has_iss;
    const unsigned call = action->event + (urgent || has_iss ? CALLS : 0u);
    put(target, SP_ACTION_CALL | (unsigned)action->host << 3 | call << 4);
    if (urgent || has_iss) {
        put(target, (urgent ? 1u : 0u) | (has_iss ? 2u : 0u));
    }
    if (has_iss) {
        put_number(target, action->iss);
    }
    if (sp_call_takes_count(action->event)) {
        put_number(target, action->count);
    }
}

/* TIMER: the high half of the first octet is the timer, or TIMERS for a crash. */
static void get_timer(unsigned operand, struct sp_action *action)
{
    const unsigned timer = operand % (TIMERS + 1);
    if (timer == TIMERS) {
        action->kind = SP_ACTION_CRASH;
    } else {
        action->event = (uint8_t)(SP_EVENT_USER_TIMEOUT + timer);
    }
}

static void get_action(struct source *source, struct sp_action *action)
{
    const unsigned first = get(source);
    const uint8_t host = (uint8_t)(first >> 3 & 1);
    *action = (struct sp_action){.kind = (uint8_t)(first % KINDS)};
    switch ((enum sp_action_kind)action->kind) {
    case SP_ACTION_CALL:
        action->host = host;
        get_call(source, first >> 4, action);
        break;
    case SP_ACTION_TIMER:
        action->host = host;
        get_timer(first >> 4, action);
        break;
    case SP_ACTION_DELIVER:
    case SP_ACTION_DUPLICATE:
    case SP_ACTION_LOSE:
        action->serial = (uint16_t)(first >> 3);
        if (action->serial == SERIAL_INLINE) {
            action->serial = (uint16_t)get_number(source);
        }
        break;
    case SP_ACTION_INJECT:
    case SP_ACTION_VANISH:
        action->host = host;
        get_segment(source, action);
        break;
    case SP_ACTION_TICK:
    case SP_ACTION_CRASH:
    case SP_ACTION_COUNT:
        break;
    }
}

static void put_action(struct target *target, const struct sp_action *action)
{
    const unsigned first = action->kind | (unsigned)action->host << 3;
    switch ((enum sp_action_kind)action->kind) {
    case SP_ACTION_CALL:
        put_call(target, action);
        break;
    case SP_ACTION_TIMER:
        put(target, first | (action->event - (unsigned)SP_EVENT_USER_TIMEOUT) << 4);
        break;
    case SP_ACTION_DELIVER:
    case SP_ACTION_DUPLICATE:
    case SP_ACTION_LOSE:
        if (action->serial < SERIAL_INLINE) {
            put(target, action->kind | (unsigned)action->serial << 3);
        } else {
            put(target, action->kind | (unsigned)SERIAL_INLINE << 3);
            put_number(target, action->serial);
        }
        break;
    case SP_ACTION_INJECT:
    case SP_ACTION_VANISH:
        put(target, first);
        put_segment(target, action);
        break;
    case SP_ACTION_TICK:
        put(target, action->kind);
        break;
    case SP_ACTION_CRASH:
        put(target, SP_ACTION_TIMER | (unsigned)action->host << 3 | (unsigned)TIMERS << 4);
        break;
    case SP_ACTION_COUNT:
        break;
    }
}

void sp_script_decode(struct sp_script *script, const uint8_t *bytes, size_t size)
{
    struct source source = {bytes, size, 0};
    (void)get(&source); /* version */
    get_setup(&source, &script->setup);
    get_expectation(&source, script);
    script->count = 0;
    while (source.position < source.size && script->count < script->capacity) {
        get_action(&source, &script->action[script->count++]);
    }
}

size_t sp_script_encode(const struct sp_script *script, uint8_t *bytes, size_t capacity)
{
    struct target target = {bytes, capacity, 0};
    put(&target, VERSION);
    put_setup(&target, &script->setup);
    put_expectation(&target, script);
    for (size_t i = 0; i < script->count; i++) {
        put_action(&target, &script->action[i]);
    }
    return target.size;
}
