/*
 * Liveness: what is still to happen in a world, and which moves are owed (RFC 9293 3.5, 3.6, 3.8).
 *
 * A promise is pending in a world when what it speaks of has begun and has not come about; the
 * graph of all worlds decides whether it may stay so. Owed are those moves that no fair network and
 * no fair clock withholds for ever: each packet is delivered at last unless it is lost, the timers
 * on which TCP relies fire, and not only when the network is full, a user who reads by calls reads
 * on. Losses, copies, other calls, other
 * timers: nobody owes them.
 * Invariant: a promise that only an exhausted budget of the bounds prevents is not pending.
 */
#include "oracle/scene.h"

#define BIT(name) (1ull << SP_PROPERTY_##name)

/* One end of a world, and the other. */
struct ends {
    const struct sp_world *world;
    const struct sp_host *host, *peer;
    enum sp_state state, peer_state;
    const struct sp_life *life, *peer_life; /* the latest; NULL: none yet */
    const struct sp_life *other;            /* the peer's whose SYN `life` took; NULL: none */
    bool paired;
};

static struct ends ends_from(const struct sp_world *world, unsigned host)
{
    const struct sp_host *h = &world->host[host];
    const struct sp_host *peer = &world->host[!host];
    const struct sp_life *life = sp_life(h);

    return (struct ends){
        .world = world,
        .host = h,
        .peer = peer,
        .state = (enum sp_state)h->tcb.state,
        .peer_state = (enum sp_state)peer->tcb.state,
        .life = life,
        .peer_life = sp_life(peer),
        .other = life == NULL ? NULL : sp_life_number(peer, life->peer),
        .paired = sp_world_paired(world),
    };
}

static bool has(const struct sp_host *h, unsigned flag)
{
    return (h->tcb.flags & flag) != 0;
}

/* The connection lives at both ends. */
static bool both_live(const struct ends *e)
{
    return e->paired && e->life->ended == SP_END_LIVING && e->peer_life->ended == SP_END_LIVING;
}

/* Seen from the end that listened. */
static bool pending_active_meets_passive(const struct ends *e)
{
    if (e->state == SP_LISTEN || (e->state == SP_SYN_RECEIVED && has(e->host, SP_TCB_PASSIVE)))
        return e->peer_state == SP_SYN_SENT ||
               (e->paired && e->peer_state != SP_SYN_RECEIVED && both_live(e));
    return false;
}

/* Seen from an end that opened actively and is not yet ESTABLISHED. */
static bool pending_simultaneous_open_completes(const struct ends *e)
{
    bool crossed = e->state == SP_SYN_RECEIVED && !has(e->host, SP_TCB_PASSIVE);

    if (e->state == SP_SYN_SENT)
        return e->peer_state == SP_SYN_SENT;
    return crossed && (e->peer_state == SP_SYN_SENT || both_live(e));
}

static bool undelivered(const struct ends *e)
{
    return both_live(e) && !has(e->peer, SP_TCB_READER_GONE) &&
           e->life->written > e->peer_life->delivered;
}

static bool pending_text_is_delivered(const struct ends *e)
{
    return undelivered(e);
}

/* The user called CLOSE, and nothing broke the connection off. */
static bool closed_by_user(const struct sp_life *life)
{
    bool broken = life->ended == SP_END_ABORTED || life->ended == SP_END_RESET ||
                  life->ended == SP_END_TIMED_OUT;

    return (life->flags & SP_LIFE_CLOSE) != 0 && !broken;
}

static bool pending_both_closed_ends(const struct ends *e)
{
    return e->state > SP_LISTEN && closed_by_user(e->life) && e->other != NULL &&
           closed_by_user(e->other);
}

static bool pending_closing_is_left(const struct ends *e)
{
    return e->state == SP_FIN_WAIT_1 || e->state == SP_CLOSING || e->state == SP_LAST_ACK;
}

/* The incarnation whose SYN this end took is gone. */
static bool peer_is_gone(const struct ends *e)
{
    return sp_synchronized(e->state) && e->life->ended == SP_END_LIVING && e->other != NULL &&
           e->other->ended != SP_END_LIVING;
}

/* In TIME-WAIT the peer is meant to be gone. */
static bool pending_half_open_is_found(const struct ends *e)
{
    const struct sp_tcb *t = &e->host->tcb;
    bool sends = t->snd_una != t->snd_end + has(e->host, SP_TCB_CLOSE);

    return peer_is_gone(e) && e->state != SP_TIME_WAIT && (sends || e->peer_state == SP_SYN_SENT);
}

static bool pending_syn_received_is_left(const struct ends *e)
{
    return e->state == SP_SYN_RECEIVED;
}

static bool pending_time_wait_ends(const struct ends *e)
{
    return e->state == SP_TIME_WAIT;
}

static bool pending_silence_at_last(const struct ends *e)
{
    (void)e;
    return true;
}

static bool pending_half_close_delivers(const struct ends *e)
{
    bool waits = e->state == SP_CLOSE_WAIT || e->state == SP_LAST_ACK;
    bool closed = has(e->host, SP_TCB_CLOSE);

    return waits && both_live(e) &&
           (undelivered(e) || (closed && (e->peer_life->flags & SP_LIFE_FIN_RECEIVED) == 0));
}

/* An end in FIN-WAIT-2 whose peer was broken off may stay there for ever: RFC 9293 has no timer. */
static bool pending_clean_end_in_reach(const struct ends *e)
{
    bool clean = e->state == SP_CLOSED || e->state == SP_LISTEN;

    return !clean && !(e->state == SP_FIN_WAIT_2 && peer_is_gone(e));
}

/* A timer that TCP relies on has used up its budget: the bounds end here. */
static bool is_out_of_budget(const struct sp_setup *setup, const struct sp_world *world)
{
    const unsigned budgeted = SP_TIMER_RETRANSMISSION | SP_TIMER_PERSIST;
    bool out = false;

    for (unsigned i = 0; i < 2; i++) {
        const struct sp_host *h = &world->host[i];
        out |= (h->tcb.timers & budgeted) != 0 && h->timeouts >= setup->bounds.host[i].timeouts;
    }
    return out && !setup->bounds.patient;
}

/* The promises that need no timer, and those that need assumption N: the letter stands first. */
static uint64_t storms(void)
{
    uint64_t bits = 0;
#define LIVENESS(id, name, word, kind, section, needs, sentence)                                   \
    bits |= SP_PROMISE_##kind == SP_PROMISE_STORM ? BIT(name) : 0;
#include "oracle/liveness.def"
#undef LIVENESS
    return bits;
}

static uint64_t need_no_forgery(void)
{
    uint64_t bits = 0;
#define LIVENESS(id, name, word, kind, section, needs, sentence)                                   \
    bits |= (needs)[0] == 'N' ? BIT(name) : 0;
#include "oracle/liveness.def"
#undef LIVENESS
    return bits;
}

uint64_t sp_oracle_pending(const struct sp_setup *setup, const struct sp_world *world)
{
    uint64_t bits = 0;

    for (unsigned i = 0; i < 2; i++) {
        const struct ends ends = ends_from(world, i);
#define LIVENESS(id, name, word, kind, section, needs, sentence)                                   \
    bits |= pending_##name(&ends) ? BIT(name) : 0;
#include "oracle/liveness.def"
#undef LIVENESS
    }
    bits &= is_out_of_budget(setup, world) ? storms() : bits;
    bits &= world->forged ? ~need_no_forgery() : bits;
    return bits;
}

enum sp_promise sp_oracle_promise(enum sp_property property)
{
    switch (property) {
#define PROPERTY(id, name, word, section, needs, sentence) case SP_PROPERTY_##name:
#include "oracle/properties.def"
#undef PROPERTY
    case SP_PROPERTY_COUNT:
        return SP_PROMISE_NONE;
#define LIVENESS(id, name, word, kind, section, needs, sentence)                                   \
    case SP_PROPERTY_##name:                                                                       \
        return SP_PROMISE_##kind;
#include "oracle/liveness.def"
#undef LIVENESS
    }
    return SP_PROMISE_NONE;
}

/* Spreads every bit of a number over all of them (the finalizer of MurmurHash3). */
static uint64_t spread(uint64_t x)
{
    x = (x ^ x >> 33) * UINT64_C(0xff51afd7ed558ccd);
    x = (x ^ x >> 33) * UINT64_C(0xc4ceb9fe1a85ec53);
    return x ^ x >> 33;
}

static uint64_t with(uint64_t name, uint64_t high, uint64_t low)
{
    return spread(name + (high << 32 | low) + UINT64_C(0x9e3779b97f4a7c15));
}

/* A number for all that a packet is but its serial: equal packets are the same packet. */
static uint64_t packet_name(const struct sp_packet *p)
{
    const struct sp_segment *s = &p->segment;
    uint64_t name = with(0, (uint32_t)p->from << 8 | p->life, (uint32_t)s->flags << 8 | s->options);

    name = with(name, s->seq, s->ack);
    name = with(name, (uint32_t)s->len << 16 | s->wnd, s->text);
    name = with(name, s->ts_val, s->ts_ecr);
    name = with(name, (uint32_t)s->urgent << 16 | s->mss, (uint32_t)s->scale << 8 | s->sacks);
    for (unsigned i = 0; i < SP_SACK_MAX; i++)
        name = with(name, s->sack[i].left, s->sack[i].right);
    return name | 1;
}

/* Timers on which TCP relies, and the calls of a reader. */
static bool is_owed(const struct sp_action *action)
{
    switch ((enum sp_event_kind)action->event) {
    case SP_EVENT_RECEIVE:
    case SP_EVENT_RETRANSMISSION:
    case SP_EVENT_TIME_WAIT:
    case SP_EVENT_PERSIST:
    case SP_EVENT_DELAYED_ACK:
        return true;
    case SP_EVENT_OPEN_PASSIVE:
    case SP_EVENT_OPEN_ACTIVE:
    case SP_EVENT_SEND:
    case SP_EVENT_CLOSE:
    case SP_EVENT_ABORT:
    case SP_EVENT_STATUS:
    case SP_EVENT_SEGMENT:
    case SP_EVENT_USER_TIMEOUT:
    case SP_EVENT_KEEP_ALIVE:
    case SP_EVENT_COUNT:
        return false;
    }
    return false;
}

/* The timer finds room in the network for what it sends. */
static bool finds_room(const struct sp_setup *setup, const struct sp_world *world,
                       const struct sp_action *action)
{
    return action->kind == SP_ACTION_TIMER && world->channel.count < setup->bounds.flight;
}

/* Names of packets are odd, others even. A network that is full whenever a timer fires loses all
 * that it sends, and no fair network does: a timer that finds room again and again fires then, too.
 */
struct sp_owed sp_oracle_owed(const struct sp_setup *setup, const struct sp_world *world,
                              sp_move move)
{
    struct sp_action action;

    sp_world_action(setup, world, move, &action);
    switch ((enum sp_action_kind)action.kind) {
    case SP_ACTION_DELIVER:
        return (struct sp_owed){packet_name(sp_world_packet(world, move)), true, false};
    case SP_ACTION_CALL:
    case SP_ACTION_TIMER:
        if (is_owed(&action)) {
            bool room = finds_room(setup, world, &action);
            uint64_t name = (uint64_t)action.event << 8 | (uint64_t)action.host << 4;
            return (struct sp_owed){name | (room ? 4 : 2), false, room};
        }
        break;
    case SP_ACTION_DUPLICATE:
    case SP_ACTION_LOSE:
    case SP_ACTION_TICK:
    case SP_ACTION_INJECT:
    case SP_ACTION_VANISH:
    case SP_ACTION_CRASH:
    case SP_ACTION_COUNT:
        break;
    }
    return (struct sp_owed){0, false, false};
}
