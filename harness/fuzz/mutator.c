/*
 * The event-level mutator: decode, a stack of operators, repair, encode.
 *
 * An operator changes events and knows nothing of bytes; only byte havoc writes the script out,
 * changes octets and reads it again, which every byte string allows. What does not fit at last
 * loses actions anywhere, not at the end: an insertion at the end would be lost each time.
 * It does not judge: whether a result is worth keeping is the engine's to say.
 */
#include "fuzz/mutator_edit.h"

#include <string.h>

enum { STACK_MAX = 4, DRAWS = 8, TRIES = 3 };

static const struct sp_operator operators[] = {
    {"insert-move", 24, sp_insert_move},
    {"insert-walk", 16, sp_insert_walk},
    {"insert-segment", 16, sp_insert_segment},
    {"insert-copy", 6, sp_insert_copy},
    {"insert-call", 6, sp_insert_call},
    {"insert-timer", 6, sp_insert_timer},
    {"delete-one", 8, sp_delete_one},
    {"delete-block", 4, sp_delete_block},
    {"duplicate-one", 4, sp_duplicate_one},
    {"repeat-block", 3, sp_repeat_block},
    {"swap-two", 6, sp_swap_two},
    {"other-host", 2, sp_other_host},
    {"change-operand", 6, sp_change_operand},
    {"change-packet", 6, sp_change_packet},
    {"repair", 2, sp_repair_all},
    {"move-to-edge", 10, sp_move_to_edge},
    {"flip-flag", 6, sp_flip_flag},
    {"change-window", 4, sp_change_window},
    {"change-length", 4, sp_change_length},
    {"change-option", 6, sp_change_option},
    {"policy-set", 2, sp_change_policy_set},
    {"policy", 4, sp_change_policy},
    {"iss", 3, sp_change_iss},
    {"bound", 6, sp_change_bound},
    {"byte-havoc", 4, sp_byte_havoc},
};

/* Too large for a stack. */
static struct sp_edit edit, other;

size_t sp_operator_count(void)
{
    return sizeof operators / sizeof operators[0];
}

const struct sp_operator *sp_operator(size_t index)
{
    return &operators[index];
}

/* splitmix64 (Steele, Lea, Flood 2014): every seed is a good one, 0 too. */
static uint32_t draw(uint64_t *state)
{
    uint64_t z = *state += 0x9e3779b97f4a7c15;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
    z = (z ^ z >> 27) * 0x94d049bb133111eb;
    return (uint32_t)(z >> 32);
}

static uint32_t draw_below(uint64_t *state, uint32_t count)
{
    return (uint32_t)((uint64_t)draw(state) * count >> 32);
}

uint32_t sp_edit_below(struct sp_edit *e, uint32_t count)
{
    return draw_below(&e->random, count);
}

bool sp_edit_once_in(struct sp_edit *e, uint32_t count)
{
    return sp_edit_below(e, count) == 0;
}

uint32_t sp_edit_word(struct sp_edit *e)
{
    static const uint32_t words[] = {0,          1,          2,          0x7ffffffe, 0x7fffffff,
                                     0x80000000, 0x80000001, 0xfffffffe, 0xffffffff};
    const uint32_t count = sizeof words / sizeof words[0];
    const uint32_t choice = sp_edit_below(e, count + 1);
    return choice < count ? words[choice] : 0U - 1 - sp_edit_below(e, 64);
}

void sp_edit_begin(struct sp_edit *e, enum sp_form form, const uint8_t *bytes, size_t size,
                   uint64_t seed)
{
    e->form = form;
    e->random = seed;
    e->script.action = e->room;
    e->script.capacity = SP_MUTATOR_ACTIONS;
    sp_script_decode(&e->script, bytes, size);
    e->script.expect = SP_EXPECT_NOTHING;
    memset(e->script.expected, 0, sizeof e->script.expected);
}

static void apply_one(struct sp_edit *e)
{
    unsigned all = 0;
    for (size_t i = 0; i < sp_operator_count(); i++) {
        all += operators[i].weight;
    }
    for (unsigned draws = 0; draws < DRAWS; draws++) {
        uint32_t at = sp_edit_below(e, all);
        size_t i = 0;
        while (at >= operators[i].weight) {
            at -= operators[i++].weight;
        }
        if (operators[i].apply(e)) {
            return;
        }
    }
}

/* Writes the script into max_size octets, at least SP_MUTATOR_SIZE_MIN. What is too large loses a
 * block of actions of about the right size, again and again; then its settings. */
static size_t write_out(struct sp_edit *e, uint8_t *out, size_t max_size)
{
    struct sp_script *script = &e->script;
    size_t size = sp_script_encode(script, out, max_size);
    while (size > max_size && script->count > 0) {
        const size_t mean = 1 + size / script->count;
        size_t count = 1 + (size - max_size) / mean / 2;
        count = count < script->count ? count : script->count;
        sp_edit_remove(e, sp_edit_below(e, (uint32_t)(script->count - count + 1)), count);
        size = sp_script_encode(script, out, max_size);
    }
    if (size > max_size) {
        sp_setup_init(&script->setup);
        size = sp_script_encode(script, out, max_size);
    }
    return size;
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

size_t sp_mutate(enum sp_form form, uint8_t *data, size_t size, size_t max_size, uint64_t seed)
{
    const size_t room = smaller(max_size, SP_MUTATOR_SIZE_MAX);
    const size_t given = smaller(size, room);
    if (room < SP_MUTATOR_SIZE_MIN) {
        return sp_havoc(data, given, room, seed);
    }
    sp_edit_begin(&edit, form, data, smaller(size, SP_MUTATOR_SIZE_MAX), seed);
    for (unsigned tries = 0; tries < TRIES; tries++) {
        for (uint32_t left = 1 + sp_edit_below(&edit, STACK_MAX); left > 0; left--) {
            apply_one(&edit);
        }
        sp_edit_repair(&edit);
        size_t written = write_out(&edit, edit.bytes, room);
        if (written != given || memcmp(edit.bytes, data, given) != 0 || tries == TRIES - 1) {
            memcpy(data, edit.bytes, written);
            return written;
        }
    }
    return given;
}

/* A block of one script, cut at random: [*at, *at + return value). */
static size_t block_of(struct sp_edit *e, const struct sp_script *script, size_t *at)
{
    const uint32_t from = sp_edit_below(e, (uint32_t)script->count + 1);
    const uint32_t to = sp_edit_below(e, (uint32_t)script->count + 1);
    *at = smaller(from, to);
    return (from < to ? to : from) - *at;
}

size_t sp_crossover(enum sp_form form, const uint8_t *a, size_t a_size, const uint8_t *b,
                    size_t b_size, uint8_t *out, size_t out_size, uint64_t seed)
{
    size_t from, to = 0, cut = 0;
    if (out_size < SP_MUTATOR_SIZE_MIN) {
        memcpy(out, b, smaller(b_size, out_size));
        return sp_havoc(out, smaller(b_size, out_size), out_size, seed);
    }
    sp_edit_begin(&edit, form, a, smaller(a_size, SP_MUTATOR_SIZE_MAX), seed);
    sp_edit_begin(&other, form, b, smaller(b_size, SP_MUTATOR_SIZE_MAX), seed);
    size_t count = block_of(&edit, &other.script, &from);
    switch (sp_edit_below(&edit, 3)) {
    case 0: /* the head of one, the tail of the other */
        to = sp_edit_below(&edit, (uint32_t)edit.script.count + 1);
        cut = edit.script.count - to;
        count = other.script.count - from;
        break;
    case 1: /* a block of one in the place of a block of the other */
        cut = block_of(&edit, &edit.script, &to);
        break;
    default: /* a block more */
        to = sp_edit_place(&edit);
        break;
    }
    sp_edit_remove(&edit, to, cut);
    count = smaller(count, SP_MUTATOR_ACTIONS - edit.script.count);
    sp_edit_insert(&edit, to, &other.room[from], count);
    if (sp_edit_once_in(&edit, 4)) {
        edit.script.setup = other.script.setup;
    }
    sp_edit_repair(&edit);
    return write_out(&edit, out, smaller(out_size, SP_MUTATOR_SIZE_MAX));
}

/* One change of octets. `size` is at most max_size. */
static size_t havoc_once(uint8_t *data, size_t size, size_t max_size, uint64_t *random)
{
    const uint32_t kind = draw_below(random, 6);
    const size_t at = draw_below(random, (uint32_t)size + 1);
    const size_t block = 1 + draw_below(random, 8);
    if (kind < 3 && at < size) {
        static const uint8_t octets[] = {0, 1, 0x7f, 0x80, 0xff};
        const uint8_t changed[] = {(uint8_t)(data[at] ^ 1U << draw_below(random, 8)),
                                   (uint8_t)draw(random), octets[draw_below(random, 5)]};
        data[at] = changed[kind];
        return size;
    }
    if (kind == 3) {
        const size_t count = smaller(block, size - at);
        memmove(data + at, data + at + count, size - at - count);
        return size - count;
    }
    const size_t count = smaller(block, max_size - size);
    memmove(data + at + count, data + at, size - at);
    for (size_t i = 0; i < count; i++) {
        data[at + i] = (uint8_t)draw(random);
    }
    if (kind == 5 && size > 0) { /* not new octets but those of another place */
        const size_t source = draw_below(random, (uint32_t)size);
        memmove(data + at, data + source, smaller(count, size - source));
    }
    return size + count;
}

size_t sp_havoc(uint8_t *data, size_t size, size_t max_size, uint64_t seed)
{
    uint64_t random = seed;
    size_t now = smaller(size, max_size);
    for (uint32_t left = 1 + draw_below(&random, STACK_MAX); left > 0; left--) {
        now = havoc_once(data, now, max_size, &random);
    }
    return now;
}
