/*
 * Witnesses: what a search must have seen before its silence means anything, and what within given
 * bounds and policy can be seen at all.
 *
 * Does not judge: a witness is never a fault. To keep in mind: a witness wrongly called impossible
 * hides an empty search, one wrongly called possible fails a good one. The functions of the first
 * half each say in a comment by which run the thing is reached.
 */
#include "oracle/scene.h"

#include <string.h>

static const struct sp_host_bounds *of(const struct sp_setup *setup, enum sp_host_name host)
{
    return &setup->bounds.host[host];
}

static enum sp_host_name other(enum sp_host_name host)
{
    return host == SP_A ? SP_B : SP_A;
}

static bool passive(const struct sp_setup *setup, enum sp_host_name host)
{
    return of(setup, host)->opens > 0 && (of(setup, host)->open & SP_OPEN_PASSIVE) != 0;
}

/* SYN-SENT: from CLOSED, or from LISTEN where the user may upgrade. */
static bool active(const struct sp_setup *setup, enum sp_host_name host)
{
    bool upgrades = passive(setup, host) && (of(setup, host)->open & SP_OPEN_UPGRADE) != 0;
    bool opens = of(setup, host)->opens > 0 && (of(setup, host)->open & SP_OPEN_ACTIVE) != 0;

    return opens || upgrades;
}

/* Both in SYN-SENT, one takes the other's SYN. */
static bool crosses(const struct sp_setup *setup)
{
    return active(setup, SP_A) && active(setup, SP_B) &&
           setup->policy.sim_open == SP_sim_open_ACCEPT;
}

static bool takes_syn(const struct sp_setup *setup, enum sp_host_name host)
{
    return (passive(setup, host) && active(setup, other(host))) || crosses(setup);
}

/* One listens and the other opens, or both open at once. Needs no budget: nothing need be lost. */
static bool connects(const struct sp_setup *setup)
{
    return takes_syn(setup, SP_A) || takes_syn(setup, SP_B);
}

static bool closes(const struct sp_setup *setup, enum sp_host_name host)
{
    return connects(setup) && of(setup, host)->close;
}

/* The FIN of `host` is taken: it occupies a sequence number, so the peer must offer one. */
static bool closes_fully(const struct sp_setup *setup, enum sp_host_name host)
{
    return closes(setup, host) && of(setup, other(host))->window > 0;
}

static bool both_close(const struct sp_setup *setup)
{
    return closes_fully(setup, SP_A) && closes_fully(setup, SP_B);
}

/* The peer's FIN arrives in FIN-WAIT-1, whatever became of the own one. */
static bool crosses_fin(const struct sp_setup *setup, enum sp_host_name host)
{
    return closes(setup, host) && closes_fully(setup, other(host));
}

/* After CLOSE-WAIT; at a closed window the FIN goes out as a probe. */
static bool follows_fin(const struct sp_setup *setup, enum sp_host_name host)
{
    bool goes_out = of(setup, other(host))->window > 0 || of(setup, host)->timeouts > 0;

    return crosses_fin(setup, host) && goes_out;
}

/* After the peer's FIN, or after an ABORT under 3.5.2. */
static bool waits(const struct sp_setup *setup, enum sp_host_name host)
{
    bool aborts = connects(setup) && of(setup, host)->aborts > 0 &&
                  setup->policy.reset_state == SP_reset_state_TIME_WAIT;

    return both_close(setup) || aborts;
}

static bool any_timeouts(const struct sp_setup *setup)
{
    return of(setup, SP_A)->timeouts > 0 || of(setup, SP_B)->timeouts > 0;
}

/* Both FINs in flight; in a network of one segment the second FIN is lost and sent again. */
static bool closes_at_once(const struct sp_setup *setup)
{
    return both_close(setup) && (setup->bounds.flight > 1 || any_timeouts(setup));
}

/* CLOSE-WAIT has acknowledged the FIN; that ACK is lost, or overtaken by the FIN that follows. */
static bool merges_fin(const struct sp_setup *setup)
{
    bool overtakes = setup->bounds.reorder && setup->bounds.flight > 1;

    return both_close(setup) && (setup->bounds.losses > 0 || overtakes);
}

/* A SYN or SYN,ACK is sent again, and then it or the first copy arrives. */
static bool resends(const struct sp_setup *setup)
{
    return connects(setup) && any_timeouts(setup);
}

/* A SYN or SYN,ACK arrives twice, or after crossing SYNs the SYN,ACK as well. */
static bool duplicates(const struct sp_setup *setup)
{
    bool twice_in_flight = setup->bounds.flight > 1 || setup->bounds.losses > 0;

    return (connects(setup) &&
            (setup->bounds.duplicates > 0 || (any_timeouts(setup) && twice_in_flight))) ||
           (crosses(setup) && setup->bounds.flight > 1);
}

/* `host` sends two segments of text, and the second arrives first. */
static bool holds_text(const struct sp_setup *setup, enum sp_host_name host)
{
    const struct sp_host_bounds *h = of(setup, host);
    uint32_t window = of(setup, other(host))->window;
    uint32_t room = h->send < window ? h->send : window;
    bool in_two = room > h->write || room > setup->bounds.mss;
    bool overtakes = setup->bounds.reorder && setup->bounds.flight > 1;
    bool lost = setup->bounds.losses > 0 && (room > h->write || setup->bounds.flight > 1);

    /* Silly-window avoidance (3.8.6.2.1) keeps back what is neither full nor all there is. */
    bool kept_back = setup->policy.sws == SP_sws_ON && h->send > window && 2 * h->write > room &&
                     room / 2 < setup->bounds.mss && h->timeouts == 0;
    return connects(setup) && in_two && !kept_back && (overtakes || lost) &&
           setup->policy.out_of_order == SP_out_of_order_HOLD;
}

static bool joins_text(const struct sp_setup *setup, enum sp_host_name host)
{
    bool overtakes = setup->bounds.reorder && setup->bounds.flight > 1;

    return holds_text(setup, host) && (overtakes || of(setup, host)->timeouts > 0);
}

/* The peer's FIN has arrived, and `host` writes on. Half-duplex CLOSE refuses such text, but not
 * after a CLOSE in SYN-RECEIVED, when nothing could be unread: SYN,ACK and FIN are then both in
 * flight. */
static bool writes_to_closed(const struct sp_setup *setup, enum sp_host_name host)
{
    bool takes = setup->policy.close_unread == SP_close_unread_FIN ||
                 (takes_syn(setup, other(host)) && of(setup, other(host))->early_close &&
                  setup->bounds.flight > 1);

    return closes_fully(setup, other(host)) && of(setup, other(host))->window > 0 &&
           of(setup, host)->send > 0 && takes;
}

/* The peer's window is zero from the start, or full because its user does not read. */
static bool probes(const struct sp_setup *setup, enum sp_host_name host)
{
    const struct sp_host_bounds *h = of(setup, host), *p = of(setup, other(host));

    return connects(setup) && h->timeouts > 0 && h->send > p->window &&
           (p->window == 0 || !p->read);
}

/* The SYN,ACK comes again to the opener, who is ESTABLISHED by then. Of crossing SYNs
 * the SYN,ACK is overtaken by the ACK that completes the handshake. */
static bool challenges(const struct sp_setup *setup)
{
    bool listens = (passive(setup, SP_A) && active(setup, SP_B)) ||
                   (passive(setup, SP_B) && active(setup, SP_A));
    bool waits_aside = setup->bounds.flight > 1 && setup->bounds.reorder;
    bool again = any_timeouts(setup) && waits_aside;

    return setup->policy.syn_check == SP_syn_check_CHALLENGE &&
           ((listens && setup->bounds.duplicates > 0) || (connects(setup) && again) ||
            (crosses(setup) && waits_aside));
}

/* The peer opens actively once more, after LAST-ACK, while `host` is in TIME-WAIT. */
static bool opens_anew(const struct sp_setup *setup, enum sp_host_name host, unsigned where)
{
    const struct sp_host_bounds *p = of(setup, other(host));

    return both_close(setup) && active(setup, other(host)) && p->opens > 1 &&
           (p->reopen & where) != 0;
}

/* A copy of the peer's SYN stays in the network all the time, or the peer begins below. */
static bool old_syn(const struct sp_setup *setup, enum sp_host_name host)
{
    bool stays = setup->bounds.reorder && setup->bounds.flight > 1 &&
                 (setup->bounds.duplicates > 0 || of(setup, other(host))->timeouts > 0);

    return (both_close(setup) && stays) ||
           opens_anew(setup, host, SP_REOPEN_EDGE | SP_REOPEN_SAME | SP_REOPEN_BELOW);
}

static bool new_syn(const struct sp_setup *setup, enum sp_host_name host)
{
    return opens_anew(setup, host, SP_REOPEN_INSIDE | SP_REOPEN_ABOVE);
}

static bool reopens(const struct sp_setup *setup, enum sp_host_name host)
{
    const unsigned rule = setup->policy.tw_reopen;
    bool stamped = setup->bounds.timestamps;

    return new_syn(setup, host) && of(setup, host)->opens > 1 && rule != SP_tw_reopen_NONE &&
           (rule != SP_tw_reopen_TS || stamped);
}

/* The text, or the FIN behind it, of an incarnation crosses zero. */
static bool wraps(const struct sp_setup *setup, enum sp_host_name host)
{
    const struct sp_host_bounds *h = of(setup, host);
    const uint32_t len = h->send + h->close;
    bool crosses_zero = false;

    for (unsigned i = 0; i < h->iss.count; i++) {
        const sp_seq first = h->iss.value[i] + 1;
        crosses_zero |= first != 0 && first + len < first;
    }
    return connects(setup) && crosses_zero && of(setup, other(host))->window > 0;
}

static bool both_open_again(const struct sp_setup *setup)
{
    return both_close(setup) && of(setup, SP_A)->opens > 1 && of(setup, SP_B)->opens > 1 &&
           setup->bounds.reorder && setup->bounds.flight > 1;
}

/* A segment is overtaken by all that follows, up to the next connection. With msl = on it may still
 * meet an opener in SYN-SENT, but no more than that is promised. */
static bool meets_old(const struct sp_setup *setup)
{
    return both_open_again(setup) && !setup->bounds.msl;
}

/* A second copy of something arrives in TIME-WAIT, and its answer at a port that is closed. */
static bool keeps_time_wait(const struct sp_setup *setup)
{
    return both_open_again(setup) && setup->policy.tw_rst == SP_tw_rst_IGNORE &&
           (setup->bounds.flight > 2 || setup->bounds.duplicates > 0);
}

/* Words of the set `forge` by what they forge. */
#define RST_WORDS (SP_FORGE_RST_EXACT | SP_FORGE_RST_INSIDE | SP_FORGE_RST_OUTSIDE)
#define SYN_WORDS (SP_FORGE_SYN_INSIDE | SP_FORGE_SYN_OUTSIDE)
#define ACK_WORDS                                                                                  \
    (SP_FORGE_DATA_OLD_ACK | SP_FORGE_FIN_OLD_ACK | SP_FORGE_ACK_BEYOND | SP_FORGE_FIN_BEYOND)

/* Words that need a window, of one or of two. */
#define NEED_ONE                                                                                   \
    (SP_FORGE_RST_OUTSIDE | SP_FORGE_SYN_INSIDE | SP_FORGE_DATA_OLD_ACK | SP_FORGE_FIN_OLD_ACK |   \
     SP_FORGE_FIN_BEYOND)
#define NEED_TWO SP_FORGE_RST_INSIDE

/* Any of these segments can be forged to a host that is ESTABLISHED, with its whole window open. */
static bool forges(const struct sp_setup *setup, unsigned words)
{
    bool possible = false;

    for (unsigned i = 0; i < 2; i++) {
        const struct sp_host_bounds *h = &setup->bounds.host[i];
        unsigned some = h->forge & words;
        some &= h->window > 0 ? ~0U : ~(unsigned)NEED_ONE;
        some &= h->window > 1 ? ~0U : ~(unsigned)NEED_TWO;
        possible |= some != 0;
    }
    return possible && connects(setup) && setup->bounds.forgeries > 0;
}

/* With timestamps in use a SYN without one is dropped before it is looked at (7323 3.2). */
static bool challenges_forged(const struct sp_setup *setup)
{
    unsigned words = 0;

    words |= setup->policy.rst_check == SP_rst_check_EXACT ? SP_FORGE_RST_INSIDE : 0U;
    if (!setup->bounds.timestamps) {
        words |= SP_FORGE_SYN_OUTSIDE;
        words |= setup->policy.syn_check == SP_syn_check_CHALLENGE ? SP_FORGE_SYN_INSIDE : 0U;
    }
    return forges(setup, words);
}

static bool crashes(const struct sp_setup *setup)
{
    return of(setup, SP_A)->crashes + of(setup, SP_B)->crashes > 0;
}

static bool opens_after_crash(const struct sp_setup *setup, enum sp_host_name host)
{
    return of(setup, host)->crashes > 0 && of(setup, host)->opens > 1;
}

/* ---- what a step shows ---- */

static bool leaves_last_ack(const struct sp_scene *s, enum sp_host_name host)
{
    return s->step->host == host && s->before->state == SP_LAST_ACK &&
           s->after->state == SP_CLOSED && s->life->ended == SP_END_GRACEFUL;
}

static bool both_established(const struct sp_scene *s)
{
    return s->moved && s->after->state == SP_ESTABLISHED && s->peer->tcb.state == SP_ESTABLISHED;
}

static bool opens_simultaneously(const struct sp_scene *s)
{
    return s->before->state == SP_SYN_RECEIVED && s->after->state == SP_ESTABLISHED &&
           (s->before->flags & SP_TCB_PASSIVE) == 0;
}

/* The sender has sent again since it last heard of anything new, and this is new. */
static bool takes_what_was_sent_again(const struct sp_scene *s)
{
    bool took_syn = s->before->state <= SP_SYN_SENT && sp_has_irs(s->after->state);
    bool took_more = s->same && s->before->rcv_nxt != s->after->rcv_nxt;

    return s->segment != NULL && !s->step->forged && s->peer->tcb.retransmits > 0 &&
           (took_syn || took_more);
}

static bool is_duplicate(const struct sp_scene *s)
{
    const struct sp_segment *g = s->segment;

    return g != NULL && sp_has_irs(s->before->state) && !s->step->forged && sp_segment_len(g) > 0 &&
           sp_seq_le(g->seq + sp_segment_len(g), s->before->rcv_nxt);
}

static bool is_text_held(const struct sp_scene *s)
{
    return s->same && s->segment != NULL && !sp_has(s->segment, SP_SYN) &&
           s->output->taken.left != s->output->taken.right &&
           sp_seq_gt(s->output->taken.left, s->after->rcv_nxt);
}

static bool is_text_joined(const struct sp_scene *s)
{
    return s->same && s->before->helds > 0 && sp_seq_gt(s->after->rcv_nxt, s->before->held[0].left);
}

static bool is_half_close_text(const struct sp_scene *s)
{
    bool half = s->before->state == SP_FIN_WAIT_1 || s->before->state == SP_FIN_WAIT_2;

    return half && s->output->taken.left != s->output->taken.right && s->other != NULL &&
           (s->other->flags & SP_LIFE_FIN_RECEIVED) != 0;
}

static bool is_probe(const struct sp_scene *s)
{
    return s->step->event.kind == SP_EVENT_PERSIST && s->before->snd_wnd == 0 &&
           s->output->sent > 0 && s->output->segment[0].len > 0;
}

static bool is_challenged(const struct sp_scene *s)
{
    return s->segment != NULL && !s->moved && sp_synchronized(s->before->state) &&
           s->before->state != SP_TIME_WAIT && s->policy->syn_check == SP_syn_check_CHALLENGE &&
           (s->segment->flags & (SP_SYN | SP_RST)) == SP_SYN && s->output->sent == 1 &&
           s->output->segment[0].flags == SP_ACK;
}

static bool syn_in_time_wait(const struct sp_scene *s, bool newer)
{
    const struct sp_segment *g = s->segment;

    return g != NULL && s->before->state == SP_TIME_WAIT && !s->step->forged &&
           (g->flags & (SP_SYN | SP_RST)) == SP_SYN &&
           newer == sp_seq_gt(g->seq, s->before->rcv_nxt);
}

static bool is_wrapped(const struct sp_scene *s)
{
    return s->same && sp_synchronized(s->before->state) && s->after->snd_nxt < s->before->snd_nxt;
}

static bool is_old_segment(const struct sp_scene *s)
{
    return s->segment != NULL && sp_synchronized(s->before->state) && s->step->event_life > 0 &&
           s->step->event_life < s->old_life->peer;
}

static bool is_time_wait_kept(const struct sp_scene *s)
{
    return s->segment != NULL && sp_has(s->segment, SP_RST) && !s->moved && !s->step->forged &&
           s->before->state == SP_TIME_WAIT && s->segment->seq == s->before->rcv_nxt;
}

/* A forged segment with these of those control bits met a synchronized state. */
static bool is_forged(const struct sp_scene *s, unsigned mask, unsigned bits)
{
    return s->segment != NULL && s->step->forged && sp_synchronized(s->before->state) &&
           (s->segment->flags & mask) == bits;
}

static bool is_forged_challenged(const struct sp_scene *s)
{
    return s->segment != NULL && s->step->forged && sp_synchronized(s->before->state) &&
           (s->segment->flags & (SP_SYN | SP_RST)) != 0 && !s->moved && s->output->sent == 1 &&
           s->output->segment[0].flags == SP_ACK;
}

static bool is_half_open_reset(const struct sp_scene *s)
{
    const struct sp_life *p = sp_life_number(s->peer, s->old_life->peer);

    return s->segment != NULL && sp_has(s->segment, SP_RST) && s->moved &&
           sp_has_irs(s->before->state) && !s->step->forged && p != NULL &&
           p->ended == SP_END_CRASHED;
}

static bool is_opened_after_crash(const struct sp_scene *s)
{
    return s->moved && s->before->state == SP_CLOSED && s->old_life->ended == SP_END_CRASHED;
}

/* ---- the rows ---- */

#define BIT(name) (1ull << SP_WITNESS_##name)

/* The rows that are A's alone, and how far B's stand from them. */
#define A_ROWS    (BIT(b_listen) - BIT(a_listen))
#define HOST_ROWS (SP_WITNESS_b_listen - SP_WITNESS_a_listen)

_Static_assert(SP_WITNESS_COUNT <= 64, "witnesses are bits");
_Static_assert(SP_WITNESS_a_listen == 0 && SP_WITNESS_b_closed_first == 2 * HOST_ROWS - 1,
               "A's rows come first, B's follow in the same order");

/* With A and B exchanged a world counts once: what one shows, the other shows in the mirror. */
static uint64_t mirrored(uint64_t bits)
{
    uint64_t a = bits & A_ROWS, b = bits & (A_ROWS << HOST_ROWS);

    return bits | a << HOST_ROWS | b >> HOST_ROWS;
}

uint64_t sp_witnesses_of(const struct sp_scene *s)
{
    uint64_t bits = 0;
    /* A step that neither moves the state nor is by a segment shows little. */
    if (!s->moved && s->segment == NULL && s->output->sent == 0)
        return 0;

#define WITNESS(name, word, possible, sentence, holds) bits |= (holds) ? BIT(name) : 0;
#include "oracle/witnesses.def"
#undef WITNESS
    return s->setup->bounds.symmetry ? mirrored(bits) : bits;
}

uint64_t sp_oracle_expected(const struct sp_setup *setup)
{
    uint64_t bits = 0;

#define WITNESS(name, word, possible, sentence, holds) bits |= (possible) ? BIT(name) : 0;
#include "oracle/witnesses.def"
#undef WITNESS
    return bits;
}

static const struct sp_witness_info witnesses[] = {
#define WITNESS(name, word, possible, sentence, holds) {word, sentence},
#include "oracle/witnesses.def"
#undef WITNESS
};

const struct sp_witness_info *sp_witness_info(enum sp_witness witness)
{
    return &witnesses[witness];
}
