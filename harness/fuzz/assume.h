/*
 * Which assumptions (the `needs` of model/oracle/properties.def) one run of a script has dropped.
 *
 * A search drops an assumption by its bounds, for all its runs. A script may do anything whatever
 * its bounds say, and most do little of it: here the run is asked, not the bounds.
 */
#ifndef SP_FUZZ_ASSUME_H
#define SP_FUZZ_ASSUME_H

#include "oracle/oracle.h"

/* What cannot be seen in the world afterwards. All zero before the first action. */
struct sp_assumed {
    bool early;       /* TIME-WAIT ended while a segment of its incarnation was in flight */
    bool cut;         /* a RST, or the answer to a SYN, ended TIME-WAIT */
    bool unquiet;     /* a host that had crashed opened while anything was in flight */
    bool strange_iss; /* a connection that begins got another number than it had: nobody knows it */
    bool own_iss;     /* a later incarnation was given its initial sequence number by the script */
    bool again; /* a host is back in LISTEN: the next SYN is answered with the number of the last */
    bool backlog;    /* in this step: text or FIN goes out that no event asked for, because a step
                        sends     only so many segments */
    uint8_t open[2]; /* SP_OPEN_ bits: how each host opened */
};

/* Notes what the action, about to act on the world, drops; and what the step it took did. */
void sp_assume_note(struct sp_assumed *assumed, const struct sp_world *world,
                    const struct sp_action *action);
void sp_assume_note_step(struct sp_assumed *assumed, const struct sp_step *step,
                         const struct sp_world *after);

/* Properties that may be reported of the world that the run has led to: all of whose assumptions
 * held. Under a policy that is none of the named sets nothing is: which property a wrong reading
 * breaks is known of none of their mixtures. Bits. */
uint64_t sp_assume_reported(const struct sp_assumed *assumed, const struct sp_setup *setup,
                            const struct sp_world *world);

#endif
