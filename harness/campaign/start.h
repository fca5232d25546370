/*
 * A campaign from its start to its end.
 */
#ifndef SP_CAMPAIGN_START_H
#define SP_CAMPAIGN_START_H

#include "campaign/children.h"
#include "campaign/folder.h"
#include "campaign/share.h"
#include "campaign/status.h"

/* What is asked of a campaign. */
struct sp_wish {
    const struct sp_target *target;
    enum sp_engine engine;
    unsigned jobs;
    bool asan;
    bool resume;
    double seconds;        /* of this run; 0: until it is interrupted */
    double progress_every; /* seconds between reports; 0: none */
    const char *out;       /* "" : the first free folder in runs/ */
    const char *seeds;     /* NULL: none besides those that come with the target */
    const char *sync;      /* NULL: nothing is shared */
};

enum sp_campaign_end {
    SP_CAMPAIGN_TIME,        /* the time is used up */
    SP_CAMPAIGN_INTERRUPTED, /* by a signal */
    SP_CAMPAIGN_BROKEN,      /* no instance could be kept running */
};

struct sp_campaign {
    struct sp_wish wish;
    char name[SP_PATH_MAX]; /* of the folder, as the user calls it */
    char binaries[SP_PATH_MAX];
    char shared[SP_PATH_MAX];
    struct sp_folder folder;
    struct sp_plan plan;
    struct sp_children children;
    struct sp_share share;
    struct sp_status status; /* the last that was read; at the end, the final one */
    double began;
    double now;            /* of the monotonic clock */
    double seconds;        /* of this run */
    double rate;           /* inputs a second */
    uint64_t execs_before; /* inputs that were run before this run */
    uint64_t execs_at;     /* and when they were last counted */
    double counted_at;
    double newest_at; /* of this run: when a combination was last new */
    enum sp_campaign_end end;
};

/* Finds the binaries and makes the folder. False: a complaint is written. */
bool sp_campaign_open(struct sp_campaign *campaign, const struct sp_wish *wish);

/* Runs until the time is used up or a signal ends it; then no child is left. */
void sp_campaign_run(struct sp_campaign *campaign);
void sp_campaign_close(struct sp_campaign *campaign);

/* Seconds of the campaign, this run and those before. */
double sp_campaign_seconds(const struct sp_campaign *campaign);

/* Something wrong with the target was found, by a property or by the engine. */
bool sp_campaign_found(const struct sp_campaign *campaign);

/* What a user sees on standard error while it runs: a block that replaces itself on a terminal,
 * lines elsewhere. Messages in between stand above the block. */
void sp_screen_open(void);
void sp_screen_show(const struct sp_campaign *campaign);
void sp_screen_clear(void);
void sp_screen_message(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* "S5/ESTABLISHED/SEND_ACK" of the file "S5+ESTABLISHED+SEND_ACK.bin". Returns text. */
const char *sp_finding_signature(const char *file, char *text, size_t capacity);

#endif
