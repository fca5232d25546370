/*
 * The part of a C library that the model uses, for WebAssembly, where there is none (C11 7.21.6,
 * 7.24).
 *
 * It opens nothing and allocates nothing. Octet loops are plain: the compiler turns copies of known
 * size into single instructions by itself. The invariant: snprintf never writes beyond the
 * capacity, ends the text with a 0, and returns the size that the whole text has.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

void *memcpy(void *restrict to, const void *restrict from, size_t size)
{
    unsigned char *t = to;
    const unsigned char *f = from;
    for (size_t i = 0; i < size; i++) {
        t[i] = f[i];
    }
    return to;
}

void *memmove(void *to, const void *from, size_t size)
{
    unsigned char *t = to;
    const unsigned char *f = from;
    if ((uintptr_t)t <= (uintptr_t)f) {
        return memcpy(to, from, size);
    }
    for (size_t i = size; i > 0; i--) {
        t[i - 1] = f[i - 1];
    }
    return to;
}

void *memset(void *to, int value, size_t size)
{
    unsigned char *t = to;
    for (size_t i = 0; i < size; i++) {
        t[i] = (unsigned char)value;
    }
    return to;
}

int memcmp(const void *one, const void *other, size_t size)
{
    const unsigned char *a = one;
    const unsigned char *b = other;
    for (size_t i = 0; i < size; i++) {
        if (a[i] != b[i]) {
            return a[i] < b[i] ? -1 : 1;
        }
    }
    return 0;
}

void *memchr(const void *at, int value, size_t size)
{
    const unsigned char *a = at;
    for (size_t i = 0; i < size; i++) {
        if (a[i] == (unsigned char)value) {
            return (void *)(uintptr_t)(a + i);
        }
    }
    return NULL;
}

size_t strlen(const char *text)
{
    size_t size = 0;
    while (text[size] != '\0') {
        size++;
    }
    return size;
}

int strncmp(const char *one, const char *other, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if (one[i] != other[i]) {
            return (unsigned char)one[i] < (unsigned char)other[i] ? -1 : 1;
        }
        if (one[i] == '\0') {
            break;
        }
    }
    return 0;
}

int strcmp(const char *one, const char *other)
{
    return strncmp(one, other, SIZE_MAX);
}

char *strchr(const char *text, int value)
{
    return memchr(text, value, strlen(text) + 1);
}

/* Octets from the start of the text on that are (or are not) among those of the set. */
static size_t span(const char *text, const char *set, bool among)
{
    size_t size = 0;
    size_t count = strlen(set);
    while (text[size] != '\0' && (memchr(set, text[size], count) != NULL) == among) {
        size++;
    }
    return size;
}

size_t strspn(const char *text, const char *accepted)
{
    return span(text, accepted, true);
}

size_t strcspn(const char *text, const char *rejected)
{
    return span(text, rejected, false);
}

char *strpbrk(const char *text, const char *set)
{
    const char *at = text + strcspn(text, set);
    return *at == '\0' ? NULL : (char *)(uintptr_t)at;
}

struct sink {
    char *text;
    size_t capacity;
    size_t size; /* of the whole text, whether it fits or not */
};

/* One conversion: "%-*.3ld". */
struct spec {
    bool left;
    bool zeros;
    bool prefix;
    size_t width;
    size_t precision; /* SIZE_MAX: not given */
    unsigned longs;   /* 2: 64 bits. long, size_t and ptrdiff_t have 32 here, as int has */
};

static void put(struct sink *sink, char octet)
{
    if (sink->size + 1 < sink->capacity) {
        sink->text[sink->size] = octet;
    }
    sink->size++;
}

static void put_padding(struct sink *sink, char octet, size_t size, size_t width)
{
    for (; size < width; size++) {
        put(sink, octet);
    }
}

static void put_text(struct sink *sink, const struct spec *spec, const char *text, size_t size)
{
    if (!spec->left) {
        put_padding(sink, ' ', size, spec->width);
    }
    for (size_t i = 0; i < size; i++) {
        put(sink, text[i]);
    }
    if (spec->left) {
        put_padding(sink, ' ', size, spec->width);
    }
}

/* sign: "", "-" or "0x". Zeros stand between it and the digits. */
static void put_number(struct sink *sink, const struct spec *spec, uint64_t value, unsigned base,
                       const char *sign)
{
    char digits[24];
    size_t count = 0;
    do {
        digits[count++] = "0123456789abcdef"[value % base];
        value /= base;
    } while (value != 0);
    char text[48];
    size_t size = 0;
    for (; *sign != '\0'; sign++) {
        text[size++] = *sign;
    }
    size_t wanted = spec->zeros && !spec->left && spec->width > size ? spec->width - size : 0;
    for (size_t i = count; i < wanted && size < 20; i++) {
        text[size++] = '0';
    }
    while (count > 0) {
        text[size++] = digits[--count];
    }
    put_text(sink, spec, text, size);
}

static void put_signed(struct sink *sink, const struct spec *spec, int64_t value)
{
    uint64_t magnitude = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    put_number(sink, spec, magnitude, 10, value < 0 ? "-" : "");
}

static void put_string(struct sink *sink, const struct spec *spec, const char *text)
{
    size_t size = 0;
    while (size < spec->precision && text[size] != '\0') {
        size++;
    }
    put_text(sink, spec, text, size);
}

static const char *read_flags(const char *at, struct spec *spec)
{
    for (;; at++) {
        if (*at == '-') {
            spec->left = true;
        } else if (*at == '0') {
            spec->zeros = true;
        } else if (*at == '#') {
            spec->prefix = true;
        } else {
            return at;
        }
    }
}

static const char *read_number(const char *at, size_t *number)
{
    for (*number = 0; *at >= '0' && *at <= '9'; at++) {
        *number = 10 * *number + (size_t)(*at - '0');
    }
    return at;
}

/* What va_arg takes is gone from the caller's list too: it is handed on by its address. */
struct arguments {
    va_list list;
};

static const char *read_spec(const char *at, struct spec *spec, struct arguments *arguments)
{
    *spec = (struct spec){.precision = SIZE_MAX};
    at = read_flags(at, spec);
    if (*at == '*') {
        int width = va_arg(arguments->list, int);
        spec->left |= width < 0;
        spec->width = (size_t)(width < 0 ? -width : width);
        at++;
    } else {
        at = read_number(at, &spec->width);
    }
    if (*at == '.' && at[1] == '*') {
        int precision = va_arg(arguments->list, int);
        spec->precision = precision < 0 ? SIZE_MAX : (size_t)precision;
        at += 2;
    } else if (*at == '.') {
        at = read_number(at + 1, &spec->precision);
    }
    for (; *at == 'l' || *at == 'z' || *at == 't'; at++) {
        spec->longs += *at == 'l';
    }
    return at;
}

/* The conversion whose letter is `kind`. */
static void convert(struct sink *sink, const struct spec *spec, char kind,
                    struct arguments *arguments)
{
    if (kind == 'd' || kind == 'i') {
        int64_t value = spec->longs == 2 ? va_arg(arguments->list, int64_t)
                                         : (int64_t)va_arg(arguments->list, int);
        put_signed(sink, spec, value);
    } else if (kind == 'u' || kind == 'x') {
        uint64_t value = spec->longs == 2 ? va_arg(arguments->list, uint64_t)
                                          : (uint64_t)va_arg(arguments->list, unsigned);
        const char *sign = kind == 'x' && spec->prefix && value != 0 ? "0x" : "";
        put_number(sink, spec, value, kind == 'x' ? 16 : 10, sign);
    } else if (kind == 's') {
        put_string(sink, spec, va_arg(arguments->list, const char *));
    } else if (kind == 'c') {
        char octet = (char)va_arg(arguments->list, int);
        put_text(sink, spec, &octet, 1);
    } else {
        put(sink, kind);
    }
}

int vsnprintf(char *restrict text, size_t capacity, const char *restrict format, va_list arguments)
{
    struct sink sink = {text, capacity, 0};
    struct arguments rest;
    va_copy(rest.list, arguments);
    while (*format != '\0') {
        if (*format != '%') {
            put(&sink, *format++);
            continue;
        }
        struct spec spec;
        format = read_spec(format + 1, &spec, &rest);
        if (*format == '\0') {
            break;
        }
        convert(&sink, &spec, *format++, &rest);
    }
    va_end(rest.list);
    if (capacity > 0) {
        text[sink.size < capacity ? sink.size : capacity - 1] = '\0';
    }
    return (int)sink.size;
}

int snprintf(char *restrict text, size_t capacity, const char *restrict format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int size = vsnprintf(text, capacity, format, arguments);
    va_end(arguments);
    return size;
}
