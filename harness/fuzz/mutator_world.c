/*
 * Operators that ask the world after a prefix of the script: which moves are enabled there, which
 * timers run, which segments are in flight.
 *
 * The prefix is run anew for each: it is short, and nothing is remembered between operators.
 * Invariant: sp_edit_act does what the target of that form does with an action.
 */
#include "fuzz/mutator_edit.h"

enum { WALK_MAX = 8, REPAIRS_IN = 8, TIMER_DRAWS = 6 };

/* Actions about one packet. */
enum { ON_PACKET = 1 << SP_ACTION_DELIVER | 1 << SP_ACTION_DUPLICATE | 1 << SP_ACTION_LOSE };

_Static_assert((int)SP_EVENT_RETRANSMISSION == SP_EVENT_USER_TIMEOUT + 1 &&
                   SP_TIMER_RETRANSMISSION == 1 && SP_TIMER_KEEP_ALIVE == 1 << 4 &&
                   (int)SP_EVENT_KEEP_ALIVE == SP_EVENT_USER_TIMEOUT + 5,
               "timer bits are in the order of their events");

static bool is_on_packet(const struct sp_action *action)
{
    return (ON_PACKET & 1 << action->kind) != 0;
}

bool sp_edit_act(struct sp_edit *edit, const struct sp_action *action)
{
    const struct sp_setup *setup = &edit->script.setup;
    if (edit->form == SP_FORM_PAIR) {
        return sp_world_act(setup, &edit->world, action, &edit->step);
    }
    if (is_on_packet(action) || action->kind == SP_ACTION_VANISH) {
        return false;
    }
    struct sp_action own = *action;
    own.host = SP_A;
    const bool done = sp_world_act(setup, &edit->world, &own, &edit->step);
    edit->world.channel.count = 0;
    return done;
}

void sp_edit_run(struct sp_edit *edit, size_t at)
{
    sp_world_init(&edit->script.setup, 0, true, &edit->world);
    for (size_t i = 0; i < at; i++) {
        (void)sp_edit_act(edit, &edit->room[i]);
    }
}

void sp_edit_run_to(struct sp_edit *edit, const struct sp_action *action)
{
    sp_edit_run(edit, (size_t)(action - edit->room));
}

static unsigned some_host(struct sp_edit *edit)
{
    return edit->form == SP_FORM_ENDPOINT ? SP_A : sp_edit_below(edit, 2);
}

/* An enabled move of edit->world. False: there is none. */
static bool some_move(struct sp_edit *edit, struct sp_action *action)
{
    sp_move moves[SP_ACTIONS_MAX];
    const struct sp_setup *setup = &edit->script.setup;
    const uint32_t offered = sp_world_moves(setup, &edit->world, moves);
    uint32_t count = 0;
    for (uint32_t i = 0; i < offered; i++) {
        if (edit->form == SP_FORM_PAIR || sp_move_host(moves[i]) == SP_A) {
            moves[count++] = moves[i];
        }
    }
    if (count == 0) {
        return false;
    }
    sp_world_action(setup, &edit->world, moves[sp_edit_below(edit, count)], action);
    return true;
}

bool sp_insert_move(struct sp_edit *edit)
{
    struct sp_action action;
    const size_t at = sp_edit_place(edit);
    sp_edit_run(edit, at);
    return some_move(edit, &action) && sp_edit_insert(edit, at, &action, 1);
}

bool sp_insert_walk(struct sp_edit *edit)
{
    struct sp_action action;
    const uint32_t steps = 2 + sp_edit_below(edit, WALK_MAX - 1);
    size_t at = sp_edit_place(edit);
    uint32_t taken = 0;
    sp_edit_run(edit, at);
    while (taken < steps && some_move(edit, &action) && sp_edit_insert(edit, at, &action, 1)) {
        (void)sp_edit_act(edit, &action);
        at++;
        taken++;
    }
    return taken > 0;
}

/* Octets of a SEND or RECEIVE. */
static uint32_t some_count(struct sp_edit *edit, unsigned host)
{
    const struct sp_bounds *b = &edit->script.setup.bounds;
    const uint32_t counts[] = {
        0, 1, 2, b->mss, b->mss + 1, b->host[host].window, b->host[!host].window + 1, 65536};
    return counts[sp_edit_below(edit, sizeof counts / sizeof counts[0])];
}

static void give_iss(struct sp_edit *edit, struct sp_action *action)
{
    action->has_iss = true;
    action->iss = sp_edit_word(edit);
}

/* Any call, enabled or not: the machine defines every call in every state. */
bool sp_insert_call(struct sp_edit *edit)
{
    struct sp_action action = {.kind = SP_ACTION_CALL};
    action.host = (uint8_t)some_host(edit);
    action.event = (uint8_t)sp_edit_below(edit, SP_EVENT_STATUS + 1);
    action.count = some_count(edit, action.host);
    action.urgent = action.event == SP_EVENT_SEND && sp_edit_once_in(edit, 4);
    const bool opens = action.event == SP_EVENT_OPEN_ACTIVE || action.event == SP_EVENT_SEND;
    if (opens && sp_edit_once_in(edit, 4)) {
        give_iss(edit, &action);
    }
    return sp_edit_insert(edit, sp_edit_place(edit), &action, 1);
}

static bool runs(const struct sp_tcb *tcb, unsigned timer)
{
    return timer == SP_EVENT_USER_TIMEOUT
               ? tcb->state != SP_CLOSED
               : (tcb->timers >> (timer - SP_EVENT_RETRANSMISSION) & 1) != 0;
}

/* A timer that runs, if a few draws find one, whatever budget is left; sometimes a tick or a crash,
 * which come from nowhere as well. */
bool sp_insert_timer(struct sp_edit *edit)
{
    struct sp_action action = {.kind = SP_ACTION_TIMER};
    const size_t at = sp_edit_place(edit);
    const uint32_t kind = sp_edit_below(edit, 8);
    sp_edit_run(edit, at);
    if (kind == 0) {
        action.kind = SP_ACTION_TICK;
        return sp_edit_insert(edit, at, &action, 1);
    }
    action.host = (uint8_t)some_host(edit);
    if (kind == 1) {
        action.kind = SP_ACTION_CRASH;
        return sp_edit_insert(edit, at, &action, 1);
    }
    for (unsigned draws = 0; draws < TIMER_DRAWS; draws++) {
        action.event = (uint8_t)(SP_EVENT_USER_TIMEOUT + sp_edit_below(edit, 6));
        if (runs(&edit->world.host[action.host].tcb, action.event)) {
            break;
        }
    }
    return sp_edit_insert(edit, at, &action, 1);
}

/* Of `count` values one that is not `now`. */
static uint8_t another(struct sp_edit *edit, unsigned now, unsigned count)
{
    return (uint8_t)((now + 1 + sp_edit_below(edit, count - 1)) % count);
}

/* What a call or timer is, or how much, or with which initial sequence number. */
bool sp_change_operand(struct sp_edit *edit)
{
    struct sp_action *a = sp_edit_find(edit, 1U << SP_ACTION_CALL | 1U << SP_ACTION_TIMER);
    if (a == NULL) {
        return false;
    }
    if (a->kind == SP_ACTION_TIMER) {
        const unsigned timer = a->event - (unsigned)SP_EVENT_USER_TIMEOUT;
        a->event = (uint8_t)(SP_EVENT_USER_TIMEOUT + another(edit, timer, 6));
        return true;
    }
    const bool takes_count = a->event == SP_EVENT_SEND || a->event == SP_EVENT_RECEIVE;
    const bool takes_iss = a->event == SP_EVENT_OPEN_ACTIVE || a->event == SP_EVENT_SEND;
    const uint32_t choice = sp_edit_below(edit, 4);
    if (choice == 0 && takes_iss) {
        give_iss(edit, a);
    } else if (choice == 1 && a->event == SP_EVENT_SEND) {
        a->urgent = !a->urgent;
    } else if (choice < 3 && takes_count) {
        a->count = some_count(edit, a->host);
    } else {
        const uint32_t count = takes_count ? a->count : 1;
        *a = (struct sp_action){.kind = SP_ACTION_CALL,
                                .host = a->host,
                                .event = another(edit, a->event, SP_EVENT_STATUS + 1),
                                .count = count};
    }
    return true;
}

static bool in_flight(const struct sp_channel *channel, unsigned serial)
{
    for (unsigned i = 0; i < channel->count; i++) {
        if (channel->packet[i].serial == serial) {
            return serial != 0;
        }
    }
    return false;
}

/* What the network does with the packet, or to which packet it does so. */
bool sp_change_packet(struct sp_edit *edit)
{
    struct sp_action *action = sp_edit_find(edit, ON_PACKET);
    const struct sp_channel *channel = &edit->world.channel;
    if (edit->form == SP_FORM_ENDPOINT || action == NULL) {
        return false;
    }
    sp_edit_run_to(edit, action);
    if (channel->count == 0 || sp_edit_once_in(edit, 2)) {
        action->kind =
            (uint8_t)(SP_ACTION_DELIVER + another(edit, action->kind - SP_ACTION_DELIVER, 3));
        return true;
    }
    action->serial = channel->packet[sp_edit_below(edit, channel->count)].serial;
    return true;
}

static unsigned distance(unsigned a, unsigned b)
{
    return a < b ? b - a : a - b;
}

/* One in flight, of at least one: the nearest, because an edit before shifts all numbers alike, or
 * any. */
static uint16_t some_serial(struct sp_edit *edit, unsigned wanted)
{
    const struct sp_channel *channel = &edit->world.channel;
    uint16_t best = channel->packet[sp_edit_below(edit, channel->count)].serial;
    if (sp_edit_once_in(edit, 2)) {
        return best;
    }
    for (unsigned i = 0; i < channel->count; i++) {
        const uint16_t serial = channel->packet[i].serial;
        best = distance(serial, wanted) < distance(best, wanted) ? serial : best;
    }
    return best;
}

size_t sp_edit_repair(struct sp_edit *edit)
{
    const struct sp_channel *channel = &edit->world.channel;
    size_t repaired = 0;
    sp_edit_run(edit, 0);
    for (size_t i = 0; i < edit->script.count; i++) {
        struct sp_action *action = &edit->room[i];
        if (is_on_packet(action) && channel->count > 0 && !in_flight(channel, action->serial) &&
            !sp_edit_once_in(edit, REPAIRS_IN)) {
            action->serial = some_serial(edit, action->serial);
            repaired++;
        }
        (void)sp_edit_act(edit, action);
    }
    return repaired;
}

bool sp_repair_all(struct sp_edit *edit)
{
    return sp_edit_repair(edit) > 0;
}
