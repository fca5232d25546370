/*
 * Step 5 of SEGMENT ARRIVES in SYN-RECEIVED and the synchronized states: the ACK field (RFC 9293
 * 3.10.7.4). SND.UNA, the send window and the states that wait for an ACK move here and nowhere
 * else.
 */
#include "machine/turn.h"

/* Drops the segment and answers with an ACK. */
static bool drop_with_ack(struct sp_turn *turn, enum sp_rule rule)
{
    sp_fire(turn, rule);
    turn->ack_now = true;
    return false;
}

/* RFC 5961 5.2 (MAY-12): only SND.UNA - MAX.SND.WND =< SEG.ACK =< SND.MAX will do, which a number
 * 2^31 away from either does not. D7: 9293 writes this check before the states are told apart,
 * which for a bad ACK in SYN-RECEIVED changes the RST of 3.5.2 into an ACK; FreeBSD keeps the RST.
 */
static bool check_ack_range(struct sp_turn *turn)
{
    const struct sp_tcb *t = turn->tcb;
    const struct sp_segment *s = &turn->event->segment;
    if (turn->policy->ack_range == SP_ack_range_OFF) {
        return true;
    }
    if (t->state == SP_SYN_RECEIVED && turn->policy->synrcvd_ack == SP_synrcvd_ack_RST) {
        return true;
    }
    if (!sp_seq_le(t->snd_una - t->snd_wnd_max, s->ack)) {
        return drop_with_ack(turn, SP_RULE_ACK_OLD);
    }
    if (!sp_seq_le(s->ack, t->snd_max)) {
        return drop_with_ack(turn, SP_RULE_ACK_BEYOND);
    }
    return true;
}

/* SND.UNA =< SEG.ACK, and the segment is not older than the one of the last update: SND.WL1 <
 * SEG.SEQ, or the same SEQ and SND.WL2 =< SEG.ACK. */
static void update_window(struct sp_turn *turn)
{
    struct sp_tcb *t = turn->tcb;
    const struct sp_segment *s = &turn->event->segment;
    bool newer =
        sp_seq_lt(t->snd_wl1, s->seq) || (t->snd_wl1 == s->seq && sp_seq_le(t->snd_wl2, s->ack));
    if (!newer) {
        return;
    }
    uint32_t old = t->snd_wnd;
    sp_init_window(turn, s->ack);
    if (t->snd_wnd != old) {
        sp_fire(turn, SP_RULE_WINDOW_UPDATE);
    }
}

/* Between SND.UNA and `ack` lies text, not only a SYN or a FIN: a SEND may be told "ok". */
static bool acknowledges_text(const struct sp_tcb *t, sp_seq ack)
{
    sp_seq first = sp_seq_max(t->snd_una, t->iss + 1);
    return sp_seq_lt(first, sp_seq_min(ack, t->snd_end));
}

/* SEG.ACK is of something never sent: beyond SND.MAX, which remembers what SND.NXT may forget. */
static bool is_beyond(const struct sp_turn *turn)
{
    const struct sp_tcb *t = turn->tcb;
    const sp_seq ack = turn->event->segment.ack;
    if (sp_seq_gt(ack, t->snd_max)) {
        return !sp_faulty(turn->policy, SP_FAULT_ACK_BEYOND_SND_NXT_ACCEPTED);
    }
    return sp_seq_gt(ack, t->snd_nxt) &&
           sp_faulty(turn->policy, SP_FAULT_ACK_AFTER_GO_BACK_N_IGNORED);
}

/* A new ACK that comes with a FIN, and that the fault leaves unseen. */
static bool is_passed_over(const struct sp_turn *turn)
{
    return sp_faulty(turn->policy, SP_FAULT_FIN_ACKS_DATA_STATE_NOT_UPDATED) &&
           sp_has(&turn->event->segment, SP_FIN);
}

/* One octet is taken off for a FIN that was not sent yet, as the fault has it. */
static bool is_miscounted(const struct sp_turn *turn)
{
    return sp_faulty(turn->policy, SP_FAULT_FIN_AND_DATA_ACK_MISCOUNTED) &&
           (turn->tcb->flags & SP_TCB_CLOSE) != 0 && !sp_fin_sent(turn->tcb);
}

/* The fault stops the timer by any new ACK, until something is sent again. */
static void note_partial(struct sp_turn *turn)
{
    struct sp_tcb *t = turn->tcb;
    if (sp_faulty(turn->policy, SP_FAULT_RTO_CLEARED_ON_PARTIAL_ACK) && t->snd_una != t->snd_max) {
        t->flags |= SP_TCB_FAULT;
    }
}

/* The ACK processing that all synchronized states share. False: the ACK is not believed. */
static bool take_ack(struct sp_turn *turn)
{
    struct sp_tcb *t = turn->tcb;
    const struct sp_segment *s = &turn->event->segment;
    if (is_beyond(turn)) {
        /* D16: two desynchronised ends answer each other for ever (RFC 1337 H2). */
        sp_fire(turn, SP_RULE_ACK_BEYOND);
        turn->ack_now = turn->policy->ack_beyond == SP_ack_beyond_ACK &&
                        !sp_faulty(turn->policy, SP_FAULT_BAD_ACK_DRAWS_NO_REPLY);
        return sp_has(s, SP_FIN) && sp_faulty(turn->policy, SP_FAULT_BAD_ACK_FIN_PROCESSED);
    }
    if (sp_seq_gt(s->ack, t->snd_una) && !is_passed_over(turn)) {
        sp_fire(turn, SP_RULE_ACK_NEW);
        sp_tell(turn, acknowledges_text(t, s->ack) ? SP_SIGNAL_SENT : 0);
        t->snd_una = s->ack - is_miscounted(turn);
        note_partial(turn);
        t->snd_nxt = sp_seq_max(t->snd_nxt, s->ack); /* a probe beyond SND.NXT was taken (D5) */
        t->snd_up = sp_seq_max(t->snd_up, s->ack);
        t->retransmits = 0;
    } else {
        sp_fire(turn, SP_RULE_ACK_DUPLICATE);
    }
    if (s->ack == t->snd_una) {
        if (t->snd_wnd == 0) {
            t->retransmits = 0; /* the probe was answered (MUST-37) */
        }
        update_window(turn);
    }
    return true;
}

/* The handshake is complete. A CLOSE that waited in SYN-RECEIVED is carried out as in ESTABLISHED.
 */
static bool establish(struct sp_turn *turn)
{
    struct sp_tcb *t = turn->tcb;
    const struct sp_segment *s = &turn->event->segment;
    bool covers =
        sp_seq_lt(t->snd_una, s->ack) ||
        (sp_faulty(turn->policy, SP_FAULT_SYN_RCVD_ACCEPTS_ACK_OF_ISS) && s->ack == t->snd_una);
    if (!covers || !sp_seq_le(s->ack, t->snd_nxt)) {
        sp_fire(turn, SP_RULE_SYN_RECEIVED_BAD_ACK);
        sp_emit_reset(turn);
        turn->ack_now = false;
        return false;
    }
    sp_fire(turn, SP_RULE_SYN_RECEIVED_ACK);
    sp_tell(turn, SP_SIGNAL_OPENED);
    t->snd_una = s->ack;
    t->snd_up = sp_seq_max(t->snd_up, s->ack);
    t->retransmits = 0;
    sp_forget_time_wait(t);
    sp_init_window(turn, s->ack);
    t->state = SP_ESTABLISHED;
    if (sp_faulty(turn->policy, SP_FAULT_FOUR_WAY_HANDSHAKE)) {
        turn->ack_now = (t->flags & SP_TCB_PASSIVE) != 0;
    }
    if ((t->flags & SP_TCB_CLOSE) != 0) {
        sp_fire(turn, SP_RULE_QUEUED_CLOSE);
        t->state = SP_FIN_WAIT_1;
    }
    return true;
}

/* D14: FIN-WAIT-1 and CLOSING may hold with the FIN still unsent, behind text or a closed window.
 * An ACK of all that was sent is then no ACK of the FIN. */
static bool fin_acked(const struct sp_turn *turn)
{
    const struct sp_tcb *t = turn->tcb;
    if (turn->policy->fin_acked == SP_fin_acked_LITERAL ||
        sp_faulty(turn->policy, SP_FAULT_FIN_ACKED_AT_SND_NXT_WHILE_UNSENT)) {
        return (t->flags & SP_TCB_CLOSE) != 0 && turn->event->segment.ack == t->snd_nxt;
    }
    return sp_fin_acked(t);
}

static bool closing(struct sp_turn *turn)
{
    if (!fin_acked(turn)) {
        sp_fire(turn, SP_RULE_CLOSING_WAITS);
        return false;
    }
    sp_fire(turn, SP_RULE_CLOSING_FIN_ACKED);
    sp_to_time_wait(turn);
    return true;
}

static bool last_ack(struct sp_turn *turn)
{
    if (!fin_acked(turn) && !sp_faulty(turn->policy, SP_FAULT_LAST_ACK_ANY_ACK_CLOSES)) {
        return true;
    }
    sp_fire(turn, SP_RULE_LAST_ACK_FIN_ACKED);
    sp_delete(turn, SP_SIGNAL_CLOSED);
    return false;
}

/* D3: step 5 literally acknowledges whatever is acceptable here. Two ends in TIME-WAIT and one
 * duplicate ACK then never fall silent. What occupies sequence space is answered, the rest is not.
 */
static bool time_wait(struct sp_turn *turn)
{
    bool literal = turn->policy->tw_ack == SP_tw_ack_LITERAL;
    if (turn->policy->tw_restart == SP_tw_restart_ANY_ACK) {
        sp_fire(turn, SP_RULE_TIME_WAIT_RESTART);
    }
    if (!literal && sp_segment_len(&turn->event->segment) == 0) {
        sp_fire(turn, SP_RULE_TIME_WAIT_QUIET);
        return true;
    }
    sp_fire(turn, SP_RULE_TIME_WAIT_ACK);
    turn->ack_now = true;
    return true;
}

static bool by_state(struct sp_turn *turn)
{
    struct sp_tcb *t = turn->tcb;
    switch ((enum sp_state)t->state) {
    case SP_FIN_WAIT_1:
        if (fin_acked(turn)) {
            sp_fire(turn, SP_RULE_FIN_WAIT_1_FIN_ACKED);
            sp_tell(turn, SP_SIGNAL_CLOSED);
            t->state = SP_FIN_WAIT_2;
        }
        return true;
    case SP_CLOSING:
        return closing(turn);
    case SP_LAST_ACK:
        return last_ack(turn);
    case SP_TIME_WAIT:
        return time_wait(turn);
    case SP_ESTABLISHED:
    case SP_FIN_WAIT_2:
    case SP_CLOSE_WAIT:
        return true;
    case SP_CLOSED:
    case SP_LISTEN:
    case SP_SYN_SENT:
    case SP_SYN_RECEIVED:
    case SP_STATE_COUNT:
        return false;
    }
    return false;
}

bool sp_check_ack(struct sp_turn *turn)
{
    if (!sp_has(&turn->event->segment, SP_ACK)) {
        sp_fire(turn, SP_RULE_NO_ACK);
        return sp_synchronized(turn->tcb->state) &&
               sp_faulty(turn->policy, SP_FAULT_ACK_BIT_NOT_REQUIRED);
    }
    if (!check_ack_range(turn)) {
        return false;
    }
    if (turn->tcb->state == SP_SYN_RECEIVED) {
        return establish(turn) && !sp_faulty(turn->policy, SP_FAULT_SYN_RCVD_FIN_OR_DATA_DROPPED);
    }
    return take_ack(turn) && by_state(turn);
}
