/*
 * Cleaning and escaping (XML 1.0 2.2 and 2.4; RFC 3629; RFC 3986).
 *
 * XML is written by hand: the format has six elements, no library strips what XML does not admit,
 * and of clean text five characters and white space are all that is left to escape. The invariant:
 * what a file name or a capture put into a text never ends an element, an attribute or a line.
 */
#include "ci/text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Octets of the character at `text`; 0: it is none, or none that XML admits. */
static size_t admitted(const unsigned char *text)
{
    if (text[0] < 0x80) {
        return text[0] == '\n' || text[0] == '\t' || (text[0] >= ' ' && text[0] != 0x7f);
    }
    if (text[0] < 0xc2 || text[0] > 0xf4) {
        return 0;
    }
    const size_t size = text[0] >= 0xf0 ? 4 : text[0] >= 0xe0 ? 3 : 2;
    const uint32_t least = size == 4 ? 0x10000 : size == 3 ? 0x800 : 0x80;
    uint32_t character = text[0] & (0x7fu >> size);
    for (size_t i = 1; i < size; i++) {
        if ((text[i] & 0xc0) != 0x80) {
            return 0;
        }
        character = character << 6 | (text[i] & 0x3fu);
    }
    const bool surrogate = character >= 0xd800 && character < 0xe000;
    const bool none = character == 0xfffe || character == 0xffff;
    return character < least || character > 0x10ffff || surrogate || none ? 0 : size;
}

void sp_ci_clean(char *text)
{
    while (*text != '\0') {
        const size_t size = admitted((const unsigned char *)text);
        if (size == 0) {
            *text = '?';
        }
        text += size == 0 ? 1 : size;
    }
}

void sp_ci_write_xml(FILE *to, const char *text)
{
    for (; *text != '\0'; text++) {
        switch (*text) {
        case '&':
            fputs("&amp;", to);
            break;
        case '<':
            fputs("&lt;", to);
            break;
        case '>':
            fputs("&gt;", to);
            break;
        case '"':
            fputs("&quot;", to);
            break;
        default:
            fputc(*text, to);
            break;
        }
    }
}

static bool is_plain(unsigned char octet)
{
    return isalnum(octet) != 0 || strchr("-._~/+,=@", octet) != NULL;
}

/* A path below the directory that the tool works in is relative to it. */
static const char *relative(const char *path, const char *directory)
{
    const size_t size = strlen(directory);
    const bool below = size > 0 && strncmp(path, directory, size) == 0 && path[size] == '/';
    return below ? path + size + 1 : path;
}

char *sp_ci_uri(const char *path)
{
    char directory[4096];
    if (getcwd(directory, sizeof directory) == NULL) {
        directory[0] = '\0';
    }
    path = relative(path, directory);
    while (strncmp(path, "./", 2) == 0) {
        path += 2;
    }
    char *uri = malloc(3 * strlen(path) + sizeof "file://");
    if (uri == NULL) {
        return NULL;
    }
    char *end = uri + sprintf(uri, "%s", path[0] == '/' ? "file://" : "");
    for (; *path != '\0'; path++) {
        const unsigned char octet = (unsigned char)*path;
        end += sprintf(end, is_plain(octet) ? "%c" : "%%%02X", octet);
    }
    return uri;
}

void sp_ci_section_uri(const char *section, char *text, size_t capacity)
{
    const size_t rfc = strspn(section, "0123456789");
    const char *part = section + rfc + (section[rfc] == ' ');
    const size_t size = strspn(part, "0123456789.");
    snprintf(text, capacity, "https://www.rfc-editor.org/rfc/rfc%.*s%s%.*s", (int)rfc, section,
             size == 0 ? "" : "#section-", (int)size, part);
}
