/*
 * What one predicate looks at: one step of one host, sorted out once for all of them.
 *
 * Private to model/oracle. A predicate is pure, judges by the event, the TCB before, the ghosts and
 * the RFC, and never asks the machine what would be right; the rules that fired are captions only.
 * It returns true when the property holds; when not, and only then, it writes the claim with its
 * values into the evidence, if there is one.
 */
#ifndef SP_ORACLE_SCENE_H
#define SP_ORACLE_SCENE_H

#include "oracle/oracle.h"

struct sp_scene {
    const struct sp_setup *setup;
    const struct sp_policy *policy;
    const struct sp_step *step;
    const struct sp_world *world;     /* after the step */
    const struct sp_host *was;        /* the host that acted, before */
    const struct sp_host *is;         /* and after */
    const struct sp_host *peer;       /* the other one, untouched by the step */
    const struct sp_tcb *before;      /* was->tcb */
    const struct sp_tcb *after;       /* is->tcb */
    const struct sp_segment *segment; /* the one that arrived, or NULL */
    const struct sp_output *output;   /* of the step */
    const struct sp_life *old_life;   /* latest incarnation before; all zero when there is none */
    const struct sp_life *life;       /* latest incarnation after; all zero when there is none */
    const struct sp_life *other; /* the peer's incarnation whose SYN `life` took; NULL when none */
    bool same;  /* TCB before and after are of one connection: neither CLOSED nor LISTEN */
    bool moved; /* the state changed */
};

/* step->acted. */
void sp_scene_init(struct sp_scene *scene, const struct sp_setup *setup, const struct sp_step *step,
                   const struct sp_world *after);

/* The predicates, one a row of properties.def. */
#define PROPERTY(id, name, word, section, needs, sentence)                                         \
    bool sp_holds_##name(const struct sp_scene *s, struct sp_evidence *e);
#include "oracle/properties.def"
#undef PROPERTY

/* Bits of the witnesses that this step shows. */
uint64_t sp_witnesses_of(const struct sp_scene *s);

/* Writes the claim, if evidence is wanted, and returns false: the property does not hold. */
bool sp_fails(struct sp_evidence *evidence, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Incarnation number `number` (from 1) of a host, or NULL. */
static inline const struct sp_life *sp_life_number(const struct sp_host *host, unsigned number)
{
    return number == 0 || number > host->lives ? NULL : &host->life[number - 1];
}

/* States that have taken a SYN: IRS and RCV.NXT have values. */
static inline bool sp_has_irs(enum sp_state state)
{
    return state >= SP_SYN_RECEIVED;
}

/* The sequence number test of 3.10.7.4 step 1 on the TCB as it was. */
static inline bool sp_acceptable(const struct sp_tcb *t, const struct sp_segment *g)
{
    uint32_t window = t->rcv_adv - t->rcv_nxt;
    uint32_t len = sp_segment_len(g);

    if (len == 0 && window == 0)
        return g->seq == t->rcv_nxt;
    return sp_seq_in(g->seq, t->rcv_nxt, window) ||
           (len > 0 && sp_seq_in(g->seq + len - 1, t->rcv_nxt, window));
}

/* RFC 7323: the timestamp lets the segment through to the checks behind it. */
static inline bool sp_stamped_well(const struct sp_tcb *t, const struct sp_segment *g)
{
    if ((t->flags & SP_TCB_TIMESTAMPS) == 0 || sp_has(g, SP_RST))
        return true;
    return (g->options & SP_OPT_TIMESTAMPS) != 0 && !sp_seq_lt(g->ts_val, t->ts_recent);
}

/* The ACK is one that step 5 of 3.10.7.4 goes on with: not of what was never sent, nor, under
 * MAY-12, older than the largest window. */
static inline bool sp_ack_in_range(const struct sp_scene *s)
{
    const struct sp_tcb *t = s->before;
    sp_seq oldest = t->snd_una - t->snd_wnd_max;

    return !sp_seq_gt(s->segment->ack, t->snd_max) &&
           (s->policy->ack_range == SP_ack_range_OFF || sp_seq_ge(s->segment->ack, oldest));
}

/* SND.UNA < SEG.ACK =< SND.NXT: what SYN-SENT and SYN-RECEIVED take for an answer. */
static inline bool sp_acks_syn(const struct sp_tcb *t, const struct sp_segment *g)
{
    return sp_has(g, SP_ACK) && sp_seq_lt(t->snd_una, g->ack) && sp_seq_le(g->ack, t->snd_nxt);
}

/* <SEQ=SND.NXT><ACK=RCV.NXT><CTL=ACK>: the answer of a TCB that otherwise stays as it is. */
static inline bool sp_is_bare_ack(const struct sp_tcb *t, const struct sp_segment *g)
{
    return g->flags == SP_ACK && g->len == 0 && g->seq == t->snd_nxt && g->ack == t->rcv_nxt;
}

/* The number of the peer's last sequence number seen is RCV.NXT - 1; RFC 6191 2, seen by `t`. */
static inline bool sp_newer_seq(const struct sp_tcb *t, const struct sp_segment *g)
{
    return sp_seq_ge(g->seq, t->rcv_nxt);
}

/* The host went to TIME-WAIT or on because its user aborted (3.5.2, policy reset_state). */
static inline bool sp_broken_off(const struct sp_life *life)
{
    return life->ended != SP_END_LIVING && life->ended != SP_END_GRACEFUL;
}

#endif
