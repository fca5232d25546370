/*
 * Models as most people write them, for an explorer that knows states by numbers: a state is a
 * struct, an action changes it in place, and a code says which states are the same.
 *
 * Each different code gets the next number. A state is expanded as the state that its code decodes
 * to.
 */
#ifndef SP_TESTS_CODED_H
#define SP_TESTS_CODED_H

#include "explore/explore.h"
#include "world/intern.h"

/* All functions are pure but for their out parameters. */
struct classic_model {
    const void *self;
    size_t state_size;    /* octets of a state, at most CODED_STATE_MAX */
    size_t code_max;      /* most octets that encode writes, at most CODED_CODE_MAX */
    uint32_t actions_max; /* most actions that enumerate writes */

    uint32_t (*initials)(const void *self);
    void (*initial)(const void *self, uint32_t index, void *state);
    uint32_t (*enumerate)(const void *self, const void *state, uint32_t *actions);
    struct sp_explore_found (*apply)(const void *self, void *state, uint32_t action);
    uint64_t (*stuck)(const void *self, const void *state);
    size_t (*encode)(const void *self, const void *state, uint8_t *code);
    void (*decode)(const void *self, const uint8_t *code, size_t size, void *state);
};

#define CODED_STATE_MAX   128
#define CODED_CODE_MAX    256
#define CODED_ACTIONS_MAX 64

struct coded {
    struct classic_model model;
    struct sp_intern codes;
};

/* The explorer's model, which lives as long as `coded`; coded_close ends both. */
struct sp_explore_model coded_open(struct coded *coded, const struct classic_model *model);
void coded_close(struct coded *coded);

#endif
