/*
 * Reading words and numbers out of text that is not 0-terminated, and saying what is wrong with it.
 *
 * Shared by the bounds file and the script text. Nothing here reads beyond its span, whatever the
 * octets are.
 */
#ifndef SP_SETUP_WORDS_H
#define SP_SETUP_WORDS_H

#include "setup/bounds.h"

/* `size` octets from `at`. */
struct sp_span {
    const char *at;
    size_t size;
};

/* Cuts the first line off *rest, without its line end ("\n" or "\r\n"). False: nothing is left. */
bool sp_span_line(struct sp_span *rest, struct sp_span *line);

/* Cuts off everything from `#` on. */
struct sp_span sp_span_uncomment(struct sp_span span);

/* Cuts blanks (space and tab) off both ends. */
struct sp_span sp_span_trim(struct sp_span span);

/* Cuts off and returns what comes before the first `separator`, which goes too; all of *rest, and
 * false, when there is none. */
bool sp_span_cut(struct sp_span *rest, char separator, struct sp_span *head);

/* Cuts the first word (no blanks in it) off *rest. Size 0: there is none. */
struct sp_span sp_span_word(struct sp_span *rest);

bool sp_span_is(struct sp_span span, const char *word);
bool sp_span_begins(struct sp_span span, const char *prefix);

/* A whole decimal number =< max, digits only. */
bool sp_span_number(struct sp_span span, uint64_t max, uint64_t *value);

/* The candidate that a mistyped word most resembles: fewest letters to insert, delete, replace or
 * exchange with a neighbour. The first of equals wins. */
struct sp_nearest {
    struct sp_span word;
    const char *best; /* NULL while no candidate comes close enough to be meant */
    unsigned distance;
};
struct sp_nearest sp_nearest_to(struct sp_span word);
void sp_nearest_try(struct sp_nearest *nearest, const char *candidate);

/* Formats the complaint. Octets that could act on a terminal become "?". Returns false, so that a
 * caller can complain and refuse in one statement. */
bool sp_complain(struct sp_complaint *complaint, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* "%.*s" arguments of a span, cut where a message would overflow. */
#define SP_SPAN(span) (int)((span).size < 60 ? (span).size : 60), (span).at

#endif
