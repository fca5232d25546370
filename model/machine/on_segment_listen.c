/*
 * SEGMENT ARRIVES in LISTEN (RFC 9293 3.10.7.2): first RST, then ACK, then SYN. Security is not
 * checked: the model has one compartment (9293 A.1).
 */
#include "machine/turn.h"

/* Text and FIN on the SYN are kept and processed once ESTABLISHED, without redoing SYN and ACK. */
static void take_syn(struct sp_turn *turn)
{
    struct sp_tcb *t = turn->tcb;
    sp_fire(turn, SP_RULE_LISTEN_SYN);
    sp_begin_sending(turn, turn->event->iss);
    sp_take_syn(turn);
    /* D2: 9293 sets SND.WND only on entering ESTABLISHED. A CLOSE in SYN-RECEIVED enters FIN-WAIT-1
     * without passing there (D15), so the SYN's own window must do until then. */
    if (turn->policy->wnd_init == SP_wnd_init_EVERY_SYN) {
        sp_init_window(turn, t->iss);
    }
    t->flags |= SP_TCB_REMOTE;
    t->state = SP_SYN_RECEIVED;
    sp_hold(turn);
    sp_emit_syn(turn, SP_SYN | SP_ACK);
    if (sp_faulty(turn->policy, SP_FAULT_TWO_WAY_HANDSHAKE)) {
        t->state = SP_ESTABLISHED;
        sp_tell(turn, SP_SIGNAL_OPENED);
    }
}

void sp_on_segment_listen(struct sp_turn *turn)
{
    const struct sp_segment *s = &turn->event->segment;
    if (sp_has(s, SP_RST)) {
        sp_fire(turn, SP_RULE_LISTEN_RST);
        return;
    }
    bool astray =
        sp_has(s, SP_SYN) && sp_faulty(turn->policy, SP_FAULT_LISTENER_TAKES_STRAY_SEGMENT);
    if (sp_has(s, SP_ACK) && !astray) {
        sp_fire(turn, SP_RULE_LISTEN_ACK);
        sp_emit_reset(turn);
        return;
    }
    if (sp_has(s, SP_SYN)) {
        take_syn(turn);
        return;
    }
    sp_fire(turn, SP_RULE_LISTEN_NOTHING);
}
