/*
 * A writer into a fixed piece of memory, for texts that are measured before they are placed.
 *
 * What does not fit is dropped: a text in a report is cut, never the report. The text is
 * 0-terminated at all times.
 */
#ifndef SP_REPORT_BUFFER_H
#define SP_REPORT_BUFFER_H

#include "report/writer.h"

struct sp_buffer {
    char *text;      /* the caller's */
    size_t capacity; /* octets of it, at least 1 */
    size_t size;     /* of the text so far, without the 0 */
};

/* Makes `buffer` an empty text in [text, text + capacity) and returns the writer that appends. */
struct sp_writer sp_buffer_open(struct sp_buffer *buffer, char *text, size_t capacity);

#endif
