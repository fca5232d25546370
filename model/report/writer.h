/* Where reports go: the caller's writer. Formatters hold no state and never open a file. */
#ifndef SP_REPORT_WRITER_H
#define SP_REPORT_WRITER_H

#include <stdarg.h>
#include <stddef.h>

struct sp_writer {
    void (*write)(void *to, const char *text, size_t size);
    void *to;
};

/* printf to a writer; a single call writes at most 1023 octets. */
void sp_write(const struct sp_writer *writer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Text as XML and HTML hold it, also between quotes. What is not printable ASCII becomes "?". The
 * second: of `size` octets. */
void sp_write_markup(const struct sp_writer *writer, const char *text);
void sp_write_markup_of(const struct sp_writer *writer, const char *text, size_t size);

#endif
