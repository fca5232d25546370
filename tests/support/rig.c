/* A world under test, driven by the lines of a script. */
#include "rig.h"

#include "event/script.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <string.h>

/* The next item of a list separated by ";", without the blanks around it. False: there is none. */
static bool next_item(const char **list, const char **item, size_t *size)
{
    *list += strspn(*list, "; ");
    *item = *list;
    *size = strcspn(*list, ";");
    *list += *size;
    while (*size > 0 && (*item)[*size - 1] == ' ') {
        --*size;
    }
    return *size > 0;
}

void rig_set(struct rig *rig, const char *settings)
{
    const char *item;
    size_t size;
    while (next_item(&settings, &item, &size)) {
        struct sp_complaint complaint;
        if (!sp_setup_apply(&rig->setup, item, size, &complaint)) {
            fail_msg("%s", complaint.text);
        }
    }
}

void rig_begin(struct rig *rig, const char *settings)
{
    memset(rig, 0, sizeof *rig);
    sp_setup_init(&rig->setup);
    rig_set(rig, settings);
    sp_world_init(&rig->setup, 0, true, &rig->world);
}

static struct sp_action parsed(const char *item, size_t size)
{
    struct sp_action action;
    struct sp_complaint complaint;
    if (!sp_action_parse(&action, item, size, &complaint)) {
        fail_msg("%.*s: %s", (int)size, item, complaint.text);
    }
    return action;
}

void rig_do(struct rig *rig, const char *actions)
{
    const char *item;
    size_t size;
    while (next_item(&actions, &item, &size)) {
        struct sp_action action = parsed(item, size);
        if (!sp_world_act(&rig->setup, &rig->world, &action, &rig->step)) {
            fail_msg("%.*s: not possible", (int)size, item);
        }
    }
}

unsigned rig_offers(const struct rig *rig, const char *action)
{
    sp_move moves[SP_ACTIONS_MAX];
    uint32_t count = sp_world_moves(&rig->setup, &rig->world, moves);
    unsigned found = 0;
    for (uint32_t i = 0; i < count; i++) {
        struct sp_action offered;
        char text[200];
        sp_world_action(&rig->setup, &rig->world, moves[i], &offered);
        sp_action_print(&offered, text, sizeof text);
        found += strcmp(text, action) == 0;
    }
    return found;
}

void rig_connect(struct rig *rig, const char *settings)
{
    rig_begin(rig, "A.open = active; B.open = passive; B.iss = 200");
    rig_set(rig, settings);
    rig_do(rig, "B open passive; A open active; deliver 1; deliver 2; deliver 3");
    assert_int_equal(rig_state(rig, SP_A), SP_ESTABLISHED);
    assert_int_equal(rig_state(rig, SP_B), SP_ESTABLISHED);
}

enum sp_state rig_state(const struct rig *rig, enum sp_host_name host)
{
    return (enum sp_state)rig->world.host[host].tcb.state;
}

const struct sp_life *rig_life(const struct rig *rig, enum sp_host_name host)
{
    const struct sp_life *life = sp_life(&rig->world.host[host]);
    assert_non_null(life);
    return life;
}

const struct sp_segment *rig_sent(const struct rig *rig)
{
    assert_true(rig->step.acted);
    assert_true(rig->step.output.sent > 0);
    return &rig->step.output.segment[0];
}

uint32_t rig_random(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return (uint32_t)(*seed >> 16);
}
