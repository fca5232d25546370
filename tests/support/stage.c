/* The stage of stage.h. To keep in mind: every number here is counted by hand from RFC 9293 3.4. */
#include "stage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static uint64_t held, broken;

/* What a state says of the FINs: own sent, own acknowledged, the peer's received (3.3.2). */
static bool sends_fin(enum sp_state state)
{
    return state == SP_FIN_WAIT_1 || state == SP_FIN_WAIT_2 || state == SP_CLOSING ||
           state == SP_LAST_ACK || state == SP_TIME_WAIT;
}

static bool fin_is_acked(enum sp_state state)
{
    return state == SP_FIN_WAIT_2 || state == SP_TIME_WAIT;
}

static bool has_fin(enum sp_state state)
{
    return state == SP_CLOSE_WAIT || state == SP_CLOSING || state == SP_LAST_ACK ||
           state == SP_TIME_WAIT;
}

static void begin(struct sp_host *h, sp_seq iss)
{
    struct sp_tcb *t = &h->tcb;
    t->iss = t->snd_una = iss;
    t->snd_nxt = t->snd_max = t->snd_end = iss + 1;
    h->life[0].iss = iss;
    h->life[0].begun = true;
    h->life[0].flags = SP_LIFE_SYN_SENT;
    h->life[0].end = iss + 1;
}

static void take_syn(struct sp_host *h, sp_seq irs)
{
    struct sp_tcb *t = &h->tcb;
    t->irs = irs;
    t->rcv_nxt = t->rcv_read = irs + 1;
    t->rcv_adv = irs + 11;
    t->rcv_buf = 10;
    t->snd_wnd = 10;
    t->snd_wl1 = irs;
    t->snd_wl2 = t->iss;
    h->life[0].peer = 1;
    h->life[0].edge = t->rcv_adv;
    h->life[0].ack_max = t->rcv_nxt;
    h->life[0].edge_known = h->life[0].ack_known = true;
}

/* Two octets each way, all acknowledged, and the FINs that the state speaks of. */
static void talk(struct sp_host *h, enum sp_state state)
{
    struct sp_tcb *t = &h->tcb;
    struct sp_life *life = &h->life[0];
    t->snd_end = t->iss + 3;
    t->snd_max = t->snd_nxt = t->snd_end + sends_fin(state);
    t->snd_una = t->snd_end + fin_is_acked(state);
    t->rcv_read = t->irs + 3;
    t->rcv_nxt = t->rcv_read + has_fin(state);
    t->rcv_adv = t->irs + 13;
    t->snd_wl1 = t->irs + 3;
    t->snd_wl2 = t->iss + 3;
    t->flags |= sends_fin(state) ? SP_TCB_CLOSE : 0;
    t->flags |= has_fin(state) ? SP_TCB_FIN_RECEIVED | SP_TCB_FIN_HELD | SP_TCB_TOLD_EOF : 0;
    t->rcv_fin = has_fin(state) ? t->irs + 3 : 0;
    t->timers = state == SP_TIME_WAIT ? SP_TIMER_TIME_WAIT : 0;
    life->written = life->received = life->delivered = 2;
    life->end = t->snd_max;
    life->edge = t->rcv_adv;
    life->ack_max = t->rcv_nxt;
    life->flags |= SP_LIFE_OPENED;
    life->flags |= sends_fin(state) ? SP_LIFE_CLOSE | SP_LIFE_FIN_SENT : 0;
    life->flags |= has_fin(state) ? SP_LIFE_FIN_RECEIVED | SP_LIFE_TOLD_EOF : 0;
    life->flags |= state == SP_TIME_WAIT ? SP_LIFE_TIME_WAIT : 0;
}

static void put(struct sp_host *h, enum sp_state state, sp_seq iss, sp_seq irs)
{
    memset(h, 0, sizeof *h);
    h->tcb.state = (uint8_t)state;
    if (state == SP_CLOSED) {
        return;
    }
    h->lives = 1;
    if (state == SP_LISTEN) {
        h->tcb.flags = SP_TCB_PASSIVE;
        h->tcb.rcv_buf = 10;
        return;
    }
    begin(h, iss);
    if (state == SP_SYN_SENT) {
        return;
    }
    take_syn(h, irs);
    if (state == SP_SYN_RECEIVED) {
        h->tcb.flags = SP_TCB_PASSIVE;
        return;
    }
    talk(h, state);
}

void stage_set(struct stage *s, enum sp_state a, enum sp_state b)
{
    memset(s, 0, sizeof *s);
    sp_setup_init(&s->setup);
    put(&s->world.host[SP_A], a, 100, 200);
    put(&s->world.host[SP_B], b, 200, 100);
    s->step.acted = true;
    s->step.host = SP_A;
    s->step.event.kind = SP_EVENT_STATUS;
    s->step.output.rules = 1;
    s->step.before = s->world.host[SP_A];
}

struct sp_tcb *stage_tcb(struct stage *s)
{
    return &s->world.host[SP_A].tcb;
}

struct sp_life *stage_life(struct stage *s)
{
    return &s->world.host[SP_A].life[0];
}

struct sp_tcb *stage_before(struct stage *s)
{
    return &s->step.before.tcb;
}

struct sp_tcb *stage_peer(struct stage *s)
{
    return &s->world.host[SP_B].tcb;
}

struct sp_life *stage_peer_life(struct stage *s)
{
    return &s->world.host[SP_B].life[0];
}

void stage_move(struct stage *s, enum sp_state state)
{
    struct sp_host *h = &s->world.host[SP_A];
    struct sp_life life = h->life[0];
    if (state == SP_CLOSED) { /* the TCB is gone, the record of the life stays */
        memset(&h->tcb, 0, sizeof h->tcb);
        h->life[0] = life;
        return;
    }
    put(h, state, 100, 200);
}

struct sp_segment *stage_arrive(struct stage *s, unsigned flags, sp_seq seq, sp_seq ack,
                                unsigned len)
{
    struct sp_segment *g = &s->step.event.segment;
    memset(g, 0, sizeof *g);
    s->step.event.kind = SP_EVENT_SEGMENT;
    s->step.event_life = s->world.host[SP_B].lives;
    g->flags = (uint8_t)flags;
    g->seq = seq;
    g->ack = ack;
    g->len = (uint16_t)len;
    g->wnd = 10;
    g->text = len > 0 ? seq + ((flags & SP_SYN) != 0) - 201 : 0;
    return g;
}

void stage_event(struct stage *s, enum sp_event_kind kind)
{
    s->step.event.kind = kind;
}

struct sp_segment *stage_send(struct stage *s, unsigned flags, sp_seq seq, sp_seq ack, unsigned len)
{
    struct sp_segment *g = &s->step.output.segment[s->step.output.sent++];
    memset(g, 0, sizeof *g);
    g->flags = (uint8_t)flags;
    g->seq = seq;
    g->ack = ack;
    g->len = (uint16_t)len;
    g->wnd = 10;
    g->text = len > 0 ? seq - 101 : 0;
    return g;
}

void stage_holds_at(struct stage *s, enum sp_property property, const char *file, int line)
{
    struct sp_findings found = sp_oracle_judge(&s->setup, &s->step, &s->world);
    if ((found.violated >> property & 1) != 0) {
        sp_oracle_explain(&s->setup, &s->step, &s->world, property, &s->evidence);
        print_error("%s: %s\n", sp_property_info(property)->id, s->evidence.claim);
        _fail(file, line);
    }
    held |= 1ull << property;
}

const char *stage_breaks_at(struct stage *s, enum sp_property property, const char *file, int line)
{
    struct sp_findings found = sp_oracle_judge(&s->setup, &s->step, &s->world);
    sp_oracle_explain(&s->setup, &s->step, &s->world, property, &s->evidence);
    if ((found.violated >> property & 1) == 0 || s->evidence.claim[0] == '\0') {
        print_error("%s is not broken\n", sp_property_info(property)->id);
        _fail(file, line);
    }
    broken |= 1ull << property;
    return s->evidence.claim;
}

uint64_t stage_held(void)
{
    return held;
}

uint64_t stage_broken(void)
{
    return broken;
}
