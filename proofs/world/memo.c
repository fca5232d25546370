/*
 * A memory of results that may forget (memo.h).
 *
 * Invariant: a slot's question is written after its answer, and once; so who reads the question
 * reads the answer that belongs to it.
 */
#define _DEFAULT_SOURCE /* MAP_ANONYMOUS, madvise */

#include "world/memo.h"

#include <sys/mman.h>

static size_t octets_of(uint64_t slots)
{
    return (size_t)(slots + SP_MEMO_REACH) * sizeof(struct sp_memo_slot);
}

bool sp_memo_init(struct sp_memo *memo, uint64_t slots)
{
    void *memory = mmap(NULL, octets_of(slots), PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    memo->slots = NULL;
    memo->mask = slots - 1;
    if (memory == MAP_FAILED) {
        return false;
    }
    (void)madvise(memory, octets_of(slots), MADV_HUGEPAGE); /* a refusal only costs speed */
    memo->slots = memory;
    return true;
}

void sp_memo_free(struct sp_memo *memo)
{
    if (memo->slots != NULL) {
        (void)munmap(memo->slots, octets_of(memo->mask + 1));
    }
    memo->slots = NULL;
}

void sp_memo_put(struct sp_memo *memo, uint64_t question, uint64_t answer)
{
    struct sp_memo_slot *slot = sp_memo_home(memo, question);
    for (unsigned i = 0; i < SP_MEMO_REACH; i++) {
        uint64_t found = atomic_load_explicit(&slot[i].question, memory_order_relaxed);
        if (found == SP_MEMO_EMPTY &&
            atomic_compare_exchange_strong_explicit(&slot[i].question, &found, SP_MEMO_BUSY,
                                                    memory_order_acquire, memory_order_relaxed)) {
            atomic_store_explicit(&slot[i].answer, answer, memory_order_relaxed);
            atomic_store_explicit(&slot[i].question, question, memory_order_release);
            return;
        }
        if (found == question) {
            return;
        }
    }
}

void sp_memo_resize(struct sp_memo *memo, uint64_t slots)
{
    struct sp_memo larger;
    if (slots <= memo->mask + 1 || !sp_memo_init(&larger, slots)) {
        return;
    }
    for (uint64_t i = 0; i < memo->mask + 1 + SP_MEMO_REACH; i++) {
        uint64_t question = atomic_load_explicit(&memo->slots[i].question, memory_order_relaxed);
        if (question != SP_MEMO_EMPTY) {
            sp_memo_put(&larger, question,
                        atomic_load_explicit(&memo->slots[i].answer, memory_order_relaxed));
        }
    }
    sp_memo_free(memo);
    memo->slots = larger.slots;
    memo->mask = larger.mask;
}
