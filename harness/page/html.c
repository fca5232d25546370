/*
 * Writes the explorer page: the template with its marks, @NAME@, replaced by the parts.
 *
 * What comes from a file stands in one JSON string, in which "<" is escaped: the page's program is
 * the only one that reads it, and puts it on the page as text. The invariant: nothing of the input
 * is markup, whatever it holds.
 */
#include "page/html.h"
#include "page/assets.h"
#include "page/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifndef SP_PAGE_MISSING
#error                                                                                             \
    "SP_PAGE_MISSING is given by the build: the package without which there is no model, or empty"
#endif

const char *sp_page_missing(void)
{
    return SP_PAGE_MISSING[0] == '\0' ? NULL : SP_PAGE_MISSING;
}

static void put(const struct sp_writer *writer, const char *text, size_t size)
{
    writer->write(writer->to, text, size);
}

/* RFC 4648 4. */
static void put_base64(const struct sp_writer *writer, const uint8_t *bytes, size_t size)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < size; i += 3) {
        size_t left = size - i;
        unsigned three = (unsigned)bytes[i] << 16;
        three |= left > 1 ? (unsigned)bytes[i + 1] << 8 : 0;
        three |= left > 2 ? (unsigned)bytes[i + 2] : 0;
        char four[4] = {digits[three >> 18], digits[three >> 12 & 63], digits[three >> 6 & 63],
                        digits[three & 63]};
        four[2] = left > 1 ? four[2] : '=';
        four[3] = left > 2 ? four[3] : '=';
        put(writer, four, sizeof four);
    }
}

struct base64 {
    char *text;
    size_t size;
};

static void append(void *to, const char *piece, size_t size)
{
    struct base64 *base64 = to;
    memcpy(base64->text + base64->size, piece, size);
    base64->size += size;
}

/* The script in the form that the page reads: text, or octets in base64. free() it. */
static char *script_text(const struct sp_page *page, bool bytes)
{
    size_t size =
        bytes ? sp_script_encode(page->script, NULL, 0) : sp_script_print(page->script, NULL, 0);
    uint8_t *plain = malloc(size + 1);
    char *text = malloc(size / 3 * 4 + 8);
    if (plain == NULL || text == NULL || !bytes) {
        free(text);
        if (plain != NULL) {
            sp_script_print(page->script, (char *)plain, size + 1);
        }
        return (char *)plain;
    }
    struct base64 base64 = {text, 0};
    struct sp_writer writer = {.write = append, .to = &base64};
    sp_script_encode(page->script, plain, size);
    put_base64(&writer, plain, size);
    text[base64.size] = '\0';
    free(plain);
    return text;
}

static void write_run(struct sp_json *json, const struct sp_page *page, const char *script,
                      bool bytes)
{
    sp_json_open(json, '{');
    sp_json_pair(json, "title", page->title);
    sp_json_pair(json, "form", page->form);
    sp_json_pair(json, "policy", page->policy);
    sp_json_pair(json, "words", page->words);
    sp_json_pair(json, "remarks", page->remarks);
    if (page->source != NULL) {
        sp_json_name(json, "source");
        sp_json_text(json, page->source, page->source_size);
    }
    sp_json_pair(json, bytes ? "bytes" : "script", script);
    sp_json_close(json, '}');
}

/* False: out of memory. Every octet takes at most six in JSON. */
static bool put_run(const struct sp_writer *writer, const struct sp_page *page)
{
    bool bytes = strcmp(page->form, "bytes") == 0;
    char *script = script_text(page, bytes);
    size_t octets = script == NULL ? 0 : strlen(script);
    octets += strlen(page->title) + strlen(page->policy) + strlen(page->words);
    octets += strlen(page->remarks) + (page->source == NULL ? 0 : page->source_size);
    size_t capacity = 6 * octets + 1024;
    struct sp_json json = {.text = malloc(capacity), .capacity = (uint32_t)capacity};
    bool good = script != NULL && json.text != NULL;
    if (good) {
        write_run(&json, page, script, bytes);
        put(writer, json.text, json.size);
    }
    free(json.text);
    free(script);
    return good;
}

/* Replaces one mark. False: out of memory. */
static bool put_part(const struct sp_writer *writer, const struct sp_page *page, const char *name)
{
    if (strcmp(name, "STYLE") == 0) {
        put(writer, sp_asset_style, (size_t)(sp_asset_style_end - sp_asset_style));
    } else if (strcmp(name, "PROGRAM") == 0) {
        put(writer, sp_asset_program, (size_t)(sp_asset_program_end - sp_asset_program));
    } else if (strcmp(name, "MODEL") == 0) {
        put_base64(writer, (const uint8_t *)sp_asset_model,
                   (size_t)(sp_asset_model_end - sp_asset_model));
    } else {
        return put_run(writer, page);
    }
    return true;
}

bool sp_page_write(const struct sp_page *page, const struct sp_writer *writer)
{
    static const char *const names[] = {"STYLE", "RUN", "MODEL", "PROGRAM"};
    const char *rest = sp_asset_template;
    bool good = true;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char mark[16];
        snprintf(mark, sizeof mark, "@%s@", names[i]);
        const char *at = strstr(rest, mark);
        if (at == NULL) {
            continue;
        }
        put(writer, rest, (size_t)(at - rest));
        good &= put_part(writer, page, names[i]);
        rest = at + strlen(mark);
    }
    put(writer, rest, strlen(rest));
    return good;
}
