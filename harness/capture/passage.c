/*
 * From sightings to passages: which packets belong to one connection, who sent each, and whether it
 * ever arrived.
 *
 * A capture on a router sees each packet twice, coming in and going out (a capture of all devices
 * of one machine that talks to itself: going out, then coming in). The first sighting is where the
 * packet was sent, the second where it arrives; one without a second was lost, one with two seconds
 * was doubled. A capture with one point of view sees each once: sent and arrived at once. Packets
 * are paired when they are equal to the last octet of text; the earliest without a partner first.
 */
#include "capture/private.h"

#include <stdlib.h>
#include <string.h>

static struct sp_flow reversed(const struct sp_flow *flow)
{
    struct sp_flow back = *flow;
    memcpy(back.source, flow->destination, sizeof back.source);
    memcpy(back.destination, flow->source, sizeof back.destination);
    back.source_port = flow->destination_port;
    back.destination_port = flow->source_port;
    return back;
}

static bool same_flow(const struct sp_flow *a, const struct sp_flow *b)
{
    return a->version == b->version && a->source_port == b->source_port &&
           a->destination_port == b->destination_port &&
           memcmp(a->source, b->source, sizeof a->source) == 0 &&
           memcmp(a->destination, b->destination, sizeof a->destination) == 0;
}

/* The end of this connection that sent the packet, SP_A or SP_B; 2 when it is of another one. */
static unsigned sender(const struct sp_capture_connection *c, const struct sp_flow *flow)
{
    const struct sp_flow back = reversed(&c->flow);
    return same_flow(&c->flow, flow) ? SP_A : same_flow(&back, flow) ? SP_B : 2;
}

/* Connections that are told apart: beyond that a capture is better filtered first. */
#define CONNECTIONS_MAX 4096

static struct sp_capture_connection *find(struct sp_capture *capture, const struct sp_flow *flow)
{
    for (size_t i = 0; i < capture->connections; i++) {
        if (sender(&capture->connection[i], flow) != 2) {
            return &capture->connection[i];
        }
    }
    return NULL;
}

bool sp_capture_connections(const struct sp_sightings *sightings, struct sp_capture *capture)
{
    size_t capacity = 0;
    for (size_t i = 0; i < sightings->count; i++) {
        const struct sp_sighting *s = &sightings->item[i];
        struct sp_capture_connection *c = find(capture, &s->flow);
        if (c == NULL && capture->connections == CONNECTIONS_MAX) {
            continue;
        }
        if (c == NULL) {
            if (!sp_capture_grow((void **)&capture->connection, &capacity, capture->connections,
                                 sizeof *c)) {
                return false;
            }
            c = &capture->connection[capture->connections++];
            *c = (struct sp_capture_connection){.flow = s->flow, .first = s->packet};
        }
        c->packets++;
    }
    return true;
}

static bool same_packet(const struct sp_sighting *a, const struct sp_sighting *b)
{
    return a->ip_id == b->ip_id && a->digest == b->digest && same_flow(&a->flow, &b->flow) &&
           memcmp(&a->segment, &b->segment, sizeof a->segment) == 0;
}

struct pairing {
    const struct sp_sighting **seen; /* of this connection, in the file's order */
    size_t *partner;                 /* of a second sighting: index of its first; else NONE */
    bool *met;                       /* of a first sighting: it has a second */
    size_t count;
    uint8_t first_way; /* first sightings go this way */
};

#define NONE SIZE_MAX

/* The farthest back that a packet's first sighting is looked for: packets held longer than that
 * behind others do not occur, and the search stays linear. */
#define LOOK_BACK 4096

static size_t find_first(const struct pairing *p, size_t second)
{
    size_t doubled = NONE;
    const size_t begin = second > LOOK_BACK ? second - LOOK_BACK : 0;
    for (size_t i = begin; i < second; i++) {
        const struct sp_sighting *s = p->seen[i];
        if (s->way != p->first_way || !same_packet(s, p->seen[second])) {
            continue;
        }
        if (!p->met[i]) {
            return i;
        }
        doubled = i;
    }
    return doubled;
}

/* True when packets were seen twice on their way. */
static bool pair_up(struct pairing *p)
{
    bool any = false;
    for (size_t i = 0; i < p->count; i++) {
        p->partner[i] = NONE;
        const uint8_t way = p->seen[i]->way;
        if (way == SP_WAY_UNKNOWN || way == p->first_way) {
            continue;
        }
        const size_t first = find_first(p, i);
        p->partner[i] = first;
        if (first != NONE) {
            p->met[first] = true;
            any = true;
        }
    }
    return any;
}

static bool add(struct sp_passages *passages, const struct sp_passage *passage)
{
    if (!sp_capture_grow((void **)&passages->item, &passages->capacity, passages->count,
                         sizeof *passage)) {
        return false;
    }
    passages->item[passages->count++] = *passage;
    return true;
}

static bool add_all(const struct pairing *p, const struct sp_capture_connection *connection,
                    struct sp_capture *capture, struct sp_passages *passages)
{
    for (size_t i = 0; i < p->count; i++) {
        const struct sp_sighting *s = p->seen[i];
        struct sp_passage passage = {
            .packet = s->packet,
            .from = (uint8_t)sender(connection, &s->flow),
            .sent = true,
            .arrives = true,
            .segment = s->segment,
            .origin = i,
        };
        if (capture->both_sides && s->way == p->first_way) {
            passage.arrives = false;
            passage.lost = !p->met[i];
        } else if (capture->both_sides && p->partner[i] != NONE) {
            passage.sent = false;
            passage.origin = p->partner[i];
        } else if (capture->both_sides) {
            sp_capture_remark(capture, s->packet, false,
                              "seen on one side only: taken as sent and arrived at once");
        }
        if (!add(passages, &passage)) {
            return false;
        }
    }
    return true;
}

bool sp_capture_passages(const struct sp_sightings *sightings, size_t selected,
                         struct sp_capture *capture, struct sp_passages *passages)
{
    const struct sp_capture_connection *connection = &capture->connection[selected];
    const size_t count = connection->packets;
    struct pairing p = {
        .seen = calloc(count, sizeof *p.seen),
        .partner = calloc(count, sizeof *p.partner),
        .met = calloc(count, sizeof *p.met),
    };
    bool done = p.seen != NULL && p.partner != NULL && p.met != NULL;
    for (size_t i = 0; done && i < sightings->count; i++) {
        if (sender(connection, &sightings->item[i].flow) != 2) {
            p.seen[p.count++] = &sightings->item[i];
        }
    }
    if (done) {
        p.first_way = p.seen[0]->way;
        capture->both_sides = pair_up(&p);
        done = add_all(&p, connection, capture, passages);
    }
    free(p.seen);
    free(p.partner);
    free(p.met);
    return done;
}
