/*
 * How the command line speaks: complaints, the closing record, wrapped text, nearest words.
 *
 * The invariant: the record is one line, whatever file names and words it quotes.
 */
#include "cli/cli.h"
#include "report/wide.h"
#include "setup/words.h"

#include <stdarg.h>
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

/* What could act on a terminal, or begin a line, is not shown. */
static void make_plain(char *text)
{
    for (; *text != '\0'; text++) {
        if ((unsigned char)*text < ' ' || *text == 0x7f) {
            *text = '?';
        }
    }
}

const char *sp_plain_name(const char *name, char *text, size_t capacity)
{
    snprintf(text, capacity, "%s", name);
    make_plain(text);
    return text;
}

/* Words of a command line and names of files are quoted. */
void sp_say(const char *format, ...)
{
    char text[4096];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    make_plain(text);
    fflush(stdout);
    fprintf(stderr, "synproof: %s\n", text);
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

const char *sp_shell_word(const char *word, char *text, size_t capacity)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                "_-./,:=+@%^";
    if (word[0] != '\0' && strspn(word, plain) == strlen(word)) {
        snprintf(text, capacity, "%s", word);
        return text;
    }
    size_t size = 0;
    text[size++] = '\'';
    for (; *word != '\0' && size + 6 < capacity; word++) {
        size += (size_t)snprintf(text + size, capacity - size, "%s",
                                 *word == '\'' ? "'\\''" : (const char[]){*word, '\0'});
    }
    text[size++] = '\'';
    text[size] = '\0';
    return text;
}

static char program[4096] = "synproof";

void sp_program_set(const char *path)
{
    if (strchr(path, '/') != NULL) {
        sp_shell_word(path, program, sizeof program);
    }
}

const char *sp_program(void)
{
    return program;
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
    sp_wide_wrap(writer, column, indent, text);
}

const char *sp_nearest_of(const char *word, const char *const *candidates)
{
    struct sp_nearest nearest = sp_nearest_to((struct sp_span){word, strlen(word)});
    for (; *candidates != NULL; candidates++) {
        sp_nearest_try(&nearest, *candidates);
    }
    return nearest.best;
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
