/*
 * Where in the source a rule is recorded, and where its row and that of a property stand. The
 * tables are made from the source whenever it changes (places.cmake).
 */
#ifndef SP_CI_PLACES_H
#define SP_CI_PLACES_H

#include "machine/output.h"
#include "oracle/oracle.h"

struct sp_place {
    const char *file; /* from the root of the source tree */
    unsigned line;    /* from 1 */
};

extern const struct sp_place sp_place_of_rule[SP_RULE_COUNT]; /* the first line that records it */
extern const struct sp_place sp_place_of_rule_row[SP_RULE_COUNT];
extern const struct sp_place sp_place_of_property[SP_PROPERTY_COUNT]; /* its row */

/* The code of a rule; of SP_RULE_COUNT, none, the row of the property. */
static inline struct sp_place sp_place_of(unsigned rule, enum sp_property property)
{
    return rule < SP_RULE_COUNT ? sp_place_of_rule[rule] : sp_place_of_property[property];
}

#endif
