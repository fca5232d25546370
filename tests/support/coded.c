/* Models by code; coded.h says what for. Numbers of codes are given in the order of asking. */
#include "coded.h"

#include <stdlib.h>
#include <string.h>

#define NUMBER_BITS 30

struct state {
    uint64_t octets[CODED_STATE_MAX / 8];
};

static bool number_of(struct coded *coded, const struct state *state, uint64_t *number)
{
    uint8_t code[CODED_CODE_MAX];
    size_t size = coded->model.encode(coded->model.self, state, code);
    uint32_t given = sp_intern(&coded->codes, code, size, NULL, NULL);
    *number = given;
    return given != SP_INTERN_NONE;
}

static void state_of(const struct coded *coded, uint64_t number, struct state *state)
{
    const struct sp_entry *entry = sp_intern_at(&coded->codes, (uint32_t)number);
    coded->model.decode(coded->model.self, entry->code, entry->size, state);
}

static bool initial(void *self, void *scratch, uint32_t index, uint64_t *number)
{
    struct coded *coded = self;
    struct state state;
    (void)scratch;
    coded->model.initial(coded->model.self, index, &state);
    return number_of(coded, &state, number);
}

static uint32_t expand(void *self, void *scratch, uint64_t number, struct sp_successor *successors)
{
    struct coded *coded = self;
    const struct classic_model *model = &coded->model;
    uint32_t actions[CODED_ACTIONS_MAX];
    struct state state;
    (void)scratch;
    state_of(coded, number, &state);
    uint32_t count = model->enumerate(model->self, &state, actions);
    for (uint32_t i = 0; i < count; i++) {
        struct state next = state;
        successors[i].found = model->apply(model->self, &next, actions[i]);
        if (successors[i].found.violated == 0 && !number_of(coded, &next, &successors[i].state)) {
            return SP_EXPLORE_NO_NUMBER;
        }
    }
    return count;
}

static uint64_t stuck(void *self, void *scratch, uint64_t number)
{
    const struct coded *coded = self;
    struct state state;
    (void)scratch;
    state_of(coded, number, &state);
    return coded->model.stuck(coded->model.self, &state);
}

static bool save(void *self, FILE *file)
{
    return sp_intern_save(&((struct coded *)self)->codes, file);
}

static bool load(void *self, FILE *file)
{
    return sp_intern_load(&((struct coded *)self)->codes, NULL, NULL, file);
}

struct sp_explore_model coded_open(struct coded *coded, const struct classic_model *model)
{
    coded->model = *model;
    if (!sp_intern_init(&coded->codes, 0, 1u << NUMBER_BITS)) {
        abort();
    }
    return (struct sp_explore_model){
        .self = coded,
        .state_bits = NUMBER_BITS,
        .actions_max = model->actions_max,
        .initials = model->initials(model->self),
        .initial = initial,
        .expand = expand,
        .stuck = stuck,
        .save = save,
        .load = load,
    };
}

void coded_close(struct coded *coded)
{
    sp_intern_free(&coded->codes);
}
