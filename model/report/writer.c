/*
 * Formatted writing through the caller's writer, and the writer into memory.
 *
 * It does not allocate and opens nothing. The invariant: a text that is longer than the room for it
 * is cut at its end, and stays 0-terminated.
 */
#include "report/buffer.h"

#include <stdio.h>
#include <string.h>

/* Longest text of one sp_write, with its 0. */
#define CALL_MAX 1024

void sp_write(const struct sp_writer *writer, const char *format, ...)
{
    char text[CALL_MAX];
    va_list arguments;
    va_start(arguments, format);
    int wanted = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    if (wanted <= 0) {
        return;
    }
    size_t size = (size_t)wanted < sizeof text ? (size_t)wanted : sizeof text - 1;
    writer->write(writer->to, text, size);
}

static void write_octet(const struct sp_writer *to, char octet)
{
    switch (octet) {
    case '&':
        sp_write(to, "&amp;");
        break;
    case '<':
        sp_write(to, "&lt;");
        break;
    case '>':
        sp_write(to, "&gt;");
        break;
    case '"':
        sp_write(to, "&quot;");
        break;
    default:
        sp_write(to, "%c", octet >= ' ' && octet <= '~' ? octet : '?');
        break;
    }
}

void sp_write_markup_of(const struct sp_writer *writer, const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        write_octet(writer, text[i]);
    }
}

void sp_write_markup(const struct sp_writer *writer, const char *text)
{
    sp_write_markup_of(writer, text, strlen(text));
}

static void append(void *to, const char *text, size_t size)
{
    struct sp_buffer *buffer = to;
    size_t room = buffer->capacity - buffer->size - 1;
    size_t taken = size < room ? size : room;
    memcpy(buffer->text + buffer->size, text, taken);
    buffer->size += taken;
    buffer->text[buffer->size] = '\0';
}

struct sp_writer sp_buffer_open(struct sp_buffer *buffer, char *text, size_t capacity)
{
    buffer->text = text;
    buffer->capacity = capacity;
    buffer->size = 0;
    text[0] = '\0';
    return (struct sp_writer){.write = append, .to = buffer};
}
