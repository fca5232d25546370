/*
 * The report of `check` for machines: the same as the page says, and every property and witness.
 *
 * The file is opened before the search, so that hours of work do not end at a wrong path; what an
 * earlier run left in it is replaced only when there is something to write.
 */
#include "cli/check.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <string.h>
#include <unistd.h>

bool sp_check_json_open(struct sp_check *check, const char *path)
{
    check->json = path;
    check->json_file = -1;
    if (path == NULL) {
        return true;
    }
    check->json_file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
    if (check->json_file < 0) {
        sp_say("--json %s: %s", path, strerror(errno));
        return false;
    }
    return true;
}

static bool has(uint64_t set, unsigned bit)
{
    return (set >> bit & 1) != 0;
}

static json_t *witnesses(const struct sp_check *check)
{
    json_t *list = json_array();
    for (unsigned i = 0; i < SP_WITNESS_COUNT; i++) {
        const struct sp_witness_info *info = sp_witness_info((enum sp_witness)i);
        bool reached = has(check->result.witnessed, i);
        json_t *row = json_pack("{s:s, s:b, s:b, s:s}", "name", info->name, "reached", reached,
                                "expected", has(check->expected, i), "sentence", info->sentence);
        if (reached && check->result.witness[i].found) {
            json_object_set_new(row, "trace_length",
                                json_integer((json_int_t)check->result.witness[i].count));
        }
        json_array_append_new(list, row);
    }
    return list;
}

/* "holds" is said only of a complete search that found nothing. */
static const char *verdict_of(const struct sp_check *check, unsigned property)
{
    if (has(check->result.violated, property)) {
        return "violated";
    }
    bool whole = check->result.end == SP_EXPLORE_COMPLETE && check->result.violated == 0;
    if (!whole || has(check->unjudged, property)) {
        return "not judged";
    }
    return has(sp_check_until_forged(check), property) ? "holds until forged" : "holds";
}

static json_t *properties(const struct sp_check *check)
{
    json_t *list = json_array();
    for (unsigned i = 0; i < SP_PROPERTY_COUNT; i++) {
        const struct sp_property_info *info = sp_property_info((enum sp_property)i);
        json_t *row =
            json_pack("{s:s, s:s, s:s, s:s, s:s, s:b}", "id", info->id, "name", info->name,
                      "section", info->section, "sentence", info->sentence, "verdict",
                      verdict_of(check, i), "assumed", !has(check->unassumed, i));
        if (has(check->result.violated, i)) {
            json_object_set_new(row, "trace_length",
                                json_integer((json_int_t)check->result.violation[i].count));
            json_object_set_new(row, "file", json_string(check->file[i]));
        }
        json_array_append_new(list, row);
    }
    return list;
}

/* {"flight": "3", ...}: what a bounds file and --policy would say. */
static json_t *settings(const struct sp_check *check)
{
    json_t *object = json_object();
    char line[SP_SETTING_MAX];
    for (size_t i = 0; sp_setup_print(&check->setup, i, line, sizeof line); i++) {
        char *equals = strstr(line, " = ");
        if (equals != NULL) {
            *equals = '\0';
            json_object_set_new(object, line, json_string(equals + 3));
        }
    }
    return object;
}

static json_t *report(const struct sp_check *check)
{
    const struct sp_explore_result *r = &check->result;
    return json_pack("{s:s, s:i, s:s, s:s, s:s, s:I, s:I, s:I, s:f, s:I, s:o, s:o, s:o}", "verdict",
                     sp_exit_word(check->verdict), "exit", (int)check->verdict, "policy",
                     check->policy, "bounds", check->bounds, "end", sp_explore_end_name(r->end),
                     "states", (json_int_t)r->states, "transitions", (json_int_t)r->transitions,
                     "depth", (json_int_t)r->depth, "seconds", r->seconds, "memory",
                     (json_int_t)r->memory, "witnesses", witnesses(check), "properties",
                     properties(check), "settings", settings(check));
}

bool sp_check_json_write(struct sp_check *check)
{
    if (check->json_file < 0) {
        return true;
    }
    json_t *object = report(check);
    /* What is not a regular file cannot be cut, and need not be. */
    bool cut = ftruncate(check->json_file, 0) == 0 || errno == EINVAL;
    bool good = object != NULL && cut &&
                json_dumpfd(object, check->json_file, JSON_INDENT(2)) == 0 &&
                write(check->json_file, "\n", 1) == 1;
    good &= close(check->json_file) == 0;
    check->json_file = -1;
    json_decref(object);
    if (!good) {
        sp_say("--json %s: could not be written", check->json);
    }
    return good;
}
