/*
 * From passages to a script: the packets as INJECT and VANISH, the users' calls and the timers
 * inferred from what each end sent (RFC 9293 3.10: only they make an end send unasked).
 *
 * Every action is taken in a world of the model at once, so "what would the model do by itself" is
 * read off the segments that it put into its network. Those never arrive: the real ones are
 * injected in their place, and what the real end did not send is lost (LOSE). The invariant:
 * replaying the script from initial world 0 leads to capture->end.
 */
#include "capture/follow.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

struct sp_tcb *sp_follow_tcb(struct sp_follower *f, unsigned host)
{
    return &f->world.host[host].tcb;
}

static const struct sp_passage *current(const struct sp_follower *f)
{
    return &f->passages->item[f->at];
}

static bool append(struct sp_follower *f, const struct sp_action *action)
{
    struct sp_capture *c = f->capture;
    if (!sp_capture_grow((void **)&c->packet, &f->packet_capacity, c->script.count,
                         sizeof *c->packet) ||
        !sp_capture_grow((void **)&c->script.action, &c->script.capacity, c->script.count,
                         sizeof *action)) {
        f->out_of_memory = true;
        return false;
    }
    c->packet[c->script.count] = current(f)->packet;
    c->script.action[c->script.count++] = *action;
    return true;
}

void sp_follow_act(struct sp_follower *f, const struct sp_action *action)
{
    struct sp_step step;
    if (append(f, action)) {
        sp_world_act(&f->capture->script.setup, &f->world, action, &step);
    }
}

/* What goes first when the network is full: the oldest that no real segment stands for, else the
 * oldest. */
static uint16_t most_useless(const struct sp_follower *f)
{
    const struct sp_channel *channel = &f->world.channel;
    uint16_t found = channel->packet[0].serial;
    for (unsigned i = 1; i < channel->count; i++) {
        const uint16_t serial = channel->packet[i].serial;
        const bool less = f->taken[serial] < f->taken[found];
        if (less || (f->taken[serial] == f->taken[found] && serial < found)) {
            found = serial;
        }
    }
    return found;
}

/* Acts, with room in the network for what that makes the model send. */
static void act_with_room(struct sp_follower *f, const struct sp_action *action)
{
    while (f->world.channel.count + SP_SEND_MAX > SP_FLIGHT_MAX && !f->out_of_memory) {
        sp_follow_lose(f, most_useless(f));
    }
    sp_follow_act(f, action);
}

void sp_follow_call(struct sp_follower *f, unsigned host, enum sp_event_kind event, uint32_t count,
                    bool urgent)
{
    act_with_room(f, &(struct sp_action){.kind = SP_ACTION_CALL,
                                         .host = (uint8_t)host,
                                         .event = (uint8_t)event,
                                         .count = count,
                                         .urgent = urgent});
}

void sp_follow_open(struct sp_follower *f, unsigned host, sp_seq iss)
{
    act_with_room(f, &(struct sp_action){.kind = SP_ACTION_CALL,
                                         .host = (uint8_t)host,
                                         .event = SP_EVENT_OPEN_ACTIVE,
                                         .has_iss = true,
                                         .iss = iss});
}

void sp_follow_timer(struct sp_follower *f, unsigned host, enum sp_event_kind event)
{
    act_with_room(f, &(struct sp_action){
                         .kind = SP_ACTION_TIMER, .host = (uint8_t)host, .event = (uint8_t)event});
}

bool sp_follow_may_begin(struct sp_follower *f, unsigned host)
{
    if (f->world.host[host].lives < SP_LIVES_MAX) {
        return true;
    }
    sp_capture_remark(f->capture, current(f)->packet, false,
                      "one opening more than %d: the script ends before it", SP_LIVES_MAX);
    f->stop = true;
    return false;
}

/* The segment with the place of its text in its sender's stream, which the wire does not tell. */
static struct sp_segment placed(const struct sp_follower *f, const struct sp_passage *p)
{
    struct sp_segment s = p->segment;
    const struct sp_follow_end *from = &f->end[p->from];
    if (s.len > 0 && from->known) {
        s.text = sp_segment_text_seq(&s) - from->iss - 1;
    }
    return s;
}

/* The timestamp that the host puts on what it sends next: its clock when the packet arrives. */
static uint32_t clock_of(const struct sp_follower *f, unsigned host)
{
    for (size_t i = f->at; i < f->passages->count && i < f->at + SP_FOLLOW_AHEAD; i++) {
        const struct sp_passage *p = &f->passages->item[i];
        if (p->sent && p->from == host && (p->segment.options & SP_OPT_TIMESTAMPS) != 0 &&
            p->segment.ts_val != 0) {
            return p->segment.ts_val;
        }
    }
    return f->end[host].clock;
}

const struct sp_segment *sp_follow_answer(const struct sp_follower *f, unsigned host,
                                          const struct sp_segment *syn, unsigned flags)
{
    for (size_t i = f->at + 1; i < f->passages->count && i < f->at + SP_FOLLOW_AHEAD; i++) {
        const struct sp_passage *p = &f->passages->item[i];
        if (p->sent && p->from == host && sp_has(&p->segment, flags | SP_ACK) &&
            p->segment.ack == syn->seq + sp_segment_len(syn)) {
            return &p->segment;
        }
    }
    return NULL;
}

static void inject(struct sp_follower *f, unsigned host, const struct sp_segment *segment,
                   bool has_iss, sp_seq iss, uint16_t serial)
{
    act_with_room(f, &(struct sp_action){.kind = SP_ACTION_INJECT,
                                         .host = (uint8_t)host,
                                         .has_iss = has_iss,
                                         .iss = iss,
                                         .serial = serial,
                                         .now = clock_of(f, host),
                                         .segment = *segment});
    f->taken[serial] = 0;
}

void sp_follow_inject(struct sp_follower *f, unsigned host, const struct sp_segment *segment,
                      bool has_iss, sp_seq iss)
{
    const struct sp_packet *own = sp_follow_own(f, !host, 0);
    inject(f, host, segment, has_iss, iss, own == NULL ? 0 : own->serial);
}

/* A SYN that the real host answered with SYN,ACK found a listener, or reopened TIME-WAIT. Makes the
 * model's host ready to do the same. */
static void prepare_for_syn(struct sp_follower *f, unsigned host, const struct sp_segment *syn,
                            const struct sp_segment *answer)
{
    struct sp_tcb *t = sp_follow_tcb(f, host);
    const bool refused = answer == NULL && sp_follow_answer(f, host, syn, SP_RST) != NULL;
    if (refused || (answer == NULL && t->state != SP_CLOSED)) {
        return;
    }
    if (t->state == SP_LISTEN || t->state == SP_SYN_SENT ||
        (answer != NULL && t->state != SP_CLOSED && t->iss == answer->seq)) {
        return;
    }
    if (!sp_follow_may_begin(f, host)) {
        return;
    }
    if (t->state == SP_TIME_WAIT) {
        struct sp_world trial = f->world;
        struct sp_step step;
        const struct sp_action inject = {.kind = SP_ACTION_INJECT,
                                         .host = (uint8_t)host,
                                         .has_iss = true,
                                         .iss = answer->seq,
                                         .segment = *syn};
        sp_world_act(&f->capture->script.setup, &trial, &inject, &step);
        if (trial.host[host].tcb.state == SP_SYN_RECEIVED) {
            return;
        }
    }
    sp_follow_end_old(f, host);
    sp_follow_call(f, host, SP_EVENT_OPEN_PASSIVE, 0, false);
}

static void arrived(struct sp_follower *f)
{
    const struct sp_passage *p = current(f);
    const unsigned host = !p->from;
    const struct sp_segment segment = placed(f, p);
    const struct sp_segment *answer = NULL;
    if ((segment.flags & (SP_SYN | SP_ACK | SP_RST)) == SP_SYN) {
        answer = sp_follow_answer(f, host, &segment, SP_SYN);
        prepare_for_syn(f, host, &segment, answer);
    }
    if (f->stop) {
        return;
    }
    const enum sp_state state = (enum sp_state)sp_follow_tcb(f, host)->state;
    const bool begins = answer != NULL && (state == SP_LISTEN || state == SP_TIME_WAIT);
    inject(f, host, &segment, begins, begins ? answer->seq : 0, f->stands_for[p->origin]);
    if (begins && sp_follow_tcb(f, host)->iss == answer->seq) {
        sp_follow_begin(f, host, answer->seq);
    }
}

static void sent(struct sp_follower *f)
{
    const struct sp_passage *p = current(f);
    sp_follow_sent(f, p);
    if (f->stop) {
        return;
    }
    sp_follow_take(f, p);
    if (p->lost) {
        f->taken[f->stands_for[f->at]] = 0;
        sp_follow_act(f, &(struct sp_action){.kind = SP_ACTION_VANISH,
                                             .host = p->from,
                                             .serial = f->stands_for[f->at],
                                             .segment = placed(f, p)});
    }
    if ((p->segment.options & SP_OPT_TIMESTAMPS) != 0 && p->segment.ts_val != 0) {
        f->end[p->from].clock = p->segment.ts_val;
    }
    if (sp_has(&p->segment, SP_SYN) && f->capture->script.setup.bounds.scale > 0) {
        f->end[p->from].scale = p->segment.scale;
    }
}

/* A listener was there before the first SYN came. */
static void open_listener(struct sp_follower *f)
{
    const struct sp_passage *p = current(f);
    if ((p->segment.flags & (SP_SYN | SP_ACK | SP_RST)) == SP_SYN &&
        sp_follow_answer(f, !p->from, &p->segment, SP_SYN) != NULL &&
        (f->capture->script.setup.bounds.host[!p->from].open & SP_OPEN_ACTIVE) == 0) {
        sp_follow_call(f, !p->from, SP_EVENT_OPEN_PASSIVE, 0, false);
    }
}

static void follow_all(struct sp_follower *f)
{
    sp_world_init(&f->capture->script.setup, 0, true, &f->world);
    sp_follow_suppose(f);
    open_listener(f);
    for (; f->at < f->passages->count && !f->stop && !f->out_of_memory; f->at++) {
        if (current(f)->sent) {
            sent(f);
        }
        if (current(f)->arrives && !f->stop) {
            arrived(f);
        }
    }
    f->capture->end = f->world;
}

bool sp_capture_follow(const struct sp_passages *passages, struct sp_capture *capture)
{
    capture->script.expect = SP_EXPECT_PASS;
    struct sp_follower *f = calloc(1, sizeof *f);
    if (f == NULL) {
        return false;
    }
    f->capture = capture;
    f->passages = passages;
    f->stands_for = calloc(passages->count, sizeof *f->stands_for);
    f->out_of_memory = f->stands_for == NULL;
    if (!f->out_of_memory && passages->count > 0) {
        follow_all(f);
    }
    const bool done = !f->out_of_memory;
    free(f->stands_for);
    free(f);
    return done;
}
