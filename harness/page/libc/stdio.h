/* What the model uses of <stdio.h>: formatting into memory. No file is ever opened. */
#ifndef SP_PAGE_STDIO_H
#define SP_PAGE_STDIO_H

#include <stdarg.h>
#include <stddef.h>

/* Conversions d i u x c s and %; flags - 0 and #; width and precision, with * too; lengths l ll z
 * t. Any other conversion is written as it stands. */
int snprintf(char *restrict text, size_t capacity, const char *restrict format, ...)
    __attribute__((format(printf, 3, 4)));
int vsnprintf(char *restrict text, size_t capacity, const char *restrict format, va_list arguments)
    __attribute__((format(printf, 3, 0)));

#endif
