/*
 * Fixtures of the RFC 9293 suite; the contract is in cell.h.
 *
 * Expected places of SND.UNA, SND.NXT and RCV.NXT are computed here from ISS and IRS, as section
 * 3.10 tells it, and compared with the machine at the end of sp_reach: a test never starts from a
 * state that the machine reached in a wrong way.
 */
#include "cell.h"

#include <string.h>

static const sp_seq pairs[][2] = {
    {100, 300},                 /* RFC 9293 figure 6 */
    {0, 0},                     /* zero is a number like any other */
    {0xffffffffu, 0x7fffffffu}, /* the first octet is 0; the peer's crosses the sign */
    {0x7fffffffu, 0xffffffffu},
    {0xfffffffau, 0xfffffff0u}, /* text wraps in the middle of a segment */
    {0x80000000u, 1},
};

struct sp_policy sp_cell_policy(void)
{
    return (struct sp_policy){
        .rst_check = SP_rst_check_EXACT,
        .syn_check = SP_syn_check_CHALLENGE,
        .ack_range = SP_ack_range_OFF,
        .tw_reply = SP_tw_reply_BY_SYN_CHECK,
        .tw_rst = SP_tw_rst_ACCEPT,
        .tw_reopen = SP_tw_reopen_TS,
        .tw_ack = SP_tw_ack_QUIET,
        .tw_restart = SP_tw_restart_FIN,
        .zero_window = SP_zero_window_LENIENT,
        .syn_sent_rst = SP_syn_sent_rst_ACK,
        .wnd_init = SP_wnd_init_EVERY_SYN,
        .simopen_head = SP_simopen_head_SYN_ACK,
        .synrcvd_dup_syn = SP_synrcvd_dup_syn_SYN_ACK,
        .synrcvd_syn = SP_synrcvd_syn_LISTEN,
        .synrcvd_ack = SP_synrcvd_ack_RST,
        .second_fin = SP_second_fin_ONCE,
        .fin_acked = SP_fin_acked_SENT,
        .receive_closing = SP_receive_closing_DRAIN,
        .ack_beyond = SP_ack_beyond_ACK,
        .reset_state = SP_reset_state_CLOSED,
        .close_unread = SP_close_unread_FIN,
        .delayed_ack = SP_delayed_ack_OFF,
        .out_of_order = SP_out_of_order_HOLD,
        .sws = SP_sws_OFF,
        .sim_open = SP_sim_open_ACCEPT,
    };
}

/* ------------------------------------------------------------------ report of a failed claim */

static void show_segment(const char *what, const struct sp_segment *s)
{
    print_error("  %s flags=%02x seq=%u ack=%u len=%u wnd=%u urgent=%u options=%02x text=%u\n",
                what, s->flags, s->seq, s->ack, s->len, s->wnd, s->urgent, s->options, s->text);
}

static void show_tcb(const char *what, const struct sp_tcb *t)
{
    print_error("  %s %s una=%u nxt=%u max=%u end=%u wnd=%u rcv=%u adv=%u read=%u timers=%02x "
                "flags=%04x retransmits=%u\n",
                what, sp_state_name((enum sp_state)t->state), t->snd_una, t->snd_nxt, t->snd_max,
                t->snd_end, t->snd_wnd, t->rcv_nxt, t->rcv_adv, t->rcv_read, t->timers, t->flags,
                t->retransmits);
}

static void report(const struct sp_cell *c)
{
    print_error("  iss=%u irs=%u event %s\n", c->iss, c->irs, sp_event_name(c->event.kind));
    if (c->event.kind == SP_EVENT_SEGMENT) {
        show_segment("arrived", &c->event.segment);
    }
    show_tcb("before", &c->before);
    show_tcb("after ", &c->tcb);
    print_error("  reply %u signals %04x delivered %u\n", (unsigned)c->out.reply, c->out.signals,
                c->out.delivered);
    for (unsigned i = 0; i < c->out.sent && i < SP_SEND_MAX; i++) {
        show_segment("sent", &c->out.segment[i]);
    }
    for (unsigned i = 0; i < c->out.rules && i < SP_RULES_MAX; i++) {
        print_error("  rule %s\n", sp_rule_info((enum sp_rule)c->out.rule[i])->name);
    }
}

void sp_that(struct sp_cell *c, bool holds, const char *claim)
{
    if (!holds) {
        report(c);
        fail_msg("does not hold: %s", claim);
    }
}

static void same(struct sp_cell *c, uint32_t got, uint32_t expected, const char *what)
{
    if (got != expected) {
        report(c);
        fail_msg("%s is %u (%08x), expected %u (%08x)", what, got, got, expected, expected);
    }
}

/* --------------------------------------------------------------------------------- the marks */

static bool has_rcv_nxt(const struct sp_tcb *t)
{
    return t->state > SP_SYN_SENT;
}

/* RFC 9293 3.10.7.4, first half of the table: where a segment begins. */
static bool begins_inside(const struct sp_tcb *t, const struct sp_segment *s)
{
    return sp_seq_in(s->seq, t->rcv_nxt, sp_rcv_wnd(t));
}

static bool is_ack_class(enum sp_class group, const struct sp_tcb *t, const struct sp_segment *s)
{
    if (!sp_has(s, SP_ACK) || (s->flags & (SP_RST | SP_SYN)) != 0) {
        return false;
    }
    if (t->state <= SP_LISTEN) {
        return group == SP_CLASS_ACK_NEW;
    }
    if (group == SP_CLASS_ACK_BEYOND) {
        return sp_seq_gt(s->ack, t->snd_nxt);
    }
    bool fresh = sp_seq_gt(s->ack, t->snd_una) && sp_seq_le(s->ack, t->snd_nxt);
    return group == SP_CLASS_ACK_NEW ? fresh : sp_seq_le(s->ack, t->snd_una);
}

static bool is_place_class(enum sp_class group, const struct sp_tcb *t, const struct sp_segment *s)
{
    if (group == SP_CLASS_RST_EXACT) {
        return sp_has(s, SP_RST) && (!has_rcv_nxt(t) || s->seq == t->rcv_nxt);
    }
    if (group == SP_CLASS_RST_INSIDE) {
        return sp_has(s, SP_RST) && begins_inside(t, s) && s->seq != t->rcv_nxt;
    }
    if (group == SP_CLASS_RST_OUTSIDE) {
        return sp_has(s, SP_RST) && !begins_inside(t, s);
    }
    bool syn = (s->flags & (SP_SYN | SP_ACK | SP_RST)) == SP_SYN;
    if (group == SP_CLASS_SYN_INSIDE) {
        return syn && (!has_rcv_nxt(t) || begins_inside(t, s));
    }
    if (group == SP_CLASS_SYN_OUTSIDE) {
        return syn && !begins_inside(t, s);
    }
    bool inside = !has_rcv_nxt(t) || begins_inside(t, s);
    return s->len > 0 && inside == (group == SP_CLASS_TEXT);
}

static bool belongs(enum sp_class group, const struct sp_tcb *t, const struct sp_segment *s)
{
    switch (group) {
    case SP_CLASS_NONE:
    case SP_CLASS_COUNT:
        return false;
    case SP_CLASS_SYN_ACK:
        return sp_has(s, SP_SYN | SP_ACK) && !sp_has(s, SP_RST);
    case SP_CLASS_ACK_NEW:
    case SP_CLASS_ACK_DUPLICATE:
    case SP_CLASS_ACK_BEYOND:
        return is_ack_class(group, t, s);
    case SP_CLASS_RST_EXACT:
    case SP_CLASS_RST_INSIDE:
    case SP_CLASS_RST_OUTSIDE:
    case SP_CLASS_SYN_INSIDE:
    case SP_CLASS_SYN_OUTSIDE:
    case SP_CLASS_TEXT:
    case SP_CLASS_TEXT_OUTSIDE:
        return is_place_class(group, t, s);
    case SP_CLASS_FIN:
        return sp_has(s, SP_FIN | SP_ACK) && (s->flags & (SP_RST | SP_SYN)) == 0;
    case SP_CLASS_NO_ACK:
        return (s->flags & (SP_ACK | SP_RST | SP_SYN)) == 0;
    }
    return false;
}

static void note(struct sp_cell *c, const struct sp_event *event)
{
    if (c->tcb.state != c->marked) {
        return;
    }
    c->stepped[event->kind] = true;
    for (int group = 0; event->kind == SP_EVENT_SEGMENT && group < SP_CLASS_COUNT; group++) {
        if (belongs((enum sp_class)group, &c->tcb, &event->segment)) {
            c->arrived[group] = true;
        }
    }
}

void sp_cell_run(enum sp_state state, enum sp_event_kind kind, enum sp_class group,
                 sp_cell_body *body)
{
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        struct sp_cell c = {
            .policy = sp_cell_policy(),
            .open = {.buffer = 4000,
                     .mss = 536,
                     .options = SP_OPT_MSS,
                     .remote = true,
                     .reading = true},
            .iss = pairs[i][0],
            .irs = pairs[i][1],
            .event_iss = pairs[i][0],
            .now = 1000,
            .peer_ts = 5000,
            .peer_wnd = 1000,
            .peer_mss = 536,
            .peer_options = SP_OPT_MSS,
            .marked = state,
        };
        sp_reach(&c, state);
        memset(c.stepped, 0, sizeof c.stepped);
        memset(c.arrived, 0, sizeof c.arrived);
        body(&c);
        sp_that(&c, c.stepped[kind], "the event of the mark was given in the state of the mark");
        sp_that(&c, group == SP_CLASS_NONE || c.arrived[group],
                "a segment of the class of the mark arrived in its state");
    }
}

/* --------------------------------------------------------------------------------- one event */

/* Every field of the TCB: comparing them one by one names the one that differs. */
/* clang-format off */
#define FIELD(name) {#name, offsetof(struct sp_tcb, name), sizeof(((struct sp_tcb *)0)->name)}
/* clang-format on */
static const struct {
    const char *name;
    size_t at;
    size_t size;
} fields[] = {
    FIELD(state),       FIELD(timers),    FIELD(retransmits), FIELD(unacked),   FIELD(flags),
    FIELD(snd_mss),     FIELD(rcv_mss),   FIELD(offered),     FIELD(r2),        FIELD(offer_scale),
    FIELD(snd_scale),   FIELD(rcv_scale), FIELD(helds),       FIELD(iss),       FIELD(snd_una),
    FIELD(snd_nxt),     FIELD(snd_max),   FIELD(snd_end),     FIELD(snd_up),    FIELD(snd_wl1),
    FIELD(snd_wl2),     FIELD(snd_wnd),   FIELD(snd_wnd_max), FIELD(irs),       FIELD(rcv_nxt),
    FIELD(rcv_adv),     FIELD(rcv_read),  FIELD(rcv_up),      FIELD(rcv_fin),   FIELD(rcv_buf),
    FIELD(rcv_wanted),  FIELD(ack_sent),  FIELD(held),        FIELD(ts_recent), FIELD(old_snd_nxt),
    FIELD(old_rcv_nxt),
};
#undef FIELD

/* The first field that differs, or NULL. */
static const char *difference(const struct sp_tcb *a, const struct sp_tcb *b)
{
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        const char *left = (const char *)a + fields[i].at;
        const char *right = (const char *)b + fields[i].at;
        if (memcmp(left, right, fields[i].size) != 0) {
            return fields[i].name;
        }
    }
    return NULL;
}

static bool is_zero(const struct sp_tcb *t)
{
    static const struct sp_tcb zero;
    return difference(t, &zero) == NULL;
}

static bool is_call(enum sp_event_kind kind)
{
    return kind <= SP_EVENT_STATUS;
}

/* What holds after every step, whatever it was. */
static void always(struct sp_cell *c)
{
    const struct sp_tcb *t = &c->tcb;
    sp_that(c, c->out.rules >= 1 && c->out.rules <= SP_RULES_MAX, "at least one rule fired");
    sp_that(c, c->out.sent <= SP_SEND_MAX, "no more segments than a step may send");
    sp_that(c, is_call(c->event.kind) == (c->out.reply != SP_REPLY_NONE),
            "only calls are answered");
    sp_that(c, t->state != SP_CLOSED || is_zero(t), "CLOSED has no TCB");
    sp_that(c, c->event.kind == SP_EVENT_SEGMENT || c->out.taken.left == c->out.taken.right,
            "only a segment brings text");
    sp_that(c, (c->out.delivered > 0) == ((c->out.signals & SP_SIGNAL_DELIVERED) != 0),
            "delivery is told");
    if (t->state > SP_LISTEN) {
        sp_that(c, sp_seq_le(t->snd_una, t->snd_nxt) && sp_seq_le(t->snd_nxt, t->snd_max),
                "SND.UNA =< SND.NXT =< the highest sent");
    }
    for (unsigned i = 0; i < t->helds; i++) {
        sp_seq gap = i == 0 ? t->rcv_nxt : t->held[i - 1].right;
        sp_that(c, sp_seq_lt(t->held[i].left, t->held[i].right), "a held range holds something");
        sp_that(c, i == 0 ? sp_seq_ge(t->held[i].left, gap) : sp_seq_gt(t->held[i].left, gap),
                "held ranges are sorted, disjoint and not adjacent");
    }
    for (unsigned i = 0; i < c->out.sent; i++) {
        const struct sp_segment *s = &c->out.segment[i];
        sp_that(c, sp_has(s, SP_ACK) || s->ack == 0, "no ACK value without ACK");
        sp_that(c, sp_has(s, SP_ACK) || (s->flags & (SP_SYN | SP_RST)) != 0,
                "after the first SYN every segment but a RST carries ACK");
        sp_that(c, sp_has(s, SP_SYN) || (s->options & SP_OPT_MSS) == 0,
                "the MSS option is on a SYN only [9293 MUST-65]");
        sp_that(c,
                s->len == 0 || s->text == sp_segment_text_seq(s) - c->iss - 1 ||
                    c->event_iss != c->iss,
                "text comes from its place in the stream");
    }
}

static void step(struct sp_cell *c, struct sp_event *event)
{
    event->iss = c->event_iss;
    event->now = c->now;
    note(c, event);
    c->event = *event;
    c->before = c->tcb;
    memset(&c->out, 0xa5, sizeof c->out);
    c->out.taken.right++; /* not empty, if nobody says so */
    sp_step(&c->policy, &c->tcb, event, &c->out);
    always(c);
    c->delivered += c->out.delivered;
}

void sp_call(struct sp_cell *c, enum sp_event_kind kind)
{
    struct sp_event event = {.kind = kind, .open = c->open};
    step(c, &event);
}

void sp_send(struct sp_cell *c, uint32_t count)
{
    struct sp_event event = {.kind = SP_EVENT_SEND, .count = count, .urgent = c->urgent};
    step(c, &event);
}

void sp_receive(struct sp_cell *c, uint32_t count)
{
    struct sp_event event = {.kind = SP_EVENT_RECEIVE, .count = count};
    step(c, &event);
}

struct sp_segment sp_seg(const struct sp_cell *c, unsigned flags, sp_seq seq, sp_seq ack,
                         unsigned len)
{
    struct sp_segment s = {
        .seq = seq,
        .ack = ack,
        .wnd = c->peer_wnd,
        .len = (uint16_t)len,
        .flags = (uint8_t)flags,
    };
    s.text = len > 0 ? sp_segment_text_seq(&s) - c->irs - 1 : 0;
    if ((flags & SP_SYN) != 0) {
        s.options = c->peer_options & (uint8_t)~SP_OPT_SACK;
        s.mss = (s.options & SP_OPT_MSS) != 0 ? c->peer_mss : 0;
        s.scale = (s.options & SP_OPT_SCALE) != 0 ? c->peer_scale : 0;
    }
    if ((c->peer_options & SP_OPT_TIMESTAMPS) != 0 && (flags & SP_RST) == 0) {
        s.options |= SP_OPT_TIMESTAMPS;
        s.ts_val = c->peer_ts;
        s.ts_ecr = (flags & SP_ACK) != 0 ? c->now : 0;
    }
    return s;
}

void sp_arrives(struct sp_cell *c, struct sp_segment segment)
{
    struct sp_event event = {.kind = SP_EVENT_SEGMENT, .segment = segment};
    step(c, &event);
}

void sp_arrive(struct sp_cell *c, unsigned flags, sp_seq seq, sp_seq ack, unsigned len)
{
    sp_arrives(c, sp_seg(c, flags, seq, ack, len));
}

/* ---------------------------------------------------------------------------- the way there */

static void reach_syn_received(struct sp_cell *c)
{
    sp_call(c, c->origin == SP_ORIGIN_ACTIVE ? SP_EVENT_OPEN_ACTIVE : SP_EVENT_OPEN_PASSIVE);
    sp_arrive(c, SP_SYN, c->irs, 0, 0);
}

static void reach_established(struct sp_cell *c)
{
    if (c->origin == SP_ORIGIN_PASSIVE) {
        reach_syn_received(c);
        sp_arrive(c, SP_ACK, c->irs + 1, c->iss + 1, 0);
    } else {
        sp_call(c, SP_EVENT_OPEN_ACTIVE);
        sp_arrive(c, SP_SYN | SP_ACK, c->irs, c->iss + 1, 0);
    }
    if (c->unread > 0) {
        sp_arrive(c, SP_ACK | SP_PSH, c->irs + 1, c->iss + 1, c->unread);
    }
}

static void reach_closing_state(struct sp_cell *c, enum sp_state state)
{
    sp_seq fin = c->irs + 1 + c->unread;

    reach_established(c);
    if (state == SP_CLOSE_WAIT || state == SP_LAST_ACK) {
        sp_arrive(c, SP_FIN | SP_ACK, fin, c->iss + 1, 0);
    }
    if (state != SP_CLOSE_WAIT) {
        sp_call(c, SP_EVENT_CLOSE);
    }
    if (state == SP_CLOSING) {
        sp_arrive(c, SP_FIN | SP_ACK, fin, c->iss + 1, 0);
    }
    if (state == SP_FIN_WAIT_2 || state == SP_TIME_WAIT) {
        sp_arrive(c, SP_ACK, fin, c->iss + 2, 0);
    }
    if (state == SP_TIME_WAIT) {
        sp_arrive(c, SP_FIN | SP_ACK, fin, c->iss + 2, 0);
    }
}

static void place(struct sp_cell *c, sp_seq una, sp_seq nxt, sp_seq rcv)
{
    c->una = una;
    c->nxt = nxt;
    c->rcv = rcv;
}

static void go(struct sp_cell *c, enum sp_state state)
{
    sp_seq text = c->irs + 1 + c->unread;

    switch (state) {
    case SP_CLOSED:
    case SP_STATE_COUNT:
        place(c, 0, 0, 0);
        break;
    case SP_LISTEN:
        sp_call(c, SP_EVENT_OPEN_PASSIVE);
        place(c, 0, 0, 0);
        break;
    case SP_SYN_SENT:
        sp_call(c, SP_EVENT_OPEN_ACTIVE);
        place(c, c->iss, c->iss + 1, 0);
        break;
    case SP_SYN_RECEIVED:
        reach_syn_received(c);
        place(c, c->iss, c->iss + 1, c->irs + 1);
        break;
    case SP_ESTABLISHED:
        reach_established(c);
        place(c, c->iss + 1, c->iss + 1, text);
        break;
    case SP_FIN_WAIT_1:
        reach_closing_state(c, state);
        place(c, c->iss + 1, c->iss + 2, text);
        break;
    case SP_FIN_WAIT_2:
        reach_closing_state(c, state);
        place(c, c->iss + 2, c->iss + 2, text);
        break;
    case SP_CLOSE_WAIT:
        reach_closing_state(c, state);
        place(c, c->iss + 1, c->iss + 1, text + 1);
        break;
    case SP_CLOSING:
    case SP_LAST_ACK:
        reach_closing_state(c, state);
        place(c, c->iss + 1, c->iss + 2, text + 1);
        break;
    case SP_TIME_WAIT:
        reach_closing_state(c, state);
        place(c, c->iss + 2, c->iss + 2, text + 1);
        break;
    }
}

void sp_reach(struct sp_cell *c, enum sp_state state)
{
    c->tcb = (struct sp_tcb){0};
    c->before = c->tcb;
    c->event = (struct sp_event){.kind = SP_EVENT_STATUS};
    c->out = (struct sp_output){0};
    go(c, state);
    sp_in(c, state);
    if (state > SP_LISTEN) {
        sp_vars(c, c->una, c->nxt, c->rcv);
    }
    c->delivered = 0;
}

/* ------------------------------------------------------------------------------- the outcome */

void sp_in(struct sp_cell *c, enum sp_state state)
{
    if (c->tcb.state != state) {
        report(c);
        fail_msg("state is %s, expected %s", sp_state_name((enum sp_state)c->tcb.state),
                 sp_state_name(state));
    }
}

void sp_gone(struct sp_cell *c)
{
    sp_in(c, SP_CLOSED);
    sp_that(c, is_zero(&c->tcb), "the TCB is deleted");
}

void sp_vars(struct sp_cell *c, sp_seq una, sp_seq nxt, sp_seq rcv)
{
    same(c, c->tcb.snd_una, una, "SND.UNA");
    same(c, c->tcb.snd_nxt, nxt, "SND.NXT");
    same(c, c->tcb.rcv_nxt, rcv, "RCV.NXT");
}

void sp_replied(struct sp_cell *c, enum sp_reply reply)
{
    if (c->out.reply != reply) {
        report(c);
        fail_msg("reply is \"%s\", expected \"%s\"", sp_reply_text(c->out.reply),
                 sp_reply_text(reply));
    }
}

void sp_accepted(struct sp_cell *c)
{
    sp_that(c, c->out.reply == SP_REPLY_OK || c->out.reply == SP_REPLY_QUEUED, "the call is taken");
}

void sp_told(struct sp_cell *c, uint32_t signals)
{
    same(c, c->out.signals & SP_TOLD_MASK, signals, "what the user is told");
}

void sp_fired(struct sp_cell *c, enum sp_rule rule)
{
    for (unsigned i = 0; i < c->out.rules; i++) {
        if (c->out.rule[i] == rule) {
            return;
        }
    }
    report(c);
    fail_msg("rule %s did not fire", sp_rule_info(rule)->name);
}

void sp_silent(struct sp_cell *c)
{
    sp_sent(c, 0);
}

void sp_sent(struct sp_cell *c, unsigned count)
{
    same(c, c->out.sent, count, "number of segments sent");
}

/* The options of what is sent: those of the SYN are for the tests of options to judge. */
static void check_options(struct sp_cell *c, const struct sp_segment *s)
{
    bool stamps = (c->tcb.flags & SP_TCB_TIMESTAMPS) != 0;
    if ((s->flags & (SP_SYN | SP_RST)) == 0) {
        same(c, s->options & (unsigned)~SP_OPT_SACK, stamps ? SP_OPT_TIMESTAMPS : 0, "options");
    }
}

void sp_is(struct sp_cell *c, unsigned index, unsigned flags, sp_seq seq, sp_seq ack, unsigned len)
{
    const struct sp_segment *s = &c->out.segment[index];

    sp_that(c, index < c->out.sent, "so many segments were sent");
    same(c, s->flags, flags, "SEG.CTL");
    same(c, s->seq, seq, "SEG.SEQ");
    same(c, s->ack, ack, "SEG.ACK");
    same(c, s->len, len, "octets of text");
    check_options(c, s);
    if ((flags & (SP_SYN | SP_RST)) == 0) {
        uint32_t wnd = sp_rcv_wnd(&c->tcb) >> c->tcb.rcv_scale;
        same(c, s->wnd, wnd > 65535 ? 65535 : wnd, "SEG.WND");
    }
}

void sp_one(struct sp_cell *c, unsigned flags, sp_seq seq, sp_seq ack, unsigned len)
{
    sp_sent(c, 1);
    sp_is(c, 0, flags, seq, ack, len);
}

void sp_acked(struct sp_cell *c, sp_seq seq, sp_seq ack)
{
    sp_one(c, SP_ACK, seq, ack, 0);
}

void sp_maybe_acked(struct sp_cell *c, sp_seq seq, sp_seq ack)
{
    if (c->out.sent > 0) {
        sp_acked(c, seq, ack);
    }
}

void sp_rst(struct sp_cell *c, sp_seq seq)
{
    sp_one(c, SP_RST, seq, 0, 0);
}

void sp_rst_ack(struct sp_cell *c, sp_seq ack)
{
    sp_one(c, SP_RST | SP_ACK, 0, ack, 0);
}

void sp_covers(struct sp_cell *c, sp_seq from, sp_seq to, bool fin)
{
    sp_seq at = from;

    for (unsigned i = 0; i < c->out.sent; i++) {
        const struct sp_segment *s = &c->out.segment[i];
        bool last = i + 1u == c->out.sent;
        same(c, s->seq, at, "SEG.SEQ");
        same(c, s->ack, c->tcb.rcv_nxt, "SEG.ACK");
        same(c, s->flags & (SP_SYN | SP_RST | SP_ACK), SP_ACK, "SYN, RST and ACK");
        same(c, sp_has(s, SP_FIN), last && fin, "FIN");
        sp_that(c, s->len <= c->tcb.snd_mss, "no more text than the peer takes [9293 MUST-16]");
        at += sp_segment_len(s);
    }
    same(c, at, to, "one past the last sequence number sent");
}

static void no_difference(struct sp_cell *c, const struct sp_tcb *expected)
{
    const char *field = difference(expected, &c->tcb);
    if (field != NULL) {
        report(c);
        fail_msg("%s changed", field);
    }
}

void sp_unchanged(struct sp_cell *c)
{
    no_difference(c, &c->before);
}

void sp_only_acked(struct sp_cell *c)
{
    struct sp_tcb expected = c->before;

    expected.ack_sent = c->tcb.ack_sent;
    expected.unacked = 0;
    expected.timers &= (uint8_t)~SP_TIMER_DELAYED_ACK;
    no_difference(c, &expected);
    same(c, c->tcb.ack_sent, c->tcb.rcv_nxt, "Last.ACK.sent");
}

void sp_idle(struct sp_cell *c)
{
    sp_dropped(c);
    sp_fired(c, SP_RULE_TIMER_IDLE);
}

void sp_refused(struct sp_cell *c, enum sp_reply reply)
{
    sp_replied(c, reply);
    sp_dropped(c);
}

void sp_challenged(struct sp_cell *c)
{
    sp_acked(c, c->before.snd_nxt, c->before.rcv_nxt);
    sp_only_acked(c);
    same(c, c->out.signals, 0, "what the user is told");
}

void sp_dropped(struct sp_cell *c)
{
    sp_silent(c);
    sp_unchanged(c);
    same(c, c->out.signals, 0, "what the user is told");
    same(c, c->out.delivered, 0, "octets delivered");
}
