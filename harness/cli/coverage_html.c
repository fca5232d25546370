/*
 * What `coverage` has to say as one page to read: the figures, the matrix, the rules, the changes
 * of state, the requirements. It needs no network and no script, and follows the reader's choice of
 * light or dark.
 *
 * The invariant: every text that comes from outside (names of sources, tables) is escaped.
 */
#include "cli/coverage.h"
#include "cli/files.h"
#include "report/buffer.h"

#include <stdlib.h>
#include <string.h>

/* Room for the page: about 60 kB, and long names of sources. */
#define PAGE_MAX (1u << 20)

static const char head[] =
    "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
    "<meta name=\"color-scheme\" content=\"light dark\">\n<title>synproof "
    "coverage</title>\n<style>\n"
    ":root { --ink: #1d2733; --soft: #5f6c7a; --page: #fff; --line: #d8dee6; --hit: 46, 125, 90; "
    "--miss: #b3431f; --why: #8a6d1a }\n"
    "@media (prefers-color-scheme: dark) { :root { --ink: #dfe6ee; --soft: #95a2b0; --page: "
    "#14191f; "
    "--line: #323b46; --hit: 76, 175, 130; --miss: #ff8a65; --why: #d8b85a } }\n"
    "body { font: 15px/1.45 system-ui, sans-serif; color: var(--ink); background: var(--page); "
    "margin: 2em auto; max-width: 88em; padding: 0 1em }\n"
    "h1 { font-size: 1.4em } h2 { font-size: 1.1em; margin-top: 2em }\n"
    ".scroll { overflow-x: auto }\n"
    "table { border-collapse: collapse; font-size: 13px }\n"
    "th { font-size: 11px } td, th { border: 1px solid var(--line); padding: 3px 7px; text-align: "
    "left; "
    "vertical-align: top }\n"
    ".n { text-align: right; font-variant-numeric: tabular-nums }\n"
    ".miss { color: var(--miss) } .why { color: var(--why) } .soft { color: var(--soft) }\n"
    ".hit { background: rgba(var(--hit), .18) } .much { background: rgba(var(--hit), .42) }\n"
    "code { font-size: 12px }\n"
    "</style></head><body>\n";

static void put_figures(const struct sp_writer *out, const struct sp_coverage_report *report)
{
    const struct sp_coverage *coverage = report->coverage;
    sp_write(out, "<h1>What was exercised</h1>\n<p>");
    sp_write_markup(out, coverage->sources);
    sp_write(out, ": %zu files with %llu events, %llu states searched.%s</p>\n", coverage->files,
             (unsigned long long)coverage->events, (unsigned long long)coverage->states,
             coverage->unfinished ? " <b class=\"miss\">A search was not finished.</b>" : "");
    sp_write(out,
             "<ul><li><b>%u</b> of %d rules</li><li><b>%u</b> of %u cells, state &times; "
             "event</li><li><b>%u</b> changes of state</li><li><b>%u</b> of the %u requirements of "
             "RFC 9293 that rules stand for</li></ul>\n",
             report->rules, SP_RULE_COUNT, report->cells, SP_CELLS, report->edges, report->reached,
             report->traced);
    sp_write(out, "<p class=\"soft\">The numbers are of different kinds of steps (state before and "
                  "after, event, rules, segments sent); where inputs were run, their steps stand "
                  "in the tooltip or the next column.</p>\n");
}

static void put_cell(const struct sp_writer *out, const struct sp_coverage_report *report,
                     unsigned state, unsigned event)
{
    const struct sp_reach *reach = &report->coverage->cell[state][event];
    const char *reason = report->reasons->cell[state][event];
    if (reach->kinds > 0) {
        sp_write(out, "<td class=\"n %s\" title=\"%llu steps of inputs\">%u</td>",
                 reach->kinds > 3 ? "much" : "hit", (unsigned long long)reach->times, reach->kinds);
        return;
    }
    sp_write(out, "<td class=\"n %s\" title=\"", reason == NULL ? "miss" : "why");
    sp_write_markup(out, reason == NULL ? "not reached" : reason);
    sp_write(out, "\">%s</td>", reason == NULL ? "0" : "&ndash;");
}

static void put_matrix(const struct sp_writer *out, const struct sp_coverage_report *report)
{
    sp_write(out,
             "<h2>State &times; event</h2>\n<p><span class=\"miss\">0</span> not reached; <span "
             "class=\"why\">&ndash;</span> not reached, and the tooltip has the reason.</p>\n"
             "<div class=\"scroll\"><table>\n<tr><th></th>");
    for (unsigned event = 0; event < SP_EVENT_COUNT; event++) {
        sp_write(out, "<th>%s</th>", sp_event_name((enum sp_event_kind)event));
    }
    sp_write(out, "</tr>\n");
    for (unsigned state = 0; state < SP_STATE_COUNT; state++) {
        sp_write(out, "<tr><th>%s</th>", sp_state_name((enum sp_state)state));
        for (unsigned event = 0; event < SP_EVENT_COUNT; event++) {
            put_cell(out, report, state, event);
        }
        sp_write(out, "</tr>\n");
    }
    sp_write(out, "</table></div>\n");
}

static void put_rule(const struct sp_writer *out, const struct sp_coverage_report *report,
                     unsigned rule)
{
    const struct sp_rule_info *info = sp_rule_info((enum sp_rule)rule);
    const struct sp_reach *reach = &report->coverage->rule[rule];
    const char *reason = report->reasons->rule[rule];
    sp_write(out,
             "<tr><td class=\"n %s\">%u</td><td class=\"n soft\">%llu</td><td><code>%s</code>"
             "</td><td>",
             reach->kinds > 0 ? "hit"
             : reason == NULL ? "miss"
                              : "why",
             reach->kinds, (unsigned long long)reach->times, info->name);
    sp_write_markup(out, info->section);
    sp_write(out, "</td><td>%s</td><td>", info->ids);
    sp_write_markup(out, info->text);
    if (reach->kinds == 0 && reason != NULL) {
        sp_write(out, "<br><span class=\"why\">");
        sp_write_markup(out, reason);
        sp_write(out, "</span>");
    }
    sp_write(out, "</td></tr>\n");
}

static void put_rules(const struct sp_writer *out, const struct sp_coverage_report *report)
{
    sp_write(out, "<h2>Rules</h2>\n<div class=\"scroll\"><table>\n<tr><th>kinds</th><th>steps</th>"
                  "<th>rule</th><th>RFC</th><th>ids</th><th></th></tr>\n");
    for (unsigned i = 0; i < SP_RULE_COUNT; i++) {
        put_rule(out, report, i);
    }
    sp_write(out, "</table></div>\n");
}

static void put_edges(const struct sp_writer *out, const struct sp_coverage *coverage)
{
    sp_write(out, "<h2>Changes of state</h2>\n<p>From the state of the row to that of the column."
                  "</p>\n<div class=\"scroll\"><table>\n<tr><th></th>");
    for (unsigned to = 0; to < SP_STATE_COUNT; to++) {
        sp_write(out, "<th>%s</th>", sp_state_name((enum sp_state)to));
    }
    sp_write(out, "</tr>\n");
    for (unsigned from = 0; from < SP_STATE_COUNT; from++) {
        sp_write(out, "<tr><th>%s</th>", sp_state_name((enum sp_state)from));
        for (unsigned to = 0; to < SP_STATE_COUNT; to++) {
            const struct sp_reach *reach = &coverage->edge[from][to];
            if (reach->kinds == 0) {
                sp_write(out, "<td></td>");
            } else {
                sp_write(out, "<td class=\"n hit\" title=\"%llu steps of inputs\">%u</td>",
                         (unsigned long long)reach->times, reach->kinds);
            }
        }
        sp_write(out, "</tr>\n");
    }
    sp_write(out, "</table></div>\n");
}

static void put_names(const struct sp_writer *out, const char *kind, const char *names)
{
    if (names != NULL) {
        sp_write(out, "<br><span class=\"soft\">%s</span> <code>", kind);
        sp_write_markup(out, names);
        sp_write(out, "</code>");
    }
}

static void put_requirements(const struct sp_writer *out, const struct sp_coverage_report *report)
{
    sp_write(out,
             "<h2>Requirements of RFC 9293</h2>\n<p>Reached: one of its rules was. What no rule "
             "stands for is traced to properties, tests or an exception.</p>\n"
             "<div class=\"scroll\"><table>\n"
             "<tr><th>id</th><th>RFC</th><th>reached</th><th></th></tr>\n");
    for (size_t i = 0; i < report->requirements->count; i++) {
        const struct sp_requirement *row = &report->requirements->row[i];
        const bool reached = sp_coverage_meets(report->coverage, row);
        sp_write(out, "<tr><td>%s</td><td>%s</td><td class=\"%s\">%s</td><td>", row->id,
                 row->section, reached ? "hit" : "miss",
                 reached          ? "yes"
                 : row->rules > 0 ? "no"
                                  : "");
        sp_write_markup(out, row->sentence);
        put_names(out, "rules", row->rule_names);
        put_names(out, "properties", row->properties);
        put_names(out, "tests", row->tests);
        if (row->except != NULL) {
            sp_write(out, "<br><span class=\"why\">");
            sp_write_markup(out, row->except);
            sp_write(out, "</span>");
        }
        sp_write(out, "</td></tr>\n");
    }
    sp_write(out, "</table></div>\n");
}

bool sp_coverage_html(const struct sp_coverage_report *report, const char *path)
{
    char *page = malloc(PAGE_MAX);
    struct sp_buffer buffer;
    if (page == NULL) {
        sp_say("out of memory");
        return false;
    }
    struct sp_writer out = sp_buffer_open(&buffer, page, PAGE_MAX);
    out.write(out.to, head, sizeof head - 1);
    put_figures(&out, report);
    put_matrix(&out, report);
    put_rules(&out, report);
    put_edges(&out, report->coverage);
    put_requirements(&out, report);
    sp_write(&out, "</body></html>\n");
    const enum sp_exit code = sp_file_deliver(path, (const uint8_t *)page, buffer.size);
    free(page);
    return code == SP_EXIT_PASS;
}
