/*
 * Telling the forms of a script apart, and reading each.
 *
 * A capture is known by its first octets, text by its name or its first words; all else is the byte
 * form, which is total, so that whatever a fuzzer leaves behind can be replayed.
 */
#include "cli/input.h"
#include "cli/files.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static const char text_begin[] = "synproof script";

static bool is_text(const char *path, const struct sp_bytes *bytes)
{
    size_t size = strlen(path);
    if (size > 4 && strcmp(path + size - 4, ".sps") == 0) {
        return true;
    }
    size_t begin = sizeof text_begin - 1;
    return bytes->size >= begin && memcmp(bytes->at, text_begin, begin) == 0;
}

static bool make_room(struct sp_script *script, size_t capacity, const char *path)
{
    script->capacity = capacity;
    script->action = calloc(capacity, sizeof *script->action);
    if (script->action == NULL) {
        sp_say("%s: out of memory", path);
        return false;
    }
    return true;
}

static bool read_text(struct sp_input *input, const struct sp_bytes *bytes)
{
    size_t lines = 1;
    for (size_t i = 0; i < bytes->size; i++) {
        lines += bytes->at[i] == '\n';
    }
    struct sp_complaint complaint;
    if (!make_room(&input->script, lines, input->path)) {
        return false;
    }
    if (!sp_script_parse(&input->script, (const char *)bytes->at, bytes->size, &complaint)) {
        sp_say("%s:%u: %s", input->path, complaint.line == 0 ? 1 : complaint.line, complaint.text);
        return false;
    }
    return true;
}

static bool read_byte_form(struct sp_input *input, const struct sp_bytes *bytes)
{
    size_t most = bytes->size < SP_BYTES_ACTIONS_MAX ? bytes->size : SP_BYTES_ACTIONS_MAX;
    if (!make_room(&input->script, most + 1, input->path)) {
        return false;
    }
    sp_script_decode(&input->script, bytes->at, bytes->size);
    return true;
}

static bool read_capture(struct sp_input *input, const struct sp_bytes *bytes, uint32_t connection)
{
    struct sp_complaint complaint;
    if (!sp_capture_read_bytes(bytes->at, bytes->size, input->path, connection, &input->capture,
                               &complaint)) {
        sp_say("%s", complaint.text);
        return false;
    }
    input->script = input->capture.script;
    return true;
}

bool sp_input_read(const char *path, uint32_t connection, struct sp_input *input)
{
    *input = (struct sp_input){.path = path, .form = SP_FORM_BYTES};
    struct sp_bytes bytes;
    if (!sp_file_read(path, &bytes)) {
        return false;
    }
    bool good;
    if (sp_capture_magic(bytes.at, bytes.size)) {
        input->form = SP_FORM_CAPTURE;
        good = read_capture(input, &bytes, connection);
    } else if (is_text(path, &bytes)) {
        input->form = SP_FORM_TEXT;
        good = read_text(input, &bytes);
    } else {
        good = read_byte_form(input, &bytes);
    }
    free(bytes.at);
    return good;
}

void sp_input_free(struct sp_input *input)
{
    if (input->form == SP_FORM_CAPTURE) {
        sp_capture_free(&input->capture);
    } else {
        free(input->script.action);
    }
    input->script.action = NULL;
}

void sp_input_remarks(const struct sp_input *input)
{
    if (input->form != SP_FORM_CAPTURE) {
        return;
    }
    const struct sp_capture *capture = &input->capture;
    for (size_t i = 0; i < capture->remarks; i++) {
        const struct sp_capture_remark *remark = &capture->remark[i];
        if (remark->packet == 0) {
            sp_say("%s: %s", input->path, remark->text);
        } else {
            sp_say("%s: packet %" PRIu32 ": %s", input->path, remark->packet, remark->text);
        }
    }
    if (capture->remarks_more > 0) {
        sp_say("%s: %zu more remarks", input->path, capture->remarks_more);
    }
}

bool sp_input_run(const struct sp_script *script, struct sp_trace *trace)
{
    trace->step = calloc(script->count + 1, sizeof *trace->step);
    if (trace->step == NULL) {
        sp_say("out of memory for a trace of %zu events", script->count);
        return false;
    }
    sp_trace_run(script, 0, false, trace);
    return true;
}

const char *sp_form_name(enum sp_form form)
{
    switch (form) {
    case SP_FORM_TEXT:
        return "text";
    case SP_FORM_BYTES:
        return "bytes";
    case SP_FORM_CAPTURE:
        break;
    }
    return "capture";
}
