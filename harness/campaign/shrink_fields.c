/*
 * The pass over fields: what is left in each event becomes as plain as it can be.
 *
 * A copy is delivered instead of duplicated, a segment of a capture becomes the one that the run
 * sent for it, the earliest segment that will do is taken, control bits and options go, numbers
 * become 0, 1 or the smallest that will do, and sequence numbers become offsets from a variable of
 * the receiver. The invariant: an accepted trial is simpler in one field and the same in all
 * others, but for the numbers of segments.
 */
#include "campaign/shrinker.h"

#include <string.h>

/* Tries the action in the place of best.action[index]. */
static bool try_action(struct sp_shrinker *s, size_t index, const struct sp_action *action)
{
    sp_propose(s, 0, 0);
    s->trial.action[index] = *action;
    return sp_try(s, true);
}

/* An accepted trial is cut behind the violation: the event may be gone. */
static bool is_there(const struct sp_shrinker *s, size_t index)
{
    return index < s->best.count && !sp_shrink_stopped(s);
}

static bool shrink_kind(struct sp_shrinker *s, size_t index)
{
    const struct sp_action *now = &s->best.action[index];
    struct sp_action plain = {.serial = now->serial};
    if (now->kind == SP_ACTION_DUPLICATE || (now->kind == SP_ACTION_INJECT && now->serial != 0)) {
        plain.kind = SP_ACTION_DELIVER;
    } else if (now->kind == SP_ACTION_VANISH && now->serial != 0) {
        plain.kind = SP_ACTION_LOSE;
    } else {
        return false;
    }
    return try_action(s, index, &plain);
}

static void drop_flag(struct sp_action *action, uint8_t flag)
{
    action->segment.flags &= (uint8_t)~flag;
    if (flag == SP_ACK) {
        action->segment.ack = 0;
        action->ack_anchor = SP_ANCHOR_ABSOLUTE;
    } else if (flag == SP_URG) {
        action->segment.urgent = 0;
    }
}

static void drop_option(struct sp_segment *segment, uint8_t option)
{
    segment->options &= (uint8_t)~option;
    switch (option) {
    case SP_OPT_MSS:
        segment->mss = 0;
        break;
    case SP_OPT_SCALE:
        segment->scale = 0;
        break;
    case SP_OPT_TIMESTAMPS:
        segment->ts_val = 0;
        segment->ts_ecr = 0;
        break;
    case SP_OPT_SACK:
        segment->sacks = 0;
        memset(segment->sack, 0, sizeof segment->sack);
        break;
    default:
        break;
    }
}

static bool shrink_bits(struct sp_shrinker *s, size_t index)
{
    bool any = false;
    for (unsigned bit = 0x80; bit != 0 && is_there(s, index); bit >>= 1) {
        struct sp_action plain = s->best.action[index];
        if ((plain.segment.flags & bit) != 0) {
            drop_flag(&plain, (uint8_t)bit);
            any |= try_action(s, index, &plain);
        }
    }
    for (unsigned bit = 0x80; bit != 0 && is_there(s, index); bit >>= 1) {
        struct sp_action plain = s->best.action[index];
        if ((plain.segment.options & bit) != 0) {
            drop_option(&plain.segment, (uint8_t)bit);
            any |= try_action(s, index, &plain);
        }
    }
    return any;
}

/* The default number instead of a given one; text that is not urgent; one SACK block less. */
static bool shrink_extras(struct sp_shrinker *s, size_t index)
{
    bool any = false;
    struct sp_action plain = s->best.action[index];
    if (plain.has_iss) {
        plain.has_iss = false;
        plain.iss = 0;
        any |= try_action(s, index, &plain);
    }
    if (is_there(s, index) && s->best.action[index].urgent) {
        plain = s->best.action[index];
        plain.urgent = false;
        any |= try_action(s, index, &plain);
    }
    while (is_there(s, index) && s->best.action[index].segment.sacks > 1) {
        plain = s->best.action[index];
        plain.segment.sacks--;
        plain.segment.sack[plain.segment.sacks] = (struct sp_range){0, 0};
        if (!try_action(s, index, &plain)) {
            break;
        }
        any = true;
    }
    return any;
}

/* Where a number stands in an action. */
struct number {
    size_t at;
    size_t size;
};

#define NUMBER(field)                                                                              \
    {                                                                                              \
        offsetof(struct sp_action, field), sizeof((struct sp_action *)0)->field                    \
    }

static const struct number numbers[] = {
    NUMBER(count),
    NUMBER(iss),
    NUMBER(now),
    NUMBER(segment.wnd),
    NUMBER(segment.len),
    NUMBER(segment.text),
    NUMBER(segment.urgent),
    NUMBER(segment.mss),
    NUMBER(segment.scale),
    NUMBER(segment.ts_val),
    NUMBER(segment.ts_ecr),
};

static uint32_t get_number(const struct sp_action *action, const struct number *number)
{
    const uint8_t *at = (const uint8_t *)action + number->at;
    uint32_t wide;
    uint16_t middle;
    if (number->size == sizeof wide) {
        memcpy(&wide, at, sizeof wide);
        return wide;
    }
    if (number->size == sizeof middle) {
        memcpy(&middle, at, sizeof middle);
        return middle;
    }
    return *at;
}

static void put_number(struct sp_action *action, const struct number *number, uint32_t value)
{
    uint8_t *at = (uint8_t *)action + number->at;
    const uint16_t middle = (uint16_t)value;
    if (number->size == sizeof value) {
        memcpy(at, &value, sizeof value);
    } else if (number->size == sizeof middle) {
        memcpy(at, &middle, sizeof middle);
    } else {
        *at = (uint8_t)value;
    }
}

static bool try_number(struct sp_shrinker *s, size_t index, const struct number *number,
                       uint32_t value)
{
    struct sp_action plain = s->best.action[index];
    put_number(&plain, number, value);
    return try_action(s, index, &plain);
}

/* 0 or 1 when it will do; otherwise, by halving, one whose predecessor will not do. */
static bool shrink_number(struct sp_shrinker *s, size_t index, const struct number *number)
{
    uint32_t high = get_number(&s->best.action[index], number);
    if (high == 0 || try_number(s, index, number, 0)) {
        return high != 0;
    }
    bool any = high > 1 && try_number(s, index, number, 1);
    uint32_t low = 1;
    high = any ? 1 : high;
    while (high > low + 1 && is_there(s, index)) {
        const uint32_t middle = low + (high - low) / 2;
        if (try_number(s, index, number, middle)) {
            high = middle;
            any = true;
        } else {
            low = middle;
        }
    }
    return any;
}

/* SEG.SEQ or SEG.ACK of an action, as it is written. */
struct place {
    uint8_t anchor; /* enum sp_anchor */
    sp_seq number;
};

static struct place get_place(const struct sp_action *action, bool ack)
{
    return ack ? (struct place){action->ack_anchor, action->segment.ack}
               : (struct place){action->seq_anchor, action->segment.seq};
}

static bool try_place(struct sp_shrinker *s, size_t index, bool ack, struct place place)
{
    struct sp_action plain = s->best.action[index];
    if (ack) {
        plain.ack_anchor = place.anchor;
        plain.segment.ack = place.number;
    } else {
        plain.seq_anchor = place.anchor;
        plain.segment.seq = place.number;
    }
    return try_action(s, index, &plain);
}

static sp_seq variable(const struct sp_tcb *tcb, unsigned anchor)
{
    switch ((enum sp_anchor)anchor) {
    case SP_ANCHOR_RCV_NXT:
        return tcb->rcv_nxt;
    case SP_ANCHOR_IRS:
        return tcb->irs;
    case SP_ANCHOR_SND_UNA:
        return tcb->snd_una;
    case SP_ANCHOR_SND_NXT:
        return tcb->snd_nxt;
    case SP_ANCHOR_ISS:
        return tcb->iss;
    case SP_ANCHOR_ABSOLUTE:
    case SP_ANCHOR_COUNT:
        break;
    }
    return 0;
}

/* How far from plain: an offset by its size, the left after the right; any number that is not
 * written as it is read best comes after that. */
static uint64_t complexity(struct place place, bool anchors)
{
    const bool anchored = place.anchor != SP_ANCHOR_ABSOLUTE;
    const uint64_t elsewhere = anchored == anchors ? 0 : (uint64_t)1 << 40;
    if (!anchored) {
        return elsewhere + place.number;
    }
    const bool left = place.number >= 0x80000000u;
    const uint32_t size = left ? 0u - place.number : place.number;
    return elsewhere + 2 * (uint64_t)size + left;
}

/* Halves the way to the variable, on the side where the number lies. */
static bool approach(struct sp_shrinker *s, size_t index, bool ack)
{
    struct place place = get_place(&s->best.action[index], ack);
    const bool left = place.anchor != SP_ANCHOR_ABSOLUTE && place.number >= 0x80000000u;
    uint32_t high = left ? 0u - place.number : place.number;
    uint32_t low = 0;
    bool any = false;
    while (high > low + 1 && is_there(s, index)) {
        const uint32_t middle = low + (high - low) / 2;
        place.number = left ? 0u - middle : middle;
        if (try_place(s, index, ack, place)) {
            high = middle;
            any = true;
        } else {
            low = middle;
        }
    }
    return any;
}

#define PLACES_MAX 12

/* The ways to write a number, plainest first. A host has the variables that it may refer to once it
 * has sent (of SEG.ACK) or taken (of SEG.SEQ) a SYN; before, the number is read best as it is. */
static size_t list_places(const struct sp_tcb *tcb, bool ack, sp_seq value, struct place *list)
{
    static const uint8_t anchors[2][3] = {
        {SP_ANCHOR_RCV_NXT, SP_ANCHOR_IRS, SP_ANCHOR_IRS},
        {SP_ANCHOR_SND_NXT, SP_ANCHOR_SND_UNA, SP_ANCHOR_ISS},
    };
    static const sp_seq offsets[] = {0, 1, 0u - 1};
    size_t count = 0;
    if (tcb->state < (ack ? SP_SYN_SENT : SP_SYN_RECEIVED)) {
        list[count++] = (struct place){SP_ANCHOR_ABSOLUTE, 0};
        list[count++] = (struct place){SP_ANCHOR_ABSOLUTE, 1};
        list[count++] = (struct place){SP_ANCHOR_ABSOLUTE, value};
        return count;
    }
    for (unsigned i = 0; i < 3; i++) {
        for (unsigned k = 0; k < 3; k++) {
            list[count++] = (struct place){anchors[ack][k], offsets[i]};
        }
    }
    for (unsigned k = 0; k < 3; k++) {
        list[count++] = (struct place){anchors[ack][k], value - variable(tcb, anchors[ack][k])};
    }
    return count;
}

static bool shrink_place(struct sp_shrinker *s, size_t index, bool ack)
{
    const struct sp_tcb tcb = sp_shrink_tcb(s, index);
    struct place now = get_place(&s->best.action[index], ack);
    struct place list[PLACES_MAX];
    const size_t count = list_places(&tcb, ack, variable(&tcb, now.anchor) + now.number, list);
    const bool anchors = list[0].anchor != SP_ANCHOR_ABSOLUTE;
    bool any = false;
    for (size_t i = 0; i < count && is_there(s, index); i++) {
        if (complexity(list[i], anchors) < complexity(now, anchors) &&
            try_place(s, index, ack, list[i])) {
            now = list[i];
            any = true;
        }
    }
    return (is_there(s, index) && approach(s, index, ack)) || any;
}

static bool shrink_places(struct sp_shrinker *s, size_t index)
{
    bool any = false;
    if (s->best.action[index].kind == SP_ACTION_INJECT) {
        any |= shrink_place(s, index, false);
    }
    if (is_there(s, index) && s->best.action[index].kind == SP_ACTION_INJECT &&
        sp_has(&s->best.action[index].segment, SP_ACK)) {
        any |= shrink_place(s, index, true);
    }
    return any;
}

/* Has the event mean an earlier segment: the first one sent instead of its retransmission, which
 * may then go. */
static bool shrink_reference(struct sp_shrinker *s, size_t index)
{
    const struct sp_reference now = s->reference[index];
    for (unsigned k = 1; k < s->best.action[index].serial && !sp_shrink_stopped(s); k++) {
        if (s->owner[k].known && s->owner[k].event < index) {
            s->reference[index] = s->owner[k];
            if (try_action(s, index, &s->best.action[index])) {
                return true;
            }
            s->reference[index] = now;
        }
    }
    return false;
}

static bool shrink_event(struct sp_shrinker *s, size_t index)
{
    bool any = shrink_kind(s, index);
    if (is_there(s, index)) {
        any |= shrink_bits(s, index);
    }
    if (is_there(s, index)) {
        any |= shrink_extras(s, index);
    }
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0] && is_there(s, index); i++) {
        any |= shrink_number(s, index, &numbers[i]);
    }
    if (is_there(s, index)) {
        any |= shrink_places(s, index);
    }
    return (is_there(s, index) && shrink_reference(s, index)) || any;
}

bool sp_shrink_fields(struct sp_shrinker *s)
{
    bool any = false;
    for (size_t i = 0; is_there(s, i); i++) {
        any |= shrink_event(s, i);
    }
    return any;
}
