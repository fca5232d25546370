/*
 * A memory of results that may forget: 64 bits of question, 64 bits of answer.
 *
 * What is remembered is exact; that something was forgotten costs the time to find it out again and
 * nothing else. So the table has a fixed size between two calls of sp_memo_resize, and what finds
 * no room is not remembered. Threads: any number may get and put at once, without a lock; none
 * while it is resized.
 */
#ifndef SP_WORLD_MEMO_H
#define SP_WORLD_MEMO_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Questions that nobody asks: an empty slot, and one that is being filled. */
#define SP_MEMO_EMPTY UINT64_C(0)
#define SP_MEMO_BUSY  UINT64_MAX

/* Slots that may hold an answer, from where its hash points: four cache lines, of which the first
 * mostly suffices; a table that is three quarters full then still has room for nearly all. */
#define SP_MEMO_REACH 16

struct sp_memo_slot {
    _Atomic uint64_t question;
    _Atomic uint64_t answer;
};

struct sp_memo {
    struct sp_memo_slot *slots; /* mask + 1, and SP_MEMO_REACH more */
    uint64_t mask;
};

/* False: no memory. */
bool sp_memo_init(struct sp_memo *memo, uint64_t slots);
void sp_memo_free(struct sp_memo *memo);

/* Makes room for `slots` answers, a power of two, unless it is there; keeps what is remembered.
 * Where memory does not admit it, everything stays as it is. */
void sp_memo_resize(struct sp_memo *memo, uint64_t slots);

static inline uint64_t sp_memo_octets(const struct sp_memo *memo)
{
    return (memo->mask + 1 + SP_MEMO_REACH) * sizeof *memo->slots;
}

static inline struct sp_memo_slot *sp_memo_home(const struct sp_memo *memo, uint64_t question)
{
    uint64_t hash = question * UINT64_C(0x9e3779b97f4a7c15);
    return &memo->slots[(hash ^ hash >> 32) & memo->mask];
}

/* A hint: a get follows soon. */
static inline void sp_memo_fetch(const struct sp_memo *memo, uint64_t question)
{
    __builtin_prefetch(sp_memo_home(memo, question));
}

/* The answer to a question, if it is remembered. */
static inline bool sp_memo_get(const struct sp_memo *memo, uint64_t question, uint64_t *answer)
{
    struct sp_memo_slot *slot = sp_memo_home(memo, question);
    for (unsigned i = 0; i < SP_MEMO_REACH; i++) {
        uint64_t found = atomic_load_explicit(&slot[i].question, memory_order_acquire);
        if (found == question) {
            *answer = atomic_load_explicit(&slot[i].answer, memory_order_relaxed);
            return true;
        }
        if (found == SP_MEMO_EMPTY) {
            return false;
        }
    }
    return false;
}

/* Remembers an answer, if there is room. */
void sp_memo_put(struct sp_memo *memo, uint64_t question, uint64_t answer);

#endif
