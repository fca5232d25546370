/*
 * How the command line speaks: complaints, the closing record, wrapped text, nearest words.
 *
 * The invariant: the record is one line, whatever file names and words it quotes.
 */
#include "cli/cli.h"

#include <stdarg.h>
#include <stdint.h>
#include <string.h>

const char *sp_exit_word(enum sp_exit code)
{
    switch (code) {
    case SP_EXIT_PASS:
        return "PASS";
    case SP_EXIT_FAIL:
        return "FAIL";
    case SP_EXIT_USAGE:
        return "USAGE";
    case SP_EXIT_INCOMPLETE:
        return "INCOMPLETE";
    case SP_EXIT_VACUOUS:
        return "VACUOUS";
    case SP_EXIT_STALE:
        return "STALE";
    case SP_EXIT_ERROR:
        break;
    }
    return "ERROR";
}

void sp_complain(const char *format, ...)
{
    fflush(stdout);
    fputs("synproof: ", stderr);
    va_list arguments;
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
}

enum sp_exit sp_finish(FILE *to, enum sp_exit code, const char *format, ...)
{
    fputs(sp_exit_word(code), to);
    va_list arguments;
    va_start(arguments, format);
    if (format[0] != '\0') {
        fputc(' ', to);
    }
    vfprintf(to, format, arguments);
    va_end(arguments);
    fputc('\n', to);
    return code;
}

static bool is_plain(const char *value)
{
    if (value[0] == '\0') {
        return false;
    }
    for (const char *c = value; *c != '\0'; c++) {
        if (*c <= ' ' || *c > '~' || *c == '"' || *c == '\\') {
            return false;
        }
    }
    return true;
}

const char *sp_record_value(const char *value, char *text, size_t capacity)
{
    if (is_plain(value)) {
        snprintf(text, capacity, "%s", value);
        return text;
    }
    size_t size = 0;
    text[size++] = '"';
    for (const char *c = value; *c != '\0' && size + 8 < capacity; c++) {
        unsigned char octet = (unsigned char)*c;
        if (octet == '"' || octet == '\\') {
            text[size++] = '\\';
            text[size++] = *c;
        } else if (octet < ' ') {
            size += (size_t)snprintf(text + size, capacity - size, "\\u%04x", octet);
        } else {
            text[size++] = *c;
        }
    }
    text[size++] = '"';
    text[size] = '\0';
    return text;
}

static void write_file(void *to, const char *text, size_t size)
{
    fwrite(text, 1, size, to);
}

struct sp_writer sp_file_writer(FILE *file)
{
    return (struct sp_writer){.write = write_file, .to = file};
}

void sp_wrap(const struct sp_writer *writer, size_t column, size_t indent, const char *text)
{
    bool first = true;
    while (*text != '\0') {
        size_t size = strcspn(text, " \n");
        if (!first && column + 1 + size > 100) {
            sp_write(writer, "\n%*s", (int)indent, "");
            column = indent;
            first = true;
        }
        sp_write(writer, "%s%.*s", first ? "" : " ", (int)size, text);
        column += size + (first ? 0 : 1);
        first = false;
        text += size;
        text += strspn(text, " \n");
    }
    sp_write(writer, "\n");
}

/* Longest word that is compared: nobody mistypes a longer one. */
#define NEAREST_MAX 40

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Edit distance: letters to insert, remove or change. */
static size_t distance(const char *a, const char *b)
{
    size_t row[NEAREST_MAX + 1];
    size_t columns = strlen(b);
    for (size_t j = 0; j <= columns; j++) {
        row[j] = j;
    }
    for (size_t i = 1; a[i - 1] != '\0'; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= columns; j++) {
            size_t above = row[j];
            size_t change = diagonal + (a[i - 1] != b[j - 1]);
            row[j] = least(least(row[j] + 1, row[j - 1] + 1), change);
            diagonal = above;
        }
    }
    return row[columns];
}

const char *sp_nearest(const char *word, const char *const *candidates)
{
    const char *nearest = NULL;
    size_t size = strlen(word);
    if (size > NEAREST_MAX) {
        return NULL;
    }
    size_t best = SIZE_MAX;
    for (; *candidates != NULL; candidates++) {
        if (strlen(*candidates) > NEAREST_MAX) {
            continue;
        }
        size_t d = distance(word, *candidates);
        if (d < best) {
            best = d;
            nearest = *candidates;
        }
    }
    /* More than half of the letters wrong is another word. */
    return best <= (size + 1) / 2 ? nearest : NULL;
}

const char *sp_grouped(unsigned long long number, char *text, size_t capacity)
{
    char digits[SP_GROUPED_TEXT];
    int count = snprintf(digits, sizeof digits, "%llu", number);
    size_t size = 0;
    for (int i = 0; i < count && size + 2 < capacity; i++) {
        if (i > 0 && (count - i) % 3 == 0) {
            text[size++] = ',';
        }
        text[size++] = digits[i];
    }
    text[size] = '\0';
    return text;
}
