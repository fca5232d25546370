/*
 * The world's own step: an action becomes an event, the machine takes it, what it sent goes into
 * the network, and the ghosts note what happened. Moves and scripts come together in perform().
 *
 * Nothing is chosen here; see actions.c for what is possible and ghosts.c for what is noted.
 * Invariant: the same world and action give the same world, on every machine.
 */
#include "net/private.h"

#include <string.h>

uint32_t sp_world_initials(const struct sp_setup *setup)
{
    const struct sp_host_bounds *b = setup->bounds.host;
    return (uint32_t)b[SP_A].iss.count * b[SP_B].iss.count;
}

void sp_world_init(const struct sp_setup *setup, uint32_t index, bool counting,
                   struct sp_world *world)
{
    const uint32_t count = setup->bounds.host[SP_B].iss.count;
    *world = (struct sp_world){.now = 1, .counting = counting};
    world->iss[SP_A] = (uint8_t)(index / count);
    world->iss[SP_B] = (uint8_t)(index % count);
}

/* A step does not exist yet: no host acted. The large parts are left as they are. */
static void begin_step(struct sp_step *step, const struct sp_action *action)
{
    step->action = *action;
    step->acted = false;
    step->host = action->host;
    step->event_life = 0;
    step->forged = false;
    step->overflow = 0;
    for (unsigned i = 0; i < SP_SEND_MAX; i++) {
        step->serial[i] = 0;
    }
}

/* Every OPEN asks for what the bounds say; the remote socket is always the other host's. */
static struct sp_open open_parameters(const struct sp_bounds *b, unsigned host)
{
    const struct sp_host_bounds *h = &b->host[host];
    unsigned options = SP_OPT_MSS;
    options |= b->timestamps ? SP_OPT_TIMESTAMPS : 0U;
    options |= b->sack ? SP_OPT_SACK_PERMITTED : 0U;
    options |= b->scale > 0 ? SP_OPT_SCALE : 0U;
    return (struct sp_open){
        .buffer = h->window,
        .mss = (uint16_t)b->mss,
        .options = (uint8_t)options,
        .scale = (uint8_t)b->scale,
        .r2 = (uint8_t)b->r2,
        .remote = true,
        .keep_alive = h->keep_alives > 0,
        .reading = h->read,
    };
}

static bool begins_connection(enum sp_event_kind kind, enum sp_state state)
{
    return kind == SP_EVENT_OPEN_ACTIVE || (kind == SP_EVENT_SEND && state == SP_LISTEN) ||
           (kind == SP_EVENT_SEGMENT && (state == SP_LISTEN || state == SP_TIME_WAIT));
}

static void begin_event(const struct sp_setup *setup, const struct sp_world *world,
                        enum sp_event_kind kind, struct sp_step *step)
{
    const struct sp_action *action = &step->action;
    struct sp_event *e = &step->event;
    e->kind = kind;
    e->now = world->now;
    e->iss = 0;
    e->count = action->kind == SP_ACTION_CALL ? action->count : 0;
    e->urgent = action->kind == SP_ACTION_CALL && action->urgent;
    e->open = (struct sp_open){0};
    e->segment = (struct sp_segment){0};
    if (kind == SP_EVENT_OPEN_ACTIVE || kind == SP_EVENT_OPEN_PASSIVE) {
        e->open = open_parameters(&setup->bounds, step->host);
    }
    if (action->has_iss) {
        e->iss = action->iss;
    } else if (begins_connection(kind, world->host[step->host].tcb.state)) {
        e->iss = sp_chosen_iss(setup, world, step->host);
    }
}

struct sp_policy sp_world_policy(const struct sp_setup *setup, unsigned host,
                                 const struct sp_host *before)
{
    struct sp_policy policy = setup->policy;
    if (before->lives >= setup->bounds.host[host].opens || before->lives >= SP_LIVES_MAX) {
        policy.tw_reopen = SP_tw_reopen_NONE;
    }
    return policy;
}

/* What a step sent while there was a TCB belongs to its incarnation. A reset from CLOSED or LISTEN
 * belongs to none. */
struct sp_packet sp_step_packet(const struct sp_step *step, const struct sp_world *after,
                                unsigned index)
{
    const struct sp_host *host = &after->host[step->host];
    const unsigned state = step->before.tcb.state;
    bool without = (state == SP_CLOSED || state == SP_LISTEN) && host->tcb.state == state;
    return (struct sp_packet){.segment = step->output.segment[index],
                              .from = step->host,
                              .life = without ? 0 : host->lives};
}

static void put_on_wire(const struct sp_setup *setup, struct sp_world *world, struct sp_step *step)
{
    for (unsigned i = 0; i < step->output.sent; i++) {
        struct sp_packet packet = sp_step_packet(step, world, i);
        if (world->counting) {
            world->serials = world->serials == UINT16_MAX ? 1 : (uint16_t)(world->serials + 1);
            packet.serial = world->serials;
            step->serial[i] = packet.serial;
        }
        if (!sp_channel_put(setup, &world->channel, &packet)) {
            step->overflow |= (uint8_t)(1U << i);
        }
    }
}

/* The host takes step->event. Everything that can happen to a host passes here. */
static void act(const struct sp_setup *setup, struct sp_world *world, struct sp_step *step)
{
    struct sp_host *h = &world->host[step->host];
    step->acted = true;
    step->before = *h;
    if (h->tcb.state == SP_TIME_WAIT && step->event.kind == SP_EVENT_SEGMENT) {
        struct sp_policy policy = sp_world_policy(setup, step->host, h);
        sp_step(&policy, &h->tcb, &step->event, &step->output);
    } else {
        sp_step(&setup->policy, &h->tcb, &step->event, &step->output);
    }
    sp_ghosts_update(setup, world, step);
    put_on_wire(setup, world, step);
}

static void spend(uint8_t *budget)
{
    *budget = *budget == UINT8_MAX ? UINT8_MAX : (uint8_t)(*budget + 1);
}

static void call(const struct sp_setup *setup, struct sp_world *world, struct sp_step *step)
{
    struct sp_host *h = &world->host[step->host];
    if (step->action.event == SP_EVENT_ABORT && h->tcb.state != SP_CLOSED) {
        spend(&h->aborts);
    }
    begin_event(setup, world, step->action.event, step);
    act(setup, world, step);
}

/* A timer that does not run spends nothing, and neither does a retransmission that the bounds do
 * not count. */
static void spend_timer(const struct sp_bounds *b, struct sp_host *h, enum sp_event_kind timer)
{
    const unsigned counted = SP_TIMER_RETRANSMISSION | SP_TIMER_PERSIST;
    const unsigned armed = b->patient ? h->tcb.timers & ~counted : h->tcb.timers;
    if (timer == SP_EVENT_USER_TIMEOUT && h->tcb.state != SP_CLOSED) {
        spend(&h->user_timeouts);
    } else if ((timer == SP_EVENT_RETRANSMISSION && (armed & SP_TIMER_RETRANSMISSION) != 0) ||
               (timer == SP_EVENT_PERSIST && (armed & SP_TIMER_PERSIST) != 0)) {
        spend(&h->timeouts);
    } else if (timer == SP_EVENT_KEEP_ALIVE && (armed & SP_TIMER_KEEP_ALIVE) != 0) {
        spend(&h->keep_alives);
    }
}

static void fire_timer(const struct sp_setup *setup, struct sp_world *world, struct sp_step *step)
{
    spend_timer(&setup->bounds, &world->host[step->host], step->action.event);
    begin_event(setup, world, step->action.event, step);
    act(setup, world, step);
}

/* The packet leaves the network before the host acts, so that its answer finds room; a kept copy
 * does not. */
static void deliver(const struct sp_setup *setup, struct sp_world *world, unsigned index,
                    struct sp_step *step)
{
    const struct sp_packet *packet = &world->channel.packet[index];
    step->host = !packet->from;
    begin_event(setup, world, SP_EVENT_SEGMENT, step);
    step->event.segment = packet->segment;
    step->event_life = packet->life;
    if (step->action.kind == SP_ACTION_DUPLICATE) {
        spend(&world->duplicates);
    } else {
        sp_channel_take(&world->channel, index);
    }
    act(setup, world, step);
}

/* The variable that an anchor names at a host; 0 for an absolute number. */
static sp_seq anchored(const struct sp_tcb *t, unsigned anchor)
{
    switch (anchor) {
    case SP_ANCHOR_RCV_NXT:
        return t->rcv_nxt;
    case SP_ANCHOR_IRS:
        return t->irs;
    case SP_ANCHOR_SND_UNA:
        return t->snd_una;
    case SP_ANCHOR_SND_NXT:
        return t->snd_nxt;
    case SP_ANCHOR_ISS:
        return t->iss;
    default:
        return 0;
    }
}

/* Sender and receiver exchange roles: what is the receiver's RCV.NXT is the sender's SND.NXT. */
static unsigned exchanged(unsigned anchor)
{
    switch (anchor) {
    case SP_ANCHOR_RCV_NXT:
        return SP_ANCHOR_SND_NXT;
    case SP_ANCHOR_IRS:
        return SP_ANCHOR_ISS;
    case SP_ANCHOR_SND_UNA:
    case SP_ANCHOR_SND_NXT:
        return SP_ANCHOR_RCV_NXT;
    case SP_ANCHOR_ISS:
        return SP_ANCHOR_IRS;
    default:
        return SP_ANCHOR_ABSOLUTE;
    }
}

/* The action's segment with its numbers made absolute. Without ACK there is no number to anchor. */
static struct sp_segment resolved(const struct sp_action *action, const struct sp_tcb *t,
                                  bool sender)
{
    struct sp_segment s = action->segment;
    s.seq += anchored(t, sender ? exchanged(action->seq_anchor) : action->seq_anchor);
    if (sp_has(&s, SP_ACK)) {
        s.ack += anchored(t, sender ? exchanged(action->ack_anchor) : action->ack_anchor);
    }
    return s;
}

/* The packet of that serial, or the count of packets when there is none. */
static unsigned find_packet(const struct sp_channel *channel, unsigned serial)
{
    unsigned index = 0;
    while (index < channel->count && channel->packet[index].serial != serial) {
        index++;
    }
    return index;
}

/* What a capture shows was sent in the place of a segment that this run sent: that one goes. */
static void replace(struct sp_world *world, unsigned serial)
{
    const unsigned index =
        serial == 0 ? world->channel.count : find_packet(&world->channel, serial);
    if (index < world->channel.count) {
        sp_channel_take(&world->channel, index);
    }
}

static void inject(const struct sp_setup *setup, struct sp_world *world, struct sp_step *step)
{
    begin_event(setup, world, SP_EVENT_SEGMENT, step);
    if (step->action.now != 0) {
        step->event.now = step->action.now;
    }
    step->event.segment = resolved(&step->action, &world->host[step->host].tcb, false);
    step->forged = true;
    spend(&world->forged);
    replace(world, step->action.serial);
    act(setup, world, step);
}

/* Without a TCB there is nothing to lose. No host acts: that it is gone shows in what it does not
 * say. */
static void crash(struct sp_host *h)
{
    if (h->tcb.state == SP_CLOSED) {
        return;
    }
    sp_ghosts_crash(h);
    memset(&h->tcb, 0, sizeof h->tcb);
    spend(&h->crashes);
}

static void lose(struct sp_world *world, unsigned index)
{
    spend(&world->losses);
    sp_channel_take(&world->channel, index);
}

/* Carries out step->action; index: the packet it is about, if it is about one. */
static void perform(const struct sp_setup *setup, struct sp_world *world, unsigned index,
                    struct sp_step *step)
{
    switch ((enum sp_action_kind)step->action.kind) {
    case SP_ACTION_CALL:
        call(setup, world, step);
        return;
    case SP_ACTION_TIMER:
        fire_timer(setup, world, step);
        return;
    case SP_ACTION_DELIVER:
    case SP_ACTION_DUPLICATE:
        deliver(setup, world, index, step);
        return;
    case SP_ACTION_LOSE:
        lose(world, index);
        return;
    case SP_ACTION_TICK:
        world->now++;
        return;
    case SP_ACTION_INJECT:
        inject(setup, world, step);
        return;
    case SP_ACTION_VANISH:
        step->event.kind = SP_EVENT_SEGMENT;
        step->event.segment = resolved(&step->action, &world->host[step->host].tcb, true);
        replace(world, step->action.serial);
        return;
    case SP_ACTION_CRASH:
        crash(&world->host[step->host]);
        return;
    case SP_ACTION_COUNT:
        return;
    }
}

void sp_world_move(const struct sp_setup *setup, struct sp_world *world, sp_move move,
                   struct sp_step *step)
{
    struct sp_action action;
    sp_world_action(setup, world, move, &action);
    begin_step(step, &action);
    perform(setup, world, sp_move_packet(move), step);
}

/* An action that names no host, call or timer, or a connection for which no sp_life is left. */
static bool impossible(const struct sp_world *world, const struct sp_action *action)
{
    if (action->host > SP_B || action->kind >= SP_ACTION_COUNT) {
        return true;
    }
    const struct sp_host *h = &world->host[action->host];
    if (action->kind == SP_ACTION_CALL) {
        bool opens =
            action->event == SP_EVENT_OPEN_PASSIVE || action->event == SP_EVENT_OPEN_ACTIVE;
        return action->event > SP_EVENT_STATUS ||
               (opens && h->tcb.state == SP_CLOSED && h->lives >= SP_LIVES_MAX);
    }
    return action->kind == SP_ACTION_TIMER &&
           (action->event < SP_EVENT_USER_TIMEOUT || action->event >= SP_EVENT_COUNT);
}

bool sp_world_act(const struct sp_setup *setup, struct sp_world *world,
                  const struct sp_action *action, struct sp_step *step)
{
    unsigned index = 0;
    begin_step(step, action);
    if (impossible(world, action)) {
        return false;
    }
    if (action->kind == SP_ACTION_DELIVER || action->kind == SP_ACTION_DUPLICATE ||
        action->kind == SP_ACTION_LOSE) {
        index = find_packet(&world->channel, action->serial);
        if (index == world->channel.count || action->serial == 0) {
            return false;
        }
    }
    perform(setup, world, index, step);
    return true;
}

/* Only a TCB that has taken a SYN names its peer. */
bool sp_world_paired(const struct sp_world *world)
{
    const struct sp_tcb *a = &world->host[SP_A].tcb;
    const struct sp_tcb *b = &world->host[SP_B].tcb;
    return a->state >= SP_SYN_RECEIVED && b->state >= SP_SYN_RECEIVED && a->irs == b->iss &&
           b->irs == a->iss;
}
