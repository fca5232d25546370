/*
 * Which moves a world has: the calls that the users may still make, the timers that may fire, what
 * the network may do with each packet, crashes, and what an attacker may forge (RFC 9293 3.10 says
 * what each does; the bounds say how often).
 *
 * Nothing is carried out here. A move names its action within one world; the order of the moves is
 * part of the contract, because it decides between counterexamples of equal length.
 * Invariant: every move that is offered either uses up a budget or lets TCP act.
 */
#include "net/private.h"

/* The fields of a move. The kind is stored plus 1: no move is 0. */
enum {
    AT_HOST = 4,
    AT_EVENT = 5,
    AT_PACKET = 9,
    AT_WORD = 12,
    KIND_MASK = 0xf,
    EVENT_MASK = 0xf,
    PACKET_MASK = 0x7,
    WORD_MASK = 0xfff,
};

/* Distance of the words `above` and `below` from what the old incarnation used (bounds.def). */
#define FAR_AWAY 100000

struct list {
    sp_move *move;
    uint32_t count;
};

static void add(struct list *list, unsigned kind, unsigned host, unsigned event, unsigned packet,
                unsigned word)
{
    list->move[list->count++] =
        (kind + 1) | host << AT_HOST | event << AT_EVENT | packet << AT_PACKET | word << AT_WORD;
}

/* Where the word says that an incarnation begins whose predecessor was `old`. life.end is one past
 * the old FIN when there was one: RCV.NXT of a peer that took it. */
static sp_seq iss_of_word(const struct sp_life *old, unsigned word)
{
    switch (word) {
    case SP_REOPEN_ABOVE:
        return old->end + FAR_AWAY;
    case SP_REOPEN_EDGE:
        return old->end - 1;
    case SP_REOPEN_SAME:
        return old->iss;
    case SP_REOPEN_BELOW:
        return old->iss - FAR_AWAY;
    default:
        return old->end + 1;
    }
}

/* The incarnation that `life` follows and whose sequence numbers its own refer to; NULL for the
 * first one, and for one whose predecessor never chose a number. */
static const struct sp_life *predecessor(const struct sp_host *h, unsigned life)
{
    return life > 0 && h->life[life - 1].begun ? &h->life[life - 1] : NULL;
}

/* Which incarnation, from 0, an event that begins a connection would give its number to: a listener
 * has begun its own already. */
static unsigned life_to_begin(const struct sp_host *h)
{
    return h->tcb.state == SP_LISTEN && h->lives > 0 ? h->lives - 1U : h->lives;
}

/*
 * A listener that fell back from SYN-RECEIVED uses its number again: it is the same incarnation.
 * A later incarnation takes the first word of its set; the user's OPEN may choose any (open_moves).
 */
sp_seq sp_chosen_iss(const struct sp_setup *setup, const struct sp_world *world, unsigned host)
{
    const struct sp_host *h = &world->host[host];
    const struct sp_host_bounds *b = &setup->bounds.host[host];
    unsigned index = life_to_begin(h);
    if (index < SP_LIVES_MAX && index < h->lives && h->life[index].begun) {
        return h->life[index].iss;
    }
    const struct sp_life *old = predecessor(h, index);
    if (old == NULL) {
        return b->iss.value[world->iss[host] % SP_ISS_MAX];
    }
    return iss_of_word(old, b->reopen & (0U - b->reopen));
}

/* The number of the connection must be chosen with the call, by a word of the set. */
static bool chooses_word(const struct sp_host *h)
{
    unsigned index = life_to_begin(h);
    bool again = index < h->lives && h->life[index].begun;
    return !again && predecessor(h, index) != NULL;
}

static void open_active(const struct sp_setup *setup, const struct sp_world *world, unsigned host,
                        struct list *list)
{
    if (!chooses_word(&world->host[host])) {
        add(list, SP_ACTION_CALL, host, SP_EVENT_OPEN_ACTIVE, 0, 0);
        return;
    }
    unsigned words = setup->bounds.host[host].reopen;
    for (; words != 0; words &= words - 1) {
        add(list, SP_ACTION_CALL, host, SP_EVENT_OPEN_ACTIVE, 0, words & (0U - words));
    }
}

static void opens(const struct sp_setup *setup, const struct sp_world *world, unsigned host,
                  struct list *list)
{
    const struct sp_host *h = &world->host[host];
    const struct sp_host_bounds *b = &setup->bounds.host[host];
    if (h->tcb.state == SP_CLOSED && h->lives < b->opens) {
        if ((b->open & SP_OPEN_PASSIVE) != 0) {
            add(list, SP_ACTION_CALL, host, SP_EVENT_OPEN_PASSIVE, 0, 0);
        }
        if ((b->open & SP_OPEN_ACTIVE) != 0) {
            open_active(setup, world, host, list);
        }
    } else if (h->tcb.state == SP_LISTEN && (b->open & SP_OPEN_UPGRADE) != 0) {
        open_active(setup, world, host, list);
    }
}

/* SEND and CLOSE are calls that the state takes (3.10.2, 3.10.4) and that come before the CLOSE. */
static bool takes_send(const struct sp_tcb *t)
{
    bool state = t->state == SP_SYN_SENT || t->state == SP_SYN_RECEIVED ||
                 t->state == SP_ESTABLISHED || t->state == SP_CLOSE_WAIT;
    return state && (t->flags & SP_TCB_CLOSE) == 0;
}

static bool takes_close(const struct sp_host_bounds *b, const struct sp_host *h)
{
    const struct sp_tcb *t = &h->tcb;
    bool late = sp_synchronized(t->state) && sp_life(h)->written >= b->send;
    return (t->state == SP_LISTEN || takes_send(t)) && (late || b->early_close);
}

/* A user without a posted RECEIVE calls for what is on hand, until it is told of the end. It never
 * waits in a RECEIVE: that would be the posted one. */
static bool takes_receive(const struct sp_host_bounds *b, const struct sp_host *h)
{
    const struct sp_tcb *t = &h->tcb;
    const struct sp_life *life = sp_life(h);
    if (b->read || !sp_synchronized(t->state) || (life->flags & SP_LIFE_TOLD_EOF) != 0 ||
        (t->flags & (SP_TCB_READER_GONE | SP_TCB_TOLD_EOF)) != 0) {
        return false;
    }
    return sp_unread(t) > 0 || (t->flags & SP_TCB_FIN_RECEIVED) != 0;
}

uint32_t sp_host_calls(const struct sp_setup *setup, const struct sp_world *world, unsigned host,
                       sp_move *moves)
{
    const struct sp_host *h = &world->host[host];
    const struct sp_host_bounds *b = &setup->bounds.host[host];
    struct list list = {moves, 0};
    opens(setup, world, host, &list);
    if (h->tcb.state == SP_CLOSED) {
        return list.count;
    }
    if (takes_send(&h->tcb) && sp_life(h)->written < b->send) {
        add(&list, SP_ACTION_CALL, host, SP_EVENT_SEND, 0, 0);
    }
    if (takes_receive(b, h)) {
        add(&list, SP_ACTION_CALL, host, SP_EVENT_RECEIVE, 0, 0);
    }
    if (b->close && takes_close(b, h)) {
        add(&list, SP_ACTION_CALL, host, SP_EVENT_CLOSE, 0, 0);
    }
    if (h->aborts < b->aborts) {
        add(&list, SP_ACTION_CALL, host, SP_EVENT_ABORT, 0, 0);
    }
    return list.count;
}

uint32_t sp_host_timers(const struct sp_setup *setup, const struct sp_world *world, unsigned host,
                        sp_move *moves)
{
    const struct sp_host *h = &world->host[host];
    const struct sp_host_bounds *b = &setup->bounds.host[host];
    const unsigned armed = h->tcb.timers;
    struct list list = {moves, 0};
    const bool again = setup->bounds.patient || h->timeouts < b->timeouts;
    if (h->tcb.state == SP_CLOSED) {
        return 0;
    }
    if (h->user_timeouts < b->user_timeouts) {
        add(&list, SP_ACTION_TIMER, host, SP_EVENT_USER_TIMEOUT, 0, 0);
    }
    if ((armed & SP_TIMER_RETRANSMISSION) != 0 && again) {
        add(&list, SP_ACTION_TIMER, host, SP_EVENT_RETRANSMISSION, 0, 0);
    }
    if ((armed & SP_TIMER_TIME_WAIT) != 0) {
        add(&list, SP_ACTION_TIMER, host, SP_EVENT_TIME_WAIT, 0, 0);
    }
    if ((armed & SP_TIMER_PERSIST) != 0 && again) {
        add(&list, SP_ACTION_TIMER, host, SP_EVENT_PERSIST, 0, 0);
    }
    if ((armed & SP_TIMER_DELAYED_ACK) != 0) {
        add(&list, SP_ACTION_TIMER, host, SP_EVENT_DELAYED_ACK, 0, 0);
    }
    if ((armed & SP_TIMER_KEEP_ALIVE) != 0 && h->keep_alives < b->keep_alives) {
        add(&list, SP_ACTION_TIMER, host, SP_EVENT_KEEP_ALIVE, 0, 0);
    }
    return list.count;
}

uint32_t sp_network_moves(const struct sp_setup *setup, const struct sp_world *world,
                          sp_move *moves)
{
    const struct sp_bounds *b = &setup->bounds;
    struct list list = {moves, 0};
    for (unsigned i = 0; i < world->channel.count; i++) {
        if (!sp_channel_offers(setup, &world->channel, i)) {
            continue;
        }
        unsigned to = !world->channel.packet[i].from;
        add(&list, SP_ACTION_DELIVER, to, 0, i, 0);
        if (world->duplicates < b->duplicates) {
            add(&list, SP_ACTION_DUPLICATE, to, 0, i, 0);
        }
        if (world->losses < b->losses) {
            add(&list, SP_ACTION_LOSE, to, 0, i, 0);
        }
    }
    if (b->timestamps && world->now < 1 + b->ticks) {
        add(&list, SP_ACTION_TICK, 0, 0, 0, 0);
    }
    return list.count;
}

static enum sp_event_kind event_of(sp_move move)
{
    return (enum sp_event_kind)(move >> AT_EVENT & EVENT_MASK);
}

/* Quiet time (9293 3.4.3): a host that has forgotten which numbers it used waits until no segment
 * with one of them is left. A listener has waited already. */
static bool awaits_quiet(const struct sp_setup *setup, const struct sp_world *world, unsigned host)
{
    const struct sp_host *h = &world->host[host];
    return setup->bounds.quiet && h->crashes > 0 && h->tcb.state == SP_CLOSED;
}

bool sp_move_waits(const struct sp_setup *setup, const struct sp_world *world, sp_move move)
{
    const enum sp_action_kind kind = sp_move_kind(move);
    if (kind == SP_ACTION_TIMER) {
        return setup->bounds.msl && event_of(move) == SP_EVENT_TIME_WAIT;
    }
    if (kind == SP_ACTION_CALL) {
        return awaits_quiet(setup, world, sp_move_host(move));
    }
    return kind == SP_ACTION_INJECT;
}

bool sp_move_held_back(const struct sp_setup *setup, const struct sp_world *world, sp_move move)
{
    const enum sp_action_kind kind = sp_move_kind(move);
    if (!sp_move_waits(setup, world, move)) {
        return false;
    }
    if (kind == SP_ACTION_TIMER) {
        return sp_faulty(&setup->policy, SP_FAULT_TIME_WAIT_ONE_MSL)
                   ? sp_own_in_flight(world, sp_move_host(move))
                   : !sp_world_drained(world, sp_move_host(move));
    }
    if (kind == SP_ACTION_CALL) {
        return sp_own_in_flight(world, sp_move_host(move));
    }
    return world->forged >= setup->bounds.forgeries;
}

/* Of `count` moves those that the network does not hold back. */
static uint32_t free_moves(const struct sp_setup *setup, const struct sp_world *world,
                           sp_move *moves, uint32_t count)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (!sp_move_held_back(setup, world, moves[i])) {
            moves[kept++] = moves[i];
        }
    }
    return kept;
}

uint32_t sp_host_crashes(const struct sp_setup *setup, const struct sp_world *world, unsigned host,
                         sp_move *moves)
{
    const struct sp_host *h = &world->host[host];
    struct list list = {moves, 0};
    if (h->tcb.state != SP_CLOSED && h->crashes < setup->bounds.host[host].crashes) {
        add(&list, SP_ACTION_CRASH, host, 0, 0, 0);
    }
    return list.count;
}

/* The segment that a word of the set `forge` names can be what it says: a number inside a window
 * needs one. Before a SYN was taken there is no window, and nothing for a blind attacker to hit. */
static bool is_forgeable(const struct sp_tcb *t, unsigned word)
{
    const uint32_t window = sp_rcv_wnd(t);
    if (t->state < SP_SYN_RECEIVED) {
        return false;
    }
    switch (word) {
    case SP_FORGE_RST_INSIDE:
        return window > 1;
    case SP_FORGE_RST_OUTSIDE: /* right behind a closed window is RCV.NXT: exact */
    case SP_FORGE_SYN_INSIDE:
    case SP_FORGE_DATA_OLD_ACK:
    case SP_FORGE_FIN_OLD_ACK:
    case SP_FORGE_FIN_BEYOND:
    case SP_FORGE_FIN_WITHOUT_ACK:
        return window > 0;
    case SP_FORGE_DATA_LONG:
        return window > 0 && window < UINT16_MAX;
    default:
        return true;
    }
}

uint32_t sp_host_forgeries(const struct sp_setup *setup, const struct sp_world *world,
                           unsigned host, sp_move *moves)
{
    unsigned words = setup->bounds.forgeries == 0 ? 0 : setup->bounds.host[host].forge;
    struct list list = {moves, 0};
    for (; words != 0; words &= words - 1) {
        const unsigned word = words & (0U - words);
        if (is_forgeable(&world->host[host].tcb, word)) {
            add(&list, SP_ACTION_INJECT, host, 0, 0, word);
        }
    }
    return list.count;
}

typedef uint32_t offers_of(const struct sp_setup *setup, const struct sp_world *world,
                           unsigned host, sp_move *moves);

/* What both hosts offer of one kind, as far as the network lets them. */
static uint32_t of_both(offers_of *of_host, const struct sp_setup *setup,
                        const struct sp_world *world, sp_move *moves)
{
    uint32_t count = 0;
    for (unsigned host = 0; host < 2; host++) {
        uint32_t offered = of_host(setup, world, host, moves + count);
        count += free_moves(setup, world, moves + count, offered);
    }
    return count;
}

uint32_t sp_world_moves(const struct sp_setup *setup, const struct sp_world *world, sp_move *moves)
{
    uint32_t count = of_both(sp_host_calls, setup, world, moves);
    count += of_both(sp_host_timers, setup, world, moves + count);
    count += sp_network_moves(setup, world, moves + count);
    count += of_both(sp_host_crashes, setup, world, moves + count);
    return count + of_both(sp_host_forgeries, setup, world, moves + count);
}

static uint32_t min(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

/* What the user's call carries beside its name. */
static void fill_call(const struct sp_setup *setup, const struct sp_world *world, unsigned word,
                      struct sp_action *action)
{
    const struct sp_host *h = &world->host[action->host];
    const struct sp_host_bounds *b = &setup->bounds.host[action->host];
    if (action->event == SP_EVENT_OPEN_ACTIVE && word != 0) {
        action->has_iss = true;
        action->iss = iss_of_word(predecessor(h, life_to_begin(h)), word);
    } else if (action->event == SP_EVENT_SEND) {
        action->count = min(b->write, b->send - sp_life(h)->written);
        action->urgent = b->urgent;
    } else if (action->event == SP_EVENT_RECEIVE) {
        uint32_t count = sp_unread(&h->tcb);
        action->count = count == 0 ? 1 : count;
    }
}

/* The forged segment of a word, its numbers as distances from the variables of the host that it is
 * meant for. It carries no options: a blind attacker knows no timestamp. */
static void fill_forged(const struct sp_tcb *t, unsigned word, struct sp_action *action)
{
    struct sp_segment *s = &action->segment;
    action->seq_anchor = SP_ANCHOR_RCV_NXT;
    switch (word) {
    case SP_FORGE_RST_EXACT:
    case SP_FORGE_RST_INSIDE:
    case SP_FORGE_RST_OUTSIDE:
        s->flags = SP_RST;
        s->seq = word == SP_FORGE_RST_EXACT ? 0 : sp_rcv_wnd(t) - (word == SP_FORGE_RST_INSIDE);
        return;
    case SP_FORGE_SYN_INSIDE:
    case SP_FORGE_SYN_OUTSIDE:
        s->flags = SP_SYN;
        s->seq = word == SP_FORGE_SYN_INSIDE ? 0 : sp_rcv_wnd(t);
        s->wnd = 1;
        return;
    case SP_FORGE_FIN_WITHOUT_ACK:
        s->flags = SP_FIN;
        s->wnd = 1;
        return;
    case SP_FORGE_ACK_AGAIN:
    case SP_FORGE_DATA_LONG:
        s->flags = SP_ACK;
        s->len = word == SP_FORGE_DATA_LONG ? (uint16_t)(sp_rcv_wnd(t) + 1) : 0;
        action->ack_anchor = SP_ANCHOR_SND_UNA;
        s->wnd = 1;
        return;
    case SP_FORGE_ACK_BEYOND:
    case SP_FORGE_FIN_BEYOND:
        s->flags = word == SP_FORGE_FIN_BEYOND ? SP_FIN | SP_ACK : SP_ACK;
        action->ack_anchor = SP_ANCHOR_SND_NXT;
        s->ack = t->snd_max + 1 - t->snd_nxt;
        s->wnd = 1;
        return;
    default:
        s->flags = word == SP_FORGE_FIN_OLD_ACK ? SP_FIN | SP_ACK : SP_ACK;
        s->len = word == SP_FORGE_DATA_OLD_ACK;
        action->ack_anchor = SP_ANCHOR_SND_UNA;
        s->ack = 0U - (t->snd_wnd_max + 1);
        s->wnd = 1;
        return;
    }
}

void sp_world_action(const struct sp_setup *setup, const struct sp_world *world, sp_move move,
                     struct sp_action *action)
{
    *action = (struct sp_action){
        .kind = (uint8_t)sp_move_kind(move),
        .host = (uint8_t)sp_move_host(move),
        .event = (uint8_t)((move >> AT_EVENT) & EVENT_MASK),
    };
    switch (action->kind) {
    case SP_ACTION_CALL:
        fill_call(setup, world, (move >> AT_WORD) & WORD_MASK, action);
        return;
    case SP_ACTION_DELIVER:
    case SP_ACTION_DUPLICATE:
    case SP_ACTION_LOSE:
        action->serial = world->channel.packet[sp_move_packet(move)].serial;
        return;
    case SP_ACTION_INJECT:
        fill_forged(&world->host[action->host].tcb, (move >> AT_WORD) & WORD_MASK, action);
        return;
    default:
        return;
    }
}

enum sp_action_kind sp_move_kind(sp_move move)
{
    return (enum sp_action_kind)((move & KIND_MASK) - 1);
}

unsigned sp_move_host(sp_move move)
{
    return (move >> AT_HOST) & 1;
}

unsigned sp_move_packet(sp_move move)
{
    return (move >> AT_PACKET) & PACKET_MASK;
}

const struct sp_packet *sp_world_packet(const struct sp_world *world, sp_move move)
{
    return &world->channel.packet[sp_move_packet(move)];
}

/* Only the timers on which TCP itself relies count: a user timeout or a keep-alive that the bounds
 * do not grant is no excuse for a deadlock. */
bool sp_world_truncated(const struct sp_setup *setup, const struct sp_world *world)
{
    sp_move moves[SP_ACTIONS_MAX];
    const unsigned budgeted = SP_TIMER_RETRANSMISSION | SP_TIMER_PERSIST;
    if (sp_world_moves(setup, world, moves) != 0) {
        return false;
    }
    return ((world->host[0].tcb.timers | world->host[1].tcb.timers) & budgeted) != 0;
}

/* States that TCP must leave without the user's help. In FIN-WAIT-2 it waits for the peer's user,
 * in LISTEN for a peer, in ESTABLISHED and CLOSE-WAIT for its own user. */
static bool must_leave(enum sp_state state)
{
    switch (state) {
    case SP_SYN_SENT:
    case SP_SYN_RECEIVED:
    case SP_FIN_WAIT_1:
    case SP_CLOSING:
    case SP_LAST_ACK:
    case SP_TIME_WAIT:
        return true;
    case SP_CLOSED:
    case SP_LISTEN:
    case SP_ESTABLISHED:
    case SP_FIN_WAIT_2:
    case SP_CLOSE_WAIT:
    case SP_STATE_COUNT:
        return false;
    }
    return false;
}

static bool host_owes(const struct sp_tcb *t)
{
    if (t->state == SP_CLOSED || t->state == SP_LISTEN) {
        return false;
    }
    bool unacked = t->snd_una != t->snd_end + ((t->flags & SP_TCB_CLOSE) != 0);
    bool kept = (t->flags & SP_TCB_READING) != 0 && sp_unread(t) != 0;
    return must_leave(t->state) || unacked || kept;
}

/* A FIN-WAIT-2 whose peer did send its FIN must hear of it: the peer owes it then, unless its TCB
 * went gracefully, which takes the ACK that FIN-WAIT-2 never sent. */
bool sp_world_owes(const struct sp_setup *setup, const struct sp_world *world)
{
    (void)setup;
    return host_owes(&world->host[0].tcb) || host_owes(&world->host[1].tcb);
}
