/*
 * The byte form of a script as engines are given it, and its name.
 */
#ifndef SP_CAMPAIGN_BYTES_H
#define SP_CAMPAIGN_BYTES_H

#include "event/script.h"

/* The canonical byte form without the octets at its end that read as 0 anyway: free() it. *size is
 * its size. NULL: out of memory. */
uint8_t *sp_script_bytes(const struct sp_script *script, size_t *size);

#define SP_HASH_TEXT 9

/* Eight hexadecimal digits, 0-terminated: the high half of XXH3 (64 bits) of the canonical bytes of
 * the script without its expectation. It names the run: what is expected of it may change. False:
 * out of memory. */
bool sp_script_hash(const struct sp_script *script, char text[SP_HASH_TEXT]);

#endif
