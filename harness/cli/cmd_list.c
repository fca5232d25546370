/*
 * The verbs that list what the model has: policies, properties, rules, bounds, witnesses.
 *
 * Everything comes from the same .def tables that the machine and the oracle are compiled from, so
 * that a list cannot be out of date.
 */
#include "cli/cli.h"
#include "cli/setup.h"
#include "oracle/oracle.h"
#include "report/buffer.h"

#include <string.h>

/* Names that a complaint about an unknown one may choose from. */
#define NAMES_MAX 256

static enum sp_exit unknown(const struct sp_args *args, const char *const *names)
{
    const char *word = args->operand[0];
    const char *nearest = sp_nearest_of(word, names);
    sp_say("%s: there is no '%s'%s%s; 'synproof %s' lists them", args->verb->name, word,
           nearest == NULL ? "" : ", the nearest is ", nearest == NULL ? "" : nearest,
           args->verb->name);
    return sp_finish(stdout, SP_EXIT_USAGE, "verb=%s", args->verb->name);
}

static void put(const char *head, size_t column, const char *text)
{
    struct sp_writer out = sp_file_writer(stdout);
    sp_write(&out, "  %-*s", (int)column - 2, head);
    size_t at = strlen(head) + 2 < column ? column : strlen(head) + 2;
    if (at > column) {
        sp_write(&out, "\n%*s", (int)column, "");
    }
    sp_wrap(&out, column, column, text);
}

static enum sp_exit show_policy(const struct sp_policy_set *set)
{
    struct sp_writer out = sp_file_writer(stdout);
    sp_write(&out, "%s: ", set->name);
    sp_wrap(&out, strlen(set->name) + 2, 2, set->sentence);
    const struct sp_policy *standard = &sp_policy_set(0)->policy;
    for (unsigned i = 0; i < SP_POLICY_COUNT; i++) {
        const struct sp_policy_info *info = sp_policy_info((enum sp_policy_index)i);
        uint8_t value = sp_policy_get(&set->policy, (enum sp_policy_index)i);
        uint8_t usual = sp_policy_get(standard, (enum sp_policy_index)i);
        sp_write(&out, "\n%c %s = %s    (%s; %s)\n    ", value == usual ? ' ' : '*', info->name,
                 info->choices[value].word, info->delicate, info->section);
        sp_wrap(&out, 4, 4, info->sentence);
        for (uint8_t c = 0; c < info->count; c++) {
            char head[64];
            snprintf(head, sizeof head, "  %s %s", c == value ? ">" : " ", info->choices[c].word);
            put(head, 24, info->choices[c].sentence);
        }
    }
    if (set != sp_policy_set(0)) {
        sp_write(&out, "\n* differs from %s\n", sp_policy_set(0)->name);
    }
    return sp_finish(stdout, SP_EXIT_PASS, "policy=%s switches=%d", set->name, SP_POLICY_COUNT);
}

enum sp_exit sp_cmd_policies(const struct sp_args *args)
{
    size_t count = sp_policy_set_count();
    if (args->operands > 0) {
        const struct sp_policy_set *set = sp_policy_set_find(args->operand[0]);
        if (set != NULL) {
            return show_policy(set);
        }
        const char *names[NAMES_MAX] = {NULL};
        for (size_t i = 0; i < count && i + 1 < NAMES_MAX; i++) {
            names[i] = sp_policy_set(i)->name;
        }
        return unknown(args, names);
    }
    for (size_t i = 0; i < count; i++) {
        put(sp_policy_set(i)->name, 14, sp_policy_set(i)->sentence);
    }
    printf("\n'synproof policies NAME' shows every switch of one; --set policy.FIELD=WORD changes "
           "one.\n");
    return sp_finish(stdout, SP_EXIT_PASS, "policies=%zu", count);
}

static void show_property(const struct sp_property_info *info)
{
    struct sp_writer out = sp_file_writer(stdout);
    sp_write(&out, "%s %s  [RFC %s]\n  ", info->id, info->name, info->section);
    sp_wrap(&out, 2, 2, info->sentence);
    for (const char *need = info->needs; *need != '\0'; need++) {
        const char *text = sp_assumption_text(*need);
        if (text != NULL) {
            sp_write(&out, "  needs %c: ", *need);
            sp_wrap(&out, 11, 11, text);
        }
    }
}

enum sp_exit sp_cmd_properties(const struct sp_args *args)
{
    if (args->operands > 0) {
        enum sp_property property = sp_property_find(args->operand[0]);
        if (property != SP_PROPERTY_COUNT) {
            show_property(sp_property_info(property));
            return sp_finish(stdout, SP_EXIT_PASS, "property=%s", sp_property_info(property)->id);
        }
        const char *names[2 * SP_PROPERTY_COUNT + 1] = {NULL};
        for (unsigned i = 0; i < SP_PROPERTY_COUNT; i++) {
            names[2 * i] = sp_property_info((enum sp_property)i)->id;
            names[2 * i + 1] = sp_property_info((enum sp_property)i)->name;
        }
        return unknown(args, names);
    }
    for (unsigned i = 0; i < SP_PROPERTY_COUNT; i++) {
        const struct sp_property_info *info = sp_property_info((enum sp_property)i);
        char text[1024];
        snprintf(text, sizeof text, "%s: %s%s%s%s", info->name, info->sentence,
                 info->needs[0] == '\0' ? "" : " (needs ", info->needs,
                 info->needs[0] == '\0' ? "" : ")");
        put(info->id, 8, text);
    }
    printf("\nThe letters are assumptions; 'synproof properties ID' spells them out.\n");
    return sp_finish(stdout, SP_EXIT_PASS, "properties=%d", SP_PROPERTY_COUNT);
}

enum sp_exit sp_cmd_rules(const struct sp_args *args)
{
    (void)args;
    for (unsigned i = 0; i < SP_RULE_COUNT; i++) {
        const struct sp_rule_info *info = sp_rule_info((enum sp_rule)i);
        char text[1024];
        snprintf(text, sizeof text, "%s [RFC %s%s%s]", info->text, info->section,
                 info->ids[0] == '\0' ? "" : "; ", info->ids);
        put(info->name, 26, text);
    }
    return sp_finish(stdout, SP_EXIT_PASS, "rules=%d", SP_RULE_COUNT);
}

static size_t list_bounds_keys(void)
{
    size_t count = 0;
    for (const struct sp_bound_info *info; (info = sp_bound_info(count)) != NULL; count++) {
        char text[1024];
        snprintf(text, sizeof text, "%s. %s; without a line: %s", info->sentence, info->valid,
                 info->initial);
        put(info->key, 18, text);
    }
    return count;
}

enum sp_exit sp_cmd_bounds(const struct sp_args *args)
{
    struct sp_writer out = sp_file_writer(stdout);
    if (args->operands > 0) {
        struct sp_setup setup;
        char name[512];
        char policy[512];
        char value[512];
        if (!sp_setup_load(args->operand[0], &setup) || !sp_setup_override(args, &setup)) {
            return sp_finish(stdout, SP_EXIT_USAGE, "verb=bounds");
        }
        sp_setup_name(args, args->operand[0], name, sizeof name);
        sp_policy_name(&setup, policy, sizeof policy);
        sp_write(&out, "bounds %s, policy %s\n", name, policy);
        sp_setup_words(&setup, &out);
        return sp_finish(stdout, SP_EXIT_PASS, "bounds=%s policy=%s",
                         sp_record_value(name, value, sizeof value), policy);
    }
    printf("Keys of a bounds file, one 'key = value' a line; *.key stands for A.key and B.key.\n");
    size_t keys = list_bounds_keys();
    char **names = sp_bounds_names();
    size_t files = 0;
    printf("\nNamed bounds:");
    for (; names != NULL && names[files] != NULL; files++) {
        printf(" %s", names[files]);
    }
    printf("%s. 'synproof bounds NAME' says what one admits.\n", files == 0 ? " none" : "");
    sp_bounds_names_free(names);
    return sp_finish(stdout, SP_EXIT_PASS, "keys=%zu files=%zu", keys, files);
}

enum sp_exit sp_cmd_witnesses(const struct sp_args *args)
{
    uint64_t expected = UINT64_MAX;
    if (args->operands > 0) {
        struct sp_setup setup;
        if (!sp_setup_load(args->operand[0], &setup) || !sp_setup_override(args, &setup)) {
            return sp_finish(stdout, SP_EXIT_USAGE, "verb=witnesses");
        }
        expected = sp_oracle_expected(&setup);
    }
    unsigned count = 0;
    for (unsigned i = 0; i < SP_WITNESS_COUNT; i++) {
        const struct sp_witness_info *info = sp_witness_info((enum sp_witness)i);
        bool possible = (expected >> i & 1) != 0;
        char text[1024];
        snprintf(text, sizeof text, "%s%s", possible ? "" : "(out of reach here) ", info->sentence);
        put(info->name, 30, text);
        count += possible;
    }
    if (args->operands == 0) {
        return sp_finish(stdout, SP_EXIT_PASS, "witnesses=%d", SP_WITNESS_COUNT);
    }
    return sp_finish(stdout, SP_EXIT_PASS, "witnesses=%d expected=%u", SP_WITNESS_COUNT, count);
}
