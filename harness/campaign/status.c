/*
 * Reading a campaign's folder: the board, AFL++'s fuzzer_stats and plot_data, libFuzzer's logs.
 *
 * What the engines write is read by the names they give it, not by place, because versions differ.
 * The invariant: a file that is absent or half written gives zeros, never an error: the campaign
 * goes on.
 */
#include "campaign/status.h"
#include "campaign/machine.h"
#include "fuzz/board.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Of the end of a log or table so much is read: many lines. */
#define TAIL_MAX 16384

/* Room for the head of a table besides. */
#define PLOT_MAX (TAIL_MAX + 1024)

struct sp_names sp_names_of(const char *directory, bool (*wanted)(const char *name))
{
    struct sp_names names = {NULL, 0};
    struct dirent **entries = NULL;
    int count = scandir(directory, &entries, NULL, alphasort);
    if (count > 0) {
        names.at = calloc((size_t)count, sizeof *names.at);
    }
    for (int i = 0; i < count; i++) {
        const char *name = entries[i]->d_name;
        if (names.at != NULL && name[0] != '.' && wanted(name)) {
            names.at[names.count] = strdup(name);
            names.count += names.at[names.count] != NULL;
        }
        free(entries[i]);
    }
    free(entries);
    return names;
}

void sp_names_free(struct sp_names *names)
{
    for (size_t i = 0; i < names->count; i++) {
        free(names->at[i]);
    }
    free(names->at);
    *names = (struct sp_names){NULL, 0};
}

static bool starts_with(const char *text, const char *head)
{
    return strncmp(text, head, strlen(head)) == 0;
}

bool sp_is_finding(const char *name)
{
    size_t size = strlen(name);
    return size > 4 && strcmp(name + size - 4, ".bin") == 0;
}

static bool is_any(const char *name)
{
    (void)name;
    return true;
}

static bool is_crash(const char *name)
{
    return starts_with(name, "crash-") || starts_with(name, "leak-");
}

static bool is_timeout(const char *name)
{
    return starts_with(name, "timeout-");
}

static bool is_oom(const char *name)
{
    return starts_with(name, "oom-");
}

static bool is_saved(const char *name)
{
    return starts_with(name, "id:");
}

static bool is_crashes(const char *name)
{
    return starts_with(name, "crashes");
}

static bool is_hangs(const char *name)
{
    return starts_with(name, "hangs");
}

static uint64_t count_files(const char *directory, bool (*wanted)(const char *name))
{
    struct sp_names names = sp_names_of(directory, wanted);
    uint64_t count = names.count;
    sp_names_free(&names);
    return count;
}

/* The end of the file, which may begin within a line; "" when there is none. */
static void read_tail(const char *path, char text[TAIL_MAX])
{
    text[0] = '\0';
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return;
    }
    if (fseek(file, -(long)(TAIL_MAX - 1), SEEK_END) != 0) {
        rewind(file);
    }
    size_t size = fread(text, 1, TAIL_MAX - 1, file);
    for (size_t i = 0; i < size; i++) {
        text[i] = text[i] == '\0' ? ' ' : text[i];
    }
    text[size] = '\0';
    fclose(file);
}

static void read_head(const char *path, char *text, size_t capacity)
{
    text[0] = '\0';
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return;
    }
    if (fgets(text, (int)capacity, file) == NULL) {
        text[0] = '\0';
    }
    fclose(file);
}

uint64_t sp_afl_stat(const char *text, const char *name)
{
    size_t size = strlen(name);
    for (const char *line = text; line != NULL; line = strchr(line, '\n')) {
        line += *line == '\n';
        if (strncmp(line, name, size) == 0 && (line[size] == ' ' || line[size] == ':')) {
            const char *value = line + size;
            return strtoull(value + strspn(value, " :"), NULL, 10);
        }
    }
    return 0;
}

/* The place of a column in "# relative_time, cycles_done, ..."; -1: it is not there. */
static int find_column(const char *head, const char *name)
{
    head += strspn(head, "# ");
    for (int place = 0; *head != '\0' && *head != '\n'; place++) {
        size_t size = strcspn(head, ",\n");
        size_t word = strlen(name);
        if (size >= word && strncmp(head, name, word) == 0 && strspn(head + word, " ,\n") > 0) {
            return place;
        }
        head += size;
        head += strspn(head, ", ");
    }
    return -1;
}

/* The last line that its end follows; NULL: there is none but the first. */
static const char *last_row(const char *text)
{
    const char *row = NULL;
    const char *next = NULL;
    for (const char *at = strchr(text, '\n'); at != NULL; at = strchr(at + 1, '\n')) {
        row = next;
        next = at + 1;
    }
    return row;
}

uint64_t sp_afl_plot(const char *text, const char *name)
{
    int column = text[0] == '#' ? find_column(text, name) : -1;
    const char *row = last_row(text);
    if (column < 0 || row == NULL) {
        return 0;
    }
    for (; column > 0; column--) {
        row += strcspn(row, ",\n");
        if (*row != ',') {
            return 0;
        }
        row += strspn(row, ", ");
    }
    return strtoull(row, NULL, 10);
}

uint64_t sp_libfuzzer_edges(const char *text)
{
    uint64_t edges = 0;
    for (const char *at = strstr(text, " cov: "); at != NULL; at = strstr(at + 1, " cov: ")) {
        char *end;
        uint64_t number = strtoull(at + strlen(" cov: "), &end, 10);
        edges = *end == '\0' ? edges : number;
    }
    return edges;
}

static uint64_t larger(uint64_t a, uint64_t b)
{
    return a > b ? a : b;
}

/* The table's head, and after it the whole lines of its end. */
static void read_plot(const char *path, char text[PLOT_MAX])
{
    static char tail[TAIL_MAX];
    read_head(path, text, PLOT_MAX - TAIL_MAX);
    read_tail(path, tail);
    const char *rest = strchr(tail, '\n');
    size_t size = strcspn(text, "\n");
    snprintf(text + size, PLOT_MAX - size, "%s", rest == NULL ? "" : rest);
}

/* Files saved in directories of the instance whose name begins so. */
static uint64_t count_saved(const char *folder, bool (*wanted)(const char *name))
{
    struct sp_names directories = sp_names_of(folder, wanted);
    uint64_t count = 0;
    for (size_t i = 0; i < directories.count; i++) {
        char path[SP_PATH_MAX];
        sp_path(path, "%s/%s", folder, directories.at[i]);
        count += count_files(path, is_saved);
    }
    sp_names_free(&directories);
    return count;
}

/* Engines' files stand in OUT/afl/INSTANCE/. AFL++ puts crashes aside when it resumes, as
 * crashes.DATE. */
static void read_instance(const char *folder, struct sp_status *status)
{
    static char text[TAIL_MAX];
    static char plot[PLOT_MAX];
    char path[SP_PATH_MAX];
    sp_path(path, "%s/fuzzer_stats", folder);
    read_tail(path, text);
    status->edges = larger(status->edges, sp_afl_stat(text, "edges_found"));
    status->corpus = larger(status->corpus, sp_afl_stat(text, "corpus_count"));
    sp_path(path, "%s/plot_data", folder);
    read_plot(path, plot);
    status->edges = larger(status->edges, sp_afl_plot(plot, "edges_found"));
    sp_path(path, "%s/queue", folder);
    status->corpus = larger(status->corpus, count_files(path, is_saved));
    status->crashes += count_saved(folder, is_crashes);
    status->hangs += count_saved(folder, is_hangs);
}

static void read_afl(const char *out, struct sp_status *status)
{
    char path[SP_PATH_MAX];
    sp_path(path, "%s/afl", out);
    struct sp_names instances = sp_names_of(path, is_any);
    for (size_t i = 0; i < instances.count; i++) {
        sp_path(path, "%s/afl/%s", out, instances.at[i]);
        read_instance(path, status);
    }
    sp_names_free(&instances);
}

static void read_libfuzzer(const char *out, struct sp_status *status)
{
    static char text[TAIL_MAX];
    char path[SP_PATH_MAX];
    sp_path(path, "%s/logs", out);
    struct sp_names logs = sp_names_of(path, is_any);
    for (size_t i = 0; i < logs.count; i++) {
        sp_path(path, "%s/logs/%s", out, logs.at[i]);
        read_tail(path, text);
        status->edges = larger(status->edges, sp_libfuzzer_edges(text));
    }
    sp_names_free(&logs);
    sp_path(path, "%s/corpus", out);
    status->corpus = count_files(path, is_any);
    sp_path(path, "%s/crashes", out);
    status->crashes = count_files(path, is_crash);
    status->hangs = count_files(path, is_timeout);
    status->oom = count_files(path, is_oom);
}

static void read_board(const char *out, struct sp_status *status)
{
    char path[SP_PATH_MAX];
    sp_path(path, "%s/board", out);
    struct sp_board *board = sp_board_map(path, false);
    if (board == NULL) {
        return;
    }
    bool rules[SP_RULE_COUNT] = {false};
    status->execs = __atomic_load_n(&board->execs, __ATOMIC_RELAXED);
    status->newest = __atomic_load_n(&board->newest, __ATOMIC_RELAXED);
    for (uint32_t i = 0; i < SP_COMBINATIONS; i++) {
        bool seen = __atomic_load_n(&board->seen[i], __ATOMIC_RELAXED) != 0;
        status->combinations += seen;
        rules[i % SP_RULE_COUNT] |= seen;
    }
    for (unsigned i = 0; i < SP_RULE_COUNT; i++) {
        status->rules += rules[i];
    }
    sp_board_unmap(board);
}

void sp_status_read(enum sp_engine engine, const char *out, struct sp_status *status)
{
    *status = (struct sp_status){.execs = 0};
    char path[SP_PATH_MAX];
    sp_path(path, "%s/findings", out);
    status->findings = sp_names_of(path, sp_is_finding);
    read_board(out, status);
    if (engine == SP_ENGINE_AFL) {
        read_afl(out, status);
    } else {
        read_libfuzzer(out, status);
    }
}

void sp_status_free(struct sp_status *status)
{
    sp_names_free(&status->findings);
}
