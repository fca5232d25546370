/*
 * The table proofs/requirements/requirements, read (requirements.h).
 *
 * That its rows are the RFC's and that its words name something but rules,
 * proofs/requirements/verify checks. The invariant: a row has a sentence, and something that stands
 * for it or an exception.
 */
#include "cli/requirements.h"
#include "cli/files.h"
#include "cli/setup.h"
#include "setup/words.h"

#include <stdlib.h>
#include <string.h>

#define PATH_MAX 4096

static bool is_whole(const struct sp_requirement *row)
{
    return row->sentence != NULL && (row->rule_names != NULL || row->properties != NULL ||
                                     row->tests != NULL || row->except != NULL);
}

/* Ends the span with a 0 where it stands, in the text that was read. */
static const char *cut(struct sp_requirements *requirements, struct sp_span span)
{
    requirements->text[span.at - requirements->text + (ptrdiff_t)span.size] = '\0';
    return span.at;
}

static bool take_rules(struct sp_requirement *row, struct sp_span rest, const char **why)
{
    for (struct sp_span word; (word = sp_span_word(&rest)).size > 0;) {
        char name[64];
        snprintf(name, sizeof name, "%.*s", SP_SPAN(word));
        const enum sp_rule rule = sp_rule_find(name);
        *why = row->rules == SP_REQUIREMENT_RULES ? "too many rules"
                                                  : "no such rule; 'synproof rules' lists them";
        if (rule == SP_RULE_COUNT || row->rules == SP_REQUIREMENT_RULES) {
            return false;
        }
        row->rule[row->rules++] = rule;
    }
    return true;
}

/* An indented line: the sentence, or one of the four kinds of what stands for it. */
static bool take_item(struct sp_requirements *requirements, struct sp_span line, const char **why)
{
    *why = "an id such as MUST-10, not indented, stands above it";
    if (requirements->count == 0) {
        return false;
    }
    struct sp_requirement *row = &requirements->row[requirements->count - 1];
    struct sp_span rest = line;
    struct sp_span head = sp_span_word(&rest);
    const char **place = &row->sentence;
    rest = sp_span_trim(rest);
    if (sp_span_is(head, "rules")) {
        place = &row->rule_names;
    } else if (sp_span_is(head, "properties")) {
        place = &row->properties;
    } else if (sp_span_is(head, "tests")) {
        place = &row->tests;
    } else if (sp_span_is(head, "except")) {
        place = &row->except;
    }
    *why = "given twice, or nothing behind it";
    struct sp_span value = place == &row->sentence ? line : rest;
    if (*place != NULL || value.size == 0 ||
        (place == &row->rule_names && !take_rules(row, value, why))) {
        return false;
    }
    *place = cut(requirements, value);
    return true;
}

static bool take_row(struct sp_requirements *requirements, struct sp_span line, const char **why)
{
    struct sp_span id = sp_span_word(&line);
    line = sp_span_trim(line);
    *why = "ID SECTION, such as MUST-10 9293 3.5, is valid; each id once, not too many";
    if (line.size == 0 || requirements->count == SP_REQUIREMENTS_MAX) {
        return false;
    }
    const char *section = cut(requirements, line);
    const char *name = cut(requirements, id);
    for (size_t i = 0; i < requirements->count; i++) {
        if (strcmp(requirements->row[i].id, name) == 0) {
            return false;
        }
    }
    requirements->row[requirements->count++] =
        (struct sp_requirement){.id = name, .section = section};
    return true;
}

/* The last row, if there is one, is whole. */
static bool ends_whole(const struct sp_requirements *requirements, const char **why)
{
    *why = "the row above lacks a sentence, or one of rules, properties, tests, except";
    return requirements->count == 0 || is_whole(&requirements->row[requirements->count - 1]);
}

static bool take_line(struct sp_requirements *requirements, struct sp_span line, const char **why)
{
    struct sp_span rest = sp_span_trim(sp_span_uncomment(line));
    if (rest.size == 0) {
        return true;
    }
    if (rest.at != line.at) {
        return take_item(requirements, rest, why);
    }
    return ends_whole(requirements, why) && take_row(requirements, rest, why);
}

bool sp_requirements_read(struct sp_requirements *requirements)
{
    char path[PATH_MAX];
    struct sp_bytes bytes;
    *requirements = (struct sp_requirements){0};
    snprintf(path, sizeof path, "%s/proofs/requirements/requirements", sp_data_directory());
    if (!sp_file_read(path, &bytes)) {
        return false;
    }
    requirements->text = (char *)bytes.at;
    struct sp_span rest = {requirements->text, bytes.size};
    struct sp_span line;
    const char *why = "";
    unsigned number = 1;
    for (; sp_span_line(&rest, &line); number++) {
        if (!take_line(requirements, line, &why)) {
            sp_say("%s:%u: %.*s: %s", path, number, SP_SPAN(line), why);
            return false;
        }
    }
    if (!ends_whole(requirements, &why)) {
        sp_say("%s:%u: %s", path, number, why);
        return false;
    }
    return true;
}

void sp_requirements_free(struct sp_requirements *requirements)
{
    free(requirements->text);
    requirements->text = NULL;
}
