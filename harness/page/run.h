/*
 * The run that a page is at: the script, the world at this position, and what the last step did.
 */
#ifndef SP_PAGE_RUN_H
#define SP_PAGE_RUN_H

#include "event/script.h"
#include "oracle/oracle.h"
#include "page/json.h"

/* Room for a segment on one line. */
#define SP_PAGE_LABEL_MAX 320

struct sp_page_run {
    struct sp_script script; /* its actions: the recorded ones */
    uint32_t initial;        /* the world it began with */
    uint32_t recorded;       /* events of the script taken so far */
    struct sp_action *moved; /* the moves taken after them */
    uint32_t moves_taken;

    struct sp_world world;
    struct sp_step step; /* the last one, unless nothing happened yet */
    bool begun;          /* a step was taken */
    bool possible;       /* it was: a segment that it names was in flight */
    struct sp_findings findings;
    uint64_t violated;   /* over all steps */
    uint32_t impossible; /* steps that were not possible */

    char label[SP_PAGE_LABEL_MAX]; /* the segment that the step was about; "" */
    uint8_t sender;                /* of that segment */

    sp_move move[SP_ACTIONS_MAX]; /* enabled now */
    uint32_t moves;
};

/* A segment of `from`, in the words of the ladder: numbers relative to the ISS of their side. */
void sp_page_label(const struct sp_world *world, const struct sp_packet *packet, char *text);

/* The same for one that no host of this run sent, as `host`, which it is for, understands it. */
void sp_page_label_foreign(const struct sp_world *world, unsigned host,
                           const struct sp_segment *segment, char *text);

/* Members of an object that is open: the last step in short; everything. */
void sp_page_write_row(struct sp_json *json, const struct sp_page_run *run);
void sp_page_write_state(struct sp_json *json, const struct sp_page_run *run);

/* The members "budgets" and "closed": what the bounds have left, and each kind of action that is
 * not enabled now, with the reason. */
void sp_page_write_budgets(struct sp_json *json, const struct sp_page_run *run);
void sp_page_write_closed(struct sp_json *json, const struct sp_page_run *run);

#endif
