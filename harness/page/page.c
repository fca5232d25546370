/*
 * The run of a page: a script is read, its events and the moves of the bounds are taken one by one.
 *
 * It draws nothing and decides nothing: the world acts, the oracle judges, view.c writes. It knows
 * no file and no clock. The invariant: run.world is what the events and moves taken so far lead to.
 */
#include "page/page.h"
#include "page/run.h"

#include <string.h>

static char buffer[SP_PAGE_BUFFER];
static struct sp_action actions[SP_PAGE_EVENTS_MAX];
static struct sp_action moved[SP_PAGE_MOVES_MAX];
static struct sp_page_run run;

char *sp_page_buffer(void)
{
    return buffer;
}

static struct sp_json begin_json(void)
{
    struct sp_json json = {.text = buffer, .capacity = SP_PAGE_BUFFER};
    sp_json_open(&json, '{');
    return json;
}

static void write_policy(struct sp_json *json, const struct sp_setup *setup)
{
    const struct sp_policy *standard = &sp_policy_set(0)->policy;
    sp_json_name(json, "policy");
    sp_json_open(json, '[');
    for (unsigned i = 0; i < SP_POLICY_COUNT; i++) {
        const struct sp_policy_info *info = sp_policy_info((enum sp_policy_index)i);
        uint8_t value = sp_policy_get(&setup->policy, (enum sp_policy_index)i);
        uint8_t usual = sp_policy_get(standard, (enum sp_policy_index)i);
        sp_json_open(json, '{');
        sp_json_pair(json, "name", info->name);
        sp_json_pair(json, "section", info->section);
        sp_json_pair(json, "question", info->sentence);
        sp_json_pair(json, "word", info->choices[value].word);
        sp_json_pair(json, "sentence", info->choices[value].sentence);
        sp_json_flag(json, "usual", value == usual);
        sp_json_close(json, '}');
    }
    sp_json_close(json, ']');
}

static void write_fault(struct sp_json *json, const struct sp_setup *setup)
{
    if (setup->policy.fault == SP_FAULT_NONE || setup->policy.fault >= SP_FAULT_COUNT) {
        return;
    }
    const struct sp_fault_info *info = sp_fault_info((enum sp_fault)setup->policy.fault);
    sp_json_name(json, "fault");
    sp_json_open(json, '{');
    sp_json_pair(json, "word", info->word);
    sp_json_pair(json, "what", info->what);
    sp_json_pair(json, "where", info->where);
    sp_json_pair(json, "property", info->property);
    sp_json_close(json, '}');
}

static void write_settings(struct sp_json *json, const struct sp_setup *setup)
{
    char setting[SP_SETTING_MAX];
    sp_json_name(json, "settings");
    sp_json_open(json, '[');
    for (size_t i = 0; sp_setup_print_changed(setup, i, setting, sizeof setting); i++) {
        sp_json_string(json, setting);
    }
    sp_json_close(json, ']');
}

/* The ISS of A and of B, for each world that a run may begin in. */
static void write_initials(struct sp_json *json, const struct sp_setup *setup)
{
    sp_json_name(json, "initials");
    sp_json_open(json, '[');
    for (uint32_t i = 0; i < sp_world_initials(setup); i++) {
        struct sp_world world;
        sp_world_init(setup, i, true, &world);
        sp_json_open(json, '[');
        for (unsigned host = 0; host < 2; host++) {
            sp_json_number(json, setup->bounds.host[host].iss.value[world.iss[host]]);
        }
        sp_json_close(json, ']');
    }
    sp_json_close(json, ']');
}

static void write_expected(struct sp_json *json, const struct sp_script *script)
{
    switch ((enum sp_expectation)script->expect) {
    case SP_EXPECT_NOTHING:
        sp_json_pair(json, "expect", "");
        break;
    case SP_EXPECT_PASS:
        sp_json_pair(json, "expect", "PASS");
        break;
    case SP_EXPECT_VIOLATION:
        sp_json_pair(json, "expect", script->expected);
        break;
    }
}

static bool complain(const struct sp_complaint *complaint)
{
    struct sp_json json = begin_json();
    sp_json_count(&json, "line", complaint->line);
    sp_json_pair(&json, "text", complaint->text);
    sp_json_close(&json, '}');
    buffer[json.size] = '\0';
    return false;
}

/* A fuzzer's octets may ask for any property; as in replay, one that there is none of is no wish.
 */
static void forget_unknown(struct sp_script *script)
{
    if (script->expect == SP_EXPECT_VIOLATION &&
        sp_property_find(script->expected) == SP_PROPERTY_COUNT) {
        script->expect = SP_EXPECT_NOTHING;
    }
}

bool sp_page_load(uint32_t size, bool bytes)
{
    struct sp_complaint complaint;
    run = (struct sp_page_run){.moved = moved};
    run.script.action = actions;
    run.script.capacity = SP_PAGE_EVENTS_MAX;
    if (bytes) {
        sp_script_decode(&run.script, (const uint8_t *)buffer, size);
        forget_unknown(&run.script);
    } else if (!sp_script_parse(&run.script, buffer, size, &complaint)) {
        return complain(&complaint);
    }
    struct sp_json json = begin_json();
    sp_json_count(&json, "events", (int64_t)run.script.count);
    write_expected(&json, &run.script);
    write_initials(&json, &run.script.setup);
    write_settings(&json, &run.script.setup);
    write_policy(&json, &run.script.setup);
    write_fault(&json, &run.script.setup);
    sp_json_close(&json, '}');
    buffer[json.size] = '\0';
    sp_page_begin(0);
    return true;
}

static void find_moves(void)
{
    run.moves = sp_world_moves(&run.script.setup, &run.world, run.move);
}

void sp_page_begin(uint32_t initial)
{
    uint32_t count = sp_world_initials(&run.script.setup);
    run.initial = initial < count ? initial : 0;
    run.recorded = 0;
    run.moves_taken = 0;
    run.begun = false;
    run.possible = true;
    run.violated = 0;
    run.impossible = 0;
    run.findings = (struct sp_findings){0, 0};
    run.label[0] = '\0';
    sp_world_init(&run.script.setup, run.initial, true, &run.world);
    find_moves();
}

/* The segment in flight that an action is about, in words, while it still is in flight. */
static void name_segment(const struct sp_action *action)
{
    run.label[0] = '\0';
    run.sender = action->host;
    bool sent = action->kind == SP_ACTION_DELIVER || action->kind == SP_ACTION_DUPLICATE ||
                action->kind == SP_ACTION_LOSE;
    for (unsigned i = 0; sent && i < run.world.channel.count; i++) {
        const struct sp_packet *packet = &run.world.channel.packet[i];
        if (packet->serial == action->serial && action->serial != 0) {
            sp_page_label(&run.world, packet, run.label);
            run.sender = packet->from;
            return;
        }
    }
}

/* As sp_trace_run judges the end of a script, and the explorer every world: one in which nothing
 * can happen any more is judged as a whole. */
static void judge(void)
{
    const struct sp_setup *setup = &run.script.setup;
    run.findings = (struct sp_findings){0, 0};
    if (run.possible) {
        run.findings = sp_oracle_judge(setup, &run.step, &run.world);
    }
    bool ends = run.moves_taken > 0 || run.recorded == run.script.count;
    if (ends && run.moves == 0) {
        run.findings.violated |= sp_oracle_stuck(setup, &run.world);
    }
    run.violated |= run.findings.violated;
    run.impossible += !run.possible;
}

bool sp_page_record(void)
{
    if (run.moves_taken > 0 || run.recorded == run.script.count) {
        return false;
    }
    const struct sp_action *action = &run.script.action[run.recorded++];
    name_segment(action);
    struct sp_world before = run.world;
    run.begun = true;
    run.possible = sp_world_act(&run.script.setup, &run.world, action, &run.step);
    run.step.action = *action;
    bool foreign = action->kind == SP_ACTION_INJECT || action->kind == SP_ACTION_VANISH;
    if (run.possible && foreign) {
        unsigned to = action->kind == SP_ACTION_INJECT ? action->host : 1U - action->host;
        sp_page_label_foreign(&before, to, &run.step.event.segment, run.label);
        run.sender = (uint8_t)(1 - to);
    }
    find_moves();
    judge();
    return true;
}

bool sp_page_move(uint32_t index)
{
    if (index >= run.moves || run.moves_taken == SP_PAGE_MOVES_MAX) {
        return false;
    }
    const struct sp_setup *setup = &run.script.setup;
    struct sp_action *action = &run.moved[run.moves_taken++];
    sp_world_action(setup, &run.world, run.move[index], action);
    name_segment(action);
    struct sp_world before = run.world;
    run.begun = true;
    run.possible = true;
    sp_world_move(setup, &run.world, run.move[index], &run.step);
    if (action->kind == SP_ACTION_INJECT) {
        sp_page_label_foreign(&before, action->host, &run.step.event.segment, run.label);
        run.sender = (uint8_t)(1 - action->host);
    }
    find_moves();
    judge();
    return true;
}

uint32_t sp_page_row(void)
{
    struct sp_json json = begin_json();
    sp_page_write_row(&json, &run);
    sp_json_close(&json, '}');
    return json.size;
}

uint32_t sp_page_state(void)
{
    struct sp_json json = begin_json();
    sp_page_write_row(&json, &run);
    sp_page_write_state(&json, &run);
    sp_page_write_budgets(&json, &run);
    sp_page_write_closed(&json, &run);
    sp_json_close(&json, '}');
    return json.size;
}

/* What was seen on the way: the first property that did not hold, or that all did. */
static void expect_seen(struct sp_script *script)
{
    script->expect = run.violated == 0 ? SP_EXPECT_PASS : SP_EXPECT_VIOLATION;
    script->expected[0] = '\0';
    for (unsigned i = 0; run.violated != 0 && i < SP_PROPERTY_COUNT; i++) {
        if ((run.violated >> i & 1) != 0) {
            const char *id = sp_property_info((enum sp_property)i)->id;
            memcpy(script->expected, id, strlen(id) + 1);
            return;
        }
    }
}

/* A script begins with the first choice of initial sequence numbers: only the one taken stays. */
static void narrow(struct sp_setup *setup)
{
    struct sp_world start;
    if (run.initial == 0) {
        return;
    }
    sp_world_init(setup, run.initial, true, &start);
    for (unsigned host = 0; host < 2; host++) {
        struct sp_iss_list *list = &setup->bounds.host[host].iss;
        *list = (struct sp_iss_list){.value = {list->value[start.iss[host]]}, .count = 1};
    }
    setup->bounds.symmetry = false;
}

static void append(void *to, const char *text, size_t size)
{
    struct sp_json *out = to;
    if (out->full || size > out->capacity - out->size) {
        out->full = true;
        return;
    }
    memcpy(out->text + out->size, text, size);
    out->size += (uint32_t)size;
}

static void write_actions(const struct sp_writer *writer, const struct sp_action *action,
                          uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        char line[512];
        sp_action_print(&action[i], line, sizeof line);
        sp_write(writer, "%s\n", line);
    }
}

uint32_t sp_page_script(void)
{
    struct sp_script script = {.setup = run.script.setup};
    expect_seen(&script);
    narrow(&script.setup);
    struct sp_json out = {.text = buffer, .capacity = SP_PAGE_BUFFER};
    out.size = (uint32_t)sp_script_print(&script, buffer, SP_PAGE_BUFFER);
    struct sp_writer writer = {.write = append, .to = &out};
    sp_write(&writer, "\n");
    write_actions(&writer, run.script.action, run.recorded);
    write_actions(&writer, run.moved, run.moves_taken);
    return out.full ? 0 : out.size;
}
