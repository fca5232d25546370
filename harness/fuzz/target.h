/*
 * What every target has: the entry that both engines and the replay main call.
 */
#ifndef SP_FUZZ_TARGET_H
#define SP_FUZZ_TARGET_H

#include <stddef.h>
#include <stdint.h>

/* Runs one input; returns 0. The name is libFuzzer's. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/* A digest of all that the last input led to: the same input must give the same one. */
uint64_t sp_target_digest(void);

#endif
