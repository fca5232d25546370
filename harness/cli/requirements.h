/*
 * The requirements of RFC 9293 (MUST-1 to MAY-18) and what stands for each in this tree: the table
 * proofs/requirements/requirements below the data directory.
 *
 *     MUST-10 9293 3.5
 *       one sentence
 *       rules NAME...
 *       properties ID...
 *       tests NAME...
 *       except a reason
 *
 * Each of the four may be there once, and one of them is.
 */
#ifndef SP_CLI_REQUIREMENTS_H
#define SP_CLI_REQUIREMENTS_H

#include "machine/output.h"

#include <stdbool.h>
#include <stddef.h>

/* More than RFC 9293 has. */
#define SP_REQUIREMENTS_MAX 160

/* Rules of one requirement. */
#define SP_REQUIREMENT_RULES 16

struct sp_requirement {
    const char *id;      /* "MUST-10" */
    const char *section; /* "9293 3.5" */
    const char *sentence;
    enum sp_rule rule[SP_REQUIREMENT_RULES];
    size_t rules;
    const char *rule_names; /* words separated by blanks, or NULL; so are the next two */
    const char *properties;
    const char *tests;
    const char *except; /* NULL: none */
};

struct sp_requirements {
    char *text; /* of the file, cut into what the rows point to */
    struct sp_requirement row[SP_REQUIREMENTS_MAX];
    size_t count;
};

/* False: a complaint that names its line is written. Free it in either case. */
bool sp_requirements_read(struct sp_requirements *requirements);
void sp_requirements_free(struct sp_requirements *requirements);

/* The rule of that name; SP_RULE_COUNT: there is none. */
enum sp_rule sp_rule_find(const char *name);

#endif
