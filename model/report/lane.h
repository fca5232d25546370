/*
 * One row of a ladder: number, state of A, the lane between the hosts, state of B.
 *
 * Texts stand in the lane beside their host; several of one step share a row while they fit. An
 * arrow fills its row. The invariant: a row has at most SP_ROW_WIDTH columns, all ASCII.
 */
#ifndef SP_REPORT_LANE_H
#define SP_REPORT_LANE_H

#include "event/action.h"
#include "machine/tcb.h"
#include "report/writer.h"

enum {
    SP_A_COLUMN = 5,
    SP_LANE = 19,
    SP_LANE_WIDTH = 67,
    SP_LANE_END = SP_LANE + SP_LANE_WIDTH,
    SP_B_COLUMN = SP_LANE_END + 2,
    SP_ROW_WIDTH = SP_B_COLUMN + 12, /* "SYN-RECEIVED" */
};

struct sp_row {
    const struct sp_writer *writer;
    char text[SP_ROW_WIDTH + 1]; /* filled up with spaces */
};

/* What becomes of a segment that an arrow stands for. */
enum sp_fate { SP_FATE_ARRIVES, SP_FATE_ARRIVES_AND_STAYS, SP_FATE_LOST, SP_FATE_OVERFLOW };

struct sp_arrow {
    unsigned from;      /* enum sp_host_name */
    const char *origin; /* it begins in the lane, at this word; NULL: at the host */
    enum sp_fate fate;
    const char *label;   /* what stands on it */
    const char *options; /* of the label; dropped from the arrow when there is no room */
};

void sp_row_begin(struct sp_row *row, const struct sp_writer *writer);

/* Writes the row, unless it is empty, and begins the next one. */
void sp_row_end(struct sp_row *row);

void sp_row_number(struct sp_row *row, size_t number);
void sp_row_state(struct sp_row *row, unsigned host, enum sp_state state);

/* Beside host A or B. Ends the row first when what stands there leaves too little room. */
void sp_row_text(struct sp_row *row, unsigned host, const char *text);

/* Draws the arrow and ends the row. False: the options did not fit. */
bool sp_row_arrow(struct sp_row *row, const struct sp_arrow *arrow);

#endif
