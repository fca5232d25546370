/*
 * The target `script`: the texts that people write. What is read must be written, and read from
 * that to the same.
 *
 * Input: an octet, then text. The octet modulo 3: 0, a script; 1, a bounds file; 2, a question to a
 * world. A question has no writer: it is asked of some worlds, and so is its contrary.
 */
#include "event/script.h"
#include "fuzz/board.h"
#include "fuzz/target.h"
#include "fuzz/verdict.h"
#include "oracle/query.h"

#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

enum { ACTIONS = 512, TEXT = 1 << 17 };

struct room {
    struct sp_script script;
    struct sp_action action[ACTIONS];
};

static struct {
    struct room one;
    struct room other;
    char text[TEXT]; /* what was written of the input */
    char again[TEXT];
    size_t size; /* of text */
} run;

static struct sp_script *empty(struct room *room)
{
    room->script.action = room->action;
    room->script.capacity = ACTIONS;
    return &room->script;
}

/* The bytes of a script are read to the script that its text is. */
static bool same_by_bytes(const struct sp_script *script)
{
    static uint8_t bytes[TEXT];
    const size_t size = sp_script_encode(script, bytes, sizeof bytes);
    if (size > sizeof bytes) {
        return true;
    }
    sp_script_decode(empty(&run.other), bytes, size);
    return sp_script_print(&run.other.script, run.again, TEXT) == run.size &&
           memcmp(run.text, run.again, run.size) == 0;
}

static bool same_by_text(void)
{
    struct sp_complaint complaint;
    return sp_script_parse(empty(&run.other), run.text, run.size, &complaint) &&
           sp_script_print(&run.other.script, run.again, TEXT) == run.size &&
           memcmp(run.text, run.again, run.size) == 0;
}

static void check_script(const char *text, size_t size, const uint8_t *bytes, size_t whole)
{
    struct sp_complaint complaint;
    if (!sp_script_parse(empty(&run.one), text, size, &complaint)) {
        return;
    }
    run.size = sp_script_print(&run.one.script, run.text, TEXT);
    if (run.size >= TEXT) {
        run.size = 0;
        return;
    }
    if (!same_by_text()) {
        sp_verdict_broken(SP_FUZZ_PROMISE_SCRIPT_TEXT, bytes, whole);
    }
    if (!same_by_bytes(&run.one.script)) {
        sp_verdict_broken(SP_FUZZ_PROMISE_SCRIPT_BYTES, bytes, whole);
    }
}

/* All settings, one a line. Returns the size. */
static size_t print_setup(const struct sp_setup *setup, char *text)
{
    size_t size = 0;
    for (size_t i = 0;
         size + SP_SETTING_MAX < TEXT && sp_setup_print(setup, i, text + size, SP_SETTING_MAX);
         i++) {
        size += strlen(text + size);
        text[size++] = '\n';
    }
    return size;
}

static void check_bounds(const char *text, size_t size, const uint8_t *bytes, size_t whole)
{
    struct sp_complaint complaint;
    struct sp_setup setup;
    sp_setup_init(&setup);
    if (!sp_setup_parse(&setup, text, size, &complaint)) {
        return;
    }
    run.size = print_setup(&setup, run.text);
    sp_setup_init(&setup);
    if (!sp_setup_parse(&setup, run.text, run.size, &complaint) ||
        print_setup(&setup, run.again) != run.size || memcmp(run.text, run.again, run.size) != 0) {
        sp_verdict_broken(SP_FUZZ_PROMISE_SCRIPT_BOUNDS, bytes, whole);
    }
}

/* The world that is asked: one in which hosts know some numbers and there is something in flight.
 */
static void make_world(struct sp_world *world)
{
    static const struct sp_action actions[] = {
        {.kind = SP_ACTION_CALL, .host = SP_B, .event = SP_EVENT_OPEN_PASSIVE},
        {.kind = SP_ACTION_CALL, .host = SP_A, .event = SP_EVENT_OPEN_ACTIVE},
        {.kind = SP_ACTION_DUPLICATE, .serial = 1},
    };
    struct sp_setup setup;
    struct sp_step step;
    sp_setup_init(&setup);
    sp_world_init(&setup, 0, true, world);
    for (size_t i = 0; i < sizeof actions / sizeof actions[0]; i++) {
        sp_world_act(&setup, world, &actions[i], &step);
    }
}

/* The contrary may have too many parts to be a question. */
static void check_query(const char *text, size_t size, const uint8_t *bytes, size_t whole)
{
    struct sp_complaint complaint;
    struct sp_query query;
    struct sp_query contrary;
    if (size + 3 > TEXT || !sp_query_parse(&query, text, size, &complaint)) {
        return;
    }
    memcpy(run.text, "!(", 2);
    memcpy(run.text + 2, text, size);
    run.text[size + 2] = ')';
    if (!sp_query_parse(&contrary, run.text, size + 3, &complaint)) {
        return;
    }
    struct sp_world world;
    make_world(&world);
    run.size = size + 3;
    if (sp_query_holds(&query, &world) == sp_query_holds(&contrary, &world)) {
        sp_verdict_broken(SP_FUZZ_PROMISE_SCRIPT_QUERY, bytes, whole);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    sp_board_count();
    run.size = 0;
    if (size == 0) {
        return 0;
    }
    const char *text = (const char *)bytes + 1;
    switch (bytes[0] % 3) {
    case 0:
        check_script(text, size - 1, bytes, size);
        break;
    case 1:
        check_bounds(text, size - 1, bytes, size);
        break;
    default:
        check_query(text, size - 1, bytes, size);
        break;
    }
    return 0;
}

uint64_t sp_target_digest(void)
{
    return XXH3_64bits(run.text, run.size);
}
