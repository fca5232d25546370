/*
 * What must have happened at an end for it to send a packet: user calls and timers (RFC 9293
 * 3.10.1 to 3.10.5 and 3.10.8), inferred from the packet and the model's TCB of that end.
 *
 * The model has already answered everything that arrived; what it answered is in its network. So a
 * packet that is there needs no cause. New text is a SEND, a FIN a CLOSE, a RST an ABORT, anything
 * sent again a timer. When even that does not make the model send the like, the model has lost
 * track of the real end, and a remark says so; the packet is injected at the other end all the
 * same.
 */
#include "capture/follow.h"

#include <inttypes.h>
#include <stdio.h>

static char letter(unsigned host)
{
    return host == SP_A ? 'A' : 'B';
}

/* "A sends SYN,ACK seq=17 len=0" into text. */
static const char *describe(const struct sp_passage *p, char *text, size_t capacity)
{
    char flags[40];
    sp_capture_flags(p->segment.flags, flags, sizeof flags);
    snprintf(text, capacity, "%c sends %s seq=%" PRIu32 " len=%u", letter(p->from), flags,
             p->segment.seq, p->segment.len);
    return text;
}

static void lost_track(struct sp_follower *f, const struct sp_passage *p, const char *why)
{
    char text[96];
    sp_capture_remark(f->capture, p->packet, true, "%s: %s (the model's %c is in %s)",
                      describe(p, text, sizeof text), why, letter(p->from),
                      sp_state_name((enum sp_state)sp_follow_tcb(f, p->from)->state));
}

/* The model has sent a segment with the same SYN, RST and, where there is one, sequence number. */
static bool model_sent(const struct sp_follower *f, unsigned host, const struct sp_segment *s)
{
    const unsigned kind = SP_SYN | SP_RST | (sp_has(s, SP_SYN) ? SP_ACK : 0U);
    const struct sp_packet *packet;
    for (unsigned i = 0; (packet = sp_follow_own(f, host, i)) != NULL; i++) {
        if ((packet->segment.flags & kind) == (s->flags & kind) && packet->segment.seq == s->seq) {
            return true;
        }
    }
    return false;
}

/* The model has sent text or FIN that this segment carries. */
static bool model_sent_text(const struct sp_follower *f, unsigned host, const struct sp_segment *s)
{
    const struct sp_packet *packet;
    for (unsigned i = 0; (packet = sp_follow_own(f, host, i)) != NULL; i++) {
        const uint32_t len = sp_segment_len(&packet->segment);
        if (len > 0 && sp_seq_lt(packet->segment.seq, s->seq + sp_segment_len(s)) &&
            sp_seq_lt(s->seq, packet->segment.seq + len)) {
            return true;
        }
    }
    return false;
}

static bool runs(struct sp_follower *f, unsigned host, unsigned timer)
{
    return (sp_follow_tcb(f, host)->timers & timer) != 0;
}

void sp_follow_end_old(struct sp_follower *f, unsigned host)
{
    const uint32_t packet = f->passages->item[f->at].packet;
    const enum sp_state state = (enum sp_state)sp_follow_tcb(f, host)->state;
    switch (state) {
    case SP_CLOSED:
    case SP_LISTEN:
        return;
    case SP_TIME_WAIT:
        sp_follow_timer(f, host, SP_EVENT_TIME_WAIT);
        return;
    case SP_SYN_SENT:
        sp_follow_call(f, host, SP_EVENT_CLOSE, 0, false);
        return;
    case SP_SYN_RECEIVED:
    case SP_ESTABLISHED:
    case SP_FIN_WAIT_1:
    case SP_FIN_WAIT_2:
    case SP_CLOSE_WAIT:
    case SP_CLOSING:
    case SP_LAST_ACK:
        sp_capture_remark(
            f->capture, packet, true,
            "%c begins anew: its old connection, in %s, is supposed to have timed out",
            letter(host), sp_state_name(state));
        sp_follow_timer(f, host, SP_EVENT_USER_TIMEOUT);
        return;
    case SP_STATE_COUNT:
        return;
    }
}

void sp_follow_begin(struct sp_follower *f, unsigned host, sp_seq iss)
{
    f->end[host].known = true;
    f->end[host].iss = iss;
    f->end[host].max = iss + 1;
}

static void sent_syn(struct sp_follower *f, const struct sp_passage *p)
{
    const unsigned host = p->from;
    const struct sp_tcb *t = sp_follow_tcb(f, host);
    const bool opening = t->state == SP_SYN_SENT || t->state == SP_SYN_RECEIVED;
    if (opening && t->iss == p->segment.seq) {
        if (!model_sent(f, host, &p->segment)) {
            sp_follow_timer(f, host, SP_EVENT_RETRANSMISSION);
        }
        return;
    }
    if (f->end[host].known && f->end[host].iss == p->segment.seq && t->state != SP_CLOSED) {
        lost_track(f, p, "its handshake is over in the model");
        return;
    }
    if (t->state != SP_LISTEN && !sp_follow_may_begin(f, host)) {
        return;
    }
    sp_follow_end_old(f, host);
    sp_follow_open(f, host, p->segment.seq);
    sp_follow_begin(f, host, p->segment.seq);
}

static void sent_syn_ack(struct sp_follower *f, const struct sp_passage *p)
{
    const struct sp_tcb *t = sp_follow_tcb(f, p->from);
    if (t->state != SP_SYN_RECEIVED || t->iss != p->segment.seq) {
        lost_track(f, p, "the model does not answer so");
        return;
    }
    if (!model_sent(f, p->from, &p->segment)) {
        sp_follow_timer(f, p->from, SP_EVENT_RETRANSMISSION);
    }
}

static void read_text(struct sp_follower *f, unsigned host, uint32_t count)
{
    const uint32_t there = sp_unread(sp_follow_tcb(f, host));
    if (count > 0 && there > 0) {
        sp_follow_call(f, host, SP_EVENT_RECEIVE, count < there ? count : there, false);
    }
}

/* A user without a posted RECEIVE has read when the window it offers reaches farther than the
 * buffer would without that. Up to one unit of the scale more, because the model's window is
 * rounded down to it. */
static void infer_reading(struct sp_follower *f, const struct sp_passage *p)
{
    const struct sp_tcb *t = sp_follow_tcb(f, p->from);
    const struct sp_host_bounds *bounds = &f->capture->script.setup.bounds.host[p->from];
    if (bounds->read || !sp_has(&p->segment, SP_ACK) || !sp_synchronized((enum sp_state)t->state)) {
        return;
    }
    const bool fin = (t->flags & SP_TCB_FIN_RECEIVED) != 0;
    const sp_seq edge = p->segment.ack - fin + ((uint32_t)p->segment.wnd << f->end[p->from].scale);
    const sp_seq full = t->rcv_read + t->rcv_buf;
    if (sp_seq_gt(edge, full)) {
        read_text(f, p->from, edge - full + (1U << t->rcv_scale) - 1);
    }
}

/* ABORT, unless the model answered with a RST itself. */
static void sent_rst(struct sp_follower *f, const struct sp_passage *p)
{
    if (model_sent(f, p->from, &p->segment)) {
        return;
    }
    if (sp_follow_tcb(f, p->from)->state == SP_CLOSED) {
        lost_track(f, p, "the model sends none");
        return;
    }
    sp_follow_call(f, p->from, SP_EVENT_ABORT, 0, false);
    if (!model_sent(f, p->from, &p->segment)) {
        lost_track(f, p, "an ABORT sends none like it");
    }
}

/* SEND of the text that the user had not written yet. At most three full segments a call: no more
 * goes out in one step. Octets before the urgent pointer are urgent. */
static void send_text(struct sp_follower *f, const struct sp_passage *p)
{
    const struct sp_segment *s = &p->segment;
    const struct sp_tcb *t = sp_follow_tcb(f, p->from);
    const sp_seq end = s->seq + s->len;
    if (s->len == 0) {
        return;
    }
    const sp_seq urgent_end = s->seq + s->urgent;
    while (!f->out_of_memory && sp_seq_lt(t->snd_end, end)) {
        const sp_seq before = t->snd_end;
        const bool urgent = sp_has(s, SP_URG) && sp_seq_lt(before, urgent_end);
        uint32_t count = (urgent ? sp_seq_min(end, urgent_end) : end) - before;
        const uint32_t most = t->snd_mss * (SP_SEND_MAX - 1U);
        count = count < most ? count : most;
        sp_follow_call(f, p->from, SP_EVENT_SEND, count, urgent);
        if (t->snd_end == before) {
            lost_track(f, p, "the model takes no more text");
            return;
        }
    }
}

static void close_stream(struct sp_follower *f, const struct sp_passage *p)
{
    const struct sp_tcb *t = sp_follow_tcb(f, p->from);
    if ((t->flags & SP_TCB_CLOSE) != 0) {
        return;
    }
    /* Text left unread would have made it a RST. */
    if (f->capture->script.setup.policy.close_unread == SP_close_unread_RST) {
        read_text(f, p->from, sp_unread(t));
    }
    sp_follow_call(f, p->from, SP_EVENT_CLOSE, 0, false);
}

/* A closed window is probed because text waits: the user has written what goes out next. */
static void write_ahead(struct sp_follower *f, unsigned host)
{
    const struct sp_tcb *t = sp_follow_tcb(f, host);
    if (sp_seq_gt(t->snd_una + t->snd_wnd, t->snd_nxt) || t->snd_end != t->snd_nxt) {
        return;
    }
    for (size_t i = f->at + 1; i < f->passages->count && i < f->at + SP_FOLLOW_AHEAD; i++) {
        const struct sp_passage *next = &f->passages->item[i];
        if (next->sent && next->from == host && next->segment.len > 0 &&
            next->segment.seq == t->snd_end) {
            sp_follow_call(f, host, SP_EVENT_SEND, next->segment.len, false);
            return;
        }
    }
}

/* Text or FIN that had been sent before, or a probe below it: the timer that runs. */
static void send_again(struct sp_follower *f, const struct sp_passage *p, bool probe)
{
    const unsigned host = p->from;
    if (!probe && model_sent_text(f, host, &p->segment)) {
        return;
    }
    if (probe) {
        write_ahead(f, host);
    }
    if (!probe && runs(f, host, SP_TIMER_RETRANSMISSION)) {
        sp_follow_timer(f, host, SP_EVENT_RETRANSMISSION);
    } else if (runs(f, host, SP_TIMER_PERSIST)) {
        sp_follow_timer(f, host, SP_EVENT_PERSIST);
    } else if (runs(f, host, SP_TIMER_KEEP_ALIVE)) {
        sp_follow_timer(f, host, SP_EVENT_KEEP_ALIVE);
    } else if (runs(f, host, SP_TIMER_RETRANSMISSION)) {
        sp_follow_timer(f, host, SP_EVENT_RETRANSMISSION);
    } else {
        char text[96];
        sp_capture_remark(f->capture, p->packet, false, "%s again, though no timer runs",
                          describe(p, text, sizeof text));
    }
}

static void compare(struct sp_follower *f, const struct sp_passage *p)
{
    const struct sp_segment *s = &p->segment;
    const struct sp_tcb *t = sp_follow_tcb(f, p->from);
    if (sp_has(s, SP_ACK) && sp_seq_gt(s->ack, t->rcv_nxt)) {
        lost_track(f, p, "it acknowledges what the model has not received");
        return;
    }
    const sp_seq end = s->seq + sp_segment_len(s);
    if (sp_seq_gt(end, t->snd_max) && runs(f, p->from, SP_TIMER_PERSIST)) {
        sp_follow_timer(f, p->from, SP_EVENT_PERSIST);
    }
    if (sp_seq_gt(end, t->snd_max)) {
        lost_track(f, p, "the model does not send so far");
    }
}

/* ACK, text and FIN, in the order of the causes: reading moves the window, text comes before the
 * FIN, and all of them carry the ACK that a delayed one would. */
static void sent_other(struct sp_follower *f, const struct sp_passage *p)
{
    const struct sp_segment *s = &p->segment;
    const struct sp_tcb *t = sp_follow_tcb(f, p->from);
    struct sp_follow_end *end = &f->end[p->from];
    if (t->state == SP_CLOSED || t->state == SP_LISTEN || t->state == SP_SYN_SENT) {
        lost_track(f, p, "the model has no connection to send it on");
        return;
    }
    const sp_seq last = s->seq + sp_segment_len(s);
    const bool fresh = sp_seq_gt(last, end->max);
    infer_reading(f, p);
    send_text(f, p);
    if (sp_has(s, SP_FIN)) {
        close_stream(f, p);
    }
    if (sp_segment_len(s) > 0 && !fresh) {
        send_again(f, p, false);
    } else if (sp_segment_len(s) == 0 && s->seq + 1 == end->max) {
        send_again(f, p, true);
    }
    if (runs(f, p->from, SP_TIMER_DELAYED_ACK) && sp_has(s, SP_ACK) && s->ack == t->rcv_nxt) {
        sp_follow_timer(f, p->from, SP_EVENT_DELAYED_ACK);
    }
    end->max = fresh ? last : end->max;
    compare(f, p);
}

void sp_follow_sent(struct sp_follower *f, const struct sp_passage *p)
{
    if (sp_has(&p->segment, SP_RST)) {
        sent_rst(f, p);
    } else if (sp_has(&p->segment, SP_SYN | SP_ACK)) {
        sent_syn_ack(f, p);
    } else if (sp_has(&p->segment, SP_SYN)) {
        sent_syn(f, p);
    } else {
        sent_other(f, p);
    }
}

/* A SYN as this end must have sent it. */
static struct sp_segment supposed_syn(const struct sp_follower *f, sp_seq seq, uint32_t clock)
{
    const struct sp_bounds *b = &f->capture->script.setup.bounds;
    struct sp_segment s = {.seq = seq, .wnd = 65535, .flags = SP_SYN, .options = SP_OPT_MSS};
    s.mss = (uint16_t)b->mss;
    if (b->scale > 0) {
        s.options |= SP_OPT_SCALE;
        s.scale = (uint8_t)b->scale;
    }
    if (b->sack) {
        s.options |= SP_OPT_SACK_PERMITTED;
    }
    if (b->timestamps) {
        s.options |= SP_OPT_TIMESTAMPS;
        s.ts_val = clock;
    }
    return s;
}

/* SYN, SYN,ACK, ACK with the numbers that the first packet implies. */
static void suppose_established(struct sp_follower *f, sp_seq iss_a, sp_seq iss_b)
{
    const struct sp_segment *first = &f->passages->item[f->at].segment;
    struct sp_segment syn = supposed_syn(f, iss_a, first->ts_val);
    struct sp_segment answer = supposed_syn(f, iss_b, first->ts_ecr);
    struct sp_segment ack = {.seq = iss_a + 1,
                             .ack = iss_b + 1,
                             .wnd = first->wnd,
                             .flags = SP_ACK,
                             .options = first->options & SP_OPT_TIMESTAMPS,
                             .ts_val = first->ts_val,
                             .ts_ecr = first->ts_ecr};
    answer.flags |= SP_ACK;
    answer.ack = iss_a + 1;
    answer.ts_ecr = (answer.options & SP_OPT_TIMESTAMPS) != 0 ? first->ts_val : 0;
    sp_follow_call(f, SP_B, SP_EVENT_OPEN_PASSIVE, 0, false);
    sp_follow_open(f, SP_A, iss_a);
    sp_follow_inject(f, SP_B, &syn, true, iss_b);
    sp_follow_inject(f, SP_A, &answer, false, 0);
    sp_follow_inject(f, SP_B, &ack, false, 0);
    sp_follow_begin(f, SP_A, iss_a);
    sp_follow_begin(f, SP_B, iss_b);
}

void sp_follow_suppose(struct sp_follower *f)
{
    const struct sp_passage *p = &f->passages->item[f->at];
    const struct sp_segment *s = &p->segment;
    if (!sp_has(s, SP_ACK) || sp_has(s, SP_RST)) {
        return;
    }
    if (sp_has(s, SP_SYN)) {
        const struct sp_segment syn = supposed_syn(f, s->ack - 1, s->ts_ecr);
        sp_follow_call(f, SP_A, SP_EVENT_OPEN_PASSIVE, 0, false);
        sp_follow_open(f, SP_B, syn.seq);
        sp_follow_inject(f, SP_A, &syn, true, s->seq);
        sp_follow_begin(f, SP_A, s->seq);
        sp_follow_begin(f, SP_B, syn.seq);
        sp_capture_remark(f->capture, p->packet, false,
                          "the capture begins with a SYN,ACK: its SYN is supposed");
        return;
    }
    suppose_established(f, s->seq - 1, s->ack - 1);
    sp_capture_remark(f->capture, p->packet, false,
                      "the capture begins within a connection: a handshake is supposed, with "
                      "window scale %" PRIu32,
                      f->capture->script.setup.bounds.scale);
}
