/*
 * JUnit XML, in the form that Jenkins, GitLab and the actions for GitHub read: one suite a run.
 *
 * FAIL is a failure. What decided nothing (INCOMPLETE, VACUOUS, STALE, ...) is an error, never
 * skipped: a skipped case is green everywhere. The invariant: a suite without failures and errors
 * is a PASS, and no other run has one.
 */
#include "ci/ci.h"
#include "ci/text.h"

#include <string.h>

static void attribute(FILE *to, const char *name, const char *value)
{
    fprintf(to, " %s=\"", name);
    sp_ci_write_xml(to, value);
    fputc('"', to);
}

/* In a class, a dot separates packages: a name of bounds with one would be torn apart. */
static void write_class(const struct sp_ci *ci, FILE *to)
{
    fprintf(to, " classname=\"synproof.%s ", ci->verb);
    for (const char *c = ci->subject; *c != '\0'; c++) {
        const char one[] = {*c == '.' ? '_' : *c, '\0'};
        sp_ci_write_xml(to, one);
    }
    fputc('"', to);
}

static void write_finding(const struct sp_ci_finding *finding, FILE *to)
{
    if (finding->property != SP_PROPERTY_COUNT) {
        const struct sp_property_info *info = sp_property_info(finding->property);
        fprintf(to, "\n%s %s  [RFC %s]\n", info->id, info->name, info->section);
        sp_ci_write_xml(to, info->sentence);
    }
    fputc('\n', to);
    sp_ci_write_xml(to, finding->claim);
    fputs("\nsignature ", to);
    sp_ci_write_xml(to, finding->signature);
    fputs("\n\n", to);
    sp_ci_write_xml(to, finding->ladder);
}

static void write_outcome(const struct sp_ci *ci, const struct sp_ci_case *one, const char *element,
                          FILE *to)
{
    fprintf(to, ">\n      <%s", element);
    attribute(to, "message", one->message);
    attribute(to, "type", sp_exit_word(one->code));
    fputc('>', to);
    for (size_t i = 0; i < one->findings; i++) {
        write_finding(&ci->finding[one->finding + i], to);
    }
    fprintf(to, "</%s>\n    </testcase>\n", element);
}

static void write_case(const struct sp_ci *ci, const struct sp_ci_case *one, FILE *to)
{
    fputs("    <testcase", to);
    attribute(to, "name", one->name);
    write_class(ci, to);
    fprintf(to, " time=\"%.3f\"", one->seconds);
    if (one->skipped) {
        fputs(">\n      <skipped", to);
        attribute(to, "message", one->message);
        fputs("/>\n    </testcase>\n", to);
    } else if (one->code == SP_EXIT_PASS) {
        fputs("/>\n", to);
    } else {
        write_outcome(ci, one, one->code == SP_EXIT_FAIL ? "failure" : "error", to);
    }
}

struct counts {
    size_t failures;
    size_t errors;
    size_t skipped;
};

static struct counts count(const struct sp_ci *ci)
{
    struct counts counts = {0, 0, 0};
    for (size_t i = 0; i < ci->count; i++) {
        counts.skipped += ci->at[i].skipped;
        counts.failures += ci->at[i].code == SP_EXIT_FAIL;
        counts.errors += ci->at[i].code != SP_EXIT_FAIL && ci->at[i].code != SP_EXIT_PASS;
    }
    return counts;
}

static void write_head(const struct sp_ci *ci, const struct counts *counts, FILE *to)
{
    char began[32];
    struct tm utc;
    gmtime_r(&ci->began, &utc);
    strftime(began, sizeof began, "%Y-%m-%dT%H:%M:%S", &utc);
    fprintf(to, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n  <testsuite name=\"%s ",
            ci->verb);
    sp_ci_write_xml(to, ci->subject);
    fprintf(to,
            "\" package=\"synproof\" id=\"0\" timestamp=\"%s\" hostname=\"localhost\" tests=\"%zu\""
            " failures=\"%zu\" errors=\"%zu\" skipped=\"%zu\" time=\"%.3f\">\n    <properties>\n",
            began, ci->count, counts->failures, counts->errors, counts->skipped, ci->seconds);
    for (size_t i = 0; i < ci->facts; i++) {
        fputs("      <property", to);
        attribute(to, "name", ci->fact[i].name);
        attribute(to, "value", ci->fact[i].value);
        fputs("/>\n", to);
    }
    fputs("    </properties>\n", to);
}

void sp_junit_write(const struct sp_ci *ci, FILE *text)
{
    const struct counts counts = count(ci);
    write_head(ci, &counts, text);
    for (size_t i = 0; i < ci->count; i++) {
        write_case(ci, &ci->at[i], text);
    }
    fputs("    <system-out/>\n    <system-err/>\n  </testsuite>\n</testsuites>\n", text);
}
