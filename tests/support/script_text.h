/*
 * Scripts as texts, for assertions and messages.
 */
#ifndef SCRIPT_TEXT_H
#define SCRIPT_TEXT_H

#include "event/script.h"

/* The script as text, which lives until the call after the next: two can be compared. One longer
 * than 64 KiB fails the test. */
const char *script_text(const struct sp_script *script);

#endif
