/*
 * What the files of one step share: the turn, and the parts that more than one section of RFC 9293
 * 3.10 uses. Private to model/machine.
 *
 * Invariant: whoever changes RCV.NXT, the user's reading or the send queue does not send by itself.
 * It marks what is owed (ack_now) and sp_transmit, at the end of the step, sends it once: text with
 * the ACK on it, or the ACK alone. Answers that must have a certain form are emitted at once.
 */
#ifndef SP_MACHINE_TURN_H
#define SP_MACHINE_TURN_H

#include "machine/step.h"

struct sp_turn {
    const struct sp_policy *policy;
    struct sp_tcb *tcb;
    const struct sp_event *event;
    struct sp_output *out;
    enum sp_state began; /* state in which the event found the TCB */
    bool ack_now;        /* an ACK is owed, with text or alone */
    bool text_barred;    /* step 1 let only ACK and URG of this segment through (MUST-66, D5) */
};

/* parts.c: small parts */
void sp_fire(struct sp_turn *turn, enum sp_rule rule);
void sp_tell(struct sp_turn *turn, uint32_t signals);
void sp_answer(struct sp_turn *turn, enum sp_rule rule, enum sp_reply reply);
void sp_delete(struct sp_turn *turn, uint32_t signals);
void sp_to_listen(struct sp_turn *turn);
void sp_to_time_wait(struct sp_turn *turn);
void sp_keep_open(struct sp_turn *turn, const struct sp_open *open, bool passive);
void sp_begin_sending(struct sp_turn *turn, sp_seq iss);
void sp_take_syn(struct sp_turn *turn);
void sp_init_window(struct sp_turn *turn, sp_seq wl2);
bool sp_queued_calls(const struct sp_tcb *tcb);

/* text.c: the receive side. sp_hold keeps text and FIN of the segment for later. */
void sp_hold(struct sp_turn *turn);
void sp_check_urg(struct sp_turn *turn);
void sp_take_text(struct sp_turn *turn);
void sp_take_fin(struct sp_turn *turn);
void sp_hand_over(struct sp_turn *turn);

/* transmit.c: the send side */
void sp_emit_syn(struct sp_turn *turn, unsigned flags);
void sp_emit_ack(struct sp_turn *turn);
void sp_emit_text(struct sp_turn *turn, sp_seq seq, uint32_t len, bool fin);
void sp_emit_keep_alive(struct sp_turn *turn);
void sp_emit_abort(struct sp_turn *turn);
void sp_emit_reset(struct sp_turn *turn);
bool sp_window_grows(const struct sp_turn *turn);
uint32_t sp_usable(const struct sp_policy *policy, const struct sp_tcb *tcb);
bool sp_unsent(const struct sp_policy *policy, const struct sp_tcb *tcb);
void sp_transmit(struct sp_turn *turn);

/* The sections of 3.10, one file each. */
void sp_on_open(struct sp_turn *turn, bool passive);
void sp_on_send(struct sp_turn *turn);
void sp_on_receive(struct sp_turn *turn);
void sp_on_close(struct sp_turn *turn);
void sp_on_abort(struct sp_turn *turn);
void sp_on_status(struct sp_turn *turn);
void sp_on_segment_closed(struct sp_turn *turn);
void sp_on_segment_listen(struct sp_turn *turn);
void sp_on_segment_syn_sent(struct sp_turn *turn);
void sp_on_segment_other(struct sp_turn *turn);
bool sp_time_wait_syn(struct sp_turn *turn);
void sp_time_wait_again(struct sp_turn *turn);
void sp_forget_time_wait(struct sp_tcb *tcb);
bool sp_check_ack(struct sp_turn *turn);
void sp_on_timeout(struct sp_turn *turn);

#endif
