/*
 * SEGMENT ARRIVES in SYN-RECEIVED and the synchronized states (RFC 9293 3.10.7.4): the ordered
 * checks are ordered calls. A check returns false when it has dealt with the segment.
 *
 * TIME-WAIT's own view of a SYN is in time_wait.c, the ACK check in check_ack.c, text and FIN in
 * text.c. Security is not checked (9293 A.1).
 */
#include "machine/turn.h"

/* 7323 4.3: TS.Recent follows segments that do not start right of Last.ACK.sent. Appendix D would
 * update before the window test; 5.3 (R2 before R3), followed here, after it. */
static void update_ts_recent(struct sp_turn *turn)
{
    struct sp_tcb *t = turn->tcb;
    const struct sp_segment *s = &turn->event->segment;
    if ((t->flags & SP_TCB_TIMESTAMPS) == 0 || sp_has(s, SP_RST)) {
        return;
    }
    if (sp_seq_le(s->seq, t->ack_sent) || sp_faulty(turn->policy, SP_FAULT_TS_RECENT_UPDATE_RULE)) {
        t->ts_recent = s->ts_val;
    }
}

/* PAWS (7323 5.3 R1) comes before the sequence check; a RST is never subject to it (5.2). Once
 * negotiated, a segment without the option is dropped silently, never aborts (3.2). */
static bool check_timestamps(struct sp_turn *turn)
{
    const struct sp_tcb *t = turn->tcb;
    const struct sp_segment *s = &turn->event->segment;
    if ((t->flags & SP_TCB_TIMESTAMPS) == 0 || sp_has(s, SP_RST)) {
        return true;
    }
    if ((s->options & SP_OPT_TIMESTAMPS) == 0) {
        sp_fire(turn, SP_RULE_TIMESTAMP_MISSING);
        return false;
    }
    if (sp_seq_lt(s->ts_val, t->ts_recent)) {
        sp_fire(turn, SP_RULE_PAWS_REJECT);
        turn->ack_now = true;
        return false;
    }
    if (sp_faulty(turn->policy, SP_FAULT_TS_RECENT_BEFORE_VALIDATION)) {
        update_ts_recent(turn);
    }
    return true;
}

/* x is in the window. The fault compares integers: no x is, when the window goes beyond 2^32. */
static bool in_window(const struct sp_policy *policy, const struct sp_tcb *t, sp_seq x)
{
    bool wraps = t->rcv_adv < t->rcv_nxt;
    return sp_seq_in(x, t->rcv_nxt, sp_rcv_wnd(t)) &&
           !(wraps && sp_faulty(policy, SP_FAULT_SEQ_COMPARE_WITHOUT_WRAP));
}

/* The table of 3.10.7.4 step 1. The data of a RST does not count (SHLD-2): it must be processed at
 * a zero window too (MUST-66). */
static bool acceptable(const struct sp_policy *policy, const struct sp_tcb *t,
                       const struct sp_segment *s)
{
    uint32_t len = sp_has(s, SP_RST) ? 0 : sp_segment_len(s);
    uint32_t wnd = sp_rcv_wnd(t);
    if (wnd == 0) {
        return len == 0 && s->seq == t->rcv_nxt;
    }
    return in_window(policy, t, s->seq) || (len > 0 && in_window(policy, t, s->seq + len - 1));
}

/* Where the peer's pure ACKs stand that the table refuses: right behind the window, when all that
 * filled it is on its way; at a zero window one beside RCV.NXT too, while a probe octet is. Before
 * this end's SYN is acknowledged an ACK behind the window may be one of an incarnation that began
 * after the one whose SYN it took: believing it would break ISN agreement. */
static bool at_closed_edge(const struct sp_tcb *t, const struct sp_segment *s)
{
    if (sp_rcv_wnd(t) == 0) {
        return sp_seq_in(s->seq, t->rcv_nxt - 1, 3);
    }
    return t->snd_una != t->iss && sp_segment_len(s) == 0 && s->seq == t->rcv_adv;
}

/*
 * D5: "allowance for valid ACKs" is not in the table, and without it two ends whose windows are
 * full answer each other's ACKs for ever. ACK, window and URG of a segment at the closed edge
 * count; the text does not. An answer goes to what a pure ACK is not: text, and a keep-alive's SEQ.
 * TIME-WAIT waits for nothing that an ACK could bring.
 */
static bool counts_at_closed_edge(struct sp_turn *turn)
{
    const struct sp_tcb *t = turn->tcb;
    const struct sp_segment *s = &turn->event->segment;
    if (turn->policy->zero_window != SP_zero_window_LENIENT || t->state == SP_TIME_WAIT ||
        !sp_has(s, SP_ACK) || (s->flags & (SP_SYN | SP_RST)) != 0 || !at_closed_edge(t, s)) {
        return false;
    }
    sp_fire(turn, SP_RULE_SEQ_ZERO_WINDOW);
    turn->text_barred = true;
    turn->ack_now = (sp_segment_len(s) > 0 || (s->seq != t->rcv_nxt && s->seq != t->rcv_adv)) &&
                    !sp_faulty(turn->policy, SP_FAULT_PROBE_NOT_ANSWERED);
    return true;
}

/* D11: the SYN that SYN-RECEIVED took, again. An ACK with SEQ = ISS + 1 tells an opener in SYN-SENT
 * nothing: it drops what has no SYN. The peer's SYN,ACK of a simultaneous open is not meant: its
 * ACK is what the peer waits for (D10). */
static bool is_duplicate_syn(const struct sp_turn *turn)
{
    const struct sp_segment *s = &turn->event->segment;
    return turn->tcb->state == SP_SYN_RECEIVED && (s->flags & (SP_SYN | SP_ACK)) == SP_SYN &&
           s->seq == turn->tcb->irs && turn->policy->synrcvd_dup_syn == SP_synrcvd_dup_syn_SYN_ACK;
}

/* D4: a FIN that comes again lies left of the window, so steps 5 and 8, which restart 2MSL, never
 * see it. It is the FIN when it ends exactly at RCV.NXT. */
static void restart_time_wait(struct sp_turn *turn)
{
    const struct sp_segment *s = &turn->event->segment;
    switch (turn->policy->tw_restart) {
    case SP_tw_restart_FIN:
        if (sp_has(s, SP_FIN) && s->seq + sp_segment_len(s) == turn->tcb->rcv_nxt) {
            sp_fire(turn, SP_RULE_TIME_WAIT_FIN_AGAIN);
        }
        return;
    case SP_tw_restart_ANY_ACK:
        if (sp_has(s, SP_ACK)) {
            sp_fire(turn, SP_RULE_TIME_WAIT_RESTART);
        }
        return;
    default:
        return;
    }
}

/* The fault says nothing to this segment. */
static bool stays_silent(const struct sp_turn *turn)
{
    const struct sp_policy *policy = turn->policy;
    const struct sp_tcb *t = turn->tcb;
    const struct sp_segment *s = &turn->event->segment;
    uint32_t len = sp_segment_len(s);
    bool is_old = len > 0 && sp_seq_le(s->seq + len, t->rcv_nxt);
    return (sp_faulty(policy, SP_FAULT_TIME_WAIT_NO_REACK) && t->state == SP_TIME_WAIT &&
            sp_has(s, SP_FIN)) ||
           (sp_faulty(policy, SP_FAULT_DUP_DATA_NOT_ACKED) && s->len > 0 && is_old) ||
           (sp_faulty(policy, SP_FAULT_DUP_SYN_IN_SYN_RCVD_NOT_ANSWERED) && is_duplicate_syn(turn));
}

/* The fault lets a segment that is refused change the TCB: its FIN, or its window. */
static void mutate(struct sp_turn *turn)
{
    const struct sp_policy *policy = turn->policy;
    struct sp_tcb *t = turn->tcb;
    const struct sp_segment *s = &turn->event->segment;
    if (sp_faulty(policy, SP_FAULT_DUP_FIN_ADVANCES_RCV_NXT) && t->state == SP_CLOSE_WAIT &&
        sp_has(s, SP_FIN)) {
        t->rcv_nxt++;
    }
    if ((sp_faulty(policy, SP_FAULT_REJECT_BUT_MUTATE) && sp_has(s, SP_ACK)) ||
        (sp_faulty(policy, SP_FAULT_DUP_SYNACK_ACCEPTED_IN_ESTABLISHED) &&
         t->state == SP_ESTABLISHED && sp_has(s, SP_SYN) && sp_has(s, SP_ACK))) {
        sp_init_window(turn, s->ack);
    }
}

/* The fault answers with the ACK value that it sent last, whatever has arrived since. */
static void answer_with_stale_ack(struct sp_turn *turn)
{
    const sp_seq stale = turn->tcb->ack_sent;
    sp_emit_ack(turn);
    turn->out->segment[turn->out->sent - 1].ack = stale;
}

static void unacceptable(struct sp_turn *turn)
{
    if (sp_has(&turn->event->segment, SP_RST)) {
        sp_fire(turn, SP_RULE_SEQ_UNACCEPTABLE_RST);
        return;
    }
    if (is_duplicate_syn(turn) && !stays_silent(turn)) {
        sp_fire(turn, SP_RULE_SYN_RECEIVED_DUP_SYN);
        sp_emit_syn(turn, SP_SYN | SP_ACK);
        return;
    }
    sp_fire(turn, SP_RULE_SEQ_UNACCEPTABLE);
    turn->ack_now = !stays_silent(turn);
    mutate(turn);
    if (sp_faulty(turn->policy, SP_FAULT_STALE_ACK_REPLY_WAR)) {
        answer_with_stale_ack(turn);
    }
    if (turn->tcb->state == SP_TIME_WAIT) {
        restart_time_wait(turn);
    }
}

/* A pure ACK that meets a closed window, which the fault takes for a segment outside of it. */
static bool is_refused_ack(const struct sp_turn *turn)
{
    const struct sp_segment *s = &turn->event->segment;
    return sp_rcv_wnd(turn->tcb) == 0 && s->flags == SP_ACK && s->len == 0 &&
           sp_faulty(turn->policy, SP_FAULT_ZERO_WINDOW_PURE_ACK_REJECTED);
}

/* Step 1. */
static bool check_sequence(struct sp_turn *turn)
{
    bool refused = is_refused_ack(turn);
    if (!refused && acceptable(turn->policy, turn->tcb, &turn->event->segment)) {
        sp_fire(turn, SP_RULE_SEQ_ACCEPTABLE);
        return true;
    }
    if (!refused && counts_at_closed_edge(turn)) {
        return true;
    }
    unacceptable(turn);
    return false;
}

/* A reset that counts, by state. */
static void reset(struct sp_turn *turn)
{
    struct sp_tcb *t = turn->tcb;
    switch ((enum sp_state)t->state) {
    case SP_SYN_RECEIVED:
        if ((t->flags & SP_TCB_REOPENED) != 0) {
            sp_time_wait_again(turn);
        } else if ((t->flags & SP_TCB_PASSIVE) != 0) {
            sp_fire(turn, SP_RULE_RST_TO_LISTEN);
            sp_to_listen(turn);
        } else {
            sp_fire(turn, SP_RULE_RST_REFUSED);
            sp_delete(turn, SP_SIGNAL_REFUSED);
        }
        return;
    case SP_ESTABLISHED:
    case SP_FIN_WAIT_1:
    case SP_FIN_WAIT_2:
    case SP_CLOSE_WAIT:
        sp_fire(turn, SP_RULE_RST_CLOSES);
        sp_delete(turn, SP_SIGNAL_RESET);
        return;
    case SP_CLOSING:
    case SP_LAST_ACK:
    case SP_TIME_WAIT:
        sp_fire(turn, SP_RULE_RST_FINISHES);
        sp_delete(turn, 0);
        return;
    case SP_CLOSED:
    case SP_LISTEN:
    case SP_SYN_SENT:
    case SP_STATE_COUNT:
        return;
    }
}

/* Step 2. D17: inside the window means RCV.NXT =< SEG.SEQ < RCV.NXT + RCV.WND, which step 1 has
 * established; RFC 5961 3.2 adds that only RCV.NXT itself resets. */
static bool check_rst(struct sp_turn *turn)
{
    const struct sp_segment *s = &turn->event->segment;
    if (!sp_has(s, SP_RST)) {
        return true;
    }
    bool exact =
        s->seq == turn->tcb->rcv_nxt || sp_faulty(turn->policy, SP_FAULT_RST_ANY_IN_WINDOW);
    if (turn->tcb->state == SP_SYN_RECEIVED && !sp_has(s, SP_ACK) &&
        sp_faulty(turn->policy, SP_FAULT_RST_NEEDS_ACK_IN_SYN_RCVD)) {
        sp_fire(turn, SP_RULE_RST_IGNORED);
        return false;
    }
    if (turn->tcb->state == SP_TIME_WAIT && turn->policy->tw_rst != SP_tw_rst_ACCEPT &&
        !sp_faulty(turn->policy, SP_FAULT_TIME_WAIT_ASSASSINATION)) {
        bool ignored = turn->policy->tw_rst == SP_tw_rst_IGNORE || !exact;
        if (ignored) {
            sp_fire(turn, SP_RULE_RST_IGNORED);
            return false;
        }
    } else if (!exact && turn->policy->rst_check == SP_rst_check_EXACT) {
        sp_fire(turn, SP_RULE_RST_CHALLENGED);
        turn->ack_now = true;
        return false;
    }
    reset(turn);
    return false;
}

/* D13: 9293 sends a passive SYN-RECEIVED back to LISTEN without a word. */
static void syn_at_passive_syn_received(struct sp_turn *turn)
{
    switch (turn->policy->synrcvd_syn) {
    case SP_synrcvd_syn_CHALLENGE:
        sp_fire(turn, SP_RULE_SYN_CHALLENGED);
        turn->ack_now = true;
        return;
    case SP_synrcvd_syn_RESET:
        sp_emit_reset(turn);
        break;
    default:
        break;
    }
    if ((turn->tcb->flags & SP_TCB_REOPENED) != 0) {
        sp_time_wait_again(turn);
        return;
    }
    sp_fire(turn, SP_RULE_SYN_TO_LISTEN);
    sp_to_listen(turn);
}

/* The segment that was emitted last. */
static struct sp_segment *reset_of(const struct sp_turn *turn)
{
    return &turn->out->segment[turn->out->sent - 1];
}

/* Three forms of the reset for a SYN in TIME-WAIT that the faults send, and no opener takes. */
static void deform_reset(const struct sp_turn *turn)
{
    const struct sp_policy *policy = turn->policy;
    const struct sp_tcb *t = turn->tcb;
    struct sp_segment *s = reset_of(turn);
    if (t->state != SP_TIME_WAIT) {
        return;
    }
    if (sp_faulty(policy, SP_FAULT_TIME_WAIT_RESET_OF_THE_WRONG_FORM)) {
        *s = (struct sp_segment){.flags = SP_RST | SP_ACK, .seq = t->snd_nxt, .ack = t->rcv_nxt};
    } else if (sp_faulty(policy, SP_FAULT_TIME_WAIT_RESET_WITHOUT_ACK)) {
        *s = (struct sp_segment){.flags = SP_RST};
    } else if (sp_faulty(policy, SP_FAULT_TIME_WAIT_RESET_SHORT_BY_THE_SYN)) {
        s->ack--;
    }
}

/* Step 4. D6: a SYN whose text overlaps the window is a SYN; it is not trimmed. The reset of RFC
 * 793 has the form of 3.5.2, so that the sender of the SYN must believe it. */
static bool check_syn(struct sp_turn *turn)
{
    const struct sp_tcb *t = turn->tcb;
    if (!sp_has(&turn->event->segment, SP_SYN)) {
        return true;
    }
    if (t->state == SP_SYN_RECEIVED && (t->flags & SP_TCB_PASSIVE) != 0) {
        syn_at_passive_syn_received(turn);
        return false;
    }
    if (turn->policy->syn_check == SP_syn_check_CHALLENGE) {
        sp_fire(turn, SP_RULE_SYN_CHALLENGED);
        turn->ack_now = true;
        return false;
    }
    sp_fire(turn, SP_RULE_SYN_RESETS);
    sp_emit_reset(turn);
    deform_reset(turn);
    sp_delete(turn, SP_SIGNAL_RESET);
    return false;
}

void sp_on_segment_other(struct sp_turn *turn)
{
    if (turn->tcb->state == SP_TIME_WAIT && sp_time_wait_syn(turn)) {
        return;
    }
    if (!check_timestamps(turn) || !check_sequence(turn)) {
        return;
    }
    update_ts_recent(turn);
    if (!check_rst(turn) || !check_syn(turn) || !sp_check_ack(turn)) {
        return;
    }
    sp_check_urg(turn);
    if (!turn->text_barred) {
        sp_take_text(turn);
        sp_take_fin(turn);
    }
}
