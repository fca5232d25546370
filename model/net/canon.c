/*
 * The canonical code of a world: what the explorer compares and stores. Equal codes mean equal
 * futures, because everything but the serials is in it.
 *
 * Each field is described once, by its place and a prediction, for both directions (bits.h). A
 * prediction may be any function of the setup and of earlier fields of the same part; a poor one
 * costs octets, never correctness. So the parts - host A, host B, network - have codes of their
 * own, each a number of octets. Invariant: decode(encode(part)) is the part, for every world whose
 * TCBs are zero in CLOSED, and whose lives, held ranges, SACK blocks and packets are zero behind
 * their counts.
 */
#include "net/bits.h"
#include "net/private.h"

#include <string.h>

struct coder {
    struct sp_bits bits;
    const struct sp_setup *setup;
};

/* One field: its place and its prediction. Writing only reads it. */
SP_INLINE void near8(struct coder *c, uint8_t *field, uint32_t predicted)
{
    uint32_t value = sp_near(&c->bits, *field, predicted);
    if (!c->bits.writing) {
        *field = (uint8_t)value;
    }
}

SP_INLINE void near16(struct coder *c, uint16_t *field, uint32_t predicted)
{
    uint32_t value = sp_near(&c->bits, *field, predicted);
    if (!c->bits.writing) {
        *field = (uint16_t)value;
    }
}

SP_INLINE void near32(struct coder *c, uint32_t *field, uint32_t predicted)
{
    uint32_t value = sp_near(&c->bits, *field, predicted);
    if (!c->bits.writing) {
        *field = value;
    }
}

SP_INLINE void like8(struct coder *c, uint8_t *field, uint32_t predicted)
{
    uint32_t value = sp_bits_like(&c->bits, *field, predicted);
    if (!c->bits.writing) {
        *field = (uint8_t)value;
    }
}

SP_INLINE void like16(struct coder *c, uint16_t *field, uint32_t predicted)
{
    uint32_t value = sp_bits_like(&c->bits, *field, predicted);
    if (!c->bits.writing) {
        *field = (uint16_t)value;
    }
}

static inline uint32_t min(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

SP_INLINE bool has_flag(const struct sp_tcb *t, unsigned flag)
{
    return (t->flags & flag) != 0;
}

/* The options that both hosts offer, and use once they have seen each other's SYN. */
SP_INLINE unsigned offered(const struct sp_bounds *b)
{
    return SP_OPT_MSS | (b->timestamps ? SP_OPT_TIMESTAMPS : 0U) |
           (b->sack ? SP_OPT_SACK_PERMITTED : 0U) | (b->scale > 0 ? SP_OPT_SCALE : 0U);
}

/* TCB: flags that follow from setup and state. */
SP_INLINE unsigned flags_due(const struct coder *c, unsigned host, enum sp_state state)
{
    const struct sp_bounds *b = &c->setup->bounds;
    const struct sp_host_bounds *h = &b->host[host];
    const unsigned closed = 1U << SP_FIN_WAIT_1 | 1U << SP_FIN_WAIT_2 | 1U << SP_CLOSING |
                            1U << SP_LAST_ACK | 1U << SP_TIME_WAIT;
    const unsigned ended =
        1U << SP_CLOSE_WAIT | 1U << SP_CLOSING | 1U << SP_LAST_ACK | 1U << SP_TIME_WAIT;
    unsigned flags = SP_TCB_REMOTE;
    flags |= h->read ? SP_TCB_READING : 0U;
    flags |= h->keep_alives > 0 ? SP_TCB_KEEP_ALIVE : 0U;
    flags |= h->open == SP_OPEN_PASSIVE || state == SP_LISTEN ? SP_TCB_PASSIVE : 0U;
    flags |= (closed >> state & 1) != 0 ? SP_TCB_CLOSE : 0U;
    flags |= (ended >> state & 1) != 0 ? SP_TCB_FIN_HELD | SP_TCB_FIN_RECEIVED : 0U;
    flags |= (ended >> state & 1) != 0 && h->read ? SP_TCB_TOLD_EOF : 0U;
    if (state >= SP_SYN_RECEIVED) {
        flags |= b->scale > 0 ? SP_TCB_SCALE : 0U;
        flags |= b->timestamps ? SP_TCB_TIMESTAMPS : 0U;
        flags |= b->sack ? SP_TCB_SACK : 0U;
    }
    return flags;
}

/* What the OPEN asked for and the SYNs agreed on: it seldom differs from the setup. */
SP_INLINE void code_agreed(struct coder *c, unsigned host, struct sp_tcb *t)
{
    const struct sp_bounds *b = &c->setup->bounds;
    const uint32_t scale = has_flag(t, SP_TCB_SCALE) ? b->scale : 0;
    const uint32_t peer_mss = t->state == SP_SYN_SENT ? 536 : b->mss;
    sp_group(&c->bits, 8);
    near16(c, &t->snd_mss, t->state == SP_LISTEN ? 0 : peer_mss);
    near16(c, &t->rcv_mss, b->mss);
    like8(c, &t->offered, offered(b));
    near8(c, &t->r2, b->r2);
    near8(c, &t->offer_scale, b->scale);
    near8(c, &t->snd_scale, scale);
    near8(c, &t->rcv_scale, scale);
    near32(c, &t->rcv_buf, b->host[host].window);
    sp_group_end(&c->bits);
}

/* The TIME-WAIT to fall back to; zero unless the flag says that there is one. */
SP_INLINE void code_old(struct coder *c, struct sp_tcb *t)
{
    const bool reopened = has_flag(t, SP_TCB_REOPENED);
    sp_group(&c->bits, 8);
    near32(c, &t->old_iss, reopened ? t->iss : 0);
    near32(c, &t->old_snd_nxt, t->old_iss);
    near32(c, &t->old_irs, reopened ? t->irs : 0);
    near32(c, &t->old_rcv_nxt, t->old_irs);
    near32(c, &t->old_ts_recent, reopened ? t->ts_recent : 0);
    like16(c, &t->old_agreed, 0);
    near8(c, &t->old_snd_scale, 0);
    near8(c, &t->old_rcv_scale, 0);
    sp_group_end(&c->bits);
}

/* Before a SYN was taken the receive side is zero. */
SP_INLINE void code_receiving(struct coder *c, unsigned host, struct sp_tcb *t)
{
    const bool known = t->state >= SP_SYN_RECEIVED;
    const uint32_t fin = has_flag(t, SP_TCB_FIN_RECEIVED);
    const struct sp_host_bounds *peer = &c->setup->bounds.host[!host];
    sp_group(&c->bits, 7);
    near32(c, &t->irs, known ? peer->iss.value[0] : 0);
    near32(c, &t->rcv_nxt, known ? t->irs + 1 + fin : 0);
    near32(c, &t->rcv_read, t->rcv_nxt - fin);
    near32(c, &t->rcv_adv, known ? t->rcv_read + fin + min(t->rcv_buf, 65535) : 0);
    near32(c, &t->rcv_up, t->rcv_read);
    near32(c, &t->rcv_fin, has_flag(t, SP_TCB_FIN_HELD) ? t->rcv_nxt - fin : 0);
    near32(c, &t->ack_sent, t->rcv_nxt);
    sp_group_end(&c->bits);
}

/* In LISTEN the send side is zero. `iss`: what the setup chooses for this incarnation. */
SP_INLINE void code_sending(struct coder *c, unsigned host, sp_seq iss, struct sp_tcb *t)
{
    const bool begun = t->state >= SP_SYN_SENT;
    const bool open = t->state >= SP_ESTABLISHED;
    const bool final = t->state == SP_FIN_WAIT_2 || t->state == SP_TIME_WAIT;
    const bool fin = has_flag(t, SP_TCB_CLOSE) && open;
    const uint32_t window = min(c->setup->bounds.host[!host].window, 65535);
    const bool known = t->state >= SP_SYN_RECEIVED;
    sp_group(&c->bits, 5);
    near32(c, &t->iss, begun ? iss : 0);
    near32(c, &t->snd_end, t->iss + begun);
    near32(c, &t->snd_max, open ? t->snd_end + fin : t->iss + begun);
    near32(c, &t->snd_nxt, t->snd_max);
    near32(c, &t->snd_una, final ? t->snd_max : open ? t->snd_max - fin : t->iss);
    sp_group_end(&c->bits);
    sp_group(&c->bits, 5);
    near32(c, &t->snd_up, t->snd_una);
    near32(c, &t->snd_wl1, t->rcv_nxt - (known && !open) - has_flag(t, SP_TCB_FIN_RECEIVED));
    near32(c, &t->snd_wl2, known ? t->snd_una : 0);
    near32(c, &t->snd_wnd, known ? window : 0);
    near32(c, &t->snd_wnd_max, known && t->snd_wnd < window ? window : t->snd_wnd);
    sp_group_end(&c->bits);
}

SP_INLINE void code_held(struct coder *c, struct sp_tcb *t)
{
    sp_seq before = t->rcv_nxt;
    for (unsigned i = 0; i < t->helds && i < SP_HELD_MAX; i++) {
        sp_group(&c->bits, 2);
        near32(c, &t->held[i].left, before + 1);
        near32(c, &t->held[i].right, t->held[i].left + 1);
        sp_group_end(&c->bits);
        before = t->held[i].right;
    }
}

SP_INLINE void code_tcb(struct coder *c, unsigned host, sp_seq iss, struct sp_tcb *t)
{
    sp_group(&c->bits, 5);
    like16(c, &t->flags, flags_due(c, host, t->state));
    near8(c, &t->unacked, 0);
    near8(c, &t->helds, 0);
    near32(c, &t->rcv_wanted, 0);
    near32(c, &t->ts_recent, has_flag(t, SP_TCB_TIMESTAMPS));
    sp_group_end(&c->bits);
    code_agreed(c, host, t);
    code_receiving(c, host, t);
    code_sending(c, host, iss, t);
    code_old(c, t);
    sp_group(&c->bits, 2);
    like8(c, &t->timers, sp_timers_due(&c->setup->policy, t));
    near8(c, &t->retransmits, 0);
    sp_group_end(&c->bits);
    code_held(c, t);
}

/* What a life is predicted to be. */
struct guess {
    sp_seq iss, edge, ack_max, end;
    uint32_t written, received, delivered;
    unsigned flags, ended, known;
};

/* begun, edge_known and ack_known as one number. */
enum { BEGUN = 1, EDGE_KNOWN = 2, ACK_KNOWN = 4, ALL_KNOWN = 7 };

/* Of the incarnation to which a TCB belongs: the TCB knows most of it. A listener that fell back
 * has a number that its TCB does not know. */
SP_INLINE void guess_living(const struct sp_tcb *t, sp_seq iss, struct guess *g)
{
    const bool begun = t->state >= SP_SYN_SENT;
    const bool known = t->state >= SP_SYN_RECEIVED;
    g->iss = begun ? t->iss : iss;
    g->written = begun ? t->snd_end - t->iss - 1 : 0;
    g->received = known ? t->rcv_nxt - t->irs - 1 - has_flag(t, SP_TCB_FIN_RECEIVED) : 0;
    g->delivered = known ? t->rcv_read - t->irs - 1 : 0;
    g->edge = t->rcv_adv;
    g->ack_max = t->ack_sent;
    g->end = begun ? t->snd_max : iss + 1;
    g->ended = SP_END_LIVING;
    g->known = known ? ALL_KNOWN : begun ? BEGUN : 0;
    g->flags = begun ? SP_LIFE_SYN_SENT : 0;
    g->flags |= has_flag(t, SP_TCB_CLOSE) ? SP_LIFE_CLOSE : 0U;
    g->flags |= sp_fin_sent(t) ? SP_LIFE_FIN_SENT : 0U;
    g->flags |= has_flag(t, SP_TCB_FIN_RECEIVED) ? SP_LIFE_FIN_RECEIVED : 0U;
    g->flags |= has_flag(t, SP_TCB_TOLD_EOF) ? SP_LIFE_TOLD_EOF : 0U;
    g->flags |= sp_synchronized(t->state) ? SP_LIFE_OPENED : 0U;
    g->flags |= t->state == SP_TIME_WAIT ? SP_LIFE_TIME_WAIT : 0U;
}

/* Of one that is over: that it closed gracefully, all text having gone both ways. */
SP_INLINE void guess_ended(const struct coder *c, unsigned host, struct guess *g)
{
    const struct sp_host_bounds *own = &c->setup->bounds.host[host];
    const struct sp_host_bounds *peer = &c->setup->bounds.host[!host];
    g->iss = own->iss.value[0];
    g->written = own->send;
    g->received = peer->send;
    g->delivered = peer->send;
    g->ack_max = peer->iss.value[0] + 2 + peer->send;
    g->edge = g->ack_max + own->window;
    g->end = g->iss + 2 + own->send;
    g->ended = SP_END_GRACEFUL;
    g->known = ALL_KNOWN;
    g->flags = SP_LIFE_SYN_SENT | SP_LIFE_CLOSE | SP_LIFE_FIN_SENT | SP_LIFE_FIN_RECEIVED |
               SP_LIFE_TOLD_EOF | SP_LIFE_OPENED;
}

SP_INLINE void code_life(struct coder *c, const struct guess *g, struct sp_life *l)
{
    unsigned known = (l->begun ? BEGUN : 0U) | (l->edge_known ? EDGE_KNOWN : 0U) |
                     (l->ack_known ? ACK_KNOWN : 0U);
    sp_group(&c->bits, 11);
    known = sp_bits_like(&c->bits, known, g->known);
    if (!c->bits.writing) {
        l->begun = (known & BEGUN) != 0;
        l->edge_known = (known & EDGE_KNOWN) != 0;
        l->ack_known = (known & ACK_KNOWN) != 0;
    }
    near32(c, &l->iss, l->begun ? g->iss : 0);
    near32(c, &l->written, g->written);
    near32(c, &l->received, g->received);
    near32(c, &l->delivered, g->delivered);
    near32(c, &l->edge, l->edge_known ? g->edge : 0);
    near32(c, &l->ack_max, l->ack_known ? g->ack_max : 0);
    near32(c, &l->end, l->begun ? g->end : 0);
    like8(c, &l->flags, g->flags);
    near8(c, &l->ended, g->ended);
    near8(c, &l->peer, l->ack_known);
    sp_group_end(&c->bits);
}

/* The last incarnation is the TCB's, where there is one. */
SP_INLINE void code_lives(struct coder *c, unsigned host, sp_seq iss, struct sp_host *h)
{
    for (unsigned i = 0; i < h->lives && i < SP_LIVES_MAX; i++) {
        struct guess g;
        if (i + 1 == h->lives && h->tcb.state != SP_CLOSED) {
            guess_living(&h->tcb, iss, &g);
        } else {
            guess_ended(c, host, &g);
        }
        code_life(c, &g, &h->life[i]);
    }
}

SP_INLINE void code_host(struct coder *c, unsigned host, uint8_t *iss, struct sp_host *h)
{
    const struct sp_iss_list *list = &c->setup->bounds.host[host].iss;
    sp_group(&c->bits, 7);
    near8(c, &h->lives, 1);
    near8(c, &h->timeouts, 0);
    near8(c, &h->user_timeouts, 0);
    near8(c, &h->keep_alives, 0);
    near8(c, &h->aborts, 0);
    near8(c, &h->crashes, 0);
    near8(c, iss, 0);
    sp_group_end(&c->bits);
    uint32_t state = sp_bits_raw(&c->bits, h->tcb.state, 4);
    if (!c->bits.writing) {
        h->tcb.state = (uint8_t)state;
    }
    const sp_seq first = list->value[*iss % SP_ISS_MAX];
    if (h->tcb.state != SP_CLOSED) {
        code_tcb(c, host, first, &h->tcb);
    }
    code_lives(c, host, first, h);
    sp_bits_align(&c->bits);
}

/* The control bits that most segments have: three bits instead of eight. */
static const uint8_t usual_flags[7] = {SP_ACK,          SP_SYN,          SP_SYN | SP_ACK,
                                       SP_PSH | SP_ACK, SP_FIN | SP_ACK, SP_FIN | SP_PSH | SP_ACK,
                                       SP_RST};

SP_INLINE void code_flags(struct coder *c, uint8_t *flags)
{
    const unsigned other = sizeof usual_flags;
    unsigned index = 0;
    while (c->bits.writing && index < other && usual_flags[index] != *flags) {
        index++;
    }
    index = sp_bits_raw(&c->bits, index, 3);
    uint32_t value = index == other ? sp_bits_raw(&c->bits, *flags, 8) : usual_flags[index];
    if (!c->bits.writing) {
        *flags = (uint8_t)value;
    }
}

/* The number that each host's next packet is predicted to begin with. Setup first: behind the SYN
 * of the host's first incarnation. Then what the packets before say of it. */
struct numbers {
    sp_seq next[2];
};

/* Every packet carries all options of its kind, and no SACK. Then the urgent pointer. */
SP_INLINE void code_options(struct coder *c, uint32_t now, struct sp_segment *s)
{
    const struct sp_bounds *b = &c->setup->bounds;
    const bool syn = (s->flags & SP_SYN) != 0;
    const unsigned each = b->timestamps && (s->flags & SP_RST) == 0 ? SP_OPT_TIMESTAMPS : 0;
    sp_group(&c->bits, 7);
    like8(c, &s->options, syn ? offered(b) : each);
    near16(c, &s->mss, (s->options & SP_OPT_MSS) != 0 ? b->mss : 0);
    near8(c, &s->scale, (s->options & SP_OPT_SCALE) != 0 ? b->scale : 0);
    near8(c, &s->sacks, (s->options & SP_OPT_SACK) != 0);
    near32(c, &s->ts_val, (s->options & SP_OPT_TIMESTAMPS) != 0 ? now : 0);
    near32(c, &s->ts_ecr, (s->flags & SP_ACK) != 0 ? s->ts_val : 0);
    near16(c, &s->urgent, (s->flags & SP_URG) != 0 ? s->len : 0);
    sp_group_end(&c->bits);
    for (unsigned i = 0; i < s->sacks && i < SP_SACK_MAX; i++) {
        sp_group(&c->bits, 2);
        near32(c, &s->sack[i].left, s->ack + 1);
        near32(c, &s->sack[i].right, s->sack[i].left + 1);
        sp_group_end(&c->bits);
    }
}

/* Where in its stream a packet's text begins, as far as the setup tells: a stream of the first
 * incarnation is no longer than what its user writes. */
SP_INLINE uint32_t text_due(const struct sp_host_bounds *from, const struct sp_segment *s)
{
    const uint32_t offset = s->seq - from->iss.value[0] - 1;
    return s->len > 0 && offset < from->send ? offset : 0;
}

SP_INLINE uint32_t wnd_due(const struct sp_bounds *b, const struct sp_host_bounds *from,
                           const struct sp_segment *s)
{
    const unsigned shift = (s->flags & SP_SYN) != 0 ? 0 : b->scale & 31;
    return (s->flags & SP_RST) != 0 ? 0 : min(from->window >> shift, 65535);
}

/* A reset that answers for no TCB begins with 0 when it carries an ACK (3.10.7.1). */
SP_INLINE void code_packet(struct coder *c, uint32_t now, struct numbers *n, struct sp_packet *p)
{
    struct sp_segment *s = &p->segment;
    uint32_t from = sp_bits_raw(&c->bits, p->from, 1);
    if (!c->bits.writing) {
        p->from = (uint8_t)from;
    }
    code_flags(c, &s->flags);
    const struct sp_host_bounds *host = &c->setup->bounds.host[from];
    const bool syn = (s->flags & SP_SYN) != 0;
    const bool ack = (s->flags & SP_ACK) != 0;
    const bool rst = (s->flags & SP_RST) != 0;
    sp_group(&c->bits, 6);
    near8(c, &p->life, !rst);
    const bool zero = p->life == 0 && rst && ack;
    near16(c, &s->len, (s->flags & SP_PSH) != 0 ? c->setup->bounds.mss : 0);
    near32(c, &s->seq, zero ? 0 : n->next[from] - syn);
    near32(c, &s->ack, ack ? n->next[!from] : 0);
    near32(c, &s->text, text_due(host, s));
    near16(c, &s->wnd, wnd_due(&c->setup->bounds, host, s));
    sp_group_end(&c->bits);
    code_options(c, now, s);
    n->next[from] = zero ? n->next[from] : s->seq + syn + s->len;
    n->next[!from] = ack ? s->ack : n->next[!from];
}

/* `channel`: the world's, or its mirror image. */
SP_INLINE void code_network(struct coder *c, struct sp_channel *channel, struct sp_world *w)
{
    const struct sp_host_bounds *host = c->setup->bounds.host;
    struct numbers numbers = {{host[SP_A].iss.value[0] + 1, host[SP_B].iss.value[0] + 1}};
    sp_group(&c->bits, 4);
    near8(c, &w->losses, 0);
    near8(c, &w->duplicates, 0);
    near32(c, &w->now, 1);
    near8(c, &w->forged, 0);
    sp_group_end(&c->bits);
    uint32_t count = min(sp_bits_raw(&c->bits, channel->count, 4), SP_FLIGHT_MAX);
    if (!c->bits.writing) {
        channel->count = (uint8_t)count;
    }
    for (unsigned i = 0; i < count; i++) {
        code_packet(c, w->now, &numbers, &channel->packet[i]);
    }
    sp_bits_align(&c->bits);
}

SP_INLINE void code_part(struct coder *c, enum sp_part part, struct sp_world *w)
{
    if (part == SP_PART_NETWORK) {
        code_network(c, &w->channel, w);
        return;
    }
    code_host(c, part, &w->iss[part], &w->host[part]);
}

/* Writing never changes what it reads. */
size_t sp_world_encode_part(const struct sp_setup *setup, const struct sp_world *world,
                            enum sp_part part, uint8_t *code)
{
    struct coder c = {.bits = {.writing = true, .out = code}, .setup = setup};
    code_part(&c, part, (struct sp_world *)world);
    return c.bits.at;
}

size_t sp_world_encode_mirrored_network(const struct sp_setup *setup, const struct sp_world *world,
                                        uint8_t *code)
{
    struct coder c = {.bits = {.writing = true, .out = code}, .setup = setup};
    struct sp_channel mirror;
    sp_channel_mirror(setup, &world->channel, &mirror);
    code_network(&c, &mirror, (struct sp_world *)world);
    return c.bits.at;
}

int sp_part_compare(const uint8_t *one, size_t one_size, const uint8_t *other, size_t other_size)
{
    if (one_size != other_size) {
        return one_size < other_size ? -1 : 1;
    }
    return memcmp(one, other, one_size);
}

size_t sp_world_encode(const struct sp_setup *setup, const struct sp_world *world, uint8_t *code)
{
    const size_t a = sp_world_encode_part(setup, world, SP_PART_A, code);
    const size_t b = sp_world_encode_part(setup, world, SP_PART_B, code + a);
    uint8_t *network = code + a + b;
    const size_t size = sp_world_encode_part(setup, world, SP_PART_NETWORK, network);
    const int order = setup->bounds.symmetry ? sp_part_compare(code, a, code + a, b) : -1;
    if (order < 0) {
        return a + b + size;
    }
    uint8_t mirror[SP_CODE_MAX];
    const size_t mirror_size = sp_world_encode_mirrored_network(setup, world, mirror);
    if (order == 0 && sp_part_compare(network, size, mirror, mirror_size) <= 0) {
        return a + b + size;
    }
    sp_world_encode_part(setup, world, SP_PART_B, code);
    sp_world_encode_part(setup, world, SP_PART_A, code + b);
    memcpy(network, mirror, mirror_size);
    return a + b + mirror_size;
}

/* A place is zero before it is read into, so that nothing of what stood there survives. */
static void read_part(struct coder *c, enum sp_part part, struct sp_world *w)
{
    if (part == SP_PART_NETWORK) {
        memset(&w->channel, 0, sizeof w->channel);
        w->forged = false;
        w->serials = 0;
        w->counting = false;
    } else {
        memset(&w->host[part], 0, sizeof w->host[part]);
    }
    code_part(c, part, w);
}

/* A code that sp_world_encode_part did not write gives some part, and touches nothing beyond it. */
void sp_world_decode_part(const struct sp_setup *setup, enum sp_part part, const uint8_t *code,
                          size_t size, struct sp_world *world)
{
    struct coder c = {.bits = {.writing = false, .in = code, .size = size}, .setup = setup};
    read_part(&c, part, world);
}

void sp_world_decode(const struct sp_setup *setup, const uint8_t *code, size_t size,
                     struct sp_world *world)
{
    memset(world, 0, sizeof *world);
    struct coder c = {.bits = {.writing = false, .in = code, .size = size}, .setup = setup};
    for (unsigned part = SP_PART_A; part < SP_PART_COUNT; part++) {
        read_part(&c, part, world);
    }
}
