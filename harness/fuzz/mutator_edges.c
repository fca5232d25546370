/*
 * The numbers at which something changes for a segment that arrives (RFC 9293 3.4, 3.10.7; RFC 5961
 * 3.2, 4.2, 5.2): the expected one and its neighbours, both edges of the window, what is held, what
 * an older incarnation used, and where arithmetic modulo 2^32 turns.
 *
 * An edge is an offset from a variable of the receiver where it has one, so that it stays an edge
 * when the script before it changes.
 */
#include "fuzz/mutator_edit.h"

#define HALF 0x80000000U /* at this distance neither precedes the other */

struct edges {
    struct sp_edge *edge;
    unsigned count;
};

static void add(struct edges *edges, unsigned anchor, uint32_t offset)
{
    edges->edge[edges->count++] = (struct sp_edge){(uint8_t)anchor, offset};
}

/* The number and both neighbours. */
static void add_about(struct edges *edges, unsigned anchor, uint32_t offset)
{
    add(edges, anchor, offset);
    add(edges, anchor, offset - 1);
    add(edges, anchor, offset + 1);
}

/* Where numbers turn: at 0, at 2^31, and at half of the circle from the variable. */
static void add_turns(struct edges *edges, unsigned anchor)
{
    add_about(edges, SP_ANCHOR_ABSOLUTE, 0);
    add_about(edges, SP_ANCHOR_ABSOLUTE, HALF);
    add_about(edges, anchor, HALF);
}

/* What incarnations of a host used, but for the last one unless it is over: first and last number.
 * `base` is the value of the variable. */
static void add_older(struct edges *edges, const struct sp_host *host, unsigned anchor, sp_seq base)
{
    for (unsigned i = 0; i < host->lives; i++) {
        const struct sp_life *life = &host->life[i];
        if (life->begun && (i + 1U < host->lives || life->ended != SP_END_LIVING)) {
            add(edges, anchor, life->iss - base);
            add(edges, anchor, life->end - base);
        }
    }
}

unsigned sp_seq_edges(const struct sp_world *world, unsigned host, uint32_t len,
                      struct sp_edge *edge)
{
    const struct sp_tcb *t = &world->host[host].tcb;
    const uint32_t window = sp_rcv_wnd(t);
    struct edges edges = {edge, 0};
    add_about(&edges, SP_ANCHOR_RCV_NXT, 0);
    add_about(&edges, SP_ANCHOR_RCV_NXT, window);
    add(&edges, SP_ANCHOR_RCV_NXT, 0U - len);          /* ends right before the window */
    add(&edges, SP_ANCHOR_RCV_NXT, 1U - len);          /* ends with the first number of it */
    add(&edges, SP_ANCHOR_RCV_NXT, window - len);      /* ends with the last number of it */
    add(&edges, SP_ANCHOR_RCV_NXT, window - len + 1U); /* ends right behind it */
    add_about(&edges, SP_ANCHOR_IRS, 0);
    for (unsigned i = 0; i < t->helds; i++) {
        add(&edges, SP_ANCHOR_RCV_NXT, t->held[i].left - len - t->rcv_nxt);
        add(&edges, SP_ANCHOR_RCV_NXT, t->held[i].left - t->rcv_nxt);
        add(&edges, SP_ANCHOR_RCV_NXT, t->held[i].right - t->rcv_nxt);
    }
    add_turns(&edges, SP_ANCHOR_RCV_NXT);
    add_older(&edges, &world->host[!host], SP_ANCHOR_IRS, t->irs);
    return edges.count;
}

unsigned sp_ack_edges(const struct sp_world *world, unsigned host, struct sp_edge *edge)
{
    const struct sp_tcb *t = &world->host[host].tcb;
    struct edges edges = {edge, 0};
    add_about(&edges, SP_ANCHOR_SND_UNA, 0);
    add_about(&edges, SP_ANCHOR_SND_UNA, 0U - t->snd_wnd_max); /* RFC 5961 5.2 */
    add_about(&edges, SP_ANCHOR_SND_NXT, 0);
    add_about(&edges, SP_ANCHOR_SND_NXT, t->snd_max - t->snd_nxt);
    add_about(&edges, SP_ANCHOR_SND_NXT, t->snd_end - t->snd_nxt);
    add_about(&edges, SP_ANCHOR_ISS, 0);
    add_turns(&edges, SP_ANCHOR_SND_NXT);
    add_older(&edges, &world->host[host], SP_ANCHOR_ISS, t->iss);
    return edges.count;
}

sp_seq sp_edge_value(const struct sp_world *world, unsigned host, struct sp_edge edge)
{
    const struct sp_tcb *t = &world->host[host].tcb;
    switch ((enum sp_anchor)edge.anchor) {
    case SP_ANCHOR_RCV_NXT:
        return t->rcv_nxt + edge.offset;
    case SP_ANCHOR_IRS:
        return t->irs + edge.offset;
    case SP_ANCHOR_SND_UNA:
        return t->snd_una + edge.offset;
    case SP_ANCHOR_SND_NXT:
        return t->snd_nxt + edge.offset;
    case SP_ANCHOR_ISS:
        return t->iss + edge.offset;
    case SP_ANCHOR_ABSOLUTE:
    case SP_ANCHOR_COUNT:
        break;
    }
    return edge.offset;
}
