/*
 * The flags that say how a run is drawn, and whether in colour.
 *
 * Colour says nothing that a word beside it does not say. The invariant: what does not go to a
 * terminal is plain text.
 */
#include "cli/view.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Fields of a TCB, and the NULL behind them. */
#define NAMES_MAX 65

static void complain_field(const char *verb, const char *word)
{
    const char *names[NAMES_MAX] = {NULL};
    char list[1024] = "";
    for (size_t i = 0; sp_field_name(i) != NULL && i + 1 < NAMES_MAX; i++) {
        const size_t size = strlen(list);
        names[i] = sp_field_name(i);
        snprintf(list + size, sizeof list - size, " %s", names[i]);
    }
    const char *nearest = sp_nearest_of(word, names);
    sp_say("%s: --show %s: no such field%s%s; valid:%s", verb, word,
           nearest == NULL ? "" : ", the nearest is ", nearest == NULL ? "" : nearest, list);
}

/* As the code spells it (snd_una), or as the RFC does (SND.UNA). */
static bool is_name(const char *name, const char *word)
{
    for (; *name != '\0' && *word != '\0'; name++, word++) {
        const char letter = *word == '.' ? '_' : (char)tolower((unsigned char)*word);
        if (*name != letter) {
            return false;
        }
    }
    return *name == *word;
}

/* Adds the field; false: there is none of that name. */
static bool add_field(const char *name, uint64_t *fields)
{
    for (size_t i = 0; sp_field_name(i) != NULL; i++) {
        if (is_name(sp_field_name(i), name)) {
            *fields |= (uint64_t)1 << i;
            return true;
        }
    }
    return false;
}

static bool read_fields(const struct sp_args *args, uint64_t *fields)
{
    const char *list = sp_args_value(args, "--show");
    while (list != NULL) {
        char name[64];
        const size_t size = strcspn(list, ",");
        snprintf(name, sizeof name, "%.*s", (int)(size < sizeof name ? size : sizeof name), list);
        if (!add_field(name, fields)) {
            complain_field(args->verb->name, name);
            return false;
        }
        list = list[size] == '\0' ? NULL : list + size + 1;
    }
    return true;
}

static bool read_end(const struct sp_args *args, enum sp_view *view)
{
    const char *word = sp_args_value(args, "--only");
    if (word == NULL) {
        return true;
    }
    if (strcmp(word, "A") != 0 && strcmp(word, "B") != 0) {
        sp_say("%s: --only %s: A or B is valid", args->verb->name, word);
        return false;
    }
    *view = word[0] == 'A' ? SP_VIEW_A : SP_VIEW_B;
    return true;
}

bool sp_view_read(const struct sp_args *args, struct sp_view_options *view)
{
    const bool full = sp_args_value(args, "--full") != NULL;
    *view = (struct sp_view_options){
        .ladder = {.absolute = sp_args_value(args, "--absolute") != NULL,
                   .rules = full || sp_args_value(args, "--rules") != NULL,
                   .rows = full ? 0 : SP_VIEW_ROWS},
        .full = full,
    };
    if (!read_fields(args, &view->ladder.fields) || !read_end(args, &view->ladder.view)) {
        return false;
    }
    const bool chosen = view->ladder.fields != SP_FIELDS_NONE;
    view->fields = chosen ? view->ladder.fields : SP_FIELDS_ALL;
    return true;
}

const struct sp_paint *sp_paint_for(FILE *file)
{
    static const struct sp_paint none = {"", "", ""};
    static const struct sp_paint colours = {"\033[1;31m", "\033[1m", "\033[0m"};
    const char *term = getenv("TERM");
    const char *no_color = getenv("NO_COLOR");
    const bool able = term != NULL && term[0] != '\0' && strcmp(term, "dumb") != 0;
    const bool wanted = no_color == NULL || no_color[0] == '\0';
    return able && wanted && isatty(fileno(file)) ? &colours : &none;
}
