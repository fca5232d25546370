/*
 * JSON (RFC 8259) into a piece of memory.
 *
 * It does not check that what is opened is closed. The invariant: a value or a name is separated by
 * one comma from what stands before it on the same level.
 */
#include "page/json.h"

#include <stdio.h>
#include <string.h>

static void put(struct sp_json *json, const char *text, size_t size)
{
    if (json->full || size > json->capacity - json->size) {
        json->full = true;
        return;
    }
    memcpy(json->text + json->size, text, size);
    json->size += (uint32_t)size;
}

static void separate(struct sp_json *json)
{
    if (json->size > 0 && strchr("{[:", json->text[json->size - 1]) == NULL) {
        put(json, ",", 1);
    }
}

static void put_quoted(struct sp_json *json, const char *text, size_t size)
{
    put(json, "\"", 1);
    for (size_t i = 0; i < size; i++) {
        char escaped[8];
        if ((unsigned char)text[i] < 0x20 || text[i] == '<') {
            snprintf(escaped, sizeof escaped, "\\u00%02x", (unsigned)text[i]);
            put(json, escaped, strlen(escaped));
        } else if (text[i] == '"' || text[i] == '\\') {
            put(json, "\\", 1);
            put(json, &text[i], 1);
        } else {
            put(json, &text[i], 1);
        }
    }
    put(json, "\"", 1);
}

void sp_json_text(struct sp_json *json, const char *text, size_t size)
{
    separate(json);
    put_quoted(json, text, size);
}

void sp_json_string(struct sp_json *json, const char *text)
{
    sp_json_text(json, text, strlen(text));
}

void sp_json_number(struct sp_json *json, int64_t number)
{
    char text[32];
    snprintf(text, sizeof text, "%lld", (long long)number);
    separate(json);
    put(json, text, strlen(text));
}

void sp_json_bool(struct sp_json *json, bool value)
{
    separate(json);
    put(json, value ? "true" : "false", value ? 4 : 5);
}

void sp_json_open(struct sp_json *json, char bracket)
{
    separate(json);
    put(json, &bracket, 1);
}

void sp_json_close(struct sp_json *json, char bracket)
{
    put(json, &bracket, 1);
}

void sp_json_name(struct sp_json *json, const char *name)
{
    separate(json);
    put_quoted(json, name, strlen(name));
    put(json, ":", 1);
}

void sp_json_pair(struct sp_json *json, const char *name, const char *text)
{
    sp_json_name(json, name);
    sp_json_string(json, text);
}

void sp_json_count(struct sp_json *json, const char *name, int64_t number)
{
    sp_json_name(json, name);
    sp_json_number(json, number);
}

void sp_json_flag(struct sp_json *json, const char *name, bool value)
{
    sp_json_name(json, name);
    sp_json_bool(json, value);
}
