/*
 * An input and the violation that it shows, for the verbs that go on from a finding.
 */
#ifndef SP_CLI_FINDING_H
#define SP_CLI_FINDING_H

#include "campaign/shrink.h"
#include "cli/input.h"

/* Room for the lines that a script of a finding begins with. */
#define SP_FINDING_COMMENT_MAX 1024

struct sp_finding {
    struct sp_input input;
    struct sp_sighting sighting;
};

/* Reads the operand of the verb, applies its --policy and --set, and sees what it shows. PASS: that
 * is a violation. STALE: it shows none; FAIL: not the one that its text expects; USAGE: it cannot
 * be read. A complaint is written for all but PASS. sp_finding_free must follow either way. */
enum sp_exit sp_finding_read(const struct sp_args *args, struct sp_finding *finding);
void sp_finding_free(struct sp_finding *finding);

/* "# S5 isn-agreement [RFC 9293 3.4.1, 3.5]", its sentence, and "# more" unless more is "".
 * Returns text; room for SP_FINDING_COMMENT_MAX. */
const char *sp_finding_comment(enum sp_property property, const char *more, char *text);

/* Progress of sp_shrink: on a terminal alone. sp_shrink_clear takes the line away. */
void sp_shrink_progress(const struct sp_shrink *shrink, size_t events);
void sp_shrink_clear(void);

#endif
