/*
 * The bug zoo on the command line: the table of what must catch each fault, and the check of all.
 *
 * The table is proofs/must_fail/expected below the data directory, one row a fault:
 *
 *     FAULT BOUNDS POLICY PROPERTY LENGTH
 *
 * BOUNDS is a file proofs/must_fail/BOUNDS.bounds, or else one of proofs/bounds. LENGTH: events of
 * the shortest run that shows it, up to the end of its cycle for one that goes on for ever.
 */
#ifndef SP_CLI_ZOO_H
#define SP_CLI_ZOO_H

#include "cli/cli.h"
#include "oracle/oracle.h"

struct sp_zoo_row {
    bool there;
    char bounds[64];
    char policy[32];
    enum sp_property property;
    size_t length;
};

struct sp_zoo {
    struct sp_zoo_row
        row[SP_FAULT_COUNT]; /* by enum sp_fault; that of SP_FAULT_NONE is not there */
};

/* Reads the table. False: a complaint that names its line is written. */
bool sp_zoo_read(struct sp_zoo *zoo);

/* The fault of that word, or SP_FAULT_NONE. */
enum sp_fault sp_zoo_find(const char *word);

/* Bounds, policy and fault of a row that is there. False: a complaint is written. */
bool sp_zoo_load(const struct sp_zoo_row *row, enum sp_fault fault, struct sp_setup *setup);

/* check --all-faults. */
enum sp_exit sp_zoo_check(const struct sp_args *args);

#endif
