/*
 * Words, numbers and complaints: see words.h.
 *
 * Blanks are space and tab, in every locale: no <ctype.h>, because the same bytes must mean the
 * same script on every machine.
 */
#include "setup/words.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

bool sp_span_cut(struct sp_span *rest, char separator, struct sp_span *head)
{
    const char *end = rest->size == 0 ? NULL : memchr(rest->at, separator, rest->size);
    *head = *rest;
    if (end == NULL) {
        rest->at += rest->size;
        rest->size = 0;
        return false;
    }
    head->size = (size_t)(end - rest->at);
    rest->at += head->size + 1;
    rest->size -= head->size + 1;
    return true;
}

bool sp_span_line(struct sp_span *rest, struct sp_span *line)
{
    if (rest->size == 0) {
        return false;
    }
    (void)sp_span_cut(rest, '\n', line);
    if (line->size > 0 && line->at[line->size - 1] == '\r') {
        line->size--;
    }
    return true;
}

struct sp_span sp_span_uncomment(struct sp_span span)
{
    struct sp_span head;
    (void)sp_span_cut(&span, '#', &head);
    return head;
}

struct sp_span sp_span_trim(struct sp_span span)
{
    while (span.size > 0 && is_blank(span.at[0])) {
        span.at++;
        span.size--;
    }
    while (span.size > 0 && is_blank(span.at[span.size - 1])) {
        span.size--;
    }
    return span;
}

struct sp_span sp_span_word(struct sp_span *rest)
{
    *rest = sp_span_trim(*rest);
    struct sp_span word = {rest->at, 0};
    while (word.size < rest->size && !is_blank(rest->at[word.size])) {
        word.size++;
    }
    rest->at += word.size;
    rest->size -= word.size;
    return word;
}

bool sp_span_is(struct sp_span span, const char *word)
{
    return span.size == strlen(word) && (span.size == 0 || memcmp(span.at, word, span.size) == 0);
}

bool sp_span_begins(struct sp_span span, const char *prefix)
{
    const size_t size = strlen(prefix);
    return span.size >= size && memcmp(span.at, prefix, size) == 0;
}

bool sp_span_number(struct sp_span span, uint64_t max, uint64_t *value)
{
    uint64_t number = 0;
    if (span.size == 0) {
        return false;
    }
    for (size_t i = 0; i < span.size; i++) {
        if (span.at[i] < '0' || span.at[i] > '9') {
            return false;
        }
        const uint64_t digit = (uint64_t)(span.at[i] - '0');
        if (digit > max || number > (max - digit) / 10) {
            return false;
        }
        number = 10 * number + digit;
    }
    *value = number;
    return true;
}

/* Words longer than this resemble nothing that could be meant. */
enum { NEAREST_MAX = 48 };

static unsigned min3(unsigned a, unsigned b, unsigned c)
{
    const unsigned low = a < b ? a : b;
    return low < c ? low : c;
}

/* Optimal string alignment: edit distance in which exchanging two neighbours costs one. */
static unsigned edit_distance(const char *a, size_t m, const char *b, size_t n)
{
    unsigned row[NEAREST_MAX + 1][NEAREST_MAX + 1];
    for (unsigned i = 0; i <= m; i++) {
        row[i][0] = i;
    }
    for (unsigned j = 0; j <= n; j++) {
        row[0][j] = j;
    }
    for (size_t i = 1; i <= m; i++) {
        for (size_t j = 1; j <= n; j++) {
            const unsigned change = a[i - 1] == b[j - 1] ? 0 : 1;
            row[i][j] = min3(row[i - 1][j] + 1, row[i][j - 1] + 1, row[i - 1][j - 1] + change);
            const bool exchanged = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (exchanged && row[i - 2][j - 2] + 1 < row[i][j]) {
                row[i][j] = row[i - 2][j - 2] + 1;
            }
        }
    }
    return row[m][n];
}

struct sp_nearest sp_nearest_to(struct sp_span word)
{
    /* Closer than half of the word, or it is not what was meant. */
    return (struct sp_nearest){word, NULL, 1 + (unsigned)(word.size < 64 ? word.size : 64) / 2};
}

void sp_nearest_try(struct sp_nearest *nearest, const char *candidate)
{
    const size_t size = strlen(candidate);
    if (nearest->word.size > NEAREST_MAX || size > NEAREST_MAX) {
        return;
    }
    const unsigned distance = edit_distance(nearest->word.at, nearest->word.size, candidate, size);
    if (distance < nearest->distance) {
        nearest->distance = distance;
        nearest->best = candidate;
    }
}

bool sp_complain(struct sp_complaint *complaint, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(complaint->text, sizeof complaint->text, format, arguments);
    va_end(arguments);
    for (char *c = complaint->text; *c != '\0'; c++) {
        if ((unsigned char)*c < 0x20 || *c == 0x7f) {
            *c = '?';
        }
    }
    complaint->line = 0;
    return false;
}
