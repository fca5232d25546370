/*
 * Operators on injected segments: a new one, a copy of one in flight with something changed, and
 * changes of one that is there: a number to an edge, control bits, window, length, options.
 *
 * Chance falls on values at which the machine decides; a number far from any is byte havoc's
 * business. Text is what the sender's stream would have there, unless a later operator moves the
 * number under it.
 */
#include "fuzz/mutator_edit.h"

#define SOME(edit, values) ((values)[sp_edit_below(edit, sizeof(values) / sizeof((values)[0]))])

static uint16_t as_16(uint32_t number)
{
    return (uint16_t)(number < UINT16_MAX ? number : UINT16_MAX);
}

static const struct sp_tcb *tcb_of(const struct sp_edit *edit, const struct sp_action *action)
{
    return &edit->world.host[action->host].tcb;
}

static void put_seq(struct sp_action *action, struct sp_edge edge)
{
    action->seq_anchor = edge.anchor;
    action->segment.seq = edge.offset;
}

static void put_ack(struct sp_action *action, struct sp_edge edge)
{
    action->ack_anchor = edge.anchor;
    action->segment.ack = edge.offset;
}

/* edit->world is the one that the segment finds, here and below. */
static void seq_to_edge(struct sp_edit *edit, struct sp_action *action)
{
    struct sp_edge edges[SP_EDGES_MAX];
    const uint32_t len = sp_segment_len(&action->segment);
    put_seq(action,
            edges[sp_edit_below(edit, sp_seq_edges(&edit->world, action->host, len, edges))]);
}

static void ack_to_edge(struct sp_edit *edit, struct sp_action *action)
{
    struct sp_edge edges[SP_EDGES_MAX];
    put_ack(action, edges[sp_edit_below(edit, sp_ack_edges(&edit->world, action->host, edges))]);
}

/* The octet of the sender's stream that belongs at SEG.SEQ; a SYN begins a stream. */
static void fit_text(struct sp_edit *edit, struct sp_action *action)
{
    struct sp_segment *s = &action->segment;
    const struct sp_edge seq = {action->seq_anchor, s->seq};
    const sp_seq first = sp_edge_value(&edit->world, action->host, seq);
    const bool begins = s->len == 0 || sp_has(s, SP_SYN);
    s->text = begins ? 0 : first - tcb_of(edit, action)->irs - 1;
}

static void some_flags(struct sp_edit *edit, struct sp_segment *s)
{
    static const uint8_t flags[] = {SP_SYN,          SP_SYN | SP_ACK,
                                    SP_ACK,          SP_ACK,
                                    SP_ACK | SP_PSH, SP_RST,
                                    SP_RST | SP_ACK, SP_FIN | SP_ACK,
                                    SP_FIN | SP_ACK, SP_FIN,
                                    SP_ACK | SP_URG, SP_SYN | SP_FIN,
                                    SP_SYN | SP_RST, 0};
    s->flags = SOME(edit, flags);
}

static void some_urgent(struct sp_edit *edit, struct sp_segment *s)
{
    const uint16_t pointers[] = {0, 1, s->len, as_16(s->len + 1U), UINT16_MAX};
    s->urgent = SOME(edit, pointers);
}

static void some_window(struct sp_edit *edit, struct sp_segment *s)
{
    const uint32_t mss = edit->script.setup.bounds.mss;
    const uint16_t windows[] = {0, 1, 2, as_16(mss), 100, 0x7fff, 0x8000, UINT16_MAX};
    s->wnd = SOME(edit, windows);
}

static void some_length(struct sp_edit *edit, struct sp_action *action)
{
    const uint32_t mss = edit->script.setup.bounds.mss;
    const uint32_t window = sp_rcv_wnd(tcb_of(edit, action));
    const uint16_t lengths[] = {
        0, 1, 2, as_16(mss), as_16(mss + 1), as_16(window), as_16(window + 1), UINT16_MAX};
    action->segment.len = SOME(edit, lengths);
}

/* About TS.Recent, and half of the circle from it, where PAWS turns (RFC 7323 5.2). */
static void some_timestamps(struct sp_edit *edit, struct sp_action *action)
{
    const uint32_t recent = tcb_of(edit, action)->ts_recent;
    const uint32_t now = edit->world.now;
    const uint32_t values[] = {
        recent, recent, recent + 1, recent - 1, recent + 0x7fffffff, recent + 0x80000000, 0};
    const uint32_t echoes[] = {now, now, 0, now - 1, now + 1, UINT32_MAX};
    action->segment.ts_val = SOME(edit, values);
    action->segment.ts_ecr = SOME(edit, echoes);
}

/* Blocks that begin and end at numbers about what was sent: also empty, reversed and never sent. */
static void some_sacks(struct sp_edit *edit, struct sp_action *action)
{
    const struct sp_tcb *t = tcb_of(edit, action);
    const sp_seq edges[] = {t->snd_una - 1, t->snd_una, t->snd_una + 1,
                            t->snd_nxt - 1, t->snd_nxt, t->snd_max + 1};
    struct sp_segment *s = &action->segment;
    s->sacks = (uint8_t)(1 + sp_edit_below(edit, SP_SACK_MAX));
    for (unsigned i = 0; i < SP_SACK_MAX; i++) {
        s->sack[i] = (struct sp_range){0, 0};
        if (i < s->sacks) {
            s->sack[i].left = SOME(edit, edges);
            s->sack[i].right = SOME(edit, edges);
        }
    }
}

/* The option is there, with a value of its own. */
static void put_option(struct sp_edit *edit, struct sp_action *action, unsigned option)
{
    static const uint16_t mss[] = {0, 1, 2, 64, 536, 1460, UINT16_MAX};
    static const uint8_t scales[] = {0, 1, 7, SP_SCALE_MAX};
    struct sp_segment *s = &action->segment;
    s->options |= (uint8_t)option;
    if (option == SP_OPT_MSS) {
        s->mss = SOME(edit, mss);
    } else if (option == SP_OPT_SCALE) {
        s->scale = SOME(edit, scales);
    } else if (option == SP_OPT_SACK) {
        some_sacks(edit, action);
    } else if (option == SP_OPT_TIMESTAMPS) {
        some_timestamps(edit, action);
    }
}

/* Without the option its values are 0. */
static void drop_option(struct sp_segment *s, unsigned option)
{
    s->options &= (uint8_t)~option;
    if (option == SP_OPT_MSS) {
        s->mss = 0;
    } else if (option == SP_OPT_SCALE) {
        s->scale = 0;
    } else if (option == SP_OPT_SACK) {
        s->sacks = 0;
    } else if (option == SP_OPT_TIMESTAMPS) {
        s->ts_val = 0;
        s->ts_ecr = 0;
    }
}

/* A SYN has each option half of the time; another segment timestamps where the connection has
 * them, and seldom more. */
static void some_options(struct sp_edit *edit, struct sp_action *action)
{
    const bool agreed = (tcb_of(edit, action)->flags & SP_TCB_TIMESTAMPS) != 0;
    const uint32_t seldom = sp_has(&action->segment, SP_SYN) ? 2 : 12;
    for (unsigned option = SP_OPT_MSS; option <= SP_OPT_TIMESTAMPS; option <<= 1) {
        const bool expected = option == SP_OPT_TIMESTAMPS && agreed;
        if (sp_edit_once_in(edit, seldom) != (expected && !sp_edit_once_in(edit, 4))) {
            put_option(edit, action, option);
        }
    }
}

static unsigned some_host(struct sp_edit *edit)
{
    return edit->form == SP_FORM_ENDPOINT ? SP_A : sp_edit_below(edit, 2);
}

/* Each number is the expected one half of the time: one that is off at a time finds the check that
 * it is for. */
bool sp_insert_segment(struct sp_edit *edit)
{
    struct sp_action action = {.kind = SP_ACTION_INJECT, .host = (uint8_t)some_host(edit)};
    const size_t at = sp_edit_place(edit);
    sp_edit_run(edit, at);
    some_flags(edit, &action.segment);
    some_window(edit, &action.segment);
    if (sp_edit_once_in(edit, 3)) {
        some_length(edit, &action);
    }
    if (sp_has(&action.segment, SP_URG)) {
        some_urgent(edit, &action.segment);
    }
    put_seq(&action, (struct sp_edge){SP_ANCHOR_RCV_NXT, 0});
    if (sp_edit_once_in(edit, 2)) {
        seq_to_edge(edit, &action);
    }
    if (sp_has(&action.segment, SP_ACK)) {
        put_ack(&action, (struct sp_edge){SP_ANCHOR_SND_NXT, 0});
        if (sp_edit_once_in(edit, 2)) {
            ack_to_edge(edit, &action);
        }
    }
    some_options(edit, &action);
    fit_text(edit, &action);
    if (sp_edit_once_in(edit, 8)) {
        action.has_iss = true;
        action.iss = sp_edit_word(edit);
    }
    return sp_edit_insert(edit, at, &action, 1);
}

/* The control bits as given; what belongs to a bit that was not there is what is expected. */
static void put_flags(struct sp_edit *edit, struct sp_action *action, unsigned flags)
{
    struct sp_segment *s = &action->segment;
    const unsigned gained = flags & ~(unsigned)s->flags;
    s->flags = (uint8_t)flags;
    if ((gained & SP_ACK) != 0) {
        put_ack(action, (struct sp_edge){SP_ANCHOR_SND_NXT, 0});
    }
    if ((gained & SP_URG) != 0) {
        some_urgent(edit, s);
    }
    if ((flags & SP_ACK) == 0) {
        put_ack(action, (struct sp_edge){SP_ANCHOR_ABSOLUTE, 0});
    }
    if ((flags & SP_URG) == 0) {
        s->urgent = 0;
    }
}

static void flip_flag(struct sp_edit *edit, struct sp_action *action)
{
    put_flags(edit, action, action->segment.flags ^ 1U << sp_edit_below(edit, 8));
}

static void toggle_option(struct sp_edit *edit, struct sp_action *action)
{
    const unsigned option = 1U << sp_edit_below(edit, 5);
    if ((action->segment.options & option) != 0 && sp_edit_once_in(edit, 2)) {
        drop_option(&action->segment, option);
    } else {
        put_option(edit, action, option);
    }
}

static void number_to_edge(struct sp_edit *edit, struct sp_action *action)
{
    if (sp_has(&action->segment, SP_ACK) && sp_edit_once_in(edit, 2)) {
        ack_to_edge(edit, action);
    } else {
        seq_to_edge(edit, action);
        fit_text(edit, action);
    }
}

static void change_window(struct sp_edit *edit, struct sp_action *action)
{
    some_window(edit, &action->segment);
}

static void change_length(struct sp_edit *edit, struct sp_action *action)
{
    some_length(edit, action);
    fit_text(edit, action);
}

typedef void change_of(struct sp_edit *edit, struct sp_action *action);

/* What an attacker sends who sees the segment, or a middlebox makes of it. */
bool sp_insert_copy(struct sp_edit *edit)
{
    static change_of *const changes[] = {flip_flag, toggle_option, number_to_edge, change_window,
                                         change_length};
    const size_t at = sp_edit_place(edit);
    sp_edit_run(edit, at);
    const struct sp_channel *channel = &edit->world.channel;
    if (channel->count == 0) {
        return false;
    }
    const struct sp_packet *packet = &channel->packet[sp_edit_below(edit, channel->count)];
    struct sp_action action = {
        .kind = SP_ACTION_INJECT, .host = !packet->from, .segment = packet->segment};
    const struct sp_tcb *t = tcb_of(edit, &action);
    put_seq(&action, (struct sp_edge){SP_ANCHOR_RCV_NXT, packet->segment.seq - t->rcv_nxt});
    if (sp_has(&packet->segment, SP_ACK)) {
        put_ack(&action, (struct sp_edge){SP_ANCHOR_SND_NXT, packet->segment.ack - t->snd_nxt});
    }
    SOME(edit, changes)(edit, &action);
    return sp_edit_insert(edit, at, &action, 1);
}

/* Changes a segment of the script, in the world that it finds. */
static bool change(struct sp_edit *edit, change_of *how)
{
    struct sp_action *action = sp_edit_find(edit, 1U << SP_ACTION_INJECT);
    if (action == NULL) {
        return false;
    }
    sp_edit_run_to(edit, action);
    how(edit, action);
    return true;
}

bool sp_move_to_edge(struct sp_edit *edit)
{
    return change(edit, number_to_edge);
}

bool sp_flip_flag(struct sp_edit *edit)
{
    return change(edit, flip_flag);
}

bool sp_change_window(struct sp_edit *edit)
{
    return change(edit, change_window);
}

bool sp_change_length(struct sp_edit *edit)
{
    return change(edit, change_length);
}

bool sp_change_option(struct sp_edit *edit)
{
    return change(edit, toggle_option);
}
