/*
 * What kind of step it was: the state before and after, the event, the rules that fired and what
 * was sent, without any number. Two steps of one kind show the same of the machine; there are
 * thousands of kinds, whatever the number of steps.
 */
#ifndef SP_NET_REACTION_H
#define SP_NET_REACTION_H

#include "net/world.h"

/* Compared octet by octet: sp_reaction_of leaves none of them unset. */
struct sp_reaction {
    uint8_t before; /* enum sp_state */
    uint8_t event;  /* enum sp_event_kind */
    uint8_t after;  /* enum sp_state */
    uint8_t bits;   /* SEGMENT: its SYN, ACK, RST and FIN; else 0 */
    uint16_t sent;  /* bit k: a segment whose SYN, ACK, RST and FIN are sp_reaction_bits(k) */
    uint16_t rules; /* in `rule` */
    uint16_t rule[SP_RULES_MAX]; /* enum sp_rule, in the order they fired; 0 beyond `rules` */
};

/* Sets of control bits that `sent` tells apart. */
#define SP_REACTION_SETS 16

/* The control bits of a set in [0, SP_REACTION_SETS). */
uint8_t sp_reaction_bits(unsigned set);

/* step: one in which a host acted; after: the world it led to. */
void sp_reaction_of(const struct sp_step *step, const struct sp_world *after,
                    struct sp_reaction *reaction);

#endif
