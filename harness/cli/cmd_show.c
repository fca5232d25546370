/*
 * synproof show: one file in another form. Nothing is judged.
 *
 * The invariant: what --out names is created, never replaced.
 */
#include "cli/cli.h"
#include "cli/files.h"
#include "cli/forms.h"
#include "cli/setup.h"
#include "cli/view.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

struct text {
    uint8_t *at;
    size_t size;
    size_t capacity;
    bool failed;
};

static void append(void *to, const char *piece, size_t size)
{
    struct text *text = to;
    if (text->failed || size == 0) {
        return;
    }
    if (text->size + size > text->capacity) {
        size_t capacity = 2 * (text->size + size) + 4096;
        uint8_t *larger = realloc(text->at, capacity);
        if (larger == NULL) {
            text->failed = true;
            return;
        }
        text->at = larger;
        text->capacity = capacity;
    }
    memcpy(text->at + text->size, piece, size);
    text->size += size;
}

static bool read_connection(const struct sp_args *args, uint32_t *connection)
{
    const char *word = sp_args_value(args, "--connection");
    *connection = 0;
    if (word == NULL) {
        return true;
    }
    char *end = NULL;
    errno = 0;
    unsigned long number = strtoul(word, &end, 10);
    if (word[0] < '0' || word[0] > '9' || *end != '\0' || errno != 0 || number < 1 ||
        number > UINT32_MAX) {
        sp_say("show: --connection %s: a number from 1 is valid", word);
        return false;
    }
    *connection = (uint32_t)number;
    return true;
}

/* False: out of memory. */
static bool make(const struct sp_show_form *form, struct sp_show *show, struct text *text)
{
    struct sp_trace trace = {.step = NULL};
    if (form->uses_trace && !sp_input_run(&show->input->script, &trace)) {
        return false;
    }
    show->trace = form->uses_trace ? &trace : NULL;
    struct sp_writer writer = {.write = append, .to = text};
    bool made = form->make(show, &writer);
    free(trace.step);
    return made && !text->failed;
}

static enum sp_exit show(const struct sp_args *args, const struct sp_show_form *form,
                         struct sp_input *input)
{
    uint32_t connection;
    struct sp_view_options view;
    if (!read_connection(args, &connection) || !sp_view_read(args, &view) ||
        !sp_input_read(args->operand[0], connection, input) ||
        !sp_setup_override(args, &input->script.setup)) {
        return SP_EXIT_USAGE;
    }
    if (form->ready != NULL && !form->ready(input)) {
        return SP_EXIT_USAGE;
    }
    sp_input_remarks(input);
    struct sp_show show = {.input = input, .ladder = view.ladder};
    show.ladder.rows = 0;
    struct text text = {NULL, 0, 0, false};
    enum sp_exit code = SP_EXIT_ERROR;
    if (make(form, &show, &text)) {
        code = sp_file_deliver(sp_args_value(args, "--out"), text.at, text.size);
    } else {
        sp_say("out of memory");
    }
    free(text.at);
    return code;
}

enum sp_exit sp_cmd_show(const struct sp_args *args)
{
    const char *as = sp_args_value(args, "--as");
    const struct sp_show_form *form = sp_show_form_find(as == NULL ? "ladder" : as);
    struct sp_input *input = calloc(1, sizeof *input);
    enum sp_exit code = SP_EXIT_USAGE;
    if (form != NULL && input != NULL) {
        code = show(args, form, input);
        sp_input_free(input);
    }
    free(input);
    /* The answer itself may be on standard output, for a file or a pipe: the record is not. */
    char value[1024];
    fflush(stdout);
    return sp_finish(stderr, code, "file=%s as=%s",
                     sp_record_value(args->operand[0], value, sizeof value),
                     form == NULL ? "none" : form->name);
}
