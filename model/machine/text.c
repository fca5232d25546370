/*
 * Steps 6 to 8 of SEGMENT ARRIVES (RFC 9293 3.10.7.4): URG, text, FIN; and the way of text to the
 * user (3.10.3).
 *
 * Invariant: RCV.NXT moves here and nowhere else after the SYN. rcv_read =< RCV.NXT =< rcv_adv;
 * held ranges lie right of RCV.NXT, sorted, disjoint and not adjacent, left of the FIN once it is
 * known.
 */
#include "machine/turn.h"

/* Text and FIN are taken here; elsewhere they are ignored (S39). */
static bool takes_text(const struct sp_policy *policy, const struct sp_tcb *t)
{
    if (t->state == SP_ESTABLISHED || t->state == SP_FIN_WAIT_1) {
        return true;
    }
    if (t->state == SP_FIN_WAIT_2) {
        return !sp_faulty(policy, SP_FAULT_FIN_WAIT_2_DROPS_DATA);
    }
    return t->state == SP_CLOSE_WAIT && sp_faulty(policy, SP_FAULT_DATA_AFTER_FIN_ACCEPTED);
}

static void remove_held(struct sp_tcb *t, unsigned first, unsigned count)
{
    for (unsigned i = first; i + count < t->helds; i++) {
        t->held[i] = t->held[i + count];
    }
    for (unsigned i = t->helds - count; i < t->helds; i++) {
        t->held[i] = (struct sp_range){0, 0};
    }
    t->helds = (uint8_t)(t->helds - count);
}

/* Adds a range, merging what it touches; with the fault also what lies one octet beside it. False:
 * there is no room for one more. */
static bool hold_range(struct sp_turn *turn, struct sp_range range)
{
    struct sp_tcb *t = turn->tcb;
    const uint32_t gap = sp_faulty(turn->policy, SP_FAULT_OVERLAP_INCONSISTENT);
    unsigned first = 0;
    while (first < t->helds && sp_seq_lt(t->held[first].right + gap, range.left)) {
        first++;
    }
    unsigned end = first;
    while (end < t->helds && sp_seq_le(t->held[end].left, range.right + gap)) {
        range.left = sp_seq_min(range.left, t->held[end].left);
        range.right = sp_seq_max(range.right, t->held[end].right);
        end++;
    }
    if (end > first) {
        t->held[first] = range;
        remove_held(t, first + 1, end - first - 1);
        return true;
    }
    if (t->helds == SP_HELD_MAX) {
        return false;
    }
    for (unsigned i = t->helds; i > first; i--) {
        t->held[i] = t->held[i - 1];
    }
    t->held[first] = range;
    t->helds++;
    return true;
}

/* Held text that RCV.NXT has reached becomes part of the stream, and is acknowledged at once. */
static void join_held(struct sp_turn *turn)
{
    struct sp_tcb *t = turn->tcb;
    while (t->helds > 0 && sp_seq_le(t->held[0].left, t->rcv_nxt)) {
        if (sp_seq_gt(t->held[0].right, t->rcv_nxt)) {
            sp_fire(turn, SP_RULE_TEXT_JOINED);
            turn->ack_now = true;
            t->rcv_nxt = t->held[0].right;
        }
        remove_held(t, 0, 1);
    }
}

/* The stream ends at `fin`: nothing right of it is text. */
static void cut_held(struct sp_tcb *t, sp_seq fin)
{
    while (t->helds > 0 && sp_seq_ge(t->held[t->helds - 1].left, fin)) {
        remove_held(t, t->helds - 1U, 1);
    }
    if (t->helds > 0 && sp_seq_gt(t->held[t->helds - 1].right, fin)) {
        t->held[t->helds - 1].right = fin;
    }
}

/* The segment's text, trimmed to the window and to the FIN when it is known. Empty: left = right.
 */
static struct sp_range trimmed_text(const struct sp_turn *turn)
{
    const struct sp_tcb *t = turn->tcb;
    const struct sp_segment *s = &turn->event->segment;
    struct sp_range text = {sp_segment_text_seq(s), sp_segment_text_seq(s) + s->len};
    sp_seq edge = t->rcv_adv;
    if (sp_seq_gt(text.right, edge) &&
        sp_faulty(turn->policy, SP_FAULT_DATA_BEYOND_WINDOW_ACCEPTED)) {
        edge = text.right;
    }
    if ((t->flags & SP_TCB_FIN_HELD) != 0 &&
        !sp_faulty(turn->policy, SP_FAULT_DATA_AFTER_FIN_ACCEPTED)) {
        edge = sp_seq_min(edge, t->rcv_fin);
    }
    text.left = sp_seq_max(text.left, t->rcv_nxt);
    text.right = sp_seq_min(text.right, edge);
    if (sp_seq_le(text.right, text.left)) {
        text.right = text.left;
    }
    return text;
}

/* The fault does not see the FIN of this segment: behind text that begins left of RCV.NXT, or
 * beside another flag than ACK in FIN-WAIT-2. */
static bool is_fin_overlooked(const struct sp_turn *turn)
{
    const struct sp_segment *s = &turn->event->segment;
    bool overlaps = s->len > 0 && turn->out->taken.left != sp_segment_text_seq(s);
    bool exact = s->flags == (SP_FIN | SP_ACK) || turn->tcb->state != SP_FIN_WAIT_2;
    return (sp_faulty(turn->policy, SP_FAULT_FIN_IGNORED_WHEN_LEFT_EDGE_OVERLAPS) && overlaps) ||
           (sp_faulty(turn->policy, SP_FAULT_FIN_FLAG_EXACT_MATCH) && !exact);
}

/* A FIN inside the window fixes the end of the stream; a second, different one is not believed
 * (D12: one and only one). */
static void note_fin(struct sp_turn *turn)
{
    struct sp_tcb *t = turn->tcb;
    const struct sp_segment *s = &turn->event->segment;
    sp_seq fin = sp_segment_text_seq(s) + s->len;
    if (!sp_has(s, SP_FIN) || (t->flags & SP_TCB_FIN_HELD) != 0 ||
        !sp_seq_in(fin, t->rcv_nxt, sp_rcv_wnd(t)) || is_fin_overlooked(turn)) {
        return;
    }
    if (fin != t->rcv_nxt) {
        if (turn->policy->out_of_order == SP_out_of_order_DROP) {
            return;
        }
        sp_fire(turn, SP_RULE_FIN_HELD);
        turn->ack_now = true;
    }
    t->flags |= SP_TCB_FIN_HELD;
    t->rcv_fin = fin;
    cut_held(t, fin);
}

/* Text and FIN on a SYN wait for ESTABLISHED (3.10.7.2, 3.10.7.3). */
void sp_hold(struct sp_turn *turn)
{
    struct sp_range text = trimmed_text(turn);
    if (text.left != text.right && hold_range(turn, text)) {
        sp_fire(turn, SP_RULE_TEXT_HELD);
        turn->out->taken = text;
    }
    note_fin(turn);
    turn->ack_now = false; /* the SYN,ACK answers */
}

/* Step 6. The pointer names the octet after the urgent text (MUST-62). The user is told once, until
 * it has read past it (MUST-32). */
void sp_check_urg(struct sp_turn *turn)
{
    struct sp_tcb *t = turn->tcb;
    const struct sp_segment *s = &turn->event->segment;
    if (!sp_has(s, SP_URG) || !takes_text(turn->policy, t)) {
        return;
    }
    t->rcv_up = sp_seq_max(t->rcv_up, s->seq + s->urgent);
    if (sp_seq_gt(t->rcv_up, t->rcv_read) && (t->flags & SP_TCB_URGENT_MODE) == 0) {
        t->flags |= SP_TCB_URGENT_MODE;
        sp_fire(turn, SP_RULE_URGENT);
        sp_tell(turn, SP_SIGNAL_URGENT);
    }
}

/* In-order text may wait for a second segment or the timer (SHLD-18, SHLD-19); all else is
 * acknowledged at once. */
static void owe_ack(struct sp_turn *turn)
{
    struct sp_tcb *t = turn->tcb;
    bool second = t->unacked != 0 && !sp_faulty(turn->policy, SP_FAULT_DELAYED_ACK_STARVES);
    if (turn->policy->delayed_ack == SP_delayed_ack_ON && !second && t->helds == 0) {
        sp_fire(turn, SP_RULE_DELAY_ACK);
        t->unacked = 1;
        return;
    }
    turn->ack_now = true;
}

static void take_in_order(struct sp_turn *turn, struct sp_range text)
{
    struct sp_tcb *t = turn->tcb;
    sp_fire(turn, SP_RULE_TEXT_TAKEN);
    turn->out->taken = text;
    t->rcv_nxt = text.right;
    owe_ack(turn);
}

static void take_out_of_order(struct sp_turn *turn, struct sp_range text)
{
    if (sp_faulty(turn->policy, SP_FAULT_ABOVE_SEQUENCE_DATA_DROPPED_WITHOUT_ACK)) {
        return;
    }
    turn->ack_now = true; /* MAY-13 */
    if (turn->policy->out_of_order == SP_out_of_order_DROP || !hold_range(turn, text)) {
        sp_fire(turn, SP_RULE_TEXT_DROPPED);
        return;
    }
    sp_fire(turn, SP_RULE_TEXT_HELD);
    turn->out->taken = text;
}

/* Step 7. */
void sp_take_text(struct sp_turn *turn)
{
    struct sp_tcb *t = turn->tcb;
    const struct sp_segment *s = &turn->event->segment;
    if (!takes_text(turn->policy, t)) {
        return;
    }
    struct sp_range text = trimmed_text(turn);
    if (text.left != sp_segment_text_seq(s) &&
        sp_faulty(turn->policy, SP_FAULT_LEFT_OVERLAP_DROPPED)) {
        text.right = text.left;
    }
    if (text.left != text.right && (t->flags & SP_TCB_READER_GONE) != 0) {
        sp_fire(turn, SP_RULE_TEXT_UNWANTED);
        sp_emit_abort(turn);
        sp_delete(turn, SP_SIGNAL_RESET);
        return;
    }
    if (text.left == text.right) {
        turn->ack_now = turn->ack_now || s->len > 0;
    } else if (text.left == t->rcv_nxt) {
        take_in_order(turn, text);
    } else {
        take_out_of_order(turn, text);
    }
    join_held(turn);
    sp_hand_over(turn);
}

/* The FIN is reached: by state. FIN-WAIT-1 has become FIN-WAIT-2 in step 5 when this very segment
 * acknowledged the FIN of this end. */
static void fin_reached(struct sp_turn *turn)
{
    struct sp_tcb *t = turn->tcb;
    t->flags |= SP_TCB_FIN_RECEIVED;
    t->rcv_nxt++;
    turn->ack_now = true;
    if (t->state == SP_ESTABLISHED) {
        sp_fire(turn, SP_RULE_FIN_ESTABLISHED);
        t->state = SP_CLOSE_WAIT;
        if (sp_faulty(turn->policy, SP_FAULT_CLOSE_WAIT_DROPS_QUEUED_TEXT)) {
            t->snd_end = t->snd_nxt;
        }
    } else if (t->state == SP_FIN_WAIT_1 ||
               (sp_faulty(turn->policy, SP_FAULT_FIN_ACK_OF_FIN_GOES_CLOSING) &&
                turn->began == SP_FIN_WAIT_1)) {
        sp_fire(turn, SP_RULE_FIN_FIN_WAIT_1);
        t->state = SP_CLOSING;
    } else {
        sp_fire(turn, turn->began == SP_FIN_WAIT_1 ? SP_RULE_FIN_FIN_WAIT_1_ACKED
                                                   : SP_RULE_FIN_FIN_WAIT_2);
        sp_to_time_wait(turn);
    }
    sp_hand_over(turn);
}

/* D12: the common part of step 8 advances RCV.NXT before the states are told apart, so that a
 * second FIN counts again. There is one FIN: the position after it is the end. */
static void fin_again(struct sp_turn *turn)
{
    struct sp_tcb *t = turn->tcb;
    const struct sp_segment *s = &turn->event->segment;
    sp_fire(turn, SP_RULE_FIN_AGAIN);
    turn->ack_now = true;
    if (turn->policy->second_fin == SP_second_fin_LITERAL &&
        sp_segment_text_seq(s) + s->len == t->rcv_nxt && sp_rcv_wnd(t) > 0) {
        t->rcv_nxt++;
        t->rcv_read++;
    }
}

/* Step 8. A FIN held earlier is reached when text fills the gap before it. */
void sp_take_fin(struct sp_turn *turn)
{
    struct sp_tcb *t = turn->tcb;
    if (t->state == SP_CLOSED) {
        return;
    }
    if ((t->flags & SP_TCB_FIN_RECEIVED) != 0) {
        if (sp_has(&turn->event->segment, SP_FIN)) {
            fin_again(turn);
        }
        return;
    }
    note_fin(turn);
    if ((t->flags & SP_TCB_FIN_HELD) != 0 &&
        (t->rcv_nxt == t->rcv_fin || sp_faulty(turn->policy, SP_FAULT_OOO_FIN_CONSUMED))) {
        fin_reached(turn);
    }
}

/*
 * Text on hand goes to the RECEIVEs that wait (3.10.3). "connection closing" comes behind the last
 * octet, not with the FIN's arrival: a user who was told must have all of the stream (3.6, D9).
 */
void sp_hand_over(struct sp_turn *turn)
{
    struct sp_tcb *t = turn->tcb;
    const struct sp_segment *s = &turn->event->segment;
    bool reading = (t->flags & SP_TCB_READING) != 0;
    uint32_t count = sp_unread(t);
    if (!reading && t->rcv_wanted < count) {
        count = t->rcv_wanted;
    }
    if (count > 0) {
        bool arriving = turn->event->kind == SP_EVENT_SEGMENT;
        bool pushed = arriving && (s->flags & (SP_PSH | SP_FIN)) != 0;
        sp_fire(turn, SP_RULE_READ);
        sp_tell(turn, SP_SIGNAL_DELIVERED | (pushed ? SP_SIGNAL_PUSHED : 0));
        t->rcv_read += count;
        t->rcv_wanted -= reading ? 0 : count;
        turn->out->delivered += count;
    }
    if (sp_seq_le(t->rcv_up, t->rcv_read)) {
        t->rcv_up = t->rcv_read;
        t->flags &= (uint16_t)~SP_TCB_URGENT_MODE;
    }
    bool ended = (t->flags & (SP_TCB_FIN_RECEIVED | SP_TCB_TOLD_EOF)) == SP_TCB_FIN_RECEIVED;
    if (ended && sp_unread(t) == 0) {
        t->flags |= SP_TCB_TOLD_EOF;
        t->rcv_wanted = 0;
        sp_tell(turn, SP_SIGNAL_CLOSING);
    }
}
