/*
 * synproof explore: bounds as a page, on which a person chooses what happens next.
 *
 * Nothing is searched; `check` and `find` do that. The invariant: what --out names is created,
 * never replaced.
 */
#include "cli/check.h"
#include "cli/cli.h"
#include "cli/files.h"
#include "cli/show_html.h"

#include <stdlib.h>
#include <string.h>

static enum sp_exit explore(const struct sp_args *args, struct sp_check *check)
{
    const char *as = sp_args_value(args, "--as");
    if (as != NULL && strcmp(as, "html") != 0) {
        sp_say("explore: --as %s: html is valid", as);
        return SP_EXIT_USAGE;
    }
    if (!sp_check_setup(args, check) || !sp_html_ready()) {
        return SP_EXIT_USAGE;
    }
    char *text = NULL;
    size_t size = 0;
    FILE *memory = open_memstream(&text, &size);
    if (memory == NULL) {
        sp_say("out of memory");
        return SP_EXIT_ERROR;
    }
    struct sp_writer writer = sp_file_writer(memory);
    bool good = sp_html_bounds(&check->setup, check->bounds, &writer);
    good &= fclose(memory) == 0;
    if (!good) {
        sp_say("out of memory");
    }
    enum sp_exit code = SP_EXIT_ERROR;
    if (good) {
        code = sp_file_deliver(sp_args_value(args, "--out"), (const uint8_t *)text, size);
    }
    free(text);
    return code;
}

enum sp_exit sp_cmd_explore(const struct sp_args *args)
{
    struct sp_check *check = calloc(1, sizeof *check);
    if (check == NULL) {
        sp_say("out of memory");
        return sp_finish(stderr, SP_EXIT_ERROR, "verb=explore");
    }
    char value[1024];
    enum sp_exit code = explore(args, check);
    fflush(stdout);
    code = sp_finish(stderr, code, "bounds=%s policy=%s as=html",
                     check->bounds[0] == '\0' ? "none"
                                              : sp_record_value(check->bounds, value, sizeof value),
                     check->policy[0] == '\0' ? "none" : check->policy);
    free(check);
    return code;
}
