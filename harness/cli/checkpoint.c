/*
 * Where an unfinished check is kept, and how it is taken up again.
 *
 * A checkpoint says itself what it is about: bounds and policy by name, and every setting. So
 * --resume needs no other flag; where bounds, --policy or --set are given all the same, they must
 * be those. The invariant: a folder that holds a checkpoint is never written to by a search that
 * did not begin with --resume.
 */
#include "cli/check.h"
#include "cli/setup.h"
#include "oracle/oracle.h"
#include "report/buffer.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Unfinished searches of one name that runs/ may hold. */
#define FOLDERS_MAX 1000

/* Lines of an identity that come before the settings; the last only where not all is judged. */
#define WRITER "synproof "
#define BOUNDS "bounds "
#define POLICY "policy "
#define JUDGE  "judge "

/* What the search is about, a line each: who wrote it, names, settings. */
static void write_identity(struct sp_check *check)
{
    struct sp_buffer buffer;
    struct sp_writer out = sp_buffer_open(&buffer, check->identity, sizeof check->identity);
    char line[SP_SEARCH_LIST_MAX];
    sp_write(&out, WRITER SYNPROOF_VERSION "\n" BOUNDS "%s\n" POLICY "%s\n", check->bounds,
             check->policy);
    if (check->judged != SP_PROPERTIES) {
        sp_search_properties(check->judged, ",", line, sizeof line);
        sp_write(&out, JUDGE "%s\n", line);
    }
    for (size_t i = 0; sp_setup_print(&check->setup, i, line, sizeof line); i++) {
        sp_write(&out, "%s\n", line);
    }
}

/* The first line in which two identities differ, at both. */
static void find_difference(const char **one, const char **other)
{
    while (**one != '\0' && **other != '\0') {
        size_t a = strcspn(*one, "\n");
        size_t b = strcspn(*other, "\n");
        if (a != b || strncmp(*one, *other, a) != 0) {
            return;
        }
        *one += a + ((*one)[a] == '\n');
        *other += b + ((*other)[b] == '\n');
    }
}

static bool complain_difference(const char *folder, const char *kept, const char *asked)
{
    find_difference(&kept, &asked);
    sp_say("--resume %s: it is a search with '%.*s', not '%.*s'", folder, (int)strcspn(kept, "\n"),
           kept, (int)strcspn(asked, "\n"), asked);
    return false;
}

/* Copies what stands behind a head in the line at *at, and goes to the next line. */
static bool take_line(const char **at, const char *head, char *text, size_t capacity)
{
    size_t size = strcspn(*at, "\n");
    size_t begins = strlen(head);
    if (size < begins || strncmp(*at, head, begins) != 0 || size - begins >= capacity) {
        return false;
    }
    snprintf(text, capacity, "%.*s", (int)(size - begins), *at + begins);
    *at += size + ((*at)[size] == '\n');
    return true;
}

/* Names and setup from an identity. */
static bool understand(struct sp_check *check, const char *folder, const char *identity)
{
    char writer[64];
    struct sp_complaint complaint;
    if (!take_line(&identity, WRITER, writer, sizeof writer) ||
        strcmp(writer, SYNPROOF_VERSION) != 0) {
        sp_say("--resume %s: another version of synproof wrote it", folder);
        return false;
    }
    bool good = take_line(&identity, BOUNDS, check->bounds, sizeof check->bounds) &&
                take_line(&identity, POLICY, check->policy, sizeof check->policy);
    char judged[SP_SEARCH_LIST_MAX];
    if (good && take_line(&identity, JUDGE, judged, sizeof judged)) {
        good = sp_check_judged(judged, &check->judged);
    }
    sp_setup_init(&check->setup);
    while (good && *identity != '\0') {
        size_t size = strcspn(identity, "\n");
        good = sp_setup_apply(&check->setup, identity, size, &complaint);
        identity += size + (identity[size] == '\n');
    }
    if (!good || !sp_setup_check(&check->setup, &complaint)) {
        sp_say("--resume %s: what it is about is not understood", folder);
        return false;
    }
    return true;
}

bool sp_check_resumes(const struct sp_args *args)
{
    return sp_args_value(args, "--resume") != NULL;
}

static bool names_setup(const struct sp_args *args)
{
    return args->operands > 0 || sp_args_value(args, "--policy") != NULL ||
           sp_args_value(args, "--fault") != NULL || sp_args_value(args, "--set") != NULL ||
           sp_args_value(args, "--judge") != NULL;
}

bool sp_check_resume(const struct sp_args *args, struct sp_check *check)
{
    char error[256];
    const char *folder = sp_args_value(args, "--resume");
    char *identity = sp_explore_identity(folder, error, sizeof error);
    if (identity == NULL) {
        sp_say("--resume %s: %s", folder, error);
        return false;
    }
    bool good =
        names_setup(args) ? sp_check_setup(args, check) : understand(check, folder, identity);
    if (good) {
        write_identity(check);
        good = strcmp(identity, check->identity) == 0 ||
               complain_difference(folder, identity, check->identity);
    }
    free(identity);
    snprintf(check->folder, sizeof check->folder, "%s", folder);
    check->checkpoint.resume = true;
    return good;
}

static bool is_there(const char *folder)
{
    char path[SP_SEARCH_NAME_MAX + 16];
    snprintf(path, sizeof path, "%s/search", folder);
    return access(path, F_OK) == 0 || access(folder, F_OK) == 0;
}

/* runs/NAME-N.checkpoint, with the first N that is free. NAME: what a file may be called. */
static bool choose_folder(struct sp_check *check)
{
    char name[64];
    const char *bounds = check->bounds;
    size_t size = 0;
    for (; *bounds != '\0' && size + 1 < sizeof name; bounds++) {
        bool plain = isalnum((unsigned char)*bounds) != 0;
        if (plain || (size > 0 && name[size - 1] != '-')) {
            name[size++] = plain ? *bounds : '-';
        }
    }
    name[size] = '\0';
    for (unsigned n = 1; n <= FOLDERS_MAX; n++) {
        snprintf(check->folder, sizeof check->folder, "runs/%s-%u.checkpoint", name, n);
        if (!is_there(check->folder)) {
            return true;
        }
    }
    sp_say("runs/%s-N.checkpoint: there are %d of them; --checkpoint FOLDER names another", name,
           FOLDERS_MAX);
    return false;
}

static bool find_folder(const struct sp_args *args, struct sp_check *check)
{
    const char *folder = sp_args_value(args, "--checkpoint");
    if (folder == NULL) {
        return choose_folder(check);
    }
    snprintf(check->folder, sizeof check->folder, "%s", folder);
    if (strlen(folder) >= sizeof check->folder || is_there(folder)) {
        sp_say("--checkpoint %s: it is there already; --resume goes on with one", folder);
        return false;
    }
    return true;
}

bool sp_check_checkpoint(const struct sp_args *args, struct sp_check *check)
{
    const char *folder = sp_args_value(args, "--checkpoint");
    if (!check->checkpoint.resume) {
        if (folder != NULL && strcmp(folder, "none") == 0) {
            return true;
        }
        if (!find_folder(args, check)) {
            return false;
        }
        write_identity(check);
    } else if (folder != NULL) {
        sp_say("--checkpoint %s: --resume keeps the search where it was", folder);
        return false;
    }
    check->checkpoint.folder = check->folder;
    check->checkpoint.identity = check->identity;
    check->limits.checkpoint = &check->checkpoint;
    return true;
}
