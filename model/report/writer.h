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

#endif
