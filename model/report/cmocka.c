/*
 * A trace as a cmocka test: one C file that replays the script through the headers of model/ and
 * compares both states and the violated properties after each step.
 *
 * It does not record segments or rules: states and verdict are what a fix must keep or change. The
 * invariant: whatever the script says is inside string literals, with every octet that could end
 * one escaped.
 */
#include "report/captions.h"
#include "report/exports.h"

static void write_literal(const struct sp_writer *to, const char *text)
{
    for (; *text != '\0'; text++) {
        unsigned char octet = (unsigned char)*text;
        bool plain = octet >= ' ' && octet <= '~' && octet != '"' && octet != '\\' && octet != '?';
        sp_write(to, plain ? "%c" : "\\%03o", octet);
    }
}

static const char head[] =
    "/*\n"
    " * A run of two TCPs, step by step: both states and the violated properties after each step.\n"
    " *\n"
    " * Made by 'synproof show --as cmocka'. Build it beside the model:\n"
    " *     cc -std=c11 -I model -o replay THIS_FILE -lsp_oracle -lsp_net -lsp_machine -lsp_event "
    "\\\n"
    " *         -lsp_setup -lsp_bytes -lcmocka\n"
    " */\n"
    "#include <setjmp.h>\n"
    "#include <stdarg.h>\n"
    "#include <stddef.h>\n"
    "#include <stdint.h>\n"
    "#include <stdio.h>\n"
    "#include <string.h>\n"
    "\n"
    "#include <cmocka.h>\n"
    "\n"
    "#include \"event/script.h\"\n"
    "#include \"net/world.h\"\n"
    "#include \"oracle/oracle.h\"\n"
    "\n"
    "static const char script_text[] =\n";

static const char types[] =
    "\n"
    "struct expected {\n"
    "    const char *action;\n"
    "    const char *a; /* state of A after it */\n"
    "    const char *b;\n"
    "    bool possible;\n"
    "    const char *violated; /* ids of properties, a space behind each */\n"
    "};\n"
    "\n"
    "static const struct expected expected[] = {\n";

static const char tail[] =
    "\n"
    "static void write_ids(uint64_t violated, char *text, size_t capacity)\n"
    "{\n"
    "    size_t size = 0;\n"
    "    text[0] = '\\0';\n"
    "    for (unsigned i = 0; i < SP_PROPERTY_COUNT && size < capacity; i++) {\n"
    "        if ((violated >> i & 1) != 0) {\n"
    "            const char *id = sp_property_info((enum sp_property)i)->id;\n"
    "            size += (size_t)snprintf(text + size, capacity - size, \"%s \", id);\n"
    "        }\n"
    "    }\n"
    "}\n"
    "\n"
    "/* Nothing can happen any more: the world is judged as a whole. */\n"
    "static uint64_t judge_end(const struct sp_setup *setup, const struct sp_world *world)\n"
    "{\n"
    "    sp_move moves[SP_ACTIONS_MAX];\n"
    "    return sp_world_moves(setup, world, moves) > 0 ? 0 : sp_oracle_stuck(setup, world);\n"
    "}\n"
    "\n"
    "static void check(size_t i, const struct sp_world *world, bool possible, uint64_t violated)\n"
    "{\n"
    "    char ids[1024];\n"
    "    write_ids(violated, ids, sizeof ids);\n"
    "    const char *a = sp_state_name((enum sp_state)world->host[SP_A].tcb.state);\n"
    "    const char *b = sp_state_name((enum sp_state)world->host[SP_B].tcb.state);\n"
    "    print_message(\"%zu. %s: A %s, B %s, violates: %s\\n\", i + 1, expected[i].action, a, b, "
    "ids);\n"
    "    assert_string_equal(a, expected[i].a);\n"
    "    assert_string_equal(b, expected[i].b);\n"
    "    assert_int_equal(possible, expected[i].possible);\n"
    "    assert_string_equal(ids, expected[i].violated);\n"
    "}\n"
    "\n"
    "static void every_step_is_as_recorded(void **state)\n"
    "{\n"
    "    (void)state;\n"
    "    struct sp_script script = {.action = actions, .capacity = STEPS + 1};\n"
    "    struct sp_complaint complaint;\n"
    "    if (!sp_script_parse(&script, script_text, sizeof script_text - 1, &complaint)) {\n"
    "        fail_msg(\"line %u: %s\", complaint.line, complaint.text);\n"
    "    }\n"
    "    assert_int_equal(script.count, STEPS);\n"
    "    struct sp_world world;\n"
    "    sp_world_init(&script.setup, 0, true, &world);\n"
    "    for (size_t i = 0; expected[i].action != NULL; i++) {\n"
    "        struct sp_step step;\n"
    "        uint64_t violated = 0;\n"
    "        bool possible = sp_world_act(&script.setup, &world, &script.action[i], &step);\n"
    "        if (possible) {\n"
    "            violated = sp_oracle_judge(&script.setup, &step, &world).violated;\n"
    "        }\n"
    "        if (expected[i + 1].action == NULL) {\n"
    "            violated |= judge_end(&script.setup, &world);\n"
    "        }\n"
    "        check(i, &world, possible, violated);\n"
    "    }\n"
    "}\n"
    "\n"
    "int main(void)\n"
    "{\n"
    "    const struct CMUnitTest tests[] = {cmocka_unit_test(every_step_is_as_recorded)};\n"
    "    return cmocka_run_group_tests_name(\"replay\", tests, NULL, NULL);\n"
    "}\n";

static void write_script(const struct sp_writer *to, const struct sp_script *script)
{
    char line[SP_SCRIPT_LINE_MAX];
    const char *before = "";
    struct sp_script_lines lines = {.script = script};
    while (sp_script_lines_next(&lines, line, sizeof line)) {
        sp_write(to, "%s    \"", before);
        write_literal(to, line);
        sp_write(to, "\\n\"");
        before = "\n";
    }
    sp_write(to, ";\n");
}

static void write_row(const struct sp_writer *to, const struct sp_trace_step *step)
{
    char line[SP_SCRIPT_LINE_MAX];
    sp_action_print(&step->step.action, line, sizeof line);
    sp_write(to, "    {\"");
    write_literal(to, line);
    sp_write(to, "\", \"%s\", \"%s\", %s, \"",
             sp_state_name((enum sp_state)step->after.host[SP_A].tcb.state),
             sp_state_name((enum sp_state)step->after.host[SP_B].tcb.state),
             step->possible ? "true" : "false");
    for (unsigned i = 0; i < SP_PROPERTY_COUNT; i++) {
        if ((step->findings.violated >> i & 1) != 0) {
            sp_write(to, "%s ", sp_property_info((enum sp_property)i)->id);
        }
    }
    sp_write(to, "\"},\n");
}

void sp_report_cmocka(const struct sp_trace *trace, const struct sp_writer *writer)
{
    writer->write(writer->to, head, sizeof head - 1);
    write_script(writer, trace->script);
    writer->write(writer->to, types, sizeof types - 1);
    for (size_t i = 0; i < trace->count; i++) {
        write_row(writer, &trace->step[i]);
    }
    sp_write(writer, "    {NULL, NULL, NULL, false, NULL},\n};\n");
    sp_write(writer, "#define STEPS (sizeof expected / sizeof expected[0] - 1)\n\n");
    sp_write(writer, "static struct sp_action actions[STEPS + 1];\n");
    writer->write(writer->to, tail, sizeof tail - 1);
}
