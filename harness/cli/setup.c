/*
 * Finding and reading bounds files, and applying the settings of a command line on top.
 *
 * Named bounds stand in proofs/bounds below the data directory: the environment's SYNPROOF_DATA, or
 * where the source was when this was built. The invariant: what a complaint quotes is where the
 * reader can change it, a line of a file or a flag.
 */
#include "cli/setup.h"
#include "cli/files.h"
#include "report/buffer.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#ifndef SYNPROOF_DATA_DIR
#error "SYNPROOF_DATA_DIR is given by the build"
#endif

#define SUFFIX   ".bounds"
#define PATH_MAX 4096

const char *sp_data_directory(void)
{
    const char *chosen = getenv("SYNPROOF_DATA");
    return chosen != NULL && chosen[0] != '\0' ? chosen : SYNPROOF_DATA_DIR;
}

static bool ends_with(const char *text, const char *tail)
{
    size_t size = strlen(text);
    return size > strlen(tail) && strcmp(text + size - strlen(tail), tail) == 0;
}

static int is_bounds(const struct dirent *entry)
{
    return entry->d_name[0] != '.' && ends_with(entry->d_name, SUFFIX);
}

char **sp_bounds_names(void)
{
    char directory[PATH_MAX];
    snprintf(directory, sizeof directory, "%s/proofs/bounds", sp_data_directory());
    struct dirent **entries = NULL;
    int count = scandir(directory, &entries, is_bounds, alphasort);
    if (count < 0) {
        return NULL;
    }
    char **names = calloc((size_t)count + 1, sizeof *names);
    for (int i = 0; i < count; i++) {
        if (names != NULL) {
            names[i] = strdup(entries[i]->d_name);
            if (names[i] != NULL) {
                names[i][strlen(names[i]) - strlen(SUFFIX)] = '\0';
            }
        }
        free(entries[i]);
    }
    free(entries);
    return names;
}

void sp_bounds_names_free(char **names)
{
    for (size_t i = 0; names != NULL && names[i] != NULL; i++) {
        free(names[i]);
    }
    free(names);
}

static void complain_unknown(const char *bounds)
{
    char **names = sp_bounds_names();
    if (names == NULL || names[0] == NULL) {
        sp_say("%s: no bounds of that name, and no bounds files in %s/proofs/bounds; set "
               "SYNPROOF_DATA or give a path",
               bounds, sp_data_directory());
        sp_bounds_names_free(names);
        return;
    }
    const char *nearest = sp_nearest_of(bounds, (const char *const *)names);
    char list[1024];
    struct sp_buffer buffer;
    struct sp_writer writer = sp_buffer_open(&buffer, list, sizeof list);
    for (size_t i = 0; names[i] != NULL; i++) {
        sp_write(&writer, "%s%s", i == 0 ? "" : ", ", names[i]);
    }
    sp_say("%s: no bounds of that name%s%s; there are: %s (or give a path)", bounds,
           nearest == NULL ? "" : ", the nearest is ", nearest == NULL ? "" : nearest, list);
    sp_bounds_names_free(names);
}

static bool find_path(const char *bounds, char *path, size_t capacity)
{
    if (strchr(bounds, '/') != NULL || ends_with(bounds, SUFFIX)) {
        snprintf(path, capacity, "%s", bounds);
        return true;
    }
    snprintf(path, capacity, "%s/proofs/bounds/%s" SUFFIX, sp_data_directory(), bounds);
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        complain_unknown(bounds);
        return false;
    }
    fclose(file);
    return true;
}

bool sp_setup_load(const char *bounds, struct sp_setup *setup)
{
    sp_setup_init(setup);
    char path[PATH_MAX];
    struct sp_bytes bytes;
    if (!find_path(bounds, path, sizeof path) || !sp_file_read(path, &bytes)) {
        return false;
    }
    struct sp_complaint complaint;
    bool good = sp_setup_parse(setup, (const char *)bytes.at, bytes.size, &complaint);
    if (!good && complaint.line > 0) {
        sp_say("%s:%u: %s", path, complaint.line, complaint.text);
    } else if (!good) {
        sp_say("%s: %s", path, complaint.text);
    }
    free(bytes.at);
    return good;
}

static bool is_setting(const struct sp_flag *flag)
{
    return strcmp(flag->name, "--set") == 0;
}

bool sp_setup_override(const struct sp_args *args, struct sp_setup *setup)
{
    struct sp_complaint complaint;
    for (size_t i = 0; i < args->flags; i++) {
        const struct sp_flag *flag = args->given[i].flag;
        const char *value = args->given[i].value;
        char text[PATH_MAX];
        if (strcmp(flag->name, "--policy") == 0) {
            snprintf(text, sizeof text, "policy = %s", value);
        } else if (strcmp(flag->name, "--fault") == 0) {
            snprintf(text, sizeof text, "fault = %s", value);
        } else if (is_setting(flag)) {
            snprintf(text, sizeof text, "%s", value);
        } else {
            continue;
        }
        if (!sp_setup_apply(setup, text, strlen(text), &complaint)) {
            sp_say("%s %s: %s", flag->name, value, complaint.text);
            return false;
        }
    }
    if (!sp_setup_check(setup, &complaint)) {
        sp_say("%s", complaint.text);
        return false;
    }
    return true;
}

/* "policy = linux", "fault=none": what the name of a policy tells already. */
static bool is_of_policy(const char *setting)
{
    return strncmp(setting, "policy", strlen("policy")) == 0 ||
           strncmp(setting, "fault", strlen("fault")) == 0;
}

/* A setting as one word of the record: "B.open=active+passive". */
static void write_packed(const struct sp_writer *writer, const char *text)
{
    char last = '=';
    bool gap = false;
    for (; *text != '\0'; text++) {
        if (*text == ' ' || *text == '\t') {
            gap = true;
            continue;
        }
        sp_write(writer, "%s%c", gap && last != '=' && *text != '=' ? "+" : "", *text);
        last = *text;
        gap = false;
    }
}

void sp_setup_name(const struct sp_args *args, const char *bounds, char *text, size_t capacity)
{
    struct sp_buffer buffer;
    struct sp_writer writer = sp_buffer_open(&buffer, text, capacity);
    sp_write(&writer, "%s", bounds);
    for (size_t i = 0; i < args->flags; i++) {
        if (is_setting(args->given[i].flag) && !is_of_policy(args->given[i].value)) {
            sp_write(&writer, ",");
            write_packed(&writer, args->given[i].value);
        }
    }
}

void sp_policy_name(const struct sp_setup *setup, char *text, size_t capacity)
{
    struct sp_buffer buffer;
    struct sp_writer writer = sp_buffer_open(&buffer, text, capacity);
    char line[SP_SETTING_MAX];
    for (size_t i = 0; sp_setup_print(setup, i, line, sizeof line); i++) {
        const char *value = strstr(line, " = ");
        if (value == NULL || !is_of_policy(line)) {
            return;
        }
        if (strncmp(line, "fault", strlen("fault")) == 0) {
            bool correct = setup->policy.fault == SP_FAULT_NONE;
            sp_write(&writer, "%s%s", correct ? "" : ",fault=", correct ? "" : value + 3);
        } else if (line[strlen("policy")] == '.') {
            const char *field = line + strlen("policy.");
            sp_write(&writer, ",%.*s=%s", (int)(value - field), field, value + 3);
        } else {
            sp_write(&writer, "%s", value + 3);
        }
    }
}
