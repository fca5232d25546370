/*
 * Placing texts and arrows in a row of the ladder. What does not fit is cut, never wrapped: callers
 * begin another row for what must be told.
 *
 * It knows columns and nothing of TCP.
 */
#include "report/lane.h"

#include <stdio.h>
#include <string.h>

/* A lost segment's arrow ends here, unless its label is longer. */
#define LOST_WIDTH (SP_LANE_WIDTH * 2 / 3)

/* Columns between a host and the place where a segment from the network appears. */
#define NETWORK_INDENT 8

/* Longest label with options that a caller may give; more could not be placed. */
#define PIECE_MAX 320

static void clear(struct sp_row *row)
{
    memset(row->text, ' ', SP_ROW_WIDTH);
    row->text[SP_ROW_WIDTH] = '\0';
}

static void put(struct sp_row *row, size_t column, const char *text, size_t size)
{
    if (column >= SP_ROW_WIDTH) {
        return;
    }
    size_t room = SP_ROW_WIDTH - column;
    memcpy(row->text + column, text, size < room ? size : room);
}

void sp_row_begin(struct sp_row *row, const struct sp_writer *writer)
{
    row->writer = writer;
    clear(row);
}

void sp_row_end(struct sp_row *row)
{
    size_t size = SP_ROW_WIDTH;
    while (size > 0 && row->text[size - 1] == ' ') {
        size--;
    }
    if (size == 0) {
        return;
    }
    row->writer->write(row->writer->to, row->text, size);
    row->writer->write(row->writer->to, "\n", 1);
    clear(row);
}

void sp_row_number(struct sp_row *row, size_t number)
{
    char text[24];
    int size = snprintf(text, sizeof text, "%3zu", number);
    put(row, 0, text, (size_t)size);
}

void sp_row_state(struct sp_row *row, unsigned host, enum sp_state state)
{
    const char *name = sp_state_name(state);
    put(row, host == SP_A ? SP_A_COLUMN : SP_B_COLUMN, name, strlen(name));
}

/* Columns of the lane that are taken on this host's side. */
static size_t taken(const struct sp_row *row, unsigned host)
{
    const char *lane = row->text + SP_LANE;
    size_t size = SP_LANE_WIDTH;
    if (host == SP_A) {
        while (size > 0 && lane[size - 1] == ' ') {
            size--;
        }
        return size;
    }
    while (size > 0 && lane[SP_LANE_WIDTH - size] == ' ') {
        size--;
    }
    return size;
}

void sp_row_text(struct sp_row *row, unsigned host, const char *text)
{
    size_t size = strlen(text) < SP_LANE_WIDTH ? strlen(text) : SP_LANE_WIDTH;
    size_t used = taken(row, host);
    char joined[SP_LANE_WIDTH];
    size_t at = 0;
    if (used > 0 && used + 2 + size <= SP_LANE_WIDTH) {
        memcpy(joined, row->text + (host == SP_A ? SP_LANE : SP_LANE_END - used), used);
        memcpy(joined + used, "; ", 2);
        at = used + 2;
    } else if (used > 0) {
        sp_row_end(row);
    }
    memcpy(joined + at, text, size);
    size += at;
    put(row, host == SP_A ? SP_LANE : SP_LANE_END - size, joined, size);
}

/* Both ends of an arrow as they stand in the row, from left to right; dashes go between. */
struct ends {
    char left[PIECE_MAX];
    char right[PIECE_MAX];
};

static const char *lost_word(enum sp_fate fate)
{
    return fate == SP_FATE_OVERFLOW ? "lost: the network is full" : "lost";
}

static bool is_lost(enum sp_fate fate)
{
    return fate == SP_FATE_LOST || fate == SP_FATE_OVERFLOW;
}

static void ends_of(const struct sp_arrow *arrow, const char *options, struct ends *ends)
{
    const char *origin = arrow->origin == NULL ? "" : arrow->origin;
    bool stays = arrow->fate == SP_FATE_ARRIVES_AND_STAYS;
    if (arrow->from == SP_A) {
        snprintf(ends->left, PIECE_MAX, "%s%s--- %s%s ", origin, origin[0] == '\0' ? "" : " ",
                 arrow->label, options);
        if (is_lost(arrow->fate)) {
            snprintf(ends->right, PIECE_MAX, " X %s", lost_word(arrow->fate));
        } else {
            snprintf(ends->right, PIECE_MAX, "%s>", stays ? " a copy stays ---" : "");
        }
        return;
    }
    snprintf(ends->right, PIECE_MAX, " %s%s ---%s%s", arrow->label, options,
             origin[0] == '\0' ? "" : " ", origin);
    if (is_lost(arrow->fate)) {
        snprintf(ends->left, PIECE_MAX, "%s X ", lost_word(arrow->fate));
    } else {
        snprintf(ends->left, PIECE_MAX, "<%s", stays ? "--- a copy stays " : "");
    }
}

/* Columns of the arrow: all of its lane when it arrives. A dash at least shows that it is one. */
static size_t width_of(const struct sp_arrow *arrow, const struct ends *ends)
{
    size_t least = strlen(ends->left) + strlen(ends->right) + 1;
    size_t wish = SP_LANE_WIDTH;
    if (is_lost(arrow->fate)) {
        wish = LOST_WIDTH;
    } else if (arrow->origin != NULL) {
        wish = SP_LANE_WIDTH - NETWORK_INDENT;
    }
    return least > wish ? least : wish;
}

bool sp_row_arrow(struct sp_row *row, const struct sp_arrow *arrow)
{
    struct ends ends;
    ends_of(arrow, arrow->options, &ends);
    size_t width = width_of(arrow, &ends);
    bool fits = width <= SP_LANE_WIDTH;
    if (!fits) {
        ends_of(arrow, "", &ends);
        width = width_of(arrow, &ends);
        width = width <= SP_LANE_WIDTH ? width : SP_LANE_WIDTH;
    }
    char line[SP_LANE_WIDTH];
    memset(line, '-', width);
    size_t left = strlen(ends.left) < width ? strlen(ends.left) : width;
    size_t right = strlen(ends.right) < width ? strlen(ends.right) : width;
    memcpy(line, ends.left, left);
    memcpy(line + width - right, ends.right, right);

    /* It stands at the host it comes from, or, when no host sent it, at the one it goes to. */
    bool at_a = (arrow->from == SP_A) != (arrow->origin != NULL);
    put(row, at_a ? SP_LANE : SP_LANE_END - width, line, width);
    sp_row_end(row);
    return fits;
}
