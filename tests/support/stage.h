/*
 * A stage for the oracle: one step of host A beside a host B, built by hand, and what the oracle
 * says of it. Nothing here comes from running the machine.
 *
 * stage_set puts both ends of one connection into given states as RFC 9293 describes them: ISS 100
 * and 200, two octets written, received and delivered each way, a window of ten. A test then writes
 * what the step did, right or wrong.
 */
#ifndef STAGE_H
#define STAGE_H

#include "oracle/oracle.h"

struct stage {
    struct sp_setup setup;
    struct sp_step step;
    struct sp_world world; /* after the step */
    struct sp_evidence evidence;
};

/* Host A acts and nothing happens: before and after are the same, event STATUS. Each state is
 * CLOSED, LISTEN, SYN-SENT, SYN-RECEIVED (after a passive OPEN), or synchronized. */
void stage_set(struct stage *s, enum sp_state a, enum sp_state b);

/* The TCB and the life of A after the step; the TCB before it. */
struct sp_tcb *stage_tcb(struct stage *s);
struct sp_life *stage_life(struct stage *s);
struct sp_tcb *stage_before(struct stage *s);

/* The TCB and the life of B. */
struct sp_tcb *stage_peer(struct stage *s);
struct sp_life *stage_peer_life(struct stage *s);

/* A goes from where it is to `state`, with TCB and life as stage_set has them there. */
void stage_move(struct stage *s, enum sp_state state);

/* The step was by a segment of B's latest incarnation. */
struct sp_segment *stage_arrive(struct stage *s, unsigned flags, sp_seq seq, sp_seq ack,
                                unsigned len);

/* The step was by this event. */
void stage_event(struct stage *s, enum sp_event_kind kind);

/* The step sent one more segment. */
struct sp_segment *stage_send(struct stage *s, unsigned flags, sp_seq seq, sp_seq ack,
                              unsigned len);

/* Asserts what the oracle says, and notes that it was shown. stage_breaks returns the evidence. */
#define stage_holds(s, property)  stage_holds_at(s, SP_PROPERTY_##property, __FILE__, __LINE__)
#define stage_breaks(s, property) stage_breaks_at(s, SP_PROPERTY_##property, __FILE__, __LINE__)
void stage_holds_at(struct stage *s, enum sp_property property, const char *file, int line);
const char *stage_breaks_at(struct stage *s, enum sp_property property, const char *file, int line);

/* Bits of the properties that were seen to hold in a step they are about / to break. */
uint64_t stage_held(void);
uint64_t stage_broken(void);

#endif
