/*
 * SARIF 2.1.0 (OASIS Standard, 27 March 2020): what is wrong, where in the model it shows, and the
 * way there.
 *
 * A rule is a property; a result, a violation; its place, the line of the model that recorded the
 * last rule of the run that shows it. Two runs with the same signature are one alert: the
 * fingerprint is the signature. The invariant: executionSuccessful is said of PASS and FAIL alone,
 * and only where there is no note, so that a run that left something undecided is never taken for
 * one without results.
 */
#include "ci/ci.h"
#include "ci/places.h"
#include "ci/text.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#define SCHEMA "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"

static json_t *message(const char *text)
{
    return json_pack("{s:s}", "text", text);
}

/* Where a file is. Relative to the root of the source tree, which the viewer knows. */
static json_t *artifact_location(const char *path)
{
    char *uri = sp_ci_uri(path);
    json_t *location = uri == NULL ? NULL : json_pack("{s:s}", "uri", uri);
    if (location != NULL && path[0] != '\0' && strncmp(uri, "file:", 5) != 0) {
        json_object_set_new(location, "uriBaseId", json_string("%SRCROOT%"));
    }
    free(uri);
    return location;
}

static json_t *physical(const char *path, unsigned line)
{
    json_t *where = json_pack("{s:o}", "artifactLocation", artifact_location(path));
    if (where != NULL && line > 0) {
        json_object_set_new(where, "region", json_pack("{s:i}", "startLine", (int)line));
    }
    return where;
}

static json_t *location(struct sp_place place, const char *text)
{
    json_t *where = json_pack("{s:o}", "physicalLocation", physical(place.file, place.line));
    if (where != NULL && text != NULL) {
        json_object_set_new(where, "message", message(text));
    }
    return where;
}

static json_t *rule(enum sp_property property)
{
    const struct sp_property_info *info = sp_property_info(property);
    char uri[128];
    char section[160];
    sp_ci_section_uri(info->section, uri, sizeof uri);
    snprintf(section, sizeof section, "RFC %s", info->section);
    return json_pack("{s:s, s:s, s:{s:s}, s:{s:s}, s:{s:s}, s:s, s:{s:s}, s:{s:s, s:[s,s]}}", "id",
                     info->id, "name", info->name, "shortDescription", "text", info->name,
                     "fullDescription", "text", info->sentence, "help", "text", section, "helpUri",
                     uri, "defaultConfiguration", "level", "error", "properties", "section",
                     info->section, "tags", "tcp", "rfc");
}

/* An engine's own finding has a rule, too: that the target survives its inputs. */
static json_t *rules(void)
{
    json_t *list = json_array();
    for (unsigned i = 0; i < SP_PROPERTY_COUNT; i++) {
        json_array_append_new(list, rule((enum sp_property)i));
    }
    json_array_append_new(
        list,
        json_pack("{s:s, s:s, s:{s:s}, s:{s:s}, s:{s:s}}", "id", "target", "name",
                  "target-survives", "shortDescription", "text", "target-survives",
                  "fullDescription", "text",
                  "no input makes the program under test crash, hang, leak or run out of memory",
                  "defaultConfiguration", "level", "error"));
    return list;
}

/* What a host did stands in the model; what the network did, in the script alone. */
static json_t *event_location(const struct sp_ci_finding *finding, const struct sp_ci_event *event)
{
    if (event->rule < SP_RULE_COUNT || event->line == 0) {
        return location(sp_place_of(event->rule, finding->property), event->text);
    }
    return location((struct sp_place){finding->file, event->line}, event->text);
}

static json_t *code_flow(const struct sp_ci_finding *finding)
{
    json_t *steps = json_array();
    for (size_t i = 0; i < finding->events; i++) {
        json_array_append_new(steps,
                              json_pack("{s:i, s:o}", "executionOrder", (int)i + 1, "location",
                                        event_location(finding, &finding->event[i])));
    }
    return json_pack("[{s:[{s:o}]}]", "threadFlows", "locations", steps);
}

static json_t *related(const struct sp_ci_finding *finding)
{
    json_t *list = json_array();
    json_array_append_new(list,
                          location(sp_place_of_property[finding->property], "what must hold"));
    if (finding->rule < SP_RULE_COUNT) {
        json_array_append_new(list, location(sp_place_of_rule_row[finding->rule],
                                             sp_rule_info((enum sp_rule)finding->rule)->text));
    }
    return list;
}

static const char *level(enum sp_exit code)
{
    return code == SP_EXIT_INCOMPLETE || code == SP_EXIT_STALE ? "warning" : "error";
}

/* What a property is: its sentence, the numbers, and what the run is. */
static json_t *result_text(const struct sp_ci *ci, const struct sp_ci_finding *finding)
{
    const bool known = finding->property != SP_PROPERTY_COUNT;
    const char *sentence = known ? sp_property_info(finding->property)->sentence : "";
    json_t *text = json_sprintf("%s%s%s (%s, signature %s)", sentence, known ? ": " : "",
                                finding->claim, ci->subject, finding->signature);
    return json_pack("{s:o}", "text", text);
}

static json_t *result(const struct sp_ci *ci, const struct sp_ci_finding *finding)
{
    const bool known = finding->property != SP_PROPERTY_COUNT;
    json_t *where = known ? location(sp_place_of(finding->rule, finding->property), NULL)
                          : json_pack("{s:o}", "physicalLocation", physical(finding->file, 0));
    json_t *object = json_pack("{s:s, s:i, s:s, s:s, s:o, s:[o], s:{s:s}}", "ruleId",
                               known ? sp_property_info(finding->property)->id : "target",
                               "ruleIndex", (int)finding->property, "kind", "fail", "level",
                               "error", "message", result_text(ci, finding), "locations", where,
                               "partialFingerprints", "signature/v1", finding->signature);
    if (known) {
        json_object_set_new(object, "relatedLocations", related(finding));
    }
    if (finding->events > 0) {
        json_object_set_new(object, "codeFlows", code_flow(finding));
    }
    if (finding->file[0] != '\0') {
        json_object_set_new(object, "attachments",
                            json_pack("[{s:{s:s}, s:o}]", "description", "text",
                                      "the input of the run", "artifactLocation",
                                      artifact_location(finding->file)));
    }
    return object;
}

/* Findings of failures: a file that shows what it is recorded to show is no alert. */
static json_t *results(const struct sp_ci *ci)
{
    json_t *list = json_array();
    for (size_t i = 0; i < ci->count; i++) {
        const struct sp_ci_case *one = &ci->at[i];
        for (size_t j = 0; one->code == SP_EXIT_FAIL && j < one->findings; j++) {
            json_array_append_new(list, result(ci, &ci->finding[one->finding + j]));
        }
    }
    return list;
}

/* The scripts, each once: a replay may show several things of one. */
static json_t *artifacts(const struct sp_ci *ci)
{
    json_t *list = json_array();
    for (size_t i = 0; i < ci->findings; i++) {
        const char *file = ci->finding[i].file;
        if (file[0] != '\0' && (i == 0 || strcmp(file, ci->finding[i - 1].file) != 0)) {
            json_array_append_new(list, json_pack("{s:o, s:[s]}", "location",
                                                  artifact_location(file), "roles", "attachment"));
        }
    }
    return list;
}

static json_t *notifications(const struct sp_ci *ci)
{
    json_t *list = json_array();
    for (size_t i = 0; i < ci->notes; i++) {
        const struct sp_ci_note *note = &ci->note[i];
        json_t *object =
            json_pack("{s:s, s:o, s:{s:s}}", "level", level(note->code), "message",
                      message(note->text), "descriptor", "id", sp_exit_word(note->code));
        if (note->file[0] != '\0') {
            json_object_set_new(object, "locations",
                                json_pack("[{s:o}]", "physicalLocation", physical(note->file, 0)));
        }
        json_array_append_new(list, object);
    }
    return list;
}

static json_t *utc(time_t when)
{
    char text[32];
    struct tm parts;
    gmtime_r(&when, &parts);
    strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
    return json_string(text);
}

static json_t *invocation(const struct sp_ci *ci)
{
    const bool verdict = ci->code == SP_EXIT_PASS || ci->code == SP_EXIT_FAIL;
    const bool decided = verdict && ci->notes == 0;
    return json_pack("{s:b, s:i, s:s, s:o, s:o, s:o}", "executionSuccessful", decided, "exitCode",
                     (int)ci->code, "exitCodeDescription", sp_exit_word(ci->code), "startTimeUtc",
                     utc(ci->began), "endTimeUtc", utc(ci->began + (time_t)ci->seconds),
                     "toolExecutionNotifications", notifications(ci));
}

static json_t *facts(const struct sp_ci *ci)
{
    json_t *object = json_object();
    for (size_t i = 0; i < ci->facts; i++) {
        json_object_set_new(object, ci->fact[i].name, json_string(ci->fact[i].value));
    }
    return object;
}

/* Runs of one verb over other bounds are other analyses: without an id of its own each would
 * replace the alerts of the one before. */
static json_t *automation(const struct sp_ci *ci)
{
    return json_pack("{s:o}", "id", json_sprintf("synproof/%s %s/", ci->verb, ci->subject));
}

bool sp_sarif_write(const struct sp_ci *ci, FILE *text)
{
    json_t *driver = json_pack("{s:s, s:s, s:o}", "name", "synproof", "semanticVersion",
                               SYNPROOF_VERSION, "rules", rules());
    json_t *run =
        json_pack("{s:{s:o}, s:o, s:[o], s:{s:{s:{s:s}}}, s:s, s:o, s:o, s:o}", "tool", "driver",
                  driver, "automationDetails", automation(ci), "invocations", invocation(ci),
                  "originalUriBaseIds", "%SRCROOT%", "description", "text",
                  "the root of the source tree", "columnKind", "unicodeCodePoints", "artifacts",
                  artifacts(ci), "results", results(ci), "properties", facts(ci));
    json_t *log =
        json_pack("{s:s, s:s, s:[o]}", "$schema", SCHEMA, "version", "2.1.0", "runs", run);
    const bool good = log != NULL && json_dumpf(log, text, JSON_INDENT(2)) == 0;
    fputc('\n', text);
    json_decref(log);
    return good;
}
