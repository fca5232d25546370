/*
 * Inputs as files named after their content, and sharing them between machines through any
 * directory that something carries to and fro (rsync, a network file system, syncthing).
 *
 * A name is the XXH3 hash of 128 bits in 32 hexadecimal digits. Files come into being by rename, so
 * that none is ever seen half written; one whose content does not have its name (cut on its way) is
 * passed over until it does.
 */
#ifndef SP_CAMPAIGN_SHARE_H
#define SP_CAMPAIGN_SHARE_H

#include "campaign/plan.h"

#include <stdint.h>

/* Room for the name of an input. */
#define SP_INPUT_NAME 33

/* Larger inputs stay where they are: the engines' own limit. */
#define SP_INPUT_MAX ((size_t)1 << 20)

void sp_input_name(const uint8_t *bytes, size_t size, char name[SP_INPUT_NAME]);

/* 32 hexadecimal digits. */
bool sp_is_input_name(const char *name);

/* Puts the input into the directory under its name, unless it is there. False: errno says why. */
bool sp_input_put(const char *directory, const uint8_t *bytes, size_t size);

/* Copies the files below `from`, at most four levels deep, that are wanted into `to`, by content.
 * Hidden files are passed over. Returns how many were there; a directory that is absent has none.
 */
size_t sp_inputs_copy(const char *from, const char *to, bool (*wanted)(const char *name));

/* Moves the files of `corpus` whose content is also that of an input in `found` that a process died
 * of (not of one that was slow) to `aside`, under their content's names. Returns how many. */
size_t sp_inputs_put_aside(const char *found, const char *corpus, const char *aside);

/* A set of 64-bit numbers, for what was seen already. */
struct sp_seen {
    uint64_t *at;
    size_t capacity; /* a power of two, or 0 */
    size_t count;
};

struct sp_share {
    const char *directory; /* for this target: DIR/<target>; NULL: nothing is shared */
    enum sp_engine engine;
    const char *out;
    struct sp_seen files;  /* paths that were looked at */
    struct sp_seen inputs; /* contents that are ours */
    uint64_t given;
    uint64_t taken;
    uint64_t failed; /* could not be read or written, counted anew each time */
};

/* Gives what is new in our corpus, takes what is new of others. While the directory is not there,
 * that counts as one failure; when it is back, all of ours is looked at anew. */
void sp_share_round(struct sp_share *share);
void sp_share_free(struct sp_share *share);

#endif
