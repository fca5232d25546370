/*
 * GitHub: annotations as workflow commands on standard output, and the summary of a job's step.
 *
 * GitHub shows 10 errors and 10 warnings of a step and 50 of a job, and drops what is more without
 * a word; a summary of more than 1 MiB it drops whole. So an annotation is a signature, the
 * shortest run first, and when there are more than ten the last one says how many. The invariant:
 * whatever the texts hold, an annotation is one line, and a summary is smaller than 1 MiB.
 */
#include "ci/ci.h"
#include "ci/places.h"
#include "ci/text.h"

#include <stdlib.h>
#include <string.h>

/* Of one kind, in one step. */
#define ANNOTATIONS_MAX 10

/* GitHub takes more, but shows no more of it than that. */
#define MESSAGE_MAX 4000

/* Octets of a path that are shown. */
#define PATH_TEXT_MAX 4096

/* From here on no ladder is added. */
#define LADDERS_END ((size_t)64 * 1024)

/* Rows of a table in the summary, and octets of a cell: with what escaping adds, 400 kB at most. */
#define ROWS_MAX 50
#define CELL_MAX 400

/* In properties ":" and "," separate. Ends before an octet beyond the limit; a character that is
 * begun is ended. */
static void write_escaped(FILE *to, const char *text, bool property)
{
    for (size_t i = 0; text[i] != '\0'; i++) {
        if (i >= MESSAGE_MAX && (text[i] & 0xc0) != 0x80) {
            fputs("...", to);
            return;
        }
        const bool separates = property && (text[i] == ':' || text[i] == ',');
        if (text[i] == '%' || text[i] == '\r' || text[i] == '\n' || separates) {
            fprintf(to, "%%%02X", (unsigned char)text[i]);
        } else {
            fputc(text[i], to);
        }
    }
}

/* A path as a text: its octets may be anything. Returns text. */
static const char *path_text(const char *path, char *text, size_t capacity)
{
    snprintf(text, capacity, "%s", path);
    sp_ci_clean(text);
    return text;
}

/* "::error file=F,line=1,title=T::"; the message follows. */
static void write_command(FILE *to, const char *kind, const char *file, unsigned line,
                          const char *title)
{
    char path[PATH_TEXT_MAX];
    fprintf(to, "::%s ", kind);
    if (file[0] != '\0') {
        fputs("file=", to);
        write_escaped(to, path_text(file, path, sizeof path), true);
        fputc(',', to);
    }
    if (line > 0) {
        fprintf(to, "line=%u,", line);
    }
    fputs("title=", to);
    write_escaped(to, title, true);
    fputs("::", to);
}

/* A finding for the list; those of one signature are one row. */
struct row {
    const struct sp_ci_finding *finding;
    size_t number;
};

static int by_signature(const void *one, const void *other)
{
    const struct row *a = one;
    const struct row *b = other;
    const int order = strcmp(a->finding->signature, b->finding->signature);
    if (order != 0) {
        return order;
    }
    const bool shorter = a->finding->events < b->finding->events;
    return shorter || (a->finding->events == b->finding->events && a->number < b->number) ? -1 : 1;
}

/* An engine's own finding has no events: it is a crash, and stands first. */
static int by_length(const void *one, const void *other)
{
    const struct row *a = one;
    const struct row *b = other;
    if (a->finding->events != b->finding->events) {
        return a->finding->events < b->finding->events ? -1 : 1;
    }
    return a->number < b->number ? -1 : a->number > b->number;
}

/* The findings of failures, the shortest of each signature, shortest first; free(). */
static struct row *list_findings(const struct sp_ci *ci, size_t *count)
{
    struct row *rows = calloc(ci->findings + 1, sizeof *rows);
    *count = 0;
    for (size_t i = 0; rows != NULL && i < ci->count; i++) {
        const struct sp_ci_case *one = &ci->at[i];
        for (size_t j = 0; one->code == SP_EXIT_FAIL && j < one->findings; j++) {
            rows[*count] = (struct row){&ci->finding[one->finding + j], *count};
            ++*count;
        }
    }
    if (*count == 0) {
        return rows;
    }
    qsort(rows, *count, sizeof *rows, by_signature);
    size_t kept = 1;
    for (size_t i = 1; i < *count; i++) {
        if (strcmp(rows[i].finding->signature, rows[kept - 1].finding->signature) != 0) {
            rows[kept++] = rows[i];
        }
    }
    *count = kept;
    qsort(rows, kept, sizeof *rows, by_length);
    return rows;
}

static void annotate_finding(const struct sp_ci *ci, const struct sp_ci_finding *finding, FILE *to)
{
    if (finding->property == SP_PROPERTY_COUNT) {
        write_command(to, "error", finding->file, 0, finding->signature);
    } else {
        const struct sp_property_info *info = sp_property_info(finding->property);
        const struct sp_place place = sp_place_of(finding->rule, finding->property);
        char title[200];
        snprintf(title, sizeof title, "%s %s [RFC %s]", info->id, info->name, info->section);
        write_command(to, "error", place.file, place.line, title);
        write_escaped(to, info->sentence, false);
        fputs("%0A", to);
    }
    write_escaped(to, finding->claim, false);
    fputs("%0A", to);
    write_escaped(to, ci->subject, false);
    fputs("%0Asignature ", to);
    write_escaped(to, finding->signature, false);
    if (finding->property != SP_PROPERTY_COUNT && finding->file[0] != '\0') {
        char path[PATH_TEXT_MAX];
        fputs("%0Asynproof replay ", to);
        write_escaped(to, path_text(finding->file, path, sizeof path), false);
    }
    fputc('\n', to);
}

/* How many of so many get an annotation of their own. */
static size_t shown(size_t count)
{
    return count <= ANNOTATIONS_MAX ? count : ANNOTATIONS_MAX - 1;
}

static void annotate_rest(const struct sp_ci *ci, const char *kind, size_t rest, FILE *to)
{
    if (rest > 0) {
        fprintf(to, "::%s title=%zu more::%zu more in the summary of the job (synproof %s)\n", kind,
                rest, rest, ci->verb);
    }
}

void sp_github_annotate(const struct sp_ci *ci, FILE *text)
{
    size_t count = 0;
    struct row *rows = list_findings(ci, &count);
    for (size_t i = 0; i < shown(count); i++) {
        annotate_finding(ci, rows[i].finding, text);
    }
    annotate_rest(ci, "error", count - shown(count), text);
    free(rows);
    for (size_t i = 0; i < shown(ci->notes); i++) {
        const struct sp_ci_note *note = &ci->note[i];
        write_command(text, "warning", note->file, 0, sp_exit_word(note->code));
        write_escaped(text, note->text, false);
        fputc('\n', text);
    }
    annotate_rest(ci, "warning", ci->notes - shown(ci->notes), text);
}

/* One line of a table or a paragraph: what Markdown would read is escaped. */
static void write_markdown(FILE *to, const char *text)
{
    const char *end = text + CELL_MAX;
    for (; *text != '\0'; text++) {
        if (text >= end && (*text & 0xc0) != 0x80) {
            fputs("...", to);
            return;
        }
        if (*text == '\n' || *text == '\t') {
            fputc(' ', to);
        } else if (*text == '<' || *text == '>' || *text == '&') {
            const char one[] = {*text, '\0'};
            sp_ci_write_xml(to, one);
        } else {
            fprintf(to, strchr("\\`*_{}[]#|~@", *text) != NULL ? "\\%c" : "%c", *text);
        }
    }
}

static void write_head(const struct sp_ci *ci, FILE *to)
{
    size_t passed = 0;
    size_t failed = 0;
    size_t skipped = 0;
    for (size_t i = 0; i < ci->count; i++) {
        skipped += ci->at[i].skipped;
        failed += ci->at[i].code == SP_EXIT_FAIL;
        passed += ci->at[i].code == SP_EXIT_PASS && !ci->at[i].skipped;
    }
    fprintf(to, "### synproof %s: %s\n\n", ci->verb, sp_exit_word(ci->code));
    fprintf(to, "%zu passed, %zu failed, %zu not decided, %zu skipped\n\n| | |\n|---|---|\n",
            passed, failed, ci->count - passed - failed - skipped, skipped);
    for (size_t i = 0; i < ci->facts; i++) {
        fputs("| ", to);
        write_markdown(to, ci->fact[i].name);
        fputs(" | ", to);
        write_markdown(to, ci->fact[i].value);
        fputs(" |\n", to);
    }
    fputc('\n', to);
}

static void write_rows(const struct row *rows, size_t count, FILE *to)
{
    if (count == 0) {
        return;
    }
    fputs("| signature | events | what was seen | run |\n|---|---:|---|---|\n", to);
    for (size_t i = 0; i < count && i < ROWS_MAX; i++) {
        const struct sp_ci_finding *finding = rows[i].finding;
        char path[PATH_TEXT_MAX];
        fputs("| ", to);
        write_markdown(to, finding->signature);
        fprintf(to, " | %zu | ", finding->events);
        write_markdown(to, finding->claim);
        fputs(" | ", to);
        write_markdown(to, path_text(finding->file, path, sizeof path));
        fputs(" |\n", to);
    }
    if (count > ROWS_MAX) {
        fprintf(to, "\nand %zu more\n", count - ROWS_MAX);
    }
    fputc('\n', to);
}

static void write_notes(const struct sp_ci *ci, FILE *to)
{
    for (size_t i = 0; i < ci->notes && i < ROWS_MAX; i++) {
        char path[PATH_TEXT_MAX];
        fprintf(to, "- %s: ", sp_exit_word(ci->note[i].code));
        write_markdown(to, path_text(ci->note[i].file, path, sizeof path));
        fputs(ci->note[i].file[0] == '\0' ? "" : ": ", to);
        write_markdown(to, ci->note[i].text);
        fputc('\n', to);
    }
    if (ci->notes > ROWS_MAX) {
        fprintf(to, "- and %zu more\n", ci->notes - ROWS_MAX);
    }
    fputs(ci->notes == 0 ? "" : "\n", to);
}

static void write_ladder(const struct sp_ci_finding *finding, FILE *to)
{
    fputs("<details><summary>", to);
    sp_ci_write_xml(to, finding->signature);
    fputs("</summary>\n\n<pre>\n", to);
    sp_ci_write_xml(to, finding->ladder);
    fputs("</pre>\n\n</details>\n\n", to);
}

/* Octets that sp_ci_write_xml makes of the text, and of what stands around a ladder. */
static size_t folded_size(const char *text)
{
    size_t size = 256;
    for (; *text != '\0'; text++) {
        size += strchr("<>&\"", *text) != NULL ? sizeof "&quot;" - 1 : 1;
    }
    return size;
}

/* Folds one ladder a signature, while there is room. */
static void write_ladders(const struct row *rows, size_t count, FILE *to)
{
    for (size_t i = 0; i < count; i++) {
        const size_t size = folded_size(rows[i].finding->ladder);
        const long there = ftell(to);
        if (rows[i].finding->ladder[0] == '\0') {
            continue;
        }
        if (there < 0 || (size_t)there + size > LADDERS_END) {
            fprintf(to, "and %zu more runs\n", count - i);
            return;
        }
        write_ladder(rows[i].finding, to);
    }
}

void sp_github_summary(const struct sp_ci *ci, FILE *text)
{
    size_t count = 0;
    struct row *rows = list_findings(ci, &count);
    write_head(ci, text);
    write_rows(rows, count, text);
    write_notes(ci, text);
    write_ladders(rows, count, text);
    free(rows);
}
