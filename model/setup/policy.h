/*
 * struct sp_policy: every decision that the RFCs leave to the implementer, as independent switches,
 * and the named sets of them. The switches and their values are listed in policy.def.
 */
#ifndef SP_SETUP_POLICY_H
#define SP_SETUP_POLICY_H

#include "setup/faults.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* SP_<field>_<NAME>: the values of every switch. */
enum sp_choice {
#define CHOICE(field, NAME, value, word, sentence) SP_##field##_##NAME = (value),
#include "setup/policy.def"
};

struct sp_policy {
#define POLICY(field, d, section, sentence) uint8_t field; /* SP_<field>_... */
#include "setup/policy.def"
    uint8_t fault; /* enum sp_fault: no choice, but a break on purpose; no named set has one */
};

/* On a function that only a fault calls: it stays out of the way of the right machine. */
#define SP_COLD __attribute__((cold, noinline))

/* The machine is broken in this way: asked where the decision is taken, and nowhere else. The
 * compiler is told that it is not, so that the right path stays the straight one. */
static inline bool sp_faulty(const struct sp_policy *policy, enum sp_fault fault)
{
    return __builtin_expect(policy->fault == (uint8_t)fault, 0);
}

/* Index of each switch, in the order of policy.def. */
enum sp_policy_index {
#define POLICY(field, d, section, sentence) SP_POLICY_##field,
#include "setup/policy.def"
    SP_POLICY_COUNT
};

struct sp_choice_info {
    const char *word;     /* as written in scripts and on the command line */
    const char *sentence; /* what it means */
};

struct sp_policy_info {
    const char *name;     /* the field */
    const char *delicate; /* D-number of the delicate point, or "-" */
    const char *section;  /* where the RFCs speak of it */
    const char *sentence; /* the question that the switch answers */
    const struct sp_choice_info *choices;
    uint8_t count; /* of choices */
};

struct sp_policy_set {
    const char *name;     /* "rfc9293" */
    const char *sentence; /* what it stands for */
    struct sp_policy policy;
};

/* The switches, SP_POLICY_COUNT of them. */
const struct sp_policy_info *sp_policy_info(enum sp_policy_index index);

/* Value of a switch / change it. value in [0, sp_policy_info(index)->count). */
uint8_t sp_policy_get(const struct sp_policy *policy, enum sp_policy_index index);
void sp_policy_put(struct sp_policy *policy, enum sp_policy_index index, uint8_t value);

/* The named sets: rfc9293 (first: the default), rfc793, rfc1122, linux, freebsd, lwip. */
size_t sp_policy_set_count(void);
const struct sp_policy_set *sp_policy_set(size_t index);

/* The set of that name, or NULL. */
const struct sp_policy_set *sp_policy_set_find(const char *name);

/* The set that differs in the fewest switches; the first of equals. */
const struct sp_policy_set *sp_policy_set_nearest(const struct sp_policy *policy);

#endif
