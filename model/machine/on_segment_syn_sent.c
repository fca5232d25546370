/*
 * SEGMENT ARRIVES in SYN-SENT (RFC 9293 3.10.7.3): first ACK, then RST, then SYN. Security is not
 * checked (9293 A.1).
 */
#include "machine/turn.h"

/* ISS < SEG.ACK =< SND.NXT; SND.UNA is ISS here. */
static bool ack_acceptable(const struct sp_tcb *t, const struct sp_segment *s)
{
    return sp_seq_lt(t->snd_una, s->ack) && sp_seq_le(s->ack, t->snd_nxt);
}

static void bad_ack(struct sp_turn *turn)
{
    if (sp_has(&turn->event->segment, SP_RST)) {
        sp_fire(turn, SP_RULE_SYN_SENT_BAD_ACK_RST);
        return;
    }
    sp_fire(turn, SP_RULE_SYN_SENT_BAD_ACK);
    sp_emit_reset(turn);
    if (sp_faulty(turn->policy, SP_FAULT_SYN_STORM_AGAINST_TIME_WAIT)) {
        sp_emit_syn(turn, SP_SYN);
    }
}

/* D1: 9293 would have 5961 stacks compare SEG.SEQ with RCV.NXT, which has no value yet. RFC
 * 5961 3.2 itself keeps the old rule: a RST counts iff it acknowledges the SYN. A bad ACK never
 * gets here. */
static void reset(struct sp_turn *turn)
{
    bool acknowledges = sp_has(&turn->event->segment, SP_ACK);
    if (!acknowledges && turn->policy->syn_sent_rst != SP_syn_sent_rst_ANY) {
        sp_fire(turn, SP_RULE_SYN_SENT_RST_DROPPED);
        return;
    }
    sp_fire(turn, SP_RULE_SYN_SENT_RST);
    sp_delete(turn, SP_SIGNAL_RESET);
}

/* D2: no text of 9293 sets SND.WND, WL1 and WL2 here; RFC 1122 4.2.2.20(c) requires it. After this
 * the segment goes on at the URG check. */
static void establish(struct sp_turn *turn)
{
    struct sp_tcb *t = turn->tcb;
    const struct sp_segment *s = &turn->event->segment;
    sp_fire(turn, SP_RULE_SYN_SENT_SYN_ACK);
    sp_take_syn(turn);
    t->snd_una = s->ack;
    t->snd_up = sp_seq_max(t->snd_up, t->snd_una);
    t->retransmits = 0;
    if (turn->policy->wnd_init == SP_wnd_init_EVERY_SYN) {
        sp_init_window(turn, s->ack);
    }
    t->state = SP_ESTABLISHED;
    sp_tell(turn, SP_SIGNAL_OPENED);
    turn->ack_now = true;
    sp_check_urg(turn);
    sp_take_text(turn);
    sp_take_fin(turn);
}

/* Simultaneous open (MUST-10). SEG.ACK, which 9293 puts into SND.WL2, does not exist on a bare SYN:
 * ISS stands for "acknowledges nothing yet" (D2). Text and FIN wait for ESTABLISHED. */
static void cross(struct sp_turn *turn)
{
    struct sp_tcb *t = turn->tcb;
    if (turn->policy->sim_open == SP_sim_open_IGNORE) {
        sp_fire(turn, SP_RULE_SYN_SENT_SYN_IGNORED);
        return;
    }
    sp_fire(turn, SP_RULE_SYN_SENT_SYN);
    sp_take_syn(turn);
    sp_init_window(turn, t->iss);
    t->state = SP_SYN_RECEIVED;
    sp_hold(turn);
    if (sp_faulty(turn->policy, SP_FAULT_SIMOPEN_BARE_ACK)) {
        sp_emit_ack(turn);
        return;
    }
    sp_emit_syn(turn, SP_SYN | SP_ACK);
}

/* The fault answers a SYN,ACK, and opens only when that answer is acknowledged. */
static void wait_for_fourth(struct sp_turn *turn)
{
    sp_fire(turn, SP_RULE_SYN_SENT_SYN);
    sp_take_syn(turn);
    sp_init_window(turn, turn->tcb->iss);
    turn->tcb->state = SP_SYN_RECEIVED;
    sp_hold(turn);
    sp_emit_ack(turn);
}

void sp_on_segment_syn_sent(struct sp_turn *turn)
{
    const struct sp_segment *s = &turn->event->segment;
    bool has_ack = sp_has(s, SP_ACK);
    if (has_ack && !ack_acceptable(turn->tcb, s)) {
        bad_ack(turn);
        return;
    }
    if (sp_has(s, SP_RST)) {
        reset(turn);
        return;
    }
    bool without_syn = has_ack && sp_faulty(turn->policy, SP_FAULT_SYN_SENT_ACCEPTS_NON_SYNACK);
    if (!sp_has(s, SP_SYN) && !without_syn) {
        sp_fire(turn, SP_RULE_SYN_SENT_NOTHING);
        return;
    }
    if (has_ack && sp_faulty(turn->policy, SP_FAULT_FOUR_WAY_HANDSHAKE)) {
        wait_for_fourth(turn);
    } else if (has_ack) {
        establish(turn);
    } else {
        cross(turn);
    }
}
