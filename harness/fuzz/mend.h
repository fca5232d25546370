/*
 * Makes the lengths and checksums of a packet valid, as far as it has the headers for it: a fuzzer
 * cannot guess them, and what lies behind them would never be seen.
 */
#ifndef SP_FUZZ_MEND_H
#define SP_FUZZ_MEND_H

#include <stddef.h>
#include <stdint.h>

/* The packet fills bytes; it becomes one of IP version 4 or 6. size =< 65535 + 40. */
void sp_mend_packet(unsigned version, uint8_t *bytes, size_t size);

#endif
