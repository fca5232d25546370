/*
 * The explorer page as one HTML file: template, style, program, model and run, all inside.
 */
#ifndef SP_PAGE_HTML_H
#define SP_PAGE_HTML_H

#include "event/script.h"
#include "report/writer.h"

/* What the page is about. */
struct sp_page {
    const char *title;  /* the file, or the name of the bounds */
    const char *form;   /* "text", "bytes", "capture" or "bounds" */
    const char *policy; /* its name */
    const char *words;  /* the bounds in plain words, as sp_setup_words has them */
    const char *source; /* the text as it was written, with its comments, or NULL */
    size_t source_size;
    const char *remarks; /* what reading it left to say, a line each */
    const struct sp_script *script;
};

/* The package that was missing when this was built ("lld-19"), or NULL: pages can be written. */
const char *sp_page_missing(void);

/* False: out of memory. */
bool sp_page_write(const struct sp_page *page, const struct sp_writer *writer);

#endif
