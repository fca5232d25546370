/*
 * libFuzzer's way into the mutator: link this file into the targets whose input is a script.
 *
 * SP_MUTATOR_FORM is the form of the target (SP_FORM_PAIR unless the build says otherwise). One
 * input in sixteen is left to libFuzzer's own mutations, which know its dictionary and the operands
 * of comparisons; such a result need not be canonical. SYNPROOF_MUTATOR=bytes in the environment
 * leaves all of them to it, to compare.
 */
#include "fuzz/mutator.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#ifndef SP_MUTATOR_FORM
#define SP_MUTATOR_FORM SP_FORM_PAIR
#endif

enum { OWN_IN = 16 };

/* Of libFuzzer (FuzzerInterface.h), which is written in C++ and has no header for C. */
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned seed);
size_t LLVMFuzzerCustomCrossOver(const uint8_t *data1, size_t size1, const uint8_t *data2,
                                 size_t size2, uint8_t *out, size_t out_max, unsigned seed);

static bool bytes_alone(void)
{
    static enum { UNKNOWN, EVENTS, BYTES } wanted;
    if (wanted == UNKNOWN) {
        const char *name = getenv("SYNPROOF_MUTATOR");
        wanted = name != NULL && strcmp(name, "bytes") == 0 ? BYTES : EVENTS;
    }
    return wanted == BYTES;
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned seed)
{
    if (seed % OWN_IN == 0 || bytes_alone()) {
        return LLVMFuzzerMutate(data, size, max_size);
    }
    return sp_mutate(SP_MUTATOR_FORM, data, size, max_size, seed);
}

size_t LLVMFuzzerCustomCrossOver(const uint8_t *data1, size_t size1, const uint8_t *data2,
                                 size_t size2, uint8_t *out, size_t out_max, unsigned seed)
{
    if (bytes_alone()) { /* which knows how to splice, too */
        const size_t size = size1 < out_max ? size1 : out_max;
        memcpy(out, data1, size);
        return LLVMFuzzerMutate(out, size, out_max);
    }
    return sp_crossover(SP_MUTATOR_FORM, data1, size1, data2, size2, out, out_max, seed);
}
