/*
 * The keys of bounds.def as a table, and a setup as a row of numbers.
 *
 * For code that treats all settings alike: the bounds file and the byte form of a script. Code that
 * means one setting reads its field.
 */
#ifndef SP_SETUP_KEYS_H
#define SP_SETUP_KEYS_H

#include "setup/bounds.h"

enum sp_key_kind { SP_KEY_NUMBER, SP_KEY_SWITCH, SP_KEY_SET, SP_KEY_LIST };

struct sp_key_word {
    const char *word;
    uint16_t bit;
};

struct sp_key {
    const char *name;                /* "window": without "A." */
    uint8_t kind;                    /* enum sp_key_kind */
    bool host;                       /* a key of each host */
    uint16_t offset;                 /* in struct sp_host_bounds (host) or struct sp_bounds */
    uint32_t low, high;              /* NUMBER, SWITCH: low =< value =< high; SET: 0 and all bits */
    const struct sp_key_word *words; /* SET: ends with a NULL word */
    struct sp_bound_info info;
};

size_t sp_key_count(void);
const struct sp_key *sp_key(size_t index);

/* A NUMBER, SWITCH or SET. host is ignored unless key->host. */
uint32_t sp_key_get(const struct sp_key *key, const struct sp_bounds *bounds, unsigned host);
void sp_key_put(const struct sp_key *key, struct sp_bounds *bounds, unsigned host, uint32_t value);

/* A LIST. */
struct sp_iss_list *sp_key_list(const struct sp_key *key, struct sp_bounds *bounds, unsigned host);
const struct sp_iss_list *sp_key_list_of(const struct sp_key *key, const struct sp_bounds *bounds,
                                         unsigned host);

/*
 * A setup as SP_SLOTS numbers: the switches of the policy, then the keys, those of a host for A and
 * then B, then the fault; a list is its count and SP_ISS_MAX values. Every number has a range of
 * its own, low =< value =< high, independent of the others: sp_setup_settle repairs what no single
 * one shows.
 */
struct sp_slot {
    uint32_t low, high;
};
size_t sp_slot_count(void);
struct sp_slot sp_slot(size_t index);
uint32_t sp_slot_get(const struct sp_setup *setup, size_t index);
void sp_slot_put(struct sp_setup *setup, size_t index, uint32_t value);

/* Makes a setup whose slots are all in range one that sp_setup_check accepts: list values beyond
 * the count become 0, opens without a way to open become 0, symmetry of unequal hosts is off. */
void sp_setup_settle(struct sp_setup *setup);

#endif
