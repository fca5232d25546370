/*
 * A SYN in TIME-WAIT (D18): where the standards disagree most. RFC 793 resets or acknowledges,
 * RFC 1122 and 6191 may open a new incarnation, RFC 5961 and 9293 challenge.
 */
#include "machine/turn.h"

#include <string.h>

/* How far above the old one's sequence numbers a new incarnation begins when the ISS it was offered
 * does not lie above them (MAY-2 requires that): what Linux adds, a window and two. */
#define REOPEN_GAP 65537

/* What the SYNs of an incarnation agreed on for all of its life. */
#define AGREED (SP_TCB_SCALE | SP_TCB_TIMESTAMPS | SP_TCB_SACK)

/* RFC 6191 section 2. The last sequence number seen is RCV.NXT - 1, the FIN: "greater" is
 * SEG.SEQ >= RCV.NXT. Cases A1-A3 with timestamps before, B1-B2 without. */
static bool newer_by_timestamps(const struct sp_tcb *t, const struct sp_segment *s, bool without)
{
    bool greater = sp_seq_ge(s->seq, t->rcv_nxt);
    if ((s->options & SP_OPT_TIMESTAMPS) == 0) {
        return without && greater;
    }
    if ((t->flags & SP_TCB_TIMESTAMPS) == 0) {
        return true;
    }
    return sp_seq_gt(s->ts_val, t->ts_recent) || (s->ts_val == t->ts_recent && greater);
}

/* Not while the user has text of the old incarnation to read: it was acknowledged, so it may not be
 * lost with the TCB (3.6). */
static bool reopens(const struct sp_turn *turn)
{
    const struct sp_tcb *t = turn->tcb;
    const struct sp_segment *s = &turn->event->segment;
    if (sp_unread(t) > 0) {
        return false;
    }
    switch (turn->policy->tw_reopen) {
    case SP_tw_reopen_SEQ:
        return sp_seq_gt(s->seq, t->rcv_nxt);
    case SP_tw_reopen_TS:
        return newer_by_timestamps(t, s, false);
    case SP_tw_reopen_TS_SEQ:
        return newer_by_timestamps(t, s, true);
    default:
        return false;
    }
}

/* MAY-2: the new ISS lies above all that the old incarnation used, and the TCB remembers what it
 * needs to fall back to TIME-WAIT when the SYN turns out to be an old duplicate. */
static void reopen(struct sp_turn *turn)
{
    struct sp_tcb *t = turn->tcb;
    struct sp_tcb old = *t;
    sp_seq iss = turn->event->iss;
    sp_fire(turn, SP_RULE_TIME_WAIT_REOPEN);
    memset(t, 0, sizeof *t);
    t->flags = (old.flags & (SP_TCB_READING | SP_TCB_KEEP_ALIVE)) | SP_TCB_PASSIVE | SP_TCB_REMOTE |
               SP_TCB_REOPENED;
    t->rcv_buf = old.rcv_buf;
    t->rcv_mss = old.rcv_mss;
    t->offered = old.offered;
    t->offer_scale = old.offer_scale;
    t->r2 = old.r2;
    t->old_iss = old.iss;
    t->old_snd_nxt = old.snd_max;
    t->old_irs = old.irs;
    t->old_rcv_nxt = old.rcv_nxt;
    t->old_ts_recent = old.ts_recent;
    t->old_agreed = old.flags & AGREED;
    t->old_snd_scale = old.snd_scale;
    t->old_rcv_scale = old.rcv_scale;
    bool as_offered =
        sp_seq_gt(iss, old.snd_max) || sp_faulty(turn->policy, SP_FAULT_ISN_PREDICTABLE_OR_16_BIT);
    sp_begin_sending(turn, as_offered ? iss : old.snd_max + REOPEN_GAP);
    sp_take_syn(turn);
    sp_init_window(turn, t->iss);
    t->state = SP_SYN_RECEIVED;
    sp_hold(turn);
    sp_emit_syn(turn, SP_SYN | SP_ACK);
}

/* The handshake is complete, or the user closed: there is no way back. */
void sp_forget_time_wait(struct sp_tcb *t)
{
    t->flags &= (uint16_t)~SP_TCB_REOPENED;
    t->old_iss = t->old_snd_nxt = t->old_irs = t->old_rcv_nxt = 0;
    t->old_ts_recent = 0;
    t->old_agreed = 0;
    t->old_snd_scale = t->old_rcv_scale = 0;
}

/* The way back: both streams of the old incarnation had ended and were acknowledged. */
void sp_time_wait_again(struct sp_turn *turn)
{
    struct sp_tcb *t = turn->tcb;
    struct sp_tcb old = {
        .state = SP_TIME_WAIT,
        .flags = (t->flags & (SP_TCB_READING | SP_TCB_KEEP_ALIVE)) | SP_TCB_REMOTE | SP_TCB_CLOSE |
                 SP_TCB_FIN_HELD | SP_TCB_FIN_RECEIVED | SP_TCB_TOLD_EOF | t->old_agreed,
        .rcv_buf = t->rcv_buf,
        .rcv_mss = t->rcv_mss,
        .snd_mss = t->snd_mss,
        .offered = t->offered,
        .offer_scale = t->offer_scale,
        .r2 = t->r2,
        .iss = t->old_iss,
        .snd_una = t->old_snd_nxt,
        .snd_nxt = t->old_snd_nxt,
        .snd_max = t->old_snd_nxt,
        .snd_end = t->old_snd_nxt - 1,
        .snd_up = t->old_snd_nxt,
        .snd_wl1 = t->old_rcv_nxt,
        .snd_wl2 = t->old_snd_nxt,
        .irs = t->old_irs,
        .rcv_nxt = t->old_rcv_nxt,
        .rcv_adv = t->old_rcv_nxt + t->rcv_buf,
        .rcv_read = t->old_rcv_nxt - 1,
        .rcv_up = t->old_rcv_nxt - 1,
        .rcv_fin = t->old_rcv_nxt - 1,
        .ack_sent = t->old_rcv_nxt,
        .snd_scale = t->old_snd_scale,
        .rcv_scale = t->old_rcv_scale,
        .ts_recent = t->old_ts_recent,
    };
    sp_fire(turn, SP_RULE_RST_TO_TIME_WAIT);
    *t = old;
    turn->ack_now = false;
}

/* True: the SYN was dealt with. False: the ordered checks decide, as in any synchronized state. A
 * SYN with ACK or RST is no request to open. */
bool sp_time_wait_syn(struct sp_turn *turn)
{
    const struct sp_tcb *t = turn->tcb;
    const struct sp_segment *s = &turn->event->segment;
    if ((s->flags & (SP_SYN | SP_ACK | SP_RST)) != SP_SYN) {
        return false;
    }
    if (reopens(turn) && !sp_faulty(turn->policy, SP_FAULT_TIME_WAIT_ACKS_NEW_SYN)) {
        reopen(turn);
        return true;
    }
    switch (turn->policy->tw_reply) {
    case SP_tw_reply_SILENT:
        sp_fire(turn, SP_RULE_TIME_WAIT_SYN_SILENT);
        return true;
    case SP_tw_reply_RST:
        if (sp_seq_in(s->seq, t->rcv_nxt, sp_rcv_wnd(t))) {
            sp_fire(turn, SP_RULE_TIME_WAIT_SYN_RESET);
            sp_emit_reset(turn);
            return true;
        }
        break;
    case SP_tw_reply_ACK:
        break;
    default:
        return false;
    }
    sp_fire(turn, SP_RULE_TIME_WAIT_SYN_ACK);
    turn->ack_now = true;
    return true;
}
