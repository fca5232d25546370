/*
 * Scripts as texts: see script_text.h.
 *
 * The invariant: a text is whole, or the test has failed.
 */
#include "script_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { TEXT = 65536 };

const char *script_text(const struct sp_script *script)
{
    static char texts[2][TEXT];
    static unsigned turn;
    char *text = texts[turn++ % 2];
    assert_true(sp_script_print(script, text, TEXT) < TEXT);
    return text;
}
