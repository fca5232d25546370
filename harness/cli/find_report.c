/*
 * What `find` says: the run as a ladder, the world at its end field by field, what was covered.
 *
 * The invariant: what the page shows is the replay of the script that was written, and the question
 * was asked again of the world at its end.
 */
#include "cli/find.h"
#include "cli/input.h"
#include "cli/setup.h"
#include "report/buffer.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* Octets of a question that are quoted. One without needless blanks is shorter. */
#define QUOTED 3000

void sp_find_report_head(const struct sp_find *find)
{
    struct sp_writer out = sp_file_writer(stdout);
    printf("find %s\nbounds %s, policy %s\n", find->text, find->bounds, find->policy);
    sp_setup_words(&find->setup, &out);
    if (find->exchanged) {
        printf("  symmetry  off for this search: the question may tell A from B\n");
    }
    printf("\n");
}

/* "snd_una 1", "passive"; nothing for a field that is 0, no or not known yet. */
static void write_field(const struct sp_writer *writer, const struct sp_world *world, size_t index,
                        unsigned host, const char **before)
{
    const struct sp_query_field *field = sp_query_field(index);
    const struct sp_query_term term = {.field = (uint8_t)index, .host = (uint8_t)host};
    const enum sp_query_unit unit = (enum sp_query_unit)field->unit;
    int64_t value = 0;
    bool relative = unit == SP_QUERY_FROM_ISS || unit == SP_QUERY_FROM_IRS;
    bool known = sp_query_value(&term, world, &value);
    const char *word = sp_query_word(unit, value);
    if (!known || (value == 0 && !relative && unit != SP_QUERY_STATE)) {
        return;
    }
    sp_write(writer, "%s%s", *before, field->word);
    if (word != NULL) {
        sp_write(writer, " %s", word);
    } else if (unit != SP_QUERY_YES) {
        sp_write(writer, " %" PRId64, value);
    }
    *before = ", ";
}

/* A line for each host and for the network, in the words of a question. */
static void write_world(const struct sp_world *world)
{
    static const char *const heads[] = {"A", "B", "network"};
    struct sp_writer out = sp_file_writer(stdout);
    for (unsigned part = 0; part < 3; part++) {
        char text[4096];
        struct sp_buffer buffer;
        struct sp_writer writer = sp_buffer_open(&buffer, text, sizeof text);
        const char *before = "";
        for (size_t i = 0; sp_query_field(i) != NULL; i++) {
            if (sp_query_field(i)->host == (part < 2)) {
                write_field(&writer, world, i, part & 1, &before);
            }
        }
        sp_write(&out, "  %-10s", heads[part]);
        sp_wrap(&out, 12, 12, text);
    }
}

static void write_run(const struct sp_trace *trace, const struct sp_world *end)
{
    struct sp_writer out = sp_file_writer(stdout);
    struct sp_ladder_options options = {.absolute = false, .rules = false};
    size_t count = trace->count;
    if (count == 0) {
        printf("shortest: yes, 0 events (a run begins there)\n\n");
    } else {
        printf("shortest: yes, %zu event%s (breadth-first, complete to level %zu)\n\n", count,
               count == 1 ? "" : "s", count - 1);
    }
    sp_report_ladder(trace, &options, &out);
    printf("\nthe world after %zu, without what is 0, no or not known yet\n", count);
    write_world(end);
    printf("\n");
}

static void save(struct sp_find *find, const struct sp_script *script)
{
    char comment[QUOTED + 2 * SP_SEARCH_NAME_MAX + 72];
    snprintf(comment, sizeof comment, "# %.*s\n# found by: synproof find, bounds %s, policy %s\n",
             QUOTED, find->text, find->bounds, find->policy);
    sp_run_save(script, "find", comment, find->file);
}

/* The last event of the run may violate a property: then the script expects that. */
static void expect(struct sp_script *script, const struct sp_trace *trace)
{
    script->expect = SP_EXPECT_PASS;
    for (unsigned i = SP_PROPERTY_COUNT; i > 0; i--) {
        if ((trace->violated >> (i - 1) & 1) != 0) {
            script->expect = SP_EXPECT_VIOLATION;
            snprintf(script->expected, sizeof script->expected, "%s",
                     sp_property_info((enum sp_property)(i - 1))->id);
        }
    }
}

bool sp_find_report_run(struct sp_find *find)
{
    struct sp_script script;
    struct sp_trace trace = {.step = NULL};
    char error[256];
    bool good = sp_tcp_script(find->tcp, &find->path, &script, error, sizeof error);
    if (!good) {
        sp_say("find: %s", error);
    }
    good = good && sp_input_run(&script, &trace);
    if (good) {
        const struct sp_world *end =
            trace.count == 0 ? &trace.start : &trace.step[trace.count - 1].after;
        good = sp_query_holds(&find->query, end);
        if (good) {
            expect(&script, &trace);
            save(find, &script);
            write_run(&trace, end);
            sp_run_commands(find->file, SP_COMMAND_REPLAY, NULL);
        } else {
            sp_say("find: the run does not lead there again");
        }
    }
    free(trace.step);
    free(script.action);
    return good;
}

static void write_found(const struct sp_find *find, enum sp_exit code, char *text, size_t capacity)
{
    char list[SP_SEARCH_LIST_MAX];
    struct sp_buffer buffer;
    struct sp_writer writer = sp_buffer_open(&buffer, text, capacity);
    if (find->path.found) {
        sp_write(&writer, " found=yes events=%zu", find->path.count);
        sp_write(&writer, "%s%s", find->file[0] == '\0' ? "" : " file=", find->file);
    } else {
        sp_write(&writer, " found=no");
    }
    if (code == SP_EXIT_INCOMPLETE && find->result.end != SP_EXPLORE_COMPLETE) {
        sp_search_end_word(&find->result, list, sizeof list);
        sp_write(&writer, " end=%s", list);
    }
    if (find->result.violated != 0) {
        sp_search_properties(find->result.violated, ",", list, sizeof list);
        sp_write(&writer, " violated=%s", list);
    }
}

static void write_covered(const struct sp_find *find, enum sp_exit code)
{
    const struct sp_explore_result *result = &find->result;
    if (result->states > 0) {
        sp_search_covered(result);
    }
    if (result->violated != 0) {
        char list[SP_SEARCH_LIST_MAX];
        struct sp_writer out = sp_file_writer(stdout);
        sp_search_properties(result->violated, " ", list, sizeof list);
        sp_write(&out, "  violated      ");
        sp_wrap(&out, 16, 16, list);
        printf("  The search does not go beyond violations.\n");
    }
    if (code == SP_EXIT_VACUOUS) {
        printf("  No state within these bounds is one: every behaviour was covered.\n");
    }
    if (code == SP_EXIT_INCOMPLETE) {
        printf("  Not found, but not everything was covered.\n");
        if (result->end != SP_EXPLORE_COMPLETE) {
            printf("  Every behaviour of fewer than %" PRIu32 " events was.\n", result->depth);
        }
    }
}

enum sp_exit sp_find_report_end(const struct sp_find *find, enum sp_exit code)
{
    const struct sp_explore_result *r = &find->result;
    char goal[QUOTED + 1024];
    char bounds[SP_SEARCH_NAME_MAX];
    char found[2 * SP_SEARCH_LIST_MAX];
    write_covered(find, code);
    write_found(find, code, found, sizeof found);
    return sp_finish(stdout, code,
                     "goal=%s bounds=%s policy=%s states=%" PRIu64 " transitions=%" PRIu64
                     " depth=%" PRIu32 " seconds=%.1f%s",
                     sp_record_value(find->text, goal, sizeof goal),
                     sp_record_value(find->bounds, bounds, sizeof bounds), find->policy, r->states,
                     r->transitions, r->depth, r->seconds, found);
}

void sp_find_help(FILE *to)
{
    struct sp_writer out = sp_file_writer(to);
    const char *head[] = {"Fields of the network:", "Fields of a host, with A. or B. before them:"};
    for (unsigned host = 2; host > 0; host--) {
        sp_write(&out, "\n%s\n", head[host - 1]);
        for (size_t i = 0; sp_query_field(i) != NULL; i++) {
            const struct sp_query_field *field = sp_query_field(i);
            if (field->host == (host == 2)) {
                sp_write(&out, "  %-22s%-13s", field->word,
                         sp_query_unit_text((enum sp_query_unit)field->unit));
                sp_wrap(&out, 37, 37, field->sentence);
            }
        }
    }
}
