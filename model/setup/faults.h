/*
 * The faults of faults.def by number: what each is called and what is known of it.
 *
 * A fault breaks the machine in one place, as a real TCP once was broken. The correct machine is
 * SP_FAULT_NONE; a policy names at most one fault.
 */
#ifndef SP_SETUP_FAULTS_H
#define SP_SETUP_FAULTS_H

#include <stddef.h>

enum sp_fault {
    SP_FAULT_NONE,
#define FAULT(NAME, word, what, where, property) SP_FAULT_##NAME,
#include "faults.def"
    SP_FAULT_COUNT
};

struct sp_fault_info {
    const char *word;     /* "last-ack-any-ack-closes" */
    const char *what;     /* what the faulty machine does */
    const char *where;    /* where it really happened */
    const char *property; /* id of the property that it breaks */
};

/* fault in (SP_FAULT_NONE, SP_FAULT_COUNT). */
const struct sp_fault_info *sp_fault_info(enum sp_fault fault);

/* "none", or the word of the fault. */
const char *sp_fault_word(enum sp_fault fault);

#endif
