/*
 * Lines packed into as few lines as hold them, for lists of changed fields on a page.
 *
 * It knows columns and nothing of TCP. The invariant: every octet of the lines is written, and no
 * line is wider than 100 columns unless a single word of it is.
 */
#include "report/trace.h"

#include <string.h>

#define COLUMNS 100

static void begin_line(size_t indent, size_t *column, const struct sp_writer *writer)
{
    sp_write(writer, "\n%*s", (int)indent, "");
    *column = indent;
}

/* Octets up to where a line may break: behind a blank or a comma. */
static size_t piece_of(const char *text, size_t size)
{
    size_t length = 0;
    while (length < size && text[length] != ' ' && text[length] != ',') {
        length++;
    }
    return length < size ? length + 1 : size;
}

/* What is longer than a line can be. */
static void write_pieces(const char *text, size_t size, size_t indent, size_t *column,
                         const struct sp_writer *writer)
{
    while (size > 0) {
        const size_t length = piece_of(text, size);
        if (*column + length > COLUMNS && *column > indent) {
            begin_line(indent, column, writer);
        }
        writer->write(writer->to, text, length);
        *column += length;
        text += length;
        size -= length;
    }
}

void sp_report_packed(const char *lines, size_t column, size_t indent,
                      const struct sp_writer *writer)
{
    for (bool first = true; *lines != '\0'; first = false) {
        const size_t size = strcspn(lines, "\n");
        const bool last = lines[size] == '\0' || lines[size + 1] == '\0';
        const size_t wide = size + (last ? 0 : strlen(";"));
        if (!first && column + 1 + wide <= COLUMNS) {
            sp_write(writer, " ");
            column++;
        } else if (!first) {
            begin_line(indent, &column, writer);
        }
        write_pieces(lines, size, indent, &column, writer);
        sp_write(writer, last ? "" : ";");
        column += last ? 0 : 1;
        lines += size + (lines[size] == '\n');
    }
    sp_write(writer, "\n");
}
