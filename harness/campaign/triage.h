/*
 * Sorting what a campaign left behind: which files are inputs, and which of them show the same.
 *
 * Names are those of the engines: libFuzzer writes crash-*, timeout-*, oom-*, leak-* and
 * slow-unit-*; AFL++ keeps an instance a folder, with crashes/id:* and hangs/id:* in it beside its
 * queue and its own files.
 */
#ifndef SP_CAMPAIGN_TRIAGE_H
#define SP_CAMPAIGN_TRIAGE_H

#include "campaign/signature.h"

enum sp_origin {
    SP_ORIGIN_INPUT, /* nobody said that it is anything but an input */
    SP_ORIGIN_CRASH,
    SP_ORIGIN_TIMEOUT, /* a hang is one, too */
    SP_ORIGIN_OOM,
    SP_ORIGIN_LEAK,
    SP_ORIGIN_SLOW, /* slow, and no more than that */
    SP_ORIGIN_NONE, /* no input: a file that an engine or a campaign keeps for itself */
};

/* What a file is, by its path alone. */
enum sp_origin sp_origin_of(const char *path);

/* "crash", "timeout", ... */
const char *sp_origin_name(enum sp_origin origin);

/* The engine found the target itself wanting, whatever the properties say. */
bool sp_origin_fails(enum sp_origin origin);

/* Inputs of one signature. */
struct sp_group {
    struct sp_sighting sighting; /* of the smallest */
    size_t inputs;
    size_t smallest; /* its number, as sp_groups_add was given it */
};

struct sp_groups {
    struct sp_group *at; /* in the order of properties, then of signatures */
    size_t count;
    size_t capacity;
};

/* Adds an input that shows something. The smallest of a group has the fewest events, and of those
 * was added first. False: out of memory. */
bool sp_groups_add(struct sp_groups *groups, const struct sp_sighting *sighting, size_t number);
void sp_groups_free(struct sp_groups *groups);

#endif
