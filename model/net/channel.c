/*
 * The network: a bag of at most bounds.flight packets (RFC 9293 3.4: segments may be lost,
 * duplicated, delayed and reordered). It never alters a segment.
 *
 * Which packet arrives, stays or is lost is not decided here: every choice is an action.
 * Invariant: with reordering the packets are sorted by sp_packet_compare, without it A's come
 * before B's, each in the order sent. So equal networks are equal arrays. (bounds.sorted = off
 * keeps them as sent, to show that sorting them loses nothing.)
 */
#include "net/private.h"

#include <string.h>

static int compare(uint32_t a, uint32_t b)
{
    return (a > b) - (a < b);
}

/* Fields that seldom differ when all before them are equal. */
static int compare_rest(const struct sp_segment *a, const struct sp_segment *b)
{
    const uint32_t pairs[][2] = {
        {a->text, b->text},       {a->ts_ecr, b->ts_ecr}, {a->urgent, b->urgent},
        {a->options, b->options}, {a->mss, b->mss},       {a->scale, b->scale},
        {a->sacks, b->sacks},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        if (pairs[i][0] != pairs[i][1]) {
            return compare(pairs[i][0], pairs[i][1]);
        }
    }
    for (unsigned i = 0; i < SP_SACK_MAX; i++) {
        int order = compare(a->sack[i].left, b->sack[i].left);
        order = order != 0 ? order : compare(a->sack[i].right, b->sack[i].right);
        if (order != 0) {
            return order;
        }
    }
    return 0;
}

int sp_packet_compare(const struct sp_packet *a, const struct sp_packet *b)
{
    const struct sp_segment *s = &a->segment;
    const struct sp_segment *t = &b->segment;
    if (a->from != b->from) {
        return compare(a->from, b->from);
    }
    if (a->life != b->life) {
        return compare(a->life, b->life);
    }
    if (s->seq != t->seq) {
        return compare(s->seq, t->seq);
    }
    if (s->flags != t->flags) {
        return compare(s->flags, t->flags);
    }
    if (s->len != t->len) {
        return compare(s->len, t->len);
    }
    if (s->ack != t->ack) {
        return compare(s->ack, t->ack);
    }
    if (s->wnd != t->wnd) {
        return compare(s->wnd, t->wnd);
    }
    if (s->ts_val != t->ts_val) {
        return compare(s->ts_val, t->ts_val);
    }
    return compare_rest(s, t);
}

/* `packet` stands behind `other`. Equal ones: the later sent stands behind. */
static bool stands_behind(const struct sp_setup *setup, const struct sp_packet *packet,
                          const struct sp_packet *other)
{
    if (!setup->bounds.reorder) {
        return packet->from >= other->from;
    }
    if (!setup->bounds.sorted) {
        return true;
    }
    return sp_packet_compare(packet, other) >= 0;
}

bool sp_channel_put(const struct sp_setup *setup, struct sp_channel *channel,
                    const struct sp_packet *packet)
{
    if (channel->count >= setup->bounds.flight || channel->count >= SP_FLIGHT_MAX) {
        return false;
    }
    unsigned at = channel->count;
    while (at > 0 && !stands_behind(setup, packet, &channel->packet[at - 1])) {
        channel->packet[at] = channel->packet[at - 1];
        at--;
    }
    channel->packet[at] = *packet;
    channel->count++;
    return true;
}

/* The place that becomes free is zero again, so that equal worlds are equal octet by octet. */
void sp_channel_take(struct sp_channel *channel, unsigned index)
{
    for (unsigned i = index; i + 1 < channel->count; i++) {
        channel->packet[i] = channel->packet[i + 1];
    }
    channel->count--;
    memset(&channel->packet[channel->count], 0, sizeof channel->packet[0]);
}

bool sp_channel_offers(const struct sp_setup *setup, const struct sp_channel *channel,
                       unsigned index)
{
    if (index == 0) {
        return true;
    }
    const struct sp_packet *packet = &channel->packet[index];
    const struct sp_packet *before = &channel->packet[index - 1];
    if (!setup->bounds.reorder) {
        return packet->from != before->from;
    }
    return !setup->bounds.sorted || sp_packet_compare(packet, before) != 0;
}

/*
 * 2MSL outlasts every segment of the incarnation, and the answers to them. A packet sent without a
 * TCB may be such an answer, and an incarnation whose peer is not known may have any: what is not
 * known to belong to another incarnation of both ends counts.
 */
bool sp_world_drained(const struct sp_world *world, unsigned host)
{
    const struct sp_host *h = &world->host[host];
    const struct sp_life *life = sp_life(h);
    unsigned peer = life == NULL ? 0 : life->peer;
    for (unsigned i = 0; i < world->channel.count; i++) {
        const struct sp_packet *p = &world->channel.packet[i];
        unsigned own = p->from == host ? h->lives : peer;
        if (p->life == 0 || own == 0 || p->life == own) {
            return false;
        }
    }
    return true;
}

void sp_channel_disown(const struct sp_setup *setup, struct sp_channel *channel, unsigned host,
                       unsigned life)
{
    const struct sp_channel old = *channel;
    memset(channel, 0, sizeof *channel);
    for (unsigned i = 0; i < old.count; i++) {
        struct sp_packet packet = old.packet[i];
        packet.life = packet.from == host && packet.life == life ? 0 : packet.life;
        sp_channel_put(setup, channel, &packet);
    }
}

/* A reset from CLOSED or LISTEN has no numbers but those of its cause: the host's own claims none
 * of its own, the peer's may answer what the host sent before it forgot. */
bool sp_own_in_flight(const struct sp_world *world, unsigned host)
{
    for (unsigned i = 0; i < world->channel.count; i++) {
        const struct sp_packet *p = &world->channel.packet[i];
        if ((p->from == host) == (p->life != 0)) {
            return true;
        }
    }
    return false;
}

void sp_channel_mirror(const struct sp_setup *setup, const struct sp_channel *channel,
                       struct sp_channel *mirror)
{
    mirror->count = 0;
    for (unsigned i = 0; i < channel->count; i++) {
        struct sp_packet packet = channel->packet[i];
        packet.from = !packet.from;
        sp_channel_put(setup, mirror, &packet);
    }
}
