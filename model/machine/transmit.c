/*
 * The send side: every segment the machine emits is made here (RFC 9293 3.7, 3.8.6).
 *
 * Invariant: a segment with ACK carries RCV.NXT and the window that is left of the right edge, and
 * settles what was owed; the right edge never moves left (SHLD-14).
 */
#include "machine/turn.h"

#include <string.h>

/* Where the right edge could be: RCV.NXT + the buffer that unread text leaves free. */
static sp_seq free_edge(const struct sp_tcb *t)
{
    uint32_t unread = sp_unread(t);
    return t->rcv_nxt + (unread < t->rcv_buf ? t->rcv_buf - unread : 0);
}

/* The edge may move by enough to be worth telling: 3.8.6.2.2, half the buffer or a segment. */
bool sp_window_grows(const struct sp_turn *turn)
{
    const struct sp_tcb *t = turn->tcb;
    uint32_t least = 1;
    if (turn->policy->sws == SP_sws_ON) {
        uint32_t half = t->rcv_buf / 2;
        least = half < t->rcv_mss ? half : t->rcv_mss;
    }
    sp_seq edge = free_edge(t);
    return sp_seq_gt(edge, t->rcv_adv) && edge - t->rcv_adv >= least;
}

static uint32_t min(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

/* What the fault takes off the window a second time: the octets that are held out of order. */
SP_COLD static uint32_t held_octets(const struct sp_tcb *t)
{
    uint32_t octets = 0;
    for (unsigned i = 0; i < t->helds; i++) {
        octets += t->held[i].right - t->held[i].left;
    }
    return octets;
}

/* The window field. A SYN's is not scaled (7323 2.2). Rounding to the scale must not take back what
 * was advertised (7323 2.4): it rounds up then. */
static inline uint16_t advertise(struct sp_turn *turn, bool syn)
{
    struct sp_tcb *t = turn->tcb;
    unsigned scale = syn ? 0 : t->rcv_scale;
    sp_seq edge = sp_window_grows(turn) ? free_edge(t) : t->rcv_adv;
    uint32_t promised = t->rcv_adv - t->rcv_nxt;
    uint32_t wnd = (edge - t->rcv_nxt) >> scale;
    if (wnd << scale < promised) {
        wnd++;
    }
    if (wnd > 65535) {
        wnd = 65535;
    }
    t->rcv_adv = sp_seq_max(t->rcv_adv, t->rcv_nxt + (wnd << scale));
    if (t->helds > 0 && sp_faulty(turn->policy, SP_FAULT_RECEIVE_WINDOW_NOT_REDUCED)) {
        wnd -= min(held_octets(t), wnd);
    }
    return (uint16_t)wnd;
}

/* Options of a SYN: all that were offered; on SYN,ACK only what the SYN it answers offered too. */
static void put_syn_options(const struct sp_turn *turn, struct sp_segment *s)
{
    const struct sp_tcb *t = turn->tcb;
    unsigned put = t->offered;
    if ((s->flags & SP_ACK) != 0) {
        unsigned agreed = SP_OPT_MSS;
        agreed |= (t->flags & SP_TCB_SCALE) != 0 ? SP_OPT_SCALE : 0;
        agreed |= (t->flags & SP_TCB_SACK) != 0 ? SP_OPT_SACK_PERMITTED : 0;
        agreed |= (t->flags & SP_TCB_TIMESTAMPS) != 0 ? SP_OPT_TIMESTAMPS : 0;
        put &= agreed;
    }
    s->options = (uint8_t)put;
    s->mss = (put & SP_OPT_MSS) != 0 ? t->rcv_mss : 0;
    s->scale = (put & SP_OPT_SCALE) != 0 ? t->offer_scale : 0;
    s->ts_val = (put & SP_OPT_TIMESTAMPS) != 0 ? turn->event->now : 0;
    s->ts_ecr = (put & SP_OPT_TIMESTAMPS) != 0 && (s->flags & SP_ACK) != 0 ? t->ts_recent : 0;
}

/* The range that holds the text which has just arrived, if any does: else the first. */
static unsigned newest_range(const struct sp_turn *turn)
{
    const struct sp_tcb *t = turn->tcb;
    const struct sp_range taken = turn->out->taken;
    for (unsigned i = 0; i < t->helds && taken.left != taken.right; i++) {
        if (sp_seq_le(t->held[i].left, taken.left) && sp_seq_lt(taken.left, t->held[i].right)) {
            return i;
        }
    }
    return 0;
}

/* SACK reports what is held, the newest first (RFC 2018 section 4), as far as the 40 octets of
 * options go: three blocks beside timestamps. */
static void put_sack(const struct sp_turn *turn, struct sp_segment *s, unsigned blocks_max)
{
    const struct sp_tcb *t = turn->tcb;
    unsigned newest = newest_range(turn);
    s->options |= SP_OPT_SACK;
    s->sacks = (uint8_t)(t->helds < blocks_max ? t->helds : blocks_max);
    s->sack[0] = t->held[newest];
    for (unsigned i = 0, next = 1; next < s->sacks; i++) {
        if (i != newest) {
            s->sack[next++] = t->held[i];
        }
    }
}

/* Once negotiated, timestamps are on every segment (7323 3.2). */
static void put_options(const struct sp_turn *turn, struct sp_segment *s)
{
    const struct sp_tcb *t = turn->tcb;
    unsigned blocks_max = SP_SACK_MAX;
    if ((t->flags & SP_TCB_TIMESTAMPS) != 0) {
        s->options |= SP_OPT_TIMESTAMPS;
        s->ts_val = turn->event->now;
        s->ts_ecr = (s->flags & SP_ACK) != 0 ? t->ts_recent : 0;
        blocks_max = SP_SACK_MAX - 1;
    }
    if ((t->flags & SP_TCB_SACK) != 0 && t->helds > 0 && (s->flags & SP_ACK) != 0) {
        put_sack(turn, s, blocks_max);
    }
}

/* The next place in the output, zero but for flags and seq. sp_transmit leaves one free, and no
 * event makes more than one other segment, so there always is one. */
static struct sp_segment *place(struct sp_turn *turn, unsigned flags, sp_seq seq)
{
    struct sp_output *out = turn->out;
    unsigned index = out->sent < SP_SEND_MAX ? out->sent++ : SP_SEND_MAX - 1U;
    struct sp_segment *s = &out->segment[index];
    memset(s, 0, sizeof *s);
    s->flags = (uint8_t)flags;
    s->seq = seq;
    return s;
}

/* A segment of this connection with ACK = RCV.NXT and the window. */
static inline struct sp_segment *emit(struct sp_turn *turn, unsigned flags, sp_seq seq)
{
    struct sp_tcb *t = turn->tcb;
    struct sp_segment *s = place(turn, flags, seq);
    if ((flags & SP_ACK) != 0) {
        s->ack = t->rcv_nxt;
        s->wnd = advertise(turn, (flags & SP_SYN) != 0);
        t->ack_sent = sp_seq_max(t->ack_sent, t->rcv_nxt);
        t->unacked = 0;
        turn->ack_now = false;
    }
    return s;
}

/* <SEQ=ISS><CTL=SYN>, or <SEQ=ISS><ACK=RCV.NXT><CTL=SYN,ACK>. Without ACK nothing is known of the
 * peer: the window is the whole buffer. */
void sp_emit_syn(struct sp_turn *turn, unsigned flags)
{
    const struct sp_tcb *t = turn->tcb;
    struct sp_segment *s = emit(turn, flags, t->iss);
    if ((flags & SP_ACK) == 0) {
        s->wnd = (uint16_t)(t->rcv_buf < 65535 ? t->rcv_buf : 65535);
    }
    put_syn_options(turn, s);
}

/* <SEQ=SND.NXT><ACK=RCV.NXT><CTL=ACK> */
void sp_emit_ack(struct sp_turn *turn)
{
    struct sp_segment *s = emit(turn, SP_ACK, turn->tcb->snd_nxt);
    put_options(turn, s);
}

/* One below SND.NXT: unacceptable, so it must be answered (3.8.4). */
void sp_emit_keep_alive(struct sp_turn *turn)
{
    struct sp_segment *s = emit(turn, SP_ACK, turn->tcb->snd_nxt - 1);
    put_options(turn, s);
}

/* What two faults do only now: a CLOSE takes effect with the FIN; the timer starts again. */
static void after_sending(struct sp_turn *turn, bool fin)
{
    struct sp_tcb *t = turn->tcb;
    if (sp_faulty(turn->policy, SP_FAULT_CLOSE_TRANSITION_ONLY_WHEN_FIN_LEAVES) && fin &&
        t->state == SP_ESTABLISHED) {
        t->state = SP_FIN_WAIT_1;
    }
    if (sp_faulty(turn->policy, SP_FAULT_RTO_CLEARED_ON_PARTIAL_ACK)) {
        t->flags &= (uint16_t)~SP_TCB_FAULT;
    }
}

/* Text [seq, seq + len), and the FIN behind it when `fin`. PSH when it is the last there is. */
void sp_emit_text(struct sp_turn *turn, sp_seq seq, uint32_t len, bool fin)
{
    struct sp_tcb *t = turn->tcb;
    bool last = len > 0 && seq + len == t->snd_end;
    unsigned flags = SP_ACK | (last ? SP_PSH : 0U) | (fin ? SP_FIN : 0U);
    bool urgent = len > 0 && sp_seq_gt(t->snd_up, seq);
    struct sp_segment *s = emit(turn, flags | (urgent ? SP_URG : 0U), seq);
    s->len = (uint16_t)len;
    s->text = len > 0 ? seq - t->iss - 1 : 0;
    if (urgent) {
        uint32_t ahead = t->snd_up - seq;
        s->urgent = (uint16_t)(ahead < 65535 ? ahead : 65535);
    }
    put_options(turn, s);
    t->snd_max = sp_seq_max(t->snd_max, seq + len + fin);
    if (fin && t->state == SP_CLOSE_WAIT) {
        bool astray = sp_faulty(turn->policy, SP_FAULT_CLOSE_WAIT_CLOSE_GOES_ELSEWHERE);
        t->state = astray ? SP_CLOSING : SP_LAST_ACK;
    }
    after_sending(turn, fin);
}

/* <SEQ=SND.NXT><CTL=RST>: ABORT (3.10.5). */
void sp_emit_abort(struct sp_turn *turn)
{
    struct sp_segment *s = emit(turn, SP_RST, turn->tcb->snd_nxt);
    put_options(turn, s);
}

/* The reset that answers the segment at hand, in the form its sender must believe (3.10.7.1):
 * <SEQ=SEG.ACK><CTL=RST>, or <SEQ=0><ACK=SEG.SEQ+SEG.LEN><CTL=RST,ACK>. Timestamps by 7323 5.2. */
void sp_emit_reset(struct sp_turn *turn)
{
    const struct sp_segment *cause = &turn->event->segment;
    struct sp_segment *s;
    if (sp_has(cause, SP_ACK)) {
        s = place(turn, SP_RST, cause->ack);
    } else {
        s = place(turn, SP_RST | SP_ACK, 0);
        s->ack = cause->seq + sp_segment_len(cause);
    }
    if ((cause->options & SP_OPT_TIMESTAMPS) != 0) {
        s->options = SP_OPT_TIMESTAMPS;
        s->ts_ecr = cause->ts_val;
    }
}

/* Sequence numbers the peer's window admits right of SND.NXT. */
uint32_t sp_usable(const struct sp_policy *policy, const struct sp_tcb *t)
{
    sp_seq edge = t->snd_una + t->snd_wnd;
    bool unsigned_only = sp_faulty(policy, SP_FAULT_WINDOW_SHRINK_UNDERFLOW);
    return sp_seq_gt(edge, t->snd_nxt) || unsigned_only ? edge - t->snd_nxt : 0;
}

/* Where the stream ends, as far as this state still sends it: behind the FIN, after CLOSE. */
static sp_seq stream_end(const struct sp_policy *policy, const struct sp_tcb *t)
{
    bool fin = (t->flags & SP_TCB_CLOSE) != 0;
    if (t->state == SP_CLOSING && sp_faulty(policy, SP_FAULT_CLOSING_WITHOUT_OWN_FIN)) {
        fin = sp_fin_sent(t);
    }
    return t->snd_end + fin;
}

/* Text or FIN right of SND.NXT, in a state that sends them. */
bool sp_unsent(const struct sp_policy *policy, const struct sp_tcb *t)
{
    switch ((enum sp_state)t->state) {
    case SP_ESTABLISHED:
    case SP_FIN_WAIT_1:
    case SP_CLOSE_WAIT:
    case SP_CLOSING:
    case SP_LAST_ACK:
        return t->snd_nxt != stream_end(policy, t);
    case SP_CLOSED:
    case SP_LISTEN:
    case SP_SYN_SENT:
    case SP_SYN_RECEIVED:
    case SP_FIN_WAIT_2:
    case SP_TIME_WAIT:
    case SP_STATE_COUNT:
        return false;
    }
    return false;
}

/* Sender's silly-window avoidance (3.8.6.2.1): a full segment, all there is, or half of the largest
 * window ever seen. What it keeps back, the persist timer sends. */
static bool worth_sending(const struct sp_turn *turn, uint32_t len, uint32_t waiting)
{
    const struct sp_tcb *t = turn->tcb;
    return turn->policy->sws == SP_sws_OFF || len == t->snd_mss || len == waiting ||
           2 * len >= t->snd_wnd_max;
}

/* The fault goes back to SND.UNA and sends one segment; the rest waits for the next event. */
static bool waits_for_ack(const struct sp_turn *turn)
{
    return sp_faulty(turn->policy, SP_FAULT_ACK_AFTER_GO_BACK_N_IGNORED) &&
           turn->event->kind == SP_EVENT_RETRANSMISSION;
}

/* Sends the next segment of text, with the FIN when it fits behind it. False: there is none. */
static bool send_next(struct sp_turn *turn)
{
    struct sp_tcb *t = turn->tcb;
    if (!sp_unsent(turn->policy, t) || waits_for_ack(turn)) {
        return false;
    }
    uint32_t usable = sp_usable(turn->policy, t);
    uint32_t waiting = t->snd_end - t->snd_nxt;
    uint32_t len = min(min(waiting, usable), t->snd_mss);
    bool fin = stream_end(turn->policy, t) != t->snd_end && len == waiting && usable > len;
    if (sp_faulty(turn->policy, SP_FAULT_FIN_SENT_BEFORE_LAST_DATA) && len > 0 && len < waiting) {
        fin = (t->flags & SP_TCB_CLOSE) != 0;
    }
    if ((len == 0 && !fin) || !worth_sending(turn, len, waiting)) {
        return false;
    }
    if (len > 0) {
        sp_fire(turn, SP_RULE_SEND_TEXT);
    }
    if (fin) {
        sp_fire(turn, SP_RULE_SEND_FIN);
    }
    sp_emit_text(turn, t->snd_nxt, len, fin);
    t->snd_nxt += len + fin;
    return true;
}

/* The end of every step: what the window admits, then the ACK if none of it carried one. */
void sp_transmit(struct sp_turn *turn)
{
    while (turn->out->sent + 1 < SP_SEND_MAX && send_next(turn)) {
    }
    if (turn->ack_now) {
        sp_fire(turn, SP_RULE_SEND_ACK);
        sp_emit_ack(turn);
    }
}
