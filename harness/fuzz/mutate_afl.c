/*
 * AFL++'s way into the mutator: a shared library for AFL_CUSTOM_MUTATOR_LIBRARY (AFL++ 4.04,
 * docs/custom_mutators.md; its header is not packaged, so the functions are declared here).
 *
 * The environment variable SYNPROOF_MUTATOR says what scripts are run as: pair (also when it is not
 * set) or endpoint. AFL++ may mutate bytes on its own beside this; AFL_CUSTOM_MUTATOR_ONLY=1 leaves
 * all of it to this library.
 */
#include "fuzz/mutator.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SPLICE_IN = 6 };

struct afl_mutator {
    enum sp_form form;
    uint64_t seed; /* of the next call */
    uint8_t bytes[SP_MUTATOR_SIZE_MAX];
};

void *afl_custom_init(void *afl, unsigned int seed);
size_t afl_custom_fuzz(void *data, uint8_t *buf, size_t buf_size, uint8_t **out_buf,
                       uint8_t *add_buf, size_t add_buf_size, size_t max_size);
size_t afl_custom_havoc_mutation(void *data, uint8_t *buf, size_t buf_size, uint8_t **out_buf,
                                 size_t max_size);
const char *afl_custom_describe(void *data, size_t max_description_len);
void afl_custom_deinit(void *data);

static enum sp_form form_wanted(void)
{
    const char *name = getenv("SYNPROOF_MUTATOR");
    if (name == NULL || strcmp(name, "pair") == 0) {
        return SP_FORM_PAIR;
    }
    if (strcmp(name, "endpoint") != 0) {
        fprintf(stderr, "SYNPROOF_MUTATOR = %s: pair or endpoint is valid\n", name);
        exit(2);
    }
    return SP_FORM_ENDPOINT;
}

/* NULL, on which AFL++ stops, when there is no memory: the only allocation. */
void *afl_custom_init(void *afl, unsigned int seed)
{
    (void)afl;
    struct afl_mutator *mutator = malloc(sizeof *mutator);
    if (mutator != NULL) {
        mutator->form = form_wanted();
        mutator->seed = (uint64_t)seed << 32;
    }
    return mutator;
}

/* No octet beyond SP_MUTATOR_SIZE_MAX belongs to an action that is read. */
static size_t at_most(size_t size, size_t max)
{
    return size < max ? size : max;
}

size_t afl_custom_havoc_mutation(void *data, uint8_t *buf, size_t buf_size, uint8_t **out_buf,
                                 size_t max_size)
{
    struct afl_mutator *mutator = data;
    const size_t room = at_most(max_size, sizeof mutator->bytes);
    const size_t size = at_most(buf_size, room);
    memcpy(mutator->bytes, buf, size);
    *out_buf = mutator->bytes;
    return sp_mutate(mutator->form, mutator->bytes, size, room, mutator->seed++);
}

size_t afl_custom_fuzz(void *data, uint8_t *buf, size_t buf_size, uint8_t **out_buf,
                       uint8_t *add_buf, size_t add_buf_size, size_t max_size)
{
    struct afl_mutator *mutator = data;
    const size_t room = at_most(max_size, sizeof mutator->bytes);
    if (add_buf == NULL || mutator->seed % SPLICE_IN != 0) {
        return afl_custom_havoc_mutation(data, buf, buf_size, out_buf, max_size);
    }
    *out_buf = mutator->bytes;
    return sp_crossover(mutator->form, buf, buf_size, add_buf, add_buf_size, mutator->bytes, room,
                        mutator->seed++);
}

const char *afl_custom_describe(void *data, size_t max_description_len)
{
    (void)data;
    return max_description_len < sizeof "events" ? "" : "events";
}

void afl_custom_deinit(void *data)
{
    free(data);
}
