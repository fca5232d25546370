/*
 * Texts of reports: what every format may hold, and how three of them write it.
 */
#ifndef SP_CI_TEXT_H
#define SP_CI_TEXT_H

#include "oracle/oracle.h"

#include <stdio.h>

/* In place: what is no UTF-8, or a character that XML 1.0 does not admit, becomes "?". Octets stay
 * as many as they were. */
void sp_ci_clean(char *text);

/* A character of XML 1.0 text or of an attribute's value, escaped; the text is clean. */
void sp_ci_write_xml(FILE *to, const char *text);

/* A path as a URI reference (RFC 3986): "file:///..." when it is absolute, else relative. free();
 * NULL: out of memory. */
char *sp_ci_uri(const char *path);

/* Where RFCs say so: the address of the first section that is named, for "9293 3.4.1, 3.5". */
void sp_ci_section_uri(const char *section, char *text, size_t capacity);

#endif
