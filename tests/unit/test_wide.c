/*
 * Does text with wide characters wrap at 100 columns (Unicode TR 11)?
 *
 * What is wide stands in TR 11 (W and F); the columns of the examples are counted by hand. It does
 * not test terminals. To keep in mind: the source is UTF-8, a Chinese character is three octets.
 */
#include "report/buffer.h"
#include "report/wide.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void assert_columns(const char *text, size_t columns)
{
    assert_int_equal(sp_wide_columns(text, strlen(text)), columns);
}

static void columns_are_two_for_wide_characters(void **state)
{
    (void)state;
    assert_columns("", 0);
    assert_columns("SYN", 3);
    assert_columns("握手", 4);
    assert_columns("，", 2);
    assert_columns("FIN 和 ACK", 10);
    assert_columns("é", 1);
}

static void what_is_no_utf8_takes_a_column_an_octet(void **state)
{
    (void)state;
    assert_columns("\xff\xfe", 2);
    assert_columns("\xe6\x8f", 2); /* cut */
    assert_columns("\xc0\x80", 2); /* overlong */
}

/* `wide` times 中, then the tail, wrapped from column 0 with an indent of 2. */
static void wrap(size_t wide, const char *tail, char *out, size_t capacity)
{
    char text[1024] = "";
    for (size_t i = 0; i < wide; i++) {
        strncat(text, "中", sizeof text - strlen(text) - 1);
    }
    strncat(text, tail, sizeof text - strlen(text) - 1);
    struct sp_buffer buffer;
    struct sp_writer writer = sp_buffer_open(&buffer, out, capacity);
    sp_wide_wrap(&writer, 0, 2, text);
}

static void a_line_of_fifty_wide_characters_is_full(void **state)
{
    char out[1024];
    (void)state;
    wrap(50, "", out, sizeof out);
    assert_int_equal(strcspn(out, "\n"), 150);
    assert_string_equal(out + 150, "\n");
    wrap(51, "", out, sizeof out);
    assert_string_equal(out + 150, "\n  中\n");
}

static void punctuation_that_closes_does_not_begin_a_line(void **state)
{
    char out[1024];
    (void)state;
    wrap(50, "。", out, sizeof out);
    assert_string_equal(out + 147, "\n  中。\n");
}

static void punctuation_that_opens_does_not_end_a_line(void **state)
{
    char out[1024];
    (void)state;
    wrap(49, "「中", out, sizeof out);
    assert_string_equal(out + 147, "\n  「中\n");
}

static void a_word_is_not_broken_and_blanks_between_wide_characters_go(void **state)
{
    char out[1024];
    (void)state;
    wrap(48, "ESTABLISHED", out, sizeof out);
    assert_string_equal(out + 144, "\n  ESTABLISHED\n");
    wrap(1, "\n文 SYN 文", out, sizeof out);
    assert_string_equal(out, "中文 SYN 文\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_are_two_for_wide_characters),
        cmocka_unit_test(what_is_no_utf8_takes_a_column_an_octet),
        cmocka_unit_test(a_line_of_fifty_wide_characters_is_full),
        cmocka_unit_test(punctuation_that_closes_does_not_begin_a_line),
        cmocka_unit_test(punctuation_that_opens_does_not_end_a_line),
        cmocka_unit_test(a_word_is_not_broken_and_blanks_between_wide_characters_go),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
