/*
 * The explorer page of an input, or of bounds, as a form that show and explore write.
 */
#ifndef SP_CLI_SHOW_HTML_H
#define SP_CLI_SHOW_HTML_H

#include "cli/input.h"

/* Pages can be written. False: a complaint says which package was missing when this was built. */
bool sp_html_ready(void);

/* The same, and this input is not too long for one. */
bool sp_html_fits(const struct sp_input *input);

/* Writes the page of an input that was read. False: out of memory. */
bool sp_html_input(const struct sp_input *input, const struct sp_writer *writer);

/* Writes the page of bounds, before anything happened. name: of the bounds. False: out of memory.
 */
bool sp_html_bounds(const struct sp_setup *setup, const char *name, const struct sp_writer *writer);

#endif
