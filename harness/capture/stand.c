/*
 * Which segment of the model a real one stands for.
 *
 * Both ends do the same when they are in the same state, but not to the letter: windows, options
 * and the cut of text differ, a real end may answer two segments with one ACK. So the most alike is
 * taken, and of equals the oldest. Whatever the model sent before that, or within the text of it,
 * the real end did not send.
 */
#include "capture/follow.h"

const struct sp_packet *sp_follow_own(const struct sp_follower *f, unsigned host, unsigned index)
{
    /* The bag is sorted by contents; serials tell the order. They may wrap: then it is only an
     * order. */
    const struct sp_channel *channel = &f->world.channel;
    const struct sp_packet *found = NULL;
    for (unsigned rank = 0; rank <= index; rank++) {
        const struct sp_packet *next = NULL;
        for (unsigned i = 0; i < channel->count; i++) {
            const struct sp_packet *packet = &channel->packet[i];
            if (packet->from == host && f->taken[packet->serial] == 0 &&
                (found == NULL || packet->serial > found->serial) &&
                (next == NULL || packet->serial < next->serial)) {
                next = packet;
            }
        }
        if (next == NULL) {
            return NULL;
        }
        found = next;
    }
    return found;
}

void sp_follow_lose(struct sp_follower *f, uint16_t serial)
{
    f->taken[serial] = 0;
    sp_follow_act(f, &(struct sp_action){.kind = SP_ACTION_LOSE, .serial = serial});
}

static bool bare_ack(const struct sp_segment *s)
{
    return sp_segment_len(s) == 0 && (s->flags & (SP_SYN | SP_FIN | SP_RST)) == 0;
}

/* How well the real segment can stand for the model's: 0 not at all. */
static unsigned likeness(const struct sp_segment *real, const struct sp_segment *model)
{
    const unsigned kind = SP_SYN | SP_FIN | SP_RST;
    const bool same_kind = (real->flags & kind) == (model->flags & kind);
    if (bare_ack(real) || bare_ack(model)) {
        return !bare_ack(real) || !bare_ack(model) ? 0 : real->ack == model->ack ? 2 : 1;
    }
    const bool overlap = sp_seq_lt(model->seq, real->seq + sp_segment_len(real)) &&
                         sp_seq_lt(real->seq, model->seq + sp_segment_len(model));
    if (same_kind && real->seq == model->seq) {
        return real->len == model->len ? 4 : 3;
    }
    return overlap && ((real->flags ^ model->flags) & (SP_SYN | SP_RST)) == 0 ? 2 : 0;
}

/* The model's segment that the real one stands for; of equals the oldest. 0: none. */
static uint16_t find_likeness(const struct sp_follower *f, unsigned host,
                              const struct sp_segment *real)
{
    uint16_t serial = 0;
    unsigned best = 0;
    const struct sp_packet *own;
    for (unsigned i = 0; (own = sp_follow_own(f, host, i)) != NULL; i++) {
        const unsigned alike = likeness(real, &own->segment);
        if (alike > best) {
            best = alike;
            serial = own->serial;
        }
    }
    return serial;
}

/* Two segments of the model for one real: the one that the real does not stand for was not sent. */
static bool covered(const struct sp_segment *real, const struct sp_segment *model)
{
    return !bare_ack(real) && !bare_ack(model) && sp_seq_le(real->seq, model->seq) &&
           sp_seq_le(model->seq + sp_segment_len(model), real->seq + sp_segment_len(real));
}

/* Finds what the real segment stands for, and takes out what the model sent before it or beside it
 * and the real end did not. */
void sp_follow_take(struct sp_follower *f, const struct sp_passage *p)
{
    const uint16_t serial = find_likeness(f, p->from, &p->segment);
    f->stands_for[f->at] = serial;
    if (serial == 0) {
        return;
    }
    f->taken[serial] = 1;
    unsigned index = 0;
    const struct sp_packet *own;
    while (!f->out_of_memory && (own = sp_follow_own(f, p->from, index)) != NULL) {
        if (own->serial < serial || covered(&p->segment, &own->segment)) {
            sp_follow_lose(f, own->serial);
        } else {
            index++;
        }
    }
}
