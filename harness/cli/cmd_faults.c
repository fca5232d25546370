/*
 * synproof faults: the bug zoo, a list of what real TCPs did wrong, and the story of each.
 *
 * It lists and tells; `check --fault NAME` shows. What is told comes from faults.def and from the
 * table of the zoo, so that neither can be out of date.
 */
#include "cli/setup.h"
#include "cli/zoo.h"

#include <string.h>

static void put(const char *head, const char *text)
{
    struct sp_writer out = sp_file_writer(stdout);
    sp_write(&out, "  %-9s", head);
    sp_wrap(&out, 11, 11, text);
}

static enum sp_exit tell(enum sp_fault fault)
{
    const struct sp_fault_info *info = sp_fault_info(fault);
    const struct sp_property_info *property = sp_property_info(sp_property_find(info->property));
    struct sp_zoo zoo;
    char text[512];
    printf("%s\n", info->word);
    put("what", info->what);
    put("where", info->where);
    snprintf(text, sizeof text, "%s %s: %s [RFC %s]", property->id, property->name,
             property->sentence, property->section);
    put("breaks", text);
    if (!sp_zoo_read(&zoo)) {
        return sp_finish(stdout, SP_EXIT_USAGE, "verb=faults");
    }
    const struct sp_zoo_row *row = &zoo.row[fault];
    if (row->there) {
        snprintf(text, sizeof text, "bounds %s, policy %s: %zu events", row->bounds, row->policy,
                 row->length);
        put("shows in", text);
    }
    snprintf(text, sizeof text, "synproof check --fault %s", info->word);
    put("see it", text);
    return sp_finish(stdout, SP_EXIT_PASS, "fault=%s property=%s", info->word, info->property);
}

static enum sp_exit unknown(const char *word)
{
    const char *names[SP_FAULT_COUNT] = {NULL};
    for (unsigned i = SP_FAULT_NONE + 1; i < SP_FAULT_COUNT; i++) {
        names[i - 1] = sp_fault_word((enum sp_fault)i);
    }
    const char *nearest = sp_nearest_of(word, names);
    sp_say("faults: there is no '%s'%s%s; 'synproof faults' lists them", word,
           nearest == NULL ? "" : ", the nearest is ", nearest == NULL ? "" : nearest);
    return sp_finish(stdout, SP_EXIT_USAGE, "verb=faults");
}

enum sp_exit sp_cmd_faults(const struct sp_args *args)
{
    struct sp_writer out = sp_file_writer(stdout);
    if (args->operands > 0) {
        enum sp_fault fault = sp_zoo_find(args->operand[0]);
        return fault == SP_FAULT_NONE ? unknown(args->operand[0]) : tell(fault);
    }
    for (unsigned i = SP_FAULT_NONE + 1; i < SP_FAULT_COUNT; i++) {
        const struct sp_fault_info *info = sp_fault_info((enum sp_fault)i);
        sp_write(&out, "  %s (%s)\n      ", info->word, info->property);
        sp_wrap(&out, 6, 6, info->what);
    }
    printf(
        "\n'synproof faults NAME' tells the story of one; 'synproof check --fault NAME' shows it,"
        "\n'synproof check --all-faults' whether each is caught.\n");
    return sp_finish(stdout, SP_EXIT_PASS, "faults=%d", SP_FAULT_COUNT - 1);
}
