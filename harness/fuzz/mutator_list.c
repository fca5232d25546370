/*
 * Operators on the list of events: remove, repeat, exchange; and the two that ask nothing of an
 * event's meaning, the other host and byte havoc.
 *
 * None looks at the world; serials that no longer fit are the repair's business (mutator_world.c).
 */
#include "fuzz/mutator_edit.h"

#include <string.h>

enum { BLOCK_MAX = 8, REPEATS_MAX = 4 };

static uint32_t count_of(const struct sp_edit *edit)
{
    return (uint32_t)edit->script.count;
}

size_t sp_edit_place(struct sp_edit *edit)
{
    return sp_edit_once_in(edit, 2) ? edit->script.count : sp_edit_below(edit, count_of(edit) + 1);
}

bool sp_edit_insert(struct sp_edit *edit, size_t at, const struct sp_action *actions, size_t count)
{
    struct sp_script *script = &edit->script;
    if (count > script->capacity - script->count) {
        return false;
    }
    struct sp_action *place = script->action + at;
    memmove(place + count, place, (script->count - at) * sizeof *place);
    memcpy(place, actions, count * sizeof *place);
    script->count += count;
    return true;
}

void sp_edit_remove(struct sp_edit *edit, size_t at, size_t count)
{
    struct sp_script *script = &edit->script;
    struct sp_action *place = script->action + at;
    memmove(place, place + count, (script->count - at - count) * sizeof *place);
    script->count -= count;
}

/* The n-th match replaces what was found once in n times: each is as likely. */
struct sp_action *sp_edit_find(struct sp_edit *edit, unsigned kinds)
{
    struct sp_action *found = NULL;
    uint32_t matches = 0;
    for (size_t i = 0; i < edit->script.count; i++) {
        if ((kinds & 1U << edit->room[i].kind) != 0 && sp_edit_once_in(edit, ++matches)) {
            found = &edit->room[i];
        }
    }
    return found;
}

bool sp_delete_one(struct sp_edit *edit)
{
    if (edit->script.count == 0) {
        return false;
    }
    sp_edit_remove(edit, sp_edit_below(edit, count_of(edit)), 1);
    return true;
}

/* A block of 1..BLOCK_MAX actions that is there; the script has one. */
static size_t some_block(struct sp_edit *edit, size_t *at)
{
    *at = sp_edit_below(edit, count_of(edit));
    const uint32_t left = count_of(edit) - (uint32_t)*at;
    return 1 + sp_edit_below(edit, left < BLOCK_MAX ? left : BLOCK_MAX);
}

bool sp_delete_block(struct sp_edit *edit)
{
    size_t at;
    if (edit->script.count == 0) {
        return false;
    }
    const size_t count = some_block(edit, &at);
    sp_edit_remove(edit, at, count);
    return true;
}

bool sp_duplicate_one(struct sp_edit *edit)
{
    if (edit->script.count == 0) {
        return false;
    }
    const struct sp_action action = edit->room[sp_edit_below(edit, count_of(edit))];
    return sp_edit_insert(edit, sp_edit_place(edit), &action, 1);
}

bool sp_repeat_block(struct sp_edit *edit)
{
    struct sp_action block[BLOCK_MAX];
    size_t at;
    bool repeated = false;
    if (edit->script.count == 0) {
        return false;
    }
    const size_t count = some_block(edit, &at);
    memcpy(block, edit->room + at, count * sizeof block[0]);
    for (uint32_t left = 1 + sp_edit_below(edit, REPEATS_MAX); left > 0; left--) {
        repeated |= sp_edit_insert(edit, at + count, block, count);
    }
    return repeated;
}

bool sp_swap_two(struct sp_edit *edit)
{
    if (edit->script.count < 2) {
        return false;
    }
    const uint32_t one = sp_edit_below(edit, count_of(edit));
    const uint32_t away = 1 + sp_edit_below(edit, count_of(edit) - 1);
    struct sp_action *a = &edit->room[one];
    struct sp_action *b = &edit->room[(one + away) % count_of(edit)];
    const struct sp_action kept = *a;
    *a = *b;
    *b = kept;
    return true;
}

bool sp_other_host(struct sp_edit *edit)
{
    const unsigned kinds = 1U << SP_ACTION_CALL | 1U << SP_ACTION_TIMER | 1U << SP_ACTION_INJECT |
                           1U << SP_ACTION_VANISH | 1U << SP_ACTION_CRASH;
    struct sp_action *action = sp_edit_find(edit, kinds);
    if (edit->form == SP_FORM_ENDPOINT || action == NULL) {
        return false;
    }
    action->host ^= 1;
    return true;
}

bool sp_byte_havoc(struct sp_edit *edit)
{
    const uint64_t seed = (uint64_t)sp_edit_below(edit, UINT32_MAX) << 32;
    const size_t size = sp_script_encode(&edit->script, edit->bytes, sizeof edit->bytes);
    const size_t changed = sp_havoc(edit->bytes, size, sizeof edit->bytes, seed);
    sp_edit_begin(edit, edit->form, edit->bytes, changed, edit->random);
    return true;
}
