/*
 * synproof requirements: the numbered requirements of RFC 9293, and what stands for each here.
 */
#include "cli/cli.h"
#include "cli/requirements.h"

#include <string.h>

static void put(const char *head, const char *text)
{
    struct sp_writer out = sp_file_writer(stdout);
    if (text != NULL) {
        sp_write(&out, "  %-12s", head);
        sp_wrap(&out, 14, 14, text);
    }
}

/* "2 rules, 1 property, 3 tests": what a row has, in short. */
static void count_words(const char *names, const char *one, const char *many, char *text,
                        size_t capacity)
{
    unsigned count = 0;
    for (const char *at = names; at != NULL && *at != '\0'; at += strspn(at, " ")) {
        at += strcspn(at, " ");
        count++;
    }
    const size_t size = strlen(text);
    if (count > 0) {
        snprintf(text + size, capacity - size, "%s%u %s", size == 0 ? "" : ", ", count,
                 count == 1 ? one : many);
    }
}

static void put_row(const struct sp_requirement *row)
{
    struct sp_writer out = sp_file_writer(stdout);
    char stands[128] = "";
    char text[1024];
    count_words(row->rule_names, "rule", "rules", stands, sizeof stands);
    count_words(row->properties, "property", "properties", stands, sizeof stands);
    count_words(row->tests, "test", "tests", stands, sizeof stands);
    snprintf(text, sizeof text, "%s [%s%s%s]", row->sentence, stands,
             row->except != NULL && stands[0] != '\0' ? "; " : "",
             row->except == NULL ? "" : "exception");
    sp_write(&out, "  %-9s", row->id);
    sp_wrap(&out, 11, 11, text);
}

static enum sp_exit show(const struct sp_requirement *row)
{
    struct sp_writer out = sp_file_writer(stdout);
    sp_write(&out, "%s  [RFC %s]\n  ", row->id, row->section);
    sp_wrap(&out, 2, 2, row->sentence);
    put("rules", row->rule_names);
    put("properties", row->properties);
    put("tests", row->tests);
    put("exception", row->except);
    return sp_finish(stdout, SP_EXIT_PASS, "requirement=%s", row->id);
}

static enum sp_exit find(const struct sp_requirements *requirements, const char *id)
{
    const char *names[SP_REQUIREMENTS_MAX + 1] = {NULL};
    for (size_t i = 0; i < requirements->count; i++) {
        names[i] = requirements->row[i].id;
        if (strcmp(names[i], id) == 0) {
            return show(&requirements->row[i]);
        }
    }
    const char *nearest = sp_nearest_of(id, names);
    sp_say("requirements: there is no '%s'%s%s; 'synproof requirements' lists them", id,
           nearest == NULL ? "" : ", the nearest is ", nearest == NULL ? "" : nearest);
    return sp_finish(stdout, SP_EXIT_USAGE, "verb=requirements");
}

static enum sp_exit list(const struct sp_requirements *requirements)
{
    unsigned traced = 0;
    for (size_t i = 0; i < requirements->count; i++) {
        const struct sp_requirement *row = &requirements->row[i];
        put_row(row);
        traced += row->rule_names != NULL || row->properties != NULL || row->tests != NULL;
    }
    printf(
        "\n'synproof requirements ID' names the rules, properties and tests, or the exception.\n");
    return sp_finish(stdout, SP_EXIT_PASS, "requirements=%zu traced=%u", requirements->count,
                     traced);
}

enum sp_exit sp_cmd_requirements(const struct sp_args *args)
{
    struct sp_requirements requirements;
    enum sp_exit code;
    if (!sp_requirements_read(&requirements)) {
        code = sp_finish(stdout, SP_EXIT_USAGE, "verb=requirements");
    } else if (args->operands > 0) {
        code = find(&requirements, args->operand[0]);
    } else {
        code = list(&requirements);
    }
    sp_requirements_free(&requirements);
    return code;
}
