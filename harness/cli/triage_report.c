/*
 * What a triage says: a table of findings, the inputs that show no property, and both as JSON.
 *
 * The invariant: the JSON file appears whole or not at all.
 */
#include "cli/triage.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static int width(const struct sp_triage *triage, bool signature)
{
    size_t most = strlen(signature ? "signature" : "property");
    for (size_t i = 0; i < triage->groups.count; i++) {
        const struct sp_sighting *sighting = &triage->groups.at[i].sighting;
        const size_t size =
            strlen(signature ? sighting->signature : sp_property_info(sighting->property)->name);
        most = size > most ? size : most;
    }
    return (int)most;
}

static void report_findings(const struct sp_triage *triage)
{
    const int signature = width(triage, true);
    const int property = width(triage, false);
    printf("%-*s  %-*s  inputs  events  smallest\n", signature, "signature", property, "property");
    for (size_t i = 0; i < triage->groups.count; i++) {
        const struct sp_group *group = &triage->groups.at[i];
        char name[SP_PLAIN_NAME_MAX];
        printf("%-*s  %-*s  %6zu  %6zu  %s\n", signature, group->sighting.signature, property,
               sp_property_info(group->sighting.property)->name, group->inputs,
               group->sighting.events,
               sp_plain_name(triage->paths.at[group->smallest], name, sizeof name));
    }
}

/* How to see again what the engine saw. */
static const char *hint(enum sp_origin origin)
{
    switch (origin) {
    case SP_ORIGIN_TIMEOUT:
    case SP_ORIGIN_SLOW:
        return " -timeout=5";
    case SP_ORIGIN_OOM:
        return " -rss_limit_mb=2048";
    case SP_ORIGIN_LEAK:
        return " -detect_leaks=1";
    case SP_ORIGIN_INPUT:
    case SP_ORIGIN_CRASH:
    case SP_ORIGIN_NONE:
        break;
    }
    return "";
}

static void report_unexplained(const struct sp_triage *triage)
{
    printf("no property: crash of the target itself?\n");
    for (size_t i = 0; i < triage->unexplained_count; i++) {
        char name[SP_PLAIN_NAME_MAX];
        const char *path =
            sp_plain_name(triage->paths.at[triage->unexplained[i]], name, sizeof name);
        const enum sp_origin origin = sp_origin_of(path);
        printf("  %-7s  %s\n           build-fuzz/libfuzzer/%s%s %s\n", sp_origin_name(origin),
               path, triage->target, hint(origin), path);
    }
}

void sp_triage_report(const struct sp_triage *triage)
{
    if (triage->groups.count > 0) {
        report_findings(triage);
    }
    if (triage->unexplained_count > 0) {
        printf("%s", triage->groups.count > 0 ? "\n" : "");
        report_unexplained(triage);
    }
    if (triage->groups.count == 0 && triage->unexplained_count == 0) {
        printf("nothing was found\n");
    }
    printf("\n");
}

static json_t *findings(const struct sp_triage *triage)
{
    json_t *list = json_array();
    for (size_t i = 0; i < triage->groups.count; i++) {
        const struct sp_group *group = &triage->groups.at[i];
        const struct sp_property_info *info = sp_property_info(group->sighting.property);
        char kept[SP_TRIAGE_KEPT_MAX];
        json_array_append_new(list, json_pack("{s:s, s:s, s:s, s:s, s:I, s:I, s:s, s:s}",
                                              "signature", group->sighting.signature, "property",
                                              info->id, "name", info->name, "section",
                                              info->section, "inputs", (json_int_t)group->inputs,
                                              "events", (json_int_t)group->sighting.events,
                                              "smallest", triage->paths.at[group->smallest], "kept",
                                              sp_triage_kept(triage, &group->sighting, kept)));
    }
    return list;
}

static json_t *unexplained(const struct sp_triage *triage)
{
    json_t *list = json_array();
    for (size_t i = 0; i < triage->unexplained_count; i++) {
        const char *path = triage->paths.at[triage->unexplained[i]];
        const enum sp_origin origin = sp_origin_of(path);
        json_array_append_new(list,
                              json_pack("{s:s, s:s, s:b}", "file", path, "kind",
                                        sp_origin_name(origin), "fails", sp_origin_fails(origin)));
    }
    return list;
}

bool sp_triage_json(const struct sp_triage *triage, enum sp_exit code)
{
    json_t *object =
        json_pack("{s:s, s:i, s:s, s:s, s:I, s:I, s:o, s:o}", "verdict", sp_exit_word(code), "exit",
                  (int)code, "directory", triage->directory, "target", triage->target, "inputs",
                  (json_int_t)triage->inputs, "broken", (json_int_t)triage->broken, "findings",
                  findings(triage), "no_property", unexplained(triage));
    char *text = object == NULL ? NULL : json_dumps(object, JSON_INDENT(2));
    json_decref(object);
    if (text == NULL) {
        /* jansson takes UTF-8 only. */
        sp_say("--json %s: a name of a file is not UTF-8, or out of memory", triage->json);
        return false;
    }
    char *line = malloc(strlen(text) + 2);
    bool good = line != NULL;
    if (good) {
        snprintf(line, strlen(text) + 2, "%s\n", text);
        good = sp_file_report("--json", triage->json, line);
    }
    free(line);
    free(text);
    return good;
}
