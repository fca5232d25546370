/*
 * One step: the event goes to the section of RFC 9293 3.10 that speaks of it, then what is owed is
 * sent, then the timers follow from what the TCB has become.
 *
 * Invariant: sp_tcb.timers is a function of the rest of the TCB. No section starts or stops one.
 */
#include "machine/turn.h"

static void on_segment(struct sp_turn *turn)
{
    switch (turn->began) {
    case SP_CLOSED:
        sp_on_segment_closed(turn);
        return;
    case SP_LISTEN:
        sp_on_segment_listen(turn);
        return;
    case SP_SYN_SENT:
        sp_on_segment_syn_sent(turn);
        return;
    case SP_SYN_RECEIVED:
    case SP_ESTABLISHED:
    case SP_FIN_WAIT_1:
    case SP_FIN_WAIT_2:
    case SP_CLOSE_WAIT:
    case SP_CLOSING:
    case SP_LAST_ACK:
    case SP_TIME_WAIT:
        sp_on_segment_other(turn);
        return;
    case SP_STATE_COUNT:
        return;
    }
}

static void on_event(struct sp_turn *turn)
{
    switch (turn->event->kind) {
    case SP_EVENT_OPEN_PASSIVE:
        sp_on_open(turn, true);
        return;
    case SP_EVENT_OPEN_ACTIVE:
        sp_on_open(turn, false);
        return;
    case SP_EVENT_SEND:
        sp_on_send(turn);
        return;
    case SP_EVENT_RECEIVE:
        sp_on_receive(turn);
        return;
    case SP_EVENT_CLOSE:
        sp_on_close(turn);
        return;
    case SP_EVENT_ABORT:
        sp_on_abort(turn);
        return;
    case SP_EVENT_STATUS:
        sp_on_status(turn);
        return;
    case SP_EVENT_SEGMENT:
        on_segment(turn);
        return;
    case SP_EVENT_USER_TIMEOUT:
    case SP_EVENT_RETRANSMISSION:
    case SP_EVENT_TIME_WAIT:
    case SP_EVENT_PERSIST:
    case SP_EVENT_DELAYED_ACK:
    case SP_EVENT_KEEP_ALIVE:
        sp_on_timeout(turn);
        return;
    case SP_EVENT_COUNT:
        return;
    }
}

/* Nothing but a window probe is outstanding: the persist timer answers for it, not the other. */
static bool only_probe_outstanding(const struct sp_tcb *t)
{
    return t->snd_una == t->snd_nxt && t->snd_max == t->snd_nxt + 1;
}

static bool idle(const struct sp_policy *policy, const struct sp_tcb *t)
{
    bool open =
        t->state == SP_ESTABLISHED || t->state == SP_FIN_WAIT_2 || t->state == SP_CLOSE_WAIT;
    return open && t->snd_una == t->snd_max && !sp_unsent(policy, t);
}

/* Something outstanding that no retransmission timer answers for, as a fault has it. */
SP_COLD static bool is_untimed(const struct sp_policy *policy, const struct sp_tcb *t)
{
    return (sp_faulty(policy, SP_FAULT_FIN_NOT_RETRANSMITTED) && t->snd_una == t->snd_end) ||
           (sp_faulty(policy, SP_FAULT_SYN_NOT_RETRANSMITTED) && t->state == SP_SYN_SENT) ||
           (sp_faulty(policy, SP_FAULT_RTO_CLEARED_ON_PARTIAL_ACK) &&
            (t->flags & SP_TCB_FAULT) != 0);
}

/*
 * Something outstanding: the retransmission timer runs. Nothing outstanding, something unsent: the
 * persist timer (3.8.6.1), which is also the override timer of the sender's silly-window avoidance
 * (3.8.6.2.1). Keep-alive runs on an idle connection (MUST-26).
 */
uint8_t sp_timers_due(const struct sp_policy *policy, const struct sp_tcb *t)
{
    unsigned timers = 0;
    if (t->state == SP_CLOSED || t->state == SP_LISTEN) {
        return 0;
    }
    if (t->state == SP_TIME_WAIT ||
        (t->state == SP_FIN_WAIT_2 &&
         sp_faulty(policy, SP_FAULT_FIN_WAIT_2_TIMEOUT_KILLS_HALF_CLOSE))) {
        return SP_TIMER_TIME_WAIT;
    }
    if (t->snd_una != t->snd_max && !only_probe_outstanding(t)) {
        timers |=
            policy->fault != SP_FAULT_NONE && is_untimed(policy, t) ? 0 : SP_TIMER_RETRANSMISSION;
    } else if (sp_unsent(policy, t) && !sp_faulty(policy, SP_FAULT_NO_PERSIST_TIMER)) {
        timers |= SP_TIMER_PERSIST;
    }
    if (t->unacked != 0) {
        timers |= SP_TIMER_DELAYED_ACK;
    }
    if ((t->flags & SP_TCB_KEEP_ALIVE) != 0 && idle(policy, t)) {
        timers |= SP_TIMER_KEEP_ALIVE;
    }
    return (uint8_t)timers;
}

void sp_step(const struct sp_policy *policy, struct sp_tcb *tcb, const struct sp_event *event,
             struct sp_output *output)
{
    struct sp_turn turn = {
        .policy = policy, .tcb = tcb, .event = event, .out = output, .began = tcb->state};
    output->reply = SP_REPLY_NONE;
    output->signals = 0;
    output->delivered = 0;
    output->taken = (struct sp_range){0, 0};
    output->sent = 0;
    output->rules = 0;
    on_event(&turn);
    sp_transmit(&turn);
    tcb->timers = sp_timers_due(policy, tcb);
}
