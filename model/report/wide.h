/*
 * Text on a terminal: how many columns it takes, and where its lines break.
 *
 * UTF-8. Chinese, Japanese and Korean characters and full-width forms take two columns (Unicode
 * TR 11, W and F); a line may break between any two of them, but for punctuation that closes or
 * opens. What is no UTF-8 takes a column an octet. Combining marks are not known.
 */
#ifndef SP_REPORT_WIDE_H
#define SP_REPORT_WIDE_H

#include "report/writer.h"

/* Columns of `size` octets. */
size_t sp_wide_columns(const char *text, size_t size);

/* Writes the text wrapped at 100 columns: every line begins with `indent` spaces, but for the
 * first, which continues what is `column` columns wide already. Blanks and line ends separate
 * words; between two wide characters they are left out. Ends the line. */
void sp_wide_wrap(const struct sp_writer *writer, size_t column, size_t indent, const char *text);

#endif
