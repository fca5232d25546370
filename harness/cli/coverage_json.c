/*
 * What `coverage` has to say, for machines: every rule, cell, change of state and requirement, the
 * reached ones and the others.
 *
 * The invariant: whatever the page says is in the file, and the file depends on no clock.
 */
#include "cli/coverage.h"
#include "cli/files.h"

#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* "kinds", "times", and for what is missing the reason, if there is one. */
static json_t *reach(const struct sp_reach *reach, const char *reason)
{
    json_t *row = json_pack("{s:I, s:I}", "kinds", (json_int_t)reach->kinds, "times",
                            (json_int_t)reach->times);
    if (reach->kinds == 0 && reason != NULL) {
        json_object_set_new(row, "reason", json_string(reason));
    }
    return row;
}

static json_t *rules(const struct sp_coverage_report *report)
{
    json_t *list = json_array();
    for (unsigned i = 0; i < SP_RULE_COUNT; i++) {
        const struct sp_rule_info *info = sp_rule_info((enum sp_rule)i);
        json_t *row = reach(&report->coverage->rule[i], report->reasons->rule[i]);
        json_object_set_new(row, "name", json_string(info->name));
        json_object_set_new(row, "section", json_string(info->section));
        json_object_set_new(row, "ids", json_string(info->ids));
        json_array_append_new(list, row);
    }
    return list;
}

static json_t *cells(const struct sp_coverage_report *report)
{
    json_t *list = json_array();
    for (unsigned i = 0; i < SP_CELLS; i++) {
        const unsigned state = i / SP_EVENT_COUNT;
        const unsigned event = i % SP_EVENT_COUNT;
        json_t *row =
            reach(&report->coverage->cell[state][event], report->reasons->cell[state][event]);
        json_object_set_new(row, "state", json_string(sp_state_word((enum sp_state)state)));
        json_object_set_new(row, "event", json_string(sp_event_word((enum sp_event_kind)event)));
        json_array_append_new(list, row);
    }
    return list;
}

static json_t *edges(const struct sp_coverage_report *report)
{
    json_t *list = json_array();
    for (unsigned i = 0; i < SP_STATE_COUNT * SP_STATE_COUNT; i++) {
        const unsigned from = i / SP_STATE_COUNT;
        const unsigned to = i % SP_STATE_COUNT;
        if (report->coverage->edge[from][to].kinds > 0) {
            json_t *row = reach(&report->coverage->edge[from][to], NULL);
            json_object_set_new(row, "from", json_string(sp_state_word((enum sp_state)from)));
            json_object_set_new(row, "to", json_string(sp_state_word((enum sp_state)to)));
            json_array_append_new(list, row);
        }
    }
    return list;
}

static json_t *requirements(const struct sp_coverage_report *report)
{
    json_t *list = json_array();
    for (size_t i = 0; i < report->requirements->count; i++) {
        const struct sp_requirement *row = &report->requirements->row[i];
        json_array_append_new(list,
                              json_pack("{s:s, s:s, s:s, s:s*, s:s*, s:s*, s:s*, s:b}", "id",
                                        row->id, "section", row->section, "sentence", row->sentence,
                                        "rules", row->rule_names, "properties", row->properties,
                                        "tests", row->tests, "exception", row->except, "reached",
                                        sp_coverage_meets(report->coverage, row)));
    }
    return list;
}

static json_t *object_of(const struct sp_coverage_report *report)
{
    const struct sp_coverage *coverage = report->coverage;
    json_t *object =
        json_pack("{s:s, s:i, s:s, s:I, s:I, s:I, s:I, s:b}", "verdict",
                  sp_exit_word(report->verdict), "exit", (int)report->verdict, "sources",
                  coverage->sources, "files", (json_int_t)coverage->files, "broken",
                  (json_int_t)coverage->broken, "events", (json_int_t)coverage->events, "states",
                  (json_int_t)coverage->states, "unfinished", coverage->unfinished);
    json_t *counts = json_pack("{s:i, s:i, s:i, s:i, s:i, s:i, s:i}", "rules", (int)report->rules,
                               "rules_of", SP_RULE_COUNT, "cells", (int)report->cells, "cells_of",
                               SP_CELLS, "edges", (int)report->edges, "requirements",
                               (int)report->reached, "requirements_of", (int)report->traced);
    json_object_set_new(object, "reached", counts);
    json_object_set_new(object, "rules", rules(report));
    json_object_set_new(object, "cells", cells(report));
    json_object_set_new(object, "edges", edges(report));
    json_object_set_new(object, "requirements", requirements(report));
    return object;
}

/* A pipe or a terminal is written to; a file is replaced when the new one is whole. */
static bool write_text(const char *path, const char *text)
{
    struct stat status;
    if (stat(path, &status) != 0 || S_ISREG(status.st_mode)) {
        return sp_file_replace(path, (const uint8_t *)text, strlen(text));
    }
    FILE *file = fopen(path, "wb");
    bool whole = file != NULL && fputs(text, file) >= 0;
    whole = (file == NULL || fclose(file) == 0) && whole;
    if (!whole) {
        sp_say("--json %s: %s", path, strerror(errno));
    }
    return whole;
}

bool sp_coverage_json(const struct sp_coverage_report *report, const char *path)
{
    json_t *object = object_of(report);
    char *text = object == NULL ? NULL : json_dumps(object, JSON_INDENT(2));
    json_decref(object);
    char *line = text == NULL ? NULL : malloc(strlen(text) + 2);
    bool good = line != NULL;
    if (good) {
        snprintf(line, strlen(text) + 2, "%s\n", text);
        good = write_text(path, line);
    } else {
        sp_say("--json %s: a name of a source is not UTF-8, or out of memory", path);
    }
    free(line);
    free(text);
    return good;
}
