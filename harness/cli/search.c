/*
 * What was covered, in the words that every verb that searches uses; and runs/, where the run that
 * a search found is kept as a script.
 *
 * The invariant: a file in runs/ that is there already is never changed.
 */
#include "cli/search.h"
#include "cli/files.h"
#include "oracle/oracle.h"
#include "report/buffer.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Runs of one name that runs/ may hold. */
#define FILES_MAX 1000

void sp_search_covered(const struct sp_explore_result *r)
{
    char states[SP_GROUPED_TEXT];
    char transitions[SP_GROUPED_TEXT];
    printf("%s: %s states, %s transitions, depth %" PRIu32 ", %.1f s, %.0f MB\n",
           sp_explore_end_name(r->end), sp_grouped(r->states, states, sizeof states),
           sp_grouped(r->transitions, transitions, sizeof transitions), r->depth, r->seconds,
           (double)r->memory / 1e6);
}

void sp_search_end_word(const struct sp_explore_result *result, char *text, size_t capacity)
{
    snprintf(text, capacity, "%s", sp_explore_end_name(result->end));
    for (char *c = text; *c != '\0'; c++) {
        *c = *c == ' ' ? '-' : *c;
    }
}

void sp_search_properties(uint64_t set, const char *comma, char *text, size_t capacity)
{
    struct sp_buffer buffer;
    struct sp_writer writer = sp_buffer_open(&buffer, text, capacity);
    for (unsigned i = 0; i < SP_PROPERTY_COUNT; i++) {
        if ((set >> i & 1) != 0) {
            sp_write(&writer, "%s%s", buffer.size == 0 ? "" : comma,
                     sp_property_info((enum sp_property)i)->id);
        }
    }
}

char *sp_script_text(const struct sp_script *script, const char *comment)
{
    size_t body = sp_script_print(script, NULL, 0);
    char *plain = malloc(body + 1);
    char *text = malloc(body + strlen(comment) + 1);
    if (plain == NULL || text == NULL) {
        free(plain);
        free(text);
        return NULL;
    }
    sp_script_print(script, plain, body + 1);
    size_t first = strcspn(plain, "\n");
    first += plain[first] == '\n';
    snprintf(text, body + strlen(comment) + 1, "%.*s%s%s", (int)first, plain, comment,
             plain + first);
    free(plain);
    return text;
}

void sp_run_save(const struct sp_script *script, const char *stem, const char *comment, char *file)
{
    file[0] = '\0';
    if (mkdir("runs", 0777) != 0 && errno != EEXIST) {
        sp_say("runs: %s; the run is not kept", strerror(errno));
        return;
    }
    char *text = sp_script_text(script, comment);
    enum sp_written written = text == NULL ? SP_WRITTEN_FAILED : SP_WRITTEN_EXISTS;
    for (unsigned n = 1; written == SP_WRITTEN_EXISTS && n <= FILES_MAX; n++) {
        snprintf(file, SP_RUN_FILE_MAX, "runs/%s-%u.sps", stem, n);
        written = sp_file_create(file, (const uint8_t *)text, strlen(text));
    }
    free(text);
    if (written != SP_WRITTEN) {
        sp_say("%s: the run is not kept", stem);
        file[0] = '\0';
    }
}

/* " --policy rfc793 --set flight=2": the settings given, for a shell. */
static void write_settings(const struct sp_args *args, char *text, size_t capacity)
{
    static const char *const names[] = {"--policy", "--fault", "--set"};
    char word[SP_SEARCH_NAME_MAX];
    struct sp_buffer buffer;
    struct sp_writer writer = sp_buffer_open(&buffer, text, capacity);
    for (size_t i = 0; args != NULL && i < args->flags; i++) {
        for (size_t j = 0; j < sizeof names / sizeof names[0]; j++) {
            if (strcmp(args->given[i].flag->name, names[j]) == 0) {
                sp_write(&writer, " %s %s", names[j],
                         sp_shell_word(args->given[i].value, word, sizeof word));
            }
        }
    }
}

void sp_run_commands(const char *file, unsigned commands, const struct sp_args *args)
{
    const char *program = sp_program();
    char word[8192];
    char settings[4096];
    const size_t size = strlen(file);
    const size_t tail = strlen(".sps");
    const bool text = size > tail && strcmp(file + size - tail, ".sps") == 0;
    if (size == 0) {
        return;
    }
    sp_shell_word(file, word, sizeof word);
    write_settings(args, settings, sizeof settings);
    if ((commands & SP_COMMAND_REPLAY) != 0) {
        printf("  %-11s%s replay %s%s\n", "replay", program, word, settings);
    }
    if ((commands & SP_COMMAND_MIN) != 0) {
        printf("  %-11s%s min %s%s\n", "shrink", program, word, settings);
    }
    printf("  %-11s%s show %s --as ladder --rules%s\n", "show", program, word, settings);
    if ((commands & SP_COMMAND_KEEP) != 0 && settings[0] == '\0') {
        printf("  %-11s%s keep %s\n", "keep", program, word);
    }
    if (text) {
        char bytes[4096];
        snprintf(bytes, sizeof bytes, "%.*s.bin", (int)(size - tail), file);
        printf("  %-11s%s show %s --as bytes", "bytes", program, word);
        printf(" --out %s%s\n", sp_shell_word(bytes, word, sizeof word), settings);
    }
    printf("\n");
}
