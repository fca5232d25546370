/*
 * struct sp_bounds: which behaviours of two hosts and the network between them are admitted, as
 * numbers, and its text form, the bounds file. The keys are listed in bounds.def.
 *
 * A bounds file has one "key = value" a line and "#" comments. Keys that are not given keep their
 * initial value; "A.key" and "B.key" may be given at once as "*.key".
 */
#ifndef SP_SETUP_BOUNDS_H
#define SP_SETUP_BOUNDS_H

#include "limits.h"
#include "seq.h"
#include "setup/policy.h"

#include <stddef.h>

/* SP_OPEN_PASSIVE..., SP_REOPEN_INSIDE...: bits of the sets. */
enum {
#define WORD(kind, NAME, bit, word, sentence) SP_##kind##_##NAME = (bit),
#include "setup/bounds.def"
};

struct sp_iss_list {
    sp_seq value[SP_ISS_MAX]; /* the first `count`; the rest are 0 */
    uint8_t count;            /* 1..SP_ISS_MAX */
};

struct sp_host_bounds {
#define HOST_NUMBER(key, field, low, high, initial, sentence) uint32_t field;
#define HOST_SWITCH(key, field, initial, sentence)            bool field;
#define HOST_SET(key, field, kind, initial, sentence)         uint16_t field; /* SP_<kind>_ bits */
#define HOST_LIST(key, field, initial, sentence)              struct sp_iss_list field;
#include "setup/bounds.def"
};

struct sp_bounds {
#define NUMBER(key, field, low, high, initial, sentence) uint32_t field;
#define SWITCH(key, field, initial, sentence)            bool field;
#include "setup/bounds.def"
    struct sp_host_bounds host[2]; /* A, B */
};

/* What a run is about: it never changes during one. */
struct sp_setup {
    struct sp_policy policy;
    struct sp_bounds bounds;
};

/* rfc9293 and the initial value of every key. */
void sp_setup_init(struct sp_setup *setup);

/* Room for one setting as text. */
#define SP_SETTING_MAX 256

/* A message for a person: what is wrong where, and what would be valid. Always 0-terminated. */
struct sp_complaint {
    unsigned line;  /* from 1; 0: not about a line */
    char text[400]; /* "flight = 9: 1..8 is valid" */
};

/*
 * Applies one setting, as in a bounds file, on the command line (--set) and in script headers:
 *     KEY = VALUE            a key of bounds.def, with A., B. or *. where it is a host's
 *     policy = NAME          a named policy set
 *     policy.FIELD = WORD    one switch of policy.def
 *     fault = WORD           a row of faults.def, or none; a named policy set leaves it as it is
 * text is `size` octets, without line end. False: *setup is unchanged and *complaint says why, with
 * the nearest valid key or word where there is one.
 */
bool sp_setup_apply(struct sp_setup *setup, const char *text, size_t size,
                    struct sp_complaint *complaint);

/* Applies every line of a bounds file of `size` octets and checks that the result is consistent
 * (sp_setup_check). False: *setup is unspecified, *complaint names line, value and what is valid.
 */
bool sp_setup_parse(struct sp_setup *setup, const char *text, size_t size,
                    struct sp_complaint *complaint);

/* What no single key shows: symmetry with unequal hosts, opens without a way to open. */
bool sp_setup_check(const struct sp_setup *setup, struct sp_complaint *complaint);

/* Writes the setting number `index` (from 0) in the form that sp_setup_apply reads, 0-terminated.
 * False past the last. Writing all of them and applying them gives the same setup. policy comes
 * first, as the nearest named set, then the switches that differ from it, then the fault, then
 * all keys; keys equal for A and B are not merged. text has room for
 * SP_SETTING_MAX. */
bool sp_setup_print(const struct sp_setup *setup, size_t index, char *text, size_t capacity);

/* The same, without the keys that have their initial value, and without the fault when it is none:
 * applied to sp_setup_init, the settings give the same setup. */
bool sp_setup_print_changed(const struct sp_setup *setup, size_t index, char *text,
                            size_t capacity);

/* One key of bounds.def, for listings. NULL past the last. */
struct sp_bound_info {
    const char *key;      /* "flight", "A.window" shown as "*.window" */
    const char *valid;    /* "1..8", "on off", "passive active upgrade none" */
    const char *initial;  /* in the same notation */
    const char *sentence; /* what it admits */
};
const struct sp_bound_info *sp_bound_info(size_t index);

#endif
