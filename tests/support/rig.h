/*
 * A world under test, driven by the lines of a script.
 *
 * Settings are those of a bounds file, separated by ";". A world of a rig counts its segments, so
 * that "deliver 1" names the first one sent. Every function fails the running test when a line is
 * not valid or an action not possible.
 */
#ifndef RIG_H
#define RIG_H

#include "net/world.h"

struct rig {
    struct sp_setup setup;
    struct sp_world world;
    struct sp_step step; /* the last one */
};

/* A new world of rfc9293, with these settings. */
void rig_begin(struct rig *rig, const char *settings);

/* Changes settings in the middle of a run. */
void rig_set(struct rig *rig, const char *settings);

/* Takes actions, separated by ";". */
void rig_do(struct rig *rig, const char *actions);

/* How many of the world's moves are this action. */
unsigned rig_offers(const struct rig *rig, const char *action);

/* A connection between A (active) and B (passive): segments 1 to 3 have arrived. */
void rig_connect(struct rig *rig, const char *settings);

enum sp_state rig_state(const struct rig *rig, enum sp_host_name host);
const struct sp_life *rig_life(const struct rig *rig, enum sp_host_name host);

/* The segment that the last step sent first; the test fails when it sent none. */
const struct sp_segment *rig_sent(const struct rig *rig);

/* Pseudo-random numbers, the same on every machine: xorshift from a seed that is not 0. */
uint32_t rig_random(uint64_t *seed);

#endif
