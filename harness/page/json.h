/*
 * JSON into a piece of memory. Commas come by themselves: one is written before a value or name
 * unless what stands before it opens something.
 *
 * What does not fit is dropped, and `full` says so.
 */
#ifndef SP_PAGE_JSON_H
#define SP_PAGE_JSON_H

#include "report/writer.h"

#include <stdbool.h>
#include <stdint.h>

struct sp_json {
    char *text;
    uint32_t capacity;
    uint32_t size;
    bool full;
};

/* Octets below 0x20, quotation marks and backslashes are escaped, and "<" too, so that a text in an
 * HTML script element cannot end it; all else is left as it is. */
void sp_json_string(struct sp_json *json, const char *text);
void sp_json_text(struct sp_json *json, const char *text, size_t size);
void sp_json_number(struct sp_json *json, int64_t number);
void sp_json_bool(struct sp_json *json, bool value);

/* bracket: one of { [ } ]. */
void sp_json_open(struct sp_json *json, char bracket);
void sp_json_close(struct sp_json *json, char bracket);

/* The name of the member whose value comes next; and both at once. */
void sp_json_name(struct sp_json *json, const char *name);
void sp_json_pair(struct sp_json *json, const char *name, const char *text);
void sp_json_count(struct sp_json *json, const char *name, int64_t number);
void sp_json_flag(struct sp_json *json, const char *name, bool value);

#endif
