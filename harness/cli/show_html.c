/*
 * An input as an explorer page: its script, its text as it was written, its bounds in plain words.
 *
 * The page runs the script by itself (harness/page); nothing is judged here. The invariant: what
 * the page runs is the script that replay would run, with --policy, --set and --fault applied.
 */
#include "cli/show_html.h"
#include "cli/files.h"
#include "cli/setup.h"
#include "page/html.h"
#include "page/page.h"
#include "report/buffer.h"

#include <stdlib.h>
#include <string.h>

#define WORDS_MAX   8192
#define POLICY_MAX  1024
#define REMARKS_MAX 8192

struct texts {
    char words[WORDS_MAX];
    char policy[POLICY_MAX];
    char remarks[REMARKS_MAX];
};

bool sp_html_ready(void)
{
    const char *package = sp_page_missing();
    if (package != NULL) {
        sp_say("--as html: this synproof was built without the page's model; install %s and build "
               "again",
               package);
    }
    return package == NULL;
}

bool sp_html_fits(const struct sp_input *input)
{
    if (!sp_html_ready()) {
        return false;
    }
    size_t events = input->script.count;
    bool fits =
        events <= SP_PAGE_EVENTS_MAX && sp_script_print(&input->script, NULL, 0) < SP_PAGE_BUFFER;
    if (!fits) {
        sp_say("%s: %zu events; a page takes at most %u, and %u octets of script", input->path,
               events, SP_PAGE_EVENTS_MAX, SP_PAGE_BUFFER);
    }
    return fits;
}

static void write_remarks(const struct sp_input *input, const struct sp_writer *writer)
{
    if (input->form != SP_FORM_CAPTURE) {
        return;
    }
    for (size_t i = 0; i < input->capture.remarks; i++) {
        const struct sp_capture_remark *remark = &input->capture.remark[i];
        if (remark->packet != 0) {
            sp_write(writer, "packet %u: ", (unsigned)remark->packet);
        }
        sp_write(writer, "%s\n", remark->text);
    }
    if (input->capture.remarks_more > 0) {
        sp_write(writer, "%zu more remarks\n", input->capture.remarks_more);
    }
}

static void describe(const struct sp_setup *setup, struct texts *texts)
{
    struct sp_buffer buffer;
    struct sp_writer writer = sp_buffer_open(&buffer, texts->words, sizeof texts->words);
    sp_setup_words(setup, &writer);
    sp_policy_name(setup, texts->policy, sizeof texts->policy);
    texts->remarks[0] = '\0';
}

/* The file and the directory that it is in: what else is above tells of one machine alone. */
static const char *short_name(const char *path)
{
    const char *name = path;
    const char *directory = path;
    for (; *path != '\0'; path++) {
        if (*path == '/') {
            directory = name;
            name = path + 1;
        }
    }
    return directory;
}

bool sp_html_input(const struct sp_input *input, const struct sp_writer *writer)
{
    struct texts *texts = malloc(sizeof *texts);
    struct sp_bytes source = {NULL, 0};
    if (texts == NULL || (input->form == SP_FORM_TEXT && !sp_file_read(input->path, &source))) {
        free(texts);
        return false;
    }
    describe(&input->script.setup, texts);
    struct sp_buffer buffer;
    struct sp_writer to_remarks = sp_buffer_open(&buffer, texts->remarks, sizeof texts->remarks);
    write_remarks(input, &to_remarks);
    struct sp_page page = {
        .title = short_name(input->path),
        .form = sp_form_name(input->form),
        .policy = texts->policy,
        .words = texts->words,
        .source = (const char *)source.at,
        .source_size = source.size,
        .remarks = texts->remarks,
        .script = &input->script,
    };
    bool good = sp_page_write(&page, writer);
    free(source.at);
    free(texts);
    return good;
}

bool sp_html_bounds(const struct sp_setup *setup, const char *name, const struct sp_writer *writer)
{
    struct texts *texts = malloc(sizeof *texts);
    if (texts == NULL) {
        return false;
    }
    describe(setup, texts);
    struct sp_script script = {.setup = *setup};
    struct sp_page page = {
        .title = name,
        .form = "bounds",
        .policy = texts->policy,
        .words = texts->words,
        .remarks = texts->remarks,
        .script = &script,
    };
    bool good = sp_page_write(&page, writer);
    free(texts);
    return good;
}
