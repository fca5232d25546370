/*
 * Timeouts (RFC 9293 3.10.8), and the timers of 3.8: persist, delayed ACK, keep-alive.
 *
 * When a timer fires is not decided here: the event says so. A timer that does not run does
 * nothing.
 */
#include "machine/turn.h"

static void user_timeout(struct sp_turn *turn)
{
    if (turn->began == SP_CLOSED) {
        sp_fire(turn, SP_RULE_TIMER_IDLE);
        return;
    }
    sp_fire(turn, SP_RULE_USER_TIMEOUT);
    sp_delete(turn, SP_SIGNAL_TIMED_OUT);
}

/*
 * The fault keeps a segment of two octets queued as it was first sent again, until all of it is
 * acknowledged. An ACK of its first octet (after which the count of retransmissions began anew)
 * takes that octet off, but leaves the sequence number: the second goes out under the number of the
 * first.
 */
static void misnumber(struct sp_turn *turn, uint32_t len)
{
    struct sp_tcb *t = turn->tcb;
    if (!sp_faulty(turn->policy, SP_FAULT_PARTIAL_ACK_TRIM_KEEPS_SEQ)) {
        return;
    }
    if ((t->flags & SP_TCB_FAULT) != 0 && t->retransmits == 1 && len == 1) {
        turn->out->segment[turn->out->sent - 1].seq--;
    }
    t->flags &= (uint16_t)~SP_TCB_FAULT;
    t->flags |= len == 2 ? SP_TCB_FAULT : 0U;
}

/* The front of the queue: from SND.UNA, one segment of what was sent, at least one octet of it even
 * when the peer has shrunk its window to nothing (SHLD-16). */
static void resend_text(struct sp_turn *turn)
{
    const struct sp_tcb *t = turn->tcb;
    sp_seq end = sp_seq_min(t->snd_max, t->snd_end);
    uint32_t len = sp_seq_gt(end, t->snd_una) ? end - t->snd_una : 0;
    uint32_t wnd = t->snd_wnd == 0 ? 1 : t->snd_wnd;
    len = len < wnd ? len : wnd;
    len = len < t->snd_mss ? len : t->snd_mss;
    bool fin = sp_fin_sent(t) && t->snd_una + len == t->snd_end;
    sp_fire(turn, SP_RULE_RETRANSMIT);
    sp_emit_text(turn, t->snd_una, len, fin);
    misnumber(turn, len);
    if (sp_faulty(turn->policy, SP_FAULT_ACK_AFTER_GO_BACK_N_IGNORED)) {
        turn->tcb->snd_nxt = t->snd_una + len + fin;
    }
}

/* D10: after a simultaneous open the queue is headed by the bare SYN; stacks send SYN,ACK, which is
 * what the peer needs. FIN-WAIT-1 entered from SYN-RECEIVED (D15) may still owe its SYN, too. */
static void resend(struct sp_turn *turn)
{
    const struct sp_tcb *t = turn->tcb;
    if (t->snd_una != t->iss) {
        resend_text(turn);
        return;
    }
    bool crossed = t->state == SP_SYN_RECEIVED && (t->flags & SP_TCB_PASSIVE) == 0;
    bool bare =
        t->state == SP_SYN_SENT || (crossed && turn->policy->simopen_head == SP_simopen_head_SYN);
    sp_fire(turn, bare ? SP_RULE_RETRANSMIT_SYN : SP_RULE_RETRANSMIT_SYN_ACK);
    sp_emit_syn(turn, bare ? SP_SYN : SP_SYN | SP_ACK);
}

/* R2 counts what goes unanswered (MUST-20): retransmissions, and probes of a closed window, which
 * an answer of any kind sets back (MUST-37, SHLD-17; sp_check_ack). From R1 on the user knows
 * (SHLD-9). True: TCP has given up. */
static bool gives_up(struct sp_turn *turn)
{
    struct sp_tcb *t = turn->tcb;
    bool for_ever =
        (sp_faulty(turn->policy, SP_FAULT_LAST_ACK_NEVER_TIMES_OUT) && t->state == SP_LAST_ACK) ||
        (sp_faulty(turn->policy, SP_FAULT_SYN_RCVD_NEVER_GIVES_UP) && t->state == SP_SYN_RECEIVED);
    if (t->r2 != 0 && t->retransmits >= t->r2 && !for_ever) {
        sp_fire(turn, SP_RULE_R2_TIMEOUT);
        sp_delete(turn, SP_SIGNAL_TIMED_OUT);
        return true;
    }
    if (t->retransmits < (t->r2 != 0 ? SP_RETRANSMITS_MAX : SP_R1)) {
        t->retransmits++;
        sp_tell(turn, t->retransmits == SP_R1 ? SP_SIGNAL_TROUBLE : 0);
    }
    return false;
}

static void retransmission(struct sp_turn *turn)
{
    if (!gives_up(turn)) {
        resend(turn);
    }
}

static void time_wait(struct sp_turn *turn)
{
    sp_fire(turn, SP_RULE_TIME_WAIT_EXPIRES);
    sp_delete(turn, 0);
}

/* D5: a probe that moves SND.NXT makes the pure ACKs of this end unacceptable to a peer whose
 * window is closed. Lenient, it is remembered in SND.MAX alone. */
static void probe(struct sp_turn *turn)
{
    struct sp_tcb *t = turn->tcb;
    const sp_seq sent = t->snd_max;
    bool text = t->snd_nxt != t->snd_end || sp_faulty(turn->policy, SP_FAULT_PROBE_REPLACES_FIN);
    sp_fire(turn, SP_RULE_PROBE);
    sp_emit_text(turn, t->snd_nxt, text, !text);
    if (sp_faulty(turn->policy, SP_FAULT_PROBE_BYTE_UNCOUNTED)) {
        t->snd_max = sent;
    }
    if (turn->policy->zero_window == SP_zero_window_LITERAL) {
        t->snd_nxt = t->snd_max;
    }
}

static void persist(struct sp_turn *turn)
{
    struct sp_tcb *t = turn->tcb;
    uint32_t len = t->snd_end - t->snd_nxt;
    uint32_t usable = sp_usable(turn->policy, t);
    if (usable == 0) {
        if (!gives_up(turn)) {
            probe(turn);
        }
        return;
    }
    len = len < usable ? len : usable;
    len = len < t->snd_mss ? len : t->snd_mss;
    sp_fire(turn, SP_RULE_OVERRIDE);
    sp_emit_text(turn, t->snd_nxt, len, false);
    t->snd_nxt += len;
}

static void delayed_ack(struct sp_turn *turn)
{
    sp_fire(turn, SP_RULE_DELAYED_ACK);
    sp_emit_ack(turn);
}

static void keep_alive(struct sp_turn *turn)
{
    sp_fire(turn, SP_RULE_KEEP_ALIVE);
    sp_emit_keep_alive(turn);
}

static void run(struct sp_turn *turn, unsigned timer, void (*handler)(struct sp_turn *))
{
    if ((turn->tcb->timers & timer) == 0) {
        sp_fire(turn, SP_RULE_TIMER_IDLE);
        return;
    }
    handler(turn);
}

void sp_on_timeout(struct sp_turn *turn)
{
    switch (turn->event->kind) {
    case SP_EVENT_USER_TIMEOUT:
        user_timeout(turn);
        return;
    case SP_EVENT_RETRANSMISSION:
        run(turn, SP_TIMER_RETRANSMISSION, retransmission);
        return;
    case SP_EVENT_TIME_WAIT:
        run(turn, SP_TIMER_TIME_WAIT, time_wait);
        return;
    case SP_EVENT_PERSIST:
        run(turn, SP_TIMER_PERSIST, persist);
        return;
    case SP_EVENT_DELAYED_ACK:
        run(turn, SP_TIMER_DELAYED_ACK, delayed_ack);
        return;
    case SP_EVENT_KEEP_ALIVE:
        run(turn, SP_TIMER_KEEP_ALIVE, keep_alive);
        return;
    case SP_EVENT_OPEN_PASSIVE:
    case SP_EVENT_OPEN_ACTIVE:
    case SP_EVENT_SEND:
    case SP_EVENT_RECEIVE:
    case SP_EVENT_CLOSE:
    case SP_EVENT_ABORT:
    case SP_EVENT_STATUS:
    case SP_EVENT_SEGMENT:
    case SP_EVENT_COUNT:
        return;
    }
}
