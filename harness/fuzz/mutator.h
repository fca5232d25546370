/*
 * The mutator of both fuzzing engines: it changes the events of a script, not the bytes that they
 * are written in (byte form: model/event/script.h).
 *
 * Nothing is allocated. The same arguments give the same result. One call at a time in a process:
 * the workspace is static.
 */
#ifndef SP_FUZZ_MUTATOR_H
#define SP_FUZZ_MUTATOR_H

#include <stddef.h>
#include <stdint.h>

/* What the mutated script is run as. PAIR: two hosts and a network. ENDPOINT: every action acts on
 * host A, nothing but ticks comes from the network, and what A sends is thrown away. */
enum sp_form { SP_FORM_PAIR, SP_FORM_ENDPOINT };

enum {
    SP_MUTATOR_ACTIONS = 256,    /* of a script that are read; the rest is cut off */
    SP_MUTATOR_SIZE_MAX = 32768, /* octets that so many actions and all settings need at most */
    SP_MUTATOR_SIZE_MIN = 4,     /* octets of a script without any action or setting */
};

/*
 * Changes the script in data, which holds `size` octets and has room for max_size, by one to four
 * operators. Returns the new size, at most max_size and SP_MUTATOR_SIZE_MAX. The result is
 * canonical (decoding and encoding gives the same octets) and expects nothing. Below
 * SP_MUTATOR_SIZE_MIN no script fits: the octets are changed as octets.
 */
size_t sp_mutate(enum sp_form form, uint8_t *data, size_t size, size_t max_size, uint64_t seed);

/* Writes to out a script made of actions of both; settings are of one of them. Returns its size, at
 * most out_size. The result is as that of sp_mutate. out overlaps neither a nor b. */
size_t sp_crossover(enum sp_form form, const uint8_t *a, size_t a_size, const uint8_t *b,
                    size_t b_size, uint8_t *out, size_t out_size, uint64_t seed);

/* Changes octets as octets, one to four times: a bit, an octet, a block inserted, copied or
 * removed. Returns the new size, at most max_size. */
size_t sp_havoc(uint8_t *data, size_t size, size_t max_size, uint64_t seed);

#endif
