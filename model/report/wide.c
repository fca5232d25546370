/*
 * Wrapping of text with wide characters. A piece is what a line cannot break: a word between
 * blanks, or one wide character with the punctuation that clings to it.
 *
 * It does not allocate. The invariant: every octet that is no blank is written once, in order.
 */
#include "report/wide.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum { LINE_COLUMNS = 100 };

struct character {
    uint32_t code;
    size_t size; /* octets, 1..4 */
    bool wide;
};

static bool is_wide(uint32_t code)
{
    static const uint32_t ranges[][2] = {
        {0x1100, 0x115F}, {0x2E80, 0x303E},   {0x3041, 0x4DBF},   {0x4E00, 0xA4CF},
        {0xAC00, 0xD7A3}, {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},   {0xFF00, 0xFF60},
        {0xFFE0, 0xFFE6}, {0x1F300, 0x1FAFF}, {0x20000, 0x3FFFD},
    };
    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++) {
        if (code >= ranges[i][0] && code <= ranges[i][1]) {
            return true;
        }
    }
    return false;
}

/* The first character of `size` > 0 octets. */
static struct character first_of(const char *text, size_t size)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    const uint8_t head = (uint8_t)text[0];
    size_t length = head >= 0xF0 ? 4 : head >= 0xE0 ? 3 : head >= 0xC0 ? 2 : 1;
    struct character character = {head, 1, false};
    if (length == 1 || length > size || head >= 0xF8) {
        return character;
    }
    uint32_t code = head & (0x7Fu >> length);
    for (size_t i = 1; i < length; i++) {
        if (((uint8_t)text[i] & 0xC0) != 0x80) {
            return character;
        }
        code = code << 6 | ((uint8_t)text[i] & 0x3Fu);
    }
    if (code < least[length]) {
        return character;
    }
    return (struct character){code, length, is_wide(code)};
}

size_t sp_wide_columns(const char *text, size_t size)
{
    size_t columns = 0;
    while (size > 0) {
        struct character c = first_of(text, size);
        columns += c.wide ? 2 : 1;
        text += c.size;
        size -= c.size;
    }
    return columns;
}

static bool is_one_of(uint32_t code, const uint32_t *codes)
{
    while (*codes != 0 && *codes != code) {
        codes++;
    }
    return *codes != 0;
}

/* What closes does not begin a line: 、 。 」 』 】 ！ ） ， ： ； ？ */
static bool clings_back(uint32_t code)
{
    static const uint32_t codes[] = {0x3001, 0x3002, 0x300D, 0x300F, 0x3011, 0xFF01,
                                     0xFF09, 0xFF0C, 0xFF1A, 0xFF1B, 0xFF1F, 0};
    return is_one_of(code, codes);
}

/* What opens does not end one: 「 『 【 （ */
static bool clings_on(uint32_t code)
{
    static const uint32_t codes[] = {0x300C, 0x300E, 0x3010, 0xFF08, 0};
    return is_one_of(code, codes);
}

struct piece {
    size_t size;
    size_t columns;
    bool begins_wide, ends_wide;
};

/* The piece at the beginning of the text, which is neither empty nor begins with a blank. */
static struct piece piece_of(const char *text)
{
    size_t left = strcspn(text, " \n");
    struct character last = first_of(text, left);
    struct piece piece = {.begins_wide = last.wide, .size = last.size};
    while (piece.size < left) {
        struct character next = first_of(text + piece.size, left - piece.size);
        bool narrow = !last.wide && !next.wide;
        if (!narrow && !clings_back(next.code) && !clings_on(last.code)) {
            break;
        }
        piece.size += next.size;
        last = next;
    }
    piece.ends_wide = last.wide;
    piece.columns = sp_wide_columns(text, piece.size);
    return piece;
}

void sp_wide_wrap(const struct sp_writer *writer, size_t column, size_t indent, const char *text)
{
    bool first = true;
    bool blank = false;
    bool after_wide = false;
    text += strspn(text, " \n");
    while (*text != '\0') {
        struct piece piece = piece_of(text);
        bool space = !first && blank && !(after_wide && piece.begins_wide);
        if (!first && column + space + piece.columns > LINE_COLUMNS) {
            sp_write(writer, "\n%*s", (int)indent, "");
            column = indent;
            space = false;
        }
        sp_write(writer, "%s%.*s", space ? " " : "", (int)piece.size, text);
        column += space + piece.columns;
        first = false;
        after_wide = piece.ends_wide;
        text += piece.size;
        size_t blanks = strspn(text, " \n");
        blank = blanks > 0;
        text += blanks;
    }
    sp_write(writer, "\n");
}
